/* SPDX-License-Identifier: MIT */
/* The channels family: every layout gives the same bits; sums over a channel, also long and empty ones. */
#include "channels_support.h"
#include "expect.h"
#include "floats.h"
#include "suites.h"
#include "support.h"

#include <stdlib.h>

static float x[MOST], dy[MOST], y[MOST], dx[MOST], x2[MOST], dy2[MOST], y2[MOST], dx2[MOST];

/* ---- layouts --------------------------------------------------------------------------------------------------- */

/* to[(o, i), c] = from[o, c, i] */
static void transpose(struct shape s, const float *from, float *to)
{
    for (size_t o = 0; o < s.outer; o++)
        for (size_t c = 0; c < s.channels; c++)
            for (size_t i = 0; i < s.inner; i++)
                to[(o * s.inner + i) * s.channels + c] = from[(o * s.channels + c) * s.inner + i];
}

/* Channels first, channels last and every channel alone: y, dx and the gradients have the same bits. */
START_TEST(layouts)
{
    const struct unit *f = &units[_i];
    for (int k = 0; k < SHAPES; k++) {
        const struct shape s = shapes[k], last = { s.outer * s.inner, s.channels, 1 };
        const size_t n = size_of(s), count = f->terms * s.channels;
        fill_weights(f, s.channels);
        fill_tame(x, n, 11);
        fill_tame(dy, n, 12);
        ck_assert_int_eq(channels_forward(f, s, x, y), ACTFN_OK);
        ck_assert_int_eq(channels_backward(f, s, x, dy, dx, dweights), ACTFN_OK);
        transpose(s, x, x2);
        transpose(s, dy, dy2);
        ck_assert_int_eq(channels_forward(f, last, x2, y2), ACTFN_OK);
        ck_assert_int_eq(channels_backward(f, last, x2, dy2, dx2, dweights2), ACTFN_OK);
        for (int j = 0; j < f->arrays; j++)
            expect_equal(f, s, "a weight's gradient, channels last", count, dw2[j], dw[j]);
        static float turned[MOST];
        transpose(s, y, turned);
        expect_equal(f, s, "y, channels last", n, y2, turned);
        transpose(s, dx, turned);
        expect_equal(f, s, "dx, channels last", n, dx2, turned);

        for (size_t c = 0; c < s.channels; c++) {
            float own[MAX_ARRAYS][MAX_TERMS], down[MAX_ARRAYS][MAX_TERMS];
            const float *const own_w[] = { own[0], own[1], own[2], own[3] };
            float *const own_dw[] = { down[0], down[1], down[2], down[3] };
            for (int j = 0; j < f->arrays; j++)
                for (size_t t = 0; t < f->terms; t++)
                    own[j][t] = w[j][t * s.channels + c];
            for (size_t o = 0; o < s.outer; o++)
                for (size_t i = 0; i < s.inner; i++) {
                    x2[o * s.inner + i] = x[(o * s.channels + c) * s.inner + i];
                    dy2[o * s.inner + i] = dy[(o * s.channels + c) * s.inner + i];
                }
            ck_assert_int_eq(
                actfn_channels_backward_f32(f->op, test_mode, 1, 1, last.outer, f->terms, own_w, x2, dy2, dx2, own_dw),
                ACTFN_OK);
            ck_assert_int_eq(actfn_channels_forward_f32(f->op, test_mode, last.outer, 1, 1, f->terms, own_w, x2, y2),
                             ACTFN_OK);
            for (size_t o = 0; o < s.outer; o++) {
                expect_equal(f, s, "a channel alone", s.inner, y2 + o * s.inner, y + (o * s.channels + c) * s.inner);
                expect_equal(f, s, "a channel's dx", s.inner, dx2 + o * s.inner, dx + (o * s.channels + c) * s.inner);
            }
            for (int j = 0; j < f->arrays; j++)
                for (size_t t = 0; t < f->terms; t++)
                    expect_equal(f, s, "a channel's gradient", 1, &down[j][t], &dw[j][t * s.channels + c]);
        }
    }
}
END_TEST

/* The shapes in the table of entries are small.  Here sums have many blocks. */
START_TEST(blocks_on_every_instruction_set)
{
    const struct unit *f = &units[_i];
    const char *other;
    fill_tame(x, MOST, 51);
    fill_tame(dy, MOST, 52);
    for (int k = 0; k < SHAPES && test_mode == ACTFN_ACCURATE && has_fma(); k++) {
        const struct shape s = shapes[k];
        fill_weights(f, s.channels);
        ck_assert_int_eq(channels_backward(f, s, x, dy, dx, dweights), ACTFN_OK);
        for (int i = 0; (other = actfn_isa_at(i)); i++) {
            if (!actfn_isa_available(other))
                continue;
            ck_assert_int_eq(actfn_isa_select(other), ACTFN_OK);
            ck_assert_int_eq(channels_backward(f, s, x, dy, dx2, dweights2), ACTFN_OK);
            ck_assert_int_eq(actfn_isa_select(test_isa), ACTFN_OK);
            expect_equal(f, s, other, size_of(s), dx2, dx);
            for (int j = 0; j < f->arrays; j++)
                expect_equal(f, s, other, f->terms * s.channels, dw2[j], dw[j]);
        }
    }
}
END_TEST

/* ---- sums ------------------------------------------------------------------------------------------------------ */

static void expect_sums(const struct unit *f, struct shape s)
{
    ck_assert_int_eq(channels_backward(f, s, x, dy, NULL, dweights), ACTFN_OK);
    for (size_t c = 0; c < s.channels; c++) {
        double p[MAX_ARRAYS][MAX_TERMS], sum[MAX_ARRAYS][MAX_TERMS] = { { 0 } },
                                         terms[MAX_ARRAYS][MAX_TERMS] = { { 0 } };
        weights_of(f, s.channels, c, p);
        for (size_t o = 0; o < s.outer; o++)
            for (size_t i = 0; i < s.inner; i++) {
                const size_t at = (o * s.channels + c) * s.inner + i;
                const struct element e = element_at(f, (double)x[at], p);
                for (int k = 0; k < f->arrays; k++)
                    for (size_t t = 0; t < f->terms; t++) {
                        sum[k][t] += (double)dy[at] * e.dw[k][t];
                        terms[k][t] += fabs((double)dy[at] * e.dw[k][t]);
                    }
            }
        for (int k = 0; k < f->arrays; k++)
            for (size_t t = 0; t < f->terms; t++) {
                const double error = fabs((double)dw[k][t * s.channels + c] - sum[k][t]);
                expect(error <= 0x1p-21 * terms[k][t] + 0x1p-149,
                       "%s: %s (%zu, %zu, %zu): gradient %d of channel %zu is off by %g of %g", test_run, unit_name(f),
                       s.outer, s.channels, s.inner, k, c, error, terms[k][t]);
            }
    }
}

START_TEST(sums_of_every_shape)
{
    const struct unit *f = &units[_i];
    fill_tame(x, MOST, 21);
    fill_tame(dy, MOST, 22);
    for (int k = 0; k < SHAPES; k++) {
        fill_weights(f, shapes[k].channels);
        expect_sums(f, shapes[k]);
    }
    /* Terms of one sign that hardly differ: here a plain sum loses most. */
    for (size_t i = 0; i < MOST; i++) {
        x[i] = -3 - (float)(scramble(i) & 0xffff) * 0x1p-18f;
        dy[i] = 1 + (float)(scramble(~i) & 0xffff) * 0x1p-20f;
    }
    const struct shape large[] = { { MOST, 1, 1 }, { MOST / 2, 2, 1 }, { 1, 1, MOST }, { 64, 2, MOST / 128 } };
    for (int k = 0; k < 4; k++) {
        fill_weights(f, large[k].channels);
        expect_sums(f, large[k]);
    }
}
END_TEST

/* 2^24 equal terms, whose sum is known.  A sum in a plain float would stop growing. */
START_TEST(sums_of_many_terms)
{
    const size_t n = (size_t)1 << (lightest() ? 17 : light() ? 20 : 24);
    float *many = malloc(n * sizeof *many), *many_dy = malloc(n * sizeof *many_dy);
    ck_assert(many && many_dy);
    for (size_t i = 0; i < n; i++)
        many[i] = -1.1f, many_dy[i] = 1;
    w[0][0] = w[0][1] = 0.25f;
    const struct shape split[] = { { n, 1, 1 }, { n / 2, 2, 1 }, { 2, 2, n / 4 } };
    for (int k = 0; k < 3; k++) {
        ck_assert_int_eq(channels_backward(&units[PRELU], split[k], many, many_dy, NULL, dweights), ACTFN_OK);
        const double exact = (double)-1.1f * (double)(n / split[k].channels);
        for (size_t c = 0; c < split[k].channels; c++)
            expect(fabs((double)dw[0][c] - exact) <= -0x1p-21 * exact, "%s: %g, not %g", test_run, (double)dw[0][c],
                   exact);
    }
    free(many);
    free(many_dy);
}
END_TEST

START_TEST(nothing_to_sum)
{
    const struct unit *f = &units[_i];
    const struct shape empty[] = { { 0, 9, 3 }, { 3, 9, 0 }, { 0, 9, 0 }, { 0, 9, SIZE_MAX }, { SIZE_MAX, 9, 0 } };
    const float *const none[] = { NULL, NULL, NULL, NULL };
    const size_t count = 9 * f->terms;
    for (int k = 0; k < 5; k++)
        for (int way = 0; way < 3; way++) {
            const struct shape s = empty[k];
            fill_weights(f, 9);
            for (int j = 0; j < MAX_ARRAYS; j++)
                fill_canary(dw[j], dw[j] + MOST_WEIGHTS);
            const float *const *given = way == 0 ? weights : way == 1 ? none : NULL;
            ck_assert_int_eq(actfn_channels_backward_f32(f->op, test_mode, s.outer, s.channels, s.inner, f->terms,
                                                         given, NULL, NULL, NULL, dweights),
                             ACTFN_OK);
            for (int j = 0; j < f->arrays; j++) {
                for (size_t i = 0; i < count; i++)
                    ck_assert_uint_eq(bits_of(dw[j][i]), 0);
                ck_assert(canary_intact(dw[j] + count, dw[j] + MOST_WEIGHTS));
            }
            for (int j = f->arrays; j < MAX_ARRAYS; j++)
                ck_assert(canary_intact(dw[j], dw[j] + MOST_WEIGHTS));
            fill_canary(y, y + 100);
            ck_assert_int_eq(
                actfn_channels_forward_f32(f->op, test_mode, s.outer, s.channels, s.inner, f->terms, given, NULL, y),
                ACTFN_OK);
            ck_assert(canary_intact(y, y + 100));
        }
    /* Without channels there are no weights and no gradients either. */
    ck_assert_int_eq(actfn_channels_backward_f32(f->op, test_mode, 3, 0, 3, f->terms, NULL, NULL, NULL, NULL, dweights),
                     ACTFN_OK);
    ck_assert_int_eq(actfn_channels_forward_f32(f->op, test_mode, 3, 0, 3, f->terms, NULL, NULL, NULL), ACTFN_OK);
}
END_TEST

Suite *channels_sums_suite(void)
{
    Suite *suite = suite_create("channels_sums");
    TCase *tcase = tcase_create("channels_sums");
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, layouts, 0, UNITS);
    tcase_add_loop_test(tcase, blocks_on_every_instruction_set, 0, UNITS);
    tcase_add_loop_test(tcase, sums_of_every_shape, 0, UNITS);
    tcase_add_test(tcase, sums_of_many_terms);
    tcase_add_loop_test(tcase, nothing_to_sum, 0, UNITS);
    suite_add_tcase(suite, tcase);
    return suite;
}
