/* SPDX-License-Identifier: MIT */
/* The channels family: values, errors, layouts, sums, bits, aliasing and bad arguments of prelu, srelu and apl. */
#include "expect.h"
#include "floats.h"
#include "suites.h"
#include "support.h"

#include <errno.h>
#include <fenv.h>
#include <float.h>
#include <limits.h>
#include <stdlib.h>

enum { MAX_ARRAYS = 4, MAX_TERMS = 5 };

static const struct unit {
    actfn_op op;
    int arrays;
    size_t terms;
} units[] = { { ACTFN_PRELU, 1, 1 }, { ACTFN_SRELU, 4, 1 }, { ACTFN_APL, 2, 1 }, { ACTFN_APL, 2, MAX_TERMS } };
enum { UNITS = sizeof units / sizeof units[0] };

static const char *name_of(const struct unit *f) { return actfn_op_info(f->op)->name; }

/* ---- what they should give ------------------------------------------------------------------------------------- */

/* One element with the weights w[array][term]: values, the sum of the magnitudes of their terms, and d f / d w. */
struct element {
    double f, df, f_terms, df_terms;
    double dw[MAX_ARRAYS][MAX_TERMS];
};

static struct element prelu_at(double x, double w[MAX_ARRAYS][MAX_TERMS])
{
    struct element e = { 0 };
    e.f = x > 0 ? x : w[0][0] * x;
    e.df = x > 0 ? 1 : w[0][0];
    e.dw[0][0] = x > 0 ? 0 : x;
    e.f_terms = fabs(e.f);
    e.df_terms = fabs(e.df);
    return e;
}

static struct element srelu_at(double x, double w[MAX_ARRAYS][MAX_TERMS])
{
    struct element e = { .f = x, .df = 1, .f_terms = fabs(x), .df_terms = 1 };
    const int side = x <= w[0][0] ? 0 : x >= w[2][0] ? 2 : -1;
    if (side < 0)
        return e;
    const double t = w[side][0], a = w[side + 1][0];
    e.f = t + a * (x - t);
    e.f_terms = fabs(t) + fabs(a * (x - t));
    e.df = a;
    e.df_terms = fabs(a);
    e.dw[side][0] = 1 - a;
    e.dw[side + 1][0] = x - t;
    return e;
}

static struct element apl_at(double x, double w[MAX_ARRAYS][MAX_TERMS], size_t terms)
{
    struct element e = { .f = x > 0 ? x : 0, .df = x > 0, .f_terms = x > 0 ? x : 0, .df_terms = x > 0 };
    for (size_t s = 0; s < terms; s++) {
        const double a = w[0][s], b = w[1][s];
        if (b > x) {
            e.f += a * (b - x);
            e.f_terms += fabs(a * (b - x));
            e.df -= a;
            e.df_terms += fabs(a);
            e.dw[0][s] = b - x;
            e.dw[1][s] = a;
        }
    }
    return e;
}

static struct element element_at(const struct unit *f, double x, double w[MAX_ARRAYS][MAX_TERMS])
{
    return f->op == ACTFN_PRELU ? prelu_at(x, w) : f->op == ACTFN_SRELU ? srelu_at(x, w) : apl_at(x, w, f->terms);
}

/* ---- tensors ----------------------------------------------------------------------------------------------------- */

enum { MOST = 1 << 17, MOST_CHANNELS = 80, MOST_WEIGHTS = MAX_TERMS * MOST_CHANNELS };
static float x[MOST], dy[MOST], y[MOST], dx[MOST], x2[MOST], dy2[MOST], y2[MOST], dx2[MOST];
static float w[MAX_ARRAYS][MOST_WEIGHTS], dw[MAX_ARRAYS][MOST_WEIGHTS], dw2[MAX_ARRAYS][MOST_WEIGHTS];
static const float *const weights[] = { w[0], w[1], w[2], w[3] };
static float *const dweights[] = { dw[0], dw[1], dw[2], dw[3] }, *const dweights2[] = { dw2[0], dw2[1], dw2[2],
                                                                                        dw2[3] };

struct shape {
    size_t outer, channels, inner;
};

static size_t size_of(struct shape s) { return s.outer * s.channels * s.inner; }

static actfn_status forward(const struct unit *f, struct shape s, const float *from, float *to)
{
    return actfn_channels_forward_f32(f->op, test_mode, s.outer, s.channels, s.inner, f->terms, weights, from,
                                      to);
}

static actfn_status backward(const struct unit *f, struct shape s, const float *from, const float *from_dy, float *to,
                             float *const *gradients)
{
    return actfn_channels_backward_f32(f->op, test_mode, s.outer, s.channels, s.inner, f->terms, weights, from,
                                       from_dy, to, gradients);
}

/* Weights such that every branch is taken, different for each channel; tr below tl in some. */
static void fill_weights(const struct unit *f, size_t channels)
{
    for (int k = 0; k < f->arrays; k++)
        for (size_t i = 0; i < f->terms * channels; i++) {
            const float unit = (float)(scramble((uint64_t)k << 40 ^ i) & 0xffff) * 0x1p-15f - 1;
            w[k][i] = f->op != ACTFN_SRELU || k % 2 ? unit : unit + (k ? 1.75f : -1.5f);
        }
}

static void weights_of(const struct unit *f, size_t channels, size_t c, double out[MAX_ARRAYS][MAX_TERMS])
{
    for (int k = 0; k < f->arrays; k++)
        for (size_t s = 0; s < f->terms; s++)
            out[k][s] = (double)w[k][s * channels + c];
}

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

/* The golden vectors, and the values worked out beside the definitions. */
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

/* One element, y and dx for dy = 3, and the gradients. */
static void expect_one(const struct unit *f, float at, float at_dy, float want_y, float want_dx, const float *want_dw)
{
    const struct shape s = { 1, 1, 1 };
    ck_assert_int_eq(forward(f, s, &at, y), ACTFN_OK);
    ck_assert_int_eq(backward(f, s, &at, &at_dy, dx, dweights), ACTFN_OK);
    expect(same(y[0], want_y) && same(dx[0], want_dx), "%s: %s(%g), dy %g: %a, %a, not %a, %a", test_run, name_of(f),
           (double)at, (double)at_dy, (double)y[0], (double)dx[0], (double)want_y, (double)want_dx);
    for (int k = 0; k < f->arrays && want_dw; k++)
        expect(same(dw[k][0], want_dw[k]), "%s: %s(%g), dy %g: gradient %d is %a, not %a", test_run, name_of(f),
               (double)at, (double)at_dy, k, (double)dw[k][0], (double)want_dw[k]);
}

#define DW(...) ((const float[MAX_ARRAYS]) { __VA_ARGS__ })

START_TEST(special_values)
{
    const struct unit *prelu = &units[0], *srelu = &units[1], *apl = &units[2];
    const float inf = INFINITY, nan = NAN;
    w[0][0] = 0.5f;
    expect_one(prelu, 0, 3, 0, 1.5f, DW(0));
    expect_one(prelu, -0.0f, 3, -0.0f, 1.5f, DW(0));
    expect_one(prelu, inf, 3, inf, 3, DW(0));
    expect_one(prelu, -inf, 3, -inf, 1.5f, DW(-inf));
    expect_one(prelu, FLT_TRUE_MIN, 3, FLT_TRUE_MIN, 3, DW(0));
    expect_one(prelu, nan, 3, nan, nan, DW(nan));
    /* One by definition to the right, and no say of the weight there, whatever dy is. */
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
    /* tl > tr: the left test decides. */
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

/* What one is of another: up to the sign of a zero, or an ulp. */
START_TEST(identities)
{
    enum { N = 4096 };
    const struct shape s = { 1, 1, N };
    float slope[1] = { 0.01f };
    fill_tame(x, N, 1);
    w[0][0] = 0.01f;
    ck_assert_int_eq(forward(&units[0], s, x, y), ACTFN_OK);
    ck_assert_int_eq(actfn_forward_f32(ACTFN_LEAKY_RELU, test_mode, slope, N, x, y2), ACTFN_OK);
    ck_assert_uint_eq(first_difference(y, y2, N), N);
    ck_assert_int_eq(actfn_forward_f32(ACTFN_RELU, test_mode, NULL, N, x, y2), ACTFN_OK);
    w[0][0] = 0;
    ck_assert_int_eq(forward(&units[0], s, x, y), ACTFN_OK);
    w[1][0] = 0.5f;
    ck_assert_int_eq(forward(&units[2], s, x, dx), ACTFN_OK);
    for (size_t i = 0; i < N; i++)
        expect(y[i] == y2[i] && dx[i] == y2[i], "%s: %a: prelu(0) %a, apl(0) %a", test_run, (double)x[i], (double)y[i],
               (double)dx[i]);
    w[0][0] = -1, w[1][0] = 1, w[2][0] = 0.75f, w[3][0] = 1;
    ck_assert_int_eq(forward(&units[1], s, x, y), ACTFN_OK);
    w[0][0] = 0, w[1][0] = 0.01f, w[2][0] = 1;
    ck_assert_int_eq(forward(&units[1], s, x, dx), ACTFN_OK);
    ck_assert_int_eq(actfn_forward_f32(ACTFN_LEAKY_RELU, test_mode, slope, N, x, y2), ACTFN_OK);
    for (size_t i = 0; i < N; i++)
        expect(ulp_error(y[i], (double)x[i], 0) <= 1 && ulp_error(dx[i], (double)y2[i], 0) <= 1,
               "%s: srelu(%a): %a, %a", test_run, (double)x[i], (double)y[i], (double)dx[i]);
}
END_TEST

/* Elements in both layouts, gradients of single elements. */
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
    ck_assert_int_eq(forward(f, s, x, y), ACTFN_OK);
    ck_assert_int_eq(backward(f, s, x, dy, dx, NULL), ACTFN_OK);
    for (size_t i = 0; i < size_of(s); i++) {
        double p[MAX_ARRAYS][MAX_TERMS];
        if (isinf(x[i]))
            continue;
        weights_of(f, s.channels, i / s.inner % s.channels, p);
        const struct element e = element_at(f, (double)x[i], p);
        if (f->op == ACTFN_SRELU && (x[i] <= (float)p[0][0] || x[i] >= (float)p[2][0])) {
            /* Its evaluation is the specification's. */
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

/* ---- layouts --------------------------------------------------------------------------------------------------- */

static const struct shape shapes[] = {
    { 1, 1, 1 },   { 1, 1, 67 },   { 67, 1, 1 },   { 3, 1, 19 },  { 1, 5, 1 },   { 2, 16, 1 },    { 5, 3, 2 },
    { 7, 7, 3 },   { 4, 17, 5 },   { 3, 33, 15 },  { 2, 31, 16 }, { 3, 4, 17 },  { 9, 8, 49 },    { 2, 3, 4097 },
    { 90, 3, 49 }, { 4096, 5, 1 }, { 1, 2, 4096 }, { 17, 80, 1 }, { 33, 64, 7 }, { 4099, 17, 1 }, { 9000, 3, 2 },
};
enum { SHAPES = sizeof shapes / sizeof shapes[0] };

static void expect_equal(const struct unit *f, struct shape s, const char *what, size_t n, const float *got,
                         const float *wanted)
{
    const size_t at = first_difference(got, wanted, n);
    expect(at == n, "%s: %s (%zu, %zu, %zu), %zu terms: %s: %zu is %a, not %a", test_run, name_of(f), s.outer,
           s.channels, s.inner, f->terms, what, at, (double)got[at], (double)wanted[at]);
}

/* to[(o, i), c] = from[o, c, i] */
static void transpose(struct shape s, const float *from, float *to)
{
    for (size_t o = 0; o < s.outer; o++)
        for (size_t c = 0; c < s.channels; c++)
            for (size_t i = 0; i < s.inner; i++)
                to[(o * s.inner + i) * s.channels + c] = from[(o * s.channels + c) * s.inner + i];
}

/* Channels first, channels last and every channel alone: y, dx and the gradients have the same bits. */
START_TEST(layouts)
{
    const struct unit *f = &units[_i];
    for (int k = 0; k < SHAPES; k++) {
        const struct shape s = shapes[k], last = { s.outer * s.inner, s.channels, 1 };
        const size_t n = size_of(s), count = f->terms * s.channels;
        fill_weights(f, s.channels);
        fill_tame(x, n, 11);
        fill_tame(dy, n, 12);
        ck_assert_int_eq(forward(f, s, x, y), ACTFN_OK);
        ck_assert_int_eq(backward(f, s, x, dy, dx, dweights), ACTFN_OK);
        transpose(s, x, x2);
        transpose(s, dy, dy2);
        ck_assert_int_eq(forward(f, last, x2, y2), ACTFN_OK);
        ck_assert_int_eq(backward(f, last, x2, dy2, dx2, dweights2), ACTFN_OK);
        for (int j = 0; j < f->arrays; j++)
            expect_equal(f, s, "a weight's gradient, channels last", count, dw2[j], dw[j]);
        static float turned[MOST];
        transpose(s, y, turned);
        expect_equal(f, s, "y, channels last", n, y2, turned);
        transpose(s, dx, turned);
        expect_equal(f, s, "dx, channels last", n, dx2, turned);

        for (size_t c = 0; c < s.channels; c++) {
            float own[MAX_ARRAYS][MAX_TERMS], down[MAX_ARRAYS][MAX_TERMS];
            const float *const own_w[] = { own[0], own[1], own[2], own[3] };
            float *const own_dw[] = { down[0], down[1], down[2], down[3] };
            for (int j = 0; j < f->arrays; j++)
                for (size_t t = 0; t < f->terms; t++)
                    own[j][t] = w[j][t * s.channels + c];
            for (size_t o = 0; o < s.outer; o++)
                for (size_t i = 0; i < s.inner; i++) {
                    x2[o * s.inner + i] = x[(o * s.channels + c) * s.inner + i];
                    dy2[o * s.inner + i] = dy[(o * s.channels + c) * s.inner + i];
                }
            ck_assert_int_eq(
                actfn_channels_backward_f32(f->op, test_mode, 1, 1, last.outer, f->terms, own_w, x2, dy2, dx2, own_dw),
                ACTFN_OK);
            ck_assert_int_eq(actfn_channels_forward_f32(f->op, test_mode, last.outer, 1, 1, f->terms, own_w, x2, y2),
                             ACTFN_OK);
            for (size_t o = 0; o < s.outer; o++) {
                expect_equal(f, s, "a channel alone", s.inner, y2 + o * s.inner, y + (o * s.channels + c) * s.inner);
                expect_equal(f, s, "a channel's dx", s.inner, dx2 + o * s.inner, dx + (o * s.channels + c) * s.inner);
            }
            for (int j = 0; j < f->arrays; j++)
                for (size_t t = 0; t < f->terms; t++)
                    expect_equal(f, s, "a channel's gradient", 1, &down[j][t], &dw[j][t * s.channels + c]);
        }
    }
}
END_TEST

/* ---- sums ------------------------------------------------------------------------------------------------------ */

static void expect_sums(const struct unit *f, struct shape s)
{
    ck_assert_int_eq(backward(f, s, x, dy, NULL, dweights), ACTFN_OK);
    for (size_t c = 0; c < s.channels; c++) {
        double p[MAX_ARRAYS][MAX_TERMS], sum[MAX_ARRAYS][MAX_TERMS] = { { 0 } },
                                         terms[MAX_ARRAYS][MAX_TERMS] = { { 0 } };
        weights_of(f, s.channels, c, p);
        for (size_t o = 0; o < s.outer; o++)
            for (size_t i = 0; i < s.inner; i++) {
                const size_t at = (o * s.channels + c) * s.inner + i;
                const struct element e = element_at(f, (double)x[at], p);
                for (int k = 0; k < f->arrays; k++)
                    for (size_t t = 0; t < f->terms; t++) {
                        sum[k][t] += (double)dy[at] * e.dw[k][t];
                        terms[k][t] += fabs((double)dy[at] * e.dw[k][t]);
                    }
            }
        for (int k = 0; k < f->arrays; k++)
            for (size_t t = 0; t < f->terms; t++) {
                const double error = fabs((double)dw[k][t * s.channels + c] - sum[k][t]);
                expect(error <= 0x1p-21 * terms[k][t] + 0x1p-149,
                       "%s: %s (%zu, %zu, %zu): gradient %d of channel %zu is off by %g of %g", test_run, name_of(f),
                       s.outer, s.channels, s.inner, k, c, error, terms[k][t]);
            }
    }
}

START_TEST(sums_of_every_shape)
{
    const struct unit *f = &units[_i];
    fill_tame(x, MOST, 21);
    fill_tame(dy, MOST, 22);
    for (int k = 0; k < SHAPES; k++) {
        fill_weights(f, shapes[k].channels);
        expect_sums(f, shapes[k]);
    }
    /* All of one sign and hardly different: where a plain sum loses most. */
    for (size_t i = 0; i < MOST; i++) {
        x[i] = -3 - (float)(scramble(i) & 0xffff) * 0x1p-18f;
        dy[i] = 1 + (float)(scramble(~i) & 0xffff) * 0x1p-20f;
    }
    const struct shape large[] = { { MOST, 1, 1 }, { MOST / 2, 2, 1 }, { 1, 1, MOST }, { 64, 2, MOST / 128 } };
    for (int k = 0; k < 4; k++) {
        fill_weights(f, large[k].channels);
        expect_sums(f, large[k]);
    }
}
END_TEST

/* 2^24 equal terms, whose sum is known: in a plain float it would stop growing. */
START_TEST(sums_of_many_terms)
{
    const size_t n = (size_t)1 << (lightest() ? 17 : light() ? 20 : 24);
    float *many = malloc(n * sizeof *many), *many_dy = malloc(n * sizeof *many_dy);
    ck_assert(many && many_dy);
    for (size_t i = 0; i < n; i++)
        many[i] = -1.1f, many_dy[i] = 1;
    w[0][0] = w[0][1] = 0.25f;
    const struct shape split[] = { { n, 1, 1 }, { n / 2, 2, 1 }, { 2, 2, n / 4 } };
    for (int k = 0; k < 3; k++) {
        ck_assert_int_eq(backward(&units[0], split[k], many, many_dy, NULL, dweights), ACTFN_OK);
        const double exact = (double)-1.1f * (double)(n / split[k].channels);
        for (size_t c = 0; c < split[k].channels; c++)
            expect(fabs((double)dw[0][c] - exact) <= -0x1p-21 * exact, "%s: %g, not %g", test_run, (double)dw[0][c],
                   exact);
    }
    free(many);
    free(many_dy);
}
END_TEST

START_TEST(nothing_to_sum)
{
    const struct unit *f = &units[_i];
    const struct shape empty[] = { { 0, 9, 3 }, { 3, 9, 0 }, { 0, 9, 0 }, { 0, 9, SIZE_MAX }, { SIZE_MAX, 9, 0 } };
    const float *const none[] = { NULL, NULL, NULL, NULL };
    const size_t count = 9 * f->terms;
    for (int k = 0; k < 5; k++)
        for (int way = 0; way < 3; way++) {
            const struct shape s = empty[k];
            fill_weights(f, 9);
            for (int j = 0; j < MAX_ARRAYS; j++)
                fill_canary(dw[j], dw[j] + MOST_WEIGHTS);
            const float *const *given = way == 0 ? weights : way == 1 ? none : NULL;
            ck_assert_int_eq(actfn_channels_backward_f32(f->op, test_mode, s.outer, s.channels, s.inner, f->terms,
                                                         given, NULL, NULL, NULL, dweights),
                             ACTFN_OK);
            for (int j = 0; j < f->arrays; j++) {
                for (size_t i = 0; i < count; i++)
                    ck_assert_uint_eq(bits_of(dw[j][i]), 0);
                ck_assert(canary_intact(dw[j] + count, dw[j] + MOST_WEIGHTS));
            }
            for (int j = f->arrays; j < MAX_ARRAYS; j++)
                ck_assert(canary_intact(dw[j], dw[j] + MOST_WEIGHTS));
            fill_canary(y, y + 100);
            ck_assert_int_eq(
                actfn_channels_forward_f32(f->op, test_mode, s.outer, s.channels, s.inner, f->terms, given, NULL, y),
                ACTFN_OK);
            ck_assert(canary_intact(y, y + 100));
        }
    /* No channels: no weights and no gradients either. */
    ck_assert_int_eq(
        actfn_channels_backward_f32(f->op, test_mode, 3, 0, 3, f->terms, NULL, NULL, NULL, NULL, dweights), ACTFN_OK);
    ck_assert_int_eq(actfn_channels_forward_f32(f->op, test_mode, 3, 0, 3, f->terms, NULL, NULL, NULL), ACTFN_OK);
}
END_TEST

/* ---- NaN ------------------------------------------------------------------------------------------------------- */

/* In y and dx at its place, in all gradients of its channel, and nowhere else. */
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
        ck_assert_int_eq(forward(f, s, x, y2), ACTFN_OK);
        ck_assert_int_eq(backward(f, s, x, dy, dx2, dweights2), ACTFN_OK);
        for (size_t at = 0; at < n; at++)
            for (int sign = 0; sign < 2; sign++) {
                const size_t c = at / s.inner % s.channels;
                const float was = x[at];
                x[at] = sign ? -NAN : NAN;
                ck_assert_int_eq(forward(f, s, x, y), ACTFN_OK);
                ck_assert_int_eq(backward(f, s, x, dy, dx, dweights), ACTFN_OK);
                expect(isnan(y[at]) && isnan(dx[at]), "%s: %s: a NaN at %zu is %g, %g", test_run, name_of(f), at,
                       (double)y[at], (double)dx[at]);
                y[at] = y2[at], dx[at] = dx2[at];
                expect_equal(f, s, "y beside a NaN", n, y, y2);
                expect_equal(f, s, "dx beside a NaN", n, dx, dx2);
                for (int j = 0; j < f->arrays; j++) {
                    for (size_t t = 0; t < f->terms; t++) {
                        expect(isnan(dw[j][t * s.channels + c]), "%s: %s: a NaN at %zu, gradient %d is %g", test_run,
                               name_of(f), at, j, (double)dw[j][t * s.channels + c]);
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
    const struct unit *prelu = &units[0];
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
        ck_assert_int_eq(backward(prelu, s, x, dy, dx, NULL), ACTFN_OK);
        ck_assert_int_eq(forward(prelu, s, x, x), ACTFN_OK);
        ck_assert_int_eq(actfn_channels_backward_from_output_f32(ACTFN_PRELU, test_mode, s.outer, s.channels, s.inner,
                                                                 1, weights, x, dy, dx2),
                         ACTFN_OK);
        expect_equal(prelu, s, "dx from y", n, dx2, dx);
        ck_assert_int_eq(actfn_channels_backward_from_output_f32(ACTFN_PRELU, test_mode, s.outer, s.channels, s.inner,
                                                                 1, weights, x, dy, x),
                         ACTFN_OK);
        expect_equal(prelu, s, "dx from y, on y", n, x, dx);
        /* One negative slope is enough. */
        const size_t c = scramble((uint64_t)k) % s.channels;
        w[0][c] = -FLT_TRUE_MIN;
        fill_canary(dx, dx + n);
        ck_assert_int_eq(actfn_channels_backward_from_output_f32(ACTFN_PRELU, test_mode, s.outer, s.channels, s.inner,
                                                                 1, weights, x, dy, dx),
                         ACTFN_ERR_NOT_OFFERED);
        ck_assert(canary_intact(dx, dx + n));
        w[0][c] = -0.0f;
        ck_assert_int_eq(actfn_channels_backward_from_output_f32(ACTFN_PRELU, test_mode, s.outer, s.channels, s.inner,
                                                                 1, weights, x, dy, dx),
                         ACTFN_OK);
    }
    for (int k = 1; k < UNITS; k++)
        for (size_t n = 0; n < 2; n++)
            ck_assert_int_eq(actfn_channels_backward_from_output_f32(units[k].op, test_mode, 1, 1, n, units[k].terms,
                                                                     weights, x, dy, dx),
                             ACTFN_ERR_NOT_OFFERED);
}
END_TEST

/* ---- bits ------------------------------------------------------------------------------------------------------ */

START_TEST(same_bits_everywhere)
{
    const struct unit *f = &units[_i];
    const char *other;
    for (int k = 0; k < SHAPES; k++) {
        const struct shape s = shapes[k];
        const size_t n = size_of(s);
        fill_weights(f, s.channels);
        for (int tame = 0; tame < 2; tame++) {
            (tame ? fill_tame : fill_inputs)(x, n, 51);
            (tame ? fill_tame : fill_inputs)(dy, n, 52);
            ck_assert_int_eq(forward(f, s, x, y), ACTFN_OK);
            ck_assert_int_eq(backward(f, s, x, dy, dx, dweights), ACTFN_OK);
            for (int i = 0; test_mode == ACTFN_REPRODUCIBLE && has_fma() && (other = actfn_isa_at(i)); i++) {
                if (!actfn_isa_available(other))
                    continue;
                ck_assert_int_eq(actfn_isa_select(other), ACTFN_OK);
                ck_assert_int_eq(forward(f, s, x, y2), ACTFN_OK);
                ck_assert_int_eq(backward(f, s, x, dy, dx2, dweights2), ACTFN_OK);
                ck_assert_int_eq(actfn_isa_select(test_isa), ACTFN_OK);
                expect_equal(f, s, other, n, y2, y);
                expect_equal(f, s, other, n, dx2, dx);
                for (int j = 0; j < f->arrays; j++)
                    expect_equal(f, s, other, f->terms * s.channels, dw2[j], dw[j]);
            }
        }
    }
}
END_TEST

/* ---- memory ---------------------------------------------------------------------------------------------------- */

static float *placed(struct guarded pages, bool at_end, size_t n, const float *from)
{
    float *p = at_end ? pages.end - n : pages.begin;
    if (from)
        memcpy(p, from, n * sizeof *p);
    else
        fill_canary(pages.begin, pages.end);
    return p;
}

static void expect_beside(struct guarded pages, const float *p, size_t n)
{
    expect(canary_intact(pages.begin, p) && canary_intact(p + n, pages.end), "%s: wrote beside a result", test_run);
}

/* Every buffer between pages that fault; every gradient asked for, or some. */
START_TEST(nothing_outside_is_touched)
{
    static struct guarded xs, dys, ys, dxs, ws[MAX_ARRAYS], dws[MAX_ARRAYS];
    xs = guarded_pages(), dys = guarded_pages(), ys = guarded_pages(), dxs = guarded_pages();
    for (int k = 0; k < MAX_ARRAYS; k++)
        ws[k] = guarded_pages(), dws[k] = guarded_pages();
    const struct unit *f = &units[_i];
    for (size_t channels = 1; channels <= 67; channels += lightest() ? 13 : light() ? 7 : channels < 20 ? 1 : 3)
        for (size_t inner = 1; inner <= 35 && channels * inner <= 500; inner += inner < 5 ? 1 : 6)
            for (size_t outer = 1; outer <= 2; outer++) {
                const struct shape s = { outer, channels, inner };
                const size_t n = size_of(s), count = channels * f->terms;
                fill_weights(f, channels);
                fill_tame(x, n, 61);
                fill_tame(dy, n, 62);
                ck_assert_int_eq(forward(f, s, x, y2), ACTFN_OK);
                ck_assert_int_eq(backward(f, s, x, dy, dx2, dweights2), ACTFN_OK);
                for (int end = 0; end < 2; end++) {
                    const float *own_w[MAX_ARRAYS] = { 0 };
                    float *own_dw[MAX_ARRAYS] = { 0 };
                    for (int k = 0; k < f->arrays; k++) {
                        own_w[k] = placed(ws[k], end, count, w[k]);
                        if ((inner + channels) % 7 != (size_t)k)
                            own_dw[k] = placed(dws[k], end, count, NULL);
                    }
                    const float *at_x = placed(xs, end, n, x), *at_dy = placed(dys, end, n, dy);
                    float *at_y = placed(ys, end, n, NULL), *at_dx = placed(dxs, end, n, NULL);
                    ck_assert_int_eq(actfn_channels_forward_f32(f->op, test_mode, outer, channels, inner, f->terms,
                                                                own_w, at_x, at_y),
                                     ACTFN_OK);
                    ck_assert_int_eq(actfn_channels_backward_f32(f->op, test_mode, outer, channels, inner, f->terms,
                                                                 own_w, at_x, at_dy, n % 5 == 4 ? NULL : at_dx, own_dw),
                                     ACTFN_OK);
                    expect_equal(f, s, "y", n, at_y, y2);
                    expect_beside(ys, at_y, n);
                    const size_t written = n % 5 == 4 ? 0 : n;
                    expect_equal(f, s, "dx", written, at_dx, dx2);
                    expect_beside(dxs, at_dx, written);
                    for (int k = 0; k < f->arrays; k++) {
                        if (own_dw[k]) {
                            expect_equal(f, s, "a gradient", count, own_dw[k], dw2[k]);
                            expect_beside(dws[k], own_dw[k], count);
                        }
                        expect(memcmp(own_w[k], w[k], count * sizeof(float)) == 0, "wrote to a weight");
                    }
                    expect(memcmp(at_x, x, n * sizeof *x) == 0 && memcmp(at_dy, dy, n * sizeof *dy) == 0,
                           "wrote to an input");
                }
            }
}
END_TEST

/* The gradients come of x and dy as they were. */
START_TEST(in_place)
{
    const struct unit *f = &units[_i];
    for (int k = 0; k < SHAPES; k++) {
        const struct shape s = shapes[k];
        const size_t n = size_of(s), count = f->terms * s.channels;
        fill_weights(f, s.channels);
        fill_tame(x, n, 71);
        fill_tame(dy, n, 72);
        ck_assert_int_eq(forward(f, s, x, y), ACTFN_OK);
        ck_assert_int_eq(backward(f, s, x, dy, dx, dweights), ACTFN_OK);
        for (int way = 0; way < 3; way++) {
            memcpy(x2, x, n * sizeof *x);
            memcpy(dy2, dy, n * sizeof *dy);
            if (way == 0) {
                ck_assert_int_eq(forward(f, s, x2, x2), ACTFN_OK);
                expect_equal(f, s, "y on x", n, x2, y);
                continue;
            }
            float *out = way == 1 ? x2 : dy2;
            ck_assert_int_eq(backward(f, s, x2, dy2, out, dweights2), ACTFN_OK);
            expect_equal(f, s, way == 1 ? "dx on x" : "dx on dy", n, out, dx);
            for (int j = 0; j < f->arrays; j++)
                expect_equal(f, s, "a gradient, dx in place", count, dw2[j], dw[j]);
        }
    }
}
END_TEST

/* ---- bad arguments --------------------------------------------------------------------------------------------- */

struct attempt {
    int op, mode;
    size_t outer, channels, inner, terms;
    const float *const *weights;
    const float *x, *dy;
    float *out;
    float *const *dweights;
};

enum { ROOM = 96 };
static float arena[ROOM];

/* Both entries, and the third where it is offered; nothing in the arena may change where they refuse. */
static void expect_status(actfn_status status, const char *what, struct attempt a)
{
    static float before[ROOM], own[ROOM];
    memcpy(before, arena, sizeof arena);
    fill_canary(own, own + ROOM);
    float *out = a.out ? a.out : own;
    const actfn_op op = (actfn_op)a.op;
    const actfn_mode mode = (actfn_mode)a.mode;
    const actfn_status got[] = {
        a.dy && !a.dweights
            ? actfn_channels_forward_f32(op, mode, a.outer, a.channels, a.inner, a.terms, a.weights, a.x, out)
            : status,
        actfn_channels_backward_f32(op, mode, a.outer, a.channels, a.inner, a.terms, a.weights, a.x, a.dy, out,
                                    a.dweights),
        a.op == ACTFN_PRELU && !a.dweights
            ? actfn_channels_backward_from_output_f32(op, mode, a.outer, a.channels, a.inner, a.terms, a.weights, a.x,
                                                      a.dy, out)
            : status,
    };
    for (int k = 0; k < 3; k++)
        expect(got[k] == status, "%s: call %d gives \"%s\"", what, k, actfn_status_string(got[k]));
    if (status != ACTFN_OK)
        expect(memcmp(before, arena, sizeof arena) == 0 && canary_intact(own, own + ROOM), "%s: refused, but wrote",
               what);
}

START_TEST(bad_arguments)
{
    const float *const missing[] = { NULL, NULL, NULL, NULL };
    for (int k = 0; k < UNITS; k++) {
        fill_weights(&units[k], 3);
        for (int i = 0; i < 3; i++)
            w[0][i] = fabsf(w[0][i]);
        const struct attempt good = {
            (int)units[k].op, (int)test_mode, 2, 3, 2, units[k].terms, weights, x, dy, NULL, NULL
        };
        struct attempt a = good;
#define EXPECT(status, change)                                                                                         \
    do {                                                                                                               \
        a = good;                                                                                                      \
        change;                                                                                                        \
        expect_status(status, #change, a);                                                                             \
        a.dweights = dweights;                                                                                         \
        expect_status(status, #change, a);                                                                             \
    } while (0)
        EXPECT(ACTFN_OK, (void)0);
        EXPECT(ACTFN_OK, a.mode = ACTFN_REPRODUCIBLE);
        EXPECT(ACTFN_OK, a.mode = ACTFN_FAST);
        EXPECT(ACTFN_ERR_OP, a.op = -1);
        EXPECT(ACTFN_ERR_OP, a.op = actfn_op_count());
        EXPECT(ACTFN_ERR_OP, a.op = INT_MAX);
        EXPECT(ACTFN_ERR_NOT_OFFERED, a.op = ACTFN_LEAKY_RELU);
        EXPECT(ACTFN_ERR_NOT_OFFERED, a.op = ACTFN_GLU);
        EXPECT(ACTFN_ERR_MODE, a.mode = 2);
        EXPECT(ACTFN_ERR_MODE, a.mode = -1);
        EXPECT(ACTFN_ERR_SHAPE, a.terms = 0);
        EXPECT(ACTFN_ERR_SHAPE, (a.terms = 0, a.outer = 0));
        if (units[k].op != ACTFN_APL)
            EXPECT(ACTFN_ERR_SHAPE, a.terms = 2);
        EXPECT(ACTFN_ERR_NULL, a.x = NULL);
        EXPECT(ACTFN_ERR_NULL, a.dy = NULL);
        EXPECT(ACTFN_ERR_NULL, a.weights = NULL);
        EXPECT(ACTFN_ERR_NULL, a.weights = missing);
        EXPECT(ACTFN_OK, (a.x = a.dy = NULL, a.inner = 0));
        EXPECT(ACTFN_ERR_SIZE, a.outer = SIZE_MAX);
        EXPECT(ACTFN_ERR_SIZE, a.inner = SIZE_MAX / 4);
        EXPECT(ACTFN_ERR_SIZE, (a.outer = (size_t)1 << 32, a.inner = (size_t)1 << 32));
        EXPECT(ACTFN_ERR_SIZE, (a.channels = SIZE_MAX / 4, a.outer = a.inner = 1));
        EXPECT(ACTFN_ERR_SIZE, (a.channels = SIZE_MAX, a.outer = 0));
        EXPECT(ACTFN_ERR_SIZE, a.x = (float *)(UINTPTR_MAX - 15));
        /* Every weight of every array must be finite, also where there is nothing to do. */
        static const float bad[] = { NAN, -NAN, INFINITY, -INFINITY };
        for (int j = 0; j < units[k].arrays; j++)
            for (size_t i = 0; i < 3 * units[k].terms; i++) {
                const float was = w[j][i];
                w[j][i] = bad[(i + (size_t)j) % 4];
                EXPECT(ACTFN_ERR_PARAM, (void)0);
                EXPECT(ACTFN_ERR_PARAM, a.outer = 0);
                w[j][i] = was;
            }
#undef EXPECT
    }
}
END_TEST

/* What is written against whatever else there is: n elements, and `count` weights. */
START_TEST(overlaps)
{
    enum { MIDDLE = 32 };
    const struct unit *f = &units[_i];
    const struct shape s = { 2, 3, 1 };
    const long n = 6, count = 3 * (long)f->terms;
    static float own[MAX_ARRAYS][ROOM], own_d[MAX_ARRAYS][ROOM];
    for (long d = -20; d <= 20; d++) {
        float *const out = arena + MIDDLE;
        const bool apart = d >= n || d <= -n, apart_w = d >= n || d <= -count, apart_g = d >= count || d <= -n,
                   apart_dw = d >= count || d <= -count;
        fill_canary(arena, arena + ROOM);
        memset(own, 0, sizeof own);
        const float *ws[MAX_ARRAYS] = { own[0], own[1], own[2], own[3] };
        float *dws[MAX_ARRAYS] = { own_d[0], own_d[1], own_d[2], own_d[3] };
#define EXPECT(apart, call)                                                                                            \
    expect((call) == ((apart) ? ACTFN_OK : ACTFN_ERR_OVERLAP), "%s, %ld apart: %s", name_of(f), d, #call)
#define FORWARD(x) actfn_channels_forward_f32(f->op, test_mode, s.outer, s.channels, s.inner, f->terms, ws, x, out)
#define BACKWARD(x, dy, dx, dws)                                                                                       \
    actfn_channels_backward_f32(f->op, test_mode, s.outer, s.channels, s.inner, f->terms, ws, x, dy, dx, dws)
        EXPECT(apart || d == 0, FORWARD(out + d));
        EXPECT(apart || d == 0, BACKWARD(out + d, dy, out, NULL));
        EXPECT(apart || d == 0, BACKWARD(x, out + d, out, NULL));
        for (int k = 0; k < f->arrays; k++) {
            memset(arena, 0, sizeof arena);
            ws[k] = out + d;
            EXPECT(apart_w, FORWARD(x));
            memset(arena, 0, sizeof arena);
            EXPECT(apart_w, BACKWARD(x, dy, out, NULL));
            memset(arena, 0, sizeof arena);
            dws[0] = out;
            EXPECT(apart_dw, BACKWARD(x, dy, NULL, dws));
            dws[0] = own_d[0];
            ws[k] = own[k];
            dws[k] = out;
            EXPECT(apart_g, BACKWARD(out + d, dy, NULL, dws));
            EXPECT(apart_g, BACKWARD(x, out + d, NULL, dws));
            EXPECT(apart_g, BACKWARD(x, dy, out + d, dws));
            if (k > 0) {
                dws[0] = out + d;
                EXPECT(apart_dw, BACKWARD(x, dy, NULL, dws));
                dws[0] = own_d[0];
            }
            dws[k] = own_d[k];
        }
#undef EXPECT
#undef FORWARD
#undef BACKWARD
    }
}
END_TEST

/* ---- environment ------------------------------------------------------------------------------------------------ */

START_TEST(environment_is_kept)
{
    static const int modes[] = { FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO };
    enum { ODD_ERRNO = 12321 };
    const struct unit *f = &units[_i];
    const struct shape both[] = { { 3, 7, 19 }, { 57, 7, 1 } };
    for (int k = 0; k < 2; k++) {
        const struct shape s = both[k];
        const size_t n = size_of(s);
        fill_weights(f, s.channels);
        fill_inputs(x, n, 81);
        fill_inputs(dy, n, 82);
        ck_assert_int_eq(forward(f, s, x, y2), ACTFN_OK);
        ck_assert_int_eq(backward(f, s, x, dy, dx2, dweights2), ACTFN_OK);
        for (int mode = 0; mode < 4; mode++)
            for (int raised = 0; raised < 2; raised++) {
                fesetround(modes[mode]);
                feclearexcept(FE_ALL_EXCEPT);
                if (raised)
                    feraiseexcept(FE_ALL_EXCEPT);
                const int before = fetestexcept(FE_ALL_EXCEPT);
                errno = ODD_ERRNO;
                forward(f, s, x, y);
                backward(f, s, x, dy, dx, dweights);
                const int after = fetestexcept(FE_ALL_EXCEPT), rounding = fegetround(), error = errno;
                fesetround(FE_TONEAREST);
                ck_assert_int_eq(after, before);
                ck_assert_int_eq(rounding, modes[mode]);
                ck_assert_int_eq(error, ODD_ERRNO);
                expect_equal(f, s, "in another rounding mode", n, y, y2);
                expect_equal(f, s, "in another rounding mode", n, dx, dx2);
                for (int j = 0; j < f->arrays; j++)
                    expect_equal(f, s, "in another rounding mode", f->terms * s.channels, dw[j], dw2[j]);
            }
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
    tcase_add_loop_test(tcase, layouts, 0, UNITS);
    tcase_add_loop_test(tcase, sums_of_every_shape, 0, UNITS);
    tcase_add_test(tcase, sums_of_many_terms);
    tcase_add_loop_test(tcase, nothing_to_sum, 0, UNITS);
    tcase_add_loop_test(tcase, nan_in_every_place, 0, UNITS);
    tcase_add_test(tcase, from_output);
    tcase_add_loop_test(tcase, same_bits_everywhere, 0, UNITS);
    tcase_add_loop_test(tcase, nothing_outside_is_touched, 0, UNITS);
    tcase_add_loop_test(tcase, in_place, 0, UNITS);
    tcase_add_test(tcase, bad_arguments);
    tcase_add_loop_test(tcase, overlaps, 0, UNITS);
    tcase_add_loop_test(tcase, environment_is_kept, 0, UNITS);
    suite_add_tcase(suite, tcase);
    return suite;
}
