/* SPDX-License-Identifier: MIT */
/*
 * Nothing outside a buffer is touched, a result may replace its input, and every other overlap is refused.
 * AddressSanitizer does not see masked loads and stores, so the buffers lie beside pages that fault.
 */
#include "suites.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST = 300, MARGIN = 80, OFFSETS = 16, PLACES = OFFSETS + 1 };

/* Every length that a loop may treat in its own way, and some lengths of a few rounds of the widest loop. */
static int next_length(int n)
{
    const int step = light() && n > 20 ? 5 : 1;
    return n < 67 ? n + step : n < 250 ? 250 : n < 260 ? n + step : -1;
}

/* Places: at the end of the page, or some floats after its start.  At all places together each alignment occurs. */
static float *at_place(struct guarded pages, int place, int n)
{
    return place < OFFSETS ? pages.begin + place : pages.end - n;
}

/* The margin beside a result, within its page: its begin and its end. */
static float *margin_begin(struct guarded pages, float *out)
{
    return out - pages.begin < MARGIN ? pages.begin : out - MARGIN;
}

static float *margin_end(struct guarded pages, float *out_end)
{
    return pages.end - out_end < MARGIN ? pages.end : out_end + MARGIN;
}

static int result_count(const struct subject *s, int n) { return s->form == PARAM_GRADIENT ? s->param_count : n; }

static float x[LONGEST], dy[LONGEST], expected[LONGEST], got[LONGEST];

/* With special values among the numbers, or without: depends on n. */
static void fill(const struct subject *s, int n)
{
    /* With special values a sum would be NaN, also if the library left out an element. */
    (s->form == PARAM_GRADIENT ? fill_tame : n % 2 ? fill_calm : fill_inputs)(x, LONGEST, 1);
    (s->form == PARAM_GRADIENT ? fill_tame : fill_inputs)(dy, LONGEST, 2);
}

/* Compares with `expected`. */
static void expect(const struct subject *s, const char *what, int n, int place, const float *result)
{
    const size_t count = (size_t)result_count(s, n), i = first_difference(result, expected, count);
    if (i != count)
        ck_abort_msg("%s: %s, %s: n = %d, place %d: element %zu is %a, expected %a", test_run, subject_text(s), what, n,
                     place, i, (double)result[i], (double)expected[i]);
}

START_TEST(nothing_outside_is_touched)
{
    struct guarded xs = guarded_pages(), dys = guarded_pages(), outs = guarded_pages();
    for (struct subject s = { .op = (actfn_op)_i, .setting = -1 }; next_subject(&s);) {
        for (int n = 0; n >= 0; n = next_length(n)) {
            fill(&s, n);
            const size_t bytes = (size_t)n * sizeof(float);
            ck_assert_int_eq(compute(&s, ENTRY, (size_t)n, x, dy, expected), ACTFN_OK);
            for (int place = 0; place < PLACES; place++) {
                /* Every buffer comes to every place, and each length combines the places differently. */
                float *in = memcpy(at_place(xs, place, n), x, bytes);
                float *in_dy = memcpy(at_place(dys, (place * 5 + n) % PLACES, n), dy, bytes);
                float *out = at_place(outs, (place * 3 + n / 3) % PLACES, result_count(&s, n));
                float *out_end = out + result_count(&s, n), *from = margin_begin(outs, out),
                      *to = margin_end(outs, out_end);
                fill_canary(from, to);
                ck_assert_int_eq(compute(&s, (enum way)(place % WAY_COUNT), (size_t)n, in, in_dy, out), ACTFN_OK);
                expect(&s, "moved", n, place, out);
                if (!canary_intact(from, out) || !canary_intact(out_end, to))
                    ck_abort_msg("%s: %s: n = %d, place %d: wrote beside the result", test_run, subject_text(&s), n,
                                 place);
                if (memcmp(in, x, bytes) != 0 || (s.form != FORWARD && memcmp(in_dy, dy, bytes) != 0))
                    ck_abort_msg("%s: %s: n = %d: wrote to an input", test_run, subject_text(&s), n);
            }
        }
    }
}
END_TEST

/* All buffers end, or all begin, beside a page that faults.  An access one element too far would not show at other places. */
START_TEST(all_buffers_at_the_edge)
{
    struct guarded pages[3] = { guarded_pages(), guarded_pages(), guarded_pages() };
    for (struct subject s = { .op = (actfn_op)_i, .setting = -1 }; next_subject(&s);) {
        for (int n = 0; n >= 0; n = next_length(n))
            for (int place = 0; place < PLACES; place += OFFSETS) {
                fill(&s, n);
                const size_t bytes = (size_t)n * sizeof(float);
                float *in = memcpy(at_place(pages[0], place, n), x, bytes);
                float *in_dy = memcpy(at_place(pages[1], place, n), dy, bytes);
                float *out = at_place(pages[2], place, result_count(&s, n));
                compute(&s, ENTRY, (size_t)n, x, dy, expected);
                for (int way = 0; way < WAY_COUNT; way++) {
                    ck_assert_int_eq(compute(&s, (enum way)way, (size_t)n, in, in_dy, out), ACTFN_OK);
                    expect(&s, "at the edge", n, place, out);
                }
            }
    }
}
END_TEST

START_TEST(in_place)
{
    for (struct subject s = { .op = (actfn_op)_i, .setting = -1 }; next_elementwise(&s);) {
        for (int n = 1; n >= 0; n = next_length(n))
            for (int way = 0; way < WAY_COUNT; way++) {
                fill(&s, n);
                const size_t bytes = (size_t)n * sizeof(float);
                compute(&s, ENTRY, (size_t)n, x, dy, expected);
                memcpy(got, x, bytes);
                ck_assert_int_eq(compute(&s, (enum way)way, (size_t)n, got, dy, got), ACTFN_OK);
                expect(&s, "in place of its input", n, 0, got);
                if (s.form == FORWARD)
                    continue;
                memcpy(got, dy, bytes);
                ck_assert_int_eq(compute(&s, (enum way)way, (size_t)n, x, got, got), ACTFN_OK);
                expect(&s, "in place of dy", n, 0, got);
                compute(&s, ENTRY, (size_t)n, x, x, expected);
                memcpy(got, x, bytes);
                ck_assert_int_eq(compute(&s, (enum way)way, (size_t)n, got, got, got), ACTFN_OK);
                expect(&s, "in place of both", n, 0, got);
            }
    }
}
END_TEST

/* ---- overlap --------------------------------------------------------------------------------------------------- */

/* p plus `distance` bytes.  The entries must not depend on the alignment of a float. */
static float *moved(float *p, long distance) { return (float *)(void *)((char *)p + distance); }

/* One input lies `distance` bytes from the result, the other far away. */
static void expect_overlap(const struct subject *s, bool is_dy, size_t n, float *out, long distance,
                           actfn_status wanted)
{
    static float away[LONGEST];
    float *in = moved(out, distance);
    const actfn_status status = is_dy ? compute(s, ENTRY, n, away, in, out) : compute(s, ENTRY, n, in, away, out);
    if (status != wanted)
        ck_abort_msg("%s: n = %zu: %s %+ld bytes from the result gives \"%s\"", subject_text(s), n,
                     is_dy ? "dy" : "input", distance, actfn_status_string(status));
}

START_TEST(other_overlaps_are_refused)
{
    static const size_t lengths[] = { 1, 2, 3, 17, 67 };
    enum { ROOM = 300, MIDDLE = 128 };
    static float arena[ROOM];
    for (struct subject s = { .op = (actfn_op)_i, .setting = -1 }; next_subject(&s);)
        for (size_t l = 0; l < sizeof lengths / sizeof lengths[0]; l++) {
            const size_t n = lengths[l], count = (size_t)result_count(&s, (int)n);
            float *out = arena + MIDDLE;
            /* The input may begin this far before the result, or this far behind it. */
            const long before = -(long)(n * sizeof(float)), behind = (long)(count * sizeof(float));
            for (int is_dy = 0; is_dy <= (s.form != FORWARD); is_dy++) {
                fill_canary(arena, arena + ROOM);
                for (long distance = before + 1; distance < behind; distance++)
                    if (distance != 0 || s.form == PARAM_GRADIENT)
                        expect_overlap(&s, is_dy, n, out, distance, ACTFN_ERR_OVERLAP);
                ck_assert_msg(canary_intact(arena, arena + ROOM), "%s: written to although refused", subject_text(&s));
                memset(arena, 0, sizeof arena);
                expect_overlap(&s, is_dy, n, out, before, ACTFN_OK);
                expect_overlap(&s, is_dy, n, out, behind, ACTFN_OK);
            }
        }
}
END_TEST

/* The gradients must not lie on their parameters. */
START_TEST(gradients_apart_from_parameters)
{
    const actfn_op op = (actfn_op)_i;
    struct subject s = { .op = op, .setting = -1 };
    while (next_subject(&s)) {
        if (s.form != PARAM_GRADIENT)
            continue;
        float room[3 * ACTFN_MAX_PARAMS + 1], input[2] = { 1, 2 };
        float *params = room + ACTFN_MAX_PARAMS;
        const int size = s.param_count * (int)sizeof(float);
        for (int distance = -size; distance <= size; distance++) {
            const bool apart = distance == -size || distance == size;
            if (apart && (uintptr_t)moved(params, distance) % sizeof(float) != 0)
                continue;
            fill_canary(room, room + 3 * ACTFN_MAX_PARAMS + 1);
            memcpy(params, s.params, (size_t)size);
            const actfn_status status =
                actfn_param_gradient_f32(op, test_mode, params, 2, input, input, moved(params, distance));
            ck_assert_msg(status == (apart ? ACTFN_OK : ACTFN_ERR_OVERLAP), "%s: %d bytes from params: \"%s\"",
                          subject_text(&s), distance, actfn_status_string(status));
            ck_assert_mem_eq(params, s.params, (size_t)size);
        }
    }
}
END_TEST

Suite *memory_suite(void)
{
    Suite *suite = suite_create("memory");
    TCase *tcase = tcase_create("memory");
    tcase_set_timeout(tcase, 120);
    for_elementwise(tcase, nothing_outside_is_touched);
    for_elementwise(tcase, all_buffers_at_the_edge);
    for_elementwise(tcase, in_place);
    for_elementwise(tcase, other_overlaps_are_refused);
    for_elementwise(tcase, gradients_apart_from_parameters);
    suite_add_tcase(suite, tcase);
    return suite;
}
