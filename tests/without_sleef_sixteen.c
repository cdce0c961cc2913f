/* SPDX-License-Identifier: MIT */
/*
 * A library without SLEEF, in the 16-bit types: their suite, in the fast mode.  One instruction set is enough: all of them ask the
 * same object for what floats leave in doubt.
 */
#include "suites.h"

#include <stdlib.h>

const char *test_isa, *test_run = "without SLEEF";
actfn_mode test_mode = ACTFN_FAST;

int main(void)
{
    test_isa = actfn_isa_name();
    SRunner *runner = srunner_create(sixteen_suite());
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
