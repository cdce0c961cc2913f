# SPDX-License-Identifier: MIT
"""float16 and bfloat16 in ONNX Runtime: the operators, and models that are rewritten.

ONNX Runtime takes no bfloat16 from NumPy, so those tensors come and go by Cast, which rounds no number that is a bfloat16.
"""

import ml_dtypes
import numpy as np
import pytest
from onnx_block import Block
from onnx_support import DOMAIN, FLOAT, errors, make_model, node, numpy_helper, onnx, run, session
from onnx.backend.test.loader import load_model_tests
from onnxruntime.transformers.float16 import convert_float_to_float16

import actfn
from actfn._catalogue import of_family
from actfn.onnx import replace_activations

FLOAT16, BFLOAT16 = onnx.TensorProto.FLOAT16, onnx.TensorProto.BFLOAT16
HALF, BRAIN = np.dtype(np.float16), np.dtype(ml_dtypes.bfloat16)
ELEMENTS = {HALF: FLOAT16, BRAIN: BFLOAT16}
ALL = np.arange(1 << 16, dtype=np.uint16)
REQUIRED = [-0.5, 0.75]
each_type = pytest.mark.parametrize("dtype", [HALF, BRAIN], ids=str)


def required(operation):
    scalars = [param for param in operation.params if not param.array]
    return {param.name: REQUIRED[index] for index, param in enumerate(scalars) if param.required}


def keywords(operation, params):
    return {param.keyword: params[param.name] for param in operation.params if param.name in params}


def compute(nodes, dtype, threads=1, rewrite=False, **inputs):
    """The result of nodes from these inputs to y, in the type."""
    if dtype == BRAIN:
        casts = [node("Cast", [f"{name}32"], name, "", to=BFLOAT16) for name in inputs]
        nodes = [*casts, *nodes, node("Cast", ["y"], "y32", "", to=FLOAT)]
        model = make_model(nodes, [f"{name}32" for name in inputs])
        model.graph.output[0].name = "y32"
        inputs = {f"{name}32": value.astype(np.float32) for name, value in inputs.items()}
    else:
        model = make_model(nodes, list(inputs), elements=FLOAT16)
    if rewrite:
        model, report = replace_activations(model)
        assert not report.left and len(report.replaced) == rewrite
    got = run(session(model, threads), **inputs)
    rounded = got.astype(dtype)
    assert got.dtype == (np.float32 if dtype == BRAIN else HALF)
    assert np.array_equal(rounded.astype(np.float32), got.astype(np.float32), equal_nan=True)
    return rounded


def same(got, expected):
    """A NaN's sign and payload are free."""
    assert got.dtype == expected.dtype and got.shape == expected.shape
    numbers = ~(np.isnan(got) & np.isnan(expected))
    differ = (got.view(np.uint16) != expected.view(np.uint16)) & numbers
    assert not differ.any(), f"{differ.sum()} differ, the first at {np.argwhere(differ)[0]}"


def once(function, dtype, *arrays, **options):
    """What C promises of the families in 16 bits: the fast mode's floats, rounded once."""
    with np.errstate(over="ignore", invalid="ignore"):
        return function(*(array.astype(np.float32) for array in arrays), mode="fast", **options).astype(dtype)


def numbers(dtype, shape, seed=0):
    x = (np.random.default_rng([seed, *shape]).standard_normal(shape) * 4).astype(dtype)
    if x.size > 4:
        x.reshape(-1)[:5] = np.inf, -np.inf, np.nan, -0.0, 2.0**-20
    return x


@each_type
@pytest.mark.parametrize("operation", of_family("elementwise"), ids=lambda operation: operation.name)
def test_all_inputs(operation, dtype):
    x, params = ALL.view(dtype), required(operation)
    got = compute([node(operation.name, ["x"], **params)], dtype, 3, x=x)
    same(got, getattr(actfn, operation.name)(x, **keywords(operation, params)))


@each_type
@pytest.mark.parametrize("operation", of_family("rows"), ids=lambda operation: operation.name)
def test_rows(operation, dtype):
    for shape, axis in ((2, 3, 7), -1), ((400, 5, 30), 1), ((3, 40000), 1), ((0, 3), 1):
        x = numbers(dtype, shape)
        kept = {"keepdims": True} if operation.reduces else {}
        got = compute([node(operation.name, ["x"], axis=axis)], dtype, 2, x=x)
        same(got, once(getattr(actfn, operation.name), dtype, x, axis=axis, **kept))


@each_type
@pytest.mark.parametrize("operation", of_family("gates"), ids=lambda operation: operation.name)
def test_gates(operation, dtype):
    params = required(operation)
    given = keywords(operation, params)
    for shape in (2, 3, 7), (3, 40000):
        u, v = numbers(dtype, shape, 1), numbers(dtype, shape, 2)
        got = compute([node(operation.name, ["u", "v"], **params)], dtype, 2, u=u, v=v)
        same(got, once(getattr(actfn, operation.name), dtype, u, v, **given))
    for gate, shape, axis in ("first", (3, 40000), -1), ("last", (2, 6, 5), 1):
        x = numbers(dtype, shape)
        got = compute([node(operation.name, ["x"], gate=gate, axis=axis, **params)], dtype, 2, x=x)
        same(got, once(getattr(actfn, f"{operation.name}_packed"), dtype, x, gate=gate, axis=axis, **given))


def test_in_place():
    chain = [node("elu", ["x"], "a", alpha=0.5), node("gelu", ["a"], "b"), node("softmax", ["b"], "y")]
    x = numbers(HALF, (3, 40000))[1:]
    model = make_model(chain, shape=["n", 40000], elements=FLOAT16)
    same(run(session(model, 2), x=x), once(actfn.softmax, HALF, actfn.gelu(actfn.elu(x, alpha=0.5))))


def test_refused():
    """Types of one node are one type; channels are of floats."""
    with pytest.raises((errors.Fail, errors.InvalidGraph, errors.NotImplemented), match="swiglu"):
        cast = node("Cast", ["x"], "v", "", to=FLOAT)
        session(make_model([cast, node("swiglu", ["x", "v"])], elements=FLOAT16))
    wrong = "tensor\\(float16\\)' of input parameter \\(x\\) of operator \\(prelu\\)"
    with pytest.raises(errors.InvalidGraph, match=wrong):
        session(make_model([node("prelu", ["x", "a"])], ["x", "a"], elements=FLOAT16))


# ---- rewritten -------------------------------------------------------------------------------------------------------

SINGLE = [
    ("Sigmoid", {}, "sigmoid", {}),
    ("Gelu", {"approximate": "tanh"}, "gelu_tanh", {}),
    ("LeakyRelu", {"alpha": 0.3}, "leaky_relu", {"slope": 0.3}),
    ("HardSigmoid", {}, "hardsigmoid_ab", {"alpha": 0.2, "beta": 0.5}),
]


@each_type
@pytest.mark.parametrize("was, given, name, params", SINGLE, ids=lambda value: str(value))
def test_single(was, given, name, params, dtype):
    x = ALL.view(dtype)
    same(compute([node(was, ["x"], "y", "", **given)], dtype, rewrite=1, x=x), getattr(actfn, name)(x, **params))


@each_type
def test_softmax(dtype):
    x = numbers(dtype, (4, 50))[1:]
    same(compute([node("Softmax", ["x"], "y", "", axis=-1)], dtype, rewrite=1, x=x), once(actfn.softmax, dtype, x))


def gelu(dtype, root):
    def constant(value, name):
        return node("Constant", [], name, "", value=numpy_helper.from_array(np.asarray(value, dtype), name))

    yield from (constant(root, "root"), constant(1, "one"), constant(0.5, "half"))
    yield node("Div", ["x", "root"], "a", "")
    yield node("Erf", ["a"], "b", "")
    yield node("Add", ["b", "one"], "c", "")
    yield node("Mul", ["x", "c"], "d", "")
    yield node("Mul", ["d", "half"], "y", "")


@each_type
def test_pattern(dtype):
    """Its constants are of the type, so that the root of 2 is not the one of a float."""
    x = ALL.view(dtype)
    same(compute(list(gelu(dtype, np.sqrt(2))), dtype, rewrite=1, x=x), actfn.gelu(x))
    model = make_model(list(gelu(HALF, 1.42)), elements=FLOAT16, shape=["n"], result=["n"])
    assert not replace_activations(model).report.replaced


@pytest.mark.parametrize("ffn", ["gelu", "swiglu"])
def test_block(ffn):
    """A block that was converted to float16, against the one of floats."""
    block = Block(batch=2, tokens=48, width=64, heads=4, hidden=256, ffn=ffn)
    half = convert_float_to_float16(block.model)
    new, report = replace_activations(half)
    assert sorted(entry.text for entry in report.replaced) == sorted([ffn, "softmax, axis = -1"])
    expected = run(session(block.model), x=block.x)

    def error(model):
        kind = model.graph.input[0].type.tensor_type.elem_type
        got = run(session(model), x=block.x.astype(HALF if kind == FLOAT16 else np.float32))
        return np.max(np.abs(got.astype(np.float32) - expected))

    assert error(new) <= max(error(half), 2.0**-8)


@pytest.mark.filterwarnings("ignore:.*encountered in:RuntimeWarning")
def test_node_models():
    """Those of ONNX's own tests of one operator, or of its function, that have an activation of 16 bits to replace."""
    sixteen = {FLOAT16: "float16", BFLOAT16: "bfloat16"}
    replaced, refused = [], {}
    for case in load_model_tests(kind="node"):
        values = (*case.model.graph.input, *case.model.graph.value_info)
        kinds = {sixteen.get(value.type.tensor_type.elem_type) for value in values} - {None}
        if not kinds:
            continue
        model, report = replace_activations(case.model)
        if not report.replaced:
            continue
        try:
            made = session(model)
            # What NumPy has no type for does not enter a session.
            sets = [(dict(zip(names(made), map(np.asarray, given))), wanted) for given, wanted in case.data_sets]
            results = [(made.run(None, given), wanted) for given, wanted in sets]
        except Exception as error:  # noqa: BLE001
            refused[case.name] = str(error)
            continue
        replaced.append(case.name)
        for got, wanted in results:
            for one, other in zip(got, wanted):
                assert one.dtype == other.dtype, case.name
                one, other = one.astype(np.float32), other.astype(np.float32)
                np.testing.assert_allclose(one, other, max(case.rtol, 2e-3), max(case.atol, 2e-3), err_msg=case.name)
    assert not [message for message in refused.values() if DOMAIN in message], refused
    assert {"test_attention_4d_fp16_expanded", "test_celu_float16"} <= {*replaced}, refused
    # Only those on bfloat16 may lack a kernel, or a type of NumPy's.
    assert all("bf" in name for name in refused), refused


def names(made):
    return [value.name for value in made.get_inputs()]
