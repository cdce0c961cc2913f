#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""bench_overhead.py [LIBACTFN]: the cost of a call from Python, beside NumPy's own functions and beside the C library.

At n = 1 it times a call of actfn's ufuncs and of NumPy's, and at n = 4 a call of the other families' functions.  At n = 1 Mi it
measures the throughput of actfn into an existing array, and of the library itself (LIBACTFN, a shared libactfn, through ctypes)
on the same buffers.  All calls run in turn.  A call's time is the median; at 1 Mi it is the best time, because a busy machine
disturbs the best time less.
"""

import ctypes
import statistics
import sys
import time

import numpy as np

import actfn

ROUNDS = 61


def turns(calls, number, pick=statistics.median):
    """The time of each call in nanoseconds; the calls run in turn."""
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


def families():
    x, y, square = np.float32([1, -2, 3, 0.5]), np.empty(4, np.float32), np.ones((1, 4), np.float32)
    a = np.float32([0.1, 0.2, 0.3, 0.4])
    cases = {
        "softmax(x)": lambda: actfn.softmax(x),
        "softmax(x, out=y)": lambda: actfn.softmax(x, out=y),
        "softmax(x, scale=0.5, mode='fast')": lambda: actfn.softmax(x, scale=0.5, mode="fast"),
        "softmax([1.0, -2.0, 3.0, 0.5])": lambda: actfn.softmax([1.0, -2.0, 3.0, 0.5]),
        "softmax_backward(y, dy)": lambda: actfn.softmax_backward(x, x),
        "logsumexp(x)": lambda: actfn.logsumexp(x),
        "swiglu(u, v)": lambda: actfn.swiglu(x, x),
        "swiglu_backward(u, v, dy)": lambda: actfn.swiglu_backward(x, x, x),
        "swiglu_packed(x, gate='first')": lambda: actfn.swiglu_packed(x, gate="first"),
        "prelu(x, 0.25)": lambda: actfn.prelu(x, 0.25),
        "prelu(x, a)": lambda: actfn.prelu(square, a),
        "prelu_backward(x, a, dy)": lambda: actfn.prelu_backward(square, a, square),
        "srelu(x, tl, al, tr, ar)": lambda: actfn.srelu(square, a, a, a, a),
        "srelu_backward(x, tl, al, tr, ar, dy)": lambda: actfn.srelu_backward(square, a, a, a, a, square),
    }
    print(f"\n{'a call at n = 4':38} {'ns':>8}")
    for name, value in zip(cases, turns(list(cases.values()), 500)):
        print(f"{name:38} {value:8.0f}")


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
    families()
    if len(sys.argv) > 1:
        throughput(sys.argv[1])
