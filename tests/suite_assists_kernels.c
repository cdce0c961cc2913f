/* SPDX-License-Identifier: MIT */
/*
 * A backend that calls the kernels of the active one and notes the flags that each kernel raises.  The entries restore MXCSR,
 * so the flags must be read between the kernel and the entry that has called it.
 */
#include "suite_assists.h"
#include "suites.h"

#include "catalogue/params.h"
#include "dispatch/backend.h"

#include <string.h>
#include <xmmintrin.h>

static const struct actfn_backend *backend;
static unsigned raised;

static const struct actfn_tables *real(void) { return &backend->tables[test_mode]; }

enum { NOTHING_RAISED = 0x1f80 };

#define WATCHED(call)                                                                                                  \
    do {                                                                                                               \
        _mm_setcsr(NOTHING_RAISED);                                                                                    \
        call;                                                                                                          \
        raised |= _mm_getcsr() & (DENORMAL | UNDERFLOW);                                                               \
    } while (0)

unsigned take_raised(void)
{
    const unsigned all = raised;
    raised = 0;
    return all;
}

/* clang-format off: each line makes a function */

/* ---- elementwise --------------------------------------------------------------------------------------------------- */

#define WATCHED_BACKWARD(name, NAME, table)                                                                            \
    static void name##_##table(const float *params, size_t n, const float *x, const float *dy, float *dx)              \
    {                                                                                                                  \
        WATCHED(real()->table[RECORD_##NAME](params, n, x, dy, dx));                                                   \
    }
#define OP(name, NAME, ...)                                                                                            \
    static void name##_forward(const float *params, size_t n, const float *x, float *y)                                \
    {                                                                                                                  \
        WATCHED(real()->forward[RECORD_##NAME](params, n, x, y));                                                      \
    }                                                                                                                  \
    WATCHED_BACKWARD(name, NAME, backward)                                                                             \
    WATCHED_BACKWARD(name, NAME, from_output)                                                                          \
    WATCHED_BACKWARD(name, NAME, param_gradient)
#include "catalogue/ops.def"

static const actfn_forward_fn forward[OP_COUNT] = {
#define OP(name, NAME, ...) [RECORD_##NAME] = name##_forward,
#include "catalogue/ops.def"
};
static const actfn_backward_fn backward[OP_COUNT] = {
#define OP(name, NAME, ...) [RECORD_##NAME] = name##_backward,
#include "catalogue/ops.def"
};
static const actfn_backward_fn from_output[OP_COUNT] = {
#define OP(name, NAME, ...) [RECORD_##NAME] = name##_from_output,
#include "catalogue/ops.def"
};
static const actfn_backward_fn param_gradient[OP_COUNT] = {
#define OP(name, NAME, ...) [RECORD_##NAME] = name##_param_gradient,
#include "catalogue/ops.def"
};

/* ---- families ------------------------------------------------------------------------------------------------------ */

#define WATCHED_CHANNELS(name, NAME)                                                                                   \
    static void name##_forward(struct actfn_shape shape, const struct actfn_weights *weights, const float *x,          \
                               float *y)                                                                               \
    {                                                                                                                  \
        WATCHED(real()->channels[RECORD_##NAME].forward(shape, weights, x, y));                                        \
    }                                                                                                                  \
    static void name##_backward(struct actfn_shape shape, const struct actfn_weights *weights, const float *x,         \
                                const float *dy, float *dx)                                                            \
    {                                                                                                                  \
        WATCHED(real()->channels[RECORD_##NAME].backward(shape, weights, x, dy, dx));                                  \
    }                                                                                                                  \
    static void name##_from_output(struct actfn_shape shape, const struct actfn_weights *weights, const float *y,      \
                                   const float *dy, float *dx)                                                         \
    {                                                                                                                  \
        WATCHED(real()->channels[RECORD_##NAME].backward_from_output(shape, weights, y, dy, dx));                      \
    }                                                                                                                  \
    static void name##_gradients(struct actfn_shape shape, const struct actfn_weights *weights,                        \
                                 const struct actfn_factors *factors, float *const *dweights)                          \
    {                                                                                                                  \
        WATCHED(real()->channels[RECORD_##NAME].weight_gradients(shape, weights, factors, dweights));                  \
    }
#define WATCHED_GATES(name, NAME)                                                                                      \
    static void name##_forward(const float *params, size_t rows, size_t n, struct actfn_rows u, struct actfn_rows v,   \
                               struct actfn_rows_out y)                                                                \
    {                                                                                                                  \
        WATCHED(real()->gates[RECORD_##NAME].forward(params, rows, n, u, v, y));                                       \
    }                                                                                                                  \
    static void name##_backward(const float *params, size_t rows, size_t n, struct actfn_rows u, struct actfn_rows v,  \
                                struct actfn_rows dy, struct actfn_rows_out du, struct actfn_rows_out dv)              \
    {                                                                                                                  \
        WATCHED(real()->gates[RECORD_##NAME].backward(params, rows, n, u, v, dy, du, dv));                             \
    }
#define WATCHED_ROWS(name, NAME)                                                                                       \
    static void name##_forward(const float *params, unsigned int flags, struct actfn_shape shape, const float *x,      \
                               float *y)                                                                               \
    {                                                                                                                  \
        WATCHED(real()->rows[RECORD_##NAME].forward(params, flags, shape, x, y));                                      \
    }                                                                                                                  \
    static void name##_backward(const float *params, struct actfn_shape shape, const float *x, const float *y,         \
                                const float *dy, float *dx)                                                            \
    {                                                                                                                  \
        WATCHED(real()->rows[RECORD_##NAME].backward(params, shape, x, y, dy, dx));                                    \
    }                                                                                                                  \
    static void name##_index(struct actfn_shape shape, const float *x, float *y, int32_t *index)                       \
    {                                                                                                                  \
        WATCHED(real()->rows[RECORD_##NAME].forward_index(shape, x, y, index));                                        \
    }
#define WATCHED_LOSSES(name, NAME)                                                                                     \
    static void name##_loss(const float *params, size_t n, const float *z, const struct actfn_targets *targets,        \
                            float *loss, float *dz)                                                                    \
    {                                                                                                                  \
        WATCHED(real()->losses[RECORD_##NAME](params, n, z, targets, loss, dz));                                       \
    }
#define WATCHED_RANDOM(name, NAME)
#define FAMILY(kind, name, NAME, ...) WATCHED_##kind(name, NAME)
#include "catalogue/ops.def"

#define TABLE_CHANNELS(...)
#define TABLE_GATES(...)
#define TABLE_ROWS(...)
#define TABLE_LOSSES(...)
#define TABLE_RANDOM(...)

static const struct actfn_channel_kernels channels[OP_COUNT] = {
#undef TABLE_CHANNELS
#define TABLE_CHANNELS(name, NAME)                                                                                     \
    [RECORD_##NAME] = { name##_forward, name##_backward, name##_from_output, name##_gradients },
#define FAMILY(kind, name, NAME, ...) TABLE_##kind(name, NAME)
#include "catalogue/ops.def"
#undef TABLE_CHANNELS
#define TABLE_CHANNELS(...)
};
static const struct actfn_gate_kernels gates[OP_COUNT] = {
#undef TABLE_GATES
#define TABLE_GATES(name, NAME) [RECORD_##NAME] = { name##_forward, name##_backward },
#define FAMILY(kind, name, NAME, ...) TABLE_##kind(name, NAME)
#include "catalogue/ops.def"
#undef TABLE_GATES
#define TABLE_GATES(...)
};
static const struct actfn_row_kernels rows[OP_COUNT] = {
#undef TABLE_ROWS
#define TABLE_ROWS(name, NAME) [RECORD_##NAME] = { name##_forward, name##_backward, name##_index },
#define FAMILY(kind, name, NAME, ...) TABLE_##kind(name, NAME)
#include "catalogue/ops.def"
#undef TABLE_ROWS
#define TABLE_ROWS(...)
};
static actfn_loss_kernel *const losses[OP_COUNT] = {
#undef TABLE_LOSSES
#define TABLE_LOSSES(name, NAME) [RECORD_##NAME] = name##_loss,
#define FAMILY(kind, name, NAME, ...) TABLE_##kind(name, NAME)
#include "catalogue/ops.def"
#undef TABLE_LOSSES
#define TABLE_LOSSES(...)
};

/* clang-format on */

static void by_class(const float *params, struct actfn_shape shape, const float *z, const struct actfn_targets *targets,
                     float *loss, float *dz)
{
    WATCHED(real()->cross_entropy->by_class(params, shape, z, targets, loss, dz));
}
static void dense(struct actfn_shape shape, const float *z, const struct actfn_targets *targets, float *loss, float *dz)
{
    WATCHED(real()->cross_entropy->dense(shape, z, targets, loss, dz));
}
static const struct actfn_cross_entropy_kernels cross_entropy = { by_class, dense };

static void words(size_t n, uint32_t *out, const struct actfn_noise *draws)
{
    WATCHED(real()->random->u32(n, out, draws));
}
static void rrelu(const float *params, const struct actfn_noise *draws, size_t n, const float *x, float *y,
                  float *noise)
{
    WATCHED(real()->random->rrelu(params, draws, n, x, y, noise));
}
static void rrelu_backward(const float *params, const struct actfn_noise *draws, size_t n, const float *x,
                           const float *dy, float *dx)
{
    WATCHED(real()->random->rrelu_backward(params, draws, n, x, dy, dx));
}
static void gumbel(const float *params, const struct actfn_noise *draws, size_t n, const float *x, float *y)
{
    WATCHED(real()->random->gumbel(params, draws, n, x, y));
}
static const struct actfn_random_kernels random_kernels = { words, rrelu, rrelu_backward, gumbel };

/* ---- the backend --------------------------------------------------------------------------------------------------- */

#define TABLES                                                                                                         \
    {                                                                                                                  \
        forward, backward, from_output, param_gradient, channels, gates, rows, losses, &cross_entropy, &random_kernels \
    }

void watch_kernels(void)
{
    static struct actfn_backend watched = { .tables = { TABLES, TABLES } };
    backend = actfn_backend_active();
    watched.name = backend->name;
    watched.needs = backend->needs;
    memcpy(watched.sixteen, backend->sixteen, sizeof watched.sixteen);
    take_raised();
    atomic_store(&actfn_active_backend, &watched);
}

void watch_no_more(void) { atomic_store(&actfn_active_backend, backend); }
