/* SPDX-License-Identifier: MIT */
/* The gates family: values, special values, errors, bits, rows and strides, packed rows, aliasing and bad arguments. */
#include "expect.h"
#include "floats.h"
#include "oracle.h"
#include "suites.h"
#include "support.h"

#include <errno.h>
#include <fenv.h>
#include <float.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- the gates, and what they should give ---------------------------------------------------------------------- */

/* A setting of a gate: g is the activation of that name, and of `alpha` where it is swish. */
struct setting {
    actfn_op op;
    const char *g;
    float params[2];
};

static const struct setting settings[] = {
    { ACTFN_GLU, "sigmoid", { 0 } },
    { ACTFN_REGLU, "relu", { 0 } },
    { ACTFN_GEGLU, "gelu", { 0 } },
    { ACTFN_GEGLU_TANH, "gelu_tanh", { 0 } },
    { ACTFN_GEGLU_QUICK, "gelu_quick", { 0 } },
    { ACTFN_SWIGLU, "swish", { 1 } },
    { ACTFN_SWIGLU, "swish", { -1.3f } },
    { ACTFN_SWIGLU, "swish", { 0 } },
    { ACTFN_SWIGLU_OAI, "swish", { 1.702f, 7 } },
    { ACTFN_SWIGLU_OAI, "swish", { 0.7f, 2.5f } },
    { ACTFN_SWIGLU_OAI, "swish", { -1.702f, INFINITY } },
};
enum { SETTINGS_COUNT = sizeof settings / sizeof settings[0] };

static const char *text_of(const struct setting *s)
{
    static char text[80];
    snprintf(text, sizeof text, "%s: %s(%g, %g)", test_run, actfn_op_info(s->op)->name, (double)s->params[0],
             (double)s->params[1]);
    return text;
}

/* dy = 1.  Where terms cancel, du is measured against `du_terms`; `factor` is what g is multiplied with. */
struct gated {
    double y, du, dv, du_terms, factor;
    bool du_zero, dv_zero; /* by definition */
};

static struct gated gated_at(const struct setting *s, float u, float v)
{
    const double alpha = (double)s->params[0], limit = (double)s->params[1];
    struct gated r = { 0 };
    double gate = (double)u, value = (double)v;
    if (s->op == ACTFN_SWIGLU_OAI) {
        r.du_zero = gate > limit;
        r.dv_zero = fabs(value) > limit;
        gate = gate > limit ? limit : gate;
        value = (value > limit ? limit : value < -limit ? -limit : value) + 1;
    }
    const struct oracle_value g = oracle_at(oracle_find(s->g), gate, &alpha);
    if (s->op == ACTFN_REGLU)
        r.du_zero = r.dv_zero = gate <= 0;
    r.factor = value;
    r.y = value * g.f;
    r.du = r.du_zero ? 0 : value * g.df;
    r.du_terms = value * g.df_terms;
    r.dv = r.dv_zero ? 0 : g.f;
    return r;
}

static actfn_status forward(const struct setting *s, size_t n, const float *u, const float *v, float *y)
{
    return actfn_gates_forward_f32(s->op, test_mode, s->params, 1, n, u, 0, v, 0, y, 0);
}

static actfn_status backward(const struct setting *s, size_t n, const float *u, const float *v, const float *dy,
                             float *du, float *dv)
{
    return actfn_gates_backward_f32(s->op, test_mode, s->params, 1, n, u, 0, v, 0, dy, 0, du, 0, dv, 0);
}

/* ---- values ---------------------------------------------------------------------------------------------------- */

/* As far as the bound allows, and the print. */
static void expect_near(actfn_op op, const char *what, float got, double wanted, float bound)
{
    expect(fabs((double)got - wanted) <= ((double)bound * 0x1p-23 + 5.1e-12) * fabs(wanted),
           "%s: %s %s is %.12g, not %.12g", test_run, actfn_op_info(op)->name, what, (double)got, wanted);
}

static float one(actfn_op op, const float *params, float u, float v)
{
    float y = NAN;
    ck_assert_int_eq(actfn_gates_forward_f32(op, test_mode, params, 1, 1, &u, 1, &v, 1, &y, 1), ACTFN_OK);
    return y;
}

/* The values that the specification works out, with the defaults. */
START_TEST(worked_values)
{
    expect_near(ACTFN_GLU, "y", one(ACTFN_GLU, NULL, -0.5f, 1.5f), 0.566311003197, forward_bound(ACTFN_GLU));
    expect_near(ACTFN_SWIGLU, "y", one(ACTFN_SWIGLU, NULL, 1.5f, -2), -2.45272342858, forward_bound(ACTFN_SWIGLU));
    expect_near(ACTFN_GEGLU, "y", one(ACTFN_GEGLU, NULL, 1.5f, -2), -2.79957839619, forward_bound(ACTFN_GEGLU));
    expect_near(ACTFN_SWIGLU_OAI, "y", one(ACTFN_SWIGLU_OAI, NULL, 8, -9), -41.9997187698,
                forward_bound(ACTFN_SWIGLU_OAI));
    expect_near(ACTFN_SWIGLU_OAI, "y", one(ACTFN_SWIGLU_OAI, NULL, 1.5f, -2), -1.39166219845,
                forward_bound(ACTFN_SWIGLU_OAI));
}
END_TEST

/* Its golden vectors of the activations, f and f' at -2, -0.5 and 1.5, which v = -2 and dy = 4 scale exactly. */
START_TEST(golden_values)
{
    static const struct {
        actfn_op op;
        float params[2];
        double f[3], df[3];
    } golden[] = {
        { ACTFN_GLU,
          { 0 },
          { 0.119202922022, 0.377540668798, 0.817574476194 },
          { 0.104993585404, 0.235003712202, 0.14914645207 } },
        { ACTFN_REGLU, { 0 }, { 0, 0, 1.5 }, { 0, 0, 1 } },
        { ACTFN_GEGLU,
          { 0 },
          { -0.0455002638964, -0.154268769363, 1.3997891981 },
          { -0.0852318010782, 0.132504875344, 1.12746919223 } },
        { ACTFN_GEGLU_TANH,
          { 0 },
          { -0.0454023059122, -0.154285990175, 1.39957157698 },
          { -0.0860992566236, 0.132630096465, 1.12771079315 } },
        { ACTFN_GEGLU_QUICK,
          { 0 },
          { -0.0643413768558, -0.149611563394, 1.39166219845 },
          { -0.0738153543085, 0.120778088035, 1.09884806462 } },
        { ACTFN_SWIGLU,
          { 1 },
          { -0.238405844044, -0.188770334399, 1.22636171429 },
          { -0.0907842487849, 0.260038812697, 1.0412941543 } },
        { ACTFN_SWIGLU,
          { 1.5f },
          { -0.0948517463551, -0.160410650412, 1.35697580265 },
          { -0.0881041060152, 0.157400055503, 1.0987309101 } },
    };
    static const float u[3] = { -2, -0.5f, 1.5f }, v[3] = { -2, -2, -2 }, dy[3] = { 4, 4, 4 };
    for (size_t k = 0; k < sizeof golden / sizeof golden[0]; k++) {
        const struct setting s = { golden[k].op, "", { golden[k].params[0], 0 } };
        float y[3], du[3], dv[3];
        ck_assert_int_eq(forward(&s, 3, u, v, y), ACTFN_OK);
        ck_assert_int_eq(backward(&s, 3, u, v, dy, du, dv), ACTFN_OK);
        for (int i = 0; i < 3; i++) {
            expect_near(s.op, "y", y[i], -2 * golden[k].f[i], forward_bound(s.op));
            expect_near(s.op, "dv", dv[i], 4 * golden[k].f[i], forward_bound(s.op));
            expect_near(s.op, "du", du[i], -8 * golden[k].df[i], backward_bound(s.op));
        }
    }
}
END_TEST

/* Bit for bit, any NaN for NaN. */
static void expect_bits(const char *what, float u, float v, float got, float wanted)
{
    expect(same(got, wanted), "%s: %s(%g, %g) is %a, not %a", test_run, what, (double)u, (double)v, (double)got,
           (double)wanted);
}

START_TEST(special_values)
{
    static const struct {
        actfn_op op;
        float u, v, y;
    } table[] = {
        { ACTFN_GLU, 0, 2, 1 },
        { ACTFN_GLU, -0.0f, -2, -1 },
        { ACTFN_GLU, INFINITY, 3, 3 },
        { ACTFN_GLU, -INFINITY, 3, 0 },
        { ACTFN_GLU, -INFINITY, -3, -0.0f },
        { ACTFN_GLU, -INFINITY, INFINITY, NAN },
        { ACTFN_GLU, 1000, -INFINITY, -INFINITY },
        { ACTFN_GLU, 0, FLT_TRUE_MIN, 0 },
        { ACTFN_REGLU, 2, 3, 6 },
        { ACTFN_REGLU, -2, 3, 0 },
        { ACTFN_REGLU, -2, -3, -0.0f },
        { ACTFN_REGLU, -0.0f, 3, 0 },
        { ACTFN_REGLU, 0, -3, -0.0f },
        { ACTFN_REGLU, -1, INFINITY, NAN },
        { ACTFN_REGLU, INFINITY, 0, NAN },
        { ACTFN_REGLU, INFINITY, -1, -INFINITY },
        { ACTFN_REGLU, -INFINITY, 1, 0 },
        { ACTFN_GEGLU, -INFINITY, 2, -0.0f },
        { ACTFN_GEGLU, -INFINITY, -2, 0 },
        { ACTFN_GEGLU, INFINITY, 2, INFINITY },
        { ACTFN_GEGLU, -INFINITY, INFINITY, NAN },
        { ACTFN_GEGLU, -0.0f, 2, -0.0f },
        { ACTFN_GEGLU, INFINITY, 0, NAN },
        { ACTFN_GEGLU_TANH, -INFINITY, 2, -0.0f },
        { ACTFN_GEGLU_TANH, -INFINITY, -2, 0 },
        { ACTFN_GEGLU_TANH, INFINITY, -2, -INFINITY },
        { ACTFN_GEGLU_QUICK, -INFINITY, 2, -0.0f },
        { ACTFN_GEGLU_QUICK, INFINITY, -2, -INFINITY },
        { ACTFN_SWIGLU, -INFINITY, 2, -0.0f },
        { ACTFN_SWIGLU, -INFINITY, -2, 0 },
        { ACTFN_SWIGLU, INFINITY, -2, -INFINITY },
        { ACTFN_SWIGLU, 0, 7, 0 },
        { ACTFN_SWIGLU, -0.0f, 7, -0.0f },
        { ACTFN_SWIGLU_OAI, -INFINITY, 2, -0.0f },
        { ACTFN_SWIGLU_OAI, -INFINITY, INFINITY, -0.0f },
        { ACTFN_SWIGLU_OAI, -INFINITY, -INFINITY, 0 },
        { ACTFN_SWIGLU_OAI, 3, -1, 0 },
        { ACTFN_SWIGLU_OAI, -3, -1, -0.0f },
        { ACTFN_SWIGLU_OAI, 0, 5, 0 },
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        expect_bits(actfn_op_info(table[i].op)->name, table[i].u, table[i].v,
                    one(table[i].op, NULL, table[i].u, table[i].v), table[i].y);
    /* Beyond the limit both are as at the limit. */
    ck_assert(same(one(ACTFN_SWIGLU_OAI, NULL, INFINITY, INFINITY), one(ACTFN_SWIGLU_OAI, NULL, 7, 7)));
    ck_assert(same(one(ACTFN_SWIGLU_OAI, NULL, 100, -INFINITY), one(ACTFN_SWIGLU_OAI, NULL, 7, -7)));
    const float unlimited[2] = { 1.702f, INFINITY };
    expect_bits("swiglu_oai(inf)", INFINITY, 1, one(ACTFN_SWIGLU_OAI, unlimited, INFINITY, 1), INFINITY);
    expect_bits("swiglu_oai(inf)", 1, -INFINITY, one(ACTFN_SWIGLU_OAI, unlimited, 1, -INFINITY), -INFINITY);
}
END_TEST

/* Each in every lane, since each lane has a selection of its own. */
START_TEST(structural_zeros)
{
    static const float dys[] = { INFINITY, -INFINITY, NAN, 1, -0.0f }, vs[] = { 1, -1, INFINITY, -INFINITY, 0 };
    static const struct setting reglu = { ACTFN_REGLU, "", { 0 } }, oai = { ACTFN_SWIGLU_OAI, "", { 1.702f, 7 } };
    enum { N = 37 };
    float u[N], v[N], dy[N], du[N], dv[N];
    for (int at = 0; at < N; at++)
        for (int k = 0; k < 25; k++) {
            for (int i = 0; i < N; i++)
                u[i] = 1, v[i] = 2, dy[i] = 3;
            dy[at] = dys[k % 5];
            v[at] = vs[k / 5];
            static const float left[] = { -1, 0, -0.0f, -INFINITY, -FLT_TRUE_MIN };
            u[at] = left[at % 5];
            ck_assert_int_eq(backward(&reglu, N, u, v, dy, du, dv), ACTFN_OK);
            expect_bits("reglu du", u[at], v[at], du[at], 0);
            expect_bits("reglu dv", u[at], v[at], dv[at], 0);
            v[at] = NAN;
            ck_assert_int_eq(backward(&reglu, N, u, v, dy, du, dv), ACTFN_OK);
            expect_bits("reglu du", u[at], v[at], du[at], 0);
            expect_bits("reglu dv", u[at], v[at], dv[at], 0);
            expect_bits("its neighbour", 1, 2, du[(at + 1) % N], 6);
            expect_bits("its neighbour", 1, 2, dv[(at + 1) % N], 3);

            u[at] = k % 2 ? INFINITY : float_step(7, 1);
            v[at] = vs[k / 5];
            ck_assert_int_eq(backward(&oai, N, u, v, dy, du, dv), ACTFN_OK);
            expect_bits("swiglu_oai du", u[at], v[at], du[at], 0);
            u[at] = 3;
            v[at] = (k % 3 ? INFINITY : float_step(7, 1)) * (at % 2 ? -1.0f : 1.0f);
            ck_assert_int_eq(backward(&oai, N, u, v, dy, du, dv), ACTFN_OK);
            expect_bits("swiglu_oai dv", u[at], v[at], dv[at], 0);
        }
    /* On the limit both have their derivative still. */
    const float seven = 7, minus = -7, unit = 1;
    float a, b;
    ck_assert_int_eq(backward(&oai, 1, &seven, &minus, &unit, &a, &b), ACTFN_OK);
    expect(a < -5.9f && b > 6.9f, "%s: swiglu_oai on its limit: %g, %g", test_run, (double)a, (double)b);
}
END_TEST

/* In y where u or v is NaN; in the gradients where they depend on it, and in swiglu_oai in both. */
START_TEST(nan_in_every_lane)
{
    enum { MOST = 67 };
    static const float nans[] = { NAN, -NAN };
    float u[MOST], v[MOST], dy[MOST], y[MOST], du[MOST], dv[MOST], y0[MOST], du0[MOST], dv0[MOST];
    const struct setting *s = &settings[_i];
    const bool oai = s->op == ACTFN_SWIGLU_OAI;
    fill_tame(u, MOST, 41);
    fill_tame(v, MOST, 42);
    fill_tame(dy, MOST, 43);
    for (int n = 1; n <= MOST; n += light() ? 9 : n < 20 || n > 60 ? 1 : 5)
        for (int at = 0; at < n; at++)
            for (int k = 0; k < 4; k++) {
                ck_assert_int_eq(forward(s, (size_t)n, u, v, y0), ACTFN_OK);
                ck_assert_int_eq(backward(s, (size_t)n, u, v, dy, du0, dv0), ACTFN_OK);
                float *where = k < 2 ? &u[at] : &v[at];
                const float was = *where;
                *where = nans[k % 2];
                ck_assert_int_eq(forward(s, (size_t)n, u, v, y), ACTFN_OK);
                ck_assert_int_eq(backward(s, (size_t)n, u, v, dy, du, dv), ACTFN_OK);
                const bool du_nan = k < 2 || oai || s->op != ACTFN_REGLU || u[at] > 0, dv_nan = k < 2 || oai;
                if (!isnan(y[at]) || !isnan(du[at]) != !du_nan || !isnan(dv[at]) != !dv_nan)
                    ck_abort_msg("%s: a NaN %s at %d of %d gives %g, du %g, dv %g", text_of(s), k < 2 ? "u" : "v", at,
                                 n, (double)y[at], (double)du[at], (double)dv[at]);
                y[at] = y0[at], du[at] = du0[at], dv[at] = dv0[at];
                if (first_difference(y, y0, (size_t)n) != (size_t)n ||
                    first_difference(du, du0, (size_t)n) != (size_t)n ||
                    first_difference(dv, dv0, (size_t)n) != (size_t)n)
                    ck_abort_msg("%s: a NaN at %d of %d shows elsewhere", text_of(s), at, n);
                *where = was;
            }
    /* A NaN beyond a limit is a NaN still; a NaN dy is one wherever nothing is zero by definition. */
    const float nan = NAN, beyond = 50, inside = 0.5f;
    float a, b;
    if (oai) {
        ck_assert_int_eq(backward(s, 1, &beyond, &nan, &inside, &a, &b), ACTFN_OK);
        ck_assert(isnan(a) && isnan(b));
        ck_assert_int_eq(backward(s, 1, &nan, &beyond, &inside, &a, &b), ACTFN_OK);
        ck_assert(isnan(a) && isnan(b));
    }
    ck_assert_int_eq(backward(s, 1, &inside, &inside, &nan, &a, &b), ACTFN_OK);
    ck_assert(isnan(a) && isnan(b));
}
END_TEST

/* ---- errors ---------------------------------------------------------------------------------------------------- */

struct worst {
    double error;
    float u, v, got;
    double exact;
};

static void note(struct worst *w, float u, float v, float got, double exact, double unit)
{
    const double error = ulp_error(got, exact, unit);
    if (!(error <= w->error))
        *w = (struct worst) { error, u, v, got, exact };
}

START_TEST(error_is_within_the_bounds)
{
    enum { ROOM = 1 << 19 };
    static float u[ROOM], v[ROOM], dy[ROOM], y[ROOM], du[ROOM], dv[ROOM];
    const struct setting *s = &settings[_i];
    const struct actfn_op_info *info = actfn_op_info(s->op);
    struct floats list = { u, ROOM, 0 };
    floats_sample(&list, light() ? 1048573 : 16381, light() ? 65521 : 1499);
    ck_assert_uint_lt(list.count, list.room);
    for (size_t i = 0; i < list.count; i++) {
        const uint64_t random = scramble(i);
        v[i] = (1.0f + (float)(random & 0x7fffff) * 0x1p-23f) * (random >> 63 ? -1.0f : 1.0f);
        v[i] *= random >> 60 & 3 ? 1.0f : ldexpf(1, (int)(random >> 24 & 63) - 32);
        dy[i] = 1;
    }
    ck_assert_int_eq(forward(s, list.count, u, v, y), ACTFN_OK);
    ck_assert_int_eq(backward(s, list.count, u, v, dy, du, dv), ACTFN_OK);
    struct worst worst[3] = { { 0 } };
    for (size_t i = 0; i < list.count; i++) {
        const struct gated g = gated_at(s, u[i], v[i]);
        /* Where g is subnormal v multiplies its 2^-149. */
        const double least = fabs(g.factor) * 0x1p-149;
        note(&worst[0], u[i], v[i], y[i], g.y, least);
        note(&worst[1], u[i], v[i], du[i], g.du, fmax(least, fabs(g.du_terms) * 0x1p-24));
        note(&worst[2], u[i], v[i], dv[i], g.dv, 0);
    }
    static const char *const names[] = { "y", "du", "dv" };
    const double bounds[] = { (double)forward_bound(info->op), (double)backward_bound(info->op),
                              (double)forward_bound(info->op) };
    for (int k = 0; k < 3; k++) {
        const struct worst *w = &worst[k];
        if (getenv("ACTFN_ULP_REPORT"))
            printf("%s %s %.4f of %g at (%a, %a)\n", text_of(s), names[k], w->error, bounds[k], (double)w->u,
                   (double)w->v);
        expect(w->error <= bounds[k] + 0x1p-8, "%s: %s(%a, %a) is %a, exactly %.17g: %g ulp of %g", text_of(s),
               names[k], (double)w->u, (double)w->v, (double)w->got, w->exact, w->error, bounds[k]);
    }
}
END_TEST

/* ---- bits ------------------------------------------------------------------------------------------------------ */

enum { MANY = 1 << 16 };
static float many[9][MANY];

START_TEST(same_bits_everywhere)
{
    float *u = many[0], *v = many[1], *dy = many[2];
    const struct setting *s = &settings[_i];
    const size_t count = light() ? MANY / 16 : MANY;
    for (uint32_t i = 0; i < MANY; i++)
        u[i] = i & 1 ? from_bits(i * 65537u) : 0.0f;
    fill_tame(v, MANY / 2, 51);
    for (uint32_t i = 0; i < MANY; i += 2)
        u[i] = v[i / 2] * 2.5f;
    fill_calm(u, count / 4, 54);
    fill_inputs(v, MANY, 52);
    fill_inputs(dy, MANY, 53);
    ck_assert_int_eq(forward(s, count, u, v, many[3]), ACTFN_OK);
    ck_assert_int_eq(backward(s, count, u, v, dy, many[4], many[5]), ACTFN_OK);
    /* However it is split, and whether one gradient is asked for or both. */
    for (size_t from = 0, n; from < count; from += n) {
        n = 1 + scramble(from) % 41;
        n = n > count - from ? count - from : n;
        ck_assert_int_eq(forward(s, n, u + from, v + from, many[6] + from), ACTFN_OK);
        ck_assert_int_eq(backward(s, n, u + from, v + from, dy + from, many[7] + from, NULL), ACTFN_OK);
        ck_assert_int_eq(backward(s, n, u + from, v + from, dy + from, NULL, many[8] + from), ACTFN_OK);
    }
    for (int k = 3; k < 6; k++)
        expect(first_difference(many[k], many[k + 3], count) == count, "%s: other bits in parts", text_of(s));
    /* On the other instruction sets; generic without FMA is another matter. */
    const char *other;
    for (int i = 0; test_mode == ACTFN_REPRODUCIBLE && has_fma() && (other = actfn_isa_at(i)); i++) {
        if (!actfn_isa_available(other))
            continue;
        ck_assert_int_eq(actfn_isa_select(other), ACTFN_OK);
        ck_assert_int_eq(forward(s, count, u, v, many[6]), ACTFN_OK);
        ck_assert_int_eq(backward(s, count, u, v, dy, many[7], many[8]), ACTFN_OK);
        ck_assert_int_eq(actfn_isa_select(test_isa), ACTFN_OK);
        for (int k = 3; k < 6; k++) {
            const size_t at = first_difference(many[k], many[k + 3], count);
            expect(at == count, "%s: (%a, %a, %a): result %d is %a, with %s %a", text_of(s), (double)u[at],
                   (double)v[at], (double)dy[at], k - 3, (double)many[k][at], other, (double)many[k + 3][at]);
        }
    }
}
END_TEST

/* ---- memory ---------------------------------------------------------------------------------------------------- */

enum { LONGEST = 300 };
static float u0[LONGEST], v0[LONGEST], dy0[LONGEST], wanted[3][LONGEST];

static void fill(const struct setting *s, size_t n)
{
    (n % 2 ? fill_calm : fill_inputs)(u0, n, 61);
    fill_inputs(v0, n, 62);
    fill_inputs(dy0, n, 63);
    ck_assert_int_eq(forward(s, n, u0, v0, wanted[0]), ACTFN_OK);
    ck_assert_int_eq(backward(s, n, u0, v0, dy0, wanted[1], wanted[2]), ACTFN_OK);
}

static void expect_wanted(const struct setting *s, const char *what, size_t n, int k, const float *got)
{
    const size_t at = first_difference(got, wanted[k], n);
    expect(at == n, "%s: %s: %zu of %zu of result %d is %a, not %a", text_of(s), what, at, n, k, (double)got[at],
           (double)wanted[k][at]);
}

/* At either end of pages that fault beside it, or somewhere between. */
static float *placed(struct guarded pages, int place, size_t n, const float *from)
{
    float *p = place % 5 == 0 ? pages.end - n : pages.begin + (place * 7) % 16;
    if (from)
        memcpy(p, from, n * sizeof *p);
    else
        fill_canary(pages.begin, pages.end);
    return p;
}

START_TEST(nothing_outside_is_touched)
{
    static struct guarded pages[6];
    for (int k = 0; k < 6; k++)
        pages[k] = guarded_pages();
    const struct setting *s = &settings[_i];
    for (size_t n = 0; n <= 67; n++) {
        fill(s, n);
        for (int place = 0; place < 20; place++) {
            const float *u = placed(pages[0], place, n, u0), *v = placed(pages[1], place + place / 5, n, v0),
                        *dy = placed(pages[2], place + place / 4, n, dy0);
            float *out[3];
            for (int k = 0; k < 3; k++)
                out[k] = placed(pages[3 + k], place + k * (place / 3), n, NULL);
            ck_assert_int_eq(forward(s, n, u, v, out[0]), ACTFN_OK);
            ck_assert_int_eq(backward(s, n, u, v, dy, place % 3 == 1 ? NULL : out[1], place % 3 == 2 ? NULL : out[2]),
                             ACTFN_OK);
            for (int k = 0; k < 3; k++) {
                const bool asked = k == 0 || place % 3 != k;
                const size_t written = asked ? n : 0;
                expect_wanted(s, "placed", written, k, out[k]);
                expect(canary_intact(pages[3 + k].begin, out[k]) && canary_intact(out[k] + written, pages[3 + k].end),
                       "%s: n = %zu: wrote beside result %d", text_of(s), n, k);
            }
            expect(memcmp(u, u0, n * sizeof *u) == 0 && memcmp(v, v0, n * sizeof *v) == 0 &&
                       memcmp(dy, dy0, n * sizeof *dy) == 0,
                   "%s: n = %zu: wrote to an input", text_of(s), n);
        }
    }
}
END_TEST

/* Rows with gaps between them: the same as each row alone, and the gaps stay. */
START_TEST(strides)
{
    static float u[LONGEST], v[LONGEST], dy[LONGEST], out[3][LONGEST + 40];
    const struct setting *s = &settings[_i];
    fill_inputs(u, LONGEST, 71);
    fill_calm(u, LONGEST / 2, 74);
    fill_inputs(v, LONGEST, 72);
    fill_inputs(dy, LONGEST, 73);
    for (size_t n = 0; n <= 35; n++)
        for (size_t rows = 0; rows <= 5; rows++) {
            const size_t su = n + n % 3, sv = n + n % 2 * 4, sd = n + (n + rows) % 4,
                         so[3] = { n + rows % 3, n + n % 5, n + n % 4 };
            for (int k = 0; k < 3; k++)
                fill_canary(out[k], out[k] + LONGEST + 40);
            ck_assert_int_eq(
                actfn_gates_forward_f32(s->op, test_mode, s->params, rows, n, u, su, v, sv, out[0], so[0]), ACTFN_OK);
            ck_assert_int_eq(actfn_gates_backward_f32(s->op, test_mode, s->params, rows, n, u, su, v, sv, dy, sd,
                                                      out[1], so[1], out[2], so[2]),
                             ACTFN_OK);
            for (size_t r = 0; r < rows; r++) {
                ck_assert_int_eq(forward(s, n, u + r * su, v + r * sv, wanted[0]), ACTFN_OK);
                ck_assert_int_eq(backward(s, n, u + r * su, v + r * sv, dy + r * sd, wanted[1], wanted[2]), ACTFN_OK);
                for (int k = 0; k < 3; k++) {
                    expect_wanted(s, "a row", n, k, out[k] + r * so[k]);
                    fill_canary(out[k] + r * so[k], out[k] + r * so[k] + n);
                }
            }
            for (int k = 0; k < 3; k++)
                expect(canary_intact(out[k], out[k] + LONGEST + 40), "%s: wrote to a gap", text_of(s));
        }
}
END_TEST

/* y on u or v; du and dv on any two of u, v and dy. */
START_TEST(in_place)
{
    const struct setting *s = &settings[_i];
    static float b[3][LONGEST];
    for (size_t n = 1; n <= 67; n++) {
        fill(s, n);
        for (int k = 0; k < 2; k++) {
            memcpy(b[0], u0, n * sizeof **b);
            memcpy(b[1], v0, n * sizeof **b);
            ck_assert_int_eq(forward(s, n, b[0], b[1], b[k]), ACTFN_OK);
            expect_wanted(s, "y on an input", n, 0, b[k]);
        }
        for (int k = 0; k < 9; k++) {
            memcpy(b[0], u0, n * sizeof **b);
            memcpy(b[1], v0, n * sizeof **b);
            memcpy(b[2], dy0, n * sizeof **b);
            float *du = k / 3 == k % 3 ? NULL : b[k / 3], *dv = b[k % 3];
            ck_assert_int_eq(backward(s, n, b[0], b[1], b[2], du, dv), ACTFN_OK);
            if (du)
                expect_wanted(s, "du on an input", n, 1, du);
            expect_wanted(s, "dv on an input", n, 2, dv);
        }
    }
    /* One buffer for everything. */
    fill_inputs(b[0], 67, 64);
    memcpy(b[1], b[0], sizeof b[0]);
    ck_assert_int_eq(forward(s, 67, b[1], b[1], wanted[0]), ACTFN_OK);
    ck_assert_int_eq(forward(s, 67, b[0], b[0], b[0]), ACTFN_OK);
    expect_wanted(s, "y = u = v", 67, 0, b[0]);
}
END_TEST

/* Packed rows are strided ones, and dx may be x. */
START_TEST(packed_rows)
{
    enum { MOST = 5 * 74 };
    static float x[MOST + 8], dy[MOST], y[MOST], dx[MOST + 8], got_y[MOST], got_dx[MOST + 8];
    const struct setting *s = &settings[_i];
    for (size_t n = 0; n <= 37; n++)
        for (size_t rows = 0; rows <= 5; rows++)
            for (int layout = ACTFN_GATE_FIRST; layout <= ACTFN_GATE_LAST; layout++) {
                const size_t width = 2 * n, gate = layout == ACTFN_GATE_FIRST ? 0 : n, value = n - gate;
                fill_inputs(x, MOST + 8, n + 81);
                fill_inputs(dy, MOST, n + 82);
                for (size_t r = 0; r < rows; r++) {
                    const float *row = x + r * width;
                    ck_assert_int_eq(forward(s, n, row + gate, row + value, y + r * n), ACTFN_OK);
                    ck_assert_int_eq(backward(s, n, row + gate, row + value, dy + r * n, dx + r * width + gate,
                                              dx + r * width + value),
                                     ACTFN_OK);
                }
                fill_canary(got_y, got_y + MOST);
                fill_canary(got_dx, got_dx + MOST + 8);
                ck_assert_int_eq(actfn_gates_packed_forward_f32(s->op, test_mode, s->params,
                                                                (actfn_gate_layout)layout, rows, width, x, got_y),
                                 ACTFN_OK);
                ck_assert_int_eq(actfn_gates_packed_backward_f32(s->op, test_mode, s->params,
                                                                 (actfn_gate_layout)layout, rows, width, x, dy, got_dx),
                                 ACTFN_OK);
                expect(first_difference(got_y, y, rows * n) == rows * n &&
                           first_difference(got_dx, dx, rows * width) == rows * width,
                       "%s: %zu packed rows of %zu, layout %d", text_of(s), rows, width, layout);
                expect(canary_intact(got_y + rows * n, got_y + MOST) &&
                           canary_intact(got_dx + rows * width, got_dx + MOST + 8),
                       "%s: wrote behind the rows", text_of(s));
                ck_assert_int_eq(actfn_gates_packed_backward_f32(s->op, test_mode, s->params,
                                                                 (actfn_gate_layout)layout, rows, width, x, dy, x),
                                 ACTFN_OK);
                expect(first_difference(x, dx, rows * width) == rows * width, "%s: dx on x", text_of(s));
            }
}
END_TEST

/* ---- overlap --------------------------------------------------------------------------------------------------- */

/* Element by element: whether two sets of rows share a byte, `distance` bytes from one another. */
static bool share(size_t rows, size_t n, size_t a_stride, size_t b_stride, long distance)
{
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < rows; j++) {
            const long a = (long)(i * a_stride * 4), b = distance + (long)(j * b_stride * 4), width = (long)n * 4;
            if (a < b + width && b < a + width)
                return true;
        }
    return false;
}

/* Whether one may be written beside the other: as said in the header, without what the entry makes of it. */
static bool is_apart(size_t rows, size_t n, size_t a_stride, size_t b_stride, long distance)
{
    const long a = (long)((rows - 1) * a_stride + n) * 4, b = (long)((rows - 1) * b_stride + n) * 4;
    const bool beside = distance >= a || distance <= -b;
    return beside || (rows > 1 && a_stride == b_stride && !share(rows, n, a_stride, b_stride, distance));
}

static float *bytes_from(float *p, long distance) { return (float *)(void *)((char *)p + distance); }

START_TEST(overlaps)
{
    enum { ROOM = 200, MIDDLE = 100 };
    static float arena[ROOM], a[ROOM], b[ROOM];
    const actfn_op op = ACTFN_REGLU;
    for (size_t rows = 1; rows <= 3; rows++)
        for (size_t n = 1; n <= 3; n++)
            for (size_t so = n; so <= n + 4; so++)
                for (size_t si = n; si <= n + 4; si++)
                    for (long d = -80; d <= 80; d++) {
                        const bool same_place = d == 0 && (rows == 1 || so == si);
                        const bool apart = is_apart(rows, n, so, si, d);
                        float *out = arena + MIDDLE, *in = bytes_from(out, d);
                        const actfn_status good = same_place || apart ? ACTFN_OK : ACTFN_ERR_OVERLAP;
                        const actfn_status pair = apart ? ACTFN_OK : ACTFN_ERR_OVERLAP;
                        if (d % 4 != 0 && good == ACTFN_OK)
                            continue; /* no place for a float */
                        fill_canary(arena, arena + ROOM);
                        const actfn_status got[] = {
                            actfn_gates_forward_f32(op, test_mode, NULL, rows, n, in, si, b, n, out, so),
                            actfn_gates_forward_f32(op, test_mode, NULL, rows, n, b, n, in, si, out, so),
                            actfn_gates_backward_f32(op, test_mode, NULL, rows, n, in, si, b, n, b, n, out, so, NULL,
                                                     0),
                            actfn_gates_backward_f32(op, test_mode, NULL, rows, n, b, n, in, si, b, n, NULL, 0, out,
                                                     so),
                            actfn_gates_backward_f32(op, test_mode, NULL, rows, n, b, n, b, n, in, si, out, so, a, n),
                            actfn_gates_backward_f32(op, test_mode, NULL, rows, n, b, n, b, n, in, si, a, n, out, so),
                            actfn_gates_backward_f32(op, test_mode, NULL, rows, n, b, n, b, n, b, n, in, si, out, so),
                        };
                        for (int k = 0; k < 7; k++)
                            expect(got[k] == (k < 6 ? good : pair),
                                   "call %d: %zu rows of %zu, strides %zu, %zu, %ld bytes apart: %s", k, rows, n, so,
                                   si, d, actfn_status_string(got[k]));
                        expect(good == ACTFN_OK || canary_intact(arena, arena + ROOM), "refused, but wrote");
                    }
    /* Packed: dx is x, or apart from it. */
    for (int rows = 1; rows <= 3; rows++)
        for (int d = -30; d <= 30; d++) {
            fill_canary(arena, arena + ROOM);
            const actfn_status got = actfn_gates_packed_backward_f32(op, test_mode, NULL, ACTFN_GATE_LAST,
                                                                     (size_t)rows, 4, arena + 60, b, arena + 60 + d);
            const bool good = d == 0 || d >= 4 * rows || d <= -4 * rows;
            expect(got == (good ? ACTFN_OK : ACTFN_ERR_OVERLAP), "packed, %d rows, %d: %s", rows, d,
                   actfn_status_string(got));
        }
}
END_TEST

/* ---- bad arguments --------------------------------------------------------------------------------------------- */

enum { N = 6 };
static float bu[2 * N], bv[2 * N], bdy[2 * N], bdu[2 * N], bdv[2 * N];

struct attempt {
    int op, mode;
    const float *params;
    size_t rows, n;
    const float *u, *v, *dy;
    size_t stride;
};

/* Both entries, and with either gradient alone. */
static void expect_status(actfn_status status, const char *what, struct attempt a)
{
    const actfn_op op = (actfn_op)a.op;
    const actfn_mode mode = (actfn_mode)a.mode;
    fill_canary(bdu, bdu + 2 * N);
    fill_canary(bdv, bdv + 2 * N);
    const actfn_status got[] = {
        a.dy ? actfn_gates_forward_f32(op, mode, a.params, a.rows, a.n, a.u, a.stride, a.v, a.stride, bdu, a.stride)
             : status,
        actfn_gates_backward_f32(op, mode, a.params, a.rows, a.n, a.u, a.stride, a.v, a.stride, a.dy, a.stride, bdu,
                                 a.stride, bdv, a.stride),
        actfn_gates_backward_f32(op, mode, a.params, a.rows, a.n, a.u, a.stride, a.v, a.stride, a.dy, a.stride, bdu,
                                 a.stride, NULL, 0),
        actfn_gates_backward_f32(op, mode, a.params, a.rows, a.n, a.u, a.stride, a.v, a.stride, a.dy, a.stride, NULL, 0,
                                 bdv, a.stride),
    };
    for (int k = 0; k < 4; k++)
        expect(got[k] == status, "%s: call %d gives \"%s\"", what, k, actfn_status_string(got[k]));
    expect(status == ACTFN_OK || (canary_intact(bdu, bdu + 2 * N) && canary_intact(bdv, bdv + 2 * N)),
           "%s: refused, but wrote", what);
}

START_TEST(bad_arguments)
{
    const struct attempt good = { ACTFN_GLU, (int)test_mode, NULL, 2, 3, bu, bv, bdy, 4 };
    struct attempt a = good;
#define EXPECT(status, change)                                                                                         \
    do {                                                                                                               \
        a = good;                                                                                                      \
        change;                                                                                                        \
        expect_status(status, #change, a);                                                                             \
    } while (0)
    EXPECT(ACTFN_OK, (void)0);
    EXPECT(ACTFN_ERR_OP, a.op = -1);
    EXPECT(ACTFN_ERR_OP, a.op = actfn_op_count());
    EXPECT(ACTFN_ERR_OP, a.op = INT_MAX);
    EXPECT(ACTFN_ERR_NOT_OFFERED, a.op = ACTFN_SIGMOID);
    EXPECT(ACTFN_ERR_NOT_OFFERED, a.op = ACTFN_PRELU);
    EXPECT(ACTFN_ERR_NOT_OFFERED, a.op = ACTFN_SOFTMAX);
    EXPECT(ACTFN_ERR_MODE, a.mode = 2);
    EXPECT(ACTFN_ERR_MODE, a.mode = -1);
    EXPECT(ACTFN_OK, a.mode = ACTFN_REPRODUCIBLE);
    EXPECT(ACTFN_OK, a.mode = ACTFN_FAST);
    EXPECT(ACTFN_ERR_SHAPE, a.stride = 2);
    EXPECT(ACTFN_ERR_SHAPE, a.stride = 0);
    EXPECT(ACTFN_OK, (a.stride = 0, a.rows = 1));
    EXPECT(ACTFN_ERR_NULL, a.u = NULL);
    EXPECT(ACTFN_ERR_NULL, a.v = NULL);
    EXPECT(ACTFN_ERR_NULL, a.dy = NULL);
    EXPECT(ACTFN_OK, (a.u = a.v = a.dy = NULL, a.n = 0, a.stride = 0));
    EXPECT(ACTFN_OK, (a.u = a.v = a.dy = NULL, a.rows = 0));
    EXPECT(ACTFN_ERR_SIZE, (a.rows = SIZE_MAX, a.stride = 3));
    EXPECT(ACTFN_ERR_SIZE, (a.rows = SIZE_MAX / 4 + 2, a.stride = 4));
    EXPECT(ACTFN_ERR_SIZE, (a.stride = SIZE_MAX / 4));
    EXPECT(ACTFN_ERR_SIZE, (a.n = SIZE_MAX, a.rows = 1));
    EXPECT(ACTFN_ERR_SIZE, (a.n = SIZE_MAX / 4, a.rows = 1));
    EXPECT(ACTFN_ERR_SIZE, (a.n = SIZE_MAX, a.stride = SIZE_MAX));
    EXPECT(ACTFN_ERR_SIZE, a.u = (float *)(UINTPTR_MAX - 15));
    EXPECT(ACTFN_ERR_SIZE, a.v = (float *)(UINTPTR_MAX - 15));
    /* Nothing is asked of a gradient that is not wanted, and of both it is nothing at all. */
    ck_assert_int_eq(
        actfn_gates_backward_f32(ACTFN_GLU, test_mode, NULL, 2, 3, bu, 3, bv, 3, bdy, 3, NULL, 0, NULL, 0), ACTFN_OK);
    fill_canary(bdu, bdu + 2 * N);
    ck_assert_int_eq(actfn_gates_forward_f32(ACTFN_GLU, test_mode, NULL, 2, 3, bu, 3, bv, 3, bdu, 2), ACTFN_ERR_SHAPE);
    ck_assert_int_eq(actfn_gates_forward_f32(ACTFN_GLU, test_mode, NULL, 2, 3, bu, 3, bv, 3, NULL, 3), ACTFN_ERR_NULL);
    ck_assert_int_eq(actfn_gates_forward_f32(ACTFN_GLU, test_mode, NULL, 0, 3, bu, 3, bv, 3, bdu, 3), ACTFN_OK);
    ck_assert(canary_intact(bdu, bdu + 2 * N));

    /* Parameters, looked at also where there is nothing to do. */
    static const float nan[] = { NAN, 1 }, infinite[] = { INFINITY, 1 }, zero[] = { 1, 0 }, negative[] = { 1, -1 },
                       no_limit[] = { 1, NAN }, unlimited[] = { 1, INFINITY };
    for (size_t rows = 0; rows <= 2; rows++) {
        EXPECT(ACTFN_ERR_PARAM, (a.op = ACTFN_SWIGLU, a.params = nan, a.rows = rows));
        EXPECT(ACTFN_ERR_PARAM, (a.op = ACTFN_SWIGLU, a.params = infinite, a.rows = rows));
        EXPECT(ACTFN_ERR_PARAM, (a.op = ACTFN_SWIGLU_OAI, a.params = nan, a.rows = rows));
        EXPECT(ACTFN_ERR_PARAM, (a.op = ACTFN_SWIGLU_OAI, a.params = infinite, a.rows = rows));
        EXPECT(ACTFN_ERR_PARAM, (a.op = ACTFN_SWIGLU_OAI, a.params = zero, a.rows = rows));
        EXPECT(ACTFN_ERR_PARAM, (a.op = ACTFN_SWIGLU_OAI, a.params = negative, a.rows = rows));
        EXPECT(ACTFN_ERR_PARAM, (a.op = ACTFN_SWIGLU_OAI, a.params = no_limit, a.rows = rows));
        EXPECT(ACTFN_OK, (a.op = ACTFN_SWIGLU_OAI, a.params = unlimited, a.rows = rows));
    }
#undef EXPECT
}
END_TEST

static void expect_packed(actfn_status status, int op, int mode, const float *params, int layout, size_t rows,
                          size_t width, float *x, float *dy)
{
    fill_canary(bdu, bdu + 2 * N);
    const actfn_status one_way = actfn_gates_packed_forward_f32(
        (actfn_op)op, (actfn_mode)mode, params, (actfn_gate_layout)layout, rows, width, x, dy ? bdu : NULL);
    expect(status == ACTFN_OK || canary_intact(bdu, bdu + 2 * N), "refused, but wrote");
    const actfn_status other_way = actfn_gates_packed_backward_f32((actfn_op)op, (actfn_mode)mode, params,
                                                                   (actfn_gate_layout)layout, rows, width, x, dy, bdu);
    expect(one_way == status && other_way == status, "op %d, layout %d, %zu x %zu: \"%s\", \"%s\"", op, layout, rows,
           width, actfn_status_string(one_way), actfn_status_string(other_way));
    expect(status == ACTFN_OK || canary_intact(bdu, bdu + 2 * N), "refused, but wrote");
}

START_TEST(bad_packed_arguments)
{
    static const float nan[] = { NAN, NAN };
    expect_packed(ACTFN_OK, ACTFN_GLU, (int)test_mode, NULL, 1, 2, 4, bu, bdy);
    expect_packed(ACTFN_OK, ACTFN_GLU, 1, NULL, 2, 2, 4, bu, bdy);
    expect_packed(ACTFN_ERR_OP, -1, (int)test_mode, NULL, 1, 2, 4, bu, bdy);
    expect_packed(ACTFN_ERR_NOT_OFFERED, ACTFN_RELU, (int)test_mode, NULL, 1, 2, 4, bu, bdy);
    expect_packed(ACTFN_ERR_MODE, ACTFN_GLU, 2, NULL, 1, 2, 4, bu, bdy);
    expect_packed(ACTFN_ERR_PARAM, ACTFN_SWIGLU, (int)test_mode, nan, 1, 2, 4, bu, bdy);
    expect_packed(ACTFN_ERR_PARAM, ACTFN_SWIGLU, (int)test_mode, nan, 1, 0, 4, bu, bdy);
    const int layouts[] = { 0, 3, -1, INT_MAX };
    for (int k = 0; k < 4; k++) {
        expect_packed(ACTFN_ERR_SHAPE, ACTFN_GLU, (int)test_mode, NULL, layouts[k], 2, 4, bu, bdy);
        expect_packed(ACTFN_ERR_SHAPE, ACTFN_GLU, (int)test_mode, NULL, layouts[k], 0, 0, NULL, NULL);
    }
    expect_packed(ACTFN_ERR_SHAPE, ACTFN_GLU, (int)test_mode, NULL, 1, 2, 3, bu, bdy);
    expect_packed(ACTFN_ERR_SHAPE, ACTFN_GLU, (int)test_mode, NULL, 1, 0, 5, NULL, NULL);
    expect_packed(ACTFN_OK, ACTFN_GLU, (int)test_mode, NULL, 1, 0, 4, NULL, NULL);
    expect_packed(ACTFN_OK, ACTFN_GLU, (int)test_mode, NULL, 2, 3, 0, NULL, NULL);
    expect_packed(ACTFN_ERR_NULL, ACTFN_GLU, (int)test_mode, NULL, 2, 2, 4, NULL, bdy);
    expect_packed(ACTFN_ERR_NULL, ACTFN_GLU, (int)test_mode, NULL, 2, 2, 4, bu, NULL);
    expect_packed(ACTFN_ERR_SIZE, ACTFN_GLU, (int)test_mode, NULL, 2, SIZE_MAX / 2, 4, bu, bdy);
    expect_packed(ACTFN_ERR_SIZE, ACTFN_GLU, (int)test_mode, NULL, 1, SIZE_MAX / 4 + 1, 4, bu, bdy);
    expect_packed(ACTFN_ERR_SIZE, ACTFN_GLU, (int)test_mode, NULL, 1, 2, SIZE_MAX - 1, bu, bdy);
    expect_packed(ACTFN_ERR_SIZE, ACTFN_GLU, (int)test_mode, NULL, 1, 2, 4, (float *)(UINTPTR_MAX - 15), bdy);
    ck_assert_int_eq(actfn_gates_packed_backward_f32(ACTFN_GLU, test_mode, NULL, ACTFN_GATE_LAST, 1, 4, bu, bdy, NULL),
                     ACTFN_ERR_NULL);
}
END_TEST

/* ---- environment ------------------------------------------------------------------------------------------------ */

START_TEST(environment_is_kept)
{
    static const int modes[] = { FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO };
    enum { COUNT = 259, ODD_ERRNO = 12321 };
    const struct setting *s = &settings[_i];
    float got[3][COUNT];
    fill(s, COUNT);
    for (int mode = 0; mode < 4; mode++)
        for (int raised = 0; raised < 2; raised++) {
            fesetround(modes[mode]);
            feclearexcept(FE_ALL_EXCEPT);
            if (raised)
                feraiseexcept(FE_ALL_EXCEPT);
            const int before = fetestexcept(FE_ALL_EXCEPT);
            errno = ODD_ERRNO;
            forward(s, COUNT, u0, v0, got[0]);
            backward(s, COUNT, u0, v0, dy0, got[1], got[2]);
            const int after = fetestexcept(FE_ALL_EXCEPT), rounding = fegetround(), error = errno;
            fesetround(FE_TONEAREST);
            ck_assert_int_eq(after, before);
            ck_assert_int_eq(rounding, modes[mode]);
            ck_assert_int_eq(error, ODD_ERRNO);
            for (int k = 0; k < 3; k++)
                expect_wanted(s, "in another rounding mode", COUNT, k, got[k]);
        }
}
END_TEST

Suite *gates_suite(void)
{
    Suite *suite = suite_create("gates");
    TCase *tcase = tcase_create("gates");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, worked_values);
    tcase_add_test(tcase, golden_values);
    tcase_add_test(tcase, special_values);
    tcase_add_test(tcase, structural_zeros);
    tcase_add_loop_test(tcase, nan_in_every_lane, 0, SETTINGS_COUNT);
    tcase_add_loop_test(tcase, error_is_within_the_bounds, 0, SETTINGS_COUNT);
    tcase_add_loop_test(tcase, same_bits_everywhere, 0, SETTINGS_COUNT);
    tcase_add_loop_test(tcase, nothing_outside_is_touched, 0, SETTINGS_COUNT);
    tcase_add_loop_test(tcase, strides, 0, SETTINGS_COUNT);
    tcase_add_loop_test(tcase, in_place, 0, SETTINGS_COUNT);
    tcase_add_loop_test(tcase, packed_rows, 0, SETTINGS_COUNT);
    tcase_add_test(tcase, overlaps);
    tcase_add_test(tcase, bad_arguments);
    tcase_add_test(tcase, bad_packed_arguments);
    tcase_add_loop_test(tcase, environment_is_kept, 0, SETTINGS_COUNT);
    suite_add_tcase(suite, tcase);
    return suite;
}
