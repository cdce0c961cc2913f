/* SPDX-License-Identifier: MIT */
/*
 * Bad input, counted.  The suite takes a legal call of every entry, with every operation, in each mode, and makes one
 * argument illegal at a time, in every possible way.  The call must return the status for that argument and leave every
 * buffer, errno and the floating-point environment unchanged.  The catalogue and the table of entries (fuzz/entries.c) say
 * which arguments can be made illegal.
 */
#include "spoil.h"
#include "suites.h"
#include "support.h"

#include "environment.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

static float before[PLACES][ROOM];

static struct {
    long one, two; /* refused calls with one fault, and with two */
} refused;

/* ---- the answer ------------------------------------------------------------------------------------------------- */

static actfn_status answer(const struct call *c, const char *kind)
{
    memcpy(before, arena, sizeof arena);
    errno = 4711;
    const uint64_t was = environment();
    const actfn_status status = call_run(c);
    const uint64_t is = environment();
    if (errno != 4711)
        ck_abort_msg("%s: %s: errno is %d", kind, call_text(c), errno);
    if (is != was)
        ck_abort_msg("%s: %s: left another floating-point environment", kind, call_text(c));
    return status;
}

static void expect_untouched(const struct call *c, const char *kind)
{
    if (memcmp(before, arena, sizeof arena) != 0)
        ck_abort_msg("%s: %s: refused, but wrote", kind, call_text(c));
}

static void refuse(const struct call *c, const char *kind, actfn_status wanted)
{
    const actfn_status status = answer(c, kind);
    if (status != wanted)
        ck_abort_msg("%s: %s: \"%s\", expected \"%s\"", kind, call_text(c), actfn_status_string(status),
                     actfn_status_string(wanted));
    expect_untouched(c, kind);
    /* The promise that the fuzz target uses must say the same. */
    const struct promise promise = promise_of(c);
    if (promise.errors != status_bit(wanted) || promise.or_ok)
        ck_abort_msg("%s: %s: fuzz/calls.c promises %#x", kind, call_text(c), promise.errors);
    refused.one++;
}

/* No element and no buffer: the library still checks the arguments that are no buffers. */
static void refuse_empty(struct call c, const char *kind, actfn_status wanted)
{
    memset(c.at, 0, sizeof c.at);
    c.outer = 0;
    c.n = 0;
    refuse(&c, kind, wanted);
}

/* One size is 0, the others are unchanged or as large as possible, and no buffer: nothing to do, if the header promises it. */
static void nothing_to_do(const struct call *base)
{
    const size_t largest = SIZE_MAX / 2 + 1;
    for (int variant = 0; variant < 8 * 8; variant++) {
        struct call c = *base;
        size_t *const which[] = { &c.outer, &c.n, &c.inner };
        const unsigned needs[] = { HAS_OUTER, 0, HAS_INNER };
        memset(c.at, 0, sizeof c.at);
        for (int k = 0; k < 3; k++)
            if ((has(&c) & needs[k]) == needs[k])
                *which[k] = variant >> k & 1 ? 0 : variant >> (k + 3) & 1 ? largest : *which[k];
        for (int k = 0; k <= OUT1; k++)
            c.stride[k] = c.n;
        if (c.outer && c.n && c.inner)
            continue;
        const actfn_status status = answer(&c, "nothing to do");
        if (!keeps(promise_of(&c), status))
            ck_abort_msg("nothing to do: %s: \"%s\", and promised is %#x", call_text(&c), actfn_status_string(status),
                         promise_of(&c).errors);
        expect_untouched(&c, "nothing to do");
    }
}

/* ---- every call ------------------------------------------------------------------------------------------------- */

/* The least number of refusals for one entry with one operation: each argument in one way. */
static long fewest(const struct call *c)
{
    const unsigned arguments = has(c);
    long count = 1; /* n */
    for (unsigned bit = HAS_MODE; bit <= HAS_INNER; bit <<= 1)
        count += (arguments & bit & (HAS_MODE | HAS_FLAGS | HAS_SCALE | HAS_LAYOUT | HAS_OUTER | HAS_INNER)) != 0;
    if (arguments & HAS_PARAMS)
        count += info_of(c)->param_count;
    for (int slot = 0; slot < SLOTS; slot++) {
        const struct span span = span_of(c, (enum slot)slot);
        if (!span.there)
            continue;
        count += 1 + !is_optional(c, (enum slot)slot); /* too high an address, and NULL */
        for (int other = 0; is_output((enum slot)slot) && other < SLOTS && span.n > 1; other++)
            count += has_slot(c, (enum slot)other) && (!is_output((enum slot)other) || other < slot);
    }
    return count;
}

/* Makes a legal call illegal, after its inputs are restored. */
static int spoilt(const struct kind *kind, const struct call *base, int variant, struct call *c)
{
    memcpy(arena, legal, sizeof arena);
    *c = *base;
    return kind->spoil(c, variant);
}

/* Two faults at once.  The status is that of either fault, because the header does not rank them.  The operation comes last,
 * because the other kinds look at it. */
static void spoil_twice(const struct call *base)
{
    for (int first = 1; first < KINDS; first++)
        for (int second = 0; second < first; second++) {
            struct call c;
            if (spoilt(&kinds[first], base, 0, &c) < 0 || kinds[second].spoil(&c, 0) < 0)
                continue;
            const struct promise promise = promise_of(&c);
            const actfn_status status = answer(&c, kinds[first].name);
            if (!promise.errors || !keeps(promise, status))
                ck_abort_msg("%s and %s: %s: \"%s\", not one of %#x", kinds[first].name, kinds[second].name,
                             call_text(&c), actfn_status_string(status), promise.errors);
            expect_untouched(&c, kinds[first].name);
            refused.two++;
        }
}

/* Makes the call illegal in all ways.  Returns the least number of refusals; 0 if the operation has no such form. */
static long spoil_all(enum entry entry, actfn_op op, int mode, bool first)
{
    const long was = refused.one;
    const struct call base = legal_call(entry, op, mode);
    if (promise_of(&base).errors) {
        refuse(&base, "a form that is not offered", ACTFN_ERR_NOT_OFFERED);
        refuse_empty(base, "a form that is not offered", ACTFN_ERR_NOT_OFFERED);
        return 0;
    }
    struct call empty = base;
    memset(empty.at, 0, sizeof empty.at);
    empty.outer = empty.n = 0;
    if (answer(&base, "nothing") != ACTFN_OK || answer(&empty, "nothing") != ACTFN_OK)
        ck_abort_msg("%s: a legal call is refused", call_text(&base));
    expect_untouched(&empty, "no elements and no buffers");
    nothing_to_do(&base);
    for (int k = 0; k < KINDS; k++) {
        struct call c;
        int status = kinds[k].by_entry && !first ? NO_MORE : NO_SUCH;
        for (int variant = 0; status != NO_MORE; variant++) {
            status = spoilt(&kinds[k], &base, variant, &c);
            if (status < 0)
                continue;
            refuse(&c, kinds[k].name, (actfn_status)status);
            if (kinds[k].also_empty)
                refuse_empty(c, kinds[k].name, (actfn_status)status);
        }
    }
    const long least = fewest(&base);
    if (refused.one - was < least)
        ck_abort_msg("%s: only %ld calls of at least %ld", call_text(&base), refused.one - was, least);
    spoil_twice(&base);
    return least;
}

START_TEST(every_entry_and_argument)
{
    int entries = 0;
    long at_least = 0;
    for (int entry = 0; entry < ENTRY_COUNT; entry++)
        for (int mode = 0; mode < 2; mode++) {
            bool first = true;
            for (int op = 0; op < actfn_op_count(); op++) {
                const struct entry_row *row = &entry_rows[entry];
                if (row->op == ACTFN_OP_NONE ? actfn_op_info((actfn_op)op)->family != row->family : (int)row->op != op)
                    continue;
                const long least = spoil_all((enum entry)entry, (actfn_op)op, mode, first);
                at_least += least;
                entries += first && least && mode == 0;
                first = first && !least;
            }
        }
    ck_assert_int_eq(entries, ENTRY_COUNT);
    ck_assert_int_ge(refused.one, at_least);
    printf("bad input: %ld calls refused, each with the status promised, and %ld with two faults (%d entries)\n",
           refused.one, refused.two, entries);
    fflush(stdout);
}
END_TEST

/* ---- instruction sets ------------------------------------------------------------------------------------------- */

START_TEST(instruction_sets)
{
    static const char *const none[] = { "", " ", "AVX2", "avx2 ", "avx", "sse", "generic,avx2", "avx51", "%s%n" };
    const char *running = actfn_isa_name();
    for (int i = 0; i < (int)(sizeof none / sizeof none[0]); i++) {
        errno = 4711;
        ck_assert_int_eq(actfn_isa_select(none[i]), ACTFN_ERR_ISA);
        ck_assert_int_eq(actfn_isa_available(none[i]), 0);
        ck_assert_str_eq(actfn_isa_reason(none[i]), "not in this library");
        ck_assert_int_eq(errno, 4711);
        ck_assert_str_eq(actfn_isa_name(), running);
    }
    for (int i = 0; actfn_isa_at(i); i++)
        if (!actfn_isa_available(actfn_isa_at(i)))
            ck_assert_int_eq(actfn_isa_select(actfn_isa_at(i)), ACTFN_ERR_ISA);
    ck_assert_str_eq(actfn_isa_name(), running);
    ck_assert_int_eq(actfn_isa_available(NULL), 0);
    ck_assert_ptr_nonnull(actfn_isa_reason(NULL));
    ck_assert_ptr_null(actfn_isa_at(-1));
    ck_assert_ptr_null(actfn_isa_at(INT_MIN));
    ck_assert_ptr_null(actfn_isa_at(INT_MAX));
}
END_TEST

Suite *bad_input_suite(void)
{
    Suite *suite = suite_create("bad_input");
    TCase *tcase = tcase_create("bad_input");
    tcase_set_timeout(tcase, 300);
    tcase_add_test(tcase, every_entry_and_argument);
    tcase_add_test(tcase, instruction_sets);
    suite_add_tcase(suite, tcase);
    return suite;
}
