# SPDX-License-Identifier: MIT
"""Makes functions of one variable from an operation, computed by the library: they are plotted and studied.

An elementwise operation is such a function already.  The others become one if all other inputs are fixed: the value of
a gate at 1, the second entry of a row at 0, the target of a loss at 1 or 0.
"""
import collections
import ctypes

from catalogue import REDUCES, buffer

# f and df take a list of numbers and return a list.  names are the names of f and df; a legend leaves out an empty name.
Curve = collections.namedtuple("Curve", "names f df")
PLAIN = "f", "f′"
FIRST = "y[0]", "∂y[0]/∂x"
Curves = collections.namedtuple("Curves", "variable main others band")

SEED = 42


def size(n):
    return ctypes.c_size_t(n)


def u64(n):
    return ctypes.c_uint64(n)


def elementwise(op, params):
    p = buffer(params) if params else None
    call = op.library.call

    def f(x):
        y = buffer(x)
        call("actfn_forward_f32", op.index, 0, p, size(len(x)), buffer(x), y)
        return list(y)

    def df(x):
        dx = buffer(x)
        call("actfn_backward_f32", op.index, 0, p, size(len(x)), buffer(x), buffer([1.0] * len(x)), dx)
        return list(dx)

    return Curves("x", Curve(PLAIN, f, df), [], None)


def channels(op, params):
    arrays = [buffer(value if isinstance(value, list) else [value]) for value in params]
    weights = (ctypes.c_void_p * len(arrays))(*(ctypes.addressof(a) for a in arrays))
    weights.arrays = arrays
    terms = size(len(arrays[0]))
    call = op.library.call

    def f(x):
        y = buffer(x)
        call("actfn_channels_forward_f32", op.index, 0, size(1), size(1), size(len(x)), terms, weights, buffer(x), y)
        return list(y)

    def df(x):
        dx = buffer(x)
        call("actfn_channels_backward_f32", op.index, 0, size(1), size(1), size(len(x)), terms, weights, buffer(x),
             buffer([1.0] * len(x)), dx, None)
        return list(dx)

    return Curves("x", Curve(PLAIN, f, df), [], None)


def rrelu(op, params):
    p, call = buffer(params), op.library.call

    def f(x):
        y = buffer(x)
        call("actfn_rrelu_eval_f32", 0, p, size(len(x)), buffer(x), y)
        return list(y)

    def df(x):
        dx = buffer(x)
        call("actfn_rrelu_eval_backward_f32", 0, p, size(len(x)), buffer(x), buffer([1.0] * len(x)), dx)
        return list(dx)

    def drawn(x):
        y = buffer(x)
        call("actfn_rrelu_f32", 0, p, size(len(x)), buffer(x), y, None, u64(SEED), u64(0), u64(0))
        return list(y)

    def edge(slope):
        def line(x):
            y = buffer(x)
            call("actfn_leaky_relu_f32", size(len(x)), buffer(x), y, ctypes.c_float(slope))
            return list(y)
        return line

    return Curves("x", Curve(("f, evaluation", "f′, evaluation"), f, df), [], (edge(params[0]), edge(params[1]), drawn))


def gumbel_softmax(op, params):
    """The first entry of the row (x, 0), with the same noise for every x.  Each stream has different noise."""
    p, call = buffer(params), op.library.call

    def of(stream):
        def soft(x):
            rows = []
            for value in x:
                y = buffer([0.0, 0.0])
                call("actfn_gumbel_softmax_f32", 0, p, 0, size(1), size(2), size(1), buffer([value, 0.0]), y, None,
                     u64(SEED), u64(stream), u64(0))
                rows.append(list(y))
            return rows

        def f(x):
            return [row[0] for row in soft(x)]

        def df(x):
            y = [value for row in soft(x) for value in row]
            dx = buffer(y)
            call("actfn_gumbel_softmax_backward_f32", 0, p, size(len(x)), size(2), size(1), buffer(y),
                 buffer([1.0, 0.0] * len(x)), dx)
            return list(dx)[::2]

        return f, df

    return Curves("x of the row (x, 0)", Curve(FIRST, *of(0)), [Curve(("", ""), *of(k)) for k in (1, 2, 3)], None)


def gates(op, params):
    p = buffer(params) if params else None
    call = op.library.call

    def f(u):
        n, y = size(len(u)), buffer(u)
        call("actfn_gates_forward_f32", op.index, 0, p, size(1), n, buffer(u), n, buffer([1.0] * len(u)), n, y, n)
        return list(y)

    def df(u):
        n, du, ones = size(len(u)), buffer(u), buffer([1.0] * len(u))
        call("actfn_gates_backward_f32", op.index, 0, p, size(1), n, buffer(u), n, ones, n, buffer([1.0] * len(u)), n,
             du, n, None, n)
        return list(du)

    return Curves("u, with v = 1", Curve(("y", "∂y/∂u"), f, df), [], None)


def rows(op, params):
    p = buffer(params) if params else None
    call, one = op.library.call, bool(op.flags & REDUCES)

    def pairs(x):
        return buffer([value for first in x for value in (first, 0.0)])

    def forward(x):
        y = buffer([0.0] * (len(x) if one else 2 * len(x)))
        call("actfn_rows_forward_f32", op.index, 0, p, 0, size(len(x)), size(2), size(1), pairs(x), y)
        return y

    def f(x):
        return list(forward(x))[::1 if one else 2]

    def df(x):
        dx = buffer([0.0] * 2 * len(x))
        dy = buffer([1.0] * len(x) if one else [1.0, 0.0] * len(x))
        call("actfn_rows_backward_f32", op.index, 0, p, 0, size(len(x)), size(2), size(1), pairs(x), forward(x), dy, dx)
        return list(dx)[::2]

    return Curves("x of the row (x, 0)", Curve(("y", "∂y/∂x") if one else FIRST, f, df), [], None)


def losses(op, params):
    p = buffer(params) if params else None
    call, unit = op.library.call, ctypes.c_float(1.0)

    def of(t):
        def both(z):
            n, loss, dz = len(z), buffer(z), buffer(z)
            if op.name == "softmax_cross_entropy":
                dz = buffer([0.0] * 2 * n)
                classes = (ctypes.c_int64 * n)(*([1 - t] * n))
                call("actfn_softmax_cross_entropy_f32", 0, p, size(n), size(2), size(1),
                     buffer([value for first in z for value in (first, 0.0)]), classes, ctypes.c_int64(-1), None, unit,
                     loss, dz)
                return list(loss), list(dz)[::2]
            call("actfn_loss_f32", op.index, 0, p, size(n), buffer(z), buffer([float(t)] * n), None, unit, loss, dz)
            return list(loss), list(dz)

        label = f"class {1 - t}" if op.name == "softmax_cross_entropy" else f"t = {t}"
        return Curve((f"L, {label}", f"∂L/∂z, {label}"), lambda z: both(z)[0], lambda z: both(z)[1])

    variable = "z of the row (z, 0)" if op.name == "softmax_cross_entropy" else "z"
    return Curves(variable, of(1), [of(0)], None)


def curves_of(op, params):
    if op.family == "random":
        return {"rrelu": rrelu, "gumbel_softmax": gumbel_softmax}[op.name](op, params)
    return globals()[op.family](op, params)
