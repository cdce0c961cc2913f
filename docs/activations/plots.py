# SPDX-License-Identifier: MIT
"""The plots, one for each function: f solid, f' dashed.  Only drawing needs matplotlib; the data and its digest do not."""
import hashlib
import math
import struct

from properties import grid, jumps, place_of, rank, unrank

STEPS = 400
BLUE, ORANGE, GREY, BAND = "#1f5fa8", "#c8500a", "#8a8a8a", "#dbe6f3"


# ---- the data of a plot ---------------------------------------------------------------------------------------------


class Line:
    """Points of a function, in pieces between its jumps, thinned out, and the values at the jumps."""

    def __init__(self, function, low, high, kind, label):
        self.kind, self.label = kind, label
        breaks = [pair for pair in jumps(function, low, high) if low < pair[0] and pair[1] < high]
        xs, self.pieces, self.dots = grid(low, high, STEPS), [], []
        for left, right in zip([None] + breaks, breaks + [None]):
            inside = [x for x in xs if (left is None or x > left[1]) and (right is None or x < right[0])]
            start = [] if left is None else [unrank(rank(left[1]) + 4)]
            end = [] if right is None else [unrank(rank(right[0]) - 4)]
            xs_here = start + inside + end
            piece = [(x, y) for x, y in zip(xs_here, function(xs_here)) if math.isfinite(y)]
            if len(piece) > 1:
                self.pieces.append(piece)
        for pair in breaks if len(breaks) < 8 else []:
            value = function([place_of(pair)])[0]
            if math.isfinite(value):
                self.dots.append((place_of(pair), value))

    def extent(self):
        return [y for piece in self.pieces for _, y in piece]


def thin(points, tolerance):
    """Ramer, Douglas and Peucker: few of the points, from whose line no other point is further away than tolerance."""
    if len(points) < 3:
        return points
    (x0, y0), (x1, y1) = points[0], points[-1]
    off = [abs(y - (y0 + (y1 - y0) * (x - x0) / (x1 - x0 or 1))) for x, y in points]
    worst = max(range(len(points)), key=off.__getitem__)
    if off[worst] <= tolerance:
        return [points[0], points[-1]]
    return thin(points[:worst + 1], tolerance)[:-1] + thin(points[worst:], tolerance)


class Picture:
    """All data that a plot shows."""

    def __init__(self, op, curves, setting, facts):
        low, high = facts.get("x", [-5, 5])
        main = curves.main
        self.title, self.setting = op.name, setting
        self.variable, self.range = curves.variable, (low, high)
        self.lines = [Line(main.f, low, high, "f", main.names[0]), Line(main.df, low, high, "df", main.names[1])]
        for other in curves.others:
            self.lines.append(Line(other.f, low, high, "other", other.names[0]))
            if other.names[1]:
                self.lines.append(Line(other.df, low, high, "other df", other.names[1]))
        self.band, self.points = [], []
        if curves.band:
            lower, upper, drawn = curves.band
            xs = [float(low), 0.0, float(high)]
            self.band = list(zip(xs, lower(xs), upper(xs)))
            xs = grid(low, high, 60)
            self.points = list(zip(xs, drawn(xs)))
        values = [y for line in self.lines for y in line.extent()] + [y for _, y in self.points]
        bottom, top = facts.get("y", (max(min(values), -4), min(max(values), 5)))
        margin = 0.06 * (top - bottom or 1)
        self.limits = bottom - margin, top + margin
        for line in self.lines:
            line.pieces = [thin(cut(piece, *self.limits), (top - bottom or 1) / 1000) for piece in line.pieces]

    def digest(self):
        """A digest of the data from the library.  It does not change when matplotlib draws the same data otherwise."""
        said = hashlib.sha256(repr((self.title, self.setting, self.variable, self.range)).encode())
        for line in self.lines:
            said.update(repr((line.kind, line.label)).encode())
            for x, y in [point for piece in line.pieces for point in piece] + line.dots:
                said.update(struct.pack("<ff", x, y + 0.0))
        for row in self.band + self.points:
            said.update(struct.pack(f"<{len(row)}f", *row))
        return said.hexdigest()[:32]


def cut(piece, bottom, top):
    """The piece without its far ends outside the picture, which would only cost points."""
    room = top - bottom
    keep = [k for k, (_, y) in enumerate(piece) if bottom - room < y < top + room]
    return piece[max(keep[0] - 1, 0):keep[-1] + 2] if keep else piece[:1]


# ---- drawing --------------------------------------------------------------------------------------------------------

STYLES = {
    "f": {"color": BLUE, "linewidth": 2.2, "zorder": 4},
    "df": {"color": ORANGE, "linewidth": 1.8, "linestyle": (0, (4, 2)), "zorder": 5},
    "other": {"color": GREY, "linewidth": 1.5, "zorder": 2},
    "other df": {"color": GREY, "linewidth": 1.3, "linestyle": (0, (4, 2)), "zorder": 2},
}


def draw(picture, path):
    import matplotlib
    matplotlib.use("svg")
    from matplotlib import pyplot
    matplotlib.rcParams.update({
        "svg.fonttype": "none", "svg.hashsalt": "actfn", "font.family": "sans-serif", "font.size": 10,
        "axes.spines.top": False, "axes.spines.right": False, "axes.edgecolor": "#555555", "path.simplify": True,
    })
    figure, axes = pyplot.subplots(figsize=(5.4, 3.4), facecolor="white")
    axes.set_facecolor("white")
    axes.grid(True, color="#e4e4e4", linewidth=0.7)
    axes.axhline(0, color="#999999", linewidth=0.8, zorder=1)
    if picture.range[0] < 0 < picture.range[1]:
        axes.axvline(0, color="#999999", linewidth=0.8, zorder=1)
    if picture.band:
        xs, lower, upper = zip(*picture.band)
        axes.fill_between(xs, lower, upper, color=BAND, linewidth=0, label="slopes in training")
        axes.plot(*zip(*picture.points), linestyle="", marker=".", markersize=3.5, color=GREY, zorder=2,
                  label="one draw")
    for line in picture.lines:
        label = line.label
        for piece in line.pieces:
            axes.plot(*zip(*piece), label=label or None, **STYLES[line.kind])
            label = None
        if line.dots:
            axes.plot(*zip(*line.dots), linestyle="", marker="o", markersize=4, color=STYLES[line.kind]["color"],
                      zorder=6)
    axes.set_xlim(*picture.range)
    axes.set_ylim(*picture.limits)
    axes.set_xlabel(picture.variable)
    axes.text(0, 1.10, picture.title, fontsize=12, transform=axes.transAxes)
    axes.text(0, 1.03, picture.setting, fontsize=8.5, color="#555555", transform=axes.transAxes)
    axes.legend(loc="lower right", bbox_to_anchor=(1.01, 1.06), ncol=2, frameon=False, fontsize=9, borderaxespad=0,
                handlelength=2.6, columnspacing=1.2)
    figure.tight_layout()
    metadata = {"Date": None, "Creator": None, "Description": f"digest {picture.digest()}"}
    figure.savefig(path, metadata=metadata if str(path).endswith(".svg") else None, dpi=110)
    pyplot.close(figure)
