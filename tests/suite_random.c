/* SPDX-License-Identifier: MIT */
/*
 * The random family: draws against a Philox of our own, which is checked on the specification's known answers, rrelu
 * against its definition bit for bit, the noise of gumbel_softmax in double precision.
 */
#define _GNU_SOURCE /* feenableexcept */
#include "dispatch/backend.h"
#include "expect.h"
#include "floats.h"
#include "suites.h"
#include "support.h"

#include <errno.h>
#include <fenv.h>
#include <float.h>
#include <limits.h>
#include <string.h>

enum { N = 2000, SMALL = 67 };
static uint32_t words[N], want[N];
static float x[N], dy[N], y[N], dx[N], noise[N], want_y[N], want_dx[N], want_noise[N];

/* ---- draws ----------------------------------------------------------------------------------------------------- */

static void philox(uint32_t c[4], uint32_t k0, uint32_t k1)
{
    for (int round = 0; round < 10; round++, k0 += 0x9E3779B9, k1 += 0xBB67AE85) {
        const uint64_t p0 = UINT64_C(0xD2511F53) * c[0], p1 = UINT64_C(0xCD9E8D57) * c[2];
        const uint32_t c1 = c[1], c3 = c[3];
        c[0] = (uint32_t)(p1 >> 32) ^ c1 ^ k0;
        c[1] = (uint32_t)p1;
        c[2] = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
        c[3] = (uint32_t)p0;
    }
}

/* The word of an index; they wrap modulo 2^64. */
static uint32_t draw_at(uint64_t seed, uint64_t stream, uint64_t index)
{
    const uint64_t q = index / 4;
    uint32_t c[4] = { (uint32_t)q, (uint32_t)(q >> 32), (uint32_t)stream, (uint32_t)(stream >> 32) };
    philox(c, (uint32_t)seed, (uint32_t)(seed >> 32));
    return c[index % 4];
}

static void want_draws(size_t n, uint64_t seed, uint64_t stream, uint64_t offset)
{
    for (size_t i = 0; i < n; i++)
        want[i] = draw_at(seed, stream, offset + i);
}

START_TEST(known_answers)
{
    static const uint32_t known[3][3][4] = {
        { { 0, 0, 0, 0 }, { 0, 0 }, { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 } },
        { { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
          { 0xffffffff, 0xffffffff },
          { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd } },
        { { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 },
          { 0xa4093822, 0x299f31d0 },
          { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 } },
    };
    static const uint32_t seed42[8] = { 0x9ceaf053, 0x77f5493b, 0x12bf50ad, 0x5742b3d7,
                                        0xfcdb2127, 0x53ba6cfd, 0x838f5a6e, 0x744e06fb };
    for (int k = 0; k < 3; k++) {
        uint32_t c[4];
        memcpy(c, known[k][0], sizeof c);
        philox(c, known[k][1][0], known[k][1][1]);
        ck_assert_mem_eq(c, known[k][2], sizeof c);
    }
    /* Of the others the second counter word is more than an index can reach. */
    ck_assert_int_eq(actfn_random_u32(4, words, 0, 0, 0), ACTFN_OK);
    ck_assert_mem_eq(words, known[0][2], 16);
    ck_assert_int_eq(actfn_random_u32(8, words, 42, 0, 0), ACTFN_OK);
    ck_assert_mem_eq(words, seed42, 32);
}
END_TEST

static void expect_draws(size_t n, uint64_t seed, uint64_t stream, uint64_t offset)
{
    want_draws(n, seed, stream, offset);
    ck_assert_int_eq(actfn_random_u32(n, words, seed, stream, offset), ACTFN_OK);
    for (size_t i = 0; i < n; i++)
        expect(words[i] == want[i], "%s: seed %#llx, stream %#llx, offset %#llx: draw %zu of %zu is %08x, not %08x",
               test_run, (unsigned long long)seed, (unsigned long long)stream, (unsigned long long)offset, i, n,
               (unsigned)words[i], (unsigned)want[i]);
}

START_TEST(any_index)
{
    /* Where a word of the counter carries, and where the index wraps. */
    static const uint64_t around[] = { 0, UINT64_C(1) << 32, UINT64_C(1) << 34, UINT64_C(3) << 34, UINT64_C(1) << 63 };
    for (size_t k = 0; k < sizeof around / sizeof around[0]; k++)
        for (uint64_t before = 0; before < 140; before += light() ? 13 : 1)
            expect_draws(200, 42, 7, around[k] - before);
    for (uint64_t i = 0; i < 300; i++)
        expect_draws(1 + scramble(i) % 300, scramble(4 * i), scramble(4 * i + 1), scramble(4 * i + 2));
    expect_draws(N, UINT64_MAX, UINT64_MAX, UINT64_MAX);
    expect_draws(N, UINT64_MAX, UINT64_MAX, UINT64_MAX - 3);
    expect_draws(N, 42, 0, 0);
}
END_TEST

START_TEST(every_length_and_split)
{
    const struct guarded pages = guarded_pages();
    for (uint64_t offset = 0; offset < 6; offset++) {
        want_draws(N, 1, 2, offset);
        for (size_t n = 0; n <= (light() ? 140 : 560); n++) {
            uint32_t *at = (uint32_t *)(void *)(n % 2 ? pages.end - n : pages.begin + n % 5);
            fill_canary(pages.begin, pages.end);
            ck_assert_int_eq(actfn_random_u32(n, at, 1, 2, offset), ACTFN_OK);
            expect(memcmp(at, want, n * sizeof *at) == 0, "%s: offset %d, n = %zu", test_run, (int)offset, n);
            expect(canary_intact(pages.begin, (float *)(void *)at) &&
                       canary_intact((float *)(void *)(at + n), pages.end),
                   "wrote beside");
        }
    }
    want_draws(N, 3, 4, 5);
    for (size_t from = 0, n; from < N; from += n) {
        n = 1 + scramble(from) % 50;
        n = n > N - from ? N - from : n;
        actfn_random_u32(n, words + from, 3, 4, 5 + from);
    }
    ck_assert_mem_eq(words, want, sizeof words);
}
END_TEST

/* ---- rrelu ----------------------------------------------------------------------------------------------------- */

static const float bounds[][2] = { { 0.125f, 0x1.555556p-2f }, { 0, 0 },         { 0.3f, 0.3f }, { -0.5f, 2 },
                                   { 0, 1 },                   { -3, -0x1p-130f }, { 0.1f, 0x1.fffffep-1f },
                                   { -FLT_MAX, FLT_MAX } };
enum { BOUNDS = sizeof bounds / sizeof bounds[0] };

static float slope_at(const float *p, uint64_t index)
{
    const float u = (float)(draw_at(42, 1, index) >> 8) * 0x1p-24f;
    const double difference = (double)p[1] - (double)p[0];
    return difference > (double)FLT_MAX ? (float)((double)u * difference + (double)p[0]) : fmaf(u, p[1] - p[0], p[0]);
}

static void want_rrelu(const float *p, size_t n, uint64_t offset)
{
    for (size_t i = 0; i < n; i++) {
        const float r = slope_at(p, offset + i);
        want_y[i] = x[i] > 0 ? x[i] : r * x[i];
        want_noise[i] = x[i] <= 0 ? r : 1.0f;
        want_dx[i] = isnan(x[i]) ? x[i] : x[i] > 0 ? dy[i] : r * dy[i];
    }
}

static void fill(size_t n)
{
    fill_inputs(x, n, 71);
    fill_inputs(dy, n, 72);
    for (size_t i = 13; i < n; i += 29)
        x[i] = from_bits(i % 2 ? 0x7f800001 : 0xffc01234);
    for (size_t i = 17; i < n; i += 31)
        dy[i] = NAN;
}

static void expect_floats(const char *what, size_t n, const float *got, const float *wanted)
{
    const size_t i = first_difference(got, wanted, n);
    expect(i == n, "%s: %s: element %zu of %zu is %a, expected %a (x = %a, dy = %a)", test_run, what, i, n,
           (double)got[i % N], (double)wanted[i % N], (double)x[i % N], (double)dy[i % N]);
}

START_TEST(slopes)
{
    static const float given[8] = { 0.252699971f,  0.222622186f,  0.140256599f, 0.19601281f,
                                    0.330774724f, 0.193138197f, 0.232063785f, 0.219649076f };
    for (int i = 0; i < 8; i++)
        x[i] = -1;
    ck_assert_int_eq(actfn_rrelu_f32(test_mode, NULL, 8, x, y, noise, 42, 0, 0), ACTFN_OK);
    for (int i = 0; i < 8; i++) {
        ck_assert_float_eq(noise[i], given[i]);
        ck_assert_float_eq(y[i], -given[i]);
    }
    /* T11 */
    double sum = 0;
    for (uint64_t from = 0; from < 1 << 20; from += 1024) {
        for (int i = 0; i < 1024; i++)
            x[i] = -1;
        actfn_rrelu_f32(test_mode, NULL, 1024, x, y, noise, 42, 0, from);
        for (int i = 0; i < 1024; i++) {
            expect_le(0.125f, noise[i]);
            expect_le(noise[i], 0x1.555556p-2f);
            sum += (double)noise[i];
        }
    }
    ck_assert_double_le(fabs(sum * 0x1p-20 - (0.125 + 1.0 / 3) / 2), 3e-4);
    /* Rounding must not leave the interval, however small. */
    for (int k = 0; k < (light() ? 10 : 200); k++) {
        const float lower = 0.7f + 0.001f * (float)k, p[2] = { lower, float_step(lower, 1 + k % 3) };
        for (int i = 0; i < N; i++)
            x[i] = -1;
        actfn_rrelu_f32(test_mode, p, N, x, y, noise, 42, 0, (uint64_t)k * N);
        for (int i = 0; i < N; i++)
            expect(noise[i] >= p[0] && noise[i] <= p[1], "slope %a not in [%a, %a]", (double)noise[i], (double)p[0],
                   (double)p[1]);
    }
}
END_TEST

START_TEST(rrelu_by_definition)
{
    static const uint64_t offsets[] = { 0, 1, 2, 3, 511, UINT64_MAX - 30, UINT64_C(4) << 32 };
    fill(N);
    for (int b = 0; b < BOUNDS; b++)
        for (size_t o = 0; o < sizeof offsets / sizeof offsets[0]; o++) {
            const float *p = bounds[b];
            want_rrelu(p, N, offsets[o]);
            for (size_t n = 1; n <= N; n += n < SMALL ? (light() ? 5 : 1) : n < 1100 ? 97 : N - n ? N - n : 1) {
                ck_assert_int_eq(actfn_rrelu_f32(test_mode, b ? p : NULL, n, x, y, noise, 42, 1, offsets[o]), ACTFN_OK);
                expect_floats("y", n, y, want_y);
                expect_floats("noise", n, noise, want_noise);
                ck_assert_int_eq(actfn_rrelu_f32(test_mode, p, n, x, dx, NULL, 42, 1, offsets[o]), ACTFN_OK);
                expect_floats("y alone", n, dx, want_y);
                ck_assert_int_eq(actfn_rrelu_backward_f32(test_mode, b ? p : NULL, n, x, dy, dx, 42, 1, offsets[o]),
                                 ACTFN_OK);
                expect_floats("dx", n, dx, want_dx);
                const actfn_status status =
                    actfn_rrelu_backward_from_output_f32(test_mode, p, n, y, dy, dx, 42, 1, offsets[o]);
                ck_assert_int_eq(status, p[0] >= 0 ? ACTFN_OK : ACTFN_ERR_NOT_OFFERED);
                for (size_t i = 0; status == ACTFN_OK && i < n; i++)
                    /* A positive slope that makes y = 0, or 0 (-inf), is what y cannot tell. */
                    expect(isnan(y[i]) ? isnan(dx[i]) : same(dx[i], want_dx[i]), "from output: %zu", i);
                ck_assert_int_eq(actfn_rrelu_backward_from_noise_f32(test_mode, n, noise, dy, dx), ACTFN_OK);
                for (size_t i = 0; i < n; i++)
                    expect(isnan(x[i]) ? same(dx[i], dy[i]) : same(dx[i], want_dx[i]), "from noise: %zu", i);
            }
        }
}
END_TEST

START_TEST(rrelu_special_values)
{
    const float p[2] = { 0.25f, 0.25f }, zero[2] = { 0, 0 };
    static const float in[] = { 0.0f, -0.0f, INFINITY, -INFINITY, -4, 4, NAN },
                       out[] = { 0.0f, -0.0f, INFINITY, -INFINITY, -1, 4, NAN },
                       of_zero[] = { 0.0f, -0.0f, INFINITY, NAN, -0.0f, 4, NAN },
                       rates[] = { 0.25f, 0.25f, 1, 0.25f, 0.25f, 1, 1 },
                       slopes_of_zero[] = { NAN, NAN, INFINITY, NAN, NAN, INFINITY, NAN };
    for (size_t n = 1; n < 40; n += light() ? 6 : 1)
        for (size_t lane = 0; lane < n; lane++)
            for (int k = 0; k < 7; k++) {
                for (size_t i = 0; i < n; i++)
                    x[i] = 2, dy[i] = INFINITY;
                x[lane] = in[k];
                actfn_rrelu_f32(test_mode, p, n, x, y, noise, 42, 1, lane);
                expect(same(y[lane], out[k]) && noise[lane] == rates[k], "f(%a) in lane %zu of %zu", (double)in[k],
                       lane, n);
                actfn_rrelu_f32(test_mode, zero, n, x, y, noise, 42, 1, lane);
                expect(same(y[lane], of_zero[k]), "slope 0: f(%a) in lane %zu of %zu", (double)in[k], lane, n);
                actfn_rrelu_backward_f32(test_mode, zero, n, x, dy, dx, 42, 1, lane);
                expect(same(dx[lane], slopes_of_zero[k]), "slope 0: dx at %a in lane %zu of %zu: %a", (double)in[k],
                       lane, n, (double)dx[lane]);
                for (size_t i = 0; i < n; i++)
                    expect(i == lane || (y[i] == 2 && dx[i] == INFINITY), "lane %zu spills into %zu", lane, i);
            }
}
END_TEST

START_TEST(rrelu_eval)
{
    fill(N);
    for (int b = 0; b < BOUNDS; b++) {
        const float slope = (float)((bounds[b][0] + (double)bounds[b][1]) / 2);
        actfn_leaky_relu_f32(N, x, want_y, slope);
        actfn_leaky_relu_backward_f32(N, x, dy, want_dx, slope);
        ck_assert_int_eq(actfn_rrelu_eval_f32(test_mode, b ? bounds[b] : NULL, N, x, y), ACTFN_OK);
        ck_assert_int_eq(actfn_rrelu_eval_backward_f32(test_mode, b ? bounds[b] : NULL, N, x, dy, dx), ACTFN_OK);
        expect_floats("eval", N, y, want_y);
        expect_floats("eval backward", N, dx, want_dx);
    }
    x[0] = -1;
    actfn_rrelu_eval_f32(test_mode, NULL, 1, x, y);
    ck_assert_double_le(fabs((double)y[0] + 0.2291666666), 1e-8);
    const float large[2] = { FLT_MAX, FLT_MAX };
    actfn_rrelu_eval_f32(test_mode, large, 1, x, y);
    ck_assert_float_eq(y[0], -FLT_MAX);
}
END_TEST

/* ---- rrelu: memory --------------------------------------------------------------------------------------------- */

START_TEST(rrelu_memory)
{
    struct guarded pages[4] = { guarded_pages(), guarded_pages(), guarded_pages(), guarded_pages() };
    const float *p = bounds[0];
    fill(SMALL);
    for (size_t n = 0; n <= SMALL; n++) {
        want_rrelu(p, n, 3);
        for (size_t place = 0; place <= 16; place += light() ? 4 : 1) {
            float *at[4];
            for (size_t b = 0; b < 4; b++) {
                at[b] = place < 16 ? pages[b].begin + (place + b * n) % 16 : pages[b].end - n;
                fill_canary(pages[b].begin, pages[b].end);
            }
            memcpy(at[0], x, n * sizeof *x);
            memcpy(at[1], dy, n * sizeof *dy);
            ck_assert_int_eq(actfn_rrelu_f32(test_mode, p, n, at[0], at[2], at[3], 42, 1, 3), ACTFN_OK);
            expect_floats("y", n, at[2], want_y);
            expect_floats("noise", n, at[3], want_noise);
            expect(canary_intact(pages[2].begin, at[2]) && canary_intact(at[2] + n, pages[2].end), "beside y");
            expect(canary_intact(pages[3].begin, at[3]) && canary_intact(at[3] + n, pages[3].end), "beside noise");
            ck_assert_int_eq(actfn_rrelu_backward_f32(test_mode, p, n, at[0], at[1], at[2], 42, 1, 3), ACTFN_OK);
            expect_floats("dx", n, at[2], want_dx);
            expect(canary_intact(pages[2].begin, at[2]) && canary_intact(at[2] + n, pages[2].end), "beside dx");
            expect(memcmp(at[0], x, n * sizeof *x) == 0 && memcmp(at[1], dy, n * sizeof *dy) == 0, "an input");
        }
        /* In place. */
        memcpy(y, x, n * sizeof *x);
        actfn_rrelu_f32(test_mode, p, n, y, y, noise, 42, 1, 3);
        expect_floats("y is x", n, y, want_y);
        expect_floats("y is x: noise", n, noise, want_noise);
        memcpy(dx, x, n * sizeof *x);
        actfn_rrelu_backward_f32(test_mode, p, n, dx, dy, dx, 42, 1, 3);
        expect_floats("dx is x", n, dx, want_dx);
        memcpy(dx, dy, n * sizeof *x);
        actfn_rrelu_backward_f32(test_mode, p, n, x, dx, dx, 42, 1, 3);
        expect_floats("dx is dy", n, dx, want_dx);
        actfn_rrelu_backward_from_noise_f32(test_mode, n, noise, dy, dx);
        actfn_rrelu_backward_from_noise_f32(test_mode, n, noise, dy, noise);
        expect_floats("dx is noise", n, noise, dx);
        actfn_rrelu_backward_from_output_f32(test_mode, p, n, y, dy, dx, 42, 1, 3);
        actfn_rrelu_backward_from_output_f32(test_mode, p, n, y, dy, y, 42, 1, 3);
        expect_floats("dx is y", n, y, dx);
    }
}
END_TEST

/* ---- gumbel_softmax -------------------------------------------------------------------------------------------- */

static void perturb(float tau, size_t n, const float *in, float *out, uint64_t offset)
{
    actfn_backend_active()->tables[test_mode].random->gumbel(
        &tau, &(struct actfn_noise) { 42, 0, offset }, n, in, out);
}

static double gumbel_at(uint64_t index)
{
    return -log(-log(((double)(draw_at(42, 0, index) >> 8) + 0.5) * 0x1p-24));
}

/* 2 ulp of -ln u and one of the noise, which may be 0, are absolute errors of so much; then x + g and the quotient. */
static void expect_noise(uint64_t index, float got)
{
    const double g = gumbel_at(index);
    expect(fabs((double)got - g) <= 3 * 0x1p-24 + 2 * 0x1p-24 * fmax(1, fabs(g)), "%s: noise %llu is %a, expected %a",
           test_run, (unsigned long long)index, (double)got, g);
}

START_TEST(gumbel_noise)
{
    /* Draws of seed 42 whose 24 bits are all ones but the last, all ones, none. */
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
    const struct guarded in = guarded_pages(), out = guarded_pages();
    memset(y, 0, sizeof y);
    perturb(1, N, y, want_noise, 5);
    fill(N);
    for (int k = 0; k < 4; k++) {
        const float tau = ((const float[]) { 1, 0.3f, 1e-4f, 1e10f })[k];
        for (size_t i = 0; i < N; i++)
            want_y[i] = (x[i] + want_noise[i]) / tau;
        for (size_t n = 0; n <= N; n += n < SMALL ? 1 : n == SMALL ? 450 : N - n ? N - n : 1) {
            perturb(tau, n, x, y, 5);
            expect_floats("perturbed", n, y, want_y);
            if (n > SMALL)
                continue;
            fill_canary(out.begin, out.end);
            float *from = memcpy(in.end - n, x, n * sizeof *x), *to = n % 2 ? out.end - n : out.begin;
            perturb(tau, n, from, to, 5);
            expect_floats("at the edge", n, to, want_y);
            expect(canary_intact(out.begin, to) && canary_intact(to + n, out.end), "wrote beside");
            perturb(tau, n, from, from, 5);
            expect_floats("in place", n, from, want_y);
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

/* Five classes along every axis: inner = 1, 3, N / 5. */
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
                /* An error of the exponent is one relative error of the result. */
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
            /* In place, and hard alone. */
            memcpy(noise, x, sizeof x);
            ck_assert_int_eq(actfn_gumbel_softmax_f32(test_mode, &tau, ACTFN_GUMBEL_HARD, outer, CLASSES, inner, noise,
                                                      noise, NULL, 42, 0, 77),
                             ACTFN_OK);
            expect_floats("hard in place", N, noise, hard);
            memcpy(noise, x, sizeof x);
            actfn_gumbel_softmax_f32(test_mode, &tau, 0, outer, CLASSES, inner, noise, noise, soft, 42, 0, 77);
            expect_floats("in place", N, noise, y);
            expect_floats("in place: soft", N, soft, y);
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
            memcpy(noise, dy, sizeof dy);
            actfn_gumbel_softmax_backward_f32(test_mode, &tau, outer, CLASSES, inner, soft, noise, noise);
            expect_floats("dx is dy", N, noise, dx);
            actfn_gumbel_softmax_backward_f32(test_mode, &tau, outer, CLASSES, inner, soft, dy, soft);
            expect_floats("dx is soft", N, soft, dx);
        }
}
END_TEST

/* 1 / tau is no float, or no normal one. */
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

/* The trick itself: the one-hot is that of a sample from softmax(x). */
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

/* ---- bits, arguments, environment ------------------------------------------------------------------------------ */

START_TEST(every_instruction_set)
{
#if defined(__x86_64__) || defined(__aarch64__)
    const bool fma = actfn_cpu_features() & CPU_FMA;
    for (uint64_t round = 0; round < (light() ? 2 : 50); round++) {
        const uint64_t offset = round * N + round % 4;
        fill_inputs(x, N, 200 + round);
        fill_inputs(dy, N, 300 + round);
        ck_assert_int_eq(actfn_isa_select(test_isa), ACTFN_OK);
        actfn_rrelu_f32(test_mode, NULL, N, x, want_y, want_noise, round, 1, offset);
        actfn_rrelu_backward_f32(test_mode, NULL, N, x, dy, want_dx, round, 1, offset);
        perturb(0.3f, N, x, soft, offset);
        ck_assert_int_eq(actfn_isa_select("generic"), ACTFN_OK);
        actfn_rrelu_f32(test_mode, NULL, N, x, y, noise, round, 1, offset);
        actfn_rrelu_backward_f32(test_mode, NULL, N, x, dy, dx, round, 1, offset);
        perturb(0.3f, N, x, hard, offset);
        expect_floats("y", N, y, want_y);
        expect_floats("noise", N, noise, want_noise);
        expect_floats("dx", N, dx, want_dx);
        if (fma)
            expect_floats("perturbed", N, hard, soft);
    }
    ck_assert_int_eq(actfn_isa_select(test_isa), ACTFN_OK);
#endif
}
END_TEST

static void refused(actfn_status wanted, actfn_status status)
{
    ck_assert_int_eq(status, wanted);
    ck_assert(canary_intact(y, y + N) && canary_intact(noise, noise + N) && canary_intact(dx, dx + N));
}

#define FORWARD_(mode, p, n, x, y, noise) actfn_rrelu_f32((actfn_mode)(mode), p, n, x, y, noise, 1, 2, 3)
#define BACKWARD_(mode, p, n, x, dy, dx) actfn_rrelu_backward_f32((actfn_mode)(mode), p, n, x, dy, dx, 1, 2, 3)
#define OUTPUT_(mode, p, n, y, dy, dx) \
    actfn_rrelu_backward_from_output_f32((actfn_mode)(mode), p, n, y, dy, dx, 1, 2, 3)
#define NOISE_(mode, p, n, x, dy, dx) actfn_rrelu_backward_from_noise_f32((actfn_mode)(mode), n, x, dy, dx)
#define EVAL_(mode, p, n, x, y) actfn_rrelu_eval_f32((actfn_mode)(mode), p, n, x, y)
#define EVAL_BACK_(mode, p, n, x, dy, dx) actfn_rrelu_eval_backward_f32((actfn_mode)(mode), p, n, x, dy, dx)

/* What all that read x, or noise, and dy refuse. */
#define REFUSED_BACKWARD(entry)                                                        \
    do {                                                                               \
        refused(ACTFN_ERR_MODE, entry(2, NULL, 5, x, dy, dx));                         \
        refused(ACTFN_ERR_MODE, entry(INT_MIN, NULL, 0, x, dy, dx));                   \
        refused(ACTFN_ERR_NULL, entry(test_mode, NULL, 5, NULL, dy, dx));                      \
        refused(ACTFN_ERR_NULL, entry(test_mode, NULL, 5, x, NULL, dx));                       \
        refused(ACTFN_ERR_NULL, entry(test_mode, NULL, 5, x, dy, NULL));                       \
        refused(ACTFN_ERR_SIZE, entry(test_mode, NULL, SIZE_MAX / 4 + 1, x, dy, dx));          \
        refused(ACTFN_ERR_SIZE, entry(test_mode, NULL, 9, end, dy, dx));                       \
        refused(ACTFN_ERR_SIZE, entry(test_mode, NULL, 9, x, end, dx));                        \
        refused(ACTFN_ERR_SIZE, entry(test_mode, NULL, 9, x, dy, end));                        \
        refused(ACTFN_ERR_OVERLAP, entry(test_mode, NULL, 9, dx + 8, dy, dx));                 \
        refused(ACTFN_ERR_OVERLAP, entry(test_mode, NULL, 9, x, dx, dx + 1));                  \
        refused(ACTFN_OK, entry(test_mode, NULL, 0, NULL, NULL, NULL));                        \
    } while (0)

START_TEST(rrelu_arguments)
{
    const float bad[][2] = { { 0.5f, 0.25f }, { NAN, 1 }, { 0, NAN }, { -INFINITY, 0 }, { 0, INFINITY } };
    const float negative[2] = { -FLT_TRUE_MIN, 1 };
    float *end = (float *)(UINTPTR_MAX & ~(uintptr_t)15);
    uint32_t *end_words = (uint32_t *)(UINTPTR_MAX & ~(uintptr_t)15);
    fill(N);
    fill_canary(y, y + N);
    fill_canary(noise, noise + N);
    fill_canary(dx, dx + N);
    refused(ACTFN_ERR_MODE, FORWARD_(-1, NULL, 5, x, y, noise));
    refused(ACTFN_ERR_MODE, EVAL_(2, NULL, 5, x, y));
    for (int k = 0; k < 5; k++) {
        refused(ACTFN_ERR_PARAM, FORWARD_(test_mode, bad[k], 5, x, y, noise));
        refused(ACTFN_ERR_PARAM, FORWARD_(test_mode, bad[k], 0, x, y, noise));
        refused(ACTFN_ERR_PARAM, BACKWARD_(test_mode, bad[k], 5, x, dy, dx));
        refused(ACTFN_ERR_PARAM, OUTPUT_(test_mode, bad[k], 5, x, dy, dx));
        refused(ACTFN_ERR_PARAM, EVAL_(test_mode, bad[k], 5, x, y));
        refused(ACTFN_ERR_PARAM, EVAL_BACK_(test_mode, bad[k], 5, x, dy, dx));
    }
    refused(ACTFN_ERR_NOT_OFFERED, OUTPUT_(test_mode, negative, 5, x, dy, dx));
    refused(ACTFN_ERR_NOT_OFFERED, OUTPUT_(test_mode, negative, 0, x, dy, dx));
    REFUSED_BACKWARD(BACKWARD_);
    REFUSED_BACKWARD(OUTPUT_);
    REFUSED_BACKWARD(NOISE_);
    REFUSED_BACKWARD(EVAL_BACK_);
    refused(ACTFN_ERR_NULL, FORWARD_(test_mode, NULL, 5, NULL, y, noise));
    refused(ACTFN_ERR_NULL, FORWARD_(test_mode, NULL, 5, x, NULL, noise));
    refused(ACTFN_ERR_NULL, EVAL_(test_mode, NULL, 5, NULL, y));
    refused(ACTFN_ERR_NULL, EVAL_(test_mode, NULL, 5, x, NULL));
    refused(ACTFN_ERR_SIZE, FORWARD_(test_mode, NULL, SIZE_MAX / 4 + 1, x, y, noise));
    refused(ACTFN_ERR_SIZE, FORWARD_(test_mode, NULL, 9, x, y, end));
    refused(ACTFN_ERR_SIZE, EVAL_(test_mode, NULL, 9, x, end));
    refused(ACTFN_ERR_OVERLAP, FORWARD_(test_mode, NULL, 9, y + 1, y, noise));
    refused(ACTFN_ERR_OVERLAP, FORWARD_(test_mode, NULL, 9, x, y, y));
    refused(ACTFN_ERR_OVERLAP, FORWARD_(test_mode, NULL, 9, x, y, y + 8));
    refused(ACTFN_ERR_OVERLAP, FORWARD_(test_mode, NULL, 9, noise, y, noise));
    refused(ACTFN_ERR_OVERLAP, EVAL_(test_mode, NULL, 9, y + 8, y));
    refused(ACTFN_OK, FORWARD_(test_mode, NULL, 0, NULL, NULL, NULL));
    refused(ACTFN_OK, EVAL_(test_mode, NULL, 0, NULL, NULL));
    /* Apart by nothing. */
    ck_assert_int_eq(FORWARD_(test_mode, NULL, 9, x, y, y + 9), ACTFN_OK);
    ck_assert_int_eq(actfn_random_u32(0, NULL, 1, 2, 3), ACTFN_OK);
    ck_assert_int_eq(actfn_random_u32(1, NULL, 1, 2, 3), ACTFN_ERR_NULL);
    ck_assert_int_eq(actfn_random_u32(SIZE_MAX / 4 + 1, words, 1, 2, 3), ACTFN_ERR_SIZE);
    ck_assert_int_eq(actfn_random_u32(9, end_words, 1, 2, 3), ACTFN_ERR_SIZE);
}
END_TEST

#define SAMPLE_(mode, p, flags, a, b, c, x, y, soft) \
    actfn_gumbel_softmax_f32((actfn_mode)(mode), p, flags, a, b, c, x, y, soft, 1, 2, 3)
#define SAMPLE_BACK_(mode, p, a, b, c, soft, dy, dx) \
    actfn_gumbel_softmax_backward_f32((actfn_mode)(mode), p, a, b, c, soft, dy, dx)

START_TEST(gumbel_arguments)
{
    const float bad[] = { 0, -1, NAN, INFINITY };
    const size_t half = (SIZE_MAX >> 1) + 1;
    float *end = (float *)(UINTPTR_MAX & ~(uintptr_t)15);
    fill(N);
    fill_canary(y, y + N);
    fill_canary(noise, noise + N);
    fill_canary(dx, dx + N);
    refused(ACTFN_ERR_MODE, SAMPLE_(2, NULL, 0, 1, 5, 2, x, y, noise));
    refused(ACTFN_ERR_MODE, SAMPLE_BACK_(-1, NULL, 1, 5, 2, x, dy, dx));
    for (int k = 0; k < 4; k++) {
        refused(ACTFN_ERR_PARAM, SAMPLE_(test_mode, &bad[k], 0, 1, 5, 2, x, y, noise));
        refused(ACTFN_ERR_PARAM, SAMPLE_(test_mode, &bad[k], 0, 0, 5, 2, x, y, noise));
        refused(ACTFN_ERR_PARAM, SAMPLE_BACK_(test_mode, &bad[k], 1, 5, 2, x, dy, dx));
    }
    for (unsigned int bit = 1; bit < 32; bit++)
        refused(ACTFN_ERR_FLAGS, SAMPLE_(test_mode, NULL, 1u << bit, 1, 5, 2, x, y, noise));
    refused(ACTFN_ERR_FLAGS, SAMPLE_(test_mode, NULL, 2, 1, 0, 2, x, y, noise));
    refused(ACTFN_ERR_NULL, SAMPLE_(test_mode, NULL, 0, 1, 5, 2, NULL, y, noise));
    refused(ACTFN_ERR_NULL, SAMPLE_(test_mode, NULL, 0, 1, 5, 2, x, NULL, noise));
    refused(ACTFN_ERR_SIZE, SAMPLE_(test_mode, NULL, 0, half, 2, 1, x, y, noise));
    refused(ACTFN_ERR_SIZE, SAMPLE_(test_mode, NULL, 0, 1, 2, half, x, y, noise));
    refused(ACTFN_ERR_SIZE, SAMPLE_(test_mode, NULL, 0, half / 2, 1, 1, x, y, noise));
    refused(ACTFN_ERR_SIZE, SAMPLE_(test_mode, NULL, 0, 1, 9, 1, x, end, noise));
    refused(ACTFN_ERR_SIZE, SAMPLE_(test_mode, NULL, 0, 1, 9, 1, x, y, end));
    refused(ACTFN_ERR_OVERLAP, SAMPLE_(test_mode, NULL, 0, 3, 3, 1, y + 8, y, noise));
    refused(ACTFN_ERR_OVERLAP, SAMPLE_(test_mode, NULL, 0, 3, 3, 1, x, y, y));
    refused(ACTFN_ERR_OVERLAP, SAMPLE_(test_mode, NULL, 0, 3, 3, 1, noise, y, noise + 8));
    refused(ACTFN_ERR_NULL, SAMPLE_BACK_(test_mode, NULL, 1, 5, 2, NULL, dy, dx));
    refused(ACTFN_ERR_NULL, SAMPLE_BACK_(test_mode, NULL, 1, 5, 2, x, NULL, dx));
    refused(ACTFN_ERR_NULL, SAMPLE_BACK_(test_mode, NULL, 1, 5, 2, x, dy, NULL));
    refused(ACTFN_ERR_SIZE, SAMPLE_BACK_(test_mode, NULL, half, 2, 2, x, dy, dx));
    refused(ACTFN_ERR_OVERLAP, SAMPLE_BACK_(test_mode, NULL, 3, 3, 1, dx + 8, dy, dx));
    refused(ACTFN_ERR_OVERLAP, SAMPLE_BACK_(test_mode, NULL, 3, 3, 1, x, dx, dx + 1));
    for (int k = 0; k < 3; k++) {
        const size_t a = k == 0 ? 0 : half, b = k == 1 ? 0 : half, c = k == 2 ? 0 : half;
        refused(ACTFN_OK, SAMPLE_(test_mode, NULL, 1, a, b, c, NULL, NULL, NULL));
        refused(ACTFN_OK, SAMPLE_BACK_(test_mode, NULL, a, b, c, NULL, NULL, NULL));
    }
}
END_TEST

START_TEST(environment)
{
    static const int roundings[] = { FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO };
    const float p[2] = { 0.1f, 0.7f }, nan[2] = { from_bits(0x7f800001), 1 };
    enum { n = 260 };
    fill(n);
    for (int i = 0; i < 17; i++) { /* the first in the environment as it is */
        fenv_t own;
        fegetenv(&own);
        if (i) {
            fesetround(roundings[i % 4]);
            feclearexcept(FE_ALL_EXCEPT);
            if (i & 4)
                feraiseexcept(FE_ALL_EXCEPT);
#if defined(__x86_64__) && defined(__GLIBC__)
            if ((i & 12) == 8) /* raised and unmasked it would trap in our own code */
                feenableexcept(FE_ALL_EXCEPT);
#endif
        }
        errno = 12321;
        int status = (int)actfn_rrelu_f32(test_mode, p, n, x, y, noise, 1, 2, 3);
        status |= (int)actfn_rrelu_backward_f32(test_mode, p, n, x, dy, dx, 1, 2, 3);
        status |= (int)actfn_rrelu_backward_from_output_f32(test_mode, p, n, y, dy, hard, 1, 2, 3);
        status |= (int)actfn_rrelu_backward_from_noise_f32(test_mode, n, noise, dy, hard + n);
        status |= (int)actfn_rrelu_eval_f32(test_mode, p, n, x, hard + 2 * n);
        status |= (int)actfn_rrelu_eval_backward_f32(test_mode, p, n, x, dy, hard + 3 * n);
        status |= (int)actfn_gumbel_softmax_f32(test_mode, p, 0, 5, 52, 1, x, hard + 4 * n, hard + 5 * n, 1, 2, 3);
        status |= (int)actfn_gumbel_softmax_backward_f32(test_mode, p, 5, 52, 1, hard + 5 * n, dy, hard + 6 * n);
        status |= (int)actfn_random_u32(n, words, 1, 2, 3);
        const actfn_status refusal = actfn_rrelu_f32(test_mode, nan, 5, x, y, noise, 1, 2, 3);
        const int error = errno, rounding = fegetround(), flags = fetestexcept(FE_ALL_EXCEPT);
        fesetenv(&own);
        ck_assert_int_eq(status, ACTFN_OK);
        ck_assert_int_eq(refusal, ACTFN_ERR_PARAM);
        ck_assert_int_eq(error, 12321);
        if (i == 0) {
            memcpy(want_y, y, sizeof y);
            memcpy(want_noise, noise, sizeof noise);
            memcpy(want_dx, dx, sizeof dx);
            memcpy(soft, hard, sizeof hard);
            continue;
        }
        ck_assert_int_eq(rounding, roundings[i % 4]);
        ck_assert_int_eq(flags, i & 4 ? FE_ALL_EXCEPT : 0);
        expect_floats("y", n, y, want_y);
        expect_floats("noise", n, noise, want_noise);
        expect_floats("dx", n, dx, want_dx);
        expect_floats("the others", N, hard, soft);
    }
}
END_TEST

Suite *random_suite(void)
{
    Suite *suite = suite_create("random");
    TCase *draws = tcase_create("draws"), *rrelu = tcase_create("rrelu"), *gumbel = tcase_create("gumbel"),
          *rows = tcase_create("gumbel_rows");
    TCase *const all[] = { draws, rrelu, gumbel, rows };
    tcase_add_test(draws, known_answers);
    tcase_add_test(draws, any_index);
    tcase_add_test(draws, every_length_and_split);
    tcase_add_test(rrelu, slopes);
    tcase_add_test(rrelu, rrelu_by_definition);
    tcase_add_test(rrelu, rrelu_special_values);
    tcase_add_test(rrelu, rrelu_eval);
    tcase_add_test(rrelu, rrelu_memory);
    tcase_add_test(rrelu, rrelu_arguments);
    tcase_add_test(gumbel, gumbel_noise);
    tcase_add_test(gumbel, gumbel_perturbs);
    tcase_add_test(gumbel, gumbel_arguments);
    if (test_mode == ACTFN_REPRODUCIBLE)
        tcase_add_test(gumbel, every_instruction_set);
    tcase_add_test(rows, gumbel_softmax);
    tcase_add_test(rows, gumbel_gradient_of_any_tau);
    tcase_add_test(rows, gumbel_special_values);
    tcase_add_test(rows, gumbel_frequencies);
    tcase_add_test(rows, environment);
    for (int i = 0; i < 4; i++) {
        tcase_set_timeout(all[i], 120);
        suite_add_tcase(suite, all[i]);
    }
    return suite;
}
