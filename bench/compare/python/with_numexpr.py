# SPDX-License-Identifier: MIT
"""numexpr, if it was built with Intel's VML: one compiled expression, which runs block by block."""

import re

import numexpr
import numpy
from task import Task

EXPRESSIONS = {
    "sigmoid": "1 / (1 + exp(-x))", "tanh": "tanh(x)", "silu": "x / (1 + exp(-x))",
    "gelu_tanh": "half * x * (1 + tanh(x * (a + b * x * x)))", "elu": "where(x > 0, x, expm1(x))",
    "softplus": "where(x > 0, x, zero) + log1p(exp(-abs(x)))",
    "log_sigmoid": "where(x < 0, x, zero) - log1p(exp(-abs(x)))", "relu": "where(x > 0, x, zero)",
    "leaky_relu": "where(x > 0, x, x * leak)", "exp": "exp(x)",
}
CONSTANTS = {"zero": 0, "half": 0.5, "a": 0.7978845608028654, "b": 0.7978845608028654 * 0.044715, "leak": 0.01}


class Engine:
    def __init__(self):
        if not numexpr.use_vml:
            raise ImportError(f"VML in numexpr {numexpr.__version__}")
        numexpr.set_num_threads(1)
        numexpr.set_vml_num_threads(1)
        self.version = f"{numexpr.__version__}, {numexpr.get_vml_version()}"

    def task(self, op, backward, n, x, dy, out):
        if backward or op not in EXPRESSIONS:
            return None
        text = EXPRESSIONS[op]
        names = ["x"] + [name for name in CONSTANTS if name in re.findall("[a-z]+", text)]
        # In numexpr's signatures "float" is a float of 32 bits.
        compiled = numexpr.NumExpr(text, [(name, float) for name in names])
        values = [x] + [numpy.float32(CONSTANTS[name]) for name in names[1:]]
        return Task(lambda: compiled(*values, out=out, ex_uses_vml=True))
