/* SPDX-License-Identifier: MIT */
/* Functions of one element. */
#include "family.h"

static actfn_status compute(const struct job *job, size_t first, size_t count)
{
    const actfn_op op = job->info->op;
    const actfn_mode mode = job->arguments->mode;
    const float *x = from_at(job, X, first), *dy = from_at(job, DY, first);
    if (job->form == FORWARD)
        return actfn_forward_f32(op, mode, job->params, count, x, to_at(job, Y, first));
    if (job->form == BACKWARD)
        return actfn_backward_f32(op, mode, job->params, count, x, dy, to_at(job, DX, first));
    return actfn_backward_from_output_f32(op, mode, job->params, count, from_at(job, Y, first), dy,
                                          to_at(job, DX, first));
}

const struct kind elementwise_kinds[] = {
    { .family = ACTFN_FAMILY_ELEMENTWISE,
      .op = ACTFN_OP_NONE,
      .forms = { [FORWARD] = { { X }, { Y } },
                 [BACKWARD] = { { X, DY }, { DX } },
                 [FROM_OUTPUT] = { { Y, DY }, { DX } } },
      .plan = plan_elementwise,
      .compute = compute },
    { .compute = NULL },
};
