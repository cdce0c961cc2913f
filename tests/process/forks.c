/* SPDX-License-Identifier: MIT */
/*
 * Forks a process that uses the library: before the first use, after it, and while threads are inside calls and another
 * thread changes the instruction set.  Parent and children compute the same bits.  A child's selection does not change the
 * parent's.
 */
#include "work.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { THREADS = 6, FORKS = 200 };

static const struct library library = LINKED_LIBRARY;
static uint64_t promised;
static int failed;

static void expect(bool holds, const char *what)
{
    if (!holds) {
        printf("FAILED: %s\n", what);
        failed++;
    }
}

static bool computes(void) { return work(&library, ACTFN_ACCURATE) == promised; }

/* Whether a child process that runs `good` ends well.  An alarm ends a child that hangs. */
static bool child_of(bool (*good)(void))
{
    int status = -1;
    const pid_t child = fork();
    if (child == 0) {
        alarm(20);
        _exit(good() ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

static bool selects_generic(void)
{
    return library.isa_select("generic") == ACTFN_OK && strcmp(library.isa_name(), "generic") == 0 && computes();
}

static bool takes_what_the_parent_selected(void)
{
    return strcmp(library.isa_name(), "generic") == 0 && computes() && library.isa_select(NULL) == ACTFN_OK &&
           computes();
}

static bool selects_and_computes(void) { return computes() && library.isa_select("generic") == ACTFN_OK && computes(); }

/* ---- beside threads --------------------------------------------------------------------------------------------- */

static atomic_bool stop;
static atomic_uint wrong, calls;

static void *keep_computing(void *unused)
{
    while (!atomic_load(&stop)) {
        atomic_fetch_add(&wrong, !computes());
        atomic_fetch_add(&calls, 1);
    }
    return unused;
}

static void *keep_selecting(void *unused)
{
    for (int i = 0; !atomic_load(&stop); i++) {
        const char *name = library.isa_at(i % 4);
        if (!name || library.isa_available(name))
            atomic_fetch_add(&wrong, library.isa_select(name) != ACTFN_OK);
    }
    return unused;
}

static void beside_threads(void)
{
    pthread_t threads[THREADS];
    int bad = 0;
    for (int i = 0; i < THREADS; i++)
        if (pthread_create(&threads[i], NULL, i ? keep_computing : keep_selecting, NULL) != 0) {
            perror("pthread_create");
            exit(EXIT_FAILURE);
        }
    /* At least as many calls as children, so that some calls were under way at a fork. */
    for (int i = 0; i < FORKS || atomic_load(&calls) < FORKS; i++)
        bad += !child_of(selects_and_computes);
    atomic_store(&stop, true);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    printf("%d or more children, %d wrong; %u calls in the parent meanwhile, %u wrong\n", FORKS, bad,
           atomic_load(&calls), atomic_load(&wrong));
    expect(bad == 0 && atomic_load(&wrong) == 0, "forked while threads were inside calls");
}

int main(void)
{
    promised = promised_bits();
    unsetenv("ACTFN_ISA");
    setvbuf(stdout, NULL, _IOLBF, 0);

    expect(child_of(computes), "a child before the first use");
    expect(child_of(selects_generic), "a child that selects before the first use");
    expect(computes(), "the parent after its children's first use");
    const char *chosen = library.isa_name();
    expect(child_of(computes), "a child after the first use");
    expect(child_of(selects_generic), "a child that selects");
    expect(strcmp(library.isa_name(), chosen) == 0, "a child's selection reached the parent");
    expect(library.isa_select("generic") == ACTFN_OK, "generic could not be selected");
    expect(child_of(takes_what_the_parent_selected), "a child of a parent that selected");
    expect(strcmp(library.isa_name(), "generic") == 0 && computes(), "the parent after that");
    library.isa_select(NULL);
    beside_threads();
    return failed != 0;
}
