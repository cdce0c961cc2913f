/* SPDX-License-Identifier: MIT */
/* For suite_bad_input.c: a legal call of any entry, and every way to make one of its arguments illegal. */
#ifndef ACTFN_TEST_SPOIL_H
#define ACTFN_TEST_SPOIL_H

#include "calls.h"

enum { ROOM = 128, MARGIN = 48, PLACES = SLOTS + 1, PLACE_OF_PARAMS = SLOTS };
/* A place for each buffer, and one for the parameters; what stood there in the last legal call. */
extern float arena[PLACES][ROOM], legal[PLACES][ROOM];

/* Its buffers are in `arena`, and what it reads is in `legal` then too. */
struct call legal_call(enum entry entry, actfn_op op, int mode);

/*
 * Spoils in the variant-th way, and says what has to come back: a status, NO_SUCH where this way does not apply,
 * NO_MORE after the last.
 */
enum { NO_SUCH = -1, NO_MORE = -2 };
typedef int spoil(struct call *c, int variant);

/* `by_entry` are those that replace the operation: there is no more to them with another one. */
struct kind {
    spoil *spoil;
    const char *name;
    bool by_entry, also_empty;
};
enum { KINDS = 22 };
extern const struct kind kinds[KINDS];

static inline const struct actfn_op_info *info_of(const struct call *c) { return actfn_op_info(call_op(c)); }
static inline unsigned has(const struct call *c) { return entry_rows[c->entry].has; }

#endif
