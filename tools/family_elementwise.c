/* SPDX-License-Identifier: MIT */
/* Functions of one element. */
#include "family.h"

static actfn_status compute(const struct job *job, size_t first, size_t count)
{
    const actfn_op op = job->info->op;
    const actfn_mode mode = job->arguments->mode;
    const void *x = from_at(job, X, first), *dy = from_at(job, DY, first);
    void *dx = to_at(job, DX, first);
    if (job->form == FORWARD)
        return BY_TYPE(job->type, actfn_forward, op, mode, job->params, count, x, to_at(job, Y, first));
    if (job->form == BACKWARD)
        return BY_TYPE(job->type, actfn_backward, op, mode, job->params, count, x, dy, dx);
    return BY_TYPE(job->type, actfn_backward_from_output, op, mode, job->params, count, from_at(job, Y, first), dy, dx);
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
