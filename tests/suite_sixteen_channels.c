/* SPDX-License-Identifier: MIT */
/*
 * Channels and rrelu of the 16-bit types.  A result has the bits that the entry of floats gives for the same numbers, rounded
 * once.  Gradients of weights are floats with the same bits.  The shapes are those of the channels family, and shapes around
 * the tiles of the library.
 */
#include "channels_support.h"
#include "expect.h"
#include "sixteen.h"
#include "suites.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

enum { SPARE = 8, UNWRITTEN = 0xa5a5 };

static uint16_t x[MOST], y[MOST + SPARE], dy[MOST], dx[MOST + SPARE], noise[MOST + SPARE], rounded[MOST];
static float wide_x[MOST], wide_y[MOST], wide_dy[MOST], wide_dx[MOST], wide_noise[MOST];

static void clear(uint16_t *p) { memset(p, 0xa5, (MOST + SPARE) * sizeof *p); }

/* Numbers of the type, also as floats: usual ones, or infinities, subnormal numbers and NaN among them. */
static void fill(const struct sixteen *t, size_t n, uint64_t seed, bool wild, uint16_t *narrow, float *wide)
{
    (wild ? fill_inputs : fill_tame)(wide, n, seed);
    if (wild && n > 3)
        wide[3] = NAN;
    t->from_f32(n, wide, narrow);
    t->to_f32(n, narrow, wide);
}

/* Compares n results with floats, and looks at the elements behind the results. */
static void expect_rounded(const struct sixteen *t, const char *what, size_t n, const uint16_t *got,
                           const float *floats)
{
    t->from_f32(n, floats, rounded);
    for (size_t i = 0; i < n; i++)
        expect(is_nan_sixteen(t, rounded[i]) ? is_nan_sixteen(t, got[i]) : got[i] == rounded[i],
               "%s: %s of %s: element %zu is %04x, the float is %04x = %a", test_run, what, t->name, i, got[i],
               rounded[i], (double)floats[i]);
    for (size_t i = n; i < n + SPARE; i++)
        expect(got[i] == UNWRITTEN, "%s: %s of %s wrote behind its %zu results", test_run, what, t->name, n);
}

/* ---- channels -------------------------------------------------------------------------------------------------------- */

static const char *text_of(const struct unit *f, struct shape s, const char *what)
{
    static char text[200];
    snprintf(text, sizeof text, "%s: %s, %zu terms, shape (%zu, %zu, %zu)", what, unit_name(f), f->terms, s.outer,
             s.channels, s.inner);
    return text;
}

static void expect_ok(const char *what, actfn_status status)
{
    expect(status == ACTFN_OK, "%s: %s: %s", test_run, what, actfn_status_string(status));
}

static void check_forward(const struct sixteen *t, const struct unit *f, struct shape s)
{
    const size_t n = size_of(s);
    expect_ok("floats", channels_forward(f, s, wide_x, wide_y));
    clear(y);
    expect_ok(text_of(f, s, "forward"),
              t->channels(f->op, test_mode, s.outer, s.channels, s.inner, f->terms, weights, x, y));
    expect_rounded(t, text_of(f, s, "forward"), n, y, wide_y);
    clear(y);
    memcpy(y, x, n * sizeof *x);
    expect_ok("in place", t->channels(f->op, test_mode, s.outer, s.channels, s.inner, f->terms, weights, y, y));
    expect_rounded(t, text_of(f, s, "forward in place"), n, y, wide_y);
}

static void check_backward(const struct sixteen *t, const struct unit *f, struct shape s)
{
    const size_t n = size_of(s);
    expect_ok("floats", channels_backward(f, s, wide_x, wide_dy, wide_dx, dweights));
    for (int place = 0; place < 3; place++) { /* dx is a buffer of its own, x, dy */
        clear(dx);
        memcpy(dx, place == 1 ? x : dy, place ? n * sizeof *x : 0);
        memset(dw2, 0xa5, sizeof dw2);
        expect_ok(text_of(f, s, "backward"),
                  t->channels_backward(f->op, test_mode, s.outer, s.channels, s.inner, f->terms, weights,
                                       place == 1 ? dx : x, place == 2 ? dx : dy, dx, dweights2));
        expect_rounded(t, text_of(f, s, "backward"), n, dx, wide_dx);
        for (int k = 0; k < f->arrays; k++)
            expect_equal(f, s, t->name, f->terms * s.channels, dw2[k], dw[k]);
    }
}

static void check_from_output(const struct sixteen *t, const struct unit *f, struct shape s)
{
    for (size_t c = 0; c < s.channels; c++)
        w[0][c] = fabsf(w[0][c]);
    expect_ok("floats", prelu_from_output(s, wide_x, wide_dy, wide_dx));
    clear(dx);
    expect_ok("from y", t->channels_from_output(f->op, test_mode, s.outer, s.channels, s.inner, 1, weights, x, dy, dx));
    expect_rounded(t, text_of(f, s, "backward from y"), size_of(s), dx, wide_dx);
}

static void check_shape(struct shape s, bool wild)
{
    for (int type = 0; type < SIXTEEN_TYPES; type++)
        for (int unit = 0; unit < UNITS; unit++) {
            const struct sixteen *const t = &sixteen_types[type];
            const struct unit *const f = &units[unit];
            fill_weights(f, s.channels);
            fill(t, size_of(s), (uint64_t)unit + s.inner, wild, x, wide_x);
            fill(t, size_of(s), (uint64_t)unit + 100, wild, dy, wide_dy);
            check_forward(t, f, s);
            check_backward(t, f, s);
            if (f->op == ACTFN_PRELU)
                check_from_output(t, f, s);
        }
}

/* Lines of a tile's length and one less or more; channels that do not fill a tile; runs that are longer than one. */
static const struct shape tiles[] = {
    { 3, 1, 512 }, { 3, 1, 511 }, { 2, 1, 513 },   { 5, 2, 256 },  { 5, 2, 257 },
    { 3, 3, 200 }, { 2, 79, 13 }, { 1, 80, 512 },  { 1, 3, 1025 }, { 40, 80, 1 },
    { 513, 2, 1 }, { 2, 5, 600 }, { 1200, 1, 10 }, { 700, 37, 1 }, { 4097, 16, 1 },
};

START_TEST(channels_are_those_of_the_floats)
{
    for (size_t i = 0; i < SHAPES; i++)
        for (int wild = 0; wild < 2; wild++)
            if (!light() || (i + (size_t)wild) % 5 == 0)
                check_shape(shapes[i], wild);
    for (size_t i = 0; i < sizeof tiles / sizeof *tiles; i++)
        if (!light() || i % 4 == 2)
            check_shape(tiles[i], i % 2);
}
END_TEST

START_TEST(bad_channels_are_refused)
{
    enum { N = 100 };
    const actfn_op op = ACTFN_PRELU;
    const actfn_mode m = test_mode;
    fill_weights(&units[PRELU], 1);
    for (int k = 0; k < SIXTEEN_TYPES; k++) {
        const struct sixteen *t = &sixteen_types[k];
        const float *const negative[] = { &(float) { -1 } }, *const infinite[] = { &(float) { INFINITY } };
        const float *const missing[] = { NULL }, *const on_y[] = { (float *)(void *)y };
        float *const on_dx[] = { (float *)(void *)dx }, *const on_x[] = { (float *)(void *)x };
        clear(y), clear(dx);
        ck_assert_int_eq(t->channels(ACTFN_GELU, m, 1, 1, N, 1, weights, x, y), ACTFN_ERR_NOT_OFFERED);
        ck_assert_int_eq(t->channels(op, (actfn_mode)2, 1, 1, N, 1, weights, x, y), ACTFN_ERR_MODE);
        ck_assert_int_eq(t->channels(op, m, 1, 1, N, 2, weights, x, y), ACTFN_ERR_SHAPE);
        ck_assert_int_eq(t->channels(op, m, 1, 1, N, 1, infinite, x, y), ACTFN_ERR_PARAM);
        ck_assert_int_eq(t->channels(op, m, 1, 1, N, 1, missing, x, y), ACTFN_ERR_NULL);
        ck_assert_int_eq(t->channels(op, m, 1, 1, N, 1, weights, NULL, y), ACTFN_ERR_NULL);
        ck_assert_int_eq(t->channels(op, m, 1, 1, SIZE_MAX / 2 + 1, 1, weights, x, y), ACTFN_ERR_SIZE);
        ck_assert_int_eq(t->channels(op, m, 1, 1, N, 1, weights, y + 1, y), ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(t->channels(op, m, 1, 1, N, 1, on_y, x, y), ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(t->channels_backward(op, m, 1, 1, N, 1, weights, x, NULL, dx, NULL), ACTFN_ERR_NULL);
        ck_assert_int_eq(t->channels_backward(op, m, 1, 1, N, 1, weights, x, dx + 1, dx, NULL), ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(t->channels_backward(op, m, 1, 1, N, 1, weights, x, dy, dx, on_dx), ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(t->channels_backward(op, m, 1, 1, N, 1, weights, x, dy, NULL, on_x), ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(t->channels_from_output(op, m, 1, 1, N, 1, negative, x, dy, dx), ACTFN_ERR_NOT_OFFERED);
        ck_assert_int_eq(t->channels_from_output(ACTFN_SRELU, m, 1, 1, N, 1, weights, x, dy, dx),
                         ACTFN_ERR_NOT_OFFERED);
        ck_assert_int_eq(t->channels_from_output(op, m, 1, 1, N, 1, weights, dx + 1, dy, dx), ACTFN_ERR_OVERLAP);
        for (size_t i = 0; i < MOST; i++)
            expect(y[i] == UNWRITTEN && dx[i] == UNWRITTEN, "%s: a call that was refused wrote a result", test_run);
        dw[0][0] = 7;
        ck_assert_int_eq(t->channels_backward(op, m, 0, 1, N, 1, weights, NULL, NULL, NULL, dweights), ACTFN_OK);
        expect(dw[0][0] == 0, "%s: the gradient of no element is %g", test_run, (double)dw[0][0]);
    }
}
END_TEST

/* ---- rrelu ----------------------------------------------------------------------------------------------------------- */

static void check_rrelu(const struct sixteen *t, size_t n, uint64_t offset, const float *params, bool wild)
{
    enum { SEED = 5, STREAM = 6 };
    const size_t part = n / 3;
    fill(t, n, n + offset, wild, x, wide_x);
    fill(t, n, n + 7, wild, dy, wide_dy);
    actfn_rrelu_f32(ACTFN_FAST, params, n, wide_x, wide_y, wide_noise, SEED, STREAM, offset);
    clear(y), clear(noise);
    /* Two calls for two parts of the buffer draw what one call draws. */
    expect_ok("rrelu", t->rrelu(test_mode, params, part, x, y, noise, SEED, STREAM, offset));
    expect_ok("rrelu",
              t->rrelu(test_mode, params, n - part, x + part, y + part, noise + part, SEED, STREAM, offset + part));
    expect_rounded(t, "rrelu", n, y, wide_y);
    expect_rounded(t, "noise of rrelu", n, noise, wide_noise);
    clear(y);
    memcpy(y, x, n * sizeof *x);
    expect_ok("rrelu in place", t->rrelu(test_mode, params, n, y, y, NULL, SEED, STREAM, offset));
    expect_rounded(t, "rrelu in place", n, y, wide_y);

    actfn_rrelu_backward_f32(ACTFN_FAST, params, n, wide_x, wide_dy, wide_dx, SEED, STREAM, offset);
    clear(dx);
    memcpy(dx, dy, n * sizeof *dy);
    expect_ok("backward", t->rrelu_backward(test_mode, params, n, x, dx, dx, SEED, STREAM, offset));
    expect_rounded(t, "backward of rrelu", n, dx, wide_dx);
    clear(dx);
    memcpy(dx, x, n * sizeof *x);
    expect_ok("from y", t->rrelu_from_output(test_mode, params, n, dx, dy, dx, SEED, STREAM, offset));
    expect_rounded(t, "rrelu from y", n, dx, wide_dx);

    t->to_f32(n, noise, wide_noise);
    actfn_rrelu_backward_from_noise_f32(ACTFN_FAST, n, wide_noise, wide_dy, wide_dx);
    clear(dx);
    expect_ok("from noise", t->rrelu_from_noise(test_mode, n, noise, dy, dx));
    expect_rounded(t, "rrelu from noise", n, dx, wide_dx);
}

static void check_eval(const struct sixteen *t, size_t n, const float *params)
{
    const float slope = (params[0] + params[1]) / 2;
    clear(y), clear(dx);
    expect_ok("eval", t->rrelu_eval(test_mode, params, n, x, y));
    expect_ok("leaky_relu", t->forward(ACTFN_LEAKY_RELU, test_mode, &slope, n, x, dx));
    for (size_t i = 0; i < n + SPARE; i++)
        expect(y[i] == dx[i], "%s: eval of %s: element %zu is %04x, not %04x", test_run, t->name, i, y[i], dx[i]);
    expect_ok("eval", t->rrelu_eval_backward(test_mode, params, n, x, dy, y));
    expect_ok("leaky_relu", t->backward(ACTFN_LEAKY_RELU, test_mode, &slope, n, x, dy, dx));
    for (size_t i = 0; i < n + SPARE; i++)
        expect(y[i] == dx[i], "%s: eval backward of %s: element %zu is %04x, not %04x", test_run, t->name, i, y[i],
               dx[i]);
}

START_TEST(rrelu_is_that_of_the_floats)
{
    static const float params[][2] = { { 0.125f, 1.0f / 3 }, { 0, 1 }, { 0.5f, 0.5f } };
    static const size_t lengths[] = { 0, 1, 5, 16, 31, 33, 511, 512, 513, 1024, 1543, 5000 };
    for (int type = 0; type < SIXTEEN_TYPES; type++)
        for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
            for (int k = 0; k < 3; k++) {
                check_rrelu(&sixteen_types[type], lengths[i], 1000 + i, params[k], (i + (size_t)k) % 2);
                check_eval(&sixteen_types[type], lengths[i], params[k]);
            }
    check_rrelu(&sixteen_types[0], 3000, UINT64_MAX - 700, params[0], false); /* the index of a draw wraps */
}
END_TEST

START_TEST(bad_rrelu_is_refused)
{
    enum { N = 100 };
    const actfn_mode m = test_mode;
    static const float swapped[] = { 1, 0 }, below[] = { -1, 1 };
    for (int k = 0; k < SIXTEEN_TYPES; k++) {
        const struct sixteen *t = &sixteen_types[k];
        clear(y), clear(dx), clear(noise);
        ck_assert_int_eq(t->rrelu((actfn_mode)2, NULL, N, x, y, noise, 0, 0, 0), ACTFN_ERR_MODE);
        ck_assert_int_eq(t->rrelu(m, swapped, N, x, y, noise, 0, 0, 0), ACTFN_ERR_PARAM);
        ck_assert_int_eq(t->rrelu(m, NULL, N, NULL, y, noise, 0, 0, 0), ACTFN_ERR_NULL);
        ck_assert_int_eq(t->rrelu(m, NULL, SIZE_MAX / 2 + 1, x, y, noise, 0, 0, 0), ACTFN_ERR_SIZE);
        ck_assert_int_eq(t->rrelu(m, NULL, N, y + 1, y, noise, 0, 0, 0), ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(t->rrelu(m, NULL, N, x, y, y, 0, 0, 0), ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(t->rrelu(m, NULL, N, noise, y, noise, 0, 0, 0), ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(t->rrelu_backward(m, NULL, N, x, dx + 1, dx, 0, 0, 0), ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(t->rrelu_from_output(m, below, N, x, dy, dx, 0, 0, 0), ACTFN_ERR_NOT_OFFERED);
        ck_assert_int_eq(t->rrelu_from_noise(m, N, NULL, dy, dx), ACTFN_ERR_NULL);
        ck_assert_int_eq(t->rrelu_eval(m, NULL, N, x, NULL), ACTFN_ERR_NULL);
        ck_assert_int_eq(t->rrelu_eval_backward(m, NULL, N, x, NULL, dx), ACTFN_ERR_NULL);
        for (size_t i = 0; i < N + SPARE; i++)
            expect(y[i] == UNWRITTEN && dx[i] == UNWRITTEN && noise[i] == UNWRITTEN,
                   "%s: a call that was refused wrote a result", test_run);
    }
}
END_TEST

TCase *sixteen_channel_tests(void)
{
    TCase *tcase = tcase_create("channels");
    tcase_set_timeout(tcase, 0);
    tcase_add_test(tcase, bad_channels_are_refused);
    tcase_add_test(tcase, channels_are_those_of_the_floats);
    tcase_add_test(tcase, bad_rrelu_is_refused);
    tcase_add_test(tcase, rrelu_is_that_of_the_floats);
    return tcase;
}
