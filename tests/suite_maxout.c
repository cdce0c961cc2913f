/* SPDX-License-Identifier: MIT */
/* maxout with indices, and its gradient from them. */
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

/* The first NaN, or else the first of the largest. */
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
                /* From x the same, where there is no NaN. */
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

/* Right up to the fault on each side, of floats and of integers. */
START_TEST(edges)
{
    const struct guarded xs = guarded_pages(), ys = guarded_pages(), is = guarded_pages(), outs = guarded_pages();
    for (size_t n = 1; n < 35; n++)
        for (size_t inner = 1; inner < 22; inner += 5)
            for (int end = 0; end < 2; end++) {
                const struct shape s = { 1, n, inner };
                float *px = end ? xs.end - n * inner : xs.begin, *py = end ? ys.end - inner : ys.begin;
                float *pi = end ? is.end - inner : is.begin, *pdx = end ? outs.end - n * inner : outs.begin;
                fill(s, n);
                forward(s);
                from_index(s, at);
                memcpy(px, x, n * inner * sizeof *x);
                fill_canary(ys.begin, ys.end);
                fill_canary(is.begin, is.end);
                fill_canary(outs.begin, outs.end);
                int32_t *pat = (int32_t *)(void *)pi;
                ck_assert_int_eq(actfn_maxout_index_f32(test_mode, 1, n, inner, px, py, pat), ACTFN_OK);
                ck_assert_uint_eq(first_difference(py, y, inner), inner);
                ck_assert_int_eq(memcmp(pat, at, inner * sizeof *at), 0);
                ck_assert(canary_intact(ys.begin, py) && canary_intact(py + inner, ys.end));
                ck_assert(canary_intact(is.begin, pi) && canary_intact(pi + inner, is.end));
                memcpy(py, dy, inner * sizeof *dy);
                ck_assert_int_eq(actfn_maxout_backward_from_index_f32(test_mode, 1, n, inner, pat, py, pdx),
                                 ACTFN_OK);
                ck_assert_uint_eq(first_difference(pdx, dx, n * inner), n * inner);
                ck_assert(canary_intact(outs.begin, pdx) && canary_intact(pdx + n * inner, outs.end));
            }
}
END_TEST

START_TEST(arguments)
{
    const size_t half = (size_t)1 << (sizeof(size_t) * 4), above = ((size_t)1 << 24) + 1;
    fill_tame(x, 200, 1);
    fill_canary(y, y + 200);
    memset(at, 0x55, 200 * sizeof *at);
    memcpy(elsewhere, at, 200 * sizeof *at);
    int32_t *const over_x = (int32_t *)(void *)x, *const over_y = (int32_t *)(void *)y;
#define REFUSE(status, ...)                                                                                            \
    do {                                                                                                               \
        ck_assert_int_eq(actfn_maxout_index_f32(__VA_ARGS__), status);                                                 \
        ck_assert(canary_intact(y, y + 200));                                                                          \
        ck_assert_int_eq(memcmp(at, elsewhere, 200 * sizeof *at), 0);                                                  \
    } while (0)
    REFUSE(ACTFN_ERR_MODE, (actfn_mode)2, 1, 4, 2, x, y, at);
    REFUSE(ACTFN_ERR_NULL, test_mode, 1, 4, 2, NULL, y, at);
    REFUSE(ACTFN_ERR_NULL, test_mode, 1, 4, 2, x, NULL, at);
    REFUSE(ACTFN_ERR_NULL, test_mode, 1, 4, 2, x, y, NULL);
    REFUSE(ACTFN_ERR_SIZE, test_mode, half, half, 1, x, y, at);
    REFUSE(ACTFN_ERR_SIZE, test_mode, 1, half, half, x, y, at);
    REFUSE(ACTFN_ERR_SIZE, test_mode, 1, above, 1, x, y, at);
    REFUSE(ACTFN_ERR_OVERLAP, test_mode, 1, 4, 2, x, y, over_x + 7);
    REFUSE(ACTFN_ERR_OVERLAP, test_mode, 1, 4, 2, x, y, over_x);
    REFUSE(ACTFN_ERR_OVERLAP, test_mode, 1, 4, 2, x, y, over_y + 1);
    REFUSE(ACTFN_ERR_OVERLAP, test_mode, 1, 1, 2, x, y, over_y);
    REFUSE(ACTFN_ERR_OVERLAP, test_mode, 1, 1, 2, x, y, over_x);
    REFUSE(ACTFN_ERR_OVERLAP, test_mode, 1, 4, 2, x, x, at);
    REFUSE(ACTFN_ERR_OVERLAP, test_mode, 1, 4, 2, x, x + 7, at);
    REFUSE(ACTFN_ERR_OVERLAP, test_mode, 1, 1, 2, x, x + 1, at);
    REFUSE(ACTFN_OK, test_mode, 1, 0, 2, NULL, NULL, NULL);
    REFUSE(ACTFN_OK, test_mode, 1, 0, 2, x, y, at);
    REFUSE(ACTFN_OK, test_mode, 0, 3, 2, NULL, NULL, NULL);
#undef REFUSE
    ck_assert_int_eq(actfn_maxout_index_f32(test_mode, 1, 1, 9, x, x, at), ACTFN_OK);
    for (int i = 0; i < 9; i++)
        ck_assert_int_eq(at[i], 0);

    fill_canary(dx, dx + 200);
#define REFUSE(status, ...)                                                                                            \
    do {                                                                                                               \
        ck_assert_int_eq(actfn_maxout_backward_from_index_f32(__VA_ARGS__), status);                                   \
        ck_assert(canary_intact(dx, dx + 200));                                                                        \
    } while (0)
    REFUSE(ACTFN_ERR_MODE, (actfn_mode)-1, 1, 4, 2, at, dy, dx);
    REFUSE(ACTFN_ERR_NULL, test_mode, 1, 4, 2, NULL, dy, dx);
    REFUSE(ACTFN_ERR_NULL, test_mode, 1, 4, 2, at, NULL, dx);
    REFUSE(ACTFN_ERR_NULL, test_mode, 1, 4, 2, at, dy, NULL);
    REFUSE(ACTFN_ERR_SIZE, test_mode, half, half, 1, at, dy, dx);
    REFUSE(ACTFN_ERR_SIZE, test_mode, 1, above, 1, at, dy, dx);
    REFUSE(ACTFN_ERR_OVERLAP, test_mode, 1, 4, 2, at, dx, dx);
    REFUSE(ACTFN_ERR_OVERLAP, test_mode, 1, 4, 2, at, dx + 7, dx);
    REFUSE(ACTFN_ERR_OVERLAP, test_mode, 1, 4, 2, (const int32_t *)(const void *)(dx + 7), dy, dx);
    REFUSE(ACTFN_OK, test_mode, 0, 4, 2, NULL, NULL, NULL);
    REFUSE(ACTFN_OK, test_mode, 1, 0, 2, NULL, NULL, NULL);
#undef REFUSE
    memset(at, 0, 200 * sizeof *at);
    ck_assert_int_eq(actfn_maxout_backward_from_index_f32(test_mode, 1, 1, 9, at, x, x), ACTFN_OK);
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
    tcase_add_test(tcase, edges);
    tcase_add_test(tcase, arguments);
    suite_add_tcase(suite, tcase);
    return suite;
}
