/* SPDX-License-Identifier: MIT */
/*
 * Runs every suite.  A suite that exercises kernels runs for each instruction set and in each mode, the others run once.
 *     actfn_tests [ISA | once]... [accurate | fast]      only these; without arguments, all
 * An instruction set that this machine lacks is skipped by name.
 */
#include "suites.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *test_isa = "once", *test_run = "once";
actfn_mode test_mode;

typedef Suite *suite_maker(void);
/* The first three suites do not run in the fast mode. */
static suite_maker *const per_isa[] = { words_suite,         family_bits_suite,   sixteen_suite,
                                        golden_suite,        special_suite,       ulp_suite,
                                        memory_suite,        bits_suite,          nan_suite,
                                        lanes_suite,         fpenv_suite,         streaming_suite,
                                        memory_calls_suite,  bits_calls_suite,    random_suite,
                                        gumbel_suite,        losses_suite,        channels_suite,
                                        channels_sums_suite, gates_suite,         gates_rows_suite,
                                        rows_suite,          rows_special_suite,  rows_bits_suite,
                                        maxout_suite,        cross_entropy_suite, cross_entropy_calls_suite,
#ifdef __x86_64__
                                        assists_suite
#endif
};
enum { ACCURATE_ONLY = 3, PER_ISA = sizeof per_isa / sizeof per_isa[0] };
static suite_maker *const once[] = { oracle_suite,   arguments_suite, bad_input_suite,
                                     dispatch_suite, named_suite,     part_suite };

static const char *const modes[] = { [ACTFN_ACCURATE] = "accurate", [ACTFN_FAST] = "fast" };
enum { MODES = sizeof modes / sizeof modes[0] };

static int run(const char *title, suite_maker *const *makers, size_t count)
{
    printf("== %s\n", title);
    fflush(stdout);
    SRunner *runner = srunner_create(makers[0]());
    for (size_t i = 1; i < count; i++)
        srunner_add_suite(runner, makers[i]());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    fflush(stdout);
    return failed;
}

static bool is_mode(const char *name) { return strcmp(name, modes[0]) == 0 || strcmp(name, modes[1]) == 0; }

/* Whether the arguments ask for `name`: they contain the name, or no other name of its kind. */
static bool wanted(const char *name, int argc, char **argv)
{
    bool others = false;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], name) == 0)
            return true;
        others = others || is_mode(argv[i]) == is_mode(name);
    }
    return !others;
}

static int run_isa(const char *isa, int argc, char **argv)
{
    static char text[80];
    int failed = 0;
    test_isa = isa;
    test_run = text;
    for (int mode = 0; mode < MODES; mode++) {
        const size_t first = mode == ACTFN_ACCURATE ? 0 : ACCURATE_ONLY;
        if (!wanted(modes[mode], argc, argv))
            continue;
        test_mode = (actfn_mode)mode;
        snprintf(text, sizeof text, "%s %s", isa, modes[mode]);
        failed += run(text, per_isa + first, PER_ISA - first);
    }
    test_mode = ACTFN_ACCURATE;
    return failed;
}

int main(int argc, char **argv)
{
    int failed = 0;
    const char *isa;
    for (int i = 0; (isa = actfn_isa_at(i)); i++) {
        if (!wanted(isa, argc, argv))
            continue;
        if (!actfn_isa_available(isa)) {
            printf("== %s: skipped: %s\n", isa, actfn_isa_reason(isa));
            continue;
        }
        if (actfn_isa_select(isa) != ACTFN_OK || strcmp(actfn_isa_name(), isa) != 0) {
            printf("== %s: could not be selected\n", isa);
            failed++;
            continue;
        }
        failed += run_isa(isa, argc, argv);
    }
    actfn_isa_select(NULL);
    if (wanted("once", argc, argv))
        failed += run("once", once, sizeof once / sizeof once[0]);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
