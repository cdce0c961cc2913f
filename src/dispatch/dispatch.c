/* SPDX-License-Identifier: MIT */
/*
 * The choice of the backend.  The choice is one atomic pointer to a const table, which compare-exchange publishes.  So the
 * choice needs no lock, no thread sees a half-filled table, and first calls from many threads at once are no race.
 */
#define _GNU_SOURCE /* secure_getenv */
#include "dispatch/backend.h"
#include "dispatch/scalar_math.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#if defined(__APPLE__) || defined(__FreeBSD__) || defined(__NetBSD__) || defined(__OpenBSD__) || defined(__DragonFly__)
#define HAVE_ISSETUGID
#include <unistd.h>
#endif

_Atomic(const struct actfn_backend *) actfn_active_backend;

/* The first backend, from index `from` on, that has the name (any name if NULL) and that a machine with these features can
 * run; NULL if none. */
static const struct actfn_backend *first_runnable(uint32_t features, int from, const char *name)
{
    for (int i = from; actfn_backends[i]; i++)
        if (!actfn_cpu_lacks(features, actfn_backends[i]->needs) &&
            (!name || strcmp(actfn_backends[i]->name, name) == 0))
            return actfn_backends[i];
    return NULL;
}

/* The index of the first backend with the name; -1 if no backend has the name. */
static int index_of(const char *name)
{
    for (int i = 0; name && actfn_backends[i]; i++)
        if (strcmp(actfn_backends[i]->name, name) == 0)
            return i;
    return -1;
}

/* The value of an environment variable; NULL in a set-user-ID program, and on systems where a program cannot tell whether it
 * is set-user-ID. */
static const char *variable(const char *name)
{
#if defined(__linux__)
    return secure_getenv(name);
#elif defined(HAVE_ISSETUGID)
    return issetugid() ? NULL : getenv(name);
#elif defined(_WIN32)
    return getenv(name); /* Windows has no set-user-ID programs */
#else
    (void)name;
    return NULL;
#endif
}

/* The best backend that the machine can run and ACTFN_ISA allows.  A known name skips all better backends; an unknown name
 * skips none. */
static const struct actfn_backend *choose(void)
{
    const int cap = index_of(variable("ACTFN_ISA"));
    return first_runnable(actfn_cpu_features(), cap < 0 ? 0 : cap, NULL);
}

/* If two threads make the first call at once, both use the choice of the one that published first. */
const struct actfn_backend *actfn_backend_first(void)
{
    const struct actfn_backend *backend = NULL, *chosen = choose();
    actfn_choose_scalar_math(actfn_cpu_features());
    return atomic_compare_exchange_strong(&actfn_active_backend, &backend, chosen) ? chosen : backend;
}

/* ---- public ---------------------------------------------------------------------------------------------------- */

const char *actfn_isa_name(void) { return actfn_backend_active()->name; }

const char *actfn_isa_at(int index)
{
    for (int i = 0; actfn_backends[i]; i++)
        if (i == index)
            return actfn_backends[i]->name;
    return NULL;
}

int actfn_isa_available(const char *name) { return name && first_runnable(actfn_cpu_features(), 0, name) != NULL; }

const char *actfn_isa_reason(const char *name)
{
    const int index = index_of(name);
    if (index < 0)
        return "not in this library";
    const char *lacks = actfn_cpu_lacks(actfn_cpu_features(), actfn_backends[index]->needs);
    if (!actfn_isa_available(name))
        return lacks;
    const struct actfn_backend *running = actfn_backend_active();
    if (strcmp(running->name, name) == 0)
        return "in use";
    if (index > index_of(running->name))
        return "not chosen: a better one is available";
    return running == choose() ? "not chosen: ACTFN_ISA caps the choice" : "not chosen: another one was selected";
}

actfn_status actfn_isa_select(const char *name)
{
    const struct actfn_backend *chosen = name ? first_runnable(actfn_cpu_features(), 0, name) : choose();
    if (!chosen)
        return ACTFN_ERR_ISA;
    actfn_choose_scalar_math(actfn_cpu_features());
    atomic_store_explicit(&actfn_active_backend, chosen, memory_order_release);
    return ACTFN_OK;
}
