/* SPDX-License-Identifier: MIT */
/*
 * The values that the specification states: printed values, extrema, facts of the literature.  suite_golden_rules.c checks
 * symmetry, order, range and identities.
 */
#include "golden.h"
#include "expect.h"
#include "floats.h"
#include "golden_support.h"
#include "oracle.h"
#include "suites.h"
#include "support.h"

static float f(actfn_op op, float x)
{
    float y;
    forward_all(op, NULL, 1, &x, &y);
    return y;
}

static float df(actfn_op op, float x)
{
    float dx;
    backward_all(op, NULL, 1, &x, &dx);
    return dx;
}

static double exactly(actfn_op op, float x, bool derivative)
{
    float params[ACTFN_MAX_PARAMS];
    double p[ACTFN_MAX_PARAMS];
    oracle_setting(op, 0, params, p);
    struct oracle_value v = oracle_at(oracle_find(actfn_op_info(op)->name), (double)x, p);
    return derivative ? v.df : v.f;
}

/* ---- printed values ---------------------------------------------------------------------------------------- */

/* A printed value belongs to the decimal parameters.  The nearest floats move the value by one or two more ulp. */
static void expect_printed(const struct golden *g, const char *what, double x, float got, double printed, float bound)
{
    double slack = 0;
    for (int k = 0; k < ACTFN_MAX_PARAMS; k++)
        if ((double)(float)g->params[k] != g->params[k])
            slack = 3;
    double error = ulp_error(got, printed, 0), digits = isnan(printed) ? 0 : 5.1e-12 * fabs(printed) / ulp_of(printed);
    expect(error <= (double)bound + digits + slack, "%s: %s %s(%g) = %.9g, printed %.12g, error %.3f of %g", test_run,
           g->name, what, x, (double)got, printed, error, (double)bound);
}

START_TEST(printed_values)
{
    const struct golden *g = &golden[_i];
    actfn_op op = actfn_op_from_name(g->name);
    ck_assert_int_ne(op, ACTFN_OP_NONE);
    float params[ACTFN_MAX_PARAMS], x[3], y[3], dx[3];
    for (int k = 0; k < ACTFN_MAX_PARAMS; k++)
        params[k] = (float)g->params[k];
    for (int k = 0; k < 3; k++)
        x[k] = (float)golden_x[k];
    forward_all(op, params, 3, x, y);
    backward_all(op, params, 3, x, dx);
    for (int k = 0; k < 3; k++) {
        expect_printed(g, "f", golden_x[k], y[k], g->f[k], forward_bound(op));
        expect_printed(g, "f'", golden_x[k], dx[k], g->df[k], backward_bound(op));
    }
}
END_TEST

/* The specification prints values for its operations.  Later operations need none. */
START_TEST(every_operation_has_printed_values)
{
    for (int op = 0; op <= ACTFN_POW; op++) {
        bool found = false;
        for (int i = 0; i < GOLDEN_COUNT; i++)
            found |= strcmp(golden[i].name, actfn_op_info((actfn_op)op)->name) == 0;
        expect(found, "%s: golden.h has no row", actfn_op_info((actfn_op)op)->name);
    }
}
END_TEST

/* Inputs at which the textbook formula fails in floats, and the correct results. */
static const struct {
    actfn_op op;
    bool derivative;
    float x;
    double printed;
} naive_formulas_fail[] = {
    { ACTFN_GELU, false, -4.0f, -1.26684967332e-4 },
    { ACTFN_GELU, false, -5.0f, -1.43325785940e-6 },
    { ACTFN_GELU, false, -5.5f, -1.04442593562e-7 },
    { ACTFN_GELU, false, -6.0f, -5.91952587023e-9 },
    { ACTFN_GELU_TANH, false, -5.0f, -2.29179619663e-7 },
    { ACTFN_SILU, false, -89.0f, -1.98235357e-37 },
    { ACTFN_ELU, false, -1e-4f, -9.99949976407e-5 },
    { ACTFN_TANHSHRINK, false, 1e-3f, 3.33333247498e-10 },
    { ACTFN_SINC, true, 1e-3f, -3.33333315833e-4 },
    { ACTFN_SOFTPLUS, false, -20.0f, 2.06115362031e-9 },
    { ACTFN_SQUAREPLUS, false, -1e4f, 9.9999999e-5 },
    { ACTFN_SQUAREPLUS, false, 2e19f, 2e19 },
    { ACTFN_ISRU, false, 2e19f, 1 },
    { ACTFN_HARDSWISH, false, 6e37f, 6e37 },
    { ACTFN_HARDSIGMOID, false, -0x1.7ffffep1f, 3.97364299e-8 },
    { ACTFN_GELU_TANH, true, 1e20f, 1 },
};

/* The printed value belongs to the decimal input.  At the nearest float the oracle decides. */
START_TEST(where_naive_formulas_fail)
{
    actfn_op op = naive_formulas_fail[_i].op;
    float x = naive_formulas_fail[_i].x;
    bool derivative = naive_formulas_fail[_i].derivative;
    double exact = exactly(op, x, derivative);
    float got = derivative ? df(op, x) : f(op, x);
    float bound = derivative ? backward_bound(op) : forward_bound(op);
    expect_le(fabs(exact - naive_formulas_fail[_i].printed), 2e-7 * fabs(exact));
    expect(ulp_error(got, exact, 0) <= (double)bound + 0x1p-12, "%s: %s%s(%g) = %.9g, expected %.9g", test_run,
           actfn_op_info(op)->name, derivative ? "'" : "", (double)x, (double)got, exact);
}
END_TEST

START_TEST(bent_identity_keeps_its_bend)
{
    /* f(x) exceeds x by 2.5e-9.  The textbook formula loses this, because 1 + x^2 rounds to 1. */
    expect_le(fabs((double)f(ACTFN_BENT_IDENTITY, 1e-4f) - exactly(ACTFN_BENT_IDENTITY, 1e-4f, false)),
              2 * ulp_of(1e-4));
    ck_assert_float_gt(f(ACTFN_BENT_IDENTITY, 1e-4f), 1e-4f);
}
END_TEST

/* ---- extrema ----------------------------------------------------------------------------------------------- */

static const struct {
    actfn_op op;
    double at, minimum;
    double slope_minimum, slope_maximum;
} extrema[] = {
    { ACTFN_SILU, -1.2784645427610738, -0.2784645427610738, -0.0998393201289, 1.09983932013 },
    { ACTFN_GELU, -0.75179152469356446, -0.16997120747990366, -0.128904145185, 1.12890414519 },
    { ACTFN_GELU_TANH, -0.75246142207101626, -0.17004075057125405, -0.128993068659, 1.12899306866 },
    { ACTFN_GELU_QUICK, -0.75115425544128895, -0.16361018963635358, -0.0998393201289, 1.09983932013 },
    { ACTFN_MISH, -1.1924312145154952, -0.30884341301725041, -0.112526122389, 1.08849816125 },
    { ACTFN_HARDSWISH, -1.5, -0.375, -0.5, 1.5 },
    { ACTFN_SINC, 4.49340945790906418, -0.217233628211221657, -0.4361823, 0.4361823 },
};

START_TEST(extrema_are_where_they_are_said_to_be)
{
    actfn_op op = extrema[_i].op;
    double tolerance = (double)forward_bound(op) * ulp_of(extrema[_i].minimum);
    double slope_tolerance = (double)backward_bound(op) * 0x1p-23;
    expect_le(fabs((double)f(op, (float)extrema[_i].at) - extrema[_i].minimum), tolerance + 1e-12);
    expect_le(fabs((double)df(op, (float)extrema[_i].at)), slope_tolerance + 1e-7);
    struct floats x = sample();
    floats_add_around(&x, (float)extrema[_i].at, 200);
    forward_all(op, NULL, x.count, x.at, first);
    backward_all(op, NULL, x.count, x.at, second);
    for (size_t i = 0; i < x.count; i++) {
        expect((double)first[i] >= extrema[_i].minimum - tolerance || isnan(first[i]), "%s: %s(%a) = %a", test_run,
               actfn_op_info(op)->name, (double)x.at[i], (double)first[i]);
        expect(((double)second[i] >= extrema[_i].slope_minimum - slope_tolerance - 1e-9 &&
                (double)second[i] <= extrema[_i].slope_maximum + slope_tolerance + 1e-9),
               "%s: %s'(%a) = %a", test_run, actfn_op_info(op)->name, (double)x.at[i], (double)second[i]);
    }
}
END_TEST

/* ---- facts of the literature (the numbers are the specification's) ------------------------------------------ */

START_TEST(facts_of_sigmoid_and_tanh) /* T1 to T6 */
{
    expect_same(df(ACTFN_SIGMOID, 0), 0.25f);
    expect_same(bits_of(df(ACTFN_SIGMOID, 10)), bits_of(df(ACTFN_SIGMOID, -10)));
    expect_le(ulp_error(df(ACTFN_SIGMOID, 10), 4.5395807735951671e-5, 0), (double)backward_bound(ACTFN_SIGMOID));
    expect_same(df(ACTFN_TANH, 0), 1);
    expect_le(ulp_error(df(ACTFN_TANH, 10), 8.24461445576739737e-9, 0), (double)backward_bound(ACTFN_TANH));
    expect_same(bits_of(df(ACTFN_TANH, 10)), bits_of(df(ACTFN_TANH, -10)));
    struct floats x = sample();
    static float from_x[SAMPLE], doubled[SAMPLE];
    static const actfn_op both[] = { ACTFN_SIGMOID, ACTFN_TANH };
    for (int k = 0; k < 2; k++) {
        forward_all(both[k], NULL, x.count, x.at, first);
        backward_all(both[k], NULL, x.count, x.at, from_x);
        ck_assert(actfn_backward_from_output_f32(both[k], test_mode, NULL, x.count, first, ones(), second) == ACTFN_OK);
        double largest = k ? 1 : 0.25;
        double off = 2 * (double)forward_bound(both[k]) + (double)backward_bound(both[k]);
        double widened = 1 + 0x1p-23 * (double)backward_bound(both[k]);
        for (size_t i = 0; i < x.count; i++) {
            expect_le((double)from_x[i], largest * (test_mode == ACTFN_FAST ? widened : 1));
            /* y itself is within its bound, and |d f'/ dy| <= 2 */
            expect_le(fabs((double)from_x[i] - (double)second[i]), 0x1p-22 * largest + 0x1p-24 * off);
        }
    }
    for (size_t i = 0; i < x.count; i++)
        doubled[i] = 2 * x.at[i];
    forward_all(ACTFN_TANH, NULL, x.count, x.at, first);
    forward_all(ACTFN_SIGMOID, NULL, x.count, doubled, second);
    const double off = (double)forward_bound(ACTFN_TANH) + 2 * (double)forward_bound(ACTFN_SIGMOID);
    for (size_t i = 0; i < x.count; i++)
        expect_le(fabs((double)first[i] - (2 * (double)second[i] - 1)), 0x1p-24 * off);
    double product = 1;
    for (int i = 0; i < 10; i++)
        product *= (double)df(ACTFN_SIGMOID, 0);
    expect_same(product, 0x1p-20);
}
END_TEST

START_TEST(facts_of_the_piecewise) /* T7 to T9, T25 */
{
    struct floats x = sample();
    const float slope = 0.01f;
    backward_all(ACTFN_RELU, NULL, x.count, x.at, first);
    for (size_t i = 0; i < x.count; i++)
        expect_same(first[i], x.at[i] > 0 ? 1.0f : 0.0f);
    forward_all(ACTFN_LEAKY_RELU, &slope, x.count, x.at, first);
    backward_all(ACTFN_LEAKY_RELU, &slope, x.count, x.at, second);
    for (size_t i = 0; i < x.count; i++) {
        expect_same(first[i], fmaxf(slope * x.at[i], x.at[i]));
        expect_same(second[i], x.at[i] > 0 ? 1 : slope);
    }
    forward_all(ACTFN_IDENTITY, NULL, x.count, x.at, first);
    forward_all(ACTFN_BINARY_STEP, NULL, x.count, x.at, second);
    for (size_t i = 0; i < x.count; i++) {
        expect_same(bits_of(first[i]), bits_of(x.at[i]));
        expect_same(second[i], x.at[i] >= 0 ? 1.0f : 0.0f);
    }
}
END_TEST

START_TEST(facts_of_the_exponential_units) /* T12, T13, T15, T16 */
{
    static const float alphas[] = { 1, 0.5f, 2.5f };
    for (int k = 0; k < 3; k++) {
        float x[] = { -INFINITY, -0x1p-149f, 0x1p-149f, 0 }, y[4], dx[4];
        forward_all(ACTFN_ELU, &alphas[k], 4, x, y);
        backward_all(ACTFN_ELU, &alphas[k], 4, x, dx);
        expect_same(y[0], -alphas[k]);
        ck_assert(fabsf(y[1]) < 0x1p-147f && fabsf(y[2]) < 0x1p-147f && y[3] == 0);
        ck_assert(dx[1] == alphas[k] && dx[2] == 1 && dx[3] == alphas[k]);
    }
    expect_same(bits_of(f(ACTFN_SELU, -INFINITY)), 0xbfe10966);
    expect_same(bits_of(df(ACTFN_SELU, 1)), 0x3f867d5f);
    expect_same(bits_of(df(ACTFN_SELU, 0)), 0x3fe10966);
    struct floats x = sample();
    backward_all(ACTFN_SOFTPLUS, NULL, x.count, x.at, first);
    forward_all(ACTFN_SIGMOID, NULL, x.count, x.at, second);
    const double off = (double)backward_bound(ACTFN_SOFTPLUS) + (double)forward_bound(ACTFN_SIGMOID);
    for (size_t i = 0; i < x.count; i++)
        expect_le(fabs((double)first[i] - (double)second[i]), off * ulp_of((double)second[i]));
}
END_TEST

/* z ~ N(0,1) has mean 0 and variance 1 after SELU as before: Simpson's rule over the density, kink at a node. */
START_TEST(selu_has_its_fixed_point) /* T14 */
{
    enum { STEPS = 24000 };
    double mean = 0, square = 0, h = 24.0 / STEPS;
    for (int i = 0; i <= STEPS; i++) {
        double z = -12 + h * i, weight = i == 0 || i == STEPS ? 1 : i % 2 ? 4 : 2;
        weight *= h / 3 * 0.39894228040143267794 * exp(-z * z / 2);
        double y = (double)f(ACTFN_SELU, (float)z);
        mean += weight * y;
        square += weight * y * y;
    }
    expect_le(fabs(mean), 1e-6);
    expect_le(fabs(square - mean * mean - 1), 1e-6);
}
END_TEST

START_TEST(facts_of_swish_and_the_rest) /* T23, T24, T26 */
{
    struct floats x = sample();
    forward_all(ACTFN_SILU, NULL, x.count, x.at, first);
    forward_all(ACTFN_SIGMOID, NULL, x.count, x.at, second);
    const double off = (double)forward_bound(ACTFN_SILU) + 2 * (double)forward_bound(ACTFN_SIGMOID);
    for (size_t i = 0; i < x.count; i++)
        if (x.at[i] > -87 && isfinite(x.at[i]))
            expect_le(ulp_error(first[i], (double)x.at[i] * (double)second[i], 0), off);
    expect_same(f(ACTFN_SINC, 0), 1);
    expect_same(f(ACTFN_GAUSSIAN, 0), 1);
    expect_same(f(ACTFN_BENT_IDENTITY, 0), 0);
    for (float at = -4; at <= 4; at += 0.37f) { /* soft_exponential is continuous in alpha at 0 */
        float alpha[] = { -1e-7f, 0, 1e-7f }, y[3];
        for (int k = 0; k < 3; k++)
            forward_all(ACTFN_SOFT_EXPONENTIAL, &alpha[k], 1, &at, &y[k]);
        expect_same(y[1], at);
        ck_assert(fabsf(y[0] - at) < 3e-6f && fabsf(y[2] - at) < 3e-6f);
    }
}
END_TEST

START_TEST(distances_between_the_gelus)
{
    struct floats x = sample();
    double to_tanh = 0, to_quick = 0;
    static float third[SAMPLE];
    forward_all(ACTFN_GELU, NULL, x.count, x.at, first);
    forward_all(ACTFN_GELU_TANH, NULL, x.count, x.at, second);
    forward_all(ACTFN_GELU_QUICK, NULL, x.count, x.at, third);
    for (size_t i = 0; i < x.count; i++) {
        if (!(fabsf(x.at[i]) < 16))
            continue;
        to_tanh = fmax(to_tanh, fabs((double)first[i] - (double)second[i]));
        to_quick = fmax(to_quick, fabs((double)first[i] - (double)third[i]));
    }
    expect_le(fabs(to_tanh - 4.73e-4), 1e-6);
    expect_le(fabs(to_quick - 2.03e-2), 1e-4);
}
END_TEST

Suite *golden_suite(void)
{
    Suite *suite = suite_create("golden");
    TCase *tcase = tcase_create("golden");
    tcase_set_timeout(tcase, 30);
    tcase_add_test(tcase, every_operation_has_printed_values);
    tcase_add_loop_test(tcase, printed_values, 0, GOLDEN_COUNT);
    tcase_add_loop_test(tcase, where_naive_formulas_fail, 0, COUNT_OF(naive_formulas_fail));
    tcase_add_test(tcase, bent_identity_keeps_its_bend);
    tcase_add_loop_test(tcase, extrema_are_where_they_are_said_to_be, 0, COUNT_OF(extrema));
    tcase_add_test(tcase, facts_of_sigmoid_and_tanh);
    tcase_add_test(tcase, facts_of_the_piecewise);
    tcase_add_test(tcase, facts_of_the_exponential_units);
    tcase_add_test(tcase, selu_has_its_fixed_point);
    tcase_add_test(tcase, facts_of_swish_and_the_rest);
    tcase_add_test(tcase, distances_between_the_gelus);
    suite_add_tcase(suite, tcase);
    suite_add_tcase(suite, golden_rules_tests());
    return suite;
}
