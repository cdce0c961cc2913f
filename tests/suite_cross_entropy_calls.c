/* SPDX-License-Identifier: MIT */
/* softmax_cross_entropy as a call: bits along every axis and everywhere, memory, what it refuses, the environment. */
#include "entropy_support.h"
#include "expect.h"
#include "floats.h"
#include "support.h"

#include <errno.h>
#include <fenv.h>
#include <string.h>

enum { ROWS = 80, MOST_ROWS = 600, ROOM = ROWS * MAX_LENGTH };
static float z[ROOM], t[ROOM], w[MOST_ROWS], loss[ROOM], dz[ROOM], expected_loss[ROOM], expected[ROOM], moved_z[ROOM],
    moved_t[ROOM];
static int64_t classes[MOST_ROWS];

/* Contiguous rows: all kinds of logits and targets, some classes ignored. */
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

/* Both forms, smoothed or not. */
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

/* The results of rows, in expected_loss and expected, against those of a tensor. */
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

/* In the fast mode a row's bits depend on how it lies: what is there now is what its parts must give. */
static void expect_these(struct shape s)
{
    memcpy(expected_loss, loss, row_count(s) * sizeof *loss);
    for (size_t r = 0; r < row_count(s); r++)
        get_row(dz, s, r, expected + r * s.n);
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
                if (test_mode == ACTFN_FAST)
                    expect_these(s);
                expect_rows(&c, s, "along an axis");
                for (int k = 0; i % 3 == 0 && test_mode == ACTFN_REPRODUCIBLE && select_other_isa(&k);) {
                    entropy_compute(&c, s, &moved, loss, dz);
                    expect_rows(&c, s, "on another instruction set");
                }
                /* One sample after the other, and either result alone. */
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

/* Elements of a row so far apart that a library may move them together first; rows of every length that it may turn. */
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
                if (test_mode == ACTFN_REPRODUCIBLE)
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
    /* And no smoothing is one of 0. */
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

/* ---- memory -------------------------------------------------------------------------------------------------------
 */

static float *edge(struct guarded pages, int end, size_t count) { return end ? pages.end - count : pages.begin; }

static void guarded_call(const struct entropy_call *c, struct shape s, const struct guarded p[6], int ends)
{
    const size_t rows = row_count(s), count = element_count(s);
    fill(rows, s.n);
    entropy_compute(c, s, &(struct entropy_data) { z, t, classes, w }, expected_loss, expected);
    float *pz = memcpy(edge(p[0], ends & 1, count), z, count * sizeof *z);
    float *pt = memcpy(edge(p[1], ends & 2, count), t, count * sizeof *t);
    int64_t *pc = memcpy(edge(p[2], ends & 4, 2 * rows), classes, rows * sizeof *classes);
    float *pw = memcpy(edge(p[3], ends & 8, rows), w, rows * sizeof *w);
    float *pl = edge(p[4], ends & 16, rows), *pdz = edge(p[5], ends & 32, count);
    fill_canary(p[4].begin, p[4].end);
    fill_canary(p[5].begin, p[5].end);
    ck_assert_int_eq(entropy_compute(c, s, &(struct entropy_data) { pz, pt, pc, pw }, pl, pdz), ACTFN_OK);
    if (first_difference(pl, expected_loss, rows) != rows || first_difference(pdz, expected, count) != count)
        differ(c, s, "other results at the edge");
    if (!canary_intact(p[4].begin, pl) || !canary_intact(pl + rows, p[4].end) || !canary_intact(p[5].begin, pdz) ||
        !canary_intact(pdz + count, p[5].end))
        differ(c, s, "wrote beside a result");
    if (memcmp(pz, z, count * sizeof *z) || memcmp(pt, t, count * sizeof *t) || memcmp(pw, w, rows * sizeof *w) ||
        memcmp(pc, classes, rows * sizeof *classes))
        differ(c, s, "wrote to an input");
}

START_TEST(nothing_outside_is_touched)
{
    struct guarded p[6];
    for (int i = 0; i < 6; i++)
        p[i] = guarded_pages();
    struct entropy_call c = FIRST_FORM;
    do
        for (size_t n = 1; n < 70; n += n < 36 ? 1 : 7)
            for (int ends = 0; ends < 64; ends += 9) {
                guarded_call(&c, (struct shape) { 1, n, 1 }, p, ends);
                guarded_call(&c, (struct shape) { 3, n, 2 }, p, ends);
                guarded_call(&c, (struct shape) { 1, 3, n }, p, ends);
                guarded_call(&c, (struct shape) { n, 2, 1 }, p, ends);
            }
    while (next_form(&c));
}
END_TEST

/* ---- arguments ------------------------------------------------------------------------------------------------------
 */

static const struct shape plain = { 2, 6, 3 };

static void refuse_with(actfn_status status, const struct entropy_call *c, struct shape s, struct entropy_data d,
                        int line)
{
    fill_canary(loss, loss + 200);
    fill_canary(dz, dz + 200);
    const actfn_status got = entropy_compute(c, s, &d, loss, dz);
    expect(got == status, "%s: line %d, dense %d: %d, expected %d", test_run, line, c->dense, (int)got, (int)status);
    ck_assert(canary_intact(loss, loss + 200) && canary_intact(dz, dz + 200));
}
#define refuse(status, c, s, ...) refuse_with(status, c, s, (struct entropy_data) { __VA_ARGS__ }, __LINE__)

START_TEST(bad_arguments)
{
    static const float bad_smoothings[] = { -0.1f, 1.0001f, NAN, INFINITY, -INFINITY },
                       bad_scales[] = { NAN, INFINITY, -INFINITY };
    const size_t half = (size_t)1 << (sizeof(size_t) * 4), most = SIZE_MAX;
    const struct shape wraps[] = {
        { half, half, 1 }, { 1, half, half },      { half, 1, half },  { half, half, half },
        { most, 2, 1 },    { 1, most / 4 + 1, 1 }, { most / 8, 1, 3 }, { most / 8 + 1, 1, 1 }
    };
    static const struct shape empties[] = { { 0, 3, 2 }, { 2, 0, 3 }, { 2, 3, 0 } };
    struct entropy_call c = FIRST_FORM;
    fill(36, 6);
    do {
        struct entropy_call bad = c;
        for (int m = -1; m < 3; m += 3) {
            bad.mode = (actfn_mode)m;
            refuse(ACTFN_ERR_MODE, &bad, plain, z, t, classes, w);
        }
        bad = c;
        for (size_t i = 0; i < sizeof bad_scales / sizeof bad_scales[0]; i++) {
            bad.scale = bad_scales[i];
            refuse(ACTFN_ERR_PARAM, &bad, plain, z, t, classes, w);
            refuse(ACTFN_ERR_PARAM, &bad, empties[1], NULL, NULL, NULL, NULL);
        }
        bad = c;
        for (size_t i = 0; !c.dense && i < sizeof bad_smoothings / sizeof bad_smoothings[0]; i++) {
            bad.smoothing = bad_smoothings[i];
            refuse(ACTFN_ERR_PARAM, &bad, plain, z, t, classes, w);
            refuse(ACTFN_ERR_PARAM, &bad, empties[0], NULL, NULL, NULL, NULL);
        }
        refuse(ACTFN_ERR_NULL, &c, plain, NULL, t, classes, w);
        refuse(ACTFN_ERR_NULL, &c, plain, z, NULL, NULL, w);
        /* One size that is too much by floats, or by the integers of the classes. */
        for (size_t i = 0; i < sizeof wraps / sizeof wraps[0]; i++)
            if (!c.dense || i + 1 < sizeof wraps / sizeof wraps[0])
                refuse(ACTFN_ERR_SIZE, &c, wraps[i], z, t, classes, w);
        for (int i = 0; i < 3; i += 2) {
            refuse(ACTFN_OK, &c, empties[i], z, t, classes, w);
            refuse(ACTFN_OK, &c, empties[i], NULL, NULL, NULL, NULL);
            ck_assert_int_eq(
                entropy_compute(&c, empties[i], &(struct entropy_data) { NULL, NULL, NULL, NULL }, NULL, NULL),
                ACTFN_OK);
        }
    } while (next_form(&c));
    for (int op = 0; op < actfn_op_count(); op++)
        if (op != ACTFN_SIGMOID_BCE && op != ACTFN_SIGMOID_MSE)
            ck_assert_int_eq(actfn_loss_f32((actfn_op)op, test_mode, NULL, 4, z, t, w, 1, loss, dz),
                             ACTFN_ERR_NOT_OFFERED);
}
END_TEST

START_TEST(class_indices)
{
    static const int64_t bad[] = {
        -1, 6, 7, INT64_MIN, INT64_MAX, (int64_t)1 << 32, -((int64_t)1 << 32), ((int64_t)1 << 32) + 2
    };
    struct entropy_call c = FIRST_FORM;
    fill(6, 6);
    for (c.smoothing = 0; c.smoothing < 1; c.smoothing += 0.75f)
        for (size_t v = 0; v < sizeof bad / sizeof bad[0]; v++)
            for (size_t at = 0; at < 6; at++) {
                const int64_t good = classes[at];
                classes[at] = bad[v];
                refuse(ACTFN_ERR_INDEX, &c, plain, z, NULL, classes, w);
                struct entropy_call ignoring = c;
                ignoring.ignore_index = bad[v];
                ck_assert_int_eq(
                    entropy_compute(&ignoring, plain, &(struct entropy_data) { z, NULL, classes, w }, loss, dz),
                    ACTFN_OK);
                ck_assert_uint_eq(bits_of(loss[at]), 0);
                classes[at] = good;
            }
}
END_TEST

/* Rows without a class have a loss, that of nothing: it is written, and nothing else is read but w. */
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
            /* In place of w; and dz lies on all that is there, of which it has no element. */
            ck_assert_int_eq(entropy_compute(&c, s, &d, loss, loss + 1), ACTFN_OK);
            for (size_t r = 0; r < SAMPLES; r++) {
                const float wanted = weighted && c.dense ? 0 * odd[r] : 0;
                expect(same(loss[r], wanted), "%s: dense %d, weighted %d: loss %zu is %a", test_run, c.dense, weighted,
                       r, (double)loss[r]);
            }
            ck_assert(canary_intact(loss + SAMPLES, loss + 200));
            ck_assert_int_eq(entropy_compute(&c, s, &d, NULL, NULL), ACTFN_OK);
            if (c.dense)
                continue;
            refuse(ACTFN_ERR_NULL, &c, s, NULL, NULL, NULL, NULL);
            refuse(ACTFN_ERR_OVERLAP, &c, s, NULL, NULL, (const int64_t *)(const void *)loss, NULL);
            refuse(ACTFN_ERR_OVERLAP, &c, s, NULL, NULL, classes, loss + 1);
            for (size_t at = 0; at < SAMPLES; at++) {
                classes[at] = at % 2 ? 0 : -1;
                refuse(ACTFN_ERR_INDEX, &c, s, NULL, NULL, classes, NULL);
                classes[at] = c.ignore_index;
            }
        }
    while (next_form(&c));
}
END_TEST

/* dz may be z or t, loss may be w; all else must be apart. */
START_TEST(overlap)
{
    enum { NEAR = 256, ELEMENTS = 36, SAMPLES = 6 };
    static const int sizes[] = { ELEMENTS, ELEMENTS, 2 * SAMPLES, SAMPLES };
    static float room[NEAR], before[NEAR];
    struct entropy_call c = FIRST_FORM;
    fill(SAMPLES, 6);
    memset(before, 0, sizeof before); /* classes of 0 */
    do
        for (int written = 0; written < 2; written++) /* loss, dz */
            for (int input = 0; input < 4; input++) {
                const int size = written ? ELEMENTS : SAMPLES;
                if (input == (c.dense ? 2 : 1))
                    continue;
                for (int distance = -sizes[input] - 2; distance <= size + 2; distance += input == 2 ? 2 : 1) {
                    float *at = room + NEAR / 2, *in = at + distance;
                    const bool exact = distance == 0 && (written ? input < 2 : input == 3);
                    const actfn_status right =
                        exact || distance <= -sizes[input] || distance >= size ? ACTFN_OK : ACTFN_ERR_OVERLAP;
                    const struct entropy_data d = { input == 0 ? in : z, input == 1 ? in : t,
                                                    input == 2 ? (int64_t *)(void *)in : classes, input == 3 ? in : w };
                    memcpy(room, before, sizeof room);
                    const actfn_status got = entropy_compute(&c, plain, &d, written ? loss : at, written ? at : dz);
                    expect(got == right, "%s: dense %d, written %d, input %d at %+d: %d, expected %d", test_run,
                           c.dense, written, input, distance, (int)got, (int)right);
                    ck_assert(right == ACTFN_OK || memcmp(room, before, sizeof room) == 0);
                }
            }
    while (next_form(&c));
    c = (struct entropy_call)FIRST_FORM;
    for (int distance = -SAMPLES; distance <= ELEMENTS; distance++) {
        const actfn_status right = distance == -SAMPLES || distance == ELEMENTS ? ACTFN_OK : ACTFN_ERR_OVERLAP;
        ck_assert_int_eq(
            entropy_compute(&c, plain, &(struct entropy_data) { z, t, classes, w }, room + 50 + distance, room + 50),
            right);
    }
}
END_TEST

START_TEST(environment_and_errno)
{
    static const int roundings[] = {
        FE_TONEAREST,
#ifdef FE_UPWARD
        FE_UPWARD,
        FE_DOWNWARD,
        FE_TOWARDZERO,
#endif
    };
    struct entropy_call c = FIRST_FORM;
    const struct shape s = { 6, 45, 6 };
    fill(36, s.n);
    const struct entropy_data d = { z, t, classes, w };
    do
        for (size_t i = 0; i < 2 * sizeof roundings / sizeof roundings[0]; i++) {
            fenv_t before, after;
            memset(&before, 0, sizeof before);
            memset(&after, 0, sizeof after);
            entropy_compute(&c, s, &d, expected_loss, expected);
            fesetround(roundings[i / 2]);
            feclearexcept(FE_ALL_EXCEPT);
            if (i & 1)
                feraiseexcept(FE_ALL_EXCEPT);
            errno = 12321;
            fegetenv(&before);
            const actfn_status status = entropy_compute(&c, s, &d, loss, dz);
            const actfn_status refused = entropy_compute(&c, s, &d, dz, dz);
            fegetenv(&after);
            const int error = errno;
            fesetround(FE_TONEAREST);
            feclearexcept(FE_ALL_EXCEPT);
            ck_assert_int_eq(status, ACTFN_OK);
            ck_assert_int_eq(refused, ACTFN_ERR_OVERLAP);
            ck_assert_int_eq(error, 12321);
            ck_assert_int_eq(memcmp(&before, &after, sizeof before), 0);
            ck_assert_uint_eq(first_difference(loss, expected_loss, row_count(s)), row_count(s));
            ck_assert_uint_eq(first_difference(dz, expected, element_count(s)), element_count(s));
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
    tcase_add_test(tcase, nothing_outside_is_touched);
    tcase_add_test(tcase, bad_arguments);
    tcase_add_test(tcase, class_indices);
    tcase_add_test(tcase, empty_rows);
    tcase_add_test(tcase, overlap);
    tcase_add_test(tcase, environment_and_errno);
    suite_add_tcase(suite, tcase);
    return suite;
}
