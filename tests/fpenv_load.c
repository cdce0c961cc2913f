/* SPDX-License-Identifier: MIT */
/*
 * fpenv_load LIBRARY: loads, calls and closes the shared library, and checks that the floating-point environment and errno
 * keep their values.  The startup code of a link with -ffast-math would set FTZ and DAZ.
 */
#include "fp_environment.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

enum { ODD_ERRNO = 12321 };

typedef int named_function(size_t n, const float *x, float *y);

static int failures;

static void expect(struct environment wanted, const char *after)
{
    const int error = errno;
    const struct environment e = get_environment();
    set_environment((struct environment) { NO_TRAPS, 0, 0x37f });
    if (e.control != wanted.control || e.flags != wanted.flags || e.x87 != wanted.x87) {
        printf("after %s: control %#llx, flags %#llx, x87 %#x instead of %#llx, %#llx, %#x\n", after,
               (unsigned long long)e.control, (unsigned long long)e.flags, (unsigned)e.x87,
               (unsigned long long)wanted.control, (unsigned long long)wanted.flags, (unsigned)wanted.x87);
        failures++;
    }
    if (error != ODD_ERRNO) {
        printf("after %s: errno is %d\n", after, error);
        failures++;
    }
    errno = ODD_ERRNO;
    set_environment(wanted);
}

static void quit(const char *what)
{
    printf("%s\n", what);
    exit(EXIT_FAILURE);
}

static void load(const char *path, struct environment e)
{
    float x[] = { -1.0f, 2.0f, 3.0f }, y[3];
    errno = ODD_ERRNO;
    set_environment(e);
    void *const library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library)
        quit(dlerror());
    expect(e, "dlopen");
    named_function *const gelu = (named_function *)(size_t)dlsym(library, "actfn_gelu_f32");
    if (!gelu)
        quit(dlerror());
    expect(e, "dlsym");
    const int status = gelu(3, x, y); /* the first call also chooses the kernels */
    expect(e, "the first call");
    if (status != 0)
        quit("actfn_gelu_f32 fails");
    if (dlclose(library) != 0)
        quit(dlerror());
    expect(e, "dlclose");
    if (dlopen(path, RTLD_NOW | RTLD_NOLOAD))
        quit("the library stays loaded");
}

int main(int argc, char **argv)
{
    const struct environment start = get_environment();
    if (argc != 2) {
        fprintf(stderr, "usage: fpenv_load LIBRARY\n");
        return EXIT_FAILURE;
    }
    if (start.control != NO_TRAPS || start.flags != 0 || (HAS_X87 && start.x87 != 0x37f)) {
        printf("main begins with control %#llx, flags %#llx, x87 %#x\n", (unsigned long long)start.control,
               (unsigned long long)start.flags, (unsigned)start.x87);
        failures++;
    }
    for (int i = 0; i < 4 * ROUNDINGS; i++) {
        struct environment e = start;
        e.control = (uint64_t)(i % ROUNDINGS) << ROUNDING_SHIFT | (i & 4 ? FLUSH : 0) | NO_TRAPS;
        e.flags = i & 8 ? FLAGS : 0;
        e.x87 = (uint16_t)(HAS_X87 ? 0x07f | (i % 4) << 10 : start.x87);
        load(argv[1], e);
    }
    return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
