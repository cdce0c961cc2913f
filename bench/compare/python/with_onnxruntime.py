# SPDX-License-Identifier: MIT
"""ONNX Runtime: a model of one node; of two or three nodes if no operator equals the operation.  Forward only."""

import numpy
import onnx.parser
import onnxruntime
from task import ROW, ROWS, Task

NODES = {
    "sigmoid": "y = Sigmoid(x)", "tanh": "y = Tanh(x)", "gelu": "y = Gelu(x)",
    "gelu_tanh": 'y = Gelu <approximate="tanh"> (x)', "silu": "s = Sigmoid(x) y = Mul(x, s)", "elu": "y = Elu(x)",
    "selu": "y = Selu <alpha=1.6732632, gamma=1.050701> (x)", "softplus": "y = Softplus(x)", "mish": "y = Mish(x)",
    "log_sigmoid": "n = Neg(x) s = Softplus(n) y = Neg(s)", "hardswish": "y = HardSwish(x)", "relu": "y = Relu(x)",
    "leaky_relu": "y = LeakyRelu <alpha=0.01> (x)", "exp": "y = Exp(x)", "softmax": "y = Softmax <axis=1> (x)",
    "log_softmax": "y = LogSoftmax <axis=1> (x)", "swiglu": "s = Sigmoid(x) a = Mul(x, s) y = Mul(a, v)",
}


class Engine:
    def __init__(self):
        self.version = onnxruntime.__version__
        self.options = onnxruntime.SessionOptions()
        self.options.intra_op_num_threads = self.options.inter_op_num_threads = 1
        self.options.log_severity_level = 3

    def task(self, op, backward, n, x, dy, out):
        if backward or op not in NODES:
            return None
        shape = (n // ROW, ROW) if op in ROWS else (n,)
        kind = f"float[{','.join(map(str, shape))}]"
        inputs = {"x": x[:n], "v": x[n:]} if op == "swiglu" else {"x": x[:n]}
        text = ", ".join(f"{kind} {name}" for name in inputs)
        model = onnx.parser.parse_model(f'<ir_version: 9, opset_import: ["" : 20]> g ({text}) => ({kind} y) '
                                        f"{{ {NODES[op]} }}")
        session = onnxruntime.InferenceSession(model.SerializeToString(), self.options,
                                               providers=["CPUExecutionProvider"])
        binding = session.io_binding()
        for name, array in inputs.items():
            binding.bind_input(name, "cpu", 0, numpy.float32, shape, array.ctypes.data)
        binding.bind_output("y", "cpu", 0, numpy.float32, shape, out[:n].ctypes.data)
        return Task(lambda: session.run_with_iobinding(binding))
