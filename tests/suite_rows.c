/* SPDX-License-Identifier: MIT */
/* The rows family: the values of the specification, its identities, and the error against the oracle. */
#include "expect.h"
#include "floats.h"
#include "rows_oracle.h"
#include "rows_support.h"
#include "support.h"

#include <float.h>
#include <stdlib.h>

static float x[MAX_LENGTH], y[MAX_LENGTH], dy[MAX_LENGTH], dx[MAX_LENGTH], other[MAX_LENGTH];
static struct bounded exact[MAX_LENGTH];

static void row(const struct row_call *c, size_t n, const float *in, const float *out, const float *in_dy,
                float *result)
{
    ck_assert_int_eq(rows_compute(c, (struct shape) { 1, n, 1 }, in, out, in_dy, result), ACTFN_OK);
}

static void forward(actfn_op op, float scale, size_t n, const float *in, float *out)
{
    row(&(struct row_call) { .op = op, .scale = scale }, n, in, NULL, NULL, out);
}

static void backward(actfn_op op, size_t n, const float *in, const float *out, const float *in_dy, float *result)
{
    row(&(struct row_call) { .op = op, .backward = true }, n, in, out, in_dy, result);
}

/* ---- sections 8 and 10 --------------------------------------------------------------------------------------------
 */

/* The bounds are those of section 8.  The values have twelve digits. */
static const struct golden {
    actfn_op op;
    size_t n;
    float x[4];
    int count;
    double y[4];
} goldens[] = {
    { ACTFN_SOFTMAX, 3, { 3, 1, -3 }, 3, { 0.878878242732, 0.118943235911, 0.00217852135720 } },
    { ACTFN_SOFTMIN, 3, { -3, -1, 3 }, 3, { 0.878878242732, 0.118943235911, 0.00217852135720 } },
    { ACTFN_LOG_SOFTMAX, 3, { 3, 1, -3 }, 3, { -0.129108908830, -2.12910890883, -6.12910890883 } },
    { ACTFN_LOGSUMEXP, 3, { 3, 1, -3 }, 1, { 3.12910890883 } },
    { ACTFN_LOGMEANEXP, 3, { 3, 1, -3 }, 1, { 2.03049662016 } },
    { ACTFN_SPARSEMAX, 3, { 3, 1, -3 }, 3, { 1, 0, 0 } },
    { ACTFN_SPARSEMAX, 3, { 0.5f, 0.2f, -0.1f }, 3, { 0.633333333333, 0.333333333333, 0.0333333333333 } },
    { ACTFN_HARDMAX, 3, { 1, 3, -3 }, 3, { 0, 1, 0 } },
    { ACTFN_MAXOUT, 3, { 1, 3, -3 }, 1, { 3 } },
    /* A tie; a distance beyond every exponential; a row for which ln(softmax) would be -inf. */
    { ACTFN_SOFTMAX, 2, { 7.25f, 7.25f }, 2, { 0.5, 0.5 } },
    { ACTFN_SOFTMAX, 2, { 1000, 1001 }, 2, { 0.268941421370, 0.731058578630 } },
    { ACTFN_LOG_SOFTMAX, 2, { 0, -200 }, 2, { 0, -200 } },
    { ACTFN_LOG_SOFTMAX, 2, { 20, 0 }, 2, { -2.06115362032e-9, -20.0000000020612 } },
    { ACTFN_LOG_SOFTMAX, 3, { 150, -50, 0 }, 3, { 0, -200, -150 } },
    { ACTFN_LOGSUMEXP, 2, { -1000, -1000 }, 1, { -999.306852819 } },
    { ACTFN_LOGMEANEXP, 4, { 100, 100, 100, 100 }, 1, { 100 } },
    { ACTFN_SPARSEMAX, 4, { 2, 2, 2, -5 }, 4, { 0.333333333333, 0.333333333333, 0.333333333333, 0 } },
};

static double allowed(actfn_op op, double value, double m)
{
    const double own = (double)forward_bound(op);
    switch ((int)op) {
    case ACTFN_LOG_SOFTMAX: return own * 0x1p-24 * (1 + fabs(value));
    case ACTFN_LOGSUMEXP: return fmax(own * ulp_of(value), 0x1p-22 * fabs(m));
    case ACTFN_LOGMEANEXP: return fmax(own * ulp_of(value), 0x1p-22 * (fabs(m) + log(3)));
    case ACTFN_SPARSEMAX: return 0x1p-21;
    case ACTFN_HARDMAX:
    case ACTFN_MAXOUT: return 0;
    default: return own * ulp_of(value) + 0x1p-21 * value;
    }
}

START_TEST(golden_values)
{
    const struct golden *g = &goldens[_i];
    double m = (double)g->x[0];
    for (size_t k = 1; k < g->n; k++)
        m = fmax(m, (double)g->x[k]);
    forward(g->op, 0, g->n, g->x, y);
    for (int k = 0; k < g->count; k++)
        if (!(fabs((double)y[k] - g->y[k]) <= allowed(g->op, g->y[k], m) + 1e-12 * fabs(g->y[k])))
            ck_abort_msg("%s: %s, line %d: %d is %.9g, expected %.12g", test_run, actfn_op_info(g->op)->name, _i, k,
                         (double)y[k], g->y[k]);
}
END_TEST

/* Section 9's dz by the chain rule: T20 with the loss -log_softmax at the second class. */
START_TEST(golden_gradient)
{
    static const double expected[] = { 0.878878242732, -0.881056764089, 0.00217852135720 };
    forward(ACTFN_LOG_SOFTMAX, 0, 3, (float[]) { 3, 1, -3 }, y);
    backward(ACTFN_LOG_SOFTMAX, 3, NULL, y, (float[]) { 0, -1, 0 }, dx);
    for (int k = 0; k < 3; k++)
        expect_le(fabs((double)dx[k] - expected[k]), 0x1p-21);
}
END_TEST

/* ---- identities ------------------------------------------------------------------------------------------------ */

START_TEST(softmin_is_softmax_of_minus_x)
{
    static const float scales[] = { 0, 0.125f, 2.5f, 1e-30f, 1e30f };
    for (size_t l = 0; l < LENGTHS; l++)
        for (int kind = 0; kind < KIND_COUNT; kind++)
            for (size_t v = 0; v < sizeof scales / sizeof scales[0]; v++) {
                const size_t n = row_lengths[l];
                fill_row((enum row_kind)kind, x, n, 100 * l + (size_t)kind, true);
                forward(ACTFN_SOFTMIN, scales[v], n, x, y);
                for (size_t i = 0; i < n; i++)
                    x[i] = -x[i];
                forward(ACTFN_SOFTMAX, scales[v], n, x, other);
                expect(first_difference(y, other, n) == n, "%s: softmin, n = %zu, kind %d", test_run, n, kind);
                /* So their gradients are opposite. */
                const struct row_call min = { .op = ACTFN_SOFTMIN, .backward = true, .scale = scales[v] };
                const struct row_call max = { .op = ACTFN_SOFTMAX, .backward = true, .scale = scales[v] };
                fill_tame(dy, n, 77);
                row(&min, n, NULL, y, dy, dx);
                row(&max, n, NULL, y, dy, other);
                for (size_t i = 0; i < n; i++)
                    expect(same(dx[i], -other[i]) || (dx[i] == 0 && other[i] == 0),
                           "%s: softmin backward, n = %zu: %a, %a", test_run, n, (double)dx[i], (double)other[i]);
            }
}
END_TEST

START_TEST(log_softmax_is_log_of_softmax)
{
    for (size_t l = 0; l < LENGTHS; l++)
        for (int kind = 0; kind < KIND_HUGE; kind++) {
            const size_t n = row_lengths[l];
            fill_row((enum row_kind)kind, x, n, 300 * l + (size_t)kind, false);
            forward(ACTFN_SOFTMAX, 0, n, x, y);
            forward(ACTFN_LOG_SOFTMAX, 0, n, x, other);
            for (size_t i = 0; i < n; i++)
                if (y[i] >= FLT_MIN) {
                    const double direct = log((double)y[i]);
                    expect_le(fabs((double)other[i] - direct), 0x1p-22 * (1 + fabs(direct)) + 0x1p-20);
                }
        }
}
END_TEST

/* One element far above the others.  Its log_softmax is minus the weight of the others, and minus the cross entropy. */
START_TEST(log_softmax_near_0)
{
    const double bound = test_mode == ACTFN_FAST ? 0x1p-16 : 0x1p-17;
    for (size_t n = 2; n < 300; n = n * 2 + 1)
        for (float above = 1; above < 110; above += 0.75f)
            for (int k = 0; k < 3; k++) {
                const float scale = ((const float[]) { 1, 0.25f, 4 })[k], base = k == 1 ? 0 : -7.5f;
                const size_t top = n / 2;
                const int64_t class = (int64_t)top;
                float loss;
                for (size_t i = 0; i < n; i++)
                    x[i] = i == top ? base + above / scale : base - (float)(i % 5);
                forward(ACTFN_LOG_SOFTMAX, scale, n, x, y);
                oracle_rows_forward(ACTFN_LOG_SOFTMAX, scale, n, x, exact);
                const double v = (double)exact[top].value, wrong = fabs((double)y[top] - v);
                expect(wrong <= -v * bound + 0x1p-149, "%s: n = %zu, %g above the others: %a, not %a", test_run, n,
                       (double)above, (double)y[top], v);
                if (k || v > -FLT_MIN)
                    continue;
                actfn_softmax_cross_entropy_f32(test_mode, NULL, 1, n, 1, x, &class, -1, NULL, 1, &loss, NULL);
                expect(fabs((double)y[top] + (double)loss) <= -v * 2 * bound, "%s: %a, but a loss of %a", test_run,
                       (double)y[top], (double)loss);
            }
}
END_TEST

/* If adding c is exact, the two rows have one exact result, and each may differ from it by its bound. */
START_TEST(shift_invariance)
{
    static const actfn_op ops[] = { ACTFN_SOFTMAX, ACTFN_LOG_SOFTMAX, ACTFN_SOFTMIN, ACTFN_SPARSEMAX };
    static const float shifts[] = { 1, -256, 4096, 65536 };
    for (size_t o = 0; o < sizeof ops / sizeof ops[0]; o++)
        for (size_t l = 0; l < LENGTHS; l++)
            for (size_t v = 0; v < sizeof shifts / sizeof shifts[0]; v++) {
                const size_t n = row_lengths[l];
                for (size_t i = 0; i < n; i++)
                    x[i] = (float)(int)(scramble(i + l) % 2048) * 0x1p-7f - 8.0f;
                forward(ops[o], 0, n, x, y);
                for (size_t i = 0; i < n; i++)
                    x[i] += shifts[v];
                forward(ops[o], 0, n, x, other);
                for (size_t i = 0; i < n; i++) {
                    const double a = (double)y[i], b = (double)other[i],
                                 at_most = ops[o] == ACTFN_SPARSEMAX     ? 0x1p-20
                                           : ops[o] == ACTFN_LOG_SOFTMAX ? 0x1p-21 * (1 + fabs(a))
                                                                         : 8 * ulp_of(a) + 0x1p-20 * a;
                    expect_le(fabs(a - b), at_most);
                }
            }
}
END_TEST

START_TEST(maxout_of_one_is_identity)
{
    fill_inputs(x, MAX_LENGTH, 4);
    x[17] = NAN;
    const struct row_call c = { .op = ACTFN_MAXOUT };
    for (size_t inner = 1; inner <= 5; inner += 4) {
        const struct shape s = { MAX_LENGTH / inner, 1, inner };
        ck_assert_int_eq(rows_compute(&c, s, x, NULL, NULL, y), ACTFN_OK);
        ck_assert_uint_eq(first_difference(x, y, element_count(s)), element_count(s));
    }
}
END_TEST

/* ---- error ------------------------------------------------------------------------------------------------------- */

static const float scales[] = { 0, 0.125f, 0.5f, 1, 2.5f, 1e-30f, FLT_TRUE_MIN, 1e30f, 0x1p127f };

static void expect_row(const struct row_call *c, size_t n, int kind, size_t count, const float *got)
{
    for (size_t i = 0; i < count; i++)
        if (!is_within(got[i], exact[i]))
            ck_abort_msg(
                "%s, kind %d: element %zu (x = %a, y = %a, dy = %a) is %a, expected %.17Lg, off %.3Lg, allowed %.3Lg",
                row_text(c, (struct shape) { 1, n, 1 }), kind, i, (double)x[i], (double)y[i], (double)dy[i],
                (double)got[i], exact[i].value, (long double)got[i] - exact[i].value, exact[i].bound);
}

static void expect_sum_of_one(const struct row_call *c, size_t n, int kind)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += (double)y[i];
        expect(y[i] >= 0 && y[i] <= 1, "%s: %zu is %a", row_text(c, (struct shape) { 1, n, 1 }), i, (double)y[i]);
    }
    if (!(fabs(sum - 1) <= 0x1p-20))
        ck_abort_msg("%s, kind %d: the sum is 1 %+g", row_text(c, (struct shape) { 1, n, 1 }), kind, sum - 1);
}

START_TEST(error_of_both_directions)
{
    const actfn_op op = (actfn_op)_i;
    const size_t count = is_scaled(op) ? sizeof scales / sizeof scales[0] : 1;
    for (size_t l = 0; l < (light() ? LENGTHS - 1 : LENGTHS); l++)
        for (int kind = 0; kind < KIND_SPECIAL; kind++)
            for (size_t v = 0; v < count; v++)
                for (uint64_t seed = 0; seed < (row_lengths[l] < 200 ? 4 : 1); seed++) {
                    struct row_call c = { .op = op, .scale = scales[v] };
                    const size_t n = row_lengths[l];
                    const float scale = c.scale == 0 ? 1 : c.scale;
                    fill_row((enum row_kind)kind, x, n, seed * 7919 + l, op == ACTFN_SOFTMIN);
                    row(&c, n, x, NULL, NULL, y);
                    fill_tame(dy, n, seed + 50);
                    oracle_rows_forward(op, scale, n, x, exact);
                    expect_row(&c, n, kind, reduces(op) ? 1 : n, y);
                    if (op == ACTFN_SOFTMAX || op == ACTFN_SOFTMIN)
                        expect_sum_of_one(&c, n, kind);
                    c.backward = true;
                    row(&c, n, x, y, dy, dx);
                    oracle_rows_backward(op, scale, n, x, y, dy, exact);
                    expect_row(&c, n, kind, n, dx);
                }
}
END_TEST

/*
 * One element above many equal ones.  Each addition to the sum loses as much as it can, always in one direction, which does not
 * happen in random rows.  The shares go from the leader's own down to half of its ULP.
 */
START_TEST(one_above_many)
{
    static const size_t lengths[] = { 3, 6, 16, 42, 43, 64, 100, 240, 250, 255, 256, 300, 1000, 4097 };
    const size_t count = sizeof lengths / sizeof lengths[0];
    static const float shares[] = { 0.499f, 0.5f, 0.7f, 0.999f }, tops[] = { 0, -0.3f, 0.69f };
    const actfn_op op = (actfn_op)_i;
    const struct row_call c = { .op = op };
    for (size_t l = 0; l < (light() ? count - 1 : count); l++)
        for (int k = 0; k < 27; k += light() ? 5 : 1)
            for (int v = 0; v < 12; v++) {
                const size_t n = lengths[l];
                for (size_t i = 0; i < n; i++)
                    x[i] = tops[v % 3] + logf(ldexpf(shares[v / 3], -k));
                x[n * 3 / 7] = tops[v % 3];
                for (size_t i = 0; op == ACTFN_SOFTMIN && i < n; i++)
                    x[i] = -x[i];
                row(&c, n, x, NULL, NULL, y);
                oracle_rows_forward(op, 1, n, x, exact);
                expect_row(&c, n, k, reduces(op) ? 1 : n, y);
                if (op == ACTFN_SOFTMAX || op == ACTFN_SOFTMIN)
                    expect_sum_of_one(&c, n, k);
            }
}
END_TEST

/* The support that sparsemax finds by search: sizes from one to all, with differences far above the floats' resolution. */
START_TEST(supports_of_sparsemax)
{
    const struct row_call c = { .op = ACTFN_SPARSEMAX };
    for (size_t n = 2; n <= 1000; n = n * 3 / 2 + 1)
        for (size_t k = 1; k <= n; k += n / 7 + 1) {
            /* k members with 1/k each; the others lie below by a margin. */
            for (size_t i = 0; i < n; i++)
                x[i] = (i * 7 + 3) % n < k ? 5.0f : 5.0f - 1.5f / (float)k - (float)(i % 13);
            row(&c, n, x, NULL, NULL, y);
            oracle_rows_forward(ACTFN_SPARSEMAX, 1, n, x, exact);
            expect_row(&c, n, (int)k, n, y);
            for (size_t i = 0; i < n; i++)
                expect((y[i] > 0) == (exact[i].value > 0), "%s: sparsemax, n = %zu, k = %zu: %zu is %a", test_run, n, k,
                       i, (double)y[i]);
        }
}
END_TEST

/* ---- long rows ------------------------------------------------------------------------------------------------- */

enum { LONG = 1 << 22 };

/*
 * One leader at 0 and LONG - 1 elements of ln 0.7; or, with d = 0, all elements equal.  In one float, a sum near 2^23 has
 * an ULP of 1, and its error begins long before.
 */
static void expect_long(actfn_op op, float d, float *in, float *out)
{
    const struct row_call c = { .op = op };
    const struct shape s = { 1, LONG, 1 };
    for (size_t i = 0; i < LONG; i++)
        in[i] = d;
    in[LONG / 3] = 0;
    const long double e = expl((long double)d), sum = 1 + e * (LONG - 1), log_sum = logl(sum);
    ck_assert_int_eq(rows_compute(&c, s, in, NULL, NULL, out), ACTFN_OK);
    const long double log_n = op == ACTFN_LOGMEANEXP ? logl(LONG) : 0;
    if (reduces(op)) {
        expect_le(fabsl((long double)out[0] - (log_sum - log_n)),
                  fmaxl(2 * (long double)ulp_of((double)(log_sum - log_n)), 0x1p-22L * log_n));
        return;
    }
    for (size_t i = 0; i < LONG; i++) {
        const long double w = i == LONG / 3 ? 1 : e, v = op == ACTFN_SOFTMAX ? w / sum : logl(w) - log_sum;
        if (i == LONG / 3 || (i & 0xffff) == 5)
            expect_le(fabsl((long double)out[i] - v),
                      op == ACTFN_SOFTMAX ? v * (0x1p-21L + 4 * 0x1p-23L) : 0x1p-22L * (1 - v));
        else
            expect(bits_of(out[i]) == bits_of(out[i != LONG / 3 + 1 && i > 0 ? i - 1 : i]), "%s: element %zu differs",
                   row_text(&c, s), i);
    }
}

START_TEST(rows_of_2_to_the_22)
{
    float *in = malloc(LONG * sizeof *in), *out = malloc(LONG * sizeof *out);
    if (light())
        goto done;
    static const actfn_op ops[] = { ACTFN_SOFTMAX, ACTFN_LOG_SOFTMAX, ACTFN_LOGSUMEXP, ACTFN_LOGMEANEXP };
    for (size_t o = 0; o < sizeof ops / sizeof ops[0]; o++) {
        expect_long(ops[o], 0, in, out);
        expect_long(ops[o], -0.356674944f, in, out);
    }
    for (size_t i = 0; i < LONG; i++)
        in[i] = 0.7f;
    forward(ACTFN_SPARSEMAX, 0, LONG, in, out);
    for (size_t i = 0; i < LONG; i++)
        expect(out[i] > 0 && out[i] == out[0] && fabs((double)out[i] * LONG - 1) <= 0x1p-20, "%s: sparsemax: %zu is %a",
               test_run, i, (double)out[i]);
    /* Gradients are sums, too.  With dy all 0.7 the exact result is 0; the bound is 2^-21 of 0.7 and four roundings, over n. */
    backward(ACTFN_SPARSEMAX, LONG, NULL, out, in, in);
    for (size_t i = 0; i < LONG; i++)
        expect_le(fabsf(in[i]), 0.7f * 0x1p-20f);
done:
    free(in);
    free(out);
}
END_TEST

/* The first maximum of a row of millions of elements.  A library may count in floats, or compute in parts. */
START_TEST(first_of_millions)
{
    static const size_t places[] = { 0, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, (1 << 21) + 5, LONG - 1 };
    enum { PLACES = sizeof places / sizeof places[0] };
    float *in = malloc(LONG * sizeof *in), *out = malloc(LONG * sizeof *out), most;
    int32_t at;
    for (size_t i = 0; !light() && i < LONG; i++)
        in[i] = -INFINITY;
    for (int kind = 0; !light() && kind < 3; kind++)
        for (size_t first = 0; first < PLACES; first++) {
            /* All other elements lie below; from place `first` on there are ties, or NaN. */
            const float top = kind == 0 ? -INFINITY : kind == 1 ? -3.5f : NAN;
            for (size_t k = first; k < PLACES; k++)
                in[places[k]] = top;
            ck_assert_int_eq(actfn_maxout_index_f32(test_mode, 1, LONG, 1, in, &most, &at), ACTFN_OK);
            ck_assert_int_eq(at, kind == 0 ? 0 : (int)places[first]);
            ck_assert(same(most, top));
            forward(ACTFN_HARDMAX, 0, LONG, in, out);
            for (size_t i = 0; i < LONG; i++)
                expect(kind == 2 ? isnan(out[i]) : same(out[i], i == (size_t)at), "%s: hardmax, element %zu is %a",
                       test_run, i, (double)out[i]);
            for (size_t k = 0; k < PLACES; k++)
                in[places[k]] = -INFINITY;
        }
    free(in);
    free(out);
}
END_TEST

Suite *rows_suite(void)
{
    Suite *suite = suite_create("rows");
    TCase *tcase = tcase_create("rows");
    tcase_set_timeout(tcase, 240);
    tcase_add_loop_test(tcase, golden_values, 0, sizeof goldens / sizeof goldens[0]);
    tcase_add_test(tcase, golden_gradient);
    tcase_add_test(tcase, softmin_is_softmax_of_minus_x);
    tcase_add_test(tcase, log_softmax_is_log_of_softmax);
    tcase_add_test(tcase, log_softmax_near_0);
    tcase_add_test(tcase, shift_invariance);
    tcase_add_test(tcase, maxout_of_one_is_identity);
    for_rows(tcase, error_of_both_directions);
    for_rows(tcase, one_above_many);
    tcase_add_test(tcase, supports_of_sparsemax);
    tcase_add_test(tcase, rows_of_2_to_the_22);
    tcase_add_test(tcase, first_of_millions);
    suite_add_tcase(suite, tcase);
    return suite;
}
