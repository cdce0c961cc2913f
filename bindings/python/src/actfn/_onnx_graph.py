# SPDX-License-Identifier: MIT
"""Questions to a graph of ONNX about its values."""

import collections

import numpy as np
import onnx

FLOATS = (onnx.TensorProto.FLOAT, onnx.TensorProto.FLOAT16, onnx.TensorProto.BFLOAT16)


def attributes(node):
    return {attribute.name: onnx.helper.get_attribute_value(attribute) for attribute in node.attribute}


def subgraphs(node):
    """The graphs among a node's attributes: branches, bodies of loops."""
    for attribute in node.attribute:
        if attribute.type == onnx.AttributeProto.GRAPH:
            yield attribute.g
        yield from attribute.graphs


def _dimension(dim):
    """A number, a symbol, or None.  Some writers have -1 for any size, or call every one that they do not know "?"."""
    if dim.WhichOneof("value") == "dim_value":
        return dim.dim_value if dim.dim_value > 0 else None
    return dim.dim_param if dim.dim_param not in ("", "?") else None


class Scope:
    """A graph and the graphs around it.  `inferred` is the same graph after the inference of shapes."""

    def __init__(self, graph, inferred, outer):
        self.graph, self.outer = graph, outer
        self.producer = {name: node for node in graph.node for name in node.output if name}
        self._tensors = {
            value.name: value.type.tensor_type
            for value in (*inferred.input, *inferred.value_info, *inferred.output)
            if value.type.HasField("tensor_type")
        }
        self._initializers = {tensor.name: tensor for tensor in graph.initializer}
        self._inputs = {value.name for value in graph.input}
        self.uses = self._count(graph.node)

    def _count(self, nodes):
        count = collections.Counter(value.name for value in self.graph.output)
        for node in nodes:
            count.update(self._read(node))
        return count

    def _read(self, node):
        yield from (name for name in node.input if name)
        for graph in subgraphs(node):
            yield from (value.name for value in graph.output)
            for inside in graph.node:
                yield from self._read(inside)

    def type(self, name):
        """The type of a value's elements, or None if it is unknown."""
        if name in self._initializers:
            return self._initializers[name].data_type
        if name in self._tensors:
            return self._tensors[name].elem_type or None
        return self.outer.type(name) if self.outer and name not in self.producer else None

    def dims(self, name):
        """A value's dimensions, each a number, a symbol, or None.  None if even their number is unknown."""
        if name in self._initializers:
            return list(self._initializers[name].dims)
        tensor = self._tensors.get(name)
        if tensor is not None:
            if not tensor.HasField("shape"):
                return None
            return [_dimension(dim) for dim in tensor.shape.dim]
        return self.outer.dims(name) if self.outer and name not in self.producer else None

    def rank(self, name):
        dims = self.dims(name)
        return None if dims is None else len(dims)

    def same_shape(self, one, other):
        """Whether it is known that two values have the same shape."""
        dims = self.dims(one)
        return dims is not None and None not in dims and dims == self.dims(other)

    def constant(self, name):
        """A constant of one float, float16 or bfloat16 as (value, number of dimensions), or None."""
        tensor = None
        if name in self._initializers:
            # A caller can replace an initializer that is also an input.
            tensor = None if name in self._inputs else self._initializers[name]
        elif name in self.producer:
            node = self.producer[name]
            if node.op_type == "Constant" and not node.domain:
                values = attributes(node)
                if "value_float" in values:
                    return values["value_float"], 0
                tensor = values.get("value")
        elif self.outer:
            return self.outer.constant(name)
        if tensor is None or tensor.data_type not in FLOATS or tensor.external_data:
            return None
        if np.prod(tensor.dims, dtype=np.int64) != 1:
            return None
        return float(onnx.numpy_helper.to_array(tensor).reshape(())), len(tensor.dims)

    def without_orphans(self, nodes):
        """Removes constants that no node reads after a replacement."""
        now = self._count(nodes)
        orphans = {name for name, count in self.uses.items() if count and not now[name]}
        kept = [
            tensor for tensor in self.graph.initializer if tensor.name not in orphans or tensor.name in self._inputs
        ]
        if len(kept) < len(self.graph.initializer):
            del self.graph.initializer[:]
            self.graph.initializer.extend(kept)
        return [node for node in nodes if not (node.op_type == "Constant" and node.output[0] in orphans)]
