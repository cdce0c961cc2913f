/* SPDX-License-Identifier: MIT */
/*
 * The parameters of each operation as a struct, made from the list: struct elu_params { float alpha; };
 * A caller's `const float *params` is the same floats in the same order.  (Of the channels family it is one channel's.)
 */
#ifndef ACTFN_PARAMS_H
#define ACTFN_PARAMS_H

#include <actfn.h>
#include <math.h>

/* IF_<arity>(otherwise, ...): the rest where the operation has parameters. */
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

/* The rows as they stand in the list, for what is indexed by operation, and their count.  Pasted: ROW_<OP> (ROW_ELU). */
enum {
#define OP(name, NAME, ...) ROW_##NAME,
#define FAMILY(kind, name, NAME, ...) ROW_##NAME,
#include "catalogue/ops.def"
    OP_COUNT
};

#endif
