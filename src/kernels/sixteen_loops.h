/* SPDX-License-Identifier: MIT */
/*
 * The elementwise loops over buffers of a 16-bit type.  A type is a few words of the vocabulary, which a loop takes as its
 * first argument.  Operations that call nothing are computed between a load and a store of the type.  The others go through a
 * tile of floats on the stack, and their kernels are those of the fast mode.  So the formulas have one copy.  The conversions
 * take a small part of the time.
 *
 * In the forward direction, a float may be near a number that is half-way between two numbers of the type.  The definition of
 * the operation then settles the result (catalogue/definitions.h).
 */
#ifndef ACTFN_SIXTEEN_LOOPS_H
#define ACTFN_SIXTEEN_LOOPS_H

#include "catalogue/definitions.h"
#include "dispatch/backend.h"
#include "kernels/elementwise_loops.h"

struct sixteen_words {
    vf (*load)(const uint16_t *p);
    vf (*load_n)(const uint16_t *p, size_t n);
    void (*store)(uint16_t *p, vf a);
    void (*store_n)(uint16_t *p, vf a, size_t n);
    struct v_pair (*load_pair)(const uint16_t *p);
    void (*store_pair)(uint16_t *p, struct v_pair v);
    void (*store_exact_pair)(uint16_t *p, struct v_pair v);
    int (*store_near_pair)(uint16_t *p, struct v_pair v, uint32_t reach);
    vm (*doubt)(vf a, uint32_t reach);
    actfn_definition_fn *definition;
    uint16_t (*of_float)(float a);
    int alternates; /* the lanes of one vector of a pair are the even elements */
};

enum { bf16_alternates = 1, f16_alternates = 0, V_PAIR = 2 * V_LANES };
#define SIXTEEN_WORDS(type)                                                                                            \
    (struct sixteen_words)                                                                                             \
    {                                                                                                                  \
        type##_load, type##_load_n, type##_store, type##_store_n, type##_load_pair, type##_store_pair,                 \
            type##_store_exact_pair, type##_store_near_pair, type##_doubt, actfn_definition_##type, type##_of_float,   \
            type##_alternates                                                                                          \
    }

/* ---- conversions ------------------------------------------------------------------------------------------------- */

WORD void widen(struct sixteen_words w, size_t n, const uint16_t *x, float *y)
{
    size_t i = 0;
#pragma GCC unroll 4
    for (; n - i >= V_LANES; i += V_LANES)
        v_store(y + i, w.load(x + i));
    if (V_LANES > 1 && i < n)
        v_store_n(y + i, w.load_n(x + i, n - i), n - i);
}

/* y may begin where x does, because each vector of x is read before a result is written over it. */
WORD void narrow(struct sixteen_words w, size_t n, const float *x, uint16_t *y)
{
    size_t i = 0;
#pragma GCC unroll 4
    for (; n - i >= V_LANES; i += V_LANES)
        w.store(y + i, v_load(x + i));
    if (V_LANES > 1 && i < n)
        w.store_n(y + i, v_load_n(x + i, n - i), n - i);
}

/* ---- pairs: the type's words decide the order of the elements -------------------------------------------------------- */

/* Loads n < V_PAIR elements through a buffer of its own. */
WORD struct v_pair load_some_pair(struct sixteen_words w, const uint16_t *p, size_t n)
{
    uint16_t all[V_PAIR] = { 0 };
    copy_some(all, p, n & (V_PAIR - 1));
    return w.load_pair(all);
}

/* ---- results in doubt ------------------------------------------------------------------------------------------------- */

/* An operation.  `exact`, a constant, is true if the float is always a number of the type. */
struct sixteen_op {
    actfn_op op;
    const float *params;
    uint32_t reach;
    int exact;
};

/* The position of a in the order of the numbers.  A NaN is beyond the infinities. */
WORD unsigned place_of(uint16_t a) { return a & 0x8000 ? 0x8000u - (a & 0x7fffu) : 0x8000u + a; }

/*
 * Takes the result of the definition, if it lies between the results that the float allows.  With extreme parameters a double
 * may overflow where the float's formula takes care.
 */
WORD void settle_one(struct sixteen_words w, struct sixteen_op which, float x, uint16_t low, uint16_t high,
                     uint16_t *result)
{
    const uint16_t exact = w.definition(which.op, which.params, x);
    const unsigned a = place_of(low), b = place_of(high), at = place_of(exact);
    if ((a <= at && at <= b) || (b <= at && at <= a))
        *result = exact;
}

/* The result for the float that is `steps` steps above y. */
WORD uint16_t beside(struct sixteen_words w, float y, uint32_t steps)
{
    return w.of_float(bits_float(float_bits(y) + steps));
}

/* Settles the results of a pair whose float is in doubt.  For an infinite x the float is the limit of f already. */
WORD void settle_pair(struct sixteen_words w, struct sixteen_op which, const float *x, const float *y,
                      uint16_t *results)
{
    for (unsigned half = 0; half < 2; half++) {
        uint32_t doubtful = m_bits(w.doubt(v_load(y + half * V_LANES), which.reach));
        for (; doubtful; doubtful &= doubtful - 1) {
            const unsigned lane = (unsigned)__builtin_ctz(doubtful), k = half * V_LANES + lane;
            uint16_t *const result = results + (w.alternates ? 2 * lane + half : k);
            *result = w.of_float(y[k]);
            if (is_finite(x[k]))
                settle_one(w, which, x[k], beside(w, y[k], -which.reach), beside(w, y[k], which.reach), result);
        }
    }
}

/* ---- through a tile ------------------------------------------------------------------------------------------------ */

enum { SIXTEEN_TILE = 512 };
_Static_assert(SIXTEEN_TILE % V_PAIR == 0, "a tile is whole pairs");

/* Widens x into a tile and fills the last pair with zeros.  Returns the number of elements in the tile. */
WORD size_t widen_pairs(struct sixteen_words w, size_t n, const uint16_t *x, float *tile)
{
    size_t i = 0;
    for (; n - i >= V_PAIR; i += V_PAIR) {
        const struct v_pair v = w.load_pair(x + i);
        v_store(tile + i, v.a);
        v_store(tile + i + V_LANES, v.b);
    }
    if (i == n)
        return n;
    const struct v_pair v = load_some_pair(w, x + i, n - i);
    v_store(tile + i, v.a);
    v_store(tile + i + V_LANES, v.b);
    return i + V_PAIR;
}

WORD struct v_pair pair_of(const float *tile) { return (struct v_pair) { v_load(tile), v_load(tile + V_LANES) }; }

/* Settles the results of a type.  The function is out of line, because one element in a thousand comes here. */
typedef void settle_fn(struct sixteen_op which, const float *x, const float *y, uint16_t *results);

WORD void map_tiles(struct sixteen_words w, settle_fn *settle, struct sixteen_op which, actfn_forward_fn kernel,
                    size_t n, const uint16_t *x, uint16_t *y)
{
    _Alignas(64) float in[SIXTEEN_TILE], out[SIXTEEN_TILE];
    for (size_t i = 0, count; i < n; i += count) {
        count = n - i < SIXTEEN_TILE ? n - i : SIXTEEN_TILE;
        kernel(which.params, widen_pairs(w, count, x + i, in), in, out);
        size_t k = 0;
        for (; count - k >= V_PAIR; k += V_PAIR)
            if (w.store_near_pair(y + i + k, pair_of(out + k), which.reach))
                settle(which, in + k, out + k, y + i + k);
        if (k < count) {
            uint16_t all[V_PAIR];
            if (w.store_near_pair(all, pair_of(out + k), which.reach))
                settle(which, in + k, out + k, all);
            copy_some(y + i + k, all, (count - k) & (V_PAIR - 1));
        }
    }
}

/* Settles the results of a pair that are different at the two ends of the float's error. */
WORD void settle_between(struct sixteen_words w, struct sixteen_op which, const float *x, const float *y,
                         const uint16_t *low, const uint16_t *high, uint16_t *results)
{
    for (unsigned k = 0; k < V_PAIR; k++) {
        const unsigned at = w.alternates ? 2 * (k % V_LANES) + k / V_LANES : k;
        if (low[at] != high[at] && ((low[at] | high[at]) & 0x7fff) && is_finite(x[k]) && is_finite(y[k]))
            settle_one(w, which, x[k], low[at], high[at], &results[at]);
    }
}
typedef void settle_between_fn(struct sixteen_op which, const float *x, const float *y, const uint16_t *low,
                               const uint16_t *high, uint16_t *results);

/* The results of a pair, also as a vector of integers. */
union stored_pair {
    uint16_t at[V_PAIR];
    uint32_t all[V_LANES];
};

WORD int pairs_differ(const union stored_pair *a, const union stored_pair *b)
{
    return m_any(u_above(u_load(a->all) ^ u_load(b->all), u_splat(0)));
}

/*
 * The same where terms cancel near a zero of f.  There the error of a float is `reach` ULP of the terms and of the float.  A
 * result is in doubt if the type rounds the two ends of this error to different numbers.
 */
WORD void map_tiles_cancelling(struct sixteen_words w, settle_between_fn *settle, struct sixteen_op which,
                               actfn_forward_fn kernel, unary_op *cancelling, const void *params, size_t n,
                               const uint16_t *x, uint16_t *y)
{
    _Alignas(64) float in[SIXTEEN_TILE], out[SIXTEEN_TILE];
    const float ulp = (float)which.reach * 0x1p-23f, least = (float)which.reach * 0x1p-149f;
    for (size_t i = 0, count; i < n; i += count) {
        count = n - i < SIXTEEN_TILE ? n - i : SIXTEEN_TILE;
        kernel(which.params, widen_pairs(w, count, x + i, in), in, out);
        for (size_t k = 0; k < count; k += V_PAIR) {
            const struct v_pair a = pair_of(in + k), f = pair_of(out + k);
            const vf off_a = (v_abs(f.a) + cancelling(a.a, params)) * ulp + least;
            const vf off_b = (v_abs(f.b) + cancelling(a.b, params)) * ulp + least;
            union stored_pair low, high;
            uint16_t all[V_PAIR], *const results = count - k < V_PAIR ? all : y + i + k;
            w.store_pair(low.at, (struct v_pair) { f.a - off_a, f.b - off_b });
            w.store_pair(high.at, (struct v_pair) { f.a + off_a, f.b + off_b });
            w.store_pair(results, f);
            if (pairs_differ(&low, &high))
                settle(which, in + k, out + k, low.at, high.at, results);
            if (count - k < V_PAIR)
                copy_some(y + i + k, all, (count - k) & (V_PAIR - 1));
        }
    }
}

/* Rounds the floats of a tile once.  The last pair of the tile is whole. */
WORD void narrow_pairs(struct sixteen_words w, size_t n, const float *tile, uint16_t *results)
{
    size_t k = 0;
    for (; n - k >= V_PAIR; k += V_PAIR)
        w.store_pair(results + k, pair_of(tile + k));
    if (k < n) {
        uint16_t all[V_PAIR];
        w.store_pair(all, pair_of(tile + k));
        copy_some(results + k, all, (n - k) & (V_PAIR - 1));
    }
}

WORD void map_grad_tiles(struct sixteen_words w, const float *params, actfn_backward_fn kernel, size_t n,
                         const uint16_t *x, const uint16_t *dy, uint16_t *dx)
{
    _Alignas(64) float in[SIXTEEN_TILE], out[SIXTEEN_TILE];
    for (size_t i = 0, count; i < n; i += count) {
        count = n - i < SIXTEEN_TILE ? n - i : SIXTEEN_TILE;
        widen_pairs(w, count, x + i, in);
        kernel(params, widen_pairs(w, count, dy + i, out), in, out, out);
        narrow_pairs(w, count, out, dx + i);
    }
}

/* The sums of tiles are floats.  Their sum, in double, adds no visible error. */
WORD void param_gradient_tiles(struct sixteen_words w, int count_of_params, const float *params,
                               actfn_backward_fn kernel, size_t n, const uint16_t *x, const uint16_t *dy,
                               float *gradients)
{
    _Alignas(64) float in[SIXTEEN_TILE], out[SIXTEEN_TILE];
    double sums[ACTFN_MAX_PARAMS] = { 0 };
    for (size_t i = 0, count; i < n; i += count) {
        float part[ACTFN_MAX_PARAMS];
        count = n - i < SIXTEEN_TILE ? n - i : SIXTEEN_TILE;
        widen(w, count, x + i, in);
        widen(w, count, dy + i, out);
        kernel(params, count, in, out, part);
        for (int k = 0; k < count_of_params; k++)
            sums[k] += (double)part[k];
    }
    for (int k = 0; k < count_of_params; k++)
        gradients[k] = (float)sums[k];
}

/* One row of a gate. */
WORD void gate_tiles(struct sixteen_words w, const float *params, const struct actfn_gate_kernels *kernels, size_t n,
                     const uint16_t *u, const uint16_t *v, uint16_t *y)
{
    _Alignas(64) float gate[SIXTEEN_TILE], value[SIXTEEN_TILE];
    for (size_t i = 0, count; i < n; i += count) {
        count = n - i < SIXTEEN_TILE ? n - i : SIXTEEN_TILE;
        const size_t whole = widen_pairs(w, count, u + i, gate);
        widen_pairs(w, count, v + i, value);
        kernels->forward(params, 1, whole, (struct actfn_rows) { gate, whole }, (struct actfn_rows) { value, whole },
                         (struct actfn_rows_out) { value, whole });
        narrow_pairs(w, count, value, y + i);
    }
}

WORD void gate_grad_tiles(struct sixteen_words w, const float *params, const struct actfn_gate_kernels *kernels,
                          size_t n, const uint16_t *u, const uint16_t *v, const uint16_t *dy, uint16_t *du,
                          uint16_t *dv)
{
    _Alignas(64) float gate[SIXTEEN_TILE], value[SIXTEEN_TILE], slope[SIXTEEN_TILE];
    for (size_t i = 0, count; i < n; i += count) {
        count = n - i < SIXTEEN_TILE ? n - i : SIXTEEN_TILE;
        const size_t whole = widen_pairs(w, count, u + i, gate);
        widen_pairs(w, count, v + i, value);
        widen_pairs(w, count, dy + i, slope);
        kernels->backward(params, 1, whole, (struct actfn_rows) { gate, whole }, (struct actfn_rows) { value, whole },
                          (struct actfn_rows) { slope, whole }, (struct actfn_rows_out) { du ? gate : NULL, whole },
                          (struct actfn_rows_out) { dv ? value : NULL, whole });
        if (du)
            narrow_pairs(w, count, gate, du + i);
        if (dv)
            narrow_pairs(w, count, value, dv + i);
    }
}

typedef void rrelu_kernel(const float *params, const struct actfn_noise *draws, size_t n, const float *x, float *y,
                          float *noise);
typedef void rrelu_grad_kernel(const float *params, const struct actfn_noise *draws, size_t n, const float *x,
                               const float *dy, float *dx);

/* The elements of a tile are in order, because each element has a draw of its own. */
WORD void rrelu_tiles(struct sixteen_words w, rrelu_kernel *kernel, const float *params, struct actfn_noise draws,
                      size_t n, const uint16_t *x, uint16_t *y, uint16_t *noise)
{
    _Alignas(64) float tile[SIXTEEN_TILE], slopes[SIXTEEN_TILE];
    for (size_t i = 0, count; i < n; i += count, draws.offset += count) {
        count = n - i < SIXTEEN_TILE ? n - i : SIXTEEN_TILE;
        widen(w, count, x + i, tile);
        kernel(params, &draws, count, tile, tile, noise ? slopes : NULL);
        narrow(w, count, tile, y + i);
        if (noise)
            narrow(w, count, slopes, noise + i);
    }
}

WORD void rrelu_grad_tiles(struct sixteen_words w, rrelu_grad_kernel *kernel, const float *params,
                           struct actfn_noise draws, size_t n, const uint16_t *x, const uint16_t *dy, uint16_t *dx)
{
    _Alignas(64) float tile[SIXTEEN_TILE], slope[SIXTEEN_TILE];
    for (size_t i = 0, count; i < n; i += count, draws.offset += count) {
        count = n - i < SIXTEEN_TILE ? n - i : SIXTEEN_TILE;
        widen(w, count, x + i, tile);
        widen(w, count, dy + i, slope);
        kernel(params, &draws, count, tile, slope, slope);
        narrow(w, count, slope, dx + i);
    }
}

/* Losses and weights are floats outside the tile, so the elements of the tile are in order here. */
WORD void loss_tiles(struct sixteen_words w, actfn_loss_kernel *kernel, const float *params, size_t n,
                     const uint16_t *z, const uint16_t *t, const float *weights, float scale, float *loss, uint16_t *dz)
{
    _Alignas(64) float logits[SIXTEEN_TILE], wanted[SIXTEEN_TILE];
    for (size_t i = 0, count; i < n; i += count) {
        count = n - i < SIXTEEN_TILE ? n - i : SIXTEEN_TILE;
        const struct actfn_targets here = { .t = wanted, .w = weights ? weights + i : NULL, .scale = scale };
        widen(w, count, z + i, logits);
        widen(w, count, t + i, wanted);
        kernel(params, count, logits, &here, loss ? loss + i : NULL, dz ? logits : NULL);
        if (dz)
            narrow(w, count, logits, dz + i);
    }
}

/* ---- between a load and a store ------------------------------------------------------------------------------------ */

WORD struct v_pair apply(unary_op *op, struct v_pair x, const void *params)
{
    return (struct v_pair) { op(x.a, params), op(x.b, params) };
}

WORD struct v_pair apply_grad(binary_op *op, struct v_pair x, struct v_pair dy, const void *params)
{
    return (struct v_pair) { op(x.a, dy.a, params), op(x.b, dy.b, params) };
}

/* y[i] = op(x[i]) for a pair. */
WORD void map_pair(struct sixteen_words w, settle_fn *settle, struct sixteen_op which, unary_op *op, const void *params,
                   struct v_pair x, uint16_t *y)
{
    const struct v_pair f = apply(op, x, params);
    if (which.exact) {
        w.store_exact_pair(y, f);
    } else if (w.store_near_pair(y, f, which.reach)) {
        _Alignas(64) float in[V_PAIR], out[V_PAIR];
        v_store(in, x.a), v_store(in + V_LANES, x.b);
        v_store(out, f.a), v_store(out + V_LANES, f.b);
        settle(which, in, out, y);
    }
}

/* y[i] = op(x[i]); y may be x. */
WORD void map_sixteen(struct sixteen_words w, settle_fn *settle, struct sixteen_op which, unary_op *op,
                      const void *params, size_t n, const uint16_t *x, uint16_t *y)
{
    size_t i = 0;
    for (; n - i >= V_PAIR; i += V_PAIR)
        map_pair(w, settle, which, op, params, w.load_pair(x + i), y + i);
    if (i < n) {
        uint16_t all[V_PAIR];
        map_pair(w, settle, which, op, params, load_some_pair(w, x + i, n - i), all);
        copy_some(y + i, all, (n - i) & (V_PAIR - 1));
    }
}

/* dx[i] = op(x[i], dy[i]); dx may be x or dy. */
WORD void map_grad_sixteen(struct sixteen_words w, binary_op *op, const void *params, size_t n, const uint16_t *x,
                           const uint16_t *dy, uint16_t *dx)
{
    size_t i = 0;
    for (; n - i >= V_PAIR; i += V_PAIR)
        w.store_pair(dx + i, apply_grad(op, w.load_pair(x + i), w.load_pair(dy + i), params));
    if (i < n) {
        uint16_t all[V_PAIR];
        w.store_pair(all, apply_grad(op, load_some_pair(w, x + i, n - i), load_some_pair(w, dy + i, n - i), params));
        copy_some(dx + i, all, (n - i) & (V_PAIR - 1));
    }
}

#endif
