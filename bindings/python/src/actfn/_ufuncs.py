# SPDX-License-Identifier: MIT
"""The elementwise operations: a numpy.ufunc for each, and for its gradients."""

import numpy as np

from . import _core
from ._catalogue import MODE_TEXT, MODES, error_bound, formula, of_family, paragraphs, param_entry, section

# A form's suffix and its inputs; the numbers are those of the extension.
FORMS = {0: ("", ("x",)), 1: ("_backward", ("x", "dy")), 2: ("_backward_from_output", ("y", "dy"))}

_made = {}  # the name of a ufunc without keywords bound -> (operation, form)


def _doc(operation, form):
    inputs = FORMS[form][1]
    whole = {
        "x": "x : array_like\n    float32, or what casts safely to it; any shape and strides",
        "y": f"y : array_like\n    What {operation.name}(x) gave: the forward pass may have run in place",
        "dy": "dy : array_like\n    The gradient that arrives; broadcast against the other",
    }
    if form == 0:
        head = f"{operation.name}, elementwise, in float32."
    else:
        head = f"dx = dy f'({inputs[0]}) of {operation.name}, elementwise, in float32."
    return paragraphs(
        head,
        formula(operation, form > 0, form == 2),
        section(
            "Parameters",
            *(whole[name] for name in inputs),
            *map(param_entry, operation.params),
            MODE_TEXT,
            "out, where, casting, dtype, order, subok\n    As NumPy's own ufuncs have them.",
        ),
        section(
            "Raises",
            "TypeError\n    An input does not cast safely to float32, or a keyword is unknown or missing.",
            "ValueError\n    A parameter is outside its range, out is read-only, or shapes do not broadcast.",
        ),
        error_bound(operation, form > 0),
    )


def _make(operation, form):
    name = operation.name + FORMS[form][0]
    _made[name] = operation, form
    keywords = tuple(param.keyword for param in operation.params)
    return _core.make_ufunc(operation.op, form, MODES["reproducible"], None, keywords, (name, _doc(operation, form)))


def make_all():
    """{name: ufunc}, from the catalogue."""
    ufuncs = {}
    for operation in of_family("elementwise"):
        for form in (0, 1, 2) if operation.from_output else (0, 1):
            ufuncs[operation.name + FORMS[form][0]] = _make(operation, form)
    return ufuncs


# ---- keywords bound --------------------------------------------------------------------------------------------------


def _dotless(value):
    """A float32 without a point: pickle takes the points of a ufunc's name for attributes."""
    if np.isinf(value):
        return str(value)
    digits, exponent = np.format_float_scientific(np.float32(value), unique=True, trim="-").split("e")
    whole, _, fraction = digits.partition(".")
    exponent = int(exponent) - len(fraction)
    return f"{whole}{fraction}" + (f"e{exponent}" if exponent else "")


def _bind(ufunc, values, mode):
    """The extension asks for a ufunc that it has not made yet."""
    operation, form = _made[ufunc.__name__]
    operation.check(values, form)
    # What is the default is left out, but not what would then leave the parentheses empty.
    words = [
        f"{param.keyword}={_dotless(value)}"
        for param, value in zip(operation.params, values)
        if param.required or value != param.default or np.signbit(value) != np.signbit(param.default)
    ]
    if mode:
        words.append("mode=fast")
    if not words:
        return ufunc
    return _core.make_ufunc(
        operation.op, form, mode, tuple(values), None, (f"{ufunc.__name__}({', '.join(words)})", _doc(operation, form))
    )


def from_name(name, ufuncs):
    """The ufunc that _bind named so, for pickle; AttributeError where there is none."""
    head, parenthesis, rest = name.partition("(")
    if not parenthesis or head not in _made or not rest.endswith(")"):
        raise AttributeError(f"module 'actfn' has no attribute {name!r}")
    keywords = {}
    for word in rest[:-1].split(", "):
        key, _, value = word.partition("=")
        keywords[key] = value if key == "mode" else float(value)
    return _core.bind(ufuncs[head], **keywords)


# ---- what NumPy's exceptions leave out -------------------------------------------------------------------------------


def _own_ufunc_protocol(value):
    return type(value).__array_ufunc__ is not np.ndarray.__array_ufunc__ if hasattr(value, "__array_ufunc__") else False


def _explain(ufunc, arguments, keywords, error):
    """A better exception than NumPy's, or None where that says all."""
    name = ufunc.__name__.partition("(")[0]
    names = FORMS[_made[name][1]][1]
    out = keywords.get("out")
    outputs = arguments[len(names) :] or (out if isinstance(out, tuple) else (out,))
    inputs = list(zip(names, arguments))
    if any(
        _own_ufunc_protocol(value)
        for value in (*arguments, *outputs)
        if not isinstance(value, (np.ndarray, np.generic))
    ):
        return None
    for value in outputs:
        if isinstance(value, np.ndarray) and not value.flags.writeable:
            return ValueError(f"{name}: out is read-only")
    if isinstance(error, TypeError) and len(arguments) >= len(names) and "dtype" not in keywords:
        for argument, value in inputs:
            dtype = np.asarray(value).dtype
            if not np.can_cast(dtype, np.float32, keywords.get("casting", "safe")):
                return TypeError(
                    f"{name}: {argument} is {dtype}, which does not cast safely to float32: pass "
                    f"{argument}.astype(numpy.float32), or dtype=numpy.float32, casting='same_kind'"
                )
        if isinstance(outputs[0], np.ndarray) and not np.can_cast(np.float32, outputs[0].dtype, "same_kind"):
            return TypeError(f"{name}: out is {outputs[0].dtype}, and cannot hold float32")
    if isinstance(error, ValueError) and "broadcast" in str(error):
        shapes = " and ".join(f"{argument} {np.shape(value)}" for argument, value in inputs)
        if outputs[0] is not None:
            shapes += f" and out {np.shape(outputs[0])}"
        return ValueError(f"{name}: shapes do not go together: {shapes}")
    return None


_core.set_hooks(_bind, _explain)
