/* SPDX-License-Identifier: MIT */
#include "lookup.h"

#include "message.h"
#include "print.h"

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- near misses ----------------------------------------------------------------------------------------------- */

enum { LONGEST = 40 }; /* letters of a word that is compared */

/* Upper and lower case are equal, and so are - and _. */
static int folded(char c) { return c == '-' ? '_' : tolower((unsigned char)c); }

/* The number of letters to insert, drop, change or swap with their neighbour. */
static size_t edit_distance(const char *a, size_t m, const char *b, size_t n)
{
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= n; j++)
        last[j] = j;
    for (size_t i = 1; i <= m; i++) {
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            const bool same = folded(a[i - 1]) == folded(b[j - 1]);
            size_t cost = last[j - 1] + !same;
            cost = last[j] + 1 < cost ? last[j] + 1 : cost;
            cost = row[j - 1] + 1 < cost ? row[j - 1] + 1 : cost;
            if (i > 1 && j > 1 && folded(a[i - 1]) == folded(b[j - 2]) && folded(a[i - 2]) == folded(b[j - 1]) &&
                before[j - 2] + 1 < cost)
                cost = before[j - 2] + 1;
            row[j] = cost;
        }
        size_t *spare = before;
        before = last;
        last = row;
        row = spare;
    }
    return last[n];
}

void consider(struct nearest *best, const char *typed, const char *candidate, size_t length)
{
    const size_t typed_length = strlen(typed);
    if (typed_length > LONGEST || length > LONGEST)
        return;
    const size_t distance = edit_distance(typed, typed_length, candidate, length);
    /* If more than a third of the letters differ, the word is another word and no slip. */
    if (distance > (typed_length + 2) / 3 || (best->name && distance >= best->distance))
        return;
    *best = (struct nearest) { candidate, length, distance };
}

/* ---- names ----------------------------------------------------------------------------------------------------- */

int lookup_op(const char *name, actfn_op *op)
{
    *op = actfn_op_from_name(name);
    if (*op != ACTFN_OP_NONE)
        return CODE_OK;
    struct nearest best = { 0 };
    for (int k = 0; k < actfn_op_count(); k++) {
        const struct actfn_op_info *info = actfn_op_info((actfn_op)k);
        consider(&best, name, info->name, strlen(info->name));
    }
    for (int k = 0; k < actfn_op_count(); k++)
        for (const char *alias = actfn_op_info((actfn_op)k)->aliases; *alias;) {
            const size_t length = strcspn(alias, ",");
            consider(&best, name, alias, length);
            alias += length + (alias[length] == ',');
        }
    if (best.name)
        return misused("unknown operation '%s'; did you mean '%.*s'?", name, (int)best.length, best.name);
    return misused("unknown operation '%s'; 'actfn list' shows all there are", name);
}

int lookup_mode(const char *name, actfn_mode *mode)
{
    if (strcmp(name, "accurate") == 0 || strcmp(name, "reproducible") == 0) /* the name of this mode in 0.1 */
        *mode = ACTFN_ACCURATE;
    else if (strcmp(name, "fast") == 0)
        *mode = ACTFN_FAST;
    else
        return misused("unknown mode '%s'; it is accurate or fast", name);
    return CODE_OK;
}

int lookup_isa(const char *name)
{
    if (!name || actfn_isa_select(name) == ACTFN_OK)
        return CODE_OK;
    const char *isa;
    char all[256] = "";
    for (int i = 0; (isa = actfn_isa_at(i)); i++) {
        if (strcmp(isa, name) == 0)
            return failed("%s cannot run here: %s; 'actfn info' shows what can", name, actfn_isa_reason(name));
        const size_t used = strlen(all);
        snprintf(all + used, sizeof all - used, "%s%s", i ? ", " : "", isa);
    }
    return misused("unknown instruction set '%s'; this library has %s", name, all);
}

int lookup_type(const char *option, const char *name, enum npy_type *type)
{
    for (int k = 1; k < NPY_TYPES; k++)
        if (npy_is_float((enum npy_type)k) && strcmp(npy_type_option((enum npy_type)k), name) == 0) {
            *type = (enum npy_type)k;
            return CODE_OK;
        }
    return misused("%s takes f32, f16 or bf16, not '%s'", option, name);
}

/* ---- parameters ------------------------------------------------------------------------------------------------ */

static int unknown_parameter(actfn_op op, const char *name, int length)
{
    const struct actfn_op_info *info = actfn_op_info(op);
    char all[256] = "";
    for (int k = 0; k < info->param_count; k++) {
        const size_t used = strlen(all);
        snprintf(all + used, sizeof all - used, "%s%s", k ? ", " : "", actfn_op_param(op, k)->name);
    }
    return info->param_count ? misused("%s has no parameter '%.*s'; it has %s", info->name, length, name, all)
                             : misused("%s has no parameter '%.*s', nor any other", info->name, length, name);
}

static int parse_value(const char *text, const char *op, const struct actfn_param_info *info, float *value)
{
    char *end, range[RANGE_SIZE];
    const float read = strtof(text, &end);
    describe_range(info, range);
    if (end == text || *end || isspace((unsigned char)*text))
        return misused("parameter %s of %s must be a number, not '%s'", info->name, op, text);
    /* "inf" is a number; 1e99 is a number that a float cannot tell from inf. */
    if (isinf(read) && !strpbrk(text, "iI"))
        return misused("parameter %s of %s: %s is too large for a float", info->name, op, text);
    if (!(read >= info->minimum && read <= info->maximum) || (read == 0 && (info->flags & ACTFN_PARAM_NONZERO)))
        return misused("parameter %s of %s is %s; it must be %s", info->name, op, text, range);
    *value = read;
    return CODE_OK;
}

int lookup_assignment(actfn_op op, const char *option, const char *what, const char *assignment, const char **values)
{
    const struct actfn_op_info *info = actfn_op_info(op);
    const size_t length = strcspn(assignment, "=");
    if (length == 0 || !assignment[length])
        return misused("%s takes NAME=%s, not '%s'", option, what, assignment);
    for (int k = 0; k < info->param_count; k++) {
        const struct actfn_param_info *param = actfn_op_param(op, k);
        if (strlen(param->name) != length || memcmp(param->name, assignment, length) != 0)
            continue;
        if (values[k])
            return misused("parameter %s is given twice; leave one out", param->name);
        values[k] = assignment + length + 1;
        return CODE_OK;
    }
    return unknown_parameter(op, assignment, (int)length);
}

int lookup_params(actfn_op op, const struct arguments *arguments, float params[static ACTFN_MAX_PARAMS])
{
    const struct actfn_op_info *info = actfn_op_info(op);
    /* A parameter that --weight names needs no value here, and must not have one. */
    const char *values[ACTFN_MAX_PARAMS] = { NULL }, *files[ACTFN_MAX_PARAMS] = { NULL };
    int code = CODE_OK;
    for (int i = 0; i < arguments->params.count && code == CODE_OK; i++)
        code = lookup_assignment(op, "--param", "VALUE", arguments->params.items[i], values);
    for (int i = 0; i < arguments->weights.count && code == CODE_OK; i++)
        code = lookup_assignment(op, "--weight", "FILE", arguments->weights.items[i], files);
    for (int k = 0; k < info->param_count && code == CODE_OK; k++) {
        const struct actfn_param_info *param = actfn_op_param(op, k);
        params[k] = param->default_value;
        if (values[k] && files[k])
            code = misused("parameter %s is given by --param and by --weight; leave one out", param->name);
        else if (values[k])
            code = parse_value(values[k], info->name, param, &params[k]);
        else if (!files[k] && (param->flags & ACTFN_PARAM_REQUIRED))
            code = misused("%s needs its parameter %s, which has no default; add --param %s=VALUE%s%s%s", info->name,
                           param->name, param->name, param->flags & ACTFN_PARAM_ARRAY ? " or --weight " : "",
                           param->flags & ACTFN_PARAM_ARRAY ? param->name : "",
                           param->flags & ACTFN_PARAM_ARRAY ? "=FILE" : "");
    }
    return code;
}
