# SPDX-License-Identifier: MIT
"""The elementwise operations in torch's own operations, for derivatives that the library does not compute.

FORMULAS[name] is (f, second, slope):

    f(x, *params)       the operation; goes into ONNX files, and is differentiated if a parameter is trained
    second(x, *params)  f''(x), or 0: the gradient of the gradient
    slope(y, *params)   the derivative by y of the f' that the library computes from y, or None if it does not

Each may be differentiated again.  Parameters are numbers or tensors of no dimension.
"""

import math

import torch
from torch.nn import functional as F

_SELU_SCALE, _SELU_ALPHA = 1.0507009873554805, 1.6732632423543772
_GELU_TANH, _GELU_CUBE = math.sqrt(2 / math.pi), 0.044715


def _zero(value, *params):
    return 0.0


def _where(condition, yes, no):
    """torch.where that accepts numbers for both tensors, as torch 1.13 does not."""
    like = yes if isinstance(yes, torch.Tensor) else no
    if not isinstance(like, torch.Tensor):
        return condition * (yes - no) + no
    yes, no = (v if isinstance(v, torch.Tensor) else torch.full_like(like, v) for v in (yes, no))
    return torch.where(condition, yes, no)


def _masked(condition, function, value, safe=0.0):
    """function(value) where the condition holds, else 0.  Elsewhere function gets `safe`, so that no gradient is NaN."""
    inside = function(torch.where(condition, value, torch.full_like(value, safe)))
    return _where(condition, inside, 0.0)


def _swish_second(x, beta=1.0):
    t = beta * x
    s = torch.sigmoid(t)
    return beta * s * (1 - s) * (2 + t * (1 - 2 * s))


def _gelu_second(x):
    return torch.exp(-x * x / 2) * (2 - x * x) / math.sqrt(2 * math.pi)


def _gelu_tanh_second(x):
    u1, u2 = _GELU_TANH * (1 + 3 * _GELU_CUBE * x * x), _GELU_TANH * 6 * _GELU_CUBE * x
    t = torch.tanh(_GELU_TANH * (x + _GELU_CUBE * x * x * x))
    return (1 - t * t) * (u1 + x * u2 / 2 - x * t * u1 * u1)


def _mish_second(x):
    s, t = torch.sigmoid(x), torch.tanh(F.softplus(x))
    return (1 - t * t) * s * (2 + x * (1 - s - 2 * t * s))


def _sinc(x):
    return _where(x == 0, 1.0, _masked(x != 0, lambda v: torch.sin(v) / v, x, 1.0))


def _sinc_second(x):
    # The power series, where the terms would cancel.
    q = x * x
    series = -1 / 3 + q * (1 / 10 + q * (-1 / 168 + q * (1 / 6480 + q * (-1 / 443520 + q / 47174400))))
    direct = _masked(abs(x) >= 1, lambda v: -torch.sin(v) / v - 2 * (torch.cos(v) - torch.sin(v) / v) / (v * v), x, 1.0)
    return _where(abs(x) < 1, series, direct)


def _expm1(x):
    # ONNX has no expm1.
    return torch.exp(x) - 1 if torch.onnx.is_in_onnx_export() else torch.expm1(x)


def _expm1_below(x, factor, rate):
    return factor * _masked(x <= 0, lambda v: _expm1(rate * v), x)


def _elu(x, alpha):
    if not isinstance(alpha, torch.Tensor):
        return F.elu(x, alpha)
    return F.relu(x) + _expm1_below(x, alpha, 1.0)


def _celu(x, alpha):
    return F.relu(x) + _expm1_below(x, alpha, 1 / alpha)


def _softplus(x, beta, threshold):
    if not isinstance(beta, torch.Tensor):
        return F.softplus(x, beta, threshold)
    t = beta * x
    return _where(t > threshold, x, _masked(t <= threshold, F.softplus, t) / beta)


def _softplus_second(x, beta, threshold):
    s = torch.sigmoid(beta * x)
    return _where(beta * x > threshold, 0.0, beta * s * (1 - s))


def _isru(x, alpha):
    return x * torch.rsqrt(1 + alpha * x * x)


def _isru_second(x, alpha):
    return -3 * alpha * x * (1 + alpha * x * x) ** -2.5


def _soft_exponential(x, a):
    return -torch.log(1 - a * (x + a)) / a if a < 0 else x if a == 0 else _expm1(a * x) / a + a


def _soft_exponential_second(x, a):
    return a / (1 - a * (x + a)) ** 2 if a < 0 else 0.0 if a == 0 else a * torch.exp(a * x)


def _soft_exponential_slope(y, a):
    return a * torch.exp(a * y) if a < 0 else 0.0 if a == 0 else a * torch.ones_like(y)


def _xielu(x, alpha_p, alpha_n, beta, eps):
    below = _expm1(x.clamp(max=eps)) - x
    return _where(x > 0, alpha_p * x * x, alpha_n * below) + beta * x


def _xielu_second(x, alpha_p, alpha_n, beta, eps):
    # For x <= 0 f' is alpha_n expm1(x) + beta, also above eps.
    return _where(x > 0, 2 * alpha_p, alpha_n * torch.exp(x.clamp(max=0)))


def _relu_general(x, slope, max, t):
    return _where(x >= max, max, _where(x > t, x, slope * (x - t)))


def _scaled_tanh_second(x, alpha, beta):
    t = torch.tanh(beta * x)
    return -2 * alpha * beta * beta * t * (1 - t * t)


def _pow_second(x, alpha, beta):
    return 0.0 if beta in (0, 1) else alpha * beta * (beta - 1) * x ** (beta - 2)


def _positive(function):
    """For functions with this slope above 0 that are flat below."""
    return lambda y, *params: _masked(y > 0, function, y, 1.0)


FORMULAS = {
    "identity": (lambda x: x * 1, _zero, _zero),
    "binary_step": (lambda x: (x >= 0).to(x.dtype), _zero, _zero),
    "sigmoid": (
        torch.sigmoid,
        lambda x: torch.sigmoid(x) * torch.sigmoid(-x) * (1 - 2 * torch.sigmoid(x)),
        lambda y: 1 - 2 * y,
    ),
    "tanh": (torch.tanh, lambda x: -2 * torch.tanh(x) * (1 - torch.tanh(x) ** 2), lambda y: -2 * y),
    "arctan": (torch.atan, lambda x: -2 * x / (1 + x * x) ** 2, None),
    "softsign": (
        F.softsign,
        lambda x: -2 * torch.sign(x) / (1 + abs(x)) ** 3,
        lambda y: -2 * torch.sign(y) * (1 - abs(y)),
    ),
    "relu": (F.relu, _zero, _zero),
    "relu6": (F.relu6, _zero, _zero),
    "squared_relu": (
        lambda x: F.relu(x) ** 2,
        lambda x: 2 * (x > 0).to(x.dtype),
        _positive(lambda y: torch.rsqrt(y)),
    ),
    "selu": (
        F.selu,
        lambda x: _masked(x <= 0, lambda v: _SELU_SCALE * _SELU_ALPHA * torch.exp(v), x),
        lambda y: (y <= 0).to(y.dtype),
    ),
    "silu": (F.silu, _swish_second, None),
    "gelu": (F.gelu, _gelu_second, None),
    "gelu_tanh": (lambda x: F.gelu(x, approximate="tanh"), _gelu_tanh_second, None),
    "gelu_quick": (lambda x: x * torch.sigmoid(1.702 * x), lambda x: _swish_second(x, 1.702), None),
    "mish": (F.mish, _mish_second, None),
    "hardsigmoid": (F.hardsigmoid, _zero, _zero),
    "hardswish": (F.hardswish, lambda x: ((x > -3) & (x < 3)).to(x.dtype) / 3, None),
    "log_sigmoid": (
        F.logsigmoid,
        lambda x: -torch.sigmoid(x) * torch.sigmoid(-x),
        lambda y: -torch.exp(y),
    ),
    "tanhshrink": (lambda x: x - torch.tanh(x), lambda x: 2 * torch.tanh(x) * (1 - torch.tanh(x) ** 2), None),
    "bent_identity": (lambda x: (torch.sqrt(x * x + 1) - 1) / 2 + x, lambda x: (x * x + 1) ** -1.5 / 2, None),
    "sinusoid": (torch.sin, lambda x: -torch.sin(x), None),
    "sinc": (_sinc, _sinc_second, None),
    "gaussian": (lambda x: torch.exp(-x * x), lambda x: (4 * x * x - 2) * torch.exp(-x * x), None),
    "sparse_plus": (
        lambda x: _where(x <= -1, 0.0, _where(x >= 1, x, (x + 1) ** 2 / 4)),
        lambda x: ((x > -1) & (x < 1)).to(x.dtype) / 2,
        lambda y: _masked((y > 0) & (y < 1), lambda v: torch.rsqrt(v) / 2, y, 1.0),
    ),
    "sparse_sigmoid": (lambda x: ((x + 1) / 2).clamp(0, 1), _zero, _zero),
    "exp": (torch.exp, torch.exp, torch.ones_like),
    "abs": (torch.abs, _zero, None),
    "square": (lambda x: x * x, lambda x: 2 * torch.ones_like(x), None),
    "sqrt": (torch.sqrt, lambda x: -(x**-1.5) / 4, lambda y: -1 / (2 * y * y)),
    "log": (torch.log, lambda x: -1 / (x * x), None),
    "round": (torch.round, _zero, _zero),
    "leaky_relu": (lambda x, slope: _where(x > 0, x, slope * x), _zero, _zero),
    "elu": (
        _elu,
        lambda x, alpha: _masked(x <= 0, lambda v: alpha * torch.exp(v), x),
        lambda y, alpha: (y <= 0).to(y.dtype),
    ),
    "celu": (
        _celu,
        lambda x, alpha: _masked(x <= 0, lambda v: torch.exp(v / alpha) / alpha, x),
        lambda y, alpha: (y <= 0).to(y.dtype) / alpha,
    ),
    "softplus": (
        _softplus,
        _softplus_second,
        lambda y, beta, threshold: _where(beta * y > threshold, 0.0, beta * torch.exp(-beta * y)),
    ),
    "swish": (lambda x, beta: x * torch.sigmoid(beta * x), _swish_second, None),
    "hardtanh": (lambda x, low, high: x.clamp(low, high), _zero, _zero),
    "clip": (lambda x, low, high: x.clamp(low, high), _zero, None),
    "hardsigmoid_ab": (lambda x, alpha, beta: (alpha * x + beta).clamp(0, 1), _zero, None),
    "hardswish_ab": (
        lambda x, alpha, beta: x * (alpha * x + beta).clamp(0, 1),
        lambda x, alpha, beta: 2 * alpha * ((alpha * x + beta > 0) & (alpha * x + beta < 1)).to(x.dtype),
        None,
    ),
    "hardshrink": (F.hardshrink, _zero, _zero),
    "softshrink": (F.softshrink, _zero, _zero),
    "shrink": (
        lambda x, lambd, bias: _where(x > lambd, x - bias, _where(x < -lambd, x + bias, 0.0)),
        _zero,
        _zero,
    ),
    "threshold": (lambda x, t, v: _where(x > t, x, v), _zero, _zero),
    "thresholded_relu": (lambda x, alpha: _where(x > alpha, x, 0.0), _zero, _zero),
    "isru": (_isru, _isru_second, lambda y, alpha: -3 * alpha * y * torch.sqrt(1 - alpha * y * y)),
    "isrlu": (
        lambda x, alpha: _where(x >= 0, x, _isru(x, alpha)),
        lambda x, alpha: _masked(x < 0, lambda v: _isru_second(v, alpha), x),
        lambda y, alpha: _masked(y < 0, lambda v: -3 * alpha * v * torch.sqrt(1 - alpha * v * v), y),
    ),
    "soft_exponential": (_soft_exponential, _soft_exponential_second, _soft_exponential_slope),
    "squareplus": (
        lambda x, b: (x + torch.sqrt(x * x + b)) / 2,
        lambda x, b: b * (x * x + b) ** -1.5 / 2,
        lambda y, b: b * y / (2 * (y * y + b / 4) ** 2),
    ),
    "scaled_tanh": (
        lambda x, alpha, beta: alpha * torch.tanh(beta * x),
        _scaled_tanh_second,
        lambda y, alpha, beta: -2 * beta * y / alpha,
    ),
    "xielu": (_xielu, _xielu_second, None),
    "relu_general": (_relu_general, _zero, None),
    "linear": (lambda x, alpha, beta: alpha * x + beta, _zero, _zero),
    "pow": (lambda x, alpha, beta: alpha * x**beta, _pow_second, None),
}


def sparsemax(x, dim):
    """sparsemax by Martins and Astudillo.  The gradient goes through the support that the sums choose."""
    ordered = torch.sort(x, dim=dim, descending=True)[0]
    count = torch.ones_like(x).cumsum(dim)
    sums = ordered.cumsum(dim)
    size = (1 + count * ordered > sums).to(x.dtype).sum(dim, keepdim=True)
    inside = (ordered * (count <= size)).sum(dim, keepdim=True)
    return F.relu(x - (inside - 1) / size)


ROWS = {"softmax": F.softmax, "log_softmax": F.log_softmax, "softmin": F.softmin, "sparsemax": sparsemax}
