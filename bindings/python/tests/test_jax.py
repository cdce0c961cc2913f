# SPDX-License-Identifier: MIT
"""Runs the lines for JAX from docs/INTEGRATIONS.md, exactly as they stand there."""

import importlib.util
import re
import subprocess
import sys

import pytest
from conftest import ROOT

if not importlib.util.find_spec("jax"):
    pytest.skip("no jax", allow_module_level=True)

# In a process of its own: JAX starts threads, and other tests fork.
CHECKS = """
import functools

import jax.numpy as jnp

x = jnp.linspace(-5, 5, 4000, dtype=jnp.float32).reshape(40, 100)
dy = jnp.cos(x)


def same(got, expected):
    assert got.dtype == np.float32 and np.array_equal(np.asarray(got), expected)


def gradient(function):
    return lambda x, dy: jax.grad(lambda x: (function(x) * dy).sum())(x)


for function, value, slope in (
    (gelu, actfn.gelu(np.asarray(x)), actfn.gelu_backward(np.asarray(x), np.asarray(dy))),
    (
        softmax,
        actfn.softmax(np.asarray(x)),
        actfn.softmax_backward(actfn.softmax(np.asarray(x)), np.asarray(dy)),
    ),
):
    for wrap in (lambda f: f), jax.jit, jax.vmap, (lambda f: jax.jit(jax.vmap(f))), (lambda f: jax.vmap(jax.jit(f))):
        same(wrap(function)(x), value)
        same(wrap(gradient(function))(x, dy), slope)
    # What is not batched is broadcast.
    same(jax.vmap(gradient(function), (0, None))(x, dy[0]), np.stack([gradient(function)(row, dy[0]) for row in x]))
    y, pull = jax.vjp(jax.jit(function), x)
    same(y, value)
    same(pull(dy)[0], slope)

# Large enough for more than one thread of JAX's.
big = jnp.ones(1 << 20, jnp.float32)
same(jax.jit(gelu)(big), actfn.gelu(np.asarray(big)))

half = functools.partial(actfn.elu, alpha=0.5)
same(jax.jit(lambda x: call(half, x))(x), actfn.elu(np.asarray(x), alpha=0.5))

# The gradient has none, and says so.
try:
    jax.grad(lambda v: jax.grad(gelu)(v))(jnp.float32(1))
except ValueError as error:
    assert "JVP" in str(error)
else:
    raise AssertionError("a second derivative")

# Outside of a callback a JAX array would silently become NumPy's.
try:
    actfn.softmax(x)
except TypeError as error:
    assert "pass numpy.asarray(x)" in str(error)
else:
    raise AssertionError("a JAX array was taken")
print("checked")
"""


def test_the_lines_of_the_document():
    text = (ROOT / "docs" / "INTEGRATIONS.md").read_text()
    (lines,) = re.findall(r"^```python\n(import actfn, jax.*?)^```", text, re.MULTILINE | re.DOTALL)
    run = subprocess.run([sys.executable, "-c", lines + CHECKS], capture_output=True, text=True)
    assert run.returncode == 0 and run.stdout == "checked\n", run.stderr
