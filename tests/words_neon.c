/* SPDX-License-Identifier: MIT */
#include "arm/simd_neon.h"
#define WORDS_CHECK words_check_neon
#include "words_template.h"
