/* SPDX-License-Identifier: MIT */
/*
 * Draws, against the Philox of tests/philox.c, which the suite checks on the specification's known answers.  rrelu, bit for
 * bit against its definition.  The suites of calls check memory, bits, bad input and environment, as for every entry.
 */
#include "expect.h"
#include "floats.h"
#include "philox.h"
#include "suites.h"
#include "support.h"

#include <float.h>
#include <string.h>

enum { N = 2000, SMALL = 67 };
static uint32_t words[N], want[N];
static float x[N], dy[N], y[N], dx[N], noise[N], want_y[N], want_dx[N], want_noise[N];

/* ---- draws ----------------------------------------------------------------------------------------------------- */

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
    /* In the other known answers the second counter word exceeds the largest index. */
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
    /* Indices at which a word of the counter carries, and at which the index wraps. */
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
    for (uint64_t offset = 0; offset < 6; offset++) {
        want_draws(N, 1, 2, offset);
        for (size_t n = 0; n <= (light() ? 140 : 560); n++) {
            ck_assert_int_eq(actfn_random_u32(n, words, 1, 2, offset), ACTFN_OK);
            expect(memcmp(words, want, n * sizeof *words) == 0, "%s: offset %d, n = %zu", test_run, (int)offset, n);
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

static const float bounds[][2] = { { 0.125f, 0x1.555556p-2f },
                                   { 0, 0 },
                                   { 0.3f, 0.3f },
                                   { -0.5f, 2 },
                                   { 0, 1 },
                                   { -3, -0x1p-130f },
                                   { 0.1f, 0x1.fffffep-1f },
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
    static const float given[8] = { 0.252699971f, 0.222622186f, 0.140256599f, 0.19601281f,
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
    /* Rounding must not leave the interval, even if the interval is small. */
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
                    /* y alone does not tell a positive slope with y = 0, or the slope 0 with x = -inf. */
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

Suite *random_suite(void)
{
    Suite *suite = suite_create("random");
    TCase *draws = tcase_create("draws"), *rrelu = tcase_create("rrelu");
    tcase_set_timeout(draws, 120);
    tcase_add_test(draws, known_answers);
    tcase_add_test(draws, any_index);
    tcase_add_test(draws, every_length_and_split);
    suite_add_tcase(suite, draws);
    tcase_set_timeout(rrelu, 120);
    tcase_add_test(rrelu, slopes);
    tcase_add_test(rrelu, rrelu_by_definition);
    tcase_add_test(rrelu, rrelu_special_values);
    tcase_add_test(rrelu, rrelu_eval);
    suite_add_tcase(suite, rrelu);
    return suite;
}
