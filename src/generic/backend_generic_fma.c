/* SPDX-License-Identifier: MIT */
#define GENERIC_FMA
#include "simd_generic.h"
#define BACKEND actfn_backend_generic_fma
#define BACKEND_NAME "generic"
#define BACKEND_NEEDS CPU_FMA
#include "../backend_template.h"
