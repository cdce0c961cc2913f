/* SPDX-License-Identifier: MIT */
/*
 * copies COPY [LIBRARY]: two copies of the library in one process, each with a state of its own.  One is the file COPY.  The
 * other is LIBRARY; without LIBRARY, it is the library that the program is linked with, whose symbols come first.
 */
#include "work.h"

#include <dlfcn.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ISAS = 8 };
static int failed;

static void expect(bool holds, const char *what, const char *first, const char *second)
{
    if (!holds) {
        printf("FAILED: %s, with %s and %s\n", what, first, second);
        failed++;
    }
}

static bool load(const char *path, struct library *library)
{
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!handle)
        printf("%s\n", dlerror());
    return handle && find_entries(handle, library);
}

static bool runs(const struct library *library, const char *name)
{
    return strcmp(library->isa_name(), name) == 0 && strcmp(library->isa_reason(name), "in use") == 0;
}

int main(int argc, char **argv)
{
    struct library copies[2];
    const char *names[ISAS];
    uint64_t fast[ISAS];
    int count = 0;
    const uint64_t promised = promised_bits();
#if defined(LINKED)
    copies[0] = (struct library)LINKED_LIBRARY;
    if (argc != 2 || !load(argv[1], &copies[1]))
        return 2;
#else
    if (argc != 3 || !load(argv[2], &copies[0]) || !load(argv[1], &copies[1]))
        return 2;
#endif
    unsetenv("ACTFN_ISA");
    if (copies[0].forward_f32 == copies[1].forward_f32) {
        printf("FAILED: both are one\n");
        return 1;
    }
    for (const char *name; (name = copies[0].isa_at(count)); count++) {
        names[count] = name;
        fast[count] = copies[0].isa_select(name) == ACTFN_OK ? work(&copies[0], ACTFN_FAST) : 0;
    }
    for (int i = 0; i < count; i++)
        for (int k = 0; k < count; k++) {
            if (!fast[i] || !fast[k])
                continue;
            copies[0].isa_select(names[i]);
            copies[1].isa_select(names[k]);
            expect(runs(&copies[0], names[i]) && runs(&copies[1], names[k]), "one selected for the other", names[i],
                   names[k]);
            for (int c = 0; c < 2; c++) {
                expect(work(&copies[c], ACTFN_ACCURATE) == promised, "other bits", names[i], names[k]);
                expect(work(&copies[c], ACTFN_FAST) == fast[c ? k : i], "other bits in the fast mode", names[i],
                       names[k]);
            }
        }
    const size_t before = copies[1].streaming_threshold();
    copies[0].set_streaming_threshold(before + 4096);
    expect(copies[1].streaming_threshold() == before, "one threshold for both", "one", "another");
    printf("%d instruction sets in each copy, %d failures\n", count, failed);
    return failed != 0;
}
