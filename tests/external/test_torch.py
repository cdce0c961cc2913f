#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""test_torch.py LIBRARY: PyTorch in double precision as an oracle of forward and, by its autograd, of backward.

Inputs are float32. Bounds are those of the catalogue: ULP of the result, and near a zero of f' at an x other than 0 the
same bound times 2^-24 times the sum of the terms' magnitudes.  Some formulas of PyTorch are not accurate enough even in
double (1 + erf(x) for a negative x).  Then the bound is PyTorch's absolute error, some 2^-52, and these values are counted
apart.
"""
import sys
import warnings

try:
    import numpy as np
    import torch
    import torch.nn.functional as F
except ImportError as missing:
    print(f'== torch: skipped: {missing.name} (python3-{missing.name}) is not installed for this Python')
    sys.exit(77)

from actfn_ctypes import GATE_LAST, Actfn, Report, misses, ulp

# The functions that PyTorch has according to the specification's matrix.
FUNCTIONS = '''identity binary_step sigmoid tanh arctan softsign relu relu6 selu silu gelu gelu_tanh mish
    hardsigmoid hardswish log_sigmoid tanhshrink sinusoid exp abs square sqrt log round leaky_relu elu celu
    softplus hardtanh clip hardshrink softshrink threshold thresholded_relu pow prelu rrelu gumbel_softmax glu
    softmax log_softmax softmin logsumexp sigmoid_bce softmax_cross_entropy'''.split()
REASONS = {'gumbel_softmax': 'its noise is of another generator; with the noise given it is softmax, which is run'}

EPS = 2.0**-52
SMALL = 2.0**-23
f32 = lambda value: float(np.float32(value))
sigmoid = lambda x: np.where(x >= 0, 1, np.exp(-np.abs(x))) / (1 + np.exp(-np.abs(x)))
logistic_terms = lambda t: sigmoid(t) * (1 + np.abs(t) * sigmoid(-t))
near = lambda x, limit: np.minimum(np.abs(x), limit)
at = lambda *values: lambda x: np.isin(x, values)
INF = np.inf
NAN_AT_INF = 'PyTorch gives NaN at an infinity where the limit exists'


class Case:
    """An elementwise operation with its PyTorch function.

    skip_f, skip_b   (which x, why) for x at which PyTorch is wrong or has another definition
    noise_f, noise_b absolute error of PyTorch's formula in double
    terms            the sum of the magnitudes of the terms of f'
    absolute         an absolute error that f and f' may have besides
    """

    def __init__(self, op, torch_f, params=None, skip_f=None, skip_b=None, noise_f=None, noise_b=None, terms=None,
                 absolute=(0, 0), backward=True):
        self.__dict__.update(locals())


def gelu_terms(x):
    x = near(x, 40) * np.sign(x)
    density = np.exp(-x * x / 2) * 0.39894228
    return torch.special.ndtr(torch.from_numpy(x)).numpy() + np.abs(x) * density


def gelu_tanh_terms(x):
    x = near(x, 40) * np.sign(x)
    s = sigmoid(1.5957691216 * (x + 0.044715 * x**3))
    return s + s * (1 - s) * np.abs(x) * 1.5957691216 * (1 + 0.134145 * x * x)


def mish_terms(x):
    t = np.tanh(np.log1p(np.exp(np.minimum(x, 300))))
    return t + np.abs(near(x, 300) * sigmoid(x) * (1 - t * t))


# At +-0 the specification wants another sign of zero than PyTorch gives: relu(-0) is +0 here, elu(-0) -0.
OTHER_ZERO = {'relu', 'relu6', 'selu', 'tanhshrink', 'leaky_relu', 'elu', 'celu', 'hardtanh', 'clip', 'pow'}

SIGMOID_1_702 = lambda x: x * torch.sigmoid(1.702 * x)
ENDS = (at(-INF, INF), NAN_AT_INF)
CONSTANT = lambda c: lambda x: c * EPS
PRODUCT = lambda x: EPS * near(x, 40)

ELEMENTWISE = [
    Case('identity', lambda x: x.clone()),
    Case('binary_step', lambda x: torch.heaviside(x, torch.ones((), dtype=x.dtype)), backward=False),
    Case('sigmoid', torch.sigmoid, noise_b=CONSTANT(2)),
    Case('tanh', torch.tanh, noise_b=CONSTANT(2)),
    Case('arctan', torch.atan),
    Case('softsign', F.softsign, skip_f=ENDS, skip_b=ENDS, noise_b=lambda x: 2 * EPS / (1 + np.abs(x))),
    Case('relu', F.relu),
    Case('relu6', F.relu6),
    Case('selu', F.selu, noise_f=CONSTANT(2)),
    Case('silu', F.silu, skip_f=(at(-INF), NAN_AT_INF), skip_b=ENDS, noise_b=lambda x: 4 * PRODUCT(x),
         terms=logistic_terms),
    Case('gelu', F.gelu, skip_f=(at(-INF), NAN_AT_INF), skip_b=ENDS, noise_f=PRODUCT, noise_b=CONSTANT(2),
         terms=gelu_terms),
    Case('gelu_tanh', lambda x: F.gelu(x, approximate='tanh'), skip_f=(at(-INF), NAN_AT_INF), skip_b=ENDS,
         noise_f=PRODUCT, noise_b=lambda x: EPS * (2 + near(x, 10)**3), terms=gelu_tanh_terms),
    Case('mish', F.mish, skip_f=(at(-INF), NAN_AT_INF), skip_b=ENDS, noise_b=lambda x: 4 * PRODUCT(x),
         terms=mish_terms),
    Case('hardsigmoid', F.hardsigmoid),
    Case('hardswish', F.hardswish, skip_f=(at(-INF), NAN_AT_INF),
         skip_b=(at(-3, 3), "hardswish'(-3), (3) are -1/2, 3/2 up to PyTorch 2.6, 0 and 1 since"),
         terms=lambda x: near(x, 3) / 3 + 0.5),
    Case('log_sigmoid', F.logsigmoid),
    Case('tanhshrink', F.tanhshrink, noise_f=lambda x: EPS * np.abs(x), noise_b=CONSTANT(2)),
    Case('sinusoid', torch.sin),
    Case('exp', torch.exp),
    Case('abs', torch.abs),
    Case('square', torch.square),
    Case('sqrt', torch.sqrt),
    Case('log', torch.log, skip_b=(lambda x: x < 0, "log' is NaN where log is; PyTorch gives 1 / x there too")),
    Case('round', torch.round),
    *(Case('leaky_relu', lambda x, a=a: F.leaky_relu(x, a), [a]) for a in (f32(0.01), 0.25, 3.0, -0.5)),
    Case('leaky_relu', lambda x: F.leaky_relu(x, 0.0), [0], skip_f=(at(-INF), NAN_AT_INF)),
    *(Case('elu', lambda x, a=a: F.elu(x, a), [a], noise_f=CONSTANT(2 * a)) for a in (1.0, f32(0.3), 2.5)),
    *(Case('celu', lambda x, a=a: F.celu(x, a), [a], noise_f=CONSTANT(2 * a)) for a in (1.0, f32(0.3), 2.5)),
    *(Case('softplus', lambda x, b=b, t=t: F.softplus(x, b, t), [b, t])
      for b, t in ((1, 20), (2, 20), (0.5, 5), (-1, 20))),
    *(Case('hardtanh', lambda x, b=b: F.hardtanh(x, *b), b) for b in ([-1, 1], [-2, 3], [0, 6], [f32(-0.1), f32(0.7)])),
    *(Case('clip', lambda x, b=b: torch.clamp(x, *b), b) for b in ([-1, 1], [0, 6], [1, -1], [f32(-0.1), INF])),
    *(Case('hardshrink', lambda x, l=l: F.hardshrink(x, l), [l]) for l in (0.5, f32(0.1), 0.0)),
    *(Case('softshrink', lambda x, l=l: F.softshrink(x, l), [l]) for l in (0.5, f32(0.1), 0.0)),
    *(Case('threshold', lambda x, p=p: F.threshold(x, *p), p) for p in ([f32(0.1), 20], [-1, -2], [0, 0])),
    *(Case('thresholded_relu', lambda x, a=a: F.threshold(x, a, 0), [a]) for a in (1.0, f32(-0.1), 0.0)),
    *(Case('pow', lambda x, a=a, b=b: a * torch.pow(x, b), [a, b],
           absolute=(abs(a) * 2.0**-149, abs(a * b) * 2.0**-149))
      for a, b in ((1, 3), (-1.5, 2), (2, 2.5), (1, -2), (1, 1))),
    Case('pow', lambda x: torch.pow(x, 0.5), [1, 0.5],
         skip_f=(at(-INF), 'pow(-inf, 1/2) is inf in C; PyTorch takes the square root'),
         skip_b=(at(-INF, 0), 'pow(x, -1/2) is inf at -0 and 0 at -inf in C; PyTorch takes the square root')),
    # PyTorch has no such operator, but a composition, which autograd derives as well.
    Case('squared_relu', lambda x: F.relu(x)**2),
    Case('gelu_quick', SIGMOID_1_702, skip_f=(at(-INF), NAN_AT_INF), skip_b=ENDS, noise_b=lambda x: 8 * PRODUCT(x),
         terms=lambda x: logistic_terms(1.702 * x)),
    Case('gaussian', lambda x: torch.exp(-x * x), skip_b=ENDS),
    *(Case('swish', lambda x, b=b: x * torch.sigmoid(b * x), [b], skip_f=(at(-INF, INF), NAN_AT_INF), skip_b=ENDS,
           noise_b=lambda x: 8 * PRODUCT(x), terms=lambda x, b=b: logistic_terms(b * x)) for b in (1.5, -0.5)),
]


def inputs():
    """Floats of every magnitude and sign, many near bends, and both neighbours of every kink."""
    kinks = np.array([0, 0.1, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 6, 10, 15, 20, 88.72, 103.97, 3.4e38], np.float32)
    kinks = np.concatenate([kinks, np.nextafter(kinks, np.float32(INF)), np.nextafter(kinks, np.float32(-INF))])
    every = np.arange(0, 2**32, 65521, np.int64).astype(np.uint32).view(np.float32)
    return np.concatenate([every, np.linspace(-30, 30, 60001, dtype=np.float32), kinks, -kinks,
                           np.array([0.0, -0.0, INF, -INF, np.nan], np.float32)])


def double(array):
    return torch.tensor(np.asarray(array, np.float64))


def tensor(array):
    return double(array).requires_grad_()


def as_doubles(result):
    return result.detach().numpy()


class Judge:
    def __init__(self, library, report):
        self.library, self.report = library, report

    def judge(self, op, case, got, exact, tolerance, show=None, bound=None, noise=0):
        """`noise` is PyTorch's own error, `show` describes the input at an index."""
        sure = ~np.broadcast_to(noise > tolerance / 4, got.shape)
        bad, worst = misses(got, exact, tolerance + noise)
        self.report.ran_op(op)
        if bad:
            self.report.line('failed', case, f'{bad} of {got.size} wrong: {show(worst) if show else worst} gives '
                             f'{float(got[worst]).hex()}, not {float(exact[worst]).hex()}')
        else:
            text = f'{got.size} values, within the bound'
            if bound:
                with np.errstate(all='ignore'):
                    off = np.abs(np.float64(got) - exact)[sure] / tolerance[sure]
                text += f': {bound * np.max(off, where=np.isfinite(off), initial=0):.2f} of {bound:g} ulp'
            if not sure.all():
                text += f", {np.sum(~sure)} of them to PyTorch's own error"
            self.report.line('passed', case, text)

    def without(self, case, keep, reason):
        if not keep.all():
            self.report.line('not applicable', f'{case}, {np.sum(~keep)} of {keep.size} values', reason)

    def elementwise(self, case, x, dy):
        library, op, name = self.library, self.library.ops[case.op], case.op + (str(case.params) if case.params else '')
        xt = tensor(x)
        y = case.torch_f(xt)
        self.one(case.op, name, x, library.forward(case.op, x, case.params), as_doubles(y), op.forward, case.skip_f,
                 case.noise_f, case.absolute[0])
        self.zeros(case, name)
        if not case.backward:
            return
        y.backward(double(np.ones_like(x)), retain_graph=True)
        slope = as_doubles(xt.grad).copy()
        self.one(case.op, name + "'", x, library.backward(case.op, x, np.ones_like(x), case.params), slope, op.backward,
                 case.skip_b, case.noise_b, case.absolute[1], case.terms)
        xt.grad = None
        y.backward(double(dy))
        self.one(case.op, name + "' dy", x, library.backward(case.op, x, dy, case.params), as_doubles(xt.grad),
                 op.backward, case.skip_b, case.noise_b, case.absolute[1], case.terms, (slope, np.float64(dy)))

    def zeros(self, case, name):
        x = np.array([0.0, -0.0], np.float32)
        exact, got = as_doubles(case.torch_f(tensor(x))), self.library.forward(case.op, x, case.params)
        different = np.any((np.signbit(got) != np.signbit(exact)) & (exact == 0))
        if case.op in OTHER_ZERO:
            self.report.line('not applicable', f'{name} sign of zero', 'the specification says otherwise than PyTorch')
        elif different:
            self.report.line('failed', f'{name} sign of zero', f'{got} at +-0, not {exact}')

    def one(self, op, name, x, got, exact, bound, skip, noise, absolute, terms=None, product=None):
        with np.errstate(all='ignore'):
            x64 = np.float64(x)
            # A NaN gives a NaN, whatever PyTorch does: in PyTorch's backward the result depends on the position of the NaN.
            exact = np.where(np.isnan(x64), np.nan, exact)
            base, dy = product if product else (exact, np.float64(1))
            finite = np.where(np.isfinite(base), base, 0)
            tolerance = bound * ulp(finite)
            if terms:
                tolerance = np.maximum(tolerance, bound * 2.0**-24 * terms(x64))
            # A structural f' leaves an exact dy exact.  A product has one rounding.
            own = np.nan_to_num(noise(x64)) * np.abs(dy) if noise and bound else np.zeros(x.shape)
            if bound:
                tolerance = tolerance + EPS * np.abs(finite) + absolute
            tolerance = tolerance * np.abs(dy)
            if product and bound:
                tolerance = tolerance + 0.5 * ulp(np.where(np.isfinite(exact), exact, 0))
        keep = np.full(x.shape, True)
        if product:
            # dx is the product of two float32, of which one may be infinite.
            overflows = (np.abs(base) > (1 - 2.0**-21) * 2.0**128) & np.isfinite(base)
            self.without(name, ~overflows, "f' itself overflows, or is about to")
            keep = keep & ~overflows
        if skip:
            right = ~skip[0](x) | np.isnan(x)
            self.without(name, right, skip[1])
            keep = keep & right
        kept, own = x[keep], np.broadcast_to(own, x.shape)[keep]
        self.judge(op, name, got[keep], exact[keep], tolerance[keep], lambda i: f'x = {float(kept[i]).hex()}',
                   None if product else bound, own)

    # ---- the families --------------------------------------------------------------------------------------------

    def rows(self, op, torch_f, x, axis, params=None):
        library, bound = self.library, self.library.ops[op]
        scale = params[0] if params else 1.0
        xt = tensor(x)
        yt = torch_f(xt * scale, axis)
        exact = as_doubles(yt)
        dy = np.random.default_rng(5).standard_normal(exact.shape).astype(np.float32)
        yt.backward(double(dy))
        y = library.rows(op, x, axis, params)
        dx = library.rows_backward(op, x, y, dy, axis, params)
        whole = lambda value: np.expand_dims(value, axis)
        with np.errstate(all='ignore'):
            finite = np.where(np.isfinite(exact), exact, 0)
            dy = np.float64(dy)
            if op == 'logsumexp':
                tolerance = np.maximum(bound.forward * ulp(finite), 2.0**-22 * np.abs(np.float64(x).max(axis)))
                p = np.exp(np.float64(x) - whole(exact))
                error = whole(np.where(np.isfinite(tolerance), tolerance, 0)) + bound.backward * SMALL
                back = np.abs(whole(dy)) * (p * error + 2.0**-147)
            elif op == 'log_softmax':
                tolerance = 2.0**-22 * (1 + np.abs(finite))
                p, total = np.exp(exact), np.sum(np.abs(dy), axis, keepdims=True)
                back = scale * (tolerance + bound.backward * 2.0**-23 + 2.0**-21) * p * total + \
                    bound.backward * 2.0**-24 * scale * np.abs(dy)
            else:
                tolerance = bound.forward * ulp(exact) + 2.0**-21 * exact
                terms = exact * (np.abs(dy) + np.sum(exact * np.abs(dy), axis, keepdims=True))
                # y has an error, which counts twice; the sum of a row has an error of 2^-21.
                back = scale * (2 * (bound.forward * SMALL + 2.0**-21) + bound.backward * SMALL + 2.0**-21) * terms
                back = back + bound.backward * 2.0**-149 * (1 + scale * np.abs(dy))
        name = f'{op} {x.shape} axis {axis}{params or ""}'
        self.judge(op, name, y, exact, tolerance)
        exact, back = as_doubles(xt.grad), back + ulp(as_doubles(xt.grad))
        if op == 'logsumexp':
            keep = np.broadcast_to(whole(x.max(axis) != -INF), x.shape)
            self.without(name + "'", keep, 'a row that is all -inf: PyTorch gives NaN, here it is +0')
            dx, exact, back = dx[keep], exact[keep], back[keep]
        self.judge(op, name + "'", dx, exact, back)

    def prelu(self, x, slopes):
        library, bound = self.library, self.library.ops['prelu']
        channels = x.shape[1] if slopes.size > 1 else 1
        layout = (x.shape[0], channels, int(np.prod(x.shape[2:]))) if channels > 1 else (1, 1, x.size)
        dy = np.random.default_rng(6).standard_normal(x.shape).astype(np.float32)
        xt, at = tensor(x), tensor(slopes)
        yt = F.prelu(xt, at)
        yt.backward(double(dy))
        dx, da = library.prelu_backward(x, slopes, dy, *layout)
        name = f'prelu {x.shape}, {slopes.size} slopes'
        exact = as_doubles(yt)
        self.judge('prelu', name, library.prelu(x, slopes, *layout), exact, bound.forward * ulp(exact))
        exact = as_doubles(xt.grad)
        self.judge('prelu', name + "'", dx, exact, bound.backward * ulp(exact))
        axes = tuple(axis for axis in range(x.ndim) if axis != 1 or channels == 1)
        terms = np.sum(np.abs(np.float64(dy) * np.minimum(np.float64(x), 0)), axes).reshape(da.shape)
        self.judge('prelu', name + ' da', da, as_doubles(at.grad), 2.0**-21 * terms)

    def gates(self, op, torch_g, terms, noise_f, noise_b, params=None):
        """PyTorch's glu has the gate last; the other gates are composed."""
        library, bound = self.library, self.library.ops[op]
        random = np.random.default_rng(7)
        u = np.linspace(-30, 30, 40 * 251, dtype=np.float32).reshape(40, 251)
        v, dy = random.standard_normal((2, 40, 251)).astype(np.float32)
        xt = tensor(np.concatenate([v, u], 1))
        yt = F.glu(xt, 1) if op == 'glu' else torch_g(xt[:, 251:]) * xt[:, :251]
        yt.backward(double(dy))
        exact, dx_exact = as_doubles(yt), as_doubles(xt.grad)
        x = xt.detach().numpy().astype(np.float32)
        y, dx = library.gates(op, x, GATE_LAST, params), library.gates_backward(op, x, dy, GATE_LAST, params)
        u64, v64, dy64 = np.float64(u), np.float64(v), np.float64(dy)
        name = op + (str(params) if params else '')
        show = lambda i: f'u = {float(u[i]).hex()}, v = {float(v[i]).hex()}'
        self.judge(op, name, y, exact, bound.forward * ulp(exact), show, bound.forward, noise_f(u64) * np.abs(v64))
        part = dx_exact[:, :251]
        tolerance = (bound.forward + 0.5) * ulp(part) + 2.0**-148 * np.abs(dy64)
        self.judge(op, name + ' dv', dx[:, :251], part, tolerance, show, None, noise_f(u64) * np.abs(dy64))
        part, factor = dx_exact[:, 251:], np.abs(v64 * dy64)
        tolerance = np.maximum((bound.backward + 0.5) * ulp(part), bound.backward * 2.0**-24 * terms(u64) * factor)
        self.judge(op, name + ' du', dx[:, 251:], part, tolerance, show, None, noise_b(u64) * factor)

    def rrelu(self, x, dy, lower, upper):
        xt = tensor(x)
        yt = F.rrelu(xt, lower, upper, training=False)
        yt.backward(double(dy))
        exact, bound, name = as_doubles(yt), self.library.ops['rrelu'], f'rrelu eval [{lower:g}, {upper:g}]'
        finite = ~np.isnan(x)
        show = lambda i: f'x = {float(x[finite][i]).hex()}'
        y, dx = self.library.rrelu_eval(x, [lower, upper]), self.library.rrelu_eval_backward(x, dy, [lower, upper])
        self.judge('rrelu', name, y[finite], exact[finite], bound.forward * ulp(exact[finite]), show, bound.forward)
        exact = as_doubles(xt.grad)[finite]
        self.judge('rrelu', name + "'", dx[finite], exact, bound.backward * ulp(exact), show)

    def bce(self, z, t, w, pos_weight):
        library, bound = self.library, self.library.ops['sigmoid_bce']
        zt = tensor(z)
        loss = F.binary_cross_entropy_with_logits(zt, double(t), None if w is None else double(w), reduction='none',
                                                  pos_weight=None if pos_weight == 1 else double([pos_weight]))
        loss.sum().backward()
        got, dz = library.loss('sigmoid_bce', z, t, w, [pos_weight])
        exact, dz_exact = as_doubles(loss), as_doubles(zt.grad)
        weight = np.ones_like(exact) if w is None else np.float64(w)
        z64, t64 = np.float64(z), np.float64(t)
        name = f'sigmoid_bce pos_weight {pos_weight:g}{", weights" if w is not None else ""}'
        show = lambda i: f'z = {float(z[i]).hex()}, t = {float(t[i]).hex()}'
        factor = max(1, pos_weight)
        tolerance = np.maximum(bound.forward * ulp(exact), SMALL * np.maximum(1, np.abs(z64)) * factor * weight)
        self.judge('sigmoid_bce', name, got, exact, tolerance + 0.5 * ulp(exact) * (w is not None), show)
        terms = weight * ((1 - t64) + (1 - t64 + pos_weight * t64) * sigmoid(-z64))
        tolerance = np.maximum((bound.backward + 0.5 * (w is not None)) * ulp(dz_exact),
                               bound.backward * 2.0**-24 * terms)
        noise = 2 * EPS * weight * (1 + pos_weight)
        self.judge('sigmoid_bce', name + "'", dz, dz_exact, tolerance, show, None, noise)

    def mse(self, z, t):
        library, bound = self.library, self.library.ops['sigmoid_mse']
        zt = tensor(z)
        loss = (torch.sigmoid(zt) - double(t))**2 / 2
        loss.sum().backward()
        got, dz = library.loss('sigmoid_mse', z, t)
        a, t64 = sigmoid(np.float64(z)), np.float64(t)
        relative, d = bound.forward * 2.0**-24 * (a + np.abs(t64)), np.abs(a - t64)
        exact = as_doubles(loss)
        show = lambda i: f'z = {float(z[i]).hex()}, t = {float(t[i]).hex()}'
        self.judge('sigmoid_mse', 'sigmoid_mse', got, exact,
                   np.maximum(bound.forward * ulp(exact), relative * (d + relative)) + EPS * d, show)
        exact, slope = as_doubles(zt.grad), a * sigmoid(-np.float64(z))
        tolerance, noise = np.maximum(bound.backward * ulp(exact), relative * slope), 2 * EPS * (d + slope)
        self.judge('sigmoid_mse', "sigmoid_mse'", dz, exact, tolerance, show, None, noise)

    def cross_entropy(self, z, target, axis, smoothing=0.0, ignore=-100, weights=None, mean=False):
        """`target` is an array of classes, or an array of probabilities, one for each logit."""
        library, op = self.library, 'softmax_cross_entropy'
        bound, dense = library.ops[op], target.shape == z.shape
        zt = tensor(z)
        moved = torch.movedim(zt, axis, 1) if axis != 1 else zt
        goal = torch.movedim(double(target), axis, 1) if dense else torch.from_numpy(target)
        loss = F.cross_entropy(moved, goal, None if weights is None else double(weights), ignore_index=ignore,
                               reduction='none', label_smoothing=smoothing)
        (loss.mean() if mean else loss.sum()).backward()
        scale = f32(1 / loss.numel()) if mean else 1.0
        w = np.ones(loss.shape, np.float32) if weights is None else weights[target]
        got, dz = (library.cross_entropy_dense(z, target, axis, None, scale) if dense else
                   library.cross_entropy(z, target, axis, ignore, None if weights is None else w, [smoothing], scale))
        n, z64 = z.shape[axis], np.float64(z)
        t = np.float64(target) if dense else \
            np.moveaxis((1 - smoothing) * np.eye(n)[np.clip(target, 0, n - 1)] + smoothing / n, -1, axis)
        if not dense:
            t = t * np.expand_dims(target != ignore, axis)
        total, z_max = t.sum(axis), np.abs(np.where(np.isfinite(z64), z64, 0)).max(axis)
        exact, dz_exact = as_doubles(loss), as_doubles(zt.grad)
        tolerance = np.maximum(bound.forward * ulp(exact), w * total * SMALL * np.maximum(1, z_max))
        tolerance = tolerance + 2.0**-21 * w * total
        a = as_doubles(torch.softmax(double(z), axis))
        factor = np.expand_dims(np.float64(w), axis) * scale
        terms = factor * (np.expand_dims(total, axis) * a + t)
        back = (bound.backward * SMALL + 2.0**-21) * terms + bound.backward * 2.0**-149
        name = f'{op} {z.shape} axis {axis}' + (' dense' if dense else '') + \
            (f' smoothing {smoothing:g}' if smoothing else '') + (f' ignoring {ignore}' if ignore >= 0 else '') + \
            (' weights' if weights is not None else '') + (' mean' if mean else '')
        self.judge(op, name, got, exact, tolerance)
        self.judge(op, name + "'", dz, dz_exact, back)


def families(judge):
    """Each test is a function without arguments, so a missing or refusing function is one failure."""
    random = np.random.default_rng(8)
    normal = lambda *shape: random.standard_normal(shape).astype(np.float32)
    x, flat = inputs(), np.float32(4) * normal(3, 5, 7, 2)
    tensors = [np.float32(3) * normal(4, 7, 5), np.float32(40) * normal(3, 1000), normal(2, 17, 33), normal(2, 5000)]
    tensors[0][1, 2, :] = -INF
    tensors[2][:, :4, 3] = 0.5  # ties

    for op, torch_f in (('softmax', F.softmax), ('log_softmax', F.log_softmax), ('softmin', F.softmin),
                        ('logsumexp', torch.logsumexp)):
        for array in tensors if op != 'softmin' else [np.negative(array) for array in tensors]:
            for axis in range(array.ndim):
                yield f'{op} {array.shape} axis {axis}', lambda *a: judge.rows(*a), (op, torch_f, array, axis)
        if op != 'logsumexp':
            yield f'{op} scale', lambda *a: judge.rows(*a), (op, torch_f, tensors[1], 1, [f32(0.3)])
    for slopes in (np.array([0.25]), np.array([0.0]), np.array([-1.5]), np.array([0.25, -0.5, 0.0, 3.0, 1.0])):
        yield 'prelu', judge.prelu, (flat, slopes.astype(np.float32))
    yield 'prelu', judge.prelu, (np.ascontiguousarray(flat.reshape(-1, 5)), np.float32([0.1, -0.2, 0.3, 0.0, 2.0]))
    none, small = lambda u: 0 * u, lambda u: 4 * EPS * near(u, 40) + EPS
    for op, g, terms, noise_f, noise_b, params in (
            ('glu', None, lambda u: sigmoid(u) * sigmoid(-u), none, lambda u: 2 * EPS + 0 * u, None),
            ('reglu', F.relu, none, none, none, None),
            ('geglu', F.gelu, gelu_terms, lambda u: EPS * near(u, 40), lambda u: 2 * EPS + 0 * u, None),
            ('geglu_tanh', lambda u: F.gelu(u, approximate='tanh'), gelu_tanh_terms, lambda u: EPS * near(u, 40),
             lambda u: EPS * (2 + near(u, 10)**3), None),
            ('geglu_quick', SIGMOID_1_702, lambda u: logistic_terms(1.702 * u), none, lambda u: 2 * small(u), None),
            ('swiglu', F.silu, logistic_terms, none, small, [1]),
            ('swiglu', lambda u: u * torch.sigmoid(1.5 * u), lambda u: logistic_terms(1.5 * u), none,
             lambda u: 2 * small(u), [1.5])):
        yield op, judge.gates, (op, g, terms, noise_f, noise_b, params)
    for lower, upper in ((0.125, f32(1 / 3)), (0.0, 0.5), (0.25, 0.25)):
        yield 'rrelu', judge.rrelu, (x, np.float32(random.uniform(0.5, 2, x.shape)), lower, upper)
    z = np.concatenate([np.linspace(-60, 60, 4001, dtype=np.float32), np.float32(300) * normal(200)])
    for t in (np.zeros_like(z), np.ones_like(z), np.float32(random.uniform(0, 1, z.shape))):
        for weights, pos_weight in ((None, 1), (None, 3), (None, 0.25), (np.float32(random.uniform(0, 4, z.shape)), 2)):
            yield 'sigmoid_bce', judge.bce, (z, t, weights, pos_weight)
        yield 'sigmoid_mse', judge.mse, (z, t)
    for array in (np.float32(3) * normal(40, 10), np.float32(50) * normal(7, 300), normal(3, 6, 5)):
        classes = random.integers(0, array.shape[1], array.shape[:1] + array.shape[2:])
        soft = as_doubles(torch.softmax(double(2 * normal(*array.shape)), 1)).astype(np.float32)
        for smoothing in (0.0, f32(0.1), 1.0):
            yield 'softmax_cross_entropy', judge.cross_entropy, (array, classes, 1, smoothing)
        yield 'softmax_cross_entropy', judge.cross_entropy, (array, classes, 1, 0.0, int(classes.flat[0]))
        yield 'softmax_cross_entropy', judge.cross_entropy, (array, classes, 1, f32(0.2), int(classes.flat[0]))
        yield 'softmax_cross_entropy', judge.cross_entropy, \
            (array, classes, 1, 0.0, -100, np.float32(random.uniform(0.1, 2, array.shape[1])))
        yield 'softmax_cross_entropy', judge.cross_entropy, (array, classes, 1, f32(0.1), -100, None, True)
        yield 'softmax_cross_entropy', judge.cross_entropy, (array, soft, 1)
        yield 'softmax_cross_entropy', judge.cross_entropy, (array, np.float32(3) * soft, 1)


def main():
    warnings.simplefilter('ignore')
    library, report = Actfn(sys.argv[1]), Report('torch')
    print(library, f'torch {torch.__version__}', sep=', ')
    judge, x = Judge(library, report), inputs()
    dy = np.float32(np.random.default_rng(4).standard_normal(x.shape))
    tasks = [(case.op, judge.elementwise, (case, x, dy)) for case in ELEMENTWISE] + list(families(judge))
    for name, function, arguments in tasks:
        try:
            function(*arguments)
        except (AttributeError, RuntimeError) as error:  # a status, or a missing entry
            report.line('failed', name, str(error))
    report.check_covered(FUNCTIONS, REASONS)
    return report.finish()


if __name__ == '__main__':
    sys.exit(main())
