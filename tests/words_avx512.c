/* SPDX-License-Identifier: MIT */
#include "x86/simd_avx512.h"
#define WORDS_CHECK words_check_avx512
#include "words_template.h"
