/* SPDX-License-Identifier: MIT */
/*
 * An element has the same bits alone and beside any neighbours.  For one unusual lane, a kernel may take another path for a
 * whole vector, or for several.  So here each unusual element stands among ordinary ones, in every lane, and unusual elements
 * stand side by side.  The other suites check the bits of an element alone.
 */
#include "expect.h"
#include "floats.h"
#include "suites.h"
#include "support.h"

#include <float.h>
#include <string.h>

/* Twice four vectors of sixteen lanes, one more vector, and a remainder of three. */
enum { BLOCK = 147, LONGEST = 130, MIXES = 24 };

/* Special values; tails, where results underflow, overflow or saturate; the far ends of tables and of polynomials. */
static const float odd_x[] = {
    NAN,     -NAN,     INFINITY, -INFINITY, 0.0f,    -0.0f,    FLT_TRUE_MIN, -FLT_TRUE_MIN, 0x1p-130f, -0x1p-130f,
    FLT_MIN, -FLT_MIN, FLT_MAX,  -FLT_MAX,  1e38f,   -1e38f,   1e20f,        -1e20f,        8192.5f,   -8192.5f,
    127.0f,  -127.0f,  104.1f,   -104.1f,   103.97f, -103.97f, 88.73f,       -88.73f,       87.34f,    -87.34f,
    64.0f,   -64.0f,   44.1f,    -44.1f,    22.1f,   -22.1f,   20.0f,        -20.0f,        16.1f,     -16.1f,
    13.2f,   -13.2f,   9.03f,    -9.03f,    8.0f,    -8.0f,    5.6f,         -5.6f,         0x1p-30f,  -0x1p-30f,
    87.0f,   -87.0f,   88.0f,    -88.0f,    18.0f,   -18.0f,   10.0f,        -10.0f,        9.0f,      -9.0f,
    5.0f,    -5.0f,    3.0f,     -3.0f,
};
static const float odd_dy[] = { NAN, INFINITY, -INFINITY, 0.0f, -0.0f, FLT_TRUE_MIN, -0x1p-130f, FLT_MAX, -1e30f };
enum { ODD_X = sizeof odd_x / sizeof odd_x[0], ODD_DY = sizeof odd_dy / sizeof odd_dy[0], ODD = ODD_X + ODD_DY };

/* An element, and the bits of its result alone. */
struct element {
    float x, dy, alone;
};

static struct element ordinary[BLOCK], odd[ODD];
static float x[BLOCK], dy[BLOCK], expected[BLOCK], got[BLOCK];

static void find_alone(const struct subject *s, struct element *e, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (compute(s, ENTRY, 1, &e[i].x, &e[i].dy, &e[i].alone) != ACTFN_OK)
            ck_abort_msg("%s: refused", subject_text(s));
}

static void prepare(const struct subject *s)
{
    static float calm_x[BLOCK], tame_dy[BLOCK];
    fill_calm(calm_x, BLOCK, 91);
    fill_tame(tame_dy, BLOCK, 92);
    for (size_t i = 0; i < BLOCK; i++)
        ordinary[i] = (struct element) { calm_x[i], tame_dy[i], 0 };
    for (size_t i = 0; i < ODD; i++)
        odd[i] = i < ODD_X ? (struct element) { odd_x[i], 1.5f, 0 } : (struct element) { 0.75f, odd_dy[i - ODD_X], 0 };
    find_alone(s, ordinary, BLOCK);
    find_alone(s, odd, ODD);
}

static void put(size_t at, struct element e)
{
    x[at] = e.x;
    dy[at] = e.dy;
    expected[at] = e.alone;
}

static void expect_as_alone(const struct subject *s, size_t n, size_t turn)
{
    ck_assert_int_eq(compute(s, (enum way)(turn % WAY_COUNT), n, x, dy, got), ACTFN_OK);
    const size_t i = first_difference(got, expected, n);
    if (i != n)
        ck_abort_msg("%s: %s: f(%a, dy = %a) at %zu of %zu, beside f(%a), is %a, alone %a", test_run, subject_text(s),
                     (double)x[i], (double)dy[i], i, n, (double)x[i ? i - 1 : n - 1], (double)got[i],
                     (double)expected[i]);
}

/* Each odd element stands at every third place (every 13th in a light run), and so in every lane of some vector. */
static size_t first_place(size_t k) { return k % (light() ? 13 : 3); }
static size_t next_place(size_t at) { return at + (light() ? 13 : 3); }

START_TEST(one_odd_lane)
{
    for (struct subject s = { .op = (actfn_op)_i, .setting = -1 }; next_elementwise(&s);) {
        prepare(&s);
        for (size_t i = 0; i < BLOCK; i++)
            put(i, ordinary[i]);
        for (size_t k = 0; k < (s.form == FORWARD ? ODD_X : ODD); k++)
            for (size_t at = first_place(k); at < BLOCK; at = next_place(at)) {
                put(at, odd[k]);
                expect_as_alone(&s, BLOCK, k + at);
                put(at, ordinary[at]);
            }
    }
}
END_TEST

/* Mixtures: every second, eighth or 32nd lane is odd, or exactly one lane is ordinary. */
START_TEST(mixtures)
{
    for (struct subject s = { .op = (actfn_op)_i, .setting = -1 }; next_elementwise(&s);) {
        prepare(&s);
        for (uint64_t mix = 0; mix < MIXES; mix++)
            for (int mostly_odd = 0; mostly_odd < 2; mostly_odd++) {
                for (size_t i = 0; i < BLOCK; i++) {
                    const uint64_t random = scramble(mix << 32 ^ i);
                    const bool rare = random % ((uint64_t)2 << mix % 3 * 2) == 0;
                    put(i, rare != (bool)mostly_odd ? odd[(random >> 8) % ODD] : ordinary[i]);
                }
                expect_as_alone(&s, BLOCK, mix);
            }
    }
}
END_TEST

/* ---- only elements of one kind ----------------------------------------------------------------------------------- */

enum kind { ALL_NAN, ALL_INFINITE, ALL_ZERO, ALL_SUBNORMAL, ALL_HUGE, ALL_TAIL, ALL_ANY, KINDS };

static float of_kind(enum kind kind, uint64_t random)
{
    const float sign = random & 1 ? -1.0f : 1.0f, unit = (float)(random >> 8 & 0xffff) * 0x1p-16f;
    const uint32_t low = (uint32_t)(random >> 16);
    switch (kind) {
    case ALL_NAN: return from_bits(0x7f800001u + low % 0x7fffff + (random & 1 ? 0x80000000u : 0));
    case ALL_INFINITE: return sign * INFINITY;
    case ALL_ZERO: return sign * 0.0f;
    case ALL_SUBNORMAL: return sign * from_bits(1 + low % 0x7fffff);
    case ALL_HUGE: return sign * (0x1p127f + unit * 0x1p127f);
    case ALL_TAIL: return sign * (86 + 20 * unit);
    default: return from_bits(low);
    }
}

START_TEST(blocks_of_one_kind)
{
    static struct element elements[LONGEST];
    for (struct subject s = { .op = (actfn_op)_i, .setting = -1 }; next_elementwise(&s);)
        for (int kind = 0; kind < KINDS; kind++) {
            for (uint64_t i = 0; i < LONGEST; i++) {
                const uint64_t random = scramble((uint64_t)kind << 32 ^ i);
                elements[i] = (struct element) { of_kind((enum kind)kind, random), random >> 60 ? 1.5f : 0x1p-100f, 0 };
            }
            find_alone(&s, elements, LONGEST);
            for (size_t i = 0; i < LONGEST; i++)
                put(i, elements[i]);
            for (size_t n = 1; n <= LONGEST; n += light() && n > 16 ? 7 : 1)
                expect_as_alone(&s, n, n);
        }
}
END_TEST

/* ---- sums -------------------------------------------------------------------------------------------------------- */

/* The neighbours of an element have dy = 0.  So they add nothing to a parameter's gradient, and must not change its term. */
START_TEST(terms_of_sums)
{
    for (struct subject s = { .op = (actfn_op)_i, .setting = -1 }; next_subject(&s);) {
        float company[ODD_X + 1] = { 0.75f }, alone[ACTFN_MAX_PARAMS];
        size_t count = 1;
        if (s.form != PARAM_GRADIENT)
            continue;
        /* Infinities, and elements that give some, would be NaN times 0. */
        for (size_t k = 0; k < ODD_X; k++) {
            bool nothing = true;
            ck_assert_int_eq(compute(&s, ENTRY, 1, &odd_x[k], &(float) { 0 }, alone), ACTFN_OK);
            for (int p = 0; p < s.param_count; p++)
                nothing = nothing && alone[p] == 0;
            if (nothing)
                company[count++] = odd_x[k];
        }
        for (size_t k = 0; k < count; k++) {
            const float one = 1;
            compute(&s, ENTRY, 1, &company[k], &one, alone);
            for (size_t at = first_place(k); at < BLOCK; at = next_place(at)) {
                for (size_t i = 0; i < BLOCK; i++) {
                    const uint64_t random = scramble(k << 32 ^ i);
                    x[i] = random & 1 ? company[(random >> 8) % count] : 0.75f;
                    dy[i] = 0;
                }
                x[at] = company[k];
                dy[at] = one;
                ck_assert_int_eq(compute(&s, ENTRY, BLOCK, x, dy, got), ACTFN_OK);
                for (int p = 0; p < s.param_count; p++)
                    expect(got[p] == alone[p] || (isnan(got[p]) && isnan(alone[p])),
                           "%s: %s: the term of %a at %zu is %a among others, %a alone", test_run, subject_text(&s),
                           (double)company[k], at, (double)got[p], (double)alone[p]);
            }
        }
    }
}
END_TEST

Suite *lanes_suite(void)
{
    Suite *suite = suite_create("lanes");
    TCase *tcase = tcase_create("lanes");
    tcase_set_timeout(tcase, 120);
    for_elementwise(tcase, one_odd_lane);
    for_elementwise(tcase, mixtures);
    for_elementwise(tcase, blocks_of_one_kind);
    for_elementwise(tcase, terms_of_sums);
    suite_add_tcase(suite, tcase);
    return suite;
}
