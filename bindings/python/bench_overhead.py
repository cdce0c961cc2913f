#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""bench_overhead.py [LIBACTFN]: what a call from Python costs beside NumPy's own, and beside the C library's.

At n = 1 the time of a call of actfn's ufuncs and of NumPy's; at n = 1 Mi the throughput of actfn into an array that is
there, and of the library itself (LIBACTFN, a shared libactfn, by ctypes) on the same buffers.  Both sides take turns; at
n = 1 the median counts, at 1 Mi the best, which a busy machine disturbs less.
"""

import ctypes
import statistics
import sys
import time

import numpy as np

import actfn

ROUNDS = 61


def turns(calls, number, pick=statistics.median):
    """The time of each call in nanoseconds; the calls take turns."""
    times = [[] for _ in calls]
    for call in calls:
        call()
    for _ in range(ROUNDS):
        for call, mine in zip(calls, times):
            start = time.perf_counter_ns()
            for _ in range(number):
                call()
            mine.append((time.perf_counter_ns() - start) / number)
    return [pick(mine) for mine in times]


def overhead():
    one, y = np.ones(1, np.float32), np.empty(1, np.float32)
    scalar = np.float32(1)
    cases = {
        "np.negative(x)": lambda: np.negative(one),
        "np.exp(x)": lambda: np.exp(one),
        "actfn.relu(x)": lambda: actfn.relu(one),
        "actfn.exp(x)": lambda: actfn.exp(one),
        "actfn.gelu(x)": lambda: actfn.gelu(one),
        "actfn.gelu(x, mode='fast')": lambda: actfn.gelu(one, mode="fast"),
        "actfn.elu(x, alpha=0.5)": lambda: actfn.elu(one, alpha=0.5),
        "np.exp(x, out=y)": lambda: np.exp(one, out=y),
        "actfn.exp(x, out=y)": lambda: actfn.exp(one, out=y),
        "np.exp(numpy.float32)": lambda: np.exp(scalar),
        "actfn.exp(numpy.float32)": lambda: actfn.exp(scalar),
    }
    print(f"{'a call at n = 1':32} {'ns':>8}  beside np.exp(x)")
    times = dict(zip(cases, turns(list(cases.values()), 3000)))
    for name, value in times.items():
        print(f"{name:32} {value:8.0f}  {value - times['np.exp(x)']:+6.0f}")


def throughput(path):
    library = ctypes.CDLL(path)
    size = ctypes.c_size_t
    n = 1 << 20
    x = np.random.default_rng(1).standard_normal(n).astype(np.float32) * 3
    y = np.empty_like(x)
    print(f"\n{'n = 1 Mi':16} {'actfn':>9} {'C':>9}  Melem/s   actfn / C")
    for name in "relu", "gelu", "tanh", "silu", "elu", "mish":
        ufunc, entry = getattr(actfn, name), library.actfn_forward_f32
        arguments = (
            ctypes.c_int(library.actfn_op_from_name(name.encode())),
            ctypes.c_int(0),
            None,
            size(n),
            ctypes.c_void_p(x.ctypes.data),
            ctypes.c_void_p(y.ctypes.data),
        )
        ours, theirs = turns([lambda: ufunc(x, out=y), lambda: entry(*arguments)], 1, min)
        print(f"{name:16} {n / ours * 1e3:9.0f} {n / theirs * 1e3:9.0f}            {theirs / ours:6.3f}")


if __name__ == "__main__":
    print({key: value for key, value in actfn.info().items() if key != "isas"})
    overhead()
    if len(sys.argv) > 1:
        throughput(sys.argv[1])
