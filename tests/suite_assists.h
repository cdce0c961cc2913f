/* SPDX-License-Identifier: MIT */
/* What the files of the suite `assists` share. */
#ifndef ACTFN_TEST_SUITE_ASSISTS_H
#define ACTFN_TEST_SUITE_ASSISTS_H

#include "buffered_entries.h"

/* ---- kernels that are watched (suite_assists_kernels.c) ------------------------------------------------------------ */

/* MXCSR's sticky bits for an operand, and for a result, that is subnormal. */
enum { DENORMAL = 1 << 1, UNDERFLOW = 1 << 4 };

/* From here on each kernel that an entry calls is the watched one of the same name, until the end of it. */
void watch_kernels(void);
void watch_no_more(void);

/* What kernels have raised since the last call of this. */
unsigned take_raised(void);

/* ---- data (suite_assists_data.c) ----------------------------------------------------------------------------------- */

/* No kind has a subnormal number in it. */
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

/* Fills the inputs of a call that has its shape. */
void fill_data(const struct call *c, enum data data, void *const p[MAX_BUFFERS]);

#endif
