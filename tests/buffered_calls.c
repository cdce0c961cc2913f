/* SPDX-License-Identifier: MIT */
/* Calls as data: shapes, contents of buffers, positions of buffers.  buffered_entries_*.c lists the public functions. */
#include "buffered_calls.h"
#include "buffered_entries.h"
#include "floats.h"
#include "sixteen.h"
#include "suites.h"

#include <stdio.h>
#include <string.h>

/* ---- describing buffers ------------------------------------------------------------------------------------------ */

struct buffer *add_buffer(struct call *c, const char *name, enum content content, size_t width)
{
    static const size_t sizes[] = { [CLASSES] = sizeof(int64_t),
                                    [INDICES] = sizeof(int32_t),
                                    [WORDS] = 4,
                                    [BF16] = sizeof(uint16_t),
                                    [F16] = sizeof(uint16_t) };
    struct buffer *b = &c->buffer[c->buffers++];
    *b = (struct buffer) { .name = name, .content = content, .rows = 1, .width = width, .stride = width };
    b->size = sizes[content] ? sizes[content] : sizeof(float);
    return b;
}

unsigned last_bit(const struct call *c) { return 1u << (c->buffers - 1); }

unsigned input(struct call *c, const char *name, enum content content, size_t width)
{
    add_buffer(c, name, content, width);
    return last_bit(c);
}

struct buffer *output(struct call *c, const char *name, size_t width, unsigned may_be)
{
    return output_of(c, name, FLOATS, width, may_be);
}

struct buffer *output_of(struct call *c, const char *name, enum content content, size_t width, unsigned may_be)
{
    struct buffer *b = add_buffer(c, name, content, width);
    b->output = true;
    b->may_be = may_be;
    return b;
}

void optional(struct call *c) { c->buffer[c->buffers - 1].optional = true; }

/* ---- the next call ----------------------------------------------------------------------------------------------- */

static const struct entry *entry_at(int index)
{
    if (index < elementwise_entry_count)
        return &elementwise_entries[index];
    index -= elementwise_entry_count;
    if (index < sixteen_entry_count)
        return &sixteen_entries[index];
    index -= sixteen_entry_count;
    return index < family_entry_count ? &family_entries[index] : &named_entries[index - family_entry_count];
}

int call_entry_count(void)
{
    return elementwise_entry_count + sixteen_entry_count + family_entry_count + named_entry_count;
}

static bool is(const struct entry *e, unsigned trait) { return e->traits & trait; }

static bool takes(const struct entry *e, actfn_op op)
{
    const struct actfn_op_info *info = actfn_op_info(op);
    if (info->family != e->family || (e->op != ANY_OP && e->op != (int)op) ||
        (is(e, NOT_ENTROPY) && op == ACTFN_SOFTMAX_CROSS_ENTROPY) ||
        (is(e, REDUCING) && !(info->flags & ACTFN_OP_REDUCES)) || (is(e, NAMED) && test_mode != ACTFN_FAST))
        return false;
    return !(e->form == FROM_OUTPUT && !(info->flags & ACTFN_OP_FROM_OUTPUT)) &&
           !(e->form == PARAM_GRADIENT && !(info->flags & ACTFN_OP_PARAM_GRADIENT));
}

/* The settings of an elementwise operation are those of the other suites. */
static bool set_elementwise(struct call *c, int variant)
{
    struct subject s = { .op = c->op, .setting = -1 };
    while (next_subject(&s))
        if (s.form == c->entry->form && variant-- == 0) {
            c->param_count = s.param_count;
            memcpy(c->params, s.params, sizeof c->params);
            return true;
        }
    return false;
}

/* Sets up variant c->variant.  False past the last variant. */
static bool set_variant(struct call *c)
{
    if (is(c->entry, CONVERTS))
        return c->variant == 0;
    if (c->entry->family == ACTFN_FAMILY_ELEMENTWISE)
        return set_elementwise(c, c->variant);
    c->param_count = is(c->entry, NO_PARAMS) ? 0 : actfn_op_info(c->op)->param_count;
    for (int k = 0; k < c->param_count; k++)
        c->params[k] = 0.3f + 0.4f * (float)k; /* legal for every operation; rising, because rrelu has lower <= upper */
    return c->variant < c->entry->variants;
}

bool next_call(int entry, struct call *c)
{
    const int op = c->entry ? (int)c->op : -1, variant = c->entry ? c->variant + 1 : 0;
    *c = (struct call) { .entry = entry_at(entry), .op = (actfn_op)op, .variant = variant };
    /* A function by name calls the entry by operation, so in a light run one operation is enough. */
    if (op >= 0 && light() && is(c->entry, NAMED))
        return false;
    if (op >= 0 && set_variant(c))
        return true;
    c->variant = 0;
    for (int next = op + 1; next < actfn_op_count(); next++) {
        c->op = (actfn_op)next;
        if (takes(c->entry, c->op) && set_variant(c))
            return true;
    }
    return false;
}

/* ---- shapes ------------------------------------------------------------------------------------------------------ */

void call_in_shape(struct call *c, size_t outer, size_t n, size_t inner)
{
    c->outer = outer;
    c->n = n;
    c->inner = inner;
    c->missing = 0;
    c->buffers = 0;
    if (c->param_count) {
        /* NULL stands for the defaults.  A kernel has no defaults. */
        const bool by_value = is(c->entry, BY_VALUE);
        bool has_defaults = !is(c->entry, IS_KERNEL) && !by_value;
        for (int k = 0; k < c->param_count; k++)
            has_defaults = has_defaults && !(actfn_op_param(c->op, k)->flags & ACTFN_PARAM_REQUIRED);
        input(c, "params", PARAMETERS, (size_t)c->param_count);
        c->buffer[0].optional = has_defaults;
        c->buffer[0].by_value = by_value;
    }
    c->entry->describe(c);
    for (int k = 0; k < c->buffers; k++)
        ck_assert_uint_le(buffer_bytes(&c->buffer[k]), MAX_BYTES);
}

bool call_part(struct call *c, size_t n)
{
    if (c->entry->kind == TENSOR || is(c->entry, PACKED | IN_SUMS))
        return false;
    call_in_shape(c, 1, n, 1);
    return true;
}

/* Whether the entry accepts the parameters.  Asks by a call without elements. */
static bool takes_params(const struct call *c)
{
    struct call empty = *c;
    void *p[MAX_BUFFERS] = { empty.params };
    call_in_shape(&empty, 0, 0, 0);
    return buffered_call_run(&empty, p) == ACTFN_OK;
}

bool call_setting(struct call *c, int index)
{
    static const float values[] = { 1.702f, 7, -1.3f, 0, 2.5f, INFINITY, 1e-3f };
    enum { VALUES = sizeof values / sizeof values[0] };
    const int trials = c->param_count > 1 ? VALUES * VALUES : VALUES;
    if (index == 0 || c->param_count == 0 || c->entry->family == ACTFN_FAMILY_ELEMENTWISE)
        return index == 0; /* the settings of an elementwise operation are variants already */
    for (int trial = 0, found = 0; trial < trials; trial++) {
        struct call other = *c;
        other.params[0] = values[trial % VALUES];
        other.params[1] = values[trial / VALUES];
        if (!takes_params(&other) || ++found < index)
            continue;
        memcpy(c->params, other.params, sizeof c->params);
        return true;
    }
    return false;
}

bool call_shape(struct call *c, int index)
{
    static const size_t lengths[] = { 1, 2, 3, 5, 8, 15, 16, 17, 31, 33, 47, 48, 49, 65, 130, 0 },
                        light_lengths[] = { 17, 1, 5, 48, 49, 0 };
    const size_t count = lightest() ? 1 : light() ? 6 : sizeof lengths / sizeof lengths[0];
    const size_t i = (size_t)index % count, pattern = (size_t)index / count, n = (light() ? light_lengths : lengths)[i];
    switch (c->entry->kind) {
    case FLAT:
        /* Every length that a loop may treat in its own way: shorter than a vector, and up to a few vectors. */
        if (index >= (lightest() ? 5 : light() ? 14 : 80))
            return false;
        call_in_shape(c, 1,
                      (size_t)(lightest()   ? index * 17
                               : light()    ? index * 5
                               : index < 67 ? index
                                            : index + 183),
                      1);
        return true;
    case GATED:
        if (pattern >= 2)
            return false;
        call_in_shape(c, pattern ? 3 : 1, n, 1);
        return true;
    default:
        if (pattern >= 4)
            return false;
        call_in_shape(c,
                      pattern == 2   ? n
                      : pattern == 3 ? 2
                                     : 1,
                      pattern == 1   ? 3
                      : pattern == 2 ? 2
                                     : n,
                      pattern == 1   ? n
                      : pattern == 3 ? 3
                                     : 1);
        return true;
    }
}

bool call_typical_shape(struct call *c, int index)
{
    static const size_t flat[] = { 259, 5 }, gated[][2] = { { 1, 67 }, { 3, 41 } },
                        tensor[][3] = { { 9, 37, 1 }, { 2, 37, 5 } };
    if (index >= 2)
        return false;
    switch (c->entry->kind) {
    case FLAT: call_in_shape(c, 1, flat[index], 1); break;
    case GATED: call_in_shape(c, gated[index][0], gated[index][1], 1); break;
    default: call_in_shape(c, tensor[index][0], tensor[index][1], tensor[index][2]);
    }
    return true;
}

bool next_missing(struct call *c)
{
    unsigned optional_ones = 0;
    for (int k = 0; k < c->buffers; k++)
        optional_ones |= c->buffer[k].optional ? 1u << k : 0;
    if (c->missing == optional_ones)
        return false;
    /* The next optional buffer after the missing one; after the last, all of them together. */
    unsigned bit = c->missing ? c->missing << 1 : 1;
    while (bit <= optional_ones && !(bit & optional_ones))
        bit <<= 1;
    c->missing = bit <= optional_ones ? bit : optional_ones;
    return true;
}

/* ---- calling ----------------------------------------------------------------------------------------------------- */

size_t buffer_bytes(const struct buffer *b)
{
    return b->rows == 0 || b->width == 0 ? 0 : ((b->rows - 1) * b->stride + b->width) * b->size;
}

/* Fills contents that are not numbers to compute with: legal values, whatever the filling.  False for other contents. */
static bool fill_others(const struct call *c, enum content content, void *p, size_t count, uint64_t seed)
{
    switch (content) {
    case PARAMETERS: memcpy(p, c->params, count * sizeof(float)); return true;
    case CLASSES:
        for (size_t i = 0; i < count; i++)
            ((int64_t *)p)[i] = i % 7 == 3 || c->n == 0 ? -100 : (int64_t)(scramble(i + c->round) % c->n);
        return true;
    case INDICES:
        for (size_t i = 0; i < count; i++)
            ((int32_t *)p)[i] = c->n ? (int32_t)(scramble(i + c->round) % c->n) : 0;
        return true;
    case WEIGHTS: /* finite; prelu's slopes >= 0, so that backward from y accepts them */
        fill_calm(p, count, seed + 40);
        for (size_t i = 0; c->op == ACTFN_PRELU && i < count; i++)
            ((float *)p)[i] = fabsf(((float *)p)[i]);
        return true;
    default: return false;
    }
}

static const struct sixteen *type_of(enum content content)
{
    return content == BF16 ? &sixteen_types[0] : content == F16 ? &sixteen_types[1] : NULL;
}

/* The 16-bit numbers nearest to floats, or any bits. */
static void fill_sixteen(const struct sixteen *t, uint16_t *p, size_t count, uint64_t seed, enum filling filling)
{
    static float floats[MAX_BYTES / sizeof(uint16_t)];
    (filling == WILD ? fill_inputs : fill_tame)(floats, count, seed);
    for (size_t i = 0; i < count; i++)
        p[i] = (uint16_t)(filling == ANY_BITS ? scramble(seed << 20 ^ i) : nearest_sixteen(t, (double)floats[i]));
    if (filling == WILD && count > 9)
        p[seed % 2 ? 7 : 9] = (uint16_t)(infinite_sixteen(t) + 1); /* a signalling NaN */
}

void fill_buffer(const struct call *c, int k, void *p, enum filling filling)
{
    const struct buffer *b = &c->buffer[k];
    const size_t count = buffer_bytes(b) / b->size;
    const uint64_t seed = c->round * 1000 + (uint64_t)k;
    float *const floats = p;
    if (fill_others(c, b->content, p, count, seed))
        return;
    if (type_of(b->content)) {
        fill_sixteen(type_of(b->content), p, count, seed, filling);
        return;
    }
    (filling == WILD ? fill_inputs : fill_tame)(floats, count, seed + 60);
    if (filling == WILD && count > 9)
        floats[k % 2 ? 7 : 9] = from_bits(k % 2 ? 0x7f800001 : 0xff800001); /* a signalling NaN */
    for (size_t i = 0; filling == ANY_BITS && i < count; i++)
        floats[i] = from_bits((uint32_t)scramble(seed << 20 ^ i));
    for (size_t i = 0; b->content == TARGETS && filling != WILD && i < count; i++) /* 0 to 1, often exactly these */
        floats[i] = i % 5 < 2 ? (float)(i % 5) : (float)(scramble(seed << 20 ^ i) >> 40) * 0x1p-24f;
}

actfn_status buffered_call_run(const struct call *c, void *const p[MAX_BUFFERS])
{
    void *q[MAX_BUFFERS] = { NULL };
    for (int k = 0; k < c->buffers; k++)
        q[k] = is_present(c, k) ? p[k] : NULL;
    return c->param_count ? c->entry->run(c, q[0], q + 1) : c->entry->run(c, NULL, q);
}

/* Whether an element has the same bits.  In a number, any NaN equals any other NaN. */
static bool same_element(enum content content, const char *got, const char *expected, size_t size)
{
    const struct sixteen *const t = type_of(content);
    if (t) {
        uint16_t a, b;
        memcpy(&a, got, sizeof a);
        memcpy(&b, expected, sizeof b);
        return a == b || (is_nan_sixteen(t, a) && is_nan_sixteen(t, b));
    }
    if (content != FLOATS)
        return memcmp(got, expected, size) == 0;
    float f[2];
    memcpy(&f[0], got, sizeof f[0]);
    memcpy(&f[1], expected, sizeof f[1]);
    return same(f[0], f[1]);
}

bool same_output(const struct buffer *b, const void *got, const void *expected, size_t *where)
{
    const char *const g = got, *const e = expected;
    const size_t count = buffer_bytes(b) / b->size;
    for (size_t i = 0; i < count; i++) {
        const bool between = i % b->stride >= b->width;
        const size_t at = i * b->size;
        if (between ? memcmp(g + at, e + at, b->size) != 0 : !same_element(b->content, g + at, e + at, b->size)) {
            *where = i;
            return false;
        }
    }
    return true;
}

/* ---- overlap, by the header's words ------------------------------------------------------------------------------ */

struct view {
    long at;
    size_t n, stride; /* elements */
};

static bool meet(long a, size_t a_bytes, long b, size_t b_bytes)
{
    return a < b + (long)b_bytes && b < a + (long)a_bytes;
}

/* Whether two views have no element in common.  An element has f bytes.  Rows of one stride may interleave. */
static bool apart(size_t rows, size_t f, struct view a, struct view b)
{
    if (!meet(a.at, ((rows - 1) * a.stride + a.n) * f, b.at, ((rows - 1) * b.stride + b.n) * f))
        return true;
    if (rows == 1 || a.stride != b.stride)
        return false;
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < rows; j++)
            if (meet(a.at + (long)(i * a.stride * f), a.n * f, b.at + (long)(j * b.stride * f), b.n * f))
                return false;
    return true;
}

/* A buffer has one view; a buffer of packed rows has two, its halves. */
static int views_of(const struct call *c, int k, long at, struct view v[2])
{
    const struct buffer *b = &c->buffer[k];
    if (!is(c->entry, PACKED)) {
        v[0] = (struct view) { at, b->width, b->stride };
        return 1;
    }
    const bool halves = b->width == 2 * all_of(c);
    v[0] = (struct view) { at, c->n, halves ? 2 * c->n : c->n };
    v[1] = (struct view) { at + (long)(c->n * b->size), c->n, 2 * c->n };
    return halves ? 2 : 1;
}

static bool gates_may_overlap(const struct call *c, int o, int k, long distance)
{
    struct view out[2], other[2];
    const bool is_input = !c->buffer[k].output;
    const int outs = views_of(c, o, distance, out), others = views_of(c, k, 0, other);
    for (int i = 0; i < outs; i++)
        for (int j = 0; j < others; j++) {
            const bool equal = out[i].at == other[j].at && (c->outer == 1 || out[i].stride == other[j].stride);
            if (!(is_input && equal) && !apart(c->outer, c->buffer[o].size, out[i], other[j]))
                return false;
        }
    return true;
}

bool may_overlap(const struct call *c, int o, int k, long distance)
{
    const struct buffer *out = &c->buffer[o], *other = &c->buffer[k];
    if (!meet(distance, buffer_bytes(out), 0, buffer_bytes(other)))
        return true;
    /* For packed rows the rule is about x as a whole: dx may be x. */
    const bool whole = is(c->entry, PACKED) && buffer_bytes(out) == buffer_bytes(other);
    if (c->entry->kind == GATED && other->content == out->content && !whole)
        return gates_may_overlap(c, o, k, distance);
    return distance == 0 && (out->may_be >> k & 1);
}

/* ---- text -------------------------------------------------------------------------------------------------------- */

const char *call_entry(const struct call *c)
{
    static char text[100];
    if (c->entry->name[0] != '_')
        return c->entry->name;
    snprintf(text, sizeof text, "actfn_%s%s", actfn_op_info(c->op)->name, c->entry->name);
    return text;
}

const char *buffered_call_text(const struct call *c)
{
    static char text[300];
    const int n = snprintf(text, sizeof text, "%s: %s, %s, variant %d, (%zu, %zu, %zu)", test_run, call_entry(c),
                           actfn_op_info(c->op)->name, c->variant, c->outer, c->n, c->inner);
    for (int k = 0, at = n; k < c->buffers; k++)
        if (c->missing >> k & 1)
            at += snprintf(text + at, sizeof text - (size_t)at, ", no %s", c->buffer[k].name);
    return text;
}

bool is_a_call(const char *exported)
{
    for (int e = 0; e < call_entry_count(); e++)
        for (int op = 0; op < actfn_op_count(); op++) {
            const struct call c = { .entry = entry_at(e), .op = (actfn_op)op };
            if (takes(c.entry, c.op) && strcmp(call_entry(&c), exported) == 0)
                return true;
        }
    return false;
}
