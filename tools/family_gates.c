/* SPDX-License-Identifier: MIT */
/* y = v g(u), from two tensors or from the halves of one tensor's last axis. */
#include "family.h"
#include "message.h"

/* ---- packed ---------------------------------------------------------------------------------------------------- */

static int plan_packed(struct job *job)
{
    const struct input *x = &job->in[X];
    const int last = x->header.dims - 1;
    if (last < 0 || x->header.shape[last] % 2)
        return failed("the last axis of %s has no two halves: its length must be even", x->name);
    struct npy_header half = x->header;
    half.shape[last] /= 2;
    half.count /= 2;
    job->n = x->header.shape[last];
    job->units = job->n ? x->header.count / job->n : 0;
    job->unit = job->n;
    job->shapes[Y] = half;
    job->shapes[DX] = x->header;
    return job->form == FORWARD ? CODE_OK : plan_shape(job, DY, &half);
}

static actfn_status compute_packed(const struct job *job, size_t first, size_t count)
{
    const size_t whole = first * job->n, half = whole / 2;
    const actfn_op op = job->info->op;
    const struct arguments *a = job->arguments;
    const void *x = from_at(job, X, whole);
    if (job->form == FORWARD)
        return BY_TYPE(job->type, actfn_gates_packed_forward, op, a->mode, job->params, a->gate, count, job->n, x,
                       to_at(job, Y, half));
    return BY_TYPE(job->type, actfn_gates_packed_backward, op, a->mode, job->params, a->gate, count, job->n, x,
                   from_at(job, DY, half), to_at(job, DX, whole));
}

/* ---- separate -------------------------------------------------------------------------------------------------- */

static actfn_status compute_separate(const struct job *job, size_t first, size_t count)
{
    const actfn_op op = job->info->op;
    const actfn_mode mode = job->arguments->mode;
    const void *u = from_at(job, U, first), *v = from_at(job, V, first), *dy = from_at(job, DY, first);
    /* Nothing depends on where a row ends, so that all is one row. */
    if (job->form == FORWARD)
        return BY_TYPE(job->type, actfn_gates_forward, op, mode, job->params, 1, count, u, count, v, count,
                       to_at(job, Y, first), count);
    return BY_TYPE(job->type, actfn_gates_backward, op, mode, job->params, 1, count, u, count, v, count, dy, count,
                   to_at(job, DU, first), count, to_at(job, DV, first), count);
}

const struct kind gates_kinds[] = {
    { .family = ACTFN_FAMILY_GATES,
      .op = ACTFN_OP_NONE,
      .needs = OPTION_GATE,
      .when = " with --gate",
      .hint = "; --gate is for rows with gate and value side by side",
      .forms = { [FORWARD] = { { X }, { Y } }, [BACKWARD] = { { X, DY }, { DX } } },
      .plan = plan_packed,
      .compute = compute_packed },
    { .family = ACTFN_FAMILY_GATES,
      .op = ACTFN_OP_NONE,
      .hint = "; for gate and value packed in the rows of one file add --gate first or --gate last, "
              "on which frameworks differ, so that there is no default",
      .forms = { [FORWARD] = { { U, V }, { Y } }, [BACKWARD] = { { U, V, DY }, { DU, DV } } },
      .plan = plan_elementwise,
      .compute = compute_separate },
    { .compute = NULL },
};
