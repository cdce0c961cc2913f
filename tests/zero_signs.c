/* SPDX-License-Identifier: MIT */
/*
 * The sign of a zero is the same in both modes and on every instruction set of this machine: for each operation of each family,
 * forward, backward, from y and in the gradients of the parameters, over floats of every kind.  If only one of two results
 * rounds to 0, they are not compared.
 *
 *     ACTFN_ZEROS_STEP=4093  every 4093rd of the 2^32 bit patterns
 */
#include "floats.h"
#include "oracle.h"

#include <actfn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { ROOM = 1 << 21, SHOWN = 3, ROW = 48, WEIGHTS = 4 };

static float x[ROOM], dy[ROOM], y[ROOM], slopes[ROOM], first_slopes[ROOM], first[ROOM], out[ROOM], one[ROOM],
    zero[ROOM];
static size_t count;
static long compared, faults;

/* A form to compare.  `run` writes at most `count` results, and returns their number. */
struct form {
    const char *name;
    actfn_op op;
    const float *params;
    size_t (*run)(const struct form *form, actfn_mode mode, const float *dy, float *to);
    bool has_slope; /* the result is a slope times dy */
    int parameter;
};

/* ---- forms ----------------------------------------------------------------------------------------------------------- */

static size_t forward(const struct form *f, actfn_mode mode, const float *d, float *to)
{
    (void)d;
    actfn_forward_f32(f->op, mode, f->params, count, x, to);
    return count;
}
static size_t backward(const struct form *f, actfn_mode mode, const float *d, float *to)
{
    actfn_backward_f32(f->op, mode, f->params, count, x, d, to);
    return count;
}
/* All modes and instruction sets get the same y. */
static size_t from_output(const struct form *f, actfn_mode mode, const float *d, float *to)
{
    actfn_forward_f32(f->op, ACTFN_ACCURATE, f->params, count, x, y);
    actfn_backward_from_output_f32(f->op, mode, f->params, count, y, d, to);
    return count;
}
static size_t gradient(const struct form *f, actfn_mode mode, const float *d, float *to)
{
    for (size_t i = 0; i < count; i++) {
        float g[ACTFN_MAX_PARAMS] = { 1, 1, 1, 1 };
        if (i % 16 == 0)
            actfn_param_gradient_f32(f->op, mode, f->params, 1, x + i, d + i, g);
        to[i] = g[f->parameter];
    }
    return count;
}

static size_t gate(const struct form *f, actfn_mode mode, const float *d, float *to)
{
    actfn_gates_forward_f32(f->op, mode, f->params, 1, count, x, 0, d, 0, to, 0);
    return count;
}
/* The gradient by u, with d as v and dy = 1; or the gradient by v, with v = 1 and d as dy. */
static size_t gate_backward(const struct form *f, actfn_mode mode, const float *d, float *to)
{
    float *const du = f->parameter ? NULL : to, *const dv = f->parameter ? to : NULL;
    actfn_gates_backward_f32(f->op, mode, f->params, 1, count, x, 0, f->parameter ? one : d, 0, f->parameter ? d : one,
                             0, du, 0, dv, 0);
    return count;
}

static size_t channels(const struct form *f, actfn_mode mode, const float *d, float *to)
{
    static const float weights[WEIGHTS][1] = { { -0.5f }, { 0.25f }, { 1.0f }, { -0.0f } };
    const float *const w[WEIGHTS] = { weights[0], weights[1], weights[2], weights[3] };
    if (f->parameter)
        actfn_channels_backward_f32(f->op, mode, count, 1, 1, 1, w, x, d, to, NULL);
    else
        actfn_channels_forward_f32(f->op, mode, count, 1, 1, 1, w, x, to);
    return count;
}

/* Rows along the innermost axis, and across it. */
static size_t rows(const struct form *f, actfn_mode mode, const float *d, float *to)
{
    const bool across = f->parameter & 1, back = f->parameter & 2;
    const size_t number = count / ROW, outer = across ? 1 : number, inner = across ? number : 1;
    actfn_status status = actfn_rows_forward_f32(f->op, back ? ACTFN_ACCURATE : mode, f->params, ACTFN_MASKED_ROWS_ZERO,
                                                 outer, ROW, inner, x, back ? y : to);
    if (status == ACTFN_ERR_FLAGS)
        actfn_rows_forward_f32(f->op, back ? ACTFN_ACCURATE : mode, f->params, 0, outer, ROW, inner, x, back ? y : to);
    if (back)
        actfn_rows_backward_f32(f->op, mode, f->params, 0, outer, ROW, inner, x, y, d, to);
    return actfn_op_info(f->op)->flags & ACTFN_OP_REDUCES && !back ? number : number * ROW;
}

static size_t loss(const struct form *f, actfn_mode mode, const float *d, float *to)
{
    (void)d;
    float *const l = f->parameter & 1 ? NULL : to, *const dz = f->parameter & 1 ? to : NULL;
    if (f->op == ACTFN_SOFTMAX_CROSS_ENTROPY)
        return 0;
    actfn_loss_f32(f->op, mode, f->params, count, x, f->parameter & 2 ? zero : one, NULL, 1, l, dz);
    return count;
}

/* ---- comparison ------------------------------------------------------------------------------------------------------ */

static bool is_zero(float a) { return (bits_of(a) & 0x7fffffff) == 0; }
static bool is_other_sign(float a, float b) { return (bits_of(a) ^ bits_of(b)) >> 31; }

static const char *const modes[] = { [ACTFN_ACCURATE] = "accurate", [ACTFN_FAST] = "fast" };

static void check(const struct form *f)
{
    const char *isa, *first_isa = NULL;
    int shown = 0;
    for (int i = 0; (isa = actfn_isa_at(i)); i++) {
        if (!actfn_isa_available(isa))
            continue;
        actfn_isa_select(isa);
        for (int mode = ACTFN_ACCURATE; mode <= ACTFN_FAST; mode++) {
            const size_t n = f->run(f, (actfn_mode)mode, dy, first_isa ? out : first);
            if (f->has_slope)
                f->run(f, (actfn_mode)mode, one, first_isa ? slopes : first_slopes);
            for (size_t k = 0; first_isa && k < n; k++) {
                /* Near a zero of f' the sign of the result may be the sign of its error. */
                if (!is_zero(first[k]) || !is_zero(out[k]) ||
                    (f->has_slope && !is_zero(slopes[k]) && is_other_sign(slopes[k], first_slopes[k])))
                    continue;
                compared++;
                if (!is_other_sign(first[k], out[k]))
                    continue;
                faults++;
                if (shown++ < SHOWN)
                    printf("%s(%s) %s at %a, dy %a: %g by %s %s, %g by %s %s\n", actfn_op_info(f->op)->name,
                           f->params ? oracle_setting_text(f->op, f->params) : "", f->name, (double)x[k], (double)dy[k],
                           (double)first[k], first_isa, modes[ACTFN_ACCURATE], (double)out[k], isa, modes[mode]);
            }
            first_isa = first_isa ? first_isa : isa;
        }
    }
}

static void check_elementwise(actfn_op op, const float *params)
{
    const struct actfn_op_info *info = actfn_op_info(op);
    check(&(struct form) { "f", op, params, forward, false, 0 });
    check(&(struct form) { "f'", op, params, backward, true, 0 });
    if ((info->flags & ACTFN_OP_FROM_OUTPUT) &&
        actfn_backward_from_output_f32(op, ACTFN_FAST, params, 0, NULL, NULL, NULL) == ACTFN_OK)
        check(&(struct form) { "f' from y", op, params, from_output, true, 0 });
    for (int k = 0; k < info->param_count; k++)
        if (actfn_op_param(op, k)->flags & ACTFN_PARAM_GRADIENT)
            check(&(struct form) { actfn_op_param(op, k)->name, op, params, gradient, true, k });
}

static void check_family(actfn_op op)
{
    switch (actfn_op_info(op)->family) {
    case ACTFN_FAMILY_ELEMENTWISE:
        for (int s = 0; s < oracle_setting_count(op); s++) {
            float params[ACTFN_MAX_PARAMS];
            double exact[ACTFN_MAX_PARAMS];
            oracle_setting(op, s, params, exact);
            check_elementwise(op, params);
        }
        break;
    case ACTFN_FAMILY_GATES:
        check(&(struct form) { "y", op, NULL, gate, true, 0 });
        check(&(struct form) { "du", op, NULL, gate_backward, true, 0 });
        check(&(struct form) { "dv", op, NULL, gate_backward, true, 1 });
        break;
    case ACTFN_FAMILY_CHANNELS:
        check(&(struct form) { "y", op, NULL, channels, false, 0 });
        check(&(struct form) { "dx", op, NULL, channels, true, 1 });
        break;
    case ACTFN_FAMILY_ROWS:
        for (int way = 0; way < 4; way++)
            check(&(struct form) { way & 2 ? "dx" : "y", op, NULL, rows, false, way });
        break;
    case ACTFN_FAMILY_LOSSES:
        for (int target = 0; target <= 2; target += 2) {
            check(&(struct form) { "loss", op, NULL, loss, false, target });
            check(&(struct form) { "dz", op, NULL, loss, false, target + 1 });
        }
        break;
    default: break;
    }
}

int main(void)
{
    const char *text = getenv("ACTFN_ZEROS_STEP");
    const uint32_t step = text ? (uint32_t)strtoul(text, NULL, 10) : getenv("ACTFN_TEST_LIGHT") ? 1048573 : 131071;
    static const float factors[] = { 1.0f, -1.0f, 0x1p-60f, -0x1p60f, 0.0f, -0.0f, -3.5f, 0x1p-140f };
    struct floats list = { x, ROOM, 0 };
    floats_sample(&list, step, 32749);
    count = list.count;
    for (size_t i = 0; i < count; i++) {
        dy[i] = factors[i % (sizeof factors / sizeof factors[0])];
        one[i] = 1;
    }
    for (int op = 0; op < actfn_op_count(); op++)
        check_family((actfn_op)op);
    printf("%zu floats, %ld zeros compared, %ld of another sign\n", count, compared, faults);
    return faults || !compared ? EXIT_FAILURE : EXIT_SUCCESS;
}
