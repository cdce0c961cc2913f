/* SPDX-License-Identifier: MIT */
/*
 * The programs here compute a hash of a library's results, to see whether the library works.  They know the library by the
 * addresses of its functions, because the library may be linked, loaded by name, or loaded twice.
 */
#ifndef ACTFN_TEST_WORK_H
#define ACTFN_TEST_WORK_H

#include <actfn.h>
#include <stdbool.h>
#include <stdint.h>

#define LIBRARY_ENTRIES(X)                                                                                             \
    X(isa_name)                                                                                                        \
    X(isa_at)                                                                                                          \
    X(isa_available)                                                                                                   \
    X(isa_reason)                                                                                                      \
    X(isa_select)                                                                                                      \
    X(streaming_threshold)                                                                                             \
    X(set_streaming_threshold)                                                                                         \
    X(gelu_f32)                                                                                                        \
    X(forward_f32)                                                                                                     \
    X(backward_f32)                                                                                                    \
    X(rows_forward_f32)                                                                                                \
    X(gates_packed_forward_f32)                                                                                        \
    X(channels_forward_f32)                                                                                            \
    X(rrelu_f32)                                                                                                       \
    X(softmax_cross_entropy_f32)

struct library {
#define MEMBER(name) __typeof__(&actfn_##name) name;
    LIBRARY_ENTRIES(MEMBER)
#undef MEMBER
};

/* Makes the initializer of a struct library, in a program that is linked with the library. */
#define ADDRESS(name) actfn_##name,
#define LINKED_LIBRARY                                                                                                 \
    {                                                                                                                  \
        LIBRARY_ENTRIES(ADDRESS)                                                                                       \
    }

/* Finds all entries of a loaded library.  False, with a message, if the library lacks one. */
bool find_entries(void *handle, struct library *library);

/* One call of every family; 0 if a call was refused.  plain_work makes only the calls that do not call SLEEF. */
uint64_t work(const struct library *library, actfn_mode mode);
uint64_t plain_work(const struct library *library, actfn_mode mode);

/*
 * The hashes of the accurate mode on every instruction set of a machine with fused multiply-add, and without.  The plain
 * calls have the same bits on both.  The hashes change if the bits of a formula change; process_bits prints what it found.
 */
#define WORK_BITS UINT64_C(0x1cb1932641b01655)
#define WORK_BITS_WITHOUT_FMA UINT64_C(0xbabb6e41b39db994)
#define PLAIN_WORK_BITS UINT64_C(0x69cb06fc353ce3e4)

/* Whether this machine has fused multiply-add (the library is not asked), and the expected result of work() here. */
bool machine_has_fma(void);
uint64_t promised_bits(void);

#endif
