# SPDX-License-Identifier: MIT
"""The elementwise operations: a numpy.ufunc for each, and for its gradients."""

import inspect

import numpy as np

from . import _core
from ._arrays import answers_for_itself, as_floats, refusal
from ._catalogue import MODE_TEXT, MODES, error_bound, formula, of_family, paragraphs, param_entry, section
from ._names import keyword_aliases, unexpected

# NumPy's own keywords, as its ufuncs have them.
NUMPY_KEYWORDS = {"out": None, "where": True, "casting": "same_kind", "order": "K", "dtype": None, "subok": True}

# A form's suffix and its inputs; the numbers are those of the extension.
FORMS = {0: ("", ("x",)), 1: ("_backward", ("x", "dy")), 2: ("_backward_from_output", ("y", "dy"))}

_made = {}  # the name of a ufunc without keywords bound -> (operation, form)
_ufuncs = {}


def _doc(operation, form):
    inputs = FORMS[form][1]
    whole = {
        "x": "x : array_like\n    float32 or float16, bfloat16 of ml_dtypes, or what casts safely to float32; any shape and "
        "strides.\n    The result has the type of the input",
        "y": f"y : array_like\n    What {operation.name}(x) gave: the forward pass may have run in place",
        "dy": "dy : array_like\n    The gradient that arrives; broadcast against the other",
    }
    if form == 0:
        head = f"{operation.name}, elementwise."
    else:
        head = f"dx = dy f'({inputs[0]}) of {operation.name}, elementwise."
    return paragraphs(
        head,
        formula(operation, form > 0, form == 2),
        section(
            "Parameters",
            *(whole[name] for name in inputs),
            *map(param_entry, operation.params),
            MODE_TEXT,
            "out, where, casting, dtype, order, subok\n    As NumPy's own ufuncs have them; dtype=np.float32 converts what "
            "does not cast safely.",
        ),
        section(
            "Raises",
            "TypeError\n    An input does not cast safely to float32, or an argument is unknown or missing.",
            "ValueError\n    A parameter is outside its range, out is read-only, or shapes do not broadcast.",
        ),
        error_bound(operation, form > 0),
    )


def _signature(operation, form):
    kind = inspect.Parameter
    # Without parameters the second positional argument is out, as in NumPy.
    out_first = not operation.params
    parameters = [kind(name, kind.POSITIONAL_ONLY) for name in FORMS[form][1]]
    # In the catalogue a required parameter comes first too.
    for param in operation.params:
        default = kind.empty if param.required else param.default
        parameters.append(kind(param.keyword, kind.POSITIONAL_OR_KEYWORD, default=default))
    for keyword, default in {**NUMPY_KEYWORDS, "mode": "fast"}.items():
        place = kind.POSITIONAL_OR_KEYWORD if keyword == "out" and out_first else kind.KEYWORD_ONLY
        parameters.append(kind(keyword, place, default=default))
    return inspect.Signature(parameters)


def _make(operation, form):
    name = operation.name + FORMS[form][0]
    _made[name] = operation, form
    names = tuple(param.keyword for param in operation.params)
    table = {"mode": len(names), **{keyword: index for index, keyword in enumerate(names)}}
    table.update((alias, table[ours]) for alias, ours in keyword_aliases(operation.name, names).items())
    doc = _doc(operation, form)
    ufunc = _core.make_ufunc(operation.op, form, MODES["fast"], None, (names, table), (name, doc))
    try:
        # Since NumPy 2.2 a ufunc has a __dict__.
        ufunc.__signature__ = _signature(operation, form)
        ufunc.__doc__ = f"{name}{ufunc.__signature__}\n\n{doc}"
    except AttributeError:
        pass
    return ufunc


def make_all():
    """{name: ufunc}, from the catalogue."""
    for operation in of_family("elementwise"):
        for form in (0, 1, 2) if operation.from_output else (0, 1):
            _ufuncs[operation.name + FORMS[form][0]] = _make(operation, form)
    return _ufuncs


# ---- keywords bound --------------------------------------------------------------------------------------------------


def _dotless(value):
    """A float32 without a point, because pickle takes the points of a ufunc's name for attributes."""
    if np.isinf(value):
        return str(value)
    digits, exponent = np.format_float_scientific(np.float32(value), unique=True, trim="-").split("e")
    whole, _, fraction = digits.partition(".")
    exponent = int(exponent) - len(fraction)
    return f"{whole}{fraction}" + (f"e{exponent}" if exponent else "")


def _bind(ufunc, values, mode):
    """The extension calls this function for a ufunc that it has not made yet."""
    operation, form = _made[ufunc.__name__]
    operation.check(values, form)
    # A parameter with its default value is left out, unless the parentheses would be empty.
    words = [
        f"{param.keyword}={_dotless(value)}"
        for param, value in zip(operation.params, values)
        if param.required or value != param.default or np.signbit(value) != np.signbit(param.default)
    ]
    if mode != MODES["fast"]:
        words.append("mode=accurate")
    if not words:
        return ufunc
    return _core.make_ufunc(
        operation.op, form, mode, tuple(values), None, (f"{ufunc.__name__}({', '.join(words)})", _doc(operation, form))
    )


def from_name(name, ufuncs):
    """For pickle: the ufunc to which _bind gave this name, or AttributeError."""
    head, parenthesis, rest = name.partition("(")
    if not parenthesis or head not in _made or not rest.endswith(")"):
        raise AttributeError(f"module 'actfn' has no attribute {name!r}")
    keywords = {}
    for word in rest[:-1].split(", "):
        key, _, value = word.partition("=")
        keywords[key] = value if key == "mode" else float(value)
    return _core.bind(ufuncs[head], **keywords)


# ---- better exceptions than NumPy's, and calls that NumPy's ufuncs do not accept -------------------------------------


def _approximate(name, value):
    """torch's argument that selects the other GELU."""
    if value not in ("none", "tanh"):
        raise ValueError(f"{name}: approximate must be 'none' or 'tanh', not {value!r}")
    return name if value == "none" else name.replace("gelu", "gelu_tanh")


def _rescue(ufunc, arguments, keywords, error):
    """After a failed call: raises a better error, returns (result,), or returns None if the error says enough."""
    name = ufunc.__name__.partition("(")[0]
    operation, form = _made[name]
    names = FORMS[form][1]
    out = keywords.get("out")
    outputs = arguments[len(names) :] or (out if isinstance(out, tuple) else (out,))
    inputs = list(zip(names, arguments))
    _check_keywords(name, operation, keywords, "(" in ufunc.__name__)
    if "approximate" in keywords:
        other = _approximate(name, keywords.pop("approximate"))
        return (_ufuncs[other](*arguments, **keywords),)
    if any(answers_for_itself(value) for value in (*arguments, *outputs)):
        return None
    if len(arguments) < len(names):
        missing = ", ".join(map(repr, names[len(arguments) :]))
        raise TypeError(f"{name}() missing required argument: {missing}")
    _check_outputs(name, operation, outputs)
    if isinstance(error, OverflowError):
        large = next(argument for argument, value in inputs if isinstance(value, int) and abs(value) > 2**127)
        raise OverflowError(f"{name}: {large} is too large for a float32")
    # Lists have no dtype of their own.
    taken = [as_floats(name, argument, value) for argument, value in inputs]
    if any(array is not value for array, (_, value) in zip(taken, inputs)):
        return (ufunc(*taken, *arguments[len(names) :], **keywords),)
    dtype = keywords.get("dtype")
    if dtype is not None and np.dtype(dtype) not in (np.float32, np.float16):
        raise TypeError(f"{name}: dtype is {np.dtype(dtype)}, and must be float32 or float16")
    if isinstance(error, TypeError):
        for argument, value in inputs:
            if not np.can_cast(np.asarray(value).dtype, np.float32, "same_kind" if dtype else "safe"):
                raise refusal(name, argument, value)
        if isinstance(outputs[0], np.ndarray) and not np.can_cast(np.float32, outputs[0].dtype, "same_kind"):
            raise TypeError(f"{name}: out is {outputs[0].dtype}, and cannot hold float32")
    if isinstance(error, ValueError) and "broadcast" in str(error):
        shapes = " and ".join(f"{argument} {np.shape(value)}" for argument, value in inputs)
        if outputs[0] is not None:
            shapes += f" and out {np.shape(outputs[0])}"
        raise ValueError(f"{name}: shapes do not go together: {shapes}")
    return None


def _check_keywords(name, operation, keywords, bound):
    """Whether all keywords are known.  A bound ufunc no longer has its own keywords."""
    known = [*([] if bound else [param.keyword for param in operation.params]), "mode", *NUMPY_KEYWORDS]
    if operation.name == "gelu":
        known.append("approximate")
    aliases = keyword_aliases(operation.name, known)
    for keyword in keywords:
        if keyword not in known and keyword not in aliases and keyword not in ("sig", "signature", "extobj"):
            raise TypeError(unexpected(name, keyword, known))


def _check_outputs(name, operation, outputs):
    if operation.params and isinstance(outputs[0], (int, float, np.number)):
        # Parameters came by position, so the error is about them.
        return
    if len(outputs) > 1:
        raise TypeError(f"{name}() takes one array for its result, and got {len(outputs)}")
    (output,) = outputs
    if output is not None and not isinstance(output, np.ndarray):
        words = f"{operation.params[0].keyword} must be a number" if operation.params else "out must be an array"
        raise TypeError(f"{name}: {words}, not {type(output).__name__}")
    if output is not None and not output.flags.writeable:
        raise ValueError(f"{name}: out is read-only")


_core.set_hooks(_bind, _rescue)
