/* SPDX-License-Identifier: MIT */
/*
 * The families compute the same bits on every machine with fused multiply-add.  The suite compares a hash of each
 * operation's results, forward and backward, with family_hashes.h.  (The families' own suites compare the instruction sets
 * of one machine.)
 */
#include "expect.h"
#include "family_hashes.h"
#include "suites.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N = 3 * 5 * 137, TERMS = 2, FORWARD_AND_BACKWARD = 2 };

static float x[N], v[N], dy[N], y[N], dx[N], dv[N];

static void fill(void)
{
    fill_tame(x, N, 71);
    fill_tame(v, N, 72);
    fill_tame(dy, N, 73);
    memset(y, 0, sizeof y);
    memset(dx, 0, sizeof dx);
    memset(dv, 0, sizeof dv);
}

static actfn_mode mode;
static bool all_ok;
static void ok(actfn_status status) { all_ok = all_ok && status == ACTFN_OK; }

/* Each function fills y by forward and dx by backward; if there are two gradients, also dv. */

static void channels(actfn_op op, const float *params)
{
    static float weights[ACTFN_MAX_PARAMS][TERMS * 5], gradients[ACTFN_MAX_PARAMS][TERMS * 5];
    const float *const w[] = { weights[0], weights[1], weights[2], weights[3] };
    float *const dw[] = { gradients[0], gradients[1], gradients[2], gradients[3] };
    const int count = actfn_op_info(op)->param_count;
    const size_t terms = op == ACTFN_APL ? TERMS : 1;
    (void)params;
    for (int k = 0; k < count; k++)
        fill_tame(weights[k], TERMS * 5, 80 + (uint64_t)k);
    ok(actfn_channels_forward_f32(op, mode, 3, 5, 137, terms, w, x, y));
    ok(actfn_channels_backward_f32(op, mode, 3, 5, 137, terms, w, x, dy, dx, dw));
    for (int k = 0; k < count; k++)
        memcpy(dv + (size_t)k * TERMS * 5, gradients[k], terms * 5 * sizeof **weights);
}

static void random_ops(actfn_op op, const float *params)
{
    if (op == ACTFN_RRELU) {
        ok(actfn_rrelu_f32(mode, params, N, x, y, dv, 42, 1, 7));
        ok(actfn_rrelu_backward_f32(mode, params, N, x, dy, dx, 42, 1, 7));
    } else {
        ok(actfn_gumbel_softmax_f32(mode, params, 0, 15, 137, 1, x, y, NULL, 42, 1, 7));
        ok(actfn_gumbel_softmax_backward_f32(mode, params, 15, 137, 1, y, dy, dx));
    }
}

static void gates(actfn_op op, const float *params)
{
    ok(actfn_gates_forward_f32(op, mode, params, 1, N, x, N, v, N, y, N));
    ok(actfn_gates_backward_f32(op, mode, params, 1, N, x, N, v, N, dy, N, dx, N, dv, N));
}

static void rows(actfn_op op, const float *params)
{
    ok(actfn_rows_forward_f32(op, mode, params, 0, 3, 137, 5, x, y));
    ok(actfn_rows_backward_f32(op, mode, params, 0, 3, 137, 5, x, y, dy, dx));
}

static void losses(actfn_op op, const float *params)
{
    static int64_t classes[15];
    for (size_t i = 0; i < 15; i++)
        classes[i] = (int64_t)(scramble(i) % 137);
    for (size_t i = 0; i < N; i++)
        v[i] = (float)(scramble(i) >> 40) * 0x1p-24f;
    if (op == ACTFN_SOFTMAX_CROSS_ENTROPY) {
        ok(actfn_softmax_cross_entropy_f32(mode, params, 3, 137, 5, x, classes, -1, NULL, 1, y, dx));
        ok(actfn_softmax_cross_entropy_dense_f32(mode, 3, 137, 5, x, v, NULL, 1, y + 15, dv));
    } else
        ok(actfn_loss_f32(op, mode, params, N, x, v, NULL, 1, y, dx));
}

static void (*const runs[])(actfn_op op, const float *params) = {
    [ACTFN_FAMILY_CHANNELS] = channels, [ACTFN_FAMILY_RANDOM] = random_ops, [ACTFN_FAMILY_GATES] = gates,
    [ACTFN_FAMILY_ROWS] = rows,         [ACTFN_FAMILY_LOSSES] = losses,
};

static void hashes_of(actfn_op op, actfn_mode of, uint64_t hash[FORWARD_AND_BACKWARD])
{
    mode = of;
    fill();
    all_ok = true;
    runs[actfn_op_info(op)->family](op, NULL);
    hash[0] = hash_floats(0, y, N);
    hash[1] = hash_floats(hash_floats(0, dx, N), dv, N);
}

START_TEST(every_machine)
{
    const actfn_op op = (actfn_op)(_i / 2);
    const int of = _i % 2; /* the mode */
    const char *name = actfn_op_info(op)->name;
    uint64_t hash[FORWARD_AND_BACKWARD];
    hashes_of(op, (actfn_mode)of, hash);
    ck_assert(all_ok);
    if (!has_fma())
        return;
    for (size_t k = 0; k < sizeof family_hashes / sizeof family_hashes[0]; k++)
        if (strcmp(family_hashes[k].name, name) == 0 && family_hashes[k].mode == of) {
            expect(hash[0] == family_hashes[k].forward && hash[1] == family_hashes[k].backward,
                   "%s: %s, mode %d: %016llx %016llx: a kernel changed, or computes otherwise here", test_isa, name, of,
                   (unsigned long long)hash[0], (unsigned long long)hash[1]);
            return;
        }
    ck_abort_msg("%s is not in family_hashes.h", name);
}
END_TEST

static void write_hashes(const char *path)
{
    FILE *file = fopen(path, "w");
    if (!file)
        exit(EXIT_FAILURE);
    fputs("/* SPDX-License-Identifier: MIT */\n#include <stdint.h>\n\n/* Written by "
          "ACTFN_WRITE_FAMILY_HASHES=tests/family_hashes.h "
          "build/release/tests/actfn_tests generic */\n\nstatic const struct {\n    const char *name;\n"
          "    int mode;\n    uint64_t forward, backward;\n} family_hashes[] = {\n",
          file);
    for (int op = 0; op < actfn_op_count(); op++)
        for (int of = 0; of < 2 && !is_elementwise(op); of++) {
            uint64_t hash[FORWARD_AND_BACKWARD];
            hashes_of((actfn_op)op, (actfn_mode)of, hash);
            fprintf(file, "    { \"%s\", %d, 0x%016llx, 0x%016llx },\n", actfn_op_info((actfn_op)op)->name, of,
                    (unsigned long long)hash[0], (unsigned long long)hash[1]);
        }
    fputs("};\n", file);
    exit(fclose(file) == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
}

Suite *family_bits_suite(void)
{
    if (getenv("ACTFN_WRITE_FAMILY_HASHES"))
        write_hashes(getenv("ACTFN_WRITE_FAMILY_HASHES"));
    Suite *suite = suite_create("family_bits");
    TCase *tcase = tcase_create("family_bits");
    for (int op = 0; op < actfn_op_count(); op++)
        if (!is_elementwise(op))
            tcase_add_loop_test(tcase, every_machine, 2 * op, 2 * op + 2);
    suite_add_tcase(suite, tcase);
    return suite;
}
