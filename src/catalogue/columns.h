/* SPDX-License-Identifier: MIT */
/*
 * Makes a use of OP or FAMILY, which the file that includes the list has defined, from each record of ops.def.
 * This header derives the number of parameters and the like from the columns.  A wrapper in the position of another one
 * pastes a name that is no macro, and does not compile.
 * Pasted: COLUMNS_<what>_<column>, with NONE, PARAMS, NO_Y, FROM_Y for the column (COLUMNS_ARITY_PARAMS), COLUMNS_P_<arity>.
 */
#ifndef ACTFN_COLUMNS_H
#define ACTFN_COLUMNS_H

#define ELEMENTWISE(name, NAME, value, body, ulp, fast, params, legal, definition, aliases, formula, derivative,       \
                    from_y, note)                                                                                      \
    COLUMNS_OP(name, NAME, value, COLUMNS_ARITY_##params, body, COLUMNS_FORM_##from_y, COLUMNS_GRADS_##params,         \
               (name, COLUMNS_LIST_##params), definition, ulp, fast, legal, aliases, formula, derivative, from_y,      \
               note)
#define COLUMNS_OP(name, NAME, value, arity, body, from_output, grads, list, ...)                                      \
    OP(name, NAME, value, arity, body, from_output, grads, COLUMNS_JOIN(COLUMNS_P_, arity) list, __VA_ARGS__)

#define CHANNELS(...) COLUMNS_RECORD(CHANNELS, __VA_ARGS__)
#define RANDOM(...) COLUMNS_RECORD(RANDOM, __VA_ARGS__)
#define GATES(...) COLUMNS_RECORD(GATES, __VA_ARGS__)
#define ROWS(...) COLUMNS_RECORD(ROWS, __VA_ARGS__)
#define LOSSES(...) COLUMNS_RECORD(LOSSES, __VA_ARGS__)
#define COLUMNS_RECORD(kind, name, NAME, value, flags, ulp, fast, params, legal, aliases, formula, derivative, from_y, \
                       note)                                                                                           \
    COLUMNS_FAMILY(kind, name, NAME, value, COLUMNS_ARITY_##params, (name, COLUMNS_LIST_##params),                     \
                   COLUMNS_FORM_##from_y, COLUMNS_GRADS_##params, flags, ulp, fast, legal, aliases, formula,           \
                   derivative, from_y, note)
#define COLUMNS_FAMILY(kind, name, NAME, value, arity, list, ...)                                                      \
    FAMILY(kind, name, NAME, value, arity, COLUMNS_JOIN(COLUMNS_P_, arity) list, __VA_ARGS__)

/* ---- parameters: NONE, or PARAMS of tuples in parentheses, whose commas do not count ------------------------------ */

#define COLUMNS_LIST_NONE
#define COLUMNS_LIST_PARAMS(...) __VA_ARGS__

#define COLUMNS_ARITY_NONE 0
#define COLUMNS_ARITY_PARAMS(...) COLUMNS_FIFTH(__VA_ARGS__, 4, 3, 2, 1, )
#define COLUMNS_FIFTH(a, b, c, d, fifth, ...) fifth

/* A P for each parameter. */
#define COLUMNS_P_0(op, none)
#define COLUMNS_P_1(op, a) COLUMNS_P(op, COLUMNS_BARE a)
#define COLUMNS_P_2(op, a, b) COLUMNS_P_1(op, a) COLUMNS_P_1(op, b)
#define COLUMNS_P_3(op, a, b, c) COLUMNS_P_2(op, a, b) COLUMNS_P_1(op, c)
#define COLUMNS_P_4(op, a, b, c, d) COLUMNS_P_3(op, a, b, c) COLUMNS_P_1(op, d)
#define COLUMNS_P(...) P(__VA_ARGS__)
#define COLUMNS_BARE(...) __VA_ARGS__

/* GRADS if any parameter has a gradient.  A record with fewer than four parameters is filled up with parameters without
 * a gradient. */
#define COLUMNS_GRADS_NONE NO_GRADS
#define COLUMNS_GRADS_PARAMS(...) COLUMNS_ANY(__VA_ARGS__, (, , , NO_GRAD), (, , , NO_GRAD), (, , , NO_GRAD), )
#define COLUMNS_ANY(a, b, c, d, ...)                                                                                   \
    COLUMNS_JOIN(COLUMNS_OR(COLUMNS_OR(COLUMNS_GRAD a, COLUMNS_GRAD b), COLUMNS_OR(COLUMNS_GRAD c, COLUMNS_GRAD d)), S)
#define COLUMNS_GRAD(param, value, range, grad) grad
#define COLUMNS_OR(a, b) COLUMNS_OR_(a, b)
#define COLUMNS_OR_(a, b) COLUMNS_##a##_OR_##b
#define COLUMNS_GRAD_OR_GRAD GRAD
#define COLUMNS_GRAD_OR_NO_GRAD GRAD
#define COLUMNS_NO_GRAD_OR_GRAD GRAD
#define COLUMNS_NO_GRAD_OR_NO_GRAD NO_GRAD
#define COLUMNS_JOIN(a, b) COLUMNS_JOIN_(a, b)
#define COLUMNS_JOIN_(a, b) a##b

/* ---- the derivative from the output ------------------------------------------------------------------------------- */

#define COLUMNS_FORM_NO_Y NO_Y
#define COLUMNS_FORM_FROM_Y(condition, text) FROM_Y

#endif
