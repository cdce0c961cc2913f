/* SPDX-License-Identifier: MIT */
/* The gates family: rows with strides and packed rows give the bits of each row alone. */
#include "expect.h"
#include "floats.h"
#include "gates_support.h"
#include "suites.h"
#include "support.h"

enum { LONGEST = 300 };

/* Rows with gaps: the same bits as each row alone, and the gaps stay unchanged. */
START_TEST(strides)
{
    static float u[LONGEST], v[LONGEST], dy[LONGEST], wanted[3][LONGEST], out[3][LONGEST + 40];
    const struct setting *s = &gate_settings[_i];
    fill_inputs(u, LONGEST, 71);
    fill_calm(u, LONGEST / 2, 74);
    fill_inputs(v, LONGEST, 72);
    fill_inputs(dy, LONGEST, 73);
    for (size_t n = 0; n <= 35; n++)
        for (size_t rows = 0; rows <= 5; rows++) {
            const size_t su = n + n % 3, sv = n + n % 2 * 4, sd = n + (n + rows) % 4,
                         so[3] = { n + rows % 3, n + n % 5, n + n % 4 };
            for (int k = 0; k < 3; k++)
                fill_canary(out[k], out[k] + LONGEST + 40);
            ck_assert_int_eq(actfn_gates_forward_f32(s->op, test_mode, s->params, rows, n, u, su, v, sv, out[0], so[0]),
                             ACTFN_OK);
            ck_assert_int_eq(actfn_gates_backward_f32(s->op, test_mode, s->params, rows, n, u, su, v, sv, dy, sd,
                                                      out[1], so[1], out[2], so[2]),
                             ACTFN_OK);
            for (size_t r = 0; r < rows; r++) {
                ck_assert_int_eq(gate_forward(s, n, u + r * su, v + r * sv, wanted[0]), ACTFN_OK);
                ck_assert_int_eq(gate_backward(s, n, u + r * su, v + r * sv, dy + r * sd, wanted[1], wanted[2]),
                                 ACTFN_OK);
                for (int k = 0; k < 3; k++) {
                    expect(first_difference(out[k] + r * so[k], wanted[k], n) == n,
                           "%s: row %zu of %zu of %zu elements, result %d", gate_text(s), r, rows, n, k);
                    fill_canary(out[k] + r * so[k], out[k] + r * so[k] + n);
                }
            }
            for (int k = 0; k < 3; k++)
                expect(canary_intact(out[k], out[k] + LONGEST + 40), "%s: wrote to a gap", gate_text(s));
        }
}
END_TEST

/* If a gradient is not wanted, the library ignores its stride. */
START_TEST(stride_of_what_is_missing)
{
    static float u[LONGEST], v[LONGEST], dy[LONGEST], both[2][LONGEST], alone[2][LONGEST];
    enum { ROWS = 4, WIDTH = 21, STRIDE = 23, ALL = (ROWS - 1) * STRIDE + WIDTH };
    const struct setting *s = &gate_settings[_i];
    fill_inputs(u, LONGEST, 91);
    fill_inputs(v, LONGEST, 92);
    fill_inputs(dy, LONGEST, 93);
#define BACKWARD(du, du_stride, dv, dv_stride)                                                                         \
    actfn_gates_backward_f32(s->op, test_mode, s->params, ROWS, WIDTH, u, STRIDE, v, STRIDE, dy, STRIDE, du,           \
                             du_stride, dv, dv_stride)
    ck_assert_int_eq(BACKWARD(both[0], STRIDE, both[1], STRIDE), ACTFN_OK);
    ck_assert_int_eq(BACKWARD(alone[0], STRIDE, NULL, 0), ACTFN_OK);
    ck_assert_int_eq(BACKWARD(NULL, 1, alone[1], STRIDE), ACTFN_OK);
    ck_assert_int_eq(BACKWARD(NULL, 0, NULL, 1), ACTFN_OK);
#undef BACKWARD
    for (int k = 0; k < 2; k++)
        expect(first_difference(alone[k], both[k], ALL) == ALL, "%s: gradient %d alone", gate_text(s), k);
}
END_TEST

/* Packed rows equal rows with strides. */
START_TEST(packed_rows)
{
    enum { MOST = 5 * 74 };
    static float x[MOST + 8], dy[MOST], y[MOST], dx[MOST + 8], got_y[MOST], got_dx[MOST + 8];
    const struct setting *s = &gate_settings[_i];
    for (size_t n = 0; n <= 37; n++)
        for (size_t rows = 0; rows <= 5; rows++)
            for (int layout = ACTFN_GATE_FIRST; layout <= ACTFN_GATE_LAST; layout++) {
                const size_t width = 2 * n, gate = layout == ACTFN_GATE_FIRST ? 0 : n, value = n - gate;
                fill_inputs(x, MOST + 8, n + 81);
                fill_inputs(dy, MOST, n + 82);
                for (size_t r = 0; r < rows; r++) {
                    const float *row = x + r * width;
                    ck_assert_int_eq(gate_forward(s, n, row + gate, row + value, y + r * n), ACTFN_OK);
                    ck_assert_int_eq(gate_backward(s, n, row + gate, row + value, dy + r * n, dx + r * width + gate,
                                                   dx + r * width + value),
                                     ACTFN_OK);
                }
                fill_canary(got_y, got_y + MOST);
                fill_canary(got_dx, got_dx + MOST + 8);
                ck_assert_int_eq(actfn_gates_packed_forward_f32(s->op, test_mode, s->params, (actfn_gate_layout)layout,
                                                                rows, width, x, got_y),
                                 ACTFN_OK);
                ck_assert_int_eq(actfn_gates_packed_backward_f32(s->op, test_mode, s->params, (actfn_gate_layout)layout,
                                                                 rows, width, x, dy, got_dx),
                                 ACTFN_OK);
                expect(first_difference(got_y, y, rows * n) == rows * n &&
                           first_difference(got_dx, dx, rows * width) == rows * width,
                       "%s: %zu packed rows of %zu, layout %d", gate_text(s), rows, width, layout);
                expect(canary_intact(got_y + rows * n, got_y + MOST) &&
                           canary_intact(got_dx + rows * width, got_dx + MOST + 8),
                       "%s: wrote behind the rows", gate_text(s));
            }
}
END_TEST

Suite *gates_rows_suite(void)
{
    Suite *suite = suite_create("gates_rows");
    TCase *tcase = tcase_create("gates_rows");
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, strides, 0, GATE_SETTINGS);
    tcase_add_loop_test(tcase, stride_of_what_is_missing, 0, GATE_SETTINGS);
    tcase_add_loop_test(tcase, packed_rows, 0, GATE_SETTINGS);
    suite_add_tcase(suite, tcase);
    return suite;
}
