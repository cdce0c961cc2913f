# SPDX-License-Identifier: MIT
"""The plots of the report: drawn by matplotlib, as PNG in data URIs."""

import base64
import collections
import io
import math

import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402 (after the choice of the backend)

from results import ROOF, SIZES, Key, bytes_of, bytes_text  # noqa: E402


def styles(results):
    """The same styles in every plot: a colour for each peer, a dash for each of its variants, thick lines for ours."""
    isas = list(dict.fromkeys(results.contestants[name]["isa"] for name in results.ours))
    ours = dict(zip(isas, ("crimson", "navy", "darkgreen")))
    peers = [c for k, c in enumerate(plt.get_cmap("tab10").colors) if k != 3] + ["olive", "teal", "gold"]
    dashes = ("-", "--", "-.", ":")
    families, style = collections.defaultdict(list), {}
    for name, contestant in results.contestants.items():
        family = families[contestant["isa"] if contestant["ours"] else name.split("-")[0]]
        family.append(name)
        colour = ours[contestant["isa"]] if contestant["ours"] else peers[len(families) % len(peers)]
        style[name] = {"color": style[family[0]]["color"] if len(family) > 1 else colour,
                       "linewidth": 2.2 if contestant["ours"] else 1.1,
                       "linestyle": dashes[(len(family) - 1) % len(dashes)], "label": name}
    style[ROOF].update(color="black", linestyle=":", linewidth=1.6)
    return style


def draw_throughput(axes, results, style, op, direction, of_input):
    lines = {}
    for n in results.sizes(of_input):
        for kind in ((op, direction), (ROOF, "forward")):
            for name, timing in results.cells.get(Key(*kind, of_input, n), {}).items():
                lines.setdefault(name, []).append((SIZES[results.type] * n, bytes_of(*kind, results.type) / timing.ns))
    for name, points in lines.items():
        axes.plot(*zip(*points), marker=".", markersize=4, **style[name])
    axes.set_xscale("log", base=2)
    axes.set_yscale("log")
    sizes = results.sizes(of_input)
    axes.set_xticks([SIZES[results.type] * n for n in sizes], [bytes_text(n, results.type) for n in sizes], fontsize=7)
    axes.set_title(f"{op} {direction}", fontsize=10)
    axes.set_xlabel(f"bytes in a buffer, input {of_input}", fontsize=8)
    axes.set_ylabel("GB/s", fontsize=8)
    axes.grid(True, which="both", alpha=0.25)
    axes.legend(fontsize=5.5, ncol=2)


def draw_errors(axes, results, style, op, direction):
    end = results.context["curve_end"]
    highest = 1e9  # an infinite error is drawn at the upper edge
    for name in results.contestants:
        error = results.errors.get((op, direction, name))
        if error and error["curve"]:
            columns = len(error["curve"])
            x = [-end + 2 * end * (k + 0.5) / columns for k in range(columns)]
            axes.plot(x, [min(ulp, highest) if ulp > 0 else math.nan for ulp in error["curve"]], **style[name])
    axes.set_yscale("log")
    axes.set_xlim(-end, end)
    axes.set_ylim(1e-2, highest)
    axes.axhline(4, color="black", linewidth=0.6)
    axes.set_title(f"{op} {direction}: largest error", fontsize=10)
    axes.set_xlabel("x", fontsize=8)
    axes.set_ylabel("ULP", fontsize=8)
    axes.grid(True, alpha=0.25)


def plot(results, style, op):
    """One picture for an operation: throughput above, errors below; forward on the left."""
    curves = any(results.errors[op, direction, results.best]["curve"] for direction in ("forward", "backward"))
    figure, axes = plt.subplots(2 if curves else 1, 2, figsize=(13, 9 if curves else 4.7), squeeze=False,
                                layout="constrained")
    for column, direction in enumerate(("forward", "backward")):
        draw_throughput(axes[0][column], results, style, op, direction, results.inputs()[0])
        if curves:
            draw_errors(axes[1][column], results, style, op, direction)
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=80)
    plt.close(figure)
    return "data:image/png;base64," + base64.b64encode(picture.getvalue()).decode("ascii")


def plots(results):
    """Returns (operation, data URI) for each operation."""
    style = styles(results)
    for op in results.ops:
        yield op, plot(results, style, op)
