/* SPDX-License-Identifier: MIT */
/* Both sets of scalar functions, and the choice between the sets. */
#include "dispatch/scalar_math.h"
#include "dispatch/cpu.h"

/* sleef.h declares the purecfma functions only if FP_FAST_FMA is defined.  For baseline x86 compilers do not define it. */
#ifndef FP_FAST_FMA
#define FP_FAST_FMA
#endif
#include <sleef.h>

/*
 * Pasted: fused_expf, which calls Sleef_finz_expf1_u10purecfma, plain_expf, which calls Sleef_cinz_expf1_u10purec, ...
 * The table cannot hold SLEEF's functions themselves: SLEEF declares the result const, and some compilers then see another
 * type of function.
 */
#define FUNCTION(set, sleef, name)                                                                                     \
    static float set##_##name(float x) { return sleef(x); }
#define FUNCTIONS(set, kind, suffix)                                                                                   \
    FUNCTION(set, Sleef_##kind##_expf1_u10##suffix, expf)                                                              \
    FUNCTION(set, Sleef_##kind##_expm1f1_u10##suffix, expm1f)                                                          \
    FUNCTION(set, Sleef_##kind##_logf1_u10##suffix, logf)                                                              \
    FUNCTION(set, Sleef_##kind##_log1pf1_u10##suffix, log1pf)                                                          \
    FUNCTION(set, Sleef_##kind##_tanhf1_u10##suffix, tanhf)                                                            \
    FUNCTION(set, Sleef_##kind##_atanf1_u10##suffix, atanf)                                                            \
    FUNCTION(set, Sleef_##kind##_sinf1_u10##suffix, sinf)                                                              \
    FUNCTION(set, Sleef_##kind##_cosf1_u10##suffix, cosf)                                                              \
    static float set##_powf(float x, float y) { return Sleef_##kind##_powf1_u10##suffix(x, y); }                       \
    static const struct actfn_scalar_math set = { set##_expf,  set##_expm1f, set##_logf, set##_log1pf, set##_tanhf,    \
                                                  set##_atanf, set##_sinf,   set##_cosf, set##_powf };
FUNCTIONS(plain, cinz, purec)
FUNCTIONS(fused, finz, purecfma)

_Atomic(const struct actfn_scalar_math *) actfn_scalar_math = &plain;

void actfn_choose_scalar_math(uint32_t cpu_features)
{
    atomic_store_explicit(&actfn_scalar_math, cpu_features & CPU_FMA ? &fused : &plain, memory_order_relaxed);
}
