#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""test_numpy.py LIBRARY: the library on NumPy's validation sets of transcendental functions, within its promised bounds.

The files' outputs are correctly rounded, so a bound of b ULP allows a distance of floor(b + 1/2) floats.  Where a file's
own tolerance is greater, the test uses that tolerance.
"""
import glob
import math
import os
import re
import sys

try:
    import numpy as np
except ImportError:
    print('== numpy: skipped: numpy (python3-numpy) is not installed for this Python')
    sys.exit(77)

from actfn_ctypes import Actfn, Report

# file: [(operation, its parameters, backward?, which inputs)]
EVERY = None
RUN = {
    'exp': [('exp', None, False, EVERY), ('exp', None, True, EVERY)],
    'expm1': [('elu', [1], False, lambda x: x <= 0), ('celu', [1], False, lambda x: x <= 0)],
    'log': [('log', None, False, EVERY)],
    'sin': [('sinusoid', None, False, EVERY)],
    'cos': [('sinusoid', None, True, EVERY)],
    'tanh': [('tanh', None, False, EVERY), ('scaled_tanh', [1, 1], False, EVERY)],
    'arctan': [('arctan', None, False, EVERY)],
}
REASONS = dict.fromkeys('arccos arccosh arcsin arcsinh arctanh cbrt cosh exp2 log10 log1p log2 sinh tan'.split(),
                        'no operation of the library computes it')


def table(path):
    """The inputs and outputs of the float32 rows, as bits, and the file's tolerance."""
    rows = []
    with open(path) as lines:
        for line in lines:
            fields = line.split(',')
            if fields[0] == 'np.float32':
                # A comment may follow a number.
                rows.append([int(fields[1], 16), int(fields[2], 16), int(re.match(r'\s*\d+', fields[3])[0])])
    bits = np.array(rows, np.int64)
    x, y = (bits[:, column].astype(np.uint32).view(np.float32) for column in (0, 1))
    return x, y, bits[:, 2].max()


def ordered(values):
    """Floats as integers that count them: neighbours differ by 1, and both zeros are 0."""
    bits = values.view(np.int32).astype(np.int64)
    return np.where(bits < 0, -(bits & 0x7fffffff), bits)


def main():
    library = Actfn(sys.argv[1])
    report = Report('numpy')
    print(library, f'numpy {np.__version__}', sep=', ')
    pattern = os.path.join(os.path.dirname(np.__file__), '*core', 'tests', 'data', 'umath-validation-set-*.csv')
    files = {re.search(r'set-(.*)\.csv', path)[1]: path for path in glob.glob(pattern)}
    for name in sorted(set(files) | set(RUN) | set(REASONS)):
        if name in REASONS:
            report.line('not applicable', name, REASONS[name])
            continue
        if name not in files or name not in RUN:
            report.line('failed', name, 'the file is missing' if name in RUN else
                        'a new file: neither run nor given a reason')
            continue
        x, expected, tolerance = table(files[name])
        for op, params, backward, which in RUN[name]:
            keep = np.full(x.shape, True) if which is EVERY else which(x) | np.isnan(x)
            inputs, outputs = x[keep], expected[keep]
            if backward:
                got, bound = library.backward(op, inputs, np.ones_like(inputs), params), library.ops[op].backward
            else:
                got, bound = library.forward(op, inputs, params), library.ops[op].forward
            nan = np.isnan(outputs)
            distance = np.where(nan | np.isnan(got), 0, np.abs(ordered(got) - ordered(outputs)))
            bad = (np.isnan(got) != nan) | (distance > math.floor(bound + 0.5))
            report.ran_op(op)
            case = f"{name}: {op}{chr(39) if backward else ''}{params or ''}"
            text = (f'{len(inputs)} of {len(x)} rows, {bound:g} ulp promised, at most {distance.max()} floats off '
                    f'(file: {tolerance})')
            if bad.any():
                worst = np.argmax(np.where(bad, distance + 1, 0))
                text += (f'; {bad.sum()} wrong: x = {float(inputs[worst]).hex()} gives {float(got[worst]).hex()}, '
                         f'not {float(outputs[worst]).hex()}')
            report.line('failed' if bad.any() else 'passed', case, text)
    return report.finish()


if __name__ == '__main__':
    sys.exit(main())
