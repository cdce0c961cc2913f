/* SPDX-License-Identifier: MIT */
#include "x86/simd_avx512.h"
#define BACKEND actfn_backend_avx512
#define BACKEND_NAME "avx512"
#define BACKEND_NEEDS CPU_AVX512_GROUP
#include "kernels/backend_template.h"
