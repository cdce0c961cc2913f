/* SPDX-License-Identifier: MIT */
/* The words of baseline_simd.h in AVX2 with FMA. */
#include <immintrin.h>
#include <sleef.h>
#include <stdint.h>

typedef __m256 vec;
enum { LANES = 8 };
#define BASELINE baseline_avx2
#define SLEEF(function) Sleef_finz_##function##f8_u10avx2

static const int32_t window[16] = { -1, -1, -1, -1, -1, -1, -1, -1 };

#define LOAD(p) _mm256_loadu_ps(p)
#define STORE(p, a) _mm256_storeu_ps(p, a)
#define STREAM(p, a) _mm256_stream_ps(p, a)
#define STREAM_END() _mm_sfence()
#define REST(n) _mm256_loadu_si256((const __m256i *)(window + LANES - (n)))
#define LOAD_REST(p, n) _mm256_maskload_ps(p, REST(n))
#define STORE_REST(p, a, n) _mm256_maskstore_ps(p, REST(n), a)
#define SPLAT(a) _mm256_set1_ps(a)
#define ABS(a) _mm256_andnot_ps(_mm256_set1_ps(-0.0f), a)
/* If one of the operands of these two words is NaN, the result is the second operand. */
#define MIN(a, b) _mm256_min_ps(a, b)
#define MAX(a, b) _mm256_max_ps(a, b)
#define FMA(a, b, c) _mm256_fmadd_ps(a, b, c)
#define IF_GREATER(x, y, a, b) _mm256_blendv_ps(b, a, _mm256_cmp_ps(x, y, _CMP_GT_OQ))

#include "baseline_simd.h"
