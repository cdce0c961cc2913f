/* SPDX-License-Identifier: MIT */
/* The definitions in doubles, made from the column DOUBLE of the list, and the functions that call them. */
#include "catalogue/definitions.h"
#include "math/doubles.h"
#include "math/sixteen.h"

/* Pasted: <op>_definition (elu_definition), EXPRESSION_DOUBLE. */
#define EXPRESSION_DOUBLE(...) __VA_ARGS__
#define EXPRESSION_CANCELS EXPRESSION_DOUBLE
#define P(op, param, value, range, grad)                                                                               \
    const double param = (double)p.param;                                                                              \
    (void)param;
#define OP(name, NAME, value, arity, body, from_output, grads, params, definition, ...)                                \
    static double name##_definition(double x, const float *floats)                                                     \
    {                                                                                                                  \
        IF_##arity((void)floats, struct name##_params p; memcpy(&p, floats, sizeof p));                                \
        params return EXPRESSION_##definition;                                                                         \
    }
#include "catalogue/ops.def"

static double (*const definitions[OP_COUNT])(double x, const float *params) = {
#define OP(name, NAME, ...) [RECORD_##NAME] = name##_definition,
#include "catalogue/ops.def"
};

uint16_t actfn_definition_bf16(actfn_op op, const float *params, float x)
{
    return bf16_of_double(definitions[(int)op]((double)x, params));
}

uint16_t actfn_definition_f16(actfn_op op, const float *params, float x)
{
    return f16_of_double(definitions[(int)op]((double)x, params));
}
