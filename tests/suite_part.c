/* SPDX-License-Identifier: MIT */
/* actfn_part and actfn_part_rows: parts are adjacent, cover everything, are large enough for a thread, and nearly equal. */
#include "suites.h"
#include "support.h"

enum { LEAST = 16384, LINE = 64 };

/* Check notes each assertion, which takes longer than the part itself. */
#define EXPECT(condition, ...)                                                                                         \
    do {                                                                                                               \
        if (!(condition))                                                                                              \
            ck_abort_msg(__VA_ARGS__);                                                                                 \
    } while (0)

struct parts {
    size_t used, least, most;
};

/* Goes through all parts.  `width` is 1 for elements. */
static struct parts parts_of(size_t rows, size_t width, size_t parts)
{
    struct parts p = { 0, SIZE_MAX, 0 };
    size_t at = 0;
    for (size_t i = 0; i < parts; i++) {
        size_t begin = 7, count = 7, element_begin, element_count;
        EXPECT(actfn_part_rows(rows, width, parts, i, &begin, &count) == ACTFN_OK, "an error");
        if (width == 1) {
            EXPECT(actfn_part(rows, parts, i, &element_begin, &element_count) == ACTFN_OK, "an error");
            EXPECT(begin == element_begin && count == element_count, "a row of one element is an element");
            EXPECT(begin % LINE == 0 || begin == rows, "part %zu of %zu of %zu begins at %zu", i, parts, rows, begin);
        }
        EXPECT(begin == at, "part %zu of %zu of %zu rows begins at %zu, not at %zu", i, parts, rows, begin, at);
        at = begin + count;
        if (count == 0)
            continue;
        p.used++;
        p.least = count < p.least ? count : p.least;
        p.most = count > p.most ? count : p.most;
    }
    EXPECT(at == rows, "%zu parts of %zu rows end at %zu", parts, rows, at);
    return p;
}

static size_t number(uint64_t i, size_t below) { return (size_t)(scramble(i) % below); }

START_TEST(elements)
{
    for (uint64_t k = 0; k < 20000; k++) {
        const size_t n = number(3 * k, k % 3 ? 300000 : 5000000), parts = 1 + number(3 * k + 1, k % 5 ? 17 : 300);
        const struct parts p = parts_of(n, 1, parts);
        ck_assert_msg(p.used < 2 || p.least >= LEAST - LINE + 1, "%zu in %zu parts: one has %zu", n, parts, p.least);
        ck_assert_msg(p.used < 2 || p.most - p.least < 2 * LINE, "%zu in %zu parts: %zu to %zu", n, parts, p.least,
                      p.most);
        ck_assert_msg(p.used == parts || n < (p.used + 1) * LEAST, "%zu in %zu parts: %zu are used", n, parts, p.used);
    }
}
END_TEST

START_TEST(rows)
{
    for (uint64_t k = 0; k < 20000; k++) {
        const size_t n = number(5 * k, 200000), width = number(5 * k + 1, 3000), parts = 1 + number(5 * k + 2, 40);
        const struct parts p = parts_of(n, width, parts);
        ck_assert_msg(p.used < 2 || p.least * width >= LEAST / 8 * 7, "%zu x %zu in %zu parts: one has %zu rows", n,
                      width, parts, p.least);
        ck_assert_msg(p.used < 2 || p.most - p.least <= 1 || (p.most - p.least) * 8 <= p.most,
                      "%zu x %zu in %zu parts: %zu to %zu rows", n, width, parts, p.least, p.most);
    }
}
END_TEST

/* Sizes whose product or sum would overflow. */
START_TEST(ends)
{
    static const size_t sizes[] = { 0, 1, 63, 64, 65, LEAST, SIZE_MAX - 1, SIZE_MAX };
    enum { SIZES = sizeof sizes / sizeof sizes[0] };
    for (int a = 0; a < SIZES; a++)
        for (int b = 0; b < SIZES; b++)
            parts_of(sizes[a], sizes[b], 5);
    size_t begin, count;
    ck_assert_int_eq(actfn_part(SIZE_MAX, SIZE_MAX, SIZE_MAX - 1, &begin, &count), ACTFN_OK);
    ck_assert_uint_eq(begin, SIZE_MAX);
    ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(errors)
{
    size_t begin = 5, count = 6;
    ck_assert_int_eq(actfn_part(100, 4, 4, &begin, &count), ACTFN_ERR_INDEX);
    ck_assert_int_eq(actfn_part(100, 0, 0, &begin, &count), ACTFN_ERR_INDEX);
    ck_assert_int_eq(actfn_part(100, 4, 0, NULL, &count), ACTFN_ERR_NULL);
    ck_assert_int_eq(actfn_part_rows(100, 3, 4, 0, &begin, NULL), ACTFN_ERR_NULL);
    ck_assert_msg(begin == 5 && count == 6, "an error writes nothing");
}
END_TEST

Suite *part_suite(void)
{
    Suite *suite = suite_create("part");
    TCase *tcase = tcase_create("part");
    tcase_add_test(tcase, elements);
    tcase_add_test(tcase, rows);
    tcase_add_test(tcase, ends);
    tcase_add_test(tcase, errors);
    suite_add_tcase(suite, tcase);
    return suite;
}
