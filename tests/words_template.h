/* SPDX-License-Identifier: MIT */
/*
 * Compares every word of a vocabulary with its rule in generic/simd_generic.h, written a second time for one float.  An object
 * includes a vocabulary header and this header, with
 *     WORDS_CHECK    the name of the function that checks: the only symbol of the object
 * The object is compiled for its instruction set, so it must not be called on a CPU without that set.
 */
#include "floats.h"
#include "sixteen.h"
#include "math/simd.h"
#include "math/tiny.h"
#include "suite_words.h"
#include "support.h"

#include <float.h>
#include <stdio.h>

/* The nearest integer, ties to even, computed without the instruction that is under test. */
static float nearest_even(float a)
{
    const float magnitude = fabsf(a), rounded = magnitude < 0x1p23f ? (magnitude + 0x1p23f) - 0x1p23f : magnitude;
    return from_bits(bits_of(rounded) | (bits_of(a) & 0x80000000u));
}

/* Operands that `scale` accepts, made by words that have tests of their own. */
static vf mantissa_of(vf a) { return v_copysign(v_max(v_splat(0.5f), v_min(v_splat(0x1.fffffep0f), v_abs(a))), a); }
static vf whole_of(vf b)
{
    return v_round(v_max(v_splat(-152.0f), v_min(v_splat(128.0f), v_select(v_eq(b, b), b, v_splat(-130.0f)))));
}
static float scaled_twin(float a, float b)
{
    const float magnitude = fabsf(a), mantissa = magnitude < 0x1.fffffep0f ? fmaxf(0.5f, magnitude) : 0x1.fffffep0f;
    const float exponent = isnan(b) ? -130.0f : fmaxf(-152.0f, fminf(128.0f, b));
    if (isnan(a))
        return a;
    return (float)copysign(ldexp((double)mantissa, (int)nearest_even(exponent)), (double)a);
}

/* Operands that every vocabulary can take apart, and their parts by the C library. */
static vf normal_of(vf a)
{
    const vf b = v_abs(a);
    return v_select(v_lt(b, v_splat(INFINITY)), v_max(v_splat(FLT_MIN), b), v_splat(1.0f));
}
static float plain_normal(float a) { return fabsf(a) < INFINITY ? fmaxf(FLT_MIN, fabsf(a)) : 1.0f; }
static float plain_mantissa(float a)
{
    int exponent;
    const float m = frexpf(a, &exponent);
    return m < 0.75f ? 2.0f * m : m;
}
static float plain_exponent(float a)
{
    int exponent;
    const float m = frexpf(a, &exponent);
    return (float)(m < 0.75f ? exponent - 1 : exponent);
}

/* A number that ordinary_product takes as its second factor: 0, or one between 2^-62 and 2^62 with the sign of the operand. */
static vf ordinary_of(vf a)
{
    const vf magnitude = v_max(v_splat(0x1p-62f), v_min(v_splat(0x1p62f), v_abs(a)));
    return v_copysign(v_where(v_ne(a, v_splat(0.0f)), magnitude), a);
}
static float plain_ordinary(float a)
{
    const float magnitude = 0x1p62f < fabsf(a) ? 0x1p62f : fabsf(a);
    return copysignf(a == 0 ? 0 : 0x1p-62f > magnitude ? 0x1p-62f : magnitude, a);
}

/* Both parts of an operand as one number, e m: NaN if one of them is NaN.  With V_PARTS_OF_ANY any operand, else as above. */
static vf parts_of(vf a)
{
    const vf b = V_PARTS_OF_ANY ? a : normal_of(a);
    return v_exponent(b) * v_mantissa(b);
}
static float plain_parts(float a)
{
    if (!V_PARTS_OF_ANY)
        a = plain_normal(a);
    if (a == 0 || fabsf(a) == INFINITY)
        return a == 0 ? -INFINITY : a > 0 ? a : NAN;
    return a > 0 ? plain_exponent(a) * plain_mantissa(a) : NAN;
}

/*
 * EACH(name, NaN, on vectors, on floats): both expressions in a, b and c.  EXACT compares bit for bit, also a NaN.  If a word
 * computes, the sign and payload of a NaN are free.  A mask is tested by the lanes that it selects.
 */
/* clang-format off */
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
    EACH(scale, FREE, v_scale(mantissa_of(a), whole_of(b)), scaled_twin(a, b))                                         \
    EACH(exponent, EXACT, v_exponent(normal_of(a)), plain_exponent(plain_normal(a)))                                   \
    EACH(mantissa, EXACT, v_mantissa(normal_of(a)), plain_mantissa(plain_normal(a)))                                   \
    EACH(parts, FREE, parts_of(a), plain_parts(a))                                                                     \
    EACH(bits, EXACT, v_bits(u_bits(a) ^ u_bits(b)), from_bits(bits_of(a) ^ bits_of(b)))                               \
    EACH(odd, EXACT, v_select(m_odd(u_bits(a)), b, c), bits_of(a) & 1 ? b : c)                                         \
    EACH(plus, FREE, a + b, a + b)                                                                                     \
    EACH(minus, FREE, a - b, a - b)                                                                                    \
    EACH(times, FREE, a * b, a * b)                                                                                    \
    EACH(over, FREE, a / b, a / b)                                                                                     \
    EACH(negative, FREE, -a, -a)                                                                                       \
    EACH(tiny_product, FREE, tiny_product(a, b), a * b)                                                                \
    EACH(product_of_tiny, FREE, tiny_product(a, ordinary_of(b)), a * plain_ordinary(b))                                \
    EACH(product_with_tiny, FREE, tiny_product(ordinary_of(a), b), plain_ordinary(a) * b)                              \
    EACH(not_contracted, FREE, a * b + c, a * b + c)                                                                   \
    EACH(with_constants, FREE, 1.0f / (1.0f + a) - 2.0f * b, 1.0f / (1.0f + a) - 2.0f * b)
/* clang-format on */

enum { EXACT, FREE };

#define EACH(name, nan, vector, scalar)                                                                                \
    static vf name##_word(vf a, vf b, vf c)                                                                            \
    {                                                                                                                  \
        (void)b, (void)c;                                                                                              \
        return vector;                                                                                                 \
    }                                                                                                                  \
    static float name##_twin(float a, float b, float c)                                                                \
    {                                                                                                                  \
        (void)b, (void)c;                                                                                              \
        return scalar;                                                                                                 \
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

/* Every pair of special values, then random bit patterns. */
static void operands(size_t i, float *a, float *b, float *c)
{
    const uint64_t random = scramble(i), more = scramble(~i);
    *a = from_bits(i < PAIRS ? specials[i / SPECIALS] : (uint32_t)random);
    *b = from_bits(i < PAIRS ? specials[i % SPECIALS] : (uint32_t)(random >> 32));
    *c = from_bits(i < PAIRS ? specials[more % SPECIALS] : (uint32_t)more);
    /* Operands that are equal or of similar size: random ones rarely are. */
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

/* ---- integers -------------------------------------------------------------------------------------------------- */

/* Compares each lane of a word's result.  The operands are a[k] and b[k]. */
static bool lanes_are(const char *name, vu got, const uint32_t *wanted, char *message, size_t size)
{
    uint32_t lanes[V_LANES];
    u_store(lanes, got);
    for (size_t k = 0; k < V_LANES; k++)
        if (lanes[k] != wanted[k]) {
            snprintf(message, size, "%s in lane %zu is %08x, expected %08x", name, k, (unsigned)lanes[k],
                     (unsigned)wanted[k]);
            return false;
        }
    return true;
}

#define INTEGERS                                                                                                       \
    EACH(u_splat, u_splat(b[0]), b[0])                                                                                 \
    EACH(u_plus, va + vb, a[k] + b[k])                                                                                 \
    EACH(u_plus_constant, va + 0x9e3779b9u, a[k] + 0x9e3779b9u)                                                        \
    EACH(u_xor, va ^ vb, a[k] ^ b[k])                                                                                  \
    EACH(u_and, va & 0x3fffffffu, a[k] & 0x3fffffffu)                                                                  \
    EACH(u_or_not, va | ~vb, a[k] | ~b[k])                                                                             \
    EACH(u_minus, va - vb, a[k] - b[k])                                                                                \
    EACH(u_shift_left, va << 30u, a[k] << 30)                                                                          \
    EACH(u_shift, va >> 8u, a[k] >> 8)                                                                                 \
    EACH(u_sign, va >> 31u, a[k] >> 31)                                                                                \
    EACH(u_multiply_low, u_multiply(va, b[0]).low, (uint32_t)((uint64_t)a[k] * b[0]))                                  \
    EACH(u_multiply_high, u_multiply(va, b[0]).high, (uint32_t)((uint64_t)a[k] * b[0] >> 32))

static bool check_integers(char *message, size_t size)
{
    uint32_t a[V_LANES], b[V_LANES], wanted[V_LANES];
    float converted[V_LANES];
    for (size_t i = 0; i < 20000; i++) {
        for (size_t k = 0; k < V_LANES; k++) {
            a[k] = (uint32_t)scramble(i * V_LANES + k) >> (i & 8 ? 0 : (i + k) % 25);
            b[k] = (uint32_t)(scramble(~(i * V_LANES + k)) >> 32) | (i & 16 ? 0xffff0000u : 0);
        }
        const vu va = u_load(a), vb = u_load(b);
#define EACH(name, vector, scalar)                                                                                     \
    for (size_t k = 0; k < V_LANES; k++)                                                                               \
        wanted[k] = scalar;                                                                                            \
    if (!lanes_are(#name, vector, wanted, message, size))                                                              \
        return false;
        INTEGERS
#undef EACH
        v_store(converted, v_from_u(va >> 8u));
        for (size_t k = 0; k < V_LANES; k++)
            if (bits_of(converted[k]) != bits_of((float)(a[k] >> 8))) {
                snprintf(message, size, "v_from_u(%08x) is %a", (unsigned)(a[k] >> 8), (double)converted[k]);
                return false;
            }
    }
    return true;
}

/* The words of lane k are those of block u_blocks()[k], and count up in order. */
static bool check_order(char *message, size_t size)
{
    const vu first = u_splat(0x80000000u) + u_blocks() + u_blocks() + u_blocks() + u_blocks();
    const struct u_four got = u_in_order((struct u_four) { first, first + 1u, first + 2u, first + 3u });
    const vu each[] = { got.a, got.b, got.c, got.d };
    for (uint32_t j = 0; j < 4; j++) {
        uint32_t wanted[V_LANES];
        for (uint32_t k = 0; k < V_LANES; k++)
            wanted[k] = 0x80000000u + j * V_LANES + k;
        if (!lanes_are("u_in_order", each[j], wanted, message, size))
            return false;
    }
    return true;
}

/* ---- memory ---------------------------------------------------------------------------------------------------- */

/* Whole and partial loads and stores, beside pages that fault, at every alignment. */
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

/* Words that look at all lanes at once. */
static bool check_lanes(char *message, size_t size)
{
    for (size_t i = 0; i < 1000; i++) {
        float a[V_LANES], fold[V_LANES], top = -INFINITY, first[V_LANES], low[V_LANES], high[V_LANES],
                                         mixed[2 * V_LANES];
        for (size_t k = 0; k < V_LANES; k++) {
            a[k] = fold[k] = (float)(int64_t)scramble(i * V_LANES + k) * 0x1p-60f;
            top = a[k] > top ? a[k] : top;
        }
        for (size_t half = V_LANES / 2; half; half /= 2)
            for (size_t k = 0; k < half; k++)
                fold[k] = fold[k] + fold[k + half];
        const size_t n = i % (V_LANES + 1);
        v_store(first, v_where(m_first(n), v_load(a)));
        v_store(low, v_interleave_low(v_load(a), -v_load(a)));
        v_store(high, v_interleave_high(v_load(a), -v_load(a)));
        for (size_t k = 0; k < V_LANES; k++) {
            mixed[2 * k] = a[k];
            mixed[2 * k + 1] = -a[k];
        }
        bool good = v_sum(v_load(a)) == fold[0] && v_top(v_load(a)) == top;
        for (size_t k = 0; k < V_LANES; k++)
            good = good && bits_of(first[k]) == (k < n ? bits_of(a[k]) : 0) && low[k] == mixed[k] &&
                   high[k] == mixed[V_LANES + k] && m_any(v_eq(v_load(a), v_splat(a[k]))) &&
                   !m_any(v_lt(v_splat(top), v_load(a)));
        if (!good) {
            snprintf(message, size, "v_sum, v_top, v_interleave, m_first or m_any, round %zu", i);
            return false;
        }
    }
    return true;
}

/* The fast mode's words: bits as integers, tables, rounding down, stores past the caches. */
static bool check_fast_words(char *message, size_t size)
{
    static _Alignas(64) float table[8], streamed[V_LANES];
    for (size_t k = 0; k < 8; k++)
        table[k] = (float)k + 0.5f;
    for (size_t i = 0; i < 4000; i++) {
        float a[V_LANES], b[V_LANES], larger[V_LANES], above[V_LANES], below[V_LANES], scaled[V_LANES],
            same_bits[V_LANES];
        float unused;
        for (size_t k = 0; k < V_LANES; k++)
            operands(i * V_LANES + k, &a[k], &b[k], &unused);
        const vf va = v_load(a), vb = v_load(b);
        const vf mantissa = mantissa_of(va), exponent = v_max(v_splat(-152.0f), v_min(v_splat(128.0f), vb));
        v_store(same_bits, v_bits(u_bits(va)));
        v_store(larger, v_bits(u_max(u_bits(va), u_bits(vb))));
        v_store(above, v_where(u_above(u_bits(va), u_bits(vb)), v_splat(1.0f)));
        v_store(below, v_floor(va));
        v_store(scaled, v_scale_floor(mantissa, exponent));
        bool good = true;
        for (size_t k = 0; k < V_LANES; k++) {
            const uint32_t x = bits_of(a[k]), y = bits_of(b[k]);
            const float e = fmaxf(-152.0f, fminf(128.0f, b[k]));
            good = good && bits_of(same_bits[k]) == x && bits_of(larger[k]) == (x > y ? x : y) &&
                   (above[k] != 0) == (x > y) && same(below[k], floorf(a[k]));
            if (!isnan(a[k]) && !isnan(b[k]))
                good =
                    good && scaled[k] == (float)copysign(ldexp((double)fmaxf(0.5f, fminf(0x1.fffffep0f, fabsf(a[k]))),
                                                               (int)floorf(e)),
                                                         (double)a[k]);
        }
        float picked[V_LANES];
        v_store(picked, v_pick(table, va));
        for (size_t k = 0; k < V_LANES; k++)
            good = good && picked[k] == table[bits_of(a[k]) & 7];
#if V_STREAMS
        v_stream(streamed, va);
        v_stream_end();
        for (size_t k = 0; k < V_LANES; k++)
            good = good && bits_of(streamed[k]) == bits_of(a[k]);
#endif
        if (!good) {
            snprintf(message, size, "u_bits, u_max, u_above, v_floor, v_scale_floor, v_pick or v_stream, round %zu", i);
            return false;
        }
    }
    (void)streamed;
    return true;
}

/*
 * Storage in 16 bits.  Every number is loaded, and floats are stored, in all lanes or only in some.  A doubt must be reported
 * if a float within reach is stored as another number.
 */
#define CHECK_SIXTEEN(type, t)                                                                                         \
    static bool check_##type(char *message, size_t size)                                                               \
    {                                                                                                                  \
        for (unsigned i = 0; i < ALL_SIXTEEN; i += V_LANES) {                                                          \
            const size_t n = (i / V_LANES) % (V_LANES + 1);                                                            \
            uint16_t from[V_LANES], to[V_LANES];                                                                       \
            float whole[V_LANES], some[V_LANES];                                                                       \
            for (unsigned k = 0; k < V_LANES; k++)                                                                     \
                from[k] = (uint16_t)(i + k);                                                                           \
            v_store(whole, type##_load(from));                                                                         \
            v_store(some, n < V_LANES ? type##_load_n(from, n) : type##_load(from));                                   \
            for (unsigned k = 0; k < V_LANES; k++) {                                                                   \
                const float exact = (float)value_of_sixteen(t, i + k);                                                 \
                if (same(whole[k], exact) && same(some[k], k < n ? exact : 0.0f))                                      \
                    continue;                                                                                          \
                snprintf(message, size, #type "_load of %04x is %a, of %zu lanes %a", i + k, (double)whole[k], n,      \
                         (double)some[k]);                                                                             \
                return false;                                                                                          \
            }                                                                                                          \
            memset(to, 0xa5, sizeof to);                                                                               \
            if (n < V_LANES)                                                                                           \
                type##_store_n(to, v_load(whole), n);                                                                  \
            for (size_t k = 0; k < V_LANES && n < V_LANES; k++)                                                        \
                if (k < n ? to[k] != from[k] && !is_nan_sixteen(t, from[k]) : to[k] != 0xa5a5) {                       \
                    snprintf(message, size, #type "_store_n of %zu: lane %zu is %04x", n, k, to[k]);                   \
                    return false;                                                                                      \
                }                                                                                                      \
        }                                                                                                              \
        for (size_t i = 0; i < 300000; i += V_LANES) {                                                                 \
            const uint32_t reach = 1 + (uint32_t)(i / V_LANES) % 7;                                                    \
            uint16_t to[V_LANES];                                                                                      \
            float a[V_LANES], doubt[V_LANES];                                                                          \
            for (size_t k = 0; k < V_LANES; k++) {                                                                     \
                /* Any float; one near half-way between two numbers. */                                                \
                const uint64_t random = scramble(i + k);                                                               \
                const double below = value_of_sixteen(t, (unsigned)(random >> 48));                                    \
                const float half = (float)(below + ulp_of_sixteen(t, below) / 2);                                      \
                a[k] = random & 1 ? from_bits((uint32_t)random) : float_step(half, (int)(random >> 8 & 15) - 8);       \
            }                                                                                                          \
            type##_store(to, v_load(a));                                                                               \
            v_store(doubt, v_select(type##_doubt(v_load(a), reach), ONE, ZERO));                                       \
            for (size_t k = 0; k < V_LANES; k++) {                                                                     \
                const unsigned wanted = nearest_sixteen(t, (double)a[k]);                                              \
                const unsigned low = nearest_sixteen(t, (double)float_step(a[k], -(int)reach));                        \
                const unsigned high = nearest_sixteen(t, (double)float_step(a[k], (int)reach));                        \
                const bool tiny = fabsf(a[k]) < FLT_MIN;                                                               \
                const bool stored = isnan(a[k]) ? is_quiet_sixteen(t, to[k]) : to[k] == wanted;                        \
                if (stored && (isnan(a[k]) || tiny || (doubt[k] != 0) >= (low != high)))                               \
                    continue;                                                                                          \
                snprintf(message, size, #type "_store of %a is %04x and not %04x, or its doubt is %g within %u",       \
                         (double)a[k], to[k], wanted, (double)doubt[k], (unsigned)reach);                              \
                return false;                                                                                          \
            }                                                                                                          \
        }                                                                                                              \
        return true;                                                                                                   \
    }
CHECK_SIXTEEN(bf16, &sixteen_types[0])
CHECK_SIXTEEN(f16, &sixteen_types[1])

/* Pairs: the same numbers, in the order of the rule.  When stored, the doubt is that of the word for single vectors. */
#define CHECK_PAIRS(type, t, alternate)                                                                                \
    static bool check_##type##_pairs(char *message, size_t size)                                                       \
    {                                                                                                                  \
        for (unsigned i = 0; i < 40 * ALL_SIXTEEN; i += 2 * V_LANES) {                                                 \
            const uint32_t reach = 1 + i / (2 * V_LANES) % 7;                                                          \
            uint16_t from[2 * V_LANES], exact[2 * V_LANES], near[2 * V_LANES];                                         \
            float a[2 * V_LANES];                                                                                      \
            for (unsigned k = 0; k < 2 * V_LANES; k++)                                                                 \
                from[k] = (uint16_t)(i + k);                                                                           \
            struct v_pair v = type##_load_pair(from);                                                                  \
            v_store(a, v.a);                                                                                           \
            v_store(a + V_LANES, v.b);                                                                                 \
            for (unsigned k = 0; k < 2 * V_LANES; k++) {                                                               \
                const unsigned at = alternate ? 2 * (k % V_LANES) + k / V_LANES : k;                                   \
                const float value = (float)value_of_sixteen(t, from[at]);                                              \
                if (!same(a[k], value)) {                                                                              \
                    snprintf(message, size, #type "_load_pair: lane %u is %a, and not %a", k, (double)a[k],            \
                             (double)value);                                                                           \
                    return false;                                                                                      \
                }                                                                                                      \
                if (scramble(i + k) % 8)                                                                               \
                    a[k] = from_bits(bits_of(value) + (uint32_t)(scramble(~(uint64_t)(i + k)) >> 47));                 \
            }                                                                                                          \
            v = (struct v_pair) { v_load(a), v_load(a + V_LANES) };                                                    \
            type##_store_pair(exact, v);                                                                               \
            const int doubt = type##_store_near_pair(near, v, reach);                                                  \
            const vm in_a = type##_doubt(v.a, reach), in_b = type##_doubt(v.b, reach);                                 \
            const uint64_t told = m_bits(in_a) | (uint64_t)m_bits(in_b) << V_LANES;                                    \
            bool good = (doubt != 0) == (m_any(in_a) || m_any(in_b)) && !told == !doubt;                               \
            for (unsigned k = 0; k < 2 * V_LANES; k++) {                                                               \
                const unsigned at = alternate ? 2 * (k % V_LANES) + k / V_LANES : k;                                   \
                const unsigned wanted = nearest_sixteen(t, (double)a[k]);                                              \
                good = good && (isnan(a[k]) ? is_quiet_sixteen(t, exact[at]) : exact[at] == wanted) &&                 \
                       ((told >> k & 1) || (isnan(a[k]) ? is_quiet_sixteen(t, near[at]) : near[at] == wanted));        \
            }                                                                                                          \
            if (!good) {                                                                                               \
                snprintf(message, size, #type " pairs, round %u: stored otherwise, or another doubt", i);              \
                return false;                                                                                          \
            }                                                                                                          \
        }                                                                                                              \
        return true;                                                                                                   \
    }
CHECK_PAIRS(bf16, &sixteen_types[0], true)
CHECK_PAIRS(f16, &sixteen_types[1], false)

bool WORDS_CHECK(char *message, size_t size)
{
    return check_bf16(message, size) && check_f16(message, size) && check_bf16_pairs(message, size) &&
           check_f16_pairs(message, size) && check_fast_words(message, size) && check_lanes(message, size) &&
           check_memory(message, size) && check_values(message, size) && check_integers(message, size) &&
           check_order(message, size);
}
