/* SPDX-License-Identifier: MIT */
/*
 * The 16-bit types.  Forward takes all 65 536 inputs, in every setting of the oracle, and expects the number that is nearest to
 * the exact result.  If the oracle's doubles leave a doubt, with a wide margin, MPFR decides.  Backward compares all inputs
 * with the oracle.
 *
 *     ACTFN_SIXTEEN_MPFR=1     asks MPFR for every result: minutes
 *     ACTFN_SIXTEEN_FLOATS=1   converts each of the 2^32 floats: the usual run takes one of 4093
 */
#include "sixteen.h"
#include "expect.h"
#include "floats.h"
#include "mpfr_reference.h"
#include "oracle.h"
#include "suites.h"
#include "support.h"

#include <errno.h>
#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TYPE(type, fraction, bias)                                                                                     \
    {                                                                                                                  \
#type, fraction, bias, actfn_forward_##type, actfn_backward_##type, actfn_backward_from_output_##type,         \
            actfn_param_gradient_##type, actfn_gates_forward_##type, actfn_gates_backward_##type,                      \
            actfn_rows_forward_##type, actfn_rows_backward_##type, actfn_rows_reduce_forward_##type,                   \
            actfn_rows_reduce_backward_##type, actfn_maxout_index_##type, actfn_maxout_backward_from_index_##type,     \
            actfn_softmax_cross_entropy_##type, actfn_softmax_cross_entropy_dense_##type, actfn_loss_##type,           \
            actfn_gumbel_softmax_##type, actfn_gumbel_softmax_backward_##type, actfn_channels_forward_##type,          \
            actfn_channels_backward_##type, actfn_channels_backward_from_output_##type, actfn_rrelu_##type,            \
            actfn_rrelu_backward_##type, actfn_rrelu_backward_from_output_##type,                                      \
            actfn_rrelu_backward_from_noise_##type, actfn_rrelu_eval_##type, actfn_rrelu_eval_backward_##type,         \
            actfn_f32_to_##type, actfn_##type##_to_f32                                                                 \
    }
const struct sixteen sixteen_types[SIXTEEN_TYPES] = { TYPE(bf16, 7, 127), TYPE(f16, 10, 15) };

static uint16_t x[ALL_SIXTEEN], y[ALL_SIXTEEN], dy[ALL_SIXTEEN], dx[ALL_SIXTEEN];
static float wide[ALL_SIXTEEN], wide_y[ALL_SIXTEEN];

static void all_inputs(void)
{
    for (unsigned i = 0; i < ALL_SIXTEEN; i++)
        x[i] = (uint16_t)i;
}

/* ---- forward --------------------------------------------------------------------------------------------------------- */

/* All results, from x to y.  Without optimisation the generic kernels call the C library's square root, which writes errno. */
static void forward_all(const struct sixteen *t, actfn_op op, const float *params)
{
    errno = 0;
    ck_assert_int_eq(t->forward(op, test_mode, params, ALL_SIXTEEN, x, y), ACTFN_OK);
    expect(errno == 0 || strcmp(test_isa, "generic") == 0, "%s: %s(%s) of %s writes errno", test_run,
           actfn_op_info(op)->name, oracle_setting_text(op, params), t->name);
}

/* The oracle's error is at most 2^-40 of its terms.  If this much more does not change the rounding, the oracle decides. */
#define MARGIN 0x1p-20

static unsigned expected_result(const struct sixteen *t, const struct oracle *line, const float *params,
                                const double *p, unsigned bits)
{
    const double a = value_of_sixteen(t, bits);
    const struct oracle_value v = oracle_at(line, a, p);
    const double off = MARGIN * fmax(fabs(v.f), v.f_terms);
    const unsigned low = nearest_sixteen(t, v.f - off), high = nearest_sixteen(t, v.f + off);
    unsigned exact;
    if ((!getenv("ACTFN_SIXTEEN_MPFR") && low == high && v.f != 0) || isnan(a) || isinf(a) ||
        !mpfr_reference_sixteen(line->name, (float)a, params, t->fraction, t->bias, &exact))
        return nearest_sixteen(t, v.f);
    return exact;
}

/* A result that is 0 in doubles too, or a limit, must have the sign that it has in floats. */
static bool is_result(const struct sixteen *t, unsigned got, unsigned wanted, bool nothing, float as_float)
{
    if (is_nan_sixteen(t, wanted))
        return is_quiet_sixteen(t, got);
    return got == (nothing && as_float == 0 ? signbit(as_float) ? 0x8000u : 0 : wanted);
}

START_TEST(forward_is_correctly_rounded)
{
    const actfn_op op = (actfn_op)_i;
    const struct oracle *line = oracle_find(actfn_op_info(op)->name);
    ck_assert_ptr_nonnull(line);
    all_inputs();
    char failures[2000] = "";
    size_t used = 0;
    for (int s = 0; s < oracle_setting_count(op); s++)
        for (int k = 0; k < SIXTEEN_TYPES; k++) {
            const struct sixteen *t = &sixteen_types[k];
            float params[ACTFN_MAX_PARAMS];
            double p[ACTFN_MAX_PARAMS];
            size_t wrong = 0;
            oracle_setting(op, s, params, p);
            forward_all(t, op, params);
            ck_assert_int_eq(t->to_f32(ALL_SIXTEEN, x, wide), ACTFN_OK);
            ck_assert_int_eq(actfn_forward_f32(op, ACTFN_FAST, params, ALL_SIXTEEN, wide, wide_y), ACTFN_OK);
            for (unsigned i = 0; i < ALL_SIXTEEN; i += light() ? 11 : 1) {
                const unsigned wanted = expected_result(t, line, params, p, i);
                const double a = value_of_sixteen(t, i);
                const bool nothing = isinf(a) || oracle_at(line, a, p).f == 0;
                if (!is_result(t, y[i], wanted, nothing, wide_y[i]) && wrong++ < 3 && used < sizeof failures)
                    used += (size_t)snprintf(failures + used, sizeof failures - used,
                                             "\n  %s(%s) of %s %04x = %a: %04x = %a, exactly %04x = %a, as a float %a",
                                             line->name, oracle_setting_text(op, params), t->name, i,
                                             value_of_sixteen(t, i), y[i], value_of_sixteen(t, y[i]), wanted,
                                             value_of_sixteen(t, wanted), (double)wide_y[i]);
            }
            if (wrong && used < sizeof failures)
                used += (size_t)snprintf(failures + used, sizeof failures - used, "\n  %s(%s) %s: %zu wrong",
                                         line->name, oracle_setting_text(op, params), t->name, wrong);
        }
    mpfr_reference_free();
    ck_assert_msg(!used, "%s:%s", test_run, failures);
}
END_TEST

/* ---- backward -------------------------------------------------------------------------------------------------------- */

/* Half an ULP for the rounding, and a margin for the float's error, which the suite `ulp` keeps within its bound. */
#define ROUNDING (0.5 + 0x1p-7)

/* Whether |got - exact| is within the rounding, or, where terms cancel, within a float's bound. */
static bool is_near(const struct sixteen *t, unsigned got, double exact, double float_error)
{
    if (isnan(exact))
        return is_quiet_sixteen(t, got);
    const double g = value_of_sixteen(t, got), past = ldexp(1, t->bias + 1);
    if (isnan(g))
        return false;
    const double e = fabs(exact) > past ? copysign(past, exact) : exact, a = isinf(g) ? copysign(past, g) : g;
    return fabs(a - e) <= ROUNDING * ulp_of_sixteen(t, e) + float_error;
}

/* pow rounds x^beta to a float before it multiplies. */
static bool is_no_power(actfn_op op, double f, const double *p)
{
    return op == ACTFN_POW && !(fabs(f / p[0]) >= 0x1p-126 && fabs(f / p[0]) <= (double)FLT_MAX);
}

/* Forward with pseudo-random parameters. */
START_TEST(forward_at_other_parameters)
{
    const actfn_op op = (actfn_op)_i;
    const struct actfn_op_info *info = actfn_op_info(op);
    const struct oracle *line = oracle_find(info->name);
    float params[ACTFN_MAX_PARAMS];
    all_inputs();
    for (int s = 1; info->param_count && op_setting(op, s, params); s++)
        for (int k = 0; k < SIXTEEN_TYPES; k++) {
            const struct sixteen *t = &sixteen_types[k];
            double p[ACTFN_MAX_PARAMS];
            for (int j = 0; j < ACTFN_MAX_PARAMS; j++)
                p[j] = (double)params[j];
            forward_all(t, op, params);
            for (unsigned i = 0; i < ALL_SIXTEEN; i += light() ? 23 : 1) {
                const struct oracle_value v = oracle_at(line, value_of_sixteen(t, i), p);
                const double float_error = (double)info->ulp_forward_fast * fmax(0x1p-24 * v.f_terms, 0x1p-149);
                expect(is_no_power(op, v.f, p) ||
                           is_near(t, y[i], v.f, v.f_terms > fabs(v.f) * 1.001 ? float_error : 0),
                       "%s: %s(%s) of %s %04x = %a: %04x = %a, exactly %a", test_run, line->name,
                       oracle_setting_text(op, params), t->name, i, value_of_sixteen(t, i), y[i],
                       value_of_sixteen(t, y[i]), v.f);
            }
        }
}
END_TEST

static double slope_for(unsigned i)
{
    static const double slopes[] = { 1, -1, 0.75, -3, 1.5, 0x1p-6, 2.5 };
    return slopes[i % (sizeof slopes / sizeof *slopes)];
}

START_TEST(backward_is_rounded_once)
{
    const actfn_op op = (actfn_op)_i;
    const struct actfn_op_info *info = actfn_op_info(op);
    const struct oracle *line = oracle_find(info->name);
    ck_assert_ptr_nonnull(line);
    all_inputs();
    for (int s = 0; s < oracle_setting_count(op); s++)
        for (int k = 0; k < SIXTEEN_TYPES; k++) {
            const struct sixteen *t = &sixteen_types[k];
            float params[ACTFN_MAX_PARAMS];
            double p[ACTFN_MAX_PARAMS];
            oracle_setting(op, s, params, p);
            for (unsigned i = 0; i < ALL_SIXTEEN; i++)
                dy[i] = (uint16_t)nearest_sixteen(t, slope_for(i));
            ck_assert_int_eq(t->backward(op, test_mode, params, ALL_SIXTEEN, x, dy, dx), ACTFN_OK);
            for (unsigned i = 0; i < ALL_SIXTEEN; i += light() ? 11 : 1) {
                const double a = value_of_sixteen(t, i);
                const struct oracle_value v = oracle_at(line, a, p);
                const double exact = v.slope == ORACLE_ZERO && !isnan(a) ? 0 : v.df * slope_for(i);
                const double bound = (double)info->ulp_backward_fast + 1;
                const double float_error = bound * fmax(0x1p-24 * v.df_terms, 0x1p-149) * fabs(slope_for(i));
                expect(is_near(t, dx[i], exact, v.df_terms > fabs(v.df) * 1.001 ? float_error : 0x1p-149 * bound),
                       "%s: %s'(%s) of %s %04x = %a, dy = %g: %04x = %a, exactly %a", test_run, line->name,
                       oracle_setting_text(op, params), t->name, i, a, slope_for(i), dx[i], value_of_sixteen(t, dx[i]),
                       exact);
            }
            if (t->from_output(op, test_mode, params, 0, NULL, NULL, NULL) != ACTFN_OK)
                continue;
            ck_assert_int_eq(t->forward(op, test_mode, params, ALL_SIXTEEN, x, y), ACTFN_OK);
            ck_assert_int_eq(t->from_output(op, test_mode, params, ALL_SIXTEEN, y, dy, dx), ACTFN_OK);
            for (unsigned i = 0; i < ALL_SIXTEEN; i += light() ? 11 : 1) {
                const double a = value_of_sixteen(t, y[i]);
                if (isnan(a)) {
                    expect(is_quiet_sixteen(t, dx[i]), "%s: %s from y, %s %04x: %04x is no NaN", test_run, line->name,
                           t->name, i, dx[i]);
                    continue;
                }
                const struct oracle_from_output o = line->from_output(a, p);
                if (isinf(a) || fabs(o.df) > (double)FLT_MAX)
                    continue; /* y is not finite, or f' exceeds the floats */
                expect(is_near(t, dx[i], o.df * slope_for(i), 5 * 0x1p-24 * o.scale * fabs(slope_for(i))),
                       "%s: %s' from y (%s) of %s %04x = %a, dy = %g: %04x = %a, exactly %a", test_run, line->name,
                       oracle_setting_text(op, params), t->name, y[i], a, slope_for(i), dx[i],
                       value_of_sixteen(t, dx[i]), o.df * slope_for(i));
            }
        }
}
END_TEST

/* ---- parameters' gradients ------------------------------------------------------------------------------------------- */

/* The sums are those of the same numbers as floats. */
START_TEST(param_gradients_are_those_of_the_floats)
{
    enum { MANY = 20011 };
    static float wide_dy[MANY];
    const actfn_op op = (actfn_op)_i;
    if (!(actfn_op_info(op)->flags & ACTFN_OP_PARAM_GRADIENT))
        return;
    for (int k = 0; k < SIXTEEN_TYPES; k++)
        for (size_t n = 0; n <= MANY; n += n < 3 ? 1 : n < 600 ? 509 : MANY - 512) {
            const struct sixteen *t = &sixteen_types[k];
            float params[ACTFN_MAX_PARAMS], got[ACTFN_MAX_PARAMS], wanted[ACTFN_MAX_PARAMS];
            double p[ACTFN_MAX_PARAMS];
            oracle_setting(op, 0, params, p);
            fill_tame(wide, n, (uint64_t)n);
            fill_tame(wide_dy, n, (uint64_t)n + 1);
            t->from_f32(n, wide, x), t->from_f32(n, wide_dy, dy);
            t->to_f32(n, x, wide), t->to_f32(n, dy, wide_dy);
            ck_assert_int_eq(t->param_gradient(op, test_mode, params, n, x, dy, got), ACTFN_OK);
            ck_assert_int_eq(actfn_param_gradient_f32(op, test_mode, params, n, wide, wide_dy, wanted), ACTFN_OK);
            double magnitudes[ACTFN_MAX_PARAMS] = { 0 };
            for (size_t i = 0; i < n; i++) {
                const struct oracle_value v = oracle_at(oracle_find(actfn_op_info(op)->name), (double)wide[i], p);
                for (int j = 0; j < ACTFN_MAX_PARAMS; j++)
                    magnitudes[j] += fabs((double)wide_dy[i]) * v.dp_terms[j];
            }
            for (int j = 0; j < actfn_op_info(op)->param_count; j++)
                expect(fabs((double)got[j] - (double)wanted[j]) <= 0x1p-19 * magnitudes[j],
                       "%s: %s, %s, %zu elements: d/d%s is %a, of floats %a", test_run, actfn_op_info(op)->name,
                       t->name, n, actfn_op_param(op, j)->name, (double)got[j], (double)wanted[j]);
        }
}
END_TEST

/* ---- gates ----------------------------------------------------------------------------------------------------------- */

/* In rows with gaps: the bits are those of the fast mode's floats, rounded once. */
START_TEST(gates_are_those_of_the_floats)
{
    enum { ROWS = 3, GAP = 5, MOST = 1200, ALL = ROWS * (MOST + GAP) };
    static uint16_t u[ALL], v[ALL], slope[ALL], result[3][ALL], wanted[ALL];
    static float wide_u[ALL], wide_v[ALL], wide_slope[ALL], floats[3][ALL];
    const actfn_op op = (actfn_op)_i;
    for (int k = 0; k < SIXTEEN_TYPES && actfn_op_info(op)->family == ACTFN_FAMILY_GATES; k++)
        for (size_t n = 1; n <= MOST; n += n < 70 ? 1 : 283) {
            const struct sixteen *t = &sixteen_types[k];
            const size_t s = n + GAP, all = ROWS * s;
            fill_inputs(wide_u, all, n);
            fill_inputs(wide_v, all, n + 1);
            fill_tame(wide_slope, all, n + 2);
            t->from_f32(all, wide_u, u), t->from_f32(all, wide_v, v), t->from_f32(all, wide_slope, slope);
            t->to_f32(all, u, wide_u), t->to_f32(all, v, wide_v), t->to_f32(all, slope, wide_slope);
            memset(result, 0xa5, sizeof result);
            ck_assert_int_eq(t->gates(op, test_mode, NULL, ROWS, n, u, s, v, s, result[0], s), ACTFN_OK);
            ck_assert_int_eq(
                t->gates_backward(op, test_mode, NULL, ROWS, n, u, s, v, s, slope, s, result[1], s, result[2], s),
                ACTFN_OK);
            actfn_gates_forward_f32(op, ACTFN_FAST, NULL, ROWS, n, wide_u, s, wide_v, s, floats[0], s);
            actfn_gates_backward_f32(op, ACTFN_FAST, NULL, ROWS, n, wide_u, s, wide_v, s, wide_slope, s, floats[1], s,
                                     floats[2], s);
            for (int what = 0; what < 3; what++) {
                t->from_f32(all, floats[what], wanted);
                for (size_t i = 0; i < all; i++) {
                    const bool between = i % s >= n, nan = is_nan_sixteen(t, wanted[i]);
                    expect(between ? result[what][i] == 0xa5a5
                           : nan   ? is_quiet_sixteen(t, result[what][i])
                                   : result[what][i] == wanted[i],
                           "%s: %s of %s, result %d, element %zu of rows of %zu: %04x, of floats %04x", test_run,
                           actfn_op_info(op)->name, t->name, what, i, n, result[what][i], wanted[i]);
                }
            }
        }
}
END_TEST

/* ---- conversions ----------------------------------------------------------------------------------------------------- */

START_TEST(to_floats_is_exact)
{
    all_inputs();
    for (int k = 0; k < SIXTEEN_TYPES; k++) {
        const struct sixteen *t = &sixteen_types[k];
        ck_assert_int_eq(t->to_f32(ALL_SIXTEEN, x, wide), ACTFN_OK);
        for (unsigned i = 0; i < ALL_SIXTEEN; i++) {
            const double exact = value_of_sixteen(t, i);
            expect(isnan(exact) ? isnan(wide[i]) && !signbit(wide[i]) == !(i & 0x8000)
                                : bits_of(wide[i]) == bits_of((float)exact),
                   "%s: %s %04x is %a", test_run, t->name, i, (double)wide[i]);
        }
    }
}
END_TEST

static void check_rounding(const struct sixteen *t, size_t n)
{
    ck_assert_int_eq(t->from_f32(n, wide, y), ACTFN_OK);
    for (size_t i = 0; i < n; i++) {
        const unsigned wanted = nearest_sixteen(t, (double)wide[i]);
        const bool good = isnan(wide[i])
                              ? is_quiet_sixteen(t, y[i]) && (y[i] & 0x8000) == (bits_of(wide[i]) >> 16 & 0x8000)
                              : y[i] == wanted;
        expect(good, "%s: %a, %08x, to %s is %04x, and not %04x", test_run, (double)wide[i], bits_of(wide[i]), t->name,
               y[i], wanted);
    }
}

/* A comb over all floats; each number, each half-way point, and the floats beside them. */
START_TEST(from_floats_is_rounded_once)
{
    const uint64_t step = getenv("ACTFN_SIXTEEN_FLOATS") ? 1 : light() ? 65521 : 4093;
    for (int k = 0; k < SIXTEEN_TYPES; k++) {
        const struct sixteen *t = &sixteen_types[k];
        for (uint64_t bits = 0; bits < UINT64_C(1) << 32;) {
            size_t n = 0;
            for (; n < ALL_SIXTEEN && bits < UINT64_C(1) << 32; bits += step)
                wide[n++] = from_bits((uint32_t)bits);
            check_rounding(t, n);
        }
        for (int off = -1; off <= 1; off++)
            for (int half = 0; half < 2; half++) {
                for (unsigned i = 0; i < ALL_SIXTEEN; i++) {
                    const double a = value_of_sixteen(t, i), ulp = ulp_of_sixteen(t, a);
                    wide[i] = float_step((float)(half ? a + copysign(ulp / 2, a) : a), off);
                }
                check_rounding(t, ALL_SIXTEEN);
            }
    }
}
END_TEST

/* Narrowing in place, and the overlaps that are refused. */
START_TEST(conversions_overlap_as_they_may)
{
    enum { N = 1000 };
    for (int k = 0; k < SIXTEEN_TYPES; k++) {
        const struct sixteen *t = &sixteen_types[k];
        for (size_t n = 0; n <= N; n += n < 70 ? 1 : 93) {
            fill_inputs(wide, n, n);
            ck_assert_int_eq(t->from_f32(n, wide, y), ACTFN_OK);
            uint16_t *const place = (uint16_t *)(void *)wide;
            ck_assert_int_eq(t->from_f32(n, wide, place), ACTFN_OK);
            for (size_t i = 0; i < n; i++)
                expect(place[i] == y[i] || is_nan_sixteen(t, y[i]), "%s: %s in place, %zu of %zu", test_run, t->name, i,
                       n);
        }
        uint16_t *const place = (uint16_t *)(void *)wide;
        ck_assert_int_eq(t->from_f32(N, wide, place + 1), ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(t->from_f32(N, wide + 1, place), ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(t->from_f32(N, wide, place + 2 * N), ACTFN_OK);
        ck_assert_int_eq(t->to_f32(N, place, wide), ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(t->to_f32(N, place + N, wide), ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(t->to_f32(N, place + 2 * N, wide), ACTFN_OK);
        ck_assert_int_eq(t->from_f32(1, NULL, y), ACTFN_ERR_NULL);
        ck_assert_int_eq(t->to_f32(1, y, NULL), ACTFN_ERR_NULL);
        ck_assert_int_eq(t->from_f32(SIZE_MAX / 4 + 1, wide, y), ACTFN_ERR_SIZE);
        ck_assert_int_eq(t->to_f32(SIZE_MAX / 4 + 1, y, wide), ACTFN_ERR_SIZE);
        ck_assert_int_eq(t->from_f32(0, NULL, NULL), ACTFN_OK);
        ck_assert_int_eq(t->to_f32(0, NULL, NULL), ACTFN_OK);
    }
}
END_TEST

/* ---- arguments -------------------------------------------------------------------------------------------------------- */

/* The answers of the four forms with x, dy and out as given.  Nothing is written unless all arguments are legal. */
static void expect_answers(const struct sixteen *t, actfn_op op, actfn_mode m, const float *params, size_t n,
                           const uint16_t *in, const uint16_t *slope, uint16_t *out, actfn_status wanted,
                           const char *what)
{
    float gradients[ACTFN_MAX_PARAMS] = { 7, 7, 7, 7 };
    const bool from_y = actfn_op_info(op) && (actfn_op_info(op)->flags & ACTFN_OP_FROM_OUTPUT);
    const bool sums = actfn_op_info(op) && (actfn_op_info(op)->flags & ACTFN_OP_PARAM_GRADIENT);
    const actfn_status got[] = { t->forward(op, m, params, n, in, out), t->backward(op, m, params, n, in, slope, out),
                                 from_y ? t->from_output(op, m, params, n, in, slope, out) : wanted,
                                 sums && wanted != ACTFN_ERR_OVERLAP && out
                                     ? t->param_gradient(op, m, params, n, in, slope, gradients)
                                     : wanted };
    for (int k = 0; k < 4; k++)
        expect(got[k] == wanted, "%s: %s, %s, form %d: %s", test_run, t->name, what, k, actfn_status_string(got[k]));
    expect(wanted == ACTFN_OK || gradients[0] == 7, "%s: %s, %s: gradients are written", test_run, t->name, what);
}

START_TEST(bad_arguments_are_refused)
{
    enum { N = 100 };
    const float one = 1, nan = NAN;
    for (int k = 0; k < SIXTEEN_TYPES; k++) {
        const struct sixteen *t = &sixteen_types[k];
        memset(y, 0xa5, sizeof y);
        expect_answers(t, ACTFN_OP_NONE, test_mode, &one, N, x, dy, y, ACTFN_ERR_OP, "no operation");
        expect_answers(t, (actfn_op)actfn_op_count(), test_mode, &one, N, x, dy, y, ACTFN_ERR_OP,
                       "an operation past the last");
        expect_answers(t, ACTFN_SOFTMAX, test_mode, &one, N, x, dy, y, ACTFN_ERR_NOT_OFFERED, "another family");
        expect_answers(t, ACTFN_ELU, (actfn_mode)2, &one, N, x, dy, y, ACTFN_ERR_MODE, "no mode");
        expect_answers(t, ACTFN_ELU, test_mode, &nan, N, x, dy, y, ACTFN_ERR_PARAM, "a NaN for a parameter");
        expect_answers(t, ACTFN_ELU, test_mode, &nan, 0, NULL, NULL, NULL, ACTFN_ERR_PARAM, "a NaN and no element");
        expect_answers(t, ACTFN_ELU, test_mode, &one, N, NULL, dy, y, ACTFN_ERR_NULL, "no x");
        expect_answers(t, ACTFN_ELU, test_mode, &one, N, x, dy, NULL, ACTFN_ERR_NULL, "no result");
        expect_answers(t, ACTFN_ELU, test_mode, &one, SIZE_MAX / 2 + 1, x, dy, y, ACTFN_ERR_SIZE, "too many elements");
        expect_answers(t, ACTFN_ELU, test_mode, &one, N, x, dy, x + 1, ACTFN_ERR_OVERLAP, "results on x");
        expect_answers(t, ACTFN_THRESHOLD, test_mode, NULL, N, x, dy, y, ACTFN_ERR_NULL,
                       "no parameters and no defaults");
        ck_assert_int_eq(t->backward(ACTFN_ELU, test_mode, &one, N, x, NULL, y), ACTFN_ERR_NULL);
        ck_assert_int_eq(t->backward(ACTFN_ELU, test_mode, &one, N, x, dy, dy + N - 1), ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(t->from_output(ACTFN_GELU, test_mode, NULL, N, x, dy, y), ACTFN_ERR_NOT_OFFERED);
        ck_assert_int_eq(t->from_output(ACTFN_ELU, test_mode, &(float) { -1 }, N, x, dy, y), ACTFN_ERR_NOT_OFFERED);
        float sums[2];
        ck_assert_int_eq(t->param_gradient(ACTFN_GELU, test_mode, NULL, N, x, dy, sums), ACTFN_ERR_NOT_OFFERED);
        ck_assert_int_eq(t->param_gradient(ACTFN_ELU, test_mode, NULL, N, x, dy, NULL), ACTFN_ERR_NULL);
        ck_assert_int_eq(t->param_gradient(ACTFN_ELU, test_mode, NULL, N, x, dy, (float *)(void *)(dy + N - 2)),
                         ACTFN_ERR_OVERLAP);
        sums[0] = sums[1] = 7;
        ck_assert_int_eq(t->param_gradient(ACTFN_ELU, test_mode, NULL, 0, NULL, NULL, sums), ACTFN_OK);
        expect(sums[0] == 0 && sums[1] == 7, "%s: the sum of nothing is %a", test_run, (double)sums[0]);
        for (size_t i = 0; i < ALL_SIXTEEN; i++)
            expect(y[i] == 0xa5a5, "%s: a call that was refused wrote a result", test_run);
    }
}
END_TEST

Suite *sixteen_suite(void)
{
    Suite *suite = suite_create("sixteen");
    TCase *tcase = tcase_create("sixteen");
    tcase_set_timeout(tcase, 0);
    tcase_add_test(tcase, to_floats_is_exact);
    tcase_add_test(tcase, from_floats_is_rounded_once);
    tcase_add_test(tcase, conversions_overlap_as_they_may);
    tcase_add_test(tcase, bad_arguments_are_refused);
    tcase_add_loop_test(tcase, gates_are_those_of_the_floats, 0, actfn_op_count());
    for_elementwise(tcase, forward_is_correctly_rounded);
    for_elementwise(tcase, forward_at_other_parameters);
    for_elementwise(tcase, backward_is_rounded_once);
    for_elementwise(tcase, param_gradients_are_those_of_the_floats);
    suite_add_tcase(suite, tcase);
    suite_add_tcase(suite, sixteen_row_tests());
    suite_add_tcase(suite, sixteen_entropy_tests());
    suite_add_tcase(suite, sixteen_channel_tests());
    return suite;
}
