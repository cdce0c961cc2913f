/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* clock_gettime */
#include "sweep.h"

#include "floats.h"
#include "oracle.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

const char *const sweep_form_names[SWEEP_FORMS] = { "forward", "backward", "from_output" };
enum { FORWARD_FORM, BACKWARD_FORM, FROM_OUTPUT_FORM };

/* The data of one thread: its findings in the present piece. */
struct worker {
    struct sweep *sweep;
    struct tally (*tallies)[SWEEP_FORMS];
    float x[BLOCK], dy[BLOCK], y[BLOCK], dx[BLOCK], from_y[BLOCK];
    float of_first[SWEEP_FORMS][BLOCK];
    double f[BLOCK], df[BLOCK], f_terms[BLOCK], df_terms[BLOCK], slope[BLOCK], scale[BLOCK];
};

static uint32_t scrambled(uint64_t i)
{
    i = (i + 1) * UINT64_C(0x9e3779b97f4a7c15);
    i = (i ^ i >> 32) * UINT64_C(0xd6e8feb86659fd93);
    return (uint32_t)(i >> 32);
}

/* ---- one block ------------------------------------------------------------------------------------------------- */

/*
 * Computes the block with one contestant.  A contestant that is only hashed computes in parts of pseudo-random lengths, like
 * callers and their threads that split buffers: the bits must not depend on the split.
 */
static void compute(struct worker *w, const struct contestant *who, size_t n)
{
    const float *params = w->sweep->params;
    if (!who->isa) {
        if (who->offers[BACKWARD_FORM]) {
            /* Some contestants take the derivative from y.  They get this library's accurate y. */
            actfn_forward_f32(w->sweep->op, ACTFN_ACCURATE, params, n, w->x, w->y);
            peers_run(who->peer, true, w->x, w->dy, w->y, w->dx);
        }
        if (who->offers[FORWARD_FORM])
            peers_run(who->peer, false, w->x, w->dy, w->y, w->y);
        return;
    }
    for (size_t from = 0, part; from < n; from += part) {
        part = who->hash_only ? 1 + scrambled(bits_of(w->x[from])) % BLOCK : n;
        part = part < n - from ? part : n - from;
        if (who->offers[FORWARD_FORM])
            who->forward(params, part, w->x + from, w->y + from);
        if (who->offers[BACKWARD_FORM])
            who->backward(params, part, w->x + from, w->dy + from, w->dx + from);
        if (who->offers[FROM_OUTPUT_FORM])
            who->from_output(params, part, w->y + from, w->dy + from, w->from_y + from);
    }
}

/* Tallies the errors of one form's results. */
static void tally_form(struct worker *w, struct tally *t, int form, size_t n, size_t run, const float *result)
{
    const struct oracle *line = oracle_find(actfn_op_info(w->sweep->op)->name);
    switch (form) {
    case FORWARD_FORM:
        tally_errors(t, n, w->x, result, w->f, w->f_terms);
        if (run > 1)
            tally_turns(t, n, run, w->x, result, w->f);
        break;
    case BACKWARD_FORM: tally_errors(t, n, w->x, result, w->df, w->df_terms); break;
    default:
        line->slopes(n, w->y, w->sweep->exact_params, w->slope, w->scale);
        tally_scaled_errors(t, n, w->y, result, w->slope, w->scale);
    }
}

static void measure(struct worker *w, size_t n, size_t run)
{
    const struct sweep *s = w->sweep;
    const struct oracle_values values = { w->f, w->df, w->f_terms, w->df_terms };
    const struct contestant *first = NULL; /* its errors hold for all contestants with the same bits */
    struct tally part[SWEEP_FORMS];
    bool known[SWEEP_FORMS] = { false };
    for (int c = 0; c < s->count; c++) {
        const struct contestant *who = &s->contestants[c];
        compute(w, who, n);
        const float *const results[SWEEP_FORMS] = { w->y, w->dx, w->from_y };
        if (!first && !who->hash_only)
            oracle_find(actfn_op_info(s->op)->name)->values(n, w->x, s->exact_params, &values);
        for (int form = 0; form < SWEEP_FORMS; form++) {
            struct tally *t = &w->tallies[c][form];
            if (!who->offers[form])
                continue;
            /* Weighted by x in every form, because several x have one y. */
            tally_hash(t, n, w->x, results[form]);
            if (who->hash_only)
                continue;
            const size_t size = n * sizeof(float);
            if (!known[form] || memcmp(results[form], w->of_first[form], size) != 0) {
                struct tally own;
                tally_clear(&own);
                tally_form(w, &own, form, n, run, results[form]);
                tally_add(t, &own);
                if (!first) {
                    part[form] = own;
                    known[form] = memcpy(w->of_first[form], results[form], size);
                }
            } else {
                tally_add(t, &part[form]);
            }
        }
        if (!first && !who->hash_only)
            first = who;
    }
}

/* ---- all of them ----------------------------------------------------------------------------------------------- */

enum { PIECE = 1 << 22 }; /* floats that a thread takes at a time */

struct job {
    struct sweep *sweep;
    atomic_uint_fast32_t next; /* the next piece */
    atomic_bool stop, failed;
    pthread_mutex_t lock;
    pthread_cond_t ended;
    int running; /* a worker counts down under the lock, which is held until all have started */
    uint32_t done;
};

/* The floats of one piece, block by block. */
static void walk(struct worker *w, uint32_t piece)
{
    const struct sweep *s = w->sweep;
    const uint64_t begin = (uint64_t)piece * PIECE, stratum = (uint64_t)s->run * s->step;
    size_t n = 0;
    for (uint64_t at = begin; at < begin + PIECE; at += stratum) {
        const uint64_t first = at + (uint64_t)s->run * (scrambled(at / stratum) % s->step);
        for (uint32_t k = 0; k < s->run; k++)
            w->x[n++] = from_bits((uint32_t)(first + k));
        if (n == BLOCK) {
            measure(w, n, s->run);
            n = 0;
        }
    }
    if (n > 0)
        measure(w, n, s->run);
}

static void clear(struct tally (*tallies)[SWEEP_FORMS])
{
    for (int c = 0; c < SWEEP_CONTESTANTS; c++)
        for (int form = 0; form < SWEEP_FORMS; form++)
            tally_clear(&tallies[c][form]);
}

static void add(struct tally (*to)[SWEEP_FORMS], struct tally (*part)[SWEEP_FORMS])
{
    for (int c = 0; c < SWEEP_CONTESTANTS; c++)
        for (int form = 0; form < SWEEP_FORMS; form++)
            tally_add(&to[c][form], &part[c][form]);
}

static struct worker *new_worker(struct sweep *s)
{
    struct worker *w = calloc(1, sizeof *w);
    if (w)
        w->tallies = malloc(SWEEP_CONTESTANTS * sizeof *w->tallies);
    if (!w || !w->tallies) {
        free(w);
        return NULL;
    }
    w->sweep = s;
    for (size_t i = 0; i < BLOCK; i++)
        w->dy[i] = 1;
    clear(w->tallies);
    return w;
}

static void free_worker(struct worker *w)
{
    free(w->tallies);
    free(w);
}

static void *work(void *argument)
{
    struct job *job = argument;
    struct worker *w = new_worker(job->sweep);
    if (!w)
        job->failed = true;
    uint32_t piece;
    while (w && !job->stop && (piece = (uint32_t)atomic_fetch_add(&job->next, 1)) < (UINT64_C(1) << 32) / PIECE) {
        walk(w, piece);
        pthread_mutex_lock(&job->lock);
        job->done++;
        pthread_mutex_unlock(&job->lock);
    }
    pthread_mutex_lock(&job->lock);
    if (w)
        add(job->sweep->tallies, w->tallies);
    job->running--;
    pthread_cond_signal(&job->ended);
    pthread_mutex_unlock(&job->lock);
    if (w)
        free_worker(w);
    return NULL;
}

bool sweep_run(struct sweep *s, sweep_progress *progress, void *context)
{
    struct job job = { .sweep = s, .lock = PTHREAD_MUTEX_INITIALIZER, .ended = PTHREAD_COND_INITIALIZER };
    pthread_t threads[64];
    int started = 0;
    clear(s->tallies);
    pthread_mutex_lock(&job.lock);
    while (started < s->threads && started < 64 && pthread_create(&threads[started], NULL, work, &job) == 0)
        started++;
    job.running = started;
    bool stopped = started == 0;
    while (job.running > 0) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec++;
        pthread_cond_timedwait(&job.ended, &job.lock, &until);
        if (!progress(context, (double)job.done * PIECE / 0x1p32))
            job.stop = stopped = true;
    }
    pthread_mutex_unlock(&job.lock);
    for (int i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    return !stopped && !job.failed;
}

void sweep_at(struct sweep *s, size_t n, const float *x)
{
    struct worker *w = new_worker(s);
    if (!w)
        abort();
    memcpy(w->x, x, n * sizeof *x);
    measure(w, n, 1);
    add(s->tallies, w->tallies);
    free_worker(w);
}
