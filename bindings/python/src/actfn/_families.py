# SPDX-License-Identifier: MIT
"""The families beside the elementwise one: a function for each operation of the catalogue, and for its gradient."""

import inspect
import math

import numpy as np

from . import _core
from ._arrays import Result, cast, contiguous, floats, same_shape, split_axis
from ._catalogue import (
    MODE_TEXT,
    OPERATIONS,
    error_bound,
    formula,
    mode_number,
    of_family,
    paragraphs,
    param_entry,
    section,
)

MASKED_ROWS_ZERO, GUMBEL_HARD = 1, 1
GATES = {"first": 1, "last": 2}
ARRAY, RESULT, OUT, MODE = "npt.ArrayLike", "npt.NDArray[np.float32]", "npt.NDArray[np.float32] | None", "Mode"

functions = {}


# ---- what a function says of itself ------------------------------------------------------------------------------------


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


def _call(title, entry, *arguments):
    """What the library refuses, it refuses in one sentence; this adds whose call it was, and what about it may be."""
    try:
        entry(*arguments)
    except (ValueError, IndexError) as error:
        operation = OPERATIONS.get(max((name for name in OPERATIONS if title.startswith(name)), key=len, default=""))
        needs = "; ".join(
            f"needs {condition}" for condition in (operation.legal, operation.from_output_legal) if condition
        )
        raise type(error)(f"{title}: {error}" + (f"; {needs}" if needs else "")) from None


# ---- rows ------------------------------------------------------------------------------------------------------------

AXIS = ("axis", "int", -1)
AXIS_TEXT = "axis : int\n    The one that a row lies along"
X_TEXT = "x : array_like\n    float32, or what casts safely to it; copied where it is not contiguous"
DY_TEXT = "dy : array_like\n    The gradient that arrives, of the result's shape"
MASKED = (
    "masked_rows_zero",
    "bool",
    False,
    "bool\n    A row that is masked as a whole (all -inf) gives zeros (-inf in log_softmax), not NaN",
)


def _refuse_no_maximum(name, sizes):
    """As np.max does: all other operations have a value of nothing, or give none."""
    outer, n, inner = sizes
    if n == 0 and outer and inner:
        raise ValueError(f"{name}: x has length 0 along the axis, and so no maximum")


def _rows(operation):
    name, reduces = operation.name, operation.reduces

    def forward(x, axis=-1, *, masked_rows_zero=False, keepdims=False, out=None, mode="reproducible", **params):
        x = floats(name, "x", x)
        sizes, position = split_axis(name, x.shape, axis)
        if name == "maxout":
            _refuse_no_maximum(name, sizes)
        shape = list(x.shape)
        if reduces:
            shape[position : position + 1] = [1] if keepdims else []
        result = Result(name, out, shape, [x])
        _call(
            name,
            _core.rows_forward,
            operation.op,
            mode_number(name, mode),
            operation.param_values(params) or None,
            MASKED_ROWS_ZERO if masked_rows_zero else 0,
            *sizes,
            x,
            result.array,
        )
        return result.get()

    keywords = [MASKED] if not reduces and name != "hardmax" else []
    if reduces:
        keywords.append(("keepdims", "bool", False, "bool\n    Keep the axis, with length 1"))
    publish(
        name,
        operation,
        _without(forward, name, {"masked_rows_zero", "keepdims"} - {k[0] for k in keywords}),
        ["x", AXIS],
        keywords,
        doc=(f"{name} over one axis." + (" The result lacks that axis." if reduces else ""), X_TEXT, AXIS_TEXT),
    )

    # The gradient is asked for with what it reads; where that is nothing, with dy alone.
    reads = [letter for letter, read in (("x", operation.reads_x), ("y", operation.reads_y)) if read]
    title = f"{name}_backward"

    def backward(*arrays, axis=-1, masked_rows_zero=False, out=None, mode="reproducible", **params):
        given = {letter: floats(title, letter, array) for letter, array in zip((*reads, "dy"), arrays)}
        x, y, dy = given.get("x"), given.get("y"), given["dy"]
        shape = x.shape if x is not None else dy.shape
        sizes, position = split_axis(title, shape, axis)
        if reduces:
            short = shape[:position] + shape[position + 1 :]
            kept = shape[:position] + (1,) + shape[position + 1 :]
        else:
            short = kept = shape
        for letter in ("y", "dy"):
            if letter in given and given[letter].shape != kept:
                same_shape(title, letter, given[letter], short)
        result = Result(title, out, shape, given.values())
        _call(
            title,
            _core.rows_backward,
            operation.op,
            mode_number(title, mode),
            operation.param_values(params) or None,
            MASKED_ROWS_ZERO if masked_rows_zero else 0,
            *sizes,
            x,
            y,
            dy,
            result.array,
        )
        return result.get()

    publish(
        title,
        operation,
        _positional(backward, title, (*reads, "dy", "axis"), len(reads) + 1),
        [*reads, "dy", AXIS],
        [] if not keywords or reduces else [MASKED],
        backward=True,
        doc=(
            f"The gradient of {name} by x."
            if not reads
            else f"The gradient of {name} by x, from {' and '.join(reads)}.",
            *([X_TEXT] if "x" in reads else []),
            *([f"y : array_like\n    What {name} gave"] if "y" in reads else []),
            DY_TEXT,
            AXIS_TEXT,
        ),
    )


def _positional(function, title, names, required):
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


def _without(function, title, refused):
    """The function with keywords that do not apply to this operation refused as unknown."""

    def wrapper(*arguments, **keywords):
        for name in refused.intersection(keywords):
            raise TypeError(f"{title}() got an unexpected keyword argument {name!r}")
        return function(*arguments, **keywords)

    return wrapper if refused else function


def _maxout_index():
    operation, name, title = OPERATIONS["maxout"], "maxout_index", "maxout_backward_from_index"

    def forward(x, axis=-1, *, mode="reproducible"):
        x = floats(name, "x", x)
        sizes, position = split_axis(name, x.shape, axis)
        _refuse_no_maximum(name, sizes)
        shape = x.shape[:position] + x.shape[position + 1 :]
        y, index = np.empty(shape, np.float32), np.empty(shape, np.int32)
        _call(name, _core.maxout_index, mode_number(name, mode), *sizes, x, y, index)
        return y, index

    publish(
        name,
        operation,
        forward,
        ["x", AXIS],
        returns=f"tuple[{RESULT}, npt.NDArray[np.int32]]",
        out=False,
        doc=("The maximum over an axis, and the index of the first one.", X_TEXT, AXIS_TEXT),
    )

    def backward(index, dy, n, axis=-1, *, out=None, mode="reproducible"):
        index, dy = np.asarray(index, order="C"), floats(title, "dy", dy)
        if not np.can_cast(index.dtype, np.int32, "same_kind"):
            raise TypeError(f"{title}: index is {index.dtype}, and must be of integers")
        same_shape(title, "dy", dy, index.shape)
        shape = list(dy.shape)
        shape.insert(axis if axis >= 0 else dy.ndim + 1 + axis, n)
        sizes, _ = split_axis(title, shape, axis)
        result = Result(title, out, shape, [dy])
        _call(
            title,
            _core.maxout_backward_from_index,
            mode_number(title, mode),
            *sizes,
            index.astype(np.int32, copy=False),
            dy,
            result.array,
        )
        return result.get()

    publish(
        title,
        operation,
        backward,
        ["index", "dy", ("n", "int"), AXIS],
        backward=True,
        doc=(
            "The gradient of maxout: dy where the maximum was, 0 elsewhere.",
            "index : array_like of int32\n    What maxout_index gave",
            DY_TEXT,
            "n : int\n    The length of the axis that was reduced",
            "axis : int\n    Where it stood in x",
        ),
    )


# ---- gates -----------------------------------------------------------------------------------------------------------


def _as_rows(arrays):
    """((rows, n), [(array, stride)]): no copy where all are rows of one length, as the halves of packed rows are."""
    shape = arrays[0].shape
    if len(shape) < 2 or all(array.flags.c_contiguous for array in arrays):
        return (1, arrays[0].size), [(contiguous(array), arrays[0].size) for array in arrays]
    rows, n, strided = math.prod(shape[:-1]), shape[-1], []
    for array in arrays:
        steps, expected = array.strides, array.strides[-2]
        uniform = steps[-1] == 4 and expected >= 4 * n and expected % 4 == 0 and array.flags.aligned
        for k in range(len(shape) - 3, -1, -1):
            expected *= shape[k + 1]
            uniform = uniform and steps[k] == expected
        if not uniform:
            array = array.astype("=f4", order="C")
        strided.append((array, array.strides[-2] // 4 if rows > 1 else n))
    return (rows, n), strided


def _flat(pairs):
    return [value for pair in pairs for value in pair]


def _gates(operation):
    name = operation.name

    def forward(u, v, *, out=None, mode="reproducible", **params):
        u, v = cast(name, "u", u), cast(name, "v", v)
        same_shape(name, "v", v, u.shape)
        result = Result(name, out, u.shape, [u, v])
        sizes, strided = _as_rows([u, v, result.array])
        _call(
            name,
            _core.gates_forward,
            operation.op,
            mode_number(name, mode),
            operation.param_values(params) or None,
            *sizes,
            *_flat(strided),
        )
        return result.get()

    gate = "u : array_like\n    The gate, which goes through the activation; float32"
    value = "v : array_like\n    The value that is gated, of u's shape"
    publish(
        name,
        operation,
        forward,
        ["u", "v"],
        doc=(f"{name} of a gate u and a value v. Halves of packed rows (x[..., :n]) are not copied.", gate, value),
    )

    title = f"{name}_backward"

    def backward(u, v, dy, *, mode="reproducible", **params):
        u, v, dy = cast(title, "u", u), cast(title, "v", v), cast(title, "dy", dy)
        same_shape(title, "v", v, u.shape)
        same_shape(title, "dy", dy, u.shape)
        du, dv = np.empty(u.shape, np.float32), np.empty(u.shape, np.float32)
        sizes, strided = _as_rows([u, v, dy, du, dv])
        _call(
            title,
            _core.gates_backward,
            operation.op,
            mode_number(title, mode),
            operation.param_values(params) or None,
            *sizes,
            *_flat(strided),
        )
        return du, dv

    publish(
        title,
        operation,
        backward,
        ["u", "v", "dy"],
        returns=f"tuple[{RESULT}, {RESULT}]",
        backward=True,
        out=False,
        doc=(f"The gradients (du, dv) of {name}.", gate, value, DY_TEXT),
    )

    packed, packed_backward = f"{name}_packed", f"{name}_packed_backward"
    half = (
        "gate",
        'Literal["first", "last"]',
        inspect.Parameter.empty,
        '"first" or "last"\n    Which half of the axis is the gate: the peers disagree (torch\'s glu: last; Llama: first)',
    )

    def layout(where, gate):
        if gate not in GATES:
            raise ValueError(f"{where}: gate must be 'first' or 'last', not {gate!r}")
        return GATES[gate]

    def sizes_of(where, shape, axis):
        (outer, n, inner), position = split_axis(where, shape, axis)
        if n % 2:
            raise ValueError(f"{where}: x has {n} entries along axis {axis}, an odd number")
        return (outer, n * inner), shape[:position] + (n // 2,) + shape[position + 1 :]

    def packed_forward(x, axis=-1, *, gate, out=None, mode="reproducible", **params):
        x = floats(packed, "x", x)
        sizes, shape = sizes_of(packed, x.shape, axis)
        result = Result(packed, out, shape, [x])
        _call(
            packed,
            _core.gates_packed_forward,
            operation.op,
            mode_number(packed, mode),
            operation.param_values(params) or None,
            layout(packed, gate),
            *sizes,
            x,
            result.array,
        )
        return result.get()

    publish(
        packed,
        operation,
        packed_forward,
        ["x", AXIS],
        [half],
        doc=(f"{name} of a gate and a value that are the halves of an axis.", X_TEXT, AXIS_TEXT),
    )

    def backward_packed(x, dy, axis=-1, *, gate, out=None, mode="reproducible", **params):
        x, dy = floats(packed_backward, "x", x), floats(packed_backward, "dy", dy)
        sizes, shape = sizes_of(packed_backward, x.shape, axis)
        same_shape(packed_backward, "dy", dy, shape)
        result = Result(packed_backward, out, x.shape, [x, dy])
        _call(
            packed_backward,
            _core.gates_packed_backward,
            operation.op,
            mode_number(packed_backward, mode),
            operation.param_values(params) or None,
            layout(packed_backward, gate),
            *sizes,
            x,
            dy,
            result.array,
        )
        return result.get()

    publish(
        packed_backward,
        operation,
        backward_packed,
        ["x", "dy", AXIS],
        [half],
        backward=True,
        doc=(f"The gradient of {packed} by x.", X_TEXT, DY_TEXT, AXIS_TEXT),
    )


# ---- channels --------------------------------------------------------------------------------------------------------


def _channels(operation):
    name = operation.name
    letters = [param.keyword for param in operation.params]
    weight_texts = [
        f"{letter} : array_like\n    One weight a channel, or one for all elements"
        + ("; (terms, channels) for several terms" if name == "apl" else "")
        for letter in letters
    ]
    axis = ("axis", "int", 1, "int\n    The one of the channels, where there is more than one weight")

    def prepare(where, shape, weights, position):
        weights = [floats(where, letter, weight) for letter, weight in zip(letters, weights)]
        width = weights[0].shape[-1] if weights[0].ndim else 1
        terms = weights[0].shape[0] if weights[0].ndim == 2 else 1
        for letter, weight in zip(letters, weights):
            if weight.ndim > 2 or weight.shape != weights[0].shape:
                raise ValueError(
                    f"{where}: {letter} has shape {weight.shape}, and must be one value, (channels,) or "
                    f"(terms, channels), the same for each weight"
                )
            if not np.isfinite(weight).all():
                raise ValueError(f"{where}: {letter} is not finite in every channel")
        if width == 1:
            return (1, 1, math.prod(shape), terms), weights
        sizes, _ = split_axis(where, shape, position)
        if sizes[1] != width:
            raise ValueError(f"{where}: {letters[0]} has {width} channels, and x {sizes[1]} along axis {position}")
        return (*sizes, terms), weights

    def forward(x, *weights, axis=1, out=None, mode="reproducible"):
        x = floats(name, "x", x)
        sizes, weights = prepare(name, x.shape, weights, axis)
        result = Result(name, out, x.shape, [x])
        _call(
            name, _core.channels_forward, operation.op, mode_number(name, mode), *sizes, tuple(weights), x, result.array
        )
        return result.get()

    publish(
        name,
        operation,
        _positional(forward, name, ("x", *letters), len(letters) + 1),
        ["x", *letters],
        [axis],
        doc=(f"{name}, with trainable weights a channel.", X_TEXT, *weight_texts),
    )

    title = f"{name}_backward"

    def backward(x, *rest, axis=1, mode="reproducible"):
        x, dy = floats(title, "x", x), floats(title, "dy", rest[-1])
        same_shape(title, "dy", dy, x.shape)
        sizes, weights = prepare(title, x.shape, rest[:-1], axis)
        dx, gradients = np.empty(x.shape, np.float32), [np.empty(weight.shape, np.float32) for weight in weights]
        _call(
            title,
            _core.channels_backward,
            operation.op,
            mode_number(title, mode),
            *sizes,
            tuple(weights),
            x,
            dy,
            dx,
            tuple(gradients),
        )
        return (dx, *gradients)

    publish(
        title,
        operation,
        _positional(backward, title, ("x", *letters, "dy"), len(letters) + 2),
        ["x", *letters, "dy"],
        [axis],
        returns=f"tuple[{', '.join([RESULT] * (len(letters) + 1))}]",
        backward=True,
        out=False,
        doc=(
            f"The gradients of {name}: (dx, {', '.join('d' + letter for letter in letters)}).",
            X_TEXT,
            *weight_texts,
            DY_TEXT,
        ),
    )

    if not operation.from_output:
        return
    output = f"{name}_backward_from_output"

    def from_output(y, *rest, axis=1, out=None, mode="reproducible"):
        y, dy = floats(output, "y", y), floats(output, "dy", rest[-1])
        same_shape(output, "dy", dy, y.shape)
        sizes, weights = prepare(output, y.shape, rest[:-1], axis)
        result = Result(output, out, y.shape, [y, dy])
        _call(
            output,
            _core.channels_backward_from_output,
            operation.op,
            mode_number(output, mode),
            *sizes,
            tuple(weights),
            y,
            dy,
            result.array,
        )
        return result.get()

    publish(
        output,
        operation,
        _positional(from_output, output, ("y", *letters, "dy"), len(letters) + 2),
        ["y", *letters, "dy"],
        [axis],
        backward=True,
        doc=(
            f"The gradient of {name} by x, from its output; needs {operation.from_output_legal}.",
            f"y : array_like\n    What {name} gave",
            *weight_texts,
            DY_TEXT,
        ),
    )


def _param_gradient(operation):
    title = f"{operation.name}_param_gradient"

    def function(x, dy, *, mode="reproducible", **params):
        x, dy = floats(title, "x", x), floats(title, "dy", dy)
        same_shape(title, "dy", dy, x.shape)
        gradients = np.empty(len(operation.params), np.float32)
        _call(
            title,
            _core.param_gradient,
            operation.op,
            mode_number(title, mode),
            operation.param_values(params),
            x.size,
            x,
            dy,
            gradients,
        )
        return {param.keyword: gradients[k] for k, param in enumerate(operation.params) if param.gradient}

    publish(
        title,
        operation,
        function,
        ["x", "dy"],
        returns="dict[str, np.float32]",
        out=False,
        doc=(
            "The gradients of its scalar parameters, {name: sum over all elements of dy times the derivative by it}.",
            X_TEXT,
            DY_TEXT,
        ),
    )


# ---- random ----------------------------------------------------------------------------------------------------------

SEED = [
    (
        "seed",
        "int",
        inspect.Parameter.empty,
        "int\n    0 ... 2^64 - 1; the same one draws the same numbers, on every machine",
    ),
    ("stream", "int", 0, "int\n    Another one draws others"),
    ("offset", "int", 0, "int\n    The index of the first element, where an array is a part of a larger one"),
]


def _seeds(where, *values):
    for name, value in zip(("seed", "stream", "offset"), values):
        if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
            raise TypeError(f"{where}: {name} must be an integer, not {type(value).__name__}")
        if not 0 <= value < 2**64:
            raise ValueError(f"{where}: {name} is {value}, and must be 0 ... 2^64 - 1")
    return tuple(map(int, values))


def _rrelu(operation):
    name = operation.name

    def forward(x, *, seed, stream=0, offset=0, out=None, mode="reproducible", **params):
        x = floats(name, "x", x)
        result = Result(name, out, x.shape, [x])
        _call(
            name,
            _core.rrelu,
            mode_number(name, mode),
            operation.param_values(params),
            x.size,
            x,
            result.array,
            None,
            *_seeds(name, seed, stream, offset),
        )
        return result.get()

    publish(name, operation, forward, ["x"], SEED, doc=("The randomized leaky ReLU, as in training.", X_TEXT))

    for suffix, letter, from_output in ("_backward", "x", 0), ("_backward_from_output", "y", 1):

        def backward(
            source,
            dy,
            *,
            seed,
            stream=0,
            offset=0,
            out=None,
            mode="reproducible",
            title=name + suffix,
            letter=letter,
            from_output=from_output,
            **params,
        ):
            source, dy = floats(title, letter, source), floats(title, "dy", dy)
            same_shape(title, "dy", dy, source.shape)
            result = Result(title, out, source.shape, [source, dy])
            _call(
                title,
                _core.rrelu_backward,
                mode_number(title, mode),
                operation.param_values(params),
                from_output,
                source.size,
                source,
                dy,
                result.array,
                *_seeds(title, seed, stream, offset),
            )
            return result.get()

        publish(
            name + suffix,
            operation,
            _positional(backward, name + suffix, (letter, "dy"), 2),
            [letter, "dy"],
            SEED,
            backward=True,
            doc=(
                "The gradient by x, the same numbers drawn again.",
                X_TEXT if letter == "x" else f"y : array_like\n    What {name} gave; needs lower >= 0",
                DY_TEXT,
            ),
        )

    for suffix, inputs in ("_eval", ("x",)), ("_eval_backward", ("x", "dy")):

        def evaluate(*arrays, out=None, mode="reproducible", title=name + suffix, inputs=inputs, **params):
            arrays = [floats(title, letter, array) for letter, array in zip(inputs, arrays)]
            same_shape(title, inputs[-1], arrays[-1], arrays[0].shape)
            result = Result(title, out, arrays[0].shape, arrays)
            _call(
                title,
                _core.rrelu_eval,
                mode_number(title, mode),
                operation.param_values(params),
                arrays[0].size,
                arrays[0],
                arrays[1] if len(arrays) > 1 else None,
                result.array,
            )
            return result.get()

        publish(
            name + suffix,
            operation,
            _positional(evaluate, name + suffix, inputs, len(inputs)),
            inputs,
            backward=len(inputs) > 1,
            doc=(
                "As in evaluation: leaky_relu with the slope (lower + upper) / 2"
                + (", its gradient." if len(inputs) > 1 else "."),
                X_TEXT,
                *([DY_TEXT] if len(inputs) > 1 else []),
            ),
        )


def _gumbel_softmax(operation):
    name, title = operation.name, f"{operation.name}_backward"

    def forward(
        x, axis=-1, *, seed, stream=0, offset=0, hard=False, return_soft=False, out=None, mode="reproducible", **params
    ):
        x = floats(name, "x", x)
        sizes, _ = split_axis(name, x.shape, axis)
        result = Result(name, out, x.shape, [x])
        soft = np.empty(x.shape, np.float32) if return_soft else None
        _call(
            name,
            _core.gumbel_softmax,
            mode_number(name, mode),
            operation.param_values(params),
            GUMBEL_HARD if hard else 0,
            *sizes,
            x,
            result.array,
            soft,
            *_seeds(name, seed, stream, offset),
        )
        return (result.get(), soft) if return_soft else result.get()

    publish(
        name,
        operation,
        forward,
        ["x", AXIS],
        [
            *SEED,
            (
                "hard",
                "bool",
                False,
                "bool\n    1 at the maximum, 0 elsewhere; the gradient stays that of the soft result",
            ),
            ("return_soft", "bool", False, "bool\n    Return (y, soft): the gradient needs soft where hard is true"),
        ],
        returns="Any",
        doc=("A sample of the Gumbel-softmax distribution over one axis.", X_TEXT, AXIS_TEXT),
    )

    def backward(soft, dy, axis=-1, *, out=None, mode="reproducible", **params):
        soft, dy = floats(title, "soft", soft), floats(title, "dy", dy)
        same_shape(title, "dy", dy, soft.shape)
        sizes, _ = split_axis(title, soft.shape, axis)
        result = Result(title, out, soft.shape, [soft, dy])
        _call(
            title,
            _core.gumbel_softmax_backward,
            mode_number(title, mode),
            operation.param_values(params),
            *sizes,
            soft,
            dy,
            result.array,
        )
        return result.get()

    publish(
        title,
        operation,
        backward,
        ["soft", "dy", AXIS],
        backward=True,
        doc=(
            "The gradient by x, hard or not.",
            f"soft : array_like\n    The soft result of {name}",
            DY_TEXT,
            AXIS_TEXT,
        ),
    )


def _random_u32():
    name = "random_u32"

    def draw(n, *, seed, stream=0, offset=0):
        words = np.empty(n, np.uint32)
        _core.random_u32(words.size, words, *_seeds(name, seed, stream, offset))
        return words

    publish(
        name,
        None,
        draw,
        [("n", "int")],
        SEED,
        returns="npt.NDArray[np.uint32]",
        out=False,
        doc=(
            "The n random numbers of 32 bits (Philox4x32-10) that stand behind rrelu and gumbel_softmax.",
            "n : int\n    How many",
        ),
    )


RANDOM = {"rrelu": _rrelu, "gumbel_softmax": _gumbel_softmax}


# ---- losses ----------------------------------------------------------------------------------------------------------

WEIGHT = ("w", "npt.ArrayLike | None", None)
SCALE = ("scale", "float", 1.0, "float\n    Multiplies the gradient only: 1/n for a mean, and what arrives from above")
LOSS_TEXTS = (
    "z : array_like\n    The logits, float32",
    "t : array_like\n    The targets, of z's shape",
    "w : array_like, optional\n    A weight for each loss",
)
BOTH = f"tuple[{RESULT}, {RESULT}]"


def _number(where, name, value):
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise TypeError(f"{where}: {name} must be a number, not {type(value).__name__}") from None
    if not math.isfinite(number):
        raise ValueError(f"{where}: {name} is {number}, and must be finite")
    return number


def _publish_loss(operation, name, compute, positional, keywords, texts, params=True):
    """The loss, its gradient, and both from one pass: compute(title, arguments, ..., wants_loss, wants_gradient)."""
    for suffix, wants, returns, what, scale in (
        ("", (True, False), RESULT, "The loss, one for each {}: nothing is reduced.", []),
        ("_backward", (False, True), RESULT, "The gradient by z of the loss of each {}, times scale.", [SCALE]),
        (
            "_and_gradient",
            (True, True),
            BOTH,
            "(loss, dz): the loss of each {} and its gradient by z, in one pass.",
            [SCALE],
        ),
    ):

        def function(*arguments, title=name + suffix, wants=wants, **keywords_given):
            return compute(title, wants, *arguments, **keywords_given)

        names = [entry if isinstance(entry, str) else entry[0] for entry in positional]
        publish(
            name + suffix,
            operation,
            _by_position(function, name + suffix, names, scale),
            positional,
            [*keywords, *scale],
            returns=returns,
            out=False,
            backward=wants[1],
            params=params,
            doc=(what.format("row" if "axis" in names else "element"), *texts),
        )


def _by_position(function, title, names, scale):
    def wrapper(*arguments, **keywords):
        if len(arguments) > len(names):
            raise TypeError(f"{title}() takes at most {len(names)} positional arguments")
        if "scale" in keywords and not scale:
            raise TypeError(f"{title}() got an unexpected keyword argument 'scale'")
        for name, value in zip(names, arguments):
            if name in keywords:
                raise TypeError(f"{title}() got multiple values for argument {name!r}")
            keywords[name] = value
        for name in names[:2]:
            if name not in keywords:
                raise TypeError(f"{title}() missing required argument: {name!r}")
        return function(**keywords)

    return wrapper


def _pair(wants, loss, dz):
    return (loss, dz) if all(wants) else loss if wants[0] else dz


def _elementwise_loss(operation):
    def compute(title, wants, z, t, w=None, scale=1.0, mode="reproducible", **params):
        z, t = floats(title, "z", z), floats(title, "t", t)
        same_shape(title, "t", t, z.shape)
        if w is not None:
            w = floats(title, "w", w)
            same_shape(title, "w", w, z.shape)
        loss, dz = (np.empty(z.shape, np.float32) if wanted else None for wanted in wants)
        _call(
            title,
            _core.loss,
            operation.op,
            mode_number(title, mode),
            operation.param_values(params) or None,
            z.size,
            z,
            t,
            w,
            _number(title, "scale", scale),
            loss,
            dz,
        )
        return _pair(wants, loss, dz)

    _publish_loss(operation, operation.name, compute, ["z", "t", WEIGHT], [], LOSS_TEXTS)


def _cross_entropy(operation):
    name, dense = operation.name, f"{operation.name}_dense"

    def rows(title, z, axis, w, wants):
        z = floats(title, "z", z)
        sizes, position = split_axis(title, z.shape, axis)
        short = z.shape[:position] + z.shape[position + 1 :]
        if w is not None:
            w = floats(title, "w", w)
            same_shape(title, "w", w, short)
        loss = np.empty(short, np.float32) if wants[0] else None
        dz = np.empty(z.shape, np.float32) if wants[1] else None
        return z, sizes, short, w, loss, dz

    def by_class(
        title, wants, z, classes, w=None, axis=-1, ignore_index=-100, scale=1.0, mode="reproducible", **params
    ):
        z, sizes, short, w, loss, dz = rows(title, z, axis, w, wants)
        classes = np.asarray(classes, order="C")
        if not np.can_cast(classes.dtype, np.int64, "safe"):
            raise TypeError(
                f"{title}: classes is {classes.dtype}, and must be of integers; {dense} takes probabilities"
            )
        same_shape(title, "classes", classes, short)
        try:
            _call(
                title,
                _core.cross_entropy,
                mode_number(title, mode),
                operation.param_values(params),
                *sizes,
                z,
                classes.astype(np.int64, copy=False),
                ignore_index,
                w,
                _number(title, "scale", scale),
                loss,
                dz,
            )
        except IndexError as error:
            raise IndexError(f"{error}: see classes") from None
        return _pair(wants, loss, dz)

    def by_probability(title, wants, z, t, w=None, axis=-1, scale=1.0, mode="reproducible"):
        z, sizes, short, w, loss, dz = rows(title, z, axis, w, wants)
        t = floats(title, "t", t)
        same_shape(title, "t", t, z.shape)
        _call(
            title,
            _core.cross_entropy_dense,
            mode_number(title, mode),
            *sizes,
            z,
            t,
            w,
            _number(title, "scale", scale),
            loss,
            dz,
        )
        return _pair(wants, loss, dz)

    _publish_loss(
        operation,
        name,
        by_class,
        ["z", "classes", WEIGHT, AXIS],
        [("ignore_index", "int", -100, "int\n    A class that stands for no class: no loss, and no gradient")],
        (LOSS_TEXTS[0], "classes : array_like of integers\n    The true class of each row", LOSS_TEXTS[2], AXIS_TEXT),
    )
    _publish_loss(
        operation, dense, by_probability, ["z", "t", WEIGHT, AXIS], [], (*LOSS_TEXTS, AXIS_TEXT), params=False
    )


# ---- all of them -----------------------------------------------------------------------------------------------------


def make_all():
    """{name: function}, from the catalogue."""
    for operation in of_family("rows"):
        _rows(operation)
    _maxout_index()
    for operation in of_family("gates"):
        _gates(operation)
    for operation in of_family("channels"):
        _channels(operation)
    for operation in of_family("elementwise"):
        if operation.param_gradient:
            _param_gradient(operation)
    for operation in of_family("random"):
        RANDOM[operation.name](operation)
    _random_u32()
    for operation in of_family("losses"):
        # The one of rows has classes, and so a signature of its own.
        (_cross_entropy if operation.name == "softmax_cross_entropy" else _elementwise_loss)(operation)
    return functions
