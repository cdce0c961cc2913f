/* SPDX-License-Identifier: MIT */
/*
 * sigmoid_bce and sigmoid_mse, against the specification's formulas in long double: with e = e^-|z|, as sums of what is
 * not negative, because those of the text cancel in any precision (t = 0 and z = -100 gives 100 - 100).  The text's own
 * are compared too, with the tolerance that they allow.
 */
#define _GNU_SOURCE /* feenableexcept */
#include "dispatch/cpu.h"
#include "expect.h"
#include "floats.h"
#include "suites.h"
#include "support.h"

#include <errno.h>
#include <fenv.h>
#include <float.h>
#include <limits.h>
#include <string.h>

static const actfn_op ops[] = { ACTFN_SIGMOID_BCE, ACTFN_SIGMOID_MSE };
enum { OPS = 2, N = 4096, SMALL = 67 };
static float z[N], t[N], w[N], loss[N], dz[N], want_loss[N], want_dz[N];

static actfn_status compute_loss(actfn_op op, const float *p, size_t n, const float *with_w, float scale)
{
    return actfn_loss_f32(op, test_mode, op == ACTFN_SIGMOID_BCE ? p : NULL, n, z, t, with_w, scale, loss, dz);
}

/* ---- values ---------------------------------------------------------------------------------------------------- */

struct exact {
    long double loss, dz, terms, loss_unit; /* terms: of dz, where they cancel */
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
        /* p t may be subnormal, and is multiplied by |z|: the specification's bound is absolute there. */
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
    /* Where an exponential's error, squared, is largest. */
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
                           test_run, actfn_op_info(op)->name,
                           (double)z[i], (double)t[i], (double)weights[pi], (double)loss[i], error, x.loss);
                    expect(slope_error <= (double)backward_bound(op), "%s: %s: dz(%a, %a; %g) is %a, %g ulp from %.9Lg",
                           test_run, actfn_op_info(op)->name,
                           (double)z[i], (double)t[i], (double)weights[pi], (double)dz[i], slope_error, x.dz);
                }
            }
}
END_TEST

/* The formulas as section 9 has them, without a thought for cancellation. */
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
    ck_assert_double_le(fabs((double)dz[0] / 0.252281658252 - 1), 8 * 0x1p-24); /* and 0.7 is no float */
}
END_TEST

/* T19: the gradient of the logistic loss is a - t, that of the quadratic one a - t times the slope. */
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
            /* sigmoid_mse does not say which zero. */
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
            /* Half of the least float is none. */
            if (p * some[i] > 0)
                expect_point(ACTFN_SIGMOID_BCE, p, -INFINITY, some[i], INFINITY, -p * some[i]);
        }
    }
    /* Positive samples that weigh nothing. */
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

/* ---- weights, scale, memory, bits ------------------------------------------------------------------------------ */

/* The logits calm, or with special values strewn in. */
static void fill(size_t n, bool calm)
{
    (calm ? fill_calm : fill_inputs)(z, n, 91);
    fill_tame(w, n, 92);
    for (size_t i = 0; i < n; i++)
        t[i] = targets[scramble(i) % TARGETS];
}

START_TEST(weights_and_scale)
{
    const float p = 3;
    fill(N, false);
    for (int k = 0; k < OPS; k++) {
        compute_loss(ops[k], &p, N, NULL, 1);
        memcpy(want_loss, loss, sizeof loss);
        memcpy(want_dz, dz, sizeof dz);
        ck_assert_int_eq(compute_loss(ops[k], &p, N, w, -0.375f), ACTFN_OK);
        for (size_t i = 0; i < N; i++)
            expect(same(loss[i], w[i] * want_loss[i]) && same(dz[i], w[i] * want_dz[i] * -0.375f), "%s: %zu",
                   actfn_op_info(ops[k])->name, i);
        /* The default of pos_weight is 1; one result alone has the bits of both. */
        const float one = 1;
        compute_loss(ops[k], NULL, N, w, 2);
        memcpy(want_loss, loss, sizeof loss);
        memcpy(want_dz, dz, sizeof dz);
        compute_loss(ops[k], &one, N, w, 2);
        ck_assert_uint_eq(first_difference(loss, want_loss, N), N);
        ck_assert_uint_eq(first_difference(dz, want_dz, N), N);
        fill_canary(loss, loss + N);
        fill_canary(dz, dz + N);
        ck_assert_int_eq(actfn_loss_f32(ops[k], test_mode, NULL, N, z, t, w, 2, loss, NULL), ACTFN_OK);
        ck_assert_int_eq(actfn_loss_f32(ops[k], test_mode, NULL, N, z, t, w, 2, NULL, dz), ACTFN_OK);
        ck_assert_uint_eq(first_difference(loss, want_loss, N), N);
        ck_assert_uint_eq(first_difference(dz, want_dz, N), N);
        ck_assert_int_eq(actfn_loss_f32(ops[k], test_mode, NULL, N, z, t, w, 2, NULL, NULL), ACTFN_OK);
    }
}
END_TEST

START_TEST(memory)
{
    const struct guarded pages[5] = { guarded_pages(), guarded_pages(), guarded_pages(), guarded_pages(),
                                      guarded_pages() };
    const float p = 3;
    fill(SMALL, _i);
    for (int k = 0; k < OPS; k++) {
        compute_loss(ops[k], &p, SMALL, w, 2);
        memcpy(want_loss, loss, sizeof loss);
        memcpy(want_dz, dz, sizeof dz);
        for (size_t n = 0; n <= SMALL; n++)
            for (size_t place = 0; place <= 16; place += light() ? 4 : 1) {
                float *at[5];
                for (size_t b = 0; b < 5; b++) {
                    const size_t own = place < 16 ? (place + b * n) % 16 : 16;
                    at[b] = own < 16 ? pages[b].begin + own : pages[b].end - n;
                }
                memcpy(at[0], z, n * sizeof *z);
                memcpy(at[1], t, n * sizeof *t);
                memcpy(at[2], w, n * sizeof *w);
                fill_canary(pages[3].begin, pages[3].end);
                fill_canary(pages[4].begin, pages[4].end);
                const int what = (int)(n + place) % 4; /* both, one, the other; or both without guards between */
                ck_assert_int_eq(actfn_loss_f32(ops[k], test_mode, k ? NULL : &p, n, at[0], at[1], at[2], 2,
                                                what == 1 ? NULL : at[3], what == 2 ? NULL : at[4]),
                                 ACTFN_OK);
                expect(what == 1 || first_difference(at[3], want_loss, n) == n, "loss: n = %zu, place %zu", n, place);
                expect(what == 2 || first_difference(at[4], want_dz, n) == n, "dz: n = %zu, place %zu", n, place);
                for (size_t b = 3; b < 5; b++)
                    expect(canary_intact(pages[b].begin, at[b]) && canary_intact(at[b] + n, pages[b].end),
                           "wrote beside: n = %zu, place %zu", n, place);
                expect(memcmp(at[0], z, n * sizeof *z) == 0 && memcmp(at[1], t, n * sizeof *t) == 0 &&
                           memcmp(at[2], w, n * sizeof *w) == 0,
                       "wrote to an input");
            }
    }
}
END_TEST

START_TEST(in_place)
{
    static float in[3][SMALL];
    const float p = 3;
    fill(SMALL, _i);
    for (int k = 0; k < OPS; k++)
        for (size_t n = 1; n <= SMALL; n++) {
            compute_loss(ops[k], &p, n, w, 2);
            memcpy(want_loss, loss, n * sizeof *loss);
            memcpy(want_dz, dz, n * sizeof *dz);
            for (int a = 0; a < 4; a++)
                for (int b = 0; b < 4; b++) {
                    if (a == b)
                        continue;
                    memcpy(in[0], z, n * sizeof *z);
                    memcpy(in[1], t, n * sizeof *t);
                    memcpy(in[2], w, n * sizeof *w);
                    float *l = a < 3 ? in[a] : loss, *d = b < 3 ? in[b] : dz;
                    ck_assert_int_eq(actfn_loss_f32(ops[k], test_mode, k ? NULL : &p, n, in[0], in[1], in[2],
                                                    2, l, d),
                                     ACTFN_OK);
                    expect(first_difference(l, want_loss, n) == n, "loss in place of %d, dz of %d", a, b);
                    expect(first_difference(d, want_dz, n) == n, "loss in place of %d, dz of %d", a, b);
                }
        }
}
END_TEST

START_TEST(every_split)
{
    const float p = 0.7f;
    fill(SMALL, _i);
    for (int k = 0; k < OPS; k++) {
        compute_loss(ops[k], &p, SMALL, w, 2);
        memcpy(want_loss, loss, sizeof loss);
        memcpy(want_dz, dz, sizeof dz);
        for (size_t from = 0; from < SMALL; from++)
            for (size_t to = from + 1; to <= SMALL; to += light() ? 5 : 1) {
                actfn_loss_f32(ops[k], test_mode, k ? NULL : &p, to - from, z + from, t + from, w + from, 2,
                               loss, dz);
                expect(first_difference(loss, want_loss + from, to - from) == to - from &&
                           first_difference(dz, want_dz + from, to - from) == to - from,
                       "%s: [%zu, %zu)", test_run, from, to);
            }
    }
}
END_TEST

START_TEST(every_instruction_set)
{
#if defined(__x86_64__) || defined(__aarch64__)
    if (!(actfn_cpu_features() & CPU_FMA))
        return;
    for (uint64_t round = 0; round < (light() ? 2 : 20); round++) {
        for (size_t i = 0; i < N; i++) {
            const uint64_t random = scramble(round << 32 ^ i);
            z[i] = round % 2 ? from_bits((uint32_t)random) : ((float)(random & 0xffffff) * 0x1p-23f - 1) * 110;
            t[i] = random >> 60 < 8 ? targets[(random >> 40) % TARGETS] : (float)(random >> 40 & 0xffff) * 0x1p-16f;
        }
        for (int k = 0; k < OPS; k++)
            for (size_t pi = 0; pi < WEIGHTS; pi++) {
                ck_assert_int_eq(actfn_isa_select(test_isa), ACTFN_OK);
                compute_loss(ops[k], &weights[pi], N, NULL, 1);
                memcpy(want_loss, loss, sizeof loss);
                memcpy(want_dz, dz, sizeof dz);
                ck_assert_int_eq(actfn_isa_select("generic"), ACTFN_OK);
                compute_loss(ops[k], &weights[pi], N, NULL, 1);
                const size_t a = first_difference(loss, want_loss, N), b = first_difference(dz, want_dz, N);
                expect(a == N && b == N, "%s and generic differ at z = %a or %a", test_run, (double)z[a % N],
                       (double)z[b % N]);
            }
    }
    ck_assert_int_eq(actfn_isa_select(test_isa), ACTFN_OK);
#endif
}
END_TEST

/* ---- arguments and environment --------------------------------------------------------------------------------- */

static void refused(actfn_status wanted, actfn_status status)
{
    ck_assert_int_eq(status, wanted);
    ck_assert(canary_intact(loss, loss + N) && canary_intact(dz, dz + N));
}

#define CALL(op, mode, params, n, z, t, w, scale, loss, dz) \
    actfn_loss_f32((actfn_op)(op), (actfn_mode)(mode), params, n, z, t, w, scale, loss, dz)

START_TEST(arguments)
{
    const float bad[] = { -1, NAN, INFINITY, -FLT_TRUE_MIN }, bad_scale[] = { NAN, INFINITY, -INFINITY };
    const size_t huge = SIZE_MAX / 4;
    float *end = (float *)(UINTPTR_MAX & ~(uintptr_t)15);
    fill(N, false);
    fill_canary(loss, loss + N);
    fill_canary(dz, dz + N);
    refused(ACTFN_ERR_OP, CALL(-1, test_mode, NULL, 5, z, t, w, 1, loss, dz));
    refused(ACTFN_ERR_OP, CALL(actfn_op_count(), test_mode, NULL, 0, z, t, w, 1, loss, dz));
    refused(ACTFN_ERR_NOT_OFFERED, CALL(ACTFN_SIGMOID, test_mode, NULL, 5, z, t, w, 1, loss, dz));
    refused(ACTFN_ERR_NOT_OFFERED, CALL(ACTFN_SOFTMAX, test_mode, NULL, 5, z, t, w, 1, loss, dz));
    refused(ACTFN_ERR_NOT_OFFERED, CALL(ACTFN_SOFTMAX_CROSS_ENTROPY, test_mode, NULL, 5, z, t, w, 1, loss, dz));
    for (int k = 0; k < OPS; k++) {
        refused(ACTFN_ERR_MODE, CALL(ops[k], 2, NULL, 5, z, t, w, 1, loss, dz));
        refused(ACTFN_ERR_MODE, CALL(ops[k], INT_MIN, NULL, 0, z, t, w, 1, loss, dz));
        for (int i = 0; i < 3; i++) {
            refused(ACTFN_ERR_PARAM, CALL(ops[k], test_mode, NULL, 5, z, t, w, bad_scale[i], loss, dz));
            refused(ACTFN_ERR_PARAM, CALL(ops[k], test_mode, NULL, 0, NULL, NULL, NULL, bad_scale[i], NULL, NULL));
        }
        refused(ACTFN_ERR_NULL, CALL(ops[k], test_mode, NULL, 5, NULL, t, w, 1, loss, dz));
        refused(ACTFN_ERR_NULL, CALL(ops[k], test_mode, NULL, 5, z, NULL, w, 1, loss, dz));
        refused(ACTFN_OK, CALL(ops[k], test_mode, NULL, 0, NULL, NULL, NULL, 1, NULL, NULL));
        refused(ACTFN_OK, CALL(ops[k], test_mode, NULL, 0, z, t, w, 1, loss, dz));
        refused(ACTFN_ERR_SIZE, CALL(ops[k], test_mode, NULL, huge + 1, z, t, w, 1, loss, dz));
        refused(ACTFN_ERR_SIZE, CALL(ops[k], test_mode, NULL, 9, end, t, w, 1, loss, dz));
        refused(ACTFN_ERR_SIZE, CALL(ops[k], test_mode, NULL, 9, z, end, w, 1, loss, dz));
        refused(ACTFN_ERR_SIZE, CALL(ops[k], test_mode, NULL, 9, z, t, end, 1, loss, dz));
        refused(ACTFN_ERR_SIZE, CALL(ops[k], test_mode, NULL, 9, z, t, w, 1, end, dz));
        refused(ACTFN_ERR_SIZE, CALL(ops[k], test_mode, NULL, 9, z, t, w, 1, loss, end));
        refused(ACTFN_ERR_OVERLAP, CALL(ops[k], test_mode, NULL, 9, z, t, w, 1, loss, loss));
        for (int at = 1; at < 9; at += 7) {
            refused(ACTFN_ERR_OVERLAP, CALL(ops[k], test_mode, NULL, 9, loss + at, t, w, 1, loss, dz));
            refused(ACTFN_ERR_OVERLAP, CALL(ops[k], test_mode, NULL, 9, z, loss + at, w, 1, loss, dz));
            refused(ACTFN_ERR_OVERLAP, CALL(ops[k], test_mode, NULL, 9, z, t, loss + at, 1, loss, dz));
            refused(ACTFN_ERR_OVERLAP, CALL(ops[k], test_mode, NULL, 9, dz, t, w, 1, loss, dz + at));
            refused(ACTFN_ERR_OVERLAP, CALL(ops[k], test_mode, NULL, 9, z, dz, w, 1, NULL, dz + at));
            refused(ACTFN_ERR_OVERLAP, CALL(ops[k], test_mode, NULL, 9, z, t, dz, 1, loss, dz + at));
            refused(ACTFN_ERR_OVERLAP, CALL(ops[k], test_mode, NULL, 9, z, t, w, 1, dz, dz + at));
        }
    }
    for (int i = 0; i < 4; i++) {
        refused(ACTFN_ERR_PARAM, CALL(ACTFN_SIGMOID_BCE, test_mode, &bad[i], 5, z, t, w, 1, loss, dz));
        refused(ACTFN_ERR_PARAM, CALL(ACTFN_SIGMOID_BCE, test_mode, &bad[i], 0, z, t, w, 1, loss, dz));
    }
    /* Apart by nothing. */
    ck_assert_int_eq(CALL(ACTFN_SIGMOID_BCE, test_mode, NULL, 9, z, t, w, 1, loss, loss + 9), ACTFN_OK);
}
END_TEST

START_TEST(environment)
{
    static const int roundings[] = { FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO };
    const float p = 3;
    fill(259, false);
    z[7] = from_bits(0x7f800001);
    for (int k = 0; k < OPS; k++) {
        ck_assert_int_eq(compute_loss(ops[k], &p, 259, w, 0.3f), ACTFN_OK);
        memcpy(want_loss, loss, sizeof loss);
        memcpy(want_dz, dz, sizeof dz);
        for (int i = 0; i < 16; i++) {
            fenv_t own;
            fegetenv(&own);
            fesetround(roundings[i % 4]);
            feclearexcept(FE_ALL_EXCEPT);
            if (i & 4)
                feraiseexcept(FE_ALL_EXCEPT);
#if defined(__x86_64__) && defined(__GLIBC__)
            if ((i & 12) == 8) /* raised and unmasked it would trap in our own code */
                feenableexcept(FE_ALL_EXCEPT);
#endif
            errno = 12321;
            const actfn_status status = compute_loss(ops[k], &p, 259, w, 0.3f);
            const actfn_status refusal = CALL(ops[k], test_mode, NULL, 5, z, t, w, NAN, loss, dz);
            const int error = errno, rounding = fegetround(), flags = fetestexcept(FE_ALL_EXCEPT);
            fesetenv(&own);
            ck_assert_int_eq(status, ACTFN_OK);
            ck_assert_int_eq(refusal, ACTFN_ERR_PARAM);
            ck_assert_int_eq(error, 12321);
            ck_assert_int_eq(rounding, roundings[i % 4]);
            ck_assert_int_eq(flags, i & 4 ? FE_ALL_EXCEPT : 0);
            ck_assert_uint_eq(first_difference(loss, want_loss, 259), 259);
            ck_assert_uint_eq(first_difference(dz, want_dz, 259), 259);
        }
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
    tcase_add_loop_test(tcase, memory, 0, 2);
    tcase_add_loop_test(tcase, in_place, 0, 2);
    tcase_add_loop_test(tcase, every_split, 0, 2);
    if (test_mode == ACTFN_REPRODUCIBLE)
        tcase_add_test(tcase, every_instruction_set);
    tcase_add_test(tcase, arguments);
    tcase_add_test(tcase, environment);
    suite_add_tcase(suite, tcase);
    return suite;
}
