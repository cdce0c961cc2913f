/* SPDX-License-Identifier: MIT */
/* The mathematical words of the fast mode: inline, in the vocabulary, with the contracts of src/math/accurate/sleef_words.h. */
#ifndef ACTFN_INLINE_WORDS_H
#define ACTFN_INLINE_WORDS_H

#include "math/fast/circular.h"
#include "math/fast/elementary.h"
#include "math/fast/power.h"
#include "math/simd.h"
#include "math/tiny.h"

/* e^x for x < -70 and for x > 87.  Below -104.5 the result is 0, above 89 infinity. */
PASS vf exp_beyond(vf x)
{
    const struct exponent e = exponent_of(v_max(v_splat(87.0f), v_min(v_splat(89.0f), x)));
    const vf right = v_bits(u_bits(e.part) + e.power - EXPONENT(8)) * 0x1p8f; /* 2^128 is no float */
    return v_select(v_lt(ZERO, x), right, exp_left(v_min(ZERO, x), ONE));
}

/* NaN comes through. */
WORD vf v_exp(vf x)
{
    const vf near = v_max(v_splat(-70.0f), v_min(v_splat(87.0f), x)), y = exp_within(1, near, 1);
    const vm beyond = v_ne(near, x);
    return m_any(beyond) ? v_select(m_and(beyond, v_eq(x, x)), exp_beyond(x), y) : y;
}

/* Where e^x is a normal number. */
WORD vf v_exp_normal(vf x) { return v_exp(x); }

/* Near 0 a polynomial.  Above 80 the power might overflow where the result does not, so it is made in two steps. */
WORD vf v_expm1(vf x)
{
    const struct power p = power_of(1, v_max(v_splat(-20.0f), v_min(v_splat(89.0f), x)), 1);
    const vm up = v_lt(v_splat(80.0f), x);
    const vf power = v_bits(u_bits(power_raised(p)) - u_bits(v_where(up, v_bits(u_splat(8u << 23)))));
    const vf rest = v_fma(power_series(p.r), p.r, power_rest(p));
    const vf by_power =
        v_fma(power, rest, power - v_select(up, v_splat(0x1p-8f), ONE)) * v_select(up, v_splat(0x1p8f), ONE);
    /* tools/coefficients.py: "(expm1(x) - x) / x^2 in x, for rows" */
    vf q = v_splat(0x1.6ca764p-10f);
    q = v_fma(q, x, v_splat(0x1.120ccep-7f));
    q = v_fma(q, x, v_splat(0x1.55556ep-5f));
    q = v_fma(q, x, v_splat(0x1.5554dcp-3f));
    q = v_fma(q, x, v_splat(0x1p-1f));
    const vf near = v_fma(q, square_that_counts(x), x);
    return v_copysign(v_select(v_lt(v_abs(x), v_splat(0.348f)), near, by_power), x);
}

/* (e^2a - 1) / (e^2a + 1); for a > 9.5 the quotient is 1 to the last bit. */
WORD vf v_tanh(vf x)
{
    const vf e = v_expm1(2.0f * v_min(v_splat(9.5f), v_abs(x)));
    return v_copysign(e / (e + 2.0f), x);
}

#endif
