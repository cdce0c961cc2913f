/* SPDX-License-Identifier: MIT */
/* Zeros, infinities, NaN, subnormals, kinks and range limits: the tables of special.h and the rules behind them. */
#include "special.h"
#include "expect.h"
#include "floats.h"
#include "oracle.h"
#include "suites.h"

#include <float.h>

static actfn_op named(const char *name)
{
    actfn_op op = actfn_op_from_name(name);
    expect(op != ACTFN_OP_NONE, "%s: no such operation", name);
    return op;
}

static float forward(actfn_op op, const float *params, float x)
{
    float y;
    ck_assert_int_eq(actfn_forward_f32(op, test_mode, params, 1, &x, &y), ACTFN_OK);
    return y;
}

static float backward(actfn_op op, const float *params, float x, float dy)
{
    float dx;
    ck_assert_int_eq(actfn_backward_f32(op, test_mode, params, 1, &x, &dy, &dx), ACTFN_OK);
    return dx;
}

static bool is_as_wanted(float got, double want, float bound)
{
    if (isnan(want))
        return isnan(got);
    if (want == ZERO || want == ANY)
        return want == ANY || got == 0;
    if ((double)(float)want == want)
        return bits_of(got) == bits_of((float)want);
    return ulp_error(got, want, 0) <= fmax((double)bound, 0.5) + 0x1p-12;
}

static void expect_f(actfn_op op, const float *params, float x, double want)
{
    float got = forward(op, params, x);
    expect(is_as_wanted(got, want, forward_bound(op)), "%s: %s(%s) f(%a) is %a, expected %a", test_run,
           actfn_op_info(op)->name, oracle_setting_text(op, params), (double)x, (double)got, want);
}

static void expect_df(actfn_op op, const float *params, float x, double want)
{
    float got = backward(op, params, x, 1);
    expect(is_as_wanted(got, want, backward_bound(op)), "%s: %s(%s) f'(%a) is %a, expected %a", test_run,
           actfn_op_info(op)->name, oracle_setting_text(op, params), (double)x, (double)got, want);
}

START_TEST(zeros_and_infinities)
{
    const struct special *s = &special[_i];
    actfn_op op = named(s->name);
    expect_f(op, s->params, -0.0f, s->minus_zero);
    expect_f(op, s->params, INFINITY, s->inf);
    expect_f(op, s->params, -INFINITY, s->minus_inf);
    expect_df(op, s->params, INFINITY, s->slope_inf);
    expect_df(op, s->params, -INFINITY, s->slope_minus_inf);
    expect_df(op, s->params, 0.0f, s->slope_zero);
    if (!isinf(s->slope_zero))
        expect_df(op, s->params, -0.0f, s->slope_zero);
}
END_TEST

/* The specification has a table for its operations.  Later operations need none. */
START_TEST(every_operation_has_its_special_values)
{
    for (int op = 0; op <= ACTFN_POW; op++) {
        bool found = false;
        for (size_t i = 0; i < COUNT_OF(special); i++)
            found |= strcmp(special[i].name, actfn_op_info((actfn_op)op)->name) == 0;
        expect(found, "%s: special.h has no row", actfn_op_info((actfn_op)op)->name);
    }
}
END_TEST

START_TEST(derivatives_at_kinks)
{
    const struct kink *k = &kinks[_i];
    actfn_op op = named(k->name);
    expect_df(op, k->params, float_step(k->x, -1), k->before);
    expect_df(op, k->params, k->x, k->at);
    expect_df(op, k->params, float_step(k->x, 1), k->after);
    if (k->x == 0)
        expect_df(op, k->params, -0.0f, k->at);
}
END_TEST

START_TEST(pinned_points)
{
    const struct point *p = &points[_i];
    expect_f(named(p->name), p->params, p->x, p->f);
    expect_df(named(p->name), p->params, p->x, p->df);
}
END_TEST

static bool has_character(enum character c, double x, float y, double reached)
{
    double a = fabs((double)y);
    switch (c) {
    case NORMAL: return a >= (double)FLT_MIN && a <= (double)FLT_MAX;
    case SUBNORMAL: return a > 0 && a < (double)FLT_MIN;
    case NULL_: return a == 0;
    case FINITE: return a <= (double)FLT_MAX;
    case INFINITE: return isinf(y);
    case LINEAR: return (double)y == x;
    case BENT: return (double)y != x;
    case BELOW: return a < (double)(float)reached;
    case REACHED: return a == (double)(float)reached;
    default: return true;
    }
}

START_TEST(range_limits)
{
    const struct limit *l = &limits[_i];
    actfn_op op = named(l->name);
    for (int outside = 0; outside <= 1; outside++) {
        enum character want = outside ? l->outside : l->inside;
        double p[ACTFN_MAX_PARAMS];
        for (int k = 0; k < ACTFN_MAX_PARAMS; k++)
            p[k] = (double)l->params[k];
        double edge = l->x * (outside ? 1 + l->print : 1 - l->print);
        float x = (float)edge;
        double exact = oracle_at(oracle_find(l->name), (double)x, p).f;
        expect(has_character(want, (double)x, (float)exact, l->reached), "oracle: %s(%.9g) = %a", l->name, (double)x,
               exact);
        double margin = want == BELOW || want == REACHED ? 2.2 : 1.02;
        x = (float)(outside ? edge * margin : edge / margin);
        float y = forward(op, l->params, x);
        expect(has_character(want, (double)x, y, l->reached), "%s: %s(%.9g) = %a", test_run, l->name, (double)x,
               (double)y);
    }
}
END_TEST

/* Subnormal numbers: the 64 smallest, the 64 greatest, and 64 between. */
static float subnormal(int i)
{
    uint32_t u = (uint32_t)i;
    return from_bits(i < 64 ? u + 1 : i < 128 ? 0x7fffff - (u - 64) : 0x10001 * (u - 127));
}

START_TEST(subnormal_inputs_in_proportion)
{
    actfn_op op = named(proportional[_i].name);
    const float *params = proportional[_i].params;
    for (int i = 0; i < 2 * 192; i++) {
        float x = i & 1 ? -subnormal(i / 2) : subnormal(i / 2);
        double c = op == ACTFN_SELU ? (x > 0 ? 1.0507009873554804934 : LA) : proportional[_i].c;
        float y = forward(op, params, x);
        bool rounded_once = actfn_op_info(op)->param_count == 0 && (c == 1 || c == 0.5);
        double bound = rounded_once ? 0.5 : fmax((double)forward_bound(op), 0.5);
        expect(fabs((double)y - c * (double)x) <= (bound + 0x1p-12) * 0x1p-149, "%s: %s(%a) = %a, not %g x", test_run,
               proportional[_i].name, (double)x, (double)y, c);
    }
}
END_TEST

START_TEST(subnormal_inputs_of_functions_that_are_constant_there)
{
    actfn_op op = named(constant_near_zero[_i]);
    float params[ACTFN_MAX_PARAMS];
    double p[ACTFN_MAX_PARAMS];
    oracle_setting(op, 0, params, p);
    float there = forward(op, params, 0);
    for (int i = 0; i < 2 * 192; i++) {
        float x = i & 1 ? -subnormal(i / 2) : subnormal(i / 2), y = forward(op, params, x);
        expect(y == there, "%s: %s(%a) = %a, not %a", test_run, constant_near_zero[_i], (double)x, (double)y,
               (double)there);
    }
}
END_TEST

START_TEST(subnormal_inputs_of_the_piecewise)
{
    static const float p[ACTFN_MAX_PARAMS];
    for (int i = 0; i < 192; i++) {
        float x = subnormal(i);
        ck_assert(forward(ACTFN_RELU, p, x) == x && forward(ACTFN_RELU, p, -x) == 0);
        ck_assert(forward(ACTFN_RELU6, p, x) == x && forward(ACTFN_ABS, p, -x) == x);
        ck_assert(forward(ACTFN_BINARY_STEP, p, x) == 1 && forward(ACTFN_BINARY_STEP, p, -x) == 0);
        ck_assert(backward(ACTFN_IDENTITY, p, 1, x) == x && backward(ACTFN_RELU, p, 1, -x) == -x);
    }
}
END_TEST

/* ---- R1, R4: a NaN in x; and dy, which f' must or must not multiply ----------------------------------------- */

static const uint32_t nans[] = { 0x7fc00000, 0xffc00000, 0x7fc12345, 0xffffffff, 0x7f800001, 0xffa00000 };

START_TEST(nan_stays_nan)
{
    actfn_op op = (actfn_op)_i;
    for (int s = 0; s < oracle_setting_count(op); s++) {
        float params[ACTFN_MAX_PARAMS], g[ACTFN_MAX_PARAMS], dx, one = 1;
        double p[ACTFN_MAX_PARAMS];
        oracle_setting(op, s, params, p);
        const char *text = oracle_setting_text(op, params);
        for (size_t i = 0; i < COUNT_OF(nans); i++) {
            float x = from_bits(nans[i]);
            expect(isnan(forward(op, params, x)), "%s: %s(%s) f(NaN)", test_run, actfn_op_info(op)->name, text);
            expect(isnan(backward(op, params, x, 1)), "%s: %s(%s) f'(NaN)", test_run, actfn_op_info(op)->name, text);
            expect(isnan(backward(op, params, x, 0)), "%s: %s(%s) 0 f'(NaN)", test_run, actfn_op_info(op)->name, text);
            if (actfn_backward_from_output_f32(op, test_mode, params, 1, &x, &one, &dx) == ACTFN_OK)
                expect(isnan(dx), "%s: %s(%s) f' from y = NaN", test_run, actfn_op_info(op)->name, text);
            if (actfn_param_gradient_f32(op, test_mode, params, 1, &x, &one, g) != ACTFN_OK)
                continue;
            for (int k = 0; k < actfn_op_info(op)->param_count; k++)
                if (actfn_op_param(op, k)->flags & ACTFN_PARAM_GRADIENT)
                    expect(isnan(g[k]), "%s(%s) d/d%s at NaN is %a", actfn_op_info(op)->name, text,
                           actfn_op_param(op, k)->name, (double)g[k]);
        }
    }
}
END_TEST

static const uint32_t dys[] = { 0x00000000, 0x80000000, 0x7f800000, 0xff800000, 0x7fc00000, 0xffc00001,
                                0x40000000, 0xbfc00000, 0x00000001, 0x80012345, 0x7f7fffff };

static bool is_product(actfn_op op, float unit, float dy, float dx)
{
    if (bits_of(dx) == bits_of(unit * dy))
        return true;
    /* The fast mode may divide dy, or multiply by dy before f' is rounded.  Then the bound of f' holds. */
    const double exact = (double)unit * (double)dy;
    return test_mode == ACTFN_FAST && exact != 0 && isfinite(exact) &&
           ulp_error(dx, exact, ulp_of((double)unit) * fabs((double)dy)) <= (double)backward_bound(op);
}

/* Checks dx for a dy.  `slope` is f' by definition, and `unit` is dx for dy = 1.  The compiler chooses a NaN's sign, because it
 * may put the minus of -expm1 on either side of a product. */
static void expect_product(actfn_op op, const float *params, const char *form, float at, enum oracle_slope slope,
                           float unit, float dy, float dx)
{
    bool good = slope == ORACLE_ZERO  ? bits_of(dx) == 0
                : isnan(unit * dy)    ? isnan(dx)
                : slope == ORACLE_ONE ? bits_of(dx) == bits_of(dy)
                                      : is_product(op, unit, dy, dx);
    static const char *const texts[] = { "product", "f' is 0 by definition", "f' is 1 by definition" };
    expect(good, "%s: %s(%s) %s at %a, %s: dy = %a gives %a (dy = 1: %a)", test_run, actfn_op_info(op)->name,
           oracle_setting_text(op, params), form, (double)at, texts[slope], (double)dy, (double)dx, (double)unit);
}

static const float places[] = { 0.0f, 0x1p-149f, 1e-3f, 0.3f,  1.0f, 1.5f,  2.5f,
                                3.0f, 6.0f,      7.0f,  30.0f, 1e4f, 3e38f, INFINITY };

/* The places, their negatives, and the floats beside the parameters. */
static size_t gather(const float *params, float *x, size_t room)
{
    struct floats list = { x, room, 0 };
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        floats_add(&list, places[i]);
        floats_add(&list, -places[i]);
    }
    for (int k = 0; k < ACTFN_MAX_PARAMS; k++) {
        floats_add_around(&list, params[k], 1);
        floats_add_around(&list, -params[k], 1);
    }
    return list.count;
}

START_TEST(dx_is_the_product_except_where_f_is_constant_or_identity)
{
    actfn_op op = (actfn_op)_i;
    const struct oracle *line = oracle_find(actfn_op_info(op)->name);
    ck_assert_ptr_nonnull(line);
    for (int s = 0; s < oracle_setting_count(op); s++) {
        float params[ACTFN_MAX_PARAMS], x[128];
        double p[ACTFN_MAX_PARAMS];
        oracle_setting(op, s, params, p);
        size_t n = gather(params, x, COUNT_OF(x));
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < COUNT_OF(dys); j++)
                expect_product(op, params, "backward", x[i], oracle_at(line, (double)x[i], p).slope,
                               backward(op, params, x[i], 1), from_bits(dys[j]),
                               backward(op, params, x[i], from_bits(dys[j])));
    }
}
END_TEST

/* Whether f' has this definition at some x.  Only then may f' from y have it. */
static bool ever(const struct oracle *line, const double *p, const float *x, size_t n, enum oracle_slope slope)
{
    for (size_t i = 0; i < n; i++)
        if (oracle_at(line, (double)x[i], p).slope == slope)
            return true;
    return false;
}

START_TEST(dx_from_output_likewise)
{
    actfn_op op = (actfn_op)_i;
    const struct oracle *line = oracle_find(actfn_op_info(op)->name);
    ck_assert_ptr_nonnull(line);
    for (int s = 0; s < oracle_setting_count(op); s++) {
        float params[ACTFN_MAX_PARAMS], x[128];
        double p[ACTFN_MAX_PARAMS];
        oracle_setting(op, s, params, p);
        size_t n = gather(params, x, COUNT_OF(x));
        const bool zero = ever(line, p, x, n, ORACLE_ZERO), identity = ever(line, p, x, n, ORACLE_ONE);
        for (size_t i = 0; i < n; i++) {
            float y = forward(op, params, x[i]), one = 1, unit;
            if (isnan(y) || actfn_backward_from_output_f32(op, test_mode, params, 1, &y, &one, &unit) != ACTFN_OK)
                continue;
            double df = line->from_output((double)y, p).df;
            enum oracle_slope slope = df == 0 && zero ? ORACLE_ZERO : df == 1 && identity ? ORACLE_ONE : ORACLE_GENERAL;
            for (size_t j = 0; j < COUNT_OF(dys); j++) {
                float dx, dy = from_bits(dys[j]);
                actfn_backward_from_output_f32(op, test_mode, params, 1, &y, &dy, &dx);
                expect_product(op, params, "from output", y, slope, unit, dy, dx);
            }
        }
    }
}
END_TEST

/* A term of a parameter's gradient that is 0 by definition stays 0 for every dy; parameters without gradient get +0. */
START_TEST(parameter_terms_that_are_zero_by_definition)
{
    actfn_op op = (actfn_op)_i;
    const struct oracle *line = oracle_find(actfn_op_info(op)->name);
    ck_assert_ptr_nonnull(line);
    if (!(actfn_op_info(op)->flags & ACTFN_OP_PARAM_GRADIENT))
        return;
    for (int s = 0; s < oracle_setting_count(op); s++) {
        float params[ACTFN_MAX_PARAMS], x[128], g[ACTFN_MAX_PARAMS];
        double p[ACTFN_MAX_PARAMS];
        oracle_setting(op, s, params, p);
        size_t n = gather(params, x, COUNT_OF(x));
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < COUNT_OF(dys); j++) {
                float dy = from_bits(dys[j]);
                ck_assert_int_eq(actfn_param_gradient_f32(op, test_mode, params, 1, &x[i], &dy, g), ACTFN_OK);
                struct oracle_value v = oracle_at(line, (double)x[i], p);
                for (int k = 0; k < actfn_op_info(op)->param_count; k++) {
                    bool has_gradient = actfn_op_param(op, k)->flags & ACTFN_PARAM_GRADIENT;
                    if (!has_gradient || v.dp_zero[k])
                        expect(has_gradient ? g[k] == 0 : bits_of(g[k]) == 0,
                               "%s: %s(%s) d/d%s at %a, dy = %a: %a, not 0", test_run, line->name,
                               oracle_setting_text(op, params), actfn_op_param(op, k)->name, (double)x[i], (double)dy,
                               (double)g[k]);
                }
            }
    }
}
END_TEST

Suite *special_suite(void)
{
    Suite *suite = suite_create("special");
    TCase *tcase = tcase_create("special");
    tcase_set_timeout(tcase, 30);
    tcase_add_test(tcase, every_operation_has_its_special_values);
    tcase_add_loop_test(tcase, zeros_and_infinities, 0, COUNT_OF(special));
    tcase_add_loop_test(tcase, derivatives_at_kinks, 0, COUNT_OF(kinks));
    tcase_add_loop_test(tcase, pinned_points, 0, COUNT_OF(points));
    tcase_add_loop_test(tcase, range_limits, 0, COUNT_OF(limits));
    tcase_add_loop_test(tcase, subnormal_inputs_in_proportion, 0, COUNT_OF(proportional));
    tcase_add_loop_test(tcase, subnormal_inputs_of_functions_that_are_constant_there, 0, COUNT_OF(constant_near_zero));
    tcase_add_test(tcase, subnormal_inputs_of_the_piecewise);
    for_elementwise(tcase, nan_stays_nan);
    for_elementwise(tcase, dx_is_the_product_except_where_f_is_constant_or_identity);
    for_elementwise(tcase, dx_from_output_likewise);
    for_elementwise(tcase, parameter_terms_that_are_zero_by_definition);
    suite_add_tcase(suite, tcase);
    return suite;
}
