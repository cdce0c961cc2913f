/* SPDX-License-Identifier: MIT */
/* The 16-bit types as numbers, written from their definition: nothing here comes from src/. */
#ifndef ACTFN_TEST_SIXTEEN_H
#define ACTFN_TEST_SIXTEEN_H

#include <actfn.h>
#include <math.h>
#include <stdbool.h>

/* A type and its entries.  The numbers of both types are uint16_t, so one declaration serves both. */
struct sixteen {
    const char *name;
    int fraction, bias;
    actfn_status (*forward)(actfn_op op, actfn_mode mode, const float *params, size_t n, const uint16_t *x,
                            uint16_t *y);
    actfn_status (*backward)(actfn_op op, actfn_mode mode, const float *params, size_t n, const uint16_t *x,
                             const uint16_t *dy, uint16_t *dx);
    actfn_status (*from_output)(actfn_op op, actfn_mode mode, const float *params, size_t n, const uint16_t *y,
                                const uint16_t *dy, uint16_t *dx);
    actfn_status (*param_gradient)(actfn_op op, actfn_mode mode, const float *params, size_t n, const uint16_t *x,
                                   const uint16_t *dy, float *gradients);
    actfn_status (*gates)(actfn_op op, actfn_mode mode, const float *params, size_t rows, size_t n, const uint16_t *u,
                          size_t u_stride, const uint16_t *v, size_t v_stride, uint16_t *y, size_t y_stride);
    actfn_status (*gates_backward)(actfn_op op, actfn_mode mode, const float *params, size_t rows, size_t n,
                                   const uint16_t *u, size_t u_stride, const uint16_t *v, size_t v_stride,
                                   const uint16_t *dy, size_t dy_stride, uint16_t *du, size_t du_stride, uint16_t *dv,
                                   size_t dv_stride);
    actfn_status (*rows)(actfn_op op, actfn_mode mode, const float *params, unsigned int flags, size_t outer, size_t n,
                         size_t inner, const uint16_t *x, uint16_t *y);
    actfn_status (*rows_backward)(actfn_op op, actfn_mode mode, const float *params, unsigned int flags, size_t outer,
                                  size_t n, size_t inner, const uint16_t *x, const uint16_t *y, const uint16_t *dy,
                                  uint16_t *dx);
    actfn_status (*reduce)(actfn_op op, actfn_mode mode, const float *params, unsigned int flags, size_t outer,
                           size_t n, size_t inner, const uint16_t *x, float *y);
    actfn_status (*reduce_backward)(actfn_op op, actfn_mode mode, const float *params, unsigned int flags, size_t outer,
                                    size_t n, size_t inner, const uint16_t *x, const float *y, const float *dy,
                                    uint16_t *dx);
    actfn_status (*maxout_index)(actfn_mode mode, size_t outer, size_t n, size_t inner, const uint16_t *x, uint16_t *y,
                                 int32_t *index);
    actfn_status (*maxout_from_index)(actfn_mode mode, size_t outer, size_t n, size_t inner, const int32_t *index,
                                      const uint16_t *dy, uint16_t *dx);
    actfn_status (*entropy)(actfn_mode mode, const float *params, size_t outer, size_t n, size_t inner,
                            const uint16_t *z, const int64_t *classes, int64_t ignore_index, const float *w,
                            float scale, float *loss, uint16_t *dz);
    actfn_status (*dense_entropy)(actfn_mode mode, size_t outer, size_t n, size_t inner, const uint16_t *z,
                                  const uint16_t *t, const float *w, float scale, float *loss, uint16_t *dz);
    actfn_status (*loss)(actfn_op op, actfn_mode mode, const float *params, size_t n, const uint16_t *z,
                         const uint16_t *t, const float *w, float scale, float *loss, uint16_t *dz);
    actfn_status (*gumbel)(actfn_mode mode, const float *params, unsigned int flags, size_t outer, size_t n,
                           size_t inner, const uint16_t *x, uint16_t *y, uint16_t *soft, uint64_t seed, uint64_t stream,
                           uint64_t offset);
    actfn_status (*gumbel_backward)(actfn_mode mode, const float *params, size_t outer, size_t n, size_t inner,
                                    const uint16_t *soft, const uint16_t *dy, uint16_t *dx);
    actfn_status (*channels)(actfn_op op, actfn_mode mode, size_t outer, size_t channels, size_t inner, size_t terms,
                             const float *const *weights, const uint16_t *x, uint16_t *y);
    actfn_status (*channels_backward)(actfn_op op, actfn_mode mode, size_t outer, size_t channels, size_t inner,
                                      size_t terms, const float *const *weights, const uint16_t *x, const uint16_t *dy,
                                      uint16_t *dx, float *const *dweights);
    actfn_status (*channels_from_output)(actfn_op op, actfn_mode mode, size_t outer, size_t channels, size_t inner,
                                         size_t terms, const float *const *weights, const uint16_t *y,
                                         const uint16_t *dy, uint16_t *dx);
    actfn_status (*rrelu)(actfn_mode mode, const float *params, size_t n, const uint16_t *x, uint16_t *y,
                          uint16_t *noise, uint64_t seed, uint64_t stream, uint64_t offset);
    actfn_status (*rrelu_backward)(actfn_mode mode, const float *params, size_t n, const uint16_t *x,
                                   const uint16_t *dy, uint16_t *dx, uint64_t seed, uint64_t stream, uint64_t offset);
    actfn_status (*rrelu_from_output)(actfn_mode mode, const float *params, size_t n, const uint16_t *y,
                                      const uint16_t *dy, uint16_t *dx, uint64_t seed, uint64_t stream,
                                      uint64_t offset);
    actfn_status (*rrelu_from_noise)(actfn_mode mode, size_t n, const uint16_t *noise, const uint16_t *dy,
                                     uint16_t *dx);
    actfn_status (*rrelu_eval)(actfn_mode mode, const float *params, size_t n, const uint16_t *x, uint16_t *y);
    actfn_status (*rrelu_eval_backward)(actfn_mode mode, const float *params, size_t n, const uint16_t *x,
                                        const uint16_t *dy, uint16_t *dx);
    actfn_status (*from_f32)(size_t n, const float *x, uint16_t *y);
    actfn_status (*to_f32)(size_t n, const uint16_t *x, float *y);
};
enum { SIXTEEN_TYPES = 2, ALL_SIXTEEN = 1 << 16 };
extern const struct sixteen sixteen_types[SIXTEEN_TYPES];

static inline unsigned infinite_sixteen(const struct sixteen *t) { return (2u * (unsigned)t->bias + 1) << t->fraction; }
static inline bool is_nan_sixteen(const struct sixteen *t, unsigned bits)
{
    return (bits & 0x7fff) > infinite_sixteen(t);
}
static inline bool is_quiet_sixteen(const struct sixteen *t, unsigned bits)
{
    return is_nan_sixteen(t, bits) && (bits >> (t->fraction - 1) & 1);
}

/* The exact value. */
static inline double value_of_sixteen(const struct sixteen *t, unsigned bits)
{
    const unsigned magnitude = bits & 0x7fff, exponent = magnitude >> t->fraction;
    const unsigned fraction = magnitude & ((1u << t->fraction) - 1), lead = exponent ? 1u << t->fraction : 0;
    const int power = (exponent ? (int)exponent : 1) - t->bias - t->fraction;
    const double a = is_nan_sixteen(t, bits)            ? (double)NAN
                     : magnitude == infinite_sixteen(t) ? (double)INFINITY
                                                        : ldexp((double)(lead | fraction), power);
    return bits & 0x8000 ? -a : a;
}

/* The distance between neighbouring numbers near a. */
static inline double ulp_of_sixteen(const struct sixteen *t, double a)
{
    int e;
    frexp(a, &e);
    e = a == 0 || e - 1 < 1 - t->bias ? 1 - t->bias : e - 1 > t->bias ? t->bias : e - 1;
    return ldexp(1, e - t->fraction);
}

/* The nearest number, ties to even. */
static inline unsigned nearest_sixteen(const struct sixteen *t, double a)
{
    const unsigned sign = signbit(a) ? 0x8000u : 0;
    if (isnan(a))
        return sign | infinite_sixteen(t) | 1u << (t->fraction - 1);
    if (fabs(a) >= ldexp(1, t->bias + 1))
        return sign | infinite_sixteen(t);
    const double ulp = ulp_of_sixteen(t, a), units = nearbyint(fabs(a) / ulp);
    const double least_normal = ldexp(1, 1 - t->bias);
    if (fabs(a) < least_normal)
        return sign | (unsigned)units;
    return sign | (((unsigned)(ilogb(a) + t->bias - 1) << t->fraction) + (unsigned)units);
}

#endif
