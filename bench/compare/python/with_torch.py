# SPDX-License-Identifier: MIT
"""PyTorch: the out= forms of its operators, without an allocation, by the quickest call that Python has for each."""

import torch
from task import ROW, ROWS, SELU_ALPHA, SELU_SCALE, Task

NN = torch._C._nn
TYPES = {"f32": torch.float32, "f16": torch.float16, "bf16": torch.bfloat16}


def operator(name, overload="grad_input"):
    """A derivative for which Python has no public name: the function below torch.ops, whose layers take as much time again as
    the call."""
    found = getattr(getattr(torch.ops.aten, name), overload)
    return getattr(found, "_op", found)


def forward(op, x, out):
    return {
        "sigmoid": lambda: torch.sigmoid(x, out=out),
        "tanh": lambda: torch.tanh(x, out=out),
        "gelu": lambda: NN.gelu(x, out=out),
        "gelu_tanh": lambda: NN.gelu(x, approximate="tanh", out=out),
        "silu": lambda: NN.silu(x, out=out),
        "elu": lambda: NN.elu(x, out=out),
        "selu": lambda: NN.elu(x, SELU_ALPHA, SELU_SCALE, 1, out=out),
        "softplus": lambda: NN.softplus(x, out=out),
        "mish": lambda: NN.mish(x, out=out),
        "log_sigmoid": lambda: NN.log_sigmoid(x, out=out),
        "hardswish": lambda: NN.hardswish(x, out=out),
        "relu": lambda: torch.clamp_min(x, 0, out=out),
        "leaky_relu": lambda: NN.leaky_relu(x, 0.01, out=out),
        "exp": lambda: torch.exp(x, out=out),
        "softmax": lambda: torch._softmax(x, 1, False, out=out),
        "log_softmax": lambda: torch._log_softmax(x, 1, False, out=out),
    }.get(op)


def backward(op, x, y, dy, out):
    """x is the result of a row operation; y is the array that autograd keeps if it does not keep x."""
    if op == "exp":
        return lambda: torch.mul(dy, y, out=out)
    if op == "softmax":
        return lambda: torch._softmax_backward_data(dy, x, 1, x.dtype, grad_input=out)
    if op == "log_softmax":
        return lambda: torch._log_softmax_backward_data(dy, x, 1, x.dtype, out=out)
    if op == "hardswish":
        call = operator("hardswish_backward", "out")
        return lambda: call(dy, x, out=out)
    name, *arguments = {
        "sigmoid": ("sigmoid_backward", dy, y),
        "tanh": ("tanh_backward", dy, y),
        "gelu": ("gelu_backward", dy, x),
        "gelu_tanh": ("gelu_backward", dy, x),
        "silu": ("silu_backward", dy, x),
        "elu": ("elu_backward", dy, 1, 1, 1, False, x),
        "selu": ("elu_backward", dy, SELU_ALPHA, SELU_SCALE, 1, False, x),
        "softplus": ("softplus_backward", dy, x, 1, 20),
        "log_sigmoid": ("log_sigmoid_backward", dy, x, y),
        "relu": ("threshold_backward", dy, x, 0),
        "leaky_relu": ("leaky_relu_backward", dy, x, 0.01, False),
    }.get(op, (None,))
    if not name:
        return None
    call, options = operator(name), {"approximate": "tanh"} if op == "gelu_tanh" else {}
    return lambda: call(*arguments, grad_input=out, **options)


def swiglu(is_backward, n, x, dy, out):
    u, v, y = x[:n], x[n:], out[:n]
    if not is_backward:
        def product():
            NN.silu(u, out=y)
            torch.mul(y, v, out=y)
        return product
    part, dv, silu_backward = torch.zeros(n, dtype=x.dtype), out[n:], operator("silu_backward")

    def gradients():
        torch.mul(dy, v, out=part)
        silu_backward(part, u, grad_input=y)
        NN.silu(u, out=part)
        torch.mul(dy, part, out=dv)
    return gradients


class Engine:
    def __init__(self, type="f32"):
        self.dtype = TYPES[type]
        torch.set_num_threads(1)
        torch.set_grad_enabled(False)
        self.version = torch.__version__

    def tensor(self, array):
        if self.dtype is torch.float32:
            return torch.from_numpy(array)
        return torch.from_numpy(array.view("int16")).view(self.dtype)

    def narrow(self, floats, array):
        self.tensor(array).copy_(torch.from_numpy(floats))

    def widen(self, array, floats):
        torch.from_numpy(floats).copy_(self.tensor(array))

    def task(self, op, is_backward, n, x, dy, out):
        x, dy, out = map(self.tensor, (x, dy, out))
        if op == "swiglu":
            return Task(swiglu(is_backward, n, x, dy, out))
        if op in ROWS:
            x, dy, out = (tensor.view(-1, ROW) for tensor in (x, dy, out))
        if not is_backward:
            run = forward(op, x, out)
            return run and Task(run)
        y = torch.zeros(n, dtype=self.dtype)

        def remember():
            if op in ("sigmoid", "tanh", "exp"):
                getattr(torch, op)(x, out=y)
            elif op == "log_sigmoid":
                y.copy_(torch.ops.aten.log_sigmoid_forward(x)[1])
        run = backward(op, x, y, dy, out)
        return run and Task(run, load=remember)
