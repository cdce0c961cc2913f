/* SPDX-License-Identifier: MIT */
/*
 * Every word of a vocabulary against what generic/simd_generic.h says of it, written anew on one float.  A vocabulary
 * header and this, included once, with
 *     WORDS_CHECK    the name of the function that checks: the only symbol of the object
 * The object has the flags of its instruction set, so nothing of it may be called where that is not available.
 */
#include "floats.h"
#include "suite_words.h"
#include "support.h"

#include <float.h>
#include <stdio.h>

/* The nearest integer, ties to even, without asking the instruction that is under test. */
static float nearest_even(float a)
{
    const float magnitude = fabsf(a), rounded = magnitude < 0x1p23f ? (magnitude + 0x1p23f) - 0x1p23f : magnitude;
    return from_bits(bits_of(rounded) | (bits_of(a) & 0x80000000u));
}

/*
 * EACH(name, NaN, on vectors, on floats): both expressions in a, b and c.  EXACT is bit for bit, also of a NaN; where a
 * word computes, the sign and payload of a NaN are free.  A mask shows itself in what it selects.
 */
#define WORDS                                                                                                          \
    EACH(splat, EXACT, v_select(v_eq(a, a), v_splat(0x1.234566p-3f), v_splat(-0.0f)), a == a ? 0x1.234566p-3f : -0.0f) \
    EACH(abs, EXACT, v_abs(a), from_bits(bits_of(a) & 0x7fffffffu))                                                    \
    EACH(copysign, EXACT, v_copysign(a, b), from_bits((bits_of(a) & 0x7fffffffu) | (bits_of(b) & 0x80000000u)))        \
    EACH(min, EXACT, v_min(a, b), a < b ? a : b)                                                                       \
    EACH(max, EXACT, v_max(a, b), a > b ? a : b)                                                                       \
    EACH(fma, FREE, v_fma(a, b, c), fmaf(a, b, c))                                                                     \
    EACH(sqrt, FREE, v_sqrt(a), sqrtf(a))                                                                              \
    EACH(round, FREE, v_round(a), isnan(a) ? a : nearest_even(a))                                                      \
    EACH(lt, EXACT, v_select(v_lt(a, b), b, c), a < b ? b : c)                                                         \
    EACH(le, EXACT, v_select(v_le(a, b), b, c), a <= b ? b : c)                                                        \
    EACH(eq, EXACT, v_select(v_eq(a, b), b, c), a == b ? b : c)                                                        \
    EACH(ne, EXACT, v_select(v_ne(a, b), b, c), a != b ? b : c)                                                        \
    EACH(not_le, EXACT, v_select(v_not_le(a, b), b, c), !(a <= b) ? b : c)                                             \
    EACH(and, EXACT, v_select(m_and(v_lt(a, b), v_not_le(b, c)), a, c), a < b && !(b <= c) ? a : c)                    \
    EACH(where, EXACT, v_where(v_le(a, b), c), a <= b ? c : 0.0f)                                                      \
    EACH(where_of_itself, EXACT, v_where(v_not_le(a, b), a), !(a <= b) ? a : 0.0f)                                     \
    EACH(plus, FREE, a + b, a + b)                                                                                     \
    EACH(minus, FREE, a - b, a - b)                                                                                    \
    EACH(times, FREE, a * b, a * b)                                                                                    \
    EACH(over, FREE, a / b, a / b)                                                                                     \
    EACH(negative, FREE, -a, -a)                                                                                       \
    EACH(not_contracted, FREE, a * b + c, a * b + c)                                                                   \
    EACH(with_constants, FREE, 1.0f / (1.0f + a) - 2.0f * b, 1.0f / (1.0f + a) - 2.0f * b)

enum { EXACT, FREE };

#define EACH(name, nan, vector, scalar)                 \
    static vf name##_word(vf a, vf b, vf c)             \
    {                                                   \
        (void)b, (void)c;                               \
        return vector;                                  \
    }                                                   \
    static float name##_twin(float a, float b, float c) \
    {                                                   \
        (void)b, (void)c;                               \
        return scalar;                                  \
    }
WORDS
#undef EACH

static const struct {
    const char *name;
    int nan;
    vf (*word)(vf a, vf b, vf c);
    float (*twin)(float a, float b, float c);
} words[] = {
#define EACH(name, nan, vector, scalar) { #name, nan, name##_word, name##_twin },
    WORDS
#undef EACH
};

/* ---- operands -------------------------------------------------------------------------------------------------- */

static const uint32_t specials[] = {
    0x00000000, 0x80000000, 0x3f800000, 0xbf800000, 0x7f800000, 0xff800000, 0x7f7fffff, 0xff7fffff, /* up to FLT_MAX */
    0x00000001, 0x80000001, 0x007fffff, 0x807fffff, 0x00800000, 0x80800000, /* subnormals, and the least normal */
    0x7fc00000, 0xffc00000, 0x7fc12345, 0xffffffff, 0x7f800001, 0xff800001, /* NaN: quiet, with payload, signalling */
    0x3f000000, 0xbf000000, 0x3effffff, 0x3f000001, 0x3fc00000, 0xbfc00000, 0x40200000, 0xc0200000, /* halves */
    0x4b000001, 0x4afffffd, 0xcafffffd, 0x4b7fffff, 0x4b800001, /* around 2^22, 2^23, 2^24 */
};
enum { SPECIALS = sizeof specials / sizeof specials[0], PAIRS = SPECIALS * SPECIALS, COUNT = PAIRS + 20000 };

/* Every pair of special values, then bit patterns at random. */
static void operands(size_t i, float *a, float *b, float *c)
{
    const uint64_t random = scramble(i), more = scramble(~i);
    *a = from_bits(i < PAIRS ? specials[i / SPECIALS] : (uint32_t)random);
    *b = from_bits(i < PAIRS ? specials[i % SPECIALS] : (uint32_t)(random >> 32));
    *c = from_bits(i < PAIRS ? specials[more % SPECIALS] : (uint32_t)more);
    /* Equal, or of like size: rare at random. */
    if (i >= PAIRS && (more >> 60) == 0)
        *b = *a;
    if (i >= PAIRS && (more >> 60) == 1)
        *c = -*a * *b;
}

static bool agrees(int nan, float got, float wanted)
{
    return nan == EXACT ? bits_of(got) == bits_of(wanted) : same(got, wanted);
}

static bool check_values(char *message, size_t size)
{
    for (size_t w = 0; w < sizeof words / sizeof words[0]; w++)
        for (size_t i = 0; i < COUNT; i += V_LANES) {
            float a[V_LANES], b[V_LANES], c[V_LANES], got[V_LANES];
            for (size_t k = 0; k < V_LANES; k++)
                operands(i + k, &a[k], &b[k], &c[k]);
            v_store(got, words[w].word(v_load(a), v_load(b), v_load(c)));
            for (size_t k = 0; k < V_LANES; k++) {
                const float wanted = words[w].twin(a[k], b[k], c[k]);
                if (agrees(words[w].nan, got[k], wanted))
                    continue;
                snprintf(message, size, "%s(%08x, %08x, %08x) in lane %zu is %08x, expected %08x", words[w].name,
                         (unsigned)bits_of(a[k]), (unsigned)bits_of(b[k]), (unsigned)bits_of(c[k]), k,
                         (unsigned)bits_of(got[k]), (unsigned)bits_of(wanted));
                return false;
            }
        }
    return true;
}

/* ---- memory ---------------------------------------------------------------------------------------------------- */

/* Whole and partial loads and stores, against pages that fault, from every alignment. */
static bool check_memory(char *message, size_t size)
{
    const struct guarded in = guarded_pages(), out = guarded_pages();
    for (size_t n = 0; n <= V_LANES; n++)
        for (size_t place = 0; place <= 16; place++) {
            float *from = place < 16 ? in.begin + place : in.end - n;
            float *to = place < 16 ? out.begin + place : out.end - n;
            float lanes[V_LANES];
            for (size_t k = 0; k < n; k++)
                from[k] = from_bits(specials[(k + n + place) % SPECIALS]);
            fill_canary(out.begin, out.end);
            const vf loaded = n < V_LANES ? v_load_n(from, n) : v_load(from);
            v_store(lanes, loaded);
            if (n < V_LANES)
                v_store_n(to, loaded, n);
            else
                v_store(to, loaded);
            for (size_t k = 0; k < V_LANES; k++)
                if (bits_of(lanes[k]) != (k < n ? bits_of(from[k]) : 0)) {
                    snprintf(message, size, "load of %zu: lane %zu is %08x", n, k, (unsigned)bits_of(lanes[k]));
                    return false;
                }
            if (memcmp(from, to, n * sizeof *to) != 0 || !canary_intact(out.begin, to) ||
                !canary_intact(to + n, out.end)) {
                snprintf(message, size, "store of %zu at place %zu: not these, or not only these", n, place);
                return false;
            }
        }
    return true;
}

bool WORDS_CHECK(char *message, size_t size)
{
    return check_memory(message, size) && check_values(message, size);
}
