/* SPDX-License-Identifier: MIT */
#include "pool.h"

#include <actfn.h>
#include <pthread.h>
#include <signal.h>

static struct {
    pool_work work;
    void *context;
    size_t n, width;
    size_t parts; /* 0 while there is no work */
    size_t next;  /* the first part that no thread has taken */
    size_t open;  /* the number of parts that are not finished */
    bool good;
} job;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER, finished = PTHREAD_COND_INITIALIZER;
static int threads = 1, workers;

/* Takes parts until none is left.  The caller holds the lock on entry and on return. */
static void take_parts(void)
{
    while (job.next < job.parts) {
        size_t begin, count;
        const bool any = actfn_part_rows(job.n, job.width, job.parts, job.next++, &begin, &count) == ACTFN_OK && count;
        pthread_mutex_unlock(&lock);
        const bool good = !any || job.work(job.context, begin, begin + count);
        pthread_mutex_lock(&lock);
        job.good = job.good && good;
        if (--job.open == 0)
            pthread_cond_signal(&finished);
    }
}

static void *worker(void *unused)
{
    pthread_mutex_lock(&lock);
    for (;;) {
        take_parts();
        pthread_cond_wait(&wake, &lock);
    }
    return unused;
}

/* Starts fewer than `wanted` threads if the system allows no more.  Only Python's own threads receive signals. */
static void start_workers(int wanted)
{
    sigset_t all, before;
    pthread_attr_t attributes;
    sigfillset(&all);
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    for (pthread_t thread; workers < wanted; workers++)
        if (pthread_create(&thread, &attributes, worker, NULL))
            break;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
}

bool pool_run(size_t n, size_t width, pool_work work, void *context)
{
    size_t begin, count;
    /* If the work is too little for two parts, the second part is empty. */
    if (actfn_part_rows(n, width, 2, 1, &begin, &count) != ACTFN_OK || count == 0)
        return work(context, 0, n);
    pthread_mutex_lock(&lock);
    if (threads < 2 || job.parts) {
        pthread_mutex_unlock(&lock);
        return work(context, 0, n);
    }
    if (workers + 1 < threads)
        start_workers(threads - 1);
    job.work = work;
    job.context = context;
    job.n = n;
    job.width = width;
    job.parts = job.open = (size_t)threads;
    job.next = 0;
    job.good = true;
    pthread_cond_broadcast(&wake);
    take_parts();
    while (job.open)
        pthread_cond_wait(&finished, &lock);
    job.parts = job.next = 0;
    const bool good = job.good;
    pthread_mutex_unlock(&lock);
    return good;
}

int pool_threads(void)
{
    pthread_mutex_lock(&lock);
    const int count = threads;
    pthread_mutex_unlock(&lock);
    return count;
}

void pool_set_threads(int count)
{
    pthread_mutex_lock(&lock);
    threads = count;
    pthread_mutex_unlock(&lock);
}

static void before_fork(void) { pthread_mutex_lock(&lock); }

static void in_parent(void) { pthread_mutex_unlock(&lock); }

static void in_child(void)
{
    pthread_mutex_init(&lock, NULL);
    pthread_cond_init(&wake, NULL);
    pthread_cond_init(&finished, NULL);
    workers = 0;
    job.parts = job.next = job.open = 0;
}

bool pool_init(void) { return pthread_atfork(before_fork, in_parent, in_child) == 0; }
