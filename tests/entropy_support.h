/* SPDX-License-Identifier: MIT */
/* The two forms of softmax_cross_entropy as one call. */
#ifndef ACTFN_TEST_ENTROPY_SUPPORT_H
#define ACTFN_TEST_ENTROPY_SUPPORT_H

#include "rows_support.h"

struct entropy_call {
    bool dense;
    actfn_mode mode;
    float smoothing; /* 0: the parameters are NULL */
    float scale;
    int64_t ignore_index;
};

struct entropy_data {
    const float *z, *t;
    const int64_t *classes;
    const float *w;
};

static inline actfn_status entropy_compute(const struct entropy_call *c, struct shape s, const struct entropy_data *d,
                                           float *loss, float *dz)
{
    if (c->dense)
        return actfn_softmax_cross_entropy_dense_f32(c->mode, s.outer, s.n, s.inner, d->z, d->t, d->w, c->scale, loss,
                                                     dz);
    return actfn_softmax_cross_entropy_f32(c->mode, c->smoothing == 0 ? NULL : &c->smoothing, s.outer, s.n, s.inner,
                                           d->z, d->classes, c->ignore_index, d->w, c->scale, loss, dz);
}

#endif
