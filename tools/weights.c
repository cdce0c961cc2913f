/* SPDX-License-Identifier: MIT */
/* The weights of channels: from files, from --param, or the defaults; and the outputs for their gradients. */
#include "family.h"
#include "lookup.h"
#include "message.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int weights_check(struct job *job)
{
    const struct assignments *wanted = &job->arguments->gradients;
    int code = CODE_OK;
    for (int i = 0; i < wanted->count && code == CODE_OK; i++)
        code = lookup_assignment(job->info->op, "--gradient", "FILE", wanted->items[i], job->weights.paths);
    job->weights.wanted = wanted->count > 0;
    return code;
}

/* (terms, channels) of one array.  A single number is (1, 1); a single axis has the channels. */
struct extent {
    size_t terms, channels;
};

static int read_file(struct job *job, int k, const char *path, struct extent *extent)
{
    struct input *in = &job->weights.files[k];
    int code = input_open(in, path, INPUT_FLOATS);
    if (code == CODE_OK && in->header.type != NPY_FLOAT32)
        code = failed("%s holds %s, and weights are float32", in->name, npy_type_name(in->header.type));
    if (code != CODE_OK)
        return code;
    const struct npy_header *header = &in->header;
    if (header->dims > 2 || header->count == 0) {
        char text[256];
        npy_shape_text(header, text, sizeof text);
        return failed("%s has shape %s, and weights have (), (channels,) or (terms, channels)", in->name, text);
    }
    extent->terms = header->dims == 2 ? header->shape[0] : 1;
    extent->channels = header->dims ? header->shape[header->dims - 1] : 1;
    job->weights.arrays[k] = in->data;
    job->weights.shapes[k] = *header;
    return CODE_OK;
}

/* A single value stands for all, along either axis. */
static int broadcast(struct weights *w, int k, struct extent from)
{
    if (from.terms == w->terms && from.channels == w->channels)
        return CODE_OK;
    size_t count;
    if (__builtin_mul_overflow(w->terms, w->channels, &count) || count > PTRDIFF_MAX / sizeof(float) ||
        !(w->heap[k] = malloc(count * sizeof(float))))
        return failed("no memory for the weights");
    for (size_t s = 0; s < w->terms; s++)
        for (size_t c = 0; c < w->channels; c++)
            w->heap[k][s * w->channels + c] =
                w->arrays[k][(from.terms > 1 ? s : 0) * from.channels + (from.channels > 1 ? c : 0)];
    w->arrays[k] = w->heap[k];
    return CODE_OK;
}

static int check_extents(const struct job *job, const struct extent *extents)
{
    const struct weights *w = &job->weights;
    for (int k = 0; k < job->info->param_count; k++) {
        const struct extent *e = &extents[k];
        const char *name = actfn_op_param(job->info->op, k)->name;
        if ((e->terms != 1 && e->terms != w->terms) || (e->channels != 1 && e->channels != w->channels))
            return failed(
                "the weights %s are (%zu, %zu) and others have (%zu, %zu), as (terms, channels); equal lengths, "
                "or 1, go together",
                name, e->terms, e->channels, w->terms, w->channels);
        if (w->paths[k] && (e->terms != w->terms || e->channels != w->channels))
            return failed("there is one value of %s for several channels or terms, so that its gradient is no array of "
                          "theirs; give it the shape (%zu, %zu)",
                          name, w->terms, w->channels);
    }
    /* A call without elements: it tells whether the operation takes so many terms. */
    if (actfn_channels_forward_f32(job->info->op, job->arguments->mode, 0, 1, 0, w->terms, w->arrays, NULL, NULL) ==
        ACTFN_ERR_SHAPE)
        return failed("the weights have %zu terms, and %s has one; give them the shape (channels,)", w->terms,
                      job->info->name);
    return CODE_OK;
}

int weights_open(struct job *job)
{
    struct weights *w = &job->weights;
    const char *files[ACTFN_MAX_PARAMS] = { NULL };
    struct extent extents[ACTFN_MAX_PARAMS];
    int code = CODE_OK;
    for (int i = 0; i < job->arguments->weights.count && code == CODE_OK; i++)
        code = lookup_assignment(job->info->op, "--weight", "FILE", job->arguments->weights.items[i], files);
    w->terms = w->channels = 1;
    for (int k = 0; k < job->info->param_count && code == CODE_OK; k++) {
        extents[k] = (struct extent) { 1, 1 };
        w->arrays[k] = &job->params[k];
        w->shapes[k] = (struct npy_header) { .type = NPY_FLOAT32, .dims = 1, .shape = { 1 }, .count = 1 };
        if (files[k])
            code = read_file(job, k, files[k], &extents[k]);
        w->terms = extents[k].terms > w->terms ? extents[k].terms : w->terms;
        w->channels = extents[k].channels > w->channels ? extents[k].channels : w->channels;
    }
    if (code == CODE_OK)
        code = check_extents(job, extents);
    for (int k = 0; k < job->info->param_count && code == CODE_OK; k++)
        code = broadcast(w, k, extents[k]);
    return code;
}

void weights_close(struct job *job)
{
    for (int k = 0; k < ACTFN_MAX_PARAMS; k++) {
        input_close(&job->weights.files[k]);
        output_close(&job->weights.outputs[k]);
        free(job->weights.heap[k]);
    }
}
