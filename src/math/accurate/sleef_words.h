/* SPDX-License-Identifier: MIT */
/*
 * The mathematical words of the accurate mode, by SLEEF's functions.  v_log1p is wrong (infinite) above 1e38, so no formula may
 * come near this number.  For some arguments SLEEF computes with subnormal numbers and then throws the result away.  The words
 * replace such an argument by one that has the same result without subnormal numbers.
 */
#ifndef ACTFN_SLEEF_WORDS_H
#define ACTFN_SLEEF_WORDS_H

#include "math/sleef.h"
#include "math/tiny.h"

/* For x where e^x is a normal number. */
WORD vf v_exp_normal(vf x) { return SLEEF_NAME(expf, u10)(x); }

/* Below -87 SLEEF gets the rest r of x = n ln 2 + r, which this function computes as SLEEF does.  The function then multiplies
 * by the power of two itself. */
PASS vf exp_beyond(vf x)
{
    const vm far = v_lt(x, v_splat(-87.0f));
    const vf z = v_min(v_splat(100.0f), x), a = v_max(v_splat(-106.0f), z), n = v_round(a * 0x1.715476p+0f);
    const vf r = v_fma(n, v_splat(-0x1.7f7d1cp-20f), v_fma(n, v_splat(-0x1.62e4p-1f), a));
    const vf e = v_exp_normal(v_select(far, r, z));
    return v_select(far, tiny_of(v_scale(v_select(far, e, ONE), v_select(far, n + 149.0f, ZERO))), e);
}
WORD vf v_exp(vf x)
{
    if (any_far(v_lt(x, v_splat(-87.0f))))
        return exp_beyond(x);
    return v_exp_normal(v_min(v_splat(100.0f), x));
}
WORD vf v_expm1(vf x) { return SLEEF_NAME(expm1f, u10)(v_max(v_splat(-40.0f), v_min(v_splat(100.0f), x))); }
WORD vf v_log(vf x) { return SLEEF_NAME(logf, u10)(x); }
WORD vf v_log1p(vf x) { return SLEEF_NAME(log1pf, u10)(x); }
WORD vf v_tanh(vf x) { return SLEEF_NAME(tanhf, u10)(v_max(v_splat(-40.0f), v_min(v_splat(40.0f), x))); }
WORD vf v_atan(vf x) { return SLEEF_NAME(atanf, u10)(v_max(v_splat(-0x1p30f), v_min(v_splat(0x1p30f), x))); }
WORD vf v_sin(vf x) { return SLEEF_NAME(sinf, u10)(x); }
WORD vf v_cos(vf x) { return SLEEF_NAME(cosf, u10)(x); }
WORD vf v_pow(vf x, vf y) { return SLEEF_NAME(powf, u10)(x, y); }

#endif
