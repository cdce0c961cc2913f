#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""generate_stubs.py FILE: writes actfn's type stub, src/actfn/__init__.pyi, from the catalogue of the installed package."""

import inspect
import pathlib
import sys

import numpy as np

import actfn
from actfn._ufuncs import FORMS, _made, _signature

HEAD = """# SPDX-License-Identifier: MIT
# Written by generate_stubs.py from the catalogue.
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Mode = Literal["accurate", "fast", "reproducible"]

__version__: str

def bind(ufunc: np.ufunc, /, **keywords: Any) -> np.ufunc: ...
def get_num_threads() -> int: ...
def info() -> dict[str, Any]: ...
def operations() -> list[dict[str, Any]]: ...
def select_isa(name: str | None, /) -> None: ...
def set_num_threads(n: int, /) -> None: ...
"""
# Dask arrays and other types implement __array_ufunc__, so the result is not always an ndarray.
ANNOTATIONS = {"subok": "bool", "mode": "Mode"}


def shown(value):
    if value is inspect.Parameter.empty:
        return ""
    if isinstance(value, float):
        # Python has no literal for inf.
        return " = " + (repr(float(str(np.float32(value)))) if np.isfinite(value) else "...")
    return f" = {value!r}"


def ufunc_class(operation, form):
    """(the name of the class of a ufunc with these keywords, the text of the class)."""
    inputs = FORMS[form][1]
    kind = {1: "Unary", 2: "Binary"}[len(inputs)]
    name = f"_{kind}" + "".join(word.title() for word in operation.name.split("_") if operation.params)
    if operation.name == "gelu":
        name += "Gelu"
    scalars = {param.keyword for param in operation.params}
    parts, starred = [], False
    for parameter in _signature(operation, form).parameters.values():
        if parameter.name == "casting" and operation.name == "gelu":
            # torch's keyword, which selects gelu_tanh.
            parts.append('approximate: Literal["none", "tanh"] = ...')
        if parameter.kind == parameter.KEYWORD_ONLY and not starred:
            starred = True
            parts.append("*")
        if parameter.name in scalars:
            parts.append(f"{parameter.name}: float{shown(parameter.default)}")
        elif parameter.kind == parameter.POSITIONAL_ONLY:
            # The first input is named x if a derivative from y shares the class.
            parts.append(f"{'dy' if parameter.name == 'dy' else 'x'}: Any")
            if parameter.name == inputs[-1]:
                parts.append("/")
        else:
            parts.append(f"{parameter.name}: {ANNOTATIONS.get(parameter.name, 'Any')} = ...")
    return name, (
        f"class {name}(np.ufunc):\n"
        f"    def __call__(  # type: ignore[override]\n"
        f"        self, {', '.join(parts)},\n"
        f"    ) -> Any: ...\n"
    )


def stub():
    classes, values = {}, []
    for name, (operation, form) in sorted(_made.items()):
        kind, text = ufunc_class(operation, form)
        classes[kind] = text
        values.append(f"{name}: {kind}\n")
    functions = []
    for name in sorted(actfn._functions_made):
        signature = inspect.signature(getattr(actfn, name))
        parts, starred = [], False
        for parameter in signature.parameters.values():
            if parameter.kind == parameter.KEYWORD_ONLY and not starred:
                starred = True
                parts.append("*")
            parts.append(f"{parameter.name}: {parameter.annotation}{shown(parameter.default)}")
        functions.append(f"def {name}(\n    {', '.join(parts)},\n) -> {signature.return_annotation}: ...\n")
    return (
        HEAD
        + "\n"
        + "\n".join(classes[key] for key in sorted(classes))
        + "\n"
        + "".join(values)
        + "\n"
        + "".join(functions)
        + "\n"
        + "".join(f"{alias} = {name}\n" for alias, name in sorted(actfn._aliases.items()))
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    pathlib.Path(sys.argv[1]).write_text(stub())
