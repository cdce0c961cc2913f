# SPDX-License-Identifier: MIT
"""A transformer block as exporters write it, with random weights, and the same block in double."""

import math

import numpy as np
from onnx_support import make_model, node

EPSILON = 1e-5
erf = np.vectorize(math.erf, otypes=[np.float64])


class Block:
    """Attention and a feed-forward part of `hidden` units: "gelu", or "swiglu" with two matrices in."""

    def __init__(self, *, batch, tokens, width, heads, hidden, ffn):
        self.heads, self.ffn = heads, ffn
        rng = np.random.default_rng(9)

        def matrix(rows, columns):
            return (rng.standard_normal((rows, columns)) / math.sqrt(rows)).astype(np.float32)

        self.x = rng.standard_normal((batch, tokens, width)).astype(np.float32)
        self.weights = {
            **{name: matrix(width, width) for name in ("query", "key", "value", "out")},
            **{name: (1 + matrix(1, width) / 8).reshape(-1) for name in ("scale1", "scale2")},
            **{name: (matrix(1, width) / 8).reshape(-1) for name in ("bias1", "bias2")},
            "up": 2 * matrix(width, hidden),
            "down": matrix(hidden, width),
        }
        if ffn == "swiglu":
            self.weights["gate"] = 2 * matrix(width, hidden)
        constants = {
            "heads": np.int64([0, 0, heads, -1]),
            "joined": np.int64([0, 0, -1]),
            "temper": np.float32(1 / math.sqrt(width // heads)),
            "root": np.float32(math.sqrt(2)),
            "one": np.float32(1),
            "half": np.float32(0.5),
        }
        if ffn == "swiglu":
            constants = {name: value for name, value in constants.items() if name not in ("root", "one", "half")}
        shape = (batch, tokens, width)
        self.model = make_model(
            [*self._attention(), *(self._gelu() if ffn == "gelu" else self._swiglu()), node_("Add", "x1", "f", "y")],
            constants={**self.weights, **constants},
            shape=shape,
            result=shape,
        )

    @staticmethod
    def _attention():
        yield node("LayerNormalization", ["x", "scale1", "bias1"], "n1", "", epsilon=EPSILON)
        for name, order in ("query", (0, 2, 1, 3)), ("key", (0, 2, 3, 1)), ("value", (0, 2, 1, 3)):
            yield node_("MatMul", "n1", name, f"{name}1")
            yield node_("Reshape", f"{name}1", "heads", f"{name}2")
            yield node("Transpose", [f"{name}2"], f"{name}3", "", perm=order)
        yield node_("MatMul", "query3", "key3", "scores")
        yield node_("Mul", "scores", "temper", "tempered")
        yield node("Softmax", ["tempered"], "weights", "", axis=-1)
        yield node_("MatMul", "weights", "value3", "context1")
        yield node("Transpose", ["context1"], "context2", "", perm=(0, 2, 1, 3))
        yield node_("Reshape", "context2", "joined", "context3")
        yield node_("MatMul", "context3", "out", "attention")
        yield node_("Add", "x", "attention", "x1")
        yield node("LayerNormalization", ["x1", "scale2", "bias2"], "n2", "", epsilon=EPSILON)

    @staticmethod
    def _gelu():
        yield node_("MatMul", "n2", "up", "u")
        yield node_("Div", "u", "root", "u1")
        yield node_("Erf", "u1", "u2")
        yield node_("Add", "u2", "one", "u3")
        yield node_("Mul", "u", "u3", "u4")
        yield node_("Mul", "u4", "half", "a")
        yield node_("MatMul", "a", "down", "f")

    @staticmethod
    def _swiglu():
        yield node_("MatMul", "n2", "gate", "g")
        yield node_("MatMul", "n2", "up", "u")
        yield node_("Sigmoid", "g", "g1")
        yield node_("Mul", "g", "g1", "g2")
        yield node_("Mul", "g2", "u", "a")
        yield node_("MatMul", "a", "down", "f")

    def in_double(self):
        weights = {name: value.astype(np.float64) for name, value in self.weights.items()}
        x = self.x.astype(np.float64)

        def normal(x, scale, bias):
            x = x - x.mean(-1, keepdims=True)
            return x / np.sqrt((x * x).mean(-1, keepdims=True) + EPSILON) * scale + bias

        n = normal(x, weights["scale1"], weights["bias1"])
        q, k, v = (
            (n @ weights[name]).reshape(*x.shape[:2], self.heads, -1).transpose(0, 2, 1, 3)
            for name in ("query", "key", "value")
        )
        scores = q @ k.transpose(0, 1, 3, 2) / math.sqrt(x.shape[2] // self.heads)
        e = np.exp(scores - scores.max(-1, keepdims=True))
        context = (e / e.sum(-1, keepdims=True)) @ v
        x = x + context.transpose(0, 2, 1, 3).reshape(x.shape) @ weights["out"]
        n = normal(x, weights["scale2"], weights["bias2"])
        u = n @ weights["up"]
        if self.ffn == "gelu":
            a = u * (1 + erf(u / math.sqrt(2))) / 2
        else:
            gate = n @ weights["gate"]
            a = gate / (1 + np.exp(-gate)) * u
        return x + a @ weights["down"]


def node_(op, *values):
    """The inputs; the last value is the output."""
    return node(op, list(values[:-1]), values[-1], "")
