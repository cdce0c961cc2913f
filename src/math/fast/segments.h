/* SPDX-License-Identifier: MIT */
/*
 * Many cores are a polynomial in each of eight or sixteen segments of the range of the arguments.  A register of AVX2 holds
 * eight coefficients of one power, and a permutation looks up the coefficient of each lane.  A lookup and a polynomial are
 * quicker than an exponential with a division, and give the same bits on every instruction set.
 */
#ifndef ACTFN_SEGMENTS_H
#define ACTFN_SEGMENTS_H

#include "math/fast/tables.h"
#include "math/simd.h"

/* An entry of a row of eight floats, or of sixteen if `wide`.  Without `wide` only the first eight entries are looked up. */
WORD vf pick_entry(const float *row, int wide, vf at) { return wide ? v_pick_16(row, at) : v_pick(row, at); }

/* The polynomial of a segment in the distance from its centre.  The rows of the table, `entries` floats each, are the
 * coefficients from the highest power on. */
WORD vf by_segment(const float *table, size_t entries, int wide, int degree, vf segment, vf distance)
{
    vf q = pick_entry(table, wide, segment);
#pragma GCC unroll 8
    for (int k = 1; k <= degree; k++)
        q = v_fma(q, distance, pick_entry(table + (size_t)k * entries, wide, segment));
    return q;
}

/* Eight segments of one width around its multiples, the first half as wide, for 0 <= a <= end. */
WORD vf by_nearest(const float (*table)[SEGMENTS], int degree, float width, vf a)
{
    const vf segment = v_fma(a, v_splat(1 / width), v_splat(0x1.8p23f));
    const vf distance = v_fma(segment - 0x1.8p23f, v_splat(-width), a);
    return by_segment(table[0], SEGMENTS, 0, degree, segment, distance);
}

/* Eight segments, two to an octave of a scale + 1; the table begins with their centres. */
WORD vf by_octave(const float (*table)[SEGMENTS], int degree, float scale, vf a)
{
    const vf segment = v_bits(u_bits(v_fma(a, v_splat(scale), ONE)) >> 22);
    return by_segment(table[1], SEGMENTS, 0, degree, segment, a - v_pick(table[0], segment));
}

/* Sixteen segments around the places where square a^2 + line a is a whole number; the table begins with their centres.  If
 * `narrow`, a is in one of the first eight. */
WORD vf by_curve(const float (*table)[2 * SEGMENTS], int degree, int narrow, float square, float line, vf a)
{
    const vf segment = v_fma(a, v_fma(a, v_splat(square), v_splat(line)), v_splat(0x1.8p23f));
    const vf distance = a - pick_entry(table[0], !narrow, segment);
    return by_segment(table[1], 2 * SEGMENTS, !narrow, degree, segment, distance);
}

#endif
