/* SPDX-License-Identifier: MIT */
/* The kernels of bfloat16. */
#define SIXTEEN bf16
#include "kernels/sixteen_kernels.h"
