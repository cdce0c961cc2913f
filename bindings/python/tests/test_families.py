# SPDX-License-Identifier: MIT
"""Rows, gates, channels, random draws, losses and the gradients of parameters."""

import inspect
import itertools

import numpy as np
import pytest
from conftest import same_bits
from numpy.testing import assert_allclose, assert_array_equal

import actfn
from actfn._catalogue import OPERATIONS, of_family

RNG = np.random.default_rng(8)
X = (RNG.standard_normal((4, 6, 10)) * 3).astype(np.float32)
DY = RNG.standard_normal(X.shape).astype(np.float32)
MODES = "accurate", "fast"


def test_every_operation_has_its_functions():
    for name, operation in OPERATIONS.items():
        assert callable(getattr(actfn, name)) and callable(getattr(actfn, f"{name}_backward"))
        if operation.from_output and operation.family != "random":
            assert callable(getattr(actfn, f"{name}_backward_from_output"))
        if operation.param_gradient and operation.family == "elementwise":
            assert callable(getattr(actfn, f"{name}_param_gradient"))
        assert operation.formula in getattr(actfn, name).__doc__


@pytest.mark.parametrize("operation", of_family("rows"), ids=lambda operation: operation.name)
@pytest.mark.parametrize("mode", MODES)
def test_rows(operation, mode, library):
    library.mode = MODES.index(mode)
    forward, backward = getattr(actfn, operation.name), getattr(actfn, f"{operation.name}_backward")
    for axis in 0, 1, 2, -1:
        y = forward(X, axis, mode=mode)
        same_bits(y, library.rows(operation.name, X, axis))
        dy = DY if not operation.reduces else np.take(DY, 0, axis)
        read = [array for array, needed in ((X, operation.reads_x), (y, operation.reads_y)) if needed]
        dx = backward(*read, dy, axis=axis, mode=mode)
        same_bits(dx, library.rows_backward(operation.name, X, y, dy, axis))
        same_bits(forward(np.asfortranarray(X), axis=axis, mode=mode), y)
        same_bits(forward(X[::-1, ::2], axis, mode=mode), forward(X[::-1, ::2].copy(), axis, mode=mode))
        if operation.reduces:
            same_bits(forward(X, axis, keepdims=True, mode=mode), np.expand_dims(y, axis))
            same_bits(
                backward(
                    *(np.expand_dims(a, axis) if a is y else a for a in read),
                    np.expand_dims(dy, axis),
                    axis=axis,
                    mode=mode,
                ),
                dx,
            )
        else:
            copy = X.copy()
            assert forward(copy, axis, out=copy, mode=mode) is copy
            same_bits(copy, y)
            strided = np.full((4, 6, 20), 7, np.float32)
            assert forward(X, axis, out=strided[..., ::2], mode=mode).base is strided
            same_bits(strided[..., ::2].copy(), y)
            assert (strided[..., 1::2] == 7).all()
            line = X.ravel().copy()
            expected = forward(line[:-1].copy(), mode=mode)
            forward(line[:-1], out=line[1:], mode=mode)
            same_bits(line[1:], expected)


def test_rows_options():
    masked = np.full((2, 3), -np.inf, np.float32)
    assert np.isnan(actfn.softmax(masked)).all() and (actfn.softmax(masked, masked_rows_zero=True) == 0).all()
    same_bits(actfn.softmax(X, scale=0.5), actfn.softmax(X * np.float32(0.5)))
    assert actfn.softmax(np.float32([1, 2])).sum() == pytest.approx(1)
    assert actfn.logsumexp(np.empty((3, 0), np.float32)).tolist() == [-np.inf] * 3
    y, index = actfn.maxout_index(X, 1)
    assert_array_equal(index, X.argmax(1))
    same_bits(y, X.max(1))
    for axis, where in ((1, 1), (-1, 2), (0, 0)):
        y, index = actfn.maxout_index(X, axis)
        dy = np.take(DY, 0, axis)
        dx = actfn.maxout_backward_from_index(index, dy, X.shape[axis], axis)
        assert dx.shape == X.shape
        same_bits(dx, actfn.maxout_backward(X, dy, axis=where))


@pytest.mark.parametrize("operation", of_family("gates"), ids=lambda operation: operation.name)
@pytest.mark.parametrize("mode", MODES)
def test_gates(operation, mode, library):
    library.mode = MODES.index(mode)
    name = operation.name
    pair, pair_backward = getattr(actfn, name), getattr(actfn, f"{name}_backward")
    packed, packed_backward = getattr(actfn, f"{name}_packed"), getattr(actfn, f"{name}_packed_backward")
    flat = X.reshape(-1, 10)
    for gate, layout in ("first", 1), ("last", 2):
        y = packed(flat, gate=gate, mode=mode)
        same_bits(y, library.gates(name, flat, layout))
        dy = DY.reshape(-1, 10)[:, :5].copy()
        dx = packed_backward(flat, dy, gate=gate, mode=mode)
        same_bits(dx, library.gates_backward(name, flat, dy, layout))
        for halves in (flat[:, :5], flat[:, 5:]), (X[..., :5], X[..., 5:]), (X[::2, :, :5], X[::2, :, 5:]):
            u, v = halves[:: 1 if gate == "first" else -1]
            whole = packed(np.concatenate(halves, -1), gate=gate, mode=mode)
            same_bits(pair(u, v, mode=mode), whole)
            same_bits(pair(u.copy(), v, mode=mode), whole)
        du, dv = pair_backward(*(flat[:, :5], flat[:, 5:])[:: 1 if gate == "first" else -1], dy, mode=mode)
        same_bits(np.concatenate((du, dv)[:: 1 if gate == "first" else -1], -1), dx)
        for axis in 0, 1:
            moved = packed(np.moveaxis(X, axis, -1), gate=gate, mode=mode)
            same_bits(packed(X, axis, gate=gate, mode=mode), np.moveaxis(moved, -1, axis))


def test_prelu_bits(library):
    library.mode = MODES.index("fast")
    a = np.float32([0.25, 0.5, -1, 0, 2, 0.1])
    same_bits(actfn.prelu(X, a), library.prelu(X, a, 4, 6, 10))
    for got, expected in zip(actfn.prelu_backward(X, a, DY), library.prelu_backward(X, a, DY, 4, 6, 10)):
        same_bits(got, expected)
    dx, da = actfn.prelu_backward(X, np.float32(0.25), DY)
    same_bits(dx, library.prelu_backward(X, np.float32([0.25]), DY, 1, 1, X.size)[0])
    assert da.shape == ()
    positive = np.abs(a)
    same_bits(
        actfn.prelu_backward_from_output(actfn.prelu(X, positive), positive, DY),
        actfn.prelu_backward(X, positive, DY)[0],
    )
    same_bits(actfn.prelu(np.moveaxis(X, 1, -1), a, axis=-1), np.moveaxis(actfn.prelu(X, a), 1, -1))


def sums(array, axis=(0, 2)):
    return array.astype(float).sum(axis=axis)


def test_channels_by_definition():
    tl, al, tr, ar = weights = [RNG.standard_normal(6).astype(np.float32) for _ in range(4)]
    tl -= 2
    tr += 2
    column = [w[:, None].astype(float) for w in weights]
    x = X.astype(float)
    low, high = x <= column[0], x >= column[2]
    y = np.where(
        low, column[0] + column[1] * (x - column[0]), np.where(high, column[2] + column[3] * (x - column[2]), x)
    )
    assert_allclose(actfn.srelu(X, *weights), y, rtol=1e-5, atol=1e-5)
    dx, dtl, dal, dtr, dar = actfn.srelu_backward(X, *weights, DY)
    assert_allclose(dx, DY * np.where(low, column[1], np.where(high, column[3], 1)), rtol=1e-6)
    for got, slope in (
        (dtl, np.where(low, 1 - column[1], 0)),
        (dal, np.where(low, x - column[0], 0)),
        (dtr, np.where(high, 1 - column[3], 0)),
        (dar, np.where(high, x - column[2], 0)),
    ):
        assert_allclose(got, sums(DY * slope), rtol=1e-4, atol=1e-4)
    a, b = RNG.standard_normal((2, 3, 6)).astype(np.float32)
    hinge = np.maximum(b[:, None, :, None].astype(float) - x, 0)
    assert_allclose(actfn.apl(X, a, b), np.maximum(x, 0) + (a[:, None, :, None] * hinge).sum(0), rtol=1e-4, atol=1e-5)
    dx, da, db = actfn.apl_backward(X, a, b, DY)
    assert da.shape == db.shape == (3, 6)
    assert_allclose(da, (DY * hinge).sum((1, 3)), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize(
    "operation", [op for op in of_family("elementwise") if op.param_gradient], ids=lambda operation: operation.name
)
def test_param_gradient(operation, library):
    library.mode = MODES.index("fast")
    params = {param.keyword: 0.5 if param.required else param.default for param in operation.params}
    gradients = getattr(actfn, f"{operation.name}_param_gradient")(X, DY, **params)
    assert set(gradients) == {param.keyword for param in operation.params if param.gradient}
    expected = np.empty(len(params), np.float32)
    library._call(
        "actfn_param_gradient_f32",
        *library._head(operation.name),
        np.float32(list(params.values())),
        X.size,
        X,
        DY,
        expected,
    )
    for k, param in enumerate(operation.params):
        if param.gradient:
            same_bits(gradients[param.keyword], expected[k])


def test_random():
    same = actfn.rrelu(X, seed=1)
    same_bits(actfn.rrelu(X, seed=1), same)
    for other in actfn.rrelu(X, seed=2), actfn.rrelu(X, seed=1, stream=1), actfn.rrelu(X, seed=1, offset=1):
        assert (other != same).any()
    # A part of an array with the index of its first element.
    same_bits(actfn.rrelu(X.ravel()[100:], seed=1, offset=100), same.ravel()[100:])
    slope = same / X
    assert (slope[X > 0] == 1).all() and (slope[X < 0] >= 0.1249).all() and (slope[X < 0] <= 0.3334).all()
    same_bits(
        actfn.rrelu_backward(X, np.ones_like(X), seed=1),
        actfn.rrelu_backward_from_output(same, np.ones_like(X), seed=1),
    )
    assert_allclose(actfn.rrelu_backward(X, DY, seed=1), DY * slope, rtol=1e-6)
    same_bits(actfn.rrelu_eval(X, lower=0.25, upper=0.75), actfn.leaky_relu(X, slope=0.5))
    same_bits(actfn.rrelu_eval_backward(X, DY, lower=0.25, upper=0.75), actfn.leaky_relu_backward(X, DY, slope=0.5))
    assert_array_equal(actfn.random_u32(6, seed=0, offset=2), actfn.random_u32(8, seed=0)[2:])
    # Random123's known answer for a zero counter and key.
    assert actfn.random_u32(4, seed=0).tolist() == [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]
    hard, soft = actfn.gumbel_softmax(X, 1, seed=3, hard=True, return_soft=True)
    same_bits(soft, actfn.gumbel_softmax(X, 1, seed=3))
    assert (hard.sum(1) == 1).all() and (hard.argmax(1) == soft.argmax(1)).all()
    dx = actfn.gumbel_softmax_backward(soft, DY, 1, tau=2)
    assert_allclose(dx, soft * (DY - (soft * DY).sum(1, keepdims=True)) / 2, rtol=1e-4, atol=1e-6)


def test_losses(library):
    library.mode = MODES.index("fast")
    t, w = RNG.random(X.shape).astype(np.float32), RNG.random(X.shape).astype(np.float32)
    for name, keywords in ("sigmoid_bce", {"pos_weight": 2.0}), ("sigmoid_mse", {}):
        expected = library.loss(name, X, t, w, list(keywords.values()) or None, 0.5)
        same_bits(getattr(actfn, name)(X, t, w, **keywords), expected[0])
        same_bits(getattr(actfn, f"{name}_backward")(X, t, w, scale=0.5, **keywords), expected[1])
        for got, value in zip(getattr(actfn, f"{name}_and_gradient")(z=X, t=t, w=w, scale=0.5, **keywords), expected):
            same_bits(got, value)
    classes = RNG.integers(0, 6, (4, 10))
    classes[0, 0] = -1
    expected = library.cross_entropy(X, classes, 1, -1, w[:, 0].copy(), [0.1], 0.25)
    got = actfn.softmax_cross_entropy_and_gradient(
        X, classes, w[:, 0], axis=1, ignore_index=-1, label_smoothing=0.1, scale=0.25
    )
    same_bits(got[0], expected[0])
    same_bits(got[1], expected[1])
    same_bits(
        actfn.softmax_cross_entropy(X, classes.astype(np.int8), axis=1, ignore_index=-1),
        library.cross_entropy(X, classes, 1)[0],
    )
    dense = actfn.softmax(X, 1)
    expected = library.cross_entropy_dense(X, dense, 1)
    same_bits(actfn.softmax_cross_entropy_dense(X, dense, axis=1), expected[0])
    same_bits(actfn.softmax_cross_entropy_dense_backward(X, dense, axis=1), expected[1])


@pytest.mark.parametrize("wants", ["", "_backward", "_and_gradient"])
def test_cross_entropy_of_no_classes(wants):
    """The loss of an empty row is 0, whatever the memory held: earlier arrays have gone back to the allocator."""
    by_class = getattr(actfn, f"softmax_cross_entropy{wants}")
    dense = getattr(actfn, f"softmax_cross_entropy_dense{wants}")
    z = np.empty((50, 0), np.float32)
    weights = np.arange(50, dtype=np.float32)
    for call in (
        lambda: by_class(z, np.full(50, -100)),
        lambda: by_class(z, np.full(50, 3), weights, ignore_index=3, label_smoothing=0.5),
        lambda: dense(z, z),
        lambda: dense(z, z, weights),
    ):
        np.full(50, np.nan, np.float32)  # np.empty will probably get this memory next
        got = call()
        loss, dz = got if wants == "_and_gradient" else (None, got) if wants else (got, None)
        if loss is not None:
            same_bits(loss, np.zeros(50, np.float32))
        if dz is not None:
            assert dz.shape == (50, 0)
    with pytest.raises(IndexError, match="classes"):
        by_class(z, np.zeros(50, np.int64))


READ_ONLY = X.copy()
READ_ONLY.flags.writeable = False
ROW = X[0, 0]


@pytest.mark.parametrize(
    "call, error, words",
    [
        (lambda: actfn.softmax(X.astype(float)), TypeError, "^softmax: x is float64: dtype=np.float32 converts it$"),
        (lambda: actfn.swiglu(X, X.astype(int)), TypeError, "^swiglu: v is int64: dtype=np.float32 converts it$"),
        (lambda: actfn.softmax(X, dtype=float), TypeError, "softmax: dtype is float64, and must be float32"),
        (lambda: actfn.softmax(X.astype(complex)), TypeError, "^softmax: x is complex128, and must be float32$"),
        (lambda: actfn.softmax(X.astype(complex), dtype=np.float32), TypeError, "softmax: x is complex128"),
        (lambda: actfn.softmax(1j), TypeError, "softmax: x is complex, and must be an array of float32"),
        (lambda: actfn.softmax(None), TypeError, "softmax: x is None, and must be an array of float32"),
        (lambda: actfn.softmax("a"), TypeError, "softmax: x is str, and must be an array of float32"),
        (lambda: actfn.softmax(["a"]), TypeError, "softmax: x is a list of <U1, and must be one of numbers"),
        (lambda: actfn.softmax([[1], [2, 3]]), ValueError, "softmax: x is no array"),
        (lambda: actfn.softmax(10**400), OverflowError, "softmax: x is too large"),
        (lambda: actfn.swiglu(X, None), TypeError, "swiglu: v is None"),
        (lambda: actfn.prelu(X, None), TypeError, "prelu: a is None"),
        (lambda: actfn.softmax(X, axis=None), TypeError, "softmax: axis must be an integer, not None"),
        (lambda: actfn.softmax(X, axis=(0, 1)), TypeError, "softmax: axis must be an integer, not tuple"),
        (lambda: actfn.prelu(X, ROW[:6], axis=None), TypeError, "prelu: axis must be an integer, not None"),
        (lambda: actfn.softmax(1.5, 1), ValueError, "softmax: axis 1 is out of bounds for an array of 0 dimensions"),
        (lambda: actfn.softmax(X, 0, 1), TypeError, r"softmax\(\) too many positional arguments"),
        (lambda: actfn.softmax(), TypeError, r"softmax\(\) missing required argument: 'x'"),
        (lambda: actfn.softmax(X, x=X), TypeError, r"softmax\(\) multiple values for argument 'x'"),
        (lambda: actfn.softmax(X, axis=0, dim=0), TypeError, "multiple values for argument 'axis'"),
        (lambda: actfn.softmax_backward(X, DY, 0, 1), TypeError, r"softmax_backward\(\) too many positional arguments"),
        (lambda: actfn.softmax(X, scal=2), TypeError, "unexpected keyword argument 'scal'; did you mean 'scale'"),
        (lambda: actfn.softmax(X, scale=1j), TypeError, "softmax: scale must be a number, not complex"),
        (lambda: actfn.maxout_backward_from_index([0], [1.0], 2.5), TypeError, "n must be an integer, not float"),
        (lambda: actfn.softmax(X, 3), ValueError, "softmax: axis 3 is out of bounds"),
        (lambda: actfn.softmax(X, axis=0.5), TypeError, "float"),
        (lambda: actfn.softmax(X, scale=0), ValueError, "softmax: scale is 0, and must be finite, > 0"),
        (lambda: actfn.softmax(X, scale="a"), TypeError, "softmax: scale must be a number, not str"),
        (lambda: actfn.softmax(X, beta=1), TypeError, "'beta'"),
        (lambda: actfn.hardmax(X, masked_rows_zero=True), TypeError, "masked_rows_zero"),
        (lambda: actfn.softmax(X, keepdims=True), TypeError, "keepdims"),
        (lambda: actfn.softmax(X, mode="slow"), ValueError, "softmax: mode must be"),
        (lambda: actfn.softmax_backward(X, X[:1]), ValueError, r"softmax_backward: dy has shape \(1, .*, and must have \(4"),
        (lambda: actfn.prelu(X, X), ValueError, r"prelu: a has shape .*, and must be one value or \(channels,\)$"),
        (lambda: actfn.softmax(X, out=READ_ONLY), ValueError, "softmax: out is read-only"),
        (lambda: actfn.softmax(X, out=X[0]), ValueError, "softmax: out has shape"),
        (lambda: actfn.softmax(X, out=X.astype(float)), TypeError, "softmax: out is float64"),
        (lambda: actfn.softmax(X, out=[1.0]), TypeError, "softmax: out must be an array, not list"),
        (lambda: actfn.softmax_backward(X, DY[:3]), ValueError, "softmax_backward: dy has shape|must have"),
        (lambda: actfn.softmax_backward(X), TypeError, "missing required argument: 'dy'"),
        (lambda: actfn.logsumexp_backward(X, ROW, ROW), ValueError, "logsumexp_backward: y has shape"),
        (
            lambda: actfn.maxout_backward_from_index(np.full((4, 6), 10), DY[..., 0], 10),
            IndexError,
            "maxout_backward_from_index: .*index",
        ),
        (lambda: actfn.maxout(X[:, :0], 1), ValueError, "maxout: x has length 0 along the axis"),
        (lambda: actfn.maxout_index(X[:, :0], 1), ValueError, "maxout_index: x has length 0 along the axis"),
        (lambda: actfn.swiglu(X, X[0]), ValueError, "swiglu: v has shape"),
        (lambda: actfn.swiglu_packed(X), TypeError, "gate"),
        (lambda: actfn.swiglu_packed(X, gate="left"), ValueError, "gate must be 'first' or 'last', not 'left'"),
        (lambda: actfn.swiglu_packed(X[..., :5], gate="last"), ValueError, "5 entries along axis -1, an odd number"),
        (lambda: actfn.swiglu_packed_backward(X, DY, gate="last"), ValueError, "dy has shape"),
        (lambda: actfn.swiglu_oai(X, X, limit=-1), ValueError, "swiglu_oai: .*needs limit > 0"),
        (lambda: actfn.prelu(X, np.zeros(5, np.float32)), ValueError, "a has 5 channels, and x 6 along axis 1"),
        (lambda: actfn.prelu(X, np.float32(np.nan)), ValueError, "prelu: a is not finite"),
        (lambda: actfn.prelu(X), TypeError, "missing required argument: 'a'"),
        (lambda: actfn.srelu(X, ROW[:6], ROW[:5], ROW[:6], ROW[:6]), ValueError, r"srelu: al has shape \(5,\)"),
        (lambda: actfn.rrelu(X), TypeError, "seed"),
        (lambda: actfn.rrelu(X, seed=-1), ValueError, "rrelu: seed is -1"),
        (lambda: actfn.rrelu(X, seed=0.5), TypeError, "rrelu: seed must be an integer"),
        (lambda: actfn.rrelu(X, seed=1, lower=2), ValueError, "rrelu: .*needs lower <= upper"),
        (lambda: actfn.softmax_cross_entropy(X, np.full((4, 6), 10)), IndexError, "classes"),
        (lambda: actfn.softmax_cross_entropy(X, X), TypeError, "classes is float32"),
        (lambda: actfn.softmax_cross_entropy(X, [1, 2]), ValueError, "classes has shape"),
        (lambda: actfn.sigmoid_bce(X, DY, pos_weight=-1), ValueError, "pos_weight is -1"),
        (lambda: actfn.sigmoid_bce_backward(X, DY, scale=np.inf), ValueError, "sigmoid_bce_backward: scale is inf"),
        (lambda: actfn.sigmoid_bce(X), TypeError, "'t'"),
        (lambda: actfn.elu_param_gradient(X, DY[0]), ValueError, "dy has shape"),
        (lambda: actfn.elu_param_gradient(X, DY, beta=1), TypeError, "'beta'"),
        (lambda: actfn.random_u32(-1, seed=0), ValueError, "negative"),
    ],
)
def test_errors_name_the_argument(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_signatures_bind():
    """A call can use everything that help() shows: the function knows every keyword of its signature."""
    for name in actfn._functions_made:
        function = getattr(actfn, name)
        required = [
            p.name
            for p in inspect.signature(function).parameters.values()
            if p.default is p.empty and p.kind == p.POSITIONAL_OR_KEYWORD
        ]
        for parameter in inspect.signature(function).parameters.values():
            if parameter.kind != parameter.KEYWORD_ONLY:
                continue
            with pytest.raises(Exception) as raised:
                function(**{key: object() for key in required}, **{parameter.name: object()})
            assert "unexpected keyword" not in str(raised.value), name


def test_empty():
    for shape, axis in itertools.product([(0, 4), (4, 0)], (0, 1)):
        x = np.empty(shape, np.float32)
        assert actfn.softmax(x, axis).shape == shape
    assert actfn.maxout(np.empty((0, 4), np.float32)).shape == (0,)
    assert actfn.glu_packed(np.empty((0, 4), np.float32), gate="last").shape == (0, 2)
    assert actfn.rrelu(np.empty(0, np.float32), seed=0).shape == (0,)


def test_lists_and_numbers_are_float32():
    assert np.array_equal(actfn.softmax(range(3)), actfn.softmax([0, 1, 2]))
    """They have no dtype of their own."""
    row = [1.5, 2, -0.1]
    x = np.float32(row)
    for given in row, tuple(row):
        same_bits(actfn.softmax(given), actfn.softmax(x))
        same_bits(actfn.logsumexp(given), actfn.logsumexp(x))
        same_bits(actfn.softmax_backward(given, [1, 0, 0]), actfn.softmax_backward(x, np.float32([1, 0, 0])))
        same_bits(actfn.swiglu(given, given), actfn.swiglu(x, x))
        same_bits(actfn.sigmoid_bce(given, [0, 1, 0]), actfn.sigmoid_bce(x, np.float32([0, 1, 0])))
    same_bits(actfn.softmax([1, 2, 3]), actfn.softmax(np.float32([1, 2, 3])))
    # A number is a row of one element.
    same_bits(actfn.softmax(1.5), np.float32(1))
    same_bits(actfn.logsumexp(2), np.float32(2))
    assert actfn.logsumexp(2.0, keepdims=True).shape == ()
    same_bits(actfn.logsumexp_backward(2.0, 2.0, 3.0), np.float32(3))
    same_bits(actfn.prelu(X, 0.25), actfn.leaky_relu(X, slope=0.25))
    same_bits(actfn.prelu(X, 1 / 3), actfn.leaky_relu(X, slope=1 / 3))
    same_bits(actfn.prelu(X[:, :2], [0.1, 0.2]), actfn.prelu(X[:, :2], np.float32([0.1, 0.2])))
    same_bits(actfn.elu_param_gradient(row, 1.0 * x)["alpha"], actfn.elu_param_gradient(x, x)["alpha"])


def test_dtype_converts():
    """float64 by request, in every function and for every array of floats; classes and indices stay integers."""
    wide, dy = X.astype(float), DY.astype(float)
    for got, expected in (
        (actfn.softmax(wide, dtype=np.float32), actfn.softmax(X)),
        (actfn.softmax(x=wide, dtype="f4"), actfn.softmax(X)),
        (actfn.softmax(np.arange(5), dtype=np.float32), actfn.softmax(np.arange(5, dtype=np.float32))),
        (actfn.softmax_backward(wide, dy, axis=1, dtype=np.float32), actfn.softmax_backward(X, DY, axis=1)),
        (actfn.swiglu(wide, v=dy, dtype=np.float32), actfn.swiglu(X, DY)),
        (actfn.glu_packed(wide, gate="last", dtype=np.float32), actfn.glu_packed(X, gate="last")),
        (actfn.prelu(wide, np.ones(6), dtype=np.float32), actfn.prelu(X, np.ones(6, np.float32))),
        (actfn.rrelu(wide, seed=1, dtype=np.float32), actfn.rrelu(X, seed=1)),
        (actfn.sigmoid_bce(wide, t=dy, dtype=np.float32), actfn.sigmoid_bce(X, DY)),
        (
            actfn.softmax_cross_entropy(wide[0], np.zeros(6, int), dtype=np.float32),
            actfn.softmax_cross_entropy(X[0], np.zeros(6, int)),
        ),
    ):
        same_bits(got, expected)


def test_names_and_places():
    for got, expected in (
        (actfn.softmax(X, dim=1), actfn.softmax(X, 1)),
        (actfn.logsumexp(X, dim=1, keepdim=True), actfn.logsumexp(X, 1, keepdims=True)),
        (actfn.prelu(X, weight=[0.5]), actfn.prelu(X, [0.5])),
        (actfn.softmax_backward(dy=DY, y=X, axis=1), actfn.softmax_backward(X, DY, axis=1)),
        (actfn.softmax_backward(X, DY, 1), actfn.softmax_backward(X, DY, axis=1)),
        (actfn.softmax_backward(X, dy=DY), actfn.softmax_backward(X, DY)),
    ):
        same_bits(got, expected)


class Subclass(np.ndarray):
    pass


# (the module, an array of its kind, words of the refusal)
FOREIGN = [
    ("numpy", lambda m: m.ma.masked_array(X[0, 0], X[0, 0] > 0), r"MaskedArray, .*pass {name}.filled\(...\)"),
    ("numpy", lambda m: X[0, 0].view(Subclass), r"Subclass, .*pass numpy.asarray\({name}\)"),
    ("pandas", lambda m: m.Series(X[0, 0], index=list("abcdefghij")), r"Series, .*pass numpy.asarray\({name}\)"),
    ("pandas", lambda m: m.DataFrame(X[0]), r"DataFrame, .*pass numpy.asarray\({name}\)"),
    ("xarray", lambda m: m.DataArray(X[0, 0], dims=["row"]), "DataArray, .*xarray.apply_ufunc keeps the labels"),
    ("dask.array", lambda m: m.from_array(X[0, 0]), "Array, .*dask.array.apply_gufunc calls actfn.* lazily"),
    ("torch", lambda m: m.from_numpy(X[0, 0].copy()), "Tensor, .*actfn.torch has the functions"),
]


@pytest.mark.parametrize("module, make, words", FOREIGN, ids=[f"{entry[0]}-{entry[2][:6]}" for entry in FOREIGN])
def test_nothing_is_silently_lost(module, make, words):
    """Masks, labels, lazy arrays and tensors: these functions would return a plain array, so they refuse."""
    array = make(pytest.importorskip(module, reason=f"no {module}", exc_type=ImportError))
    row = X[0, 0]
    for call, function, name in (
        (lambda: actfn.softmax(array), "softmax", "x"),
        (lambda: actfn.softmax_backward(row, array), "softmax_backward", "dy"),
        (lambda: actfn.logsumexp(array, dtype=np.float32), "logsumexp", "x"),
        (lambda: actfn.maxout_index(array), "maxout_index", "x"),
        (lambda: actfn.maxout_backward_from_index(array, row, 3), "maxout_backward_from_index", "index"),
        (lambda: actfn.swiglu(row, array), "swiglu", "v"),
        (lambda: actfn.swiglu_backward(row, row, array), "swiglu_backward", "dy"),
        (lambda: actfn.swiglu_packed(array, gate="first"), "swiglu_packed", "x"),
        (lambda: actfn.prelu(array, 0.25), "prelu", "x"),
        (lambda: actfn.prelu(X.T, array), "prelu", "a"),
        (lambda: actfn.rrelu(array, seed=1), "rrelu", "x"),
        (lambda: actfn.sigmoid_bce(row, array), "sigmoid_bce", "t"),
        (lambda: actfn.softmax_cross_entropy(X[0], array), "softmax_cross_entropy", "classes"),
        (lambda: actfn.elu_param_gradient(row, array), "elu_param_gradient", "dy"),
    ):
        with pytest.raises(TypeError, match=f"^{function}: {name} is a .*{words.format(name=name)}"):
            call()
    if isinstance(array, np.ndarray):
        with pytest.raises(TypeError, match="^softmax: out is a "):
            actfn.softmax(row, out=array)


def test_what_is_only_stored_elsewhere(tmp_path):
    (tmp_path / "x").write_bytes(X.tobytes())
    same_bits(actfn.softmax(np.memmap(tmp_path / "x", np.float32, "r", shape=X.shape)), actfn.softmax(X))
    same_bits(actfn.softmax(memoryview(X)), actfn.softmax(X))
