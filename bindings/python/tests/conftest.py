# SPDX-License-Identifier: MIT
"""ACTFN_LIBRARY is the shared library whose bits the package must give; without it those tests are skipped by name."""

import os
import pathlib
import sys

import numpy as np
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def library():
    if "ACTFN_LIBRARY" not in os.environ:
        pytest.skip("ACTFN_LIBRARY does not name a shared libactfn")
    sys.path.insert(0, str(ROOT / "tests" / "external"))
    from actfn_ctypes import Actfn

    return Actfn(os.environ["ACTFN_LIBRARY"])


@pytest.fixture
def values():
    """Floats of every magnitude, and the special ones."""
    rng = np.random.default_rng(6)
    with np.errstate(all="ignore"):
        many = np.concatenate([rng.standard_normal(3000) * scale for scale in (1, 10, 1e-20, 1e20)]).astype(np.float32)
    return np.concatenate([many, np.float32([0, -0.0, np.inf, -np.inf, np.nan, 1e-45, 3e38])])


def same_bits(got, expected):
    """A NaN's sign and payload are free."""
    got, expected = np.asarray(got), np.asarray(expected)
    assert got.dtype == expected.dtype == np.float32 and got.shape == expected.shape
    differ = (got.view(np.uint32) != expected.view(np.uint32)) & ~(np.isnan(got) & np.isnan(expected))
    assert not differ.any(), f"{differ.sum()} differ, the first at {np.argwhere(differ)[0]}"
