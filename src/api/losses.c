/* SPDX-License-Identifier: MIT */
/* The public function of the elementwise losses. */
#include "api/arguments.h"
#include "api/fpenv.h"
#include "catalogue/params.h"

/* Whether an output overlaps an input without being the same buffer. */
static bool overlaps(size_t n, const float *in, const float *out) { return in != out && overlap(in, n, out, n); }

static actfn_status check_result(size_t n, const float *z, const struct actfn_targets *targets, const float *out)
{
    if (!out)
        return ACTFN_OK;
    if (too_long(out, n))
        return ACTFN_ERR_SIZE;
    return overlaps(n, z, out) || overlaps(n, targets->t, out) || (targets->w && overlaps(n, targets->w, out))
               ? ACTFN_ERR_OVERLAP
               : ACTFN_OK;
}

static actfn_status loss_of(actfn_op op, actfn_mode mode, const float *params, size_t n, const float *z,
                            const struct actfn_targets *targets, float *loss, float *dz)
{
    actfn_status status = check_op(op, ACTFN_FAMILY_LOSSES, mode);
    if (status == ACTFN_OK && op == ACTFN_SOFTMAX_CROSS_ENTROPY)
        status = ACTFN_ERR_NOT_OFFERED; /* softmax_cross_entropy works on rows and has functions of its own */
    if (status == ACTFN_OK)
        status = params_of(actfn_op_record(op), &params);
    if (status == ACTFN_OK && !isfinite(targets->scale))
        status = ACTFN_ERR_PARAM;
    if (status != ACTFN_OK || n == 0)
        return status;
    if (!z || !targets->t)
        return ACTFN_ERR_NULL;
    if (too_long(z, n) || too_long(targets->t, n) || (targets->w && too_long(targets->w, n)))
        return ACTFN_ERR_SIZE;
    status = check_result(n, z, targets, loss);
    if (status == ACTFN_OK)
        status = check_result(n, z, targets, dz);
    if (status == ACTFN_OK && loss && dz && overlap(loss, n, dz, n))
        status = ACTFN_ERR_OVERLAP;
    if (status == ACTFN_OK)
        tables_of(mode)->losses[op](params, n, z, targets, loss, dz);
    return status;
}

actfn_status actfn_loss_f32(actfn_op op, actfn_mode mode, const float *params, size_t n, const float *z, const float *t,
                            const float *w, float scale, float *loss, float *dz)
{
    const uint64_t was = fpenv_enter();
    const struct actfn_targets targets = { .t = t, .w = w, .scale = scale };
    const actfn_status status = loss_of(op, mode, params, n, z, &targets, loss, dz);
    fpenv_leave(was);
    return status;
}
