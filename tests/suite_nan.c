/* SPDX-License-Identifier: MIT */
/* A NaN of any kind gives a NaN at its own position and nowhere else, in every lane and every position of the tail. */
#include "floats.h"
#include "suites.h"
#include "support.h"

#include <float.h>

enum { LONGEST = 67, KINDS = 6 };

/* Both signs, quiet and signalling, with and without payload. */
static float nan_of_kind(int kind)
{
    static const uint32_t kinds[KINDS] = { 0x7fc00000, 0xffc00000, 0x7fc12345, 0xffffffff, 0x7f800001, 0xff8abcde };
    return from_bits(kinds[kind % KINDS]);
}

/* The next length; -1 after the longest. */
static int next_length(int n)
{
    const int next = n + (light() && n > 4 ? 9 : 1);
    return n == LONGEST ? -1 : next < LONGEST ? next : LONGEST;
}

static float x[LONGEST], dy[LONGEST], clean[LONGEST], got[LONGEST];

/* All elements except the one at `at` must be as without the NaN. */
static void expect_neighbours(const struct subject *s, const char *where, int n, int at)
{
    const size_t i = first_difference(got, clean, (size_t)at), rest = (size_t)(n - at - 1);
    const size_t j = first_difference(got + at + 1, clean + at + 1, rest);
    if (i != (size_t)at || j != rest)
        ck_abort_msg("%s: %s: n = %d: NaN in %s[%d] changed element %zu", test_run, subject_text(s), n, where, at,
                     i != (size_t)at ? i : (size_t)at + 1 + j);
}

/* The tests take the entry and the kernel in turn. */
static void compute_nan(const struct subject *s, int n, int turn)
{
    if (compute(s, (enum way)(turn % WAY_COUNT), (size_t)n, x, dy, got) != ACTFN_OK)
        ck_abort_msg("%s: refused", subject_text(s));
}

START_TEST(in_every_position)
{
    fill_inputs(x, LONGEST, 11);
    fill_inputs(dy, LONGEST, 12);
    for (struct subject s = { .op = (actfn_op)_i, .setting = -1 }; next_elementwise(&s);)
        for (int n = 1; n >= 0; n = next_length(n)) {
            compute(&s, ENTRY, (size_t)n, x, dy, clean);
            for (int at = 0; at < n; at++) {
                const float was = x[at];
                x[at] = nan_of_kind(n + at);
                compute_nan(&s, n, n + at);
                if (!isnan(got[at]))
                    ck_abort_msg("%s: %s: n = %d: NaN (%08x) at %d, dy = %a, came out as %a", test_run,
                                 subject_text(&s), n, (unsigned)bits_of(x[at]), at, (double)dy[at], (double)got[at]);
                expect_neighbours(&s, s.form == FROM_OUTPUT ? "y" : "x", n, at);
                memcpy(&x[at], &was, sizeof was);
            }
        }
}
END_TEST

static const float any_dy[] = { 0.0f, -0.0f, 1.0f, -2.5f, FLT_TRUE_MIN, FLT_MAX, INFINITY, -INFINITY, NAN };
enum { ANY_DY = sizeof any_dy / sizeof any_dy[0] };

/* Where f' is 0 by definition, dx is +0 for every dy, but not for a NaN x. */
START_TEST(whatever_dy_is)
{
    for (struct subject s = { .op = (actfn_op)_i, .setting = -1 }; next_elementwise(&s);)
        for (int kind = 0; kind < KINDS; kind++) {
            for (int i = 0; i < ANY_DY; i++) {
                x[i] = nan_of_kind(kind);
                dy[i] = any_dy[i];
            }
            compute_nan(&s, ANY_DY, kind);
            for (int i = 0; i < ANY_DY; i++)
                if (!isnan(got[i]))
                    ck_abort_msg("%s: %s: NaN (%08x), dy = %a, came out as %a", test_run, subject_text(&s),
                                 (unsigned)bits_of(x[i]), (double)dy[i], (double)got[i]);
        }
}
END_TEST

/* Whether dx is +0 whatever dy is: only then may a NaN dy vanish. */
static bool is_structural_zero(const struct subject *s, float at)
{
    float points[ANY_DY], results[ANY_DY];
    for (int i = 0; i < ANY_DY; i++)
        points[i] = at;
    compute(s, ENTRY, ANY_DY, points, any_dy, results);
    for (int i = 0; i < ANY_DY; i++)
        if (bits_of(results[i]) != 0)
            return false;
    return true;
}

START_TEST(in_dy)
{
    fill_inputs(x, LONGEST, 13);
    fill_inputs(dy, LONGEST, 14);
    for (struct subject s = { .op = (actfn_op)_i, .setting = -1 }; next_elementwise(&s);) {
        if (s.form == FORWARD)
            continue;
        for (int n = 1; n >= 0; n = next_length(n)) {
            compute(&s, ENTRY, (size_t)n, x, dy, clean);
            for (int at = 0; at < n; at++) {
                const float was = dy[at];
                dy[at] = nan_of_kind(n + at);
                compute_nan(&s, n, n + at);
                if (!isnan(got[at]) && !(bits_of(got[at]) == 0 && is_structural_zero(&s, x[at])))
                    ck_abort_msg("%s: %s: n = %d: dy = NaN (%08x) at %d, input %a, came out as %a", test_run,
                                 subject_text(&s), n, (unsigned)bits_of(dy[at]), at, (double)x[at], (double)got[at]);
                expect_neighbours(&s, "dy", n, at);
                memcpy(&dy[at], &was, sizeof was);
            }
        }
    }
}
END_TEST

START_TEST(in_sums)
{
    fill_tame(x, LONGEST, 15);
    fill_tame(dy, LONGEST, 16);
    for (struct subject s = { .op = (actfn_op)_i, .setting = -1 }; next_subject(&s);) {
        if (s.form != PARAM_GRADIENT)
            continue;
        for (int n = 1; n >= 0; n = next_length(n))
            for (int at = 0; at < n; at++) {
                const float was = x[at];
                x[at] = nan_of_kind(n + at);
                compute_nan(&s, n, n + at);
                for (int k = 0; k < s.param_count; k++) {
                    const bool has_gradient = actfn_op_param(s.op, k)->flags & ACTFN_PARAM_GRADIENT;
                    if (has_gradient ? !isnan(got[k]) : bits_of(got[k]) != 0)
                        ck_abort_msg("%s: %s: n = %d: NaN at %d: gradient %d is %a", test_run, subject_text(&s), n, at,
                                     k, (double)got[k]);
                }
                memcpy(&x[at], &was, sizeof was);
            }
    }
}
END_TEST

Suite *nan_suite(void)
{
    Suite *suite = suite_create("nan");
    TCase *tcase = tcase_create("nan");
    tcase_set_timeout(tcase, 120);
    for_elementwise(tcase, in_every_position);
    for_elementwise(tcase, whatever_dy_is);
    for_elementwise(tcase, in_dy);
    for_elementwise(tcase, in_sums);
    suite_add_tcase(suite, tcase);
    return suite;
}
