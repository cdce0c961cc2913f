/* SPDX-License-Identifier: MIT */
#include "simd_generic.h"
#define BACKEND actfn_backend_generic
#define BACKEND_NAME "generic"
#define BACKEND_NEEDS 0
#include "../backend_template.h"
