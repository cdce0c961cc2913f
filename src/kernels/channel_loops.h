/* SPDX-License-Identifier: MIT */
/*
 * The channels family over (outer, channels, inner).  Where inner > 1 a channel is runs of inner elements, and its
 * weights are splat; where inner = 1 neighbouring elements are of neighbouring channels, and so are the weights.  The
 * formulas are the same, and so are an element's bits.
 */
#ifndef ACTFN_CHANNELS_H
#define ACTFN_CHANNELS_H

/* Of which channels and term weights are wanted: those of channel `first` in all lanes (count = 0), or of `count` from
 * it. */
struct channels_at {
    const float *const *weights;
    size_t terms, channels, term, first, count;
};

WORD vf weight_at(const struct channels_at *at, int k)
{
    const float *p = at->weights[k] + at->term * at->channels + at->first;
    return at->count == 0 ? v_splat(*p) : at->count == V_LANES ? v_load(p) : v_load_n(p, at->count);
}

/* What a formula finds its weights in.  A sum over terms fetches them itself. */
union weights {
    struct prelu_weights prelu;
    struct srelu_weights srelu;
    struct apl_weights apl;
    struct channels_at all;
};
typedef void fetch_weights(union weights *w, const struct channels_at *at);

WORD void all_weights(union weights *w, const struct channels_at *at) { w->all = *at; }

/* One channel is one run. */
WORD struct actfn_shape joined(struct actfn_shape shape)
{
    if (shape.n == 1) {
        shape.inner *= shape.outer;
        shape.outer = 1;
    }
    return shape;
}

/* ---- element by element ---------------------------------------------------------------------------------------- */

WORD void channels_map(fetch_weights *fetch, unary_op *op, struct actfn_shape shape, size_t terms,
                       const float *const *weights, const float *x, float *y)
{
    union weights w;
    shape = joined(shape);
    if (shape.n == 1 || shape.inner != 1) {
        for (size_t o = 0; o < shape.outer; o++)
            for (size_t c = 0; c < shape.n; c++, x += shape.inner, y += shape.inner) {
                fetch(&w, &(struct channels_at) { weights, terms, shape.n, 0, c, 0 });
                map(op, 1, &w, shape.inner, x, y);
            }
        return;
    }
    for (size_t o = 0; o < shape.outer; o++, x += shape.n, y += shape.n) {
        size_t c = 0;
        for (; shape.n - c >= V_LANES; c += V_LANES) {
            fetch(&w, &(struct channels_at) { weights, terms, shape.n, 0, c, V_LANES });
            v_store(y + c, op(v_load(x + c), &w));
        }
        if (c < shape.n) {
            fetch(&w, &(struct channels_at) { weights, terms, shape.n, 0, c, shape.n - c });
            v_store_n(y + c, op(v_load_n(x + c, shape.n - c), &w), shape.n - c);
        }
    }
}

WORD void channels_map_grad(fetch_weights *fetch, binary_op *op, struct actfn_shape shape, size_t terms,
                            const float *const *weights, const float *x, const float *dy, float *dx)
{
    union weights w;
    shape = joined(shape);
    if (shape.n == 1 || shape.inner != 1) {
        for (size_t o = 0; o < shape.outer; o++)
            for (size_t c = 0; c < shape.n; c++, x += shape.inner, dy += shape.inner, dx += shape.inner) {
                fetch(&w, &(struct channels_at) { weights, terms, shape.n, 0, c, 0 });
                map_grad(op, 1, &w, shape.inner, x, dy, dx);
            }
        return;
    }
    for (size_t o = 0; o < shape.outer; o++, x += shape.n, dy += shape.n, dx += shape.n) {
        size_t c = 0;
        for (; shape.n - c >= V_LANES; c += V_LANES) {
            fetch(&w, &(struct channels_at) { weights, terms, shape.n, 0, c, V_LANES });
            v_store(dx + c, op(v_load(x + c), v_load(dy + c), &w));
        }
        if (c < shape.n) {
            fetch(&w, &(struct channels_at) { weights, terms, shape.n, 0, c, shape.n - c });
            v_store_n(dx + c, op(v_load_n(x + c, shape.n - c), v_load_n(dy + c, shape.n - c), &w), shape.n - c);
        }
    }
}

/* ---- sums over a channel --------------------------------------------------------------------------------------- */

/*
 * Element i of channel c in row o is the channel's element o inner + i, and the sum over these is that of reduce.h: its
 * order depends on their number alone, and is one for every layout.
 */

/* Channels side by side, as many as there are partials: a cache line of each row on every instruction set. */
enum { TILE = PARTIALS, TILE_VECTORS = TILE / V_LANES };

/* The rows of one block, into sums[0 ... count). */
WORD void tile_block(binary_op *op, const union weights *w, size_t rows, size_t channels, size_t count, const float *x,
                     const float *dy, struct pairwise *sums)
{
    struct partial part[PARTIALS][TILE_VECTORS];
    for (int j = 0; j < PARTIALS; j++)
        for (int v = 0; v < TILE_VECTORS; v++)
            part[j][v].sum = part[j][v].error = v_splat(0.0f);

    const size_t full = count / V_LANES, rest = count % V_LANES;
    for (size_t o = 0; o < rows; o++, x += channels, dy += channels) {
        struct partial *p = part[o % PARTIALS];
        for (size_t v = 0; v < full; v++)
            partial_add(&p[v], op(v_load(x + v * V_LANES), v_load(dy + v * V_LANES), &w[v]));
        /* Lanes beyond the last channel sum up what nobody reads. */
        if (rest)
            partial_add(&p[full],
                        op(v_load_n(x + full * V_LANES, rest), v_load_n(dy + full * V_LANES, rest), &w[full]));
    }

    float sum[PARTIALS][TILE], error[PARTIALS][TILE];
    for (int j = 0; j < PARTIALS; j++)
        for (int v = 0; v < TILE_VECTORS; v++) {
            v_store(&sum[j][v * V_LANES], part[j][v].sum);
            v_store(&error[j][v * V_LANES], part[j][v].error);
        }
    for (size_t c = 0; c < count; c++)
        pairwise_add(&sums[c], fold_partials(&sum[0][c], &error[0][c], TILE));
}

WORD void tile_sums(fetch_weights *fetch, binary_op *op, struct actfn_shape shape, struct channels_at at, size_t count,
                    const float *x, const float *dy, float *out)
{
    union weights w[TILE_VECTORS];
    struct pairwise sums[TILE];
    size_t v = 0;
    do {
        struct channels_at here = at;
        here.first += v * V_LANES;
        here.count = count - v * V_LANES < V_LANES ? count - v * V_LANES : V_LANES;
        fetch(&w[v], &here);
    } while (++v * V_LANES < count);
    for (size_t c = 0; c < count; c++)
        sums[c].blocks = 0;
    x += at.first, dy += at.first;
    for (size_t o = 0; o < shape.outer; o += BLOCK)
        tile_block(op, w, shape.outer - o < BLOCK ? shape.outer - o : BLOCK, shape.n, count, x + o * shape.n,
                   dy + o * shape.n, sums);
    for (size_t c = 0; c < count; c++)
        out[at.first + c] = (float)pairwise_total(&sums[c]);
}

/* out[s * channels + c] for every term and channel. */
WORD void channels_sums(fetch_weights *fetch, binary_op *op, struct actfn_shape shape, size_t terms,
                        const float *const *weights, const float *x, const float *dy, float *out)
{
    shape = joined(shape);
    struct channels_at at = { weights, terms, shape.n, 0, 0, 0 };
    for (; at.term < terms; at.term++, out += shape.n) {
        if (shape.n != 1 && shape.inner == 1) {
            for (at.first = 0; shape.n - at.first >= TILE; at.first += TILE)
                tile_sums(fetch, op, shape, at, TILE, x, dy, out);
            if (at.first < shape.n)
                tile_sums(fetch, op, shape, at, shape.n - at.first, x, dy, out);
            continue;
        }
        for (at.first = 0; at.first < shape.n; at.first++) {
            union weights w;
            struct running_sum sum;
            fetch(&w, &at);
            running_sum_start(&sum);
            for (size_t o = 0; o < shape.outer; o++) {
                const size_t run = (o * shape.n + at.first) * shape.inner;
                running_sum_add(&sum, op, &w, shape.inner, x + run, dy + run);
            }
            out[at.first] = running_sum_end(&sum, op, &w);
        }
    }
}

/* ---- the formulas as these loops want them -------------------------------------------------------------------- */

#define P(op, param, ...) w->op.param = weight_at(at, k++);
#define FETCH_OF_CHANNELS(name, params)                                                                                \
    WORD void name##_fetch(union weights *w, const struct channels_at *at)                                             \
    {                                                                                                                  \
        int k = 0;                                                                                                     \
        params(void) k;                                                                                                \
    }
#define FETCH_OF_RANDOM(name, params)
#define FETCH_OF_GATES(name, params)
#define FETCH_OF_ROWS(name, params)
#define FETCH_OF_LOSSES(name, params)
#define FAMILY(kind, name, NAME, value, arity, params, ...) \
    FETCH_OF_##kind(name, params)
#include "catalogue/ops.def"

#define CHANNEL_FORMULAS(name)                                                                                         \
    WORD vf name##_channel(vf x, const void *w) { return act_##name(x, &((const union weights *)w)->name); }           \
    WORD vf name##_channel_df(vf x, vf dy, const void *w)                                                              \
    {                                                                                                                  \
        return act_##name##_grad(x, dy, &((const union weights *)w)->name);                                            \
    }
CHANNEL_FORMULAS(prelu)
CHANNEL_FORMULAS(srelu)

WORD vf prelu_channel_dfy(vf y, vf dy, const void *w)
{
    return act_prelu_grad_y(y, dy, &((const union weights *)w)->prelu);
}

WORD vf apl_channel(vf x, const void *w)
{
    struct channels_at at = ((const union weights *)w)->all;
    vf y = act_apl_start(x);
    for (at.term = 0; at.term < at.terms; at.term++) {
        union weights term;
        apl_fetch(&term, &at);
        y = act_apl(y, x, &term.apl);
    }
    return y;
}
WORD vf apl_channel_df(vf x, vf dy, const void *w)
{
    struct channels_at at = ((const union weights *)w)->all;
    vf slope = act_apl_grad_start(x);
    for (at.term = 0; at.term < at.terms; at.term++) {
        union weights term;
        apl_fetch(&term, &at);
        slope = act_apl_grad(slope, x, &term.apl);
    }
    return dy * slope;
}

#define prelu_fetch_elements prelu_fetch
#define srelu_fetch_elements srelu_fetch
#define apl_fetch_elements all_weights

/* ---- kernels -------------------------------------------------------------------------------------------------- */

#define P(op, param, ...)                                                                                              \
    WORD vf op##_channel_d_##param(vf x, vf dy, const void *w)                                                         \
    {                                                                                                                  \
        return act_##op##_d_##param(x, dy, &((const union weights *)w)->op);                                           \
    }
#define TERMS_OF_CHANNELS(params) params
#define TERMS_OF_RANDOM(params)
#define TERMS_OF_GATES(params)
#define TERMS_OF_ROWS(params)
#define TERMS_OF_LOSSES(params)
#define FAMILY(kind, name, NAME, value, arity, params, ...) \
    TERMS_OF_##kind(params)
#include "catalogue/ops.def"

/* A pass for each gradient that is asked for. */
#define P(op, param, ...)                                                                                              \
    if (*dweights)                                                                                                     \
        channels_sums(op##_fetch, op##_channel_d_##param, shape, terms, weights, x, dy, *dweights);                    \
    dweights++;
#define KERNELS_OF_CHANNELS(name, params)                                                                              \
    static void name##_channels_forward(struct actfn_shape shape, size_t terms, const float *const *weights,           \
                                        const float *x, float *y)                                                      \
    {                                                                                                                  \
        channels_map(name##_fetch_elements, name##_channel, shape, terms, weights, x, y);                              \
    }                                                                                                                  \
    static void name##_channels_backward(struct actfn_shape shape, size_t terms, const float *const *weights,          \
                                         const float *x, const float *dy, float *dx)                                   \
    {                                                                                                                  \
        channels_map_grad(name##_fetch_elements, name##_channel_df, shape, terms, weights, x, dy, dx);                 \
    }                                                                                                                  \
    static void name##_weight_gradients(struct actfn_shape shape, size_t terms, const float *const *weights,           \
                                        const float *x, const float *dy, float *const *dweights)                       \
    {                                                                                                                  \
        params                                                                                                         \
    }
#define KERNELS_OF_RANDOM(name, params)
#define KERNELS_OF_GATES(name, params)
#define KERNELS_OF_ROWS(name, params)
#define KERNELS_OF_LOSSES(name, params)
#define FAMILY(kind, name, NAME, value, arity, params, ...) \
    KERNELS_OF_##kind(name, params)
#include "catalogue/ops.def"

static void prelu_channels_from_output(struct actfn_shape shape, size_t terms, const float *const *weights,
                                       const float *y, const float *dy, float *dx)
{
    channels_map_grad(prelu_fetch, prelu_channel_dfy, shape, terms, weights, y, dy, dx);
}

#define prelu_from_output_kernel prelu_channels_from_output
#define srelu_from_output_kernel NULL
#define apl_from_output_kernel NULL
#define KERNELS_CHANNELS(name)                                                                                         \
    {                                                                                                                  \
        .channels = {                                                                                                  \
            name##_channels_forward,                                                                                   \
            name##_channels_backward,                                                                                  \
            name##_from_output_kernel,                                                                                 \
            name##_weight_gradients                                                                                    \
        }                                                                                                              \
    }

#endif
