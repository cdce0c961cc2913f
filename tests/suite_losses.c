/* SPDX-License-Identifier: MIT */
/*
 * sigmoid_bce and sigmoid_mse, against the specification's formulas in long double.  The formulas are written with
 * e = e^-|z| as sums of terms that are not negative, because the specification's own form cancels in any precision (t = 0
 * and z = -100 gives 100 - 100).  The suite compares that form too, with a tolerance for its cancellation.  The suites of
 * calls check memory, bits, bad input and environment, as for every entry.
 */
#include "expect.h"
#include "floats.h"
#include "suites.h"
#include "support.h"

#include <float.h>
#include <string.h>

static const actfn_op ops[] = { ACTFN_SIGMOID_BCE, ACTFN_SIGMOID_MSE };
enum { OPS = 2, N = 4096 };
static float z[N], t[N], w[N], loss[N], dz[N], want_loss[N], want_dz[N];

static actfn_status compute_loss(actfn_op op, const float *p, size_t n, const float *with_w, float scale)
{
    return actfn_loss_f32(op, test_mode, op == ACTFN_SIGMOID_BCE ? p : NULL, n, z, t, with_w, scale, loss, dz);
}

/* ---- values ---------------------------------------------------------------------------------------------------- */

struct exact {
    long double loss, dz, terms, loss_unit; /* terms: the sum of the terms' magnitudes in dz */
};

static struct exact exact_of(actfn_op op, float zf, float tf, float pf)
{
    const long double a = fabsl((long double)zf), e = expl(-a), small = e / (1 + e), large = 1 / (1 + e);
    const long double p = op == ACTFN_SIGMOID_BCE ? (long double)pf : 1.0L, zeros = 1 - (long double)tf,
                      ones = p * (long double)tf;
    /* (1 - t) s(z) - p t s(-z) */
    const long double up = zeros * (zf < 0 ? small : large), down = ones * (zf < 0 ? large : small);
    struct exact x;
    if (op == ACTFN_SIGMOID_BCE) {
        x.loss = (zf < 0 ? ones : zeros) * a + (zeros + ones) * log1pl(e);
        x.dz = up - down;
        x.terms = up + down;
        /* p t may be subnormal, and is multiplied by |z|.  There the specification's bound is absolute. */
        x.loss_unit = ones < (long double)FLT_MIN ? a * 0x1p-126L : 0;
    } else {
        x.loss = (up - down) * (up - down) / 2;
        x.dz = (up - down) * small * large;
        x.terms = (up + down) * small * large;
        x.loss_unit = fabsl(up - down) * (up + down);
    }
    return x;
}

static const float targets[] = { 0, FLT_TRUE_MIN, 0x1p-30f, 1e-6f, 0.25f, 0.3f, 0.5f, 0.7f, 0x1.fffffep-1f, 1 };
static const float weights[] = { 0, 0.5f, 1, 3, 1e-3f, 1000 };
enum { TARGETS = sizeof targets / sizeof targets[0], WEIGHTS = sizeof weights / sizeof weights[0] };

START_TEST(accuracy)
{
    const actfn_op op = ops[_i];
    static float sample[1 << 15];
    struct floats list = { sample, 1 << 15, 0 };
    const int step = light() ? 1024 : 100;
    for (int i = -120 * step; i <= 120 * step; i += light() ? 512 : 1)
        floats_add(&list, ((float)i + (float)(scramble((uint64_t)(i + (1 << 20))) % 1000) * 1e-3f) / (float)step);
    for (uint32_t e = 60; e < 255; e++) {
        floats_add_around(&list, from_bits(e << 23), 1);
        floats_add_around(&list, -from_bits(e << 23), 1);
    }
    for (int i = 0; i < (int)(sizeof landmarks / sizeof landmarks[0]); i++) {
        floats_add_around(&list, landmarks[i], 2);
        floats_add_around(&list, -landmarks[i], 2);
    }
    /* Inputs at which the squared error of an exponential is largest. */
    static const float worst[] = { 6.58458471f, 5.89048004f, 6.58363008f, 5.19040394f, 4.49857473f, 43.3393555f };
    for (int i = 0; i < (int)(sizeof worst / sizeof worst[0]); i++) {
        floats_add_around(&list, worst[i], 8);
        floats_add_around(&list, -worst[i], 8);
    }
    expect(list.count < list.room, "the list is too short");
    for (size_t pi = 0; pi < (op == ACTFN_SIGMOID_BCE ? WEIGHTS : 1); pi++)
        for (size_t ti = 0; ti < TARGETS; ti++)
            for (size_t from = 0; from < list.count; from += N) {
                const size_t n = list.count - from < N ? list.count - from : N;
                memcpy(z, sample + from, n * sizeof *z);
                for (size_t i = 0; i < n; i++)
                    t[i] = targets[ti];
                ck_assert_int_eq(compute_loss(op, &weights[pi], n, NULL, 1), ACTFN_OK);
                for (size_t i = 0; i < n; i++) {
                    const struct exact x = exact_of(op, z[i], t[i], weights[pi]);
                    const double unit = (double)x.loss_unit * 0x1p-24;
                    const double error = ulp_error(loss[i], (double)x.loss, unit);
                    const double slope_error = ulp_error(dz[i], (double)x.dz, (double)x.terms * 0x1p-24);
                    expect(error <= (double)forward_bound(op), "%s: %s: loss(%a, %a; %g) is %a, %g ulp from %.9Lg",
                           test_run, actfn_op_info(op)->name, (double)z[i], (double)t[i], (double)weights[pi],
                           (double)loss[i], error, x.loss);
                    expect(slope_error <= (double)backward_bound(op), "%s: %s: dz(%a, %a; %g) is %a, %g ulp from %.9Lg",
                           test_run, actfn_op_info(op)->name, (double)z[i], (double)t[i], (double)weights[pi],
                           (double)dz[i], slope_error, x.dz);
                }
            }
}
END_TEST

/* The formulas as section 9 writes them, with their cancellation. */
START_TEST(as_written)
{
    for (size_t i = 0; i < N; i++) {
        z[i] = ((float)(int)i - N / 2) * (60.0f / N);
        t[i] = targets[i % TARGETS];
    }
    for (size_t pi = 0; pi < WEIGHTS; pi++) {
        const double p = (double)weights[pi];
        ck_assert_int_eq(compute_loss(ACTFN_SIGMOID_BCE, &weights[pi], N, NULL, 1), ACTFN_OK);
        for (size_t i = 0; i < N; i++) {
            const double x = (double)z[i], y = (double)t[i], q = 1 + (p - 1) * y;
            const double l = (1 - y) * x + q * (log1p(exp(-fabs(x))) + fmax(-x, 0)), s = 1 / (1 + exp(x));
            expect_le(fabs((double)loss[i] - l), 0x1p-22 * fmax(1, fabs(x)) * fmax(1, p));
            expect_le(fabs((double)dz[i] - ((1 - y) - q * s)), 0x1p-22 * fmax(1, p));
        }
    }
    ck_assert_int_eq(compute_loss(ACTFN_SIGMOID_MSE, NULL, N, NULL, 1), ACTFN_OK);
    for (size_t i = 0; i < N; i++) {
        const double a = 1 / (1 + exp(-(double)z[i])), d = a - (double)t[i];
        expect_le(fabs((double)loss[i] - d * d / 2), 0x1p-23);
        expect_le(fabs((double)dz[i] - d * a * (1 - a)), 0x1p-23);
    }
}
END_TEST

/* The values of sections 9 and 10.1. */
START_TEST(golden)
{
    const float three = 3;
    z[0] = 2, t[0] = 1;
    ck_assert_int_eq(compute_loss(ACTFN_SIGMOID_BCE, NULL, 1, NULL, 1), ACTFN_OK);
    ck_assert_double_le(fabs((double)loss[0] / 0.126928011043 - 1), 3 * 0x1p-24);
    ck_assert_double_le(fabs((double)dz[0] / -0.119202922022 - 1), 3 * 0x1p-24);
    z[0] = 0.7f, t[0] = 0.25f;
    ck_assert_int_eq(compute_loss(ACTFN_SIGMOID_BCE, &three, 1, NULL, 1), ACTFN_OK);
    ck_assert_double_le(fabs((double)loss[0] / 1.12977907333 - 1), 4 * 0x1p-24);
    ck_assert_double_le(fabs((double)dz[0] / 0.252281658252 - 1), 8 * 0x1p-24); /* 0.7 is no float */
}
END_TEST

/* T19: the gradient of the logistic loss is a - t; the gradient of the quadratic loss is a - t times the slope. */
START_TEST(gradients_compared)
{
    for (size_t i = 0; i < N; i++) {
        z[i] = ((float)(int)i - N / 2) * (40.0f / N);
        t[i] = targets[i % TARGETS];
    }
    compute_loss(ACTFN_SIGMOID_MSE, NULL, N, NULL, 1);
    memcpy(want_dz, dz, sizeof dz);
    compute_loss(ACTFN_SIGMOID_BCE, NULL, N, NULL, 1);
    for (size_t i = 0; i < N; i++) {
        const double slope = 1 / (1 + exp(-(double)z[i])) / (1 + exp((double)z[i]));
        expect_le(fabs((double)dz[i] * slope - (double)want_dz[i]), slope * 0x1p-21);
    }
}
END_TEST

/* ---- special values -------------------------------------------------------------------------------------------- */

static void expect_point(actfn_op op, float p, float at, float target, float wanted_loss, float wanted_dz)
{
    for (size_t n = 1; n < 40; n += 6)
        for (size_t lane = 0; lane < n; lane++) {
            for (size_t i = 0; i < n; i++)
                z[i] = 0.5f, t[i] = 0.5f;
            z[lane] = at, t[lane] = target;
            ck_assert_int_eq(compute_loss(op, &p, n, NULL, 1), ACTFN_OK);
            /* The specification does not say which zero sigmoid_mse gives. */
            const bool zero = op == ACTFN_SIGMOID_MSE && dz[lane] == 0 && wanted_dz == 0;
            expect(same(loss[lane], wanted_loss) && (zero || same(dz[lane], wanted_dz)),
                   "%s: %s(%a, %a; %g), lane %zu of %zu: %a, %a, expected %a, %a", test_run, actfn_op_info(op)->name,
                   (double)at, (double)target, (double)p, lane, n, (double)loss[lane], (double)dz[lane],
                   (double)wanted_loss, (double)wanted_dz);
            for (size_t i = 0; i < n; i++)
                expect(i == lane || (isfinite(loss[i]) && isfinite(dz[i])), "lane %zu spills into %zu", lane, i);
        }
}

START_TEST(special_values)
{
    static const float some[] = { FLT_TRUE_MIN, 0.25f, 0.5f, 0x1.fffffep-1f };
    const float ps[] = { 1, 0.5f, 3 };
    for (int k = 0; k < 3; k++) {
        const float p = ps[k];
        expect_point(ACTFN_SIGMOID_BCE, p, INFINITY, 1, 0, -0.0f);
        expect_point(ACTFN_SIGMOID_BCE, p, INFINITY, 0, INFINITY, 1);
        expect_point(ACTFN_SIGMOID_BCE, p, -INFINITY, 0, 0, 0);
        expect_point(ACTFN_SIGMOID_BCE, p, -INFINITY, 1, INFINITY, -p);
        for (int i = 0; i < 4; i++) {
            expect_point(ACTFN_SIGMOID_BCE, p, INFINITY, some[i], INFINITY, 1 - some[i]);
            /* Half of the smallest float is 0. */
            if (p * some[i] > 0)
                expect_point(ACTFN_SIGMOID_BCE, p, -INFINITY, some[i], INFINITY, -p * some[i]);
        }
    }
    /* Positive samples with the weight 0. */
    expect_point(ACTFN_SIGMOID_BCE, 0, -INFINITY, 1, 0, 0);
    expect_point(ACTFN_SIGMOID_BCE, 0, INFINITY, 1, 0, -0.0f);
    expect_point(ACTFN_SIGMOID_MSE, 0, INFINITY, 1, 0, -0.0f);
    expect_point(ACTFN_SIGMOID_MSE, 0, INFINITY, 0, 0.5f, 0);
    expect_point(ACTFN_SIGMOID_MSE, 0, -INFINITY, 0, 0, 0);
    expect_point(ACTFN_SIGMOID_MSE, 0, -INFINITY, 1, 0.5f, -0.0f);
    for (int k = 0; k < OPS; k++)
        for (int i = 0; i < 2; i++) {
            const float nan = from_bits(i ? 0xffc00001 : 0x7f800001);
            expect_point(ops[k], 1, nan, 0.5f, NAN, NAN);
            expect_point(ops[k], 1, nan, 0, NAN, NAN);
            expect_point(ops[k], 1, nan, 1, NAN, NAN);
            expect_point(ops[k], 1, 0.5f, nan, NAN, NAN);
            expect_point(ops[k], 1, INFINITY, nan, NAN, NAN);
            expect_point(ops[k], 0, -INFINITY, nan, NAN, NAN);
            expect_point(ops[k], 0, nan, 1, NAN, NAN);
            expect_point(ops[k], 0, 0.5f, nan, NAN, NAN);
        }
}
END_TEST

/* ---- weights and scale ----------------------------------------------------------------------------------------- */

static void fill(size_t n)
{
    fill_inputs(z, n, 91);
    fill_tame(w, n, 92);
    for (size_t i = 0; i < n; i++)
        t[i] = targets[scramble(i) % TARGETS];
}

START_TEST(weights_and_scale)
{
    const float p = 3;
    fill(N);
    for (int k = 0; k < OPS; k++) {
        compute_loss(ops[k], &p, N, NULL, 1);
        memcpy(want_loss, loss, sizeof loss);
        memcpy(want_dz, dz, sizeof dz);
        ck_assert_int_eq(compute_loss(ops[k], &p, N, w, -0.375f), ACTFN_OK);
        for (size_t i = 0; i < N; i++)
            expect(same(loss[i], w[i] * want_loss[i]) && same(dz[i], w[i] * want_dz[i] * -0.375f), "%s: %zu",
                   actfn_op_info(ops[k])->name, i);
        /* The default of pos_weight is 1. */
        const float one = 1;
        compute_loss(ops[k], NULL, N, w, 2);
        memcpy(want_loss, loss, sizeof loss);
        memcpy(want_dz, dz, sizeof dz);
        compute_loss(ops[k], &one, N, w, 2);
        ck_assert_uint_eq(first_difference(loss, want_loss, N), N);
        ck_assert_uint_eq(first_difference(dz, want_dz, N), N);
    }
}
END_TEST

Suite *losses_suite(void)
{
    Suite *suite = suite_create("losses");
    TCase *tcase = tcase_create("losses");
    tcase_set_timeout(tcase, 300);
    tcase_add_loop_test(tcase, accuracy, 0, OPS);
    tcase_add_test(tcase, as_written);
    tcase_add_test(tcase, golden);
    tcase_add_test(tcase, gradients_compared);
    tcase_add_test(tcase, special_values);
    tcase_add_test(tcase, weights_and_scale);
    suite_add_tcase(suite, tcase);
    return suite;
}
