/* SPDX-License-Identifier: MIT */
/*
 * gumbel_softmax: the noise in double precision, for the smallest and largest draws and in the mean; the perturbed row and
 * its softmax.  The suites of calls check memory, bits, bad input and environment, as for every entry.
 */
#include "dispatch/backend.h"
#include "expect.h"
#include "floats.h"
#include "philox.h"
#include "suites.h"
#include "support.h"

#include <float.h>
#include <string.h>

enum { N = 2000, SMALL = 67 };
static float x[N], dy[N], y[N], dx[N], noise[N], want_y[N], want_noise[N];

static void expect_floats(const char *what, size_t n, const float *got, const float *wanted)
{
    const size_t i = first_difference(got, wanted, n);
    expect(i == n, "%s: %s: element %zu of %zu is %a, expected %a", test_run, what, i, n, (double)got[i % N],
           (double)wanted[i % N]);
}

/* ---- noise ----------------------------------------------------------------------------------------------------- */

static void perturb(float tau, size_t n, const float *in, float *out, uint64_t offset)
{
    actfn_backend_active()->tables[test_mode].random->gumbel(&tau, &(struct actfn_noise) { 42, 0, offset }, n, in, out);
}

static double gumbel_at(uint64_t index) { return -log(-log(((double)(draw_at(42, 0, index) >> 8) + 0.5) * 0x1p-24)); }

/* Errors of 2 ulp of -ln u and one ulp of the noise, which may be 0, are absolute errors.  Then come x + g and the quotient. */
static void expect_noise(uint64_t index, float got)
{
    const double g = gumbel_at(index);
    expect(fabs((double)got - g) <= 3 * 0x1p-24 + 2 * 0x1p-24 * fmax(1, fabs(g)), "%s: noise %llu is %a, expected %a",
           test_run, (unsigned long long)index, (double)got, g);
}

START_TEST(gumbel_noise)
{
    /* Draws of seed 42 whose 24 bits are all ones except the last, all ones, all zeros. */
    static const struct {
        uint64_t index;
        uint32_t k;
    } extremes[] = { { 9089302, 0xfffffe }, { 12542120, 0xffffff }, { 21467145, 0 } };
    memset(x, 0, sizeof x);
    for (int k = 0; k < 3; k++) {
        ck_assert_uint_eq(draw_at(42, 0, extremes[k].index) >> 8, extremes[k].k);
        for (uint64_t before = 0; before < 20; before++) {
            perturb(1, 20, x, y, extremes[k].index - before);
            ck_assert(isfinite(y[before]));
            expect_noise(extremes[k].index, y[before]);
        }
    }
    perturb(1, 1, x, y, 12542120);
    ck_assert_float_eq_tol(y[0], 17.3286795f, 2e-6f); /* 25 ln 2 */
    double sum = 0, square = 0;
    const uint64_t count = light() ? 1 << 14 : 1 << 20;
    for (uint64_t from = 0; from < count; from += 1024) {
        perturb(1, 1024, x, y, from);
        for (uint64_t i = 0; i < 1024; i++) {
            expect_noise(from + i, y[i]);
            sum += (double)y[i], square += (double)y[i] * (double)y[i];
        }
    }
    /* Euler's constant, and pi^2 / 6; within five standard deviations of the means. */
    const double mean = sum / (double)count, variance = square / (double)count - mean * mean;
    ck_assert_double_le(fabs(mean - 0.57721566490153286), 5 * 1.2825 / sqrt((double)count));
    ck_assert_double_le(fabs(variance - 1.6449340668482264), 5 * 3.45 / sqrt((double)count));
}
END_TEST

START_TEST(gumbel_perturbs)
{
    memset(y, 0, sizeof y);
    perturb(1, N, y, want_noise, 5);
    fill_inputs(x, N, 71);
    for (size_t i = 13; i < N; i += 29)
        x[i] = from_bits(i % 2 ? 0x7f800001 : 0xffc01234);
    for (int k = 0; k < 4; k++) {
        const float tau = ((const float[]) { 1, 0.3f, 1e-4f, 1e10f })[k];
        for (size_t i = 0; i < N; i++)
            want_y[i] = (x[i] + want_noise[i]) / tau;
        for (size_t n = 0; n <= N; n += n < SMALL ? 1 : n == SMALL ? 450 : N - n ? N - n : 1) {
            perturb(tau, n, x, y, 5);
            expect_floats("perturbed", n, y, want_y);
        }
        for (size_t from = 0, n; from < N; from += n) {
            n = 1 + scramble(from) % 40;
            n = n > N - from ? N - from : n;
            perturb(tau, n, x + from, y + from, 5 + from);
        }
        expect_floats("in parts", N, y, want_y);
    }
}
END_TEST

/* Five classes along every axis: inner is 1, 3 or N / 5. */
enum { CLASSES = 5 };
static float hard[N], soft[N];

static void softmax_twin(size_t inner, float tau, uint64_t offset, double *p)
{
    for (size_t row = 0; row < N / CLASSES; row++) {
        const size_t at = row / inner * CLASSES * inner + row % inner;
        double e[CLASSES], sum = 0, most = -INFINITY;
        for (size_t k = 0; k < CLASSES; k++) {
            e[k] = ((double)x[at + k * inner] + gumbel_at(offset + at + k * inner)) / (double)tau;
            most = fmax(most, e[k]);
        }
        for (size_t k = 0; k < CLASSES; k++)
            sum += e[k] = exp(e[k] - most);
        for (size_t k = 0; k < CLASSES; k++)
            p[at + k * inner] = e[k] / sum;
    }
}

START_TEST(gumbel_softmax)
{
    static double p[N];
    fill_tame(x, N, 81);
    fill_tame(dy, N, 82);
    for (int axis = 0; axis < 3; axis++)
        for (int k = 0; k < 3; k++) {
            const size_t inner = ((const size_t[]) { 1, 4, N / CLASSES })[axis], outer = N / CLASSES / inner;
            const float tau = ((const float[]) { 1, 0.5f, 3 })[k];
            softmax_twin(inner, tau, 77, p);
            ck_assert_int_eq(
                actfn_gumbel_softmax_f32(test_mode, k ? &tau : NULL, 0, outer, CLASSES, inner, x, y, soft, 42, 0, 77),
                ACTFN_OK);
            for (size_t i = 0; i < N; i++)
                /* An error of the exponent is a relative error of the result. */
                expect(fabs((double)y[i] - p[i]) <= p[i] * 0x1p-17 + 0x1p-149, "tau = %g, inner = %zu: %a, not %a",
                       (double)tau, inner, (double)y[i], p[i]);
            expect_floats("soft beside y", N, soft, y);
            ck_assert_int_eq(
                actfn_gumbel_softmax_f32(test_mode, &tau, 0, outer, CLASSES, inner, x, noise, NULL, 42, 0, 77),
                ACTFN_OK);
            expect_floats("without soft", N, noise, y);
            ck_assert_int_eq(actfn_gumbel_softmax_f32(test_mode, &tau, ACTFN_GUMBEL_HARD, outer, CLASSES, inner, x,
                                                      hard, soft, 42, 0, 77),
                             ACTFN_OK);
            expect_floats("soft beside hard", N, soft, y);
            for (size_t row = 0; row < N / CLASSES; row++) {
                const size_t at = row / inner * CLASSES * inner + row % inner;
                size_t first = 0;
                for (size_t j = 1; j < CLASSES; j++)
                    if (y[at + j * inner] > y[at + first * inner])
                        first = j;
                for (size_t j = 0; j < CLASSES; j++)
                    expect(bits_of(hard[at + j * inner]) == bits_of(j == first ? 1.0f : 0.0f), "row %zu", row);
            }
            /* Backward. */
            ck_assert_int_eq(actfn_gumbel_softmax_backward_f32(test_mode, &tau, outer, CLASSES, inner, soft, dy, dx),
                             ACTFN_OK);
            for (size_t row = 0; row < N / CLASSES; row++) {
                const size_t at = row / inner * CLASSES * inner + row % inner;
                double dot = 0, size = 0;
                for (size_t j = 0; j < CLASSES; j++) {
                    dot += (double)soft[at + j * inner] * (double)dy[at + j * inner];
                    size = fmax(size, fabs((double)dy[at + j * inner]));
                }
                for (size_t j = 0; j < CLASSES; j++) {
                    const size_t i = at + j * inner;
                    const double wanted = (double)soft[i] * ((double)dy[i] - dot) / (double)tau;
                    expect(fabs((double)dx[i] - wanted) <= (double)soft[i] * size / (double)tau * 0x1p-20,
                           "dx is %a, not %a", (double)dx[i], wanted);
                }
            }
        }
}
END_TEST

/* (x + g) / tau exceeds the floats, but its softmax does not: the largest two logits are equal, or one is above all others. */
START_TEST(gumbel_of_extreme_logits)
{
    static const float taus[] = { FLT_TRUE_MIN, 0x1p-128f, 1e-30f, 0.3f, 0.5f, 1, 1e10f };
    static const float logits[][CLASSES] = { { 2e38f, 2e38f, -2e38f, 0, 1e38f },
                                             { -FLT_MAX, 1, -2, -FLT_MAX, -1e38f },
                                             { FLT_MAX, -FLT_MAX, FLT_MAX, 3, 1e30f },
                                             { -FLT_MAX, -FLT_MAX, -FLT_MAX, -FLT_MAX, -FLT_MAX } };
    static double p[N];
    for (size_t k = 0; k < sizeof taus / sizeof taus[0]; k++) {
        for (size_t i = 0; i < N; i++)
            x[i] = logits[i / CLASSES % 4][i % CLASSES];
        softmax_twin(1, taus[k], 77, p);
        actfn_gumbel_softmax_f32(test_mode, &taus[k], 0, N / CLASSES, CLASSES, 1, x, y, NULL, 42, 0, 77);
        for (size_t i = 0; i < N; i++)
            expect(fabs((double)y[i] - p[i]) <=
                       p[i] * 0x1p-17 + 0x1p-149 + (taus[k] < 1e-20f ? 0 : p[i] / (double)taus[k] * 0x1p-20),
                   "%s: tau = %g, element %zu: %a, not %a", test_run, (double)taus[k], i, (double)y[i], p[i]);
    }
}
END_TEST

/* 1 / tau is not a float, or not a normal one. */
START_TEST(gumbel_gradient_of_any_tau)
{
    static const float taus[] = { FLT_TRUE_MIN, 0x1.8p-140f, 0x1p-128f, FLT_MIN, 0x1.4p126f, FLT_MAX };
    const float s[2] = { 0.25f, 0.75f };
    for (size_t k = 0; k < sizeof taus / sizeof taus[0]; k++) {
        const float grad[2] = { taus[k] / 2, -taus[k] / 2 };
        /* 0.25 (1 + 0.5) and 0.75 (-1 + 0.5), times dy_0 / tau, 1/2. */
        ck_assert_int_eq(actfn_gumbel_softmax_backward_f32(test_mode, &taus[k], 1, 2, 1, s, grad, dx), ACTFN_OK);
        if (taus[k] >= FLT_MIN) {
            ck_assert_float_eq_tol(dx[0], 0.1875f, 1e-6f);
            ck_assert_float_eq_tol(dx[1], -0.1875f, 1e-6f);
        } else {
            const float one[2] = { 0x1p-100f, -0x1p-100f };
            actfn_gumbel_softmax_backward_f32(test_mode, &taus[k], 1, 2, 1, s, one, dx);
            ck_assert_double_le(fabs((double)dx[0] * (double)taus[k] * 0x1p100 / 0.375 - 1), 1e-6);
        }
    }
}
END_TEST

START_TEST(gumbel_special_values)
{
    const float inf = INFINITY;
    for (int flags = 0; flags < 2; flags++) {
        const unsigned int f = flags ? ACTFN_GUMBEL_HARD : 0;
        for (int k = 0; k < 3; k++) {
            const float rows[3][4] = { { 1, NAN, 2, 3 }, { 1, inf, 2, 3 }, { -inf, -inf, -inf, -inf } };
            ck_assert_int_eq(actfn_gumbel_softmax_f32(test_mode, NULL, f, 1, 4, 1, rows[k], y, soft, 42, 0, 0),
                             ACTFN_OK);
            for (int i = 0; i < 4; i++)
                ck_assert_msg(isnan(y[i]) && isnan(soft[i]), "row %d: %a, %a", k, (double)y[i], (double)soft[i]);
        }
        const float masked[4] = { -inf, 1, -inf, 2 };
        actfn_gumbel_softmax_f32(test_mode, NULL, f, 1, 4, 1, masked, y, soft, 42, 0, 0);
        ck_assert(bits_of(y[0]) == 0 && bits_of(y[2]) == 0 && bits_of(soft[0]) == 0 && bits_of(soft[2]) == 0);
        ck_assert_float_eq_tol(y[1] + y[3], 1, 1e-6f);
    }
}
END_TEST

/* The Gumbel trick itself: the position of the largest element is a sample from softmax(x). */
START_TEST(gumbel_frequencies)
{
    static const double logits[CLASSES] = { 0.5, -1, 2, 0, 1 };
    double p[CLASSES], sum = 0, seen[CLASSES] = { 0 }, mean[CLASSES] = { 0 };
    const float tau = 0.7f;
    const int rounds = light() ? 50 : 500, rows = N / CLASSES;
    for (int k = 0; k < CLASSES; k++)
        sum += p[k] = exp(logits[k]);
    for (int i = 0; i < N; i++)
        x[i] = (float)logits[i % CLASSES];
    for (int round = 0; round < rounds; round++) {
        ck_assert_int_eq(actfn_gumbel_softmax_f32(test_mode, &tau, ACTFN_GUMBEL_HARD, (size_t)rows, CLASSES, 1, x, y,
                                                  soft, 42, 9, (uint64_t)round * N),
                         ACTFN_OK);
        for (int i = 0; i < N; i++)
            seen[i % CLASSES] += (double)y[i], mean[i % CLASSES] += (double)soft[i];
    }
    const double samples = (double)rows * rounds;
    double total = 0;
    for (int k = 0; k < CLASSES; k++) {
        const double q = p[k] / sum;
        ck_assert_double_le(fabs(seen[k] / samples - q), 5 * sqrt(q * (1 - q) / samples));
        total += mean[k] / samples;
    }
    ck_assert_double_le(fabs(total - 1), 1e-6);
}
END_TEST

Suite *gumbel_suite(void)
{
    Suite *suite = suite_create("gumbel");
    TCase *gumbel = tcase_create("gumbel"), *rows = tcase_create("gumbel_rows");
    tcase_set_timeout(gumbel, 120);
    tcase_add_test(gumbel, gumbel_noise);
    tcase_add_test(gumbel, gumbel_perturbs);
    suite_add_tcase(suite, gumbel);
    tcase_set_timeout(rows, 120);
    tcase_add_test(rows, gumbel_softmax);
    tcase_add_test(rows, gumbel_of_extreme_logits);
    tcase_add_test(rows, gumbel_gradient_of_any_tau);
    tcase_add_test(rows, gumbel_special_values);
    tcase_add_test(rows, gumbel_frequencies);
    suite_add_tcase(suite, rows);
    return suite;
}
