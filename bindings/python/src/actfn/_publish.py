# SPDX-License-Identifier: MIT
"""The documentation and the call of a function, for all families except the elementwise one."""

import functools
import inspect

import numpy as np

from ._arrays import FLOAT32, SIXTEEN, converted
from ._catalogue import MODE_TEXT, OPERATIONS, error_bound, formula, paragraphs, param_entry, section
from ._names import keyword_aliases, unexpected

ARRAY, OUT, MODE = "npt.ArrayLike", "npt.NDArray[Any] | None", "Mode"
# The annotation of a result with the type of the arrays, and that of a result that is always float32.
RESULT, FLOATS = "npt.NDArray[Any]", "npt.NDArray[np.float32]"
AXIS = ("axis", "int", -1)
AXIS_TEXT = "axis : int\n    The one that a row lies along"
X_TEXT = (
    "x : array_like\n    float32 or float16, bfloat16 of ml_dtypes, or what casts safely to float32; copied where it is not "
    "contiguous.  The result has its type"
)
DTYPE_TEXT = (
    "dtype : dtype, optional\n    float32, float16 or bfloat16: convert to it also what does not cast safely, float64 above all"
)
DY_TEXT = "dy : array_like\n    The gradient that arrives, of the result's shape"

# Arrays that are not of floats.
INTEGERS = "classes", "index"

functions = {}


def _annotated(name, kind, given=inspect.Parameter.empty, annotation=ARRAY):
    return inspect.Parameter(name, kind, default=given, annotation=annotation)


def publish(
    name,
    operation,
    implementation,
    positional,
    keywords=(),
    returns=RESULT,
    doc=(),
    backward=False,
    params=True,
    out=True,
):
    """Gives a function its name, signature and docstring, and adds it to the list.

    positional   names, or (name, annotation), or (name, annotation, default)
    keywords     (name, annotation, default, text), in addition to the operation's parameters, out= and mode=
    doc          a sentence about the function, then an entry for each positional argument
    """
    signature, texts = [], []
    for entry in positional:
        entry = (entry, ARRAY) if isinstance(entry, str) else entry
        given = entry[2] if len(entry) > 2 else inspect.Parameter.empty
        signature.append(_annotated(entry[0], inspect.Parameter.POSITIONAL_OR_KEYWORD, given, entry[1]))
    scalars = [param for param in operation.params if not param.array] if operation and params else []
    for param in scalars:
        signature.append(
            _annotated(
                param.keyword,
                inspect.Parameter.KEYWORD_ONLY,
                inspect.Parameter.empty if param.required else param.default,
                "float",
            )
        )
        texts.append(param_entry(param))
    for keyword, annotation, given, text in keywords:
        signature.append(_annotated(keyword, inspect.Parameter.KEYWORD_ONLY, given, annotation))
        texts.append(f"{keyword} : {text}")
    if out:
        signature.append(_annotated("out", inspect.Parameter.KEYWORD_ONLY, None, OUT))
        texts.append(
            "out : array, optional\n    Of the result's type and shape; may be an input of that shape: in place"
        )
    if operation:
        signature.append(_annotated("dtype", inspect.Parameter.KEYWORD_ONLY, None, "npt.DTypeLike | None"))
        texts.append(DTYPE_TEXT)
        signature.append(_annotated("mode", inspect.Parameter.KEYWORD_ONLY, "fast", MODE))
        texts.append(MODE_TEXT)
    function = _front(name, operation, implementation, inspect.Signature(signature, return_annotation=returns))
    function.__doc__ = paragraphs(
        doc[0],
        formula(operation, backward) if operation else "",
        section("Parameters", *doc[1:], *texts),
        section(
            "Raises",
            "TypeError\n    An array does not cast safely to float32, or an argument is unknown or missing.",
            "ValueError\n    A shape, a parameter or an axis is not legal; the message names it.",
        ),
        error_bound(operation, backward) if operation else "",
    )
    functions[name] = function


def _front(name, operation, implementation, signature):
    """The function that users call: it accepts other names of keywords and dtype=, and explains wrong arguments."""
    known = frozenset(signature.parameters)
    plain = known - {"dtype"}

    @functools.wraps(implementation)
    def function(*arguments, **keywords):
        if keywords and not keywords.keys() <= plain:
            arguments, keywords = _unusual(name, operation, signature, arguments, keywords)
        try:
            return implementation(*arguments, **keywords)
        except TypeError:
            _check_arguments(name, signature, arguments, keywords)
            raise

    del function.__wrapped__
    function.__name__ = function.__qualname__ = name
    function.__module__ = "actfn"
    function.__signature__ = signature
    return function


def _unusual(name, operation, signature, arguments, keywords):
    """The arguments without dtype= and aliases."""
    known = list(signature.parameters)
    aliases = keyword_aliases(operation.name if operation else None, known)
    ours = {}
    for keyword, value in keywords.items():
        keyword = aliases.get(keyword, keyword)
        if keyword not in known:
            raise TypeError(unexpected(name, keyword, known))
        if keyword in ours:
            raise TypeError(f"{name}() got multiple values for argument {keyword!r}")
        ours[keyword] = value
    dtype = ours.pop("dtype", None)
    if dtype is not None:
        dtype = np.dtype(dtype)
        if dtype != FLOAT32 and dtype not in SIXTEEN:
            raise TypeError(f"{name}: dtype is {dtype}, and must be float32, float16 or bfloat16")
        arrays = [key for key, entry in signature.parameters.items() if entry.annotation.startswith(ARRAY)]
        arrays = [key for key in arrays if key not in INTEGERS]
        weights = {"w", *(param.keyword for param in operation.params)} if operation else ()
        types = {key: FLOAT32 if key in weights else dtype for key in arrays}
        arguments = [
            converted(name, key, value, types[key]) if key in types else value for key, value in zip(known, arguments)
        ]
        ours.update((key, converted(name, key, ours[key], types[key])) for key in types if key in ours)
    return arguments, ours


def _check_arguments(name, signature, arguments, keywords):
    try:
        signature.bind(*arguments, **keywords)
    except TypeError as error:
        raise TypeError(f"{name}() {error}".replace("missing a required", "missing required")) from None


def call(title, entry, *arguments):
    """Repeats the library's one sentence about a refused call, with the name of the function and the legal values."""
    try:
        entry(*arguments)
    except (ValueError, IndexError) as error:
        raise refused(title, error) from None


def refused(title, error):
    operation = OPERATIONS.get(max((name for name in OPERATIONS if title.startswith(name)), key=len, default=""))
    needs = "; ".join(f"needs {condition}" for condition in (operation.legal, operation.from_output_legal) if condition)
    return type(error)(f"{title}: {error}" + (f"; {needs}" if needs else ""))


def by_name_or_place(function, title, names, required):
    """function(*arrays, axis=, **rest) for arguments that come by position or by name."""

    arrays = frozenset(names[:required])

    def wrapper(*arguments, **keywords):
        # Usually all arrays come by position, and nothing else is to be done.
        if len(arguments) == required:
            if not keywords:
                return function(*arguments)
            if arrays.isdisjoint(keywords):
                return function(*arguments, **keywords)
        given = dict(zip(names, arguments))
        for name in names[len(arguments) :]:
            if name in keywords:
                given[name] = keywords.pop(name)
        if len(arguments) > len(names) or not given.keys().isdisjoint(keywords) or not given.keys() >= arrays:
            raise TypeError(f"{title}() was called with other arguments than it has")
        keywords.update((name, given[name]) for name in names[required:] if name in given)
        return function(*(given[name] for name in names[:required]), **keywords)

    return wrapper
