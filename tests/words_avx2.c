/* SPDX-License-Identifier: MIT */
#include "x86/simd_avx2.h"
#define WORDS_CHECK words_check_avx2
#include "words_template.h"
