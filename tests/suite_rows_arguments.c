/* SPDX-License-Identifier: MIT */
/* What the rows family refuses, leaving everything as it was; and that calls leave errno and the environment alone. */
#include "expect.h"
#include "floats.h"
#include "rows_support.h"
#include "support.h"

#include <errno.h>
#include <fenv.h>
#include <float.h>
#include <string.h>

enum { N = 6, INNER = 3, OUTER = 2, COUNT = N * INNER * OUTER, ROOM = 4096 };
static float x[ROOM], y[ROOM], dy[ROOM], out[ROOM];
static const struct shape plain = { OUTER, N, INNER };

static void prepare(void)
{
    fill_tame(x, ROOM, 1);
    fill_tame(y, ROOM, 2);
    fill_tame(dy, ROOM, 3);
    fill_canary(out, out + ROOM);
}

static actfn_status forward(actfn_op op, actfn_mode mode, const float *params, unsigned int flags, struct shape s)
{
    return actfn_rows_forward_f32(op, mode, params, flags, s.outer, s.n, s.inner, x, out);
}

static actfn_status backward(actfn_op op, actfn_mode mode, const float *params, unsigned int flags, struct shape s)
{
    return actfn_rows_backward_f32(op, mode, params, flags, s.outer, s.n, s.inner, x, y, dy, out);
}

/* Both directions give that status and write nothing. */
static void refuse(actfn_status status, actfn_op op, actfn_mode mode, const float *params, unsigned int flags,
                   struct shape s)
{
    const actfn_status f = forward(op, mode, params, flags, s), b = backward(op, mode, params, flags, s);
    expect(f == status && b == status, "%s: op %d, mode %d, flags %u: %d and %d, expected %d", test_run, (int)op,
           (int)mode, flags, (int)f, (int)b, (int)status);
    ck_assert(canary_intact(out, out + ROOM));
}

START_TEST(operations_and_modes)
{
    prepare();
    static const int none[] = { -1, INT32_MIN, INT32_MAX };
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        refuse(ACTFN_ERR_OP, (actfn_op)none[i], test_mode, NULL, 0, plain);
    refuse(ACTFN_ERR_OP, (actfn_op)actfn_op_count(), test_mode, NULL, 0, plain);
    for (int op = 0; op < actfn_op_count(); op++)
        if (op < ACTFN_SOFTMAX || op > ACTFN_MAXOUT) {
            refuse(ACTFN_ERR_NOT_OFFERED, (actfn_op)op, test_mode, NULL, 0, plain);
        } else {
            refuse(ACTFN_ERR_MODE, (actfn_op)op, (actfn_mode)2, NULL, 0, plain);
            refuse(ACTFN_ERR_MODE, (actfn_op)op, (actfn_mode)-1, NULL, 0, plain);
            /* And the rows are no elementwise operations. */
            ck_assert_int_eq(actfn_forward_f32((actfn_op)op, test_mode, NULL, COUNT, x, out),
                             ACTFN_ERR_NOT_OFFERED);
            ck_assert_int_eq(actfn_backward_f32((actfn_op)op, test_mode, NULL, COUNT, x, dy, out),
                             ACTFN_ERR_NOT_OFFERED);
            ck_assert(canary_intact(out, out + ROOM));
        }
}
END_TEST

START_TEST(scales_and_flags)
{
    static const float bad[] = { 0.0f, -0.0f,    -1.0f,     -FLT_TRUE_MIN,        NAN,
                                 -NAN, INFINITY, -INFINITY, 0x1.000002p127f, FLT_MAX };
    const actfn_op op = (actfn_op)_i;
    prepare();
    static const struct shape empty = { 0, 0, 0 };
    for (size_t i = 0; is_scaled(op) && i < sizeof bad / sizeof bad[0]; i++) {
        refuse(ACTFN_ERR_PARAM, op, test_mode, &bad[i], 0, plain);
        refuse(ACTFN_ERR_PARAM, op, test_mode, &bad[i], 0, empty);
    }
    for (unsigned int bit = 1; bit < 32; bit++) {
        refuse(ACTFN_ERR_FLAGS, op, test_mode, NULL, 1u << bit, plain);
        refuse(ACTFN_ERR_FLAGS, op, test_mode, NULL, 1u << bit | ACTFN_MASKED_ROWS_ZERO, plain);
    }
}
END_TEST

START_TEST(null_pointers)
{
    const actfn_op op = (actfn_op)_i;
    const bool reads_x = reduces(op), reads_y = op != ACTFN_HARDMAX && op != ACTFN_MAXOUT;
    prepare();
#define BACKWARD(x_, y_, dy_, dx_)                                                                                     \
    actfn_rows_backward_f32(op, test_mode, NULL, 0, OUTER, N, INNER, x_, y_, dy_, dx_)
    ck_assert_int_eq(actfn_rows_forward_f32(op, test_mode, NULL, 0, OUTER, N, INNER, NULL, out),
                     ACTFN_ERR_NULL);
    ck_assert_int_eq(actfn_rows_forward_f32(op, test_mode, NULL, 0, OUTER, N, INNER, x, NULL), ACTFN_ERR_NULL);
    if (reads_x)
        ck_assert_int_eq(BACKWARD(NULL, y, dy, out), ACTFN_ERR_NULL);
    if (reads_y)
        ck_assert_int_eq(BACKWARD(x, NULL, dy, out), ACTFN_ERR_NULL);
    if (op != ACTFN_HARDMAX)
        ck_assert_int_eq(BACKWARD(x, y, NULL, out), ACTFN_ERR_NULL);
    ck_assert_int_eq(BACKWARD(x, y, dy, NULL), ACTFN_ERR_NULL);
    ck_assert(canary_intact(out, out + ROOM));
    ck_assert_int_eq(BACKWARD(reads_x ? x : NULL, reads_y ? y : NULL, dy, out), ACTFN_OK);
#undef BACKWARD
    /* Nothing at all needs no memory; but an empty row has a logsumexp, and that a place. */
    for (int zero = 0; zero < 3; zero++) {
        const struct shape s = { zero == 0 ? 0 : 2, zero == 1 ? 0 : 3, zero == 2 ? 0 : 5 };
        const bool gives = zero == 1 && (op == ACTFN_LOGSUMEXP || op == ACTFN_LOGMEANEXP);
        const struct row_call f = { .op = op }, b = { .op = op, .backward = true };
        ck_assert_int_eq(rows_compute(&f, s, NULL, NULL, NULL, NULL), gives ? ACTFN_ERR_NULL : ACTFN_OK);
        ck_assert_int_eq(rows_compute(&b, s, NULL, NULL, NULL, NULL), ACTFN_OK);
    }
}
END_TEST

START_TEST(sizes)
{
    const actfn_op op = (actfn_op)_i;
    const size_t half = (size_t)1 << (sizeof(size_t) * 4), most = SIZE_MAX;
    prepare();
    /* Products that wrap around, some of them to 0; and those that are floats too many. */
    const struct shape wraps[] = { { half, half, 1 },      { half, 1, half },      { 1, half, half },
                                   { half, half, half },   { most, 2, 1 },         { 2, most, 1 },
                                   { 1, 2, most },         { most, most, most },   { most / 2 + 1, 2, 3 },
                                   { 1, most / 4 + 1, 1 }, { most / 8, 3, 1 },     { 3, most / 8, 1 },
                                   { 1, 3, most / 8 },     { most / 3 + 1, 1, 3 }, { 1, most / 2, 1 } };
    for (size_t i = 0; i < sizeof wraps / sizeof wraps[0]; i++)
        refuse(ACTFN_ERR_SIZE, op, test_mode, NULL, 0, wraps[i]);
}
END_TEST

/* ---- overlap -------------------------------------------------------------------------------------------------------
 */

/* An input moves past what is written: the same start is for shapes that allow it, apart is always right. */
static void slide(const struct row_call *c, struct shape s, int input, bool same_is_legal)
{
    enum { NEAR = 256 };
    static float before[NEAR];
    float *written = out + NEAR / 2;
    const long results = (long)result_count(c, s), in = (long)(input == 0 ? element_count(s) : output_count(c->op, s));
    prepare();
    fill_tame(before, NEAR, 8);
    for (long distance = -in - 1; distance <= results + 1; distance++) {
        float *moved = written + distance;
        const bool apart = distance <= -in || distance >= results;
        const actfn_status right = apart || (distance == 0 && same_is_legal) ? ACTFN_OK : ACTFN_ERR_OVERLAP;
        memcpy(out, before, sizeof before);
        const actfn_status status =
            rows_compute(c, s, input == 0 ? moved : x, input == 1 ? moved : y, input == 2 ? moved : dy, written);
        expect(status == right, "%s: input %d at %+ld gives %d, expected %d", row_text(c, s), input, distance,
               (int)status, (int)right);
        expect(right == ACTFN_OK || memcmp(out, before, sizeof before) == 0, "%s: refused, but wrote", row_text(c, s));
    }
}

START_TEST(overlap)
{
    static const struct shape shapes[] = { { 2, 6, 3 }, { 1, 17, 1 }, { 5, 1, 1 }, { 3, 1, 4 }, { 1, 1, 1 } };
    const actfn_op op = (actfn_op)_i;
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        const bool one_shape = !reduces(op) || shapes[i].n == 1;
        const struct row_call f = { .op = op }, b = { .op = op, .backward = true };
        slide(&f, shapes[i], 0, one_shape);
        if (reduces(op))
            slide(&b, shapes[i], 0, true);
        if (op != ACTFN_HARDMAX && op != ACTFN_MAXOUT)
            slide(&b, shapes[i], 1, one_shape);
        if (op != ACTFN_HARDMAX)
            slide(&b, shapes[i], 2, one_shape);
    }
}
END_TEST

/* ---- environment ---------------------------------------------------------------------------------------------------
 */

static const int roundings[] = {
    FE_TONEAREST,
#ifdef FE_UPWARD
    FE_UPWARD,
    FE_DOWNWARD,
    FE_TOWARDZERO,
#endif
};

/* fenv_t holds whatever of the environment a call could change, x87's and all: compared as it is. */
START_TEST(environment_and_errno)
{
    static float expected[ROOM];
    static const struct shape shapes[] = { { 9, 259, 1 }, { 2, 37, 21 } };
    struct row_call c = { .op = (actfn_op)_i };
    for (int direction = 0; direction < 2; direction++)
        for (size_t k = 0; k < 2; k++)
            for (size_t r = 0; r < sizeof roundings / sizeof roundings[0]; r++)
                for (int raised = 0; raised < 2; raised++) {
                    const struct shape s = shapes[k];
                    fenv_t before, after;
                    c.backward = direction;
                    for (size_t row = 0; row < row_count(s); row++) {
                        float values[300];
                        fill_row((enum row_kind)(row % KIND_COUNT), values, s.n, row, c.op == ACTFN_SOFTMIN);
                        put_row(x, s, row, values);
                    }
                    fill_tame(dy, ROOM, 5);
                    dy[3] = NAN;
                    actfn_rows_forward_f32(c.op, test_mode, NULL, 0, s.outer, s.n, s.inner, x, y);
                    rows_compute(&c, s, x, y, dy, expected);
                    memset(&before, 0, sizeof before);
                    memset(&after, 0, sizeof after);
                    fesetround(roundings[r]);
                    feclearexcept(FE_ALL_EXCEPT);
                    if (raised)
                        feraiseexcept(FE_ALL_EXCEPT);
                    errno = 12321;
                    fegetenv(&before);
                    const actfn_status status = rows_compute(&c, s, x, y, dy, out);
                    const actfn_status refused = rows_compute(&c, s, out, out + 1, out + 2, out + 1);
                    fegetenv(&after);
                    const int error = errno;
                    fesetround(FE_TONEAREST);
                    feclearexcept(FE_ALL_EXCEPT);
                    ck_assert_int_eq(status, ACTFN_OK);
                    ck_assert_int_ne(refused, ACTFN_OK);
                    ck_assert_int_eq(error, 12321);
                    expect(memcmp(&before, &after, sizeof before) == 0, "%s: left another environment",
                           row_text(&c, s));
                    expect(first_difference(expected, out, result_count(&c, s)) == result_count(&c, s),
                           "%s: rounding mode %d shows", row_text(&c, s), (int)r);
                }
}
END_TEST

Suite *rows_arguments_suite(void)
{
    Suite *suite = suite_create("rows_arguments");
    TCase *tcase = tcase_create("rows_arguments");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, operations_and_modes);
    for_rows(tcase, scales_and_flags);
    for_rows(tcase, null_pointers);
    for_rows(tcase, sizes);
    for_rows(tcase, overlap);
    for_rows(tcase, environment_and_errno);
    suite_add_tcase(suite, tcase);
    return suite;
}
