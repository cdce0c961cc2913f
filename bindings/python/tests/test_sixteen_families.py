# SPDX-License-Identifier: MIT
"""The families in 16 bits: each result is that of the fast mode's float32 for the same numbers, rounded once to the type."""

import inspect

import numpy as np
import pytest
from conftest import same_bits
from numpy.testing import assert_array_equal
from test_sixteen import BFLOAT16, FLOAT16, each_type

import actfn
from actfn._catalogue import OPERATIONS, of_family

RNG = np.random.default_rng(12)
SHAPE = (4, 6, 10)


def numbers(dtype, shape=SHAPE, scale=3):
    return (RNG.standard_normal(shape) * scale).astype(np.float32).astype(dtype)


def is_rounded(got, floats):
    """Whether the result is the float32 result, rounded once."""
    expected = floats.astype(got.dtype)
    assert got.dtype in (FLOAT16, BFLOAT16) and got.shape == expected.shape
    assert_array_equal(np.isnan(got), np.isnan(expected))
    known = ~np.isnan(expected)
    assert_array_equal(got[known].view(np.uint16), expected[known].view(np.uint16))


def wide(*arrays):
    return [array.astype(np.float32) for array in arrays]


def read_by(operation, x, y):
    return [array for array, read in ((x, operation.reads_x), (y, operation.reads_y)) if read]


each_rows = pytest.mark.parametrize("operation", of_family("rows"), ids=lambda operation: operation.name)


@each_type
@each_rows
def test_rows(operation, dtype):
    forward, backward = getattr(actfn, operation.name), getattr(actfn, f"{operation.name}_backward")
    x = numbers(dtype)
    for axis in 0, 1, -1:
        y = forward(x, axis)
        is_rounded(y, forward(x.astype(np.float32), axis))
        is_rounded(forward(x[::-1, ::2], axis), forward(x[::-1, ::2].astype(np.float32), axis))
        dy = numbers(dtype, y.shape)
        dx = backward(*read_by(operation, x, y), dy, axis=axis)
        is_rounded(dx, backward(*wide(*read_by(operation, x, y), dy), axis=axis))
        out = np.zeros(y.shape, dtype)
        assert forward(x, axis, out=out) is out
        assert_array_equal(out.view(np.uint16), y.view(np.uint16))
        if y.shape == x.shape:
            place = x.copy()
            forward(place, axis, out=place)
            assert_array_equal(place.view(np.uint16), y.view(np.uint16))


@each_type
def test_long_rows_on_threads(dtype):
    x = numbers(dtype, (40, 5000))
    for name in "softmax", "logsumexp":
        function = getattr(actfn, name)
        alone = function(x)
        try:
            actfn.set_num_threads(2)
            assert_array_equal(function(x).view(np.uint16), alone.view(np.uint16))
        finally:
            actfn.set_num_threads(1)


@each_type
def test_maxout_index(dtype):
    x = numbers(dtype)
    y, index = actfn.maxout_index(x, 1)
    expected, place = actfn.maxout_index(x.astype(np.float32), 1)
    is_rounded(y, expected)
    assert_array_equal(index, place)
    dy = numbers(dtype, y.shape)
    dx = actfn.maxout_backward_from_index(index, dy, x.shape[1], 1)
    is_rounded(dx, actfn.maxout_backward_from_index(index, dy.astype(np.float32), x.shape[1], 1))


@each_type
@pytest.mark.parametrize("operation", of_family("gates"), ids=lambda operation: operation.name)
def test_gates(operation, dtype):
    forward, backward = getattr(actfn, operation.name), getattr(actfn, f"{operation.name}_backward")
    packed = getattr(actfn, f"{operation.name}_packed")
    packed_backward = getattr(actfn, f"{operation.name}_packed_backward")
    x = numbers(dtype)
    u, v = x[..., :5], x[..., 5:]
    y = forward(u, v)
    is_rounded(y, forward(*wide(u, v)))
    is_rounded(packed(x, gate="first"), forward(*wide(u, v)))
    is_rounded(forward(u[::2], v[::2]), forward(*wide(u[::2], v[::2])))
    dy = numbers(dtype, y.shape)
    for got, expected in zip(backward(u, v, dy), backward(*wide(u, v, dy))):
        is_rounded(got, expected)
    is_rounded(packed_backward(x, dy, gate="last"), packed_backward(*wide(x, dy), gate="last"))


@each_type
@pytest.mark.parametrize("name, weights", [("prelu", 1), ("srelu", 4), ("apl", 2)])
def test_channels(name, weights, dtype):
    forward, backward = getattr(actfn, name), getattr(actfn, f"{name}_backward")
    x, dy = numbers(dtype), numbers(dtype)
    w = [np.sort(RNG.standard_normal(6)).astype(np.float32) + k for k in range(weights)]
    narrow = [weight.astype(dtype) for weight in w]
    is_rounded(forward(x, *w), forward(x.astype(np.float32), *w))
    # Weights of the type are widened.
    is_rounded(forward(x, *narrow), forward(*wide(x, *narrow)))
    dx, *gradients = backward(x, *w, dy)
    expected, *sums = backward(x.astype(np.float32), *w, dy.astype(np.float32))
    is_rounded(dx, expected)
    for got, sum_ in zip(gradients, sums):
        same_bits(got, sum_)
    if name == "prelu":
        is_rounded(
            actfn.prelu_backward_from_output(x, 0.25, dy),
            actfn.prelu_backward_from_output(x.astype(np.float32), 0.25, dy.astype(np.float32)),
        )


@each_type
def test_random(dtype):
    x, dy = numbers(dtype), numbers(dtype)
    is_rounded(actfn.rrelu(x, seed=3, offset=7), actfn.rrelu(x.astype(np.float32), seed=3, offset=7))
    for name in "rrelu_backward", "rrelu_backward_from_output":
        function = getattr(actfn, name)
        is_rounded(function(x, dy, seed=3), function(*wide(x, dy), seed=3))
    is_rounded(actfn.rrelu_eval_backward(x, dy), actfn.rrelu_eval_backward(*wide(x, dy)))
    y, soft = actfn.gumbel_softmax(x, seed=4, return_soft=True, hard=True)
    expected, soft_floats = actfn.gumbel_softmax(x.astype(np.float32), seed=4, return_soft=True, hard=True)
    is_rounded(y, expected)
    is_rounded(soft, soft_floats)
    is_rounded(actfn.gumbel_softmax_backward(soft, dy), actfn.gumbel_softmax_backward(*wide(soft, dy)))


@each_type
def test_losses(dtype):
    z, t = numbers(dtype), RNG.random(SHAPE).astype(dtype)
    w = RNG.random(SHAPE).astype(np.float32)
    for name, arguments, rest in (
        ("sigmoid_bce", (z, t), (w,)),
        ("sigmoid_mse", (z, t), ()),
        ("softmax_cross_entropy_dense", (z, t), (w[..., 0],)),
        ("softmax_cross_entropy", (z,), (np.arange(24).reshape(4, 6) % 10,)),
    ):
        loss, dz = getattr(actfn, f"{name}_and_gradient")(*arguments, *rest, scale=0.5)
        expected, gradient = getattr(actfn, f"{name}_and_gradient")(*wide(*arguments), *rest, scale=0.5)
        same_bits(loss, expected)
        is_rounded(dz, gradient)
        same_bits(getattr(actfn, name)(*arguments, *rest), expected)


@each_type
def test_gradients_of_parameters(dtype):
    x, dy = numbers(dtype), numbers(dtype)
    got = actfn.elu_param_gradient(x, dy, alpha=1.5)["alpha"]
    # In 16 bits the sum is of tiles: it may differ by rounding.
    assert got == pytest.approx(actfn.elu_param_gradient(*wide(x, dy), alpha=1.5)["alpha"], rel=1e-5)


@each_type
def test_types_of_a_call(dtype):
    x, y = numbers(dtype), numbers(np.float32)
    # The wider type wins.
    same_bits(actfn.softmax_backward(x, y), actfn.softmax_backward(x.astype(np.float32), y))
    same_bits(actfn.swiglu(y, x), actfn.swiglu(y, x.astype(np.float32)))
    if BFLOAT16 is not None:
        assert actfn.swiglu(numbers(FLOAT16), numbers(BFLOAT16)).dtype == np.float32
    assert actfn.softmax([1.0, 2.0]).dtype == np.float32
    assert actfn.softmax(dtype.type(2)) == 1 and actfn.softmax(dtype.type(2)).dtype == dtype
    # dtype= converts, also what a list has, and leaves weights alone.
    doubles = RNG.standard_normal(SHAPE)
    is_rounded(actfn.softmax(doubles, dtype=dtype), actfn.softmax(doubles.astype(dtype).astype(np.float32)))
    assert actfn.softmax([1, 2, 3], dtype=dtype).dtype == dtype
    same_bits(actfn.softmax(x, dtype=np.float32), actfn.softmax(x.astype(np.float32)))
    a = np.full(6, 0.1)
    is_rounded(actfn.prelu(doubles, a, dtype=dtype), actfn.prelu(doubles.astype(dtype).astype(np.float32), np.float32(a)))


@each_type
def test_bad_types_are_refused(dtype):
    x = numbers(dtype)
    with pytest.raises(TypeError, match=f"softmax: out is float32, and must be {dtype}"):
        actfn.softmax(x, out=np.empty(SHAPE, np.float32))
    with pytest.raises(TypeError, match=f"softmax: out is {dtype}, and must be float32"):
        actfn.softmax(x.astype(np.float32), out=np.empty(SHAPE, dtype))
    with pytest.raises(TypeError, match="softmax: dtype is float64, and must be float32, float16 or bfloat16"):
        actfn.softmax(x, dtype=np.float64)
    with pytest.raises(TypeError, match="swiglu: v is float64"):
        actfn.swiglu(x, x.astype(np.float64))


def test_the_other_byte_order_is_float32():
    x = numbers(FLOAT16)
    same_bits(actfn.softmax(x.astype(">f2")), actfn.softmax(x.astype(np.float32)))


def test_every_family_is_here():
    tested = inspect.getsource(inspect.getmodule(numbers))
    assert all(
        f'"{operation.family}"' in tested or operation.name in tested
        for operation in OPERATIONS.values()
        if operation.family != "elementwise"
    )
