/* SPDX-License-Identifier: MIT */
#include "generic/simd_generic.h"
#define WORDS_CHECK words_check_generic
#include "words_template.h"
