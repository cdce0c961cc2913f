/* SPDX-License-Identifier: MIT */
/* Streaming: at every alignment the same bits, with nothing outside the buffer touched; and the threshold. */
#include "floats.h"
#include "suites.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

/* More elements than the smallest streamed buffer, and no whole number of vectors. */
enum { COUNT = (1 << 18) + 77, EDGE = 32 };

static float *x, *dy, *wanted, *room;

static void start(void)
{
    x = malloc(COUNT * sizeof *x);
    dy = malloc(COUNT * sizeof *dy);
    wanted = malloc(COUNT * sizeof *wanted);
    room = malloc((COUNT + 2 * EDGE) * sizeof *room);
    ck_assert(x && dy && wanted && room);
    fill_inputs(x, COUNT, 1);
    fill_inputs(dy, COUNT, 2);
    /* A formula with a core tests whole blocks.  Here all elements are within the core's limit, except one now and then. */
    for (size_t i = COUNT / 2; i < COUNT; i++)
        x[i] = i % 1001 ? (float)(i % 997) * 0.006f - 3.0f : 1e3f * (float)(i % 7) - 3e3f;
}

static void stop(void)
{
    actfn_set_streaming_threshold(0);
    free(x);
    free(dy);
    free(wanted);
    free(room);
}

/* Every alignment of the result to a vector, and one run in place. */
START_TEST(bits_and_bounds)
{
    for (struct subject s = { .op = (actfn_op)_i, .setting = -1 }; next_elementwise(&s);) {
        actfn_set_streaming_threshold(SIZE_MAX);
        compute(&s, ENTRY, COUNT, x, dy, wanted);
        actfn_set_streaming_threshold(1);
        for (size_t shift = 0; shift < 16; shift += light() ? 7 : 3) {
            float *const out = room + EDGE - 16 + shift;
            fill_canary(room, room + COUNT + 2 * EDGE);
            compute(&s, ENTRY, COUNT, x, dy, out);
            if (first_difference(out, wanted, COUNT) != COUNT)
                ck_abort_msg("%s: %s: other bits at %zu floats from a line", test_run, subject_text(&s), shift);
            if (!canary_intact(room, out) || !canary_intact(out + COUNT, room + COUNT + 2 * EDGE))
                ck_abort_msg("%s: %s: something else was written", test_run, subject_text(&s));
        }
        memcpy(room, x, COUNT * sizeof *x);
        compute(&s, ENTRY, COUNT, room, dy, room);
        if (first_difference(room, wanted, COUNT) != COUNT)
            ck_abort_msg("%s: %s: other bits in place", test_run, subject_text(&s));
        if (s.setting > 0)
            break; /* the loops do not depend on parameters */
    }
}
END_TEST

START_TEST(threshold)
{
    actfn_set_streaming_threshold(0);
    const size_t by_default = actfn_streaming_threshold();
    ck_assert_uint_gt(by_default, 0);
    ck_assert_uint_lt(by_default, SIZE_MAX / 2);
    actfn_set_streaming_threshold(12345);
    ck_assert_uint_eq(actfn_streaming_threshold(), 12345);
    actfn_set_streaming_threshold(SIZE_MAX);
    ck_assert_uint_eq(actfn_streaming_threshold(), SIZE_MAX);
    actfn_set_streaming_threshold(0);
    ck_assert_uint_eq(actfn_streaming_threshold(), by_default);
}
END_TEST

Suite *streaming_suite(void)
{
    Suite *suite = suite_create("streaming");
    TCase *tcase = tcase_create("streaming");
    tcase_add_checked_fixture(tcase, start, stop);
    tcase_set_timeout(tcase, 120);
    /* In both modes: operations that wait for memory in both directions, in one, or in none. */
    static const actfn_op ops[] = { ACTFN_RELU, ACTFN_HARDSWISH, ACTFN_LEAKY_RELU, ACTFN_HARDTANH, ACTFN_SIGMOID,
                                    ACTFN_TANH, ACTFN_EXP,       ACTFN_GELU,       ACTFN_ELU,      ACTFN_SINUSOID };
    for (size_t i = 0; i < sizeof ops / sizeof ops[0]; i++)
        tcase_add_loop_test(tcase, bits_and_bounds, (int)ops[i], (int)ops[i] + 1);
    tcase_add_test(tcase, threshold);
    suite_add_tcase(suite, tcase);
    return suite;
}
