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

/* rows rows of width elements, a stride apart; only the gates have more than one. */
struct buffer {
    const char *name;
    enum content content;
    size_t size; /* of an element */
    size_t rows, width, stride;
    bool output, optional, unread;
    bool by_value;   /* arguments: no memory of the caller's */
    unsigned may_be; /* an output: those before it, as bits, that it may be the same as */
};

struct entry;

struct call {
    const struct entry *entry;
    actfn_op op;
    int variant;     /* of what has no buffer: flags, layout, strides, setting of the parameters */
    int param_count; /* of the first buffer; 0 where there is no such buffer */
    float params[ACTFN_MAX_PARAMS];
    size_t outer, n, inner; /* what a shape is made of; a flat one is (1, n, 1), gates have rows in `outer` */
    uint64_t first;         /* added to the index of the first draw, where there are draws */
    uint64_t round;         /* of the inputs: in another one they are others */
    unsigned missing;       /* the optional buffers, as bits, that are NULL */
    int buffers;
    struct buffer buffer[MAX_BUFFERS];
};

/*
 * The table's lines.  An entry's next call, from an empty one on: the operations that it takes in the mode under test,
 * each with its variants, with no shape yet; false after the last.
 */
int call_entry_count(void);
bool next_call(int entry, struct call *c);

/* The index-th shape, or the index-th of a few typical ones; false past the last.  Then nothing is missing. */
bool call_shape(struct call *c, int index);
bool call_typical_shape(struct call *c, int index);

/* Any shape; the buffers must have room for it. */
void call_in_shape(struct call *c, size_t outer, size_t n, size_t inner);

/* n elements in one row; false where an element of a result depends on others than those in its own place. */
bool call_part(struct call *c, size_t n);

/* The index-th setting of the parameters, the one that a call comes with first; false past the last. */
bool call_setting(struct call *c, int index);

/* The next choice of missing buffers: none, each optional one, all of them. */
bool next_missing(struct call *c);

static inline bool is_present(const struct call *c, int k) { return !c->buffer[k].unread && !(c->missing >> k & 1); }

/* The bytes from the first element to the last. */
size_t buffer_bytes(const struct buffer *b);

/* Whether output o may lie `distance` bytes behind buffer k, by the header. */
bool may_overlap(const struct call *c, int o, int k, long distance);

/* What an input holds: tame numbers, with special values strewn in, or any bits. */
enum filling { TAME, WILD, ANY_BITS };
void fill_buffer(const struct call *c, int k, void *p, enum filling filling);

/* One pointer a buffer; that of a missing one is not looked at. */
actfn_status buffered_call_run(const struct call *c, void *const p[MAX_BUFFERS]);

/* The first element of an output that differs, or that differs in what lies between its rows; true if there is none. */
bool same_output(const struct buffer *b, const void *got, const void *expected, size_t *where);

/* "actfn_gelu_f32", and that with operation, variant and shape, until the next call. */
const char *call_entry(const struct call *c);
const char *buffered_call_text(const struct call *c);

/* Whether a name that the library exports is an entry of the table, with some operation. */
bool is_a_call(const char *exported);

#endif
