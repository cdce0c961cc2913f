/* SPDX-License-Identifier: MIT */
#include "pool.h"

#include <pthread.h>
#include <signal.h>

static struct {
    pool_work work;
    void *context;
    size_t n;
    size_t parts; /* 0 while there is nothing to do */
    size_t next;  /* the first part that nobody has taken */
    size_t open;  /* parts that are not done yet */
    bool good;
} job;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER, finished = PTHREAD_COND_INITIALIZER;
static int threads = 1, workers;

static size_t bound(size_t part)
{
    const size_t rest = job.n % job.parts;
    return job.n / job.parts * part + (part < rest ? part : rest);
}

/* Takes parts until there is none; the lock is held on entry and on return. */
static void take_parts(void)
{
    while (job.next < job.parts) {
        const size_t part = job.next++, begin = bound(part), end = bound(part + 1);
        pthread_mutex_unlock(&lock);
        const bool good = job.work(job.context, begin, end);
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

/* Fewer than wanted where the system has no more; signals stay with the threads that Python knows. */
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

bool pool_run(size_t n, size_t least, pool_work work, void *context)
{
    if (n / 2 < least)
        return work(context, 0, n);
    pthread_mutex_lock(&lock);
    size_t parts = least ? n / least : n;
    if (parts > (size_t)threads)
        parts = (size_t)threads;
    if (parts < 2 || job.parts) {
        pthread_mutex_unlock(&lock);
        return work(context, 0, n);
    }
    if (workers + 1 < threads)
        start_workers(threads - 1);
    job.work = work;
    job.context = context;
    job.n = n;
    job.parts = job.open = parts;
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
