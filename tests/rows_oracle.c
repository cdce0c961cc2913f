/* SPDX-License-Identifier: MIT */
#include "rows_oracle.h"
#include "floats.h"
#include "suites.h"

#include <float.h>
#include <stdlib.h>

bool is_within(float got, struct bounded exact)
{
    if (isnan(got) || isnan(exact.value))
        return isnan(got) && isnan(exact.value);
    /* From half an ULP above FLT_MAX on, a result rounds to infinity.  An infinity stands for 2^128, as in ulp_error(). */
    const long double limit = 0x1p128L;
    const long double value = exact.value > limit ? limit : exact.value < -limit ? -limit : exact.value;
    const long double g = isinf(got) ? copysignl(limit, (long double)got) : (long double)got;
    return g == value || fabsl(g - value) <= exact.bound;
}

static long double ulp(long double v) { return (long double)ulp_of((double)fminl(fabsl(v), (long double)FLT_MAX)); }

/* The scale of a row in the definitions; its sign is negative for softmin. */
static long double signed_scale(actfn_op op, float scale)
{
    return op == ACTFN_SOFTMIN ? -(long double)scale : (long double)scale;
}

static float leading(size_t n, const float *x, long double s)
{
    float m = x[0];
    for (size_t i = 1; i < n; i++)
        if (s > 0 ? x[i] > m : x[i] < m)
            m = x[i];
    return m;
}

static long double weight(float x, float m, long double s) { return expl(s * ((long double)x - (long double)m)); }

static long double sum_of_weights(size_t n, const float *x, float m, long double s)
{
    long double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += weight(x[i], m, s);
    return sum;
}

/* ---- forward --------------------------------------------------------------------------------------------------- */

static int descending(const void *a, const void *b)
{
    const float x = *(const float *)a, y = *(const float *)b;
    return (x < y) - (x > y);
}

/* tau - m for the largest support whose members all exceed tau. */
static long double threshold(size_t n, const float *x, float m)
{
    float *sorted = malloc(n * sizeof *sorted);
    memcpy(sorted, x, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, descending);
    long double sum = 0, tau = 0;
    for (size_t k = 1; k <= n && isfinite(sorted[k - 1]); k++) {
        const long double d = (long double)sorted[k - 1] - (long double)m;
        if (1 + (long double)k * d <= sum + d)
            break;
        sum += d;
        tau = (sum - 1) / (long double)k;
    }
    free(sorted);
    return tau;
}

void oracle_rows_forward(actfn_op op, float scale, size_t n, const float *x, struct bounded *y)
{
    const long double s = signed_scale(op, scale), own = (long double)forward_bound(op);
    const long double of_sum = test_mode == ACTFN_FAST ? 0x1p-20L : 0x1p-21L;
    const float m = leading(n, x, s);
    size_t first = 0;
    while (x[first] != m)
        first++;
    switch ((int)op) {
    case ACTFN_SOFTMAX:
    case ACTFN_SOFTMIN: {
        const long double sum = sum_of_weights(n, x, m, s);
        for (size_t i = 0; i < n; i++) {
            const long double v = weight(x[i], m, s) / sum;
            y[i] = (struct bounded) { v, own * ulp(v) + of_sum * v };
        }
        return;
    }
    case ACTFN_LOG_SOFTMAX: {
        /* For a row's largest element the bound is relative, because the result consists of the weights of the others. */
        const long double log_sum =
            log1pl(sum_of_weights(first, x, m, s) + sum_of_weights(n - first - 1, x + first + 1, m, s));
        for (size_t i = 0; i < n; i++) {
            const long double v = s * ((long double)x[i] - (long double)m) - log_sum, near = 16 * fabsl(v) + 0x1p-126L;
            y[i] = (struct bounded) { v, of_sum * (x[i] == m ? fminl(1 + fabsl(v), near) : 1 + fabsl(v)) };
        }
        return;
    }
    case ACTFN_LOGSUMEXP:
    case ACTFN_LOGMEANEXP: {
        const long double log_n = op == ACTFN_LOGMEANEXP ? logl((long double)n) : 0;
        const long double log_sum = logl(sum_of_weights(n, x, m, 1)), v = (long double)m + (log_sum - log_n);
        const long double terms = fabsl((long double)m) + (op == ACTFN_LOGMEANEXP ? log_n : log_sum);
        y[0] = (struct bounded) { v, fmaxl(own * ulp(v), 0x1p-21L * terms) };
        return;
    }
    case ACTFN_SPARSEMAX: {
        const long double tau = threshold(n, x, m);
        for (size_t i = 0; i < n; i++)
            y[i] = (struct bounded) { fmaxl((long double)x[i] - (long double)m - tau, 0), 0x1p-21L };
        return;
    }
    case ACTFN_HARDMAX:
        for (size_t i = 0; i < n; i++)
            y[i] = (struct bounded) { i == first, 0 };
        return;
    default: y[0] = (struct bounded) { (long double)x[first], 0 };
    }
}

/* ---- backward --------------------------------------------------------------------------------------------------- */

/*
 * s w (dy - D), with D = sum of w dy, and A = sum of |w dy|.  The bound has three parts: 2^-21 A for the sum; for the
 * difference the catalogue's ulp of the gradient, each 2^-24 of |dy| + A; and the underflow of products.
 */
static void weighted_backward(long double bound, long double s, size_t n, const float *y, const float *dy,
                              struct bounded *dx)
{
    long double d = 0, magnitude = 0;
    for (size_t i = 0; i < n; i++)
        if (y[i] != 0) {
            d += (long double)y[i] * (long double)dy[i];
            magnitude += fabsl((long double)y[i] * (long double)dy[i]);
        }
    const long double tiny = (4 + (long double)n * fabsl(s)) * 0x1p-149L;
    for (size_t i = 0; i < n; i++) {
        const long double w = s * (long double)y[i], own = (long double)dy[i];
        if (y[i] == 0)
            dx[i] = (struct bounded) { 0, 0 };
        else
            dx[i] = (struct bounded) {
                w * (own - d), fabsl(w) * (0x1p-21L * magnitude + bound * 0x1p-24L * (fabsl(own) + magnitude)) + tiny
            };
    }
}

/* s (dy - e^y D), with D = sum of dy.  The bound is the same, with the ULP of e^y. */
static void log_backward(long double bound, long double s, size_t n, const float *y, const float *dy,
                         struct bounded *dx)
{
    long double d = 0, magnitude = 0;
    for (size_t i = 0; i < n; i++) {
        d += (long double)dy[i];
        magnitude += fabsl((long double)dy[i]);
    }
    for (size_t i = 0; i < n; i++) {
        const long double e = expl((long double)y[i]), own = (long double)dy[i];
        dx[i] = (struct bounded) { s * (own - e * d),
                                   s * (0x1p-21L * e * magnitude + bound * 0x1p-24L * (fabsl(own) + e * magnitude)) +
                                       bound * (1 + s) * 0x1p-149L * (1 + magnitude) };
    }
}

static void sparse_backward(long double bound, size_t n, const float *y, const float *dy, struct bounded *dx)
{
    long double sum = 0, magnitude = 0, k = 0;
    for (size_t i = 0; i < n; i++)
        if (y[i] > 0) {
            sum += (long double)dy[i];
            magnitude += fabsl((long double)dy[i]);
            k++;
        }
    for (size_t i = 0; i < n; i++) {
        const long double own = (long double)dy[i];
        if (y[i] > 0)
            dx[i] = (struct bounded) { own - sum / k, (0x1p-21L * magnitude + bound * 0x1p-24L * magnitude) / k +
                                                          bound * 0x1p-24L * fabsl(own) };
        else
            dx[i] = (struct bounded) { 0, 0 };
    }
}

void oracle_rows_backward(actfn_op op, float scale, size_t n, const float *x, const float *y, const float *dy,
                          struct bounded *dx)
{
    const long double bound = (long double)backward_bound(op);
    switch ((int)op) {
    case ACTFN_SOFTMAX:
    case ACTFN_SOFTMIN: weighted_backward(bound, signed_scale(op, scale), n, y, dy, dx); return;
    case ACTFN_LOG_SOFTMAX: log_backward(bound, (long double)scale, n, y, dy, dx); return;
    case ACTFN_SPARSEMAX: sparse_backward(bound, n, y, dy, dx); return;
    case ACTFN_LOGSUMEXP:
    case ACTFN_LOGMEANEXP:
        for (size_t i = 0; i < n; i++) {
            const long double share = op == ACTFN_LOGMEANEXP ? 1 / (long double)n : 1;
            const long double w = isinf(x[i]) ? 0 : expl((long double)x[i] - (long double)y[0]) * share;
            const long double v = w == 0 ? 0 : w * (long double)dy[0];
            dx[i] = (struct bounded) { v, w == 0 ? 0 : bound * ulp(w) * fabsl((long double)dy[0]) + ulp(v) };
        }
        return;
    default: {
        size_t first = 0;
        for (size_t i = 1; i < n; i++)
            if (x && x[i] > x[first])
                first = i;
        for (size_t i = 0; i < n; i++)
            dx[i] = (struct bounded) { op == ACTFN_MAXOUT && i == first ? (long double)dy[0] : 0, 0 };
    }
    }
}

/* ---- softmax cross entropy -----------------------------------------------------------------------------------------
 */

static long double target(const struct entropy_case *c, size_t k)
{
    if (c->t)
        return (long double)c->t[k];
    const long double e = (long double)c->smoothing;
    return (1 - e) * (k == c->class) + e / (long double)c->n;
}

/*
 * The bound of the loss: for each term 2^-22 (1 + |term|), which is log_softmax's bound in the specification, or its ULP; and
 * for the sum of terms 2^-21 of them.  By class and without smoothing, a component of dz is a weight, or minus the sum of the
 * other weights: its bound is its ULP and 2^-21 of itself.  Otherwise a target is subtracted: the bound is that of the two
 * terms, and 2^-21 for each of two sums.
 */
void oracle_cross_entropy(const struct entropy_case *c, struct bounded *loss, struct bounded *dz)
{
    const float m = leading(c->n, c->z, 1);
    const long double sum = sum_of_weights(c->n, c->z, m, 1), log_sum = logl(sum);
    const long double w = (long double)c->w, g = w * (long double)c->scale;
    const bool pure = !c->t && c->smoothing == 0;
    long double total = 0, l = 0, bound = 0, terms = 0;
    for (size_t k = 0; k < c->n; k++) {
        const long double t = target(c, k), term = log_sum - ((long double)c->z[k] - (long double)m);
        if (t == 0)
            continue;
        total += t;
        l += t * term;
        terms += t * term;
        bound += t * 0x1p-22L * (1 + term);
    }
    if (!pure)
        bound += 0x1p-21L * terms;
    *loss = (struct bounded) {
        w * l, fabsl(w) * fmaxl(bound, (long double)forward_bound(ACTFN_SOFTMAX_CROSS_ENTROPY) * ulp(l)) + ulp(w * l)
    };
    for (size_t k = 0; k < c->n; k++) {
        const long double a = weight(c->z[k], m, 1) / sum, t = target(c, k);
        long double v = total * a - t, b;
        if (pure && k == c->class) {
            v = 0;
            for (size_t j = 0; j < c->n; j++)
                v -= j == k ? 0 : weight(c->z[j], m, 1) / sum;
        }
        if (pure)
            b = (long double)backward_bound(ACTFN_SOFTMAX_CROSS_ENTROPY) * ulp(v) + 0x1p-21L * fabsl(v);
        else
            /* a is rounded, perhaps to a subnormal number, before the multiplication. */
            b = (0x1p-20L + 0x1p-22L) * (total * a + t) + 3 * 0x1p-149L * fmaxl(1, total);
        dz[k] = (struct bounded) { g * v, g == 0 ? 0 : fabsl(g) * b + 2 * ulp(g * v) };
    }
}
