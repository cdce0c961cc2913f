/* SPDX-License-Identifier: MIT */
#include "simd_neon.h"
#define BACKEND actfn_backend_neon
#define BACKEND_NAME "neon"
#define BACKEND_NEEDS CPU_NEON
#include "../backend_template.h"
