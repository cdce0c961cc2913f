/* SPDX-License-Identifier: MIT */
/* Compares the catalogue with the list, and the functions by name with those by operation.  Checks statuses and versions. */
#include "floats.h"
#include "suites.h"
#include "support.h"

#include <limits.h>
#include <stdio.h>

/* ---- the functions by name ------------------------------------------------------------------------------------- */

typedef actfn_status unary_entry(const float *p, size_t n, const float *in, float *result);
typedef actfn_status binary_entry(const float *p, size_t n, const float *in, const float *dy, float *result);

/* The parameters as the last arguments of a function by name. */
#define ARGUMENTS_0
#define ARGUMENTS_1 , p[0]
#define ARGUMENTS_2 , p[0], p[1]
#define ARGUMENTS_3 , p[0], p[1], p[2]
#define ARGUMENTS_4 , p[0], p[1], p[2], p[3]

#define BINARY(name, suffix, arity)                                                                                    \
    static actfn_status name##_##suffix(const float *p, size_t n, const float *in, const float *dy, float *out)        \
    {                                                                                                                  \
        (void)p;                                                                                                       \
        return actfn_##name##_##suffix##_f32(n, in, dy, out ARGUMENTS_##arity);                                        \
    }
#define BINARY_FROM_Y(name, arity) BINARY(name, backward_from_output, arity)
#define BINARY_NO_Y(name, arity)
#define BINARY_GRADS(name, arity) BINARY(name, param_gradient, arity)
#define BINARY_NO_GRADS(name, arity)

#define OP(name, NAME, value, arity, body, from_output, grads, ...)                                                    \
    static actfn_status name##_forward(const float *p, size_t n, const float *in, float *out)                          \
    {                                                                                                                  \
        (void)p;                                                                                                       \
        return actfn_##name##_f32(n, in, out ARGUMENTS_##arity);                                                       \
    }                                                                                                                  \
    BINARY(name, backward, arity)                                                                                      \
    BINARY_##from_output(name, arity) BINARY_##grads(name, arity)
#include "catalogue/ops.def"

#define POINTER_FROM_Y(name) name##_backward_from_output
#define POINTER_NO_Y(name) NULL
#define POINTER_GRADS(name) name##_param_gradient
#define POINTER_NO_GRADS(name) NULL

static const struct {
    const char *name;
    unary_entry *forward;
    binary_entry *binary[FORM_COUNT];
} by_name[] = {
#define OP(name, NAME, value, arity, body, from_output, grads, ...)                                                    \
    [value] = { #name,                                                                                                 \
                name##_forward,                                                                                        \
                { [BACKWARD] = name##_backward,                                                                        \
                  [FROM_OUTPUT] = POINTER_##from_output(name),                                                         \
                  [PARAM_GRADIENT] = POINTER_##grads(name) } },
#include "catalogue/ops.def"
};

enum { N = 67 };
static float x[N], dy[N], expected[N], got[N];

static actfn_status call_by_name(const struct subject *s, size_t n)
{
    return s->form == FORWARD ? by_name[s->op].forward(s->params, n, x, got)
                              : by_name[s->op].binary[s->form](s->params, n, x, dy, got);
}

START_TEST(functions_by_name)
{
    fill_inputs(x, N, 41);
    fill_inputs(dy, N, 42);
    ck_assert_str_eq(by_name[_i].name, actfn_op_info((actfn_op)_i)->name);
    const actfn_mode mode = test_mode;
    test_mode = ACTFN_FAST; /* the mode of the functions by name */
    for (struct subject s = { .op = (actfn_op)_i, .setting = -1, .all_settings = true }; next_subject(&s);) {
        const size_t count = s.form == PARAM_GRADIENT ? (size_t)s.param_count : N;
        ck_assert_int_eq(compute(&s, ENTRY, N, x, dy, expected), ACTFN_OK);
        ck_assert_int_eq(call_by_name(&s, N), ACTFN_OK);
        ck_assert_msg(first_difference(got, expected, count) == count, "%s: by name it differs", subject_text(&s));
        /* Each parameter arrives in its place: a function by name refuses a value if the entry refuses the value. */
        for (int k = 0; k < s.param_count; k++) {
            struct subject t = s;
            t.params[k] = NAN;
            fill_canary(got, got + N);
            ck_assert_int_eq(call_by_name(&t, N), ACTFN_ERR_PARAM);
            ck_assert(canary_intact(got, got + N));
        }
    }
    test_mode = mode;
}
END_TEST

/* ---- the catalogue --------------------------------------------------------------------------------------------- */

/* Checks a name of `length` characters, the operation's own or an alias. */
static void expect_name(const char *name, size_t length, actfn_op op)
{
    char copy[100];
    ck_assert_uint_lt(length, sizeof copy);
    memcpy(copy, name, length);
    copy[length] = '\0';
    ck_assert_msg(length > 0 && strspn(copy, "abcdefghijklmnopqrstuvwxyz0123456789_") == length, "\"%s\" is no name",
                  copy);
    /* If the search finds this operation for each of its names, no two operations share a name. */
    ck_assert_msg(actfn_op_from_name(copy) == op, "\"%s\" is not, or not only, %s", copy, actfn_op_info(op)->name);
    copy[length - 1] = '\0';
    ck_assert_msg(actfn_op_from_name(copy) != op || strstr(actfn_op_info(op)->aliases, copy), "\"%s\" is enough", copy);
}

START_TEST(catalogue)
{
    const actfn_op op = (actfn_op)_i;
    const struct actfn_op_info *info = actfn_op_info(op);
    ck_assert_ptr_nonnull(info);
    ck_assert_int_eq(info->op, op);
    expect_name(info->name, strlen(info->name), op);
    for (const char *alias = info->aliases; *alias; alias += strcspn(alias, ","), alias += *alias == ',')
        expect_name(alias, strcspn(alias, ","), op);
    const char *texts[] = { info->aliases, info->formula, info->derivative,       info->derivative_from_output,
                            info->note,    info->legal,   info->from_output_legal };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        for (const char *c = texts[i]; *c; c++)
            ck_assert_msg(*c >= ' ' && *c <= '~', "%s: a text is not plain ASCII", info->name);
    ck_assert_msg(*info->formula && *info->derivative, "%s: no formula", info->name);
    ck_assert_msg(!*info->derivative_from_output == !(info->flags & ACTFN_OP_FROM_OUTPUT), "%s: f' from y", info->name);
    ck_assert_msg(!*info->from_output_legal || (info->flags & ACTFN_OP_FROM_OUTPUT), "%s: f' from y", info->name);
    ck_assert(info->ulp_forward >= 0 && info->ulp_forward <= 8 && info->ulp_backward >= 0 && info->ulp_backward <= 8);
    /* The fast mode may have larger bounds, 4 ULP forward (4.5 for a gate with its product) and 8 backward, but never smaller
     * ones. */
    ck_assert(info->ulp_forward_fast >= info->ulp_forward && info->ulp_backward_fast >= info->ulp_backward);
    ck_assert(info->ulp_forward_fast <= fmaxf(info->family == ACTFN_FAMILY_GATES ? 4.5f : 4, info->ulp_forward) &&
              info->ulp_backward_fast <= 8);

    ck_assert(info->param_count >= 0 && info->param_count <= ACTFN_MAX_PARAMS);
    ck_assert_ptr_null(actfn_op_param(op, -1));
    ck_assert_ptr_null(actfn_op_param(op, info->param_count));
    ck_assert_ptr_null(actfn_op_param(op, INT_MAX));
    ck_assert_ptr_null(actfn_op_param(op, INT_MIN));
    bool gradient = false;
    for (int k = 0; k < info->param_count; k++) {
        const struct actfn_param_info *p = actfn_op_param(op, k);
        ck_assert_ptr_nonnull(p);
        ck_assert(p->name && *p->name && p->minimum < p->maximum);
        ck_assert_int_eq(!!isnan(p->default_value), !!(p->flags & ACTFN_PARAM_REQUIRED));
        ck_assert_msg((p->flags & ACTFN_PARAM_REQUIRED) || is_in_range(p, p->default_value), "%s: default", p->name);
        gradient = gradient || (p->flags & ACTFN_PARAM_GRADIENT);
        for (int j = 0; j < k; j++)
            ck_assert_str_ne(p->name, actfn_op_param(op, j)->name);
    }
    ck_assert_int_eq(gradient, !!(info->flags & ACTFN_OP_PARAM_GRADIENT));
}
END_TEST

START_TEST(names_that_are_none)
{
    static const char *const names[] = { "",           ",",  "RELU", "relu ", " relu", "relu,", "heaviside,step",
                                         "actfn_relu", "rel" };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        ck_assert_msg(actfn_op_from_name(names[i]) == ACTFN_OP_NONE, "\"%s\" is an operation", names[i]);
    ck_assert_int_eq(actfn_op_from_name(NULL), ACTFN_OP_NONE);
    ck_assert_int_gt(actfn_op_count(), 0);
}
END_TEST

/* ---- statuses and versions -------------------------------------------------------------------------------------- */

START_TEST(statuses_and_versions)
{
    const int unknown[] = { -1, ACTFN_ERR_INDEX + 1, INT_MAX, INT_MIN };
    for (int a = ACTFN_OK; a <= ACTFN_ERR_INDEX; a++) {
        const char *text = actfn_status_string((actfn_status)a);
        ck_assert(text && *text && text[strlen(text) - 1] != '.');
        for (int b = ACTFN_OK; b < a; b++)
            ck_assert_str_ne(text, actfn_status_string((actfn_status)b));
        for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++)
            ck_assert_str_ne(text, actfn_status_string((actfn_status)unknown[i]));
    }
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++)
        ck_assert(actfn_status_string((actfn_status)unknown[i]) && *actfn_status_string((actfn_status)unknown[i]));

    char text[40];
    snprintf(text, sizeof text, "%d.%d.%d", ACTFN_VERSION_MAJOR, ACTFN_VERSION_MINOR, ACTFN_VERSION_PATCH);
    ck_assert_str_eq(actfn_version_string(), text);
    ck_assert_int_eq(actfn_version(), ACTFN_VERSION_MAJOR * 10000 + ACTFN_VERSION_MINOR * 100 + ACTFN_VERSION_PATCH);
    int numbers[3], length = 0;
    ck_assert_int_eq(sscanf(actfn_sleef_version(), "%d.%d.%d%n", &numbers[0], &numbers[1], &numbers[2], &length), 3);
    ck_assert_uint_eq((size_t)length, strlen(actfn_sleef_version()));
}
END_TEST

TCase *catalogue_tests(void)
{
    TCase *tcase = tcase_create("catalogue");
    tcase_set_timeout(tcase, 60);
    for_elementwise(tcase, functions_by_name);
    tcase_add_loop_test(tcase, catalogue, 0, actfn_op_count());
    tcase_add_test(tcase, names_that_are_none);
    tcase_add_test(tcase, statuses_and_versions);
    return tcase;
}
