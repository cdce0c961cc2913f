/* SPDX-License-Identifier: MIT */
#include "x86/simd_avx2.h"
#define BACKEND actfn_backend_avx2
#define BACKEND_NAME "avx2"
#define BACKEND_NEEDS CPU_AVX2_GROUP
#include "kernels/backend_template.h"
