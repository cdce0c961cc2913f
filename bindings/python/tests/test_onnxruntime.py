# SPDX-License-Identifier: MIT
"""libactfn_ort.so inside ONNX Runtime: every operator has the bits of the package, and a wrong node gives no session.

ACTFN_ORT_LIBRARY names the library; `ctest -R onnxruntime` builds it, and brings onnxruntime.
"""

import concurrent.futures

import numpy as np
import pytest
from conftest import same_bits
from onnx_support import DOMAIN, errors, make_model, node, onnx, run, session

import actfn
from actfn._catalogue import of_family

DOUBLE = onnx.TensorProto.DOUBLE
MODES = ["accurate", "fast"]
# Over 2 * 16384 elements the work is split.
SHAPES = [(0,), (), (5,), (2, 3, 7), (3, 40000)]
REQUIRED = [-0.5, 0.75]


def names(family):
    return [operation.name for operation in of_family(family)]


def choices(operation):
    """Parameters, by the catalogue's names: the defaults, and other values."""
    scalars = [param for param in operation.params if not param.array]
    required = {param.name: REQUIRED[index] for index, param in enumerate(scalars) if param.required}
    yield required
    others = {param.name: required.get(param.name, param.default) + 0.125 for param in scalars}
    others = {param.name: others[param.name] for param in scalars if param.legal(others[param.name])}
    if others:
        yield {**required, **others}


def keywords(operation, params):
    return {param.keyword: params[param.name] for param in operation.params if param.name in params}


def floats(shape, seed=0):
    rng = np.random.default_rng([seed, *shape])
    x = (rng.standard_normal(shape) * 4).astype(np.float32)
    if x.size > 4:
        x.reshape(-1)[:5] = np.inf, -np.inf, np.nan, -0.0, 1e-40
    return x


@pytest.fixture(params=[1, 3], ids=["1 thread", "3 threads"])
def threads(request):
    return request.param


def test_all_families_are_here():
    """Losses and random draws are no operators; every other operation of the library is one of those below."""
    families = {operation["family"] for operation in actfn.operations()}
    assert families == {"elementwise", "rows", "gates", "channels", "random", "losses"}
    assert sum(len(names(family)) for family in ("elementwise", "rows", "gates", "channels")) == 72


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("operation", of_family("elementwise"), ids=lambda operation: operation.name)
def test_elementwise(operation, mode, threads):
    function = getattr(actfn, operation.name)
    for params in choices(operation):
        made = session(make_model([node(operation.name, ["x"], mode=mode, **params)]), threads)
        for shape in SHAPES:
            x = floats(shape)
            same_bits(run(made, x=x), function(x, mode=mode, **keywords(operation, params)))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("operation", of_family("rows"), ids=lambda operation: operation.name)
def test_rows(operation, mode, threads):
    function = getattr(actfn, operation.name)
    for shape, axis in [((2, 3, 7), -1), ((2, 3, 7), 0), ((400, 5, 30), 1), ((3, 40000), 1), ((0, 3), 1), ((5,), 0)]:
        for params in choices(operation):
            x = floats(shape)
            kept = {"keepdims": True} if operation.reduces else {}
            expected = function(x, axis=axis, mode=mode, **kept, **keywords(operation, params))
            made = session(make_model([node(operation.name, ["x"], axis=axis, mode=mode, **params)]), threads)
            same_bits(run(made, x=x), expected)
    if operation.reduces:
        got = run(session(make_model([node(operation.name, ["x"], axis=1, keepdims=0)])), x=floats((2, 3, 7)))
        same_bits(got, function(floats((2, 3, 7)), axis=1))


@pytest.mark.parametrize("name", ["softmax", "log_softmax", "softmin", "sparsemax"])
def test_masked_rows(name):
    x = np.full((2, 4), np.inf if name == "softmin" else -np.inf, np.float32)
    x[1] = 1, 2, 3, 4
    for masked in 0, 1:
        got = run(session(make_model([node(name, ["x"], masked_rows_zero=masked)])), x=x)
        same_bits(got, getattr(actfn, name)(x, masked_rows_zero=bool(masked)))
        assert np.isnan(got[0]).all() != bool(masked)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("operation", of_family("gates"), ids=lambda operation: operation.name)
def test_gates(operation, mode, threads):
    for params in choices(operation):
        given = {**keywords(operation, params), "mode": mode}
        two = session(make_model([node(operation.name, ["u", "v"], mode=mode, **params)], ["u", "v"]), threads)
        for shape in SHAPES:
            u, v = floats(shape, 1), floats(shape, 2)
            same_bits(run(two, u=u, v=v), getattr(actfn, operation.name)(u, v, **given))
        for gate, shape, axis in [("first", (3, 20000), -1), ("last", (2, 6, 5), 1), ("first", (2, 3, 4), -1)]:
            packed = make_model([node(operation.name, ["x"], mode=mode, gate=gate, axis=axis, **params)])
            expected = getattr(actfn, f"{operation.name}_packed")(floats(shape), axis=axis, gate=gate, **given)
            same_bits(run(session(packed, threads), x=floats(shape)), expected)


@pytest.mark.parametrize("operation", of_family("channels"), ids=lambda operation: operation.name)
def test_channels(operation, threads):
    function = getattr(actfn, operation.name)
    letters = [param.name for param in operation.params]
    for shape, axis in [((2, 3, 7), 1), ((300, 4, 50), -2), ((5, 3), 1)]:
        weights = {letter: np.arange(shape[axis], dtype=np.float32) + seed for seed, letter in enumerate(letters)}
        if operation.name == "apl":
            weights = {letter: np.stack([weight, -weight]) for letter, weight in weights.items()}
        made = session(make_model([node(operation.name, ["x", *letters], axis=axis)], ["x", *letters]), threads)
        x = floats(shape)
        same_bits(run(made, x=x, **weights), function(x, *weights.values(), axis=axis))
    if operation.name != "apl":
        one = [np.float32([seed]) for seed in range(len(letters))]
        x = floats((3, 40000))
        made = session(make_model([node(operation.name, ["x", *letters])], ["x", *letters]), threads)
        expected = function(x.reshape(1, 1, -1), *one, axis=1).reshape(x.shape)
        same_bits(run(made, x=x, **dict(zip(letters, one))), expected)


def test_in_place():
    """An input that only this node reads may be the output too."""
    chain = [
        node("elu", ["x"], "a", alpha=0.5),
        node("gelu", ["a"], "b"),
        node("softmax", ["b"], "c"),
        node("swiglu", ["c", "x"], "d"),
        node("prelu", ["d", "w"], "y"),
    ]
    x, w = floats((3, 40000))[1:], np.float32([0.5])
    expected = actfn.prelu(actfn.swiglu(actfn.softmax(actfn.gelu(actfn.elu(x, alpha=0.5))), x), np.repeat(w, 40000))
    model = make_model(chain, shape=["n", 40000], constants={"w": w})
    same_bits(run(session(model, 2), x=x), expected)


def test_one_session_on_many_threads():
    made = session(make_model([node("gelu", ["x"])]), 2)
    inputs = [floats((50000,), seed) for seed in range(16)]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for x, y in zip(inputs, pool.map(lambda x: run(made, x=x), inputs)):
            same_bits(y, actfn.gelu(x))


def test_sessions_come_and_go():
    """Options and sessions end in any order, and their operators stay."""
    x = floats((7,))
    sessions = [session(make_model([node("mish", ["x"])])) for _ in range(3)]
    del sessions[0]
    sessions.append(session(make_model([node("gelu", ["x"])])))
    same_bits(run(sessions[0], x=x), actfn.mish(x))
    del sessions[:2]
    same_bits(run(sessions[0], x=x), actfn.gelu(x))


def test_rows_without_elements():
    same_bits(
        run(session(make_model([node("logsumexp", ["x"], keepdims=0)])), x=floats((2, 0))), np.float32([-np.inf] * 2)
    )
    same_bits(run(session(make_model([node("softmax", ["x"])])), x=floats((2, 0))), floats((2, 0)))


def test_flattened_rows(threads):
    """flatten = 1: a row is all axes from `axis` on."""
    for shape, axis, rows in [((2, 3, 7), 1, (2, 21)), ((2, 3, 7), -3, (1, 42)), ((40, 50, 30), 1, (40, 1500))]:
        x = floats(shape)
        for name in "softmax", "log_softmax", "softmin", "hardmax", "sparsemax":
            made = session(make_model([node(name, ["x"], axis=axis, flatten=1)]), threads)
            same_bits(run(made, x=x), getattr(actfn, name)(x.reshape(rows)).reshape(shape))


WRONG = [
    ("elu", {"alpha": 1}, "the attribute alpha is an int, and must be a float"),
    ("elu", {"alpha": "1"}, "the attribute alpha is a string, and must be a float"),
    ("elu", {"alpha": [1.0, 2.0]}, "the attribute alpha is an array, and must be a float"),
    ("elu", {"alpha": float("inf")}, "alpha is inf, and must be from -3.4028235e38 to 3.4028235e38"),
    ("elu", {"alpha": float("nan")}, "alpha is NaN"),
    ("celu", {"alpha": 0.0}, "alpha must not be 0"),
    ("clip", {"min": 0.0}, "the attribute max is missing"),
    ("hardtanh", {"min": 2.0, "max": 1.0}, "it takes min <= max"),
    ("gelu", {"mode": "quick"}, 'the attribute mode is "quick", and must be "accurate" or "fast"'),
    ("gelu", {"mode": 1}, "the attribute mode is an int, and must be a string"),
    ("softmax", {"axis": 3}, "the attribute axis is 3, and Input0 has 3 dimensions"),
    ("softmax", {"axis": 1.0}, "the attribute axis is a float, and must be an int"),
    ("softmax", {"masked_rows_zero": 2}, "the attribute masked_rows_zero is 2, and must be 0 or 1"),
    ("softmax", {"flatten": 2}, "the attribute flatten is 2, and must be 0 or 1"),
    ("logsumexp", {"flatten": 1}, "flatten is for operations whose result has the shape of their input"),
    ("swiglu", {}, 'the attribute gate must be "first" or "last"'),
    ("swiglu", {"gate": "left"}, 'the attribute gate must be "first" or "last"'),
]


@pytest.mark.parametrize("name, given, message", WRONG, ids=lambda value: str(value)[:40])
def test_wrong_attributes(name, given, message):
    with pytest.raises(errors.RuntimeException) as caught:
        session(make_model([node(name, ["x"], **given)], shape=[2, 3, 4]))
    assert f'ai.actfn {name}, node "y": ' in str(caught.value) and message in str(caught.value)


def test_wrong_graphs():
    with pytest.raises(
        errors.InvalidGraph, match="tensor\\(double\\)' of input parameter \\(x\\) of operator \\(gelu\\)"
    ):
        session(make_model([node("gelu", ["x"])], elements=DOUBLE))
    with pytest.raises(errors.Fail, match=f"{DOMAIN}:jelu"):
        session(make_model([node("jelu", ["x"])]))
    with pytest.raises(errors.RuntimeException, match="gate is for one packed input, and there are two"):
        session(make_model([node("swiglu", ["u", "v"], gate="first")], ["u", "v"]))


def test_wrong_shapes():
    """Mistakes that only a run can find."""
    gate = session(make_model([node("swiglu", ["u", "v"])], ["u", "v"]))
    with pytest.raises(errors.InvalidArgument, match=r'node "y": Input0 is \[2\], and Input1 \[3\]'):
        run(gate, u=floats((2,)), v=floats((3,)))
    with pytest.raises(errors.InvalidArgument, match="axis -1 of Input0 has 3 entries"):
        run(session(make_model([node("swiglu", ["x"], gate="last")])), x=floats((2, 3)))
    with pytest.raises(errors.InvalidArgument, match="axis is 1, and Input0 has 1 dimensions"):
        run(session(make_model([node("softmax", ["x"], axis=1)])), x=floats((2,)))
    with pytest.raises(errors.InvalidArgument, match="axis 1 of Input0 has no entries"):
        run(session(make_model([node("maxout", ["x"], axis=1)])), x=floats((2, 0)))
    prelu = session(make_model([node("prelu", ["x", "a"])], ["x", "a"]))
    with pytest.raises(errors.InvalidArgument, match=r"the weights have \[2\] elements, and axis 1 of Input0 3"):
        run(prelu, x=floats((2, 3)), a=np.float32([1, 2]))
    with pytest.raises(errors.InvalidArgument, match="parameter"):
        run(prelu, x=floats((2, 3)), a=np.float32([1, 2, np.nan]))
    # A mistake that many pieces of work find.
    with pytest.raises(errors.InvalidArgument, match="parameter"):
        run(prelu, x=floats((3, 40000)), a=np.float32([np.nan]))
