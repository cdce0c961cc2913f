# SPDX-License-Identifier: MIT
"""JAX: a compiled function for each operation.  The result reuses the memory of the result before it (a donated argument), so
that a call allocates nothing."""

import os

os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false")

import jax  # noqa: E402 (it reads the environment when it is imported)
import jax.numpy as jnp  # noqa: E402
import numpy  # noqa: E402
from task import ROW, ROWS, Task  # noqa: E402

FORWARD = {
    "sigmoid": jax.nn.sigmoid, "tanh": jnp.tanh, "gelu": lambda x: jax.nn.gelu(x, approximate=False),
    "gelu_tanh": lambda x: jax.nn.gelu(x, approximate=True), "silu": jax.nn.silu, "elu": jax.nn.elu,
    "selu": jax.nn.selu, "softplus": jax.nn.softplus, "mish": jax.nn.mish, "log_sigmoid": jax.nn.log_sigmoid,
    "hardswish": jax.nn.hard_swish, "relu": jax.nn.relu, "leaky_relu": jax.nn.leaky_relu, "exp": jnp.exp,
    "softmax": lambda x: jax.nn.softmax(x, axis=1), "log_softmax": lambda x: jax.nn.log_softmax(x, axis=1),
}
# Operations whose derivative, in JAX's own rules, uses the result.  All others use x.
FROM_Y = {
    "sigmoid": lambda y, dy: dy * y * (1 - y),
    "tanh": lambda y, dy: dy * (1 - y * y),
    "exp": lambda y, dy: dy * y,
    "softmax": lambda y, dy: y * (dy - jnp.sum(dy * y, axis=1, keepdims=True)),
    "log_softmax": lambda y, dy: dy - jnp.exp(y) * jnp.sum(dy, axis=1, keepdims=True),
}


def swiglu(x):
    u, v = jnp.split(x, 2)
    return jax.nn.silu(u) * v


def function_of(op, backward):
    """Makes a function of x and dy."""
    if not backward:
        forward = swiglu if op == "swiglu" else FORWARD.get(op)
        return forward and (lambda x, dy: forward(x))
    if op in FROM_Y:
        return FROM_Y[op]
    return lambda x, dy: jax.vjp(swiglu if op == "swiglu" else FORWARD[op], x)[1](dy)[0]


class Engine:
    def __init__(self):
        jax.config.update("jax_cpu_enable_async_dispatch", False)
        self.version = jax.__version__

    def task(self, op, backward, n, x, dy, out):
        function = function_of(op, backward)
        if not function:
            return None
        compiled = jax.jit(lambda x, dy, memory: function(x, dy), donate_argnums=2, keep_unused=True)
        size = out.size if backward else n
        shape = (-1, ROW) if op in ROWS else (-1,)
        arrays = [None, None, jnp.zeros(size, jnp.float32).reshape(shape)]

        def load():
            arrays[0], arrays[1] = (jax.device_put(numpy.array(a).reshape(shape)) for a in (x, dy))
            if backward and op in ("sigmoid", "tanh", "exp"):
                arrays[0] = FORWARD[op](arrays[0])

        def run():
            arrays[2] = compiled(*arrays)

        def store():
            out[:size] = numpy.asarray(arrays[2]).reshape(-1)
        return Task(run, load, store)
