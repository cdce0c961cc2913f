/* SPDX-License-Identifier: MIT */
/*
 * The same bits in either mode for every position of an element and every way to split a buffer.  In the accurate mode,
 * also the same bits on every instruction set of this machine, and, by the hashes of golden_hashes.h, on every machine.
 */
#include "floats.h"
#include "golden_hashes.h"
#include "suites.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

enum { SMALL = 67, LARGE = 1000, SAMPLE = 110000 };

/* ---- any position of an element -------------------------------------------------------------------------------- */

static float x[SAMPLE], dy[SAMPLE], whole[SAMPLE], got[SAMPLE];

static void expect(const struct subject *s, const char *what, size_t from, size_t n)
{
    const size_t i = first_difference(got + from, whole + from, n);
    if (i != n)
        ck_abort_msg("%s: %s, %s: [%zu, %zu): f(%a, %a) at %zu is %a, expected %a", test_run, subject_text(s), what,
                     from, from + n, (double)x[from + i], (double)dy[from + i], from + i, (double)got[from + i],
                     (double)whole[from + i]);
}

static void compute_part(const struct subject *s, enum way way, size_t from, size_t n)
{
    if (compute(s, way, n, x + from, dy + from, got + from) != ACTFN_OK)
        ck_abort_msg("%s: refused", subject_text(s));
}

/* With and without special values: a kernel may have a shorter path for a block without them. */
typedef void filler(float *to, size_t n, uint64_t seed);
static filler *const fillers[] = { fill_inputs, fill_calm };
enum { FILLERS = sizeof fillers / sizeof fillers[0] };

/* Every part that a split can produce, into any number of parts. */
static void split_everywhere(const struct subject *s)
{
    const size_t step = light() ? 3 : 1;
    compute(s, ENTRY, SMALL, x, dy, whole);
    for (size_t from = 0; from < SMALL; from++)
        for (size_t to = from + 1; to <= SMALL; to += step) {
            compute_part(s, (enum way)((from + to) % WAY_COUNT), from, to - from);
            expect(s, "a part", from, to - from);
        }
}

START_TEST(every_split)
{
    fill_inputs(dy, LARGE, 4);
    for (int k = 0; k < FILLERS; k++) {
        fillers[k](x, LARGE, 3);
        for (struct subject s = { .op = (actfn_op)_i, .setting = -1 }; next_elementwise(&s);)
            split_everywhere(&s);
    }
}
END_TEST

static void split_at_random(const struct subject *s)
{
    compute(s, ENTRY, LARGE, x, dy, whole);
    for (uint64_t round = 0; round < 8; round++) {
        /* Parts of 1 to 2, 4, 8 ... 256 elements. */
        for (size_t from = 0, n; from < LARGE; from += n) {
            n = 1 + scramble(round << 32 ^ from) % ((size_t)2 << round);
            n = n > LARGE - from ? LARGE - from : n;
            compute_part(s, (enum way)(from % WAY_COUNT), from, n);
        }
        expect(s, "random parts", 0, LARGE);
    }
    for (size_t i = 0; i < LARGE; i++)
        compute_part(s, ENTRY, i, 1);
    expect(s, "alone", 0, LARGE);
}

START_TEST(random_splits_and_elements_alone)
{
    fill_inputs(dy, LARGE, 6);
    for (int k = 0; k < FILLERS; k++) {
        fillers[k](x, LARGE, 5);
        for (struct subject s = { .op = (actfn_op)_i, .setting = -1 }; next_elementwise(&s);)
            split_at_random(&s);
    }
}
END_TEST

/* Every address, modulo a cache line, of the input and of the result. */
START_TEST(every_alignment)
{
    enum { LINE = 16 };
    static _Alignas(64) float in[SMALL + LINE], in_dy[SMALL + LINE], out[SMALL + LINE];
    fill_inputs(dy, SMALL, 8);
    for (struct subject s = { .op = (actfn_op)_i, .setting = -1 }; next_subject(&s);) {
        const size_t count = s.form == PARAM_GRADIENT ? (size_t)s.param_count : SMALL;
        for (int a = 0; a < LINE; a++) {
            fillers[a % FILLERS](x, SMALL, 7);
            compute(&s, ENTRY, SMALL, x, dy, whole);
            for (int b = 0; b < LINE; b++) {
                const int c = (a * 7 + b * 3) % LINE;
                memcpy(in + a, x, sizeof *x * SMALL);
                memcpy(in_dy + c, dy, sizeof *dy * SMALL);
                compute(&s, (enum way)((a + b) % WAY_COUNT), SMALL, in + a, in_dy + c, out + b);
                if (first_difference(out + b, whole, count) != count)
                    ck_abort_msg("%s: %s: other bits at %d, %d, %d floats from a cache line", test_run,
                                 subject_text(&s), a, c, b);
            }
        }
    }
}
END_TEST

/* ---- on every instruction set ---------------------------------------------------------------------------------- */

/*
 * The sample: 2^16 patterns evenly, 2^15 where functions bend, both sides of every power of two, and the neighbours of the
 * parameters.  The hashes depend on the sample, so it is not floats_sample(), to which anybody may add.
 */
static size_t fill_sample(const struct subject *s)
{
    struct floats list = { x, SAMPLE, 0 };
    for (uint32_t i = 0; i <= 0xffff; i++)
        floats_add(&list, from_bits(i * 65537u));
    for (uint32_t i = 0; i < 1 << 14; i++) {
        const uint32_t from = 0x39800000u, to = 0x44000000u; /* 2^-12, 2^9 */
        floats_add(&list, from_bits(from + i * ((to - from) >> 14)));
        floats_add(&list, -from_bits(from + 31 + i * ((to - from) >> 14)));
    }
    for (uint32_t exponent = 0; exponent <= 255; exponent++) {
        floats_add_around(&list, from_bits(exponent << 23), 2);
        floats_add_around(&list, -from_bits(exponent << 23), 2);
    }
    for (int k = 0; k < s->param_count; k++) {
        floats_add_around(&list, s->params[k], 8);
        floats_add_around(&list, -s->params[k], 8);
    }
    for (size_t i = 0; i < list.count; i++) {
        const uint64_t random = scramble(i);
        dy[i] = random >> 62 ? 1.0f + (float)(random & 0xffff) * 0x1p-16f : from_bits((uint32_t)random);
    }
    return list.count;
}

/* Lengths of sums: every remainder modulo the partials, and both sides of one, two and three blocks. */
static const size_t sum_lengths[] = { 4095, 4096, 4097, 8192, 3 * 4096 + 5, 100003 };
enum { SHORT_SUMS = 71, SUMS = SHORT_SUMS + sizeof sum_lengths / sizeof sum_lengths[0] };

/* The results of a subject for the sample, or its sums, with the active instruction set.  Returns the number of results. */
static size_t results(const struct subject *s, float *result)
{
    if (s->form != PARAM_GRADIENT) {
        const size_t n = fill_sample(s);
        if (compute(s, ENTRY, n, x, dy, result) != ACTFN_OK)
            abort();
        return n;
    }
    const size_t count = (size_t)s->param_count;
    fill_tame(x, SAMPLE, 9);
    fill_tame(dy, SAMPLE, 10);
    for (size_t k = 0; k < SUMS; k++) {
        const size_t n = k < SHORT_SUMS ? k : sum_lengths[k - SHORT_SUMS];
        if (compute(s, ENTRY, n, x + k, dy + k, result + k * count) != ACTFN_OK)
            abort();
    }
    return SUMS * count;
}

START_TEST(every_instruction_set)
{
    const char *other;
    int own = 0;
    while (strcmp(actfn_isa_at(own), test_isa) != 0)
        own++;
    for (struct subject s = { .op = (actfn_op)_i, .setting = -1 }; actfn_isa_at(own + 1) && next_subject(&s);) {
        ck_assert_int_eq(actfn_isa_select(test_isa), ACTFN_OK);
        const size_t n = results(&s, whole);
        /* Only with the sets that follow in the list; those before it have compared themselves with this one. */
        for (int i = own + 1; (other = actfn_isa_at(i)); i++) {
            if (!actfn_isa_available(other))
                continue;
            ck_assert_int_eq(actfn_isa_select(other), ACTFN_OK);
            ck_assert_uint_eq(results(&s, got), n);
            const size_t at = first_difference(got, whole, n);
            if (at != n)
                ck_abort_msg("%s: result %zu (x = %a, dy = %a) is %a with %s, %a with %s", subject_text(&s), at,
                             (double)x[at], (double)dy[at], (double)whole[at], test_run, (double)got[at], other);
        }
    }
    ck_assert_int_eq(actfn_isa_select(test_isa), ACTFN_OK);
}
END_TEST

/* ---- on every machine ------------------------------------------------------------------------------------------ */

static uint64_t subject_hash(const struct subject *s) { return hash_floats(0, whole, results(s, whole)); }

static const struct golden_hash *find_hash(const char *name, enum form form)
{
    for (size_t i = 0; i < sizeof golden_hashes / sizeof golden_hashes[0]; i++)
        if (golden_hashes[i].form == form && strcmp(golden_hashes[i].name, name) == 0)
            return &golden_hashes[i];
    return NULL;
}

START_TEST(every_machine)
{
    if (!has_fma())
        return;
    for (struct subject s = { .op = (actfn_op)_i, .setting = -1, .all_settings = true }; next_subject(&s);) {
        const struct golden_hash *golden = find_hash(actfn_op_info(s.op)->name, s.form);
        const uint64_t hash = subject_hash(&s);
        if (!golden || golden->hash[s.setting] != hash)
            ck_abort_msg("%s: %s: hash %016llx, %s: a kernel changed, or computes otherwise here (golden_hashes.h)",
                         test_run, subject_text(&s), (unsigned long long)hash,
                         golden ? "not the one that is checked in" : "none is checked in");
    }
}
END_TEST

/* Rewrites the rows of golden_hashes.h and keeps the lines before them.  False if this fails. */
static bool write_hashes(const char *path)
{
    static const char *const forms[] = { "FORWARD", "BACKWARD", "FROM_OUTPUT", "PARAM_GRADIENT" };
    static char head[4096];
    FILE *file = fopen(path, "r");
    if (!file || !fread(head, 1, sizeof head - 1, file) || !strstr(head, "golden_hashes[] = {\n"))
        return false;
    fclose(file);
    file = fopen(path, "w");
    if (!file)
        return false;
    fprintf(file, "%.*sgolden_hashes[] = {\n", (int)(strstr(head, "golden_hashes[] = {\n") - head), head);
    for (int op = 0; op < actfn_op_count(); op++)
        for (int form = 0; form < FORM_COUNT; form++) {
            unsigned long long hash[SETTINGS] = { 0 };
            int count = 0;
            for (struct subject s = { .op = (actfn_op)op, .setting = -1, .all_settings = true }; next_subject(&s);)
                if ((int)s.form == form) {
                    hash[s.setting] = subject_hash(&s);
                    count = s.setting + 1;
                }
            if (count)
                fprintf(file, "    { \"%s\", %s, { ", actfn_op_info((actfn_op)op)->name, forms[form]);
            for (int k = 0; k < count; k++)
                fprintf(file, "0x%016llx%s", hash[k], k + 1 < count ? ", " : " } },\n");
        }
    fprintf(file, "};\n\n#endif\n");
    return fclose(file) == 0;
}

Suite *bits_suite(void)
{
    const char *path = getenv("ACTFN_WRITE_HASHES");
    if (path) {
        const bool written = write_hashes(path);
        fprintf(stderr, "%s: %s\n", path, written ? "written anew" : "not golden_hashes.h, or cannot be written");
        exit(written ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    Suite *suite = suite_create("bits");
    TCase *tcase = tcase_create("bits");
    tcase_set_timeout(tcase, 120);
    for_elementwise(tcase, every_split);
    for_elementwise(tcase, random_splits_and_elements_alone);
    for_elementwise(tcase, every_alignment);
    for_elementwise(tcase, every_instruction_set);
    if (test_mode == ACTFN_ACCURATE)
        for_elementwise(tcase, every_machine);
    suite_add_tcase(suite, tcase);
    return suite;
}
