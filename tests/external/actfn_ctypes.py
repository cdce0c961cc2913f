# SPDX-License-Identifier: MIT
"""The library through ctypes: its catalogue, and the functions of each family on numpy arrays.

Arrays are float32; results are new arrays.  A status other than ACTFN_OK raises an exception.  ACTFN_TEST_MODE=accurate in the
environment selects that mode and the bounds of that mode.
"""
import ctypes as c
import math
import os
from types import SimpleNamespace

import numpy as np

GATE_FIRST, GATE_LAST = 1, 2
MASKED_ROWS_ZERO = 1
READS_X, READS_Y, REDUCES = 4, 8, 16
SIZE_MAX = c.c_size_t(-1).value
MODES = ['accurate', 'fast']


class OpInfo(c.Structure):
    _fields_ = ([('op', c.c_int)]
                + [(text, c.c_char_p) for text in ('name', 'aliases', 'formula', 'derivative', 'derivative_from_output',
                                                   'note', 'legal', 'from_output_legal')]
                + [('ulp_forward', c.c_float), ('ulp_backward', c.c_float), ('param_count', c.c_int),
                   ('flags', c.c_uint), ('family', c.c_int), ('ulp_forward_fast', c.c_float),
                   ('ulp_backward_fast', c.c_float)])


def _pointer(array):
    return None if array is None else array.ctypes.data_as(c.c_void_p)


def _floats(array):
    return None if array is None else np.ascontiguousarray(array, np.float32)


class Actfn:
    def __init__(self, path):
        self.library = c.CDLL(path)
        self.mode = MODES.index(os.environ.get('ACTFN_TEST_MODE', 'fast'))
        fast = '_fast' if self.mode else ''
        self.library.actfn_op_info.restype = c.POINTER(OpInfo)
        for name in ('actfn_status_string', 'actfn_family_name', 'actfn_isa_name', 'actfn_version_string'):
            getattr(self.library, name).restype = c.c_char_p
        self.ops = {}
        for op in range(self.library.actfn_op_count()):
            info = self.library.actfn_op_info(op).contents
            self.ops[info.name.decode()] = SimpleNamespace(
                op=info.op, forward=getattr(info, f'ulp_forward{fast}'), backward=getattr(info, f'ulp_backward{fast}'),
                flags=info.flags, family=self.library.actfn_family_name(info.family).decode())

    def __str__(self):
        return (f'actfn {self.library.actfn_version_string().decode()}, {self.library.actfn_isa_name().decode()}, '
                f'{MODES[self.mode]} mode, {len(self.ops)} operations')

    def _call(self, entry, *arguments):
        """Converts a Python int among the arguments to size_t; a ctypes int stays unchanged."""
        converted = []
        for argument in arguments:
            if isinstance(argument, np.ndarray) or argument is None:
                converted.append(_pointer(argument))
            else:
                converted.append(c.c_size_t(argument) if isinstance(argument, int) else argument)
        status = getattr(self.library, entry)(*converted)
        if status:
            raise RuntimeError(f'{entry}: {self.library.actfn_status_string(status).decode()}')

    def _head(self, name):
        return c.c_int(self.ops[name].op), c.c_int(self.mode)

    # ---- elementwise ---------------------------------------------------------------------------------------------

    def forward(self, name, x, params=None):
        x, y = _floats(x), np.empty(np.shape(x), np.float32)
        self._call('actfn_forward_f32', *self._head(name), _floats(params), x.size, x, y)
        return y

    def backward(self, name, x, dy, params=None):
        x, dy, dx = _floats(x), _floats(dy), np.empty(np.shape(x), np.float32)
        self._call('actfn_backward_f32', *self._head(name), _floats(params), x.size, x, dy, dx)
        return dx

    # ---- rows: over one axis of any array ------------------------------------------------------------------------

    @staticmethod
    def _rows_of(shape, axis):
        axis %= len(shape)
        return math.prod(shape[:axis]), shape[axis], math.prod(shape[axis + 1:])

    def rows(self, name, x, axis, params=None, flags=0):
        x = _floats(x)
        outer, n, inner = self._rows_of(x.shape, axis)
        shape = list(x.shape)
        if self.ops[name].flags & REDUCES:
            del shape[axis]
        y = np.empty(shape, np.float32)
        self._call('actfn_rows_forward_f32', *self._head(name), _floats(params), c.c_uint(flags), outer, n, inner, x, y)
        return y

    def rows_backward(self, name, x, y, dy, axis, params=None, flags=0):
        """Passes NULL for an array that the operation does not read."""
        shape = np.shape(x)
        x = _floats(x) if self.ops[name].flags & READS_X else None
        y = _floats(y) if self.ops[name].flags & READS_Y else None
        dx = np.empty(shape, np.float32)
        self._call('actfn_rows_backward_f32', *self._head(name), _floats(params), c.c_uint(flags),
                   *self._rows_of(shape, axis), x, y, _floats(dy), dx)
        return dx

    # ---- channels: prelu -----------------------------------------------------------------------------------------

    def prelu(self, x, a, outer, channels, inner):
        x, a, y = _floats(x), _floats(a), np.empty(np.shape(x), np.float32)
        weights = (c.c_void_p * 1)(a.ctypes.data)
        self._call('actfn_channels_forward_f32', *self._head('prelu'), outer, channels, inner, 1, weights, x, y)
        return y

    def prelu_backward(self, x, a, dy, outer, channels, inner):
        x, a, dy = _floats(x), _floats(a), _floats(dy)
        dx, da = np.empty(x.shape, np.float32), np.empty(a.shape, np.float32)
        weights, gradients = (c.c_void_p * 1)(a.ctypes.data), (c.c_void_p * 1)(da.ctypes.data)
        self._call('actfn_channels_backward_f32', *self._head('prelu'), outer, channels, inner, 1, weights, x, dy, dx,
                   gradients)
        return dx, da

    # ---- gates, packed rows --------------------------------------------------------------------------------------

    def gates(self, name, x, layout, params=None):
        x = _floats(x)
        y = np.empty(x.shape[:-1] + (x.shape[-1] // 2,), np.float32)
        self._call('actfn_gates_packed_forward_f32', *self._head(name), _floats(params), c.c_int(layout),
                   math.prod(x.shape[:-1]), x.shape[-1], x, y)
        return y

    def gates_backward(self, name, x, dy, layout, params=None):
        x, dx = _floats(x), np.empty(np.shape(x), np.float32)
        self._call('actfn_gates_packed_backward_f32', *self._head(name), _floats(params), c.c_int(layout),
                   math.prod(x.shape[:-1]), x.shape[-1], x, _floats(dy), dx)
        return dx

    # ---- random --------------------------------------------------------------------------------------------------

    def rrelu_eval(self, x, params=None):
        x, y = _floats(x), np.empty(np.shape(x), np.float32)
        self._call('actfn_rrelu_eval_f32', c.c_int(self.mode), _floats(params), x.size, x, y)
        return y

    def rrelu_eval_backward(self, x, dy, params=None):
        x, dx = _floats(x), np.empty(np.shape(x), np.float32)
        self._call('actfn_rrelu_eval_backward_f32', c.c_int(self.mode), _floats(params), x.size, x, _floats(dy), dx)
        return dx

    # ---- losses: (loss, dz) --------------------------------------------------------------------------------------

    def loss(self, name, z, t, w=None, params=None, scale=1.0):
        z = _floats(z)
        loss, dz = np.empty(z.shape, np.float32), np.empty(z.shape, np.float32)
        self._call('actfn_loss_f32', *self._head(name), _floats(params), z.size, z, _floats(t), _floats(w),
                   c.c_float(scale), loss, dz)
        return loss, dz

    def cross_entropy(self, z, classes, axis, ignore_index=-1, w=None, params=None, scale=1.0):
        z, classes = _floats(z), np.ascontiguousarray(classes, np.int64)
        loss, dz = np.empty(classes.shape, np.float32), np.empty(z.shape, np.float32)
        self._call('actfn_softmax_cross_entropy_f32', c.c_int(self.mode), _floats(params),
                   *self._rows_of(z.shape, axis), z, classes, c.c_int64(ignore_index), _floats(w), c.c_float(scale),
                   loss, dz)
        return loss, dz

    def cross_entropy_dense(self, z, t, axis, w=None, scale=1.0):
        z = _floats(z)
        loss, dz = np.empty(np.delete(z.shape, axis % z.ndim), np.float32), np.empty(z.shape, np.float32)
        self._call('actfn_softmax_cross_entropy_dense_f32', c.c_int(self.mode), *self._rows_of(z.shape, axis), z,
                   _floats(t), _floats(w), c.c_float(scale), loss, dz)
        return loss, dz


# ---- judging ---------------------------------------------------------------------------------------------------------

def ulp(exact):
    """A float32's unit in the last place at each exact value, 2^-149 among the subnormals."""
    exact = np.asarray(exact, np.float64)
    exponent = np.frexp(np.where(np.isfinite(exact), exact, 1.0))[1]
    return np.where(exact == 0, 2.0**-149, np.ldexp(1.0, np.maximum(exponent - 24, -149)))


def misses(got, exact, tolerance):
    """(the number of values that are off by more than their tolerance, the index of the worst or None).

    A NaN must be a NaN on both sides.  An infinity counts as 2^128, and is right if exact rounds to it.
    """
    with np.errstate(all='ignore'):
        exact = np.asarray(exact, np.float64)
        rounded = exact.astype(np.float32)
        error = np.abs(np.where(np.isinf(got), np.copysign(2.0**128, got), np.float64(got))
                       - np.where(np.isinf(exact), np.copysign(2.0**128, exact), exact))
        right = (got == rounded) | (np.isnan(got) & np.isnan(exact)) | (error <= tolerance)
        if np.all(right):
            return 0, None
        excess = np.where(right, 0, np.where(np.isnan(error), np.inf, error / tolerance))
        return int(np.sum(~right)), np.unravel_index(np.argmax(excess), excess.shape)


def worst_ulp(got, exact):
    with np.errstate(all='ignore'):
        error = np.abs(np.float64(got) - exact) / ulp(exact)
    error = error[np.isfinite(error)]
    return float(error.max()) if error.size else 0.0


class Report:
    """Prints a line for each case: passed, failed, or not applicable and why."""

    def __init__(self, suite):
        self.suite, self.counts, self.ran = suite, {'passed': 0, 'failed': 0, 'not applicable': 0}, set()

    def line(self, status, case, text, count=1):
        self.counts[status] += count
        print(f'{self.suite} | {status:14} | {case} | {text}')

    def ran_op(self, op):
        self.ran.add(op)

    def check_covered(self, functions, reasons):
        """Checks that each function of the peer has run or has a reason not to."""
        for function in functions:
            if function in self.ran:
                continue
            if function in reasons:
                self.line('not applicable', function, reasons[function])
            else:
                self.line('failed', function, 'neither run nor given a reason')

    def finish(self):
        print(f'{self.suite}: {len(self.ran)} operations, '
              + ', '.join(f'{count} {status}' for status, count in self.counts.items()))
        return 1 if self.counts['failed'] else 0


def skip(suite, reason):
    """Ends the test as skipped, by name; ctest knows this by the status."""
    print(f'== {suite}: skipped: {reason}')
    raise SystemExit(77)
