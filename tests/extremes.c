/* SPDX-License-Identifier: MIT */
/*
 * Extreme but legal parameters.  The program takes every elementwise operation with parameters, each parameter from its whole
 * range, at every kind of x, on each instruction set of this machine and in both modes.  The program compares forward, backward
 * with ordinary, tiny and huge dy, backward from y, and the gradients of the parameters with MPFR.  The bounds are those of the
 * header and the catalogue.
 *
 *     extremes                      the usual number of settings
 *     ACTFN_EXTREMES_SETTINGS=2000  so many settings of each operation, drawn anew
 *     ACTFN_EXTREMES_OPS=pow,swish  only these operations
 *     ACTFN_EXTREMES_SHOW=20        shows so many faults of each operation and form, the gravest of each setting
 *     ACTFN_TEST_LIGHT=1            few settings
 */
#include "floats.h"
#include "mpfr_reference.h"

#include <actfn.h>
#include <float.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { FORWARD, BACKWARD, FROM_OUTPUT, GRADIENT, FORMS = GRADIENT + ACTFN_MAX_PARAMS, POINTS = 2048, FACTORS = 3 };
static const float factors[FACTORS] = { 1.0f, 0x1p-60f, -0x1p60f };

/* MPFR's rounding to double may add a 2^-12th of an ULP. */
#define SLACK (1 + 0x1p-12)

struct point {
    float x, y; /* y: f(x), rounded */
    struct mpfr_value at;
    struct mpfr_slope from_y;
};
static struct point points[POINTS];
static size_t point_count;

static long fault_count, call_count, sign_count;

static uint64_t scramble(uint64_t i)
{
    i = (i + 0x9e3779b97f4a7c15u) * 0xbf58476d1ce4e5b9u;
    i = (i ^ (i >> 27)) * 0x94d049bb133111ebu;
    return i ^ (i >> 31);
}

static int number_from(const char *variable, int otherwise)
{
    const char *text = getenv(variable);
    return text ? atoi(text) : otherwise;
}

/* ---- parameters ---------------------------------------------------------------------------------------------------- */

/* Magnitudes of parameters: the limits of floats, of their squares and of their cubes, ordinary numbers, and some between. */
static const float magnitudes[] = {
    0x1p-149f, 0x1p-140f, FLT_MIN, 1e-36f, 0x1p-120f, 1e-30f, 0x1p-100f, 1e-25f, 0x1p-60f, 1e-14f,
    0x1p-40f,  1e-9f,     1e-6f,   1e-3f,  0.1f,      0.3f,   0.7f,      1.0f,   1.5f,     2.0f,
    3.0f,      7.0f,      19.9f,   20.0f,  24.0f,     100.0f, 1e3f,      1e5f,   0x1p24f,  16777218.0f,
    1e10f,     1e15f,     0x1p60f, 1e20f,  0x1p80f,   1e30f,  0x1p120f,  1e37f,  0x1p127f, FLT_MAX,
};
enum { MAGNITUDES = sizeof magnitudes / sizeof magnitudes[0] };

/* Value number `which` of a parameter: 0, both ends of its range and the floats beside them, then other values. */
static float value_of(const struct actfn_param_info *param, uint64_t which)
{
    const float sign = which & 1 ? -1.0f : 1.0f;
    which = which / 2 % (MAGNITUDES + 6);
    if (which < MAGNITUDES)
        return sign * magnitudes[which];
    switch (which - MAGNITUDES) {
    case 0: return param->minimum;
    case 1: return param->maximum;
    case 2: return float_step(param->minimum, 1);
    case 3: return float_step(param->maximum, -1);
    case 4: return isnan(param->default_value) ? 0.0f : param->default_value;
    default: return 0.0f;
    }
}

/* With one parameter, every value.  With more, first all pairs of some values for the first two parameters; then all values
 * are drawn, and in every second setting all but one are usual. */
static void setting_of(actfn_op op, uint64_t index, float params[ACTFN_MAX_PARAMS])
{
    static const float usual[] = { 0.0f, 1.0f, -1.0f, 0.5f, 2.0f, -0.25f, 20.0f };
    static const float pairs[] = { 0x1p-149f, 0x1p-120f, 0x1p-60f, 0.7f, -3.0f, 0x1p60f, -0x1p120f, FLT_MAX };
    enum { PAIRS = sizeof pairs / sizeof pairs[0] };
    const int count = actfn_op_info(op)->param_count;
    const int odd = (int)(scramble(index) >> 8) % count;
    for (int k = 0; k < ACTFN_MAX_PARAMS; k++) {
        const uint64_t random = scramble(16 * index + (uint64_t)k + ((uint64_t)op << 32));
        params[k] = 0;
        if (k >= count)
            continue;
        if (count == 1)
            params[k] = value_of(actfn_op_param(op, k), index);
        else if (index < PAIRS * PAIRS && k < 2)
            params[k] = pairs[k ? index / PAIRS : index % PAIRS];
        else if (index % 2 && k != odd)
            params[k] = usual[(random >> 20) % (sizeof usual / sizeof usual[0])];
        else
            params[k] = value_of(actfn_op_param(op, k), random >> 20);
    }
}

static bool is_legal(actfn_op op, const float *params)
{
    return actfn_forward_f32(op, ACTFN_ACCURATE, params, 0, NULL, NULL) == ACTFN_OK;
}

/* ---- x -------------------------------------------------------------------------------------------------------------- */

/* hardsigmoid_ab and hardswish_ab choose their branch by a rounded sum.  Where the rounding decides, nothing is compared. */
static bool on_a_rounded_edge(actfn_op op, double x, const float *p)
{
    const double t = (double)p[0] * x + (double)p[1];
    return (op == ACTFN_HARDSIGMOID_AB || op == ACTFN_HARDSWISH_AB) && (fabs(t - 1) < 0x1p-22 || fabs(t) < 0x1p-148);
}

static void add_point(actfn_op op, const float *params, float x)
{
    if (isnan(x) || point_count == POINTS || on_a_rounded_edge(op, (double)x, params))
        return;
    for (size_t i = 0; i < point_count; i++)
        if (bits_of(points[i].x) == bits_of(x))
            return;
    points[point_count++].x = x;
}

static void add_pair(actfn_op op, const float *params, double x, int neighbours)
{
    for (int step = -neighbours; step <= neighbours; step++) {
        add_point(op, params, float_step((float)x, step));
        add_point(op, params, -float_step((float)x, step));
    }
}

/* Collects every kind of x, and the x at which, with these parameters, an exponential ends, a square overflows, or a branch
 * begins. */
static void collect(actfn_op op, const float *params)
{
    static const float everywhere[] = { 0.0f,  0x1p-149f, 1e-41f,   FLT_MIN, 1e-30f, 1e-20f,  1e-8f,   1e-3f,
                                        0.3f,  0.9999f,   1.0f,     1.5f,    3.0f,   10.0f,   21.0f,   50.0f,
                                        88.0f, 103.5f,    150.0f,   1e3f,    1e6f,   1e10f,   1e15f,   1e19f,
                                        3e19f, 1e25f,     0x1p100f, 1e35f,   1e38f,  FLT_MAX, INFINITY };
    static const double ends[] = { 0x1p-30, 0.5, 1, 1.5, 8, 17, 63, 65, 87, 91, 103, 127, 150, 200, 300 };
    const int count = actfn_op_info(op)->param_count;
    point_count = 0;
    for (size_t i = 0; i < sizeof everywhere / sizeof everywhere[0]; i++)
        add_pair(op, params, (double)everywhere[i], 0);
    for (int k = 0; k < count; k++) {
        const double p = (double)params[k];
        add_pair(op, params, p, 1);
        add_pair(op, params, 1 / p - p, 1);
        add_pair(op, params, 1 / sqrt(fabs(p)), 0);
        for (size_t i = 0; count <= 2 && i < sizeof ends / sizeof ends[0]; i++) {
            add_pair(op, params, ends[i] / p, 0);
            if (count == 1)
                add_pair(op, params, ends[i] * p, 0);
        }
    }
    add_pair(op, params, (double)params[1] / (double)params[0], 1);
    add_pair(op, params, (1 - (double)params[1]) / (double)params[0], 1);
    if (op == ACTFN_POW) /* x at which the power leaves the floats, and x at which the result does */
        for (int end = -160; end <= 140; end += 20) {
            const double b = (double)params[1], a = fabs((double)params[0]);
            add_pair(op, params, exp2(end / b), 1);
            add_pair(op, params, exp2(end / (b - 1)), 1);
            add_pair(op, params, exp2((end - log2(a)) / b), 1);
            add_pair(op, params, exp2((end - log2(a * fabs(b))) / (b - 1)), 1);
        }
}

static const char *const modes[] = { [ACTFN_ACCURATE] = "accurate", [ACTFN_FAST] = "fast" };

static const char *text_of(actfn_op op, const float *params)
{
    static char text[160];
    size_t used = 0;
    text[0] = '\0';
    for (int k = 0; k < actfn_op_info(op)->param_count; k++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%a", k ? ", " : "", (double)params[k]);
    return text;
}

/* ---- comparison ------------------------------------------------------------------------------------------------------ */

struct fault {
    double off;
    float x, dy, got;
    double want;
    const char *isa;
    int mode;
};

/* The error of `got` as a multiple of the tolerance.  A value beyond the floats counts as infinity if it is half an ulp
 * beyond, or less if the tolerance reaches as far. */
static double distance(float got, double want, double tolerance)
{
    if (isnan(got) || isnan(want))
        return isnan(got) && isnan(want) ? 0 : (double)INFINITY;
    const double g = isinf(got) ? copysign(0x1p128, (double)got) : (double)got;
    const double w = fabs(want) > 0x1p128 ? copysign(0x1p128, want) : want;
    return g == w ? 0 : fabs(g - w) / tolerance;
}

/* For a product of dy and a derivative with an error of at most `error`.  Both may leave the floats. */
static double product_distance(float got, float dy, double slope, double error)
{
    const double limit = 0x1p128 - 0x1p103;
    if (isinf(got) && fabs(slope) + error >= limit && (dy < 0) == (slope < 0 ? got > 0 : got < 0))
        return 0;
    const double want = (double)dy * slope, half = ulp_of(want) / 2;
    return distance(got, want, fabs((double)dy) * error + (fabs(want) < 0x1p-125 ? half : 0));
}

static void note(struct fault *worst, double off, const struct point *at, float dy, float got, double want,
                 const char *isa, int mode)
{
    call_count++;
    if (off > SLACK && off > worst->off)
        *worst = (struct fault) { off, at->x, dy, got, want, isa, mode };
}

/* The results of the first run, for each form and each dy.  The sign of a zero must be the same in every run. */
enum { KEPT = 1 + 2 * FACTORS };
static float kept[KEPT][POINTS];
static void compare_zeros(actfn_op op, const float *params, const char *isa, int mode, int which, bool first,
                          const float *out)
{
    for (size_t i = 0; i < point_count; i++) {
        const struct mpfr_value *v = &points[i].at;
        if (first)
            kept[which][i] = out[i];
        /* Near a zero of f' the sign of the result may be the sign of its error. */
        const bool settled = which == 0 || fabs(v->df) > 0x1p-16 * v->df_terms || v->df_terms == 0;
        if (first || kept[which][i] != 0 || out[i] != 0 || !settled || signbit(out[i]) == signbit(kept[which][i]))
            continue;
        fault_count++;
        if (sign_count++ < 20)
            printf("%s(%s) form %d at %a: %s %s gives %g, and the first run %g\n", actfn_op_info(op)->name,
                   text_of(op, params), which, (double)points[i].x, isa, modes[mode], (double)out[i],
                   (double)kept[which][i]);
    }
}

/* Compares one instruction set in one mode with MPFR. */
static void compare(actfn_op op, const float *params, const char *isa, int mode, bool from_output, bool first,
                    struct fault worst[FORMS])
{
    static float x[POINTS], y[POINTS], dy[POINTS], out[POINTS];
    const struct actfn_op_info *info = actfn_op_info(op);
    const double f_bound = (double)(mode == ACTFN_FAST ? info->ulp_forward_fast : info->ulp_forward);
    const double df_bound = (double)(mode == ACTFN_FAST ? info->ulp_backward_fast : info->ulp_backward);
    const double gradient_bound = mode == ACTFN_FAST ? 16 : 8;
    const actfn_mode m = (actfn_mode)mode;
    for (size_t i = 0; i < point_count; i++) {
        x[i] = points[i].x;
        y[i] = points[i].y;
    }
    actfn_forward_f32(op, m, params, point_count, x, out);
    compare_zeros(op, params, isa, mode, 0, first, out);
    for (size_t i = 0; i < point_count; i++) {
        const struct mpfr_value *v = &points[i].at;
        const double unit = fmax(ulp_of(v->f), 0x1p-24 * v->f_terms);
        note(&worst[FORWARD], distance(out[i], v->f, fmax(f_bound, 0.5) * unit), &points[i], 1, out[i], v->f, isa,
             mode);
    }
    for (int k = 0; k < FACTORS; k++) {
        for (size_t i = 0; i < point_count; i++)
            dy[i] = factors[k];
        actfn_backward_f32(op, m, params, point_count, x, dy, out);
        compare_zeros(op, params, isa, mode, 1 + k, first, out);
        for (size_t i = 0; i < point_count; i++) {
            const struct mpfr_value *v = &points[i].at;
            const double error = fmax(df_bound, 0.5) * fmax(ulp_of(v->df), 0x1p-24 * v->df_terms);
            note(&worst[BACKWARD], product_distance(out[i], dy[i], v->df, error), &points[i], dy[i], out[i],
                 (double)dy[i] * v->df, isa, mode);
        }
        if (from_output) {
            actfn_backward_from_output_f32(op, m, params, point_count, y, dy, out);
            compare_zeros(op, params, isa, mode, 1 + FACTORS + k, first, out);
            for (size_t i = 0; i < point_count; i++) {
                const struct mpfr_slope *v = &points[i].from_y;
                const double error = 4 * fmax(0x1p-149, 0x1p-24 * v->scale);
                if (!isnan(y[i]))
                    note(&worst[FROM_OUTPUT], product_distance(out[i], dy[i], v->df, error), &points[i], dy[i], out[i],
                         (double)dy[i] * v->df, isa, mode);
            }
        }
        for (size_t i = 0; i < point_count && (info->flags & ACTFN_OP_PARAM_GRADIENT); i++) {
            const struct mpfr_value *v = &points[i].at;
            float g[ACTFN_MAX_PARAMS];
            actfn_param_gradient_f32(op, m, params, 1, &x[i], &dy[i], g);
            for (int q = 0; q < info->param_count; q++) {
                const double error = gradient_bound * fmax(0x1p-149, 0x1p-24 * v->dp_terms[q]);
                /* The header promises nothing where terms that exceed the floats cancel. */
                if ((actfn_op_param(op, q)->flags & ACTFN_PARAM_GRADIENT) &&
                    (v->dp_terms[q] <= (double)FLT_MAX || v->dp_terms[q] == fabs(v->dp[q])))
                    note(&worst[GRADIENT + q], product_distance(g[q], dy[i], v->dp[q], error), &points[i], dy[i], g[q],
                         (double)dy[i] * v->dp[q], isa, mode);
            }
        }
    }
}

/* ---- the run ---------------------------------------------------------------------------------------------------------- */

static const char *form_text(actfn_op op, int form)
{
    static char text[64];
    static const char *const names[] = { "f", "f'", "f' from y" };
    if (form < GRADIENT)
        return names[form];
    snprintf(text, sizeof text, "d/d%s", actfn_op_param(op, form - GRADIENT)->name);
    return text;
}

/* Runs one setting on every instruction set in both modes. */
static void run_setting(actfn_op op, const float *params, int shown[FORMS], int most)
{
    const char *name = actfn_op_info(op)->name, *isa;
    struct fault worst[FORMS] = { { 0 } };
    const bool from_output =
        (actfn_op_info(op)->flags & ACTFN_OP_FROM_OUTPUT) &&
        actfn_backward_from_output_f32(op, ACTFN_ACCURATE, params, 0, NULL, NULL, NULL) == ACTFN_OK;
    bool first = true;
    collect(op, params);
    for (size_t i = 0; i < point_count; i++) {
        struct point *p = &points[i];
        if (!mpfr_reference(name, p->x, params, &p->at)) {
            printf("%s: MPFR has no such function\n", name);
            fault_count++;
            return;
        }
        p->y = (float)p->at.f;
        if (from_output && !mpfr_reference_from_output(name, p->y, params, &p->from_y)) {
            printf("%s: MPFR has no derivative from y\n", name);
            fault_count++;
            return;
        }
    }
    for (int i = 0; (isa = actfn_isa_at(i)); i++) {
        if (!actfn_isa_available(isa))
            continue;
        actfn_isa_select(isa);
        for (int mode = ACTFN_ACCURATE; mode <= ACTFN_FAST; mode++) {
            compare(op, params, isa, mode, from_output, first, worst);
            first = false;
        }
    }
    for (int form = 0; form < FORMS; form++) {
        const struct fault *w = &worst[form];
        if (w->off == 0)
            continue;
        fault_count++;
        if (shown[form]++ < most)
            printf("%s(%s) %s at %a, dy %g: %s %s got %a (%.9g), expected %a (%.9g), off %.3g times the bound\n", name,
                   text_of(op, params), form_text(op, form), (double)w->x, (double)w->dy, w->isa, modes[w->mode],
                   (double)w->got, (double)w->got, w->want, w->want, w->off);
    }
}

static bool asked_for(const char *name)
{
    const char *list = getenv("ACTFN_EXTREMES_OPS");
    const size_t length = strlen(name);
    for (const char *at = list; at && (at = strstr(at, name)); at += length)
        if ((at == list || at[-1] == ',') && (at[length] == ',' || at[length] == '\0'))
            return true;
    return list == NULL;
}

/* ---- sigmoid_bce's weight: the loss is computed in doubles ----------------------------------------------------------------
 * */

static double sigma(double z) { return z < 0 ? exp(z) / (1 + exp(z)) : 1 / (1 + exp(-z)); }

static void check_bce(double p, double z, double t, const char *isa)
{
    const float weight = (float)p, at = (float)z, target = (float)t;
    const double up = (1 - t) * sigma(z), down = p * t * sigma(-z), rest = log1p(exp(-fabs(z)));
    const double loss = p * t * (fmax(-z, 0) + rest) + (1 - t) * (fmax(z, 0) + rest);
    for (int mode = ACTFN_ACCURATE; mode <= ACTFN_FAST; mode++) {
        float l, dz;
        actfn_loss_f32(ACTFN_SIGMOID_BCE, (actfn_mode)mode, &weight, 1, &at, &target, NULL, 1, &l, &dz);
        call_count += 2;
        const double l_off = distance(l, loss, fmax(3 * ulp_of(loss), 0x1p-23 * fmax(1, fabs(z))));
        const double dz_off = distance(dz, up - down, 3 * fmax(ulp_of(up - down), 0x1p-24 * (up + down)));
        if (l_off <= SLACK && dz_off <= SLACK)
            continue;
        fault_count++;
        printf("sigmoid_bce(%a) at %a, target %a: %s %s gives %g and %g, expected %g and %g\n", p, z, t, isa,
               modes[mode], (double)l, (double)dz, loss, up - down);
    }
}

static void check_bce_weights(void)
{
    static const double targets[] = { 0, 0x1p-149, 0x1p-100, 0.25, 0.5, 1 - 0x1p-24, 1 };
    const char *isa;
    for (int i = 0; (isa = actfn_isa_at(i)); i++) {
        if (actfn_isa_select(isa) != ACTFN_OK)
            continue;
        for (int p = -1; p < MAGNITUDES; p++)
            for (size_t t = 0; t < sizeof targets / sizeof targets[0]; t++)
                for (double z = 0x1p-149; z < 0x1p128; z = z < 16    ? z * 0x1p9
                                                           : z < 300 ? (double)(float)(1.07 * z)
                                                                     : z * 0x1p30) {
                    check_bce(p < 0 ? 0 : (double)magnitudes[p], z, targets[t], isa);
                    check_bce(p < 0 ? 0 : (double)magnitudes[p], -z, targets[t], isa);
                }
    }
}

int main(void)
{
    const bool light = getenv("ACTFN_TEST_LIGHT") != NULL;
    const int most = number_from("ACTFN_EXTREMES_SHOW", 3);
    for (int i = 0; i < actfn_op_count(); i++) {
        const actfn_op op = (actfn_op)i;
        const struct actfn_op_info *info = actfn_op_info(op);
        if (info->family != ACTFN_FAMILY_ELEMENTWISE || info->param_count == 0 || !asked_for(info->name))
            continue;
        int shown[FORMS] = { 0 }, done = 0;
        const int all = info->param_count == 1 ? 2 * (MAGNITUDES + 6) : 100;
        const int settings = number_from("ACTFN_EXTREMES_SETTINGS", light ? 16 : all);
        for (uint64_t index = 0; done < settings && index < 64 * (uint64_t)settings; index++) {
            float params[ACTFN_MAX_PARAMS];
            setting_of(op, light && info->param_count == 1 ? 5 * index : index, params);
            if (!is_legal(op, params))
                continue;
            run_setting(op, params, shown, most);
            done++;
        }
        for (int form = 0; form < FORMS; form++)
            if (shown[form])
                printf("%-18s %-12s %d of %d settings\n", info->name, form_text(op, form), shown[form], done);
    }
    if (asked_for("sigmoid_bce"))
        check_bce_weights();
    mpfr_reference_free();
    printf("%ld results, %ld faults\n", call_count, fault_count);
    return fault_count || !call_count ? EXIT_FAILURE : EXIT_SUCCESS;
}
