/* SPDX-License-Identifier: MIT */
#include "channels_support.h"
#include "expect.h"
#include "suites.h"
#include "support.h"

#include <math.h>

const struct unit units[UNITS] = { [PRELU] = { ACTFN_PRELU, 1, 1 },
                                   [SRELU] = { ACTFN_SRELU, 4, 1 },
                                   [APL] = { ACTFN_APL, 2, 1 },
                                   [APL_OF_MANY] = { ACTFN_APL, 2, MAX_TERMS } };

const char *unit_name(const struct unit *f) { return actfn_op_info(f->op)->name; }

/* ---- expected results ------------------------------------------------------------------------------------------ */

static struct element prelu_at(double x, double p[MAX_ARRAYS][MAX_TERMS])
{
    struct element e = { 0 };
    e.f = x > 0 ? x : p[0][0] * x;
    e.df = x > 0 ? 1 : p[0][0];
    e.dw[0][0] = x > 0 ? 0 : x;
    e.f_terms = fabs(e.f);
    e.df_terms = fabs(e.df);
    return e;
}

static struct element srelu_at(double x, double p[MAX_ARRAYS][MAX_TERMS])
{
    struct element e = { .f = x, .df = 1, .f_terms = fabs(x), .df_terms = 1 };
    const int side = x <= p[0][0] ? 0 : x >= p[2][0] ? 2 : -1;
    if (side < 0)
        return e;
    const double t = p[side][0], a = p[side + 1][0];
    e.f = t + a * (x - t);
    e.f_terms = fabs(t) + fabs(a * (x - t));
    e.df = a;
    e.df_terms = fabs(a);
    e.dw[side][0] = 1 - a;
    e.dw[side + 1][0] = x - t;
    return e;
}

static struct element apl_at(double x, double p[MAX_ARRAYS][MAX_TERMS], size_t terms)
{
    struct element e = { .f = x > 0 ? x : 0, .df = x > 0, .f_terms = x > 0 ? x : 0, .df_terms = x > 0 };
    for (size_t s = 0; s < terms; s++) {
        const double a = p[0][s], b = p[1][s];
        if (b > x) {
            e.f += a * (b - x);
            e.f_terms += fabs(a * (b - x));
            e.df -= a;
            e.df_terms += fabs(a);
            e.dw[0][s] = b - x;
            e.dw[1][s] = a;
        }
    }
    return e;
}

struct element element_at(const struct unit *f, double x, double p[MAX_ARRAYS][MAX_TERMS])
{
    return f->op == ACTFN_PRELU ? prelu_at(x, p) : f->op == ACTFN_SRELU ? srelu_at(x, p) : apl_at(x, p, f->terms);
}

/* ---- weights ----------------------------------------------------------------------------------------------------- */

float w[MAX_ARRAYS][MOST_WEIGHTS], dw[MAX_ARRAYS][MOST_WEIGHTS], dw2[MAX_ARRAYS][MOST_WEIGHTS];
const float *const weights[] = { w[0], w[1], w[2], w[3] };
float *const dweights[] = { dw[0], dw[1], dw[2], dw[3] }, *const dweights2[] = { dw2[0], dw2[1], dw2[2], dw2[3] };

void fill_weights(const struct unit *f, size_t channels)
{
    for (int k = 0; k < f->arrays; k++)
        for (size_t i = 0; i < f->terms * channels; i++) {
            const float unit = (float)(scramble((uint64_t)k << 40 ^ i) & 0xffff) * 0x1p-15f - 1;
            w[k][i] = f->op != ACTFN_SRELU || k % 2 ? unit : unit + (k ? 1.75f : -1.5f);
        }
}

void weights_of(const struct unit *f, size_t channels, size_t c, double out[MAX_ARRAYS][MAX_TERMS])
{
    for (int k = 0; k < f->arrays; k++)
        for (size_t s = 0; s < f->terms; s++)
            out[k][s] = (double)w[k][s * channels + c];
}

/* ---- calls ------------------------------------------------------------------------------------------------------- */

const struct shape shapes[SHAPES] = {
    { 1, 1, 1 },   { 1, 1, 67 },   { 67, 1, 1 },   { 3, 1, 19 },  { 1, 5, 1 },   { 2, 16, 1 },    { 5, 3, 2 },
    { 7, 7, 3 },   { 4, 17, 5 },   { 3, 33, 15 },  { 2, 31, 16 }, { 3, 4, 17 },  { 9, 8, 49 },    { 2, 3, 4097 },
    { 90, 3, 49 }, { 4096, 5, 1 }, { 1, 2, 4096 }, { 17, 80, 1 }, { 33, 64, 7 }, { 4099, 17, 1 }, { 9000, 3, 2 },
};

actfn_status channels_forward(const struct unit *f, struct shape s, const float *from, float *to)
{
    return actfn_channels_forward_f32(f->op, test_mode, s.outer, s.channels, s.inner, f->terms, weights, from, to);
}

actfn_status channels_backward(const struct unit *f, struct shape s, const float *from, const float *from_dy, float *to,
                               float *const *gradients)
{
    return actfn_channels_backward_f32(f->op, test_mode, s.outer, s.channels, s.inner, f->terms, weights, from, from_dy,
                                       to, gradients);
}

actfn_status prelu_from_output(struct shape s, const float *y, const float *dy, float *to)
{
    return actfn_channels_backward_from_output_f32(ACTFN_PRELU, test_mode, s.outer, s.channels, s.inner, 1, weights, y,
                                                   dy, to);
}

void expect_equal(const struct unit *f, struct shape s, const char *what, size_t n, const float *got,
                  const float *wanted)
{
    const size_t at = first_difference(got, wanted, n);
    expect(at == n, "%s: %s (%zu, %zu, %zu), %zu terms: %s: %zu is %a, not %a", test_run, unit_name(f), s.outer,
           s.channels, s.inner, f->terms, what, at, (double)got[at], (double)wanted[at]);
}
