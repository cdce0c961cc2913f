# SPDX-License-Identifier: MIT
"""Writes the text of ACTIVATIONS.md."""
import collections
import re

from catalogue import FROM_OUTPUT, NONZERO, REQUIRED, TRAINED
from properties import INF

FLT_MAX = 3.4028234663852886e38
FAMILIES = {
    "elementwise": ("Elementwise", "These functions take one number and give one number. The calls are `actfn_forward_f32` "
                    "and `actfn_backward_f32`, and each function has calls by its own name."),
    "channels": ("With weights for each channel", "The calls are `actfn_channels_forward_f32` and similar ones. The weights "
                 "are trained. Plots and properties are computed with the weights that the entry shows. The cost of "
                 "backward includes all gradients."),
    "random": ("With noise", "The noise is a function of seed, stream and index. The properties of `rrelu` are those of "
               "its evaluation form; its costs are those of training. The properties of `gumbel_softmax` hold for one draw "
               "of the noise and a row (x, 0)."),
    "gates": ("Gates", "The calls are `actfn_gates_forward_f32` and similar ones. They compute y = v g(u), where u is the "
              "gate and v the value. Plots and properties show y as a function of u, with v = 1. The cost of backward "
              "includes both gradients."),
    "rows": ("Rows", "The calls are `actfn_rows_forward_f32` and similar ones, over any axis. Plots and properties show the "
             "first result for the row (x, 0), or its only result, as a function of x."),
    "losses": ("Losses", "These functions compute the loss L and its gradient in one pass, from logits z and targets t. The "
               "properties are those for t = 1 (class 0 of the row (z, 0)). The plots show the other target in grey. The "
               "cost of forward is that of the loss alone; the cost of backward is that of the loss and its gradient."),
}

HEAD = """<!-- docs/activations/make.py writes this page: change facts.toml or the library, and build the target "activations". -->
# The activation functions

This page has an entry for every function of the library: its formula, its plot, its behaviour, its cost, and its names in
other libraries. [HOW_TO_CHOOSE.md](HOW_TO_CHOOSE.md) says which function to take. [include/actfn.h](../include/actfn.h) is
the manual of the calls.

How to read an entry:

- **Plots** are drawn from the library's own output, forward and backward. f is solid, f′ is dashed. A dot marks the value at
  a jump of a function.
- **Range**, **centred**, **saturates**, **jumps and kinks** and **monotone** are computed from this output too, over floats
  of every magnitude (jumps and kinks: within ±10). They describe the function on floats: for example a sigmoid does reach 1.
- **Centred** says whether outputs lie on both sides of 0. **Saturates** says from which x on |f′| stays below 0.001.
- **x ~ N(0, 1)** gives the mean and the variance of f for such inputs, and the mean of f′². A layer keeps the scale of its
  activations if the variance of its weights is 1 / (n E f²). It keeps the scale of the gradients if this variance is
  1 / (n E f′²).
- **Error** is in ulp: the bound that the library promises over all finite floats, and the largest error that the tests
  found.
- **Cost** is the time over the time of `relu` in the same direction, for buffers in a first-level cache
  ({cost}). There `relu` takes {relu_forward} ns an element forward and {relu_backward} backward.
  Beyond the caches memory decides, and most of the differences vanish.
- **Elsewhere** lists the names of the function in other libraries. F means that the library has the function forward, B
  backward (in Keras and JAX by automatic differentiation), and P with gradients of its parameters. If values stand in
  brackets, the function is a case of a more general operator.

"""


def cell(words):
    return words.replace("|", "\\|")


def code(words):
    return f"`{words}`" if words else ""


def number(value):
    return f"{value:.6g}"


def legal(p):
    if p.minimum == -FLT_MAX and p.maximum == FLT_MAX:
        said = "finite"
    elif p.minimum == -INF and p.maximum == INF:
        said = "any but NaN"
    elif p.minimum >= 0 and p.maximum >= FLT_MAX:
        said = "≥ 0" if p.minimum == 0 else "> 0"
    elif p.maximum <= 0 and p.minimum <= -FLT_MAX:
        said = "≤ 0" if p.maximum == 0 else "< 0"
    else:
        said = f"{number(p.minimum)} … {number(p.maximum)}"
    return said + (", not 0" if p.flags & NONZERO else "")


def setting_of(op, values):
    """The parameters as "slope = 0.01", for the title of a plot and the properties."""
    def one(value):
        return "(" + ", ".join(map(number, value)) + ")" if isinstance(value, list) else number(value)
    return ", ".join(f"{p.name} = {one(value)}" for p, value in zip(op.params, values)).replace("-", "−")


def parameters(op):
    said = []
    for p in op.params:
        default = "no default" if p.flags & REQUIRED else f"default {number(p.default)}"
        trained = ", trainable" if p.flags & TRAINED else ""
        said.append(f"`{p.name}`: {legal(p)}, {default}{trained}")
    return "; ".join(said) + (f"; needs {code(op.legal)}" if op.legal else "")


def peers(names):
    said = []
    for line in names:
        library, direction, name = line.split(" ", 2)
        match = re.match(r"^([^ (,]+(?:\([^ )]*\))?)(.*)$", name)
        name = f"`{match[1]}`{match[2]}"
        if direction == "≠":
            said.append(f"not {library} {name}, which is another function")
        else:
            said.append(f"{library} {name} ({direction})")
    return "; ".join(said) if said else "none of the libraries that we compared has this operation"


def measured(rows, name, form):
    found = rows["ops"].get(name)
    return form(found) if found else None


def price(found):
    """The cost of a function in cost.json: forward, backward, and the shape of the tensor unless it is one row."""
    shape = [size for size in (found[2] if len(found) > 2 else "").split("x") if size not in ("1", "")]
    shaped = f" ({' × '.join(shape)} elements)" if len(shape) > 1 else ""
    return f"{found[0]:.3g} × relu, backward {found[1]:.3g} × relu's{shaped}"


def moments(values):
    if values is None:
        return None
    mean, variance, square = (0.0 if abs(v) < 5e-5 else v for v in values)
    return f"mean {mean:.3g}, variance {variance:.3g}; mean of f′² {square:.3g}".replace("-", "−")


def entry(op, facts, properties, setting, cost, ulp):
    """The lines of one function."""
    rows = [("f(x)", code(op.formula)), ("f′(x)", code(op.derivative))]
    if op.flags & FROM_OUTPUT:
        rows.append(("f′ from y", code(op.derivative_from_output or "yes") +
                     (f", needs {code(op.from_output_legal)}" if op.from_output_legal else "")))
    rows.append(("parameters", parameters(op) if op.params else "none"))
    if setting:
        rows.append(("shown with", setting))
    rows += [("special values", op.note), ("limits", properties.limits()), ("range", properties.range()),
             ("centred", properties.centred()), ("saturates", properties.saturates()),
             ("jumps and kinks", properties.broken()), ("monotone", properties.monotone()),
             ("x ~ N(0, 1)", moments(properties.moments()) if op.family != "losses" else None)]
    rows.append(("error, ulp", f"f ≤ {number(op.ulp[0])}, f′ ≤ {number(op.ulp[1])}" +
                 (measured(ulp, op.name, lambda e: f"; found {e[0]:.2f}, {e[1]:.2f}") or "")))
    rows.append(("cost", measured(cost, op.name, price) or "not measured"))
    rows += [("from", facts["origin"]), ("used", facts["used"]), ("watch out", facts["watch"]),
             ("elsewhere", peers(facts["peers"]))]
    also = f" Also called {', '.join(map(code, op.aliases.split(',')))}." if op.aliases else ""
    return [f"### {op.name}", "", f"![{op.name}](plots/{op.name}.svg)", "", facts["about"] + also, "", "| | |", "|---|---|",
            *(f"| {name} | {cell(words)} |" for name, words in rows if words), ""]


def summary(ops, cost):
    lines = ["| function | range | centred | monotone | saturates | jumps of f′ | cost |", "|---|---|---|---|---|---|---|"]
    for op, properties in ops:
        saturates = properties.saturates()
        sides = [side for side, mark in (("left", "x <"), ("right", "x >")) if mark in saturates]
        where = " and ".join(sides) or ("flat" if "everywhere" in saturates else "no")
        forward = measured(cost, op.name, lambda found: f"{found[0]:.3g}") or "–"
        lines.append(f"| [`{op.name}`](#{op.name}) | {properties.bounds()} | {first(properties.centred())} | "
                     f"{first(properties.monotone())} | {where} | {properties.kink_count() or 'no'} | {forward} |")
    return lines


def first(words):
    return re.split(r"[:,]", words)[0]


def page(ops, facts, cost, ulp):
    """ops: a list of (Op, Properties, setting)."""
    forward, backward = cost["relu_ns"]
    head = HEAD.format(cost=f"{cost['cpu']}, {cost['isa']}, {cost['compiler']}, {cost['date']}",
                       relu_forward=f"{forward:.2g}", relu_backward=f"{backward:.2g}")
    lines = [head.rstrip("\n"), ""]
    families = collections.OrderedDict()
    for item in ops:
        families.setdefault(item[0].family, []).append(item)
    lines += ["## All at a glance", "", "Cost is the time of forward over that of relu. The other columns are for the "
              "parameters that the entry shows.", ""]
    lines += summary([(op, properties) for op, properties, _ in ops], cost) + [""]
    for family, items in families.items():
        title, said = FAMILIES[family]
        lines += [f"## {title}", "", said, ""]
        for op, properties, setting in items:
            lines += entry(op, facts[op.name], properties, setting, cost, ulp)
    return "\n".join(lines).rstrip("\n") + "\n"
