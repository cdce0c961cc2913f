/* SPDX-License-Identifier: MIT */
/* A backend is a name, the CPU features that it needs, and const tables of kernels. */
#ifndef ACTFN_BACKEND_H
#define ACTFN_BACKEND_H

#include "dispatch/cpu.h"

#include <actfn.h>
#include <stdatomic.h>
#include <stdbool.h>

enum { MODE_COUNT = 2 };

/* Whether this library has the mode.  A library without SLEEF has the fast mode only. */
static inline bool actfn_has_mode(actfn_mode mode)
{
#ifdef ACTFN_WITHOUT_SLEEF
    return mode == ACTFN_FAST;
#else
    return (int)mode >= 0 && (int)mode < MODE_COUNT;
#endif
}

/* Rows of a caller's tensor: the first element, and the distance between rows in elements. */
struct actfn_rows {
    const float *p;
    size_t stride;
};
struct actfn_rows_out {
    float *p;
    size_t stride;
};

/*
 * A row whose elements are not floats comes in pieces.  The kernel's tensors have room for PAGE elements, and each piece of the
 * row takes its turn there.  `in` brings the inputs' elements first ... first + count - 1 to this room, and `out` takes the
 * outputs' elements from it.  These elements lie within one of the pieces 0 ... PAGE - 1, PAGE ... 2 PAGE - 1, ...
 */
struct actfn_pages {
    void (*in)(const struct actfn_pages *pages, size_t first, size_t count);
    void (*out)(const struct actfn_pages *pages, size_t first, size_t count);
};
enum { PAGE = 2048 };

/*
 * A tensor (outer, n, inner).  n is the length of the reduced axis, or the number of channels.  The fast mode's kernels of rows
 * also take a row in pieces, a tensor (1, n, 1); `pages` is NULL otherwise.
 */
struct actfn_shape {
    size_t outer, n, inner;
    const struct actfn_pages *pages;
};

/* The draws of a call: its draw i is draw i + offset of the pair (seed, stream). */
struct actfn_noise {
    uint64_t seed, stream, offset;
};

/*
 * The weights of channels: arrays[k][s * channels + c] for term s.  A kernel may compute a part of a tensor.  `channels` is
 * the number of channels of the whole tensor, and channel 0 of the part is its channel `first`.
 */
struct actfn_weights {
    const float *const *arrays;
    size_t terms, channels, first;
};

/* Two tensors whose elements are the factors of a sum's terms.  If `widen` is NULL, the elements are floats.  If not, they
 * have a 16-bit type, and `widen` converts n of them to floats. */
struct actfn_factors {
    const void *x, *dy;
    void (*widen)(size_t n, const uint16_t *x, float *y);
};

/* The inputs of a loss beside the logits.  w may be NULL.  Either t or classes is NULL. */
struct actfn_targets {
    const float *t;         /* for dense targets */
    const int64_t *classes; /* for targets by class */
    int64_t ignore_index;
    const float *w;
    float scale;
};

/* ---- the kernels of one operation, by its family ------------------------------------------------------------------------ */

/* A kernel takes the arguments of its public function, which has checked them.  A pointer that may be NULL there may be NULL
 * here, except params.  A kernel is NULL where the operation does not offer the form. */

struct actfn_channel_kernels {
    void (*forward)(struct actfn_shape shape, const struct actfn_weights *weights, const float *x, float *y);
    void (*backward)(struct actfn_shape shape, const struct actfn_weights *weights, const float *x, const float *dy,
                     float *dx);
    void (*backward_from_output)(struct actfn_shape shape, const struct actfn_weights *weights, const float *y,
                                 const float *dy, float *dx);
    /* The tensors are x and dy of `factors`. */
    void (*weight_gradients)(struct actfn_shape shape, const struct actfn_weights *weights,
                             const struct actfn_factors *factors, float *const *dweights);
};

struct actfn_gate_kernels {
    void (*forward)(const float *params, size_t rows, size_t n, struct actfn_rows u, struct actfn_rows v,
                    struct actfn_rows_out y);
    void (*backward)(const float *params, size_t rows, size_t n, struct actfn_rows u, struct actfn_rows v,
                     struct actfn_rows dy, struct actfn_rows_out du, struct actfn_rows_out dv);
};

struct actfn_row_kernels {
    void (*forward)(const float *params, unsigned int flags, struct actfn_shape shape, const float *x, float *y);
    void (*backward)(const float *params, struct actfn_shape shape, const float *x, const float *y, const float *dy,
                     float *dx);
    void (*forward_index)(struct actfn_shape shape, const float *x, float *y, int32_t *index);
};

struct actfn_random_kernels {
    void (*u32)(size_t n, uint32_t *words, const struct actfn_noise *draws);
    void (*rrelu)(const float *params, const struct actfn_noise *draws, size_t n, const float *x, float *y,
                  float *noise);
    /* x or y may be passed as x: only the sign is used, and both have the same. */
    void (*rrelu_backward)(const float *params, const struct actfn_noise *draws, size_t n, const float *x,
                           const float *dy, float *dx);
    /* y = (x + g) / tau; gumbel_softmax is the softmax of this y. */
    void (*gumbel)(const float *params, const struct actfn_noise *draws, size_t n, const float *x, float *y);
};

/* sigmoid_bce, sigmoid_mse */
typedef void actfn_loss_kernel(const float *params, size_t n, const float *z, const struct actfn_targets *targets,
                               float *loss, float *dz);

struct actfn_cross_entropy_kernels {
    void (*by_class)(const float *params, struct actfn_shape shape, const float *z, const struct actfn_targets *targets,
                     float *loss, float *dz);
    void (*dense)(struct actfn_shape shape, const float *z, const struct actfn_targets *targets, float *loss,
                  float *dz);
};

/* ---- the kernels of one instruction set and mode ------------------------------------------------------------------------ */

/* Each array has an element for every operation, in the order of the list. */
struct actfn_tables {
    const actfn_forward_fn *forward;
    const actfn_backward_fn *backward, *from_output;
    const actfn_backward_fn *param_gradient; /* writes the gradients instead of dx */
    const struct actfn_channel_kernels *channels;
    const struct actfn_gate_kernels *gates;
    const struct actfn_row_kernels *rows;
    actfn_loss_kernel *const *losses;
    const struct actfn_cross_entropy_kernels *cross_entropy; /* not an array */
    const struct actfn_random_kernels *random;               /* not an array */
};

/* The 16-bit types, whose kernels both modes share: dispatch/sixteen_table.h. */
struct actfn_sixteen;
enum actfn_type { TYPE_BF16, TYPE_F16, TYPE_COUNT };

struct actfn_backend {
    const char *name;
    uint32_t needs; /* CPU_* bits; a machine must have all of them */
    struct actfn_tables tables[MODE_COUNT];
    const struct actfn_sixteen *sixteen[TYPE_COUNT];
};

/* The backends of this build, best first, NULL at the end. */
extern const struct actfn_backend *const actfn_backends[];

/* The backend in use; NULL until the first use, which calls actfn_backend_first. */
extern _Atomic(const struct actfn_backend *) actfn_active_backend;
const struct actfn_backend *actfn_backend_first(void);

static inline const struct actfn_backend *actfn_backend_active(void)
{
    const struct actfn_backend *backend = atomic_load_explicit(&actfn_active_backend, memory_order_acquire);
    return backend ? backend : actfn_backend_first();
}

#endif
