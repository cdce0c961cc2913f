/* SPDX-License-Identifier: MIT */
/* The rules that the specification states: symmetry, order, range, identities. */
#include "expect.h"
#include "floats.h"
#include "golden_support.h"
#include "oracle.h"
#include "suites.h"
#include "support.h"

/* ---- symmetry, order, range -------------------------------------------------------------------------------- */

static const actfn_op odd[] = {
    ACTFN_TANH,       ACTFN_ARCTAN,      ACTFN_SOFTSIGN,   ACTFN_ISRU,       ACTFN_SINUSOID,
    ACTFN_TANHSHRINK, ACTFN_SCALED_TANH, ACTFN_HARDSHRINK, ACTFN_SOFTSHRINK, ACTFN_IDENTITY
};
static const actfn_op even[] = { ACTFN_GAUSSIAN, ACTFN_SINC, ACTFN_ABS, ACTFN_SQUARE };

static void expect_symmetry(actfn_op op, bool is_odd)
{
    struct floats x = sample();
    static float mirrored[SAMPLE];
    bool dead_zone = op == ACTFN_HARDSHRINK || op == ACTFN_SOFTSHRINK;
    for (size_t i = 0; i < x.count; i++)
        mirrored[i] = -x.at[i];
    for (int s = 0; s < oracle_setting_count(op); s++) {
        float params[ACTFN_MAX_PARAMS];
        double p[ACTFN_MAX_PARAMS];
        oracle_setting(op, s, params, p);
        forward_all(op, params, x.count, x.at, first);
        forward_all(op, params, x.count, mirrored, second);
        for (size_t i = 0; i < x.count; i++)
            expect(bits_of(first[i]) == (bits_of(second[i]) ^ (is_odd ? 0x80000000 : 0)) ||
                       (dead_zone && first[i] == 0 && second[i] == 0) || (isnan(first[i]) && isnan(second[i])),
                   "%s: %s(%s) at +-%a: %a, %a", test_run, actfn_op_info(op)->name, oracle_setting_text(op, params),
                   (double)x.at[i], (double)first[i], (double)second[i]);
        backward_all(op, params, x.count, x.at, first);
        backward_all(op, params, x.count, mirrored, second);
        for (size_t i = 0; i < x.count; i++)
            expect(first[i] == (is_odd ? second[i] : -second[i]) || (isnan(first[i]) && isnan(second[i])),
                   "%s: %s'(%s) at +-%a: %a, %a", test_run, actfn_op_info(op)->name, oracle_setting_text(op, params),
                   (double)x.at[i], (double)first[i], (double)second[i]);
    }
}

START_TEST(odd_functions) { expect_symmetry(odd[_i], true); }
END_TEST

START_TEST(even_functions) { expect_symmetry(even[_i], false); }
END_TEST

static const actfn_op rising[] = { ACTFN_SIGMOID,  ACTFN_TANH,        ACTFN_ARCTAN, ACTFN_SOFTSIGN,
                                   ACTFN_SOFTPLUS, ACTFN_LOG_SIGMOID, ACTFN_ELU,    ACTFN_SELU,
                                   ACTFN_ISRU,     ACTFN_SQUAREPLUS,  ACTFN_EXP };

/*
 * The result never falls from one float to the next; in the fast mode it falls at most by its bound.  Tested with runs of
 * neighbours at every landmark and at pseudo-random places.
 */
START_TEST(rising_functions_never_fall)
{
    enum { RUN = 512 };
    actfn_op op = rising[_i];
    const double back = test_mode == ACTFN_FAST ? (double)forward_bound(op) : 0;
    static float x[RUN], y[RUN];
    struct floats starts = { sample_room, SAMPLE, 0 };
    for (size_t i = 0; i < COUNT_OF(landmarks); i++)
        for (int side = -1; side <= 1; side += 2)
            floats_add(&starts, float_step((float)side * landmarks[i], -RUN / 2));
    for (uint64_t b = 0; b < UINT64_C(1) << 32; b += UINT32_MAX / 4001)
        if (!isnan(from_bits((uint32_t)b)))
            floats_add(&starts, from_bits((uint32_t)b));
    for (uint32_t b = bits_of(0x1p-8f); b < bits_of(0x1p7f); b += 31013) {
        floats_add(&starts, from_bits(b));
        floats_add(&starts, -from_bits(b));
    }
    for (size_t i = 0; i < starts.count; i += light() ? 29 : 1) {
        for (int k = 0; k < RUN; k++)
            x[k] = float_step(starts.at[i], k);
        forward_all(op, NULL, RUN, x, y);
        for (int k = 1; k < RUN; k++)
            expect(y[k] >= y[k - 1] || (double)y[k - 1] - (double)y[k] <= back * ulp_of((double)y[k - 1]),
                   "%s: %s falls from %a at %a to %a at %a", test_run, actfn_op_info(op)->name, (double)y[k - 1],
                   (double)x[k - 1], (double)y[k], (double)x[k]);
    }
}
END_TEST

static const struct {
    actfn_op op;
    float low, high, slope_low, slope_high;
} ranges[] = {
    { ACTFN_SIGMOID, 0, 1, 0, 0.25f },
    { ACTFN_TANH, -1, 1, 0, 1 },
    { ACTFN_ARCTAN, -0x1.921fb6p0f, 0x1.921fb6p0f, 0, 1 },
    { ACTFN_SOFTSIGN, -1, 1, 0, 1 },
    { ACTFN_RELU, 0, INFINITY, 0, 1 },
    { ACTFN_RELU6, 0, 6, 0, 1 },
    { ACTFN_SELU, -0x1.c212ccp0f, INFINITY, 0, 0x1.c212ccp0f },
    { ACTFN_HARDSIGMOID, 0, 1, 0, 0x1.555556p-3f },
    { ACTFN_LOG_SIGMOID, -INFINITY, 0, 0, 1 },
    { ACTFN_TANHSHRINK, -INFINITY, INFINITY, 0, 1 },
    { ACTFN_BENT_IDENTITY, -INFINITY, INFINITY, 0.5f, 1.5f },
    { ACTFN_SINC, -0.21723365f, 1, -0.4361823f, 0.4361823f },
    { ACTFN_GAUSSIAN, 0, 1, -0.8577640f, 0.8577640f },
    { ACTFN_SPARSE_PLUS, 0, INFINITY, 0, 1 },
    { ACTFN_SPARSE_SIGMOID, 0, 1, 0, 0.5f },
    { ACTFN_EXP, 0, INFINITY, 0, INFINITY },
    { ACTFN_ELU, -1, INFINITY, 0, 1 },
    { ACTFN_CELU, -1, INFINITY, 0, 1 },
    { ACTFN_SOFTPLUS, 0, INFINITY, 0, 1 },
    { ACTFN_HARDTANH, -1, 1, 0, 1 },
    { ACTFN_ISRU, -1, 1, 0, 1 },
    { ACTFN_ISRLU, -1, INFINITY, 0, 1 },
    { ACTFN_SQUAREPLUS, 0, INFINITY, 0, 1 },
    { ACTFN_SCALED_TANH, -1, 1, 0, 1 },
};

/* f never leaves the range of the mathematical function.  f' may leave it by its own bound. */
START_TEST(results_stay_in_their_range)
{
    actfn_op op = ranges[_i].op;
    double widened = 1 + 0x1p-23 * (double)backward_bound(op);
    struct floats x = sample();
    forward_all(op, NULL, x.count, x.at, first);
    backward_all(op, NULL, x.count, x.at, second);
    for (size_t i = 0; i < x.count; i++) {
        expect(first[i] >= ranges[_i].low && first[i] <= ranges[_i].high, "%s: %s(%a) = %a", test_run,
               actfn_op_info(op)->name, (double)x.at[i], (double)first[i]);
        expect((double)second[i] >= (double)ranges[_i].slope_low - (widened - 1) &&
                   (double)second[i] <= (double)ranges[_i].slope_high * widened,
               "%s: %s'(%a) = %a", test_run, actfn_op_info(op)->name, (double)x.at[i], (double)second[i]);
    }
}
END_TEST

/* gelu, silu and hardswish never exceed max(x, 0), because x is multiplied by a factor that rounds to 1 at most. */
START_TEST(below_relu)
{
    static const actfn_op ops[] = { ACTFN_SILU, ACTFN_GELU, ACTFN_GELU_TANH, ACTFN_GELU_QUICK, ACTFN_HARDSWISH };
    struct floats x = sample();
    forward_all(ops[_i], NULL, x.count, x.at, first);
    for (size_t i = 0; i < x.count; i++)
        expect(first[i] <= fmaxf(x.at[i], 0), "%s: %s(%a) = %a", test_run, actfn_op_info(ops[_i])->name,
               (double)x.at[i], (double)first[i]);
}
END_TEST

/* ---- identities -------------------------------------------------------------------------------------------- */

/* a(x) sign = b(sign x) within ulp; the derivatives likewise.  0 ulp means ==, so zeros of either sign are equal. */
static const struct identity {
    actfn_op a;
    float a_params[ACTFN_MAX_PARAMS];
    actfn_op b;
    float b_params[ACTFN_MAX_PARAMS];
    double ulp, slope_ulp;
} identities[] = {
    { ACTFN_SWISH, { 1.0f }, ACTFN_SILU, { 0 }, 4, 8 },
    { ACTFN_CELU, { 1.0f }, ACTFN_ELU, { 1.0f }, 4, 4 },
    { ACTFN_HARDTANH, { 0.0f, 6.0f }, ACTFN_RELU6, { 0 }, 0, 0 },
    { ACTFN_THRESHOLD, { 0.0f, 0.0f }, ACTFN_RELU, { 0 }, 0, 0 },
    { ACTFN_SOFTPLUS, { -1.0f, INFINITY }, ACTFN_LOG_SIGMOID, { 0 }, 2, 4 },
    { ACTFN_SHRINK, { 0.7f, 0.0f }, ACTFN_HARDSHRINK, { 0.7f }, 0, 0 },
    { ACTFN_SHRINK, { 0.7f, 0.7f }, ACTFN_SOFTSHRINK, { 0.7f }, 0, 0 },
    { ACTFN_ISRU, { 0.0f }, ACTFN_IDENTITY, { 0 }, 0, 0 },
    { ACTFN_LEAKY_RELU, { 0.0f }, ACTFN_RELU, { 0 }, 0, 0 },
    { ACTFN_RELU_GENERAL, { 0.0f, INFINITY, 0.0f }, ACTFN_RELU, { 0 }, 0, 0 },
    { ACTFN_RELU_GENERAL, { 0.0f, 6.0f, 0.0f }, ACTFN_RELU6, { 0 }, 0, 0 },
    { ACTFN_RELU_GENERAL, { 0.2f, INFINITY, 0.0f }, ACTFN_LEAKY_RELU, { 0.2f }, 0, 0 },
    { ACTFN_THRESHOLDED_RELU, { 1.0f }, ACTFN_THRESHOLD, { 1.0f, 0.0f }, 0, 0 },
    { ACTFN_SCALED_TANH, { 1.0f, 1.0f }, ACTFN_TANH, { 0 }, 0, 4 },
    { ACTFN_HARDSIGMOID_AB, { 0x1.555556p-3f, 0.5f }, ACTFN_HARDSIGMOID, { 0 }, 0, 0 },
    { ACTFN_HARDSWISH_AB, { 0x1.555556p-3f, 0.5f }, ACTFN_HARDSWISH, { 0 }, 0, 0 },
    { ACTFN_LINEAR, { 1.0f, 0.0f }, ACTFN_IDENTITY, { 0 }, 0, 0 },
    { ACTFN_SOFT_EXPONENTIAL, { 0.0f }, ACTFN_IDENTITY, { 0 }, 0, 0 },
    { ACTFN_POW, { 1.0f, 1.0f }, ACTFN_IDENTITY, { 0 }, 0, 0 },
    { ACTFN_POW, { 1.0f, 2.0f }, ACTFN_SQUARE, { 0 }, 2, 3 },
};

static void expect_equal(const struct identity *d, const char *what, const struct floats *x, double ulp)
{
    double p[ACTFN_MAX_PARAMS];
    for (int k = 0; k < ACTFN_MAX_PARAMS; k++)
        p[k] = (double)d->a_params[k];
    for (size_t i = 0; i < x->count; i++) {
        /* Near a zero of f' the errors of two formulas are absolute. */
        const double terms = oracle_at(oracle_find(actfn_op_info(d->a)->name), (double)x->at[i], p).df_terms;
        const double unit = test_mode == ACTFN_FAST && what[1] ? 0x1p-24 * terms : 0;
        expect(ulp_error(first[i], (double)second[i], unit) <= ulp, "%s: %s(%s) %s at %a is %a, of %s %a", test_run,
               actfn_op_info(d->a)->name, oracle_setting_text(d->a, d->a_params), what, (double)x->at[i],
               (double)first[i], actfn_op_info(d->b)->name, (double)second[i]);
    }
}

/* In the fast mode two names may have two formulas, unless these are simple arithmetic.  Then the bounds of both add up. */
static double apart(double ulp, float a, float b)
{
    return test_mode == ACTFN_FAST && a >= 2 && b >= 2 ? fmax(ulp, (double)(a + b)) : ulp;
}

START_TEST(identities_hold)
{
    const struct identity *d = &identities[_i];
    struct floats x = sample();
    forward_all(d->a, d->a_params, x.count, x.at, first);
    forward_all(d->b, d->b_params, x.count, x.at, second);
    expect_equal(d, "f", &x, apart(d->ulp, forward_bound(d->a), forward_bound(d->b)));
    backward_all(d->a, d->a_params, x.count, x.at, first);
    backward_all(d->b, d->b_params, x.count, x.at, second);
    expect_equal(d, "f'", &x, apart(d->slope_ulp, backward_bound(d->a), backward_bound(d->b)));
}
END_TEST

/* squareplus(0) is relu but for f'(0) = 1/2; swish(fl(1.702)) is gelu_quick as far as 1.702 is a float. */
START_TEST(identities_with_a_catch)
{
    struct floats x = sample();
    const float zero = 0, quick = 1.702f;
    forward_all(ACTFN_SQUAREPLUS, &zero, x.count, x.at, first);
    forward_all(ACTFN_RELU, NULL, x.count, x.at, second);
    for (size_t i = 0; i < x.count; i++)
        expect_le(ulp_error(first[i], (double)second[i], 0), (double)forward_bound(ACTFN_SQUAREPLUS));
    const double off = (double)forward_bound(ACTFN_SWISH) + (double)forward_bound(ACTFN_GELU_QUICK);
    forward_all(ACTFN_SWISH, &quick, x.count, x.at, first);
    forward_all(ACTFN_GELU_QUICK, NULL, x.count, x.at, second);
    for (size_t i = 0; i < x.count; i++) {
        double apart = fabs((1.702 - (double)quick) * fmax((double)x.at[i], -130) / 0x1p-24);
        expect_le(ulp_error(first[i], (double)second[i], 0), off + (x.at[i] < 0 ? apart : 0) + 0.5);
    }
    backward_all(ACTFN_SPARSE_PLUS, NULL, x.count, x.at, first);
    forward_all(ACTFN_SPARSE_SIGMOID, NULL, x.count, x.at, second);
    for (size_t i = 0; i < x.count; i++)
        expect_same(first[i], second[i]);
}
END_TEST

/* f(x) - f(-x) = x for silu, gelu, softplus; f(x) + f(-x) = 1 for sigmoid: each side within its own bound. */
START_TEST(reflections)
{
    static const actfn_op ops[] = { ACTFN_SILU, ACTFN_GELU, ACTFN_SOFTPLUS, ACTFN_SIGMOID };
    actfn_op op = ops[_i];
    struct floats x = sample();
    static float mirrored[SAMPLE];
    for (size_t i = 0; i < x.count; i++)
        mirrored[i] = -x.at[i];
    forward_all(op, NULL, x.count, x.at, first);
    forward_all(op, NULL, x.count, mirrored, second);
    for (size_t i = 0; i < x.count; i++) {
        if (isinf(x.at[i]))
            continue;
        double a = (double)first[i], b = (double)second[i], bound = (double)forward_bound(op);
        double difference = op == ACTFN_SIGMOID ? a + b - 1 : a - b - (double)x.at[i];
        expect(fabs(difference) <= bound * (ulp_of(a) + ulp_of(b)), "%s: %s at +-%a: %a, %a", test_run,
               actfn_op_info(op)->name, (double)x.at[i], a, b);
    }
}
END_TEST

TCase *golden_rules_tests(void)
{
    TCase *tcase = tcase_create("golden_rules");
    tcase_set_timeout(tcase, 30);
    tcase_add_loop_test(tcase, odd_functions, 0, COUNT_OF(odd));
    tcase_add_loop_test(tcase, even_functions, 0, COUNT_OF(even));
    tcase_add_loop_test(tcase, rising_functions_never_fall, 0, COUNT_OF(rising));
    tcase_add_loop_test(tcase, results_stay_in_their_range, 0, COUNT_OF(ranges));
    tcase_add_loop_test(tcase, below_relu, 0, 5);
    tcase_add_loop_test(tcase, identities_hold, 0, COUNT_OF(identities));
    tcase_add_test(tcase, identities_with_a_catch);
    tcase_add_loop_test(tcase, reflections, 0, 4);
    return tcase;
}
