#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""bench_torch.py [--mode fast|accurate] [--threads 1,2] [--turns 15] [--compile] [NAME ...]

Time of torch.nn.functional over that of actfn.torch: forward and backward together through autograd (f+b), and forward
alone, at 4 Ki, 64 Ki and 1 Mi elements.  Both sides take turns; a figure is the median of the turns' ratios, with the
half-width of their quartiles in percent, and in brackets our time and, behind the colon, what of it the library's functions
take by themselves, on memory that is there.  relu's are what the memory asks for: it has the same arrays to read and to
write as tanh, sigmoid and elu.  --compile compares torch.compile's code of both sides, of
ours with ours in eager mode, and of both between elementwise operations, which inductor fuses with torch's.
"""

import argparse
import statistics
import time

import numpy as np
import torch
from torch.nn import functional as F

import actfn
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
    """(torch's, ours), functions of a tensor."""
    plain = name.partition(",")[0]
    theirs, mine = getattr(F, plain, None) or getattr(torch, plain), getattr(act, plain)
    if plain in ("tanh", "sigmoid"):  # torch.nn.functional's are deprecated names of these
        theirs = getattr(torch, plain)
    keywords = NAMES[name]
    return lambda x: theirs(x, **keywords), lambda x: mine(x, **keywords, mode=mode)


def between(function):
    """As in a network where a bias stands before an activation, and a residual connection behind it."""
    return lambda x: function(x * 1.5 + 0.5) * 0.9 + x


def both_ways(function, x):
    leaf = x.clone().requires_grad_()
    dy = torch.randn(function(x).shape)

    def run():
        leaf.grad = None
        function(leaf).backward(dy)

    return run


def alone(name, way, x, mode):
    """The library's functions that `way` calls, into memory that is there; None for what takes more than one line."""
    name = name.replace(", ", "_")
    if name == "glu":
        return None
    from_output = getattr(actfn, name + "_backward_from_output", None)
    saved_is_output = from_output or actfn._catalogue.OPERATIONS[name].reads_y
    function, backward = getattr(actfn, name), from_output or getattr(actfn, name + "_backward")
    x, (y, dy, dx) = x.numpy(), np.ones((3, *x.shape), np.float32)

    def run():
        function(x, out=y, mode=mode)
        if way is both_ways:
            backward(y if saved_is_output else x, dy, out=dx, mode=mode)

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
    # The allocator and the caches need some calls before they settle, in each turn too.
    for run in theirs, mine, theirs, mine:
        seconds(run, 5)
    calls = max(1, int(8e-3 / max(seconds(theirs, 3), 1e-7)))
    ratios, times = [], []
    for turn in range(turns):
        # Who goes first alternates.
        order = (theirs, mine) if turn % 2 else (mine, theirs)
        taken = {}
        for run in order:
            run()
            taken[run] = seconds(run, calls)
        ratios.append(taken[theirs] / taken[mine])
        times.append(taken[mine])
    low, middle, high = statistics.quantiles(ratios, n=4)
    return middle, (high - low) / 2 / middle * 100, statistics.median(times) * 1e6


def table(names, prepare, turns, mode=None):
    """prepare(name): the two sides, functions of a tensor; with a mode, the library's part is shown."""
    print("| | " + " | ".join(f"{way} {size}" for way in ("f+b", "fwd") for size in SIZES) + " |")
    print("|---" * (1 + 2 * len(SIZES)) + "|")
    for name in names:
        theirs, mine = prepare(name)
        cells = []
        for way in both_ways, forward:
            for shape in SIZES.values():
                x = torch.randn(shape) * 3
                middle, spread, micro = ratio(way(theirs, x), way(mine, x), turns)
                library = alone(name, way, x, mode) if mode else None
                part = f": {ratio(library, library, 5)[2]:.3g}" if library else ""
                cells.append(f"{middle:.2f} ± {spread:.0f} % ({micro:.3g}{part} µs)")
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
        # It counts the compilations of one function: sizes, with and without gradients.
        torch._dynamo.config.recompile_limit = 100
    names = options.names or list(NAMES)
    print(f"torch {torch.__version__}, operators in {act.info()['operators']}, mode {options.mode}\n")
    for threads in map(int, options.threads.split(",")):
        torch.set_num_threads(threads)
        print(f"{threads} thread{'s' if threads > 1 else ''}: torch.nn.functional / actfn.torch\n")
        if not options.compile:
            table(names, lambda name: pair(name, options.mode), options.turns, options.mode)
            continue

        def compiled(name, change=lambda function: function):
            torch._dynamo.reset()  # it counts what it compiles of a function's code
            both = map(change, pair(name, options.mode))
            return [torch.compile(function, fullgraph=True, dynamic=False) for function in both]

        table(names, compiled, options.turns)
        print("actfn.torch / actfn.torch under torch.compile\n")
        table(names, lambda name: (pair(name, options.mode)[1], compiled(name)[1]), options.turns)
        print("torch.nn.functional / actfn.torch, both compiled between elementwise operations\n")
        table(names, lambda name: compiled(name, between), options.turns)
        print("The same: actfn.torch in eager mode / compiled\n")
        table(names, lambda name: (between(pair(name, options.mode)[1]), compiled(name, between)[1]), options.turns)


if __name__ == "__main__":
    main()
