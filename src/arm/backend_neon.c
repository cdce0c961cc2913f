/* SPDX-License-Identifier: MIT */
#include "arm/simd_neon.h"
#define BACKEND actfn_backend_neon
#define BACKEND_NAME "neon"
#define BACKEND_NEEDS CPU_NEON
#include "kernels/backend_template.h"
