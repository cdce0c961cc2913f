/* SPDX-License-Identifier: MIT */
/*
 * No kernel computes with subnormal numbers unless its inputs have some.  On many CPUs each instruction that reads or makes a
 * subnormal number takes some 150 cycles, and the tail of a function gives many such results.  MXCSR tells: the suite clears
 * the flags "denormal operand" and "underflow" before a kernel runs, and expects them clear afterwards.  ("Underflow" means
 * that a result is tiny and inexact.)  The suite runs every kernel of every family in each mode, on data without a subnormal
 * number, whatever the results are.
 *
 *     CK_RUN_SUITE=assists ACTFN_ASSISTS=softmax build/release/tests/actfn_tests avx512 fast
 *
 * prints all faults of one operation, also those that the list below permits.
 */
#include "suite_assists.h"
#include "suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- exceptions ---------------------------------------------------------------------------------------------------- */

enum { ACCURATE = 1 << ACTFN_ACCURATE, QUICK = 1 << ACTFN_FAST, BOTH = ACCURATE | QUICK };

/* An operation, a part of the entry's name, modes, and data (as bits) for which nothing is checked.  0 stands for all. */
struct exception {
    const char *op, *entry;
    unsigned modes, data;
    const char *why;
};
enum { HUGE_ONES = 1 << FAR | 1 << MASKED_MAX };

static const char powers[] = "SLEEF's powf, and the function's own powers",
                  circles[] = "SLEEF's sinf and cosf reduce a huge argument; 1 / x of it is subnormal",
                  inverses[] = "1 / x, and powers of it, of a huge x",
                  terms[] = "the sum reads a term that is subnormal";

static const struct exception exceptions[] = {
    { "pow", "forward", ACCURATE, 0, powers },
    { "pow", "backward", ACCURATE, 0, powers },
    { "pow", "backward", QUICK, HUGE_ONES, inverses },
    { "sinusoid", "", BOTH, HUGE_ONES, circles },
    { "sinc", "", BOTH, HUGE_ONES, circles },
    { "isru", "", BOTH, HUGE_ONES, inverses },
    { "isrlu", "", BOTH, HUGE_ONES, inverses },
    { "soft_exponential", "", BOTH, HUGE_ONES, inverses },
    { "squareplus", "", BOTH, HUGE_ONES | 1 << MASKED_INFINITE | 1 << CAUSAL | 1 << INFINITE, inverses },
    { "celu", "param_gradient", BOTH, 0, terms },
    { "softplus", "param_gradient", BOTH, 0, terms },
    { "swish", "param_gradient", BOTH, 0, terms },
    { "scaled_tanh", "param_gradient", BOTH, 0, terms },
    { "gumbel_softmax", "gumbel_softmax_f32", BOTH, 0, "the hard form compares shares, which costs nothing" },
    { "softmin", "backward", ACCURATE, 1 << ODD_DY, "what rounding leaves off a share times 2^-60" },
};

static bool is_excepted(const struct call *c, enum data data)
{
    const char *name = actfn_op_info(c->op)->name;
    for (size_t i = 0; i < sizeof exceptions / sizeof exceptions[0]; i++) {
        const struct exception *e = &exceptions[i];
        if (e->modes >> test_mode & 1 && strcmp(e->op, name) == 0 && strstr(call_entry(c), e->entry) &&
            (e->data == 0 || e->data >> data & 1))
            return true;
    }
    return false;
}

/* ---- calls --------------------------------------------------------------------------------------------------------- */

struct shape {
    size_t outer, n, inner;
};
static const struct shape
    flat[] = { { 1, 1, 1 }, { 1, 7, 1 }, { 1, 16, 1 }, { 1, 37, 1 }, { 1, 259, 1 }, { 1, 2000, 1 } },
    gated[] = { { 1, 5, 1 }, { 1, 67, 1 }, { 3, 41, 1 }, { 2, 300, 1 } },
    tensor[] = { { 1, 1, 9 },   { 1, 5, 1 },   { 9, 37, 1 },  { 2, 37, 5 }, { 2, 700, 1 }, { 1, 40, 33 }, { 64, 8, 1 },
                 { 100, 3, 1 }, { 30, 32, 1 }, { 1, 300, 5 }, { 2, 9, 64 }, { 7, 64, 2 },  { 1, 1000, 1 } };

static const struct shape *shapes_of(const struct call *c, size_t *count)
{
    switch (c->entry->kind) {
    case FLAT: *count = sizeof flat / sizeof flat[0]; return flat;
    case GATED: *count = sizeof gated / sizeof gated[0]; return gated;
    default: *count = sizeof tensor / sizeof tensor[0]; return tensor;
    }
}

/* The flags that the kernels of one call raise, over all shapes and all choices of missing buffers. */
static unsigned raised_by(struct call *c, enum data data)
{
    static _Alignas(64) char buffers[MAX_BUFFERS][MAX_BYTES];
    void *p[MAX_BUFFERS];
    size_t count;
    const struct shape *shapes = shapes_of(c, &count);
    unsigned raised = 0;
    for (int k = 0; k < MAX_BUFFERS; k++)
        p[k] = buffers[k];
    for (size_t s = 0; s < count; s++) {
        call_in_shape(c, shapes[s].outer, shapes[s].n, shapes[s].inner);
        fill_data(c, data, p);
        take_raised();
        do {
            const bool defaults = c->param_count && !is_present(c, 0);
            if (!defaults)
                ck_assert_int_eq(buffered_call_run(c, p), ACTFN_OK);
        } while (next_missing(c));
        raised |= take_raised();
    }
    return raised;
}

static const char *settings_of(const struct call *c)
{
    static char text[100];
    int at = 0;
    for (int k = 0; k < c->param_count; k++)
        at += snprintf(text + at, sizeof text - (size_t)at, "%s%g", k ? ", " : "(", (double)c->params[k]);
    snprintf(text + at, sizeof text - (size_t)at, "%s", c->param_count ? ")" : "");
    return text;
}

/* The number of kinds of data that raise a flag.  Prints each. */
static int failures_of(struct call *c, const char *only)
{
    int failures = 0;
    for (int data = 0; data < DATA_COUNT; data++) {
        if (!only && is_excepted(c, (enum data)data))
            continue;
        const unsigned raised = raised_by(c, (enum data)data);
        if (raised && failures++ == 0)
            printf("%s: %s: %s%s:", test_run, call_entry(c), actfn_op_info(c->op)->name, settings_of(c));
        if (raised)
            printf("%s %s (%s%s%s)", failures > 1 ? "," : "", data_names[data], raised & DENORMAL ? "DE" : "",
                   raised == (DENORMAL | UNDERFLOW) ? " " : "", raised & UNDERFLOW ? "UE" : "");
    }
    if (failures)
        printf("\n");
    fflush(stdout);
    return failures;
}

/* ---- the test ------------------------------------------------------------------------------------------------------ */

START_TEST(no_subnormals)
{
    const char *only = getenv("ACTFN_ASSISTS");
    struct call c = { 0 };
    int failures = 0;
    watch_kernels();
    while (next_call(_i, &c)) {
        /* Left out: entries whose kernels other entries call too, and 16 bits, whose floats the watched kernels compute. */
        if (c.entry->traits & (NAMED | IS_KERNEL | SIXTEEN_BITS))
            break;
        if (only && strcmp(only, actfn_op_info(c.op)->name) != 0 && strcmp(only, "all") != 0)
            continue;
        for (int setting = 0; call_setting(&c, setting); setting++)
            failures += failures_of(&c, only);
    }
    watch_no_more();
    ck_assert_msg(failures == 0, "%s: subnormal numbers in %d kinds of calls, printed above", test_run, failures);
}
END_TEST

Suite *assists_suite(void)
{
    Suite *suite = suite_create("assists");
    TCase *tcase = tcase_create("assists");
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, no_subnormals, 0, call_entry_count());
    suite_add_tcase(suite, tcase);
    return suite;
}
