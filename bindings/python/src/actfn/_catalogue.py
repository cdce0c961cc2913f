# SPDX-License-Identifier: MIT
"""The library's facts about its operations, and the texts that are made of them."""

import keyword
import math

import numpy as np

from . import _core
from ._core import single

MODES = {"accurate": 0, "fast": 1, "reproducible": 0}  # 0.1 called "accurate" "reproducible"


class Parameter:
    """A parameter of an operation.  `keyword` is its name in Python, because `lambda` cannot be a name there."""

    def __init__(self, entry):
        self.__dict__.update(entry)
        self.keyword = self.name + "_" if keyword.iskeyword(self.name) else self.name

    def legal(self, value):
        return self.minimum <= value <= self.maximum and not (self.nonzero and value == 0)

    def range(self):
        """The range in the header's words: "finite, >= 0", "any but NaN"."""
        largest = float(np.finfo(np.float32).max)
        words = []
        if -math.inf < self.minimum and self.maximum < math.inf:
            words.append("finite")
        if abs(self.minimum) not in (largest, math.inf):
            words.append("> 0" if self.minimum == 2.0**-149 else f">= {number(self.minimum)}")
        if abs(self.maximum) not in (largest, math.inf):
            words.append(f"<= {number(self.maximum)}")
        if self.nonzero:
            words.append("not 0")
        return ", ".join(words) or "any but NaN"


class Operation:
    def __init__(self, entry):
        self.__dict__.update(entry)
        self.params = [Parameter(param) for param in entry["params"]]
        required = any(param.required for param in self.params)
        self.defaults = None if required else tuple(param.default for param in self.params)

    def param_values(self, given):
        """A tuple of the parameters, with defaults for missing ones.  An exception names the wrong parameter."""
        if not given and self.defaults is not None:
            return self.defaults
        values, known = [], 0
        for param in self.params:
            value = param.default
            if param.keyword in given:
                value, known = given[param.keyword], known + 1
            elif param.required:
                raise TypeError(f"{self.name}() missing required argument: {param.keyword!r}")
            try:
                number = single(value)
            except TypeError:
                raise TypeError(f"{self.name}: {param.keyword} must be a number, not {type(value).__name__}") from None
            except OverflowError:
                raise OverflowError(f"{self.name}: {param.keyword} is too large for a float32") from None
            if not param.legal(number):
                self.check(values + [number])
            values.append(number)
        if known < len(given):
            names = {param.keyword for param in self.params}
            unknown = next(name for name in given if name not in names)
            raise TypeError(f"{self.name}() got an unexpected keyword argument {unknown!r}")
        return tuple(values)

    def check(self, values, form=None):
        """Raises a ValueError that names the illegal parameter."""
        for param, value in zip(self.params, values):
            if not param.legal(value):
                raise ValueError(f"{self.name}: {param.keyword} is {number(value)}, and must be {param.range()}")
        if self.family == "elementwise" and form is not None:
            sentence = _core.check_params(self.op, form, tuple(values))
            if sentence:
                needs = self.legal or self.from_output_legal
                given = ", ".join(f"{p.keyword} = {number(v)}" for p, v in zip(self.params, values))
                raise ValueError(f"{self.name}: {given}: {sentence}" + (f"; needs {needs}" if needs else ""))


def number(value):
    """The shortest text that reads as the same float32."""
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    text = np.format_float_positional(np.float32(value), unique=True, trim="-")
    return text if len(text) < 10 else np.format_float_scientific(np.float32(value), unique=True, trim="-")


def mode_number(function, mode):
    try:
        return MODES[mode]
    except (KeyError, TypeError):
        raise ValueError(f"{function}: mode must be 'accurate' or 'fast', not {mode!r}") from None


OPERATIONS = {entry["name"]: Operation(entry) for entry in _core.catalogue()}


def aliases(functions):
    """{another name: our name}: the catalogue's aliases, and the same with a form's suffix."""
    found = {}
    for operation in OPERATIONS.values():
        # A name belongs to the longest operation with which the name begins.
        own = [name for name in functions if _owner(name) == operation.name]
        for alias in filter(None, operation.aliases.split(",")):
            found.update((alias + name[len(operation.name) :], name) for name in own)
    return {alias: name for alias, name in found.items() if alias not in functions}


def _owner(function):
    fits = [name for name in OPERATIONS if function == name or function.startswith(f"{name}_")]
    return max(fits, key=len, default=None)


def of_family(family):
    return [operation for operation in OPERATIONS.values() if operation.family == family]


# ---- docstrings ------------------------------------------------------------------------------------------------------

MODE_TEXT = 'mode : "fast" or "accurate"\n    How to compute; the bounds of both are below.  Each gives the same bits everywhere.'


def paragraphs(*parts):
    return "\n\n".join(part for part in parts if part)


def section(title, *entries):
    entries = [entry for entry in entries if entry]
    return f"{title}\n{'-' * len(title)}\n" + "\n".join(entries) if entries else ""


def param_entry(param):
    default = "required" if param.required else f"default {number(param.default)}"
    return f"{param.keyword} : float, {default}\n    {param.range()}"


def formula(operation, derivative=False, from_output=False):
    lines = [f"{'f(x)' if operation.family == 'elementwise' else 'formula':10} {operation.formula}"]
    if derivative:
        lines.append(f"{'gradient':10} {operation.derivative}")
    if from_output:
        lines.append(f"{'from y':10} {operation.derivative_from_output}")
    if operation.legal:
        lines.append(f"{'needs':10} {operation.legal}")
    if from_output and operation.from_output_legal:
        lines.append(f"{'needs':10} {operation.from_output_legal}")
    if operation.note:
        lines.append(f"{'special':10} {operation.note}")
    return "\n".join("    " + line for line in lines)


def error_bound(operation, backward=False):
    which = "backward" if backward else "forward"
    plain, fast = getattr(operation, f"ulp_{which}"), getattr(operation, f"ulp_{which}_fast")
    text = f"At most {number(fast)} ulp" if fast else "Exact"
    return "Error: " + text + (f", in the accurate mode {number(plain)}." if fast != plain else ".")
