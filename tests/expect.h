/* SPDX-License-Identifier: MIT */
/* Assertions for inner loops.  Check's own assertions write to a pipe each time, which is too slow for millions of them. */
#ifndef ACTFN_TEST_EXPECT_H
#define ACTFN_TEST_EXPECT_H

#include <check.h>

#define expect(condition, ...)                                                                                         \
    do {                                                                                                               \
        if (!(condition))                                                                                              \
            ck_abort_msg(__VA_ARGS__);                                                                                 \
    } while (0)

#define expect_le(a, b) expect((a) <= (b), "%s is %.17g, above %s, %.17g", #a, (double)(a), #b, (double)(b))
#define expect_same(a, b) expect((a) == (b), "%s is %.17g, not %s, %.17g", #a, (double)(a), #b, (double)(b))

#endif
