// SPDX-License-Identifier: MIT
// gelu on std::thread: each thread computes its part.  An engine would keep its threads: a new thread takes longer than a
// small part.
#include "check.h"

#include <algorithm>
#include <thread>
#include <vector>

static const size_t threads = std::max(2u, std::thread::hardware_concurrency());

static void gelu(size_t n, const float *x, float *y)
{
    std::vector<std::thread> others;
    for (size_t i = 0; i < threads; i++)
        others.emplace_back([=] {
            size_t begin, count;
            if (actfn_part(n, threads, i, &begin, &count) == ACTFN_OK)
                actfn_gelu_f32(count, x + begin, y + begin);
        });
    for (std::thread &other : others)
        other.join();
}

int main() { return check_gelu("std::thread", (int)threads, gelu); }
