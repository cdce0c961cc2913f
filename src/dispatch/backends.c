/* SPDX-License-Identifier: MIT */
/*
 * The backends of this build.  An instruction set is a line here, a vocabulary and an actfn_add_backend() in CMake.
 * TABLES(avx2, accurate) lists the tables by the names that src/kernels/kernel_tables.h gives them:
 * actfn_avx2_accurate_forward, ..., and for the table that both modes share, actfn_avx2_channels.
 */
#include "dispatch/backend.h"

#define DECLARE(backend, mode)                                                                                         \
    extern const actfn_forward_fn actfn_##backend##_##mode##_forward[];                                                \
    extern const actfn_backward_fn actfn_##backend##_##mode##_backward[];                                              \
    extern const actfn_backward_fn actfn_##backend##_##mode##_from_output[];                                           \
    extern const actfn_backward_fn actfn_##backend##_##mode##_param_gradient[];                                        \
    extern const struct actfn_gate_kernels actfn_##backend##_##mode##_gates[];                                         \
    extern const struct actfn_row_kernels actfn_##backend##_##mode##_rows[];                                           \
    extern actfn_loss_kernel *const actfn_##backend##_##mode##_losses[];                                               \
    extern const struct actfn_cross_entropy_kernels actfn_##backend##_##mode##_cross_entropy;                          \
    extern const struct actfn_random_kernels actfn_##backend##_##mode##_random;

#define TABLES(backend, mode)                                                                                          \
    {                                                                                                                  \
        actfn_##backend##_##mode##_forward, actfn_##backend##_##mode##_backward,                                       \
            actfn_##backend##_##mode##_from_output, actfn_##backend##_##mode##_param_gradient,                         \
            actfn_##backend##_channels, actfn_##backend##_##mode##_gates, actfn_##backend##_##mode##_rows,             \
            actfn_##backend##_##mode##_losses, &actfn_##backend##_##mode##_cross_entropy,                              \
            &actfn_##backend##_##mode##_random,                                                                        \
    }

/* A library without SLEEF has no tables of the accurate mode. */
#ifdef ACTFN_WITHOUT_SLEEF
#define ACCURATE_TABLES(what, backend)
#else
#define ACCURATE_TABLES(what, backend) what(backend, accurate)
#endif
#define ACCURATE_ELEMENT(backend, mode) , [ACTFN_ACCURATE] = TABLES(backend, mode)

#define BACKEND(backend, name, needs)                                                                                  \
    extern const struct actfn_channel_kernels actfn_##backend##_channels[];                                            \
    extern const struct actfn_sixteen actfn_##backend##_bf16, actfn_##backend##_f16;                                   \
    DECLARE(backend, fast)                                                                                             \
    ACCURATE_TABLES(DECLARE, backend)                                                                                  \
    static const struct actfn_backend backend = { name,                                                                \
                                                  needs,                                                               \
                                                  { [ACTFN_FAST] = TABLES(backend, fast)                               \
                                                        ACCURATE_TABLES(ACCURATE_ELEMENT, backend) },                  \
                                                  { &actfn_##backend##_bf16, &actfn_##backend##_f16 } };

BACKEND(generic, "generic", 0)
#if defined(__x86_64__)
BACKEND(avx2, "avx2", CPU_AVX2_GROUP)
BACKEND(avx512, "avx512", CPU_AVX512_GROUP)
#elif defined(__aarch64__)
BACKEND(neon, "neon", CPU_NEON)
#endif

const struct actfn_backend *const actfn_backends[] = {
#if defined(__x86_64__)
    &avx512, &avx2,
#elif defined(__aarch64__)
    &neon,
#endif
    &generic, NULL
};
