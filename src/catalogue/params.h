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

#define STRUCT(name, arity, members) \
    struct name##_params {           \
        members                      \
    };                               \
    _Static_assert(sizeof(struct name##_params) == (arity) * sizeof(float), #name ": the arity is not the parameters'");

#define P(op, param, ...) float param;
#define OP(name, NAME, value, arity, body, ulp, ulp_grad, fast, fast_grad, from_output, grads, params, ...) \
    IF_##arity(, STRUCT(name, arity, params))
#define FAMILY(kind, name, NAME, value, arity, ulp, ulp_grad, fast, fast_grad, flags, params, ...) \
    IF_##arity(, STRUCT(name, arity, params))
#include "catalogue/ops.def"

/* What a row says of its parameters' gradients, and what the parameters say. */
#define HAS_GRADS 1
#define HAS_NO_GRADS 0
#define HAS_GRAD 1
#define HAS_NO_GRAD 0
#define P(op, param, value, range, grad) | HAS_##grad
#define OP(name, NAME, value, arity, body, ulp, ulp_grad, fast, fast_grad, from_output, grads, params, ...) \
    IF_##arity(, _Static_assert((0 params) == HAS_##grads, #name ": grads disagrees with its parameters");)
#include "catalogue/ops.def"

/* The rows as they stand in the list, for what is indexed by operation, and their count. */
enum {
#define OP(name, NAME, ...) ROW_##NAME,
#define FAMILY(kind, name, NAME, ...) ROW_##NAME,
#include "catalogue/ops.def"
    OP_COUNT
};

#endif
