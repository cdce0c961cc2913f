# SPDX-License-Identifier: MIT
"""Reads the catalogue of a built library through ctypes, and calls its operations."""
import collections
import ctypes
import math

Param = collections.namedtuple("Param", "name default minimum maximum flags")
FAMILIES = ("elementwise", "channels", "random", "gates", "rows", "losses")
FROM_OUTPUT, PARAM_GRADIENT, READS_X, READS_Y, REDUCES = 1, 2, 4, 8, 16
REQUIRED, NONZERO, TRAINED = 1, 2, 4


class _Param(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p), ("default", ctypes.c_float), ("minimum", ctypes.c_float),
                ("maximum", ctypes.c_float), ("flags", ctypes.c_uint)]


class _Op(ctypes.Structure):
    _fields_ = [("op", ctypes.c_int)] + [
        (name, ctypes.c_char_p) for name in ("name", "aliases", "formula", "derivative", "derivative_from_output",
                                             "note", "legal", "from_output_legal")
    ] + [("ulp_forward", ctypes.c_float), ("ulp_backward", ctypes.c_float), ("param_count", ctypes.c_int),
         ("flags", ctypes.c_uint), ("family", ctypes.c_int)]


def buffer(values):
    return (ctypes.c_float * len(values))(*values)


def f32(value):
    return ctypes.c_float(value).value


class Library:
    """A shared library and the list of its operations."""

    def __init__(self, path):
        self.c = ctypes.CDLL(path)
        self.c.actfn_op_info.restype = ctypes.POINTER(_Op)
        self.c.actfn_op_param.restype = ctypes.POINTER(_Param)
        for name in ("actfn_isa_name", "actfn_version_string", "actfn_status_string"):
            getattr(self.c, name).restype = ctypes.c_char_p
        self.isa = self.c.actfn_isa_name().decode()
        self.ops = [Op(self, index) for index in range(self.c.actfn_op_count())]

    def call(self, name, *arguments):
        """Calls an entry with ctypes arguments, and raises its status as an error."""
        status = getattr(self.c, name)(*arguments)
        if status:
            raise ValueError(f"{name}: {self.c.actfn_status_string(status).decode()}")


class Op:
    def __init__(self, library, index):
        info = library.c.actfn_op_info(index).contents
        self.library, self.index = library, index
        for name, kind in _Op._fields_:
            if kind is ctypes.c_char_p:
                setattr(self, name, getattr(info, name).decode())
        self.ulp = info.ulp_forward, info.ulp_backward
        self.flags = info.flags
        self.family = FAMILIES[info.family]
        self.params = []
        for k in range(info.param_count):
            p = library.c.actfn_op_param(index, k).contents
            self.params.append(Param(p.name.decode(), p.default, p.minimum, p.maximum, p.flags))

    def setting(self, example):
        """A value for each parameter: the value of the example, or else the default."""
        unknown = set(example) - {p.name for p in self.params}
        if unknown:
            raise ValueError(f"{self.name} has no parameter {', '.join(sorted(unknown))}")
        values = [example.get(p.name, p.default) for p in self.params]
        missing = [p.name for p, value in zip(self.params, values) if isinstance(value, float) and math.isnan(value)]
        if missing:
            raise ValueError(f"{self.name}: facts.toml has no example for {', '.join(missing)}")
        return values
