# SPDX-License-Identifier: MIT
"""Reads the results of actfn_compare and computes medians, ratios, and which peer is fastest."""

import collections
import json
import math
import statistics

# ULP: up to this error a peer's accuracy is comparable with ours.  Rows add up many errors.
COMPARABLE, COMPARABLE_ROWS, ROWS = 4, 8, ("softmax", "log_softmax")
COMPARABLE_TEXT = f"error <= {COMPARABLE} ulp (rows: {COMPARABLE_ROWS})"
PEER_HEADINGS = ("fastest peer", f"fastest peer, {COMPARABLE_TEXT}")
ROOF = "memcpy"
UNREAL = ("|x| < 2^-126", "NaN")  # kinds of input that no net which works has
KI, MI = 1 << 10, 1 << 20
SIZES = {"f32": 4, "f16": 2, "bf16": 2}
Key = collections.namedtuple("Key", "op direction input n")
Timing = collections.namedtuple("Timing", "ns spread rounds")
# The same with the error on the same numbers, for tables by kind of input.
Judged = collections.namedtuple("Judged", "ns spread rounds error")
# A line of the table: our timings by contestant, and the fastest peers as Rival or None.
Row = collections.namedtuple("Row", "key ours best fastest accurate roof")
Rival = collections.namedtuple("Rival", "name timing ratio error")


class Results:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
        self.context, self.ops, self.missing = data["context"], data["ops"], data["missing"]
        self.contestants = {c["name"]: c for c in data["contestants"]}
        self.ours = [c["name"] for c in data["contestants"] if c["ours"]]
        self.errors = {(e["op"], e["direction"], e["contestant"]): e for e in data["errors"]}
        # JSON has no infinity, so null stands for it.
        for error in self.errors.values():
            error["ulp"] = math.inf if error["ulp"] is None else error["ulp"]
            error["curve"] = [math.inf if ulp is None else ulp for ulp in error["curve"] or []]
        # For tables by kind of input, the same operations ran again at one size, so that one run compares all kinds.
        self.cells, self.by_input = collections.defaultdict(dict), collections.defaultdict(dict)
        for t in data["timings"]:
            median = statistics.median(t["ns"])
            spread = statistics.median(abs(ns - median) for ns in t["ns"]) / median * 100 if median else 0
            key = Key(t["op"], t["direction"], t["input"], t["n"])
            if t["by_input"]:
                error = {"ulp": math.inf if t["ulp"] is None else t["ulp"], "flushes": t["flushes"], "wrong": ""}
                self.by_input[key][t["contestant"]] = Judged(median, spread, t["ns"], error)
            else:
                self.cells[key][t["contestant"]] = Timing(median, spread, t["ns"])
        # What runs of 16 bits compare: the type, and beside it the fast mode on floats.
        self.type = self.context.get("type", "f32")
        self.modes = ("fast", "accurate") if self.type == "f32" else (self.type, "f32")
        self.best = f"actfn-{self.context['best_isa']}-{self.modes[0]}"
        if self.best not in self.ours:
            self.best = self.ours[0]

    def directions(self):
        return [(op, direction) for op in self.ops for direction in ("forward", "backward")]

    def inputs(self):
        """The inputs of the tables by size."""
        return list(dict.fromkeys(key.input for key in self.cells))

    def kinds(self):
        """The kinds of input that were compared at one size."""
        return list(dict.fromkeys(key.input for key in self.by_input))

    def kinds_size(self):
        return next(iter(self.by_input)).n

    def sizes(self, of_input):
        return sorted({key.n for key in self.cells if key.input == of_input})

    def ratio(self, over, under):
        """The median of the rounds' ratios: within one round the machine was equally fast for everybody."""
        return statistics.median(a / b for a, b in zip(over.rounds, under.rounds))

    def rival_on(self, key):
        """The fastest peer on a kind of input whose error on the same numbers is comparable, as a Rival or None."""
        cell = self.by_input[key]
        rivals = [Rival(name, timing, self.ratio(timing, cell[self.best]), timing.error) for name, timing in cell.items()
                  if name not in self.ours and comparable(key.op, timing.error)]
        return min(rivals, key=lambda rival: rival.timing.ns, default=None)

    def row(self, op, direction, of_input, n):
        key = Key(op, direction, of_input, n)
        cell = self.cells[key]
        rivals = sorted((Rival(name, timing, self.ratio(timing, cell[self.best]), self.errors[op, direction, name])
                         for name, timing in cell.items() if name not in self.ours),
                        key=lambda rival: rival.timing.ns)
        accurate = [rival for rival in rivals if comparable(op, rival.error)]
        roof = self.cells[Key(ROOF, "forward", of_input, n)][ROOF]
        ours = {name: cell[name] for name in self.ours if name in cell}
        return Row(key, ours, cell[self.best], rivals[0] if rivals else None, accurate[0] if accurate else None,
                   bytes_of(ROOF, "forward", self.type) / roof.ns)


def comparable(op, error):
    return error["ulp"] <= (COMPARABLE_ROWS if op in ROWS else COMPARABLE)


def bytes_of(op, direction, of_type):
    """Bytes read and written for an element; each array counts once."""
    return SIZES[of_type] * ({"forward": 3, "backward": 5} if op == "swiglu" else {"forward": 2, "backward": 3})[direction]


def size_text(n):
    return f"{n // MI} Mi" if n >= MI else f"{n // KI} Ki" if n >= KI else str(n)


def bytes_text(n, of_type):
    return f"{size_text(SIZES[of_type] * n)}B"


def ulp_text(error):
    """0.5, 3.21, 1e+07 or inf; in brackets whether subnormal results become 0 and whether a special value is wrong."""
    ulp = error["ulp"]
    text = f"{ulp:.2f}".rstrip("0").rstrip(".") if ulp < 100 else f"{ulp:.0e}"
    marks = ", ".join((["flushes"] if error["flushes"] else []) + (["wrong specials"] if error["wrong"] else []))
    return f"{text} ({marks})" if marks else text


LEGEND = (
    "ns: nanoseconds an element, the median of the rounds;  spread: the median deviation from this median",
    "fast from y: the fast mode's derivative from f(x) in place of x; torch computes sigmoid, tanh and exp so",
    "error: the largest over a sample of all floats;  2e+07 and more: no digit is right;  inf: NaN or infinity in place of"
    " a finite result",
    "flushes: results below 2^-126 come out as 0 (not counted as error);  wrong specials: a wrong result for NaN or an"
    " infinity",
    "peer's time / ours: compared with the first column; above 1 our library is faster; the median over the rounds",
    f"fastest peer: whatever its error;  {COMPARABLE_TEXT}: the fastest peer whose largest error is at most that",
    "by kind of input: half of a row masked at random by -inf or -1e4; causal mask: of each row another part of the end is"
    " -inf",
    "share of memcpy's speed: the bytes a second that our fast mode moves, over those of memcpy",
)


def header_lines(results):
    context = results.context
    yield f"libactfn {context['actfn_version']}, {context['actfn_compiler']}, {context['actfn_flags']}"
    yield f"{context['cpu_model']}; {context['cpu_caches']}; {context['subnormals']}; one core, one thread"
    if results.type != "f32":
        yield (f"buffers of {results.type}, and errors in its ulp, on numbers that it has; f32 is our fast mode on as many "
               "floats")
    yield "peers: " + ", ".join(f"{c['name']} {c['version']}".strip() for c in results.contestants.values()
                                if not c["ours"])
    for missing in results.missing:
        yield f"left out: {missing['name']}: {missing['reason']}"


def table(results, of_input, n):
    """Headings, and a list of texts for each operation and direction."""
    isas = list(dict.fromkeys(results.contestants[name]["isa"] for name in results.ours))
    modes = [(isa, mode) for isa in isas for mode in results.modes]
    first = results.best.removeprefix("actfn-").rsplit("-", 1)[0]
    modes.sort(key=lambda pair: pair[0] != first)
    headings = ["operation", "direction"] + [f"{isa} {mode}, ns" for isa, mode in modes]
    headings += [f"{results.modes[0]} from y, ns", "spread, %", *(f"error of {mode}, ulp" for mode in results.modes),
                 "share of memcpy's speed"]
    for peer in PEER_HEADINGS:
        headings += ["peer's time / ours", peer, "its time, ns", "its error, ulp"]
    rows = []
    for op, direction in results.directions():
        row = results.row(op, direction, of_input, n)
        texts = [op, direction] + [f"{row.ours[f'actfn-{isa}-{mode}'].ns:.3f}" for isa, mode in modes]
        from_y = row.ours.get(f"{results.best}-from-y")
        texts += [f"{from_y.ns:.3f}" if from_y else "-", f"{row.best.spread:.1f}"]
        texts += [ulp_text(results.errors[op, direction, f"actfn-{first}-{mode}"]) for mode in results.modes]
        texts.append(f"{100 * bytes_of(op, direction, results.type) / row.best.ns / row.roof:.0f}%")
        for rival in (row.fastest, row.accurate):
            texts += ([f"{rival.ratio:.2f}", rival.name, f"{rival.timing.ns:.3f}", ulp_text(rival.error)] if rival else
                      ["-", "-", "-", "-"])
        rows.append(texts)
    return headings, rows


def kind_tables(results):
    """(title, headings, rows) of the tables by kind of input: our time in each mode, and the fastest peer beside us."""
    kinds = results.kinds()
    if not kinds:
        return
    n, isa = results.kinds_size(), results.contestants[results.best]["isa"]
    size = f"{size_text(n)} elements"

    def rows(cell_text):
        return [[op, direction] + [cell_text(key) if (key := Key(op, direction, kind, n)) in results.by_input else "-"
                                   for kind in kinds] for op, direction in results.directions()]

    def ours(name):
        def text(key):
            normal = results.by_input[key._replace(input=kinds[0])][name]
            timing = results.by_input[key][name]
            return f"{timing.ns:.3f}" + ("" if key.input == kinds[0] else f" ({timing.ns / normal.ns:.1f})")
        return text

    def rival(key):
        found = results.rival_on(key)
        marks = " (flushes)" if found and found.error["flushes"] else ""
        return f"{found.ratio:.2f} {found.name}{marks}" if found else "-"

    def worst(op, direction, name):
        times = [results.by_input[key][name].ns for kind in kinds
                 if kind not in UNREAL and (key := Key(op, direction, kind, n)) in results.by_input]
        return f"{max(times) / times[0]:.1f}"
    headings = ["operation", "direction"] + kinds
    for name in (f"actfn-{isa}-{mode}" for mode in results.modes):
        if name in results.ours:
            mode = name.rsplit("-", 1)[1]
            yield (f"Our time by kind of input: {isa}, {mode} mode, {size}, ns an element (in brackets: over that on "
                   f"{kinds[0]}; worst ratio: without subnormal inputs and NaN)", headings + ["worst ratio"],
                   [row + [worst(*row[:2], name)] for row in rows(ours(name))])
    yield (f"The fastest peer by kind of input: its time over that of our fast mode, {size}; {COMPARABLE_TEXT} "
           "on the same input", headings, rows(rival))
