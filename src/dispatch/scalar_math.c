/* SPDX-License-Identifier: MIT */
/* Both sets of functions, and the choice between them. */
#include "dispatch/scalar_math.h"
#include "dispatch/cpu.h"

/* sleef.h declares the purecfma functions only where the compiler says that FMA is fast.  For baseline x86 it does not. */
#ifndef FP_FAST_FMA
#define FP_FAST_FMA
#endif
#include <sleef.h>

/* Sleef_finz_expf1_u10purecfma, Sleef_cinz_expf1_u10purec, ... */
#define FUNCTIONS(kind, suffix)                                                                                        \
    {                                                                                                                  \
        Sleef_##kind##_expf1_u10##suffix, Sleef_##kind##_expm1f1_u10##suffix, Sleef_##kind##_logf1_u10##suffix,        \
            Sleef_##kind##_log1pf1_u10##suffix, Sleef_##kind##_tanhf1_u10##suffix, Sleef_##kind##_atanf1_u10##suffix,  \
            Sleef_##kind##_sinf1_u10##suffix, Sleef_##kind##_cosf1_u10##suffix, Sleef_##kind##_powf1_u10##suffix,      \
    }

static const struct actfn_scalar_math plain = FUNCTIONS(cinz, purec);
static const struct actfn_scalar_math fused = FUNCTIONS(finz, purecfma);

_Atomic(const struct actfn_scalar_math *) actfn_scalar_math = &plain;

void actfn_choose_scalar_math(uint32_t cpu_features)
{
    atomic_store_explicit(&actfn_scalar_math, cpu_features & CPU_FMA ? &fused : &plain, memory_order_relaxed);
}
