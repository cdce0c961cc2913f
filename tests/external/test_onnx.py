#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""test_onnx.py LIBRARY [DATA]: the backend tests of ONNX whose operator is an activation of this library.

DATA (Debian's libonnx-testdata) has directories node, simple, ...; each has directories with a model.onnx and
test_data_set_*.  The test runs every model, or counts it, by operator, as not applicable.  ONNX's own tolerance is 1e-3
relative and 1e-7 absolute; the relative tolerance here is 64 times smaller.
"""
import collections
import glob
import os
import sys

try:
    import numpy as np
    import onnx
    from onnx import numpy_helper
except ImportError as missing:
    print(f'== onnx: skipped: {missing.name} (python3-{missing.name}) is not installed for this Python')
    sys.exit(77)

from actfn_ctypes import GATE_LAST, Actfn, Report, skip, worst_ulp

DATA = '/usr/share/libonnx-testdata/data'
ABSOLUTE = 1e-7
RELATIVE = 2.0**-16  # the expected values were computed in float32, partly by formulas that cancel

# The functions that ONNX has according to the specification's matrix: directly (F), or (p) through an operator's parameters.
FUNCTIONS = '''identity sigmoid tanh arctan softsign relu relu6 selu silu gelu gelu_tanh gelu_quick mish
    hardsigmoid hardswish sinusoid exp abs sqrt log round leaky_relu elu celu softplus swish hardtanh clip
    hardsigmoid_ab hardshrink softshrink shrink thresholded_relu pow prelu swiglu softmax log_softmax hardmax
    logsumexp softmax_cross_entropy'''.split()
LATER = 'ONNX has its operator since version %s; Debian 12 has the tests of 1.12'
REASONS = {
    'relu6': 'Clip from 0 to 6 in ONNX, but no test has these bounds',
    'silu': LATER % '1.19 (Swish)', 'swish': LATER % '1.19 (Swish)', 'gelu_quick': LATER % '1.19 (Swish)',
    'gelu': LATER % '1.15 (Gelu)', 'gelu_tanh': LATER % '1.15 (Gelu)', 'mish': LATER % '1.13 (Mish)',
    'hardsigmoid': 'HardSigmoid with alpha = 1/6 in ONNX, but no test has it', 'swiglu': LATER % '1.23 (SwiGLU)',
}
# Operators that are similar to activations, but not run.  No other operator that is left out is an activation.
NOT_RUN = {
    'NegativeLogLikelihoodLoss': 'starts from log-probabilities: no activation in it',
    'Sign': 'not in the library', 'Erf': 'not in the library', 'Cos': "only as sinusoid's derivative",
    'Max': 'of several tensors', 'Min': 'of several tensors', 'ReduceLogSum': 'of positive numbers, not of logits',
    'RNN': 'a layer', 'SwiGLU': 'Debian 12 has no test of it', 'GRU': 'a layer', 'LSTM': 'a layer',
}
SELU = (1.6732632423543772, 1.0507009873554805)

ELEMENTWISE = {'Abs': 'abs', 'Atan': 'arctan', 'Exp': 'exp', 'HardSwish': 'hardswish', 'Identity': 'identity',
               'Log': 'log', 'Mish': 'mish', 'Relu': 'relu', 'Round': 'round', 'Sigmoid': 'sigmoid', 'Sin': 'sinusoid',
               'Softsign': 'softsign', 'Sqrt': 'sqrt', 'Tanh': 'tanh'}
# Operator: operation, and the attributes that are its parameters in order, with ONNX's defaults.
WITH_ATTRIBUTES = {'Celu': ('celu', {'alpha': 1.0}), 'Elu': ('elu', {'alpha': 1.0}),
                   'HardSigmoid': ('hardsigmoid_ab', {'alpha': 0.2, 'beta': 0.5}),
                   'LeakyRelu': ('leaky_relu', {'alpha': 0.01}), 'Shrink': ('shrink', {'lambd': 0.5, 'bias': 0.0}),
                   'Swish': ('swish', {'alpha': 1.0}), 'ThresholdedRelu': ('thresholded_relu', {'alpha': 1.0})}
ROWS = {'Softmax': 'softmax', 'LogSoftmax': 'log_softmax', 'Hardmax': 'hardmax'}
KNOWN = {*ELEMENTWISE, *WITH_ATTRIBUTES, *ROWS, 'Clip', 'Gelu', 'Pow', 'PRelu', 'ReduceLogSumExp', 'Selu',
         'SoftmaxCrossEntropyLoss', 'Softplus'}


class NotApplicable(Exception):
    pass


def float32(array):
    if not isinstance(array, np.ndarray) or array.dtype != np.float32:
        raise NotApplicable('not float32')
    return array


def run(library, node, version, inputs):
    """Yields (operation, its outputs) for each operation of ours that equals the operator."""
    kind = node.op_type
    attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
    if kind not in KNOWN:
        raise NotApplicable(NOT_RUN.get(kind, 'not an activation'))
    x = inputs[0]
    if kind == 'ReduceLogSumExp' and x.dtype == np.float64:
        # The nearest float32 move the result by less than the tolerance.
        x = x.astype(np.float32)
    float32(x)

    if kind in ELEMENTWISE:
        yield ELEMENTWISE[kind], [library.forward(ELEMENTWISE[kind], x)]
    elif kind == 'Softplus':
        yield 'softplus', [library.forward('softplus', x, [1, np.inf])]
        yield 'softplus', [library.forward('softplus', x)]
    elif kind == 'Gelu':
        op = {b'none': 'gelu', b'tanh': 'gelu_tanh'}[attributes.get('approximate', b'none')]
        yield op, [library.forward(op, x)]
    elif kind in WITH_ATTRIBUTES:
        op, defaults = WITH_ATTRIBUTES[kind]
        params = [attributes.get(name, default) for name, default in defaults.items()]
        yield op, [library.forward(op, x, params)]
        if kind == 'Swish' and params == [1]:
            yield 'silu', [library.forward('silu', x)]
        if kind == 'Swish' and np.float32(params[0]) == np.float32(1.702):
            yield 'gelu_quick', [library.forward('gelu_quick', x)]
        if kind == 'HardSigmoid' and np.allclose(params, [1 / 6, 1 / 2], rtol=1e-6):
            yield 'hardsigmoid', [library.forward('hardsigmoid', x)]
        if kind == 'Shrink' and params[1] == 0:
            yield 'hardshrink', [library.forward('hardshrink', x, params[:1])]
        if kind == 'Shrink' and params[1] == params[0]:
            yield 'softshrink', [library.forward('softshrink', x, params[:1])]
    elif kind == 'Selu':
        alpha, gamma = (attributes.get(name, default) for name, default in zip(('alpha', 'gamma'), SELU))
        if np.allclose([alpha, gamma], SELU, rtol=1e-6):
            yield 'selu', [library.forward('selu', x)]
        # Other settings are an elu times a factor.
        yield 'elu', [library.forward('linear', library.forward('elu', x, [alpha]), [gamma, 0])]
    elif kind == 'Clip':
        bounds = [attributes.get('min', -np.inf), attributes.get('max', np.inf)]
        for i, bound in enumerate(inputs[1:]):
            bounds[i] = bounds[i] if bound is None else float32(bound).item()
        yield 'clip', [library.forward('clip', x, bounds)]
        if bounds[0] <= bounds[1]:
            yield 'hardtanh', [library.forward('hardtanh', x, bounds)]
        if bounds == [0, 6]:
            yield 'relu6', [library.forward('relu6', x)]
    elif kind == 'Pow':
        # An exponent for each element: a call for each exponent.
        bases, exponents = np.broadcast_arrays(x, inputs[1])
        y = [library.forward('pow', [base], [1, exponent])[0] for base, exponent in zip(bases.flat, exponents.flat)]
        yield 'pow', [np.array(y, np.float32).reshape(bases.shape)]
    elif kind == 'PRelu':
        yield 'prelu', [library.prelu(x, inputs[1], *prelu_layout(x.shape, float32(inputs[1]).shape, version))]
    elif kind in ROWS:
        # Up to version 12 all axes from `axis` on were one axis.
        axis = attributes.get('axis', -1 if version >= 13 else 1)
        shape = x.shape if version >= 13 else (int(np.prod(x.shape[:axis % x.ndim])), -1)
        y = library.rows(ROWS[kind], x.reshape(shape), axis if version >= 13 else 1)
        yield ROWS[kind], [y.reshape(x.shape)]
    elif kind == 'ReduceLogSumExp':
        axes = attributes.get('axes', inputs[1].tolist() if len(inputs) > 1 and inputs[1] is not None else None)
        axes = range(x.ndim) if not axes else [axis % x.ndim for axis in axes]
        kept = [axis for axis in range(x.ndim) if axis not in axes]
        last = x.transpose(kept + list(axes)).reshape([x.shape[axis] for axis in kept] + [-1])
        y = library.rows('logsumexp', last, -1)
        yield 'logsumexp', [np.expand_dims(y, tuple(axes)) if attributes.get('keepdims', 1) else y]
    else:  # SoftmaxCrossEntropyLoss
        labels, weights = inputs[1], inputs[2] if len(inputs) > 2 else None
        ignored = attributes.get('ignore_index', -1)
        taken = labels != ignored if 'ignore_index' in attributes else np.full(labels.shape, True)
        w = np.ones(labels.shape, np.float32) if weights is None else weights[np.where(taken, labels, 0)]
        w = np.where(taken, w, np.float32(0))
        loss = library.cross_entropy(x, labels, 1, ignored, w)[0]
        reduction = attributes.get('reduction', b'mean')
        if reduction != b'none':
            loss = np.float32(loss.sum(dtype=float) / (w.sum(dtype=float) if reduction == b'mean' else 1))
        yield 'softmax_cross_entropy', [loss, library.rows('log_softmax', x, 1)][:len(node.output)]


def prelu_layout(shape, slopes, version):
    """(outer, channels, inner) for slopes that are broadcast to x."""
    if version < 7 and slopes != (1,):
        slopes = slopes + (1,) * (len(shape) - 2)  # one slope for each channel; axis 1 has the channels
    slopes = (1,) * (len(shape) - len(slopes)) + slopes
    axes = [axis for axis, size in enumerate(slopes) if size != 1] or [len(shape)]
    first, end = axes[0], axes[-1] + 1
    if slopes[first:end] != shape[first:end]:
        raise NotApplicable('slopes broadcast over an axis between two others')
    return int(np.prod(shape[:first])), int(np.prod(slopes)), int(np.prod(shape[end:]))


def whole_graph(library, kinds, graph, inputs):
    """Patterns that older exports of PyTorch express with several operators."""
    if kinds == ('Neg', 'Softmax'):
        axis = onnx.helper.get_attribute_value(graph.node[1].attribute[0])
        yield 'softmin', [library.rows('softmin', inputs[0], axis)]
    elif kinds == ('Split', 'Sigmoid', 'Mul'):
        axis = [onnx.helper.get_attribute_value(a) for a in graph.node[0].attribute if a.name == 'axis'][0]
        y = library.gates('glu', np.moveaxis(inputs[0], axis, -1), GATE_LAST)
        yield 'glu', [np.moveaxis(y, -1, axis)]
    elif kinds == ('Abs', 'Constant', 'Add', 'Div'):
        yield 'softsign', [library.forward('softsign', inputs[0])]
    else:
        raise NotApplicable('several operators')


def tensors(directory, stem):
    """The arrays of stem_0.pb ... in their order; None for a file that holds no tensor."""
    result = []
    for i in range(len(glob.glob(os.path.join(directory, stem + '_*.pb')))):
        with open(os.path.join(directory, f'{stem}_{i}.pb'), 'rb') as file:
            data = file.read()
        tensor = onnx.TensorProto()
        try:
            tensor.ParseFromString(data)
            result.append(numpy_helper.to_array(tensor))
        except Exception:  # a sequence or an optional value; the type of the error depends on the version
            result.append(None)
    return result


def judge(report, case, op, outputs, expected):
    for got, want in zip(outputs, expected):
        if got.shape != want.shape:
            report.line('failed', case, f'{op}: shape {got.shape}, not {want.shape}')
            return
        with np.errstate(all='ignore'):
            right = np.isclose(got, want, rtol=RELATIVE, atol=ABSOLUTE, equal_nan=True)
        if not right.all():
            worst = np.unravel_index(np.argmin(right), right.shape)
            report.line('failed', case, f'{op}: {np.sum(~right)} of {right.size} wrong: '
                        f'output {worst} is {got[worst]!r}, not {want[worst]!r}')
            return
    off = max(worst_ulp(got, np.float64(want)) for got, want in zip(outputs, expected))
    report.line('passed', case, f'{op}: {sum(got.size for got in outputs)} values, at most {off:.3g} ulp off')


def main():
    data = sys.argv[2] if len(sys.argv) > 2 else DATA
    if not os.path.isdir(data):
        skip('onnx', f'libonnx-testdata is not installed: there is no {data}')
    library = Actfn(sys.argv[1])
    report = Report('onnx')
    print(library, f'onnx {onnx.__version__}', sep=', ')
    others = collections.Counter()
    directories = sorted(glob.glob(os.path.join(data, '*', '*', '')))
    for directory in directories:
        case = os.path.relpath(directory, data)
        if os.path.basename(os.path.dirname(os.path.dirname(directory))) == 'real':
            others['whole networks', 'not an activation'] += 1
            continue
        model = onnx.load(os.path.join(directory, 'model.onnx'))
        kinds = tuple(node.op_type for node in model.graph.node)
        version = max([entry.version for entry in model.opset_import if entry.domain in ('', 'ai.onnx')], default=1)
        sets = sorted(glob.glob(os.path.join(directory, 'test_data_set_*')))
        if not sets:
            report.line('failed', case, 'has no data')
        for test_set in sets:
            # An omitted input has the name ''.  An input that the model contains has no file.
            given = {value.name for value in model.graph.initializer}
            files = iter(tensors(test_set, 'input'))
            named = {value.name: next(files, None) for value in model.graph.input if value.name not in given}
            named.update((value.name, numpy_helper.to_array(value)) for value in model.graph.initializer)
            expected = tensors(test_set, 'output')
            try:
                if len(kinds) == 1:
                    node = model.graph.node[0]
                    results = list(run(library, node, version, [named.get(name) for name in node.input]))
                else:
                    results = list(whole_graph(library, kinds, model.graph, list(named.values())))
            except NotApplicable as reason:
                others[kinds[0] if len(kinds) == 1 else 'several operators', str(reason)] += 1
                continue
            except (AttributeError, RuntimeError) as error:  # a status, or a missing entry
                report.line('failed', case, str(error))
                continue
            for op, outputs in results:
                report.ran_op(op)
                judge(report, case, op, outputs, expected)
    for (kind, reason), count in sorted(others.items()):
        report.line('not applicable', f'{kind} ({count})', reason, count)
    report.check_covered(FUNCTIONS, REASONS)
    return report.finish()


if __name__ == '__main__':
    sys.exit(main())
