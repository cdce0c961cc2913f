/* SPDX-License-Identifier: MIT */
/* gelu on the threads of OpenMP: each thread computes its part. */
#include "check.h"

#include <omp.h>

static void gelu(size_t n, const float *x, float *y)
{
#pragma omp parallel
    {
        size_t begin, count;
        if (actfn_part(n, (size_t)omp_get_num_threads(), (size_t)omp_get_thread_num(), &begin, &count) == ACTFN_OK)
            actfn_gelu_f32(count, x + begin, y + begin);
    }
}

int main(void) { return check_gelu("OpenMP", omp_get_max_threads(), gelu); }
