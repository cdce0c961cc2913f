/* SPDX-License-Identifier: MIT */
/* The entries of the families that have the operation's name. */
#include "buffered_entries.h"

#include "suites.h"

/* ---- gates ------------------------------------------------------------------------------------------------------- */

/* Pasted: struct gates_<type>, named_gates_<type>[], describe_flat_gate_<type>, run_gate_<type> (run_gate_bf16). */
#define GATE_NAMES(name, type)                                                                                         \
    {                                                                                                                  \
        actfn_##name##_##type, actfn_##name##_backward_##type, actfn_##name##_packed_##type,                           \
            actfn_##name##_packed_backward_##type                                                                      \
    }
#define GATES_OF(type, element, floats)                                                                                \
    struct gates_##type {                                                                                              \
        actfn_status (*forward)(size_t n, const element *u, const element *v, element *y);                             \
        actfn_status (*backward)(size_t n, const element *u, const element *v, const element *dy, element *du,         \
                                 element *dv);                                                                         \
        actfn_status (*packed)(actfn_gate_layout layout, size_t rows, size_t width, const element *x, element *y);     \
        actfn_status (*packed_backward)(actfn_gate_layout layout, size_t rows, size_t width, const element *x,         \
                                        const element *dy, element *dx);                                               \
    };                                                                                                                 \
    static const struct gates_##type *gates_named_##type(const struct call *c);                                        \
    static void describe_flat_gate_##type(struct call *c)                                                              \
    {                                                                                                                  \
        const unsigned u = input(c, "u", floats, c->n), v = input(c, "v", floats, c->n);                               \
        output_of(c, "y", floats, c->n, u | v);                                                                        \
    }                                                                                                                  \
    static void describe_flat_gate_backward_##type(struct call *c)                                                     \
    {                                                                                                                  \
        const unsigned in = input(c, "u", floats, c->n) | input(c, "v", floats, c->n) | input(c, "dy", floats, c->n);  \
        output_of(c, "du", floats, c->n, in)->optional = true;                                                         \
        output_of(c, "dv", floats, c->n, in)->optional = true;                                                         \
    }                                                                                                                  \
    static actfn_status run_gate_##type(const struct call *c, const float *params, void *const *p)                     \
    {                                                                                                                  \
        (void)params;                                                                                                  \
        return gates_named_##type(c)->forward(c->n, p[0], p[1], p[2]);                                                 \
    }                                                                                                                  \
    static actfn_status run_gate_backward_##type(const struct call *c, const float *params, void *const *p)            \
    {                                                                                                                  \
        (void)params;                                                                                                  \
        return gates_named_##type(c)->backward(c->n, p[0], p[1], p[2], p[3], p[4]);                                    \
    }                                                                                                                  \
    static actfn_status run_packed_gate_##type(const struct call *c, const float *params, void *const *p)              \
    {                                                                                                                  \
        (void)params;                                                                                                  \
        return gates_named_##type(c)->packed(layout_of(c), c->outer, 2 * c->n, p[0], p[1]);                            \
    }                                                                                                                  \
    static actfn_status run_packed_gate_backward_##type(const struct call *c, const float *params, void *const *p)     \
    {                                                                                                                  \
        (void)params;                                                                                                  \
        return gates_named_##type(c)->packed_backward(layout_of(c), c->outer, 2 * c->n, p[0], p[1], p[2]);             \
    }
GATES_OF(f32, float, FLOATS)
GATES_OF(bf16, actfn_bf16, BF16)
GATES_OF(f16, actfn_f16, F16)

#define NO_NAMES(...)
#define IN_CHANNELS NO_NAMES
#define IN_RANDOM NO_NAMES
#define IN_ROWS NO_NAMES
#define IN_LOSSES NO_NAMES
#define FAMILY(kind, name, NAME, value, ...) IN_##kind(name, NAME)
#define IN_GATES(name, NAME) [ACTFN_##NAME] = GATE_NAMES(name, f32),
static const struct gates_f32 gates_f32[] = {
#include "catalogue/ops.def"
};
#undef IN_GATES
#define FAMILY(kind, name, NAME, value, ...) IN_##kind(name, NAME)
#define IN_GATES(name, NAME) [ACTFN_##NAME] = GATE_NAMES(name, bf16),
static const struct gates_bf16 gates_bf16[] = {
#include "catalogue/ops.def"
};
#undef IN_GATES
#define FAMILY(kind, name, NAME, value, ...) IN_##kind(name, NAME)
#define IN_GATES(name, NAME) [ACTFN_##NAME] = GATE_NAMES(name, f16),
static const struct gates_f16 gates_f16[] = {
#include "catalogue/ops.def"
};
#undef IN_GATES
#define IN_GATES NO_NAMES

static const struct gates_f32 *gates_named_f32(const struct call *c) { return &gates_f32[c->op]; }
static const struct gates_bf16 *gates_named_bf16(const struct call *c) { return &gates_bf16[c->op]; }
static const struct gates_f16 *gates_named_f16(const struct call *c) { return &gates_f16[c->op]; }

/* ---- rows -------------------------------------------------------------------------------------------------------- */

/*
 * Pasted: struct rows_<type>, run_rows_<type> (run_rows_bf16).  For _rows the shape has no inner axis, but the same number of
 * elements.
 */
#define ROW_NAMES(name, type)                                                                                          \
    {                                                                                                                  \
        actfn_##name##_##type, actfn_##name##_backward_##type, actfn_##name##_axis_##type,                             \
            actfn_##name##_axis_backward_##type                                                                        \
    }
#define ROWS_OF(type, element)                                                                                         \
    struct rows_##type {                                                                                               \
        actfn_status (*forward)(size_t rows, size_t n, const element *x, element *y);                                  \
        actfn_status (*backward)(size_t rows, size_t n, const element *x, const element *y, const element *dy,         \
                                 element *dx);                                                                         \
        actfn_status (*axis)(size_t outer, size_t n, size_t inner, const element *x, element *y);                      \
        actfn_status (*axis_backward)(size_t outer, size_t n, size_t inner, const element *x, const element *y,        \
                                      const element *dy, element *dx);                                                 \
    };                                                                                                                 \
    static const struct rows_##type *rows_named_##type(const struct call *c);                                          \
    static actfn_status run_rows_##type(const struct call *c, const float *params, void *const *p)                     \
    {                                                                                                                  \
        (void)params;                                                                                                  \
        return rows_named_##type(c)->forward(rows_of(c), c->n, p[0], p[1]);                                            \
    }                                                                                                                  \
    static actfn_status run_rows_backward_##type(const struct call *c, const float *params, void *const *p)            \
    {                                                                                                                  \
        (void)params;                                                                                                  \
        return rows_named_##type(c)->backward(rows_of(c), c->n, p[0], p[1], p[2], p[3]);                               \
    }                                                                                                                  \
    static actfn_status run_axis_##type(const struct call *c, const float *params, void *const *p)                     \
    {                                                                                                                  \
        (void)params;                                                                                                  \
        return rows_named_##type(c)->axis(c->outer, c->n, c->inner, p[0], p[1]);                                       \
    }                                                                                                                  \
    static actfn_status run_axis_backward_##type(const struct call *c, const float *params, void *const *p)            \
    {                                                                                                                  \
        (void)params;                                                                                                  \
        return rows_named_##type(c)->axis_backward(c->outer, c->n, c->inner, p[0], p[1], p[2], p[3]);                  \
    }
ROWS_OF(f32, float)
ROWS_OF(bf16, actfn_bf16)
ROWS_OF(f16, actfn_f16)

#undef IN_ROWS
#define FAMILY(kind, name, NAME, value, ...) IN_##kind(name, NAME)
#define IN_ROWS(name, NAME) [ACTFN_##NAME] = ROW_NAMES(name, f32),
static const struct rows_f32 rows_f32[] = {
#include "catalogue/ops.def"
};
#undef IN_ROWS
#define FAMILY(kind, name, NAME, value, ...) IN_##kind(name, NAME)
#define IN_ROWS(name, NAME) [ACTFN_##NAME] = ROW_NAMES(name, bf16),
static const struct rows_bf16 rows_bf16[] = {
#include "catalogue/ops.def"
};
#undef IN_ROWS
#define FAMILY(kind, name, NAME, value, ...) IN_##kind(name, NAME)
#define IN_ROWS(name, NAME) [ACTFN_##NAME] = ROW_NAMES(name, f16),
static const struct rows_f16 rows_f16[] = {
#include "catalogue/ops.def"
};

static const struct rows_f32 *rows_named_f32(const struct call *c) { return &rows_f32[c->op]; }
static const struct rows_bf16 *rows_named_bf16(const struct call *c) { return &rows_bf16[c->op]; }
static const struct rows_f16 *rows_named_f16(const struct call *c) { return &rows_f16[c->op]; }

/* ---- losses ------------------------------------------------------------------------------------------------------ */

#define LOSS_OF(type)                                                                                                  \
    static actfn_status run_loss_##type(const struct call *c, const float *params, void *const *p)                     \
    {                                                                                                                  \
        (void)params;                                                                                                  \
        return (c->op == ACTFN_SIGMOID_BCE ? actfn_sigmoid_bce_##type                                                  \
                                           : actfn_sigmoid_mse_##type)(c->n, p[0], p[1], p[2], 0.75f, p[3], p[4]);     \
    }
LOSS_OF(f32)
LOSS_OF(bf16)
LOSS_OF(f16)

/* ---- channels: one argument for each array of weights ---------------------------------------------------------------- */

/* Pasted: run_channels_<type> (run_channels_bf16), actfn_prelu_<type>. */
#define CHANNELS_OF(type)                                                                                              \
    static actfn_status run_channels_##type(const struct call *c, const float *params, void *const *p)                 \
    {                                                                                                                  \
        const size_t outer = c->outer, n = c->n, inner = c->inner;                                                     \
        (void)params;                                                                                                  \
        switch (c->op) {                                                                                               \
        case ACTFN_PRELU: return actfn_prelu_##type(outer, n, inner, p[0], p[1], p[2]);                                \
        case ACTFN_SRELU: return actfn_srelu_##type(outer, n, inner, p[0], p[1], p[2], p[3], p[4], p[5]);              \
        case ACTFN_APL: return actfn_apl_##type(outer, n, inner, APL_TERMS, p[0], p[1], p[2], p[3]);                   \
        default: return ACTFN_ERR_OP;                                                                                  \
        }                                                                                                              \
    }                                                                                                                  \
    static actfn_status run_channels_backward_##type(const struct call *c, const float *params, void *const *p)        \
    {                                                                                                                  \
        const size_t outer = c->outer, n = c->n, inner = c->inner;                                                     \
        (void)params;                                                                                                  \
        switch (c->op) {                                                                                               \
        case ACTFN_PRELU: return actfn_prelu_backward_##type(outer, n, inner, p[0], p[1], p[2], p[3], p[4]);           \
        case ACTFN_SRELU:                                                                                              \
            return actfn_srelu_backward_##type(outer, n, inner, p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8],  \
                                               p[9], p[10]);                                                           \
        case ACTFN_APL:                                                                                                \
            return actfn_apl_backward_##type(outer, n, inner, APL_TERMS, p[0], p[1], p[2], p[3], p[4], p[5], p[6]);    \
        default: return ACTFN_ERR_OP;                                                                                  \
        }                                                                                                              \
    }                                                                                                                  \
    static actfn_status run_channels_from_output_##type(const struct call *c, const float *params, void *const *p)     \
    {                                                                                                                  \
        (void)params;                                                                                                  \
        return actfn_prelu_backward_from_output_##type(c->outer, c->n, c->inner, p[0], p[1], p[2], p[3]);              \
    }
CHANNELS_OF(f32)
CHANNELS_OF(bf16)
CHANNELS_OF(f16)

/* ---- the table --------------------------------------------------------------------------------------------------- */

#define GATE_ENTRIES(type, traits)                                                                                     \
    { "_" #type, ACTFN_FAMILY_GATES, ANY_OP, FLAT, 1, 0, describe_flat_gate_##type, run_gate_##type, traits },         \
        { "_backward_" #type,                                                                                          \
          ACTFN_FAMILY_GATES,                                                                                          \
          ANY_OP,                                                                                                      \
          FLAT,                                                                                                        \
          1,                                                                                                           \
          0,                                                                                                           \
          describe_flat_gate_backward_##type,                                                                          \
          run_gate_backward_##type,                                                                                    \
          traits },                                                                                                    \
        { "_packed_" #type,       ACTFN_FAMILY_GATES, ANY_OP, GATED, GATE_LAYOUTS, 0, describe_packed_forward_##type,  \
          run_packed_gate_##type, PACKED | traits },                                                                   \
    {                                                                                                                  \
        "_packed_backward_" #type, ACTFN_FAMILY_GATES, ANY_OP, GATED, GATE_LAYOUTS, 0,                                 \
            describe_packed_backward_##type, run_packed_gate_backward_##type, PACKED | traits                          \
    }

#define ANY_ROWS ACTFN_FAMILY_ROWS, ANY_OP, TENSOR, 1, 0
#define ROW_ENTRIES(type, traits)                                                                                      \
    { "_" #type, ANY_ROWS, describe_rows_forward_##type, run_rows_##type, traits },                                    \
        { "_backward_" #type, ANY_ROWS, describe_rows_backward_##type, run_rows_backward_##type, traits },             \
        { "_axis_" #type, ANY_ROWS, describe_rows_forward_##type, run_axis_##type, traits },                           \
    {                                                                                                                  \
        "_axis_backward_" #type, ANY_ROWS, describe_rows_backward_##type, run_axis_backward_##type, traits             \
    }
#define LOSS_ENTRY(type, traits)                                                                                       \
    {                                                                                                                  \
        "_" #type, ACTFN_FAMILY_LOSSES, ANY_OP, FLAT, 1, 0, describe_loss_##type, run_loss_##type,                     \
            NOT_ENTROPY | traits                                                                                       \
    }
#define ANY_CHANNELS ACTFN_FAMILY_CHANNELS, ANY_OP, TENSOR, 1, 0
#define CHANNEL_ENTRIES(type, traits)                                                                                  \
    { "_" #type, ANY_CHANNELS, describe_channels_forward_##type, run_channels_##type, traits },                        \
        { "_backward_" #type, ANY_CHANNELS, describe_channels_backward_##type, run_channels_backward_##type, traits }, \
    {                                                                                                                  \
        "_backward_from_output_" #type, ACTFN_FAMILY_CHANNELS, ACTFN_PRELU, TENSOR, 1, 0,                              \
            describe_channels_from_output_##type, run_channels_from_output_##type, traits                              \
    }
enum { BY_NAME = NAMED | NO_PARAMS };

const struct entry named_entries[] = {
    CHANNEL_ENTRIES(f32, BY_NAME),
    CHANNEL_ENTRIES(bf16, BY_NAME | SIXTEEN_BITS),
    CHANNEL_ENTRIES(f16, BY_NAME | SIXTEEN_BITS),
    GATE_ENTRIES(f32, BY_NAME),
    GATE_ENTRIES(bf16, BY_NAME | SIXTEEN_BITS),
    GATE_ENTRIES(f16, BY_NAME | SIXTEEN_BITS),
    ROW_ENTRIES(f32, BY_NAME),
    ROW_ENTRIES(bf16, BY_NAME | SIXTEEN_BITS),
    ROW_ENTRIES(f16, BY_NAME | SIXTEEN_BITS),
    LOSS_ENTRY(f32, BY_NAME),
    LOSS_ENTRY(bf16, BY_NAME | SIXTEEN_BITS),
    LOSS_ENTRY(f16, BY_NAME | SIXTEEN_BITS),
};
const int named_entry_count = sizeof named_entries / sizeof named_entries[0];
