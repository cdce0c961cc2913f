/* SPDX-License-Identifier: MIT */
/*
 * A guest's manners: whatever rounding mode, traps, flags and errno a caller has, results have the bits of the default
 * environment, and everything is left as it was.  The environment is set and read as a register, so that this file's
 * own arithmetic between the two, of which there is none in floating point, could not hide a change.
 */
#include "cpu.h"
#include "floats.h"
#include "suites.h"
#include "support.h"

#include <errno.h>
#include <float.h>

/* ---- the register ---------------------------------------------------------------------------------------------- */

struct environment {
    uint64_t control, flags;
};

#if defined(__x86_64__)
#include <xmmintrin.h>

enum { FLAGS = 0x3f, ROUNDINGS = 4, ROUNDING_SHIFT = 13, TRAPS = 0x1f80, FLUSH = 0x8040, HAS_REGISTER = 1 };
#define NO_TRAPS TRAPS

static void set_environment(struct environment e) { _mm_setcsr((unsigned)(e.control | e.flags)); }

static struct environment get_environment(void)
{
    const unsigned csr = _mm_getcsr();
    return (struct environment) { csr & ~(unsigned)FLAGS, csr & FLAGS };
}

#elif defined(__aarch64__)

/* Most cores have no traps: FPCR then ignores the bits that would unmask them. */
enum { FLAGS = 0x9f, ROUNDINGS = 4, ROUNDING_SHIFT = 22, TRAPS = 0, FLUSH = 1 << 24, HAS_REGISTER = 1 };
#define NO_TRAPS 0

static void set_environment(struct environment e)
{
    __asm__ volatile("msr fpcr, %0\n\tmsr fpsr, %1" : : "r"(e.control), "r"(e.flags) : "memory");
}

static struct environment get_environment(void)
{
    struct environment e;
    __asm__ volatile("mrs %0, fpcr\n\tmrs %1, fpsr" : "=r"(e.control), "=r"(e.flags) : : "memory");
    e.flags &= FLAGS;
    return e;
}

#else
enum { FLAGS = 0, ROUNDINGS = 1, ROUNDING_SHIFT = 0, TRAPS = 0, FLUSH = 0, HAS_REGISTER = 0 };
#define NO_TRAPS 0
static void set_environment(struct environment e) { (void)e; }
static struct environment get_environment(void) { return (struct environment) { 0, 0 }; }
#endif

/* ---- any call, in any environment ------------------------------------------------------------------------------ */

enum { N = 259, ODD_ERRNO = 12321 };
static float x[N], dy[N], expected[N], got[N];

/* Every rounding mode, traps masked or not, no flag raised or each of them. */
enum { ENVIRONMENTS = 16 };

static struct environment environment_at(int index)
{
    const uint64_t rounding = (uint64_t)(index % ROUNDINGS) << ROUNDING_SHIFT;
    return (struct environment) { rounding | (index & 4 ? 0 : NO_TRAPS), index & 8 ? FLAGS : 0 };
}

/* What a call did to environment and errno, apart from what it was called for. */
struct trace {
    actfn_status status;
    struct environment after;
    int error;
};

static struct trace traced(const struct subject *s, size_t n, float *out, struct environment e)
{
    const struct environment own = get_environment();
    struct trace t;
    errno = ODD_ERRNO;
    set_environment(e);
    t.status = compute(s, ENTRY, n, x, dy, out);
    t.after = get_environment();
    set_environment(own);
    t.error = errno;
    return t;
}

static void expect_unchanged(const struct subject *s, struct trace t, struct environment e)
{
    if (t.after.control != e.control || t.after.flags != e.flags)
        ck_abort_msg("%s: %s: control %#llx, flags %#llx became %#llx, %#llx", test_run, subject_text(s),
                     (unsigned long long)e.control, (unsigned long long)e.flags, (unsigned long long)t.after.control,
                     (unsigned long long)t.after.flags);
    if (t.error != ODD_ERRNO)
        ck_abort_msg("%s: %s: errno became %d", test_run, subject_text(s), t.error);
}

static size_t fill(const struct subject *s)
{
    (s->form == PARAM_GRADIENT ? fill_tame : fill_inputs)(x, N, 21);
    (s->form == PARAM_GRADIENT ? fill_tame : fill_inputs)(dy, N, 22);
    if (s->form != PARAM_GRADIENT) {
        x[7] = from_bits(0x7f800001); /* signalling */
        dy[9] = from_bits(0xff800001);
    }
    return s->form == PARAM_GRADIENT ? (size_t)s->param_count : N;
}

START_TEST(modes_traps_and_flags)
{
    for (struct subject s = { .op = (actfn_op)_i, .setting = -1 }; next_subject(&s);) {
        const size_t count = fill(&s);
        ck_assert_int_eq(compute(&s, ENTRY, N, x, dy, expected), ACTFN_OK);
        for (int i = 0; i < ENVIRONMENTS; i++) {
            const struct environment e = environment_at(i);
            const struct trace t = traced(&s, N, got, e);
            ck_assert_int_eq(t.status, ACTFN_OK);
            expect_unchanged(&s, t, e);
            const size_t at = first_difference(got, expected, count);
            if (at != count)
                ck_abort_msg("%s: %s: control %#llx: f(%a, %a) is %a, expected %a", test_run, subject_text(&s),
                             (unsigned long long)e.control, (double)x[at], (double)dy[at], (double)got[at],
                             (double)expected[at]);
        }
    }
}
END_TEST

/* Parameters are compared before anything is computed: with values that raise flags in a comparison, too. */
START_TEST(odd_parameters)
{
    static const float odd[] = { NAN, FLT_TRUE_MIN, -FLT_TRUE_MIN, INFINITY, -INFINITY, FLT_MAX, 0x1p-140f };
    for (struct subject s = { .op = (actfn_op)_i, .setting = -1 }; next_subject(&s);)
        for (int k = 0; k < s.param_count; k++)
            for (size_t v = 0; v <= sizeof odd / sizeof odd[0]; v++) {
                struct subject t = s;
                t.params[k] = v < sizeof odd / sizeof odd[0] ? odd[v] : from_bits(0x7f800001);
                for (int i = 0; i < ENVIRONMENTS; i++) {
                    expect_unchanged(&t, traced(&t, 0, got, environment_at(i)), environment_at(i));
                    expect_unchanged(&t, traced(&t, 5, got, environment_at(i)), environment_at(i));
                }
            }
}
END_TEST

/*
 * Flushing is not ours to turn off.  Where nothing comes near a subnormal it changes nothing; a result just above may
 * have been made of subnormal parts.
 */
START_TEST(flushing)
{
    if (!HAS_REGISTER)
        return;
    const struct environment e = { FLUSH | NO_TRAPS, 0 };
    for (struct subject s = { .op = (actfn_op)_i, .setting = -1 }; next_subject(&s);) {
        const size_t count = fill(&s);
        expect_unchanged(&s, traced(&s, N, got, e), e);
        /* Now what it computes. */
        fill_tame(x, N, 23);
        fill_tame(dy, N, 24);
        compute(&s, ENTRY, N, x, dy, expected);
        expect_unchanged(&s, traced(&s, N, got, e), e);
        for (size_t i = 0; i < count; i++)
            if (!same(got[i], expected[i]) && fabsf(expected[i]) >= 0x1p-96f)
                ck_abort_msg("%s: %s: f(%a, %a) is %a, flushing gives %a", test_run, subject_text(&s), (double)x[i],
                             (double)dy[i], (double)expected[i], (double)got[i]);
    }
}
END_TEST

/* Asking questions and being refused leave no trace either. */
START_TEST(the_other_entries)
{
    for (int i = 0; i < ENVIRONMENTS; i++) {
        const struct environment own = get_environment(), e = environment_at(i);
        errno = ODD_ERRNO;
        set_environment(e);
        actfn_forward_f32(ACTFN_OP_NONE, test_mode, NULL, 1, x, got);
        actfn_forward_f32(ACTFN_IDENTITY, test_mode, NULL, 2, got, got + 1);
        actfn_isa_select(test_isa);
        actfn_isa_select("no such");
        actfn_isa_reason(test_isa);
        actfn_isa_available(test_isa);
        actfn_isa_name();
        actfn_op_from_name("no such");
        actfn_status_string(ACTFN_ERR_ISA);
        actfn_version_string();
        const struct environment after = get_environment();
        set_environment(own);
        ck_assert_uint_eq(after.control, e.control);
        ck_assert_uint_eq(after.flags, e.flags);
        ck_assert_int_eq(errno, ODD_ERRNO);
    }
}
END_TEST

Suite *fpenv_suite(void)
{
    Suite *suite = suite_create("fpenv");
    TCase *tcase = tcase_create("fpenv");
    tcase_set_timeout(tcase, 120);
    for_elementwise(tcase, modes_traps_and_flags);
    for_elementwise(tcase, odd_parameters);
    for_elementwise(tcase, flushing);
    tcase_add_test(tcase, the_other_entries);
    suite_add_tcase(suite, tcase);
    return suite;
}
