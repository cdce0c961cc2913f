/* SPDX-License-Identifier: MIT */
/*
 * The gates family by value: worked, golden and special values, zeros by definition, NaN, errors.  suite_gates_rows.c checks
 * rows and packed rows.  The suites of calls check memory, bits, bad input and environment, as for every entry.
 */
#include "expect.h"
#include "floats.h"
#include "gates_support.h"
#include "oracle.h"
#include "suites.h"
#include "support.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- expected results ------------------------------------------------------------------------------------------ */

/* Expected results for dy = 1.  If terms cancel, du is measured against `du_terms`.  `factor` is the factor of g. */
struct gated {
    double y, du, dv, du_terms, factor;
    bool du_zero, dv_zero; /* the gradient is 0 by definition */
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

/* ---- values ---------------------------------------------------------------------------------------------------- */

/* As near as the bound and the printed digits allow. */
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

/* The golden vectors of the activations, f and f' at -2, -0.5 and 1.5.  v = -2 and dy = 4 scale them exactly. */
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
        ck_assert_int_eq(gate_forward(&s, 3, u, v, y), ACTFN_OK);
        ck_assert_int_eq(gate_backward(&s, 3, u, v, dy, du, dv), ACTFN_OK);
        for (int i = 0; i < 3; i++) {
            expect_near(s.op, "y", y[i], -2 * golden[k].f[i], forward_bound(s.op));
            expect_near(s.op, "dv", dv[i], 4 * golden[k].f[i], forward_bound(s.op));
            expect_near(s.op, "du", du[i], -8 * golden[k].df[i], backward_bound(s.op));
        }
    }
}
END_TEST

/* Bit for bit; any NaN equals any NaN. */
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
    /* Beyond the limit u and v count as the limit. */
    ck_assert(same(one(ACTFN_SWIGLU_OAI, NULL, INFINITY, INFINITY), one(ACTFN_SWIGLU_OAI, NULL, 7, 7)));
    ck_assert(same(one(ACTFN_SWIGLU_OAI, NULL, 100, -INFINITY), one(ACTFN_SWIGLU_OAI, NULL, 7, -7)));
    const float unlimited[2] = { 1.702f, INFINITY };
    expect_bits("swiglu_oai(inf)", INFINITY, 1, one(ACTFN_SWIGLU_OAI, unlimited, INFINITY, 1), INFINITY);
    expect_bits("swiglu_oai(inf)", 1, -INFINITY, one(ACTFN_SWIGLU_OAI, unlimited, 1, -INFINITY), -INFINITY);
}
END_TEST

/* Each case in every lane, because each lane has a selection of its own. */
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
            ck_assert_int_eq(gate_backward(&reglu, N, u, v, dy, du, dv), ACTFN_OK);
            expect_bits("reglu du", u[at], v[at], du[at], 0);
            expect_bits("reglu dv", u[at], v[at], dv[at], 0);
            v[at] = NAN;
            ck_assert_int_eq(gate_backward(&reglu, N, u, v, dy, du, dv), ACTFN_OK);
            expect_bits("reglu du", u[at], v[at], du[at], 0);
            expect_bits("reglu dv", u[at], v[at], dv[at], 0);
            expect_bits("its neighbour", 1, 2, du[(at + 1) % N], 6);
            expect_bits("its neighbour", 1, 2, dv[(at + 1) % N], 3);

            u[at] = k % 2 ? INFINITY : float_step(7, 1);
            v[at] = vs[k / 5];
            ck_assert_int_eq(gate_backward(&oai, N, u, v, dy, du, dv), ACTFN_OK);
            expect_bits("swiglu_oai du", u[at], v[at], du[at], 0);
            u[at] = 3;
            v[at] = (k % 3 ? INFINITY : float_step(7, 1)) * (at % 2 ? -1.0f : 1.0f);
            ck_assert_int_eq(gate_backward(&oai, N, u, v, dy, du, dv), ACTFN_OK);
            expect_bits("swiglu_oai dv", u[at], v[at], dv[at], 0);
        }
    /* At the limit both still have their derivative. */
    const float seven = 7, minus = -7, unit = 1;
    float a, b;
    ck_assert_int_eq(gate_backward(&oai, 1, &seven, &minus, &unit, &a, &b), ACTFN_OK);
    expect(a < -5.9f && b > 6.9f, "%s: swiglu_oai on its limit: %g, %g", test_run, (double)a, (double)b);
}
END_TEST

/* NaN in y if u or v is NaN; in a gradient if it depends on that value, and in both gradients of swiglu_oai. */
START_TEST(nan_in_every_lane)
{
    enum { MOST = 67 };
    static const float nans[] = { NAN, -NAN };
    float u[MOST], v[MOST], dy[MOST], y[MOST], du[MOST], dv[MOST], y0[MOST], du0[MOST], dv0[MOST];
    const struct setting *s = &gate_settings[_i];
    const bool oai = s->op == ACTFN_SWIGLU_OAI;
    fill_tame(u, MOST, 41);
    fill_tame(v, MOST, 42);
    fill_tame(dy, MOST, 43);
    for (int n = 1; n <= MOST; n += light() ? 9 : n < 20 || n > 60 ? 1 : 5)
        for (int at = 0; at < n; at++)
            for (int k = 0; k < 4; k++) {
                ck_assert_int_eq(gate_forward(s, (size_t)n, u, v, y0), ACTFN_OK);
                ck_assert_int_eq(gate_backward(s, (size_t)n, u, v, dy, du0, dv0), ACTFN_OK);
                float *where = k < 2 ? &u[at] : &v[at];
                const float was = *where;
                *where = nans[k % 2];
                ck_assert_int_eq(gate_forward(s, (size_t)n, u, v, y), ACTFN_OK);
                ck_assert_int_eq(gate_backward(s, (size_t)n, u, v, dy, du, dv), ACTFN_OK);
                const bool du_nan = k < 2 || oai || s->op != ACTFN_REGLU || u[at] > 0, dv_nan = k < 2 || oai;
                if (!isnan(y[at]) || !isnan(du[at]) != !du_nan || !isnan(dv[at]) != !dv_nan)
                    ck_abort_msg("%s: a NaN %s at %d of %d gives %g, du %g, dv %g", gate_text(s), k < 2 ? "u" : "v", at,
                                 n, (double)y[at], (double)du[at], (double)dv[at]);
                y[at] = y0[at], du[at] = du0[at], dv[at] = dv0[at];
                if (first_difference(y, y0, (size_t)n) != (size_t)n ||
                    first_difference(du, du0, (size_t)n) != (size_t)n ||
                    first_difference(dv, dv0, (size_t)n) != (size_t)n)
                    ck_abort_msg("%s: a NaN at %d of %d shows elsewhere", gate_text(s), at, n);
                *where = was;
            }
    /* A NaN beside a value beyond a limit gives NaN; so does a NaN dy, unless the gradient is 0 by definition. */
    const float nan = NAN, beyond = 50, inside = 0.5f;
    float a, b;
    if (oai) {
        ck_assert_int_eq(gate_backward(s, 1, &beyond, &nan, &inside, &a, &b), ACTFN_OK);
        ck_assert(isnan(a) && isnan(b));
        ck_assert_int_eq(gate_backward(s, 1, &nan, &beyond, &inside, &a, &b), ACTFN_OK);
        ck_assert(isnan(a) && isnan(b));
    }
    ck_assert_int_eq(gate_backward(s, 1, &inside, &inside, &nan, &a, &b), ACTFN_OK);
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
    const struct setting *s = &gate_settings[_i];
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
    ck_assert_int_eq(gate_forward(s, list.count, u, v, y), ACTFN_OK);
    ck_assert_int_eq(gate_backward(s, list.count, u, v, dy, du, dv), ACTFN_OK);
    struct worst worst[3] = { { 0 } };
    for (size_t i = 0; i < list.count; i++) {
        const struct gated g = gated_at(s, u[i], v[i]);
        /* If g is subnormal, v multiplies its error of 2^-149. */
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
            printf("%s %s %.4f of %g at (%a, %a)\n", gate_text(s), names[k], w->error, bounds[k], (double)w->u,
                   (double)w->v);
        expect(w->error <= bounds[k] + 0x1p-8, "%s: %s(%a, %a) is %a, exactly %.17g: %g ulp of %g", gate_text(s),
               names[k], (double)w->u, (double)w->v, (double)w->got, w->exact, w->error, bounds[k]);
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
    tcase_add_loop_test(tcase, nan_in_every_lane, 0, GATE_SETTINGS);
    tcase_add_loop_test(tcase, error_is_within_the_bounds, 0, GATE_SETTINGS);
    suite_add_tcase(suite, tcase);
    return suite;
}
