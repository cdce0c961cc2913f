/* SPDX-License-Identifier: MIT */
/*
 * Walks every elementwise operation over all 2^32 floats, and writes a file of JSON for each operation and setting.  A file
 * that is still current is not written again.  The benchmark builds the same program for other libraries.  See
 * docs/ACCURACY.md.
 */
#define _GNU_SOURCE /* sysconf */
#include "floats.h"
#include "mpfr_reference.h"
#include "oracle.h"
#include "sweep.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { SAMPLE_RUN = 64, ISAS = 8 };

static struct {
    const char *to, *ops, *isas, *worst, *bits;
    uint32_t step;
    int first_setting, settings, threads;
    bool bounds, hash_only;
} wanted = { .to = "build/exhaustive", .step = 1, .settings = 3 };

static volatile sig_atomic_t interrupted;

static void interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

static const char usage[] =
    "actfn_exhaustive [OPTION]...: errors and bits of every elementwise operation over all 2^32 floats\n"
    "  --to DIRECTORY       where results are kept (build/exhaustive); those that still hold are not made again\n"
    "  --step N             one of N runs of neighbours instead of all floats; a power of two up to 16384\n"
    "  --ops NAME,...       only these operations (ACTFN_EXHAUSTIVE_OPS, or all)\n"
    "  --isa NAME,...       instruction sets; errors are of the first, the others have its bits (all that run here)\n"
    "  --first-setting N    begin with this setting of the parameters (0: the defaults)\n"
    "  --settings N         so many of them (3)\n"
    "  --threads N          (as many as there are processors)\n"
    "  --worst FILE         also at these inputs, a line \"OPERATION INPUT\" each\n"
    "  --bits FILE          fail where a hash is not that of a line \"MODE OPERATION SETTING FORM HASH\", or there is "
    "none\n"
    "                       for the defaults\n"
    "  --bounds             fail where an error is beyond its bound\n"
    "  --hash-only          bits only, each block in parts of any length\n";

/* ---- lists ----------------------------------------------------------------------------------------------------- */

static bool listed(const char *list, const char *name)
{
    const size_t length = strlen(name);
    for (const char *at = list; at; at = strchr(at, ','), at += at != NULL)
        if (strncmp(at, name, length) == 0 && (at[length] == ',' || at[length] == '\0'))
            return true;
    return list == NULL;
}

/* The next name of a list, copied to `room`, or NULL. */
static const char *next_of(const char **list, char *room, size_t size)
{
    if (!*list || !**list)
        return NULL;
    const size_t length = strcspn(*list, ",");
    snprintf(room, size, "%.*s", (int)length, *list);
    *list += length + ((*list)[length] == ',');
    return room;
}

/* ---- contestants ----------------------------------------------------------------------------------------------- */

static struct contestant *new_contestant(struct sweep *s, const char *name, const char *isa)
{
    struct contestant *c = &s->contestants[s->count++];
    *c = (struct contestant) { .isa = isa };
    snprintf(c->name, sizeof c->name, "%s%s%s", name, isa ? "@" : "", isa ? isa : "");
    return c;
}

static const char *const mode_names[] = { [ACTFN_ACCURATE] = "accurate", [ACTFN_FAST] = "fast" };

static void add_contestant(struct sweep *s, const char *isa, actfn_mode mode, bool hash_only)
{
    struct contestant *c = new_contestant(s, mode_names[mode], isa);
    c->hash_only = hash_only;
    c->mode = mode;
    c->forward = actfn_forward_kernel_f32(s->op, mode);
    c->backward = actfn_backward_kernel_f32(s->op, mode);
    if (actfn_backward_from_output_f32(s->op, mode, s->params, 0, NULL, NULL, NULL) == ACTFN_OK)
        c->from_output = actfn_backward_from_output_kernel_f32(s->op, mode);
    const bool offers[SWEEP_FORMS] = { c->forward != NULL, c->backward != NULL, c->from_output != NULL };
    memcpy(c->offers, offers, sizeof offers);
}

static void add_peers(struct sweep *s)
{
    for (int i = 0; i < peers_count() && s->count < SWEEP_CONTESTANTS; i++) {
        peers_prepare(i, actfn_op_info(s->op)->name);
        const bool forward = peers_offers(i, false), backward = peers_offers(i, true);
        if (!forward && !backward)
            continue;
        struct contestant *c = new_contestant(s, peers_name(i), NULL);
        c->peer = i;
        c->offers[0] = forward;
        c->offers[1] = backward;
    }
}

/* The names belong to the library, so they outlive the sweep. */
static const char *isas[ISAS];
static int isa_count;

static bool choose_isas(void)
{
    char room[32];
    const char *list = wanted.isas, *name;
    if (!list) {
        for (int i = 0; (name = actfn_isa_at(i)) && isa_count < ISAS; i++)
            if (actfn_isa_available(name))
                isas[isa_count++] = name;
        return true;
    }
    while ((name = next_of(&list, room, sizeof room))) {
        const char *own;
        int i = 0;
        while ((own = actfn_isa_at(i)) && strcmp(own, name) != 0)
            i++;
        if (!own || isa_count == ISAS) {
            fprintf(stderr, "actfn_exhaustive: no such instruction set: %s\n", name);
            return false;
        }
        if (actfn_isa_available(own))
            isas[isa_count++] = own;
        else
            printf("== %s: skipped: %s\n", own, actfn_isa_reason(own));
    }
    return isa_count > 0;
}

static void add_contestants(struct sweep *s)
{
    if (peers_count() > 0) {
        add_peers(s);
        return;
    }
    for (int i = 0; i < isa_count; i++) {
        actfn_isa_select(isas[i]);
        add_contestant(s, isas[i], ACTFN_ACCURATE, i > 0 || wanted.hash_only);
        add_contestant(s, isas[i], ACTFN_FAST, i > 0 || wanted.hash_only);
    }
    actfn_isa_select(NULL);
}

/* ---- results --------------------------------------------------------------------------------------------------- */

/* JSON has no infinities. */
static void print_number(FILE *to, const char *name, double v)
{
    if (isfinite(v))
        fprintf(to, ", \"%s\": %.17g", name, v);
    else
        fprintf(to, ", \"%s\": \"%s\"", name, isnan(v) ? "nan" : v > 0 ? "inf" : "-inf");
}

/* The error at the worst input, measured with MPFR instead of the reference.  NaN if MPFR has no such function. */
static double confirmed(const struct sweep *s, int form, const struct tally *t)
{
    struct mpfr_value m;
    if (form > 1 || t->worst == 0 || !isfinite(t->worst_at) ||
        !mpfr_reference(actfn_op_info(s->op)->name, t->worst_at, s->params, &m))
        return NAN;
    const struct oracle *line = oracle_find(actfn_op_info(s->op)->name);
    const struct oracle_value v = oracle_at(line, (double)t->worst_at, s->exact_params);
    const double exact = form ? m.df : m.f, terms = form ? v.df_terms : v.f_terms;
    return ulp_error(t->worst_got, fabs(exact) >= 0x1p128 ? copysign(INFINITY, exact) : exact, 0x1p-24 * terms);
}

static double bound_of(const struct sweep *s, const struct contestant *c, int form)
{
    const struct actfn_op_info *info = actfn_op_info(s->op);
    if (!c->isa)
        return NAN;
    const bool fast = c->mode == ACTFN_FAST;
    return form == 2 ? 4
           : form    ? (double)(fast ? info->ulp_backward_fast : info->ulp_backward)
                     : (double)(fast ? info->ulp_forward_fast : info->ulp_forward);
}

static void print_tally(FILE *to, const struct sweep *s, const struct contestant *c, int form)
{
    const struct tally *t = &s->tallies[c - s->contestants][form];
    fprintf(to, "{\"contestant\": \"%s\", \"form\": \"%s\", \"hash\": \"%016llx\"", c->name, sweep_form_names[form],
            (unsigned long long)t->hash);
    if (!c->hash_only) {
        fprintf(to, ", \"count\": %llu, \"rounded\": %llu, \"wrong_nan\": %llu, \"turns\": %llu",
                (unsigned long long)t->count, (unsigned long long)t->rounded, (unsigned long long)t->wrong_nan,
                (unsigned long long)t->turns);
        print_number(to, "worst", t->worst);
        print_number(to, "bound", bound_of(s, c, form));
        print_number(to, "confirmed", confirmed(s, form, t));
        fprintf(to, ", \"at\": \"%a\", \"got\": \"%a\"", (double)t->worst_at, (double)t->worst_got);
        print_number(to, "exact", t->worst_exact);
        print_number(to, "back", t->back);
        fprintf(to,
                ", \"back_at\": \"%a\", \"least\": \"%a\", \"greatest\": \"%a\", \"exact_least\": \"%a\", "
                "\"exact_greatest\": \"%a\", \"left_range\": %s",
                (double)t->back_at, (double)t->least, (double)t->greatest, (double)t->exact_least,
                (double)t->exact_greatest, tally_left_range(t) ? "true" : "false");
    }
    fprintf(to, "}");
}

static void path_of(const struct sweep *s, const char *suffix, char *path, size_t size)
{
    snprintf(path, size, "%s/%s.%d%s", wanted.to, actfn_op_info(s->op)->name, s->setting, suffix);
}

/* The beginning of a file's first line: what the walk was asked for, and the bits of a small sample. */
static void head_of(const struct sweep *s, char *head, size_t size)
{
    struct sweep sample = *s;
    float x[BLOCK];
    uint64_t hash = 0;
    for (uint32_t i = 0; i < BLOCK; i++)
        x[i] = from_bits(i * ((1u << 20) + 257u));
    memset(sample.tallies, 0, sizeof sample.tallies);
    for (int c = 0; c < sample.count; c++)
        sample.contestants[c].hash_only = true;
    sweep_at(&sample, BLOCK, x);
    for (int c = 0; c < s->count; c++)
        for (int form = 0; form < SWEEP_FORMS; form++)
            hash = (hash ^ sample.tallies[c][form].hash) * UINT64_C(0x100000001b3) + (uint64_t)c;
    snprintf(head, size,
             "{\"op\": \"%s\", \"setting\": \"%s\", \"step\": %u, \"hash_only\": %s, \"sample\": \"%016llx\"",
             actfn_op_info(s->op)->name, oracle_setting_text(s->op, s->params), s->step,
             wanted.hash_only ? "true" : "false", (unsigned long long)hash);
}

static bool is_done(const char *path, const char *head)
{
    char line[1024];
    FILE *f = fopen(path, "r");
    const bool done = f && fgets(line, sizeof line, f) && strncmp(line, head, strlen(head)) == 0;
    if (f)
        fclose(f);
    return done;
}

/* Writes the whole file or nothing: until it is finished it has a temporary name. */
static bool write_results(const struct sweep *s, const char *head)
{
    char path[4096], unfinished[4096];
    path_of(s, ".json", path, sizeof path);
    path_of(s, ".unfinished", unfinished, sizeof unfinished);
    FILE *f = fopen(unfinished, "w");
    if (!f) {
        fprintf(stderr, "actfn_exhaustive: %s: %s\n", unfinished, strerror(errno));
        return false;
    }
    fprintf(f, "%s, \"default\": %s, \"results\": [", head, s->setting == 0 ? "true" : "false");
    const char *between = "";
    for (int c = 0; c < s->count; c++)
        for (int form = 0; form < SWEEP_FORMS; form++)
            if (s->contestants[c].offers[form]) {
                fprintf(f, "%s\n  ", between);
                print_tally(f, s, &s->contestants[c], form);
                between = ",";
            }
    fprintf(f, "\n]}\n");
    const bool written = !ferror(f);
    if (fclose(f) != 0 || !written || rename(unfinished, path) != 0) {
        fprintf(stderr, "actfn_exhaustive: %s: %s\n", path, strerror(errno));
        return false;
    }
    return true;
}

/* ---- verdicts -------------------------------------------------------------------------------------------------- */

/* A text if the bits differ from those in the file, or NULL.  The file must have bits for the defaults. */
static const char *complaint(const struct sweep *s, actfn_mode mode, int form, uint64_t hash)
{
    FILE *f = wanted.bits ? fopen(wanted.bits, "r") : NULL;
    char line[256], begin[128];
    const int length = snprintf(begin, sizeof begin, "%s %s %d %s ", mode_names[mode], actfn_op_info(s->op)->name,
                                s->setting, sweep_form_names[form]);
    const char *wrong = f && s->setting == 0 ? "bits of which it says nothing: make exhaustive OPS=" : NULL;
    while (f && fgets(line, sizeof line, f))
        if (strncmp(line, begin, (size_t)length) == 0)
            wrong = strtoull(line + length, NULL, 16) == hash ? NULL : "other bits than it says for ";
    if (f)
        fclose(f);
    return wrong;
}

/* Conditions that must hold on every machine: bounds, and the same bits on every instruction set. */
static int failures_of(const struct sweep *s)
{
    int failures = 0;
    for (int c = 0; c < s->count; c++)
        for (int form = 0; form < SWEEP_FORMS; form++) {
            const struct contestant *who = &s->contestants[c];
            if (!who->isa || !who->offers[form])
                continue;
            /* The contestants begin with both modes of the first instruction set. */
            const int of_mode = s->contestants[0].mode == who->mode ? 0 : 1;
            const struct tally *t = &s->tallies[c][form], *first = &s->tallies[of_mode][form];
            if (wanted.bounds && !who->hash_only &&
                (!(t->worst <= bound_of(s, who, form) + 0x1p-12) || t->wrong_nan > 0)) {
                printf("%s(%s) %s, %s: error %.4f of %.4g at %a: got %a, expected %.17g; %llu wrong NaN\n",
                       actfn_op_info(s->op)->name, oracle_setting_text(s->op, s->params), sweep_form_names[form],
                       who->name, t->worst, bound_of(s, who, form), (double)t->worst_at, (double)t->worst_got,
                       t->worst_exact, (unsigned long long)t->wrong_nan);
                failures++;
            }
            if (t->hash != first->hash) {
                printf("%s(%s) %s, %s: other bits on %s than on %s\n", actfn_op_info(s->op)->name,
                       oracle_setting_text(s->op, s->params), sweep_form_names[form], mode_names[who->mode], who->isa,
                       s->contestants[0].isa);
                failures++;
            }
            const char *wrong = complaint(s, who->mode, form, t->hash);
            if (wrong) {
                printf("%s(%s) %s, %s, %s: %s%s\n", actfn_op_info(s->op)->name, oracle_setting_text(s->op, s->params),
                       sweep_form_names[form], who->name, wanted.bits, wrong, actfn_op_info(s->op)->name);
                failures++;
            }
        }
    return failures;
}

/* ---- progress -------------------------------------------------------------------------------------------------- */

struct progress {
    const char *op;
    int at, of, made; /* numbers of sweeps: the present one, all, those that had to be made */
    double begun, this_begun;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static bool show_progress(void *context, double done)
{
    const struct progress *p = context;
    if (interrupted || !isatty(STDERR_FILENO))
        return !interrupted;
    enum { WIDTH = 30 };
    const double part = p->at + done, each = (now() - p->begun) / (p->made + done);
    char bar[WIDTH + 1];
    for (int i = 0; i < WIDTH; i++)
        bar[i] = i < part / p->of * WIDTH ? '#' : '.';
    bar[WIDTH] = '\0';
    const long left = (long)(each * (p->of - part));
    fprintf(stderr, "\r%s %5.1f %%  %-18s %3d of %d  %ld:%02ld:%02ld left \033[K", bar, 100 * part / p->of, p->op,
            p->at + 1, p->of, left / 3600, left / 60 % 60, left % 60);
    return true;
}

/* ---- all of it ------------------------------------------------------------------------------------------------- */

static bool is_wanted(actfn_op op)
{
    const struct actfn_op_info *info = actfn_op_info(op);
    return info->family == ACTFN_FAMILY_ELEMENTWISE && listed(wanted.ops, info->name) && oracle_find(info->name);
}

static int settings_of(actfn_op op)
{
    const int count = oracle_setting_count(op) - wanted.first_setting;
    return !is_wanted(op) || count < 0 ? 0 : count < wanted.settings ? count : wanted.settings;
}

/* Adds inputs that were the worst in earlier walks.  The hashes remain those of the walk. */
static void add_known_worst(struct sweep *s)
{
    FILE *f = wanted.worst ? fopen(wanted.worst, "r") : NULL;
    char name[64], input[64];
    float x[BLOCK];
    size_t n = 0;
    while (f && n < BLOCK && fscanf(f, "%63s %63s", name, input) == 2)
        if (strcmp(name, actfn_op_info(s->op)->name) == 0)
            x[n++] = strtof(input, NULL);
    if (f)
        fclose(f);
    uint64_t hashes[SWEEP_CONTESTANTS][SWEEP_FORMS];
    for (int c = 0; c < s->count; c++)
        for (int form = 0; form < SWEEP_FORMS; form++)
            hashes[c][form] = s->tallies[c][form].hash;
    sweep_at(s, n, x);
    for (int c = 0; c < s->count; c++)
        for (int form = 0; form < SWEEP_FORMS; form++)
            s->tallies[c][form].hash = hashes[c][form];
}

static int sweep_one(actfn_op op, int setting, struct progress *progress)
{
    static struct sweep s;
    char head[1024], path[4096];
    s = (struct sweep) { .op = op,
                         .setting = setting,
                         .step = wanted.step,
                         .threads = wanted.threads,
                         .run = wanted.step == 1 ? BLOCK : SAMPLE_RUN };
    oracle_setting(op, setting, s.params, s.exact_params);
    add_contestants(&s);
    if (s.count == 0)
        return 0;
    head_of(&s, head, sizeof head);
    path_of(&s, ".json", path, sizeof path);
    if (!wanted.bounds && !wanted.bits && is_done(path, head))
        return 0;
    progress->this_begun = now();
    if (!sweep_run(&s, show_progress, progress)) {
        if (!interrupted)
            fprintf(stderr, "actfn_exhaustive: no threads, or no memory\n");
        return interrupted ? 0 : 1;
    }
    add_known_worst(&s);
    const int failures = failures_of(&s);
    if (!write_results(&s, head))
        return 1;
    progress->made++;
    if (!isatty(STDERR_FILENO))
        printf("%s.%d: %.1f s\n", actfn_op_info(op)->name, setting, now() - progress->this_begun);
    fflush(stdout);
    return failures;
}

static bool parse(int argc, char **argv)
{
    /* clang-format off */
    static const struct option options[] = {
        { "to", required_argument, NULL, 't' },       { "step", required_argument, NULL, 's' },
        { "ops", required_argument, NULL, 'o' },      { "isa", required_argument, NULL, 'i' },
        { "settings", required_argument, NULL, 'n' }, { "first-setting", required_argument, NULL, 'f' },
        { "threads", required_argument, NULL, 'j' },  { "worst", required_argument, NULL, 'w' },
        { "bits", required_argument, NULL, 'e' },     { "bounds", no_argument, NULL, 'b' },
        { "hash-only", no_argument, NULL, 'h' },      { NULL, 0, NULL, 0 }
    };
    /* clang-format on */
    wanted.threads = (int)sysconf(_SC_NPROCESSORS_ONLN);
    wanted.ops = getenv("ACTFN_EXHAUSTIVE_OPS");
    for (int c; (c = getopt_long(argc, argv, "", options, NULL)) != -1;)
        switch (c) {
        case 't': wanted.to = optarg; break;
        case 's': wanted.step = (uint32_t)strtoul(optarg, NULL, 10); break;
        case 'o': wanted.ops = optarg; break;
        case 'i': wanted.isas = optarg; break;
        case 'n': wanted.settings = atoi(optarg); break;
        case 'f': wanted.first_setting = atoi(optarg); break;
        case 'j': wanted.threads = atoi(optarg); break;
        case 'w': wanted.worst = optarg; break;
        case 'e': wanted.bits = optarg; break;
        case 'b': wanted.bounds = true; break;
        case 'h': wanted.hash_only = true; break;
        default: return false;
        }
    if (peers_count() > 0)
        wanted.threads = wanted.settings = 1;
    const bool power = wanted.step > 0 && (wanted.step & (wanted.step - 1)) == 0 && wanted.step <= 16384;
    return optind == argc && power && wanted.threads > 0 && wanted.settings > 0 && wanted.first_setting >= 0;
}

int main(int argc, char **argv)
{
    if (!parse(argc, argv)) {
        fputs(usage, stderr);
        return 2;
    }
    if (!choose_isas())
        return 2;
    for (const char *const *file = (const char *const[]) { wanted.bits, wanted.worst }, *const *end = file + 2;
         file != end; file++)
        if (*file && access(*file, R_OK) != 0) {
            fprintf(stderr, "actfn_exhaustive: %s: %s\n", *file, strerror(errno));
            return 2;
        }
    if (mkdir(wanted.to, 0777) != 0 && errno != EEXIST) {
        fprintf(stderr, "actfn_exhaustive: %s: %s\n", wanted.to, strerror(errno));
        return 2;
    }
    signal(SIGINT, interrupt);
    signal(SIGTERM, interrupt);
    struct progress progress = { .begun = now() };
    int failures = 0;
    for (int op = 0; op < actfn_op_count(); op++)
        progress.of += settings_of((actfn_op)op);
    /* First the defaults of all operations, then further settings: more users need the former. */
    for (int k = 0; k < wanted.settings && !interrupted; k++)
        for (int op = 0; op < actfn_op_count() && !interrupted; op++) {
            if (k >= settings_of((actfn_op)op))
                continue;
            progress.op = actfn_op_info((actfn_op)op)->name;
            failures += sweep_one((actfn_op)op, wanted.first_setting + k, &progress);
            progress.at++;
        }
    mpfr_reference_free();
    if (isatty(STDERR_FILENO))
        fputc('\n', stderr);
    printf("%d of %d settings of operations, %d made now, %d failures%s\n", progress.at, progress.of, progress.made,
           failures, interrupted ? ", interrupted" : "");
    return interrupted ? 130 : failures ? 1 : 0;
}
