/* SPDX-License-Identifier: MIT */
/*
 * The suite of the 16-bit types with a library without SLEEF, in the fast mode.  One instruction set is enough, because all of
 * them call the same object for results that floats leave in doubt.
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
