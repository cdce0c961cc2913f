# SPDX-License-Identifier: MIT
"""PyTorch or ONNX Runtime as a contestant: obeys peer_python.cpp, a line on stdin for a line on stdout.

    version                     what does the work, or "no ..." where it cannot
    prepare OP DIRECTION N ROOM "ok", or "not offered"; ROOM is how many floats of dy the shared memory has
    load                        takes x (backward, of a row operation: its result) and dy out of the shared memory
    run                         computes once, and copies the result into the shared memory
    time K, time_warm K         computes K times (after once more that is not counted); seconds of CPU time
"""

import mmap
import os
import sys
import time

ROW = 1024


class Torch:
    def __init__(self):
        import torch
        torch.set_num_threads(1)
        torch.set_grad_enabled(False)
        self.torch, self.version = torch, torch.__version__

    def empty(self, count):
        return self.torch.zeros(count, dtype=self.torch.float32)

    def array(self, tensor):
        return tensor.numpy()

    def call(self, op, backward, n, x, dy, out):
        """A function that writes into out: by the operator's out= form, without an allocation, where it has one."""
        torch, aten = self.torch, self.torch.ops.aten
        float32 = torch.float32
        if op == "swiglu":
            u, v, y = x[:n], x[n:], out[:n]
            part, dv = self.empty(n), out[n:]

            def gradients():
                torch.mul(dy, v, out=part)
                aten.silu_backward.grad_input(part, u, grad_input=y)
                aten.silu.out(u, out=part)
                torch.mul(dy, part, out=dv)
            if backward:
                return gradients

            def swiglu():
                aten.silu.out(u, out=y)
                torch.mul(y, v, out=y)
            return swiglu
        x, out = x[:n], out[:n]
        if op in ("softmax", "log_softmax"):
            x, dy, out = x.view(-1, ROW), dy.view(-1, ROW), out.view(-1, ROW)
        if not backward:
            return {
                "sigmoid": lambda: aten.sigmoid.out(x, out=out),
                "tanh": lambda: aten.tanh.out(x, out=out),
                "gelu": lambda: aten.gelu.out(x, out=out),
                "gelu_tanh": lambda: aten.gelu.out(x, approximate="tanh", out=out),
                "silu": lambda: aten.silu.out(x, out=out),
                "elu": lambda: aten.elu.out(x, out=out),
                "selu": lambda: aten.elu.out(x, 1.6732632423543772, 1.0507009873554805, 1, out=out),
                "softplus": lambda: aten.softplus.out(x, out=out),
                "mish": lambda: aten.mish.out(x, out=out),
                "log_sigmoid": lambda: aten.log_sigmoid.out(x, out=out),
                "hardswish": lambda: aten.hardswish.out(x, out=out),
                "relu": lambda: torch.clamp(x, min=0, out=out),
                "leaky_relu": lambda: aten.leaky_relu.out(x, out=out),
                "exp": lambda: aten.exp.out(x, out=out),
                "softmax": lambda: aten._softmax.out(x, 1, False, out=out),
                "log_softmax": lambda: aten._log_softmax.out(x, 1, False, out=out),
            }.get(op)
        # What the derivative is computed from is what autograd keeps: x, or the result.
        y = self.empty(n)

        def remember():
            if op in ("sigmoid", "tanh", "exp"):
                getattr(torch, op)(x, out=y)
            elif op == "log_sigmoid":
                y.copy_(aten.log_sigmoid_forward(x)[1])
        self.loaded = remember
        return {
            "sigmoid": lambda: aten.sigmoid_backward.grad_input(dy, y, grad_input=out),
            "tanh": lambda: aten.tanh_backward.grad_input(dy, y, grad_input=out),
            "gelu": lambda: aten.gelu_backward.grad_input(dy, x, grad_input=out),
            "gelu_tanh": lambda: aten.gelu_backward.grad_input(dy, x, approximate="tanh", grad_input=out),
            "silu": lambda: aten.silu_backward.grad_input(dy, x, grad_input=out),
            "elu": lambda: aten.elu_backward.grad_input(dy, 1, 1, 1, False, x, grad_input=out),
            "selu": lambda: aten.elu_backward.grad_input(dy, 1.6732632423543772, 1.0507009873554805, 1, False, x,
                                                         grad_input=out),
            "softplus": lambda: aten.softplus_backward.grad_input(dy, x, 1, 20, grad_input=out),
            "log_sigmoid": lambda: aten.log_sigmoid_backward.grad_input(dy, x, y, grad_input=out),
            "hardswish": lambda: aten.hardswish_backward.out(dy, x, out=out),
            "relu": lambda: aten.threshold_backward.grad_input(dy, x, 0, grad_input=out),
            "leaky_relu": lambda: aten.leaky_relu_backward.grad_input(dy, x, 0.01, False, grad_input=out),
            "exp": lambda: torch.mul(dy, y, out=out),
            "softmax": lambda: aten._softmax_backward_data.out(dy, x, 1, float32, grad_input=out),
            "log_softmax": lambda: aten._log_softmax_backward_data.out(dy, x, 1, float32, out=out),
        }.get(op)


class OnnxRuntime:
    """A model of one node, or two where it has none for the operation; forward only."""

    NODES = {
        "sigmoid": "y = Sigmoid(x)", "tanh": "y = Tanh(x)", "gelu": "y = Gelu(x)",
        "gelu_tanh": 'y = Gelu <approximate="tanh"> (x)', "silu": "s = Sigmoid(x) y = Mul(x, s)", "elu": "y = Elu(x)",
        "selu": "y = Selu <alpha=1.6732632, gamma=1.050701> (x)", "softplus": "y = Softplus(x)", "mish": "y = Mish(x)",
        "log_sigmoid": "n = Neg(x) s = Softplus(n) y = Neg(s)", "hardswish": "y = HardSwish(x)", "relu": "y = Relu(x)",
        "leaky_relu": "y = LeakyRelu <alpha=0.01> (x)", "exp": "y = Exp(x)", "softmax": "y = Softmax <axis=1> (x)",
        "log_softmax": "y = LogSoftmax <axis=1> (x)", "swiglu": "s = Sigmoid(x) a = Mul(x, s) y = Mul(a, v)",
    }

    def __init__(self):
        import numpy
        import onnx.parser
        import onnxruntime
        self.numpy, self.parser, self.runtime = numpy, onnx.parser, onnxruntime
        self.version = onnxruntime.__version__
        self.options = onnxruntime.SessionOptions()
        self.options.intra_op_num_threads = self.options.inter_op_num_threads = 1
        self.options.log_severity_level = 3

    def empty(self, count):
        return self.numpy.zeros(count, self.numpy.float32)

    def array(self, array):
        return array

    def call(self, op, backward, n, x, dy, out):
        if backward or op not in self.NODES:
            return None
        shape = (n // ROW, ROW) if op in ("softmax", "log_softmax") else (n,)
        kind = f"float[{','.join(map(str, shape))}]"
        inputs = {"x": x[:n], "v": x[n:]} if op == "swiglu" else {"x": x[:n]}
        text = ", ".join(f"{kind} {name}" for name in inputs)
        model = self.parser.parse_model(f'<ir_version: 9, opset_import: ["" : 20]> g ({text}) => ({kind} y) '
                                        f"{{ {self.NODES[op]} }}")
        session = self.runtime.InferenceSession(model.SerializeToString(), self.options,
                                                providers=["CPUExecutionProvider"])
        binding = session.io_binding()
        for name, array in inputs.items():
            binding.bind_input(name, "cpu", 0, self.numpy.float32, shape, array.ctypes.data)
        binding.bind_output("y", "cpu", 0, self.numpy.float32, shape, out[:n].ctypes.data)
        return lambda: session.run_with_iobinding(binding)


def serve(library, file, replies):
    import numpy
    engine = library()
    shared = task = None
    memory = numpy.zeros(0, numpy.float32)
    for line in sys.stdin:
        words = line.split()
        answer = "ok"
        if words[0] == "version":
            answer = engine.version
        elif words[0] == "prepare":
            op, backward, n, room = words[1], words[2] == "backward", int(words[3]), int(words[4])
            if memory.size != 5 * room:
                shared = mmap.mmap(file, 20 * room)
                memory = numpy.frombuffer(shared, numpy.float32)
            count = 2 * n if op == "swiglu" else n
            x, dy, out = engine.empty(count), engine.empty(n), engine.empty(count)
            engine.loaded = lambda: None
            try:
                task = engine.call(op, backward, n, x, dy, out)
                if task:
                    engine.loaded()
                    task()
            except Exception as error:  # an operator that this version does not have
                task = None
                print(f"{engine.version}: {op}: {error}", file=sys.stderr)
            if task is None:
                answer = "not offered"
        elif words[0] == "load":
            engine.array(x)[:] = memory[:count]
            engine.array(dy)[:] = memory[2 * room:2 * room + n]
            engine.loaded()
        elif words[0] == "run":
            task()
            memory[3 * room:3 * room + count] = engine.array(out)
        elif words[0] in ("time", "time_warm"):
            if words[0] == "time_warm":
                task()
            times = range(int(words[1]))
            start = time.process_time_ns()
            for _ in times:
                task()
            answer = str((time.process_time_ns() - start) * 1e-9)
        print(answer, file=replies, flush=True)


def main():
    # What a library prints must not be taken for an answer.
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    try:
        serve({"torch": Torch, "onnxruntime": OnnxRuntime}[sys.argv[1]], int(sys.argv[2]), replies)
    except ImportError as error:
        sys.stdin.readline()
        print(f"no {error.name or error}", file=replies, flush=True)


main()
