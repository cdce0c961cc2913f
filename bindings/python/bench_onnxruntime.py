#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""bench_onnxruntime.py [--markdown]: times ONNX Runtime's activations and libactfn's, with the error of both.

There is one session of the unchanged model, and one of actfn.onnx.replace_activations' result in each mode.  All run on one
thread, with inputs and outputs bound to existing memory.  The sessions run in turn.  A figure is the median CPU time of the
thread for a run in milliseconds; in brackets stands half the distance of the quartiles in hundredths of it.  The error is the
greatest of |y - f(x)| / max(1, |f(x)|), with f in double, over the same data, which is normal with deviation 3.  The relative
error is the greatest of |y - f(x)| / |f(x)| where f(x) is not subnormal; it shows the tails.

ACTFN_ORT_LIBRARY names libactfn_ort.so.  bindings/rust/actfn-ort/run_tests.py --measure builds everything that is needed.
"""

import argparse
import math
import os
import pathlib
import platform
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "tests"))

if not os.environ.get("ACTFN_ORT_LIBRARY"):
    sys.exit("bench_onnxruntime.py: ACTFN_ORT_LIBRARY does not name libactfn_ort.so")

import numpy as np
import onnxruntime
from onnx_block import Block
from onnx_support import make_model, node, session

import actfn
from actfn.onnx import replace_activations

REPETITIONS = 31
erf, erfc = (np.vectorize(function, otypes=[np.float64]) for function in (math.erf, math.erfc))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def tanh_gelu(x):
    u = math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)
    return x * sigmoid(2 * u)


def plain(op, **attributes):
    return [node(op, ["x"], "y", "", **attributes)]


SILU = [node("Sigmoid", ["x"], "s", ""), node("Mul", ["x", "s"], "y", "")]
GELU = [
    node("Div", ["x", "root"], "u", ""),
    node("Erf", ["u"], "e", ""),
    node("Add", ["e", "one"], "p", ""),
    node("Mul", ["x", "p"], "m", ""),
    node("Mul", ["m", "half"], "y", ""),
]
CONSTANTS = {"root": np.float32(math.sqrt(2)), "one": np.float32(1), "half": np.float32(0.5)}

# name: nodes, constants, the function in double
SINGLE = {
    "Relu": (plain("Relu"), {}, lambda x: np.maximum(x, 0)),
    "LeakyRelu": (plain("LeakyRelu"), {}, lambda x: np.where(x > 0, x, np.float64(np.float32(0.01)) * x)),
    "Sigmoid": (plain("Sigmoid"), {}, sigmoid),
    "Tanh": (plain("Tanh"), {}, np.tanh),
    "Elu": (plain("Elu"), {}, lambda x: np.where(x > 0, x, np.expm1(x))),
    "Softplus": (plain("Softplus"), {}, lambda x: np.logaddexp(0, x)),
    "HardSwish": (plain("HardSwish"), {}, lambda x: x * np.clip(x + 3, 0, 6) / 6),
    "Mish": (plain("Mish"), {}, lambda x: x * np.tanh(np.log1p(np.exp(x)))),
    "Gelu": (plain("Gelu"), {}, lambda x: x * erfc(-x / math.sqrt(2)) / 2),
    "Gelu, tanh": (plain("Gelu", approximate="tanh"), {}, tanh_gelu),
    "Gelu, five nodes": (GELU, CONSTANTS, lambda x: x * erfc(-x / math.sqrt(2)) / 2),
    "x Sigmoid(x)": (SILU, {}, lambda x: x * sigmoid(x)),
    "Softmax": (plain("Softmax"), {}, softmax),
    "LogSoftmax": (plain("LogSoftmax"), {}, lambda x: np.log(softmax(x))),
}
# The first size shows the cost of a node.
SIZES = [(1, 1, 64), (1, 128, 768), (8, 128, 3072)]
BLOCKS = [(1, "gelu"), (8, "gelu"), (8, "swiglu")]


class Contestant:
    def __init__(self, model, x):
        self.session = session(model, threads=1)
        self.binding = self.session.io_binding()
        self.result = onnxruntime.OrtValue.ortvalue_from_numpy(np.empty_like(x))
        self.binding.bind_ortvalue_input("x", onnxruntime.OrtValue.ortvalue_from_numpy(x))
        self.binding.bind_ortvalue_output("y", self.result)
        self.times = []

    def run(self):
        start = time.thread_time()
        self.session.run_with_iobinding(self.binding)
        self.times.append(time.thread_time() - start)

    def figures(self, expected):
        low, middle, high = np.percentile(self.times, [25, 50, 75])
        y = self.result.numpy().astype(np.float64)
        difference, size = np.abs(y - expected), np.abs(expected)
        normal = size >= np.finfo(np.float32).tiny
        relative = np.max(difference[normal] / size[normal], initial=0)
        return middle * 1e3, 50 * (high - low) / middle, np.max(difference / np.maximum(1, size)), relative


def compare(model, x, expected):
    models = [model, *(replace_activations(model, mode=mode).model for mode in ("accurate", "fast"))]
    contestants = [Contestant(each, x) for each in models]
    for turn in range(REPETITIONS + 3):
        for contestant in contestants:
            contestant.run()
            if turn < 3:
                contestant.times.clear()
    return [contestant.figures(expected) for contestant in contestants]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--markdown", action="store_true", help="a table for a document")
    markdown = parser.parse_args().markdown

    print(f"onnxruntime {onnxruntime.__version__}, actfn {actfn.__version__} on {actfn.info()['isa']}, {processor()}")
    print(f"1 thread, medians of {REPETITIONS} turns, CPU time\n")
    heads = ["model", "shape", "ORT, ms", "ours, ms", "ours fast, ms", "ORT / ours", "ORT / ours fast"]
    heads += ["error: ORT, ours, ours fast", "relative error: ORT, ours, ours fast"]
    if markdown:
        print("| " + " | ".join(heads) + " |\n|" + "---|" * len(heads))

    def show(name, shape, figures, tails=True):
        digits = 5 if figures[0][0] < 0.005 else 3
        times = [f"{middle:.{digits}f} ({spread:.0f})" for middle, spread, _, _ in figures]
        ratios = [f"{figures[0][0] / other[0]:.2f}" for other in figures[1:]]
        errors = [", ".join(f"{each[index]:.1e}" for each in figures) for index in (2, 3)]
        if not tails:
            errors[1] = ""
        cells = [name, "x".join(map(str, shape)), *times, *ratios, *errors]
        if markdown:
            print("| " + " | ".join(cells) + " |", flush=True)
        else:
            print("  ".join(f"{cell:<16}" for cell in cells), flush=True)

    rng = np.random.default_rng(1)
    for name, (nodes, constants, function) in SINGLE.items():
        for shape in SIZES if name == "Relu" else SIZES[1:]:
            x = (3 * rng.standard_normal(shape)).astype(np.float32)
            model = make_model(nodes, shape=shape, result=shape, constants=constants)
            show(name, shape, compare(model, x, function(x.astype(np.float64))))
    for batch, ffn in BLOCKS:
        hidden = 3072 if ffn == "gelu" else 2048
        block = Block(batch=batch, tokens=128, width=768, heads=12, hidden=hidden, ffn=ffn)
        show(f"block, {ffn}", block.x.shape, compare(block.model, block.x, block.in_double()), tails=False)


def processor():
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()


if __name__ == "__main__":
    main()
