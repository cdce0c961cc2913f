/* SPDX-License-Identifier: MIT */
/*
 * suite_memory.c checks the elementwise entries in depth.  This suite checks the same for every entry: nothing outside a buffer
 * is touched, inputs keep their values, a legal alias gives the bits of separate buffers, and every other overlap is refused.
 */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "buffered_calls.h"
#include "suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { BLANK = 0xa5, MARGIN = 320 /* bytes */ };

/* The inputs as they were, and the expected outputs. */
static _Alignas(64) char model[MAX_BUFFERS][MAX_BYTES];

static void *const *pointers_to_model(void)
{
    static void *p[MAX_BUFFERS];
    for (int k = 0; k < MAX_BUFFERS; k++)
        p[k] = model[k];
    return p;
}

/* `wild`: with special values.  With them a sum is NaN also if an element is left out, so the tests take both kinds. */
static void make_model(const struct call *c, bool wild)
{
    for (int k = 0; k < c->buffers; k++)
        if (c->buffer[k].output)
            memset(model[k], BLANK, buffer_bytes(&c->buffer[k]));
        else
            fill_buffer(c, k, model[k], wild ? WILD : TAME);
    const actfn_status status = buffered_call_run(c, pointers_to_model());
    if (status != ACTFN_OK)
        ck_abort_msg("%s: %s", buffered_call_text(c), actfn_status_string(status));
}

static void expect_output(const struct call *c, const char *what, int k, const void *got)
{
    size_t at;
    if (!same_output(&c->buffer[k], got, model[k], &at))
        ck_abort_msg("%s: %s: element %zu of %s is not what it is apart", buffered_call_text(c), what, at,
                     c->buffer[k].name);
}

static bool is_blank(const char *from, const char *to)
{
    for (; from < to; from++)
        if (*from != (char)BLANK)
            return false;
    return true;
}

/* ---- places ------------------------------------------------------------------------------------------------------ */

/* Two pages (more if they are small) between two pages that fault. */
struct area {
    char *begin, *end;
};

static struct area area_of(size_t bytes)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE), inner = (bytes + page - 1) / page * page;
    char *map = mmap(NULL, inner + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ck_assert_msg(map != MAP_FAILED, "no memory");
    ck_assert_int_eq(mprotect(map + page, inner, PROT_READ | PROT_WRITE), 0);
    return (struct area) { map + page, map + page + inner };
}

/* All buffers at the end; all at the beginning; then each at one of the offsets of a cache line. */
enum { AT_END, AT_BEGIN, PLACES = 2 + 16 };

static char *place_in(struct area a, int place, int k, size_t bytes, size_t size)
{
    if (place == AT_END)
        return a.end - bytes;
    return place == AT_BEGIN ? a.begin : a.begin + size * (size_t)((place * (2 * k + 1) + 5 * k) % 16);
}

static void at_place(const struct call *c, int place, const struct area areas[MAX_BUFFERS])
{
    void *p[MAX_BUFFERS] = { NULL };
    char *from[MAX_BUFFERS], *to[MAX_BUFFERS];
    for (int k = 0; k < c->buffers; k++) {
        const struct buffer *b = &c->buffer[k];
        const size_t bytes = buffer_bytes(b);
        char *at = place_in(areas[k], place, k, bytes, b->size);
        p[k] = at;
        from[k] = at - areas[k].begin < MARGIN ? areas[k].begin : at - MARGIN;
        to[k] = areas[k].end - (at + bytes) < MARGIN ? areas[k].end : at + bytes + MARGIN;
        memset(from[k], BLANK, (size_t)(to[k] - from[k]));
        if (!b->output)
            memcpy(at, model[k], bytes);
    }
    const actfn_status status = buffered_call_run(c, p);
    if (status != ACTFN_OK)
        ck_abort_msg("%s, place %d: %s", buffered_call_text(c), place, actfn_status_string(status));
    for (int k = 0; k < c->buffers; k++) {
        const size_t bytes = buffer_bytes(&c->buffer[k]);
        if (!c->buffer[k].output && memcmp(p[k], model[k], bytes) != 0)
            ck_abort_msg("%s, place %d: wrote to %s", buffered_call_text(c), place, c->buffer[k].name);
        if (c->buffer[k].output)
            expect_output(c, place == AT_END ? "at the end" : place == AT_BEGIN ? "at the begin" : "moved", k, p[k]);
        if (!is_blank(from[k], p[k]) || !is_blank((char *)p[k] + bytes, to[k]))
            ck_abort_msg("%s, place %d: wrote beside %s", buffered_call_text(c), place, c->buffer[k].name);
    }
}

START_TEST(nothing_outside_is_touched)
{
    struct area areas[MAX_BUFFERS];
    struct call c = { 0 };
    for (int k = 0; k < MAX_BUFFERS; k++)
        areas[k] = area_of(MAX_BYTES + MARGIN);
    while (next_call(_i, &c))
        for (int s = 0; call_shape(&c, s); s++)
            do {
                make_model(&c, s % 2);
                /* Both edges for every shape; the other places in turn, and only with all buffers present. */
                for (int place = 0; place < PLACES; place++)
                    if (place <= AT_BEGIN || (!c.missing && place % 6 == s % 6))
                        at_place(&c, place, areas);
            } while (next_missing(&c));
}
END_TEST

/* Without elements some results stay unchanged.  The sum of no terms is 0, and is written. */
static bool is_to_be_written(const struct call *c, const struct buffer *b)
{
    return c->outer * c->n * c->inner > 0 || strcmp(b->name, "dweights") == 0 || strcmp(b->name, "gradients") == 0;
}

START_TEST(every_element_is_written)
{
    struct call c = { 0 };
    while (next_call(_i, &c))
        for (int s = 0; call_shape(&c, s); s++) {
            make_model(&c, false);
            for (int k = 0; k < c.buffers; k++) {
                const struct buffer *b = &c.buffer[k];
                for (size_t i = 0; b->output && is_to_be_written(&c, b) && i < buffer_bytes(b); i += b->size)
                    if (i / b->size % b->stride < b->width && is_blank(model[k] + i, model[k] + i + b->size))
                        ck_abort_msg("%s: element %zu of %s is not written", buffered_call_text(&c), i / b->size,
                                     b->name);
            }
        }
}
END_TEST

/* ---- the same buffer --------------------------------------------------------------------------------------------- */

/* Runs with output k in place of input instead[k] (k itself: apart), and with all buffers in the place of output `everything`
 * that it may coincide with. */
static void run_in_place(const struct call *c, const int instead[MAX_BUFFERS], int everything)
{
    static _Alignas(64) char room[MAX_BUFFERS][MAX_BYTES];
    void *p[MAX_BUFFERS];
    for (int k = 0; k < c->buffers; k++) {
        p[k] = room[k];
        if (!c->buffer[k].output)
            fill_buffer(c, k, room[k], WILD);
        else
            memset(room[k], BLANK, buffer_bytes(&c->buffer[k]));
    }
    for (int k = 0; k < c->buffers; k++)
        if (instead[k] != k)
            p[k] = room[instead[k]];
    if (everything >= 0)
        for (int k = 0; k < c->buffers; k++)
            if (c->buffer[everything].may_be >> k & 1)
                p[k] = p[everything];
    /* Apart, but with the same inputs.  Between the rows of an output lie the bytes of the buffer that it replaces. */
    for (int k = 0; k < c->buffers; k++)
        memcpy(model[k], p[k], buffer_bytes(&c->buffer[k]));
    actfn_status status = buffered_call_run(c, pointers_to_model());
    ck_assert_msg(status == ACTFN_OK, "%s: apart: %s", buffered_call_text(c), actfn_status_string(status));
    status = buffered_call_run(c, p);
    for (int k = 0; k < c->buffers; k++)
        if (c->buffer[k].output && is_present(c, k)) {
            if (status != ACTFN_OK)
                ck_abort_msg("%s: %s is %s: %s", buffered_call_text(c), c->buffer[k].name, c->buffer[instead[k]].name,
                             actfn_status_string(status));
            expect_output(c, "in place", k, p[k]);
        }
}

/* Every choice of an input for each output from output k on. */
static int every_choice(const struct call *c, int k, int instead[MAX_BUFFERS])
{
    if (k == c->buffers) {
        run_in_place(c, instead, -1);
        return 1;
    }
    instead[k] = k;
    int count = every_choice(c, k + 1, instead);
    for (int j = 0; c->buffer[k].output && is_present(c, k) && j < k; j++) {
        bool taken = !is_present(c, j) || !(c->buffer[k].may_be >> j & 1);
        for (int i = 0; i < k; i++)
            taken = taken || (c->buffer[i].output && instead[i] == j);
        if (taken)
            continue;
        instead[k] = j;
        count += every_choice(c, k + 1, instead);
    }
    return count;
}

START_TEST(in_place)
{
    struct call c = { 0 };
    while (next_call(_i, &c))
        for (int s = 0; call_shape(&c, s); s += light() ? 1 : 3)
            do {
                int instead[MAX_BUFFERS];
                every_choice(&c, 0, instead);
                for (int o = 0; o < c.buffers; o++) {
                    /* All buffers with which the output may coincide are one buffer, for example x, dy and dx. */
                    for (int k = 0; k < c.buffers; k++)
                        instead[k] = k;
                    if (c.buffer[o].output && is_present(&c, o) && c.buffer[o].may_be)
                        run_in_place(&c, instead, o);
                }
            } while (next_missing(&c));
}
END_TEST

/* ---- overlap ----------------------------------------------------------------------------------------------------- */

static bool has_checks(const struct call *c) { return !strstr(call_entry(c), "_kernel_"); }

/* Output o lies `distance` bytes behind buffer k, in an arena.  All other buffers are apart. */
static void overlap_at(const struct call *c, int o, int k, long distance, const struct area areas[MAX_BUFFERS],
                       struct area arena)
{
    const size_t out_bytes = buffer_bytes(&c->buffer[o]), bytes = buffer_bytes(&c->buffer[k]);
    const bool good = may_overlap(c, o, k, distance);
    /* The header does not mention an overlap with parameters.  The library may refuse it, or read the parameters before it
     * writes. */
    const bool undecided = c->buffer[k].content == PARAMETERS && strcmp(c->buffer[o].name, "gradients") != 0;
    void *p[MAX_BUFFERS];
    for (int j = 0; j < c->buffers; j++)
        p[j] = areas[j].begin;
    char *const other = arena.begin + (arena.end - arena.begin) / 2, *const out = other + distance;
    /* At an address that no float can have, the test only asks for a refusal. */
    if ((good || undecided) && distance % (long)sizeof(float) != 0)
        return;
    p[k] = other;
    p[o] = out;
    const char *const from = out < other ? out : other;
    const char *const to = out + out_bytes > other + bytes ? out + out_bytes : other + bytes;
    memset(arena.begin + (from - arena.begin), BLANK, (size_t)(to - from));
    memcpy(other, model[k], c->buffer[k].output ? 0 : bytes);
    for (int j = 0; j < c->buffers; j++)
        if (c->buffer[j].output && j != o && j != k)
            memset(p[j], BLANK, buffer_bytes(&c->buffer[j]));
    const actfn_status status = buffered_call_run(c, p);
    if (status != (good || (undecided && status == ACTFN_OK) ? ACTFN_OK : ACTFN_ERR_OVERLAP))
        ck_abort_msg("%s: %s %+ld bytes from %s gives \"%s\"", buffered_call_text(c), c->buffer[o].name, distance,
                     c->buffer[k].name, actfn_status_string(status));
    if (status == ACTFN_OK) {
        size_t at;
        struct buffer b = c->buffer[o];
        /* The bytes between rows may belong to the other buffer. */
        for (size_t row = 0; row < b.rows; row++) {
            const size_t begin = row * b.stride * b.size;
            struct buffer one = b;
            one.rows = 1;
            if (!same_output(&one, out + begin, model[o] + begin, &at))
                ck_abort_msg("%s: %s %+ld bytes from %s: element %zu of row %zu is not what it is apart",
                             buffered_call_text(c), b.name, distance, c->buffer[k].name, at, row);
        }
        return;
    }
    bool untouched = is_blank(from, from < other ? other : from) && is_blank(other + bytes, to);
    untouched =
        untouched && (c->buffer[k].output ? is_blank(other, other + bytes) : memcmp(other, model[k], bytes) == 0);
    for (int j = 0; j < c->buffers; j++)
        if (c->buffer[j].output && j != o && j != k)
            untouched = untouched && is_blank(p[j], (char *)p[j] + buffer_bytes(&c->buffer[j]));
    if (!untouched)
        ck_abort_msg("%s: %s %+ld bytes from %s is refused, and something is written", buffered_call_text(c),
                     c->buffer[o].name, distance, c->buffer[k].name);
}

/* From the distance at which the buffers touch on one side to the distance at which they touch on the other side. */
static void every_distance(const struct call *c, int o, int k, const struct area areas[MAX_BUFFERS], struct area arena)
{
    const long before = -(long)buffer_bytes(&c->buffer[o]), behind = (long)buffer_bytes(&c->buffer[k]);
    const long step = behind - before > 200 ? (light() ? 31 : 7) : 1;
    for (long distance = before; distance <= behind; distance++)
        if (distance < before + 8 || distance > behind - 8 || (distance >= -8 && distance <= 8) ||
            (distance - before) % step == 0)
            overlap_at(c, o, k, distance, areas, arena);
}

START_TEST(other_overlaps_are_refused)
{
    struct area areas[MAX_BUFFERS], arena = area_of(4 * MAX_BYTES);
    struct call c = { 0 };
    for (int k = 0; k < MAX_BUFFERS; k++)
        areas[k] = area_of(MAX_BYTES);
    while (next_call(_i, &c) && has_checks(&c))
        for (int s = 0; call_shape(&c, s); s += light() ? 3 : c.outer * c.n * c.inner > 20 ? 7 : 1) {
            if (c.outer * c.n * c.inner == 0)
                continue;
            do {
                make_model(&c, false);
                for (int k = 0; k < c.buffers; k++)
                    if (!c.buffer[k].output)
                        memcpy(areas[k].begin, model[k], buffer_bytes(&c.buffer[k]));
                for (int o = 0; o < c.buffers; o++)
                    for (int k = 0; k < c.buffers; k++)
                        if (c.buffer[o].output && k != o && is_present(&c, o) && is_present(&c, k) &&
                            !(c.buffer[k].output && k > o) && !c.buffer[k].by_value)
                            every_distance(&c, o, k, areas, arena);
            } while (s < 4 && next_missing(&c));
        }
}
END_TEST

/* ---- the heap: what Valgrind and AddressSanitizer see ------------------------------------------------------------ */

/* Blocks of the exact size, with outputs that are not initialised: a comparison of an unwritten result is reported, too. */
START_TEST(blocks_of_the_exact_size)
{
    struct call c = { 0 };
    while (next_call(_i, &c))
        for (int s = 0; call_shape(&c, s); s += light() ? 1 : 4)
            do {
                void *p[MAX_BUFFERS] = { NULL };
                make_model(&c, s % 2);
                for (int k = 0; k < c.buffers; k++) {
                    const size_t bytes = buffer_bytes(&c.buffer[k]);
                    p[k] = malloc(bytes ? bytes : 1);
                    ck_assert_ptr_nonnull(p[k]);
                    if (!c.buffer[k].output)
                        memcpy(p[k], model[k], bytes);
                }
                ck_assert_int_eq(buffered_call_run(&c, p), ACTFN_OK);
                for (int k = 0; k < c.buffers; k++) {
                    /* The bytes between rows are not compared. */
                    for (size_t row = 0; row < c.buffer[k].rows && is_present(&c, k); row++) {
                        struct buffer one = c.buffer[k];
                        const size_t begin = row * one.stride * one.size;
                        size_t at;
                        one.rows = 1;
                        /* With n = 0, results of a row may stay unchanged. */
                        if (c.outer * c.n * c.inner > 0 && one.output &&
                            !same_output(&one, (char *)p[k] + begin, model[k] + begin, &at))
                            ck_abort_msg("%s: on the heap: element %zu of %s", buffered_call_text(&c), at, one.name);
                    }
                    free(p[k]);
                }
            } while (next_missing(&c));
}
END_TEST

/* ---- the table has every entry ----------------------------------------------------------------------------------- */

/* Goes through the exported names.  A name with an element type is an entry with buffers. */
START_TEST(every_entry_is_here)
{
    FILE *file = fopen(ACTFN_EXPORTS, "r");
    char line[200];
    int count = 0;
    if (test_mode != ACTFN_FAST) /* the functions by name have only the fast mode */
        return;
    ck_assert_msg(file, "cannot open %s", ACTFN_EXPORTS);
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        const size_t length = strlen(line);
        if (line[0] == '#' || length < 4 ||
            (strcmp(line + length - 4, "_f32") && strcmp(line + length - 4, "_u32") &&
             strcmp(line + length - 4, "bf16") && strcmp(line + length - 4, "_f16")))
            continue;
        count++;
        ck_assert_msg(is_a_call(line), "%s is not among the calls", line);
    }
    fclose(file);
    ck_assert_int_gt(count, 100);
}
END_TEST

Suite *memory_calls_suite(void)
{
    Suite *suite = suite_create("memory_calls");
    TCase *tcase = tcase_create("calls"), *heap = tcase_create("heap");
    tcase_set_timeout(tcase, 600);
    tcase_add_test(tcase, every_entry_is_here);
    tcase_add_loop_test(tcase, nothing_outside_is_touched, 0, call_entry_count());
    tcase_add_loop_test(tcase, every_element_is_written, 0, call_entry_count());
    tcase_add_loop_test(tcase, in_place, 0, call_entry_count());
    tcase_add_loop_test(tcase, other_overlaps_are_refused, 0, call_entry_count());
    suite_add_tcase(suite, tcase);
    tcase_set_timeout(heap, 600);
    tcase_add_loop_test(heap, blocks_of_the_exact_size, 0, call_entry_count());
    suite_add_tcase(suite, heap);
    suite_add_tcase(suite, stack_tests());
    return suite;
}
