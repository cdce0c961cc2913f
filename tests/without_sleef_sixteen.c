/* SPDX-License-Identifier: MIT */
/*
 * A library without SLEEF, in the 16-bit types: their suite on every instruction set of this machine, in the fast mode.  The C
 * library's functions, which settle what floats leave in doubt there, write errno if they are asked for too much.
 */
#include "oracle.h"
#include "sixteen.h"
#include "suites.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *test_isa, *test_run;
actfn_mode test_mode = ACTFN_FAST;

static int writes_errno(actfn_op op)
{
    static uint16_t x[ALL_SIXTEEN], y[ALL_SIXTEEN];
    int written = 0;
    for (unsigned i = 0; i < ALL_SIXTEEN; i++)
        x[i] = (uint16_t)i;
    for (int s = 0; s < oracle_setting_count(op); s++)
        for (int k = 0; k < SIXTEEN_TYPES; k++) {
            float params[ACTFN_MAX_PARAMS];
            double exact[ACTFN_MAX_PARAMS];
            oracle_setting(op, s, params, exact);
            errno = 0;
            const actfn_status status = sixteen_types[k].forward(op, test_mode, params, ALL_SIXTEEN, x, y);
            if (status == ACTFN_OK && errno == 0)
                continue;
            printf("FAILED: %s: %s(%s) of %s: %s, errno %d\n", test_isa, actfn_op_info(op)->name,
                   oracle_setting_text(op, params), sixteen_types[k].name, actfn_status_string(status), errno);
            written++;
        }
    return written;
}

int main(void)
{
    int failed = 0;
    for (int i = 0; (test_isa = actfn_isa_at(i)); i++) {
        if (actfn_isa_select(test_isa) != ACTFN_OK)
            continue;
        test_run = test_isa;
        printf("== %s\n", test_isa);
        /* Without optimisation the generic kernels themselves call the C library's square root. */
        for (int op = 0; op < actfn_op_count() && strcmp(test_isa, "generic") != 0; op++)
            if (is_elementwise(op))
                failed += writes_errno((actfn_op)op);
        fflush(stdout);
        SRunner *runner = srunner_create(sixteen_suite());
        srunner_run_all(runner, CK_ENV);
        failed += srunner_ntests_failed(runner);
        srunner_free(runner);
    }
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
