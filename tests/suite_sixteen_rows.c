/* SPDX-License-Identifier: MIT */
/*
 * Rows of the 16-bit types: the bits are those of the fast mode on the same numbers as floats, rounded once.  Some rows fit
 * into a tile of the library and some do not; lengths lie near the sizes of its tiles, pages and blocks of sums.  Rows lie
 * along every axis.
 */
#include "expect.h"
#include "sixteen.h"
#include "suites.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

enum { MOST = 1 << 16, SPARE = 8 };

static uint16_t x[MOST], y[MOST + SPARE], dy[MOST], dx[MOST + SPARE], wanted[MOST];
static float wide_x[MOST], wide_y[MOST], wide_dy[MOST], wide_dx[MOST], values[MOST + SPARE];
static int32_t index_of[MOST], wanted_index[MOST];

struct shape {
    size_t outer, n, inner;
};

struct rows_case {
    const struct sixteen *t;
    actfn_op op;
    float scale;
    unsigned flags;
    struct shape shape;
    int data;
};

static size_t rows_of(const struct rows_case *c) { return c->shape.outer * c->shape.inner; }
static size_t all_of(const struct rows_case *c) { return rows_of(c) * c->shape.n; }
static bool is(const struct rows_case *c, unsigned flag) { return actfn_op_info(c->op)->flags & flag; }
static size_t results_of(const struct rows_case *c)
{
    const bool nothing = c->op == ACTFN_MAXOUT && c->shape.n == 0; /* an empty row has no maximum */
    return is(c, ACTFN_OP_REDUCES) && !nothing ? rows_of(c) : all_of(c);
}

static const char *text_of(const struct rows_case *c, const char *what)
{
    static char text[300];
    snprintf(text, sizeof text, "%s: %s of %s, %s, scale %g, flags %u, data %d, shape (%zu, %zu, %zu)", test_run,
             actfn_op_info(c->op)->name, c->t->name, what, (double)c->scale, c->flags, c->data, c->shape.outer,
             c->shape.n, c->shape.inner);
    return text;
}

/* ---- data ------------------------------------------------------------------------------------------------------------ */

/*
 * Ordinary rows; shares down to subnormal numbers and 0; masks; a row's maximum far above the others; rows of only -inf;
 * infinities and any bits; a NaN in a row.
 */
enum { ORDINARY, SPREAD, MASKED, ALONE, EMPTY, WILD, WITH_NAN, DATA_COUNT };

static void fill(struct rows_case *c)
{
    const size_t all = all_of(c), n = c->shape.n, inner = c->shape.inner, rows = rows_of(c);
    const uint64_t seed = all + (uint64_t)c->data * 1000003;
    (c->data == WILD ? fill_inputs : fill_tame)(wide_x, all, seed);
    for (size_t i = 0; i < all; i++) {
        const uint64_t random = scramble(seed ^ i << 20);
        if (c->data == SPREAD)
            wide_x[i] *= 16;
        if (c->data == EMPTY || (c->data == MASKED && random % 3))
            wide_x[i] = -INFINITY;
    }
    for (size_t row = 0; row < rows && n; row++) {
        const size_t k = scramble(seed + row) % n, at = (row / inner * n + k) * inner + row % inner;
        /* The weights of the others are about the size of a subnormal number. */
        if (c->data == ALONE)
            wide_x[at] = (float)(row % 2 ? 20 + 9 * (k % 9) : 96 + k % 12);
        if (c->data == WITH_NAN && row % 2)
            wide_x[at] = NAN;
    }
    if (c->op == ACTFN_SOFTMIN)
        for (size_t i = 0; i < all; i++)
            wide_x[i] = -wide_x[i];
    c->t->from_f32(all, wide_x, x);
    c->t->to_f32(all, x, wide_x);
}

/* ---- comparing ------------------------------------------------------------------------------------------------------- */

/* Expects the rounded results, and unchanged memory behind them. */
static void expect_rounded(const struct rows_case *c, const char *what, const float *floats, const uint16_t *got,
                           size_t n)
{
    c->t->from_f32(n, floats, wanted);
    for (size_t i = 0; i < n; i++)
        expect(is_nan_sixteen(c->t, wanted[i]) ? is_nan_sixteen(c->t, got[i]) : got[i] == wanted[i],
               "%s: element %zu is %04x, of floats %04x = %a", text_of(c, what), i, got[i], wanted[i],
               (double)floats[i]);
    for (size_t i = n; i < n + SPARE; i++)
        expect(got[i] == 0xa5a5, "%s: wrote behind its results", text_of(c, what));
}

static void expect_floats(const struct rows_case *c, const char *what, const float *floats, const float *got, size_t n)
{
    for (size_t i = 0; i < n; i++)
        expect(same(got[i], floats[i]), "%s: row %zu is %a, of floats %a", text_of(c, what), i, (double)got[i],
               (double)floats[i]);
}

static void clear(uint16_t *p, size_t n) { memset(p, 0xa5, (n + SPARE) * sizeof *p); }

static void expect_status(const struct rows_case *c, const char *what, actfn_status status)
{
    expect(status == ACTFN_OK, "%s: %s", text_of(c, what), actfn_status_string(status));
}

/* ---- one case -------------------------------------------------------------------------------------------------------- */

static void check_forward(const struct rows_case *c)
{
    const struct shape s = c->shape;
    const size_t results = results_of(c), all = all_of(c);
    expect_status(
        c, "floats",
        actfn_rows_forward_f32(c->op, ACTFN_FAST, &c->scale, c->flags, s.outer, s.n, s.inner, wide_x, wide_y));
    clear(y, results);
    expect_status(c, "forward", c->t->rows(c->op, test_mode, &c->scale, c->flags, s.outer, s.n, s.inner, x, y));
    expect_rounded(c, "forward", wide_y, y, results);
    if (is(c, ACTFN_OP_REDUCES)) {
        expect_status(c, "forward to floats",
                      c->t->reduce(c->op, test_mode, &c->scale, c->flags, s.outer, s.n, s.inner, x, values));
        expect_floats(c, "forward to floats", wide_y, values, results);
    }
    if (results == all) {
        clear(dx, all);
        memcpy(dx, x, all * sizeof *x);
        expect_status(c, "in place", c->t->rows(c->op, test_mode, &c->scale, c->flags, s.outer, s.n, s.inner, dx, dx));
        expect_rounded(c, "forward in place", wide_y, dx, all);
    }
}

/* Backward from the y of forward, and from floats. */
static void check_backward(const struct rows_case *c)
{
    const struct shape s = c->shape;
    const size_t results = results_of(c), all = all_of(c);
    if (is(c, ACTFN_OP_REDUCES)) {
        fill_tame(wide_dy, results, all);
        actfn_rows_backward_f32(c->op, ACTFN_FAST, &c->scale, c->flags, s.outer, s.n, s.inner, wide_x, wide_y, wide_dy,
                                wide_dx);
        clear(dx, all);
        expect_status(c, "backward from floats",
                      c->t->reduce_backward(c->op, test_mode, &c->scale, c->flags, s.outer, s.n, s.inner, x, wide_y,
                                            wide_dy, dx));
        expect_rounded(c, "backward from floats", wide_dx, dx, all);
    }
    fill_tame(wide_dy, results, all);
    c->t->from_f32(results, wide_dy, dy);
    c->t->to_f32(results, dy, wide_dy);
    c->t->to_f32(results, y, wide_y);
    actfn_rows_backward_f32(c->op, ACTFN_FAST, &c->scale, c->flags, s.outer, s.n, s.inner, wide_x, wide_y, wide_dy,
                            wide_dx);
    clear(dx, all);
    expect_status(c, "backward",
                  c->t->rows_backward(c->op, test_mode, &c->scale, c->flags, s.outer, s.n, s.inner, x, y, dy, dx));
    expect_rounded(c, "backward", wide_dx, dx, all);
    clear(dx, all);
    memcpy(dx, x, all * sizeof *x);
    expect_status(c, "on x",
                  c->t->rows_backward(c->op, test_mode, &c->scale, c->flags, s.outer, s.n, s.inner, dx, y, dy, dx));
    expect_rounded(c, "backward on x", wide_dx, dx, all);
    if (results != all)
        return;
    clear(dx, all);
    memcpy(dx, dy, all * sizeof *dy);
    expect_status(c, "on dy",
                  c->t->rows_backward(c->op, test_mode, &c->scale, c->flags, s.outer, s.n, s.inner, x, y, dx, dx));
    expect_rounded(c, "backward on dy", wide_dx, dx, all);
    expect_status(c, "on y",
                  c->t->rows_backward(c->op, test_mode, &c->scale, c->flags, s.outer, s.n, s.inner, x, y, dy, y));
    expect_rounded(c, "backward on y", wide_dx, y, all);
}

static void check_index(const struct rows_case *c)
{
    const struct shape s = c->shape;
    const size_t rows = results_of(c), all = all_of(c);
    actfn_maxout_index_f32(ACTFN_FAST, s.outer, s.n, s.inner, wide_x, wide_y, wanted_index);
    clear(y, rows);
    expect_status(c, "index", c->t->maxout_index(test_mode, s.outer, s.n, s.inner, x, y, index_of));
    expect_rounded(c, "index", wide_y, y, rows);
    for (size_t i = 0; i < rows && all; i++)
        expect(index_of[i] == wanted_index[i], "%s: row %zu has %d, of floats %d", text_of(c, "index"), i, index_of[i],
               wanted_index[i]);
    fill_tame(wide_dy, rows, all);
    c->t->from_f32(rows, wide_dy, dy);
    c->t->to_f32(rows, dy, wide_dy);
    actfn_maxout_backward_from_index_f32(ACTFN_FAST, s.outer, s.n, s.inner, wanted_index, wide_dy, wide_dx);
    clear(dx, all);
    expect_status(c, "from the index", c->t->maxout_from_index(test_mode, s.outer, s.n, s.inner, index_of, dy, dx));
    expect_rounded(c, "from the index", wide_dx, dx, all);
}

static void check_case(struct rows_case *c)
{
    ck_assert_uint_le(all_of(c), MOST);
    fill(c);
    check_forward(c);
    check_backward(c);
    if (c->op == ACTFN_MAXOUT)
        check_index(c);
}

/* ---- the cases ------------------------------------------------------------------------------------------------------- */

/* Scales: the fast mode computes some of them as the accurate mode does; softmax's usual scale is among them. */
static const float scales[] = { 1, 0.125f, 3, 0x1p-50f, 0x1p45f };

static void check_settings(struct rows_case c)
{
    const int settings = actfn_op_info(c.op)->param_count ? (int)(sizeof scales / sizeof *scales) : 1;
    for (int k = 0; k < SIXTEEN_TYPES; k++)
        for (int s = 0; s < settings; s++) {
            c.t = &sixteen_types[k];
            c.scale = scales[s];
            c.flags = (c.shape.n + (size_t)s) % 2 ? ACTFN_MASKED_ROWS_ZERO : 0;
            check_case(&c);
        }
}

START_TEST(rows_are_those_of_the_floats)
{
    static const size_t lengths[] = { 255,  256,  257,  511,  512,  513,  1000, 2047, 2048,
                                      2049, 4095, 4096, 4097, 6143, 6145, 8191, 8193, 10000 };
    enum { LENGTHS = sizeof lengths / sizeof lengths[0] };
    struct rows_case c = { .op = (actfn_op)_i };
    if (actfn_op_info(c.op)->family != ACTFN_FAMILY_ROWS)
        return;
    for (c.data = 0; c.data < DATA_COUNT; c.data++) {
        for (size_t n = 0; n <= 70; n += light() ? 23 : 1) {
            const struct shape shapes[] = { { 3, n, 1 }, { 1, n, 3 }, { 2, n, 2 }, { 2, n, 37 } };
            for (size_t k = 0; k < sizeof shapes / sizeof *shapes; k++) {
                c.shape = shapes[(k + n) % 4];
                check_settings(c);
                if (light())
                    break;
            }
        }
        for (size_t k = light() ? 12 : 0; k < LENGTHS; k += light() ? 5 : 1) {
            const size_t n = lengths[k];
            const struct shape shapes[] = { { 3, n, 1 }, { 2, n, 2 }, { 1, n, n < 1100 ? 37 : 5 } };
            for (size_t j = 0; j < 3; j++) {
                c.shape = shapes[(j + k) % 3];
                check_settings(c);
                if (light() || (n > 5000 && c.data > ALONE))
                    break;
            }
        }
        c.shape = (struct shape) { 700, 5, 1 }; /* more rows and more columns than a tile has */
        check_settings(c);
        c.shape = (struct shape) { 1, 6, 1100 };
        check_settings(c);
    }
}
END_TEST

/* ---- gumbel_softmax -------------------------------------------------------------------------------------------------- */

enum { SEED = 3, STREAM = 5, FIRST_DRAW = 7 };

static void check_gumbel(struct rows_case c, float tau, unsigned flags)
{
    const struct shape s = c.shape;
    const size_t all = all_of(&c);
    float *const wide_soft = wide_dx;
    fill(&c);
    ck_assert_int_eq(actfn_gumbel_softmax_f32(ACTFN_FAST, &tau, flags, s.outer, s.n, s.inner, wide_x, wide_y, wide_soft,
                                              SEED, STREAM, FIRST_DRAW),
                     ACTFN_OK);
    clear(y, all), clear(dx, all);
    ck_assert_int_eq(c.t->gumbel(test_mode, &tau, flags, s.outer, s.n, s.inner, x, y, dx, SEED, STREAM, FIRST_DRAW),
                     ACTFN_OK);
    expect_rounded(&c, "gumbel", wide_y, y, all);
    expect_rounded(&c, "soft", wide_soft, dx, all);
    clear(y, all);
    memcpy(y, x, all * sizeof *x);
    ck_assert_int_eq(c.t->gumbel(test_mode, &tau, flags, s.outer, s.n, s.inner, y, y, NULL, SEED, STREAM, FIRST_DRAW),
                     ACTFN_OK);
    expect_rounded(&c, "in place, without soft", wide_y, y, all);
    memcpy(y, dx, all * sizeof *dx);
    c.t->to_f32(all, y, wide_y);
    fill_tame(wide_dy, all, all);
    c.t->from_f32(all, wide_dy, dy);
    c.t->to_f32(all, dy, wide_dy);
    actfn_gumbel_softmax_backward_f32(ACTFN_FAST, &tau, s.outer, s.n, s.inner, wide_y, wide_dy, wide_dx);
    clear(dx, all);
    ck_assert_int_eq(c.t->gumbel_backward(test_mode, &tau, s.outer, s.n, s.inner, y, dy, dx), ACTFN_OK);
    expect_rounded(&c, "backward", wide_dx, dx, all);
}

/* For tau = 0x1p-130 the reciprocal is no float. */
START_TEST(gumbel_softmax_is_that_of_the_floats)
{
    static const struct shape shapes[] = { { 3, 1, 1 },    { 9, 5, 1 },    { 2, 48, 3 },    { 1, 300, 20 },
                                           { 2, 2049, 1 }, { 1, 4097, 3 }, { 3, 10000, 1 }, { 1, 8193, 2 },
                                           { 2, 70, 37 },  { 1, 1000, 40 } };
    static const float taus[] = { 1, 0.3f, 5, 0x1p-130f };
    struct rows_case c = { .op = ACTFN_SOFTMAX, .scale = 1 };
    for (int k = 0; k < SIXTEEN_TYPES; k++)
        for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
            for (size_t j = 0; j < sizeof taus / sizeof *taus; j++)
                for (c.data = 0; c.data < DATA_COUNT; c.data++) {
                    c.t = &sixteen_types[k];
                    c.shape = shapes[i];
                    if (!light() || (i + j + (size_t)c.data) % 5 == 0)
                        check_gumbel(c, taus[j], (i + (size_t)c.data) % 2 ? ACTFN_GUMBEL_HARD : 0);
                }
}
END_TEST

START_TEST(bad_gumbel_softmax_is_refused)
{
    enum { N = 100 };
    for (int k = 0; k < SIXTEEN_TYPES; k++) {
        const struct sixteen *t = &sixteen_types[k];
        const actfn_mode m = test_mode;
        memset(y, 0xa5, sizeof y);
        ck_assert_int_eq(t->gumbel((actfn_mode)2, NULL, 0, 1, N, 1, x, y, NULL, 0, 0, 0), ACTFN_ERR_MODE);
        ck_assert_int_eq(t->gumbel(m, &(float) { 0 }, 0, 1, N, 1, x, y, NULL, 0, 0, 0), ACTFN_ERR_PARAM);
        ck_assert_int_eq(t->gumbel(m, NULL, 2, 1, N, 1, x, y, NULL, 0, 0, 0), ACTFN_ERR_FLAGS);
        ck_assert_int_eq(t->gumbel(m, NULL, 0, 1, N, 1, NULL, y, NULL, 0, 0, 0), ACTFN_ERR_NULL);
        ck_assert_int_eq(t->gumbel(m, NULL, 0, SIZE_MAX / 2 + 1, 1, 1, x, y, NULL, 0, 0, 0), ACTFN_ERR_SIZE);
        ck_assert_int_eq(t->gumbel(m, NULL, 0, 1, N, 1, x, x + 1, NULL, 0, 0, 0), ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(t->gumbel(m, NULL, 0, 1, N, 1, x, y, x, 0, 0, 0), ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(t->gumbel(m, NULL, 0, 1, N, 1, x, y, y + 1, 0, 0, 0), ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(t->gumbel_backward(m, NULL, 1, N, 1, NULL, dy, y), ACTFN_ERR_NULL);
        ck_assert_int_eq(t->gumbel_backward(m, NULL, 1, N, 1, x, dy, dy + 1), ACTFN_ERR_OVERLAP);
        for (size_t i = 0; i < MOST; i++)
            expect(y[i] == 0xa5a5, "%s: a call that was refused wrote a result", test_run);
    }
}
END_TEST

/* ---- arguments ------------------------------------------------------------------------------------------------------- */

START_TEST(bad_rows_are_refused)
{
    enum { N = 100 };
    for (int k = 0; k < SIXTEEN_TYPES; k++) {
        const struct sixteen *t = &sixteen_types[k];
        const actfn_mode m = test_mode;
        float floats[N] = { 7 };
        memset(y, 0xa5, sizeof y);
        ck_assert_int_eq(t->rows(ACTFN_OP_NONE, m, NULL, 0, 1, N, 1, x, y), ACTFN_ERR_OP);
        ck_assert_int_eq(t->rows(ACTFN_GELU, m, NULL, 0, 1, N, 1, x, y), ACTFN_ERR_NOT_OFFERED);
        ck_assert_int_eq(t->rows(ACTFN_SOFTMAX, (actfn_mode)2, NULL, 0, 1, N, 1, x, y), ACTFN_ERR_MODE);
        ck_assert_int_eq(t->rows(ACTFN_SOFTMAX, m, &(float) { -1 }, 0, 1, N, 1, x, y), ACTFN_ERR_PARAM);
        ck_assert_int_eq(t->rows(ACTFN_SOFTMAX, m, NULL, 2, 1, N, 1, x, y), ACTFN_ERR_FLAGS);
        ck_assert_int_eq(t->rows(ACTFN_SOFTMAX, m, NULL, 0, 1, N, 1, NULL, y), ACTFN_ERR_NULL);
        ck_assert_int_eq(t->rows(ACTFN_SOFTMAX, m, NULL, 0, 1, N, 1, x, NULL), ACTFN_ERR_NULL);
        ck_assert_int_eq(t->rows(ACTFN_SOFTMAX, m, NULL, 0, SIZE_MAX / 2 + 1, 1, 1, x, y), ACTFN_ERR_SIZE);
        ck_assert_int_eq(t->rows(ACTFN_SOFTMAX, m, NULL, 0, SIZE_MAX, 2, 1, x, y), ACTFN_ERR_SIZE);
        ck_assert_int_eq(t->rows(ACTFN_SOFTMAX, m, NULL, 0, 1, N, 1, x, x + 1), ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(t->rows(ACTFN_LOGSUMEXP, m, NULL, 0, 1, N, 1, x, x), ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(t->rows_backward(ACTFN_SOFTMAX, m, NULL, 0, 1, N, 1, NULL, NULL, dy, y), ACTFN_ERR_NULL);
        ck_assert_int_eq(t->rows_backward(ACTFN_SOFTMAX, m, NULL, 0, 1, N, 1, NULL, x, NULL, y), ACTFN_ERR_NULL);
        ck_assert_int_eq(t->rows_backward(ACTFN_SOFTMAX, m, NULL, 0, 1, N, 1, NULL, x, dy, dy + 1), ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(t->rows_backward(ACTFN_SOFTMAX, m, NULL, 0, 1, N, 1, NULL, x, dy, x + 1), ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(t->reduce(ACTFN_SOFTMAX, m, NULL, 0, 1, N, 1, x, floats), ACTFN_ERR_NOT_OFFERED);
        ck_assert_int_eq(t->reduce(ACTFN_LOGSUMEXP, m, NULL, 0, 1, N, 1, x, NULL), ACTFN_ERR_NULL);
        ck_assert_int_eq(t->reduce(ACTFN_LOGSUMEXP, m, NULL, 0, 1, 1, 1, (uint16_t *)(void *)floats, floats),
                         ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(t->reduce_backward(ACTFN_SOFTMAX, m, NULL, 0, 1, N, 1, x, floats, floats, y),
                         ACTFN_ERR_NOT_OFFERED);
        ck_assert_int_eq(
            t->reduce_backward(ACTFN_MAXOUT, m, NULL, 0, 1, 1, 1, x, NULL, floats, (uint16_t *)(void *)floats + 1),
            ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(t->maxout_index(m, 1, N, 1, x, y, NULL), ACTFN_ERR_NULL);
        ck_assert_int_eq(t->maxout_index(m, 1, (size_t)1 << 25, 1, x, y, index_of), ACTFN_ERR_SIZE);
        ck_assert_int_eq(t->maxout_index(m, 1, 1, 1, x, y, (int32_t *)(void *)x), ACTFN_ERR_OVERLAP);
        index_of[0] = N;
        ck_assert_int_eq(t->maxout_from_index(m, 1, N, 1, index_of, dy, y), ACTFN_ERR_INDEX);
        index_of[0] = -1;
        ck_assert_int_eq(t->maxout_from_index(m, 1, N, 1, index_of, dy, y), ACTFN_ERR_INDEX);
        for (size_t i = 0; i < MOST; i++)
            expect(y[i] == 0xa5a5, "%s: a call that was refused wrote a result", test_run);
        expect(floats[0] == 7, "%s: a call that was refused wrote a float", test_run);
        ck_assert_int_eq(t->rows(ACTFN_SOFTMAX, m, NULL, 0, 0, N, 1, NULL, NULL), ACTFN_OK);
        ck_assert_int_eq(t->rows(ACTFN_LOGSUMEXP, m, NULL, 0, 2, 0, 1, NULL, y), ACTFN_OK);
        expect(y[0] == (0x8000 | infinite_sixteen(t)) && y[1] == y[0] && y[2] == 0xa5a5,
               "%s: logsumexp of nothing in %s is %04x", test_run, t->name, y[0]);
    }
}
END_TEST

TCase *sixteen_row_tests(void)
{
    TCase *tcase = tcase_create("rows");
    tcase_set_timeout(tcase, 0);
    tcase_add_test(tcase, bad_rows_are_refused);
    tcase_add_test(tcase, bad_gumbel_softmax_is_refused);
    tcase_add_test(tcase, gumbel_softmax_is_that_of_the_floats);
    tcase_add_loop_test(tcase, rows_are_those_of_the_floats, 0, actfn_op_count());
    return tcase;
}
