# SPDX-License-Identifier: MIT
"""The ufuncs in 16 bits: float16, and ml_dtypes.bfloat16 where it is installed."""

import ctypes
import pickle

import actfn
import numpy as np
import pytest
from actfn import _core

try:
    import ml_dtypes

    BFLOAT16 = np.dtype(ml_dtypes.bfloat16)
except ImportError:
    BFLOAT16 = None

FLOAT16 = np.dtype(np.float16)
TYPES = [
    pytest.param(FLOAT16, id="float16"),
    pytest.param(BFLOAT16, id="bfloat16", marks=pytest.mark.skipif(BFLOAT16 is None, reason="no ml_dtypes")),
]
each_type = pytest.mark.parametrize("dtype", TYPES)
ALL = np.arange(1 << 16, dtype=np.uint16)


def bits(array):
    return array.view(np.uint16)


def same(got, expected):
    assert got.dtype == expected.dtype and np.array_equal(bits(got), bits(expected))


def suffix(dtype):
    return "f16" if dtype == FLOAT16 else "bf16"


def entry(name, dtype, *arrays, params=(), fast=1):
    """The result of the C entry, actfn_forward_f16 and similar ones, called by its address."""
    form, operation = name
    prototype = ctypes.CFUNCTYPE(
        ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_void_p] * (len(arrays) + 1)
    )
    call = prototype(_core.entries[f"actfn_{form}_{suffix(dtype)}"])
    op = next(entry["op"] for entry in _core.catalogue() if entry["name"] == operation)
    out = np.empty_like(arrays[0])
    values = (ctypes.c_float * len(params))(*params) if params else None
    pointers = [array.ctypes.data for array in (*arrays, out)]
    assert call(op, fast, values, arrays[0].size, *pointers) == 0
    return out


def rounded(values, dtype):
    """Doubles, rounded once to the type, to the nearest and ties to even."""
    if dtype == FLOAT16:
        with np.errstate(over="ignore"):
            return values.astype(np.float16)
    # To 8 digits, or to a multiple of the smallest subnormal number.
    _, exponent = np.frexp(values)
    unit = np.ldexp(1.0, np.maximum(exponent - 8, -133))
    with np.errstate(over="ignore", invalid="ignore"):
        near = np.where(np.isfinite(values), np.rint(values / unit) * unit, values)
        return near.astype(np.float32).astype(dtype)


@each_type
def test_every_input(dtype):
    """All 65 536: the bits of the C entry, and the nearest number to the exact result."""
    x = ALL.view(dtype)
    with np.errstate(all="ignore"):
        wide = x.astype(np.float64)
        exact = {
            "relu": np.where(wide > 0, wide, np.where(np.isnan(wide), wide, 0)),
            "sigmoid": 1 / (1 + np.exp(-wide)),
            "tanh": np.tanh(wide),
            # x / 2 + x^2 / 4.  A double keeps only x / 2, a tie that the square breaks.
            "silu": np.where(
                abs(wide) < 1e-20,
                np.where(wide == 0, wide, np.nextafter(wide / 2, np.inf)),
                np.where(wide == -np.inf, 0, wide / (1 + np.exp(-wide))),
            ),
            "exp": np.exp(wide),
            "softplus": np.where(wide > 20, wide, np.log1p(np.exp(wide))),
        }
    for name, values in exact.items():
        got = getattr(actfn, name)(x)
        assert got.dtype == dtype
        same(got, entry(("forward", name), dtype, x))
        expected = rounded(values, dtype)
        number = ~np.isnan(wide)
        # (relu and silu have zeros of both signs, which the double does not tell.)
        assert np.array_equal(got[number].astype(np.float64), expected[number].astype(np.float64)), name
        assert np.isnan(got[~number].astype(np.float32)).all()


@each_type
def test_every_function_is_the_entry(dtype):
    random = np.random.default_rng(3)
    x = (random.normal(size=1001) * 3).astype(dtype)
    dy = random.normal(size=1001).astype(dtype)
    for operation in (entry for entry in _core.catalogue() if entry["family"] == "elementwise"):
        name, params = operation["name"], ()
        if any(param["required"] for param in operation["params"]):
            params = ((2.0, -1.0) if name == "threshold" else (-1.0, 2.0))[: len(operation["params"])]
        same(getattr(actfn, name)(x, *params), entry(("forward", name), dtype, x, params=params))
        same(getattr(actfn, f"{name}_backward")(x, dy, *params), entry(("backward", name), dtype, x, dy, params=params))
        if operation["from_output"]:
            y = getattr(actfn, name)(x, *params)
            got = getattr(actfn, f"{name}_backward_from_output")(y, dy, *params)
            same(got, entry(("backward_from_output", name), dtype, y, dy, params=params))


@each_type
def test_dtypes(dtype):
    x = np.linspace(-3, 3, 7).astype(dtype)
    single = x.astype(np.float32)
    assert actfn.gelu(x).dtype == dtype
    assert actfn.gelu_backward(x, x).dtype == dtype
    # A wider type wins.  A Python number has no type.
    assert actfn.gelu_backward(x, single).dtype == np.float32 == actfn.gelu_backward(single, x).dtype
    same(actfn.gelu_backward(x, 0.1), actfn.gelu_backward(x, np.full(7, 0.1).astype(dtype)))
    same(actfn.gelu_backward(2, x), actfn.gelu_backward(np.full(7, 2).astype(dtype), x))
    assert type(actfn.gelu(x[0])) is dtype.type
    # Elsewhere no type has become narrower.
    for other in np.int8, np.uint8, np.int16, np.bool_:
        assert actfn.gelu(np.ones(2, other)).dtype == np.float32
    with pytest.raises(TypeError, match="gelu_backward: dy is float64"):
        actfn.gelu_backward(x, np.linspace(-3, 3, 7))
    same(actfn.gelu(x, mode="accurate"), actfn.gelu(x))


def test_dtype_argument():
    x = np.linspace(-3, 3, 7)
    same(actfn.gelu(x, dtype=np.float16), actfn.gelu(x.astype(np.float16)))
    same(actfn.gelu(x.astype(np.float32), dtype="e"), actfn.gelu(x.astype(np.float16)))
    assert actfn.gelu(x.astype(np.float16), dtype=np.float32).dtype == np.float32


@each_type
def test_layouts(dtype):
    x = np.linspace(-4, 4, 6 * 5 * 4).astype(dtype).reshape(6, 5, 4)
    whole = actfn.elu(x, alpha=0.5)
    same(actfn.elu(x[::2, ::-1], alpha=0.5), whole[::2, ::-1].copy())
    same(actfn.elu(x.T, alpha=0.5).T.copy(), whole)
    out = np.zeros((6, 5, 8), dtype)
    assert actfn.elu(x, alpha=0.5, out=out[..., ::2]) is not None
    same(out[..., ::2].copy(), whole)
    same(actfn.elu_backward(x, x[0, 0], alpha=0.5), actfn.elu_backward(x, np.broadcast_to(x[0, 0], x.shape).copy(), alpha=0.5))
    y = x.copy()
    actfn.elu(y, alpha=0.5, out=y)
    same(y, whole)
    mask = np.arange(4) % 2 == 0
    out = np.zeros_like(x)
    actfn.elu(x, alpha=0.5, where=mask, out=out)
    same(out, np.where(mask, whole, np.zeros_like(x)))
    assert actfn.elu(x[:0]).shape == (0, 5, 4)
    if dtype == FLOAT16:
        same(actfn.elu(x.astype(">f2"), alpha=0.5).astype(dtype), whole)


@each_type
def test_threads_and_lengths(dtype):
    """No bit depends on how the elements are split."""
    x = (np.random.default_rng(5).normal(size=300001) * 4).astype(dtype)
    before = actfn.get_num_threads()
    try:
        actfn.set_num_threads(1)
        one = actfn.mish(x)
        actfn.set_num_threads(3)
        same(actfn.mish(x), one)
    finally:
        actfn.set_num_threads(before)
    for n in 1, 2, 17, 513:
        same(actfn.mish(x[:n]), one[:n])
    same(actfn.mish(x[::7]), one[::7].copy())


@each_type
def test_bound_ufuncs(dtype):
    half = actfn.bind(actfn.elu, alpha=0.5)
    x = np.linspace(-2, 2, 9).astype(dtype)
    same(half(x), actfn.elu(x, alpha=0.5))
    same(pickle.loads(pickle.dumps(half))(x), half(x))
    y = x.copy()
    half.at(y, [0, 8])
    assert y[0] == half(x)[0] and y[1] == x[1]
