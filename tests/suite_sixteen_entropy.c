/* SPDX-License-Identifier: MIT */
/*
 * softmax_cross_entropy on logits of a 16-bit type: losses have the bits of the fast mode's floats, and gradients are these
 * floats rounded once.  The rows are short, or longer than the library's tiles and blocks of sums, and lie along every axis.
 * sigmoid_bce and sigmoid_mse are checked in the same way.
 */
#include "expect.h"
#include "sixteen.h"
#include "suites.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

enum { MOST = 1 << 16, ROWS = 1 << 12, SPARE = 8, IGNORED = -100 };

static uint16_t z[MOST], t[MOST], dz[MOST + SPARE], wanted[MOST];
static float wide_z[MOST], wide_t[MOST], wide_dz[MOST], w[ROWS], loss[ROWS + SPARE], wanted_loss[ROWS];
static int64_t classes[ROWS];

struct entropy_case {
    const struct sixteen *type;
    size_t outer, n, inner;
    int data;
    float smoothing;
    bool dense, weighted;
};

static size_t rows_of(const struct entropy_case *c) { return c->outer * c->inner; }
static size_t all_of(const struct entropy_case *c) { return rows_of(c) * c->n; }

static const char *text_of(const struct entropy_case *c, const char *what)
{
    static char text[300];
    snprintf(text, sizeof text,
             "%s: %s cross entropy of %s, %s, data %d, smoothing %g, weights %d, shape (%zu, %zu, %zu)", test_run,
             c->dense ? "dense" : "by class", c->type->name, what, c->data, (double)c->smoothing, c->weighted, c->outer,
             c->n, c->inner);
    return text;
}

/* Ordinary logits; the true class far above the others, or far below; masked classes; any bits, NaN and infinities too. */
enum { ORDINARY, LIKELY, UNLIKELY, MASKED, WILD, DATA_COUNT };

static void fill(const struct entropy_case *c)
{
    const size_t all = all_of(c), rows = rows_of(c);
    const uint64_t seed = all + (uint64_t)c->data * 1000003;
    (c->data == WILD ? fill_inputs : fill_tame)(wide_z, all, seed);
    fill_calm(wide_t, all, seed + 1);
    fill_calm(w, rows, seed + 2);
    for (size_t i = 0; i < all; i++) {
        const uint64_t random = scramble(seed ^ i << 20);
        wide_t[i] = random % 3 ? fabsf(wide_t[i]) : 0;
        if (c->data == MASKED && random % 5 == 0)
            wide_z[i] = -INFINITY;
        if (c->data == WILD && random % 999 == 0)
            wide_z[i] = NAN;
    }
    for (size_t row = 0; row < rows; row++) {
        const size_t k = c->n ? scramble(seed + row) % c->n : 0,
                     at = (row / c->inner * c->n + k) * c->inner + row % c->inner;
        classes[row] = c->n == 0 || row % 5 == 2 ? IGNORED : (int64_t)k;
        if (c->n && (c->data == LIKELY || c->data == UNLIKELY))
            wide_z[at] = (float)(20 + 30 * (row % 4)) * (c->data == LIKELY ? 1 : -1);
    }
    c->type->from_f32(all, wide_z, z), c->type->from_f32(all, wide_t, t);
    c->type->to_f32(all, z, wide_z), c->type->to_f32(all, t, wide_t);
}

static actfn_status on_floats(const struct entropy_case *c)
{
    const float *const weights = c->weighted ? w : NULL;
    return c->dense ? actfn_softmax_cross_entropy_dense_f32(ACTFN_FAST, c->outer, c->n, c->inner, wide_z, wide_t,
                                                            weights, 0.75f, wanted_loss, wide_dz)
                    : actfn_softmax_cross_entropy_f32(ACTFN_FAST, &c->smoothing, c->outer, c->n, c->inner, wide_z,
                                                      classes, IGNORED, weights, 0.75f, wanted_loss, wide_dz);
}

static actfn_status run(const struct entropy_case *c, const uint16_t *logits, const uint16_t *targets, float *losses,
                        uint16_t *gradient)
{
    const float *const weights = c->weighted ? w : NULL;
    return c->dense ? c->type->dense_entropy(test_mode, c->outer, c->n, c->inner, logits, targets, weights, 0.75f,
                                             losses, gradient)
                    : c->type->entropy(test_mode, &c->smoothing, c->outer, c->n, c->inner, logits, classes, IGNORED,
                                       weights, 0.75f, losses, gradient);
}

static void expect_losses(const struct entropy_case *c, const char *what)
{
    for (size_t i = 0; i < rows_of(c); i++)
        expect(same(loss[i], wanted_loss[i]), "%s: row %zu is %a, of floats %a", text_of(c, what), i, (double)loss[i],
               (double)wanted_loss[i]);
    for (size_t i = 0; i < SPARE; i++)
        expect(loss[rows_of(c) + i] == 7, "%s: wrote behind the losses", text_of(c, what));
}

static void expect_gradient(const struct entropy_case *c, const char *what)
{
    const size_t all = all_of(c);
    c->type->from_f32(all, wide_dz, wanted);
    for (size_t i = 0; i < all; i++)
        expect(is_nan_sixteen(c->type, wanted[i]) ? is_nan_sixteen(c->type, dz[i]) : dz[i] == wanted[i],
               "%s: element %zu is %04x, of floats %04x = %a", text_of(c, what), i, dz[i], wanted[i],
               (double)wide_dz[i]);
    for (size_t i = all; i < all + SPARE; i++)
        expect(dz[i] == 0xa5a5, "%s: wrote behind the gradient", text_of(c, what));
}

static void clear(void)
{
    memset(dz, 0xa5, sizeof dz);
    for (size_t i = 0; i < ROWS + SPARE; i++)
        loss[i] = 7;
}

static void check_case(const struct entropy_case *c)
{
    const size_t all = all_of(c);
    ck_assert_uint_le(all, MOST);
    ck_assert_uint_le(rows_of(c), ROWS);
    fill(c);
    ck_assert_int_eq(on_floats(c), ACTFN_OK);
    clear();
    ck_assert_int_eq(run(c, z, t, loss, dz), ACTFN_OK);
    expect_losses(c, "both");
    expect_gradient(c, "both");
    clear();
    ck_assert_int_eq(run(c, z, t, loss, NULL), ACTFN_OK);
    expect_losses(c, "losses alone");
    memcpy(dz, z, all * sizeof *z);
    ck_assert_int_eq(run(c, dz, t, NULL, dz), ACTFN_OK);
    expect_gradient(c, "gradient on the logits");
    if (!c->dense)
        return;
    memcpy(dz, t, all * sizeof *t);
    ck_assert_int_eq(run(c, z, dz, loss, dz), ACTFN_OK);
    expect_gradient(c, "gradient on the targets");
}

static void check_settings(struct entropy_case c)
{
    for (int k = 0; k < SIXTEEN_TYPES; k++)
        for (int setting = 0; setting < 4; setting++) {
            c.type = &sixteen_types[k];
            c.dense = setting == 3;
            c.smoothing = (const float[]) { 0, 0.1f, 1, 0 }[setting];
            c.weighted = (c.n + (size_t)setting) % 2;
            check_case(&c);
        }
}

START_TEST(cross_entropy_is_that_of_the_floats)
{
    static const size_t lengths[] = { 257, 513, 1000, 2047, 2048, 2049, 4095, 4096, 4097, 8191, 8193, 10000 };
    enum { LENGTHS = sizeof lengths / sizeof lengths[0] };
    for (int data = 0; data < DATA_COUNT; data++) {
        for (size_t n = 0; n <= 70; n += light() ? 35 : 1)
            for (int form = 0; form < 3; form++)
                check_settings((struct entropy_case) {
                    .outer = form == 0 ? 7 : 2, .n = n, .inner = (const size_t[]) { 1, 3, 37 }[form], .data = data });
        for (size_t k = light() ? 8 : 0; k < LENGTHS; k += light() ? 3 : 1)
            for (int form = 0; form < 2; form++)
                check_settings((struct entropy_case) { .outer = form ? 1 : 4,
                                                       .n = lengths[k],
                                                       .inner = !form               ? 1
                                                                : lengths[k] < 1100 ? 37
                                                                                    : 4,
                                                       .data = data });
        check_settings((struct entropy_case) { .outer = 300, .n = 5, .inner = 1, .data = data });
    }
}
END_TEST

START_TEST(bad_cross_entropy_is_refused)
{
    enum { N = 100 };
    for (int k = 0; k < SIXTEEN_TYPES; k++) {
        const struct sixteen *s = &sixteen_types[k];
        const actfn_mode m = test_mode;
        const float bad = 2;
        clear();
        classes[0] = 3;
        ck_assert_int_eq(s->entropy((actfn_mode)2, NULL, 1, N, 1, z, classes, -1, NULL, 1, loss, dz), ACTFN_ERR_MODE);
        ck_assert_int_eq(s->entropy(m, &bad, 1, N, 1, z, classes, -1, NULL, 1, loss, dz), ACTFN_ERR_PARAM);
        ck_assert_int_eq(s->entropy(m, NULL, 1, N, 1, z, classes, -1, NULL, NAN, loss, dz), ACTFN_ERR_PARAM);
        ck_assert_int_eq(s->entropy(m, NULL, 1, N, 1, NULL, classes, -1, NULL, 1, loss, dz), ACTFN_ERR_NULL);
        ck_assert_int_eq(s->entropy(m, NULL, 1, N, 1, z, NULL, -1, NULL, 1, loss, dz), ACTFN_ERR_NULL);
        ck_assert_int_eq(s->entropy(m, NULL, SIZE_MAX / 2, 3, 1, z, classes, -1, NULL, 1, loss, dz), ACTFN_ERR_SIZE);
        ck_assert_int_eq(s->entropy(m, NULL, 1, N, 1, z, classes, -1, NULL, 1, loss, z + 1), ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(s->entropy(m, NULL, 1, N, 1, z, classes, -1, NULL, 1, (float *)(void *)z, dz),
                         ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(s->entropy(m, NULL, 1, N, 1, z, classes, -1, (float *)(void *)dz, 1, loss, dz),
                         ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(s->entropy(m, NULL, 1, 3, 1, z, classes, -1, NULL, 1, loss, dz), ACTFN_ERR_INDEX);
        ck_assert_int_eq(s->dense_entropy(m, 1, N, 1, z, NULL, NULL, 1, loss, dz), ACTFN_ERR_NULL);
        ck_assert_int_eq(s->dense_entropy(m, 1, N, 1, z, dz + 1, NULL, 1, loss, dz), ACTFN_ERR_OVERLAP);
        expect(loss[0] == 7, "%s: a call that was refused wrote a loss", test_run);
        for (size_t i = 0; i < MOST; i++)
            expect(dz[i] == 0xa5a5, "%s: a call that was refused wrote a gradient", test_run);
    }
}
END_TEST

/* ---- sigmoid_bce and sigmoid_mse ------------------------------------------------------------------------------------- */

START_TEST(losses_are_those_of_the_floats)
{
    static const actfn_op ops[] = { ACTFN_SIGMOID_BCE, ACTFN_SIGMOID_MSE };
    for (int k = 0; k < SIXTEEN_TYPES * 2; k++)
        for (size_t n = 0; n <= 1600; n += n < 70 ? 1 : 239)
            for (int data = 0; data < DATA_COUNT; data++) {
                const actfn_op op = ops[k % 2];
                const float *const params = op == ACTFN_SIGMOID_BCE ? &(float) { 1.5f } : NULL;
                const float *const weights = n % 2 ? w : NULL;
                const struct entropy_case c = {
                    .type = &sixteen_types[k / 2], .outer = n, .n = 1, .inner = 1, .data = data
                };
                fill(&c);
                clear();
                actfn_loss_f32(op, ACTFN_FAST, params, n, wide_z, wide_t, weights, 0.75f, wanted_loss, wide_dz);
                ck_assert_int_eq(c.type->loss(op, test_mode, params, n, z, t, weights, 0.75f, loss, dz), ACTFN_OK);
                expect_losses(&c, actfn_op_info(op)->name);
                expect_gradient(&c, actfn_op_info(op)->name);
                clear();
                memcpy(dz, n % 3 ? z : t, n * sizeof *z);
                ck_assert_int_eq(
                    c.type->loss(op, test_mode, params, n, n % 3 ? dz : z, n % 3 ? t : dz, weights, 0.75f, NULL, dz),
                    ACTFN_OK);
                expect_gradient(&c, "gradient in place");
            }
}
END_TEST

START_TEST(bad_losses_are_refused)
{
    enum { N = 100 };
    for (int k = 0; k < SIXTEEN_TYPES; k++) {
        const struct sixteen *s = &sixteen_types[k];
        const actfn_op op = ACTFN_SIGMOID_BCE;
        const actfn_mode m = test_mode;
        clear();
        ck_assert_int_eq(s->loss(ACTFN_SOFTMAX_CROSS_ENTROPY, m, NULL, N, z, t, w, 1, loss, dz), ACTFN_ERR_NOT_OFFERED);
        ck_assert_int_eq(s->loss(ACTFN_GELU, m, NULL, N, z, t, w, 1, loss, dz), ACTFN_ERR_NOT_OFFERED);
        ck_assert_int_eq(s->loss(op, (actfn_mode)2, NULL, N, z, t, w, 1, loss, dz), ACTFN_ERR_MODE);
        ck_assert_int_eq(s->loss(op, m, &(float) { -1 }, N, z, t, w, 1, loss, dz), ACTFN_ERR_PARAM);
        ck_assert_int_eq(s->loss(op, m, NULL, N, z, t, w, NAN, loss, dz), ACTFN_ERR_PARAM);
        ck_assert_int_eq(s->loss(op, m, NULL, N, NULL, t, w, 1, loss, dz), ACTFN_ERR_NULL);
        ck_assert_int_eq(s->loss(op, m, NULL, N, z, NULL, w, 1, loss, dz), ACTFN_ERR_NULL);
        ck_assert_int_eq(s->loss(op, m, NULL, SIZE_MAX / 2 + 1, z, t, w, 1, loss, dz), ACTFN_ERR_SIZE);
        ck_assert_int_eq(s->loss(op, m, NULL, N, z, t, w, 1, loss, z + 1), ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(s->loss(op, m, NULL, N, z, t, w, 1, (float *)(void *)z, dz), ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(s->loss(op, m, NULL, N, z, t, w, 1, loss, (uint16_t *)(void *)w), ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(s->loss(op, m, NULL, N, z, t, w, 1, loss, (uint16_t *)(void *)loss), ACTFN_ERR_OVERLAP);
        ck_assert_int_eq(s->loss(op, m, NULL, 0, NULL, NULL, NULL, 1, NULL, NULL), ACTFN_OK);
        expect(loss[0] == 7 && dz[0] == 0xa5a5, "%s: a call that was refused wrote a result", test_run);
    }
}
END_TEST

TCase *sixteen_entropy_tests(void)
{
    TCase *tcase = tcase_create("entropy");
    tcase_set_timeout(tcase, 0);
    tcase_add_test(tcase, bad_cross_entropy_is_refused);
    tcase_add_test(tcase, cross_entropy_is_that_of_the_floats);
    tcase_add_test(tcase, bad_losses_are_refused);
    tcase_add_test(tcase, losses_are_those_of_the_floats);
    return tcase;
}
