/* SPDX-License-Identifier: MIT */
/* actfn list: the catalogue. */
#include "command.h"
#include "lookup.h"
#include "message.h"
#include "print.h"

#include <math.h>
#include <stdio.h>

/* ---- for people ------------------------------------------------------------------------------------------------ */

static void row(const struct actfn_op_info *info)
{
    char value[FLOAT_SIZE];
    printf("  %-21s %s", info->name, info->formula);
    for (int k = 0; k < info->param_count; k++) {
        const struct actfn_param_info *param = actfn_op_param(info->op, k);
        printf("%s%s", k ? ", " : param->flags & ACTFN_PARAM_ARRAY ? "   [per channel: " : "   [", param->name);
        if (!(param->flags & ACTFN_PARAM_REQUIRED))
            printf(" = %s", float_text(param->default_value, value));
    }
    puts(info->param_count ? "]" : "");
}

/* Family by family: a later operation has a value behind those of all families. */
static void rows(void)
{
    const char *name;
    for (int family = 0; (name = actfn_family_name((actfn_family)family)); family++) {
        printf("%s%s\n", family ? "\n" : "", name);
        for (int op = 0; op < actfn_op_count(); op++)
            if ((int)actfn_op_info((actfn_op)op)->family == family)
                row(actfn_op_info((actfn_op)op));
    }
}

static void line(const char *label, const char *text)
{
    if (*text)
        printf("  %-14s %s\n", label, text);
}

static const char *error_text(float ulp, char *text, size_t size)
{
    char number[FLOAT_SIZE];
    if (ulp == 0)
        return "exact";
    snprintf(text, size, "at most %s ulp", float_text(ulp, number));
    return text;
}

static void details(const struct actfn_op_info *info)
{
    char value[FLOAT_SIZE], range[RANGE_SIZE], text[64];
    const int elementwise = info->family == ACTFN_FAMILY_ELEMENTWISE;
    printf("%s\n", info->name);
    line("also", info->aliases);
    line("family", actfn_family_name(info->family));
    line(elementwise ? "f(x)" : "formula", info->formula);
    line(elementwise ? "f'(x)" : "gradient", info->derivative);
    if (info->flags & ACTFN_OP_FROM_OUTPUT)
        line("f' from y", info->derivative_from_output);
    line("special", info->note);
    line(elementwise ? "error of f" : "error", error_text(info->ulp_forward_fast, text, sizeof text));
    line(elementwise ? "error of f'" : "its gradient's", error_text(info->ulp_backward_fast, text, sizeof text));
    if (info->ulp_forward_fast != info->ulp_forward)
        line("accurate mode", error_text(info->ulp_forward, text, sizeof text));
    if (info->ulp_backward_fast != info->ulp_backward)
        line("its gradient's", error_text(info->ulp_backward, text, sizeof text));
    for (int k = 0; k < info->param_count; k++) {
        const struct actfn_param_info *param = actfn_op_param(info->op, k);
        printf("  %-14s %s%s; %s%s\n", param->name, param->flags & ACTFN_PARAM_ARRAY ? "per channel: " : "",
               describe_range(param, range), param->flags & ACTFN_PARAM_REQUIRED ? "required" : "default ",
               param->flags & ACTFN_PARAM_REQUIRED ? "" : float_text(param->default_value, value));
    }
    line("needs", info->legal);
    line("needs, from y", info->from_output_legal);
}

/* ---- for programs ---------------------------------------------------------------------------------------------- */

static void member(const char *key, const char *text)
{
    printf(", \"%s\": ", key);
    json_string(text);
}

static void number(const char *key, float value)
{
    printf(", \"%s\": ", key);
    json_float(value);
}

static void flag(const char *key, unsigned int set) { printf(", \"%s\": %s", key, set ? "true" : "false"); }

static void json(const struct actfn_op_info *info)
{
    printf("{\"value\": %d", (int)info->op);
    member("name", info->name);
    member("family", actfn_family_name(info->family));
    fputs(", \"aliases\": [", stdout);
    for (const char *alias = info->aliases; *alias;) {
        size_t length = 0;
        char name[64];
        for (; alias[length] && alias[length] != ','; length++)
            if (length < sizeof name - 1)
                name[length] = alias[length];
        name[length < sizeof name ? length : sizeof name - 1] = '\0';
        json_string(name);
        alias += length;
        if (*alias == ',') {
            alias++;
            fputs(", ", stdout);
        }
    }
    putchar(']');
    member("formula", info->formula);
    member("derivative", info->derivative);
    member("derivative_from_output", info->flags & ACTFN_OP_FROM_OUTPUT ? info->derivative_from_output : NULL);
    member("note", info->note);
    member("legal", info->legal);
    member("from_output_legal", info->from_output_legal);
    number("ulp_forward", info->ulp_forward);
    number("ulp_backward", info->ulp_backward);
    number("ulp_forward_fast", info->ulp_forward_fast);
    number("ulp_backward_fast", info->ulp_backward_fast);
    flag("from_output", info->flags & ACTFN_OP_FROM_OUTPUT);
    flag("param_gradient", info->flags & ACTFN_OP_PARAM_GRADIENT);
    flag("reads_x", info->flags & ACTFN_OP_READS_X);
    flag("reads_y", info->flags & ACTFN_OP_READS_Y);
    flag("reduces", info->flags & ACTFN_OP_REDUCES);
    fputs(", \"params\": [", stdout);
    for (int k = 0; k < info->param_count; k++) {
        const struct actfn_param_info *param = actfn_op_param(info->op, k);
        fputs(k ? ", {\"name\": " : "{\"name\": ", stdout);
        json_string(param->name);
        number("default", param->default_value);
        number("minimum", param->minimum);
        number("maximum", param->maximum);
        flag("required", param->flags & ACTFN_PARAM_REQUIRED);
        flag("nonzero", param->flags & ACTFN_PARAM_NONZERO);
        flag("gradient", param->flags & ACTFN_PARAM_GRADIENT);
        flag("array", param->flags & ACTFN_PARAM_ARRAY);
        putchar('}');
    }
    fputs("]}", stdout);
}

int command_list(const struct arguments *arguments)
{
    const int as_json = arguments->given & OPTION_JSON;
    if (arguments->count == 1) {
        actfn_op op;
        const int code = lookup_op(arguments->operands[0], &op);
        if (code != CODE_OK)
            return code;
        (as_json ? json : details)(actfn_op_info(op));
        if (as_json)
            putchar('\n');
        return finish_stdout();
    }
    if (as_json) {
        for (int op = 0; op < actfn_op_count(); op++) {
            fputs(op ? ",\n " : "[", stdout);
            json(actfn_op_info((actfn_op)op));
        }
        puts("]");
    } else {
        rows();
    }
    return finish_stdout();
}
