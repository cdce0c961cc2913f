/* SPDX-License-Identifier: MIT */
/* softmax_cross_entropy by value: the specification's statements, special rows, and the error against the oracle. */
#include "entropy_support.h"
#include "expect.h"
#include "floats.h"
#include "rows_oracle.h"
#include "rows_support.h"
#include "support.h"

#include <float.h>
#include <stdlib.h>

static float z[MAX_LENGTH], t[MAX_LENGTH], loss[1], dz[MAX_LENGTH], other[MAX_LENGTH];
static struct bounded exact_loss, exact[MAX_LENGTH];

/* One row by class; if `c->t` is set, dense. */
static void one_row(const struct entropy_case *c)
{
    struct entropy_call call = {
        .dense = c->t != NULL, .mode = test_mode, .smoothing = c->smoothing, .scale = c->scale, .ignore_index = -100
    };
    const int64_t class = (int64_t)c->class;
    const struct entropy_data data = { c->z, c->t, &class, &c->w };
    ck_assert_int_eq(entropy_compute(&call, (struct shape) { 1, c->n, 1 }, &data, loss, dz), ACTFN_OK);
}

static void expect_exact(const struct entropy_case *c, const char *what)
{
    oracle_cross_entropy(c, &exact_loss, exact);
    if (!is_within(loss[0], exact_loss))
        ck_abort_msg("%s: %s, n = %zu, class %zu, smoothing %g: loss %a, expected %.17Lg, off %.3Lg, allowed %.3Lg",
                     test_run, what, c->n, c->class, (double)c->smoothing, (double)loss[0], exact_loss.value,
                     (long double)loss[0] - exact_loss.value, exact_loss.bound);
    for (size_t k = 0; k < c->n; k++)
        if (!is_within(dz[k], exact[k]))
            ck_abort_msg(
                "%s: %s, n = %zu, class %zu, smoothing %g, w %g, scale %g: dz %zu is %a, expected %.17Lg, off %.3Lg, "
                "allowed %.3Lg",
                test_run, what, c->n, c->class, (double)c->smoothing, (double)c->w, (double)c->scale, k, (double)dz[k],
                exact[k].value, (long double)dz[k] - exact[k].value, exact[k].bound);
}

/* ---- sections 9 and 10 ------------------------------------------------------------------------------------------- */

START_TEST(golden_values)
{
    static const float in[] = { 3, 1, -3 }, one_hot[] = { 0, 1, 0 };
    static const double gradient[] = { 0.878878242732, -0.881056764089, 0.00217852135720 };
    for (int dense = 0; dense < 2; dense++) {
        one_row(
            &(struct entropy_case) { .n = 3, .z = in, .t = dense ? one_hot : NULL, .class = 1, .w = 1, .scale = 1 });
        double sum = 0;
        expect_le(fabs((double)loss[0] - 2.12910890883), 0x1p-22 * 3.13);
        for (int k = 0; k < 3; k++) {
            expect_le(fabs((double)dz[k] - gradient[k]),
                      (dense ? 0x1p-20 : 0x1.2p-20) * fabs(gradient[k]) + (dense ? 0x1p-20 : 0));
            sum += (double)dz[k];
        }
        expect_le(fabs(sum), 0x1p-20);
    }
    /* The losses of the other classes are minus their log_softmax. */
    static const double others[] = { 0.129108908830, 2.12910890883, 6.12910890883 };
    for (size_t k = 0; k < 3; k++) {
        one_row(&(struct entropy_case) { .n = 3, .z = in, .class = k, .w = 1, .scale = 1 });
        expect_le(fabs((double)loss[0] - others[k]), 0x1p-22 * (1 + others[k]));
    }
    /* Distances beyond the range of all exponentials. */
    one_row(&(struct entropy_case) { .n = 2, .z = (float[]) { 200, 0 }, .class = 1, .w = 1, .scale = 1 });
    ck_assert(loss[0] == 200 && dz[0] == 1 && dz[1] == -1);
}
END_TEST

/* T21: the loss depends on the true class only, so the form with all targets must agree. */
START_TEST(one_hot_targets)
{
    for (size_t l = 0; l < LENGTHS; l++)
        for (int kind = 0; kind < KIND_MASKED; kind++) {
            const size_t n = row_lengths[l];
            struct entropy_case c = { .n = n, .z = z, .class = scramble(l) % n, .w = 1, .scale = 1 };
            fill_row((enum row_kind)kind, z, n, 5 * l + (size_t)kind, false);
            one_row(&c);
            const float by_class = loss[0];
            for (size_t k = 0; k < n; k++) {
                t[k] = k == c.class;
                other[k] = dz[k];
            }
            c.t = t;
            one_row(&c);
            expect_le(fabs((double)loss[0] - (double)by_class), 0x1p-21 * (1 + (double)by_class));
            for (size_t k = 0; k < n; k++)
                expect_le(fabs((double)dz[k] - (double)other[k]),
                          0x1p-19 * (fabs((double)other[k]) + 2 * (double)t[k]) + 8 * 0x1p-149);
        }
}
END_TEST

/* ---- error ------------------------------------------------------------------------------------------------------- */

START_TEST(error_by_class)
{
    static const float smoothings[] = { 0, 0.1f, 0.5f, 1 }, weights[] = { 1, 0.3f, -2, 0 },
                       scales[] = { 1, -0.01f, 65536, 0 };
    for (size_t l = 0; l < LENGTHS; l++)
        for (int kind = 0; kind < KIND_MASKED; kind++)
            for (size_t e = 0; e < 4; e++)
                for (uint64_t seed = 0; seed < (row_lengths[l] < 200 ? 8 : 2); seed++) {
                    const struct entropy_case c = { .n = row_lengths[l],
                                                    .z = z,
                                                    .class = scramble(seed ^ l << 8) % row_lengths[l],
                                                    .smoothing = smoothings[e],
                                                    .w = weights[seed % 4],
                                                    .scale = scales[(seed + e) % 4] };
                    fill_row((enum row_kind)kind, z, c.n, seed + 64 * l, false);
                    one_row(&c);
                    expect_exact(&c, "by class");
                }
}
END_TEST

/* The distances, or their sum, exceed the floats, but smoothing makes them small enough for a float. */
START_TEST(smoothed_from_far)
{
    static const float smoothings[] = { 0.1f, 1e-30f, 0.5f, 1 };
    for (size_t n = 2; n <= 1000; n = n * 3 + 1)
        for (int e = 0; e < 4; e++)
            for (int far = 0; far < 2; far++) {
                const struct entropy_case c = {
                    .n = n, .z = z, .class = 1, .smoothing = smoothings[e], .w = 1, .scale = 1
                };
                for (size_t k = 0; k < n; k++)
                    z[k] = far ? -2.5e38f : -1e36f;
                z[1] = far ? 2.5e38f : 0;
                one_row(&c);
                expect_exact(&c, "far apart");
            }
}
END_TEST

/* The distance exceeds the floats, but the distance times the target is a float. */
START_TEST(dense_from_far)
{
    static const float shares[] = { 0.1f, 1e-30f, 0.5f, 0.7f };
    for (size_t n = 2; n <= 1000; n = n * 3 + 1)
        for (int e = 0; e < 4; e++) {
            const struct entropy_case c = { .n = n, .z = z, .t = t, .w = 1, .scale = 1 };
            for (size_t k = 0; k < n; k++) {
                z[k] = k == 1 ? 2.5e38f : -2.5e38f;
                t[k] = k == 0 ? shares[e] : k == 1 ? 1 - shares[e] : 0;
            }
            one_row(&c);
            expect_exact(&c, "far apart");
        }
}
END_TEST

/* In a long row the loss is that of the right class, not of a class at the same offset in another block. */
START_TEST(every_class)
{
    const size_t n = MAX_LENGTH;
    fill_tame(z, n, 12);
    for (size_t class = 0; class < n;
         class += class < 40 || (class > 4080 && class < 4140) || class + 20 > n ? 1 : 97) {
        const struct entropy_case c = { .n = n, .z = z, .class = class, .w = 1, .scale = 1 };
        one_row(&c);
        if (class % 16 == 0)
            expect_exact(&c, "class");
        for (size_t k = 0; k < n; k++)
            expect(k == class ? dz[k] < 0 : dz[k] > 0, "%s: class %zu: dz %zu is %a", test_run, class, k,
                   (double)dz[k]);
    }
}
END_TEST

/* A sample that is classified well: 1 - a would be all rounding error, and 0 for a lead above 17. */
START_TEST(well_classified)
{
    for (size_t l = 1; l < LENGTHS; l++)
        for (float lead = 0; lead < 90; lead += 1.37f) {
            const struct entropy_case c = {
                .n = row_lengths[l], .z = z, .class = scramble(l) % row_lengths[l], .w = 1, .scale = 1
            };
            fill_tame(z, c.n, l);
            for (size_t k = 0; k < c.n; k++)
                z[k] *= 0.25f;
            z[c.class] = 2 + lead;
            one_row(&c);
            expect_exact(&c, "well classified");
            expect(dz[c.class] < 0 && loss[0] >= 0, "%s: dz %a, loss %a", test_run, (double)dz[c.class],
                   (double)loss[0]);
        }
}
END_TEST

static void fill_targets(int kind, size_t n, uint64_t seed)
{
    double sum = 0;
    fill_tame(t, n, seed);
    for (size_t k = 0; k < n; k++) {
        t[k] = kind == 0 || scramble(seed ^ k << 8) % 3 == 0 ? fabsf(t[k]) : 0;
        sum += (double)t[k];
    }
    for (size_t k = 0; kind != 2 && sum > 0 && k < n; k++)
        t[k] = (float)((double)t[k] / sum);
}

START_TEST(error_of_dense)
{
    static const float weights[] = { 1, 0.3f, -2, 0 }, scales[] = { 1, -0.01f, 65536, 0 };
    for (size_t l = 0; l < LENGTHS; l++)
        for (int kind = 0; kind < KIND_MASKED; kind++)
            for (int targets = 0; targets < 3; targets++)
                for (uint64_t seed = 0; seed < (row_lengths[l] < 200 ? 4 : 1); seed++) {
                    const struct entropy_case c = { .n = row_lengths[l],
                                                    .z = z,
                                                    .t = t,
                                                    .w = weights[seed % 4],
                                                    .scale = scales[(seed + (uint64_t)targets) % 4] };
                    fill_row((enum row_kind)kind, z, c.n, seed + 64 * l, false);
                    fill_targets(targets, c.n, seed + l);
                    one_row(&c);
                    expect_exact(&c, "dense");
                }
}
END_TEST

enum { LONG = 1 << 22 };

START_TEST(row_of_2_to_the_22)
{
    float *in = malloc(LONG * sizeof *in), *out = malloc(LONG * sizeof *out), l;
    const int64_t class = 12345;
    const long double sum = 1 + 0.7L * (LONG - 1);
    for (size_t k = 0; !light() && k < LONG; k++)
        in[k] = k == LONG / 2 ? 0 : -0.356674944f;
    if (!light()) {
        ck_assert_int_eq(actfn_softmax_cross_entropy_f32(test_mode, NULL, 1, LONG, 1, in, &class, -1, NULL, 1, &l, out),
                         ACTFN_OK);
        expect_le(fabsl((long double)l - (logl(sum) + 0.356674944L)), 0x1p-22L * 16);
        expect_le(fabsl((long double)out[0] * sum / 0.7L - 1), 0x1p-20L);
        expect_le(fabsl((long double)out[class] + 1), 0x1p-20L);
    }
    free(in);
    free(out);
}
END_TEST

/* ---- special rows ---------------------------------------------------------------------------------------------------
 */

static void expect_all_nan(size_t n, const char *what)
{
    expect(isnan(loss[0]), "%s: %s: the loss is %a", test_run, what, (double)loss[0]);
    for (size_t k = 0; k < n; k++)
        expect(isnan(dz[k]), "%s: %s, n = %zu: dz %zu is %a", test_run, what, n, k, (double)dz[k]);
}

/* NaN, +inf, or all -inf: by class, smoothed and dense. */
START_TEST(rows_without_a_loss)
{
    static const float odd[] = { NAN, -NAN, INFINITY, -INFINITY };
    for (size_t l = 0; l < LENGTHS; l++)
        for (int v = 0; v < 4; v++)
            for (size_t at = 0; at < row_lengths[l]; at += row_lengths[l] / 5 + 1)
                for (int form = 0; form < 3; form++) {
                    const size_t n = row_lengths[l];
                    fill_tame(z, n, l);
                    fill_targets(0, n, l);
                    for (size_t k = 0; k < n; k++)
                        z[k] = odd[v] == -INFINITY || k == at ? odd[v] : z[k];
                    one_row(&(struct entropy_case) { .n = n,
                                                     .z = z,
                                                     .t = form == 2 ? t : NULL,
                                                     .class = (at + l) % n,
                                                     .w = 1,
                                                     .smoothing = form == 1 ? 0.1f : 0,
                                                     .scale = 1 });
                    expect_all_nan(n, "odd logits");
                }
}
END_TEST

START_TEST(nan_among_targets_and_weights)
{
    for (size_t l = 0; l < LENGTHS; l++)
        for (size_t at = 0; at < row_lengths[l]; at += row_lengths[l] / 5 + 1) {
            const size_t n = row_lengths[l];
            fill_tame(z, n, l);
            fill_targets(1, n, l);
            const struct entropy_case c = { .n = n, .z = z, .t = t, .w = 1, .scale = 1 };
            t[at] = at & 1 ? NAN : -NAN;
            one_row(&c);
            expect_all_nan(n, "a NaN target");
            one_row(&(struct entropy_case) { .n = n, .z = z, .class = at, .w = NAN, .scale = 1 });
            expect_all_nan(n, "a NaN weight");
        }
}
END_TEST

/* Masked logits.  Where the target is 0 too they add nothing; otherwise the loss is infinite and its gradient finite. */
START_TEST(masked_logits)
{
    for (size_t l = 1; l < LENGTHS; l++)
        for (uint64_t seed = 0; seed < 6; seed++)
            for (int dense = 0; dense < 2; dense++) {
                const size_t n = row_lengths[l];
                fill_row(KIND_MASKED, z, n, seed + 77 * l, false);
                struct entropy_case c = { .n = n, .z = z, .t = dense ? t : NULL, .w = 0.5f, .scale = 4 };
                while (isinf(z[c.class]))
                    c.class ++;
                fill_targets(0, n, seed);
                for (size_t k = 0; k < n; k++)
                    t[k] = isinf(z[k]) ? seed & 1 ? -0.0f : 0.0f : t[k];
                one_row(&c);
                expect_exact(&c, "masked");
                for (size_t k = 0; k < n; k++)
                    expect(!isinf(z[k]) || dz[k] == 0, "%s: dz %zu of n = %zu is %a", test_run, k, n, (double)dz[k]);
                /* Now the true class is a masked one. */
                c.class = (c.class + 1) % n;
                z[c.class] = -INFINITY;
                if (n == 2)
                    z[1 - c.class] = 0.5f;
                t[c.class] = 0.25f;
                if (isfinite(z[0]) || isfinite(z[n - 1]) || n > 3) {
                    bool finite = false;
                    for (size_t k = 0; k < n; k++)
                        finite = finite || isfinite(z[k]);
                    if (!finite)
                        continue;
                    one_row(&c);
                    expect(loss[0] == INFINITY, "%s: dense %d: loss %a, n = %zu", test_run, dense, (double)loss[0], n);
                    /* By class, this component is minus the sum of all the others. */
                    expect(dense ? dz[c.class] == -0.5f : fabsf(dz[c.class] + 2) <= 0x1p-20f, "%s: dz %a", test_run,
                           (double)dz[c.class]);
                    for (size_t k = 0; k < n; k++)
                        expect(isfinite(dz[k]), "%s: dz %zu of n = %zu is %a", test_run, k, n, (double)dz[k]);
                }
            }
    /* Smoothing gives every class a share of the target. */
    one_row(&(struct entropy_case) {
        .n = 3, .z = (float[]) { 1, -INFINITY, 2 }, .class = 0, .smoothing = 0.3f, .w = 1, .scale = 1 });
    ck_assert(loss[0] == INFINITY);
    expect_le(fabsf(dz[1] + 0.1f), 0x1p-24f);
    ck_assert(isfinite(dz[0]) && isfinite(dz[2]));
}
END_TEST

START_TEST(rows_of_zero_targets)
{
    for (size_t l = 0; l < LENGTHS; l++)
        for (int kind = 0; kind < KIND_HUGE; kind++) {
            const size_t n = row_lengths[l];
            fill_row((enum row_kind)kind, z, n, l, false);
            for (size_t k = 0; k < n; k++)
                t[k] = k & 1 ? 0.0f : -0.0f;
            one_row(&(struct entropy_case) { .n = n, .z = z, .t = t, .w = 3, .scale = 1e30f });
            ck_assert(loss[0] == 0);
            for (size_t k = 0; k < n; k++)
                expect(dz[k] == 0, "%s: dz %zu of n = %zu, kind %d, is %a", test_run, k, n, kind, (double)dz[k]);
        }
}
END_TEST

START_TEST(rows_of_one)
{
    for (float v = -1000; v < 1000; v += 77.7f) {
        one_row(&(struct entropy_case) { .n = 1, .z = &v, .class = 0, .w = 2, .scale = 3 });
        ck_assert(loss[0] == 0 && dz[0] == 0);
        one_row(&(struct entropy_case) { .n = 1, .z = &v, .class = 0, .smoothing = 1, .w = 2, .scale = 3 });
        ck_assert(loss[0] == 0 && dz[0] == 0);
        one_row(&(struct entropy_case) { .n = 1, .z = &v, .t = (float[]) { 0.7f }, .w = 2, .scale = 3 });
        ck_assert(loss[0] == 0 && dz[0] == 0);
    }
}
END_TEST

/* The library does not look at an ignored row: the result is +0 whatever the row contains. */
START_TEST(ignored_rows)
{
    static const int64_t ignores[] = { -100, -1, INT64_MIN, INT64_MAX, 2, 0, 1000, (int64_t)1 << 32 };
    static const float odd[] = { 0.5f, NAN, INFINITY, -INFINITY };
    for (size_t v = 0; v < sizeof ignores / sizeof ignores[0]; v++)
        for (int o = 0; o < 4; o++) {
            enum { ROWS = 3, N = 5 };
            float in[ROWS * N], l[ROWS], g[ROWS * N];
            const float w[] = { 1, o & 1 ? NAN : -3, 1 };
            const int64_t classes[] = { 1, ignores[v], 1 };
            fill_tame(in, ROWS * N, 3);
            in[N + o] = odd[o];
            for (int k = 0; odd[o] == -INFINITY && k < N; k++)
                in[N + k] = odd[o];
            const struct entropy_call c = {
                .mode = test_mode, .smoothing = o & 2 ? 0.2f : 0, .scale = -2, .ignore_index = ignores[v]
            };
            const struct entropy_data d = { in, NULL, classes, w };
            ck_assert_int_eq(entropy_compute(&c, (struct shape) { ROWS, N, 1 }, &d, l, g), ACTFN_OK);
            expect(bits_of(l[1]) == 0, "%s: loss %a", test_run, (double)l[1]);
            for (int k = 0; k < N; k++)
                expect(bits_of(g[N + k]) == 0, "%s: dz %a", test_run, (double)g[N + k]);
            ck_assert(l[0] > 0 && l[2] > 0 && g[0] != 0 && g[2 * N] != 0);
        }
}
END_TEST

Suite *cross_entropy_suite(void)
{
    Suite *suite = suite_create("cross_entropy");
    TCase *tcase = tcase_create("cross_entropy");
    tcase_set_timeout(tcase, 240);
    tcase_add_test(tcase, golden_values);
    tcase_add_test(tcase, one_hot_targets);
    tcase_add_test(tcase, error_by_class);
    tcase_add_test(tcase, smoothed_from_far);
    tcase_add_test(tcase, dense_from_far);
    tcase_add_test(tcase, every_class);
    tcase_add_test(tcase, well_classified);
    tcase_add_test(tcase, error_of_dense);
    tcase_add_test(tcase, row_of_2_to_the_22);
    tcase_add_test(tcase, rows_without_a_loss);
    tcase_add_test(tcase, nan_among_targets_and_weights);
    tcase_add_test(tcase, masked_logits);
    tcase_add_test(tcase, rows_of_zero_targets);
    tcase_add_test(tcase, rows_of_one);
    tcase_add_test(tcase, ignored_rows);
    suite_add_tcase(suite, tcase);
    return suite;
}
