/* SPDX-License-Identifier: MIT */
/*
 * isa_list CHOSEN NAME...: checks that the library has these instruction sets and no other, best first, and that the library
 * chose CHOSEN ("any": any of them).  Prints for each set why it is in use or not, so that a log says what the machine could
 * test.
 */
#include <actfn.h>

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    int failed = 0, count = 0, listed = argc - 2;
    const char *isa;
    if (argc < 2)
        return 2;
    for (; (isa = actfn_isa_at(count)); count++) {
        int expected = count < listed && strcmp(isa, argv[count + 2]) == 0;
        printf("%s: %s%s\n", isa, actfn_isa_reason(isa), expected ? "" : " (not in the list of the tests)");
        failed |= !expected;
    }
    if (count != listed) {
        printf("%d instruction sets in the library, %d in the list of the tests\n", count, listed);
        failed = 1;
    }
    if (strcmp(argv[1], "any") != 0 && strcmp(argv[1], actfn_isa_name()) != 0) {
        printf("%s was chosen, not %s\n", actfn_isa_name(), argv[1]);
        failed = 1;
    }
    return failed;
}
