/* SPDX-License-Identifier: MIT */
#include "simd_avx512.h"
#define BACKEND actfn_backend_avx512
#define BACKEND_NAME "avx512"
#define BACKEND_NEEDS CPU_AVX512_GROUP
#include "../backend_template.h"
