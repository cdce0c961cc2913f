/* SPDX-License-Identifier: MIT */
/*
 * A row's result depends on the row alone: not on the axis along which the row lies, its place, its neighbours, the way in
 * which a caller splits the tensor, the caller's floating-point environment, or the instruction set.  Only this file has long
 * rows.
 */
#include "expect.h"
#include "floats.h"
#include "rows_support.h"
#include "support.h"

#include <string.h>

enum { ROWS = 80, ROOM = ROWS * MAX_LENGTH + 64 };
static float x[ROOM], y[ROOM], dy[ROOM], expected[ROOM], got[ROOM], moved_x[ROOM], moved_y[ROOM], moved_dy[ROOM];

/* Contiguous rows of all kinds, their y as the library computes it, and dy with odd values among them. */
static void fill(const struct row_call *c, struct shape s)
{
    struct row_call forward = *c;
    forward.backward = false;
    for (size_t r = 0; r < row_count(s); r++)
        fill_row((enum row_kind)(r % KIND_COUNT), x + r * s.n, s.n, r * 31 + s.n, c->op == ACTFN_SOFTMIN);
    const struct shape rows = { row_count(s), s.n, 1 };
    ck_assert_int_eq(rows_compute(&forward, rows, x, NULL, NULL, y), ACTFN_OK);
    fill_tame(dy, output_count(c->op, s), s.n);
    for (size_t i = 11; i < output_count(c->op, s); i += 977)
        dy[i] = i & 1 ? NAN : INFINITY;
}

/* Copies contiguous rows into a tensor of another shape.  Results that are reduced keep their layout. */
static void lay_out(const float *rows, bool reduced, struct shape s, float *tensor)
{
    if (reduced)
        memcpy(tensor, rows, row_count(s) * sizeof *tensor);
    for (size_t r = 0; !reduced && r < row_count(s); r++)
        put_row(tensor, s, r, rows + r * s.n);
}

static void expect_rows(const struct row_call *c, struct shape s, const float *result, const char *what)
{
    static float row[MAX_LENGTH];
    const bool reduced = !c->backward && reduces(c->op);
    for (size_t r = 0; r < row_count(s); r++) {
        const size_t n = reduced ? 1 : s.n;
        if (reduced)
            row[0] = result[r];
        else
            get_row(result, s, r, row);
        const size_t at = first_difference(row, expected + r * n, n);
        if (at != n)
            ck_abort_msg("%s, %s: row %zu, element %zu is %a, not %a", row_text(c, s), what, r, at, (double)row[at],
                         (double)expected[r * n + at]);
    }
}

static bool next_call(struct row_call *c)
{
    if (!c->backward && (c->backward = true))
        return true;
    c->backward = false;
    if (!is_scaled(c->op) || c->scale != 0)
        return false;
    c->scale = 0.37f;
    return true;
}

/* Computes the first rows of x, y and dy in another shape, and compares with `expected`. */
static void expect_in_shape(struct row_call c, struct shape s)
{
    lay_out(x, false, s, moved_x);
    lay_out(y, reduces(c.op), s, moved_y);
    lay_out(dy, reduces(c.op), s, moved_dy);
    ck_assert_int_eq(rows_compute(&c, s, moved_x, moved_y, moved_dy, got), ACTFN_OK);
    expect_rows(&c, s, got, "along an axis");
}

START_TEST(every_axis)
{
    struct row_call c = { .op = (actfn_op)_i, .flags = ACTFN_MASKED_ROWS_ZERO };
    do
        for (size_t l = 0; l < LENGTHS; l += lightest() ? 5 : light() ? 3 : 1) {
            const size_t n = row_lengths[l], count = n > 1000 ? MAX_INNER : ROWS;
            fill(&c, (struct shape) { count, n, 1 });
            ck_assert_int_eq(rows_compute(&c, (struct shape) { count, n, 1 }, x, y, dy, expected), ACTFN_OK);
            for (size_t i = 0; i < INNERS; i++)
                expect_in_shape(c, (struct shape) { count / row_inners[i], n, row_inners[i] });
        }
    while (next_call(&c));
}
END_TEST

/* The elements of a row are so far apart that a library may first copy them together.  Rows of every length for such copies. */
START_TEST(far_apart)
{
    static const size_t inners[] = { 64, 127, 128, 130, 256, 300 };
    struct row_call c = { .op = (actfn_op)_i };
    do
        for (size_t n = 1; n < 70; n += lightest() ? 17 : light() ? 9 : 1)
            for (size_t i = 0; i < sizeof inners / sizeof inners[0]; i++) {
                const struct shape s = { 1 + i % 2, n, inners[i] };
                fill(&c, s);
                ck_assert_int_eq(rows_compute(&c, (struct shape) { row_count(s), n, 1 }, x, y, dy, expected), ACTFN_OK);
                expect_in_shape(c, s);
                for (size_t r = 0; r < row_count(s); r += 37) {
                    const size_t at = r * n, out = reduces(c.op) ? r : at, result = c.backward ? at : out;
                    rows_compute(&c, (struct shape) { 1, n, 1 }, x + at, y + out, dy + out, got + result);
                    const size_t count = reduces(c.op) && !c.backward ? 1 : n;
                    expect(first_difference(got + result, expected + result, count) == count, "%s: row %zu alone",
                           row_text(&c, s), r);
                }
            }
    while (next_call(&c));
}
END_TEST

/* Rows one by one, at every misalignment. */
START_TEST(every_split_and_alignment)
{
    static const size_t lengths[] = { 1, 5, 16, 19, 67, 300 };
    struct row_call c = { .op = (actfn_op)_i };
    do
        for (size_t l = 0; l < sizeof lengths / sizeof lengths[0]; l += lightest() ? 2 : 1)
            for (size_t inner = 1; inner < 20; inner += 6) {
                const struct shape s = { 5, lengths[l], inner }, part = { 1, s.n, inner };
                const size_t in = s.n * inner, out = output_count(c.op, part), results = result_count(&c, part);
                fill(&c, s);
                lay_out(x, false, s, moved_x);
                lay_out(y, reduces(c.op), s, moved_y);
                lay_out(dy, reduces(c.op), s, moved_dy);
                ck_assert_int_eq(rows_compute(&c, (struct shape) { row_count(s), s.n, 1 }, x, y, dy, expected),
                                 ACTFN_OK);
                for (size_t o = 0; o < s.outer; o++)
                    rows_compute(&c, part, moved_x + o * in, moved_y + o * out, moved_dy + o * out, got + o * results);
                expect_rows(&c, s, got, "split");
                for (size_t shift = 1; shift < 18; shift += 3) {
                    memmove(y + shift, moved_y, output_count(c.op, s) * sizeof *y);
                    memmove(x + shift, moved_x, element_count(s) * sizeof *x);
                    memmove(dy + 3 * shift % 16, moved_dy, output_count(c.op, s) * sizeof *dy);
                    rows_compute(&c, s, x + shift, y + shift, dy + 3 * shift % 16, got + 5 * shift % 16);
                    expect_rows(&c, s, got + 5 * shift % 16, "misaligned");
                }
            }
    while (next_call(&c));
}
END_TEST

/* Computes the rows in x, y and dy on this instruction set and on all others. */
static void compare_instruction_sets(const struct row_call *c, struct shape s, const float *in, const float *in_y,
                                     const float *in_dy)
{
    const char *isa;
    const size_t count = result_count(c, s);
    rows_compute(c, s, in, in_y, in_dy, got);
    for (int k = 0; (isa = select_other_isa(&k));) {
        rows_compute(c, s, in, in_y, in_dy, expected);
        const size_t at = first_difference(got, expected, count);
        if (at != count)
            ck_abort_msg("%s: element %zu is %a, with %s %a", row_text(c, s), at, (double)got[at], isa,
                         (double)expected[at]);
    }
}

START_TEST(every_instruction_set)
{
    struct row_call c = { .op = (actfn_op)_i };
    do
        for (size_t l = 0; l < LENGTHS; l++)
            for (size_t i = 0; i < INNERS; i += 2) {
                const struct shape s = { row_lengths[l] > 1000 ? 1 : 2, row_lengths[l], row_inners[i] };
                fill(&c, s);
                lay_out(x, false, s, moved_x);
                lay_out(y, reduces(c.op), s, moved_y);
                lay_out(dy, reduces(c.op), s, moved_dy);
                compare_instruction_sets(&c, s, moved_x, moved_y, moved_dy);
            }
    while (next_call(&c));
}
END_TEST

/* ---- in place ------------------------------------------------------------------------------------------------------
 */

static void expect_in_place(const struct row_call *c, struct shape s, const char *what)
{
    const size_t count = result_count(c, s), at = first_difference(got, expected, count);
    if (at != count)
        ck_abort_msg("%s, in place of %s: element %zu is %a, not %a", row_text(c, s), what, at, (double)got[at],
                     (double)expected[at]);
}

START_TEST(in_place)
{
    struct row_call c = { .op = (actfn_op)_i, .flags = ACTFN_MASKED_ROWS_ZERO };
    do
        for (size_t l = 0; l < LENGTHS; l += lightest() ? 3 : 1)
            for (size_t i = 0; i < INNERS; i += 2) {
                const struct shape s = { 2, row_lengths[l], row_inners[i] };
                const bool one_shape = !reduces(c.op) || s.n == 1;
                const size_t in = element_count(s) * sizeof *x, out = output_count(c.op, s) * sizeof *x;
                if (s.n * s.inner > ROOM / 2)
                    continue;
                fill(&c, s);
                rows_compute(&c, s, x, y, dy, expected);
                if (!c.backward ? one_shape : reduces(c.op)) {
                    memcpy(got, x, in);
                    ck_assert_int_eq(rows_compute(&c, s, got, y, dy, got), ACTFN_OK);
                    expect_in_place(&c, s, "x");
                }
                if (!c.backward || !one_shape)
                    continue;
                memcpy(got, dy, out);
                ck_assert_int_eq(rows_compute(&c, s, x, y, got, got), ACTFN_OK);
                expect_in_place(&c, s, "dy");
                if (c.op != ACTFN_HARDMAX && c.op != ACTFN_MAXOUT) {
                    memcpy(got, y, out);
                    ck_assert_int_eq(rows_compute(&c, s, x, got, dy, got), ACTFN_OK);
                    expect_in_place(&c, s, "y");
                    rows_compute(&c, s, x, y, y, expected);
                    memcpy(got, y, out);
                    ck_assert_int_eq(rows_compute(&c, s, x, got, got, got), ACTFN_OK);
                    expect_in_place(&c, s, "y and dy");
                }
            }
    while (next_call(&c));
}
END_TEST

Suite *rows_bits_suite(void)
{
    Suite *suite = suite_create("rows_bits");
    TCase *tcase = tcase_create("rows_bits");
    tcase_set_timeout(tcase, 240);
    for_rows(tcase, every_axis);
    for_rows(tcase, far_apart);
    for_rows(tcase, every_split_and_alignment);
    for_rows(tcase, every_instruction_set);
    for_rows(tcase, in_place);
    suite_add_tcase(suite, tcase);
    return suite;
}
