/* SPDX-License-Identifier: MIT */
/* The type of a line in the table of entries, and the notation for its buffers. */
#ifndef ACTFN_TEST_BUFFERED_ENTRIES_H
#define ACTFN_TEST_BUFFERED_ENTRIES_H

#include "buffered_calls.h"

/* The kind of an entry's shapes. */
enum kind { FLAT, TENSOR, GATED };

enum {
    NO_PARAMS = 1,  /* the entry takes no parameters, although its operation has some */
    BY_VALUE = 2,   /* each parameter is an argument */
    NAMED = 4,      /* the entry has the operation's name, and takes no mode */
    IS_KERNEL = 8,  /* no checks, no defaults */
    PACKED = 16,    /* gates: u and v are the halves of one row */
    IN_SUMS = 32,   /* an element of a result depends on more than one element of the inputs */
    CONVERTS = 128, /* a conversion: it has no operation, and is called once, with the first */
    SIXTEEN_BITS = 256,
    REDUCING = 512,  /* the entry takes operations that reduce */
    NOT_ENTROPY = 64 /* softmax_cross_entropy has entries of its own */
};

/* params is NULL if the call has no parameters.  p begins behind them. */
typedef actfn_status run_function(const struct call *c, const float *params, void *const *p);

enum { ANY_OP = -2 };

struct entry {
    const char *name; /* a name that begins with "_" is appended to the operation's name */
    actfn_family family;
    int op; /* the only operation that the entry takes, or ANY_OP */
    enum kind kind;
    int variants;   /* in addition to the settings of an elementwise operation */
    enum form form; /* for elementwise entries */
    void (*describe)(struct call *c);
    run_function *run;
    unsigned traits;
};

extern const struct entry elementwise_entries[], sixteen_entries[], family_entries[], named_entries[];
extern const int elementwise_entry_count, sixteen_entry_count, family_entry_count, named_entry_count;

/* ---- describing buffers: each function adds one to a call; `input` returns its bit, for an output's may_be ------- */

struct buffer *add_buffer(struct call *c, const char *name, enum content content, size_t width);
unsigned input(struct call *c, const char *name, enum content content, size_t width);
struct buffer *output(struct call *c, const char *name, size_t width, unsigned may_be);
struct buffer *output_of(struct call *c, const char *name, enum content content, size_t width, unsigned may_be);

/* Says that the last buffer may be NULL. */
void optional(struct call *c);

/* The bit of the last buffer. */
unsigned last_bit(const struct call *c);

/* Forward: x and y.  Backward: x or y, dy and dx. */
#define DESCRIPTIONS(type)                                                                                             \
    void describe_forward_##type(struct call *c);                                                                      \
    void describe_backward_##type(struct call *c);
DESCRIPTIONS(f32)
DESCRIPTIONS(bf16)
DESCRIPTIONS(f16)
#undef DESCRIPTIONS

/* The families: descriptions that the entries by operation and the entries by name share. */
/* Pasted: describe_packed_forward_<type>, describe_rows_backward_<type> (describe_rows_backward_bf16). */
#define DESCRIPTIONS(type)                                                                                             \
    void describe_channels_forward_##type(struct call *c);                                                             \
    void describe_channels_backward_##type(struct call *c);                                                            \
    void describe_channels_from_output_##type(struct call *c);                                                         \
    void describe_packed_forward_##type(struct call *c);                                                               \
    void describe_packed_backward_##type(struct call *c);                                                              \
    void describe_rows_forward_##type(struct call *c);                                                                 \
    void describe_rows_backward_##type(struct call *c);                                                                \
    void describe_loss_##type(struct call *c);
DESCRIPTIONS(f32)
DESCRIPTIONS(bf16)
DESCRIPTIONS(f16)
#undef DESCRIPTIONS

enum { APL_TERMS = 2, GATE_LAYOUTS = 2 };
static inline actfn_gate_layout layout_of(const struct call *c)
{
    return c->variant ? ACTFN_GATE_LAST : ACTFN_GATE_FIRST;
}

static inline size_t all_of(const struct call *c) { return c->outer * c->n * c->inner; }
static inline size_t rows_of(const struct call *c) { return c->outer * c->inner; }

#endif
