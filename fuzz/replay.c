/* SPDX-License-Identifier: MIT */
/*
 * replay PATH...: runs the fuzz target over kept inputs, without libFuzzer, so that every compiler and machine can run it.  A
 * directory stands for the files in it.
 */
#include "bytes.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static int count;

static int replay_file(const char *path)
{
    static uint8_t data[1 << 20];
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        return 1;
    }
    const size_t size = fread(data, 1, sizeof data, file);
    const int bad = ferror(file) || fgetc(file) != EOF;
    fclose(file);
    if (bad) {
        fprintf(stderr, "%s: cannot be read, or is above %zu bytes\n", path, sizeof data);
        return 1;
    }
    /* A heap block of the exact size, so that sanitizers see a read beyond its end. */
    uint8_t *copy = malloc(size ? size : 1);
    if (!copy)
        return 1;
    memcpy(copy, data, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
    count++;
    return 0;
}

static int replay(const char *path)
{
    DIR *directory = opendir(path);
    if (!directory)
        return replay_file(path);
    int failed = 0;
    for (const struct dirent *entry; (entry = readdir(directory));) {
        char name[4096];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        failed |= replay_file(name);
    }
    closedir(directory);
    return failed;
}

int main(int argc, char **argv)
{
    int failed = 0;
    for (int i = 1; i < argc; i++)
        failed |= replay(argv[i]);
    printf("replayed %d inputs\n", count);
    return failed || count == 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
