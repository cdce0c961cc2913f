# SPDX-License-Identifier: MIT
"""ONNX models whose activations are libactfn's, for ONNX Runtime with libactfn_ort.so.

    import actfn.onnx, onnx, onnxruntime
    model, report = actfn.onnx.replace_activations(onnx.load("model.onnx"))
    print(report)
    options = onnxruntime.SessionOptions()
    options.register_custom_ops_library("libactfn_ort.so")
    session = onnxruntime.InferenceSession(model.SerializeToString(), options)

Tensors of float, float16 and bfloat16; those of PRelu only of float.  The report names the nodes that were not replaced.  Local
functions of a model are not searched.
"""

import typing as _typing

import onnx as _onnx
from google.protobuf.message import EncodeError as _EncodeError
from onnx import TensorProto as _TensorProto
from onnx import helper as _helper

from ._catalogue import OPERATIONS as _OPERATIONS
from ._catalogue import mode_number as _mode_number
from ._catalogue import single as _single
from ._onnx_graph import Scope as _Scope
from ._onnx_graph import attributes as _attributes
from ._onnx_graph import subgraphs as _subgraphs
from ._onnx_patterns import Patterns as _Patterns

DOMAIN = "ai.actfn"
VERSION = 1


class Node(_typing.NamedTuple):
    """A node, by its first output, and its fate: the operation that it is now, or the reason why it was not replaced."""

    output: str
    was: str
    text: str


class Report(_typing.NamedTuple):
    replaced: "list[Node]"
    left: "list[Node]"

    def __str__(self):
        lines = [f"{node.output}: {node.was} -> {node.text}" for node in self.replaced]
        return "\n".join([*lines, *(f"{node.output}: {node.was} left: {node.text}" for node in self.left)])


class Replaced(_typing.NamedTuple):
    model: "_onnx.ModelProto"
    report: Report


def replace_activations(
    model: "_onnx.ModelProto",
    *,
    mode: str = "fast",
    ops: "_typing.Optional[_typing.Collection[str]]" = None,
) -> Replaced:
    """A copy of the model with its activations replaced by libactfn's, and a report: (model, report).

    Activations that an exporter wrote as several nodes are found too: x sigmoid(beta x), both gelus, mish,
    ln sigmoid(x), and the gates v silu(u) and v gelu(u).

    Parameters
    ----------
    model : onnx.ModelProto
    mode : "accurate" or "fast"
    ops : names of the library's catalogue, optional
        Replace only these: {"gelu", "softmax"}.  All by default; with convolutions it can pay to leave "relu" to the
        engine, which folds it into them.
    """
    where = "replace_activations"
    if not isinstance(model, _onnx.ModelProto):
        raise TypeError(f"{where}: model must be an onnx.ModelProto, not {type(model).__name__}")
    _mode_number(where, mode)
    if isinstance(ops, str):
        raise TypeError(f"{where}: ops must be a collection of names, not a str")
    for name in ops or ():
        if name not in _OPERATIONS:
            raise ValueError(f"{where}: ops has {name!r}, and the library does not")

    try:
        inferred = _onnx.shape_inference.infer_shapes(model)
    except (ValueError, _EncodeError) as error:
        raise ValueError(
            f"{where}: model cannot be looked at as a whole ({error}); if it is over 2 GiB, load it by"
            " onnx.load(path, load_external_data=False)"
        ) from None
    result = _onnx.ModelProto()
    result.CopyFrom(model)
    versions = {entry.domain or "ai.onnx": entry.version for entry in result.opset_import}
    rewriter = _Rewriter(versions.get("ai.onnx", 1), mode, ops)
    rewriter.graph(result.graph, inferred.graph, None)
    if rewriter.replaced and DOMAIN not in versions:
        result.opset_import.append(_helper.make_opsetid(DOMAIN, VERSION))
    return Replaced(result, Report(rewriter.replaced, rewriter.left))


class _Rewriter:
    def __init__(self, opset, mode, ops):
        self.opset, self.mode, self.ops = opset, mode, ops
        self.replaced, self.left = [], []

    def graph(self, graph, inferred, outer):
        scope = _Scope(graph, inferred, outer)
        for node, twin in zip(graph.node, inferred.node):
            for inside, inside_inferred in zip(_subgraphs(node), _subgraphs(twin)):
                self.graph(inside, inside_inferred, scope)

        # From the end, so that a whole pattern is found before its parts.
        gone, patterns = set(), _Patterns(scope)
        for index in reversed(range(len(graph.node))):
            node = graph.node[index]
            if node.output and node.output[0] in gone:
                continue
            found = patterns.match(node)
            if found and self.wanted(found.op) and scope.type(found.inputs[0]) in _types(found.op):
                was = " ".join(sorted({node.op_type, *(scope.producer[name].op_type for name in found.inside)}))
                self.put(node, was, found.op, found.params, found.inputs)
                gone.update(found.inside)
            else:
                self.single(node, scope)
        kept = [node for node in graph.node if not (node.output and node.output[0] in gone)]
        kept = scope.without_orphans(kept)
        del graph.node[:]
        graph.node.extend(kept)

    def wanted(self, op):
        return self.ops is None or op in self.ops

    def single(self, node, scope):
        key = (node.domain or "ai.onnx", node.op_type)
        make = _RULES.get(key)
        if make is None:
            return
        op, params, rest, reason = make(_Call(node, scope, self.opset))
        if not self.wanted(op):
            return
        if not reason:
            reason = _illegal(op, params) or _other_type(op, node, scope, 1 + len(rest))
        if reason:
            self.left.insert(0, Node(node.output[0], node.op_type, reason))
        else:
            self.put(node, node.op_type, op, params, [node.input[0], *rest])

    def put(self, node, was, op, params, inputs):
        new = _helper.make_node(op, inputs, list(node.output), name=node.name, domain=DOMAIN, mode=self.mode, **params)
        node.CopyFrom(new)
        text = ", ".join([op, *(f"{name} = {value:.6g}" for name, value in params.items())])
        self.replaced.insert(0, Node(node.output[0], was, text))


def _illegal(op, params):
    for param in _OPERATIONS[op].params:
        if param.name in params and not param.legal(_single(params[param.name])):
            return f"{param.name} = {params[param.name]:g}, which {op} does not take"
    return None


def _types(op):
    """What the tensors of an operator may be.  The library's weights of channels are floats."""
    if _OPERATIONS[op].family == "channels":
        return (_TensorProto.FLOAT,)
    return (_TensorProto.FLOAT, _TensorProto.FLOAT16, _TensorProto.BFLOAT16)


def _other_type(op, node, scope, inputs):
    types = _types(op)
    for name in node.input[:inputs]:
        found = scope.type(name)
        if found is None:
            return f"the type of {name} is unknown"
        if found not in types:
            wanted = " or ".join(_type_name(element) for element in types)
            return f"{name} is {_type_name(found)}, and not {wanted}"
    return None


def _type_name(element):
    return _TensorProto.DataType.Name(element).lower()


# ---- the meaning of an ONNX operator: (operation, parameters, further inputs, reason against it) ---------------------


class _Call(_typing.NamedTuple):
    node: "_onnx.NodeProto"
    scope: _Scope
    opset: int

    def value(self, name, default):
        return _attributes(self.node).get(name, default)


def _plain(op):
    return lambda call: (op, {}, [], None)


def _with(op, **names):
    """Each parameter is an attribute of ONNX, with ONNX's default."""
    return lambda call: (op, {ours: float(call.value(*theirs)) for ours, theirs in names.items()}, [], None)


def _gelu(call):
    kinds = {b"none": "gelu", b"tanh": "gelu_tanh"}
    approximate = call.value("approximate", b"none")
    known = approximate in kinds
    return kinds.get(approximate, "gelu"), {}, [], None if known else f"approximate = {approximate.decode()!r}"


def _selu(call):
    given = tuple(_single(call.value(*pair)) for pair in (("alpha", 1.6732632), ("gamma", 1.050701)))
    usual = given == (_single(1.6732632423543772), _single(1.0507009873554805))
    return "selu", {}, [], None if usual else "alpha and gamma are not those of selu"


def _quick(call):
    alpha = float(call.value("alpha", 1.702))
    return ("gelu_quick", {}, [], None) if _single(alpha) == _single(1.702) else ("swish", {"beta": alpha}, [], None)


def _fast_gelu(call):
    return "gelu_tanh", {}, [], None if len(call.node.input) == 1 else "it has a bias"


def _rows(op):
    def make(call):
        axis = call.value("axis", -1 if call.opset >= 13 else 1)
        rank = call.scope.rank(call.node.input[0])
        if call.opset >= 13 or axis == -1 or rank == axis + 1:
            return op, {"axis": axis}, [], None
        # All axes from `axis` on.  If the rank is unknown, only a run can tell whether that is the last axis.
        return op, {"axis": axis, "flatten": 1}, [], None

    return make


def _prelu(call):
    slope = call.node.input[1]
    dims = call.scope.dims(slope)
    if dims is None or not all(isinstance(dim, int) for dim in dims):
        return "prelu", {}, [], f"the shape of {slope} is unknown"
    long = [index for index, dim in enumerate(dims) if dim != 1]
    if len(long) > 1:
        return "prelu", {}, [], f"{slope} has more than one axis"
    axis = long[0] - len(dims) if long else -1
    return "prelu", {"axis": axis}, [slope], None


_STANDARD = {
    "Celu": _with("celu", alpha=("alpha", 1.0)),
    "Elu": _with("elu", alpha=("alpha", 1.0)),
    "Gelu": _gelu,
    "HardSigmoid": _with("hardsigmoid_ab", alpha=("alpha", 0.2), beta=("beta", 0.5)),
    "HardSwish": _plain("hardswish"),
    "Hardmax": _rows("hardmax"),
    "LeakyRelu": _with("leaky_relu", slope=("alpha", 0.01)),
    "LogSoftmax": _rows("log_softmax"),
    "Mish": _plain("mish"),
    "PRelu": _prelu,
    "Relu": _plain("relu"),
    "Selu": _selu,
    "Shrink": _with("shrink", **{"lambda": ("lambd", 0.5), "bias": ("bias", 0.0)}),
    "Sigmoid": _plain("sigmoid"),
    "Softmax": _rows("softmax"),
    # ONNX's Softplus has no threshold.
    "Softplus": lambda call: ("softplus", {"threshold": float("inf")}, [], None),
    "Softsign": _plain("softsign"),
    "Swish": _with("swish", beta=("alpha", 1.0)),
    "Tanh": _plain("tanh"),
    "ThresholdedRelu": _with("thresholded_relu", alpha=("alpha", 1.0)),
}
# Operators that ONNX Runtime's own optimizer writes.
_RUNTIME = {"Gelu": _plain("gelu"), "FastGelu": _fast_gelu, "QuickGelu": _quick}
_RULES = {
    **{("ai.onnx", name): rule for name, rule in _STANDARD.items()},
    **{("com.microsoft", name): rule for name, rule in _RUNTIME.items()},
}
