/* SPDX-License-Identifier: MIT */
#include "arena.h"
#include "environment.h"
#include "fail.h"
#include "slopes.h"

#include <errno.h>
#include <fenv.h>
#include <math.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define HAVE_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAVE_ASAN 1
#endif
#endif
#ifdef HAVE_ASAN
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#endif

_Alignas(64) float arena[ARENA_FLOATS];
size_t arena_used;

/* The contents of the arena: before the call, after the first call, and after this one. */
static float initial[ARENA_FLOATS], first[ARENA_FLOATS], result[ARENA_FLOATS];

/* ---- memory ----------------------------------------------------------------------------------------------------- */

static bool in_arena(const void *p, size_t bytes)
{
    const uintptr_t begin = (uintptr_t)arena, at = (uintptr_t)p, size = arena_used * sizeof(float);
    return at >= begin && at - begin <= size && bytes <= size - (at - begin);
}

static size_t index_of(const void *p) { return (size_t)((const float *)p - arena); }

/* A slot's buffer row by row, from { 0 } on.  No rows if the buffer is missing, or has more rows than the arena has floats. */
struct piece {
    const char *at;
    size_t bytes, row, next;
};

static bool next_piece(const struct call *c, int slot, struct piece *piece)
{
    const struct span s = span_of(c, (enum slot)slot);
    if (!s.p || !s.fits || s.n == 0 || s.rows > ARENA_FLOATS || piece->next == s.rows)
        return false;
    piece->row = piece->next++;
    piece->at = s.p + piece->row * s.stride * s.size;
    piece->bytes = s.n * s.size;
    return true;
}

static size_t params_bytes(const struct call *c)
{
    const struct actfn_op_info *info = actfn_op_info(call_op(c));
    return info && c->params ? (size_t)info->param_count * sizeof(float) : 0;
}

static void poison(const struct call *c)
{
    ASAN_POISON_MEMORY_REGION(arena, arena_used * sizeof *arena);
    for (int slot = 0; slot < SLOTS; slot++)
        for (struct piece p = { 0 }; next_piece(c, slot, &p) && in_arena(p.at, p.bytes);)
            ASAN_UNPOISON_MEMORY_REGION(p.at, p.bytes);
    if (params_bytes(c) && in_arena(c->params, params_bytes(c)))
        ASAN_UNPOISON_MEMORY_REGION(c->params, params_bytes(c));
}

/* Whether a result lies on no input, so that its earlier contents cannot matter. */
static bool is_pure(const struct call *c, enum slot out)
{
    const struct span a = span_of(c, out);
    const struct span params = { (const char *)c->params, 1, params_bytes(c), 0, 1, true, false, true };
    if (a.fits && !spans_apart(&a, &params))
        return false;
    for (int other = 0; other < SLOTS; other++) {
        const struct span b = span_of(c, (enum slot)other);
        if (!a.fits || (other != (int)out && b.there && b.p && b.fits && !spans_apart(&a, &b)))
            return false;
    }
    return true;
}

/* ---- one call --------------------------------------------------------------------------------------------------- */

typedef actfn_status run_way(const struct call *c);

/* Before the call, pure results are filled with `pattern`, a number that differs each time, so that an unwritten element shows.
 * */
static actfn_status run(const struct fuzzed *f, run_way *way, uint32_t pattern)
{
    static const int roundings[] = { FE_TONEAREST,
#ifdef FE_UPWARD
                                     FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO
#else
                                     FE_TONEAREST, FE_TONEAREST, FE_TONEAREST
#endif
    };
    const struct call *c = &f->call;
    memcpy(arena, initial, arena_used * sizeof *arena);
    for (int slot = 0; slot < SLOTS; slot++)
        if (is_output((enum slot)slot) && is_pure(c, (enum slot)slot))
            for (struct piece p = { 0 }; next_piece(c, slot, &p) && in_arena(p.at, p.bytes);)
                for (size_t i = 0; i < p.bytes / sizeof pattern; i++)
                    memcpy(&arena[index_of(p.at) + i], &pattern, sizeof pattern);
    memcpy(result, arena, arena_used * sizeof *arena);

    if (way == call_run) {
        fesetround(roundings[f->rounding & 3]);
        if (f->raised)
            feraiseexcept(FE_ALL_EXCEPT);
    }
    errno = 4711;
    poison(c);
    const uint64_t before = environment();
    const actfn_status status = way(c);
    const uint64_t after = environment();
    ASAN_UNPOISON_MEMORY_REGION(arena, arena_used * sizeof *arena);
    fesetround(FE_TONEAREST);
    feclearexcept(FE_ALL_EXCEPT);
    if (errno != 4711)
        fail("%s: errno is %d", call_text(c), errno);
    if (way == call_run && before != after)
        fail("%s: another floating-point environment", call_text(c));

    /* Memory outside of the results is unchanged. */
    for (int slot = 0; slot < SLOTS && status == ACTFN_OK; slot++)
        for (struct piece p = { 0 }; is_output((enum slot)slot) && next_piece(c, slot, &p);)
            memcpy(&result[index_of(p.at)], p.at, p.bytes);
    if (memcmp(result, arena, arena_used * sizeof *arena) != 0)
        fail("%s on %s: \"%s\", and wrote elsewhere", call_text(c), actfn_isa_name(), actfn_status_string(status));
    return status;
}

/* ---- results ---------------------------------------------------------------------------------------------------- */

static bool same_bits(const float *a, const float *b, bool floats)
{
    return memcmp(a, b, sizeof *a) == 0 || (floats && isnan(*a) && isnan(*b));
}

static void expect_same(const struct call *c, const char *what)
{
    for (int slot = 0; slot < SLOTS; slot++) {
        const bool floats = c->entry != ENTRY_RANDOM_U32 && !(c->entry == ENTRY_MAXOUT_INDEX && slot == OUT1);
        for (struct piece p = { 0 }; is_output((enum slot)slot) && next_piece(c, slot, &p);)
            for (size_t i = 0; i < p.bytes / sizeof(float); i++) {
                const size_t k = index_of(p.at) + i;
                if (!same_bits(&first[k], &arena[k], floats))
                    fail("%s: %s: row %zu, element %zu of %s is %a, not %a", call_text(c), what, p.row, i,
                         slot_name(c, (enum slot)slot), (double)arena[k], (double)first[k]);
            }
    }
}

/* Both modes on tame data: each result is within its bounds, so the two are near each other. */
static void expect_near(const struct call *c)
{
    for (int slot = 0; slot < SLOTS; slot++) {
        double scale = 0;
        for (struct piece p = { 0 }; is_output((enum slot)slot) && next_piece(c, slot, &p);)
            for (size_t i = 0; i < p.bytes / sizeof(float); i++)
                scale = fmax(scale, fabs((double)first[index_of(p.at) + i]));
        for (struct piece p = { 0 }; is_output((enum slot)slot) && next_piece(c, slot, &p);)
            for (size_t i = 0; i < p.bytes / sizeof(float); i++) {
                const float slow = first[index_of(p.at) + i], fast = arena[index_of(p.at) + i];
                const double most = 0x1p-16 * fabs((double)slow) + 0x1p-18 * (1 + scale);
                if (isnan(slow) != isnan(fast) || fabs((double)slow - (double)fast) > most)
                    fail("%s on %s: element %zu of %s is %a fast, %a accurate", call_text(c), actfn_isa_name(), i,
                         slot_name(c, (enum slot)slot), (double)fast, (double)slow);
            }
    }
}

static bool is_elementwise(enum entry entry) { return entry <= ENTRY_FROM_OUTPUT; }

/* The parameters, or the defaults if they are NULL. */
static const float *params_of(const struct call *c)
{
    static float defaults[ACTFN_MAX_PARAMS];
    for (int k = 0; !c->params && actfn_op_param(call_op(c), k); k++)
        defaults[k] = actfn_op_param(call_op(c), k)->default_value;
    return c->params ? c->params : defaults;
}

/* The header's rules about NaN, and about functions that are flat somewhere, for elementwise results in the arena. */
static void expect_elementwise(const struct call *c)
{
    float params[ACTFN_MAX_PARAMS] = { 0 };
    const struct actfn_op_info *info = actfn_op_info(call_op(c));
    if (info->param_count)
        memcpy(params, params_of(c), (size_t)info->param_count * sizeof *params);
    for (size_t i = 0; i < c->n; i++) {
        const float x = initial[index_of(c->at[IN0]) + i], out = ((const float *)c->at[OUT0])[i];
        const float dy = c->entry == ENTRY_FORWARD ? 0 : initial[index_of(c->at[IN1]) + i];
        if (isnan(x) && !isnan(out))
            fail("%s on %s: element %zu is %a of NaN", call_text(c), actfn_isa_name(), i, (double)out);
        if (c->entry != ENTRY_BACKWARD || isnan(x))
            continue;
        const enum slope slope = slope_at(info->op, params, x);
        const float wanted = slope == NO_SLOPE ? 0 : dy;
        if (slope != ANY_SLOPE && !same_bits(&wanted, &out, true))
            fail("%s on %s: dx is %a at x = %a, dy = %a", call_text(c), actfn_isa_name(), (double)out, (double)x,
                 (double)dy);
    }
}

/* A NaN in u or v of a gate, or in x of a channel. */
static void expect_nan(const struct call *c)
{
    const bool gates = c->entry == ENTRY_GATES_FORWARD;
    if (!gates && c->entry != ENTRY_CHANNELS_FORWARD && !(c->entry == ENTRY_CHANNELS_BACKWARD && c->at[OUT0]))
        return;
    const size_t rows = gates ? c->outer : 1, n = gates ? c->n : c->outer * c->n * c->inner;
    for (size_t row = 0; n && row < rows; row++)
        for (size_t i = 0; i < n; i++) {
            const float a = initial[index_of(c->at[IN0]) + (gates ? row * c->stride[IN0] : 0) + i];
            const float b = gates ? initial[index_of(c->at[IN1]) + row * c->stride[IN1] + i] : 0;
            const float out = ((const float *)c->at[OUT0])[(gates ? row * c->stride[OUT0] : 0) + i];
            if ((isnan(a) || isnan(b)) && !isnan(out))
                fail("%s on %s: row %zu, element %zu is %a of NaN", call_text(c), actfn_isa_name(), row, i,
                     (double)out);
        }
}

/* ---- the resolved kernel ---------------------------------------------------------------------------------------- */

static actfn_status run_kernel(const struct call *c)
{
    const actfn_op op = (actfn_op)c->op;
    const actfn_mode mode = (actfn_mode)c->mode;
    const float *params = params_of(c);
    if (c->entry == ENTRY_FORWARD)
        actfn_forward_kernel_f32(op, mode)(params, c->n, c->at[IN0], c->at[OUT0]);
    else
        (c->entry == ENTRY_BACKWARD
             ? actfn_backward_kernel_f32(op, mode)
             : actfn_backward_from_output_kernel_f32(op, mode))(params, c->n, c->at[IN0], c->at[IN1], c->at[OUT0]);
    return ACTFN_OK;
}

/* ---- all of it -------------------------------------------------------------------------------------------------- */

/* If a call has no fault, the library makes it, and then its buffers must lie in the arena. */
static bool is_there(const struct call *c)
{
    for (int slot = 0; slot < SLOTS; slot++) {
        const struct span s = span_of(c, (enum slot)slot);
        if (s.p && s.fits && s.n && (s.rows > ARENA_FLOATS || !in_arena(s.p, span_bytes(&s))))
            return false;
    }
    return true;
}

/* The library reads these before it knows whether the rest is right. */
static bool is_readable(const struct call *c)
{
    const bool indices = c->entry == ENTRY_CROSS_ENTROPY || c->entry == ENTRY_MAXOUT_FROM_INDEX;
    for (int slot = 0; slot < SLOTS; slot++) {
        const bool read =
            (slot >= WEIGHTS && slot < GRADIENTS) || (indices && slot == (c->entry == ENTRY_CROSS_ENTROPY ? IN1 : IN0));
        const struct span s = span_of(c, (enum slot)slot);
        if (read && s.p && s.fits && !in_arena(s.p, span_bytes(&s)))
            return false;
    }
    return true;
}

static void check_results(const struct call *c)
{
    if (is_elementwise(c->entry) && c->n)
        expect_elementwise(c);
    expect_nan(c);
}

static void check_mode(const struct fuzzed *f, struct promise promise, bool bits)
{
    const struct call *c = &f->call;
    const char *isa;
    int runs = 0;
    for (int i = 0; (isa = actfn_isa_at(i)); i++) {
        if (actfn_isa_select(isa) != ACTFN_OK)
            continue;
        const actfn_status status = run(f, call_run, 0x4ba5a500u + (uint32_t)i);
        if (!keeps(promise, status))
            fail("%s on %s: \"%s\", not one of %#x", call_text(c), isa, actfn_status_string(status), promise.errors);
        if (status != ACTFN_OK)
            return;
        check_results(c);
        if (runs++ == 0 || !bits)
            memcpy(first, arena, arena_used * sizeof *arena);
        else
            expect_same(c, isa);
        if (is_elementwise(c->entry) && c->n) {
            run(f, run_kernel, 0x4ba5a5f0u);
            expect_same(c, "the resolved kernel");
        }
    }
    actfn_isa_select(NULL);
}

/* The bits are promised with fused multiply-add, which every set except generic needs. */
static bool has_fma(void)
{
#if defined(__x86_64__)
    return actfn_isa_available("avx2");
#else
    return true;
#endif
}

void check_call(const struct fuzzed *f)
{
    struct fuzzed other = *f;
    if (!is_readable(&f->call))
        return;
    memcpy(initial, arena, arena_used * sizeof *arena);
    const struct promise promise = promise_of(&f->call);
    if ((!promise.errors || promise.or_ok) && !is_there(&f->call))
        return;
    check_mode(f, promise, f->call.mode == ACTFN_ACCURATE && has_fma());
    if (promise.errors || !f->tame || f->call.mode != ACTFN_FAST)
        return;
    /* Each fast result is compared with the accurate mode, whose bits are the same everywhere. */
    other.call.mode = ACTFN_ACCURATE;
    run(&other, call_run, 0x4ba5a5a5u);
    memcpy(first, arena, arena_used * sizeof *arena);
    for (int i = 0; actfn_isa_at(i); i++)
        if (actfn_isa_select(actfn_isa_at(i)) == ACTFN_OK) {
            run(f, call_run, 0x4ba5a5a5u);
            expect_near(&f->call);
        }
    actfn_isa_select(NULL);
}
