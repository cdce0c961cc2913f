/* SPDX-License-Identifier: MIT */
/*
 * The gates, the elementwise losses, and the noise of gumbel_softmax.  The formulas of a gate are gate_<name>,
 * gate_<name>_du and gate_<name>_dv.  The loops take the formulas as <name>_gate, <name>_gate_du and <name>_gate_dv.  The
 * kernels are <name>_gate_forward and <name>_gate_backward.
 */
#include "kernels/gate_loops.h"
#include "kernels/light.h"
#include "kernels/loss_loops.h"
#include "kernels/random_draws.h"
#include "kernels/kernel_tables.h"
#include "math/gate_formulas.h"

/* ---- gates ------------------------------------------------------------------------------------------------------------ */

#define GATE_KERNELS(name, arity)                                                                                      \
    WORD vf name##_gate(vf u, vf v, const void *params)                                                                \
    {                                                                                                                  \
        (void)params;                                                                                                  \
        return WITH_PARAMS(arity, gate_##name, u, v);                                                                  \
    }                                                                                                                  \
    WORD vf name##_gate_du(vf u, vf v, vf dy, const void *params)                                                      \
    {                                                                                                                  \
        (void)params;                                                                                                  \
        return WITH_PARAMS(arity, gate_##name##_du, u, v, dy);                                                         \
    }                                                                                                                  \
    WORD vf name##_gate_dv(vf u, vf v, vf dy, const void *params)                                                      \
    {                                                                                                                  \
        (void)params;                                                                                                  \
        return WITH_PARAMS(arity, gate_##name##_dv, u, v, dy);                                                         \
    }                                                                                                                  \
    static void name##_gate_forward(const float *params, size_t rows, size_t n, struct actfn_rows u,                   \
                                    struct actfn_rows v, struct actfn_rows_out y)                                      \
    {                                                                                                                  \
        COPY(name, arity)                                                                                              \
        gate_rows(name##_gate, &p, rows, n, u, v, y);                                                                  \
    }                                                                                                                  \
    static void name##_gate_backward(const float *params, size_t rows, size_t n, struct actfn_rows u,                  \
                                     struct actfn_rows v, struct actfn_rows dy, struct actfn_rows_out du,              \
                                     struct actfn_rows_out dv)                                                         \
    {                                                                                                                  \
        COPY(name, arity)                                                                                              \
        if (du.p && dv.p)                                                                                              \
            gate_grad_rows(name##_gate_du, name##_gate_dv, &p, rows, n, u, v, dy, du, dv);                             \
        else if (du.p)                                                                                                 \
            gate_grad_rows(name##_gate_du, NULL, &p, rows, n, u, v, dy, du, dv);                                       \
        else if (dv.p)                                                                                                 \
            gate_grad_rows(NULL, name##_gate_dv, &p, rows, n, u, v, dy, du, dv);                                       \
    }

#define FAMILY_CHANNELS(...)
#define FAMILY_RANDOM(...)
#define FAMILY_GATES(...) __VA_ARGS__
#define FAMILY_ROWS(...)
#define FAMILY_LOSSES(...)

#define FAMILY(kind, name, NAME, value, arity, ...) FAMILY_##kind(GATE_KERNELS(name, arity))
#include "catalogue/ops.def"

const struct actfn_gate_kernels TABLE(gates)[OP_COUNT] = {
#define FAMILY(kind, name, NAME, ...) FAMILY_##kind([RECORD_##NAME] = { name##_gate_forward, name##_gate_backward }, )
#include "catalogue/ops.def"
};

/* ---- losses ----------------------------------------------------------------------------------------------------------- */

static void sigmoid_bce_kernel(const float *params, size_t n, const float *z, const struct actfn_targets *targets,
                               float *loss, float *dz)
{
    struct sigmoid_bce_params p;
    memcpy(&p, params, sizeof p);
    losses(loss_sigmoid_bce, &p, n, z, targets, loss, dz);
}

static void sigmoid_mse_kernel(const float *params, size_t n, const float *z, const struct actfn_targets *targets,
                               float *loss, float *dz)
{
    losses(loss_sigmoid_mse, params, n, z, targets, loss, dz);
}

actfn_loss_kernel *const TABLE(losses)[OP_COUNT] = {
    [ACTFN_SIGMOID_BCE] = sigmoid_bce_kernel,
    [ACTFN_SIGMOID_MSE] = sigmoid_mse_kernel,
};

/* ---- gumbel_softmax's noise ------------------------------------------------------------------------------------------- */

/*
 * -ln(-ln u) with u = (k + 1/2) 2^-24.  k + 1/2 has one bit more than a float.  If u were only rounded, the last k would
 * make u = 1 and the noise infinite.  So the rounding error of u, which is 0 below u = 1/2, corrects ln u: it is multiplied
 * by the derivative 1 / u.  Above 1/2 the factor 2 - u replaces 1 / u, with an error of second order.
 */
WORD vf gumbel_noise(vu w)
{
    const vf k = v_from_u(w >> 8u), sum = k + 0.5f, rest = (k - sum) + 0.5f, u = sum * 0x1p-24f;
    return -v_log(-v_fma(rest * 0x1p-24f, 2.0f - u, v_log(u)));
}

WORD void gumbel_step(const struct gumbel_softmax_params *p, const uint32_t *made, size_t n, const float *x, float *y)
{
    store_some(y, (load_some(x, n) + gumbel_noise(draws_some(made, n))) / v_splat(p->tau), n);
}

static void gumbel_perturb(const float *params, const struct actfn_noise *draws, size_t n, const float *x, float *y)
{
    struct gumbel_softmax_params p;
    memcpy(&p, params, sizeof p);
    uint32_t buffer[DRAWS];
    for (size_t i = 0, count; i < n; i += count) {
        const uint32_t *made = draw(buffer, &count, n - i, i, draws);
        for (size_t k = 0, lanes; k < count; k += lanes) {
            lanes = lanes_of(count, k);
            gumbel_step(&p, made + k, lanes, x + i + k, y + i + k);
        }
    }
}

const struct actfn_random_kernels TABLE(random) = { LIGHT(draw_u32), LIGHT(rrelu), LIGHT(rrelu_backward),
                                                    gumbel_perturb };
