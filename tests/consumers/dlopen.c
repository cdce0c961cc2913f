/* SPDX-License-Identifier: MIT */
/* dlopen FILE: a program that knows only the file name of the library, as foreign-function interfaces do. */
#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>

typedef int relu(size_t n, const float *x, float *y);

int main(int argc, char **argv)
{
    void *library = argc > 1 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    if (!library) {
        printf("%s\n", dlerror());
        return 1;
    }
    relu *actfn_relu_f32 = (relu *)dlsym(library, "actfn_relu_f32");
    float x[2] = { -3.0f, 3.0f };
    if (!actfn_relu_f32 || actfn_relu_f32(2, x, x) != 0 || x[0] != 0.0f || x[1] != 3.0f)
        return 2;
    /* The library must be unloadable: it started nothing that would run later. */
    return dlclose(library) == 0 ? 0 : 3;
}
