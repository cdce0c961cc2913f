# SPDX-License-Identifier: MIT
"""NumPy: functions with out=, one after another, so that nothing is allocated.  NumPy has no erf, and so no gelu."""

import numpy as np
from task import ROW, ROWS, SELU_ALPHA, SELU_SCALE, Task


def sigmoid(x, y):
    np.negative(x, out=y)
    np.exp(y, out=y)
    np.add(y, 1, out=y)
    np.reciprocal(y, out=y)


def gelu_tanh(x, y):
    np.multiply(x, x, out=y)
    np.multiply(y, np.float32(0.7978845608028654 * 0.044715), out=y)
    np.add(y, np.float32(0.7978845608028654), out=y)
    np.multiply(y, x, out=y)
    np.tanh(y, out=y)
    np.add(y, 1, out=y)
    np.multiply(y, x, out=y)
    np.multiply(y, np.float32(0.5), out=y)


def scaled_elu(x, y, part, alpha, scale):
    np.minimum(x, 0, out=y)
    np.expm1(y, out=y)
    np.multiply(y, np.float32(alpha * scale), out=y)
    np.maximum(x, 0, out=part)
    np.multiply(part, np.float32(scale), out=part)
    np.add(y, part, out=y)


def hardswish(x, y):
    np.add(x, 3, out=y)
    np.clip(y, 0, 6, out=y)
    np.multiply(y, x, out=y)
    np.divide(y, 6, out=y)


def softmax(x, y, stat):
    np.max(x, axis=1, keepdims=True, out=stat)
    np.subtract(x, stat, out=y)
    np.exp(y, out=y)
    np.sum(y, axis=1, keepdims=True, out=stat)
    np.divide(y, stat, out=y)


def log_softmax(x, y, part, stat):
    np.max(x, axis=1, keepdims=True, out=stat)
    np.subtract(x, stat, out=y)
    np.exp(y, out=part)
    np.sum(part, axis=1, keepdims=True, out=stat)
    np.log(stat, out=stat)
    np.subtract(y, stat, out=y)


def after(first, second):
    def both():
        first()
        second()
    return both


def forward(op, n, x, out, part, stat):
    u, y = x[:n], out[:n]
    return {
        "sigmoid": lambda: sigmoid(x, out),
        "tanh": lambda: np.tanh(x, out=out),
        "gelu_tanh": lambda: gelu_tanh(x, out),
        "silu": after(lambda: sigmoid(x, out), lambda: np.multiply(out, x, out=out)),
        "elu": lambda: scaled_elu(x, out, part, 1, 1),
        "selu": lambda: scaled_elu(x, out, part, SELU_ALPHA, SELU_SCALE),
        "softplus": lambda: np.logaddexp(x, np.float32(0), out=out),
        "mish": after(lambda: np.tanh(np.logaddexp(x, np.float32(0), out=out), out=out),
                      lambda: np.multiply(out, x, out=out)),
        "log_sigmoid": after(lambda: np.logaddexp(np.negative(x, out=out), np.float32(0), out=out),
                             lambda: np.negative(out, out=out)),
        "hardswish": lambda: hardswish(x, out),
        "relu": lambda: np.maximum(x, 0, out=out),
        "leaky_relu": after(lambda: np.multiply(x, np.float32(0.01), out=out), lambda: np.maximum(x, out, out=out)),
        "exp": lambda: np.exp(x, out=out),
        "softmax": lambda: softmax(x, out, stat),
        "log_softmax": lambda: log_softmax(x, out, part, stat),
        "swiglu": after(after(lambda: sigmoid(u, y), lambda: np.multiply(y, u, out=y)),
                        lambda: np.multiply(y, x[n:], out=y)),
    }.get(op)


def softmax_backward(y, dy, out, stat):
    np.multiply(dy, y, out=out)
    np.sum(out, axis=1, keepdims=True, out=stat)
    np.subtract(dy, stat, out=out)
    np.multiply(out, y, out=out)


def log_softmax_backward(y, dy, out, stat):
    np.sum(dy, axis=1, keepdims=True, out=stat)
    np.exp(y, out=out)
    np.multiply(out, stat, out=out)
    np.subtract(dy, out, out=out)


def bell(y, dy, out, of_y):
    np.subtract(1, of_y(), out=out)
    np.multiply(out, dy, out=out)


def backward(op, x, y, dy, out, stat):
    """The derivative from the result, for operations whose result autograd would keep."""
    return {
        "sigmoid": after(lambda: bell(y, dy, out, lambda: y), lambda: np.multiply(out, y, out=out)),
        "tanh": lambda: bell(y, dy, out, lambda: np.multiply(y, y, out=out)),
        "relu": after(lambda: np.greater(x, 0, out=out, casting="unsafe"), lambda: np.multiply(out, dy, out=out)),
        "exp": lambda: np.multiply(dy, y, out=out),
        "softmax": lambda: softmax_backward(x, dy, out, stat),
        "log_softmax": lambda: log_softmax_backward(x, dy, out, stat),
    }.get(op)


class Engine:
    def __init__(self):
        np.seterr(all="ignore")
        self.version = np.__version__

    def task(self, op, is_backward, n, x, dy, out):
        stat = np.zeros((max(n // ROW, 1), 1), np.float32)
        if op in ROWS:
            x, dy, out = (array.reshape(-1, ROW) for array in (x, dy, out))
        if not is_backward:
            run = forward(op, n, x, out, np.zeros_like(out), stat)
            return run and Task(run)
        y = np.zeros_like(dy)
        run = backward(op, x, y, dy, out, stat)
        keep = forward(op, n, x, y, None, stat) if op in ("sigmoid", "tanh", "exp") else None
        return run and (Task(run, load=keep) if keep else Task(run))
