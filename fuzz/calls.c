/* SPDX-License-Identifier: MIT */
/* The answers that actfn.h promises: written from the header, not from the entries. */
#include "calls.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_MAXOUT = 1 << 24 };

static const struct entry_row *row_of(const struct call *c) { return &entry_rows[c->entry]; }

actfn_op call_op(const struct call *c) { return row_of(c)->op == ACTFN_OP_NONE ? (actfn_op)c->op : row_of(c)->op; }

/* ---- sizes ------------------------------------------------------------------------------------------------------ */

static bool product(size_t a, size_t b, size_t *result) { return !__builtin_mul_overflow(a, b, result); }

/* The number of elements is 0 if any size is 0, however large the others are. */
static bool element_count(const struct call *c, size_t *count)
{
    *count = 0;
    if (c->outer == 0 || c->n == 0 || c->inner == 0)
        return true;
    return product(c->outer, c->n, count) && product(*count, c->inner, count);
}

static bool reduces(actfn_op op)
{
    const struct actfn_op_info *info = actfn_op_info(op);
    return info && (info->flags & ACTFN_OP_REDUCES);
}

/* An empty row has a logsumexp and a loss, which are sums of no terms. */
static bool empty_rows_have_results(const struct call *c)
{
    const actfn_op op = call_op(c);
    const bool sum = c->entry == ENTRY_ROWS_FORWARD && (op == ACTFN_LOGSUMEXP || op == ACTFN_LOGMEANEXP);
    return c->n == 0 && (sum || c->entry == ENTRY_CROSS_ENTROPY || c->entry == ENTRY_CROSS_ENTROPY_DENSE);
}

static bool extent_count(const struct call *c, enum extent extent, size_t *count)
{
    const struct actfn_op_info *info = actfn_op_info(call_op(c));
    const bool fits = element_count(c, count);
    switch (extent) {
    case PARAMS: *count = info ? (size_t)info->param_count : 0; return true;
    case ROWS:
    case RESULTS:
        if (extent == RESULTS && !reduces(call_op(c)))
            return fits;
        if (fits && *count == 0 && !empty_rows_have_results(c))
            return true;
        return product(c->outer, c->inner, count);
    case HALVES: *count /= 2; return fits;
    default: return fits;
    }
}

/* ---- buffers ---------------------------------------------------------------------------------------------------- */

bool is_output(enum slot slot) { return slot == OUT0 || slot == OUT1 || slot >= GRADIENTS; }

bool has_slot(const struct call *c, enum slot slot)
{
    const struct actfn_op_info *info = actfn_op_info(call_op(c));
    if (slot < WEIGHTS) {
        if (c->entry == ENTRY_ROWS_BACKWARD && info && (slot == IN0 || slot == IN1))
            return info->flags & (slot == IN0 ? ACTFN_OP_READS_X : ACTFN_OP_READS_Y);
        return row_of(c)->slots[slot].extent != NO_BUFFER;
    }
    const int k = (int)slot - (slot < GRADIENTS ? WEIGHTS : GRADIENTS);
    const unsigned needs = slot < GRADIENTS ? HAS_WEIGHTS : HAS_DWEIGHTS;
    return (row_of(c)->has & needs) && info && k < info->param_count;
}

bool is_optional(const struct call *c, enum slot slot)
{
    if (c->entry == ENTRY_PARAM_GRADIENT && slot == OUT0)
        return c->n == 0;
    return slot < WEIGHTS ? row_of(c)->slots[slot].optional : slot >= GRADIENTS;
}

const char *slot_name(const struct call *c, enum slot slot)
{
    static const char *const weights[] = { "weights[0]",  "weights[1]",  "weights[2]",  "weights[3]",
                                           "dweights[0]", "dweights[1]", "dweights[2]", "dweights[3]" };
    return slot < WEIGHTS ? row_of(c)->slots[slot].name : weights[slot - WEIGHTS];
}

size_t span_bytes(const struct span *s)
{
    return s->n == 0 || s->rows == 0 ? 0 : ((s->rows - 1) * s->stride + s->n) * s->size;
}

static bool fits(const struct span *s)
{
    size_t before, bytes;
    if (!product(s->rows - 1, s->stride, &before) || __builtin_add_overflow(before, s->n, &before))
        return false;
    return product(before, s->size, &bytes) && (uintptr_t)s->p <= UINTPTR_MAX - bytes;
}

struct span span_of(const struct call *c, enum slot slot)
{
    struct span s = { c->at[slot], 1, 0, 0, sizeof(float), has_slot(c, slot), is_output(slot), true };
    bool counted;
    if ((slot >= GRADIENTS && c->no_dweights) || (slot >= WEIGHTS && slot < GRADIENTS && c->no_weights))
        s.p = NULL;
    if (!s.there || !s.p)
        return s;
    if (slot >= WEIGHTS) {
        counted = product(c->terms, c->n, &s.n);
    } else if (row_of(c)->slots[slot].extent == STRIDED) {
        counted = true;
        s.rows = c->outer;
        s.n = c->outer == 0 ? 0 : c->n;
        s.stride = c->outer == 1 ? 0 : c->stride[slot];
        if (s.n == 0)
            s.rows = 1;
    } else {
        counted = extent_count(c, row_of(c)->slots[slot].extent, &s.n);
        s.size = row_of(c)->slots[slot].size;
    }
    s.fits = counted && fits(&s);
    return s;
}

bool spans_apart(const struct span *a, const struct span *b)
{
    const size_t m = span_bytes(a), n = span_bytes(b);
    return m == 0 || n == 0 || a->p + m <= b->p || b->p + n <= a->p;
}

/* Whether two halves of packed rows have no element in common: rows with one stride. */
static bool interleave(const struct span *a, const struct span *b)
{
    if (a->rows < 2 || a->stride != b->stride)
        return false;
    const size_t stride = a->stride * a->size, row = a->n * a->size;
    const uintptr_t low = (uintptr_t)(a->p < b->p ? a->p : b->p), high = (uintptr_t)(a->p < b->p ? b->p : a->p);
    const size_t phase = (high - low) % stride;
    return phase >= row && phase + row <= stride;
}

static bool identical(const struct span *a, const struct span *b)
{
    return a->p == b->p && a->n == b->n && a->rows == b->rows && a->stride == b->stride && a->size == b->size;
}

/* For packed rows: `half` may lie beside the halves of `whole`.  With a single row it may also be one of them. */
static bool beside_halves(const struct call *c, const struct span *whole, const struct span *half)
{
    if (spans_apart(whole, half))
        return true;
    const char *middle = whole->p + half->n * half->size;
    return c->outer == 1 && (half->p == whole->p || half->p == middle);
}

static bool pair_is_legal(const struct call *c, enum slot out, enum slot other)
{
    const struct span a = span_of(c, out), b = span_of(c, other);
    if (!a.there || !b.there || !a.p || !b.p || !a.fits || !b.fits)
        return true;
    if (c->entry == ENTRY_PACKED_FORWARD)
        return beside_halves(c, &b, &a);
    if (c->entry == ENTRY_PACKED_BACKWARD && other == IN1)
        return beside_halves(c, &a, &b);
    if (spans_apart(&a, &b))
        return true;
    const bool may = out < WEIGHTS && other < WEIGHTS && (row_of(c)->slots[out].same >> other & 1);
    return (may && identical(&a, &b)) || ((row_of(c)->has & HAS_STRIDES) && interleave(&a, &b));
}

static bool buffers_overlap(const struct call *c)
{
    for (int out = 0; out < SLOTS; out++)
        for (int other = 0; is_output((enum slot)out) && other < SLOTS; other++)
            if ((!is_output((enum slot)other) || other < out) && !pair_is_legal(c, (enum slot)out, (enum slot)other))
                return true;
    if (c->entry == ENTRY_PARAM_GRADIENT && c->params && c->at[OUT0]) {
        struct span params = span_of(c, OUT0), gradients = params;
        params.p = (const char *)c->params;
        return gradients.fits && !spans_apart(&params, &gradients);
    }
    return false;
}

/* ---- values ----------------------------------------------------------------------------------------------------- */

static double value_of(actfn_op op, const char *word, size_t length, const float *params)
{
    const struct actfn_param_info *info;
    for (int k = 0; (info = actfn_op_param(op, k)); k++)
        if (strlen(info->name) == length && memcmp(info->name, word, length) == 0)
            return (double)params[k];
    return strtod(word, NULL);
}

bool relation_holds(actfn_op op, const char *relation, const float *params)
{
    if (!*relation)
        return true;
    const size_t first = strcspn(relation, " ");
    const char *sign = relation + first + 1, *second = sign + strcspn(sign, " ") + 1;
    const double a = value_of(op, relation, first, params), b = value_of(op, second, strlen(second), params);
    if (sign[0] == '!')
        return a != b;
    if (sign[1] == '=' && a == b)
        return true;
    return sign[0] == '<' ? a < b : a > b;
}

static bool in_range(const struct actfn_param_info *info, float value)
{
    return value >= info->minimum && value <= info->maximum && !((info->flags & ACTFN_PARAM_NONZERO) && value == 0);
}

static unsigned param_errors(const struct call *c, const struct actfn_op_info *info)
{
    float values[ACTFN_MAX_PARAMS];
    for (int k = 0; k < info->param_count; k++) {
        const struct actfn_param_info *param = actfn_op_param(info->op, k);
        if (!c->params && (param->flags & ACTFN_PARAM_REQUIRED))
            return status_bit(ACTFN_ERR_NULL);
        values[k] = c->params ? c->params[k] : param->default_value;
    }
    for (int k = 0; k < info->param_count; k++)
        if (!in_range(actfn_op_param(info->op, k), values[k]))
            return status_bit(ACTFN_ERR_PARAM);
    if (!relation_holds(info->op, info->legal, values))
        return status_bit(ACTFN_ERR_PARAM);
    const bool from_output = c->entry == ENTRY_FROM_OUTPUT || c->entry == ENTRY_RRELU_FROM_OUTPUT;
    return from_output && !relation_holds(info->op, info->from_output_legal, values) ? status_bit(ACTFN_ERR_NOT_OFFERED)
                                                                                     : 0;
}

/* The library checks the given weights, also if there is no element. */
static unsigned weight_errors(const struct call *c, const struct actfn_op_info *info, size_t elements)
{
    unsigned errors = 0;
    for (int k = 0; k < info->param_count; k++) {
        const struct span s = span_of(c, (enum slot)(WEIGHTS + k));
        if (!s.p && elements)
            errors |= status_bit(ACTFN_ERR_NULL);
        for (size_t i = 0; s.p && s.fits && i < s.n; i++) {
            const float value = ((const float *)(const void *)s.p)[i];
            if (!in_range(actfn_op_param(info->op, k), value))
                errors |= status_bit(ACTFN_ERR_PARAM);
            else if (c->entry == ENTRY_CHANNELS_FROM_OUTPUT &&
                     !relation_holds(info->op, info->from_output_legal, &value))
                errors |= status_bit(ACTFN_ERR_NOT_OFFERED);
        }
    }
    return errors;
}

static bool indices_are_legal(const struct call *c)
{
    const enum slot slot = c->entry == ENTRY_CROSS_ENTROPY ? IN1 : IN0;
    const struct span s = span_of(c, slot);
    for (size_t i = 0; s.p && s.fits && i < s.n; i++) {
        const int64_t index = s.size == sizeof(int64_t) ? ((const int64_t *)(const void *)s.p)[i]
                                                        : ((const int32_t *)(const void *)s.p)[i];
        const bool ignored = c->entry == ENTRY_CROSS_ENTROPY && index == c->ignore_index;
        if (!ignored && (index < 0 || (uint64_t)index >= c->n))
            return false;
    }
    return true;
}

/* ---- all of it -------------------------------------------------------------------------------------------------- */

static bool offered(const struct call *c, const struct actfn_op_info *info)
{
    switch (c->entry) {
    case ENTRY_FROM_OUTPUT:
    case ENTRY_CHANNELS_FROM_OUTPUT: return info->flags & ACTFN_OP_FROM_OUTPUT;
    case ENTRY_PARAM_GRADIENT: return info->flags & ACTFN_OP_PARAM_GRADIENT;
    case ENTRY_LOSS: return info->op != ACTFN_SOFTMAX_CROSS_ENTROPY;
    default: return true;
    }
}

static bool shape_is_legal(const struct call *c)
{
    const unsigned has = row_of(c)->has;
    if ((has & HAS_LAYOUT) && (c->n % 2 || (c->layout != ACTFN_GATE_FIRST && c->layout != ACTFN_GATE_LAST)))
        return false;
    if ((has & HAS_WEIGHTS) && (c->terms == 0 || (c->terms != 1 && call_op(c) != ACTFN_APL)))
        return false;
    for (int slot = 0; (has & HAS_STRIDES) && c->outer > 1 && slot <= OUT1; slot++)
        if (has_slot(c, (enum slot)slot) && (c->at[slot] || !is_optional(c, (enum slot)slot)) && c->stride[slot] < c->n)
            return false;
    return true;
}

/* Sizes that are too large although the number of elements fits: of weights, or of rows without elements. */
static bool others_too_large(const struct call *c)
{
    size_t count;
    if (row_of(c)->has & HAS_WEIGHTS)
        return !product(c->terms, c->n, &count);
    if (!(row_of(c)->has & HAS_INNER) || c->entry == ENTRY_GUMBEL || c->entry == ENTRY_GUMBEL_BACKWARD)
        return false;
    return !product(c->outer, c->inner, &count) || count > SIZE_MAX / sizeof(int64_t);
}

struct promise promise_of(const struct call *c)
{
    const struct entry_row *row = row_of(c);
    const struct actfn_op_info *info = actfn_op_info(call_op(c));
    struct promise promise = { 0, false };
    if ((row->has & HAS_MODE) && c->mode != ACTFN_ACCURATE && c->mode != ACTFN_FAST)
        promise.errors |= status_bit(ACTFN_ERR_MODE);
    if (!info || info->family != row->family) {
        promise.errors |= status_bit(info ? ACTFN_ERR_NOT_OFFERED : ACTFN_ERR_OP);
        return promise;
    }
    if (!offered(c, info))
        promise.errors |= status_bit(ACTFN_ERR_NOT_OFFERED);
    if (row->has & HAS_PARAMS)
        promise.errors |= param_errors(c, info);
    if ((row->has & HAS_SCALE) && !isfinite(c->scale))
        promise.errors |= status_bit(ACTFN_ERR_PARAM);
    if ((row->has & HAS_FLAGS) && c->flags > 1)
        promise.errors |= status_bit(ACTFN_ERR_FLAGS);
    if (!shape_is_legal(c))
        promise.errors |= status_bit(ACTFN_ERR_SHAPE);

    size_t elements = 0;
    const bool maxout = c->entry == ENTRY_MAXOUT_INDEX || c->entry == ENTRY_MAXOUT_FROM_INDEX;
    if (!element_count(c, &elements) || (maxout && c->n > LONGEST_MAXOUT)) {
        promise.errors |= status_bit(ACTFN_ERR_SIZE);
        elements = 1;
    } else if (elements > SIZE_MAX / sizeof(float)) {
        promise.errors |= status_bit(ACTFN_ERR_SIZE);
    } else if (others_too_large(c)) {
        /* The header does not say whether the library refuses such sizes if nothing is to be done. */
        promise.or_ok = !(row->has & HAS_WEIGHTS) || elements == 0;
        promise.errors |= status_bit(ACTFN_ERR_SIZE);
    }
    for (int slot = 0; slot < SLOTS; slot++) {
        const struct span s = span_of(c, (enum slot)slot);
        const enum extent extent = slot < WEIGHTS ? row->slots[slot].extent : NO_BUFFER;
        const bool one_a_row = (extent == ROWS || extent == RESULTS) && c->outer && c->inner;
        const bool wanted = elements || (one_a_row && empty_rows_have_results(c));
        if (s.there && slot < WEIGHTS && !s.p && wanted && !is_optional(c, (enum slot)slot))
            promise.errors |= status_bit(ACTFN_ERR_NULL);
        if (s.there && !s.fits)
            promise.errors |= status_bit(ACTFN_ERR_SIZE);
    }
    /* A size that does not fit: then nothing is read, and nothing is known about the values. */
    if ((row->has & HAS_WEIGHTS) && !(promise.errors & status_bit(ACTFN_ERR_SIZE)))
        promise.errors |= weight_errors(c, info, elements);
    if ((c->entry == ENTRY_CROSS_ENTROPY || c->entry == ENTRY_MAXOUT_FROM_INDEX) &&
        !(promise.errors & status_bit(ACTFN_ERR_SIZE)) && !indices_are_legal(c))
        promise.errors |= status_bit(ACTFN_ERR_INDEX);
    if (!(promise.errors & status_bit(ACTFN_ERR_SHAPE)) && buffers_overlap(c))
        promise.errors |= status_bit(ACTFN_ERR_OVERLAP);
    if (promise.errors & ~status_bit(ACTFN_ERR_SIZE))
        promise.or_ok = false;
    return promise;
}

/* ---- text ------------------------------------------------------------------------------------------------------- */

const char *call_text(const struct call *c)
{
    static char text[2048];
    const struct actfn_op_info *info = actfn_op_info(call_op(c));
    size_t used =
        (size_t)snprintf(text, sizeof text,
                         "%s: op %d (%s), mode %d, outer %zu, n %zu, inner %zu, terms %zu, flags %#x, "
                         "layout %d, scale %g, ignored class %lld",
                         row_of(c)->name, c->op, info ? info->name : "none", c->mode, c->outer, c->n, c->inner,
                         c->terms, c->flags, c->layout, (double)c->scale, (long long)c->ignore_index);
    for (int k = 0; info && c->params && k < info->param_count && (row_of(c)->has & HAS_PARAMS); k++)
        used += (size_t)snprintf(text + used, sizeof text - used, ", %s %a", actfn_op_param(info->op, k)->name,
                                 (double)c->params[k]);
    for (int slot = 0; slot < SLOTS; slot++)
        if (has_slot(c, (enum slot)slot))
            used += (size_t)snprintf(text + used, sizeof text - used, ", %s %p", slot_name(c, (enum slot)slot),
                                     c->at[slot]);
    for (int slot = 0; (row_of(c)->has & HAS_STRIDES) && slot <= OUT1; slot++)
        used += (size_t)snprintf(text + used, sizeof text - used, ", stride %zu", c->stride[slot]);
    return text;
}
