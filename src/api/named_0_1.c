/* SPDX-License-Identifier: MIT */
/*
 * The functions by name as 0.1 had them, in the accurate mode, for programs that were linked with it: the shared library alone
 * has them, under the node ACTFN_0.1, and nobody can link with them anew.
 */
#include "api/arguments.h"
#include "api/by_name.h"
#include "catalogue/params.h"

#ifdef __ELF__
/* The assembler's name for such a version needs a global one, which actfn.map does not export. */
#define NAMED_MODE ACTFN_ACCURATE
#define NAMED(function)                                                                                                \
    __asm__(".symver of_0_1_" #function ", " #function "@ACTFN_0.1");                                                  \
    __attribute__((visibility("default"))) actfn_status of_0_1_##function
#include "api/named.def"
#endif
