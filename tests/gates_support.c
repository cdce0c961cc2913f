/* SPDX-License-Identifier: MIT */
#include "gates_support.h"
#include "suites.h"

#include <math.h>
#include <stdio.h>

const struct setting gate_settings[GATE_SETTINGS] = {
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

const char *gate_text(const struct setting *s)
{
    static char text[80];
    snprintf(text, sizeof text, "%s: %s(%g, %g)", test_run, actfn_op_info(s->op)->name, (double)s->params[0],
             (double)s->params[1]);
    return text;
}

actfn_status gate_forward(const struct setting *s, size_t n, const float *u, const float *v, float *y)
{
    return actfn_gates_forward_f32(s->op, test_mode, s->params, 1, n, u, 0, v, 0, y, 0);
}

actfn_status gate_backward(const struct setting *s, size_t n, const float *u, const float *v, const float *dy,
                           float *du, float *dv)
{
    return actfn_gates_backward_f32(s->op, test_mode, s->params, 1, n, u, 0, v, 0, dy, 0, du, 0, dv, 0);
}
