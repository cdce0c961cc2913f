/* SPDX-License-Identifier: MIT */
/* How an engine's threads should split a buffer. */
#include <actfn.h>

/*
 * A part has at least LEAST elements, because one thread computes fewer before another thread wakes up.  A part begins at a
 * multiple of LINE elements, which is a multiple of the cache line for each type, so that no two threads write to one line of an
 * aligned buffer.
 */
enum { LEAST = 1 << 14, LINE = 64 };

/* The fewest rows that are a multiple of LINE elements. */
static size_t rows_of_lines(size_t width)
{
    size_t rows = LINE;
    for (; rows > 1 && width % 2 == 0; width /= 2)
        rows /= 2;
    return rows;
}

/* The first row of part k of `used`.  The first parts have a block more than the others.  Block `blocks` begins at the end. */
static size_t begin_of(size_t k, size_t used, size_t rows, size_t block)
{
    const size_t blocks = rows / block + (rows % block != 0), each = blocks / used, more = blocks % used;
    const size_t first = k * each + (k < more ? k : more);
    return first > rows / block ? rows : first * block;
}

actfn_status actfn_part_rows(size_t rows, size_t width, size_t parts, size_t i, size_t *begin, size_t *count)
{
    if (!begin || !count)
        return ACTFN_ERR_NULL;
    if (i >= parts)
        return ACTFN_ERR_INDEX;
    const size_t least = width ? LEAST / width + (LEAST % width != 0) : rows, most = least ? rows / least : 0;
    const size_t used = most > parts ? parts : most ? most : 1;
    /* Equal parts matter more than lines: a block is at most a sixteenth of a part. */
    const size_t lines = rows_of_lines(width), block = rows / used / 16 < lines ? 1 : lines;
    *begin = i < used ? begin_of(i, used, rows, block) : rows;
    *count = i < used ? begin_of(i + 1, used, rows, block) - *begin : 0;
    return ACTFN_OK;
}

actfn_status actfn_part(size_t n, size_t parts, size_t i, size_t *begin, size_t *count)
{
    return actfn_part_rows(n, 1, parts, i, begin, count);
}
