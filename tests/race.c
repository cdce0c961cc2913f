/* SPDX-License-Identifier: MIT */
/*
 * Makes the first calls into the library from many threads at once.  All threads must see the same instruction set and the
 * same results.  Each round is a process of its own, because only a new process has first calls.  Every second round caps
 * the choice by the environment variable.  In every fourth round some threads select instruction sets meanwhile; then only
 * the results must be the same.  ThreadSanitizer watches this program.
 */
#include <actfn.h>

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { THREADS = 64, ROUNDS = 16, N = 37 };

struct outcome {
    int index;
    float y[N];
    const char *isa;
    unsigned int errors; /* statuses, added up: ACTFN_OK is 0 */
};

static pthread_barrier_t start;
static bool selecting;

/* Selects each of the library's instruction sets in turn, and the automatic choice. */
static unsigned int select_some(int i)
{
    const char *isa = actfn_isa_at(i % 4);
    return actfn_isa_select(isa) == (!isa || actfn_isa_available(isa) ? ACTFN_OK : ACTFN_ERR_ISA) ? 0 : 1;
}

static void *first_call(void *argument)
{
    struct outcome *outcome = argument;
    float x[N];
    for (int i = 0; i < N; i++)
        x[i] = (float)(i - N / 2) / 4;
    pthread_barrier_wait(&start);
    if (selecting && outcome->index % 5 == 0)
        outcome->errors += select_some(outcome->index / 5);
    /* Every entry must find the choice made, or make the choice. */
    switch (outcome->index % 4) {
    case 0: outcome->errors += actfn_gelu_f32(N, x, outcome->y); break;
    case 1: outcome->isa = actfn_isa_name(); break;
    case 2: actfn_isa_available("generic"), actfn_set_streaming_threshold(actfn_streaming_threshold()); break;
    case 3: actfn_forward_kernel_f32(ACTFN_GELU, ACTFN_ACCURATE)(NULL, N, x, outcome->y); break;
    }
    outcome->errors += actfn_gelu_f32(N, x, outcome->y);
    outcome->isa = actfn_isa_name();
    return NULL;
}

/* The number of threads whose outcome differs from that of the first. */
static int race(void)
{
    static struct outcome outcomes[THREADS];
    pthread_t threads[THREADS];
    pthread_barrier_init(&start, NULL, THREADS);
    for (int i = 0; i < THREADS; i++) {
        outcomes[i].index = i;
        if (pthread_create(&threads[i], NULL, first_call, &outcomes[i]) != 0) {
            perror("pthread_create");
            exit(EXIT_FAILURE);
        }
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    pthread_barrier_destroy(&start);

    int different = 0;
    for (int i = 0; i < THREADS; i++)
        if (outcomes[i].errors != 0 || !actfn_isa_available(outcomes[i].isa) ||
            (!selecting && strcmp(outcomes[i].isa, outcomes[0].isa) != 0) ||
            memcmp(outcomes[i].y, outcomes[0].y, sizeof outcomes[0].y) != 0)
            different++;
    return different;
}

int main(void)
{
    int failed = 0;
    for (int round = 0; round < ROUNDS; round++) {
        pid_t child = fork();
        if (child == 0) {
            if (round % 2)
                setenv("ACTFN_ISA", "generic", 1);
            selecting = round % 4 == 3;
            int different = race();
            if (round % 2 && !selecting && strcmp(actfn_isa_name(), "generic") != 0)
                different = THREADS;
            /* exit, not _exit: a sanitizer speaks at exit. */
            exit(different ? EXIT_FAILURE : EXIT_SUCCESS);
        }
        int status = -1;
        if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
            fprintf(stderr, "round %d: status %#x\n", round, (unsigned int)status);
            failed++;
        }
    }
    printf("%d rounds of %d threads, %d failed\n", ROUNDS, THREADS, failed);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
