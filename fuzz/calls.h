/* SPDX-License-Identifier: MIT */
/*
 * Any call of any entry as data, and the answer that actfn.h promises.  The fuzz target makes such calls from bytes,
 * tests/suite_bad_input.c makes them from the catalogue.  Nothing here comes from src/: the code follows the header and the
 * catalogue again, so that it can disagree with the library.
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

/* The position of a buffer in a call: up to three inputs and two outputs; the weights of channels and their gradients. */
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

/* The arguments of an entry that are not buffers. */
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
    HAS_OUTER = 512, /* all entries have n */
    HAS_INNER = 1024,
    HAS_DRAWS = 2048
};

/* The length of a buffer. */
enum extent { NO_BUFFER, ELEMENTS, ROWS, RESULTS, PARAMS, STRIDED, HALVES };

struct slot_row {
    const char *name;
    enum extent extent;
    size_t size;   /* bytes of an element */
    bool optional; /* NULL: not wanted, or not given */
    unsigned same; /* for an output: a bit for each input with which it may coincide */
};

struct entry_row {
    const char *name;
    actfn_family family;
    actfn_op op; /* the only operation, or ACTFN_OP_NONE */
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

/* Legal values for all arguments except sizes and buffers. */
struct call call_of(enum entry entry, actfn_op op);

actfn_status call_run(const struct call *c);

/* A buffer of a call: `rows` rows of n elements, `stride` apart.  n = 0 if the buffer is NULL or missing. */
struct span {
    const char *p;
    size_t rows, n, stride, size;
    bool there, output, fits;
};
struct span span_of(const struct call *c, enum slot slot);

/* The bytes from the first byte to the last. */
size_t span_bytes(const struct span *s);

/* Whether no byte lies in both spans, with the gaps between rows counted.  Both spans must fit. */
bool spans_apart(const struct span *a, const struct span *b);

/* Whether the entry with this operation has the argument; and the name of the argument. */
bool has_slot(const struct call *c, enum slot slot);
bool is_output(enum slot slot);
bool is_optional(const struct call *c, enum slot slot);
const char *slot_name(const struct call *c, enum slot slot);

/* The operation of a call. */
actfn_op call_op(const struct call *c);

/*
 * The statuses (as bits) for faults of the call.  The answer must be one of them, or ACTFN_OK without any.  The header does
 * not rank them.  `or_ok` marks calls for which the header leaves the answer open.  The functions read weights, classes and
 * indices, as a call does.
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
