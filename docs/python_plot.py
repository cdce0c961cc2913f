#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""python_plot.py [NAME [FILE]]: draws an elementwise activation and its derivative; gelu into python_gelu.svg by default."""

import pathlib
import sys

import matplotlib
import numpy as np

import actfn

matplotlib.use("Agg")
matplotlib.rcParams["svg.hashsalt"] = "actfn"  # the same file each time
import matplotlib.pyplot as plt  # noqa: E402


def main(name="gelu", file=None):
    x = np.linspace(-4, 4, 801, dtype=np.float32)
    figure, axes = plt.subplots(figsize=(5, 3.2), layout="constrained")
    axes.plot(x, getattr(actfn, name)(x), label=f"{name}(x)", gid=name)
    axes.plot(x, getattr(actfn, f"{name}_backward")(x, np.float32(1)), label="its derivative", gid=f"{name}_backward")
    axes.grid(alpha=0.3)
    axes.legend()
    figure.savefig(file or pathlib.Path(__file__).with_name(f"python_{name}.svg"), metadata={"Date": None})


if __name__ == "__main__":
    main(*sys.argv[1:3])
