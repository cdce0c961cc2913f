/* SPDX-License-Identifier: MIT */
#include "slopes.h"

#include <math.h>
#include <stdbool.h>

static enum slope flat(bool constant, bool identity) { return constant ? NO_SLOPE : identity ? UNIT_SLOPE : ANY_SLOPE; }

enum slope slope_at(actfn_op op, const float *p, float x)
{
    switch ((int)op) {
    case ACTFN_IDENTITY: return UNIT_SLOPE;
    case ACTFN_BINARY_STEP:
    case ACTFN_ROUND: return NO_SLOPE;
    case ACTFN_RELU: return flat(x <= 0, x > 0);
    case ACTFN_RELU6: return flat(x <= 0 || x >= 6, x > 0 && x < 6);
    case ACTFN_SQUARED_RELU: return flat(x <= 0, false);
    case ACTFN_HARDSIGMOID: return flat(x <= -3 || x >= 3, false);
    case ACTFN_HARDSWISH: return flat(x <= -3, x >= 3);
    case ACTFN_SPARSE_PLUS: return flat(x <= -1, x >= 1);
    case ACTFN_SPARSE_SIGMOID: return flat(x <= -1 || x >= 1, false);
    case ACTFN_ABS: return flat(false, x > 0); /* f' is 0 at the point 0 only: not constant */
    case ACTFN_LEAKY_RELU: return flat(x <= 0 && p[0] == 0, x > 0);
    case ACTFN_ELU:
    case ACTFN_CELU: return flat(false, x > 0);
    case ACTFN_HARDTANH: return flat(x <= p[0] || x >= p[1], x > p[0] && x < p[1]);
    case ACTFN_CLIP: return flat(x < p[0] || x > p[1], x >= p[0] && x <= p[1]);
    case ACTFN_HARDSHRINK: return flat(fabsf(x) <= p[0], fabsf(x) > p[0]);
    case ACTFN_SOFTSHRINK:
    case ACTFN_SHRINK: return flat(fabsf(x) <= p[0], fabsf(x) > p[0]);
    case ACTFN_THRESHOLD:
    case ACTFN_THRESHOLDED_RELU: return flat(x <= p[0], x > p[0]);
    case ACTFN_ISRLU: return flat(false, x >= 0);
    case ACTFN_RELU_GENERAL: /* max = +inf: no upper clip */
        return flat((x >= p[1] && p[1] < INFINITY) || (x <= p[2] && p[0] == 0),
                    x > p[2] && (x < p[1] || p[1] == INFINITY));
    default: return ANY_SLOPE;
    }
}
