/* SPDX-License-Identifier: MIT */
/* The public function of the elementwise losses. */
#include "api/arguments.h"
#include "api/fpenv.h"
#include "catalogue/params.h"
#include "dispatch/sixteen_table.h"

/* Whether an output overlaps an input without being the same buffer. */
static bool overlaps(struct span in, struct span out)
{
    return !(in.p == out.p && in.type == out.type) && spans_overlap(in, out);
}

/* Logits, targets and dz have a type, weights and losses are floats. */
struct buffers {
    int type;
    size_t n;
    const void *z, *t;
    const float *w;
    float *loss;
    void *dz;
};

static struct span of_type(const struct buffers *b, const void *p) { return (struct span) { p, b->n, b->type }; }
static struct span of_floats(const struct buffers *b, const float *p) { return (struct span) { p, b->n, TYPE_F32 }; }

static actfn_status check_result(const struct buffers *b, struct span out)
{
    if (!out.p)
        return ACTFN_OK;
    if (too_long_span(out))
        return ACTFN_ERR_SIZE;
    return overlaps(of_type(b, b->z), out) || overlaps(of_type(b, b->t), out) ||
                   (b->w && overlaps(of_floats(b, b->w), out))
               ? ACTFN_ERR_OVERLAP
               : ACTFN_OK;
}

static actfn_status check_buffers_of_loss(const struct buffers *b)
{
    if (!b->z || !b->t)
        return ACTFN_ERR_NULL;
    if (too_long_span(of_type(b, b->z)) || too_long_span(of_type(b, b->t)) ||
        (b->w && too_long_span(of_floats(b, b->w))))
        return ACTFN_ERR_SIZE;
    actfn_status status = check_result(b, of_floats(b, b->loss));
    if (status == ACTFN_OK)
        status = check_result(b, of_type(b, b->dz));
    if (status == ACTFN_OK && b->loss && b->dz && spans_overlap(of_floats(b, b->loss), of_type(b, b->dz)))
        status = ACTFN_ERR_OVERLAP;
    return status;
}

static actfn_status loss_of(actfn_op op, actfn_mode mode, const float *params, float scale, struct buffers b)
{
    actfn_status status = check_op(op, ACTFN_FAMILY_LOSSES, mode);
    if (status == ACTFN_OK && op == ACTFN_SOFTMAX_CROSS_ENTROPY)
        status = ACTFN_ERR_NOT_OFFERED; /* softmax_cross_entropy works on rows and has functions of its own */
    if (status == ACTFN_OK)
        status = params_of(actfn_op_record(op), &params);
    if (status == ACTFN_OK && !isfinite(scale))
        status = ACTFN_ERR_PARAM;
    if (status != ACTFN_OK || b.n == 0)
        return status;
    status = check_buffers_of_loss(&b);
    if (status != ACTFN_OK)
        return status;
    if (b.type == TYPE_F32) {
        const struct actfn_targets targets = { .t = b.t, .w = b.w, .scale = scale };
        tables_of(mode)->losses[op](params, b.n, b.z, &targets, b.loss, b.dz);
    } else
        sixteen_of(b.type)->loss(op, params, b.n, b.z, b.t, b.w, scale, b.loss, b.dz);
    return ACTFN_OK;
}

/* Pasted: actfn_loss_<suffix> (actfn_loss_bf16), TYPE_<TYPE>. */
#define ENTRY(suffix, TYPE, number)                                                                                    \
    actfn_status actfn_loss_##suffix(actfn_op op, actfn_mode mode, const float *params, size_t n, const number *z,     \
                                     const number *t, const float *w, float scale, float *loss, number *dz)            \
    {                                                                                                                  \
        const uint64_t was = fpenv_enter();                                                                            \
        const actfn_status status =                                                                                    \
            loss_of(op, mode, params, scale, (struct buffers) { TYPE_##TYPE, n, z, t, w, loss, dz });                  \
        fpenv_leave(was);                                                                                              \
        return status;                                                                                                 \
    }
ENTRY(f32, F32, float)
ENTRY(bf16, BF16, actfn_bf16)
ENTRY(f16, F16, actfn_f16)
