/* SPDX-License-Identifier: MIT */
/*
 * The table of special values of section 8, cell by cell, in both directions and both modes.  A row of each case stands
 * beside rows of the other cases, so that the suite sees if a special row changes its neighbours.
 */
#include "expect.h"
#include "floats.h"
#include "rows_oracle.h"
#include "rows_support.h"
#include "support.h"

#include <float.h>

enum special_case {
    PLAIN,
    ONE_NAN,
    NAN_AT_BOTH_ENDS,
    ALL_NAN,
    ONE_UP,
    TWO_UP,
    UP_AND_DOWN,
    NAN_AND_UP,
    NAN_AND_DOWN, /* NaN, and all others down */
    ONE_DOWN,
    ALL_DOWN,
    ONE_LEFT, /* all others down */
    SOME_DOWN,
    TWO_MAXIMA,
    ALL_EQUAL,
    ZEROS,     /* of both signs */
    FAR_BELOW, /* one element above others whose weights are 0 */
    CASES
};
enum { POSITIONS = 4, MAX_ROWS = 2 * MAX_INNER };

/* `up` is +inf.  For softmin it is -inf, because softmin sees a row upside down. */
static void make_row(int which, size_t position, float up, float *x, size_t n, uint64_t seed)
{
    static const float nans[] = { NAN, -NAN };
    const size_t p = position == 0 ? 0 : position == 1 ? n - 1 : position == 2 ? n / 2 : scramble(seed) % n;
    const size_t q = scramble(seed + 99) % n;
    const float nan = nans[seed & 1];
    fill_tame(x, n, seed);
    for (size_t i = 0; i < n; i++)
        switch (which) {
        case ALL_NAN: x[i] = nan; break;
        case NAN_AND_DOWN:
        case ALL_DOWN:
        case ONE_LEFT: x[i] = -up; break;
        case SOME_DOWN: x[i] = scramble(seed ^ i << 20) & 1 ? x[i] : -up; break;
        case ALL_EQUAL: x[i] = 1.7f; break;
        case ZEROS: x[i] = scramble(seed ^ i << 20) & 1 ? 0.0f : -0.0f; break;
        case FAR_BELOW: x[i] -= up > 0 ? 300.0f : -300.0f; break;
        default: break;
        }
    switch (which) {
    case ONE_NAN:
    case NAN_AND_UP:
    case NAN_AND_DOWN: x[p] = nan; break;
    case NAN_AT_BOTH_ENDS: x[0] = x[n - 1] = nan; break;
    case TWO_UP: x[q] = up; /* fall through */
    case ONE_UP:
    case UP_AND_DOWN: x[p] = up; break;
    case ONE_DOWN: x[p] = -up; break;
    case ONE_LEFT:
    case SOME_DOWN:
    case FAR_BELOW: x[p] = 0.3f; break;
    case TWO_MAXIMA: x[p] = x[q] = up > 0 ? 9.5f : -9.5f; break;
    default: break;
    }
    if (which == UP_AND_DOWN && n > 1)
        x[(p + 1) % n] = -up;
    if (which == NAN_AND_UP && n > 1)
        x[(p + 1) % n] = up;
}

/* ---- the class of a row in the table ------------------------------------------------------------------------------
 */

struct row_class {
    bool nan, up, all_down;
    size_t first; /* the first NaN, or the first maximum */
};

static struct row_class classify(actfn_op op, const float *x, size_t n)
{
    const float sign = op == ACTFN_SOFTMIN ? -1.0f : 1.0f;
    struct row_class c = { .all_down = true };
    for (size_t i = 0; i < n; i++) {
        const float v = sign * x[i];
        if (isnan(v) && !c.nan)
            c.first = i;
        c.nan = c.nan || isnan(v);
        if (!c.nan && v > sign * x[c.first])
            c.first = i;
        c.up = c.up || v == INFINITY;
        c.all_down = c.all_down && v == -INFINITY;
    }
    return c;
}

static struct bounded exact[MAX_LENGTH];

/* Exact results have the bound 0, and are compared as bits.  NaN stands for any NaN. */
static void expected_forward(const struct row_call *c, struct row_class class, size_t n, const float *x)
{
    const bool masked = c->flags & ACTFN_MASKED_ROWS_ZERO;
    const size_t count = reduces(c->op) ? 1 : n;
    long double value = (long double)NAN;
    if (!class.nan && !class.up && !class.all_down) {
        oracle_rows_forward(c->op, c->scale == 0 ? 1 : c->scale, n, x, exact);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (!class.nan && c->op == ACTFN_HARDMAX)
            value = i == class.first;
        else if (!class.nan && reduces(c->op))
            value = class.up ? (long double)INFINITY : -(long double)INFINITY;
        else if (!class.nan && !class.up && masked)
            value = c->op == ACTFN_LOG_SOFTMAX ? -(long double)INFINITY : 0;
        exact[i] = (struct bounded) { value, 0 };
    }
}

/* A zero by definition has the sign +. */
static bool is_expected(float got, struct bounded e)
{
    if (e.bound == 0 && (e.value == 0 || isinf(e.value)))
        return same(got, (float)e.value);
    return is_within(got, e);
}

static void check_forward(const struct row_call *c, struct shape s, int which, const float *x, const float *y)
{
    const struct row_class class = classify(c->op, x, s.n);
    const size_t count = reduces(c->op) ? 1 : s.n;
    expected_forward(c, class, s.n, x);
    for (size_t i = 0; i < count; i++) {
        const bool down = !reduces(c->op) && (c->op == ACTFN_SOFTMIN ? -x[i] : x[i]) == -INFINITY;
        if (!class.nan && !class.up && !class.all_down && down)
            exact[i].bound = 0;
        if (!is_expected(y[i], exact[i]))
            ck_abort_msg("%s, case %d: x[%zu] = %a gives %a, expected %Lg", row_text(c, s), which, i, (double)x[i],
                         (double)y[i], exact[i].value);
        if (!reduces(c->op) && c->op != ACTFN_HARDMAX && i > 0 && x[i] == x[i - 1])
            expect(same(y[i], y[i - 1]), "%s, case %d: a tie, and %a, %a", row_text(c, s), which, (double)y[i - 1],
                   (double)y[i]);
    }
    if (s.n > 1 || class.nan || !isfinite(x[0]))
        return;
    const float alone = c->op == ACTFN_LOG_SOFTMAX ? 0 : reduces(c->op) ? x[0] : 1;
    expect(c->op == ACTFN_LOG_SOFTMAX || c->op == ACTFN_MAXOUT ? same(y[0], alone) : y[0] == alone,
           "%s: a row of one, %a, gives %a", row_text(c, s), (double)x[0], (double)y[0]);
}

/* ---- tensors of special rows ------------------------------------------------------------------------------------ */

static float x[MAX_ROWS * MAX_LENGTH], y[MAX_ROWS * MAX_LENGTH], dy[MAX_ROWS * MAX_LENGTH], dx[MAX_ROWS * MAX_LENGTH];
static float row_x[MAX_LENGTH], row_y[MAX_LENGTH], row_dy[MAX_LENGTH], row_dx[MAX_LENGTH];
static int cases[MAX_ROWS];

static struct shape fill_special(actfn_op op, size_t n, size_t inner, size_t round)
{
    const struct shape s = { n > 64 && inner > 5 ? 1 : 2, n, inner };
    for (size_t r = 0; r < row_count(s); r++) {
        const size_t id = r + round * row_count(s);
        cases[r] = (int)(id % CASES);
        make_row(cases[r], id / CASES % POSITIONS, op == ACTFN_SOFTMIN ? -INFINITY : INFINITY, row_x, n, id + n);
        put_row(x, s, r, row_x);
    }
    return s;
}

static void get_output(actfn_op op, const float *from, struct shape s, size_t row, float *values)
{
    if (reduces(op))
        values[0] = from[row];
    else
        get_row(from, s, row, values);
}

static void forward_case(const struct row_call *c, size_t n, size_t inner, size_t round)
{
    const struct shape s = fill_special(c->op, n, inner, round);
    ck_assert_int_eq(rows_compute(c, s, x, NULL, NULL, y), ACTFN_OK);
    for (size_t r = 0; r < row_count(s); r++) {
        get_row(x, s, r, row_x);
        get_output(c->op, y, s, r, row_y);
        check_forward(c, s, cases[r], row_x, row_y);
    }
}

/* Calls f for every combination.  Long rows have each case in fewer places, and a light run takes some of the lengths. */
static void every_case(actfn_op op, void f(const struct row_call *, size_t, size_t, size_t))
{
    static const float scales[] = { 0, 2.5f, FLT_TRUE_MIN };
    for (size_t l = 0; l < LENGTHS; l += lightest() ? 4 : light() ? 3 : 1)
        for (size_t i = 0; i < INNERS; i += lightest() ? 2 : 1)
            for (int v = 0; v < (is_scaled(op) ? 4 : 2); v++) {
                const size_t n = row_lengths[l], inner = row_inners[i];
                const unsigned int flags = v & 1 ? ACTFN_MASKED_ROWS_ZERO : 0;
                const struct row_call c = { .op = op, .flags = flags, .scale = v < 2 ? 0 : scales[v - 1] };
                const size_t rows = (n > 64 && inner > 5 ? 1 : 2) * inner;
                const size_t wanted = n > 100 ? 2 * CASES : CASES * POSITIONS;
                if (n > 1000 && inner > 5)
                    continue;
                for (size_t round = 0; round < wanted / rows + 1; round++)
                    f(&c, n, inner, round);
            }
}

START_TEST(forward) { every_case((actfn_op)_i, forward_case); }
END_TEST

/* ---- backward ------------------------------------------------------------------------------------------------------
 */

/* dy is NaN or infinite where the weight is 0.  Not for log_softmax, whose gradients depend on every dy. */
static void fill_gradient(const struct row_call *c, struct shape s, size_t r)
{
    static const float poison[] = { NAN, INFINITY, -INFINITY };
    fill_tame(row_dy, reduces(c->op) ? 1 : s.n, r + 5);
    for (size_t i = 0; !reduces(c->op) && c->op != ACTFN_LOG_SOFTMAX && i < s.n; i++)
        if (row_y[i] == 0)
            row_dy[i] = poison[(r + i) % 3];
    if (c->op == ACTFN_HARDMAX)
        row_dy[r % s.n] = NAN;
    if (reduces(c->op))
        dy[r] = row_dy[0];
    else
        put_row(dy, s, r, row_dy);
}

static void check_backward(const struct row_call *c, struct shape s, int which)
{
    const struct row_class class = classify(c->op, row_x, s.n);
    const bool masked = c->flags & ACTFN_MASKED_ROWS_ZERO, selects = c->op == ACTFN_HARDMAX || c->op == ACTFN_MAXOUT;
    const bool by_sum = c->op == ACTFN_LOGSUMEXP || c->op == ACTFN_LOGMEANEXP;
    const float scale = c->scale == 0 ? 1 : c->scale;
    if (class.up && by_sum && !class.nan)
        return; /* the table does not say */
    const bool nan =
        c->op != ACTFN_HARDMAX && (class.nan || (!reduces(c->op) && (class.up || (class.all_down && !masked))));
    if (!nan)
        oracle_rows_backward(c->op, scale, s.n, row_x, row_y, row_dy, exact);
    for (size_t i = 0; i < s.n; i++) {
        const bool down = (c->op == ACTFN_SOFTMIN ? -row_x[i] : row_x[i]) == -INFINITY;
        struct bounded e = exact[i];
        if (nan)
            e = (struct bounded) { (long double)NAN, 0 };
        else if (!selects && down)
            e = (struct bounded) { c->op == ACTFN_LOG_SOFTMAX ? (long double)(scale * row_dy[i]) : 0, 0 };
        if (!is_expected(row_dx[i], e) && !(e.value != 0 && e.bound == 0 && row_dx[i] == (float)e.value))
            ck_abort_msg("%s, case %d: x = %a, y = %a, dy = %a at %zu: dx is %a, expected %Lg", row_text(c, s), which,
                         (double)row_x[i], (double)row_y[reduces(c->op) ? 0 : i],
                         (double)row_dy[reduces(c->op) ? 0 : i], i, (double)row_dx[i], e.value);
    }
}

static void backward_case(const struct row_call *forward_call, size_t n, size_t inner, size_t round)
{
    struct row_call c = *forward_call;
    const struct shape s = fill_special(c.op, n, inner, round);
    ck_assert_int_eq(rows_compute(&c, s, x, NULL, NULL, y), ACTFN_OK);
    for (size_t r = 0; r < row_count(s); r++) {
        get_output(c.op, y, s, r, row_y);
        fill_gradient(&c, s, r);
    }
    c.backward = true;
    ck_assert_int_eq(rows_compute(&c, s, x, y, dy, dx), ACTFN_OK);
    for (size_t r = 0; r < row_count(s); r++) {
        get_row(x, s, r, row_x);
        get_row(dx, s, r, row_dx);
        get_output(c.op, y, s, r, row_y);
        get_output(c.op, dy, s, r, row_dy);
        check_backward(&c, s, cases[r]);
    }
}

START_TEST(backward) { every_case((actfn_op)_i, backward_case); }
END_TEST

/* An element of weight 0 has gradient 0, whatever dy is.  Elements with weight keep a NaN. */
START_TEST(odd_gradients)
{
    static const float in[] = { -INFINITY, 0.5f, -1.0f, -INFINITY, 200.0f, 199.5f, -INFINITY };
    static const float odd[] = { NAN, INFINITY, -INFINITY };
    enum { N = 7 };
    float g[N], out[N], result[N];
    const struct shape s = { 1, N, 1 };
    for (int v = 0; v < 3; v++) {
        struct row_call c = { .op = ACTFN_LOGSUMEXP };
        for (int mean = 0; mean < 2; mean++, c.op = ACTFN_LOGMEANEXP) {
            c.backward = false;
            ck_assert_int_eq(rows_compute(&c, s, in, NULL, NULL, out), ACTFN_OK);
            c.backward = true;
            ck_assert_int_eq(rows_compute(&c, s, in, out, &odd[v], result), ACTFN_OK);
            for (int i = 0; i < N; i++)
                if (isinf(in[i]) || in[i] > 100)
                    expect(same(result[i], isinf(in[i]) ? 0.0f : odd[v]), "%s: %d is %a", row_text(&c, s), i,
                           (double)result[i]);
        }
        for (actfn_op op = ACTFN_SOFTMAX; op <= ACTFN_SPARSEMAX; op++) {
            c = (struct row_call) { .op = op };
            if (reduces(op) || op == ACTFN_HARDMAX || op == ACTFN_SOFTMIN)
                continue;
            ck_assert_int_eq(rows_compute(&c, s, in, NULL, NULL, out), ACTFN_OK);
            fill_tame(g, N, 3);
            g[4] = odd[v];
            c.backward = true;
            ck_assert_int_eq(rows_compute(&c, s, in, out, g, result), ACTFN_OK);
            if (isnan(odd[v]))
                expect(isnan(result[4]) && isnan(result[5]), "%s: lost a NaN", row_text(&c, s));
            expect(same(result[0], op == ACTFN_LOG_SOFTMAX ? g[0] : 0.0f), "%s: dx = %a at -inf", row_text(&c, s),
                   (double)result[0]);
        }
    }
}
END_TEST

/* If elements are equal, also zeros of different sign, maxout and hardmax choose the first; softmax gives all the same share.
 * */
START_TEST(first_of_equals)
{
    for (size_t l = 0; l < LENGTHS; l++)
        for (size_t first = 0; first < row_lengths[l]; first += row_lengths[l] / 9 + 1) {
            const size_t n = row_lengths[l];
            for (size_t i = 0; i < n; i++)
                row_x[i] = i < first ? -1.0f : (i - first) % 2 ? 0.0f : -0.0f;
            const struct shape s = { 1, n, 1 };
            struct row_call c = { .op = ACTFN_HARDMAX };
            ck_assert_int_eq(rows_compute(&c, s, row_x, NULL, NULL, row_y), ACTFN_OK);
            for (size_t i = 0; i < n; i++)
                expect(same(row_y[i], i == first), "%s: element %zu is %a, the first is %zu", row_text(&c, s), i,
                       (double)row_y[i], first);
            c = (struct row_call) { .op = ACTFN_MAXOUT };
            ck_assert_int_eq(rows_compute(&c, s, row_x, NULL, NULL, row_y), ACTFN_OK);
            expect(same(row_y[0], -0.0f), "%s: is %a, not the first", row_text(&c, s), (double)row_y[0]);
            c.backward = true;
            ck_assert_int_eq(rows_compute(&c, s, row_x, NULL, &(float) { -2.5f }, row_dx), ACTFN_OK);
            for (size_t i = 0; i < n; i++)
                expect(same(row_dx[i], i == first ? -2.5f : 0.0f), "%s: dx %zu is %a, the first is %zu",
                       row_text(&c, s), i, (double)row_dx[i], first);
        }
}
END_TEST

START_TEST(empty_rows)
{
    for (size_t inner = 1; inner < 40; inner += 19)
        for (actfn_op op = ACTFN_SOFTMAX; op <= ACTFN_MAXOUT; op++) {
            const struct row_call c = { .op = op };
            const bool gives = op == ACTFN_LOGSUMEXP || op == ACTFN_LOGMEANEXP;
            fill_canary(row_y, row_y + 200);
            ck_assert_int_eq(rows_compute(&c, (struct shape) { 3, 0, inner }, gives ? NULL : row_x, NULL, NULL, row_y),
                             ACTFN_OK);
            for (size_t i = 0; gives && i < 3 * inner; i++)
                expect(row_y[i] == -INFINITY, "%s: %zu is %a", actfn_op_info(op)->name, i, (double)row_y[i]);
            ck_assert(canary_intact(row_y + (gives ? 3 * inner : 0), row_y + 200));
        }
}
END_TEST

Suite *rows_special_suite(void)
{
    Suite *suite = suite_create("rows_special");
    TCase *tcase = tcase_create("rows_special");
    tcase_set_timeout(tcase, 240);
    for_rows(tcase, forward);
    for_rows(tcase, backward);
    tcase_add_test(tcase, odd_gradients);
    tcase_add_test(tcase, first_of_equals);
    tcase_add_test(tcase, empty_rows);
    suite_add_tcase(suite, tcase);
    return suite;
}
