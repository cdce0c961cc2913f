/* SPDX-License-Identifier: MIT */
/*
 * The library's own detection of this CPU, with features taken away.  The first call runs one instruction at a time.  If
 * the next instruction is CPUID or XGETBV, the trap handler gives the answer instead.  Each invented machine is a process of
 * its own, and computes afterwards at full speed.  CPUID faulting (arch_prctl) would catch CPUID only, and few CPUs have it.
 */
#define _GNU_SOURCE /* REG_RIP */
#include "work.h"

#include <cpuid.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

static const struct library library = LINKED_LIBRARY;

/* clang-format off */
enum { FMA = 1 << 12, OSXSAVE = 1 << 27, AVX = 1 << 28, F16C = 1 << 29 };           /* leaf 1, ECX */
enum { AVX2 = 1 << 5, AVX512F = 1 << 16, AVX512DQ = 1 << 17, AVX512BW = 1 << 30 };  /* leaf 7, EBX */
/* clang-format on */
#define AVX512VL (1u << 31)

/* The features that are taken away, and the instruction set that must then run on a CPU that itself has everything. */
static const struct machine {
    const char *name;
    uint32_t max_leaf; /* 0: the CPU's own */
    uint32_t leaf1, leaf7;
    uint64_t xcr0;
    const char *chosen;
    bool fma;
} machines[] = {
    { "as it is", 0, 0, 0, 0, "avx512", 1 },
    { "no OSXSAVE", 0, OSXSAVE, 0, 0, "generic", 0 },
    { "no AVX", 0, AVX, 0, 0, "generic", 0 },
    { "no FMA", 0, FMA, 0, 0, "generic", 0 },
    { "no F16C", 0, F16C, 0, 0, "generic", 1 },
    { "no AVX2", 0, 0, AVX2, 0, "generic", 1 },
    { "no leaf 7", 6, 0, 0, 0, "generic", 1 },
    { "no leaf 1", 0x80000000u, 0, 0, 0, "generic", 0 },
    { "no AVX-512F", 0, 0, AVX512F, 0, "avx2", 1 },
    { "no AVX-512DQ", 0, 0, AVX512DQ, 0, "avx2", 1 },
    { "no AVX-512BW", 0, 0, AVX512BW, 0, "avx2", 1 },
    { "no AVX-512VL", 0, 0, AVX512VL, 0, "avx2", 1 },
    { "only x87 saved", 0, 0, 0, ~UINT64_C(1), "generic", 0 },
    { "only XMM saved", 0, 0, 0, ~UINT64_C(3), "generic", 0 },
    { "YMM saved without XMM", 0, 0, 0, 2, "generic", 0 },
    { "only YMM saved", 0, 0, 0, ~UINT64_C(7), "avx2", 1 },
    { "masks not saved", 0, 0, 0, 0x20, "avx2", 1 },
    { "upper halves not saved", 0, 0, 0, 0x40, "avx2", 1 },
    { "ZMM16 to ZMM31 not saved", 0, 0, 0, 0x80, "avx2", 1 },
};
enum { MACHINES = sizeof machines / sizeof machines[0] };

/* ---- one instruction at a time ---------------------------------------------------------------------------------- */

static const struct machine *machine;
static volatile int answered, forbidden;

static void answer_cpuid(greg_t *registers)
{
    const uint32_t leaf = (uint32_t)registers[REG_RAX], subleaf = (uint32_t)registers[REG_RCX];
    /* 0x80000000 is no basic leaf: then the number of basic leaves is 0. */
    const uint32_t max = machine->max_leaf & 0x7fffffffu;
    uint32_t eax, ebx, ecx, edx;
    __cpuid_count(leaf, subleaf, eax, ebx, ecx, edx);
    if (leaf == 0 && machine->max_leaf)
        eax = max;
    if (leaf == 1)
        ecx &= ~machine->leaf1;
    if (leaf == 7 && subleaf == 0)
        ebx &= ~machine->leaf7;
    /* For a leaf beyond the last one, some CPUs answer with the contents of another leaf. */
    if (machine->max_leaf && leaf > max && leaf < 0x40000000u)
        eax = ebx = ecx = edx = UINT32_MAX;
    registers[REG_RAX] = eax;
    registers[REG_RBX] = ebx;
    registers[REG_RCX] = ecx;
    registers[REG_RDX] = edx;
}

static void answer_xgetbv(greg_t *registers)
{
    uint32_t low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    /* On such a machine this is an illegal instruction. */
    forbidden += (machine->leaf1 & OSXSAVE) != 0 || machine->max_leaf == 0x80000000u;
    registers[REG_RAX] = (greg_t)(low & ~(uint32_t)machine->xcr0);
    registers[REG_RDX] = (greg_t)(high & ~(uint32_t)(machine->xcr0 >> 32));
}

enum { TRAP_FLAG = 0x100 };

/* An int3 begins the part that runs step by step, and an int3 ends it. */
static void on_trap(int signal, siginfo_t *info, void *context)
{
    greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
    (void)signal;
    if (info->si_code == SI_KERNEL)
        registers[REG_EFL] ^= TRAP_FLAG;
    while (registers[REG_EFL] & TRAP_FLAG) {
        const unsigned char *next = (const unsigned char *)registers[REG_RIP];
        if (memcmp(next, "\x0f\xa2", 2) == 0) {
            answer_cpuid(registers);
            registers[REG_RIP] += 2;
        } else if (memcmp(next, "\x0f\x01\xd0", 3) == 0) {
            answer_xgetbv(registers);
            registers[REG_RIP] += 3;
        } else {
            return;
        }
        answered++;
    }
}

#define STEP_BY_STEP __asm__ volatile("int3" : : : "memory")

/* ---- the machines ----------------------------------------------------------------------------------------------- */

static const char *const best_first[] = { "avx512", "avx2", "generic" };

static int place(const char *name)
{
    int i = 0;
    while (strcmp(best_first[i], name) != 0)
        i++;
    return i;
}

/* Checks a machine in a process of its own.  `native` is the instruction set that the CPU really runs. */
static int check(const char *native)
{
    const struct sigaction action = { .sa_sigaction = on_trap, .sa_flags = SA_SIGINFO };
    const char *chosen = place(native) > place(machine->chosen) ? native : machine->chosen;
    bool available[3];
    sigaction(SIGTRAP, &action, NULL);

    STEP_BY_STEP;
    const char *name = library.isa_name();
    for (int i = 0; i < 3; i++)
        available[i] = library.isa_available(best_first[i]);
    STEP_BY_STEP;

    const uint64_t bits = work(&library, ACTFN_ACCURATE), fast = work(&library, ACTFN_FAST);
    const uint64_t promised = machine->fma && machine_has_fma() ? WORK_BITS : WORK_BITS_WITHOUT_FMA;
    bool wrong = answered == 0 || forbidden || strcmp(name, chosen) != 0 || bits != promised || fast == 0;
    for (int i = 0; i < 3; i++)
        wrong = wrong || available[i] != (i >= place(chosen));
    printf("%-25s %s, %#" PRIx64 ", %d answers%s\n", machine->name, name, bits, answered,
           forbidden ? ", XGETBV where there is none" : "");
    if (wrong)
        printf("FAILED: %s and %#" PRIx64 " were expected\n", chosen, promised);
    return wrong;
}

int main(void)
{
    int failed = 0;
    const char *native = "generic";
    unsetenv("ACTFN_ISA");
    setvbuf(stdout, NULL, _IOLBF, 0);
    /* Not in this process, because its children must make the first call. */
    int out[2], status;
    unsigned char best = 2;
    if (pipe(out) != 0)
        return 2;
    pid_t child = fork();
    if (child == 0) {
        best = (unsigned char)place(library.isa_name());
        _exit(write(out[1], &best, 1) != 1);
    }
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0 || read(out[0], &best, 1) != 1)
        return 2;
    native = best_first[best];

    for (int i = 0; i < MACHINES; i++) {
        machine = &machines[i];
        child = fork();
        if (child == 0)
            exit(check(native));
        if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
            printf("FAILED: %s: status %#x\n", machine->name, (unsigned int)status);
            failed++;
        }
    }
    if (best > 0)
        printf("this CPU runs %s at best\n", native);
    return failed != 0;
}
