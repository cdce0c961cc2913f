# SPDX-License-Identifier: MIT
"""What a function says of itself, and how it calls the library: for the families beside the elementwise one."""

import inspect

from ._catalogue import MODE_TEXT, OPERATIONS, error_bound, formula, paragraphs, param_entry, section

ARRAY, RESULT, OUT, MODE = "npt.ArrayLike", "npt.NDArray[np.float32]", "npt.NDArray[np.float32] | None", "Mode"
AXIS = ("axis", "int", -1)
AXIS_TEXT = "axis : int\n    The one that a row lies along"
X_TEXT = "x : array_like\n    float32, or what casts safely to it; copied where it is not contiguous"
DY_TEXT = "dy : array_like\n    The gradient that arrives, of the result's shape"

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
    """Gives a function its name, signature and docstring, and lists it.

    positional   names, or (name, annotation), or (name, annotation, default)
    keywords     (name, annotation, default, text) beside the operation's parameters, out= and mode=
    doc          what it does, then an entry for each positional argument
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
            "out : array, optional\n    float32, of the result's shape; may be an input of that shape: in place"
        )
    if operation:
        signature.append(_annotated("mode", inspect.Parameter.KEYWORD_ONLY, "reproducible", MODE))
        texts.append(MODE_TEXT)
    implementation.__name__ = implementation.__qualname__ = name
    implementation.__module__ = "actfn"
    implementation.__signature__ = inspect.Signature(signature, return_annotation=returns)
    implementation.__doc__ = paragraphs(
        doc[0],
        formula(operation, backward) if operation else "",
        section("Parameters", *doc[1:], *texts),
        section(
            "Raises",
            "TypeError\n    An argument is not float32 and does not cast safely to it.",
            "ValueError\n    A shape, a parameter or an axis is not legal; the message names it.",
        ),
        error_bound(operation, backward) if operation else "",
    )
    functions[name] = implementation


def call(title, entry, *arguments):
    """What the library refuses, it refuses in one sentence; this adds whose call it was, and what about it may be."""
    try:
        entry(*arguments)
    except (ValueError, IndexError) as error:
        operation = OPERATIONS.get(max((name for name in OPERATIONS if title.startswith(name)), key=len, default=""))
        needs = "; ".join(
            f"needs {condition}" for condition in (operation.legal, operation.from_output_legal) if condition
        )
        raise type(error)(f"{title}: {error}" + (f"; {needs}" if needs else "")) from None


def by_name_or_place(function, title, names, required):
    """function(*arrays, axis=, **rest) for arguments that come by position or by name."""

    def wrapper(*arguments, **keywords):
        if len(arguments) > len(names):
            raise TypeError(f"{title}() takes at most {len(names)} positional arguments")
        given = dict(zip(names, arguments))
        for name in names[len(arguments) :]:
            if name in keywords:
                given[name] = keywords.pop(name)
        for name in names[:required]:
            if name not in given:
                raise TypeError(f"{title}() missing required argument: {name!r}")
        for name in names[required:]:
            if name in given:
                keywords[name] = given[name]
        return function(*(given[name] for name in names[:required]), **keywords)

    return wrapper
