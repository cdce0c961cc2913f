/* SPDX-License-Identifier: MIT */
/* Types and shapes: how those of several files go together, and how a tensor falls into (outer, n, inner). */
#include "family.h"
#include "message.h"

int plan_types(struct job *job)
{
    const bool reduces = job->info->family == ACTFN_FAMILY_ROWS && (job->info->flags & ACTFN_OP_REDUCES);
    const struct input *first = &job->in[job->roles[0]];
    const enum npy_type said = job->arguments->type;
    job->type = job->row_type = first->header.type;
    if (said && job->type != said)
        return failed("%s holds %s, and --type says %s; leave --type out, or convert the file", first->name,
                      npy_type_name(job->type), npy_type_option(said));
    if (reduces && (job->form == FORWARD ? job->arguments->cast : job->in[job->roles[1]].header.type) == NPY_FLOAT32)
        job->row_type = NPY_FLOAT32;
    for (int k = 1; k < job->inputs; k++) {
        const struct input *in = &job->in[job->roles[k]], *other = &job->in[job->roles[job->row_type != job->type]];
        const enum npy_type type = in->header.type;
        /* Classes go with every type. */
        if (npy_is_float(type) && type != job->row_type)
            return failed("%s holds %s and %s holds %s; they must be of one type", other->name,
                          npy_type_name(other->header.type), in->name, npy_type_name(type));
    }
    return CODE_OK;
}

int plan_same(const struct job *job, enum role a, enum role b)
{
    const struct input *one = &job->in[a], *other = &job->in[b];
    char first[256], second[256];
    if (npy_same_shape(&one->header, &other->header))
        return CODE_OK;
    npy_shape_text(&one->header, first, sizeof first);
    npy_shape_text(&other->header, second, sizeof second);
    return failed("%s has shape %s and %s has %s; they must be equal", one->name, first, other->name, second);
}

int plan_shape(const struct job *job, enum role role, const struct npy_header *wanted)
{
    const struct input *in = &job->in[role];
    char found[256], right[256];
    if (npy_same_shape(&in->header, wanted))
        return CODE_OK;
    npy_shape_text(&in->header, found, sizeof found);
    npy_shape_text(wanted, right, sizeof right);
    return failed("%s has shape %s, and beside %s it must have %s", in->name, found, job->in[job->roles[0]].name,
                  right);
}

int plan_elementwise(struct job *job)
{
    const struct npy_header *shape = &job->in[job->roles[0]].header;
    int code = CODE_OK;
    for (int k = 1; k < job->inputs && code == CODE_OK; k++)
        code = plan_same(job, job->roles[0], job->roles[k]);
    for (int k = 0; k < job->outputs; k++)
        job->shapes[job->roles[job->inputs + k]] = *shape;
    job->units = shape->count;
    job->unit = 1;
    return code;
}

int plan_axis(struct job *job, enum role role, long otherwise, struct npy_header *reduced)
{
    const struct input *in = &job->in[role];
    const struct npy_header *shape = &in->header;
    char text[256];
    long axis = job->arguments->given & OPTION_AXIS ? job->arguments->axis : otherwise;
    npy_shape_text(shape, text, sizeof text);
    if (shape->dims == 0)
        return failed("%s is a single number, and %s works along an axis", in->name, job->info->name);
    if (axis < -shape->dims || axis >= shape->dims)
        return failed("there is no axis %ld in %s, whose shape is %s; --axis takes %d to %d", axis, in->name, text,
                      -shape->dims, shape->dims - 1);
    axis += axis < 0 ? shape->dims : 0;
    job->outer = job->inner = 1;
    job->n = shape->shape[axis];
    for (int d = 0; d < shape->dims; d++)
        *(d < axis ? &job->outer : &job->inner) *= d == axis ? 1 : shape->shape[d];
    if (reduced)
        *reduced = npy_without(shape, (int)axis);
    return CODE_OK;
}
