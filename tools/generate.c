/* SPDX-License-Identifier: MIT */
/*
 * A filter: copies standard input to standard output, and writes anew the lines between
 *     begin generated from src/catalogue/ops.def: SECTION
 * and
 *     end generated: SECTION
 * SECTION may be limited to one family: "table: gates".  The header, README, the list of exported symbols and the Rust crate's
 * lists pass through this filter, so that the list of operations has one home.
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

/* Whether the accurate mode promises other bounds than the fast mode, which is the default. */
static bool has_accurate_bounds(const struct actfn_op_info *op)
{
    return op->ulp_forward_fast != op->ulp_forward || op->ulp_backward_fast != op->ulp_backward;
}

static void print_bounds(const struct actfn_op_info *op)
{
    print_bound(op->ulp_forward_fast);
    printf(", f' ");
    print_bound(op->ulp_backward_fast);
    if (has_accurate_bounds(op)) {
        printf("; accurate ");
        print_bound(op->ulp_forward);
        printf(", f' ");
        print_bound(op->ulp_backward);
    }
}

static void print_range(const struct actfn_param_info *p)
{
    const char *nonzero = p->flags & ACTFN_PARAM_NONZERO ? ", not 0" : "";
    if (isinf(p->maximum))
        printf("any but NaN");
    else if (p->minimum == -FLT_MAX && p->maximum == FLT_MAX)
        printf("finite%s", nonzero);
    else if (p->minimum == 0 && p->maximum == 1)
        printf("0 to 1");
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

/* The functions on buffers of one type. */
static void print_declarations(const struct actfn_op_info *op, const char *type, const char *suffix)
{
    const char *name = op->name;
    printf("ACTFN_API actfn_status actfn_%s_%s(size_t n, const %s *x, %s *y", name, suffix, type, type);
    print_params(op);
    printf("ACTFN_API actfn_status actfn_%s_backward_%s(size_t n, const %s *x, const %s *dy, %s *dx", name, suffix,
           type, type, type);
    print_params(op);
    if (op->flags & ACTFN_OP_FROM_OUTPUT) {
        printf("ACTFN_API actfn_status actfn_%s_backward_from_output_%s(size_t n, const %s *y, const %s *dy, %s *dx",
               name, suffix, type, type, type);
        print_params(op);
    }
    if (op->flags & ACTFN_OP_PARAM_GRADIENT) {
        printf(
            "ACTFN_API actfn_status actfn_%s_param_gradient_%s(size_t n, const %s *x, const %s *dy, float *gradients",
            name, suffix, type, type);
        print_params(op);
    }
}

/* A type of elements: its name in C and in the names of functions. */
struct element {
    const char *c, *suffix;
};
static const struct element elements[] = { { "float", "f32" }, { "actfn_bf16", "bf16" }, { "actfn_f16", "f16" } };
enum { ALL_ELEMENTS = 3 };

/*
 * A declaration from a pattern: $ is the name of the operation, @ the type of the elements, and % the end of the name that
 * says this type.
 */
static void print_pattern(const char *pattern, const char *name, struct element element)
{
    for (; *pattern; pattern++)
        if (*pattern == '$')
            printf("%s", name);
        else if (*pattern == '@')
            printf("%s", element.c);
        else if (*pattern == '%')
            printf("%s", element.suffix);
        else
            putchar(*pattern);
}

static void print_patterns(const char *const *patterns, const char *name)
{
    for (int t = 0; t < ALL_ELEMENTS; t++)
        for (int k = 0; patterns[k]; k++) {
            printf("ACTFN_API actfn_status actfn_");
            print_pattern(patterns[k], name, elements[t]);
            printf(";\n");
        }
}

static const char *const gate_patterns[] = {
    "$_%(size_t n, const @ *u, const @ *v, @ *y)",
    "$_backward_%(size_t n, const @ *u, const @ *v, const @ *dy, @ *du, @ *dv)",
    "$_packed_%(actfn_gate_layout layout, size_t rows, size_t width, const @ *x, @ *y)",
    "$_packed_backward_%(actfn_gate_layout layout, size_t rows, size_t width, const @ *x, const @ *dy, @ *dx)", NULL
};
static const char *const row_patterns[] = {
    "$_%(size_t rows, size_t n, const @ *x, @ *y)",
    "$_backward_%(size_t rows, size_t n, const @ *x, const @ *y, const @ *dy, @ *dx)",
    "$_axis_%(size_t outer, size_t n, size_t inner, const @ *x, @ *y)",
    "$_axis_backward_%(size_t outer, size_t n, size_t inner, const @ *x, const @ *y, const @ *dy, @ *dx)", NULL
};
static const char *const loss_patterns[] = {
    "$_%(size_t n, const @ *z, const @ *t, const float *w, float scale, float *loss, @ *dz)",
    NULL,
};

/* An array of weights, or its gradient, for each parameter. */
static void print_arrays(const struct actfn_op_info *op, const char *begin)
{
    for (int k = 0; k < op->param_count; k++)
        printf("%s%s", begin, param_of(op, k)->name);
}

static void print_channels(const struct actfn_op_info *op, struct element element)
{
    static const char *const forms[] = { "", "_backward", "_backward_from_output" };
    static const char *const inputs[] = { ", const @ *x, @ *y", ", const @ *x, const @ *dy, @ *dx",
                                          ", const @ *y, const @ *dy, @ *dx" };
    const int count = op->flags & ACTFN_OP_FROM_OUTPUT ? 3 : 2;
    for (int form = 0; form < count; form++) {
        printf("ACTFN_API actfn_status actfn_%s%s_%s(size_t outer, size_t channels, size_t inner%s", op->name,
               forms[form], element.suffix, op->op == ACTFN_APL ? ", size_t terms" : "");
        print_arrays(op, ", const float *");
        print_pattern(inputs[form], op->name, element);
        if (form == 1)
            print_arrays(op, ", float *d");
        printf(");\n");
    }
}

/* The patterns of a family's functions by name; NULL for channels, and if the operation's own entries have this name. */
static const char *const *patterns_of(const struct actfn_op_info *op)
{
    switch (op->family) {
    case ACTFN_FAMILY_GATES: return gate_patterns;
    case ACTFN_FAMILY_ROWS: return row_patterns;
    case ACTFN_FAMILY_LOSSES: return op->op == ACTFN_SOFTMAX_CROSS_ENTROPY ? NULL : loss_patterns;
    default: return NULL;
    }
}

static void print_param_lines(const struct actfn_op_info *op)
{
    for (int k = 0; k < op->param_count; k++) {
        printf(" * %-10s ", param_of(op, k)->name);
        print_range(param_of(op, k));
        printf("\n");
    }
    if (*op->legal)
        printf(" * needs      %s\n", op->legal);
}

static void print_bound_lines(const struct actfn_op_info *op)
{
    printf(" * error      ");
    print_bounds(op);
    printf("\n");
    if (*op->note)
        printf(" * special    %s\n", op->note);
    printf(" */\n");
}

static void section_functions(const struct actfn_op_info *op)
{
    const bool elementwise = op->family == ACTFN_FAMILY_ELEMENTWISE, channels = op->family == ACTFN_FAMILY_CHANNELS;
    if (!elementwise && !channels && !patterns_of(op))
        return;
    printf("/*\n * %s%s = %s\n * %s%s\n", op->name, elementwise ? "(x)" : "", op->formula,
           elementwise ? "f'         " : "gradient   ", op->derivative);
    if (op->flags & ACTFN_OP_FROM_OUTPUT)
        printf(" * %s  %s%s%s\n", elementwise ? "f' from y" : "from y   ", op->derivative_from_output,
               *op->from_output_legal ? "; needs " : "", op->from_output_legal);
    if (elementwise)
        print_param_lines(op);
    print_bound_lines(op);

    for (int t = 0; elementwise && t < ALL_ELEMENTS; t++)
        print_declarations(op, elements[t].c, elements[t].suffix);
    for (int t = 0; channels && t < ALL_ELEMENTS; t++)
        print_channels(op, elements[t]);
    if (!elementwise && !channels)
        print_patterns(patterns_of(op), op->name);
    printf("\n");
}

/* ---- Rust ---- */

/* gelu_tanh is GeluTanh. */
static void print_camel(const char *name)
{
    for (bool first = true; *name; first = *name++ == '_')
        if (*name != '_')
            putchar(first && *name >= 'a' && *name <= 'z' ? *name - 'a' + 'A' : *name);
}

/* The documentation of a variant or a function.  Texts are code, because rustdoc would take [x > 0] for a link. */
static void print_rust_docs(const struct actfn_op_info *op)
{
    const bool elementwise = op->family == ACTFN_FAMILY_ELEMENTWISE;
    printf("    /// `%s%s = %s`\n    ///\n    /// - %s: `%s`", op->name, elementwise ? "(x)" : "", op->formula,
           elementwise ? "f'" : "gradient", op->derivative);
    if (*op->derivative_from_output)
        printf("; from y: `%s`", op->derivative_from_output);
    if (*op->from_output_legal)
        printf(", which needs `%s`", op->from_output_legal);
    printf("\n");
    for (int k = 0; k < op->param_count; k++) {
        printf("    /// - `%s`: ", param_of(op, k)->name);
        print_range(param_of(op, k));
        printf("%s\n", param_of(op, k)->flags & ACTFN_PARAM_ARRAY ? "; one a channel" : "");
    }
    if (*op->legal)
        printf("    /// - needs `%s`\n", op->legal);
    printf("    /// - error: ");
    print_bounds(op);
    if (*op->note)
        printf("\n    /// - special: `%s`", op->note);
    printf("\n");
}

static void section_rust_variants(const struct actfn_op_info *op)
{
    print_rust_docs(op);
    printf("    ");
    print_camel(op->name);
    printf(" = %d, \"%s\";\n", (int)op->op, op->name);
}

static void section_rust_functions(const struct actfn_op_info *op)
{
    const char *name = op->name;
    if (op->family != ACTFN_FAMILY_ELEMENTWISE)
        return;
    print_rust_docs(op);
    printf("    ");
    print_camel(name);
    printf(" \"%s\" (", name);
    for (int k = 0; k < op->param_count; k++)
        printf("%s%s", k ? ", " : "", param_of(op, k)->name);
    printf(") {\n"
           "        forward %s, %s_in_place;\n"
           "        backward %s_backward, %s_backward_in_place;\n",
           name, name, name, name);
    if (op->flags & ACTFN_OP_FROM_OUTPUT)
        printf("        backward_from_output %s_backward_from_output, %s_backward_from_output_in_place;\n", name, name);
    if (op->flags & ACTFN_OP_PARAM_GRADIENT)
        printf("        param_gradient %s_param_gradient, %d;\n", name, op->param_count);
    printf("    }\n");
}

/* ---- exported symbols ---- */

/* The names that the patterns declare: the text of each before its arguments. */
static void print_symbols(const char *const *patterns, const char *name)
{
    for (int t = 0; t < ALL_ELEMENTS; t++)
        for (int k = 0; patterns[k]; k++) {
            char head[100];
            snprintf(head, sizeof head, "%.*s", (int)strcspn(patterns[k], "("), patterns[k]);
            printf("actfn_");
            print_pattern(head, name, elements[t]);
            printf("\n");
        }
}

static void section_symbols(const struct actfn_op_info *op)
{
    static const char *const always[] = { "$_%", "$_backward_%", NULL };
    static const char *const from_output[] = { "$_backward_from_output_%", NULL };
    static const char *const gradients[] = { "$_param_gradient_%", NULL };
    const bool elementwise = op->family == ACTFN_FAMILY_ELEMENTWISE;
    switch (op->family) {
    case ACTFN_FAMILY_ELEMENTWISE:
    case ACTFN_FAMILY_CHANNELS:
        print_symbols(always, op->name);
        if (op->flags & ACTFN_OP_FROM_OUTPUT)
            print_symbols(from_output, op->name);
        if (elementwise && op->flags & ACTFN_OP_PARAM_GRADIENT)
            print_symbols(gradients, op->name);
        break;
    default:
        if (patterns_of(op))
            print_symbols(patterns_of(op), op->name);
    }
}

/* ---- the table of README ---- */

/* Prints a table cell; | must not end the cell. */
static void print_cell(const char *text)
{
    for (; *text; text++)
        printf(*text == '|' ? "\\|" : "%c", *text);
}

static void print_table_params(const struct actfn_op_info *op)
{
    for (int k = 0; k < op->param_count; k++) {
        const struct actfn_param_info *p = param_of(op, k);
        printf("%s%s", k ? ", " : p->flags & ACTFN_PARAM_ARRAY ? "per channel: " : "", p->name);
        if (!(p->flags & ACTFN_PARAM_REQUIRED))
            printf(" = %g", (double)p->default_value);
    }
}

/* The first of its family in the list.  Values do not tell, because a newer operation has a value behind all families. */
static bool first_of_family(const struct actfn_op_info *op)
{
    int first = 0;
    while (actfn_op_info((actfn_op)first)->family != op->family)
        first++;
    return first == (int)op->op;
}

/* Only elementwise operations are functions of one number, with a derivative that may come from the output. */
static void section_table(const struct actfn_op_info *op)
{
    const bool elementwise = op->family == ACTFN_FAMILY_ELEMENTWISE;
    if (first_of_family(op))
        puts(elementwise ? "| function | parameters | f(x) | f'(x) | from y | ulp f, f' |\n|---|---|---|---|---|---|"
                         : "| function | parameters | formula | gradient | ulp |\n|---|---|---|---|---|");
    printf("| `%s` | ", op->name);
    print_table_params(op);
    printf(" | `");
    print_cell(op->formula);
    printf("` | `");
    print_cell(op->derivative);
    printf("` | ");
    if (elementwise)
        printf("%s | ", op->flags & ACTFN_OP_FROM_OUTPUT ? "yes" : "");
    printf("%g, %g", (double)op->ulp_forward_fast, (double)op->ulp_backward_fast);
    if (has_accurate_bounds(op))
        printf("; accurate %g, %g", (double)op->ulp_forward, (double)op->ulp_backward);
    printf(" |\n");
}

/* ---- the first promise of README ---- */

static void section_summary(const struct actfn_op_info *op)
{
    static const char *const families[] = {
        [ACTFN_FAMILY_ELEMENTWISE] = "elementwise", [ACTFN_FAMILY_CHANNELS] = "with trainable weights per channel",
        [ACTFN_FAMILY_RANDOM] = "random",           [ACTFN_FAMILY_GATES] = "gates",
        [ACTFN_FAMILY_ROWS] = "over rows",          [ACTFN_FAMILY_LOSSES] = "losses",
    };
    enum { FAMILIES = sizeof families / sizeof families[0] };
    int counts[FAMILIES] = { 0 }, from_output = 0;
    if (op->op != 0)
        return;
    for (int k = 0; k < actfn_op_count(); k++) {
        const struct actfn_op_info *info = actfn_op_info((actfn_op)k);
        counts[info->family]++;
        from_output += info->family == ACTFN_FAMILY_ELEMENTWISE && (info->flags & ACTFN_OP_FROM_OUTPUT);
    }
    printf("- **%d functions, each with its gradient**, in %d families:\n ", actfn_op_count(), (int)FAMILIES);
    for (int k = 0; k < FAMILIES; k++)
        printf("%s %d %s", k ? "," : "", counts[k], families[k]);
    printf(
        ".\n"
        "  Of the elementwise ones %d have their derivative also from the output, so that the forward pass can run in\n"
        "  place, and their trainable scalar parameters have gradients too.\n",
        from_output);
}

static const struct section {
    const char *name;
    void (*print)(const struct actfn_op_info *op);
} sections[] = {
    { "enum", section_enum },
    { "named functions", section_functions },
    { "Rust variants", section_rust_variants },
    { "Rust functions", section_rust_functions },
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

/* Whether an operation is of the family that the mark asks for, if it asks for any: "SECTION: FAMILY". */
static bool is_wanted(const struct actfn_op_info *op, const char *mark)
{
    const char *colon = strstr(mark, ": "), *name = actfn_family_name(op->family);
    const size_t length = strlen(name);
    return !colon || (strncmp(colon + 2, name, length) == 0 && strchr(" \n", colon[2 + length]));
}

static bool print_section(const char *mark)
{
    const struct section *section = find_section(mark);
    bool printed = false;
    for (int k = 0; section && k < actfn_op_count(); k++) {
        const struct actfn_op_info *op = actfn_op_info((actfn_op)k);
        if (!is_wanted(op, mark))
            continue;
        section->print(op);
        printed = true;
    }
    return printed;
}

int main(void)
{
    static const char begin[] = "begin generated from src/catalogue/ops.def: ";
    char line[4096];
    bool skipping = false;
    while (fgets(line, sizeof line, stdin)) {
        const char *mark = strstr(line, begin);
        if (strstr(line, "end generated: "))
            skipping = false;
        if (!skipping)
            fputs(line, stdout);
        if (mark) {
            if (!print_section(mark + sizeof begin - 1)) {
                fprintf(stderr, "generate: no such section: %s", mark);
                return 1;
            }
            skipping = true;
        }
    }
    return skipping || ferror(stdin) || fflush(stdout) != 0;
}
