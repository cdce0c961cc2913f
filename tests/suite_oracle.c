/* SPDX-License-Identifier: MIT */
/* The oracle itself: compared with MPFR and with the printed vectors, and complete. */
#include "expect.h"
#include "floats.h"
#include "golden.h"
#include "mpfr_reference.h"
#include "oracle.h"
#include "suites.h"
#include "support.h"

#include <stdio.h>

/* The oracle's promised error: relative to the result, or, if its terms cancel, to their magnitudes. */
#define CLAIM 0x1p-40
/* A smaller difference cannot change the last bit of a subnormal float. */
#define NOTHING 0x1p-190

static bool close_enough(double got, double exact, double terms)
{
    if (isnan(got) || isnan(exact))
        return isnan(got) && isnan(exact);
    if (fabs(exact) >= 0x1p128)
        return fabs(got) >= 0x1p128 * (1 - CLAIM) && signbit(got) == signbit(exact);
    return fabs(got - exact) <= fmax(CLAIM * fmax(terms, fabs(exact)), NOTHING);
}

/* The two piecewise functions choose their branch by a rounded sum.  True where the rounding decides: nothing is compared. */
static bool on_a_rounded_edge(actfn_op op, double x, const double *p)
{
    double t = p[0] * x + p[1];
    return (op == ACTFN_HARDSIGMOID_AB || op == ACTFN_HARDSWISH_AB) && (fabs(t - 1) < 0x1p-22 || fabs(t) < 0x1p-140);
}

static void compare(actfn_op op, const float *params, const double *p, float x)
{
    const char *name = actfn_op_info(op)->name;
    struct oracle_value v = oracle_at(oracle_find(name), (double)x, p);
    struct mpfr_value m;
    expect(mpfr_reference(name, x, params, &m), "%s: MPFR has no such function", name);
    if (on_a_rounded_edge(op, (double)x, p))
        return;
    expect(close_enough(v.f, m.f, v.f_terms), "%s(%s) f(%a): oracle %.17g, MPFR %.17g", name,
           oracle_setting_text(op, params), (double)x, v.f, m.f);
    expect(close_enough(v.df, m.df, v.df_terms), "%s(%s) f'(%a): oracle %.17g, MPFR %.17g", name,
           oracle_setting_text(op, params), (double)x, v.df, m.df);
    expect(v.slope == ORACLE_GENERAL || v.df == (v.slope == ORACLE_ONE), "%s f'(%a): not what its slope says", name,
           (double)x);
    for (int k = 0; k < actfn_op_info(op)->param_count; k++) {
        if (!(actfn_op_param(op, k)->flags & ACTFN_PARAM_GRADIENT))
            continue;
        expect(close_enough(v.dp[k], m.dp[k], 0), "%s(%s) df/d%s(%a): oracle %.17g, MPFR %.17g", name,
               oracle_setting_text(op, params), actfn_op_param(op, k)->name, (double)x, v.dp[k], m.dp[k]);
        expect(!v.dp_zero[k] || m.dp[k] == 0, "%s df/d%s(%a) is not 0", name, actfn_op_param(op, k)->name, (double)x);
    }
}

START_TEST(oracle_agrees_with_mpfr)
{
    actfn_op op = (actfn_op)_i;
    expect(oracle_find(actfn_op_info(op)->name) != NULL, "%s: oracle.def has no line", actfn_op_info(op)->name);
    expect(oracle_setting_count(op) > 0, "%s: parameters without defaults need SETTINGS in oracle.def",
           actfn_op_info(op)->name);
    struct mpfr_value known;
    if (!mpfr_reference(actfn_op_info(op)->name, 1.0f, (const float[ACTFN_MAX_PARAMS]) { 1, 1, 1, 1 }, &known)) {
        printf("%s: skipped: MPFR's side of it is not written\n", actfn_op_info(op)->name);
        return;
    }
    static float room[8192];
    for (int s = 0; s < oracle_setting_count(op); s++) {
        float params[ACTFN_MAX_PARAMS];
        double p[ACTFN_MAX_PARAMS];
        oracle_setting(op, s, params, p);
        struct floats x = { room, sizeof room / sizeof room[0], 0 };
        for (int k = 0; k < actfn_op_info(op)->param_count; k++) {
            floats_add_around(&x, params[k], 3);
            floats_add_around(&x, -params[k], 3);
        }
        for (int k = 0; k < 3; k++) /* soft_exponential's end, hardsigmoid_ab's knees, xielu's zero */
            floats_add_around(
                &x, (float[]) { 1 / params[0] - params[0], -params[1] / params[0], (1 - params[1]) / params[0] }[k], 3);
        floats_sample(&x, UINT32_MAX / 1201, UINT32_MAX / 16411);
        ck_assert_uint_lt(x.count, x.room);
        for (size_t i = 0; i < x.count; i += light() ? 13 : 1)
            if (isfinite(x.at[i]))
                compare(op, params, p, x.at[i]);
    }
    mpfr_reference_free();
}
END_TEST

/* f' from y at y = f(x), not rounded, equals f'(x), except for softplus' step of e^-20 at its threshold. */
START_TEST(from_output_agrees_with_the_derivative)
{
    actfn_op op = (actfn_op)_i;
    if (!(actfn_op_info(op)->flags & ACTFN_OP_FROM_OUTPUT))
        return;
    const struct oracle *line = oracle_find(actfn_op_info(op)->name);
    ck_assert_ptr_nonnull(line);
    static float room[8192];
    for (int s = 0; s < oracle_setting_count(op); s++) {
        float params[ACTFN_MAX_PARAMS], nothing;
        double p[ACTFN_MAX_PARAMS];
        oracle_setting(op, s, params, p);
        if (actfn_backward_from_output_f32(op, ACTFN_ACCURATE, params, 0, &nothing, &nothing, &nothing) != ACTFN_OK)
            continue; /* the form is not offered for these parameters */
        struct floats x = { room, sizeof room / sizeof room[0], 0 };
        floats_sample(&x, UINT32_MAX / 1201, UINT32_MAX / 16411);
        for (size_t i = 0; i < x.count; i++) {
            struct oracle_value v = oracle_at(line, (double)x.at[i], p);
            if (!isfinite(v.f) || !isfinite(v.df))
                continue;
            struct oracle_from_output o = line->from_output(v.f, p);
            expect(fabs(o.df - v.df) <= 0x1p-28 * o.scale, "%s(%s) at %a: f'(y) = %.17g, f'(x) = %.17g", line->name,
                   oracle_setting_text(op, params), (double)x.at[i], o.df, v.df);
            expect(o.scale >= fabs(v.df) * (1 - CLAIM), "%s(%s) at %a: scale %g < |f'|", line->name,
                   oracle_setting_text(op, params), (double)x.at[i], o.scale);
        }
    }
}
END_TEST

START_TEST(oracle_agrees_with_the_golden_vectors)
{
    for (int i = 0; i < GOLDEN_COUNT; i++) {
        const struct golden *g = &golden[i];
        const struct oracle *line = oracle_find(g->name);
        expect(line != NULL, "%s: oracle.def has no line", g->name);
        for (int k = 0; k < 3; k++) {
            struct oracle_value v = oracle_at(line, golden_x[k], g->params);
            expect(golden_digits_agree(v.f, g->f[k]), "%s(%g): %.15g, printed %.15g", g->name, golden_x[k], v.f,
                   g->f[k]);
            expect(golden_digits_agree(v.df, g->df[k]), "%s'(%g): %.15g, printed %.15g", g->name, golden_x[k], v.df,
                   g->df[k]);
        }
    }
}
END_TEST

START_TEST(oracle_names_operations)
{
    for (int op = 0; op < actfn_op_count(); op++)
        if (is_elementwise(op))
            ck_assert_msg(oracle_find(actfn_op_info((actfn_op)op)->name), "%s has no line in oracle.def",
                          actfn_op_info((actfn_op)op)->name);
    for (int i = 0; i < oracle_count(); i++) {
        expect(actfn_op_from_name(oracle_line(i)->name) != ACTFN_OP_NONE, "oracle.def: %s is not in the catalogue",
               oracle_line(i)->name);
        expect(oracle_find(oracle_line(i)->name) == oracle_line(i), "oracle.def: %s is there twice",
               oracle_line(i)->name);
    }
}
END_TEST

Suite *oracle_suite(void)
{
    Suite *suite = suite_create("oracle");
    TCase *tcase = tcase_create("oracle");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, oracle_names_operations);
    tcase_add_test(tcase, oracle_agrees_with_the_golden_vectors);
    for_elementwise(tcase, oracle_agrees_with_mpfr);
    for_elementwise(tcase, from_output_agrees_with_the_derivative);
    suite_add_tcase(suite, tcase);
    return suite;
}
