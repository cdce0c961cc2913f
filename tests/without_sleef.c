/* SPDX-License-Identifier: MIT */
/* A user's program, linked with an installed library without SLEEF: checks the answers of that library. */
#include <actfn.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

static int failures;

static void check(int condition, const char *what)
{
    if (!condition) {
        printf("FAILED: %s\n", what);
        failures++;
    }
}

/* A call of each family. */
static void families(actfn_mode mode, actfn_status wanted)
{
    const float x[] = { -1.5f, 0.25f, 2 }, one[] = { 1, 1, 1 }, a[] = { 0.25f }, *weights[] = { a };
    const int64_t classes[] = { 2 };
    float y[3] = { 7, 7, 7 }, dx[3];
    check(actfn_forward_f32(ACTFN_TANH, mode, NULL, 3, x, y) == wanted, "elementwise");
    check(wanted == ACTFN_OK ? fabs(y[0] - tanh(-1.5)) < 1e-6 : y[0] == 7, "tanh");
    check(actfn_backward_f32(ACTFN_POW, mode, (const float[]) { 1, 2.5f }, 3, x, one, dx) == wanted,
          "elementwise: pow");
    check(actfn_channels_forward_f32(ACTFN_PRELU, mode, 1, 1, 3, 1, weights, x, y) == wanted, "channels");
    check(actfn_rrelu_f32(mode, (const float[]) { 0.25f, 0.5f }, 3, x, y, NULL, 1, 2, 3) == wanted, "random: rrelu");
    check(actfn_gumbel_softmax_f32(mode, NULL, 0, 1, 3, 1, x, y, NULL, 1, 2, 3) == wanted, "random: gumbel_softmax");
    check(actfn_gates_forward_f32(ACTFN_SWIGLU, mode, NULL, 1, 3, x, 3, x, 3, y, 3) == wanted, "gates");
    /* A scale that the fast loops do not accept. */
    check(actfn_rows_forward_f32(ACTFN_LOG_SOFTMAX, mode, (const float[]) { 0x1p50f }, 0, 1, 3, 1, x, y) == wanted,
          "rows");
    check(wanted != ACTFN_OK || y[2] == 0, "rows: log_softmax");
    check(actfn_rows_forward_f32(ACTFN_SOFTMAX, mode, NULL, 0, 1, 3, 1, x, y) == wanted, "rows");
    check(wanted != ACTFN_OK || fabs(y[0] + y[1] + y[2] - 1) < 1e-6, "rows: softmax");
    check(actfn_loss_f32(ACTFN_SIGMOID_BCE, mode, NULL, 3, x, one, NULL, 1, y, dx) == wanted, "losses");
    check(actfn_softmax_cross_entropy_f32(mode, NULL, 1, 3, 1, x, classes, -100, NULL, 1, y, dx) == wanted,
          "losses: cross entropy");
}

int main(void)
{
    const float x[] = { 1 };
    float y[1];
    uint32_t words[4];
    check(strcmp(actfn_sleef_version(), "none") == 0, "the version of SLEEF");
    for (int i = 0; actfn_isa_at(i); i++) {
        if (actfn_isa_select(actfn_isa_at(i)) != ACTFN_OK)
            continue;
        families(ACTFN_FAST, ACTFN_OK);
        families(ACTFN_ACCURATE, ACTFN_ERR_MODE);
        for (int op = 0; op < actfn_op_count(); op++)
            check(!actfn_forward_kernel_f32((actfn_op)op, ACTFN_ACCURATE) &&
                      !actfn_backward_kernel_f32((actfn_op)op, ACTFN_ACCURATE) &&
                      !actfn_backward_from_output_kernel_f32((actfn_op)op, ACTFN_ACCURATE),
                  "a kernel of the accurate mode");
        check(actfn_forward_kernel_f32(ACTFN_GELU, ACTFN_FAST) != NULL, "a kernel of the fast mode");
        check(actfn_gelu_f32(1, x, y) == ACTFN_OK && fabs(y[0] - 0.84134475) < 1e-6, "gelu by name");
        check(actfn_random_u32(4, words, 1, 0, 0) == ACTFN_OK && words[0] != words[1], "raw draws");
        printf("%s\n", actfn_isa_name());
    }
    return failures != 0;
}
