/* SPDX-License-Identifier: MIT */
/*
 * These words make and read subnormal numbers without arithmetic on them, because many CPUs take some 150 cycles for an
 * instruction that reads or makes a subnormal number.  An addition to 2^23 makes one: the low bits of the sum are the subnormal
 * number.  The words read one as an integer.  The results have the bits of IEEE's arithmetic.  A formula uses these words if a
 * lane is `far`, by a test of a value that the formula has at hand.  One branch serves all lanes, and ordinary data do not take
 * the branch.
 */
#ifndef ACTFN_TINY_H
#define ACTFN_TINY_H

#include "math/simd.h"

#include <float.h>
#include <math.h>

/* True if any lane is far.  The hint shapes the code only; how often the branch is taken depends on the data. */
WORD int any_far(vm far) { return __builtin_expect(m_any(far) != 0, 0) != 0; }

/* units 2^-149, where this is subnormal.  sum is 2^23 + units, and this addition has rounded the units once. */
WORD vf subnormal_of(vf sum) { return v_bits(u_bits(sum) - u_splat(0x4b000000u)); }

/* units 2^-149 as a float, rounded once, for units >= 0. */
WORD vf from_least_units(vf units)
{
    const vf least = v_splat(0x1p23f), normal = v_max(least, units) * 0x1p-75f * 0x1p-74f;
    return v_select(v_lt(units, least), subnormal_of(units + least), normal);
}

/* units 2^-149 as a float, rounded once, for units of any sign. */
WORD vf tiny_of(vf units) { return v_copysign(from_least_units(v_abs(units)), units); }

/* |a| 2^75, also for a subnormal a. */
WORD vf lifted(vf a)
{
    const vu bits = u_bits(v_abs(a));
    const vm subnormal = u_above(u_splat(0x00800000u), bits);
    return v_select(subnormal, v_from_u(bits) * 0x1p-74f, v_select(subnormal, ZERO, v_abs(a)) * 0x1p75f);
}

/* a s, for a power of two s from 2^-126 to 1, and an a that is normal or 0. */
PASS vf tiny_scaled(vf a, vf s)
{
    const vm tiny = v_lt(v_abs(a), FLT_MIN * v_bits(u_splat(254u << 23) - u_bits(s)));
    if (!m_any(tiny))
        return a * s;
    const vf units = v_select(tiny, v_abs(a), ZERO) * 0x1p74f * (s * 0x1p75f);
    const vf direct = v_select(tiny, ZERO, a) * s;
    return v_copysign(v_select(tiny, subnormal_of(units + 0x1p23f), direct), a);
}
WORD vf scaled_where(vm far, vf a, vf s)
{
    if (any_far(far))
        return tiny_scaled(a, s);
    return a;
}

/* True if each lane is 0, or between 2^-62 and 2^62. */
WORD int all_ordinary(vf b)
{
    const vu bits = u_bits(v_abs(b));
    return !m_any(u_above(u_splat((65u << 23) - 1u), bits - 1u)) && !m_any(u_above(bits, u_splat(189u << 23)));
}

/*
 * a b, rounded once, for an ordinary b and any a.  An a below 2^-64 is multiplied by 2^100 first.  If the product with this a is
 * below 2^-26, then a b is below 2^-126, and an addition to 2^-26 rounds the product to units of 2^-149.
 */
WORD vf ordinary_product(vf a, vf b)
{
    const vf magnitude = v_abs(a), other = v_abs(b);
    const vu bits = u_bits(magnitude);
    const vm small = u_above(u_splat(63u << 23), bits), subnormal = u_above(u_splat(1u << 23), bits);
    const vf scale = v_select(subnormal, v_splat(0x1p-49f), v_select(small, v_splat(0x1p100f), ONE));
    const vf scaled = v_select(subnormal, v_from_u(bits), magnitude) * scale;
    const vf product = scaled * other, sum = v_fma(scaled, other, v_splat(0x1p-26f));
    const vm tiny = m_and(small, v_lt(product, v_splat(0x1p-26f)));
    const vf normal = v_select(tiny, ZERO, product) * v_select(small, v_splat(0x1p-100f), ONE);
    const vf units = v_bits(u_bits(sum) - u_splat(101u << 23));
    const vu sign = (u_bits(a) ^ u_bits(b)) & 0x80000000u;
    return v_bits(u_bits(v_select(tiny, units, normal)) | sign);
}

/*
 * a b.  Let n be the sum of the bits of |a| and |b| as integers.  If n is at least 128 2^23 and both factors are normal, the
 * product is normal.  Elsewhere the product is made of the lifted factors.  The addition to 2^23 rounds a subnormal product once.
 */
PASS vf tiny_product(vf a, vf b)
{
    if (all_ordinary(b))
        return ordinary_product(a, b);
    if (all_ordinary(a))
        return ordinary_product(b, a);
    const vu a_bits = u_bits(v_abs(a)), b_bits = u_bits(v_abs(b)), least = u_splat(0x00800000u);
    if (!m_any(u_above(u_splat(128u << 23), a_bits + b_bits)) && !m_any(u_above(least, a_bits)) &&
        !m_any(u_above(least, b_bits)))
        return a * b;
    const vm huge = u_above(u_max(a_bits, b_bits), u_splat(179u << 23));
    const vm usual = m_and(m_and(u_above(a_bits + b_bits, u_splat((128u << 23) - 1u)), u_above(a_bits, least - 1u)),
                           u_above(b_bits, least - 1u));
    const vf high = lifted(a), low = lifted(b) * 0.5f, sum = v_fma(high, low, v_splat(0x1p23f));
    const vf normal = from_least_units(v_max(v_splat(0x1p23f), high * low));
    const vf small = v_select(v_lt(sum, v_splat(0x1p24f)), subnormal_of(sum), normal);
    const vf sign = v_bits((u_bits(a) ^ u_bits(b)) & 0x80000000u);
    const vf by_parts = v_copysign(small, sign);
    /* If one factor is beyond 2^52, the other factor may be subnormal although the product is not. */
    const vm smaller_a = u_above(b_bits, a_bits);
    const vf less = lifted(v_select(smaller_a, a, b)), more = v_select(huge, v_abs(v_select(smaller_a, b, a)), ZERO);
    const vf by_huge = v_copysign(less * more * 0x1p-75f, sign);
    /* The factors are 0 in the lanes that do not use this product, so that no lane makes a subnormal number. */
    const vf direct = v_select(usual, a, ZERO) * v_select(usual, b, ZERO);
    return v_select(usual, direct, v_select(huge, by_huge, by_parts));
}
/* True below 2^-60, where a product with an ordinary number may be subnormal.  y may be subnormal, too. */
WORD vm is_small(vf y) { return u_above(u_splat(0x21800000u), u_bits(v_abs(y))); }
WORD vf product_where(vm far, vf a, vf b)
{
    if (any_far(far))
        return tiny_product(a, b);
    return a * b;
}

/*
 * a / b units 2^-149, rounded once, for a, b >= 0 and a normal quotient.  The rounding of the quotient is a second rounding.  It
 * counts only where the rounded quotient is a tie, and there the remainder breaks the tie.
 */
PASS vf tiny_quotient(vf a, vf b, float units)
{
    const vf q = a / b, u = q * units, whole = (u + 0x1p23f) - 0x1p23f, rest = v_fma(-q, b, a);
    const vf half = v_select(v_lt(ZERO, rest), v_splat(0.5f), v_select(v_lt(rest, ZERO), v_splat(-0.5f), whole - u));
    return tiny_of(v_select(v_eq(v_abs(u - whole), v_splat(0.5f)), u + half, u));
}

/* dy - p, where p may be a subnormal number.  A subnormal p counts only where dy is 0 or tiny. */
PASS vf less_tiny(vf dy, vf p)
{
    const vm counts = v_lt(v_abs(dy), v_splat(0x1p-100f)), none = v_eq(dy, ZERO);
    const vf left = v_select(none, -p, dy - v_select(m_and(counts, v_ne(dy, ZERO)), p, ZERO));
    const vm plain = u_above(u_bits(v_abs(p)) - u_splat(1), u_splat(0x007ffffe)); /* normal, or 0, which has a sign */
    return v_select(plain, dy - v_select(plain, p, ZERO), left);
}

#endif
