/* SPDX-License-Identifier: MIT */
/* Declarations that the files of the suite `assists` share. */
#ifndef ACTFN_TEST_SUITE_ASSISTS_H
#define ACTFN_TEST_SUITE_ASSISTS_H

#include "buffered_entries.h"

/* ---- kernels that are watched (suite_assists_kernels.c) ------------------------------------------------------------ */

/* MXCSR's sticky flags for a subnormal operand and for a subnormal result. */
enum { DENORMAL = 1 << 1, UNDERFLOW = 1 << 4 };

/* From here on, until watch_no_more(), an entry calls the watched kernel in place of the kernel of the same name. */
void watch_kernels(void);
void watch_no_more(void);

/* The flags that kernels have raised since the last call of this function. */
unsigned take_raised(void);

/* ---- data (suite_assists_data.c) ----------------------------------------------------------------------------------- */

/* Kinds of data.  No kind contains a subnormal number. */
enum data {
    ORDINARY,
    WIDE,
    SATURATED,
    LEFT_TAIL,
    FAR,
    MASKED_INFINITE,
    MASKED_10000,
    MASKED_MAX,
    CAUSAL,
    ZEROS,
    INFINITE,
    NANS,
    ODD_DY,
    DATA_COUNT
};
extern const char *const data_names[DATA_COUNT];

/* Fills the inputs of a call that has a shape. */
void fill_data(const struct call *c, enum data data, void *const p[MAX_BUFFERS]);

#endif
