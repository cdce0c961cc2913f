/* SPDX-License-Identifier: MIT */
#include "simd_avx2.h"
#define BACKEND actfn_backend_avx2
#define BACKEND_NAME "avx2"
#define BACKEND_NEEDS CPU_AVX2_GROUP
#include "../backend_template.h"
