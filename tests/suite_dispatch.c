/* SPDX-License-Identifier: MIT */
/* The choice of the instruction set: decoding of invented CPUs, the environment variable, and the selection. */
#define _GNU_SOURCE /* setenv, readlink */
#include "dispatch/cpu.h"
#include "suites.h"
#include "support.h"
#if defined(__x86_64__)
#include "x86/cpu_x86.h"
#include <xmmintrin.h>
#endif

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- invented CPUs --------------------------------------------------------------------------------------------- */

#if defined(__x86_64__)
/* clang-format off */
enum { FMA = 1 << 12, OSXSAVE = 1 << 27, AVX = 1 << 28, F16C = 1 << 29 };                      /* leaf 1, ECX */
enum { AVX2 = 1 << 5, AVX512F = 1 << 16, AVX512DQ = 1 << 17, AVX512BW = 1 << 30 };             /* leaf 7, EBX */
/* clang-format on */
#define AVX512VL (1u << 31)
#define LEAF1 ((uint32_t)(FMA | OSXSAVE | AVX | F16C))
#define LEAF7 ((uint32_t)(AVX2 | AVX512F | AVX512DQ | AVX512BW) | AVX512VL)

/* A machine, and the instruction sets that run there.  `lacks` is the reason against the best set that does not run, or NULL.
 * */
static const struct {
    const char *machine;
    struct x86_registers registers;
    bool avx2, avx512;
    const char *lacks;
} machines[] = {
    { "all features", { 7, LEAF1, LEAF7, 0xe7 }, 1, 1, NULL },
    { "all bits set", { UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT64_MAX }, 1, 1, NULL },
    { "nothing", { 0, 0, 0, 0 }, 0, 0, "no AVX" },
    { "no OSXSAVE", { 7, LEAF1 & ~(uint32_t)OSXSAVE, LEAF7, 0xe7 }, 0, 0, "does not save YMM" },
    { "no AVX", { 7, LEAF1 & ~(uint32_t)AVX, LEAF7, 0xe7 }, 0, 0, "no AVX" },
    { "only x87 saved", { 7, LEAF1, LEAF7, 0x1 }, 0, 0, "does not save YMM" },
    { "only XMM saved", { 7, LEAF1, LEAF7, 0x3 }, 0, 0, "does not save YMM" },
    { "YMM saved without XMM", { 7, LEAF1, LEAF7, 0x5 }, 0, 0, "does not save YMM" },
    { "only YMM saved", { 7, LEAF1, LEAF7, 0x7 }, 1, 0, "does not save ZMM" },
    { "masks saved, ZMM not", { 7, LEAF1, LEAF7, 0x27 }, 1, 0, "does not save ZMM" },
    { "upper halves not saved", { 7, LEAF1, LEAF7, 0xa7 }, 1, 0, "does not save ZMM" },
    { "ZMM16 to ZMM31 not saved", { 7, LEAF1, LEAF7, 0x67 }, 1, 0, "does not save ZMM" },
    { "masks not saved", { 7, LEAF1, LEAF7, 0xc7 }, 1, 0, "does not save ZMM" },
    { "ZMM saved, YMM not", { 7, LEAF1, LEAF7, 0xe3 }, 0, 0, "does not save YMM" },
    { "no leaf 7", { 6, LEAF1, LEAF7, 0xe7 }, 0, 0, "lacks AVX2" },
    { "no leaf 1", { 0, LEAF1, LEAF7, 0xe7 }, 0, 0, "no AVX" },
    { "no AVX2", { 7, LEAF1, LEAF7 & ~(uint32_t)AVX2, 0xe7 }, 0, 0, "lacks AVX2" },
    { "no FMA", { 7, LEAF1 & ~(uint32_t)FMA, LEAF7, 0xe7 }, 0, 0, "lacks FMA" },
    { "no F16C", { 7, LEAF1 & ~(uint32_t)F16C, LEAF7, 0xe7 }, 0, 0, "lacks F16C" },
    { "no AVX-512F", { 7, LEAF1, LEAF7 & ~(uint32_t)AVX512F, 0xe7 }, 1, 0, "lacks AVX-512F" },
    { "no AVX-512DQ", { 7, LEAF1, LEAF7 & ~(uint32_t)AVX512DQ, 0xe7 }, 1, 0, "lacks AVX-512DQ" },
    { "no AVX-512BW", { 7, LEAF1, LEAF7 & ~(uint32_t)AVX512BW, 0xe7 }, 1, 0, "lacks AVX-512BW" },
    { "no AVX-512VL", { 7, LEAF1, LEAF7 & ~AVX512VL, 0xe7 }, 1, 0, "lacks AVX-512VL" },
    { "AVX-512F alone", { 13, LEAF1, AVX2 | AVX512F, 0xe7 }, 1, 0, "lacks AVX-512DQ" },
    { "Haswell", { 13, LEAF1, AVX2, 0x7 }, 1, 0, "lacks AVX-512F" },
    { "Sandy Bridge", { 13, OSXSAVE | AVX, 0, 0x7 }, 0, 0, "lacks AVX2" },
};

START_TEST(invented_cpus)
{
    const uint32_t has = actfn_x86_decode(&machines[_i].registers);
    const char *machine = machines[_i].machine, *avx2 = actfn_cpu_lacks(has, CPU_AVX2_GROUP),
               *avx512 = actfn_cpu_lacks(has, CPU_AVX512_GROUP), *reason = avx2 ? avx2 : avx512;
    const bool all_avx2 = (has & CPU_AVX2_GROUP) == CPU_AVX2_GROUP,
               all_avx512 = (has & CPU_AVX512_GROUP) == CPU_AVX512_GROUP;
    ck_assert_msg(all_avx2 == machines[_i].avx2 && (avx2 == NULL) == all_avx2, "%s: AVX2", machine);
    ck_assert_msg(all_avx512 == machines[_i].avx512 && (avx512 == NULL) == all_avx512, "%s: AVX-512", machine);
    ck_assert_ptr_null(actfn_cpu_lacks(has, 0));
    ck_assert_ptr_null(actfn_cpu_lacks(has, has));
    if (machines[_i].lacks)
        ck_assert_msg(reason && strstr(reason, machines[_i].lacks), "%s: \"%s\"", machine, reason ? reason : "");
    else
        ck_assert_ptr_null(reason);
}
END_TEST
#endif

/* Each missing bit gives a reason, also a bit that no feature uses yet, alone and beside others. */
START_TEST(every_bit_counts)
{
    for (int bit = 0; bit < 32; bit++) {
        const uint32_t one = 1u << bit;
        static const uint32_t others[] = { 0, 1, CPU_AVX512_GROUP, CPU_FMA | CPU_NEON, UINT32_MAX };
        for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
            ck_assert_msg(actfn_cpu_lacks(others[i] & ~one, one), "bit %d is missing and does not count", bit);
            ck_assert_msg(actfn_cpu_lacks(others[i] & ~one, one | others[i]), "bit %d does not count beside %#x", bit,
                          (unsigned)others[i]);
            ck_assert_ptr_null(actfn_cpu_lacks(others[i] | one, one));
            ck_assert_ptr_null(actfn_cpu_lacks(others[i] | one, others[i]));
        }
    }
}
END_TEST

/* ---- the environment variable ---------------------------------------------------------------------------------- */

enum { ISAS = 8 };
static const char *names[ISAS];
static int available[ISAS], isa_count;

static void list_isas(void)
{
    const char *name;
    for (isa_count = 0; (name = actfn_isa_at(isa_count)); isa_count++) {
        ck_assert_int_lt(isa_count, ISAS);
        names[isa_count] = name;
        available[isa_count] = actfn_isa_available(name);
    }
    ck_assert_int_gt(isa_count, 0);
    ck_assert_msg(available[isa_count - 1], "%s, the last, runs nowhere", names[isa_count - 1]);
}

/* The best available instruction set from index `from` on. */
static const char *best(int from)
{
    while (!available[from])
        from++;
    return names[from];
}

/* The instruction set to which a value caps the choice. */
static const char *capped(const char *value)
{
    for (int i = 0; i < isa_count; i++)
        if (strcmp(names[i], value) == 0)
            return best(i);
    return best(0);
}

static const char *const values[] = { "avx512",   "avx2", "neon",  "generic",     "",
                                      "nonsense", "AVX2", "avx2 ", "generic,avx2" };
enum { VALUES = sizeof values / sizeof values[0] };

START_TEST(environment_caps)
{
    list_isas();
    for (int i = 0; i < VALUES; i++) {
        setenv("ACTFN_ISA", values[i], 1);
        ck_assert_int_eq(actfn_isa_select(NULL), ACTFN_OK);
        ck_assert_msg(strcmp(actfn_isa_name(), capped(values[i])) == 0, "ACTFN_ISA=%s: %s", values[i],
                      actfn_isa_name());
        for (int k = 0; k < isa_count; k++) {
            ck_assert_int_eq(actfn_isa_available(names[k]), available[k]);
            const char *reason = actfn_isa_reason(names[k]);
            ck_assert_ptr_nonnull(reason);
            ck_assert_int_eq(strcmp(reason, "in use") == 0, strcmp(names[k], actfn_isa_name()) == 0);
        }
        /* A selection is stronger than the variable. */
        for (int k = 0; k < isa_count; k++) {
            ck_assert_int_eq(actfn_isa_select(names[k]), available[k] ? ACTFN_OK : ACTFN_ERR_ISA);
            if (available[k])
                ck_assert_str_eq(actfn_isa_name(), names[k]);
        }
    }
    unsetenv("ACTFN_ISA");
    ck_assert_int_eq(actfn_isa_select(NULL), ACTFN_OK);
    ck_assert_str_eq(actfn_isa_name(), best(0));
}
END_TEST

/*
 * The same at first use, which needs a new process: this program again, whose constructor answers below, before main.  The
 * answer tells the machine's features, because an emulator may start the process on the real machine.
 */
struct answer {
    uint32_t features;
    char name[16];
    unsigned control_before, control_after;
};

__attribute__((constructor)) static void answer(void)
{
    if (!getenv("ACTFN_TEST_FIRST_USE"))
        return;
    struct answer a = { 0 };
    const float x = 1.5f;
    float y;
#if defined(__x86_64__)
    _mm_setcsr(_mm_getcsr() & ~0x3fu);
    a.control_before = _mm_getcsr();
#endif
    /* The first call of all. */
    const actfn_status status = actfn_gelu_f32(1, &x, &y);
#if defined(__x86_64__)
    a.control_after = _mm_getcsr();
#endif
    a.features = actfn_cpu_features();
    strncpy(a.name, actfn_isa_name(), sizeof a.name - 1);
    const ssize_t written = write(STDOUT_FILENO, &a, sizeof a);
    _exit(status == ACTFN_OK && written == (ssize_t)sizeof a ? EXIT_SUCCESS : EXIT_FAILURE);
}

/* False if the program cannot start itself, or starts on another machine, as under an emulator. */
static bool ask(const char *value, struct answer *a)
{
    char self[4096] = { 0 };
    int out[2], status;
    if (readlink("/proc/self/exe", self, sizeof self - 1) < 0 || pipe(out) != 0)
        return false;
    fflush(NULL);
    const pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        setenv("ACTFN_ISA", value, 1);
        setenv("ACTFN_TEST_FIRST_USE", "1", 1);
        dup2(out[1], STDOUT_FILENO);
        execl(self, self, (char *)NULL);
        _exit(126);
    }
    close(out[1]);
    const bool answered = read(out[0], a, sizeof *a) == (ssize_t)sizeof *a;
    close(out[0]);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 126)
        return false;
    ck_assert_msg(answered && WIFEXITED(status) && WEXITSTATUS(status) == 0, "ACTFN_ISA=%s: the first call failed",
                  value);
    return a->features == actfn_cpu_features();
}

START_TEST(first_use)
{
    list_isas();
    for (int i = 0; i < VALUES; i++) {
        struct answer a;
        if (!ask(values[i], &a))
            return;
        ck_assert_msg(strcmp(a.name, capped(values[i])) == 0, "ACTFN_ISA=%s: the first call took %s", values[i],
                      a.name);
        ck_assert_uint_eq(a.control_after, a.control_before);
    }
}
END_TEST

/* ---- selection ------------------------------------------------------------------------------------------------- */

START_TEST(selection)
{
    static const char *const none[] = { "", "nonsense", "AVX2", "sse", "generic " };
    list_isas();
    for (int k = 0; k < isa_count; k++) {
        ck_assert_int_eq(actfn_isa_select(names[k]), available[k] ? ACTFN_OK : ACTFN_ERR_ISA);
        const char *active = actfn_isa_name();
        ck_assert(!available[k] || strcmp(active, names[k]) == 0);
        for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
            ck_assert_int_eq(actfn_isa_select(none[i]), ACTFN_ERR_ISA);
            ck_assert_str_eq(actfn_isa_name(), active);
            ck_assert_int_eq(actfn_isa_available(none[i]), 0);
            ck_assert_ptr_nonnull(actfn_isa_reason(none[i]));
            ck_assert_str_ne(actfn_isa_reason(none[i]), "in use");
        }
        for (int j = 0; j < isa_count; j++)
            ck_assert_int_eq(strcmp(actfn_isa_reason(names[j]), "in use") == 0, strcmp(names[j], active) == 0);
        ck_assert_ptr_nonnull(actfn_isa_reason(NULL));
        ck_assert_int_eq(actfn_isa_available(NULL), 0);
    }
    unsetenv("ACTFN_ISA");
    ck_assert_int_eq(actfn_isa_select(NULL), ACTFN_OK);
    ck_assert_str_eq(actfn_isa_name(), best(0));

    for (int past = isa_count; past < isa_count + 3; past++)
        ck_assert_ptr_null(actfn_isa_at(past));
    ck_assert_ptr_null(actfn_isa_at(-1));
    for (int a = 0; a < isa_count; a++)
        for (int b = 0; b < a; b++)
            ck_assert_str_ne(names[a], names[b]);
}
END_TEST

/* The reason why a runnable set was not chosen: a better one exists, somebody selected a worse one, or capped the choice. */
START_TEST(reasons)
{
    list_isas();
    for (int chosen = 0; chosen < isa_count; chosen++)
        for (int other = 0; other < isa_count; other++) {
            if (!available[chosen] || !available[other] || other == chosen)
                continue;
            unsetenv("ACTFN_ISA");
            ck_assert_int_eq(actfn_isa_select(names[chosen]), ACTFN_OK);
            const char *reason = actfn_isa_reason(names[other]);
            ck_assert_msg(strstr(reason, other > chosen ? "a better one" : "another one was selected"),
                          "%s beside %s: %s", names[other], names[chosen], reason);
            setenv("ACTFN_ISA", names[chosen], 1);
            ck_assert_int_eq(actfn_isa_select(NULL), ACTFN_OK);
            reason = actfn_isa_reason(names[other]);
            ck_assert_msg(strstr(reason, other > chosen ? "a better one" : "ACTFN_ISA caps"), "%s beside %s: %s",
                          names[other], names[chosen], reason);
        }
    unsetenv("ACTFN_ISA");
    actfn_isa_select(NULL);
}
END_TEST

/* A resolved kernel belongs to its instruction set for good, and the tables of two sets differ. */
START_TEST(resolved_kernels_stay)
{
    const actfn_mode mode = (actfn_mode)_i;
    float x[67], y[67], expected[ISAS][67];
    actfn_forward_fn kernels[ISAS] = { NULL };
    fill_inputs(x, 67, 51);
    list_isas();
    for (int k = 0; k < isa_count; k++)
        if (available[k]) {
            ck_assert_int_eq(actfn_isa_select(names[k]), ACTFN_OK);
            kernels[k] = actfn_forward_kernel_f32(ACTFN_TANH, mode);
            ck_assert(kernels[k] && kernels[k] == actfn_forward_kernel_f32(ACTFN_TANH, mode));
            ck_assert_int_eq(actfn_forward_f32(ACTFN_TANH, mode, NULL, 67, x, expected[k]), ACTFN_OK);
            for (int j = 0; j < k; j++)
                ck_assert_msg(kernels[j] != kernels[k], "%s and %s have one kernel", names[j], names[k]);
        }
    for (int selected = 0; selected < isa_count; selected++) {
        actfn_isa_select(names[selected]);
        for (int k = 0; k < isa_count; k++)
            if (kernels[k]) {
                fill_canary(y, y + 67);
                kernels[k](NULL, 67, x, y);
                ck_assert_uint_eq(first_difference(y, expected[k], 67), 67);
            }
    }
    actfn_isa_select(NULL);
}
END_TEST

Suite *dispatch_suite(void)
{
    Suite *suite = suite_create("dispatch");
    TCase *tcase = tcase_create("dispatch");
    tcase_set_timeout(tcase, 60);
#if defined(__x86_64__)
    tcase_add_loop_test(tcase, invented_cpus, 0, sizeof machines / sizeof machines[0]);
#endif
    tcase_add_test(tcase, every_bit_counts);
    tcase_add_test(tcase, environment_caps);
    tcase_add_test(tcase, first_use);
    tcase_add_test(tcase, selection);
    tcase_add_test(tcase, reasons);
    tcase_add_loop_test(tcase, resolved_kernels_stay, ACTFN_ACCURATE, ACTFN_FAST + 1);
    suite_add_tcase(suite, tcase);
    return suite;
}
