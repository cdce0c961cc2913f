/* SPDX-License-Identifier: MIT */
#include "work.h"

#if !defined(WITHOUT_LOADER)
#include <dlfcn.h>
#endif
#include <math.h>
#include <stdio.h>
#include <string.h>

/* An odd number, so that there is a tail.  For rows it is 23 along and across. */
enum { ROWS = 23, COLUMNS = 22, N = ROWS * COLUMNS };

struct state {
    float x[N], dy[N], out[N];
    uint64_t hash;
    unsigned int refused; /* statuses, added up: ACTFN_OK is 0 */
};

/* Exact numbers, so that every compiler gives the same. */
static void fill(struct state *s)
{
    static const float special[] = { INFINITY, -INFINITY, NAN, -0.0f, 0.0f, 0x1.8p-130f, 88.8f, -104.0f, 1e20f };
    for (int i = 0; i < N; i++) {
        s->x[i] = (float)(i * 37 % 401 - 200) * 0x1p-4f;
        s->dy[i] = 1 + (float)(i % 7) * 0x1p-3f;
    }
    memcpy(s->x, special, sizeof special);
}

static void take(struct state *s, unsigned int status, size_t count)
{
    s->refused += status;
    for (size_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, &s->out[i], sizeof bits);
        /* The sign and payload of a NaN are free. */
        s->hash = (s->hash ^ (isnan(s->out[i]) ? 0x7fc00000u : bits)) * UINT64_C(0x9e3779b97f4a7c15);
        s->hash ^= s->hash >> 29;
    }
}

static void both_ways(const struct library *library, struct state *s, actfn_mode mode, actfn_op op)
{
    static const float pow_params[ACTFN_MAX_PARAMS] = { 1.5f, 2.5f };
    const float *params = op == ACTFN_POW ? pow_params : NULL;
    take(s, library->forward_f32(op, mode, params, N, s->x, s->out), N);
    take(s, library->backward_f32(op, mode, params, N, s->x, s->dy, s->out), N);
}

static void add_plain(const struct library *library, struct state *s, actfn_mode mode)
{
    static const actfn_op ops[] = { ACTFN_RELU, ACTFN_HARDSWISH, ACTFN_SOFTSIGN, ACTFN_ISRU, ACTFN_ROUND };
    for (size_t i = 0; i < sizeof ops / sizeof ops[0]; i++)
        both_ways(library, s, mode, ops[i]);
    take(s, library->rrelu_f32(mode, NULL, N, s->x, s->out, NULL, 5, 6, 7), N);
}

/* Adds functions by name, which compute in the fast mode for either mode that is asked for. */
static void add_named(const struct library *library, struct state *s)
{
    struct state named = *s, fast = *s;
    named.hash = fast.hash = 1;
    take(&named, library->gelu_f32(N, s->x, named.out), N);
    take(&fast, library->forward_f32(ACTFN_GELU, ACTFN_FAST, NULL, N, s->x, fast.out), N);
    s->refused += named.refused + fast.refused + (named.hash != fast.hash);
}

uint64_t plain_work(const struct library *library, actfn_mode mode)
{
    struct state s = { .hash = 1 };
    fill(&s);
    add_plain(library, &s, mode);
    return s.refused ? 0 : s.hash;
}

uint64_t work(const struct library *library, actfn_mode mode)
{
    static const actfn_op ops[] = { ACTFN_SIGMOID, ACTFN_TANH, ACTFN_ARCTAN,   ACTFN_GELU, ACTFN_MISH, ACTFN_SINUSOID,
                                    ACTFN_SINC,    ACTFN_LOG,  ACTFN_SOFTPLUS, ACTFN_ELU,  ACTFN_POW };
    static const float slopes[COLUMNS] = { 0.25f, 0.5f };
    const float *const weights[] = { slopes };
    int64_t classes[ROWS];
    struct state s = { .hash = 1 };
    fill(&s);
    add_plain(library, &s, mode);
    for (size_t i = 0; i < sizeof ops / sizeof ops[0]; i++)
        both_ways(library, &s, mode, ops[i]);
    take(&s, library->forward_f32(ACTFN_GELU, mode, NULL, N, s.x, s.out), N);
    add_named(library, &s);
    take(&s, library->rows_forward_f32(ACTFN_SOFTMAX, mode, NULL, 0, ROWS, COLUMNS, 1, s.x, s.out), N);
    take(&s, library->rows_forward_f32(ACTFN_LOGSUMEXP, mode, NULL, 0, 1, ROWS, COLUMNS, s.x, s.out), COLUMNS);
    take(&s, library->gates_packed_forward_f32(ACTFN_SWIGLU, mode, NULL, ACTFN_GATE_FIRST, ROWS, COLUMNS, s.x, s.out),
         N / 2);
    take(&s, library->channels_forward_f32(ACTFN_PRELU, mode, ROWS, COLUMNS, 1, 1, weights, s.x, s.out), N);
    for (int i = 0; i < ROWS; i++)
        classes[i] = i % COLUMNS;
    take(&s, library->softmax_cross_entropy_f32(mode, NULL, ROWS, COLUMNS, 1, s.x, classes, -1, NULL, 1, s.out, NULL),
         ROWS);
    return s.refused ? 0 : s.hash;
}

#if !defined(WITHOUT_LOADER)
bool find_entries(void *handle, struct library *library)
{
    /* ISO C has no conversion from an object pointer to a function's; POSIX has. */
#define FIND(name)                                                                                                     \
    *(void **)&library->name = dlsym(handle, "actfn_" #name);                                                          \
    if (!library->name) {                                                                                              \
        printf("%s\n", dlerror());                                                                                     \
        return false;                                                                                                  \
    }
    LIBRARY_ENTRIES(FIND)
#undef FIND
    return true;
}
#endif

bool machine_has_fma(void)
{
#if defined(__x86_64__)
    return __builtin_cpu_supports("fma");
#else
    return true;
#endif
}

uint64_t promised_bits(void) { return machine_has_fma() ? WORK_BITS : WORK_BITS_WITHOUT_FMA; }
