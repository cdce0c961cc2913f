/* SPDX-License-Identifier: MIT */
/* Losses: the loss (forward) or its derivative by z (backward), from logits z and targets t. */
#include "family.h"
#include "message.h"

/* The library computes losses in floats, whatever the type of the logits. */
static int plan(struct job *job)
{
    const int code = plan_elementwise(job);
    job->shapes[LOSS].type = NPY_FLOAT32;
    return code;
}

static actfn_status compute(const struct job *job, size_t first, size_t count)
{
    return BY_TYPE(job->type, actfn_loss, job->info->op, job->arguments->mode, job->params, count,
                   from_at(job, Z, first), from_at(job, T, first), NULL, 1, to_at(job, LOSS, first),
                   to_at(job, DZ, first));
}

/* ---- softmax_cross_entropy ------------------------------------------------------------------------------------- */

static int plan_cross_entropy(struct job *job)
{
    struct npy_header reduced;
    const int code = plan_axis(job, Z, -1, &reduced);
    if (code != CODE_OK)
        return code;
    job->units = job->outer;
    job->unit = job->n * job->inner;
    job->shapes[LOSS] = reduced;
    job->shapes[LOSS].type = NPY_FLOAT32;
    job->shapes[DZ] = job->in[Z].header;
    const enum npy_type type = job->in[T].header.type;
    if (!npy_is_float(type))
        return plan_shape(job, T, &reduced);
    const char *dense = "is for classes, an array of int64 or int32, and the targets in";
    if (job->arguments->given & OPTION_IGNORE_INDEX)
        return misused("--ignore-index %s %s are %s", dense, job->in[T].name, npy_type_name(type));
    if (job->params[0] != 0)
        return misused("label_smoothing %s %s are %s", dense, job->in[T].name, npy_type_name(type));
    return plan_same(job, Z, T);
}

static actfn_status compute_cross_entropy(const struct job *job, size_t first, size_t count)
{
    const struct arguments *a = job->arguments;
    const size_t whole = first * job->unit, row = first * job->inner;
    const void *z = from_at(job, Z, whole);
    void *loss = to_at(job, LOSS, row), *dz = to_at(job, DZ, whole);
    const int64_t *classes = job->in[T].classes;
    if (npy_is_float(job->in[T].header.type))
        return BY_TYPE(job->type, actfn_softmax_cross_entropy_dense, a->mode, count, job->n, job->inner, z,
                       from_at(job, T, whole), NULL, 1, loss, dz);
    return BY_TYPE(job->type, actfn_softmax_cross_entropy, a->mode, job->params, count, job->n, job->inner, z,
                   classes ? classes + row : NULL, a->given & OPTION_IGNORE_INDEX ? a->ignore_index : INT64_MIN, NULL,
                   1, loss, dz);
}

const struct kind losses_kinds[] = {
    { .family = ACTFN_FAMILY_LOSSES,
      .op = ACTFN_SOFTMAX_CROSS_ENTROPY,
      .options = OPTION_AXIS | OPTION_IGNORE_INDEX,
      .forms = { [FORWARD] = { { Z, T }, { LOSS } }, [BACKWARD] = { { Z, T }, { DZ } } },
      .plan = plan_cross_entropy,
      .compute = compute_cross_entropy },
    { .family = ACTFN_FAMILY_LOSSES,
      .op = ACTFN_OP_NONE,
      .forms = { [FORWARD] = { { Z, T }, { LOSS } }, [BACKWARD] = { { Z, T }, { DZ } } },
      .plan = plan,
      .compute = compute },
    { .compute = NULL },
};
