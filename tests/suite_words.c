/* SPDX-License-Identifier: MIT */
/* The vocabulary of the instruction set under test, word by word.  This suite runs before those of the formulas. */
#include "suite_words.h"
#include "suites.h"

#include <string.h>

static const struct {
    const char *isa;
    bool (*check)(char *message, size_t size);
} vocabularies[] = {
#if defined(__x86_64__)
    { "avx512", words_check_avx512 },
    { "avx2", words_check_avx2 },
#elif defined(__aarch64__)
    { "neon", words_check_neon },
#endif
    { "generic", words_check_generic },
};

START_TEST(words_keep_their_rules)
{
    char message[200] = "";
    for (size_t i = 0; i < sizeof vocabularies / sizeof vocabularies[0]; i++)
        if (strcmp(vocabularies[i].isa, test_isa) == 0) {
            ck_assert_msg(vocabularies[i].check(message, sizeof message), "%s: %s", test_isa, message);
            return;
        }
    ck_abort_msg("%s: its words have no test", test_isa);
}
END_TEST

Suite *words_suite(void)
{
    Suite *suite = suite_create("words");
    TCase *tcase = tcase_create("words");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, words_keep_their_rules);
    suite_add_tcase(suite, tcase);
    return suite;
}
