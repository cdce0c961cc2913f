/* SPDX-License-Identifier: MIT */
/*
 * A filter: copies standard input to standard output, and writes anew what stands between
 *     begin generated from src/ops.def: SECTION
 * and
 *     end generated: SECTION
 * The header, README and the list of exported symbols pass through it, so that the list of operations has one home.
 */
#include <actfn.h>

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const struct actfn_param_info *param_of(const struct actfn_op_info *op, int k)
{
    return actfn_op_param(op->op, k);
}

static void print_upper(const char *text)
{
    for (; *text; text++)
        putchar(*text >= 'a' && *text <= 'z' ? *text - 'a' + 'A' : *text);
}

/* ---- enum ---- */

static void section_enum(const struct actfn_op_info *op)
{
    printf("    ACTFN_");
    print_upper(op->name);
    printf(" = %d%s\n", (int)op->op, op->op + 1 < actfn_op_count() ? "," : "");
}

/* ---- named functions ---- */

static void print_bound(float value)
{
    if (value == 0)
        printf("exact");
    else
        printf("%g ulp", (double)value);
}

static void print_range(const struct actfn_param_info *p)
{
    const char *nonzero = p->flags & ACTFN_PARAM_NONZERO ? ", not 0" : "";
    if (isinf(p->maximum))
        printf("any but NaN");
    else if (p->minimum == -FLT_MAX && p->maximum == FLT_MAX)
        printf("finite%s", nonzero);
    else if (p->minimum == 0)
        printf("finite, >= 0");
    else if (p->minimum > 0)
        printf("finite, > 0");
    else
        printf("finite, <= 0");
    if (!(p->flags & ACTFN_PARAM_REQUIRED))
        printf("; default %g", (double)p->default_value);
}

static void print_params(const struct actfn_op_info *op)
{
    for (int k = 0; k < op->param_count; k++)
        printf(", float %s", param_of(op, k)->name);
    printf(");\n");
}

static void section_functions(const struct actfn_op_info *op)
{
    const char *name = op->name;
    printf("/*\n * %s(x) = %s\n * f'         %s\n", name, op->formula, op->derivative);
    if (op->flags & ACTFN_OP_FROM_OUTPUT)
        printf(" * f' from y  %s%s%s\n", op->derivative_from_output, *op->from_output_legal ? "; needs " : "",
               op->from_output_legal);
    for (int k = 0; k < op->param_count; k++) {
        printf(" * %-10s ", param_of(op, k)->name);
        print_range(param_of(op, k));
        printf("\n");
    }
    if (*op->legal)
        printf(" * needs      %s\n", op->legal);
    printf(" * error      ");
    print_bound(op->ulp_forward);
    printf(", f' ");
    print_bound(op->ulp_backward);
    printf("\n");
    if (*op->note)
        printf(" * special    %s\n", op->note);
    printf(" */\n");

    printf("ACTFN_API actfn_status actfn_%s_f32(size_t n, const float *x, float *y", name);
    print_params(op);
    printf("ACTFN_API actfn_status actfn_%s_backward_f32(size_t n, const float *x, const float *dy, float *dx", name);
    print_params(op);
    if (op->flags & ACTFN_OP_FROM_OUTPUT) {
        printf("ACTFN_API actfn_status actfn_%s_backward_from_output_f32(size_t n, const float *y, const float *dy,"
               " float *dx", name);
        print_params(op);
    }
    if (op->flags & ACTFN_OP_PARAM_GRADIENT) {
        printf("ACTFN_API actfn_status actfn_%s_param_gradient_f32(size_t n, const float *x, const float *dy,"
               " float *gradients", name);
        print_params(op);
    }
    printf("\n");
}

/* ---- exported symbols ---- */

static void section_symbols(const struct actfn_op_info *op)
{
    printf("actfn_%s_f32\nactfn_%s_backward_f32\n", op->name, op->name);
    if (op->flags & ACTFN_OP_FROM_OUTPUT)
        printf("actfn_%s_backward_from_output_f32\n", op->name);
    if (op->flags & ACTFN_OP_PARAM_GRADIENT)
        printf("actfn_%s_param_gradient_f32\n", op->name);
}

/* ---- the table of README ---- */

/* A table cell: | would end it. */
static void print_cell(const char *text)
{
    for (; *text; text++)
        printf(*text == '|' ? "\\|" : "%c", *text);
}

static void section_table(const struct actfn_op_info *op)
{
    if (op->op == 0)
        printf("| function | parameters | f(x) | f'(x) | from y | ulp f, f' |\n|---|---|---|---|---|---|\n");
    printf("| `%s` | ", op->name);
    for (int k = 0; k < op->param_count; k++) {
        const struct actfn_param_info *p = param_of(op, k);
        printf("%s%s", k ? ", " : "", p->name);
        if (!(p->flags & ACTFN_PARAM_REQUIRED))
            printf(" = %g", (double)p->default_value);
    }
    printf(" | `");
    print_cell(op->formula);
    printf("` | `");
    print_cell(op->derivative);
    printf("` | %s | %g, %g |\n", op->flags & ACTFN_OP_FROM_OUTPUT ? "yes" : "",
           (double)op->ulp_forward, (double)op->ulp_backward);
}

/* ---- the first promise of README ---- */

static void section_summary(const struct actfn_op_info *op)
{
    int from_output = 0;
    if (op->op != 0)
        return;
    for (int k = 0; k < actfn_op_count(); k++)
        from_output += (actfn_op_info((actfn_op)k)->flags & ACTFN_OP_FROM_OUTPUT) != 0;
    printf("- **%d elementwise functions**, each with its derivative from the input, %d of them also from the output (so that the\n"
           "  forward pass can run in place), and the gradients of their trainable scalar parameters.\n",
           actfn_op_count(), from_output);
}

static const struct section {
    const char *name;
    void (*print)(const struct actfn_op_info *op);
} sections[] = {
    { "enum", section_enum },
    { "named functions", section_functions },
    { "symbols", section_symbols },
    { "table", section_table },
    { "summary", section_summary },
};

static const struct section *find_section(const char *name)
{
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++)
        if (strncmp(name, sections[i].name, strlen(sections[i].name)) == 0)
            return &sections[i];
    return NULL;
}

int main(void)
{
    static const char begin[] = "begin generated from src/ops.def: ";
    char line[4096];
    bool skipping = false;
    while (fgets(line, sizeof line, stdin)) {
        const char *mark = strstr(line, begin);
        if (strstr(line, "end generated: "))
            skipping = false;
        if (!skipping)
            fputs(line, stdout);
        if (mark) {
            const struct section *section = find_section(mark + sizeof begin - 1);
            if (!section) {
                fprintf(stderr, "generate: no such section: %s", mark);
                return 1;
            }
            for (int op = 0; op < actfn_op_count(); op++)
                section->print(actfn_op_info((actfn_op)op));
            skipping = true;
        }
    }
    return skipping || ferror(stdin) || fflush(stdout) != 0;
}
