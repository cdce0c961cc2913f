/* SPDX-License-Identifier: MIT */
/* The catalogue: ops.def as data that can be asked at run time. */
#include "catalogue/registry.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* ---- parameters ---------------------------------------------------------------------------------------------- */

#define REQUIRED NAN

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
/* isnan is a call in some C libraries, and none may stand in what is initialised before any code runs. */
#define DEFAULT_FLAG(value) ((value) != (value) ? ACTFN_PARAM_REQUIRED : 0u)

#define P(op, param, value, range, grad) \
    { #param, value, RANGE_##range, NEEDS_##range | FLAG_##grad | DEFAULT_FLAG(value) | op##_param_flags },
#define PARAM_INFO(name, arity, flags, ...)                \
    IF_##arity(, enum { name##_param_flags = flags }; \
               static const struct actfn_param_info name##_param_info[] = { __VA_ARGS__ };)
#define OP(name, NAME, value, arity, body, ulp, ulp_grad, fast, fast_grad, from_output, grads, params, ...) \
    PARAM_INFO(name, arity, 0, params)
#define ARRAYS_CHANNELS ACTFN_PARAM_ARRAY
#define ARRAYS_RANDOM 0
#define ARRAYS_GATES 0
#define ARRAYS_ROWS 0
#define ARRAYS_LOSSES 0
#define FAMILY(kind, name, NAME, value, arity, ulp, ulp_grad, fast, fast_grad, flags, params, ...) \
    PARAM_INFO(name, arity, ARRAYS_##kind, params)
#include "catalogue/ops.def"

#define P(op, param, value, range, grad) value,
#define OP(name, NAME, value, arity, body, ulp, ulp_grad, fast, fast_grad, from_output, grads, params, ...) \
    IF_##arity(, static const float name##_defaults[] = { params };)
#define FAMILY(kind, name, NAME, value, arity, ulp, ulp_grad, fast, fast_grad, flags, params, ...) \
    IF_##arity(, static const float name##_defaults[] = { params };)
#include "catalogue/ops.def"

/* Relations are written in ops.def as expressions in the parameters' names. */
#define LEGAL(function, name, params, expression) \
    static bool function(const float *floats)      \
    {                                              \
        struct name##_params p;                    \
        memcpy(&p, floats, sizeof p);              \
        params return expression;                  \
    }
#define P(op, param, value, range, grad) \
    const float param = p.param;         \
    (void)param;
#define OP(name, NAME, value, arity, body, ulp, ulp_grad, fast, fast_grad, from_output, grads, params, legal, \
           from_output_legal, ...) \
    IF_##arity(, LEGAL(name##_legal, name, params, legal)                                                     \
                     LEGAL(name##_from_output_legal, name, params, from_output_legal))
#define FAMILY(kind, name, NAME, value, arity, ulp, ulp_grad, fast, fast_grad, flags, params, legal, \
               from_output_legal, ...) \
    IF_##arity(, LEGAL(name##_legal, name, params, legal)                                             \
                     LEGAL(name##_from_output_legal, name, params, from_output_legal))
#include "catalogue/ops.def"

/* ---- rows ---------------------------------------------------------------------------------------------------- */

#define FORM_FROM_Y ACTFN_OP_FROM_OUTPUT
#define FORM_NO_Y 0u
#define FORM_GRADS ACTFN_OP_PARAM_GRADIENT
#define FORM_NO_GRADS 0u
/* A condition that always holds is written 1. */
#define CONDITION(expression) (sizeof #expression == sizeof "1" ? "" : #expression)

#define ROW(family_, name_, value, arity, ulp, ulp_grad, fast, fast_grad, flags_, legal_, from_output_legal_, \
            aliases_, formula_, derivative_, \
            derivative_y, note_)                                                                                     \
    { .info = { .op = (actfn_op)(value),                                                                             \
                .name = #name_,                                                                                      \
                .aliases = aliases_,                                                                                 \
                .formula = formula_,                                                                                 \
                .derivative = derivative_,                                                                           \
                .derivative_from_output = derivative_y,                                                              \
                .note = note_,                                                                                       \
                .legal = CONDITION(legal_),                                                                          \
                .from_output_legal = CONDITION(from_output_legal_),                                                  \
                .ulp_forward = ulp,                                                                                  \
                .ulp_backward = ulp_grad,                                                                            \
                .ulp_forward_fast = fast,                                                                            \
                .ulp_backward_fast = fast_grad,                                                                      \
                .param_count = arity,                                                                                \
                .flags = flags_,                                                                                     \
                .family = ACTFN_FAMILY_##family_ },                                                                  \
      .params = IF_##arity(NULL, name_##_param_info),                                                                \
      .defaults = IF_##arity(NULL, name_##_defaults),                                                                \
      .legal = IF_##arity(NULL, name_##_legal),                                                                      \
      .from_output_legal = IF_##arity(NULL, name_##_from_output_legal) },

#define OP(name, NAME, value, arity, body, ulp, ulp_grad, fast, fast_grad, from_output, grads, params, ...) \
    ROW(ELEMENTWISE, name, value, arity, ulp, ulp_grad, fast, fast_grad, FORM_##from_output | FORM_##grads, __VA_ARGS__)
#define FAMILY(kind, name, NAME, value, arity, ulp, ulp_grad, fast, fast_grad, flags, params, ...) \
    ROW(kind, name, value, arity, ulp, ulp_grad, fast, fast_grad, flags, __VA_ARGS__)
const struct op_row actfn_op_rows[] = {
#include "catalogue/ops.def"
};

bool actfn_params_legal(const struct op_row *row, const float *params)
{
    for (int k = 0; k < row->info.param_count; k++) {
        const struct actfn_param_info *info = &row->params[k];
        if (!(params[k] >= info->minimum && params[k] <= info->maximum))
            return false;
        if ((info->flags & ACTFN_PARAM_NONZERO) && params[k] == 0)
            return false;
    }
    return !row->legal || row->legal(params);
}

/* ---- public ---------------------------------------------------------------------------------------------------- */

int actfn_op_count(void)
{
    return OP_COUNT;
}

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
    const struct op_row *row = actfn_op_row(op);
    return row ? &row->info : NULL;
}

const struct actfn_param_info *actfn_op_param(actfn_op op, int index)
{
    const struct op_row *row = actfn_op_row(op);
    return row && index >= 0 && index < row->info.param_count ? &row->params[index] : NULL;
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
            if (strcmp(actfn_op_rows[op].info.name, name) == 0 || listed(actfn_op_rows[op].info.aliases, name))
                return (actfn_op)op;
    }
    return ACTFN_OP_NONE;
}
