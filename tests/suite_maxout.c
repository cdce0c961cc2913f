/* SPDX-License-Identifier: MIT */
/* maxout with indices, and its gradient from the indices. */
#include "expect.h"
#include "floats.h"
#include "rows_support.h"
#include "support.h"

#include <string.h>

enum { ROOM = 2 * MAX_INNER * MAX_LENGTH };
static float x[ROOM], y[ROOM], dy[ROOM], dx[ROOM], other[ROOM], row[MAX_LENGTH];
static int32_t at[ROOM], elsewhere[ROOM];

static actfn_status forward(struct shape s)
{
    return actfn_maxout_index_f32(test_mode, s.outer, s.n, s.inner, x, y, at);
}

static actfn_status from_index(struct shape s, const int32_t *index)
{
    return actfn_maxout_backward_from_index_f32(test_mode, s.outer, s.n, s.inner, index, dy, dx);
}

/* The index of the first NaN; without NaN, of the first maximum. */
static size_t right_index(const float *values, size_t n)
{
    size_t best = 0;
    for (size_t i = 0; i < n; i++)
        if (isnan(values[i]))
            return i;
    for (size_t i = 1; i < n; i++)
        if (values[i] > values[best])
            best = i;
    return best;
}

static void fill(struct shape s, uint64_t seed)
{
    for (size_t r = 0; r < row_count(s); r++) {
        fill_row((enum row_kind)((r + seed) % KIND_COUNT), row, s.n, seed + r, false);
        if (r % 5 == 4)
            row[scramble(r + seed) % s.n] = r & 1 ? NAN : -NAN;
        put_row(x, s, r, row);
    }
    fill_inputs(dy, row_count(s), seed);
    dy[0] = NAN;
}

START_TEST(indices)
{
    for (size_t l = 0; l < LENGTHS; l += light() ? 3 : 1)
        for (size_t i = 0; i < INNERS; i++)
            for (uint64_t seed = 0; seed < 4; seed++) {
                const struct shape s = { 2, row_lengths[l], row_inners[i] };
                const struct row_call plain = { .op = ACTFN_MAXOUT };
                struct row_call gradient = { .op = ACTFN_MAXOUT, .backward = true };
                fill(s, seed + 40 * l);
                ck_assert_int_eq(forward(s), ACTFN_OK);
                ck_assert_int_eq(rows_compute(&plain, s, x, NULL, NULL, other), ACTFN_OK);
                expect(first_difference(y, other, row_count(s)) == row_count(s), "%s: with index otherwise",
                       row_text(&plain, s));
                ck_assert_int_eq(from_index(s, at), ACTFN_OK);
                for (size_t r = 0; r < row_count(s); r++) {
                    get_row(x, s, r, row);
                    const size_t right = right_index(row, s.n);
                    expect(at[r] == (int32_t)right && same(y[r], row[right]),
                           "%s: row %zu: index %d, y %a; expected %zu, %a", row_text(&plain, s), r, (int)at[r],
                           (double)y[r], right, (double)row[right]);
                    get_row(dx, s, r, row);
                    for (size_t k = 0; k < s.n; k++)
                        expect(same(row[k], k == right ? dy[r] : 0.0f), "%s: dx %zu of row %zu is %a",
                               row_text(&plain, s), k, r, (double)row[k]);
                }
                /* Backward from x gives the same if there is no NaN. */
                for (size_t k = 0; k < element_count(s); k++)
                    x[k] = isnan(x[k]) ? 0.0f : x[k];
                ck_assert_int_eq(forward(s), ACTFN_OK);
                ck_assert_int_eq(from_index(s, at), ACTFN_OK);
                ck_assert_int_eq(rows_compute(&gradient, s, x, NULL, dy, other), ACTFN_OK);
                expect(first_difference(dx, other, element_count(s)) == element_count(s), "%s: from x otherwise",
                       row_text(&gradient, s));
            }
}
END_TEST

START_TEST(same_everywhere)
{
    for (size_t i = 0; i < INNERS; i++) {
        const struct shape s = { 2, 333, row_inners[i] };
        fill(s, 3);
        ck_assert_int_eq(forward(s), ACTFN_OK);
        memcpy(elsewhere, at, sizeof at);
        memcpy(other, y, sizeof y);
        for (int k = 0; select_other_isa(&k);) {
            ck_assert_int_eq(forward(s), ACTFN_OK);
            ck_assert_int_eq(memcmp(elsewhere, at, row_count(s) * sizeof *at), 0);
            ck_assert_uint_eq(first_difference(other, y, row_count(s)), row_count(s));
        }
    }
}
END_TEST

START_TEST(index_outside_its_row)
{
    static const int32_t bad[] = { -1, 7, 8, INT32_MIN, INT32_MAX };
    const struct shape s = { 4, 7, 9 };
    fill(s, 1);
    forward(s);
    for (size_t v = 0; v < sizeof bad / sizeof bad[0]; v++)
        for (size_t r = 0; r < row_count(s); r++) {
            const int32_t good = at[r];
            at[r] = bad[v];
            fill_canary(dx, dx + ROOM);
            ck_assert_int_eq(from_index(s, at), ACTFN_ERR_INDEX);
            ck_assert(canary_intact(dx, dx + ROOM));
            at[r] = good;
        }
    ck_assert_int_eq(from_index(s, at), ACTFN_OK);
}
END_TEST

Suite *maxout_suite(void)
{
    Suite *suite = suite_create("maxout");
    TCase *tcase = tcase_create("maxout");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, indices);
    tcase_add_test(tcase, same_everywhere);
    tcase_add_test(tcase, index_outside_its_row);
    suite_add_tcase(suite, tcase);
    return suite;
}
