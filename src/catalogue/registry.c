/* SPDX-License-Identifier: MIT */
/* The catalogue: ops.def as data at run time. */
#include "catalogue/registry.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* ---- parameters ---------------------------------------------------------------------------------------------- */

#define REQUIRED NAN

/* Pasted: RANGE_<range>, NEEDS_<range>, FLAG_<gradient>, ARRAYS_<kind> (RANGE_FINITE, FLAG_GRAD, ARRAYS_ROWS). */
#define RANGE_FINITE -FLT_MAX, FLT_MAX
#define RANGE_NONZERO -FLT_MAX, FLT_MAX
#define RANGE_POSITIVE FLT_TRUE_MIN, FLT_MAX
#define RANGE_NONNEGATIVE 0.0f, FLT_MAX
#define RANGE_NONPOSITIVE -FLT_MAX, 0.0f
#define RANGE_UNIT 0.0f, 1.0f
#define RANGE_BOUND -INFINITY, INFINITY

#define NEEDS_FINITE 0u
#define NEEDS_NONZERO ACTFN_PARAM_NONZERO
#define NEEDS_POSITIVE 0u
#define NEEDS_NONNEGATIVE 0u
#define NEEDS_NONPOSITIVE 0u
#define NEEDS_UNIT 0u
#define NEEDS_BOUND 0u

#define FLAG_GRAD ACTFN_PARAM_GRADIENT
#define FLAG_NO_GRAD 0u
/* isnan is a function call in some C libraries, and a static initialiser may not contain a call. */
#define DEFAULT_FLAG(value) ((value) != (value) ? ACTFN_PARAM_REQUIRED : 0u)

/* Pasted: <op>_param_info, <op>_param_flags (elu_param_info, elu_param_flags). */
#define P(op, param, value, range, grad)                                                                               \
    { #param, value, RANGE_##range, NEEDS_##range | FLAG_##grad | DEFAULT_FLAG(value) | op##_param_flags },
#define PARAM_INFO(name, arity, flags, ...)                                                                            \
    IF_##arity(, enum { name##_param_flags = flags };                                                                  \
               static const struct actfn_param_info name##_param_info[] = { __VA_ARGS__ };)
#define OP(name, NAME, value, arity, body, from_output, grads, params, ...) PARAM_INFO(name, arity, 0, params)
#define ARRAYS_CHANNELS ACTFN_PARAM_ARRAY
#define ARRAYS_RANDOM 0
#define ARRAYS_GATES 0
#define ARRAYS_ROWS 0
#define ARRAYS_LOSSES 0
#define FAMILY(kind, name, NAME, value, arity, params, ...) PARAM_INFO(name, arity, ARRAYS_##kind, params)
#include "catalogue/ops.def"

/* Pasted: <op>_defaults (elu_defaults). */
#define P(op, param, value, range, grad) value,
#define DEFAULTS(name, arity, ...) IF_##arity(, static const float name##_defaults[] = { __VA_ARGS__ };)
#define OP(name, NAME, value, arity, body, from_output, grads, params, ...) DEFAULTS(name, arity, params)
#define FAMILY(kind, name, NAME, value, arity, params, ...) DEFAULTS(name, arity, params)
#include "catalogue/ops.def"

/* Relations are written in ops.def as expressions in the parameters' names.
 * Pasted: EXPRESSION_<column> (EXPRESSION_LEGAL). */
#define EXPRESSION_LEGAL(expression) expression
#define EXPRESSION_FROM_Y(expression, text) expression
#define EXPRESSION_NO_Y 1

/* Pasted: <op>_legal, <op>_from_output_legal (elu_legal, elu_from_output_legal). */
#define P(op, param, value, range, grad)                                                                               \
    const float param = p.param;                                                                                       \
    (void)param;
#define RELATION(function, name, params, expression)                                                                   \
    static bool function(const float *floats)                                                                          \
    {                                                                                                                  \
        struct name##_params p;                                                                                        \
        memcpy(&p, floats, sizeof p);                                                                                  \
        params return expression;                                                                                      \
    }
#define RELATIONS(name, params, legal, from_y)                                                                         \
    RELATION(name##_legal, name, params, EXPRESSION_##legal)                                                           \
    RELATION(name##_from_output_legal, name, params, EXPRESSION_##from_y)
#define OP(name, NAME, value, arity, body, from_output, grads, params, definition, ulp, fast, legal, aliases, formula, \
           derivative, from_y, note)                                                                                   \
    IF_##arity(, RELATIONS(name, params, legal, from_y))
#define FAMILY(kind, name, NAME, value, arity, params, from_output, grads, flags, ulp, fast, legal, aliases, formula,  \
               derivative, from_y, note)                                                                               \
    IF_##arity(, RELATIONS(name, params, legal, from_y))
#include "catalogue/ops.def"

/* ---- records ------------------------------------------------------------------------------------------------- */

/* Pasted: FORM_<from_output>, FORM_<grads> (FORM_FROM_Y, FORM_NO_GRADS). */
#define FORM_FROM_Y ACTFN_OP_FROM_OUTPUT
#define FORM_NO_Y 0u
#define FORM_GRADS ACTFN_OP_PARAM_GRADIENT
#define FORM_NO_GRADS 0u
/* A condition that always holds is written 1. */
#define CONDITION(expression) (sizeof #expression == sizeof "1" ? "" : #expression)

/* The fields that a column sets.  Pasted: .IN_<expected column>_<column> (.IN_ULP_ULP).  In a record with two columns
 * interchanged, the pasted name (.IN_ULP_FAST) is no macro and no field, so the record does not compile. */
#define IN_FLAGS_FLAGS(bits) (bits)
#define IN_ULP_ULP(f, df) ulp_forward = (f), .ulp_backward = (df)
#define IN_FAST_FAST(f, df) ulp_forward_fast = (f), .ulp_backward_fast = (df)
#define IN_LEGAL_LEGAL(expression) legal = CONDITION(expression)
#define IN_FROM_Y_FROM_Y(expression, text) from_output_legal = CONDITION(expression), .derivative_from_output = (text)
#define IN_FROM_Y_NO_Y from_output_legal = "", .derivative_from_output = ""
#define IN_ALIASES_ALIASES(text) aliases = (text)
#define IN_FORMULA_FORMULA(text) formula = (text)
#define IN_DERIVATIVE_DERIVATIVE(text) derivative = (text)
#define IN_NOTE_NOTE(text) note = (text)

/* This file only checks that the definition in doubles stands in its place; catalogue/definitions.c has the functions. */
#define IN_DOUBLE_DOUBLE(...) 1
#define IN_DOUBLE_CANCELS(...) 1
#define OP(name, NAME, value, arity, body, from_output, grads, params, definition, ...)                                \
    _Static_assert(IN_DOUBLE_##definition, "");
#include "catalogue/ops.def"

#define RECORD(family_, name_, value, arity, flags_, ulp, fast, legal_, aliases, formula, derivative, from_y, note)    \
    { .info = { .op = (actfn_op)(value),                                                                               \
                .name = #name_,                                                                                        \
                .param_count = arity,                                                                                  \
                .flags = flags_,                                                                                       \
                .family = ACTFN_FAMILY_##family_,                                                                      \
                .IN_ULP_##ulp,                                                                                         \
                .IN_FAST_##fast,                                                                                       \
                .IN_LEGAL_##legal_,                                                                                    \
                .IN_ALIASES_##aliases,                                                                                 \
                .IN_FORMULA_##formula,                                                                                 \
                .IN_DERIVATIVE_##derivative,                                                                           \
                .IN_FROM_Y_##from_y,                                                                                   \
                .IN_NOTE_##note },                                                                                     \
      .params = IF_##arity(NULL, name_##_param_info),                                                                  \
      .defaults = IF_##arity(NULL, name_##_defaults),                                                                  \
      .legal = IF_##arity(NULL, name_##_legal),                                                                        \
      .from_output_legal = IF_##arity(NULL, name_##_from_output_legal) },

#define OP(name, NAME, value, arity, body, from_output, grads, params, definition, ...)                                \
    RECORD(ELEMENTWISE, name, value, arity, FORM_##from_output | FORM_##grads, __VA_ARGS__)
#define FAMILY(kind, name, NAME, value, arity, params, from_output, grads, flags, ...)                                 \
    RECORD(kind, name, value, arity, FORM_##from_output | FORM_##grads | IN_FLAGS_##flags, __VA_ARGS__)
const struct op_record actfn_op_records[] = {
#include "catalogue/ops.def"
};

bool actfn_params_legal(const struct op_record *record, const float *params)
{
    for (int k = 0; k < record->info.param_count; k++) {
        const struct actfn_param_info *info = &record->params[k];
        if (!(params[k] >= info->minimum && params[k] <= info->maximum))
            return false;
        if ((info->flags & ACTFN_PARAM_NONZERO) && params[k] == 0)
            return false;
    }
    return !record->legal || record->legal(params);
}

/* ---- public ---------------------------------------------------------------------------------------------------- */

int actfn_op_count(void) { return OP_COUNT; }

const char *actfn_family_name(actfn_family family)
{
    switch (family) {
    case ACTFN_FAMILY_ELEMENTWISE: return "elementwise";
    case ACTFN_FAMILY_CHANNELS: return "channels";
    case ACTFN_FAMILY_RANDOM: return "random";
    case ACTFN_FAMILY_GATES: return "gates";
    case ACTFN_FAMILY_ROWS: return "rows";
    case ACTFN_FAMILY_LOSSES: return "losses";
    }
    return NULL;
}

const struct actfn_op_info *actfn_op_info(actfn_op op)
{
    const struct op_record *record = actfn_op_record(op);
    return record ? &record->info : NULL;
}

const struct actfn_param_info *actfn_op_param(actfn_op op, int index)
{
    const struct op_record *record = actfn_op_record(op);
    return record && index >= 0 && index < record->info.param_count ? &record->params[index] : NULL;
}

/* Whether the comma-separated list holds the name. */
static bool listed(const char *list, const char *name)
{
    size_t length = strlen(name);
    while (*list) {
        size_t part = strcspn(list, ",");
        if (part == length && memcmp(list, name, part) == 0)
            return true;
        list += part + (list[part] == ',');
    }
    return false;
}

actfn_op actfn_op_from_name(const char *name)
{
    if (name) {
        for (int op = 0; op < OP_COUNT; op++)
            if (strcmp(actfn_op_records[op].info.name, name) == 0 || listed(actfn_op_records[op].info.aliases, name))
                return (actfn_op)op;
    }
    return ACTFN_OP_NONE;
}
