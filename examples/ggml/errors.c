/* SPDX-License-Identifier: MIT */
/* The blocks in double precision. */
#include "blocks.h"

#include <math.h>
#include <stdlib.h>

/* An element of k or v, which are half floats. */
static double half(const struct ggml_tensor *t, int64_t i)
{
    return ggml_fp16_to_fp32(((const ggml_fp16_t *)t->data)[i]);
}

static double unary(enum block b, double u)
{
    if (b == GELU)
        return 0.5 * u * erfc(-u / sqrt(2));
    /* u (1 + tanh t) / 2 = u / (1 + e^-2t), without the cancellation. */
    return u / (1 + exp(b == SWIGLU ? -u : -2 * sqrt(2 / acos(-1)) * (u + 0.044715 * u * u * u)));
}

/* In place.  A masked element is -inf. */
static void softmax(int64_t n, double *row)
{
    double greatest = -INFINITY, sum = 0;
    for (int64_t i = 0; i < n; i++)
        greatest = fmax(greatest, row[i]);
    for (int64_t i = 0; i < n; i++)
        sum += row[i] = exp(row[i] - greatest);
    for (int64_t i = 0; i < n; i++)
        row[i] /= sum;
}

static void compare(struct errors *e, float got, double exact)
{
    int exponent;
    frexp(exact, &exponent);
    const double off = fabs((double)got - exact);
    e->absolute = fmax(e->absolute, off);
    e->ulp = fmax(e->ulp, off / ldexp(1, exponent - 24 > -149 ? exponent - 24 : -149));
}

static double dot(int64_t n, const float *a, const double *b)
{
    double sum = 0;
    for (int64_t i = 0; i < n; i++)
        sum += (double)a[i] * b[i];
    return sum;
}

/* The errors of the activation alone, for the floats that it was given. */
static void activation_errors(struct errors *e, const struct graph *g, const struct inputs *in, enum block b,
                              double *row)
{
    const float *before = g->before->data, *value = g->value ? g->value->data : NULL, *after = g->after->data;
    const int64_t n = ggml_nelements(g->after), length = g->after->ne[0];
    for (int64_t at = 0; at < n; at += length) {
        const float *mask = (const float *)in->mask->data + at / length % in->s.tokens * length;
        for (int64_t i = 0; i < length; i++)
            row[i] = b == ATTENTION ? before[at + i] * (double)(1 / sqrtf((float)in->s.head_width)) + mask[i]
                                    : unary(b, before[at + i]) * (value ? value[at + i] : 1);
        if (b == ATTENTION)
            softmax(length, row);
        for (int64_t i = 0; i < length; i++)
            compare(e, after[at + i], row[i]);
    }
}

static void feed_forward(const struct inputs *in, enum block b, double *row, double *x, double *out)
{
    const struct sizes *s = &in->s;
    for (int64_t i = 0; i < s->width; i++)
        x[i] = ((const float *)in->x->data)[(s->tokens - 1) * s->width + i];
    for (int64_t j = 0; j < s->hidden; j++) {
        const double up = dot(s->width, in->up_values + j * s->width, x);
        row[j] = b == SWIGLU ? unary(b, dot(s->width, in->gate_values + j * s->width, x)) * up : unary(b, up);
    }
    for (int64_t j = 0; j < s->width; j++)
        out[j] = dot(s->hidden, in->down_values + j * s->hidden, row);
}

static void attend(const struct inputs *in, int64_t head, double *row, double *out)
{
    const struct sizes *s = &in->s;
    const float *q = (const float *)in->q->data + (head * s->tokens + s->tokens - 1) * s->head_width;
    for (int64_t i = 0; i < s->context; i++) {
        double sum = 0;
        for (int64_t d = 0; d < s->head_width; d++)
            sum += q[d] * half(in->k, (head * s->context + i) * s->head_width + d);
        row[i] = sum / sqrt((double)s->head_width);
    }
    softmax(s->context, row);
    for (int64_t d = 0; d < s->head_width; d++) {
        out[d] = 0;
        for (int64_t i = 0; i < s->context; i++)
            out[d] += row[i] * half(in->v, (head * s->head_width + d) * s->context + i);
    }
}

struct errors graph_errors(const struct graph *g, const struct inputs *in, enum block b)
{
    const struct sizes *s = &in->s;
    const int64_t longest = s->hidden > s->context ? s->hidden : s->context;
    const int64_t heads = b == ATTENTION ? s->heads : 1, length = b == ATTENTION ? s->head_width : s->width;
    double *row = malloc((size_t)(longest + 2 * s->width + s->head_width) * sizeof *row), *x = row + longest;
    double *out = x + s->width, greatest = 0, off = 0;
    struct errors e = { NAN, NAN, NAN };
    if (!row)
        return e;
    e = (struct errors) { 0 };
    activation_errors(&e, g, in, b, row);
    for (int64_t head = 0; head < heads; head++) {
        const float *got = (const float *)g->out->data + (head * s->tokens + s->tokens - 1) * length;
        if (b == ATTENTION)
            attend(in, head, row, out);
        else
            feed_forward(in, b, row, x, out);
        for (int64_t d = 0; d < length; d++) {
            greatest = fmax(greatest, fabs(out[d]));
            off = fmax(off, fabs(got[d] - out[d]));
        }
    }
    e.out = off / greatest;
    free(row);
    return e;
}
