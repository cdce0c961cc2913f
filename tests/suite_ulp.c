/* SPDX-License-Identifier: MIT */
/*
 * Measures the error of every operation, setting and direction against the oracle, over a sample, and compares it with the
 * catalogue's bounds.
 *
 *     ACTFN_ULP_REPORT=1       prints the worst error and its input for each, with instruction set and mode
 *     ACTFN_ULP_OPS=gelu,mish  only these operations
 *     ACTFN_ULP_STEP=100       every 100th of the 2^32 bit patterns instead of the usual selection
 *     ACTFN_TEST_LIGHT=1       every 65521st, and fewer seams
 */
#include "floats.h"
#include "oracle.h"
#include "suites.h"
#include "support.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>

/* The elementwise forms, then the parameters. */
enum { PARAMETER = PARAM_GRADIENT, DIRECTIONS = PARAMETER + ACTFN_MAX_PARAMS };

/* The usual selection: a coarse comb over all floats, and a fine comb where functions are curved. */
enum { STRIDE = 16381, DENSE = 1021, LIGHT_STRIDE = 65521, CHUNK = 4096 };

/* Bounds in units of 2^-24.  From y an error is absolute: 2^-22 of the greatest |f'|.  A term of a parameter's gradient has an
 * error of at most 2^-21, in the fast mode 2^-20. */
#define FROM_OUTPUT_BOUND 4.0
#define PARAMETER_BOUND (test_mode == ACTFN_FAST ? 16.0 : 8.0)
/* More than the oracle's own error, so that a true 0.5 ULP cannot become a failure. */
#define SLACK 0x1p-12

struct worst {
    double error, exact;
    float x, got;
    bool seen;
};

static void note(struct worst *w, double error, float x, float got, double exact)
{
    if (!w->seen || error > w->error)
        *w = (struct worst) { error, exact, x, got, true };
}

/* |got - exact| in units of 2^-24 scale. */
static double scaled_error(float got, double exact, double scale)
{
    if (isnan(got) || isnan(exact))
        return isnan(got) && isnan(exact) ? 0 : (double)INFINITY;
    double g = isinf(got) ? copysign(0x1p128, (double)got) : (double)got;
    double e = fabs(exact) > 0x1p128 ? copysign(0x1p128, exact) : exact;
    return g == e ? 0 : fabs(g - e) / fmax(0x1p-24 * fmin(scale, 0x1p128), 0x1p-149);
}

struct chunk {
    float x[CHUNK], y[CHUNK], dx[CHUNK], from_y[CHUNK], dy[CHUNK];
    size_t n;
};

/* Measures the library on one chunk.  Parameter gradients are measured one element at a time, so that no sum hides an error. */
static void measure(actfn_op op, const float *params, const double *p, bool from_output, struct chunk *c,
                    struct worst worst[DIRECTIONS])
{
    const struct oracle *line = oracle_find(actfn_op_info(op)->name);
    bool gradients = actfn_op_info(op)->flags & ACTFN_OP_PARAM_GRADIENT;
    ck_assert_int_eq(actfn_forward_f32(op, test_mode, params, c->n, c->x, c->y), ACTFN_OK);
    ck_assert_int_eq(actfn_backward_f32(op, test_mode, params, c->n, c->x, c->dy, c->dx), ACTFN_OK);
    if (from_output)
        ck_assert_int_eq(actfn_backward_from_output_f32(op, test_mode, params, c->n, c->y, c->dy, c->from_y), ACTFN_OK);
    for (size_t i = 0; i < c->n; i++) {
        struct oracle_value v = oracle_at(line, (double)c->x[i], p);
        note(&worst[FORWARD], ulp_error(c->y[i], v.f, 0x1p-24 * v.f_terms), c->x[i], c->y[i], v.f);
        note(&worst[BACKWARD], ulp_error(c->dx[i], v.df, 0x1p-24 * v.df_terms), c->x[i], c->dx[i], v.df);
        if (from_output && !isnan(c->y[i])) {
            struct oracle_from_output o = line->from_output((double)c->y[i], p);
            note(&worst[FROM_OUTPUT], scaled_error(c->from_y[i], o.df, o.scale), c->y[i], c->from_y[i], o.df);
        }
        float g[ACTFN_MAX_PARAMS];
        if (!gradients || isinf(c->x[i]))
            continue; /* extremes.c has these limits */
        actfn_param_gradient_f32(op, test_mode, params, 1, &c->x[i], &c->dy[i], g);
        for (int k = 0; k < actfn_op_info(op)->param_count; k++)
            if (!(actfn_op_param(op, k)->flags & ACTFN_PARAM_GRADIENT))
                note(&worst[PARAMETER + k], bits_of(g[k]) ? (double)INFINITY : 0, c->x[i], g[k], 0);
            else if (!(v.dp_terms[k] > (double)FLT_MAX)) /* the header promises nothing for larger terms */
                note(&worst[PARAMETER + k], scaled_error(g[k], v.dp[k], v.dp_terms[k]), c->x[i], g[k], v.dp[k]);
    }
}

/* Compares the sum over many elements, with gradients of both signs, with the sum in double. */
static void measure_sum(actfn_op op, const float *params, const double *p, const struct floats *all)
{
    enum { MANY = 100003 };
    static float x[MANY], dy[MANY];
    double sum[ACTFN_MAX_PARAMS] = { 0 }, magnitude[ACTFN_MAX_PARAMS] = { 0 };
    const struct oracle *line = oracle_find(actfn_op_info(op)->name);
    size_t n = 0;
    for (size_t i = 0; i < all->count && n < MANY; i += 1 + all->count / MANY / 4) {
        struct oracle_value v = oracle_at(line, (double)all->at[i], p);
        bool fits = fabsf(all->at[i]) < 32;
        for (int k = 0; k < ACTFN_MAX_PARAMS; k++)
            fits &= fabs(v.dp[k]) < 0x1p100 && v.dp_terms[k] < 0x1p100; /* then the sum fits too; false for NaN */
        if (!fits)
            continue;
        x[n] = all->at[i];
        dy[n] = (n % 7 < 3 ? -1.0f : 1.0f) * (1.0f + (float)(n % 5) / 8);
        for (int k = 0; k < ACTFN_MAX_PARAMS; k++) {
            sum[k] += (double)dy[n] * v.dp[k];
            magnitude[k] += fabs((double)dy[n]) * v.dp_terms[k];
        }
        n++;
    }
    float g[ACTFN_MAX_PARAMS];
    ck_assert_int_eq(actfn_param_gradient_f32(op, test_mode, params, n, x, dy, g), ACTFN_OK);
    for (int k = 0; k < actfn_op_info(op)->param_count; k++)
        if (actfn_op_param(op, k)->flags & ACTFN_PARAM_GRADIENT)
            ck_assert_msg(fabs((double)g[k] - sum[k]) <= 0x1p-24 * PARAMETER_BOUND * magnitude[k],
                          "%s(%s) sum of %zu d/d%s: got %.9g, expected %.9g, terms %.9g", line->name,
                          oracle_setting_text(op, params), n, actfn_op_param(op, k)->name, (double)g[k], sum[k],
                          magnitude[k]);
}

static const char *direction_text(actfn_op op, int d)
{
    static char text[64];
    static const char *const names[] = { "forward", "backward", "from_output" };
    if (d < PARAMETER)
        return names[d];
    snprintf(text, sizeof text, "d/d%s", actfn_op_param(op, d - PARAMETER)->name);
    return text;
}

static double bound_of(actfn_op op, int d)
{
    return d == FORWARD       ? (double)forward_bound(op)
           : d == BACKWARD    ? (double)backward_bound(op)
           : d == FROM_OUTPUT ? FROM_OUTPUT_BOUND
                              : PARAMETER_BOUND;
}

/* Whether ACTFN_ULP_OPS asks for the operation. */
static bool asked_for(const char *name)
{
    const char *list = getenv("ACTFN_ULP_OPS");
    size_t length = strlen(name);
    if (!list)
        return true;
    for (const char *at = list; (at = strstr(at, name)); at += length)
        if ((at == list || at[-1] == ',') && (at[length] == ',' || at[length] == '\0'))
            return true;
    return false;
}

static uint32_t step_asked_for(void)
{
    const char *step = getenv("ACTFN_ULP_STEP");
    return step ? (uint32_t)strtoul(step, NULL, 10) : light() ? LIGHT_STRIDE : 0;
}

/* Adds floats around the parameters, and around the branches that the parameters make. */
static void add_around_params(struct floats *x, const float *p)
{
    const float places[] = { p[0], p[1], p[2], p[3], 1 / p[0] - p[0], p[1] / p[0], (1 - p[1]) / p[0], p[3] * p[1] };
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (isnan(places[i]))
            continue;
        floats_add_around(x, places[i], 16);
        floats_add_around(x, -places[i], 16);
    }
}

/* Adds the seams of x itself, of 1.702 x, and of x times a parameter. */
static void add_seams(struct floats *x, int param_count, const float *p)
{
    floats_add_seams(x, 1, light() ? 2 : 16);
    floats_add_seams(x, 1 / 1.702, light() ? 0 : 2);
    for (int k = 0; k < param_count; k++)
        if (isnormal(p[k]) && fabsf(p[k]) != 1)
            floats_add_seams(x, 1 / (double)p[k], light() ? 0 : 2);
    if (param_count)
        add_around_params(x, p);
}

START_TEST(error_is_within_the_bounds)
{
    actfn_op op = (actfn_op)_i;
    const struct actfn_op_info *info = actfn_op_info(op);
    if (!asked_for(info->name))
        return;
    ck_assert_msg(oracle_find(info->name) != NULL, "%s: oracle.def has no line", info->name);
    uint32_t step = step_asked_for() * (lightest() ? 3 : 1);
    size_t room = step ? UINT32_MAX / step + 8192 : UINT32_MAX / STRIDE + 2 * (21u << 23) / DENSE + 8192;
    room += (2 + ACTFN_MAX_PARAMS) * SEAMS;
    struct floats x = { malloc(room * sizeof(float)), room, 0 };
    ck_assert_ptr_nonnull(x.at);
    static struct chunk c;
    char failures[4096] = "";
    size_t used = 0;
    for (int i = 0; i < CHUNK; i++)
        c.dy[i] = 1;

    for (int s = 0; s < oracle_setting_count(op); s++) {
        float params[ACTFN_MAX_PARAMS];
        double p[ACTFN_MAX_PARAMS];
        struct worst worst[DIRECTIONS] = { { 0 } };
        oracle_setting(op, s, params, p);
        x.count = 0;
        floats_sample(&x, step ? step : STRIDE, step ? 0 : DENSE);
        add_seams(&x, info->param_count, params);
        ck_assert_uint_lt(x.count, x.room);
        bool from_output = (info->flags & ACTFN_OP_FROM_OUTPUT) &&
                           actfn_backward_from_output_f32(op, test_mode, params, 0, NULL, NULL, NULL) == ACTFN_OK;
        for (size_t at = 0; at < x.count; at += c.n) {
            c.n = x.count - at < CHUNK ? x.count - at : CHUNK;
            memcpy(c.x, x.at + at, c.n * sizeof(float));
            measure(op, params, p, from_output, &c, worst);
        }
        for (int d = 0; d < DIRECTIONS; d++) {
            const struct worst *w = &worst[d];
            if (!w->seen)
                continue;
            if (getenv("ACTFN_ULP_REPORT"))
                printf("%-20s %-16s %-11s %10.4f of %-4g at %-15a got %-15a exact %-24.17g %s\n", test_run, info->name,
                       direction_text(op, d), w->error, bound_of(op, d), (double)w->x, (double)w->got, w->exact,
                       oracle_setting_text(op, params));
            if (!(w->error <= bound_of(op, d) + SLACK) && used < sizeof failures)
                used += (size_t)snprintf(failures + used, sizeof failures - used,
                                         "\n  %s %s(%s) at %a: got %a, expected %.17g, error %.3f of %g",
                                         direction_text(op, d), info->name, oracle_setting_text(op, params),
                                         (double)w->x, (double)w->got, w->exact, w->error, bound_of(op, d));
        }
        if (info->flags & ACTFN_OP_PARAM_GRADIENT)
            measure_sum(op, params, p, &x);
    }
    free(x.at);
    fflush(stdout);
    ck_assert_msg(used == 0, "%s%s", test_run, failures);
}
END_TEST

/* With a tiny beta and a huge x, e^t is far below the smallest float, but x e^t is an ordinary number.  The same holds for the
 * gradient x^2 e^t, although x^2 exceeds the largest float. */
START_TEST(swish_far_out)
{
    enum { BINADES = 4, STEP = 1 << 14 };
    static float x[BINADES << 9], y[BINADES << 9];
    const float one = 1;
    const size_t n = sizeof x / sizeof *x;
    const float beta = 1e-35f;
    const double p[ACTFN_MAX_PARAMS] = { (double)beta };
    const struct oracle *line = oracle_find("swish");
    for (size_t i = 0; i < n; i++)
        x[i] = from_bits(bits_of(-0x1p121f) + STEP * (uint32_t)i);
    ck_assert_int_eq(actfn_forward_f32(ACTFN_SWISH, test_mode, &beta, n, x, y), ACTFN_OK);
    for (size_t i = 0; i < n; i++) {
        const struct oracle_value v = oracle_at(line, (double)x[i], p);
        const double error = ulp_error(y[i], v.f, 0);
        ck_assert_msg(error <= (double)forward_bound(ACTFN_SWISH) + SLACK, "%s: %a: got %a, expected %.17g, error %.3f",
                      test_run, (double)x[i], (double)y[i], v.f, error);
        float gradient;
        ck_assert_int_eq(actfn_param_gradient_f32(ACTFN_SWISH, test_mode, &beta, 1, &x[i], &one, &gradient), ACTFN_OK);
        const double off = scaled_error(gradient, v.dp[0], v.dp_terms[0]);
        ck_assert_msg(off <= PARAMETER_BOUND + SLACK, "%s: %a: gradient %a, expected %.17g, error %.3f", test_run,
                      (double)x[i], (double)gradient, v.dp[0], off);
    }
}
END_TEST

START_TEST(isa_is_the_one_asked_for) { ck_assert_str_eq(actfn_isa_name(), test_isa); }
END_TEST

Suite *ulp_suite(void)
{
    Suite *suite = suite_create("ulp");
    TCase *tcase = tcase_create("ulp");
    tcase_set_timeout(tcase, step_asked_for() ? 0 : 60);
    tcase_add_test(tcase, isa_is_the_one_asked_for);
    tcase_add_test(tcase, swish_far_out);
    for_elementwise(tcase, error_is_within_the_bounds);
    suite_add_tcase(suite, tcase);
    return suite;
}
