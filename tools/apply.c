/* SPDX-License-Identifier: MIT */
/* actfn forward, actfn backward: an elementwise operation over arrays in .npy files. */
#include "command.h"
#include "input.h"
#include "lookup.h"
#include "message.h"
#include "output.h"
#include "progress.h"
#include "run.h"

#include <string.h>

enum form { FORWARD, BACKWARD, FROM_OUTPUT };

struct task {
    enum form form;
    actfn_op op;
    actfn_mode mode;
    float params[ACTFN_MAX_PARAMS];
    const float *x, *dy; /* x is y with FROM_OUTPUT */
    float *out;
};

static actfn_status compute(const void *context, size_t first, size_t count)
{
    const struct task *t = context;
    switch (t->form) {
    case FORWARD:
        return actfn_forward_f32(t->op, t->mode, t->params, count, t->x + first, t->out + first);
    case BACKWARD:
        return actfn_backward_f32(t->op, t->mode, t->params, count, t->x + first, t->dy + first, t->out + first);
    case FROM_OUTPUT:
        return actfn_backward_from_output_f32(t->op, t->mode, t->params, count, t->x + first, t->dy + first,
                                              t->out + first);
    }
    return ACTFN_ERR_NOT_OFFERED;
}

/* All that can be wrong without looking into a file; mistakes of typing are reported before anything is read. */
static int prepare(struct task *t, const struct arguments *arguments)
{
    int code = lookup_op(arguments->operands[0], &t->op);
    t->mode = arguments->mode;
    if (code == CODE_OK)
        code = lookup_params(t->op, arguments, t->params);
    if (code == CODE_OK)
        code = lookup_isa(arguments->isa);
    if (code != CODE_OK || t->form != FROM_OUTPUT)
        return code;
    const struct actfn_op_info *info = actfn_op_info(t->op);
    const actfn_status status = actfn_backward_from_output_f32(t->op, t->mode, t->params, 0, NULL, NULL, NULL);
    if (status == ACTFN_OK)
        return CODE_OK;
    if (info->flags & ACTFN_OP_FROM_OUTPUT)
        return misused("--from-output of %s needs %s; leave the option out, and give x instead of y", info->name,
                       info->from_output_legal);
    return misused("%s has no --from-output: its derivative cannot be told from y; give x instead", info->name);
}

static int check_shapes(const struct input *x, const struct input *dy)
{
    char a[256], b[256];
    if (npy_same_shape(&x->header, &dy->header))
        return CODE_OK;
    npy_shape_text(&x->header, a, sizeof a);
    npy_shape_text(&dy->header, b, sizeof b);
    return failed("%s has shape %s and %s has %s; they must be equal", x->name, a, dy->name, b);
}

/* From inputs that are open to a result in its place. */
static int produce(struct task *t, const struct arguments *arguments, const struct input *x, const struct input *dy)
{
    struct output out;
    int code = output_open(&out, arguments->operands[arguments->count - 1], &x->header, x->own ? x->own : dy->own);
    if (code == CODE_OK) {
        t->x = x->data;
        t->dy = dy->data;
        t->out = out.data;
        const actfn_status status = run_pieces(x->header.count, arguments->threads, compute, t);
        code = status == ACTFN_OK ? output_commit(&out) : failed("%s", actfn_status_string(status));
    }
    output_close(&out);
    return code;
}

static int apply(const struct arguments *arguments, enum form form)
{
    struct task task = { .form = form };
    struct input x = { 0 }, dy = { 0 };
    char **files = arguments->operands + 1;
    int code = prepare(&task, arguments);
    if (code == CODE_OK && form != FORWARD && strcmp(files[0], "-") == 0 && strcmp(files[1], "-") == 0)
        code = misused("only one of the inputs can be standard input; name a file for the other");
    if (code != CODE_OK)
        return code;
    progress_start();
    code = input_open(&x, files[0]);
    if (code == CODE_OK && form != FORWARD)
        code = input_open(&dy, files[1]);
    if (code == CODE_OK && form != FORWARD)
        code = check_shapes(&x, &dy);
    if (code == CODE_OK)
        code = produce(&task, arguments, &x, &dy);
    input_close(&x);
    input_close(&dy);
    progress_clear();
    return code;
}

int command_forward(const struct arguments *arguments)
{
    return apply(arguments, FORWARD);
}

int command_backward(const struct arguments *arguments)
{
    return apply(arguments, arguments->given & OPTION_FROM_OUTPUT ? FROM_OUTPUT : BACKWARD);
}
