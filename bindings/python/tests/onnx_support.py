# SPDX-License-Identifier: MIT
"""Small models of ONNX, and sessions of ONNX Runtime with our operators.

Tests import onnx and onnxruntime from here, so that they are skipped without the library, whether or not those are installed.
"""

import os

import numpy as np

LIBRARY = os.environ.get("ACTFN_ORT_LIBRARY")
if not LIBRARY:
    import pytest

    pytest.skip("ACTFN_ORT_LIBRARY does not name libactfn_ort.so", allow_module_level=True)

import onnx  # noqa: E402
import onnxruntime  # noqa: E402
from onnx import helper, numpy_helper  # noqa: E402
from onnxruntime.capi import onnxruntime_pybind11_state as errors  # noqa: E402, F401

from actfn.onnx import DOMAIN, VERSION  # noqa: E402

FLOAT = onnx.TensorProto.FLOAT


def node(op, inputs, output="y", domain=DOMAIN, **attributes):
    return helper.make_node(op, inputs, [output], name=output, domain=domain, **attributes)


def make_model(nodes, inputs=("x",), *, constants=None, shape=None, result=None, elements=FLOAT, opset=20):
    """A model whose output is y; constants are initializers by name.  Inputs may have their shapes by name."""
    shapes = inputs if isinstance(inputs, dict) else dict.fromkeys(inputs, shape)
    graph = helper.make_graph(
        nodes,
        "graph",
        [helper.make_tensor_value_info(name, elements, shape) for name, shape in shapes.items()],
        [helper.make_tensor_value_info("y", elements, result)],
        [numpy_helper.from_array(np.asarray(value), name) for name, value in (constants or {}).items()],
    )
    imports = [helper.make_opsetid("", opset)]
    if any(entry.domain == DOMAIN for entry in nodes):
        imports.append(helper.make_opsetid(DOMAIN, VERSION))
    return helper.make_model(graph, opset_imports=imports, ir_version=9)


def session(model, threads=1):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 4
    options.register_custom_ops_library(LIBRARY)
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def run(made, **inputs):
    return made.run(None, {name: np.asarray(value) for name, value in inputs.items()})[0]
