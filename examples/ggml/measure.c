/* SPDX-License-Identifier: MIT */
/*
 * ggml's own activations and libactfn's in the same graphs, on ggml's CPU backend: the time and the error of the whole graph
 * and of its activation.  Read blocks.c first.
 */
#include "blocks.h"

#include <actfn.h>
#include <ggml-cpu.h>

#include <argp.h>
#include <err.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define MAX_LIST 8
#define MAX_ROUNDS 999
/* The least time of a run in seconds: a run computes a short graph several times. */
#define LEAST_RUN 1e-3

struct settings {
    struct sizes s;
    int64_t tokens[MAX_LIST], threads[MAX_LIST], rounds, patience;
    int tokens_count, threads_count;
};

static int64_t whole(struct argp_state *state, const char *what, const char *text, int64_t greatest)
{
    char *end;
    const long long value = strtoll(text, &end, 10);
    if (end == text || *end || value < 1 || value > greatest)
        argp_error(state, "%s must be a whole number, 1 ... %lld: '%s'", what, (long long)greatest, text);
    return value;
}

static int list(struct argp_state *state, const char *what, char *text, int64_t greatest, int64_t *values)
{
    int count = 0;
    for (char *item; (item = strsep(&text, ","));) {
        if (count == MAX_LIST)
            argp_error(state, "%s: at most %d", what, MAX_LIST);
        values[count++] = whole(state, what, item, greatest);
    }
    return count;
}

static enum ggml_type type_of(struct argp_state *state, const char *name)
{
    static const enum ggml_type types[] = { GGML_TYPE_F32, GGML_TYPE_F16, GGML_TYPE_Q8_0, GGML_TYPE_Q4_0 };
    for (size_t k = 0; k < sizeof types / sizeof *types; k++)
        if (strcmp(name, ggml_type_name(types[k])) == 0)
            return types[k];
    argp_error(state, "--weights must be f32, f16, q8_0 or q4_0: '%s'", name);
    return GGML_TYPE_F32;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct settings *set = state->input;
    switch (key) {
    case 't': set->tokens_count = list(state, "--tokens", arg, 65536, set->tokens); return 0;
    case 'j': set->threads_count = list(state, "--threads", arg, 256, set->threads); return 0;
    case 'd': set->s.width = whole(state, "--width", arg, 65536); return 0;
    case 'f': set->s.hidden = whole(state, "--hidden", arg, 262144); return 0;
    case 'a': set->s.heads = whole(state, "--heads", arg, 1024); return 0;
    case 'c': set->s.context = whole(state, "--context", arg, 1 << 20); return 0;
    case 'r': set->rounds = whole(state, "--rounds", arg, MAX_ROUNDS); return 0;
    case 'p': set->patience = whole(state, "--patience", arg, 3600); return 0;
    case 'C': time_this_thread(); return 0;
    case 'w': set->s.weights = type_of(state, arg); return 0;
    case ARGP_KEY_END:
        if (set->s.width % set->s.heads)
            argp_error(state, "--width must be a multiple of --heads");
        for (int k = 0; k < set->tokens_count; k++)
            if (set->tokens[k] > set->s.context)
                argp_error(state, "--context must be at least --tokens");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

/* ---- statistics ------------------------------------------------------------------------------------------------- */

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(int64_t n, const double *values)
{
    double sorted[MAX_ROUNDS];
    memcpy(sorted, values, (size_t)n * sizeof *sorted);
    qsort(sorted, (size_t)n, sizeof *sorted, ascending);
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
}

/* The median deviation from the median, in percent of the median. */
static double spread(int64_t n, const double *values)
{
    const double middle = median(n, values);
    double off[MAX_ROUNDS];
    for (int64_t i = 0; i < n; i++)
        off[i] = fabs(values[i] - middle);
    return 100 * median(n, off) / middle;
}

static double ratio(int64_t n, const double *of, const double *to)
{
    double ratios[MAX_ROUNDS];
    for (int64_t i = 0; i < n; i++)
        ratios[i] = of[i] / to[i];
    return median(n, ratios);
}

/* ---- measuring -------------------------------------------------------------------------------------------------- */

static double compute(struct graph *g, ggml_backend_t backend)
{
    const double began = now();
    if (ggml_backend_graph_compute(backend, g->nodes) != GGML_STATUS_SUCCESS)
        errx(EXIT_FAILURE, "ggml could not compute a graph");
    return now() - began;
}

static struct errors errors_of(ggml_backend_t backend, const struct inputs *in, enum block b, enum contestant c)
{
    struct graph g;
    if (!graph_init(&g, backend, in, b, c, true))
        errx(EXIT_FAILURE, "%s: no graph", block_name(b));
    compute(&g, backend);
    const struct errors e = graph_errors(&g, in, b);
    graph_free(&g);
    return e;
}

/* The number of times that the kernel took a core away from one of our threads. */
static long switches(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_nivcsw;
}

static void run(struct graph *g, ggml_backend_t backend, int times, double *total, double *part)
{
    *total = *part = 0;
    for (int k = 0; k < times; k++) {
        *total += compute(g, backend) / times;
        *part += (g->ended - g->began) / times;
    }
}

static void measure(ggml_backend_t backend, const struct inputs *in, enum block b, int64_t threads,
                    const struct settings *set)
{
    const int64_t rounds = set->rounds;
    struct graph g[CONTESTANTS];
    double total[CONTESTANTS][MAX_ROUNDS], part[CONTESTANTS][MAX_ROUNDS], slowest = 0;
    struct errors e[CONTESTANTS];
    ggml_backend_cpu_set_n_threads(backend, (int)threads);
    for (int c = 0; c < CONTESTANTS; c++) {
        e[c] = errors_of(backend, in, b, (enum contestant)c);
        if (!graph_init(&g[c], backend, in, b, (enum contestant)c, false))
            errx(EXIT_FAILURE, "%s: no graph", block_name(b));
        compute(&g[c], backend);
        slowest = fmax(slowest, compute(&g[c], backend));
    }
    const int times = slowest < LEAST_RUN ? (int)(LEAST_RUN / slowest) + 1 : 1;
    /*
     * In each round every contestant runs once, and each begins as many rounds as the others, so that a disturbance of the
     * machine meets all of them.  When a thread has no core, the others wait, and the time is that of other programs.  So a
     * disturbed run is repeated, for a while.
     */
    int64_t disturbed = 0;
    double again = (double)set->patience;
    for (int64_t round = 0; round < rounds; round++)
        for (int k = 0; k < CONTESTANTS; k++) {
            const int c = (int)((k + round) % CONTESTANTS);
            long before = switches();
            run(&g[c], backend, times, &total[c][round], &part[c][round]);
            while (switches() != before && again > 0) {
                const double began = now();
                before = switches();
                run(&g[c], backend, times, &total[c][round], &part[c][round]);
                again -= now() - began;
            }
            disturbed += switches() != before;
        }

    printf("\n%s, %lld tokens, %lld threads, %lld of %lld runs disturbed\n", block_name(b), (long long)in->s.tokens,
           (long long)threads, (long long)disturbed, (long long)(CONTESTANTS * rounds));
    printf("%-18s %9s %4s %7s %10s %4s %7s %6s %10s %9s %9s\n", "", "graph ms", "+-%", "speed", "activ. us", "+-%",
           "speed", "share", "error ulp", "absolute", "out");
    for (int c = 0; c < CONTESTANTS; c++) {
        printf("%-18s %9.3f %4.1f %7.3f %10.1f %4.1f %7.2f %5.1f%% %10.3g %9.1e %9.1e\n",
               contestant_name((enum contestant)c), 1e3 * median(rounds, total[c]), spread(rounds, total[c]),
               ratio(rounds, total[GGML], total[c]), 1e6 * median(rounds, part[c]), spread(rounds, part[c]),
               ratio(rounds, part[GGML], part[c]), 100 * ratio(rounds, part[c], total[c]), e[c].ulp, e[c].absolute,
               e[c].out);
        graph_free(&g[c]);
    }
    fflush(stdout);
}

/* ggml's debugging messages are not shown. */
static void log_warnings(enum ggml_log_level level, const char *text, void *data)
{
    (void)data;
    if (level == GGML_LOG_LEVEL_WARN || level == GGML_LOG_LEVEL_ERROR)
        fputs(text, stderr);
}

int main(int argc, char **argv)
{
    static const struct argp_option options[] = {
        { "tokens", 't', "LIST", 0, "Tokens at a time (1,128)", 0 },
        { "threads", 'j', "LIST", 0, "ggml's threads (1,2)", 0 },
        { "weights", 'w', "TYPE", 0, "f32, f16, q8_0 or q4_0 (f32)", 0 },
        { "width", 'd', "N", 0, "Numbers a token (2048)", 0 },
        { "hidden", 'f', "N", 0, "Numbers a token within the feed-forward part (5632)", 0 },
        { "heads", 'a', "N", 0, "Heads of the attention (32)", 0 },
        { "context", 'c', "N", 0, "Tokens that the attention looks at (1024)", 0 },
        { "rounds", 'r', "N", 0, "Rounds: in each, every contestant runs once (15)", 0 },
        { "patience", 'p', "SECONDS", 0, "How long a block's disturbed runs are repeated (3)", 0 },
        { "cpu-time", 'C', NULL, 0,
          "Time of the first thread's core, not of the wall: for one thread, on a busy machine", 0 },
        { 0 },
    };
    static const char doc[] =
        "Transformer blocks of random weights with ggml's activations and with libactfn's.\v"
        "Columns: time of a whole graph (median of the rounds, and the median deviation from it) and of the activation "
        "in it, with a barrier of the threads before and after; 'speed' is ggml's time over this one's, 'share' the "
        "activation's in its graph.  A run is disturbed if the kernel took a core away from a thread.  The error is "
        "the activation's, from the floats that it was given, in ulp and "
        "absolute; 'out' is the last token's result against double precision all through, over its largest number.";
    struct settings set = {
        .s = { .width = 2048, .hidden = 5632, .heads = 32, .context = 1024, .weights = GGML_TYPE_F32 },
        .tokens = { 1, 128 },
        .threads = { 1, 2 },
        .rounds = 15,
        .patience = 3,
        .tokens_count = 2,
        .threads_count = 2
    };
    argp_parse(&(struct argp) { options, parse, NULL, doc, NULL, NULL, NULL }, argc, argv, 0, NULL, &set);
    set.s.head_width = set.s.width / set.s.heads;

    ggml_log_set(log_warnings, NULL);
    ggml_backend_t backend = ggml_backend_cpu_init();
    if (!backend)
        errx(EXIT_FAILURE, "no CPU backend");
    printf("ggml %s (%s), actfn %s on %s\n", ggml_version(), ggml_commit(), actfn_version_string(), actfn_isa_name());
    printf("weights %s, width %lld, hidden %lld, heads %lld, context %lld, rounds %lld\n",
           ggml_type_name(set.s.weights), (long long)set.s.width, (long long)set.s.hidden, (long long)set.s.heads,
           (long long)set.s.context, (long long)set.rounds);
    for (int t = 0; t < set.tokens_count; t++) {
        struct inputs in;
        set.s.tokens = set.tokens[t];
        if (!inputs_init(&in, backend, &set.s))
            return EXIT_FAILURE;
        for (int j = 0; j < set.threads_count; j++)
            for (int b = 0; b < BLOCKS; b++)
                measure(backend, &in, (enum block)b, set.threads[j], &set);
        inputs_free(&in);
    }
    ggml_backend_free(backend);
    return 0;
}
