/* SPDX-License-Identifier: MIT */
/*
 * suite_bits.c checks the elementwise entries in depth.  This suite checks the same for every entry: the same bits on every
 * instruction set in the accurate mode, the same bits whether a result is wanted alone or beside others, and, if elements are
 * independent, the same bits in parts.
 */
#include "buffered_calls.h"
#include "suites.h"

#include <string.h>

static _Alignas(64) char model[MAX_BUFFERS][MAX_BYTES], got[MAX_BUFFERS][MAX_BYTES];

static void fill(const struct call *c, enum filling filling)
{
    for (int k = 0; k < c->buffers; k++)
        if (!c->buffer[k].output)
            fill_buffer(c, k, model[k], filling);
}

/* Runs the call with the inputs of `model`.  The results go to `results`, which is filled with zeros before. */
static void run(const struct call *c, char (*results)[MAX_BYTES])
{
    void *p[MAX_BUFFERS];
    for (int k = 0; k < c->buffers; k++) {
        p[k] = c->buffer[k].output ? results[k] : model[k];
        if (c->buffer[k].output)
            memset(p[k], 0, buffer_bytes(&c->buffer[k]));
    }
    const actfn_status status = buffered_call_run(c, p);
    if (status != ACTFN_OK)
        ck_abort_msg("%s: %s", buffered_call_text(c), actfn_status_string(status));
}

/* Compares the present results of the call in `got` with those in `model`. */
static void compare(const struct call *c, const char *how)
{
    for (int k = 0; k < c->buffers; k++) {
        size_t at;
        if (c->buffer[k].output && is_present(c, k) && !same_output(&c->buffer[k], got[k], model[k], &at))
            ck_abort_msg("%s, round %d: %s: other bits in element %zu of %s", buffered_call_text(c), (int)c->round, how,
                         at, c->buffer[k].name);
    }
}

/* ---- instruction sets -------------------------------------------------------------------------------------------- */

static void on_every_instruction_set(const struct call *c, enum filling filling)
{
    const char *other;
    fill(c, filling);
    run(c, model);
    for (int i = 0; (other = actfn_isa_at(i)); i++) {
        if (!actfn_isa_available(other) || strcmp(other, test_isa) == 0)
            continue;
        ck_assert_int_eq(actfn_isa_select(other), ACTFN_OK);
        run(c, got);
        ck_assert_int_eq(actfn_isa_select(test_isa), ACTFN_OK);
        compare(c, other);
    }
}

/* suite_bits.c tests the elementwise operations in depth.  Here one round shows that each entry leads to them. */
static int rounds_of(const struct call *c) { return is_elementwise((int)c->op) ? 1 : light() ? 3 : 6; }

/* Generic without fused multiply-add has other bits. */
START_TEST(every_instruction_set)
{
    if (!has_fma())
        return;
    for (struct call c = { 0 }; next_call(_i, &c);)
        for (int setting = 0; call_setting(&c, setting) && setting < (light() ? 3 : 9); setting++) {
            const int rounds = rounds_of(&c);
            for (int s = 0; rounds > 1 && setting == 0 && call_shape(&c, s); s++)
                on_every_instruction_set(&c, s % 2 ? WILD : TAME);
            for (; c.round < (uint64_t)rounds; c.round++) {
                for (int s = 0; call_typical_shape(&c, s); s++)
                    on_every_instruction_set(&c, (enum filling)((c.round + (uint64_t)s) % 3));
                if (rounds > 1 && call_part(&c, MAX_BYTES / sizeof(float)))
                    on_every_instruction_set(&c, (enum filling)(c.round % 3));
            }
            c.round = 0;
        }
}
END_TEST

/* ---- alone or beside others, as a whole or in parts -------------------------------------------------------------- */

/* Whether no input is missing: then a missing result must not change the others. */
static bool inputs_are_there(const struct call *c)
{
    for (int k = 0; k < c->buffers; k++)
        if (!c->buffer[k].output && c->missing >> k & 1)
            return false;
    return true;
}

START_TEST(every_choice_of_results)
{
    for (struct call c = { 0 }; next_call(_i, &c);)
        for (int s = 0; call_shape(&c, s); s++) {
            const struct call all = c;
            bool computed = false;
            while (next_missing(&c)) {
                if (!inputs_are_there(&c))
                    continue;
                if (!computed) {
                    fill(&all, s % 2 ? WILD : TAME);
                    run(&all, model);
                    computed = true;
                }
                run(&c, got);
                compare(&c, "not beside all results");
            }
        }
}
END_TEST

enum { WHOLE = 131 };

/* Computes elements `from` to `to` of a call.  `model` has the whole call. */
static void part(struct call c, size_t from, size_t to)
{
    void *p[MAX_BUFFERS];
    const uint64_t first = c.first;
    call_part(&c, to - from);
    c.first = first + from;
    for (int k = 0; k < c.buffers; k++) {
        const size_t skipped = c.buffer[k].content == PARAMETERS ? 0 : from * c.buffer[k].size;
        p[k] = (c.buffer[k].output ? got[k] : model[k]) + skipped;
    }
    ck_assert_int_eq(buffered_call_run(&c, p), ACTFN_OK);
}

/* Parts of every length, which begin and end at every position of a vector. */
START_TEST(every_split)
{
    for (struct call c = { 0 }; next_call(_i, &c) && call_part(&c, WHOLE);)
        for (int split = 0; split < 4 * rounds_of(&c); split++) {
            c.first = (uint64_t)split;
            c.round = (uint64_t)split;
            fill(&c, (enum filling)(split % 3));
            run(&c, model);
            for (size_t from = 0, to; from < WHOLE; from = to) {
                to = from + 1 + (split < 32 ? (size_t)split : scramble((uint64_t)split << 32 ^ from) % 40);
                part(c, from, to < WHOLE ? to : WHOLE);
            }
            compare(&c, "in parts");
        }
}
END_TEST

Suite *bits_calls_suite(void)
{
    Suite *suite = suite_create("bits_calls");
    TCase *tcase = tcase_create("bits_calls");
    tcase_set_timeout(tcase, 600);
    tcase_add_loop_test(tcase, every_instruction_set, 0, call_entry_count());
    tcase_add_loop_test(tcase, every_choice_of_results, 0, call_entry_count());
    tcase_add_loop_test(tcase, every_split, 0, call_entry_count());
    suite_add_tcase(suite, tcase);
    return suite;
}
