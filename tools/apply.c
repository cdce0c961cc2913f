/* SPDX-License-Identifier: MIT */
/* actfn forward, actfn backward: an operation over arrays in .npy files.  The family says how: see family.h. */
#include "family.h"
#include "lookup.h"
#include "message.h"
#include "options.h"
#include "progress.h"
#include "run.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define ALL_KNOW                                                                                                       \
    (OPTION_PARAM | OPTION_MODE | OPTION_ISA | OPTION_THREADS | OPTION_TYPE | OPTION_CAST | OPTION_FROM_OUTPUT)

static const struct kind *const families[] = {
    [ACTFN_FAMILY_ELEMENTWISE] = elementwise_kinds,
    [ACTFN_FAMILY_CHANNELS] = channels_kinds,
    [ACTFN_FAMILY_RANDOM] = random_kinds,
    [ACTFN_FAMILY_GATES] = gates_kinds,
    [ACTFN_FAMILY_ROWS] = rows_kinds,
    [ACTFN_FAMILY_LOSSES] = losses_kinds,
};

static const char *const commands[FORMS] = { "forward", "backward", "backward --from-output" };

/* ---- the request ----------------------------------------------------------------------------------------------- */

static const char *or_empty(const char *text) { return text ? text : ""; }

static int find_kind(struct job *job)
{
    const size_t family = job->info->family;
    const struct kind *kind = family < sizeof families / sizeof families[0] ? families[family] : NULL;
    for (; kind && kind->compute; kind++)
        if ((kind->op == ACTFN_OP_NONE || kind->op == job->info->op) && !(kind->needs & ~job->arguments->given)) {
            job->kind = kind;
            const char *foreign = options_name(job->arguments->given & ~(ALL_KNOW | kind->needs | kind->options));
            return foreign
                       ? misused("%s takes no %s%s; it is one of the %s operations of 'actfn list'", job->info->name,
                                 foreign, or_empty(kind->when), actfn_family_name(job->info->family))
                       : CODE_OK;
        }
    return misused("this command cannot run %s; the library can", job->info->name);
}

static bool is_read(const struct job *job, enum role role)
{
    if (job->form == FORWARD || job->info->family != ACTFN_FAMILY_ROWS || (role != X && role != Y))
        return true;
    return job->info->flags & (role == X ? ACTFN_OP_READS_X : ACTFN_OP_READS_Y);
}

static void find_roles(struct job *job)
{
    for (int k = 0; k < MAX_OPERANDS && job->kind->forms[job->form].inputs[k]; k++)
        if (is_read(job, job->kind->forms[job->form].inputs[k]))
            job->roles[job->inputs++] = job->kind->forms[job->form].inputs[k];
    for (int k = 0; k < MAX_OPERANDS && job->kind->forms[job->form].outputs[k]; k++)
        job->roles[job->inputs + job->outputs++] = job->kind->forms[job->form].outputs[k];
}

static const char *usage(const struct job *job, char *text, size_t size)
{
    static const char *const names[ROLES] = {
        [X] = "X",   [Y] = "Y",   [U] = "U",   [V] = "V",       [Z] = "Z",   [T] = "T",
        [DX] = "DX", [DU] = "DU", [DV] = "DV", [LOSS] = "LOSS", [DZ] = "DZ", [DY] = "DY"
    };
    size_t used = (size_t)snprintf(text, size, "actfn %s %s", commands[job->form], job->info->name);
    for (int k = 0; k < job->inputs + job->outputs && used < size; k++)
        used += (size_t)snprintf(text + used, size - used, " %s.npy", names[job->roles[k]]);
    return text;
}

static int check_form(struct job *job)
{
    char text[256];
    if (job->form == FROM_OUTPUT && job->kind->forms[FROM_OUTPUT].inputs[0] == NO_ROLE) {
        job->form = BACKWARD;
        find_roles(job);
        return misused("%s takes no --from-output%s; usage: %s", job->info->name, or_empty(job->kind->when),
                       usage(job, text, sizeof text));
    }
    if (job->form == FROM_OUTPUT && !(job->info->flags & ACTFN_OP_FROM_OUTPUT))
        return misused("%s has no --from-output: its derivative cannot be told from y; give x instead",
                       job->info->name);
    if (job->form == FROM_OUTPUT && (job->arguments->given & OPTION_GRADIENT))
        return misused("the gradients of weights need x; leave --from-output or --gradient out");
    find_roles(job);
    const int given = job->arguments->count - 1, wanted = job->inputs + job->outputs;
    if (given == wanted)
        return CODE_OK;
    return misused("too %s arguments; usage: %s%s", given < wanted ? "few" : "many", usage(job, text, sizeof text),
                   or_empty(job->kind->hint));
}

/* Translates a status into the words of the command line. */
static int refused(const struct job *job, actfn_status status)
{
    const struct actfn_op_info *info = job->info;
    if (status == ACTFN_OK)
        return CODE_OK;
    if (status == ACTFN_ERR_NOT_OFFERED && job->form == FROM_OUTPUT)
        return misused("--from-output of %s needs %s; leave the option out, and give x instead of y", info->name,
                       info->from_output_legal);
    if (status == ACTFN_ERR_PARAM && (job->kind->options & OPTION_WEIGHT))
        return failed("a weight of %s is not finite", info->name);
    if (status == ACTFN_ERR_PARAM && *info->legal)
        return misused("these parameters do not go together: %s needs %s", info->name, info->legal);
    const char *ignored = job->arguments->given & OPTION_IGNORE_INDEX ? " that is not --ignore-index either" : "";
    if (status == ACTFN_ERR_INDEX && job->n == 0)
        return failed("%s has a class%s, and %s has none along the axis", job->in[T].name, ignored, job->in[Z].name);
    if (status == ACTFN_ERR_INDEX)
        return failed("%s has a class outside 0 ... %zu%s", job->in[T].name, job->n - 1, ignored);
    return failed("%s: %s", info->name, actfn_status_string(status));
}

/* ---- files ----------------------------------------------------------------------------------------------------- */

static const char *path_of(const struct assignments *list, int k) { return strchr(list->items[k], '=') + 1; }

static int check_files(const struct job *job)
{
    char **files = job->arguments->operands + 1;
    const struct assignments *weights = &job->arguments->weights, *gradients = &job->arguments->gradients;
    const char *in[MAX_OPERANDS + COMMAND_MAX_ASSIGNMENTS], *out[MAX_OPERANDS + COMMAND_MAX_ASSIGNMENTS];
    int ins = 0, outs = 0;
    for (int k = 0; k < job->inputs; k++)
        in[ins++] = files[k];
    for (int k = 0; k < weights->count; k++)
        in[ins++] = path_of(weights, k);
    for (int k = 0; k < job->outputs; k++)
        out[outs++] = files[job->inputs + k];
    for (int k = 0; k < gradients->count; k++)
        out[outs++] = path_of(gradients, k);
    for (int i = 0; i < ins; i++)
        for (int k = 0; k < i; k++)
            if (strcmp(in[i], "-") == 0 && strcmp(in[k], "-") == 0)
                return misused("only one of the inputs can be standard input; name a file for the other");
    for (int i = 0; i < outs; i++)
        for (int k = 0; k < i; k++)
            if (strcmp(out[i], out[k]) == 0)
                return misused("two results cannot both go to %s; name another file",
                               strcmp(out[i], "-") == 0 ? "standard output" : out[i]);
    return CODE_OK;
}

/* All checks that need no file.  Mistakes of typing are reported before anything is read. */
static int prepare(struct job *job)
{
    const struct arguments *arguments = job->arguments;
    actfn_op op;
    int code = lookup_op(arguments->operands[0], &op);
    if (code != CODE_OK)
        return code;
    job->info = actfn_op_info(op);
    code = find_kind(job);
    if (code == CODE_OK)
        code = check_form(job);
    if (code == CODE_OK)
        code = lookup_params(op, arguments, job->params);
    if (code == CODE_OK)
        code = lookup_isa(arguments->isa);
    if (code == CODE_OK)
        code = weights_check(job);
    if (code == CODE_OK)
        code = check_files(job);
    /* The weights, and whether they are legal, are known only when they have been read. */
    if (code == CODE_OK && !(job->kind->options & OPTION_WEIGHT))
        code = refused(job, job->kind->compute(job, 0, 0));
    return code;
}

static int open_inputs(struct job *job)
{
    const unsigned types = job->arguments->type == NPY_BFLOAT16 ? INPUT_BFLOAT16 : INPUT_FLOATS;
    int code = CODE_OK;
    for (int k = 0; k < job->inputs && code == CODE_OK; k++) {
        const enum role role = job->roles[k];
        const bool classes = role == T && (job->kind->options & OPTION_IGNORE_INDEX);
        code = input_open(&job->in[role], job->arguments->operands[1 + k], types | (classes ? INPUT_CLASSES : 0));
        job->from[role] = job->in[role].data;
    }
    if (code == CODE_OK)
        code = plan_types(job);
    if (code == CODE_OK && (job->kind->options & OPTION_WEIGHT))
        code = weights_open(job);
    return code == CODE_OK ? job->kind->plan(job) : code;
}

/* Memory of an input that may be overwritten with a result of its shape and type: every entry allows that. */
static void *reusable(const struct job *job, const struct npy_header *shape)
{
    for (int k = 0; k < job->inputs; k++) {
        const struct input *in = &job->in[job->roles[k]];
        if (in->own && in->header.type == shape->type && npy_same_shape(&in->header, shape))
            return in->own;
    }
    return NULL;
}

static int open_outputs(struct job *job)
{
    struct weights *w = &job->weights;
    int code = CODE_OK;
    for (int k = 0; k < job->outputs && code == CODE_OK; k++) {
        const enum role role = job->roles[job->inputs + k];
        code = output_open(&job->out[role], job->arguments->operands[1 + job->inputs + k], &job->shapes[role],
                           job->arguments->cast, k == 0 ? reusable(job, &job->shapes[role]) : NULL);
        job->to[role] = job->out[role].data;
    }
    for (int k = 0; k < ACTFN_MAX_PARAMS && code == CODE_OK; k++)
        if (w->paths[k]) {
            code = output_open(&w->outputs[k], w->paths[k], &w->shapes[k], job->arguments->cast, NULL);
            w->gradients[k] = w->outputs[k].data;
        }
    return code;
}

/* All are in their types and on the disk before the first is put in its place. */
static int commit(struct job *job)
{
    struct output *all[ROLES + ACTFN_MAX_PARAMS];
    int count = 0, code = CODE_OK;
    for (int k = 0; k < job->outputs; k++)
        all[count++] = &job->out[job->roles[job->inputs + k]];
    for (int k = 0; k < ACTFN_MAX_PARAMS; k++)
        if (job->weights.paths[k])
            all[count++] = &job->weights.outputs[k];
    for (int k = 0; k < count && code == CODE_OK; k++)
        code = refused(job, output_cast(all[k], job->arguments->threads));
    for (int k = 0; k < count && code == CODE_OK; k++)
        code = output_finish(all[k]);
    for (int k = 0; k < count && code == CODE_OK; k++)
        code = output_place(all[k]);
    return code;
}

static actfn_status compute(const void *context, size_t first, size_t count)
{
    const struct job *job = context;
    return job->kind->compute(job, first, count);
}

static int apply(const struct arguments *arguments, enum form form)
{
    struct job job = { .arguments = arguments, .form = form };
    int code = prepare(&job);
    if (code != CODE_OK)
        return code;
    progress_start();
    code = open_inputs(&job);
    if (code == CODE_OK)
        code = open_outputs(&job);
    if (code == CODE_OK)
        code = refused(&job, run_pieces(job.units, job.unit, arguments->threads, compute, &job));
    if (code == CODE_OK)
        code = commit(&job);
    for (int role = 0; role < ROLES; role++) {
        input_close(&job.in[role]);
        output_close(&job.out[role]);
    }
    weights_close(&job);
    progress_clear();
    return code;
}

int command_forward(const struct arguments *arguments) { return apply(arguments, FORWARD); }

int command_backward(const struct arguments *arguments)
{
    return apply(arguments, arguments->given & OPTION_FROM_OUTPUT ? FROM_OUTPUT : BACKWARD);
}
