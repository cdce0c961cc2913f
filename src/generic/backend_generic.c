/* SPDX-License-Identifier: MIT */
#include "generic/simd_generic.h"
#define BACKEND actfn_backend_generic
#define BACKEND_NAME "generic"
#define BACKEND_NEEDS 0
#include "kernels/backend_template.h"
