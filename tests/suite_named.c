/* SPDX-License-Identifier: MIT */
/* A family's function by name equals the entry by operation in the fast mode, with the default parameters and no flags. */
#include "suites.h"
#include "support.h"

#include <string.h>

enum { OUTER = 3, N = 35, INNER = 4, ALL = OUTER * N * INNER, ARRAYS = 4 };

/* The results of a function, by name or by operation. */
struct results {
    float y[ALL], dx[ALL], dv[ALL], dweights[ARRAYS][2 * N];
};
static struct results named, by_op;
static float x[ALL], v[ALL], dy[ALL], weights[ARRAYS][2 * N];
static const float *const w[] = { weights[0], weights[1], weights[2], weights[3] };
static float *const dw[] = { by_op.dweights[0], by_op.dweights[1], by_op.dweights[2], by_op.dweights[3] };
static actfn_bf16 bx[ALL], bv[ALL], bdy[ALL], named_16[4][ALL], by_op_16[4][ALL];
static actfn_f16 hx[ALL], hv[ALL], hdy[ALL];

static void fill(void)
{
    fill_tame(x, ALL, 61);
    fill_tame(v, ALL, 62);
    fill_tame(dy, ALL, 63);
    for (int k = 0; k < ARRAYS; k++)
        fill_tame(weights[k], 2 * N, 64 + (uint64_t)k);
    for (size_t i = 0; i < 2 * N; i++)
        weights[0][i] =
            weights[0][i] < 0 ? -weights[0][i] : weights[0][i]; /* prelu offers backward from y only for slopes >= 0 */
    actfn_f32_to_bf16(ALL, x, bx);
    actfn_f32_to_bf16(ALL, v, bv);
    actfn_f32_to_bf16(ALL, dy, bdy);
    actfn_f32_to_f16(ALL, x, hx);
    actfn_f32_to_f16(ALL, v, hv);
    actfn_f32_to_f16(ALL, dy, hdy);
}

static void clear(void)
{
    memset(&named, 0, sizeof named);
    memset(&by_op, 0, sizeof by_op);
    memset(named_16, 0, sizeof named_16);
    memset(by_op_16, 0, sizeof by_op_16);
}

static void expect_same(const char *name, const char *form)
{
    static const struct results none;
    static const uint16_t none_16[4][ALL];
    ck_assert_msg(memcmp(&by_op, &none, sizeof none) || memcmp(by_op_16, none_16, sizeof none_16),
                  "%s%s: nothing was computed", name, form);
    ck_assert_msg(memcmp(&named, &by_op, sizeof named) == 0 && memcmp(named_16, by_op_16, sizeof named_16) == 0,
                  "%s%s by name and by operation differ", name, form);
    clear();
}

#define OK(call) ck_assert_int_eq(call, ACTFN_OK)

/* ---- rows -------------------------------------------------------------------------------------------------------- */

#define ROW(name, NAME, type, x, dy, n_y, n_dx, o_y, o_dx)                                                             \
    OK(actfn_##name##_##type(OUTER, N, x, n_y));                                                                       \
    OK(actfn_rows_forward_##type(ACTFN_##NAME, ACTFN_FAST, NULL, 0, OUTER, N, 1, x, o_y));                             \
    OK(actfn_##name##_backward_##type(OUTER, N, x, n_y, dy, n_dx));                                                    \
    OK(actfn_rows_backward_##type(ACTFN_##NAME, ACTFN_FAST, NULL, 0, OUTER, N, 1, x, o_y, dy, o_dx));                  \
    expect_same(#name, "_" #type);                                                                                     \
    OK(actfn_##name##_axis_##type(OUTER, N, INNER, x, n_y));                                                           \
    OK(actfn_rows_forward_##type(ACTFN_##NAME, ACTFN_FAST, NULL, 0, OUTER, N, INNER, x, o_y));                         \
    OK(actfn_##name##_axis_backward_##type(OUTER, N, INNER, x, n_y, dy, n_dx));                                        \
    OK(actfn_rows_backward_##type(ACTFN_##NAME, ACTFN_FAST, NULL, 0, OUTER, N, INNER, x, o_y, dy, o_dx));              \
    expect_same(#name, "_axis_" #type);
#define IN_ROWS(name, NAME)                                                                                            \
    ROW(name, NAME, f32, x, dy, named.y, named.dx, by_op.y, by_op.dx)                                                  \
    ROW(name, NAME, bf16, bx, bdy, named_16[0], named_16[1], by_op_16[0], by_op_16[1])                                 \
    ROW(name, NAME, f16, hx, hdy, named_16[0], named_16[1], by_op_16[0], by_op_16[1])
#define IN_CHANNELS(...)
#define IN_RANDOM(...)
#define IN_GATES(...)
#define IN_LOSSES(...)
#define FAMILY(kind, name, NAME, ...) IN_##kind(name, NAME)
START_TEST(rows)
{
    fill();
#include "catalogue/ops.def"
}
END_TEST

/* ---- gates ------------------------------------------------------------------------------------------------------- */

#define GATE(name, NAME, type, u, v, dy, n_y, n_du, n_dv, n_dx, o_y, o_du, o_dv, o_dx)                                 \
    OK(actfn_##name##_##type(ALL, u, v, n_y));                                                                         \
    OK(actfn_gates_forward_##type(ACTFN_##NAME, ACTFN_FAST, NULL, 1, ALL, u, ALL, v, ALL, o_y, ALL));                  \
    OK(actfn_##name##_backward_##type(ALL, u, v, dy, n_du, n_dv));                                                     \
    OK(actfn_gates_backward_##type(ACTFN_##NAME, ACTFN_FAST, NULL, 1, ALL, u, ALL, v, ALL, dy, ALL, o_du, ALL, o_dv,   \
                                   ALL));                                                                              \
    expect_same(#name, "_" #type);                                                                                     \
    OK(actfn_##name##_packed_##type(ACTFN_GATE_LAST, OUTER, 2 * N, u, n_y));                                           \
    OK(actfn_gates_packed_forward_##type(ACTFN_##NAME, ACTFN_FAST, NULL, ACTFN_GATE_LAST, OUTER, 2 * N, u, o_y));      \
    OK(actfn_##name##_packed_backward_##type(ACTFN_GATE_LAST, OUTER, 2 * N, u, dy, n_dx));                             \
    OK(actfn_gates_packed_backward_##type(ACTFN_##NAME, ACTFN_FAST, NULL, ACTFN_GATE_LAST, OUTER, 2 * N, u, dy,        \
                                          o_dx));                                                                      \
    expect_same(#name, "_packed_" #type);
#define SIXTEEN_BUFFERS                                                                                                \
    named_16[0], named_16[1], named_16[2], named_16[3], by_op_16[0], by_op_16[1], by_op_16[2], by_op_16[3]
#define SIXTEEN_GATE(name, NAME, type, u, v, dy, ...) GATE(name, NAME, type, u, v, dy, __VA_ARGS__)

#undef IN_ROWS
#undef IN_GATES
#define IN_ROWS(...)
#define IN_GATES(name, NAME)                                                                                           \
    GATE(name, NAME, f32, x, v, dy, named.y, named.dx, named.dv, named.dx, by_op.y, by_op.dx, by_op.dv, by_op.dx)      \
    SIXTEEN_GATE(name, NAME, bf16, bx, bv, bdy, SIXTEEN_BUFFERS)                                                       \
    SIXTEEN_GATE(name, NAME, f16, hx, hv, hdy, SIXTEEN_BUFFERS)
#define FAMILY(kind, name, NAME, ...) IN_##kind(name, NAME)
START_TEST(gates)
{
    fill();
#include "catalogue/ops.def"
}
END_TEST

/* ---- channels and losses: three operations, and two ----------------------------------------------------------------- */

START_TEST(channels)
{
    fill();
    OK(actfn_prelu_f32(OUTER, N, INNER, w[0], x, named.y));
    OK(actfn_channels_forward_f32(ACTFN_PRELU, ACTFN_FAST, OUTER, N, INNER, 1, w, x, by_op.y));
    OK(actfn_prelu_backward_f32(OUTER, N, INNER, w[0], x, dy, named.dx, named.dweights[0]));
    OK(actfn_channels_backward_f32(ACTFN_PRELU, ACTFN_FAST, OUTER, N, INNER, 1, w, x, dy, by_op.dx, dw));
    expect_same("prelu", "");
    OK(actfn_prelu_backward_from_output_f32(OUTER, N, INNER, w[0], x, dy, named.dx));
    OK(actfn_channels_backward_from_output_f32(ACTFN_PRELU, ACTFN_FAST, OUTER, N, INNER, 1, w, x, dy, by_op.dx));
    expect_same("prelu", " from output");
    OK(actfn_srelu_f32(OUTER, N, INNER, w[0], w[1], w[2], w[3], x, named.y));
    OK(actfn_channels_forward_f32(ACTFN_SRELU, ACTFN_FAST, OUTER, N, INNER, 1, w, x, by_op.y));
    OK(actfn_srelu_backward_f32(OUTER, N, INNER, w[0], w[1], w[2], w[3], x, dy, named.dx, named.dweights[0],
                                named.dweights[1], named.dweights[2], named.dweights[3]));
    OK(actfn_channels_backward_f32(ACTFN_SRELU, ACTFN_FAST, OUTER, N, INNER, 1, w, x, dy, by_op.dx, dw));
    expect_same("srelu", "");
    OK(actfn_apl_f32(OUTER, N, INNER, 2, w[0], w[1], x, named.y));
    OK(actfn_channels_forward_f32(ACTFN_APL, ACTFN_FAST, OUTER, N, INNER, 2, w, x, by_op.y));
    OK(actfn_apl_backward_f32(OUTER, N, INNER, 2, w[0], w[1], x, dy, named.dx, named.dweights[0], named.dweights[1]));
    OK(actfn_channels_backward_f32(ACTFN_APL, ACTFN_FAST, OUTER, N, INNER, 2, w, x, dy, by_op.dx, dw));
    expect_same("apl", "");
}
END_TEST

/* An argument may be NULL if an element of the array of pointers may be NULL. */
START_TEST(missing_gradients)
{
    fill();
    OK(actfn_srelu_backward_f32(OUTER, N, INNER, w[0], w[1], w[2], w[3], x, dy, NULL, NULL, named.dweights[1], NULL,
                                NULL));
    float *const some[] = { NULL, by_op.dweights[1], NULL, NULL };
    OK(actfn_channels_backward_f32(ACTFN_SRELU, ACTFN_FAST, OUTER, N, INNER, 1, w, x, dy, NULL, some));
    expect_same("srelu", " with one gradient");
    ck_assert_int_eq(actfn_srelu_f32(OUTER, N, INNER, w[0], NULL, w[2], w[3], x, named.y), ACTFN_ERR_NULL);
}
END_TEST

START_TEST(losses)
{
    fill();
    OK(actfn_sigmoid_bce_f32(ALL, x, v, dy, 0.5f, named.y, named.dx));
    OK(actfn_loss_f32(ACTFN_SIGMOID_BCE, ACTFN_FAST, NULL, ALL, x, v, dy, 0.5f, by_op.y, by_op.dx));
    expect_same("sigmoid_bce", "");
    OK(actfn_sigmoid_mse_f32(ALL, x, v, dy, 0.5f, named.y, named.dx));
    OK(actfn_loss_f32(ACTFN_SIGMOID_MSE, ACTFN_FAST, NULL, ALL, x, v, dy, 0.5f, by_op.y, by_op.dx));
    expect_same("sigmoid_mse", "");
    OK(actfn_sigmoid_bce_bf16(ALL, bx, bv, dy, 0.5f, named.y, named_16[0]));
    OK(actfn_loss_bf16(ACTFN_SIGMOID_BCE, ACTFN_FAST, NULL, ALL, bx, bv, dy, 0.5f, by_op.y, by_op_16[0]));
    expect_same("sigmoid_bce", "_bf16");
    OK(actfn_sigmoid_mse_f16(ALL, hx, hv, dy, 0.5f, named.y, named_16[0]));
    OK(actfn_loss_f16(ACTFN_SIGMOID_MSE, ACTFN_FAST, NULL, ALL, hx, hv, dy, 0.5f, by_op.y, by_op_16[0]));
    expect_same("sigmoid_mse", "_f16");
}
END_TEST

Suite *named_suite(void)
{
    Suite *suite = suite_create("named");
    TCase *tcase = tcase_create("families");
    tcase_add_checked_fixture(tcase, clear, NULL);
    tcase_add_test(tcase, rows);
    tcase_add_test(tcase, gates);
    tcase_add_test(tcase, channels);
    tcase_add_test(tcase, missing_gradients);
    tcase_add_test(tcase, losses);
    suite_add_tcase(suite, tcase);
    return suite;
}
