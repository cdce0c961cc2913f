/* SPDX-License-Identifier: MIT */
/*
 * Every public function that takes buffers ("entry"), each operation that it takes, and the header's rules for each buffer:
 * the number of elements, whether the function writes the buffer, which other buffer it may be, whether it may be NULL.
 * Some suites check the same rules for every entry (memory, bits, floating-point environment).  They go through this table
 * and know no entry by name.
 */
#ifndef ACTFN_TEST_BUFFERED_CALLS_H
#define ACTFN_TEST_BUFFERED_CALLS_H

#include "support.h"

enum { MAX_BUFFERS = 12, MAX_BYTES = 8192 };

enum content { FLOATS, TARGETS, PARAMETERS, WEIGHTS, CLASSES, INDICES, WORDS, BF16, F16 };

/* `rows` rows of `width` elements, `stride` elements apart.  Only gates have more than one row. */
struct buffer {
    const char *name;
    enum content content;
    size_t size; /* of an element, in bytes */
    size_t rows, width, stride;
    bool output, optional, unread;
    bool by_value;   /* the values are passed as arguments, not in memory of the caller */
    unsigned may_be; /* for an output: a bit for each earlier buffer that it may coincide with */
};

struct entry;

struct call {
    const struct entry *entry;
    actfn_op op;
    int variant;     /* everything without a buffer: flags, layout, strides, setting of the parameters */
    int param_count; /* floats in the first buffer, `params`; 0 without such a buffer */
    float params[ACTFN_MAX_PARAMS];
    size_t outer, n, inner; /* the shape; a flat one is (1, n, 1); for gates `outer` is the number of rows */
    uint64_t first;         /* added to the index of the first random draw */
    uint64_t round;         /* each round has other inputs */
    unsigned missing;       /* a bit for each optional buffer that is NULL */
    int buffers;
    struct buffer buffer[MAX_BUFFERS];
};

/*
 * The lines of the table.  next_call goes from an empty call to the first call of the entry, and from there to the next: all
 * operations that the entry takes in the mode under test, and all variants of each.  The call has no shape yet.  The function
 * returns false after the last call.
 */
int call_entry_count(void);
bool next_call(int entry, struct call *c);

/* Gives the call its index-th shape, or the index-th of a few typical shapes, with no buffer missing.  False past the last. */
bool call_shape(struct call *c, int index);
bool call_typical_shape(struct call *c, int index);

/* Gives the call any shape.  The buffers must have room for it. */
void call_in_shape(struct call *c, size_t outer, size_t n, size_t inner);

/* Gives the call n elements in one row.  False if an element of a result depends on more than the same element of the inputs.
 * */
bool call_part(struct call *c, size_t n);

/* Gives the call its index-th setting of the parameters.  Setting 0 is the one that the call has.  False past the last. */
bool call_setting(struct call *c, int index);

/* Goes to the next choice of missing buffers: none, each optional buffer alone, all of them.  False past the last. */
bool next_missing(struct call *c);

static inline bool is_present(const struct call *c, int k) { return !c->buffer[k].unread && !(c->missing >> k & 1); }

/* The bytes from the first element to the last. */
size_t buffer_bytes(const struct buffer *b);

/* Whether the header allows output o to lie `distance` bytes behind buffer k. */
bool may_overlap(const struct call *c, int o, int k, long distance);

/* The contents of an input: tame numbers, numbers with special values among them, or any bits. */
enum filling { TAME, WILD, ANY_BITS };
void fill_buffer(const struct call *c, int k, void *p, enum filling filling);

/* p has one pointer for each buffer.  The function does not look at the pointer of a missing buffer. */
actfn_status buffered_call_run(const struct call *c, void *const p[MAX_BUFFERS]);

/* True if an output is as expected, also between its rows.  Otherwise *where is the first element that differs. */
bool same_output(const struct buffer *b, const void *got, const void *expected, size_t *where);

/* The name, "actfn_gelu_f32", and the name with operation, variant and shape.  A text lives until the next call. */
const char *call_entry(const struct call *c);
const char *buffered_call_text(const struct call *c);

/* Whether a name that the library exports is an entry of the table, with some operation. */
bool is_a_call(const char *exported);

#endif
