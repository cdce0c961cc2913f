/* SPDX-License-Identifier: MIT */
/*
 * The elementwise loops over buffers of a 16-bit type.  A type is a few words of the vocabulary, which a loop takes as its
 * first argument.  Operations that call nothing are computed between a load and a store of the type.  The others go through a
 * tile of floats on the stack, and their kernels are those of the fast mode: one copy of the formulas, and the conversions
 * are a small part of the time.
 *
 * Forward, a result whose float is near a number half-way between two of the type is settled (catalogue/definitions.h).
 */
#ifndef ACTFN_SIXTEEN_LOOPS_H
#define ACTFN_SIXTEEN_LOOPS_H

#include "catalogue/definitions.h"
#include "kernels/elementwise_loops.h"

struct sixteen_words {
    vf (*load)(const uint16_t *p);
    vf (*load_n)(const uint16_t *p, size_t n);
    void (*store)(uint16_t *p, vf a);
    void (*store_n)(uint16_t *p, vf a, size_t n);
    vm (*doubt)(vf a, uint32_t reach);
    actfn_settle_fn *settle;
    actfn_definition_fn *definition;
};

#define SIXTEEN_WORDS(type)                                                                                            \
    (struct sixteen_words)                                                                                             \
    {                                                                                                                  \
        type##_load, type##_load_n, type##_store, type##_store_n, type##_doubt, actfn_settle_##type,                   \
            actfn_definition_##type                                                                                    \
    }

WORD vf load_some_sixteen(struct sixteen_words w, const uint16_t *p, size_t n)
{
    return n < V_LANES ? w.load_n(p, n) : w.load(p);
}

WORD void store_some_sixteen(struct sixteen_words w, uint16_t *p, vf a, size_t n)
{
    if (n < V_LANES)
        w.store_n(p, a, n);
    else
        w.store(p, a);
}

/* ---- conversions ------------------------------------------------------------------------------------------------- */

WORD void widen(struct sixteen_words w, size_t n, const uint16_t *x, float *y)
{
    size_t i = 0;
    for (; n - i >= V_LANES; i += V_LANES)
        v_store(y + i, w.load(x + i));
    if (V_LANES > 1 && i < n)
        v_store_n(y + i, w.load_n(x + i, n - i), n - i);
}

/* y may begin where x does: a vector is read before anything is written that lies behind its beginning. */
WORD void narrow(struct sixteen_words w, size_t n, const float *x, uint16_t *y)
{
    size_t i = 0;
    for (; n - i >= V_LANES; i += V_LANES)
        w.store(y + i, v_load(x + i));
    if (V_LANES > 1 && i < n)
        w.store_n(y + i, v_load_n(x + i, n - i), n - i);
}

/* ---- which operation, for what has to be settled ------------------------------------------------------------------ */

/* `exact`, a constant, is true where the float is the result itself. */
struct sixteen_op {
    actfn_op op;
    const float *params;
    uint32_t reach;
    int exact;
};

/* ---- through a tile ------------------------------------------------------------------------------------------------ */

enum { SIXTEEN_TILE = 512 };
_Static_assert(SIXTEEN_TILE % (4 * V_LANES) == 0, "a tile is whole blocks of four vectors");

/* The floats y, computed of x, to the type. */
WORD void narrow_settled(struct sixteen_words w, struct sixteen_op which, size_t n, const float *x, const float *y,
                         uint16_t *results)
{
    size_t i = 0;
    for (; n - i >= 4 * V_LANES; i += 4 * V_LANES) {
        const vf a = v_load(y + i), b = v_load(y + i + V_LANES);
        const vf c = v_load(y + i + 2 * V_LANES), d = v_load(y + i + 3 * V_LANES);
        w.store(results + i, a);
        w.store(results + i + V_LANES, b);
        w.store(results + i + 2 * V_LANES, c);
        w.store(results + i + 3 * V_LANES, d);
        if (m_any(w.doubt(a, which.reach) | w.doubt(b, which.reach) | w.doubt(c, which.reach) |
                  w.doubt(d, which.reach)))
            w.settle(which.op, which.params, 4 * V_LANES, x + i, y + i, results + i);
    }
    if (i < n) {
        narrow(w, n - i, y + i, results + i);
        w.settle(which.op, which.params, n - i, x + i, y + i, results + i);
    }
}

WORD void map_tiles(struct sixteen_words w, struct sixteen_op which, actfn_forward_fn kernel, size_t n,
                    const uint16_t *x, uint16_t *y)
{
    _Alignas(64) float in[SIXTEEN_TILE], out[SIXTEEN_TILE];
    for (size_t i = 0, count; i < n; i += count) {
        count = n - i < SIXTEEN_TILE ? n - i : SIXTEEN_TILE;
        widen(w, count, x + i, in);
        kernel(which.params, count, in, out);
        narrow_settled(w, which, count, in, out, y + i);
    }
}

/*
 * The same where terms cancel near a zero of f.  There the error of y is of their size: `bound` ULP of them and of y.  What the
 * type makes of the floats at both ends tells whether there is a doubt.
 */
WORD void map_tiles_cancelling(struct sixteen_words w, struct sixteen_op which, actfn_forward_fn kernel,
                               unary_op *cancelling, const void *params, size_t n, const uint16_t *x, uint16_t *y)
{
    _Alignas(64) float in[SIXTEEN_TILE], out[SIXTEEN_TILE];
    uint16_t low[SIXTEEN_TILE], high[SIXTEEN_TILE];
    const float ulp = (float)which.reach * 0x1p-23f, least = (float)which.reach * 0x1p-149f;
    for (size_t i = 0, count; i < n; i += count) {
        count = n - i < SIXTEEN_TILE ? n - i : SIXTEEN_TILE;
        v_store(in + (count - 1) / V_LANES * V_LANES, ZERO); /* the lanes behind the last */
        v_store(out + (count - 1) / V_LANES * V_LANES, ZERO);
        widen(w, count, x + i, in);
        kernel(which.params, count, in, out);
        narrow(w, count, out, y + i);
        for (size_t k = 0; k < count; k += V_LANES) {
            const vf a = v_load(out + k), off = (v_abs(a) + cancelling(v_load(in + k), params)) * ulp + least;
            w.store(low + k, a - off);
            w.store(high + k, a + off);
        }
        for (size_t k = 0; k < count; k++)
            if (low[k] != high[k] && ((low[k] | high[k]) & 0x7fff) && is_finite(in[k]) && is_finite(out[k]))
                y[i + k] = w.definition(which.op, which.params, in[k]);
    }
}

WORD void map_grad_tiles(struct sixteen_words w, const float *params, actfn_backward_fn kernel, size_t n,
                         const uint16_t *x, const uint16_t *dy, uint16_t *dx)
{
    _Alignas(64) float in[SIXTEEN_TILE], out[SIXTEEN_TILE];
    for (size_t i = 0, count; i < n; i += count) {
        count = n - i < SIXTEEN_TILE ? n - i : SIXTEEN_TILE;
        widen(w, count, x + i, in);
        widen(w, count, dy + i, out);
        kernel(params, count, in, out, out);
        narrow(w, count, out, dx + i);
    }
}

/* Sums of tiles are floats; their sum, in double, adds no error that could be seen. */
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

/* ---- between a load and a store ------------------------------------------------------------------------------------ */

/* The input and the float result of one vector, settled where that is needed. */
WORD void settle_lanes(struct sixteen_words w, struct sixteen_op which, vf x, vf y, size_t n, uint16_t *results)
{
    if (which.exact || !m_any(w.doubt(y, which.reach)))
        return;
    _Alignas(64) float in[V_LANES], out[V_LANES];
    v_store(in, x);
    v_store(out, y);
    w.settle(which.op, which.params, n, in, out, results);
}

/* y[i] = op(x[i]); y may be x.  One lane alone is written out once: its conversions are long. */
WORD void map_sixteen(struct sixteen_words w, struct sixteen_op which, unary_op *op, const void *params, size_t n,
                      const uint16_t *x, uint16_t *y)
{
    size_t i = 0;
    for (; V_LANES > 1 && n - i >= 4 * V_LANES; i += 4 * V_LANES) {
        const vf a = w.load(x + i), b = w.load(x + i + V_LANES);
        const vf c = w.load(x + i + 2 * V_LANES), d = w.load(x + i + 3 * V_LANES);
        const vf fa = op(a, params), fb = op(b, params), fc = op(c, params), fd = op(d, params);
        w.store(y + i, fa);
        w.store(y + i + V_LANES, fb);
        w.store(y + i + 2 * V_LANES, fc);
        w.store(y + i + 3 * V_LANES, fd);
        if (!which.exact && m_any(w.doubt(fa, which.reach) | w.doubt(fb, which.reach) | w.doubt(fc, which.reach) |
                                  w.doubt(fd, which.reach))) {
            _Alignas(64) float in[4 * V_LANES], out[4 * V_LANES];
            v_store(in, a), v_store(in + V_LANES, b), v_store(in + 2 * V_LANES, c), v_store(in + 3 * V_LANES, d);
            v_store(out, fa), v_store(out + V_LANES, fb), v_store(out + 2 * V_LANES, fc),
                v_store(out + 3 * V_LANES, fd);
            w.settle(which.op, which.params, 4 * V_LANES, in, out, y + i);
        }
    }
    for (size_t count; i < n; i += count) {
        count = lanes_of(n, i);
        const vf a = load_some_sixteen(w, x + i, count), fa = op(a, params);
        store_some_sixteen(w, y + i, fa, count);
        settle_lanes(w, which, a, fa, count, y + i);
    }
}

/* dx[i] = op(x[i], dy[i]); dx may be x or dy. */
WORD void map_grad_sixteen(struct sixteen_words w, binary_op *op, const void *params, size_t n, const uint16_t *x,
                           const uint16_t *dy, uint16_t *dx)
{
    size_t i = 0;
    for (; V_LANES > 1 && n - i >= 2 * V_LANES; i += 2 * V_LANES) {
        const vf a = w.load(x + i), b = w.load(x + i + V_LANES);
        const vf da = w.load(dy + i), db = w.load(dy + i + V_LANES);
        w.store(dx + i, op(a, da, params));
        w.store(dx + i + V_LANES, op(b, db, params));
    }
    for (size_t count; i < n; i += count) {
        count = lanes_of(n, i);
        const vf a = load_some_sixteen(w, x + i, count), da = load_some_sixteen(w, dy + i, count);
        store_some_sixteen(w, dx + i, op(a, da, params), count);
    }
}

#endif
