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
    if (job->form == FORWARD)
        job->shapes[Y].type = job->row_type;
    for (int k = 0; k < job->inputs && code == CODE_OK; k++)
        if (job->roles[k] != whole)
            code = reduces(job) ? plan_shape(job, job->roles[k], &reduced) : plan_same(job, whole, job->roles[k]);
    return code;
}

static actfn_status compute(const struct job *job, size_t first, size_t count)
{
    const unsigned flags = job->arguments->given & OPTION_MASKED ? ACTFN_MASKED_ROWS_ZERO : 0;
    const size_t whole = first * job->unit, result = reduces(job) ? first * job->inner : whole;
    const actfn_op op = job->info->op;
    const actfn_mode mode = job->arguments->mode;
    const void *x = from_at(job, X, whole), *y = from_at(job, Y, result), *dy = from_at(job, DY, result);
    void *to = job->form == FORWARD ? to_at(job, Y, result) : to_at(job, DX, whole);
    const bool floats = job->row_type != job->type;
    if (job->form == FORWARD && floats)
        return BY_SIXTEEN(job->type, actfn_rows_reduce_forward, op, mode, job->params, flags, count, job->n, job->inner,
                          x, to);
    if (job->form == FORWARD)
        return BY_TYPE(job->type, actfn_rows_forward, op, mode, job->params, flags, count, job->n, job->inner, x, to);
    if (floats)
        return BY_SIXTEEN(job->type, actfn_rows_reduce_backward, op, mode, job->params, flags, count, job->n,
                          job->inner, x, y, dy, to);
    return BY_TYPE(job->type, actfn_rows_backward, op, mode, job->params, flags, count, job->n, job->inner, x, y, dy,
                   to);
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
