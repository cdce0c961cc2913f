/* SPDX-License-Identifier: MIT */
/*
 * The formulas of one operation on one lane, against the oracle, without building the library.
 *
 *     make try OP=gelu
 *
 * try.sh compiles this file once for each mode, with the name of the operation as TRY.  The vocabulary is the generic
 * one: it has one lane, and every other vocabulary must give its bits.
 */
#include "math/simd.h"
#include "math/formulas.h"
#ifdef ACTFN_KERNELS_FAST
#include "math/fast/cores.h"
#endif
#include "catalogue/params.h"
#include "catalogue/registry.h"
#include "dispatch/cpu.h"
#include "dispatch/scalar_math.h"

#include "floats.h"
#include "oracle.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- the operation ------------------------------------------------------------------------------------------- */

/* The functions of all operations, with one type.  Only those of TRY are called, so the others are not compiled to code. */
#define CALL(arity, formula, ...) formula(__VA_ARGS__ IF_##arity(, , params))

#define WHOLE_F(name, arity) CALL(arity, act_##name, x)
#define WHOLE_DF(name, arity) CALL(arity, act_##name##_grad, x, dy)
#ifdef ACTFN_KERNELS_FAST
#define MODE "fast"
/* Takes a core if its guard allows, as guarded_loops.h does with vectors. */
#define BEYOND(guard) ((guard).kind != NEVER && u_above(guard_key(guard, x), guard_limit(guard)))
#define BODY_CORE(name, arity, direction, core, beyond, whole)                                                         \
    const struct guard guard = { GUARD_##name##_##direction };                                                         \
    if (!(APPLIES_##name(p)))                                                                                          \
        return whole;                                                                                                  \
    return BEYOND(guard) ? beyond : core;
#else
#define MODE "accurate"
#define BODY_CORE(name, arity, direction, core, beyond, whole) return whole;
#endif
#define BODY_LIGHT(name, arity, direction, core, beyond, whole) return whole;
#define BODY_HEAVY BODY_LIGHT

#define PARAMETERS(name, arity)                                                                                        \
    IF_##arity(const float *p = params, const struct name##_params *p = params);                                       \
    (void)p, (void)params;
#define OP(name, NAME, value, arity, body, ...)                                                                        \
    static inline float name##_f(float x, const void *params)                                                          \
    {                                                                                                                  \
        PARAMETERS(name, arity)                                                                                        \
        BODY_##body(name, arity, f, CALL(arity, core_##name, x), CALL(arity, beyond_##name, x), WHOLE_F(name, arity))  \
    }                                                                                                                  \
    static inline float name##_df(float x, float dy, const void *params)                                               \
    {                                                                                                                  \
        PARAMETERS(name, arity)                                                                                        \
        BODY_##body(name, arity, df, CALL(arity, core_##name##_grad, x, dy), CALL(arity, beyond_##name##_grad, x, dy), \
                    WHOLE_DF(name, arity))                                                                             \
    }
#include "catalogue/ops.def"

#define PASTE_(a, b) a##b
#define PASTE(a, b) PASTE_(a, b)
#define TEXT_(a) #a
#define TEXT(a) TEXT_(a)

/* ---- errors -------------------------------------------------------------------------------------------------- */

/* A coarse comb over all floats and a fine comb where functions are curved, as in the suite ulp.  Further settings of the
   parameters have fewer inputs. */
enum { STRIDE = 16381, DENSE = 1021, FEWER = 8 };
enum { ROOM = UINT32_MAX / STRIDE + 2 * (21u << 23) / DENSE + 8192 + (1 + ACTFN_MAX_PARAMS) * SEAMS };
enum { FORWARD, BACKWARD, DIRECTIONS };
static const char *const directions[DIRECTIONS] = { "forward", "backward" };
/* More than the oracle's own error. */
#define SLACK 0x1p-12

struct worst {
    double error, exact;
    float x, got, params[ACTFN_MAX_PARAMS];
};

static void note(struct worst *w, float x, float got, double exact, double unit, const float *params)
{
    const double error = ulp_error(got, exact, unit);
    if (error <= w->error)
        return;
    *w = (struct worst) { .error = error, .exact = exact, .x = x, .got = got };
    memcpy(w->params, params, sizeof w->params);
}

static void add_inputs(struct floats *list, int further, int param_count, const float *params)
{
    const uint32_t step = further ? FEWER : 1;
    floats_sample(list, STRIDE * step, DENSE * step);
    floats_add_seams(list, 1, further ? 0 : 16);
    for (int k = 0; k < param_count; k++)
        if (isnormal(params[k])) {
            floats_add_seams(list, 1 / (double)params[k], further ? 0 : 2);
            floats_add_around(list, params[k], 16);
            floats_add_around(list, -params[k], 16);
        }
}

int main(void)
{
    static float room[ROOM];
#if defined(__FMA__) || defined(__ARM_FEATURE_FMA)
    actfn_choose_scalar_math(CPU_FMA); /* this file is compiled for a CPU with fused multiply-add */
#endif
    const actfn_op op = actfn_op_from_name(TEXT(TRY));
    const struct actfn_op_info *info = actfn_op_info(op);
    const struct oracle *line = oracle_find(TEXT(TRY));
    if (!line) {
        fprintf(stderr, "make try: tests/oracle.def has no line for " TEXT(TRY) "\n");
        return EXIT_FAILURE;
    }
#ifdef ACTFN_KERNELS_FAST
    const double bounds[] = { (double)info->ulp_forward_fast, (double)info->ulp_backward_fast };
#else
    const double bounds[] = { (double)info->ulp_forward, (double)info->ulp_backward };
#endif
    struct worst worst[DIRECTIONS] = { { .error = -1 }, { .error = -1 } };
    size_t count = 0;
    for (int s = 0; s < oracle_setting_count(op); s++) {
        float params[ACTFN_MAX_PARAMS];
        double exact[ACTFN_MAX_PARAMS];
        struct floats list = { room, ROOM, 0 };
        oracle_setting(op, s, params, exact);
        add_inputs(&list, s > 0, info->param_count, params);
        count += list.count;
        for (size_t i = 0; i < list.count; i++) {
            const float x = list.at[i];
            const struct oracle_value v = oracle_at(line, (double)x, exact);
            note(&worst[FORWARD], x, PASTE(TRY, _f)(x, params), v.f, 0x1p-24 * v.f_terms, params);
            note(&worst[BACKWARD], x, PASTE(TRY, _df)(x, 1.0f, params), v.df, 0x1p-24 * v.df_terms, params);
        }
    }
    int beyond = 0;
    for (int d = 0; d < DIRECTIONS; d++) {
        const struct worst *w = &worst[d];
        const int over = !(w->error <= bounds[d] + SLACK);
        printf("%-12s %-8s %8.4f ulp of %-3g at x = %a (%.9g): got %.9g, exact %.17g%s%s%s\n", MODE, directions[d],
               w->error, bounds[d], (double)w->x, (double)w->x, (double)w->got, w->exact,
               info->param_count ? ", with " : "", oracle_setting_text(op, w->params),
               over ? "  BEYOND THE BOUND" : "");
        beyond += over;
    }
    printf("%-12s %zu inputs\n", MODE, count);
    return beyond ? EXIT_FAILURE : EXIT_SUCCESS;
}
