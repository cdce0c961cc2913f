/* SPDX-License-Identifier: MIT */
#include "rows_support.h"
#include "floats.h"
#include "support.h"

#include <float.h>
#include <stdio.h>

const size_t row_lengths[LENGTHS] = { 1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 64, 100, 1000, MAX_LENGTH };
const size_t row_inners[INNERS] = { 1, 2, 3, 5, 16, 17, MAX_INNER };

const char *row_text(const struct row_call *c, struct shape shape)
{
    static char text[200];
    snprintf(text, sizeof text, "%s: %s %s, scale %g, flags %u, (%zu, %zu, %zu)", test_run, actfn_op_info(c->op)->name,
             c->backward ? "backward" : "forward", (double)c->scale, c->flags, shape.outer, shape.n, shape.inner);
    return text;
}

/* Not taken from the catalogue, which is under test. */
bool reduces(actfn_op op) { return op == ACTFN_LOGSUMEXP || op == ACTFN_LOGMEANEXP || op == ACTFN_MAXOUT; }
bool is_scaled(actfn_op op) { return op == ACTFN_SOFTMAX || op == ACTFN_LOG_SOFTMAX || op == ACTFN_SOFTMIN; }

size_t output_count(actfn_op op, struct shape s) { return reduces(op) ? row_count(s) : element_count(s); }

size_t result_count(const struct row_call *c, struct shape s)
{
    return c->backward ? element_count(s) : output_count(c->op, s);
}

actfn_status rows_compute(const struct row_call *c, struct shape s, const float *x, const float *y, const float *dy,
                          float *out)
{
    const float *params = c->scale == 0 ? NULL : &c->scale;
    if (!c->backward)
        return actfn_rows_forward_f32(c->op, test_mode, params, c->flags, s.outer, s.n, s.inner, x, out);
    const bool reads_x = reduces(c->op), reads_y = c->op != ACTFN_HARDMAX && c->op != ACTFN_MAXOUT;
    return actfn_rows_backward_f32(c->op, test_mode, params, c->flags, s.outer, s.n, s.inner, reads_x ? x : NULL,
                                   reads_y ? y : NULL, dy, out);
}

void put_row(float *tensor, struct shape s, size_t row, const float *values)
{
    float *at = tensor + row / s.inner * s.n * s.inner + row % s.inner;
    for (size_t k = 0; k < s.n; k++)
        at[k * s.inner] = values[k];
}

void get_row(const float *tensor, struct shape s, size_t row, float *values)
{
    const float *at = tensor + row / s.inner * s.n * s.inner + row % s.inner;
    for (size_t k = 0; k < s.n; k++)
        values[k] = at[k * s.inner];
}

void fill_row(enum row_kind kind, float *x, size_t n, uint64_t seed, bool negative)
{
    const uint64_t own = scramble(seed);
    const float sign = own & 1 ? 1.0f : -1.0f, infinite = negative ? INFINITY : -INFINITY;
    fill_tame(x, n, seed & 0xffffffff);
    for (size_t i = 0; i < n; i++) {
        const uint64_t random = scramble(own ^ i);
        const float any = from_bits((uint32_t)(random >> 8));
        switch ((int)kind) {
        case KIND_SPREAD: x[i] *= 12.5f; break;
        case KIND_OFFSET: x[i] = sign * (float)(own >> 3 & 0xfffff) + x[i] * 0.5f; break;
        case KIND_TIES: x[i] = (float)(random & 3) * 0.7f * sign; break;
        case KIND_EQUAL: x[i] = sign * (float)(own >> 4 & 0xffff) * 0x1.9p-9f; break;
        case KIND_CLOSE: x[i] = x[i] * 0.0625f / (float)n - 0.3f; break;
        case KIND_MASKED: x[i] = random & 3 ? x[i] : infinite; break;
        case KIND_HUGE: x[i] = isfinite(any) ? any : FLT_MAX; break;
        case KIND_SPECIAL:
            x[i] = random % 8 == 0 && random >> 8 & own >> 8 & 1 ? NAN
                   : random % 8 == 1                             ? INFINITY
                   : random % 8 == 2                             ? -INFINITY
                                                                 : x[i];
            break;
        default: break;
        }
    }
    if (kind == KIND_MASKED)
        x[own % n] = 0.625f;
}

const char *select_other_isa(int *index)
{
    const char *isa;
    while ((isa = actfn_isa_at(*index))) {
        (*index)++;
        if (strcmp(isa, test_isa) != 0 && actfn_isa_available(isa) && actfn_isa_select(isa) == ACTFN_OK)
            return isa;
    }
    actfn_isa_select(test_isa);
    return NULL;
}
