/* SPDX-License-Identifier: MIT */
/*
 * The channels family, prelu, srelu and apl: golden and special values, identities, errors, NaN.  suite_channels_sums.c
 * checks layouts and sums.  The suites of calls check memory, bits, bad input and environment, as for every entry.
 */
#include "channels_support.h"
#include "expect.h"
#include "floats.h"
#include "suites.h"
#include "support.h"

#include <float.h>

static float x[MOST], dy[MOST], y[MOST], dx[MOST], y2[MOST], dx2[MOST];

/* ---- values ------------------------------------------------------------------------------------------------------ */

static void expect_near(const char *what, float got, double wanted)
{
    expect(fabs((double)got - wanted) <= 3e-7 * fmax(1, fabs(wanted)), "%s: %s is %.12g, not %.12g", test_run, what,
           (double)got, wanted);
}

static const float prelu_a[] = { 0.25f }, srelu_tl[] = { -1 }, srelu_al[] = { 0.1f }, srelu_tr[] = { 1 },
                   srelu_ar[] = { 0.2f }, apl_a[] = { 0.2f, -0.3f }, apl_b[] = { 0, 1 };
static const float *const prelu_w[] = { prelu_a }, *const srelu_w[] = { srelu_tl, srelu_al, srelu_tr, srelu_ar },
                          *const apl_w[] = { apl_a, apl_b };

/* The golden vectors, and the values that are worked out beside the definitions. */
START_TEST(golden_values)
{
    static const struct {
        actfn_op op;
        size_t terms;
        const float *const *weights;
        double x, f, df;
    } golden[] = {
        { ACTFN_PRELU, 1, prelu_w, -2, -0.5, 0.25 },
        { ACTFN_PRELU, 1, prelu_w, -0.5, -0.125, 0.25 },
        { ACTFN_PRELU, 1, prelu_w, 1.5, 1.5, 1 },
        { ACTFN_PRELU, 1, prelu_w, 0, 0, 0.25 },
        { ACTFN_SRELU, 1, srelu_w, -2, -1.1, 0.1 },
        { ACTFN_SRELU, 1, srelu_w, -0.5, -0.5, 1 },
        { ACTFN_SRELU, 1, srelu_w, 1.5, 1.1, 0.2 },
        { ACTFN_SRELU, 1, srelu_w, 0.5, 0.5, 1 },
        { ACTFN_SRELU, 1, srelu_w, 3, 1.4, 0.2 },
        { ACTFN_SRELU, 1, srelu_w, -1, -1, 0.1 },
        { ACTFN_SRELU, 1, srelu_w, 1, 1, 0.2 },
        { ACTFN_APL, 2, apl_w, -2, -0.5, 0.1 },
        { ACTFN_APL, 2, apl_w, -0.5, -0.35, 0.1 },
        { ACTFN_APL, 2, apl_w, 1.5, 1.5, 1 },
        { ACTFN_APL, 2, apl_w, -1, -0.4, 0.1 },
        { ACTFN_APL, 2, apl_w, 0.5, 0.35, 1.3 },
        { ACTFN_APL, 2, apl_w, 2, 2, 1 },
        { ACTFN_APL, 2, apl_w, 0, -0.3, 0.3 },
        { ACTFN_APL, 2, apl_w, 1, 1, 1 },
    };
    /* x - tl and x - tr leave the range of floats, but the result does not. */
    static const float far_tl[] = { 3e38f }, far_tr[] = { -3e38f }, quarter[] = { 0.25f };
    static const float *const left[] = { far_tl, quarter, far_tl, quarter };
    static const float *const right[] = { far_tr, quarter, far_tr, quarter };
    static const struct {
        actfn_op op;
        const float *const *weights;
        float x;
        double f;
    } far[] = {
        { ACTFN_SRELU, left, -2e38f, 1.7500000201090321951e+38 },
        { ACTFN_SRELU, right, 2e38f, -1.7500000201090321951e+38 },
    };
    for (size_t i = 0; i < sizeof far / sizeof far[0]; i++) {
        float f;
        ck_assert_int_eq(actfn_channels_forward_f32(far[i].op, test_mode, 1, 1, 1, 1, far[i].weights, &far[i].x, &f),
                         ACTFN_OK);
        expect_near(actfn_op_info(far[i].op)->name, f, far[i].f);
    }
    for (size_t i = 0; i < sizeof golden / sizeof golden[0]; i++) {
        const float at = (float)golden[i].x, unit = 1;
        float f, df;
        ck_assert_int_eq(
            actfn_channels_forward_f32(golden[i].op, test_mode, 1, 1, 1, golden[i].terms, golden[i].weights, &at, &f),
            ACTFN_OK);
        ck_assert_int_eq(actfn_channels_backward_f32(golden[i].op, test_mode, 1, 1, 1, golden[i].terms,
                                                     golden[i].weights, &at, &unit, &df, NULL),
                         ACTFN_OK);
        expect_near(actfn_op_info(golden[i].op)->name, f, golden[i].f);
        expect_near("its derivative", df, golden[i].df);
    }
}
END_TEST

/* One element: y, dx for dy = at_dy, and the gradients of the weights. */
static void expect_one(const struct unit *f, float at, float at_dy, float want_y, float want_dx, const float *want_dw)
{
    const struct shape s = { 1, 1, 1 };
    ck_assert_int_eq(channels_forward(f, s, &at, y), ACTFN_OK);
    ck_assert_int_eq(channels_backward(f, s, &at, &at_dy, dx, dweights), ACTFN_OK);
    expect(same(y[0], want_y) && same(dx[0], want_dx), "%s: %s(%g), dy %g: %a, %a, not %a, %a", test_run, unit_name(f),
           (double)at, (double)at_dy, (double)y[0], (double)dx[0], (double)want_y, (double)want_dx);
    for (int k = 0; k < f->arrays && want_dw; k++)
        expect(same(dw[k][0], want_dw[k]), "%s: %s(%g), dy %g: gradient %d is %a, not %a", test_run, unit_name(f),
               (double)at, (double)at_dy, k, (double)dw[k][0], (double)want_dw[k]);
}

#define DW(...) ((const float[MAX_ARRAYS]) { __VA_ARGS__ })

START_TEST(special_values)
{
    const struct unit *prelu = &units[PRELU], *srelu = &units[SRELU], *apl = &units[APL];
    const float inf = INFINITY, nan = NAN;
    w[0][0] = 0.5f;
    expect_one(prelu, 0, 3, 0, 1.5f, DW(0));
    expect_one(prelu, -0.0f, 3, -0.0f, 1.5f, DW(0));
    expect_one(prelu, inf, 3, inf, 3, DW(0));
    expect_one(prelu, -inf, 3, -inf, 1.5f, DW(-inf));
    expect_one(prelu, FLT_TRUE_MIN, 3, FLT_TRUE_MIN, 3, DW(0));
    expect_one(prelu, nan, 3, nan, nan, DW(nan));
    /* To the right f' is 1 by definition, and the weight's gradient is 0, whatever dy is. */
    expect_one(prelu, 2, inf, 2, inf, DW(0));
    expect_one(prelu, 2, nan, 2, nan, DW(0));
    expect_one(prelu, 2, -0.0f, 2, -0.0f, DW(0));
    expect_one(prelu, -2, nan, -1, nan, DW(nan));
    w[0][0] = 0;
    expect_one(prelu, -inf, 3, nan, 0, DW(-inf));
    expect_one(prelu, -2, inf, -0.0f, nan, DW(-inf));
    w[0][0] = -2;
    expect_one(prelu, -inf, 3, inf, -6, DW(-inf));
    expect_one(prelu, 0, 3, -0.0f, -6, DW(0));

    w[0][0] = -1, w[1][0] = 0.5f, w[2][0] = 1, w[3][0] = 0.25f;
    expect_one(srelu, -1, 4, -1, 2, DW(2, 0, 0, 0));
    expect_one(srelu, 1, 4, 1, 1, DW(0, 0, 3, 0));
    expect_one(srelu, -3, 4, -2, 2, DW(2, -8, 0, 0));
    expect_one(srelu, 5, 4, 2, 1, DW(0, 0, 3, 16));
    expect_one(srelu, -0.0f, 4, -0.0f, 4, DW(0, 0, 0, 0));
    expect_one(srelu, 0.5f, inf, 0.5f, inf, DW(0, 0, 0, 0));
    expect_one(srelu, 0.5f, nan, 0.5f, nan, DW(0, 0, 0, 0));
    expect_one(srelu, -3, nan, -2, nan, DW(nan, nan, 0, 0));
    expect_one(srelu, 5, inf, 2, inf, DW(0, 0, inf, inf));
    expect_one(srelu, inf, 4, inf, 1, DW(0, 0, 3, inf));
    expect_one(srelu, -inf, 4, -inf, 2, DW(2, -inf, 0, 0));
    expect_one(srelu, nan, 4, nan, nan, DW(nan, nan, nan, nan));
    w[1][0] = w[3][0] = 0;
    expect_one(srelu, -inf, 4, nan, 0, NULL);
    expect_one(srelu, inf, 4, nan, 0, NULL);
    expect_one(srelu, -3, 4, -1, 0, DW(4, -8, 0, 0));
    w[1][0] = w[3][0] = -2;
    expect_one(srelu, -inf, 4, inf, -8, NULL);
    expect_one(srelu, inf, 4, -inf, -8, NULL);
    /* If tl > tr, the left test decides. */
    w[0][0] = 2, w[1][0] = 0.5f, w[2][0] = 1, w[3][0] = 0.25f;
    expect_one(srelu, 1.5f, 4, 1.75f, 2, DW(2, -2, 0, 0));
    expect_one(srelu, 2, 4, 2, 2, DW(2, 0, 0, 0));
    expect_one(srelu, 3, 4, 1.5f, 1, DW(0, 0, 3, 8));

    w[0][0] = 0.5f, w[1][0] = 1;
    expect_one(apl, 1, 4, 1, 4, DW(0, 0));
    expect_one(apl, 0, 4, 0.5f, -2, DW(4, 2));
    expect_one(apl, -0.0f, 4, 0.5f, -2, DW(4, 2));
    expect_one(apl, -1, 4, 1, -2, DW(8, 2));
    expect_one(apl, inf, 4, inf, 4, DW(0, 0));
    expect_one(apl, -inf, 4, inf, -2, DW(inf, 2));
    expect_one(apl, 2, inf, 2, inf, DW(0, 0));
    expect_one(apl, 2, nan, 2, nan, DW(0, 0));
    expect_one(apl, nan, 4, nan, nan, DW(nan, nan));
    w[0][0] = 0;
    expect_one(apl, -inf, 4, nan, 0, DW(inf, 0));
    expect_one(apl, -1, 4, 0, 0, DW(8, 0));
    expect_one(apl, -0.0f, 4, 0, 0, DW(4, 0));
    w[0][0] = -1;
    expect_one(apl, -inf, 4, -inf, 4, DW(inf, -4));
}
END_TEST

/* Operations that equal each other, up to the sign of a zero or an ulp. */
START_TEST(identities)
{
    enum { N = 4096 };
    const struct shape s = { 1, 1, N };
    float slope[1] = { 0.01f };
    fill_tame(x, N, 1);
    w[0][0] = 0.01f;
    ck_assert_int_eq(channels_forward(&units[PRELU], s, x, y), ACTFN_OK);
    ck_assert_int_eq(actfn_forward_f32(ACTFN_LEAKY_RELU, test_mode, slope, N, x, y2), ACTFN_OK);
    ck_assert_uint_eq(first_difference(y, y2, N), N);
    ck_assert_int_eq(actfn_forward_f32(ACTFN_RELU, test_mode, NULL, N, x, y2), ACTFN_OK);
    w[0][0] = 0;
    ck_assert_int_eq(channels_forward(&units[PRELU], s, x, y), ACTFN_OK);
    w[1][0] = 0.5f;
    ck_assert_int_eq(channels_forward(&units[APL], s, x, dx), ACTFN_OK);
    for (size_t i = 0; i < N; i++)
        expect(y[i] == y2[i] && dx[i] == y2[i], "%s: %a: prelu(0) %a, apl(0) %a", test_run, (double)x[i], (double)y[i],
               (double)dx[i]);
    w[0][0] = -1, w[1][0] = 1, w[2][0] = 0.75f, w[3][0] = 1;
    ck_assert_int_eq(channels_forward(&units[SRELU], s, x, y), ACTFN_OK);
    w[0][0] = 0, w[1][0] = 0.01f, w[2][0] = 1;
    ck_assert_int_eq(channels_forward(&units[SRELU], s, x, dx), ACTFN_OK);
    ck_assert_int_eq(actfn_forward_f32(ACTFN_LEAKY_RELU, test_mode, slope, N, x, y2), ACTFN_OK);
    for (size_t i = 0; i < N; i++)
        expect(ulp_error(y[i], (double)x[i], 0) <= 1 && ulp_error(dx[i], (double)y2[i], 0) <= 1,
               "%s: srelu(%a): %a, %a", test_run, (double)x[i], (double)y[i], (double)dx[i]);
}
END_TEST

/* Elements in both layouts, and gradients of single elements. */
START_TEST(error_is_within_the_bounds)
{
    const struct unit *f = &units[_i];
    const struct actfn_op_info *info = actfn_op_info(f->op);
    const double terms = (double)f->terms + 1;
    const double bound = f->op == ACTFN_APL ? terms : (double)forward_bound(info->op);
    const double bound_dx = f->op == ACTFN_APL ? terms : (double)backward_bound(info->op);
    struct floats list = { x, MOST, 0 };
    floats_sample(&list, light() ? 4194301 : 131071, light() ? 524287 : 16381);
    const struct shape s = { list.count / 24 / 7, 24, 7 };
    for (size_t i = 0; i < list.count; i++)
        dy[i] = 1;
    fill_weights(f, s.channels);
    ck_assert_int_eq(channels_forward(f, s, x, y), ACTFN_OK);
    ck_assert_int_eq(channels_backward(f, s, x, dy, dx, NULL), ACTFN_OK);
    for (size_t i = 0; i < size_of(s); i++) {
        double p[MAX_ARRAYS][MAX_TERMS];
        if (isinf(x[i]))
            continue;
        weights_of(f, s.channels, i / s.inner % s.channels, p);
        const struct element e = element_at(f, (double)x[i], p);
        if (f->op == ACTFN_SRELU && (x[i] <= (float)p[0][0] || x[i] >= (float)p[2][0])) {
            /* Here the bits are those of the specification's evaluation. */
            const int k = x[i] <= (float)p[0][0] ? 0 : 2;
            const float t = (float)p[k][0], by_fma = fmaf((float)p[k + 1][0], x[i] - t, t);
            expect(!has_fma() || same(y[i], by_fma), "%s: srelu(%a) is %a, not %a", test_run, (double)x[i],
                   (double)y[i], (double)by_fma);
        }
        const bool cancels = f->op != ACTFN_PRELU;
        const double error = ulp_error(y[i], e.f, cancels ? e.f_terms * 0x1p-24 : 0);
        const double error_dx = ulp_error(dx[i], e.df, cancels ? e.df_terms * 0x1p-24 : 0);
        expect(fabs(e.f_terms) >= 0x1p128 || error <= bound, "%s: %s(%a) is %a, exactly %.17g: %g ulp", test_run,
               info->name, (double)x[i], (double)y[i], e.f, error);
        expect(error_dx <= bound_dx, "%s: %s'(%a) is %a, exactly %.17g: %g ulp", test_run, info->name, (double)x[i],
               (double)dx[i], e.df, error_dx);
    }
}
END_TEST

/* ---- NaN ------------------------------------------------------------------------------------------------------- */

/* A NaN makes NaN in y and dx at its own place, in all gradients of its channel, and nowhere else. */
START_TEST(nan_in_every_place)
{
    const struct unit *f = &units[_i];
    const struct shape all[] = { { 3, 5, 1 }, { 2, 19, 1 }, { 2, 34, 1 }, { 2, 3, 5 }, { 1, 2, 19 }, { 2, 1, 35 } };
    for (int k = 0; k < 6; k++) {
        const struct shape s = all[k];
        const size_t n = size_of(s), count = f->terms * s.channels;
        fill_weights(f, s.channels);
        fill_tame(x, n, 31);
        fill_tame(dy, n, 32);
        ck_assert_int_eq(channels_forward(f, s, x, y2), ACTFN_OK);
        ck_assert_int_eq(channels_backward(f, s, x, dy, dx2, dweights2), ACTFN_OK);
        for (size_t at = 0; at < n; at++)
            for (int sign = 0; sign < 2; sign++) {
                const size_t c = at / s.inner % s.channels;
                const float was = x[at];
                x[at] = sign ? -NAN : NAN;
                ck_assert_int_eq(channels_forward(f, s, x, y), ACTFN_OK);
                ck_assert_int_eq(channels_backward(f, s, x, dy, dx, dweights), ACTFN_OK);
                expect(isnan(y[at]) && isnan(dx[at]), "%s: %s: a NaN at %zu is %g, %g", test_run, unit_name(f), at,
                       (double)y[at], (double)dx[at]);
                y[at] = y2[at], dx[at] = dx2[at];
                expect_equal(f, s, "y beside a NaN", n, y, y2);
                expect_equal(f, s, "dx beside a NaN", n, dx, dx2);
                for (int j = 0; j < f->arrays; j++) {
                    for (size_t t = 0; t < f->terms; t++) {
                        expect(isnan(dw[j][t * s.channels + c]), "%s: %s: a NaN at %zu, gradient %d is %g", test_run,
                               unit_name(f), at, j, (double)dw[j][t * s.channels + c]);
                        dw[j][t * s.channels + c] = dw2[j][t * s.channels + c];
                    }
                    expect_equal(f, s, "gradients beside a NaN", count, dw[j], dw2[j]);
                }
                x[at] = was;
            }
    }
}
END_TEST

/* ---- from the output ------------------------------------------------------------------------------------------- */

START_TEST(from_output)
{
    const struct unit *prelu = &units[PRELU];
    for (int k = 0; k < SHAPES; k++) {
        const struct shape s = shapes[k];
        const size_t n = size_of(s);
        fill_weights(prelu, s.channels);
        for (size_t c = 0; c < s.channels; c++)
            w[0][c] = fabsf(w[0][c]) + 0x1p-3f;
        fill_inputs(x, n, 35);
        for (size_t i = 0; i < n; i++)
            x[i] = x[i] > -0x1p-120f && x[i] < 0 ? -1 : x[i]; /* a x must not be 0 */
        fill_inputs(dy, n, 36);
        ck_assert_int_eq(channels_backward(prelu, s, x, dy, dx, NULL), ACTFN_OK);
        ck_assert_int_eq(channels_forward(prelu, s, x, x), ACTFN_OK);
        ck_assert_int_eq(prelu_from_output(s, x, dy, dx2), ACTFN_OK);
        expect_equal(prelu, s, "dx from y", n, dx2, dx);
        w[0][scramble((uint64_t)k) % s.channels] = -0.0f; /* is not negative */
        ck_assert_int_eq(prelu_from_output(s, x, dy, dx), ACTFN_OK);
    }
}
END_TEST

Suite *channels_suite(void)
{
    Suite *suite = suite_create("channels");
    TCase *tcase = tcase_create("channels");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, golden_values);
    tcase_add_test(tcase, special_values);
    tcase_add_test(tcase, identities);
    tcase_add_loop_test(tcase, error_is_within_the_bounds, 0, UNITS);
    tcase_add_loop_test(tcase, nan_in_every_place, 0, UNITS);
    tcase_add_test(tcase, from_output);
    suite_add_tcase(suite, tcase);
    return suite;
}
