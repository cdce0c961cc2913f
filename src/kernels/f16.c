/* SPDX-License-Identifier: MIT */
/* The kernels of float16. */
#define SIXTEEN f16
#include "kernels/sixteen_kernels.h"
