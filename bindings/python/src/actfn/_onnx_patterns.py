# SPDX-License-Identifier: MIT
"""Activations that exporters write as several nodes."""

import itertools
import math
import typing

import numpy as np
import onnx

# Constants have the type of their tensors in the files, and some writers round them once more: a unit of the last place.
CLOSE = {onnx.TensorProto.FLOAT16: 2.0**-10, onnx.TensorProto.BFLOAT16: 2.0**-7}
CLOSE_FLOAT = 1e-6
# An activation times another value of its shape.
GATES = {"silu": "swiglu", "gelu": "geglu", "gelu_tanh": "geglu_tanh", "gelu_quick": "geglu_quick"}


class Found(typing.NamedTuple):
    op: str
    params: dict
    inputs: tuple
    inside: frozenset  # values that nothing else reads: their nodes go


class Product(typing.NamedTuple):
    factor: float
    names: tuple
    inside: frozenset


class Patterns:
    def __init__(self, scope):
        self.scope = scope

    def match(self, node):
        """The activation that ends with this node, or None."""
        if node.domain or len(node.output) != 1:
            return None
        if node.op_type == "Log":
            return self._log_sigmoid(node)
        if node.op_type not in ("Mul", "Div"):
            return None
        root = self._expand(node)
        names = root.names if root is not None else ()
        if len(names) == 2:
            return self._pair(root, *names) or self._pair(root, *names[::-1])
        if len(names) == 3:
            for x, other, value in itertools.permutations(names):
                found = self._pair(root, x, other)
                if found and found.op in GATES and self.scope.same_shape(x, value):
                    return found._replace(op=GATES[found.op], inputs=(x, value))
        return None

    def _pair(self, root, x, other):
        inner = self._inner(other)
        found = inner and {"Sigmoid": self._silu, "Tanh": self._mish, "Add": self._gelus}.get(inner.op_type)
        found = found and found(inner, x, root.factor)
        if not found:
            return None
        op, params, inside = found
        return Found(op, params, (x,), root.inside | inside | {other})

    # Each method returns (operation, parameters, values inside), for factor * x * the node's result.

    def _silu(self, node, x, factor):
        gate = self._product(node.input[0])
        if gate.names != (x,) or factor != 1:
            return None
        beta = gate.factor
        if beta == 1:
            return "silu", {}, gate.inside
        if np.float32(beta) == np.float32(1.702):
            return "gelu_quick", {}, gate.inside
        return "swish", {"beta": beta}, gate.inside

    def _mish(self, node, x, factor):
        inner = self._inner(node.input[0])
        fits = factor == 1 and inner is not None and inner.op_type == "Softplus" and inner.input[0] == x
        return ("mish", {}, frozenset([node.input[0]])) if fits else None

    def _gelus(self, node, x, factor):
        """factor x (1 + erf or tanh of something)."""
        one, rest = self._sum(node)
        if one != 1 or len(rest) != 1 or not self._close(factor, 0.5, x):
            return None
        inner = self._inner(rest[0])
        if inner is None or inner.op_type not in ("Erf", "Tanh"):
            return None
        argument = self._product(inner.input[0])
        if inner.op_type == "Erf":
            fits = argument.names == (x,) and self._close(argument.factor, math.sqrt(0.5), x)
            return ("gelu", {}, argument.inside | {rest[0]}) if fits else None
        fits = self._close(argument.factor, math.sqrt(2 / math.pi), x)
        inside = self._cubic(argument, x) if fits else None
        return ("gelu_tanh", {}, argument.inside | {rest[0]} | inside) if inside is not None else None

    def _cubic(self, product, x):
        """Whether the value is x + 0.044715 x^3, as a sum or as x times a sum.  Returns the values inside."""
        others = list(product.names)
        if len(others) == 2 and x in others:
            others.remove(x)
            wanted = (1, [], (x, x))
        else:
            wanted = (0, [x], (x, x, x))
        inner = self._inner(others[0]) if len(others) == 1 else None
        if inner is None or inner.op_type != "Add":
            return None
        constant, terms = self._sum(inner)
        for index, term in enumerate(terms):
            power = self._product(term)
            fits = self._close(power.factor, 0.044715, x)
            if fits and (constant, terms[:index] + terms[index + 1 :], power.names) == wanted:
                return power.inside | {others[0]}
        return None

    def _log_sigmoid(self, node):
        inner = self._inner(node.input[0])
        if inner is None or inner.op_type != "Sigmoid":
            return None
        return Found("log_sigmoid", {}, (inner.input[0],), frozenset([node.input[0]]))

    # ---- reading ---------------------------------------------------------------------------------------------------

    def _inner(self, name):
        """The node that makes the value, if only one node reads the value."""
        node = self.scope.producer.get(name)
        return node if node is not None and self.scope.uses[name] == 1 and not node.domain else None

    def _constant(self, name, beside):
        """A constant that does not change the shape of the value with which it is combined."""
        found = self.scope.constant(name)
        if found is None:
            return None
        value, rank = found
        known = self.scope.rank(beside)
        return value if rank == 0 or (known is not None and rank <= known) else None

    def _product(self, name):
        """A value as a factor times values.  These are no products, or have other readers too."""
        node = self._inner(name)
        found = self._expand(node) if node is not None else None
        return found._replace(inside=found.inside | {name}) if found else Product(1.0, (name,), frozenset())

    def _expand(self, node):
        """The same for a node's result; None if it is no product."""
        if node.op_type == "Mul":
            for name, other in (node.input, node.input[::-1]):
                constant = self._constant(name, other)
                if constant is not None:
                    rest = self._product(other)
                    return rest._replace(factor=constant * rest.factor)
            left, right = (self._product(name) for name in node.input)
            return Product(left.factor * right.factor, left.names + right.names, left.inside | right.inside)
        if node.op_type == "Div":
            divisor = self._constant(node.input[1], node.input[0])
            if divisor:
                rest = self._product(node.input[0])
                return rest._replace(factor=rest.factor / divisor)
        if node.op_type == "Pow":
            exponent = self._constant(node.input[1], node.input[0])
            if exponent in (2, 3):
                return Product(1.0, (node.input[0],) * int(exponent), frozenset())
        return None

    def _sum(self, node):
        """A sum of two as (constant, other terms)."""
        for name, other in (node.input, node.input[::-1]):
            constant = self._constant(name, other)
            if constant is not None:
                return constant, [other]
        return 0, list(node.input)

    def _close(self, value, wanted, x):
        """Whether a factor is the one wanted, as far as the type of the tensor beside it can say."""
        return abs(value - wanted) <= CLOSE.get(self.scope.type(x), CLOSE_FLOAT) * wanted
