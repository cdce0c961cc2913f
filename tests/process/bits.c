/* SPDX-License-Identifier: MIT */
/*
 * bits CHOSEN [plain]: checks that a new process uses the instruction set CHOSEN ("any": any of them), by itself or because
 * of ACTFN_ISA, and computes the promised bits.  plain: only operations that do not call SLEEF.
 */
#include "work.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct library library = LINKED_LIBRARY;

int main(int argc, char **argv)
{
    const char *chosen = argc > 1 ? argv[1] : "any", *asked = getenv("ACTFN_ISA");
    const bool plain = argc > 2 && strcmp(argv[2], "plain") == 0;
    if (asked && strcmp(asked, chosen) == 0 && !library.isa_available(asked)) {
        printf("== %s: skipped: %s\n", asked, library.isa_reason(asked));
        return 77;
    }
    /* The name is read last, because the work must be the first use. */
    const uint64_t found = (plain ? plain_work : work)(&library, ACTFN_ACCURATE),
                   fast = (plain ? plain_work : work)(&library, ACTFN_FAST);
    const uint64_t promised = plain ? PLAIN_WORK_BITS : promised_bits();
    const char *name = library.isa_name();
    printf("%s, %s fused multiply-add: %#" PRIx64 ", in the fast mode %#" PRIx64 "\n", name,
           machine_has_fma() ? "with" : "without", found, fast);
    if (strcmp(chosen, "any") != 0 && strcmp(chosen, name) != 0) {
        printf("%s was chosen, not %s\n", name, chosen);
        return 1;
    }
    if (found != promised || fast == 0) {
        printf("%#" PRIx64 " was promised\n", promised);
        return 1;
    }
    return 0;
}
