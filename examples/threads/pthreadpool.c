/* SPDX-License-Identifier: MIT */
/* gelu on the threads of pthreadpool, which XNNPACK and PyTorch use: a task is a part. */
#include "check.h"

#include <pthreadpool.h>

static pthreadpool_t pool;

struct work {
    size_t n, parts;
    const float *x;
    float *y;
};

static void one_part(void *context, size_t i)
{
    const struct work *work = context;
    size_t begin, count;
    if (actfn_part(work->n, work->parts, i, &begin, &count) == ACTFN_OK)
        actfn_gelu_f32(count, work->x + begin, work->y + begin);
}

static void gelu(size_t n, const float *x, float *y)
{
    struct work work = { n, pthreadpool_get_threads_count(pool), x, y };
    pthreadpool_parallelize_1d(pool, one_part, &work, work.parts, 0);
}

int main(void)
{
    pool = pthreadpool_create(0);
    if (!pool)
        return 1;
    const int code = check_gelu("pthreadpool", (int)pthreadpool_get_threads_count(pool), gelu);
    pthreadpool_destroy(pool);
    return code;
}
