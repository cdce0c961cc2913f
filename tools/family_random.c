/* SPDX-License-Identifier: MIT */
/* Operations with noise.  The noise is a function of seed, stream and index. */
#include "family.h"
#include "message.h"

#define NOISE (OPTION_SEED | OPTION_STREAM | OPTION_OFFSET)

/* ---- rrelu ----------------------------------------------------------------------------------------------------- */

static actfn_status compute_rrelu(const struct job *job, size_t first, size_t count)
{
    const struct arguments *a = job->arguments;
    const uint64_t offset = a->offset + first;
    const void *x = from_at(job, X, first), *dy = from_at(job, DY, first);
    if (job->form == FORWARD)
        return BY_TYPE(job->type, actfn_rrelu, a->mode, job->params, count, x, to_at(job, Y, first), NULL, a->seed,
                       a->stream, offset);
    if (job->form == BACKWARD)
        return BY_TYPE(job->type, actfn_rrelu_backward, a->mode, job->params, count, x, dy, to_at(job, DX, first),
                       a->seed, a->stream, offset);
    return BY_TYPE(job->type, actfn_rrelu_backward_from_output, a->mode, job->params, count, from_at(job, Y, first), dy,
                   to_at(job, DX, first), a->seed, a->stream, offset);
}

static actfn_status compute_eval(const struct job *job, size_t first, size_t count)
{
    const void *x = from_at(job, X, first);
    if (job->form == FORWARD)
        return BY_TYPE(job->type, actfn_rrelu_eval, job->arguments->mode, job->params, count, x, to_at(job, Y, first));
    return BY_TYPE(job->type, actfn_rrelu_eval_backward, job->arguments->mode, job->params, count, x,
                   from_at(job, DY, first), to_at(job, DX, first));
}

/* ---- gumbel_softmax -------------------------------------------------------------------------------------------- */

static int plan_gumbel(struct job *job)
{
    const enum role whole = job->form == FORWARD ? X : Y;
    const int code = plan_axis(job, whole, -1, NULL);
    if (code != CODE_OK)
        return code;
    job->units = job->outer;
    job->unit = job->n * job->inner;
    job->shapes[Y] = job->shapes[DX] = job->in[whole].header;
    return job->form == FORWARD ? CODE_OK : plan_same(job, Y, DY);
}

static actfn_status compute_gumbel(const struct job *job, size_t first, size_t count)
{
    const struct arguments *a = job->arguments;
    const size_t at = first * job->unit;
    if (job->form == FORWARD)
        return BY_TYPE(job->type, actfn_gumbel_softmax, a->mode, job->params,
                       a->given & OPTION_HARD ? ACTFN_GUMBEL_HARD : 0, count, job->n, job->inner, from_at(job, X, at),
                       to_at(job, Y, at), NULL, a->seed, a->stream, a->offset + at);
    return BY_TYPE(job->type, actfn_gumbel_softmax_backward, a->mode, job->params, count, job->n, job->inner,
                   from_at(job, Y, at), from_at(job, DY, at), to_at(job, DX, at));
}

const struct kind random_kinds[] = {
    { .family = ACTFN_FAMILY_RANDOM,
      .op = ACTFN_RRELU,
      .needs = OPTION_EVAL,
      .when = " with --eval",
      .forms = { [FORWARD] = { { X }, { Y } }, [BACKWARD] = { { X, DY }, { DX } } },
      .plan = plan_elementwise,
      .compute = compute_eval },
    { .family = ACTFN_FAMILY_RANDOM,
      .op = ACTFN_RRELU,
      .options = NOISE,
      .forms = { [FORWARD] = { { X }, { Y } },
                 [BACKWARD] = { { X, DY }, { DX } },
                 [FROM_OUTPUT] = { { Y, DY }, { DX } } },
      .plan = plan_elementwise,
      .compute = compute_rrelu },
    /* y contains the noise. */
    { .family = ACTFN_FAMILY_RANDOM,
      .op = ACTFN_GUMBEL_SOFTMAX,
      .options = NOISE | OPTION_AXIS | OPTION_HARD,
      .hint = "; y is the result without --hard",
      .forms = { [FORWARD] = { { X }, { Y } }, [BACKWARD] = { { Y, DY }, { DX } } },
      .plan = plan_gumbel,
      .compute = compute_gumbel },
    { .compute = NULL },
};
