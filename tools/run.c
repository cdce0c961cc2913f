/* SPDX-License-Identifier: MIT */
#include "run.h"

#include "progress.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <time.h>

/* Elements of a piece: a megabyte in all three buffers of a backward pass stays in a second-level cache. */
#define PIECE ((size_t)1 << 16)

struct job {
    run_piece *piece;
    const void *context;
    size_t n, unit, pieces; /* units, the elements of each, and the parts that the library makes of them */
    atomic_size_t next;     /* piece */
    atomic_size_t done;     /* units */
    _Atomic actfn_status status;
    pthread_mutex_t lock;
    pthread_cond_t finished;
    int running; /* protected by the lock */
};

static void take_pieces(struct job *job)
{
    while (atomic_load(&job->status) == ACTFN_OK) {
        /* `next` passes the number of pieces by at most one for each thread. */
        const size_t k = atomic_fetch_add(&job->next, 1);
        size_t first, count;
        if (k >= job->pieces)
            break;
        actfn_status status = actfn_part_rows(job->n, job->unit, job->pieces, k, &first, &count);
        /* The last pieces are empty where a unit is longer than a piece. */
        if (status == ACTFN_OK && count)
            status = job->piece(job->context, first, count);
        if (status != ACTFN_OK)
            atomic_store(&job->status, status);
        atomic_fetch_add(&job->done, count);
    }
}

static void *worker(void *argument)
{
    struct job *job = argument;
    take_pieces(job);
    pthread_mutex_lock(&job->lock);
    job->running--;
    pthread_cond_signal(&job->finished);
    pthread_mutex_unlock(&job->lock);
    return NULL;
}

/* Waits until all threads have finished.  Meanwhile the user sees the progress. */
static void watch(struct job *job)
{
    pthread_mutex_lock(&job->lock);
    while (job->running > 0) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += 100000000;
        if (until.tv_nsec >= 1000000000) {
            until.tv_nsec -= 1000000000;
            until.tv_sec++;
        }
        pthread_cond_timedwait(&job->finished, &job->lock, &until);
        progress_show("computing", atomic_load(&job->done), job->n);
    }
    pthread_mutex_unlock(&job->lock);
}

actfn_status run_pieces(size_t n, size_t unit, int threads, run_piece *piece, const void *context)
{
    struct job job = { .piece = piece, .context = context, .n = n, .unit = unit };
    /* All units together are a buffer, so that the product does not wrap around.  Units without elements are one piece. */
    job.pieces = n == 0 ? 0 : n * unit / PIECE + 1;
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&job.finished, &monotonic);
    pthread_condattr_destroy(&monotonic);
    pthread_mutex_init(&job.lock, NULL);

    /* No more threads than there are pieces.  This one only watches. */
    pthread_t started[RUN_MAX_THREADS];
    int count = 0;
    pthread_mutex_lock(&job.lock);
    while (count < threads && count < RUN_MAX_THREADS && (size_t)count < job.pieces &&
           pthread_create(&started[count], NULL, worker, &job) == 0)
        job.running = ++count;
    pthread_mutex_unlock(&job.lock);
    /* If the system refuses some threads, the others do the work; if it refuses all, the calling thread does. */
    if (count == 0)
        take_pieces(&job);
    watch(&job);
    for (int i = 0; i < count; i++)
        pthread_join(started[i], NULL);
    pthread_mutex_destroy(&job.lock);
    pthread_cond_destroy(&job.finished);
    return atomic_load(&job.status);
}
