/* SPDX-License-Identifier: MIT */
/*
 * A polynomial in each of eight segments of the range where a function's arguments live: what many cores are.  Eight
 * coefficients of one power fit a register of AVX2, and a permutation looks up each lane's.  That is quicker than an
 * exponential with a division, and every instruction set has the same bits.
 */
#ifndef ACTFN_SEGMENTS_H
#define ACTFN_SEGMENTS_H

#include "math/fast/tables.h"
#include "math/simd.h"

/* The polynomial of a segment, which the low three bits say, in the distance from its centre; from the highest power on. */
WORD vf by_segment(const float (*table)[SEGMENTS], int degree, vf segment, vf distance)
{
    vf q = v_pick(table[0], segment);
#pragma GCC unroll 8
    for (int k = 1; k <= degree; k++)
        q = v_fma(q, distance, v_pick(table[k], segment));
    return q;
}

/*
 * Segments of one width around its multiples, the first half as wide, for 0 <= a <= end.  The distance from a segment's centre is
 * exact.
 */
WORD vf by_nearest(const float (*table)[SEGMENTS], int degree, float width, vf a)
{
    const vf segment = v_fma(a, v_splat(1 / width), v_splat(0x1.8p23f));
    return by_segment(table, degree, segment, v_fma(segment - 0x1.8p23f, v_splat(-width), a));
}

/* Two segments to an octave of a scale + 1; the table begins with their centres. */
WORD vf by_octave(const float (*table)[SEGMENTS], int degree, float scale, vf a)
{
    const vf segment = v_bits(u_bits(v_fma(a, v_splat(scale), ONE)) >> 22);
    return by_segment(table + 1, degree, segment, a - v_pick(table[0], segment));
}

/*
 * Sixteen segments around the places where square a^2 + line a is a whole number; the table begins with their centres.  `narrow`:
 * a is in one of the first eight.
 */
WORD vf by_curve(const float (*table)[2 * SEGMENTS], int degree, int narrow, float square, float line, vf a)
{
    const vf segment = v_fma(a, v_fma(a, v_splat(square), v_splat(line)), v_splat(0x1.8p23f));
    const vf d = a - (narrow ? v_pick(table[0], segment) : v_pick_16(table[0], segment));
    vf q = narrow ? v_pick(table[1], segment) : v_pick_16(table[1], segment);
#pragma GCC unroll 8
    for (int k = 2; k <= degree + 1; k++)
        q = v_fma(q, d, narrow ? v_pick(table[k], segment) : v_pick_16(table[k], segment));
    return q;
}

#endif
