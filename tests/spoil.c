/* SPDX-License-Identifier: MIT */
#include "spoil.h"
#include "floats.h"
#include "support.h"

#include <limits.h>
#include <string.h>

_Alignas(int64_t) float arena[PLACES][ROOM], legal[PLACES][ROOM];

/* ---- a legal call ----------------------------------------------------------------------------------------------- */

struct call legal_call(enum entry entry, actfn_op op, int mode)
{
    const unsigned has = entry_rows[entry].has;
    struct call c = call_of(entry, op);
    c.mode = mode;
    c.outer = has & HAS_OUTER ? 2 : 1;
    c.n = 4;
    c.inner = has & HAS_INNER ? 3 : 1;
    c.terms = op == ACTFN_APL ? 2 : 1;
    for (int k = 0; k < PLACES; k++)
        fill_tame(arena[k], ROOM, (uint64_t)k);
    if (has & HAS_PARAMS) {
        op_setting(op, 0, &arena[PLACE_OF_PARAMS][MARGIN]);
        c.params = &arena[PLACE_OF_PARAMS][MARGIN];
    }
    for (int k = 0; k < SLOTS; k++) {
        if (!has_slot(&c, (enum slot)k))
            continue;
        c.at[k] = &arena[k][MARGIN];
        if (k <= OUT1)
            c.stride[k] = c.n + 3;
        for (int i = 0; i < ROOM && k >= WEIGHTS; i++)
            arena[k][i] = fabsf(arena[k][i]); /* prelu offers backward from y only for slopes >= 0 */
    }
    const size_t rows = c.outer * c.inner;
    for (size_t i = 0; i < rows; i++) {
        if (entry == ENTRY_CROSS_ENTROPY)
            ((int64_t *)c.at[IN1])[i] = (int64_t)(i % c.n);
        if (entry == ENTRY_MAXOUT_FROM_INDEX)
            ((int32_t *)c.at[IN0])[i] = (int32_t)(i % c.n);
    }
    memcpy(legal, arena, sizeof arena);
    return c;
}

/* ---- ways to make one argument illegal -------------------------------------------------------------------------- */

#define COUNT(array) ((int)(sizeof(array) / sizeof(array)[0]))

static int spoil_op(struct call *c, int variant)
{
    const int none[] = { -1, INT_MIN, INT_MAX, actfn_op_count(), actfn_op_count() + 1 };
    if (!(has(c) & HAS_OP) || variant >= COUNT(none) + actfn_op_count())
        return NO_MORE;
    if (variant < COUNT(none)) {
        c->op = none[variant];
        return ACTFN_ERR_OP;
    }
    c->op = variant - COUNT(none);
    return actfn_op_info((actfn_op)c->op)->family == entry_rows[c->entry].family ? NO_SUCH : ACTFN_ERR_NOT_OFFERED;
}

static int spoil_mode(struct call *c, int variant)
{
    const int none[] = { -1, 2, 256, INT_MIN, INT_MAX };
    if (!(has(c) & HAS_MODE) || variant >= COUNT(none))
        return NO_MORE;
    c->mode = none[variant];
    return ACTFN_ERR_MODE;
}

static int spoil_parameter(struct call *c, int variant)
{
    float *const params = &arena[PLACE_OF_PARAMS][MARGIN];
    enum { VALUES = 12 };
    const struct actfn_param_info *p = actfn_op_param(call_op(c), variant / VALUES);
    if (!(has(c) & HAS_PARAMS) || !p)
        return NO_MORE;
    const float values[VALUES] = { NAN,
                                   -NAN,
                                   from_bits(0x7f800001),
                                   from_bits(0xffffffff),
                                   INFINITY,
                                   -INFINITY,
                                   float_step(p->minimum, -1),
                                   float_step(p->maximum, 1),
                                   0.0f,
                                   -0.0f,
                                   -1.0f,
                                   from_bits(0x80000001) };
    params[variant / VALUES] = values[variant % VALUES];
    return is_in_range(p, values[variant % VALUES]) ? NO_SUCH : ACTFN_ERR_PARAM;
}

/* Parameters that are legal one by one, and not together. */
static int spoil_relation(struct call *c, const char *relation, int variant, actfn_status status)
{
    static const float values[] = { 0.0f, 1.0f, -1.0f, 0.5f, 21.0f, -0x1p-149f, -INFINITY, INFINITY };
    enum { VALUES = COUNT(values) };
    float *const params = &arena[PLACE_OF_PARAMS][MARGIN];
    if (!(has(c) & HAS_PARAMS) || !*relation || variant >= VALUES * VALUES * VALUES)
        return NO_MORE;
    for (int k = 0; k < info_of(c)->param_count; k++, variant /= VALUES) {
        params[k] = values[variant % VALUES];
        if (!is_in_range(actfn_op_param(call_op(c), k), params[k]))
            return NO_SUCH;
    }
    if (status == ACTFN_ERR_NOT_OFFERED && !relation_holds(call_op(c), info_of(c)->legal, params))
        return NO_SUCH;
    return relation_holds(call_op(c), relation, params) ? NO_SUCH : (int)status;
}

static int spoil_legal(struct call *c, int variant)
{
    return spoil_relation(c, info_of(c)->legal, variant, ACTFN_ERR_PARAM);
}

static int spoil_from_output(struct call *c, int variant)
{
    if (c->entry != ENTRY_FROM_OUTPUT && c->entry != ENTRY_RRELU_FROM_OUTPUT)
        return NO_MORE;
    return spoil_relation(c, info_of(c)->from_output_legal, variant, ACTFN_ERR_NOT_OFFERED);
}

static int spoil_flags(struct call *c, int variant)
{
    if (!(has(c) & HAS_FLAGS) || variant >= 62)
        return NO_MORE;
    c->flags = 1u << (variant % 31 + 1) | (unsigned)(variant / 31);
    return ACTFN_ERR_FLAGS;
}

static int spoil_scale(struct call *c, int variant)
{
    const float none[] = { NAN, -NAN, INFINITY, -INFINITY };
    if (!(has(c) & HAS_SCALE) || variant >= COUNT(none))
        return NO_MORE;
    c->scale = none[variant];
    return ACTFN_ERR_PARAM;
}

static int spoil_layout(struct call *c, int variant)
{
    const int none[] = { 0, 3, -1, INT_MIN, INT_MAX };
    if (!(has(c) & HAS_LAYOUT) || variant >= COUNT(none))
        return NO_MORE;
    c->layout = none[variant];
    return ACTFN_ERR_SHAPE;
}

/* Packed rows of an odd width: some rows, or none. */
static int spoil_width(struct call *c, int variant)
{
    const size_t odd[] = { 1, 3, 5 };
    if (!(has(c) & HAS_LAYOUT) || variant >= 2 * COUNT(odd))
        return NO_MORE;
    c->n = odd[variant / 2];
    c->outer = variant % 2 ? 0 : c->outer;
    return ACTFN_ERR_SHAPE;
}

static int spoil_terms(struct call *c, int variant)
{
    const size_t none[] = { 0, 2, 3, SIZE_MAX };
    if (!(has(c) & HAS_WEIGHTS) || variant >= COUNT(none))
        return NO_MORE;
    c->terms = none[variant];
    /* For apl so many terms are also too large a size. */
    return (c->terms && call_op(c) == ACTFN_APL) || c->terms == SIZE_MAX ? NO_SUCH : ACTFN_ERR_SHAPE;
}

static int spoil_stride(struct call *c, int variant)
{
    if (!(has(c) & HAS_STRIDES) || variant >= 2 * (OUT1 + 1))
        return NO_MORE;
    c->stride[variant / 2] = variant % 2 ? 0 : c->n - 1;
    return has_slot(c, (enum slot)(variant / 2)) ? ACTFN_ERR_SHAPE : NO_SUCH;
}

static int spoil_null(struct call *c, int variant)
{
    if (variant > SLOTS + 1)
        return NO_MORE;
    if (variant == SLOTS) {
        c->no_weights = true;
        return has(c) & HAS_WEIGHTS ? ACTFN_ERR_NULL : NO_SUCH;
    }
    if (variant == SLOTS + 1) {
        c->params = NULL;
        for (int k = 0; has(c) & HAS_PARAMS && k < info_of(c)->param_count; k++)
            if (actfn_op_param(call_op(c), k)->flags & ACTFN_PARAM_REQUIRED)
                return ACTFN_ERR_NULL;
        return NO_SUCH;
    }
    c->at[variant] = NULL;
    return has_slot(c, (enum slot)variant) && !is_optional(c, (enum slot)variant) ? ACTFN_ERR_NULL : NO_SUCH;
}

/* A size that does not fit, or whose bytes do not fit.  The other sizes are above 1 if the entry has them. */
static int spoil_size(struct call *c, int variant)
{
    const size_t sizes[] = { SIZE_MAX - 1, SIZE_MAX / 2 + 1, SIZE_MAX / 4 + 1, SIZE_MAX / 4 - 1 };
    enum { SIZES = COUNT(sizes) };
    size_t *const which[] = { &c->n, &c->outer, &c->inner, &c->terms };
    const unsigned needs[] = { 0, HAS_OUTER, HAS_INNER, HAS_WEIGHTS };
    if (variant >= SIZES * COUNT(which))
        return NO_MORE;
    const int k = variant / SIZES;
    if ((has(c) & needs[k]) != needs[k] || (k == 3 && call_op(c) != ACTFN_APL))
        return NO_SUCH;
    *which[k] = sizes[variant % SIZES];
    if (k == 0 && (has(c) & HAS_STRIDES))
        c->outer = 1; /* otherwise the strides would be too short */
    return ACTFN_ERR_SIZE;
}

/* Puts the buffers so far apart that no buffers of a legal size overlap. */
static void put_far_apart(struct call *c)
{
    for (int slot = 0; slot < SLOTS; slot++)
        c->at[slot] = (void *)((uintptr_t)(slot + 1) << 40);
}

/* Each size fits, but their product does not: it wraps around to 0, or to a number that would be legal. */
static int spoil_product(struct call *c, int variant)
{
    const size_t half = (size_t)1 << (sizeof(size_t) * 4), sizes[] = { half, SIZE_MAX / 3 + 1, SIZE_MAX };
    const unsigned needs = (variant & 1 ? HAS_OUTER : 0) | (variant & 4 ? HAS_INNER : 0);
    if (variant >= 8 * COUNT(sizes))
        return NO_MORE;
    /* At least two sizes.  Packed rows of an odd width have another fault. */
    if ((variant & 7) < 3 || (variant & 7) == 4 || (has(c) & needs) != needs || (has(c) & HAS_LAYOUT && variant >= 8))
        return NO_SUCH;
    size_t *const which[] = { &c->outer, &c->n, &c->inner };
    for (int k = 0; k < 3; k++)
        if (variant >> k & 1)
            *which[k] = sizes[variant / 8];
    for (int k = 0; k <= OUT1; k++)
        c->stride[k] = c->n;
    put_far_apart(c);
    return ACTFN_ERR_SIZE;
}

/* So many channels that their weights do not fit; another size is 0, so that there is no element. */
static int spoil_channels(struct call *c, int variant)
{
    if (!(has(c) & HAS_WEIGHTS) || variant >= 2)
        return NO_MORE;
    c->n = SIZE_MAX / sizeof(float);
    *(variant ? &c->inner : &c->outer) = 0;
    return ACTFN_ERR_SIZE;
}

/* A buffer, or a stride, that exceeds the address space. */
static int spoil_address(struct call *c, int variant)
{
    if (variant >= SLOTS + OUT1 + 1)
        return NO_MORE;
    const enum slot slot = (enum slot)(variant < SLOTS ? variant : variant - SLOTS);
    if (!has_slot(c, slot))
        return NO_SUCH;
    if (variant >= SLOTS) {
        c->stride[slot] = SIZE_MAX / sizeof(float);
        return has(c) & HAS_STRIDES ? ACTFN_ERR_SIZE : NO_SUCH;
    }
    const struct span span = span_of(c, slot);
    if (span_bytes(&span) == 0)
        return NO_SUCH;
    c->at[slot] = (void *)(uintptr_t)(0 - span_bytes(&span));
    return ACTFN_ERR_SIZE;
}

static int spoil_longest_maxout(struct call *c, int variant)
{
    if ((c->entry != ENTRY_MAXOUT_INDEX && c->entry != ENTRY_MAXOUT_FROM_INDEX) || variant >= 2)
        return NO_MORE;
    c->n = ((size_t)1 << 24) + 1;
    c->outer = (size_t)variant;
    put_far_apart(c);
    return ACTFN_ERR_SIZE;
}

/* An illegal weight of any channel.  The library checks weights also if there is no element. */
static int spoil_weight(struct call *c, int variant)
{
    const float none[] = { NAN, -NAN, INFINITY, -INFINITY, -1.0f, -0x1p-149f };
    const size_t count = c->terms * c->n, i = (size_t)variant / 2 / COUNT(none) % count;
    const float value = none[variant / 2 % COUNT(none)];
    const int k = (int)((size_t)variant / 2 / COUNT(none) / count);
    if (!(has(c) & HAS_WEIGHTS) || k >= info_of(c)->param_count)
        return NO_MORE;
    ((float *)c->at[WEIGHTS + k])[i] = value;
    c->outer = variant % 2 ? 0 : c->outer;
    if (isfinite(value))
        return c->entry == ENTRY_CHANNELS_FROM_OUTPUT ? ACTFN_ERR_NOT_OFFERED : NO_SUCH;
    return ACTFN_ERR_PARAM;
}

/* An illegal index in any row. */
static int spoil_index(struct call *c, int variant)
{
    const int64_t past = INT64_C(1) << 32;
    const int64_t far[] = { -1,   (int64_t)c->n, (int64_t)c->n + 1, INT32_MIN, INT32_MAX, INT64_MIN, INT64_MAX,
                            past, -past,         past + 2 };
    const int rows = (int)(c->outer * c->inner), row = variant % rows;
    enum { OF_32_BITS = 5 }; /* cut to 32 bits, the other values are -1 or small numbers */
    if ((c->entry != ENTRY_CROSS_ENTROPY && c->entry != ENTRY_MAXOUT_FROM_INDEX) || variant >= rows * COUNT(far))
        return NO_MORE;
    if (c->entry == ENTRY_CROSS_ENTROPY)
        ((int64_t *)c->at[IN1])[row] = far[variant / rows];
    else
        ((int32_t *)c->at[IN0])[row] = (int32_t)far[variant / rows];
    return c->entry == ENTRY_MAXOUT_FROM_INDEX && variant / rows >= OF_32_BITS ? NO_SUCH : ACTFN_ERR_INDEX;
}

/* An output that overlaps another buffer, a little to the left or right; or coincides with it where this is illegal. */
static int spoil_overlap(struct call *c, int variant)
{
    enum { SHIFTS = 6 };
    if (variant >= SLOTS * SLOTS * SHIFTS)
        return NO_MORE;
    const enum slot out = (enum slot)(variant / SHIFTS / SLOTS), other = (enum slot)(variant / SHIFTS % SLOTS);
    if (!is_output(out) || out == other || (is_output(other) && other > out))
        return NO_SUCH;
    if (!has_slot(c, out) || !has_slot(c, other))
        return NO_SUCH;
    const struct span a = span_of(c, out), b = span_of(c, other);
    const size_t unit = a.size > b.size ? a.size : b.size, reach_left = span_bytes(&a) / unit,
                 reach_right = span_bytes(&b) / unit;
    /* The last shift, with strides, puts the end of one row on the beginning of the next one. */
    const long shifts[SHIFTS] = { 0, 1, -1, (long)reach_right - 1, 1 - (long)reach_left, (long)b.stride - 1 };
    const long shift = shifts[variant % SHIFTS];
    const bool repeated = shift == 0 && variant % SHIFTS, strided = b.rows > 1 || variant % SHIFTS != SHIFTS - 1;
    if (reach_left < 2 || reach_right < 2 || repeated || !strided)
        return NO_SUCH;
    c->at[out] = (char *)c->at[other] + shift * (long)unit;
    if (shift)
        return ACTFN_ERR_OVERLAP;
    const bool same = out < WEIGHTS && other < WEIGHTS && (entry_rows[c->entry].slots[out].same >> other & 1);
    return same && span_bytes(&a) == span_bytes(&b) ? NO_SUCH : ACTFN_ERR_OVERLAP;
}

static int spoil_overlap_of_params(struct call *c, int variant)
{
    if (c->entry != ENTRY_PARAM_GRADIENT || variant >= 2 * info_of(c)->param_count)
        return NO_MORE;
    c->at[OUT0] = &arena[PLACE_OF_PARAMS][MARGIN + variant / 2];
    /* Without elements the gradients are zeros, which the library must write. */
    c->n = variant % 2 ? 0 : c->n;
    return ACTFN_ERR_OVERLAP;
}

/* One packed row.  A half of dx lies on the other half of x: element by element this would work, but the library refuses it. */
static int spoil_overlap_of_halves(struct call *c, int variant)
{
    if (c->entry != ENTRY_PACKED_BACKWARD || variant >= 2)
        return NO_MORE;
    const long half = (long)(c->n / 2);
    c->outer = 1;
    c->at[OUT0] = (float *)c->at[IN0] + (variant ? -half : half);
    return ACTFN_ERR_OVERLAP;
}

const struct kind kinds[KINDS] = {
    { spoil_op, "operation", true, true },
    { spoil_mode, "mode", false, true },
    { spoil_parameter, "parameter", false, true },
    { spoil_legal, "relation of parameters", false, true },
    { spoil_from_output, "condition of the form", false, true },
    { spoil_flags, "flags", false, true },
    { spoil_scale, "scale", false, true },
    { spoil_layout, "layout", false, true },
    { spoil_width, "width", false, false },
    { spoil_terms, "terms", false, true },
    { spoil_stride, "stride", false, false },
    { spoil_null, "NULL", false, false },
    { spoil_size, "size", false, false },
    { spoil_product, "product of sizes", false, false },
    { spoil_channels, "number of channels", false, false },
    { spoil_address, "address", false, false },
    { spoil_longest_maxout, "size of a maxout", false, false },
    { spoil_weight, "weight", false, false },
    { spoil_index, "index", false, false },
    { spoil_overlap, "overlap", false, false },
    { spoil_overlap_of_halves, "overlap of halves", false, false },
    { spoil_overlap_of_params, "overlap with the parameters", false, false },
};
