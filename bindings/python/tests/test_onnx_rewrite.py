# SPDX-License-Identifier: MIT
"""actfn.onnx.replace_activations: the rewritten model, and the equality of its results."""

import math

import numpy as np
import pytest
from conftest import same_bits
from onnx_block import Block
from onnx_support import DOMAIN, FLOAT, helper, numpy_helper, onnx, run, session
from onnx_support import make_model as any_model
from onnx_support import node as any_node

import actfn
from actfn.onnx import replace_activations

X = np.concatenate([np.linspace(-12, 12, 4001), [0, -0.0, 100, -100]]).astype(np.float32).reshape(1, 5, -1)


def node(op, inputs, output="y", domain="", **attributes):
    return any_node(op, inputs, output, domain, **attributes)


def make_model(nodes, inputs=("x",), shape=("a", "b", "c"), **rest):
    """A model with named dimensions, because onnx's checker needs their number."""
    return any_model(nodes, inputs, shape=shape, result=shape, **rest)


def only(model):
    """The one node of a model."""
    assert len(model.graph.node) == 1, [n.op_type for n in model.graph.node]
    return model.graph.node[0]


def ours(model, x=X, **options):
    """The rewritten model's only operation, its result, and the result of the original model."""
    new, report = replace_activations(model, **options)
    onnx.checker.check_model(new)
    assert only(new).domain == DOMAIN and not report.left and len(report.replaced) == 1
    return only(new).op_type, run(session(new), x=x), run(session(model), x=x)


def close(got, expected, bound=2e-6):
    """Compares within 2e-6.  The runtime's errors are as large: 1 + erf has no tail, its sigmoid ends at about 2^-24."""
    worst = np.max(np.abs(got - expected) / np.maximum(1, np.abs(expected)))
    assert worst <= bound


SINGLE = [
    ("Relu", {}, "relu", {}),
    ("Sigmoid", {}, "sigmoid", {}),
    ("Tanh", {}, "tanh", {}),
    ("Softsign", {}, "softsign", {}),
    ("HardSwish", {}, "hardswish", {}),
    ("Mish", {}, "mish", {}),
    ("Softplus", {}, "softplus", {"threshold": math.inf}),
    ("LeakyRelu", {}, "leaky_relu", {"slope": 0.01}),
    ("LeakyRelu", {"alpha": 0.3}, "leaky_relu", {"slope": 0.3}),
    ("Elu", {}, "elu", {"alpha": 1.0}),
    ("Elu", {"alpha": 0.5}, "elu", {"alpha": 0.5}),
    ("Celu", {}, "celu", {"alpha": 1.0}),
    ("Celu", {"alpha": 2.0}, "celu", {"alpha": 2.0}),
    ("Selu", {}, "selu", {}),
    ("HardSigmoid", {}, "hardsigmoid_ab", {"alpha": 0.2, "beta": 0.5}),
    ("HardSigmoid", {"alpha": 0.1, "beta": 0.25}, "hardsigmoid_ab", {"alpha": 0.1, "beta": 0.25}),
    ("ThresholdedRelu", {"alpha": 2.0}, "thresholded_relu", {"alpha": 2.0}),
    ("Shrink", {"lambd": 1.0, "bias": 0.25}, "shrink", {"lambda_": 1.0, "bias": 0.25}),
    ("Gelu", {}, "gelu", {}),
    ("Gelu", {"approximate": "tanh"}, "gelu_tanh", {}),
    ("Softmax", {}, "softmax", {"axis": -1}),
    ("Softmax", {"axis": 1}, "softmax", {"axis": 1}),
    ("LogSoftmax", {"axis": 1}, "log_softmax", {"axis": 1}),
    ("Hardmax", {"axis": 1}, "hardmax", {"axis": 1}),
]


@pytest.mark.parametrize("mode", ["accurate", "fast"])
@pytest.mark.parametrize("was, given, name, keywords", SINGLE, ids=lambda value: str(value))
def test_operators(was, given, name, keywords, mode):
    op, got, before = ours(make_model([node(was, ["x"], **given)]), mode=mode)
    assert op == name
    same_bits(got, getattr(actfn, name)(X, mode=mode, **keywords))
    close(got, before)


@pytest.mark.parametrize("was, name", [("Gelu", "gelu"), ("FastGelu", "gelu_tanh"), ("QuickGelu", "gelu_quick")])
def test_operators_of_the_runtime(was, name):
    model = make_model([node(was, ["x"], domain="com.microsoft")])
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    op, got, before = ours(model)
    assert op == name
    close(got, before)


HALF, ONE, ROOT = np.float32(0.5), np.float32(1), np.float32(math.sqrt(2))
K, C, THREE = np.float32(math.sqrt(2 / math.pi)), np.float32(0.044715), np.float32(3)
PATTERNS = {
    "silu": ("silu", [node("Sigmoid", ["x"], "s"), node("Mul", ["x", "s"])], {}),
    "silu, turned": ("silu", [node("Sigmoid", ["x"], "s"), node("Mul", ["s", "x"])], {}),
    "swish": (
        "swish",
        [node("Mul", ["x", "c"], "t"), node("Sigmoid", ["t"], "s"), node("Mul", ["x", "s"])],
        {"c": np.float32(0.75)},
    ),
    "quick": (
        "gelu_quick",
        [node("Mul", ["c", "x"], "t"), node("Sigmoid", ["t"], "s"), node("Mul", ["x", "s"])],
        {"c": np.float32(1.702)},
    ),
    "gelu": (
        "gelu",
        [
            node("Div", ["x", "r"], "u"),
            node("Erf", ["u"], "e"),
            node("Add", ["e", "one"], "p"),
            node("Mul", ["x", "p"], "m"),
            node("Mul", ["m", "h"]),
        ],
        {"r": ROOT, "one": ONE, "h": HALF},
    ),
    "gelu, half first": (
        "gelu",
        [
            node("Mul", ["x", "h"], "m"),
            node("Mul", ["x", "r"], "u"),
            node("Erf", ["u"], "e"),
            node("Add", ["one", "e"], "p"),
            node("Mul", ["m", "p"]),
        ],
        {"r": np.float32(1 / ROOT), "one": ONE, "h": HALF},
    ),
    "gelu_tanh": (
        "gelu_tanh",
        [
            node("Pow", ["x", "three"], "x3"),
            node("Mul", ["x3", "c"], "q"),
            node("Add", ["x", "q"], "a"),
            node("Mul", ["a", "k"], "u"),
            node("Tanh", ["u"], "t"),
            node("Add", ["t", "one"], "p"),
            node("Mul", ["x", "h"], "m"),
            node("Mul", ["m", "p"]),
        ],
        {"three": THREE, "c": C, "k": K, "one": ONE, "h": HALF},
    ),
    "gelu_tanh by products": (
        "gelu_tanh",
        [
            node("Mul", ["x", "x"], "x2"),
            node("Mul", ["x2", "x"], "x3"),
            node("Mul", ["c", "x3"], "q"),
            node("Add", ["q", "x"], "a"),
            node("Mul", ["k", "a"], "u"),
            node("Tanh", ["u"], "t"),
            node("Add", ["one", "t"], "p"),
            node("Mul", ["p", "h"], "m"),
            node("Mul", ["x", "m"]),
        ],
        {"c": C, "k": K, "one": ONE, "h": HALF},
    ),
    "gelu_tanh factored": (
        "gelu_tanh",
        [
            node("Mul", ["x", "x"], "x2"),
            node("Mul", ["x2", "c"], "q"),
            node("Add", ["q", "one"], "a"),
            node("Mul", ["x", "a"], "b"),
            node("Mul", ["b", "k"], "u"),
            node("Tanh", ["u"], "t"),
            node("Add", ["one", "t"], "p"),
            node("Mul", ["x", "p"], "m"),
            node("Mul", ["m", "h"]),
        ],
        {"c": C, "k": K, "one": ONE, "h": HALF},
    ),
    "mish": ("mish", [node("Softplus", ["x"], "s"), node("Tanh", ["s"], "t"), node("Mul", ["x", "t"])], {}),
    "log_sigmoid": ("log_sigmoid", [node("Sigmoid", ["x"], "s"), node("Log", ["s"])], {}),
}


@pytest.mark.parametrize("case", PATTERNS)
def test_patterns(case):
    name, nodes, constants = PATTERNS[case]
    model = make_model(nodes, constants=constants)
    op, got, before = ours(model, x=X[:, :, :600])
    assert op == name
    # At -12, ln(sigmoid) is the logarithm of a number with three correct digits.
    close(got, before, 2e-3 if name == "log_sigmoid" else 2e-6)
    # The same with constants as nodes, which are removed too.
    made = [
        helper.make_node("Constant", [], [key], value=numpy_helper.from_array(value))
        for key, value in constants.items()
    ]
    same_bits(ours(make_model([*made, *nodes]), x=X[:, :, :600])[1], got)


def test_gates():
    """An activation times another value, if the value is known to have the same shape."""
    v = np.tanh(X[:, ::-1])
    for name, case in [("swiglu", "silu"), ("geglu", "gelu"), ("geglu_quick", "quick")]:
        _, nodes, constants = PATTERNS[case]
        gated = [*nodes[:-1], node(nodes[-1].op_type, nodes[-1].input, "g"), node("Mul", ["g", "v"])]
        model = make_model(gated, ["x", "v"], constants=constants)
        new, _ = replace_activations(model)
        assert only(new).op_type == name and list(only(new).input) == ["x", "v"]
        same_bits(run(session(new), x=X, v=v), getattr(actfn, name)(X, v))
        close(run(session(new), x=X, v=v), run(session(model), x=X, v=v))

    model = make_model(gated, ["x", "v"], constants=constants)
    model.graph.input[1].type.tensor_type.shape.dim[1].dim_value = 1
    new, _ = replace_activations(model)
    assert [n.op_type for n in new.graph.node] == ["gelu_quick", "Mul"]


def test_a_factor_beside_a_pattern():
    nodes = [node("Mul", ["x", "h"], "m"), node("Sigmoid", ["x"], "s"), node("Mul", ["m", "s"])]
    new, _ = replace_activations(make_model(nodes, constants={"h": HALF}))
    assert [n.op_type for n in new.graph.node] == ["Mul", "sigmoid", "Mul"]
    nodes = [node("Sigmoid", ["x"], "s"), node("Mul", ["x", "s"], "m"), node("Mul", ["m", "h"])]
    new, _ = replace_activations(make_model(nodes, constants={"h": HALF}))
    assert [n.op_type for n in new.graph.node] == ["silu", "Mul"]


def changed(case, **constants):
    name, nodes, known = PATTERNS[case]
    return make_model(nodes, constants={**known, **{key: np.float32(value) for key, value in constants.items()}})


@pytest.mark.parametrize(
    "model",
    [
        changed("gelu", r=1.4),
        changed("gelu", one=2),
        changed("gelu", h=0.25),
        changed("gelu_tanh", c=0.04),
        changed("gelu_tanh", k=0.8),
        changed("gelu_tanh", three=2),
        changed("gelu_tanh factored", one=1.5),
        make_model([node("Sigmoid", ["x"], "s"), node("Mul", ["x", "s"], "m"), node("Add", ["m", "s"])]),
        make_model([node("Sigmoid", ["z"], "s"), node("Mul", ["x", "s"])], ["x", "z"]),
        make_model(
            [node("Mul", ["x", "c"], "t"), node("Sigmoid", ["t"], "s"), node("Mul", ["x", "s"])],
            constants={"c": np.ones((1, 1, 1, 1), np.float32)},
        ),
    ],
)
def test_what_is_no_pattern(model):
    """Not replaced: another constant, another reader, another argument, or a constant that adds a dimension."""
    new, _ = replace_activations(model)
    fused = {n.op_type for n in new.graph.node if n.domain == DOMAIN} - {"sigmoid", "tanh"}
    assert not fused
    inputs = {value.name: X[:, :, :600] for value in model.graph.input}
    close(run(session(new), **inputs), run(session(model), **inputs))


def test_prelu():
    x, shape = X[:, :4, :].reshape(1, 4, -1, 1), ("n", 4, "h", "w")
    for slope, axis in [((4, 1, 1), -3), ((1,), -1), ((), -1), ((1, 4, 1, 1), -3)]:
        a = np.linspace(0.1, 0.4, int(np.prod(slope)), dtype=np.float32).reshape(slope)
        model = make_model([node("PRelu", ["x", "a"])], shape=shape, constants={"a": a})
        op, got, before = ours(model, x=x)
        assert op == "prelu"
        same_bits(got, before)
        new = only(replace_activations(model).model)
        assert {entry.name: entry.i for entry in new.attribute}["axis"] == axis
    model = make_model([node("PRelu", ["x", "a"])], constants={"a": np.ones((2, 3), np.float32)})
    assert replace_activations(model).report.left[0].text == "a has more than one axis"
    model = make_model([node("PRelu", ["x", "a"])], ["x", "a"])
    assert replace_activations(model).report.left[0].text == "the shape of a is unknown"


def left(model, **options):
    new, report = replace_activations(model, **options)
    assert new.graph == model.graph and not report.replaced
    assert [(entry.domain, entry.version) for entry in new.opset_import] == [
        (entry.domain, entry.version) for entry in model.opset_import
    ]
    return [entry.text for entry in report.left]


def test_what_is_left():
    double = make_model([node("Gelu", ["x"])], elements=onnx.TensorProto.DOUBLE)
    assert left(double) == ["x is double, and not float or float16 or bfloat16"]
    weights = {"a": np.ones((1,), np.float16)}
    half = make_model([node("PRelu", ["x", "a"])], constants=weights, elements=onnx.TensorProto.FLOAT16)
    assert left(half) == ["x is float16, and not float"]
    assert left(make_model([node("Selu", ["x"], alpha=1.0)])) == ["alpha and gamma are not those of selu"]
    assert left(make_model([node("Celu", ["x"], alpha=0.0)])) == ["alpha = 0, which celu does not take"]
    unknown = make_model([node("Strange", ["x"], "s", domain="strange"), node("Relu", ["s"])])
    unknown.opset_import.append(helper.make_opsetid("strange", 1))
    assert left(unknown) == ["the type of s is unknown"]
    assert left(make_model([node("Relu", ["x"])]), ops=["gelu"]) == []


def test_ops():
    model = make_model([node("Relu", ["x"], "r"), node("Sigmoid", ["r"], "s"), node("Mul", ["r", "s"])])
    assert [n.op_type for n in replace_activations(model).model.graph.node] == ["relu", "silu"]
    assert [n.op_type for n in replace_activations(model, ops={"silu"}).model.graph.node] == ["Relu", "silu"]
    assert [n.op_type for n in replace_activations(model, ops={"sigmoid"}).model.graph.node] == [
        "Relu",
        "sigmoid",
        "Mul",
    ]


def test_branches():
    """Graphs inside of nodes are rewritten too, with knowledge of the graphs around them."""
    value = helper.make_tensor_value_info
    branches = [
        helper.make_graph([node("Gelu", ["x"], "a")], "then", [], [value("a", FLOAT, None)]),
        helper.make_graph(
            [node("Sigmoid", ["x"], "s"), node("Mul", ["x", "s"], "a")], "else", [], [value("a", FLOAT, None)]
        ),
    ]
    chosen = node("If", ["c"], then_branch=branches[0], else_branch=branches[1])
    model = make_model([chosen])
    model.graph.input.append(value("c", onnx.TensorProto.BOOL, []))
    new, report = replace_activations(model)
    assert [entry.text for entry in report.replaced] == ["gelu", "silu"]
    for c, function in [(True, actfn.gelu), (False, actfn.silu)]:
        same_bits(run(session(new), x=X, c=np.bool_(c)), function(X))


@pytest.mark.parametrize("mode", ["accurate", "fast"])
@pytest.mark.parametrize("ffn", ["gelu", "swiglu"])
def test_transformer_block(ffn, mode):
    """Within 2e-5 of the block in double, whose values go up to 13; about as near as the original; the same bits for any
    number of threads."""
    block = Block(batch=2, tokens=48, width=64, heads=4, hidden=256, ffn=ffn)
    new, report = replace_activations(block.model, mode=mode)
    assert sorted(entry.text for entry in report.replaced) == sorted(["softmax, axis = -1", ffn]) and not report.left
    expected = block.in_double()
    before, after = (run(session(model), x=block.x) for model in (block.model, new))
    errors = [np.max(np.abs(y - expected)) for y in (before, after)]
    assert errors[1] <= 2e-5 and errors[1] <= 2 * errors[0]
    same_bits(run(session(new, threads=3), x=block.x), after)


def test_report_and_model():
    model = make_model([node("Elu", ["x"], "e", alpha=0.5), node("Gelu", ["e"], "g"), node("Selu", ["g"], alpha=1.0)])
    before = model.SerializeToString()
    new, report = replace_activations(model)
    assert model.SerializeToString() == before
    assert (
        str(report)
        == "e: Elu -> elu, alpha = 0.5\ng: Gelu -> gelu\ny: Selu left: alpha and gamma are not those of selu"
    )
    again, twice = replace_activations(new)
    assert again == new and not twice.replaced


def test_wrong_arguments():
    model = make_model([node("Relu", ["x"])])
    for wrong, error, message in [
        (lambda: replace_activations("model.onnx"), TypeError, "model must be an onnx.ModelProto, not str"),
        (
            lambda: replace_activations(model, mode="quick"),
            ValueError,
            "mode must be 'accurate' or 'fast', not 'quick'",
        ),
        (lambda: replace_activations(model, ops=["relux"]), ValueError, "ops has 'relux', and the library does not"),
        (lambda: replace_activations(model, ops="relu"), TypeError, "ops must be a collection of names, not a str"),
    ]:
        with pytest.raises(error, match=message):
            wrong()
