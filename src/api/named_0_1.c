/* SPDX-License-Identifier: MIT */
/*
 * The functions by name as in version 0.1, in the accurate mode, for programs that were linked with that version.  Only the
 * shared library has these functions, under the node ACTFN_0.1, and no new program can link with them.
 */
#include "api/arguments.h"
#include "api/by_name.h"
#include "catalogue/params.h"

#ifdef __ELF__
/* The assembler makes the name with a version from another global name, which actfn.map does not export. */
#define NAMED_MODE ACTFN_ACCURATE
#define NAMED(function)                                                                                                \
    __asm__(".symver of_0_1_" #function ", " #function "@ACTFN_0.1");                                                  \
    __attribute__((visibility("default"))) actfn_status of_0_1_##function
#include "api/named.def"
#endif
