/* SPDX-License-Identifier: MIT */
/* softmax_cross_entropy: the same bits along every axis, in place and beside any other rows; and long rows. */
#include "entropy_support.h"
#include "expect.h"
#include "floats.h"
#include "support.h"

#include <string.h>

enum { ROWS = 80, MOST_ROWS = 600, ROOM = ROWS * MAX_LENGTH };
static float z[ROOM], t[ROOM], w[MOST_ROWS], loss[ROOM], dz[ROOM], expected_loss[ROOM], expected[ROOM], moved_z[ROOM],
    moved_t[ROOM];
static int64_t classes[MOST_ROWS];

/* Contiguous rows with all kinds of logits and targets; some classes are ignored. */
static void fill(size_t rows, size_t n)
{
    for (size_t r = 0; r < rows; r++) {
        fill_row((enum row_kind)(r % KIND_COUNT), z + r * n, n, r * 31 + n, false);
        classes[r] = r % 11 == 10 ? -7 : (int64_t)(scramble(r) % n);
    }
    fill_tame(t, rows * n, n);
    for (size_t i = 0; i < rows * n; i++)
        t[i] = scramble(i) % 3 ? 0 : fabsf(t[i]);
    fill_tame(w, rows, 9);
}

/* The next form: by class or dense, smoothed or not. */
static bool next_form(struct entropy_call *c)
{
    if (c->dense)
        return false;
    c->dense = c->smoothing != 0;
    c->smoothing = 0.1f;
    return true;
}

#define FIRST_FORM                                                                                                     \
    {                                                                                                                  \
        .mode = test_mode, .scale = 0.37f, .ignore_index = -7                                                          \
    }

static void differ(const struct entropy_call *c, struct shape s, const char *what)
{
    ck_abort_msg("%s: %s, smoothing %g: %s, (%zu, %zu, %zu)", test_run, c->dense ? "dense" : "by class",
                 (double)c->smoothing, what, s.outer, s.n, s.inner);
}

/* Compares the results of a tensor with those of its rows, in expected_loss and expected. */
static void expect_rows(const struct entropy_call *c, struct shape s, const char *what)
{
    static float row[MAX_LENGTH];
    if (first_difference(loss, expected_loss, row_count(s)) != row_count(s))
        differ(c, s, what);
    for (size_t r = 0; r < row_count(s); r++) {
        get_row(dz, s, r, row);
        if (first_difference(row, expected + r * s.n, s.n) != s.n)
            differ(c, s, what);
    }
}

START_TEST(every_axis_and_instruction_set)
{
    struct entropy_call c = FIRST_FORM;
    do
        for (size_t l = 0; l < LENGTHS; l += light() ? 3 : 1) {
            const size_t n = row_lengths[l], rows = n > 1000 ? MAX_INNER : ROWS;
            const struct entropy_data flat = { z, t, classes, w }, moved = { moved_z, moved_t, classes, w };
            fill(rows, n);
            ck_assert_int_eq(entropy_compute(&c, (struct shape) { rows, n, 1 }, &flat, expected_loss, expected),
                             ACTFN_OK);
            for (size_t i = 0; i < INNERS; i++) {
                const struct shape s = { rows / row_inners[i], n, row_inners[i] };
                for (size_t r = 0; r < row_count(s); r++) {
                    put_row(moved_z, s, r, z + r * n);
                    put_row(moved_t, s, r, t + r * n);
                }
                ck_assert_int_eq(entropy_compute(&c, s, &moved, loss, dz), ACTFN_OK);
                expect_rows(&c, s, "along an axis");
                for (int k = 0; i % 3 == 0 && select_other_isa(&k);) {
                    entropy_compute(&c, s, &moved, loss, dz);
                    expect_rows(&c, s, "on another instruction set");
                }
                /* One sample after the other, and each result alone. */
                for (size_t o = 0; o < s.outer && n < 100; o++) {
                    const size_t at = o * n * s.inner, row = o * s.inner;
                    const struct entropy_data part = { moved_z + at, moved_t + at, classes + row, w + row };
                    entropy_compute(&c, (struct shape) { 1, n, s.inner }, &part, loss + row, o & 1 ? dz + at : NULL);
                    entropy_compute(&c, (struct shape) { 1, n, s.inner }, &part, NULL, dz + at);
                }
                expect_rows(&c, s, "in parts");
            }
        }
    while (next_form(&c));
}
END_TEST

/* The elements of a row are so far apart that a library may first copy them together.  Rows of every length for such copies. */
START_TEST(far_apart)
{
    static const size_t inners[] = { 64, 127, 128, 130, 300 };
    struct entropy_call c = FIRST_FORM;
    do
        for (size_t n = 1; n < 70; n += light() ? 9 : 1)
            for (size_t i = 0; i < sizeof inners / sizeof inners[0]; i++) {
                const struct shape s = { 1 + i % 2, n, inners[i] };
                fill(row_count(s), n);
                entropy_compute(&c, (struct shape) { row_count(s), n, 1 }, &(struct entropy_data) { z, t, classes, w },
                                expected_loss, expected);
                for (size_t r = 0; r < row_count(s); r++) {
                    put_row(moved_z, s, r, z + r * n);
                    put_row(moved_t, s, r, t + r * n);
                }
                entropy_compute(&c, s, &(struct entropy_data) { moved_z, moved_t, classes, w }, loss, dz);
                expect_rows(&c, s, "far apart");
                for (size_t r = 0; r < row_count(s); r++) {
                    const struct entropy_data d = { z + r * n, t + r * n, classes + r, w + r };
                    entropy_compute(&c, (struct shape) { 1, n, 1 }, &d, loss + r, dz + r * n);
                }
                expect_rows(&c, (struct shape) { row_count(s), n, 1 }, "alone");
            }
    while (next_form(&c));
}
END_TEST

START_TEST(no_weights_are_weights_of_one)
{
    struct entropy_call c = FIRST_FORM;
    const struct shape s = { 4, 33, 5 };
    fill(row_count(s), s.n);
    for (size_t r = 0; r < row_count(s); r++)
        w[r] = 1;
    do {
        entropy_compute(&c, s, &(struct entropy_data) { z, t, classes, w }, expected_loss, expected);
        ck_assert_int_eq(entropy_compute(&c, s, &(struct entropy_data) { z, t, classes, NULL }, loss, dz), ACTFN_OK);
        ck_assert_uint_eq(first_difference(loss, expected_loss, row_count(s)), row_count(s));
        ck_assert_uint_eq(first_difference(dz, expected, element_count(s)), element_count(s));
    } while (next_form(&c));
    /* No smoothing equals a smoothing of 0. */
    c = (struct entropy_call)FIRST_FORM;
    entropy_compute(&c, s, &(struct entropy_data) { z, t, classes, w }, expected_loss, expected);
    actfn_softmax_cross_entropy_f32(c.mode, &(float) { 0 }, s.outer, s.n, s.inner, z, classes, -7, w, c.scale, loss,
                                    dz);
    ck_assert_uint_eq(first_difference(loss, expected_loss, row_count(s)), row_count(s));
    ck_assert_uint_eq(first_difference(dz, expected, element_count(s)), element_count(s));
}
END_TEST

START_TEST(in_place)
{
    struct entropy_call c = FIRST_FORM;
    do
        for (size_t l = 0; l < LENGTHS - 1; l++)
            for (size_t i = 0; i < INNERS; i += 2) {
                const struct shape s = { 2, row_lengths[l], row_inners[i] };
                const size_t bytes = element_count(s) * sizeof *z;
                fill(row_count(s), s.n);
                entropy_compute(&c, s, &(struct entropy_data) { z, t, classes, w }, expected_loss, expected);
                for (int of_t = 0; of_t <= c.dense; of_t++) {
                    memcpy(dz, of_t ? t : z, bytes);
                    memcpy(loss, w, row_count(s) * sizeof *w);
                    const struct entropy_data d = { of_t ? z : dz, of_t ? dz : t, classes, loss };
                    ck_assert_int_eq(entropy_compute(&c, s, &d, loss, dz), ACTFN_OK);
                    if (first_difference(loss, expected_loss, row_count(s)) != row_count(s) ||
                        first_difference(dz, expected, element_count(s)) != element_count(s))
                        differ(&c, s, of_t ? "in place of t and w" : "in place of z and w");
                }
            }
    while (next_form(&c));
}
END_TEST

/* Any class may be the ignored one, also a class that does not exist. */
START_TEST(ignored_classes)
{
    static const int64_t ignored[] = {
        -1, 0, 5, 6, 7, INT64_MIN, INT64_MAX, (int64_t)1 << 32, -((int64_t)1 << 32), ((int64_t)1 << 32) + 2
    };
    enum { ROWS_OF_6 = 6 };
    const struct shape s = { 2, 6, 3 };
    struct entropy_call c = FIRST_FORM;
    for (c.smoothing = 0; c.smoothing < 1; c.smoothing += 0.75f)
        for (size_t v = 0; v < sizeof ignored / sizeof ignored[0]; v++)
            for (size_t at = 0; at < ROWS_OF_6; at++) {
                fill(ROWS_OF_6, s.n);
                classes[at] = c.ignore_index = ignored[v];
                ck_assert_int_eq(entropy_compute(&c, s, &(struct entropy_data) { z, NULL, classes, w }, loss, dz),
                                 ACTFN_OK);
                ck_assert_uint_eq(bits_of(loss[at]), 0);
            }
}
END_TEST

/* Rows without classes have the loss of an empty sum.  The library writes it, and reads nothing but w. */
START_TEST(empty_rows)
{
    enum { SAMPLES = 6 };
    static const float odd[SAMPLES] = { 1, -2, 0, INFINITY, NAN, 0x1p-149f };
    const struct shape s = { 2, 0, 3 };
    struct entropy_call c = FIRST_FORM;
    do
        for (int weighted = 0; weighted < 2; weighted++) {
            const struct entropy_data d = { NULL, NULL, classes, weighted ? loss : NULL };
            for (size_t r = 0; r < SAMPLES; r++)
                classes[r] = c.ignore_index;
            fill_canary(loss, loss + 200);
            fill_canary(dz, dz + 200);
            memcpy(loss, odd, weighted ? sizeof odd : 0);
            /* loss in place of w.  dz lies on the other buffers, but has no element. */
            ck_assert_int_eq(entropy_compute(&c, s, &d, loss, loss + 1), ACTFN_OK);
            for (size_t r = 0; r < SAMPLES; r++) {
                const float wanted = weighted && c.dense ? 0 * odd[r] : 0;
                expect(same(loss[r], wanted), "%s: dense %d, weighted %d: loss %zu is %a", test_run, c.dense, weighted,
                       r, (double)loss[r]);
            }
            ck_assert(canary_intact(loss + SAMPLES, loss + 200));
            ck_assert_int_eq(entropy_compute(&c, s, &d, NULL, NULL), ACTFN_OK);
            for (size_t at = 0; !c.dense && at < SAMPLES; at++) {
                classes[at] = at % 2 ? 0 : -1;
                fill_canary(loss, loss + 200);
                ck_assert_int_eq(
                    entropy_compute(&c, s, &(struct entropy_data) { NULL, NULL, classes, NULL }, loss, NULL),
                    ACTFN_ERR_INDEX);
                ck_assert(canary_intact(loss, loss + 200));
                classes[at] = c.ignore_index;
            }
        }
    while (next_form(&c));
}
END_TEST

Suite *cross_entropy_calls_suite(void)
{
    Suite *suite = suite_create("cross_entropy_calls");
    TCase *tcase = tcase_create("cross_entropy_calls");
    tcase_set_timeout(tcase, 240);
    tcase_add_test(tcase, every_axis_and_instruction_set);
    tcase_add_test(tcase, far_apart);
    tcase_add_test(tcase, no_weights_are_weights_of_one);
    tcase_add_test(tcase, in_place);
    tcase_add_test(tcase, ignored_classes);
    tcase_add_test(tcase, empty_rows);
    suite_add_tcase(suite, tcase);
    return suite;
}
