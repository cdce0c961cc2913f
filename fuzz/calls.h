/* SPDX-License-Identifier: MIT */
/*
 * Any call of any entry as data, and what actfn.h promises to answer it.  The fuzz target makes such calls from bytes,
 * tests/suite_bad_input.c makes them from the catalogue.  Nothing here is of src/: it reads the header and the
 * catalogue anew, so that it can disagree.
 */
#ifndef ACTFN_FUZZ_CALLS_H
#define ACTFN_FUZZ_CALLS_H

#include <actfn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum entry {
    ENTRY_FORWARD,
    ENTRY_BACKWARD,
    ENTRY_FROM_OUTPUT,
    ENTRY_PARAM_GRADIENT,
    ENTRY_CHANNELS_FORWARD,
    ENTRY_CHANNELS_BACKWARD,
    ENTRY_CHANNELS_FROM_OUTPUT,
    ENTRY_GATES_FORWARD,
    ENTRY_GATES_BACKWARD,
    ENTRY_PACKED_FORWARD,
    ENTRY_PACKED_BACKWARD,
    ENTRY_ROWS_FORWARD,
    ENTRY_ROWS_BACKWARD,
    ENTRY_MAXOUT_INDEX,
    ENTRY_MAXOUT_FROM_INDEX,
    ENTRY_RANDOM_U32,
    ENTRY_RRELU,
    ENTRY_RRELU_BACKWARD,
    ENTRY_RRELU_FROM_OUTPUT,
    ENTRY_RRELU_FROM_NOISE,
    ENTRY_RRELU_EVAL,
    ENTRY_RRELU_EVAL_BACKWARD,
    ENTRY_GUMBEL,
    ENTRY_GUMBEL_BACKWARD,
    ENTRY_LOSS,
    ENTRY_CROSS_ENTROPY,
    ENTRY_CROSS_ENTROPY_DENSE,
    ENTRY_COUNT
};

/* Where a buffer stands in a call: up to three inputs and two outputs; the weights of channels and their gradients. */
enum slot {
    IN0,
    IN1,
    IN2,
    OUT0,
    OUT1,
    WEIGHTS,
    GRADIENTS = WEIGHTS + ACTFN_MAX_PARAMS,
    SLOTS = GRADIENTS + ACTFN_MAX_PARAMS
};

/* The arguments that an entry has beside its buffers. */
enum {
    HAS_OP = 1,
    HAS_MODE = 2,
    HAS_PARAMS = 4,
    HAS_FLAGS = 8,
    HAS_SCALE = 16,
    HAS_LAYOUT = 32,
    HAS_STRIDES = 64,
    HAS_WEIGHTS = 128,
    HAS_DWEIGHTS = 256,
    HAS_OUTER = 512, /* all have n */
    HAS_INNER = 1024,
    HAS_DRAWS = 2048
};

/* What a buffer is as long as. */
enum extent { NO_BUFFER, ELEMENTS, ROWS, RESULTS, PARAMS, STRIDED, HALVES };

struct slot_row {
    const char *name;
    enum extent extent;
    size_t size;   /* bytes of an element */
    bool optional; /* NULL is: not wanted, or not given */
    unsigned same; /* of an output: the inputs, as bits, that it may be */
};

struct entry_row {
    const char *name;
    actfn_family family;
    actfn_op op; /* the only one, or ACTFN_OP_NONE */
    unsigned has;
    struct slot_row slots[OUT1 + 1];
};
extern const struct entry_row entry_rows[ENTRY_COUNT];

struct call {
    enum entry entry;
    int op, mode, layout;
    unsigned flags;
    const float *params;
    size_t outer, n, inner, terms; /* channels: n is their number; gates: outer rows, of n elements or of that width */
    float scale;
    int64_t ignore_index;
    uint64_t seed, stream, offset;
    void *at[SLOTS];
    size_t stride[OUT1 + 1];
    bool no_weights, no_dweights; /* the arrays of pointers themselves are NULL */
};

/* Legal values for all that an entry has but sizes and buffers. */
struct call call_of(enum entry entry, actfn_op op);

actfn_status call_run(const struct call *c);

/* A buffer of a call: in `rows` rows, `stride` apart, of n elements; n = 0 where it is NULL or not there. */
struct span {
    const char *p;
    size_t rows, n, stride, size;
    bool there, output, fits;
};
struct span span_of(const struct call *c, enum slot slot);

/* From the first byte to behind the last. */
size_t span_bytes(const struct span *s);

/* Whether no byte lies in both, from end to end, gaps between rows included; both fit. */
bool spans_apart(const struct span *a, const struct span *b);

/* Whether the slot is an argument of this entry with this operation, and what it is called. */
bool has_slot(const struct call *c, enum slot slot);
bool is_output(enum slot slot);
bool is_optional(const struct call *c, enum slot slot);
const char *slot_name(const struct call *c, enum slot slot);

/* The operation of a call. */
actfn_op call_op(const struct call *c);

/*
 * The statuses, as bits, that apply: one of them has to be the answer, ACTFN_OK where there is none.  The header ranks
 * them in no way.  `or_ok` marks calls that it leaves open.  Weights, classes and indices are read, as a call reads
 * them.
 */
struct promise {
    unsigned errors;
    bool or_ok;
};
struct promise promise_of(const struct call *c);
static inline unsigned status_bit(actfn_status status) { return 1u << (unsigned)status; }
static inline bool keeps(struct promise promise, actfn_status status)
{
    return promise.errors ? (promise.errors >> (unsigned)status & 1) || (promise.or_ok && status == ACTFN_OK)
                          : status == ACTFN_OK;
}

/* Whether a condition of the catalogue, such as "min <= max" or "slope >= 0", holds. */
bool relation_holds(actfn_op op, const char *relation, const float *params);

/* "actfn_forward_f32(softplus, ...): ...", for messages, until the next call. */
const char *call_text(const struct call *c);

#endif
