/* SPDX-License-Identifier: MIT */
/*
 * The threshold of streaming.h.  As in the C library's memcpy, the threshold follows from the cache sizes: half the
 * last-level cache, but at most eight times the second level.  The second limit is for virtual machines: they often report
 * the last level of the whole host and own only a share.  Where the system does not tell the sizes, the threshold is 8 MiB.
 */
#include "dispatch/streaming.h"

#include <actfn.h>
#include <stdatomic.h>
#if !defined(_WIN32)
#include <unistd.h>
#endif

static _Atomic size_t threshold; /* bytes; 0 until first use */

#if defined(_SC_LEVEL2_CACHE_SIZE) && defined(_SC_LEVEL3_CACHE_SIZE)
#define HAVE_CACHE_SIZES
static size_t cache_bytes(int name)
{
    const long bytes = sysconf(name);
    return bytes > 0 ? (size_t)bytes : 0;
}
#endif

static size_t default_threshold(void)
{
#if defined(HAVE_CACHE_SIZES)
    const size_t l2 = cache_bytes(_SC_LEVEL2_CACHE_SIZE), l3 = cache_bytes(_SC_LEVEL3_CACHE_SIZE);
#else
    const size_t l2 = 0, l3 = 0;
#endif
    const size_t by_l2 = l2 ? 8 * l2 : (size_t)8 << 20;
    return l3 && l3 / 2 < by_l2 ? l3 / 2 : by_l2;
}

size_t actfn_streaming_threshold(void)
{
    size_t bytes = atomic_load_explicit(&threshold, memory_order_relaxed);
    if (!bytes) {
        bytes = default_threshold();
        atomic_store_explicit(&threshold, bytes, memory_order_relaxed);
    }
    return bytes;
}

void actfn_set_streaming_threshold(size_t bytes)
{
    atomic_store_explicit(&threshold, bytes ? bytes : default_threshold(), memory_order_relaxed);
}

int actfn_streams(size_t n) { return n >= actfn_streaming_threshold() / sizeof(float); }
