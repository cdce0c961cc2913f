# SPDX-License-Identifier: MIT
"""The text of ACTIVATIONS.md."""
import collections
import re

from catalogue import FROM_OUTPUT, NONZERO, REQUIRED, TRAINED
from properties import INF

FLT_MAX = 3.4028234663852886e38
FAMILIES = {
    "elementwise": ("Elementwise", "One number in, one number out: `actfn_forward_f32`, `actfn_backward_f32`, and each by "
                    "its own name."),
    "channels": ("With weights of their own for each channel", "`actfn_channels_forward_f32` and its kin. The weights are "
                 "trained; plots and properties are those of the weights given with them. The cost of backward is that "
                 "of all gradients."),
    "random": ("With noise", "The noise is a function of seed, stream and index. Properties of `rrelu` are those of its "
               "evaluation form, its costs those of training; those of `gumbel_softmax` hold for one draw of the noise "
               "and a row (x, 0)."),
    "gates": ("Gates", "`actfn_gates_forward_f32` and its kin: y = v g(u), u being the gate and v the value. Plots and "
              "properties are of y as a function of u, with v = 1. The cost of backward is that of both gradients."),
    "rows": ("Rows", "`actfn_rows_forward_f32` and its kin, over any axis. Plots and properties are of the row (x, 0) as a "
             "function of x: of its first result, or of its one result."),
    "losses": ("Losses", "From logits z and targets t, the loss L and its gradient in one pass. Properties are those for "
               "t = 1 (class 0 of the row (z, 0)); the plots have the other target in grey. Forward costs the loss alone, "
               "backward the loss and its gradient."),
}

HEAD = """<!-- Made by docs/activations/make.py: change facts.toml there, or the library, and build the target "activations". -->
# The activation functions

Every function of the library: what it computes, what it looks like, how it behaves, what it costs, and what others call
it. [HOW_TO_CHOOSE.md](HOW_TO_CHOOSE.md) says which to take; [include/actfn.h](../include/actfn.h) is the manual of the
calls.

How to read an entry:

- **Plots** are drawn from the library's own output, forward and backward: f solid, f′ dashed. A dot is the value where a
  function jumps.
- **Range, centre, saturation, kinks** and **monotone** are computed from that output too, over floats of every magnitude
  (kinks: within ±10). They are those of the float function: a sigmoid does reach 1.
- **Centred** asks whether outputs lie on both sides of 0. **Saturates** says from where on |f′| stays below 0.001.
- **x ~ N(0, 1)** gives mean and variance of f for such inputs, and the mean of f′². A layer keeps the scale of what flows
  forward if its weights' variance is 1 / (n E f²), and of gradients if it is 1 / (n E f′²).
- **Error** is in ulp: the bound that the library promises over all finite floats, and the worst that the tests found.
- **Cost** is time over that of `relu` in the same direction, for buffers in a first-level cache
  ({cost}). There `relu` takes {relu_forward} ns an element forward and {relu_backward} backward.
  Beyond the caches memory decides, and most of the differences vanish.
- **Elsewhere** lists what the function is called in other libraries, and whether they have it forward (F), backward (B, in
  Keras and JAX by automatic differentiation), and with gradients of its parameters (P). Where values stand in brackets
  it is a case of a more general operator.

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
    """"slope = 0.01", for the title of a plot and the properties."""
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
            said.append(f"not {library}'s {name}, which is another function")
        else:
            said.append(f"{library} {name} ({direction})")
    return "; ".join(said) if said else "nowhere as an operation of its own"


def measured(rows, name, form):
    found = rows["ops"].get(name)
    return form(found) if found else None


def price(found):
    """What cost.json has of a function: forward, backward, and the shape of the tensor unless it is one row."""
    shape = [size for size in (found[2] if len(found) > 2 else "").split("x") if size not in ("1", "")]
    shaped = f" ({' × '.join(shape)} elements)" if len(shape) > 1 else ""
    return f"{found[0]:.3g} × relu, backward {found[1]:.3g} × relu's{shaped}"


def moments(values):
    if values is None:
        return None
    mean, variance, square = (0.0 if abs(v) < 5e-5 else v for v in values)
    return f"mean {mean:.3g}, variance {variance:.3g}; mean of f′² {square:.3g}".replace("-", "−")


def entry(op, facts, properties, setting, cost, ulp):
    """One function: a list of lines."""
    rows = [("f(x)", code(op.formula)), ("f′(x)", code(op.derivative))]
    if op.flags & FROM_OUTPUT:
        rows.append(("f′ from y", code(op.derivative_from_output or "yes") +
                     (f", needs {code(op.from_output_legal)}" if op.from_output_legal else "")))
    rows.append(("parameters", parameters(op) if op.params else "none"))
    if setting:
        rows.append(("shown", setting))
    rows += [("special values", op.note), ("limits", properties.limits()), ("range", properties.range()),
             ("centred", properties.centred()), ("saturates", properties.saturates()),
             ("jumps and kinks", properties.broken()), ("monotone", properties.monotone()),
             ("x ~ N(0, 1)", moments(properties.moments()) if op.family != "losses" else None)]
    rows.append(("error, ulp", f"f ≤ {number(op.ulp[0])}, f′ ≤ {number(op.ulp[1])}" +
                 (measured(ulp, op.name, lambda e: f"; found {e[0]:.2f}, {e[1]:.2f}") or "")))
    rows.append(("cost", measured(cost, op.name, price) or "not measured"))
    rows += [("from", facts["origin"]), ("used", facts["used"]), ("look out", facts["watch"]),
             ("elsewhere", peers(facts["peers"]))]
    also = f" Also called {', '.join(map(code, op.aliases.split(',')))}." if op.aliases else ""
    return [f"### {op.name}", "", f"![{op.name}](plots/{op.name}.svg)", "", facts["about"] + also, "", "| | |", "|---|---|",
            *(f"| {name} | {cell(words)} |" for name, words in rows if words), ""]


def summary(ops, cost):
    lines = ["| function | range | centred | monotone | saturates | f′ jumps | cost |", "|---|---|---|---|---|---|---|"]
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
    lines += ["## All at a glance", "", "Cost is forward, over relu's. Range, centre and the rest are those of the "
              "parameters shown in the entry.", ""]
    lines += summary([(op, properties) for op, properties, _ in ops], cost) + [""]
    for family, items in families.items():
        title, said = FAMILIES[family]
        lines += [f"## {title}", "", said, ""]
        for op, properties, setting in items:
            lines += entry(op, facts[op.name], properties, setting, cost, ulp)
    return "\n".join(lines).rstrip("\n") + "\n"
