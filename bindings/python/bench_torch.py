#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""bench_torch.py [--mode fast|accurate] [--threads 1,2] [--turns 15] [--compile] [NAME ...]

Divides the time of torch.nn.functional by the time of actfn.torch: forward and backward together through autograd (f+b), and
forward alone, at 4 Ki, 64 Ki and 1 Mi elements.  Both sides run in every round.  A figure is the median of the rounds' ratios,
with half the distance of their quartiles in percent, and in brackets actfn.torch's time.  --compile compares torch.compile's
code of both sides, and actfn.torch compiled with actfn.torch in eager mode.
"""

import argparse
import statistics
import time

import torch
from torch.nn import functional as F

import actfn.torch as act

SIZES = {"4 Ki": (16, 256), "64 Ki": (64, 1024), "1 Mi": (1024, 1024)}
NAMES = {
    "gelu": {},
    "gelu, tanh": {"approximate": "tanh"},
    "silu": {},
    "elu": {},
    "tanh": {},
    "sigmoid": {},
    "softplus": {},
    "mish": {},
    "relu": {},
    "leaky_relu": {},
    "hardswish": {},
    "softmax": {"dim": 1},
    "log_softmax": {"dim": 1},
    "glu": {},
}


def pair(name, mode):
    """(torch's function, our function), each of a tensor."""
    plain = name.partition(",")[0]
    theirs, mine = getattr(F, plain, None) or getattr(torch, plain), getattr(act, plain)
    if plain in ("tanh", "sigmoid"):  # torch.nn.functional has deprecated names for these
        theirs = getattr(torch, plain)
    keywords = NAMES[name]
    return lambda x: theirs(x, **keywords), lambda x: mine(x, **keywords, mode=mode)


def both_ways(function, x):
    leaf = x.clone().requires_grad_()
    dy = torch.randn(function(x).shape)

    def run():
        leaf.grad = None
        function(leaf).backward(dy)

    return run


def forward(function, x):
    def run():
        with torch.no_grad():
            function(x)

    return run


def seconds(run, calls):
    begin = time.perf_counter()
    for _ in range(calls):
        run()
    return (time.perf_counter() - begin) / calls


def ratio(theirs, mine, turns):
    """(median of theirs / mine, half the distance of the quartiles in percent, median of mine in microseconds)."""
    for run in theirs, mine, theirs, mine:
        run()
    calls = max(1, int(2e-3 / max(seconds(theirs, 3), 1e-7)))
    ratios, times = [], []
    for turn in range(turns):
        # The side that runs first alternates.
        order = (theirs, mine) if turn % 2 else (mine, theirs)
        taken = {run: seconds(run, calls) for run in order}
        ratios.append(taken[theirs] / taken[mine])
        times.append(taken[mine])
    low, middle, high = statistics.quantiles(ratios, n=4)
    return middle, (high - low) / 2 / middle * 100, statistics.median(times) * 1e6


def table(names, prepare, turns):
    """prepare(name) gives the two sides, functions of a tensor."""
    print("| | " + " | ".join(f"{way} {size}" for way in ("f+b", "fwd") for size in SIZES) + " |")
    print("|---" * (1 + 2 * len(SIZES)) + "|")
    for name in names:
        theirs, mine = prepare(name)
        cells = []
        for way in both_ways, forward:
            for shape in SIZES.values():
                x = torch.randn(shape) * 3
                middle, spread, micro = ratio(way(theirs, x), way(mine, x), turns)
                cells.append(f"{middle:.2f} ± {spread:.0f} % ({micro:.3g} µs)")
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)
    print()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mode", default="fast", choices=("fast", "accurate"))
    parser.add_argument("--threads", default="1,2", help="numbers of torch's threads")
    parser.add_argument("--turns", type=int, default=15)
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}")
    options = parser.parse_args()
    torch.manual_seed(1)
    if options.compile:
        torch._dynamo.config.recompile_limit = (
            100  # the limit counts the compilations of one function: for each size, with and without gradients
        )
    names = options.names or list(NAMES)
    print(f"torch {torch.__version__}, operators in {act.info()['operators']}, mode {options.mode}\n")
    for threads in map(int, options.threads.split(",")):
        torch.set_num_threads(threads)
        print(f"{threads} thread{'s' if threads > 1 else ''}: torch.nn.functional / actfn.torch\n")
        if not options.compile:
            table(names, lambda name: pair(name, options.mode), options.turns)
            continue

        def compiled(name):
            torch._dynamo.reset()  # torch limits the number of compilations of a function's code
            return [torch.compile(function, fullgraph=True, dynamic=False) for function in pair(name, options.mode)]

        table(names, compiled, options.turns)
        print("actfn.torch / actfn.torch under torch.compile\n")
        table(names, lambda name: (pair(name, options.mode)[1], compiled(name)[1]), options.turns)


if __name__ == "__main__":
    main()
