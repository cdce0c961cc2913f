/* SPDX-License-Identifier: MIT */
/*
 * Runs every suite: those that exercise kernels once for each instruction set, the others once.
 *     actfn_tests [ISA | once]...      only these; without arguments, all
 * An instruction set that this machine lacks is skipped by name.
 */
#include "suites.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *test_isa;

typedef Suite *suite_maker(void);
static suite_maker *const per_isa[] = { words_suite,  golden_suite, special_suite, ulp_suite,
                                        memory_suite, bits_suite,   nan_suite,     fpenv_suite,
                                        random_suite, losses_suite,
                                        channels_suite, gates_suite,
                                        rows_suite,   rows_special_suite, rows_bits_suite, rows_arguments_suite,
                                        maxout_suite, cross_entropy_suite, cross_entropy_calls_suite, family_bits_suite };
static suite_maker *const once[] = { oracle_suite, arguments_suite, dispatch_suite };

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

static bool wanted(const char *name, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], name) == 0)
            return true;
    return argc == 1;
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
        test_isa = isa;
        failed += run(isa, per_isa, sizeof per_isa / sizeof per_isa[0]);
    }
    actfn_isa_select(NULL);
    if (wanted("once", argc, argv))
        failed += run("once", once, sizeof once / sizeof once[0]);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
