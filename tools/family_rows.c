/* SPDX-License-Identifier: MIT */
/* Operations over one axis. */
#include "family.h"
#include "message.h"

static bool reduces(const struct job *job) { return job->info->flags & ACTFN_OP_REDUCES; }

static int plan(struct job *job)
{
    /* An input with the whole shape: not every operation reads x in backward. */
    const bool has_x = job->form == FORWARD || (job->info->flags & ACTFN_OP_READS_X);
    const enum role whole = has_x ? X : DY, result = job->form == FORWARD ? Y : DX;
    struct npy_header reduced;
    int code = plan_axis(job, whole, -1, &reduced);
    if (code != CODE_OK)
        return code;
    /* In this case the library writes nothing, and zeros would look like a result. */
    if (job->form == FORWARD && job->info->op == ACTFN_MAXOUT && job->n == 0 && job->outer && job->inner)
        return failed("%s has length 0 along the axis, and so no maximum", job->in[whole].name);
    job->units = job->outer;
    job->unit = job->n * job->inner;
    job->shapes[result] = job->form == FORWARD && reduces(job) ? reduced : job->in[whole].header;
    for (int k = 0; k < job->inputs && code == CODE_OK; k++)
        if (job->roles[k] != whole)
            code = reduces(job) ? plan_shape(job, job->roles[k], &reduced) : plan_same(job, whole, job->roles[k]);
    return code;
}

static actfn_status compute(const struct job *job, size_t first, size_t count)
{
    const unsigned flags = job->arguments->given & OPTION_MASKED ? ACTFN_MASKED_ROWS_ZERO : 0;
    const size_t whole = first * job->unit, result = reduces(job) ? first * job->inner : whole;
    const float *x = from_at(job, X, whole);
    if (job->form == FORWARD)
        return actfn_rows_forward_f32(job->info->op, job->arguments->mode, job->params, flags, count, job->n,
                                      job->inner, x, to_at(job, Y, result));
    return actfn_rows_backward_f32(job->info->op, job->arguments->mode, job->params, flags, count, job->n, job->inner,
                                   x, from_at(job, Y, result), from_at(job, DY, result), to_at(job, DX, whole));
}

const struct kind rows_kinds[] = {
    { .family = ACTFN_FAMILY_ROWS,
      .op = ACTFN_OP_NONE,
      .options = OPTION_AXIS | OPTION_MASKED,
      .forms = { [FORWARD] = { { X }, { Y } }, [BACKWARD] = { { X, Y, DY }, { DX } } },
      .plan = plan,
      .compute = compute },
    { .compute = NULL },
};
