/* SPDX-License-Identifier: MIT */
/*
 * Bytes become a call: any entry, operation, mode, parameters, sizes, strides and flags, legal or not.  The buffers lie
 * anywhere in one arena, also on each other.  check_call.c makes the call on every instruction set and compares it with the
 * header.
 */
#include "arena.h"
#include "bytes.h"

#include <float.h>
#include <limits.h>
#include <math.h>

enum { MOST_ELEMENTS = 4096 };

/* clang-format off */
static const float odd_floats[] = { 0.0f,   -0.0f,    1.0f,     -1.0f,    0.5f,     2.0f,   -0.25f,   20.0f,
                                    100.0f, INFINITY, -INFINITY, NAN,      FLT_MAX, -FLT_MAX, FLT_MIN, -FLT_TRUE_MIN };
/* clang-format on */
enum { ODD_FLOATS = sizeof odd_floats / sizeof odd_floats[0] };

/* ---- values ----------------------------------------------------------------------------------------------------- */

static float any_float(struct bytes *b)
{
    const unsigned kind = take_byte(b);
    return kind < 160 ? odd_floats[kind % ODD_FLOATS] : kind < 200 ? (float)(int)(kind - 180) / 4 : take_float(b);
}

static int any_int(struct bytes *b)
{
    static const int odd[] = { -1, INT_MIN, INT_MAX, 2, 3, 1000 };
    const unsigned kind = take_byte(b) % 8;
    return kind < 6 ? odd[kind] : (int)take(b, 4);
}

/* In most cases an operation that the entry takes. */
static int any_op(struct bytes *b, enum entry entry)
{
    const unsigned choice = take_byte(b);
    int members[128], count = 0;
    for (int op = 0; op < actfn_op_count() && count < 128; op++)
        if (actfn_op_info((actfn_op)op)->family == entry_rows[entry].family)
            members[count++] = op;
    if (choice < 224)
        return members[choice % (unsigned)count];
    return choice < 248 ? (int)(take_byte(b) % (unsigned)actfn_op_count()) : any_int(b);
}

static size_t any_size(struct bytes *b, size_t usual)
{
    /* clang-format off */
    static const size_t odd[] = { 4095,     4096,         4097,         SIZE_MAX,     SIZE_MAX / 2 + 1,
                                  SIZE_MAX / 4, SIZE_MAX / 4 + 1, SIZE_MAX / 8, (size_t)1 << 24, ((size_t)1 << 24) + 1,
                                  (size_t)1 << 32 };
    /* clang-format on */
    const unsigned choice = take_byte(b);
    if (choice < 200)
        return choice % usual;
    if (choice < 240)
        return 16 * (size_t)take_byte(b) + choice % 16;
    return choice < 251 ? odd[choice - 240] : (size_t)take(b, 8);
}

/* Reduces sizes until they fit, unless one is meant to be too large. */
static void bound_sizes(struct call *c)
{
    size_t *const sizes[] = { &c->outer, &c->n, &c->inner };
    for (;;) {
        size_t product = 1, *largest = sizes[0];
        for (int k = 0; k < 3; k++) {
            if (*sizes[k] > 65536)
                return;
            product *= *sizes[k];
            largest = *sizes[k] > *largest ? sizes[k] : largest;
        }
        if (product <= MOST_ELEMENTS)
            return;
        *largest = *largest / 2;
    }
}

/* ---- data ------------------------------------------------------------------------------------------------------- */

enum data { TAME_DATA, ODD_DATA, BITS_DATA, MIXED_DATA, DATA_KINDS };

static uint32_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 32);
}

static void fill(float *p, size_t n, enum data data, uint64_t seed)
{
    uint64_t state = seed * 2 + 1;
    for (size_t i = 0; i < n; i++) {
        const uint32_t random = next_random(&state), choice = next_random(&state);
        if (data == BITS_DATA || (data == MIXED_DATA && choice % 8 == 0))
            memcpy(&p[i], &random, sizeof random);
        else if (data == ODD_DATA || (data == MIXED_DATA && choice % 8 == 1))
            p[i] = odd_floats[random % ODD_FLOATS];
        else
            p[i] = ldexpf((float)(int32_t)random, choice % 4 ? -28 : -40);
    }
}

/* ---- buffers ---------------------------------------------------------------------------------------------------- */

/* The bytes of a buffer that has no place yet; 0 if its size is impossible. */
static size_t bytes_wanted(const struct call *c, enum slot slot)
{
    struct call placed = *c;
    placed.at[slot] = arena;
    const struct span span = span_of(&placed, slot);
    return span.fits ? span_bytes(&span) : 0;
}

/* A new place behind all others, a place beside or on an earlier buffer, or NULL. */
static void *any_place(struct bytes *b, const struct call *c, enum slot slot, size_t *cursor)
{
    const unsigned choice = take_byte(b);
    const size_t wanted = bytes_wanted(c, slot), floats = (wanted + 3) / sizeof(float);
    const size_t unit = slot < WEIGHTS ? entry_rows[c->entry].slots[slot].size : sizeof(float);
    if (choice >= 248)
        return choice >= 252 ? NULL : (void *)(UINTPTR_MAX / 8 * 8 - 8 * (uintptr_t)take_byte(b));
    if (choice >= 160) {
        const unsigned other = take_byte(b) % SLOTS, how = (choice - 160) % 8;
        const char *from =
            other == slot && c->params && c->entry == ENTRY_PARAM_GRADIENT ? (const char *)c->params : c->at[other];
        const size_t reach = bytes_wanted(c, (enum slot)other);
        /* Unsigned, because a length that is meant to be too large may wrap. */
        const size_t shifts[] = {
            0, 0, unit, 0 - unit, reach / 8 * 4, reach, 0 - wanted, 4 * (size_t)(int8_t)take_byte(b)
        };
        if (from)
            return (void *)(((uintptr_t)from + shifts[how]) / unit * unit);
    }
    const size_t end = ARENA_FLOATS - ARENA_MARGIN;
    size_t at = *cursor + 4 + choice % 16;
    at += unit == 8 ? at % 2 : 0;
    if (at > end || floats > end - at)
        return arena; /* a buffer that is meant to be too long gets no room */
    *cursor = at + floats;
    return arena + at;
}

static void any_buffers(struct bytes *b, struct call *c)
{
    size_t cursor = ARENA_MARGIN;
    if (c->entry == ENTRY_PARAM_GRADIENT && c->params) {
        memcpy(arena + cursor, c->params, ACTFN_MAX_PARAMS * sizeof(float));
        c->params = arena + cursor;
        cursor += ACTFN_MAX_PARAMS;
    }
    for (int slot = 0; slot < SLOTS; slot++)
        if (has_slot(c, (enum slot)slot))
            c->at[slot] = any_place(b, c, (enum slot)slot, &cursor);
    arena_used = cursor + ARENA_MARGIN;
}

static void any_strides(struct bytes *b, struct call *c)
{
    const size_t usual = c->n + take_byte(b) % 70;
    for (int slot = 0; slot <= OUT1; slot++) {
        const unsigned choice = take_byte(b);
        c->stride[slot] = choice < 192 ? usual : choice < 240 ? c->n + choice % 8 : any_size(b, 67);
    }
}

/* Fills indices: legal ones, except at most one. */
static void any_indices(struct bytes *b, struct call *c)
{
    const enum slot slot = c->entry == ENTRY_CROSS_ENTROPY ? IN1 : IN0;
    const struct span span = span_of(c, slot);
    const uint64_t odd = take(b, 2);
    if ((c->entry != ENTRY_CROSS_ENTROPY && c->entry != ENTRY_MAXOUT_FROM_INDEX) || !span.fits || !span.p ||
        (const char *)arena > span.p || span.p + span_bytes(&span) > (const char *)(arena + arena_used))
        return;
    for (size_t i = 0; i < span.n; i++) {
        const int64_t index = odd >> 8 == i + 1 ? (int64_t)(int8_t)odd : c->n ? (int64_t)((i + odd) % c->n) : 0;
        const int32_t narrow = (int32_t)index;
        if (span.size == sizeof index)
            memcpy((char *)c->at[slot] + i * sizeof index, &index, sizeof index);
        else
            memcpy((char *)c->at[slot] + i * sizeof narrow, &narrow, sizeof narrow);
    }
}

/* ---- a call ----------------------------------------------------------------------------------------------------- */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static float params[ACTFN_MAX_PARAMS];
    struct bytes b = { data, data + size };
    const enum entry entry = (enum entry)(take_byte(&b) % ENTRY_COUNT);
    const unsigned has = entry_rows[entry].has;
    struct fuzzed f = { .call = call_of(entry, ACTFN_IDENTITY) };
    struct call *c = &f.call;
    c->op = any_op(&b, entry);

    const unsigned modes = take_byte(&b);
    c->mode = modes >= 250 ? any_int(&b) : (int)(modes & 1);
    f.rounding = (int)(modes >> 1 & 3);
    f.raised = modes & 8;
    c->n = any_size(&b, has & HAS_INNER ? 19 : 67);
    c->outer = has & HAS_OUTER ? any_size(&b, 6) : 1;
    c->inner = has & HAS_INNER ? any_size(&b, 19) : 1;
    bound_sizes(c);

    const unsigned odd = take_byte(&b);
    if (has & HAS_LAYOUT) {
        c->layout = odd < 240 ? 1 + (int)(odd & 1) : any_int(&b);
        c->n -= odd & 14 ? c->n % 2 : 0;
    }
    if (has & HAS_FLAGS)
        c->flags = odd < 240 ? odd & 1 : (unsigned)take(&b, 4);
    if (has & HAS_SCALE)
        c->scale = odd < 128 ? 1.0f : any_float(&b);
    if (has & HAS_WEIGHTS) {
        c->terms = call_op(c) == ACTFN_APL ? 1 + odd % 4 : 1;
        c->terms = odd >= 240 ? any_size(&b, 6) : c->terms;
        c->no_weights = odd == 239;
        c->no_dweights = odd < 60;
    }
    if (has & HAS_DRAWS) {
        c->seed = take(&b, 4);
        c->stream = take(&b, 1);
        c->offset = odd < 128 ? odd : take(&b, 8);
    }
    if (entry == ENTRY_CROSS_ENTROPY)
        c->ignore_index = (int8_t)take_byte(&b);

    const unsigned choice = take_byte(&b);
    const struct actfn_op_info *info = actfn_op_info(call_op(c));
    bool given = (has & HAS_PARAMS) && choice % 2;
    for (int k = 0; given && k < ACTFN_MAX_PARAMS; k++) {
        const bool usual = info && k < info->param_count && choice % 4 == 1 && choice % 16 != 1 + 4 * (unsigned)k;
        params[k] = usual ? actfn_op_param(info->op, k)->default_value : any_float(&b);
    }
    c->params = given ? params : NULL;
    if (has & HAS_STRIDES)
        any_strides(&b, c);
    any_buffers(&b, c);

    /* Then the data: from a seed.  The remaining bytes go to the beginning of the first input. */
    const enum data kind = (enum data)(take_byte(&b) % DATA_KINDS);
    float kept[ACTFN_MAX_PARAMS];
    memcpy(kept, arena + ARENA_MARGIN, sizeof kept);
    fill(arena, arena_used, kind, take(&b, 2));
    if (c->params && c->params != params)
        memcpy(arena + ARENA_MARGIN, kept, sizeof kept);
    any_indices(&b, c);
    f.tame = kind == TAME_DATA && !given && b.at == b.end && !(entry == ENTRY_GUMBEL && c->flags);
    const uintptr_t begin = (uintptr_t)arena, input = (uintptr_t)c->at[IN0];
    size_t i = input > begin ? (input - begin) / sizeof *arena : ARENA_MARGIN;
    for (; b.at < b.end && i < arena_used; i++)
        arena[i] = take_float(&b);
    check_call(&f);
    return 0;
}
