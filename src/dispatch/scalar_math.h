/* SPDX-License-Identifier: MIT */
/*
 * SLEEF's functions on one lane, for the generic kernels.  The fused functions use FMA instructions and give the bits of the
 * vector functions.  The plain functions run on any CPU; the last bit of a result may differ.
 */
#ifndef ACTFN_SCALAR_MATH_H
#define ACTFN_SCALAR_MATH_H

#include <stdatomic.h>
#include <stdint.h>

struct actfn_scalar_math {
    float (*expf)(float), (*expm1f)(float), (*logf)(float), (*log1pf)(float), (*tanhf)(float), (*atanf)(float);
    float (*sinf)(float), (*cosf)(float), (*powf)(float, float);
};

/* The plain functions, until actfn_choose_scalar_math() has seen the CPU.  Dispatch calls actfn_choose_scalar_math() before
 * anyone can get a kernel. */
extern _Atomic(const struct actfn_scalar_math *) actfn_scalar_math;
#ifdef ACTFN_WITHOUT_SLEEF
static inline void actfn_choose_scalar_math(uint32_t cpu_features) { (void)cpu_features; }
#else
void actfn_choose_scalar_math(uint32_t cpu_features);
#endif

#endif
