/* SPDX-License-Identifier: MIT */
/*
 * The library is a good guest.  Whatever rounding mode, traps, flags and errno a caller has, the results have the bits of
 * the default environment, and the environment keeps its values.  This file sets and reads the environment as a register.
 * Between the two it uses no floating-point arithmetic, so that nothing can hide a change.
 */
#include "buffered_calls.h"
#include "floats.h"
#include "fp_environment.h"
#include "suites.h"

#include <errno.h>
#include <float.h>
#include <string.h>

/* ---- any call, in any environment -------------------------------------------------------------------------------- */

enum { ODD_ERRNO = 12321 };

/* Every rounding mode; traps masked or not; no flag raised, the flag that nearly every program has raised, or each flag;
 * x87 in another rounding mode, and in single precision. */
enum { ENVIRONMENTS = 24 };

static struct environment environment_at(int index)
{
    const unsigned rounding = (unsigned)(index % ROUNDINGS), other = (rounding + 1) % ROUNDINGS;
    static const uint64_t raised[] = { 0, INEXACT, FLAGS };
    const bool traps = index & 4;
    const unsigned x87 = 0x40 | other << 10 | (index & 8 ? 0x300 : 0) | (traps ? 0 : 0x3f);
    return (struct environment) { (uint64_t)rounding << ROUNDING_SHIFT | (traps ? 0 : NO_TRAPS), raised[index / 8],
                                  (uint16_t)(HAS_X87 ? x87 : 0) };
}

/* The changes that a call made to environment and errno, apart from its results. */
struct trace {
    actfn_status status;
    struct environment after;
    int error;
};

static _Alignas(64) char in_default[MAX_BUFFERS][MAX_BYTES], got[MAX_BUFFERS][MAX_BYTES];

static struct trace traced(const struct call *c, struct environment e)
{
    const struct environment own = get_environment();
    void *p[MAX_BUFFERS];
    struct trace t;
    for (int k = 0; k < MAX_BUFFERS; k++)
        p[k] = got[k];
    errno = ODD_ERRNO;
    set_environment(e);
    t.status = buffered_call_run(c, p);
    t.after = get_environment();
    t.error = errno;
    set_environment(own);
    return t;
}

static void expect_unchanged(const struct call *c, struct trace t, struct environment e)
{
    if (t.after.control != e.control || t.after.flags != e.flags || t.after.x87 != e.x87)
        ck_abort_msg("%s: control %#llx, flags %#llx, x87 %#x became %#llx, %#llx, %#x", buffered_call_text(c),
                     (unsigned long long)e.control, (unsigned long long)e.flags, (unsigned)e.x87,
                     (unsigned long long)t.after.control, (unsigned long long)t.after.flags, (unsigned)t.after.x87);
    if (t.error != ODD_ERRNO)
        ck_abort_msg("%s: errno became %d", buffered_call_text(c), t.error);
}

/* Fills the inputs, and computes in the tests' own environment. */
static void prepare(const struct call *c, bool wild)
{
    void *p[MAX_BUFFERS];
    for (int k = 0; k < c->buffers; k++) {
        p[k] = in_default[k];
        if (c->buffer[k].output) {
            memset(p[k], 0, buffer_bytes(&c->buffer[k]));
        } else {
            fill_buffer(c, k, p[k], wild ? WILD : TAME);
        }
        memcpy(got[k], p[k], buffer_bytes(&c->buffer[k]));
    }
    ck_assert_int_eq(buffered_call_run(c, p), ACTFN_OK);
}

static void expect_same_bits(const struct call *c, struct environment e)
{
    for (int k = 0; k < c->buffers; k++) {
        size_t at;
        if (c->buffer[k].output && !same_output(&c->buffer[k], got[k], in_default[k], &at))
            ck_abort_msg("%s: control %#llx: element %zu of %s differs", buffered_call_text(c),
                         (unsigned long long)e.control, at, c->buffer[k].name);
    }
}

static bool is_kernel(const struct call *c) { return strstr(call_entry(c), "_kernel_"); }

/* Special values, signalling NaN among them, and tame values, whose sums are not NaN. */
START_TEST(modes_traps_and_flags)
{
    struct call c = { 0 };
    while (next_call(_i, &c) && !is_kernel(&c))
        for (int s = 0; call_typical_shape(&c, s); s++)
            for (int wild = 0; wild < 2; wild++) {
                prepare(&c, wild);
                for (int i = 0; i < ENVIRONMENTS; i++) {
                    const struct environment e = environment_at(i);
                    const struct trace t = traced(&c, e);
                    ck_assert_int_eq(t.status, ACTFN_OK);
                    expect_unchanged(&c, t, e);
                    expect_same_bits(&c, e);
                }
            }
}
END_TEST

/*
 * A resolved kernel does not set the environment: it computes in the caller's rounding mode, and may raise flags.  It clears no
 * flag and writes no control word, and in round-to-nearest it computes the same bits as the entry.
 */
START_TEST(kernels)
{
    struct call c = { 0 };
    while (next_call(_i, &c) && is_kernel(&c))
        for (int s = 0; call_typical_shape(&c, s); s++)
            for (int i = 0; i < ENVIRONMENTS; i++) {
                struct environment e = environment_at(i);
                e.control |= NO_TRAPS;
                prepare(&c, s == 0);
                const struct trace t = traced(&c, e);
                ck_assert_msg((t.after.flags & e.flags) == e.flags, "%s: took down flags", buffered_call_text(&c));
                e.flags = t.after.flags;
                expect_unchanged(&c, t, e);
                if (i % ROUNDINGS == 0)
                    expect_same_bits(&c, e);
            }
}
END_TEST

/* Parameters are compared before any computation.  These values raise flags in a comparison. */
START_TEST(odd_parameters)
{
    static const float odd[] = { NAN, FLT_TRUE_MIN, -FLT_TRUE_MIN, INFINITY, -INFINITY, FLT_MAX, 0x1p-140f };
    struct call c = { 0 };
    while (next_call(_i, &c) && !is_kernel(&c))
        for (int k = 0; k < c.param_count; k++)
            for (size_t value = 0; value <= sizeof odd / sizeof odd[0]; value++)
                for (int s = 0; call_shape(&c, s) && s < 2; s++) {
                    struct call t = c;
                    const float p = value < sizeof odd / sizeof odd[0] ? odd[value] : from_bits(0x7f800001);
                    prepare(&t, true);
                    memcpy(got[0] + (size_t)k * sizeof p, &p, sizeof p);
                    for (int i = 0; i < ENVIRONMENTS; i++)
                        expect_unchanged(&t, traced(&t, environment_at(i)), environment_at(i));
                }
}
END_TEST

/*
 * The library does not turn flushing off.  Where no number is near a subnormal one, flushing changes nothing.  A result just
 * above the subnormal numbers may have subnormal parts.
 */
START_TEST(flushing)
{
    if (!HAS_REGISTER)
        return;
    const struct environment e = { FLUSH | NO_TRAPS, 0, environment_at(0).x87 };
    struct call c = { 0 };
    while (next_call(_i, &c) && !is_kernel(&c))
        for (int s = 0; call_typical_shape(&c, s); s++) {
            prepare(&c, true);
            expect_unchanged(&c, traced(&c, e), e);
            /* Now the results. */
            prepare(&c, false);
            expect_unchanged(&c, traced(&c, e), e);
            for (int k = 0; k < c.buffers; k++)
                for (size_t i = 0; c.buffer[k].output && i < buffer_bytes(&c.buffer[k]); i += sizeof(float)) {
                    float result, wanted;
                    memcpy(&result, got[k] + i, sizeof result);
                    memcpy(&wanted, in_default[k] + i, sizeof wanted);
                    if (!same(result, wanted) && fabsf(wanted) >= 0x1p-96f)
                        ck_abort_msg("%s: %s[%zu] is %a, flushing gives %a", buffered_call_text(&c), c.buffer[k].name,
                                     i / sizeof(float), (double)wanted, (double)result);
                }
        }
}
END_TEST

/* Questions and refused calls leave no trace either. */
START_TEST(the_other_entries)
{
    static float x[1], y[4];
    for (int i = 0; i < ENVIRONMENTS; i++) {
        const struct environment own = get_environment(), e = environment_at(i);
        errno = ODD_ERRNO;
        set_environment(e);
        actfn_forward_f32(ACTFN_OP_NONE, test_mode, NULL, 1, x, y);
        actfn_forward_f32(ACTFN_IDENTITY, test_mode, NULL, 2, y, y + 1);
        actfn_forward_kernel_f32(ACTFN_IDENTITY, test_mode);
        actfn_backward_kernel_f32(ACTFN_OP_NONE, test_mode);
        actfn_backward_from_output_kernel_f32(ACTFN_IDENTITY, test_mode);
        actfn_set_streaming_threshold(0);
        actfn_streaming_threshold();
        actfn_op_info(ACTFN_IDENTITY);
        actfn_op_param(ACTFN_ELU, 0);
        actfn_family_name(ACTFN_FAMILY_ROWS);
        actfn_isa_at(0);
        actfn_isa_select(test_isa);
        actfn_isa_select("no such");
        actfn_isa_reason(test_isa);
        actfn_isa_available(test_isa);
        actfn_isa_name();
        actfn_op_from_name("no such");
        actfn_status_string(ACTFN_ERR_ISA);
        actfn_version_string();
        actfn_sleef_version();
        const struct environment after = get_environment();
        set_environment(own);
        ck_assert_uint_eq(after.control, e.control);
        ck_assert_uint_eq(after.flags, e.flags);
        ck_assert_uint_eq(after.x87, e.x87);
        ck_assert_int_eq(errno, ODD_ERRNO);
    }
}
END_TEST

Suite *fpenv_suite(void)
{
    Suite *suite = suite_create("fpenv");
    TCase *tcase = tcase_create("fpenv");
    tcase_set_timeout(tcase, 600);
    tcase_add_loop_test(tcase, modes_traps_and_flags, 0, call_entry_count());
    tcase_add_loop_test(tcase, kernels, 0, call_entry_count());
    tcase_add_loop_test(tcase, odd_parameters, 0, call_entry_count());
    tcase_add_loop_test(tcase, flushing, 0, call_entry_count());
    tcase_add_test(tcase, the_other_entries);
    suite_add_tcase(suite, tcase);
    return suite;
}
