/* SPDX-License-Identifier: MIT */
/* Functions of one element, with weights for each channel. */
#include "family.h"
#include "message.h"

static int plan(struct job *job)
{
    const enum role whole = job->form == FROM_OUTPUT ? Y : X;
    const struct weights *w = &job->weights;
    const struct input *in = &job->in[whole];
    job->shapes[Y] = job->shapes[DX] = in->header;
    int code = CODE_OK;
    /* A single set of weights needs no axis, but a given axis must exist. */
    if (w->channels > 1 || (job->arguments->given & OPTION_AXIS))
        code = plan_axis(job, whole, in->header.dims >= 2 ? 1 : 0, NULL);
    if (code == CODE_OK && w->channels > 1 && job->n != w->channels)
        code = failed("the weights are for %zu channels, and that axis of %s has %zu; --axis names another",
                      w->channels, in->name, job->n);
    if (code == CODE_OK && job->form != FORWARD)
        code = plan_same(job, whole, DY);
    if (w->channels == 1) {
        job->outer = job->n = 1;
        job->inner = in->header.count;
    }
    /* The sums of a weight's gradient cannot be computed in parts.  Otherwise a single set of weights allows any split. */
    const bool everywhere = w->channels == 1;
    job->units = w->wanted ? 1 : everywhere ? in->header.count : job->outer;
    job->unit = w->wanted ? in->header.count : everywhere ? 1 : job->n * job->inner;
    return code;
}

static actfn_status compute(const struct job *job, size_t first, size_t count)
{
    const struct weights *w = &job->weights;
    const size_t at = first * job->unit, channels = w->channels;
    size_t outer = count, inner = job->inner;
    if (channels == 1) {
        outer = 1;
        inner = w->wanted ? job->inner : count;
    } else if (w->wanted) {
        outer = job->outer;
    }
    const actfn_op op = job->info->op;
    const actfn_mode mode = job->arguments->mode;
    if (job->form == FORWARD)
        return BY_TYPE(job->type, actfn_channels_forward, op, mode, outer, channels, inner, w->terms, w->arrays,
                       from_at(job, X, at), to_at(job, Y, at));
    if (job->form == BACKWARD)
        return BY_TYPE(job->type, actfn_channels_backward, op, mode, outer, channels, inner, w->terms, w->arrays,
                       from_at(job, X, at), from_at(job, DY, at), to_at(job, DX, at), w->wanted ? w->gradients : NULL);
    return BY_TYPE(job->type, actfn_channels_backward_from_output, op, mode, outer, channels, inner, w->terms,
                   w->arrays, from_at(job, Y, at), from_at(job, DY, at), to_at(job, DX, at));
}

const struct kind channels_kinds[] = {
    { .family = ACTFN_FAMILY_CHANNELS,
      .op = ACTFN_OP_NONE,
      .options = OPTION_AXIS | OPTION_WEIGHT | OPTION_GRADIENT,
      .forms = { [FORWARD] = { { X }, { Y } },
                 [BACKWARD] = { { X, DY }, { DX } },
                 [FROM_OUTPUT] = { { Y, DY }, { DX } } },
      .plan = plan,
      .compute = compute },
    { .compute = NULL },
};
