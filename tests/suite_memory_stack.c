/* SPDX-License-Identifier: MIT */
/*
 * The stack that a call takes.  Each call runs in a thread.  The test fills the thread's stack with a pattern before the
 * call, and afterwards looks how far the pattern has been overwritten.
 */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "buffered_calls.h"
#include "suites.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

enum { STACK = 1 << 18, PAINT = 0x5c, CAP = 32768 };

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__OPTIMIZE__)
#define NOT_SHIPPED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define NOT_SHIPPED 1
#endif
#endif
#ifndef NOT_SHIPPED
#define NOT_SHIPPED 0
#endif

static char *stack;
static const struct call *to_run;
static _Alignas(64) char buffers[MAX_BUFFERS][MAX_BYTES];

static void run(const struct call *c)
{
    void *p[MAX_BUFFERS];
    for (int k = 0; k < MAX_BUFFERS; k++)
        p[k] = buffers[k];
    buffered_call_run(c, p);
}

static void *in_thread(void *nothing)
{
    if (to_run)
        run(to_run);
    return nothing;
}

/* The bytes of the stack that a thread has written, including the bytes of the thread's own start. */
static size_t bytes_used(const struct call *c)
{
    pthread_attr_t attributes;
    pthread_t thread;
    size_t clean = 0;
    to_run = c;
    memset(stack, PAINT, STACK);
    ck_assert_int_eq(pthread_attr_init(&attributes), 0);
    ck_assert_int_eq(pthread_attr_setstack(&attributes, stack, STACK), 0);
    ck_assert_int_eq(pthread_create(&thread, &attributes, in_thread, NULL), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    pthread_attr_destroy(&attributes);
    while (clean < STACK && stack[clean] == PAINT)
        clean++;
    return STACK - clean;
}

START_TEST(of_any_call)
{
    static char deepest[300];
    size_t most = 0;
    if (NOT_SHIPPED) {
        printf("-- stack of a call: not measured: this build is not what is shipped\n");
        return;
    }
    stack = mmap(NULL, STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ck_assert_msg(stack != MAP_FAILED, "no memory");
    bytes_used(NULL); /* the first call includes work of the dynamic linker */
    const size_t empty = bytes_used(NULL);
    for (int entry = 0; entry < call_entry_count(); entry++)
        for (struct call c = { 0 }; next_call(entry, &c);)
            for (int s = 0; call_typical_shape(&c, s) && s < (light() ? 1 : 2); s++) {
                for (int k = 0; k < c.buffers; k++)
                    fill_buffer(&c, k, buffers[k], WILD);
                run(&c);
                const size_t all = bytes_used(&c), used = all > empty ? all - empty : 0;
                if (used > most) {
                    most = used;
                    snprintf(deepest, sizeof deepest, "%s", buffered_call_text(&c));
                }
            }
    printf("-- stack of a call: at most %zu bytes: %s\n", most, deepest);
    ck_assert_uint_gt(most, 0);
    ck_assert_msg(most <= CAP, "%zu bytes of stack: %s", most, deepest);
}
END_TEST

TCase *stack_tests(void)
{
    TCase *tcase = tcase_create("stack");
    tcase_set_timeout(tcase, 600);
    tcase_add_test(tcase, of_any_call);
    return tcase;
}
