#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""test_beside_torch.py LIBRARY: in one process with PyTorch, which has a SLEEF inside, both compute the bits they give alone.

Four processes load one library, the other, or both in each order.  The test compares their results bit by bit.
"""
import hashlib
import importlib.util
import json
import pathlib
import subprocess
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "external"))
from actfn_ctypes import Actfn  # noqa: E402: only there Python finds the module

OPS = ["gelu", "tanh", "mish", "sinusoid", "log", "softplus", "elu", "relu"]
X = np.linspace(-12, 12, 4099, dtype=np.float32)


def digest(arrays):
    return hashlib.sha256(b"".join(np.ascontiguousarray(a).tobytes() for a in arrays)).hexdigest()


def ours(library):
    # A NaN's sign and payload are free.
    return digest([np.nan_to_num(library.forward(op, X), nan=9) for op in OPS]
                  + [np.nan_to_num(library.backward(op, X, np.ones_like(X)), nan=9) for op in OPS]
                  + [library.rows("softmax", X, 0)])


def theirs(torch):
    torch.set_num_threads(1)
    x = torch.from_numpy(X)
    f = torch.nn.functional
    return digest([y.numpy() for y in (f.gelu(x), torch.tanh(x), f.mish(x), torch.sin(x), torch.exp(x), f.softplus(x),
                                       torch.erf(x), f.softmax(x, 0))])


def worker(path, order):
    """The results of each library: of the first before and after the second was loaded."""
    found = {"ours": [], "theirs": []}
    loaded = {}
    for who in order + order[:1]:
        if who not in loaded and who == "theirs":
            import torch  # pylint: disable=import-outside-toplevel
            loaded[who] = torch
        elif who not in loaded:
            loaded[who] = Actfn(path)
        found[who].append(ours(loaded[who]) if who == "ours" else theirs(loaded[who]))
    maps = pathlib.Path("/proc/self/maps").read_text(encoding="ascii").splitlines()
    found["sleef"] = sorted({line.split()[-1] for line in maps if "libsleef" in line})
    print(json.dumps(found))


def main():
    path = sys.argv[1]
    if len(sys.argv) > 2:
        return worker(path, sys.argv[2:])
    if not importlib.util.find_spec("torch"):
        print("== beside_torch: skipped: torch (python3-torch) is not installed for this Python")
        return 77
    results = {"ours": set(), "theirs": set()}
    for order in (["ours"], ["theirs"], ["theirs", "ours"], ["ours", "theirs"]):
        done = subprocess.run([sys.executable, __file__, path, *order], stdout=subprocess.PIPE, text=True, check=True)
        found = json.loads(done.stdout.splitlines()[-1])
        print(", then ".join(order), found)
        for who, values in results.items():
            values.update(found[who])
    return any(len(values) != 1 for values in results.values())


sys.exit(main())
