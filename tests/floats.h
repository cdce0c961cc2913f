/* SPDX-License-Identifier: MIT */
/* All floats in order, steps and distances between floats, and samples of floats. */
#ifndef ACTFN_TEST_FLOATS_H
#define ACTFN_TEST_FLOATS_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint32_t bits_of(float f)
{
    uint32_t b;
    memcpy(&b, &f, sizeof b);
    return b;
}

static inline float from_bits(uint32_t b)
{
    float f;
    memcpy(&f, &b, sizeof f);
    return f;
}

/* The float that lies `steps` above f in the order from -inf to +inf, where -0 and +0 are one float.  Stops at the ends. */
static inline float float_step(float f, int steps)
{
    const int64_t end = 0x7f800000;
    int64_t b = bits_of(f), place = (b & 0x80000000) ? 0x80000000 - b : b;
    place += steps;
    place = place > end ? end : place < -end ? -end : place;
    return from_bits((uint32_t)(place < 0 ? 0x80000000 - place : place));
}

/* A list of floats with limited room.  A float that exceeds the room is dropped; then `count` equals `room`. */
struct floats {
    float *at;
    size_t room, count;
};

static inline void floats_add(struct floats *list, float f)
{
    if (list->count < list->room)
        list->at[list->count++] = f;
}

static inline void floats_add_around(struct floats *list, float f, int neighbours)
{
    for (int i = -neighbours; i <= neighbours; i++)
        floats_add(list, float_step(f, i));
}

/* Points where functions change their formula or results change their kind: kinks, range limits, usual seams. */
static const float landmarks[] = {
    0.0f,     0.25f,         0.35f,    0.5f,        0.625f,        0.75179153f, 1.0f,       1.2784645f,
    1.5f,     1.6f,          2.0f,     3.0f,        4.0f,          4.4934094f,  5.0f,       5.55f,
    6.0f,     8.0f,          9.01091f, 9.3454f,     10.1006f,      10.1967f,    10.7709f,   12.0f,
    13.1462f, 14.3561f,      14.5561f, 15.0f,       17.3287f,      20.0f,       44.3614f,   53.654f,
    63.5273f, 72.0f,         87.3365f, 88.722839f,  89.0f,         91.8568f,    103.972f,   108.66f,
    120.0f,   300.0f,        8192.0f,  33554432.0f, 1e-4f,         4.2e-4f,     1e-3f,      3.3e-13f,
    1e-6f,    1.8446743e19f, 6.98e12f, 5.67e37f,    2.2685491e38f, 0.7853982f,  1.5707964f, 3.1415927f,
};

/* Every stride-th bit pattern (NaN left out), 2^-12 <= |x| < 2^9 every dense-th, binade edges and landmarks. */
static inline void floats_sample(struct floats *list, uint32_t stride, uint32_t dense)
{
    for (uint64_t b = 0; b < UINT64_C(1) << 32; b += stride)
        if (!isnan(from_bits((uint32_t)b)))
            floats_add(list, from_bits((uint32_t)b));
    for (uint32_t b = bits_of(0x1p-12f); dense && b < bits_of(0x1p9f); b += dense) {
        floats_add(list, from_bits(b));
        floats_add(list, -from_bits(b + dense / 2));
    }
    for (uint32_t e = 0; e <= 255; e++) {
        floats_add_around(list, from_bits(e << 23), 2);
        floats_add_around(list, -from_bits(e << 23), 2);
    }
    for (size_t i = 0; i < sizeof landmarks / sizeof landmarks[0]; i++) {
        floats_add_around(list, landmarks[i], 8);
        floats_add_around(list, -landmarks[i], 8);
    }
    floats_add(list, -0.0f);
}

/*
 * Adds floats at which a formula may change its step or its form: multiples of half of ln 2 / 32 and of 1/8; powers of two;
 * the ends of exponentials, of saturating functions and of the floats; integers, because limits are often integers.  Each
 * float is multiplied by `scale`, and has so many neighbours on either side.  A multiple of ln 2 / 64 that is no multiple of
 * ln 2 / 2 has one neighbour from number 129 on, and is left out if there are fewer than 8 neighbours.
 */
static inline void floats_add_seams(struct floats *list, double scale, int neighbours)
{
    static const double ends[] = { 9.02, 13.1, 87.3365, 88.7228, 103.97, 1e38, 3.4028235e38 };
    const double step = 0.69314718055994530942 / 64;
    for (int sign = -1; sign <= 1; sign += 2) {
        const double s = sign * scale;
        for (int k = 1; k <= 64 * 152; k++)
            if (k <= 128 || k % 32 == 0 || neighbours >= 8)
                floats_add_around(list, (float)(s * k * step), k <= 128 || k % 32 == 0 ? neighbours : 1);
        for (int k = 1; k <= 128; k++)
            floats_add_around(list, (float)(s * k / 8), neighbours);
        for (int k = 17; k <= 128; k++)
            floats_add_around(list, (float)(s * k), neighbours);
        for (int e = -149; e <= 127; e++)
            floats_add_around(list, (float)(s * ldexp(1, e)), neighbours);
        for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
            floats_add_around(list, (float)(s * ends[i]), neighbours);
    }
}

/* The largest number of floats that one call of floats_add_seams adds. */
enum { SEAMS = 2 * (3 * 64 * 152 + (128 + 2 * 152 + 128 + 112 + 277 + 7) * 33) };

/* One ULP of a result: the ULP of its binade, 2^-149 below 2^-126, 2^104 from 2^127 on. */
static inline double ulp_of(double exact)
{
    int e;
    frexp(exact, &e);
    e = e - 1 < -126 ? -126 : e - 1 > 127 ? 127 : e - 1;
    return ldexp(1, e - 23);
}

/*
 * The error of got in ULP of the exact result.  An infinity counts as 2^128, so that an overflow has an error of that distance.
 * `unit` is the least ULP, for results whose terms cancel.  The error is infinite if exactly one of the two is NaN.
 */
static inline double ulp_error(float got, double exact, double unit)
{
    if (isnan(got) || isnan(exact))
        return isnan(got) && isnan(exact) ? 0 : (double)INFINITY;
    double g = isinf(got) ? copysign(0x1p128, (double)got) : (double)got;
    double e = fabs(exact) > 0x1p128 ? copysign(0x1p128, exact) : exact;
    return g == e ? 0 : fabs(g - e) / fmax(ulp_of(e), unit);
}

#endif
