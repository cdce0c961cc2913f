/* SPDX-License-Identifier: MIT */
/*
 * A program that was compiled with the header of an earlier release and runs with today's library.  The program makes one
 * call of each family and compares the result with the mathematics, and reads the fields of the catalogue's structs that the
 * earlier header knows.
 */
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

static void near(actfn_status status, double got, double wanted, const char *what)
{
    check(status == ACTFN_OK && fabs(got - wanted) <= 1e-6 * fabs(wanted), what);
}

static void catalogue(void)
{
    check(actfn_version() >= ACTFN_VERSION_MAJOR * 10000 + ACTFN_VERSION_MINOR * 100 + ACTFN_VERSION_PATCH,
          "the library is older than the header");
    check(actfn_op_count() > ACTFN_SIGMOID_MSE, "an operation is missing");
    const struct actfn_op_info *info = actfn_op_info(ACTFN_SOFTPLUS);
    check(info && info->op == ACTFN_SOFTPLUS && strcmp(info->name, "softplus") == 0,
          "an operation's struct, its start");
    check(info && info->param_count == 2 && info->flags & ACTFN_OP_FROM_OUTPUT && info->ulp_forward_fast >= 1 &&
              info->family == ACTFN_FAMILY_ELEMENTWISE && info->ulp_backward_fast >= 1,
          "an operation's struct, its end");
    const struct actfn_param_info *param = actfn_op_param(ACTFN_SOFTPLUS, 1);
    check(param && strcmp(param->name, "threshold") == 0 && param->default_value == 20 && param->maximum == INFINITY &&
              !(param->flags & ACTFN_PARAM_REQUIRED),
          "a parameter's struct");
    check(actfn_op_from_name("gelu") == ACTFN_GELU, "gelu's number");
    check(strcmp(actfn_family_name(ACTFN_FAMILY_LOSSES), "losses") == 0, "a family's number");
    check(actfn_relu_f32(1, NULL, NULL) == ACTFN_ERR_NULL && strlen(actfn_status_string(ACTFN_ERR_NULL)) > 0,
          "a status's number");
    check(actfn_isa_available("generic") == 1 && actfn_isa_name() != NULL, "the instruction sets");
}

static void families(actfn_mode mode)
{
    const float x[] = { -1.5f, 0.25f, 2 }, one[] = { 1, 1, 1 };
    float y[3], dx[3];
    actfn_status status;

    status = actfn_forward_f32(ACTFN_TANH, mode, NULL, 3, x, y);
    near(status, y[0], tanh(-1.5), "elementwise: tanh");
    const float alpha[] = { 0.5f };
    status = actfn_backward_f32(ACTFN_ELU, mode, alpha, 3, x, one, dx);
    near(status, dx[0], 0.5 * exp(-1.5), "elementwise: elu's gradient");
    actfn_forward_fn kernel = actfn_forward_kernel_f32(ACTFN_RELU, mode);
    check(kernel != NULL, "elementwise: a kernel");
    if (kernel)
        kernel(NULL, 3, x, y);
    near(ACTFN_OK, y[2], 2, "elementwise: relu's kernel");

    const float a[] = { 0.25f }, *weights[] = { a };
    status = actfn_channels_forward_f32(ACTFN_PRELU, mode, 1, 1, 3, 1, weights, x, y);
    near(status, y[0], -0.375, "channels: prelu");

    const float slope[] = { 0.5f, 0.5f };
    status = actfn_rrelu_f32(mode, slope, 3, x, y, NULL, 1, 2, 3);
    near(status, y[0], -0.75, "random: rrelu");

    status = actfn_gates_packed_forward_f32(ACTFN_REGLU, mode, NULL, ACTFN_GATE_LAST, 1, 2, x + 1, y);
    near(status, y[0], 0.5, "gates: reglu");

    const double sum = exp(-1.5) + exp(0.25) + exp(2.0);
    status = actfn_rows_forward_f32(ACTFN_SOFTMAX, mode, NULL, ACTFN_MASKED_ROWS_ZERO, 1, 3, 1, x, y);
    near(status, y[1], exp(0.25) / sum, "rows: softmax");

    const int64_t classes[] = { 2 };
    status = actfn_softmax_cross_entropy_f32(mode, NULL, 1, 3, 1, x, classes, -100, NULL, 1, y, dx);
    near(status, y[0], log(sum) - 2, "losses: cross entropy");
    near(status, dx[0], exp(-1.5) / sum, "losses: cross entropy's gradient");
}

int main(void)
{
    catalogue();
    families(ACTFN_REPRODUCIBLE);
    families(ACTFN_FAST);
    float y;
    const float x = 0.5f;
    const actfn_status status = actfn_softplus_f32(1, &x, &y, 1, 20);
    near(status, y, log1p(exp(0.5)), "by name: softplus");
    printf("header %d.%d.%d, library %s: %s\n", ACTFN_VERSION_MAJOR, ACTFN_VERSION_MINOR, ACTFN_VERSION_PATCH,
           actfn_version_string(), failures ? "FAILED" : "as promised");
    return failures != 0;
}
