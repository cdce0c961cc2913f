/* SPDX-License-Identifier: MIT */
#define GENERIC_FMA
#include "generic/simd_generic.h"
#define BACKEND actfn_backend_generic_fma
#define BACKEND_NAME "generic"
#define BACKEND_NEEDS CPU_FMA
#include "kernels/backend_template.h"
