#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""digits.py DIRECTORY: writes scikit-learn's copy of the UCI handwritten digits as the four files that train_mlp reads.

There are 1797 images of 8 x 8 pixels with values 0 ... 16.  Every fifth image is held out.
"""
import pathlib
import sys

import numpy as np
from sklearn.datasets import load_digits


def write(directory):
    x, labels = load_digits(return_X_y=True)
    held_out = np.arange(len(x)) % 5 == 4
    for name, rows in ("train", ~held_out), ("held_out", held_out):
        np.save(directory / f"{name}_x.npy", np.ascontiguousarray(x[rows], "<f4"))
        np.save(directory / f"{name}_labels.npy", np.ascontiguousarray(labels[rows], "<i8"))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    write(pathlib.Path(sys.argv[1]))
