/* SPDX-License-Identifier: MIT */
/* Arguments of the elementwise functions that are just legal.  suite_bad_input.c has the illegal ones. */
#include "floats.h"
#include "suites.h"
#include "support.h"

#include <limits.h>

enum { N = 5 };
static float x[N], dy[N], out[N];

/* The result has room for N floats or ACTFN_MAX_PARAMS gradients.  A pattern fills it before every call. */
static void expect(actfn_status wanted, const char *what, const struct subject *s, actfn_status status)
{
    if (status != wanted)
        ck_abort_msg("%s: %s: \"%s\"", subject_text(s), what, actfn_status_string(status));
    if (wanted != ACTFN_OK && !canary_intact(out, out + N))
        ck_abort_msg("%s: %s: refused, but wrote", subject_text(s), what);
    fill_canary(out, out + N);
}

static void prepare(void)
{
    fill_tame(x, N, 31);
    fill_tame(dy, N, 32);
    fill_canary(out, out + N);
}

/* The four entries as one function with all arguments. */
static actfn_status call(enum form form, int op, int mode, const float *params, size_t n, const float *in,
                         const float *in_dy, float *result)
{
    switch (form) {
    case FORWARD: return actfn_forward_f32((actfn_op)op, (actfn_mode)mode, params, n, in, result);
    case BACKWARD: return actfn_backward_f32((actfn_op)op, (actfn_mode)mode, params, n, in, in_dy, result);
    case FROM_OUTPUT:
        return actfn_backward_from_output_f32((actfn_op)op, (actfn_mode)mode, params, n, in, in_dy, result);
    default: return actfn_param_gradient_f32((actfn_op)op, (actfn_mode)mode, params, n, in, in_dy, result);
    }
}

/* ---- operation, mode, form ------------------------------------------------------------------------------------- */

START_TEST(unknown_operations_and_modes)
{
    const int ops[] = { -1, actfn_op_count(), INT_MAX, INT_MIN }, modes[] = { -1, 2, INT_MAX, INT_MIN };
    for (int i = 0; i < 4; i++) {
        ck_assert(!actfn_forward_kernel_f32((actfn_op)ops[i], ACTFN_ACCURATE));
        ck_assert(!actfn_backward_kernel_f32((actfn_op)ops[i], ACTFN_FAST));
        ck_assert(!actfn_backward_from_output_kernel_f32((actfn_op)ops[i], ACTFN_ACCURATE));
        ck_assert(!actfn_forward_kernel_f32(ACTFN_IDENTITY, (actfn_mode)modes[i]));
        ck_assert(!actfn_backward_kernel_f32(ACTFN_IDENTITY, (actfn_mode)modes[i]));
        ck_assert(!actfn_backward_from_output_kernel_f32(ACTFN_IDENTITY, (actfn_mode)modes[i]));
        ck_assert_ptr_null(actfn_op_info((actfn_op)ops[i]));
        ck_assert_ptr_null(actfn_op_param((actfn_op)ops[i], 0));
    }
}
END_TEST

/* Flags, statuses and kernels agree about the forms that are offered. */
START_TEST(forms_that_are_not_offered)
{
    const actfn_op op = (actfn_op)_i;
    const unsigned flags = actfn_op_info(op)->flags;
    struct subject s = { .op = op, .param_count = actfn_op_info(op)->param_count };
    op_setting(op, 0, s.params);
    prepare();
    for (int mode = 0; mode < 2; mode++) {
        ck_assert(actfn_forward_kernel_f32(op, (actfn_mode)mode));
        ck_assert(actfn_backward_kernel_f32(op, (actfn_mode)mode));
        ck_assert_int_eq(!actfn_backward_from_output_kernel_f32(op, (actfn_mode)mode), !(flags & ACTFN_OP_FROM_OUTPUT));
        for (int form = 0; form < FORM_COUNT; form++) {
            const bool offered = form == FROM_OUTPUT      ? flags & ACTFN_OP_FROM_OUTPUT
                                 : form == PARAM_GRADIENT ? flags & ACTFN_OP_PARAM_GRADIENT
                                                          : true;
            const actfn_status wanted = offered ? ACTFN_OK : ACTFN_ERR_NOT_OFFERED;
            s.form = (enum form)form;
            expect(wanted, "n = 5", &s, call(s.form, _i, mode, s.params, N, x, dy, out));
            expect(wanted, "n = 0", &s, call(s.form, _i, mode, s.params, 0, NULL, NULL, NULL));
        }
    }
}
END_TEST

/* ---- parameters ------------------------------------------------------------------------------------------------ */

/* The ends of each range are legal if the relations between parameters allow them.  The next test is about the relations. */
START_TEST(parameters_at_the_ends)
{
    const actfn_op op = (actfn_op)_i;
    struct subject s = { .op = op, .param_count = actfn_op_info(op)->param_count };
    op_setting(op, 0, s.params);
    for (int k = 0; k < s.param_count && !*actfn_op_info(op)->legal; k++) {
        const struct actfn_param_info *p = actfn_op_param(op, k);
        for (int end = 0; end < 2; end++) {
            struct subject t = s;
            t.params[k] = end ? p->maximum : p->minimum;
            expect(ACTFN_OK, p->name, &t, call(FORWARD, _i, 0, t.params, N, x, dy, out));
        }
    }
}
END_TEST

/* The catalogue gives a relation as text.  These are the operations with a relation. */
START_TEST(parameters_that_do_not_fit_together)
{
    static const struct {
        const char *name;
        float params[ACTFN_MAX_PARAMS];
        actfn_status forward, from_output;
    } cases[] = {
        { "hardtanh", { 1, -1 }, ACTFN_ERR_PARAM, ACTFN_ERR_PARAM },
        { "hardtanh", { 2, 2 }, ACTFN_OK, ACTFN_ERR_NOT_OFFERED },
        { "hardtanh", { -1, 1 }, ACTFN_OK, ACTFN_OK },
        { "relu_general", { 0, 1, 1 }, ACTFN_ERR_PARAM, ACTFN_ERR_PARAM },
        { "relu_general", { 0, 1, 2 }, ACTFN_ERR_PARAM, ACTFN_ERR_PARAM },
        { "relu_general", { 0, -INFINITY, 0 }, ACTFN_ERR_PARAM, ACTFN_ERR_PARAM },
        { "relu_general", { 0, 2, 1 }, ACTFN_OK, ACTFN_ERR_NOT_OFFERED },
        { "clip", { 1, -1 }, ACTFN_OK, ACTFN_ERR_NOT_OFFERED },
        { "leaky_relu", { -0.1f }, ACTFN_OK, ACTFN_ERR_NOT_OFFERED },
        { "leaky_relu", { 0 }, ACTFN_OK, ACTFN_OK },
        { "elu", { -0.1f }, ACTFN_OK, ACTFN_ERR_NOT_OFFERED },
        { "celu", { -1 }, ACTFN_OK, ACTFN_ERR_NOT_OFFERED },
        { "softplus", { 1, 19.9f }, ACTFN_OK, ACTFN_ERR_NOT_OFFERED },
        { "softplus", { 1, INFINITY }, ACTFN_OK, ACTFN_OK },
        { "shrink", { 0.5f, 0.6f }, ACTFN_OK, ACTFN_ERR_NOT_OFFERED },
        { "threshold", { 0, 1 }, ACTFN_OK, ACTFN_ERR_NOT_OFFERED },
        { "thresholded_relu", { -1 }, ACTFN_OK, ACTFN_ERR_NOT_OFFERED },
        { "squareplus", { 0 }, ACTFN_OK, ACTFN_ERR_NOT_OFFERED },
        { "scaled_tanh", { 0, 1 }, ACTFN_OK, ACTFN_ERR_NOT_OFFERED },
    };
    prepare();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const int op = (int)actfn_op_from_name(cases[i].name);
        struct subject s = { .op = (actfn_op)op, .param_count = actfn_op_info((actfn_op)op)->param_count };
        memcpy(s.params, cases[i].params, sizeof s.params);
        for (size_t n = 0; n <= N; n += N) {
            expect(cases[i].forward, "relation", &s, call(FORWARD, op, 0, s.params, n, x, dy, out));
            expect(cases[i].forward, "relation", &s, call(BACKWARD, op, 0, s.params, n, x, dy, out));
            expect(cases[i].from_output, "from output", &s, call(FROM_OUTPUT, op, 0, s.params, n, x, dy, out));
        }
    }
}
END_TEST

/* NULL stands for the defaults, if all parameters have one. */
START_TEST(parameters_left_out)
{
    for (struct subject s = { .op = (actfn_op)_i, .setting = -1 }; next_subject(&s) && s.setting == 0;) {
        float expected[N];
        prepare();
        for (int k = 0; k < s.param_count; k++)
            if (actfn_op_param(s.op, k)->flags & ACTFN_PARAM_REQUIRED)
                return;
        fill_canary(expected, expected + N);
        expect(ACTFN_OK, "defaults", &s, call(s.form, _i, 0, s.params, N, x, dy, expected));
        ck_assert_int_eq(call(s.form, _i, 0, NULL, N, x, dy, out), ACTFN_OK);
        ck_assert_uint_eq(first_difference(out, expected, N), N);
    }
}
END_TEST

/* ---- buffers --------------------------------------------------------------------------------------------------- */

/* With n = 0 the library looks at no buffer: buffers may overlap, or be no buffers at all. */
START_TEST(nothing_to_do)
{
    for (struct subject s = { .op = (actfn_op)_i, .setting = -1 }; next_subject(&s);) {
        prepare();
        ck_assert_int_eq(call(s.form, _i, 0, s.params, 0, out, out + 1, out), ACTFN_OK);
        const size_t written = s.form == PARAM_GRADIENT ? (size_t)s.param_count : 0;
        for (size_t k = 0; k < written; k++)
            ck_assert_uint_eq(bits_of(out[k]), 0);
        ck_assert(canary_intact(out + written, out + N));
        float *nowhere = (float *)(uintptr_t)64;
        if (s.form != PARAM_GRADIENT)
            ck_assert_int_eq(call(s.form, _i, 0, s.params, 0, nowhere, nowhere, nowhere), ACTFN_OK);
    }
}
END_TEST

Suite *arguments_suite(void)
{
    Suite *suite = suite_create("arguments");
    TCase *tcase = tcase_create("arguments");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, unknown_operations_and_modes);
    tcase_add_test(tcase, parameters_that_do_not_fit_together);
    for_elementwise(tcase, forms_that_are_not_offered);
    for_elementwise(tcase, parameters_at_the_ends);
    for_elementwise(tcase, parameters_left_out);
    for_elementwise(tcase, nothing_to_do);
    suite_add_tcase(suite, tcase);
    suite_add_tcase(suite, catalogue_tests());
    return suite;
}
