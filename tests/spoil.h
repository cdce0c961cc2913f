/* SPDX-License-Identifier: MIT */
/* For suite_bad_input.c: a legal call of any entry, and every way to make one of its arguments illegal. */
#ifndef ACTFN_TEST_SPOIL_H
#define ACTFN_TEST_SPOIL_H

#include "calls.h"

enum { ROOM = 128, MARGIN = 48, PLACES = SLOTS + 1, PLACE_OF_PARAMS = SLOTS };
/* A place for each buffer and one for the parameters; and the contents of these places in the last legal call. */
extern float arena[PLACES][ROOM], legal[PLACES][ROOM];

/* Makes a legal call.  Its buffers are in `arena`, and `legal` has a copy of its inputs. */
struct call legal_call(enum entry entry, actfn_op op, int mode);

/*
 * Makes the call illegal in the variant-th way, and returns the status that the library must return.  NO_SUCH: the call does
 * not have this variant.  NO_MORE: there are no further variants.
 */
enum { NO_SUCH = -1, NO_MORE = -2 };
typedef int spoil(struct call *c, int variant);

/* `by_entry`: the kind replaces the operation, so one operation of each entry is enough. */
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
