/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "support.h"
#include "suites.h"

#include "dispatch/cpu.h"
#include "floats.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

bool light(void)
{
    const char *value = getenv("ACTFN_TEST_LIGHT");
    return value && *value && strcmp(value, "0") != 0;
}

bool lightest(void) { return light() && test_mode == ACTFN_FAST; }

/* ---- subjects ------------------------------------------------------------------------------------------------ */

static const struct actfn_op_info *info(const struct subject *s) { return actfn_op_info(s->op); }

/* Asks the fast mode, which every library has.  A setting that is legal there must be legal in the accurate mode too. */
static bool is_legal(actfn_op op, const float *params)
{
    return actfn_forward_f32(op, ACTFN_FAST, params, 0, NULL, NULL) == ACTFN_OK;
}

static bool allows_from_output(actfn_op op, const float *params)
{
    return !(actfn_op_info(op)->flags & ACTFN_OP_FROM_OUTPUT) ||
           actfn_backward_from_output_f32(op, ACTFN_FAST, params, 0, NULL, NULL, NULL) == ACTFN_OK;
}

/* Finds a legal setting by trial.  `round` decides where the search begins. */
static bool search_setting(actfn_op op, int round, bool from_output, float params[ACTFN_MAX_PARAMS])
{
    static const float candidates[] = { 0.7f, -0.4f, 1.9f, 25.0f, -1.3f, 0.05f, 3.1f, -2.2f, -0.6f, 2.7f, 31.0f };
    enum { COUNT = sizeof candidates / sizeof candidates[0] };
    for (int trial = 0; trial < COUNT * COUNT * COUNT * COUNT; trial++) {
        for (int k = 0, digits = trial; k < ACTFN_MAX_PARAMS; k++, digits /= COUNT)
            params[k] = candidates[(digits + round * 4 + k) % COUNT];
        if (is_legal(op, params) && (!from_output || allows_from_output(op, params)))
            return true;
    }
    return false;
}

bool op_setting(actfn_op op, int index, float params[ACTFN_MAX_PARAMS])
{
    const int count = actfn_op_info(op)->param_count;
    memset(params, 0, ACTFN_MAX_PARAMS * sizeof *params);
    if (count == 0)
        return index == 0;
    bool has_defaults = true;
    for (int k = 0; k < count; k++)
        has_defaults = has_defaults && !(actfn_op_param(op, k)->flags & ACTFN_PARAM_REQUIRED);
    if (index == 0 && has_defaults) {
        for (int k = 0; k < count; k++)
            params[k] = actfn_op_param(op, k)->default_value;
        return true;
    }
    /* All settings except the last allow backward from y, if the operation offers it. */
    return index < SETTINGS && search_setting(op, index, index < SETTINGS - 1, params);
}

static bool is_offered(const struct subject *s)
{
    if (s->form == FROM_OUTPUT)
        return (info(s)->flags & ACTFN_OP_FROM_OUTPUT) && allows_from_output(s->op, s->params);
    return s->form != PARAM_GRADIENT || (info(s)->flags & ACTFN_OP_PARAM_GRADIENT);
}

float forward_bound(actfn_op op)
{
    const struct actfn_op_info *info = actfn_op_info(op);
    return test_mode == ACTFN_FAST ? info->ulp_forward_fast : info->ulp_forward;
}

float backward_bound(actfn_op op)
{
    const struct actfn_op_info *info = actfn_op_info(op);
    return test_mode == ACTFN_FAST ? info->ulp_backward_fast : info->ulp_backward;
}

bool is_elementwise(int op) { return actfn_op_info((actfn_op)op)->family == ACTFN_FAMILY_ELEMENTWISE; }

bool next_subject(struct subject *s)
{
    if (!is_elementwise(s->op))
        return false;
    const int settings = light() && !s->all_settings ? 1 : SETTINGS;
    s->param_count = info(s)->param_count;
    for (;;) {
        if (s->setting < 0 || s->form == PARAM_GRADIENT) {
            s->form = FORWARD;
            s->setting++;
            if (s->setting >= settings || !op_setting(s->op, s->setting, s->params))
                return false;
        } else {
            s->form = (enum form)((int)s->form + 1);
        }
        if (is_offered(s))
            return true;
    }
}

bool next_elementwise(struct subject *s)
{
    while (next_subject(s))
        if (s->form != PARAM_GRADIENT)
            return true;
    return false;
}

actfn_status compute(const struct subject *s, enum way way, size_t n, const float *in, const float *dy, float *out)
{
    const actfn_mode mode = test_mode;
    switch (s->form) {
    case FORWARD:
        if (way != KERNEL)
            return actfn_forward_f32(s->op, mode, s->params, n, in, out);
        actfn_forward_kernel_f32(s->op, mode)(s->params, n, in, out);
        return ACTFN_OK;
    case BACKWARD:
        if (way != KERNEL)
            return actfn_backward_f32(s->op, mode, s->params, n, in, dy, out);
        actfn_backward_kernel_f32(s->op, mode)(s->params, n, in, dy, out);
        return ACTFN_OK;
    case FROM_OUTPUT:
        if (way != KERNEL)
            return actfn_backward_from_output_f32(s->op, mode, s->params, n, in, dy, out);
        actfn_backward_from_output_kernel_f32(s->op, mode)(s->params, n, in, dy, out);
        return ACTFN_OK;
    default: return actfn_param_gradient_f32(s->op, mode, s->params, n, in, dy, out);
    }
}

const char *subject_text(const struct subject *s)
{
    static const char *const forms[] = { "forward", "backward", "backward_from_output", "param_gradient" };
    static char text[200];
    int at = snprintf(text, sizeof text, "%s", info(s)->name);
    for (int k = 0; k < s->param_count; k++)
        at += snprintf(text + at, sizeof text - (size_t)at, "%s%g", k ? ", " : "(", (double)s->params[k]);
    snprintf(text + at, sizeof text - (size_t)at, "%s %s", s->param_count ? ")" : "", forms[s->form]);
    return text;
}

bool is_in_range(const struct actfn_param_info *param, float value)
{
    return value >= param->minimum && value <= param->maximum && !((param->flags & ACTFN_PARAM_NONZERO) && value == 0);
}

/* ---- numbers ------------------------------------------------------------------------------------------------- */

uint64_t scramble(uint64_t i)
{
    i += UINT64_C(0x9e3779b97f4a7c15);
    i = (i ^ i >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    i = (i ^ i >> 27) * UINT64_C(0x94d049bb133111eb);
    return i ^ i >> 31;
}

/* Numbers between -8 and 8, one in eight within 2^-20.  They are exact, so that every compiler gives the same. */
static float tame(uint64_t random)
{
    const float unit = (float)(int32_t)(random & 0xffffff) * 0x1p-24f * (random >> 32 & 1 ? -1.0f : 1.0f);
    return unit * (random >> 33 & 7 ? 8.0f : 0x1p-17f);
}

void fill_tame(float *x, size_t n, uint64_t seed)
{
    for (size_t i = 0; i < n; i++)
        x[i] = tame(scramble(seed << 32 ^ i));
}

void fill_calm(float *x, size_t n, uint64_t seed)
{
    fill_tame(x, n, seed);
    for (size_t i = 0; i < n; i++)
        x[i] *= 0.125f;
}

void fill_inputs(float *x, size_t n, uint64_t seed)
{
    static const float special[] = { 0.0f,        -0.0f,     1.0f,    -1.0f,    3.0f,    -3.0f,        6.0f,
                                     INFINITY,    -INFINITY, FLT_MAX, -FLT_MAX, FLT_MIN, FLT_TRUE_MIN, -FLT_TRUE_MIN,
                                     0x1.8p-130f, 88.8f,     -88.8f,  -104.0f,  1e20f };
    enum { COUNT = sizeof special / sizeof special[0] };
    for (size_t i = 0; i < n; i++) {
        const uint64_t random = scramble(seed << 32 ^ i);
        const float any = from_bits((uint32_t)(random >> 8));
        switch (random >> 60) {
        case 0:
        case 1: x[i] = special[(random >> 8) % COUNT]; break;
        case 2:
        case 3: x[i] = isnan(any) ? 1.5f : any; break;
        default: x[i] = tame(random);
        }
    }
}

bool same(float a, float b) { return bits_of(a) == bits_of(b) || (isnan(a) && isnan(b)); }

size_t first_difference(const float *a, const float *b, size_t n)
{
    size_t i = 0;
    if (memcmp(a, b, n * sizeof *a) == 0)
        return n;
    while (i < n && same(a[i], b[i]))
        i++;
    return i;
}

uint64_t hash_floats(uint64_t hash, const float *a, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        hash = (hash ^ (isnan(a[i]) ? 0x7fc00000u : bits_of(a[i]))) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 29;
    }
    return hash;
}

bool has_fma(void)
{
#if defined(__x86_64__) || defined(__aarch64__)
    return actfn_cpu_features() & CPU_FMA;
#else
    return false;
#endif
}

/* ---- memory -------------------------------------------------------------------------------------------------- */

struct guarded guarded_pages(void)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *map = mmap(NULL, 3 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ck_assert_msg(map != MAP_FAILED, "no memory");
    ck_assert_int_eq(mprotect(map + page, page, PROT_READ | PROT_WRITE), 0);
    return (struct guarded) { (float *)(void *)(map + page), (float *)(void *)(map + 2 * page) };
}

#define CANARY 0x7fa5a5a5u

void fill_canary(float *from, const float *to)
{
    for (; from < to; from++)
        memcpy(from, &(uint32_t) { CANARY }, sizeof *from);
}

bool canary_intact(const float *from, const float *to)
{
    for (; from < to; from++)
        if (bits_of(*from) != CANARY)
            return false;
    return true;
}
