# SPDX-License-Identifier: MIT
"""Shapes that a graph leaves open: unnamed dimensions, unknown ranks, scalars.  ONNX Runtime must load and run a rewritten
model wherever it runs the original model."""

import numpy as np
import pytest
from conftest import same_bits
from onnx_support import helper, make_model, node, numpy_helper, onnx, onnxruntime, run, session

import actfn
from actfn.onnx import replace_activations

RUNTIME = tuple(int(number) for number in onnxruntime.__version__.split(".")[:2])
KNOWN = [[2, 8], ["batch", 8], ["batch", "width"]]
UNKNOWN = [[None, 8], ["batch", None], [-1, 8], [], None]
# One operator of each family, with its further inputs.
OPERATORS = [("relu", []), ("softmax", []), ("swiglu", ["x"]), ("prelu", ["slope"])]


def floats(*shape):
    return np.random.default_rng(shape).standard_normal(shape).astype(np.float32)


def onnx_node(op, inputs, output="y", **attributes):
    return node(op, inputs, output, "", **attributes)


def agree(model, runs):
    """Loads the rewritten model, compares its results with the original's, and returns its operations."""
    new, report = replace_activations(model)
    assert not report.left
    before, after = session(model), session(new)
    for inputs in runs:
        got, expected = run(after, **inputs), run(before, **inputs)
        assert got.shape == expected.shape
        np.testing.assert_allclose(got, expected, rtol=2e-6, atol=2e-6)
    return [entry.text.split(",")[0] for entry in report.replaced]


@pytest.mark.parametrize("shape", [*KNOWN, *UNKNOWN], ids=str)
@pytest.mark.parametrize("op, rest", OPERATORS)
def test_what_is_inferred(op, rest, shape):
    """The shape of the first input if it is known completely, otherwise nothing."""
    constants = {"slope": np.float32([0.5])} if rest == ["slope"] else {}
    axis = {} if rest == ["x"] or shape == [] else {"axis": -1}
    model = make_model([node(op, ["x", *rest], **axis)], shape=shape, constants=constants)
    # Older runtimes crash on an operator whose optional input is missing, so those are not asked.
    known = shape in KNOWN and (op != "swiglu" or RUNTIME >= (1, 24))
    # The runtime shows an unknown rank as no dimensions.
    assert session(model).get_outputs()[0].shape == (shape if known else [])


@pytest.mark.parametrize("inputs", [["x"], ["x", ""]], ids=["one input", "a second without a name"])
@pytest.mark.parametrize("shape", [[2, 8], ["batch", 8], [None, 8], None], ids=str)
def test_nothing_is_inferred_for_packed_gates(shape, inputs):
    """The output of a gate is half of the input."""
    made = session(make_model([node("swiglu", inputs, gate="first")], shape=shape))
    assert made.get_outputs()[0].shape == []
    x = floats(2, 8)
    same_bits(run(made, x=x), actfn.swiglu_packed(x, gate="first"))


ROWS = {"x": floats(2, 4)}
# The first result's memory is free when the second result is computed.
TWO = [
    onnx_node("Sigmoid", ["x"], "s"),
    onnx_node("ReduceSum", ["s"], "a", keepdims=0),
    onnx_node("Add", ["w", "a"], "wa"),
    onnx_node("Sigmoid", ["wa"], "t"),
    onnx_node("ReduceSum", ["t"], keepdims=0),
]
GATE = [onnx_node("Sigmoid", ["x"], "s"), onnx_node("Mul", ["x", "s"], "g"), onnx_node("Mul", ["g", "v"])]
# The target of Reshape has at most one unknown size.
RESHAPED = [
    onnx_node("Tanh", ["x"], "t"),
    onnx_node("Shape", ["t"], "n", end=1),
    onnx_node("Concat", ["n", "rest"], "target", axis=0),
    onnx_node("Reshape", ["t", "target"]),
]
ADDED = [onnx_node("Relu", ["x"], "r"), onnx_node("Add", ["r", "c"])]
C = {"c": floats(2, 4)}

# nodes, shapes of the inputs, constants, inputs of some runs, operators of the rewritten model
LOADED = {
    "an unnamed dimension": (ADDED, {"x": [None, 4]}, C, [ROWS, {"x": floats(1, 4)}], ["relu"]),
    "one of two": (ADDED, {"x": ["n", None]}, C, [ROWS, {"x": floats(2, 1)}], ["relu"]),
    "a size of -1": (ADDED, {"x": [-1, 4]}, C, [ROWS], ["relu"]),
    "an unknown rank": (ADDED, {"x": None}, C, [ROWS, {"x": floats()}, {"x": floats(3, 2, 4)}], ["relu"]),
    "a scalar": (ADDED, {"x": []}, C, [{"x": floats()}], ["relu"]),
    "a convolution": (
        [onnx_node("Relu", ["x"], "r"), onnx_node("Conv", ["r", "w"])],
        {"x": None},
        {"w": floats(2, 3, 3, 3)},
        [{"x": floats(1, 3, 5, 5)}, {"x": floats(2, 3, 4, 9)}],
        ["relu"],
    ),
    "a pattern": ([*GATE[:2], onnx_node("Add", ["g", "c"])], {"x": None}, C, [ROWS, {"x": floats()}], ["silu"]),
    "a reshape": (RESHAPED, {"x": [None, None]}, {"rest": np.int64([2, -1])}, [ROWS, {"x": floats(3, 6)}], ["tanh"]),
    "two buffers": (
        TWO,
        {"x": [None, 4], "w": [None, 4]},
        {},
        [{"x": floats(rows, 4), "w": floats(5 - rows, 4)} for rows in (2, 3)],
        ["sigmoid", "sigmoid"],
    ),
    # In none of these is it known that the two shapes are equal.
    **{
        f"a gate, {shape}": (GATE, {"x": shape, "v": shape}, {}, [{**ROWS, "v": floats(1, 4)}], ["silu"])
        for shape in ([None, 4], [-1, 4], ["?", 4], None)
    },
    "prelu": (
        [onnx_node("PRelu", ["x", "a"], "p"), onnx_node("Add", ["p", "c"])],
        {"x": None},
        {**C, "a": floats(4)},
        [ROWS, {"x": floats(3, 2, 4)}],
        ["prelu"],
    ),
}


@pytest.mark.parametrize("case", LOADED)
def test_rewritten_models_load(case):
    nodes, inputs, constants, runs, expected = LOADED[case]
    assert agree(make_model(nodes, inputs, constants=constants), runs) == expected


def test_branches():
    """A branch sees the shapes around it."""
    value = make_model(ADDED, constants=C).graph.output[0]
    branch = helper.make_graph(ADDED, "branch", [], [value], [numpy_helper.from_array(C["c"], "c")])
    chosen = onnx_node("If", ["b"], then_branch=branch, else_branch=branch)
    for shape in [None, 4], ["n", None], [-1, 4], None:
        model = make_model([chosen], {"x": shape})
        model.graph.input.append(helper.make_tensor_value_info("b", onnx.TensorProto.BOOL, []))
        runs = [{"x": floats(1, 4), "b": np.array(flag)} for flag in (True, False)]
        assert agree(model, runs) == ["relu", "relu"]


# Before opset 13 a row is all axes from `axis` on, and the default axis is 1.
OLD = [{}, {"axis": 0}, {"axis": 2}, {"axis": -1}, {"axis": -2}]


@pytest.mark.parametrize("shape", [["a", "b", "c"], [None, 3, None], None], ids=str)
@pytest.mark.parametrize("given", OLD, ids=str)
@pytest.mark.parametrize("op", ["Softmax", "LogSoftmax", "Hardmax"])
def test_old_rows(op, given, shape):
    model = make_model([onnx_node(op, ["x"], **given)], {"x": shape}, opset=11)
    runs = [{"x": floats(2, 3, 5)}, {"x": floats(400, 3, 30)}]
    if shape is None:
        runs += [{"x": floats(2, 3, 4, 5)}] + [{"x": floats(2, 5)}] * (given.get("axis") != 2)
    assert agree(model, runs) == [{"Softmax": "softmax", "LogSoftmax": "log_softmax", "Hardmax": "hardmax"}[op]]


def test_old_softmax_has_our_bits():
    x = floats(2, 3, 5)
    for axis, rows in (0, (1, 30)), (1, (2, 15)), (2, (6, 5)):
        new, report = replace_activations(make_model([onnx_node("Softmax", ["x"], axis=axis)], {"x": None}, opset=11))
        assert report.replaced[0].text == f"softmax, axis = {axis}, flatten = 1"
        same_bits(run(session(new), x=x), actfn.softmax(x.reshape(rows)).reshape(x.shape))
    # If the rank is known to be axis + 1, the axis is enough.
    new, report = replace_activations(make_model([onnx_node("Softmax", ["x"])], {"x": [None, 5]}, opset=11))
    assert report.replaced[0].text == "softmax, axis = 1"
    same_bits(run(session(new), x=x[0]), actfn.softmax(x[0]))
