/* SPDX-License-Identifier: MIT */
/* The operations over rows, each as <name>_rows and <name>_rows_backward, and softmax_cross_entropy. */
#include "kernels/light.h"
#include "kernels/row_cross_entropy.h"
#ifdef ACTFN_ROWS_IN_PAGES
#include "kernels/row_first.h"
#endif
#include "kernels/row_softmax_backward.h"
#include "kernels/row_sparsemax.h"
#include "kernels/row_words.h"
#include "kernels/kernel_tables.h"
#ifdef ACTFN_KERNELS_FAST
#include "kernels/fast/row_softmax_fast.h"
#else
#include "kernels/accurate/row_softmax_accurate.h"
#define exp_rows exact_exp_rows
#endif

#define EXP_ROWS(name, kind, sign, scale)                                                                              \
    static void name##_rows(const float *params, unsigned int flags, struct actfn_shape shape, const float *x,         \
                            float *y)                                                                                  \
    {                                                                                                                  \
        (void)params;                                                                                                  \
        exp_rows(kind, sign, scale, flags, shape, x, y);                                                               \
    }
EXP_ROWS(softmax, SHARE, 1.0f, *params)
EXP_ROWS(softmin, SHARE, -1.0f, *params)
EXP_ROWS(log_softmax, LOG_SHARE, 1.0f, *params)
EXP_ROWS(logsumexp, LOG_SUM, 1.0f, 1.0f)
EXP_ROWS(logmeanexp, LOG_MEAN, 1.0f, 1.0f)

#define ROW_KERNELS(name)                                                                                              \
    {                                                                                                                  \
        name##_rows, name##_rows_backward, NULL                                                                        \
    }

const struct actfn_row_kernels TABLE(rows)[OP_COUNT] = {
    [ACTFN_SOFTMAX] = ROW_KERNELS(softmax),
    [ACTFN_LOG_SOFTMAX] = ROW_KERNELS(log_softmax),
    [ACTFN_SOFTMIN] = ROW_KERNELS(softmin),
    [ACTFN_LOGSUMEXP] = ROW_KERNELS(logsumexp),
    [ACTFN_LOGMEANEXP] = ROW_KERNELS(logmeanexp),
    [ACTFN_SPARSEMAX] = ROW_KERNELS(sparsemax),
    [ACTFN_HARDMAX] = { FIRST(hardmax_rows), FIRST(hardmax_rows_backward), NULL },
    [ACTFN_MAXOUT] = { FIRST(maxout_rows), FIRST(maxout_rows_backward), FIRST(maxout_rows_index) },
};

const struct actfn_cross_entropy_kernels TABLE(cross_entropy) = { cross_entropy_by_class, cross_entropy_dense };
