/* SPDX-License-Identifier: MIT */
/*
 * The parameters of each operation as a struct, made from the list: struct elu_params { float alpha; };
 * A caller's `const float *params` holds the same floats in the same order.  In the channels family, the struct holds the
 * parameters of one channel.
 */
#ifndef ACTFN_PARAMS_H
#define ACTFN_PARAMS_H

#include <actfn.h>
#include <math.h>

/* IF_<arity>(otherwise, text) is `text` if the operation has parameters, and `otherwise` if it has none. */
#define IF_0(otherwise, ...) otherwise
#define IF_1(otherwise, ...) __VA_ARGS__
#define IF_2(otherwise, ...) __VA_ARGS__
#define IF_3(otherwise, ...) __VA_ARGS__
#define IF_4(otherwise, ...) __VA_ARGS__

/* Pasted: struct <op>_params (elu_params), for each operation that has parameters. */
#define P(op, param, ...) float param;
#define STRUCT(name, members)                                                                                          \
    struct name##_params {                                                                                             \
        members                                                                                                        \
    };
#define OP(name, NAME, value, arity, body, from_output, grads, params, ...) IF_##arity(, STRUCT(name, params))
#define FAMILY(kind, name, NAME, value, arity, params, ...) IF_##arity(, STRUCT(name, params))
#include "catalogue/ops.def"

/* The index of each operation's record in the list, for arrays by operation, and the number of records.  Pasted:
 * RECORD_<OP> (RECORD_ELU). */
enum {
#define OP(name, NAME, ...) RECORD_##NAME,
#define FAMILY(kind, name, NAME, ...) RECORD_##NAME,
#include "catalogue/ops.def"
    OP_COUNT
};

#endif
