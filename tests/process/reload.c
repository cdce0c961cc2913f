/* SPDX-License-Identifier: MIT */
/*
 * reload LIBRARY: loads, uses and unloads the library a thousand times.  Each time the library must leave the process and,
 * when loaded again, choose the instruction set again.  After round 1000 the process is as large as after round 10.
 */
#include "work.h"

#include <dlfcn.h>
#include <dirent.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WARM = 10, ROUNDS = 1000 };

/* Sizes in which a leak would show. */
struct size {
    unsigned long pages; /* of address space */
    size_t mappings, heap, files;
};

static struct size measure(void)
{
    struct size s = { .heap = mallinfo2().uordblks };
    FILE *statm = fopen("/proc/self/statm", "r"), *maps = fopen("/proc/self/maps", "r");
    DIR *open_files = opendir("/proc/self/fd");
    if (!statm || !maps || !open_files || fscanf(statm, "%lu", &s.pages) != 1) {
        perror("/proc/self");
        exit(EXIT_FAILURE);
    }
    for (int c; (c = getc(maps)) != EOF;)
        s.mappings += c == '\n';
    while (readdir(open_files))
        s.files++;
    closedir(open_files);
    fclose(maps);
    fclose(statm);
    return s;
}

/* Every second round caps the choice, so a library that remembers the earlier choice would be wrong. */
static bool one_round(const char *path, int i)
{
    struct library library;
    const bool capped = i % 2;
    if (capped)
        setenv("ACTFN_ISA", "generic", 1);
    else
        unsetenv("ACTFN_ISA");
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
        printf("%s\n", dlerror());
        return false;
    }
    const uint64_t promised = promised_bits();
    if (!find_entries(handle, &library) || work(&library, ACTFN_ACCURATE) != promised) {
        printf("round %d: wrong results\n", i);
        return false;
    }
    int best = 0;
    while (!library.isa_available(library.isa_at(best)))
        best++;
    if (strcmp(library.isa_name(), capped ? "generic" : library.isa_at(best)) != 0) {
        printf("round %d: %s was chosen\n", i, library.isa_name());
        return false;
    }
    library.isa_select("generic");
    if (dlclose(handle) != 0 || dlopen(path, RTLD_NOW | RTLD_NOLOAD)) {
        printf("round %d: the library did not leave\n", i);
        return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    struct size warm = { 0 }, end;
    if (argc < 2)
        return 2;
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (int i = 1; i <= ROUNDS; i++) {
        if (!one_round(argv[1], i))
            return 1;
        /* Twice, because the allocator keeps the memory of the first time. */
        if (i == WARM - 1 || i == WARM)
            warm = measure();
    }
    end = measure();
    printf("after %d rounds %zu mappings, %lu pages, %zu bytes of heap, %zu files; after %d %zu, %lu, %zu, %zu\n", WARM,
           warm.mappings, warm.pages, warm.heap, warm.files, ROUNDS, end.mappings, end.pages, end.heap, end.files);
    return memcmp(&warm, &end, sizeof end) != 0;
}
