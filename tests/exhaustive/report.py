#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Gathers the results of actfn_exhaustive, and writes docs/ACCURACY.md and the files for comparison by later runs.

report.py gather DIRECTORY...  makes results.json from the files in the directories; where two files measured the same thing,
                               the one with more floats counts.  Fails if there are other bits than before; --new-bits accepts
                               them, and deletes the measurements of the old bits.
report.py write ACTFN          writes docs/ACCURACY.md, worst.txt and bits*.txt from results.json; the bounds come from the
                               list of the command ACTFN.
report.py check ACTFN          checks that these files are current, and that every error is within its bound.
"""
import json
import pathlib
import platform
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
RESULTS = HERE / "results.json"
# For each of these numbers N some test hashes one of N floats: see CMakeLists.txt.
SAMPLES = (64, 256, 1024)
NO_MISS = "No error is beyond its bound, and no NaN is wrong."
MODES = ("accurate", "fast")
FORMS = {"forward": "f(x)", "backward": "f'(x)", "from_output": "f' from y"}


# ---- gathering -------------------------------------------------------------------------------------------------------

def cpu():
    text = pathlib.Path("/proc/cpuinfo").read_text()
    found = re.search(r"^model name\s*: (.*)$", text, re.MULTILINE)
    return found[1].strip() if found else platform.machine()


def compiler():
    return subprocess.run(["cc", "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]


def key_of(row):
    # Hashes of different samples cannot be compared, so the sample is part of the key.
    return (row["op"], row["index"], row["contestant"], row["form"], 0 if "worst" in row else row["step"])


def function_of(row):
    """The key of results that have the same bits on every instruction set, over the same floats."""
    return row["op"], row["index"], row["contestant"].split("@")[0], row["form"]


def changed(best, old):
    """The functions whose bits have changed in some sample."""
    new = {(function_of(row), row["step"]): row["hash"] for row in best.values() if "@" in row["contestant"]}
    return {function_of(row) for row in old if new.get((function_of(row), row["step"]), row["hash"]) != row["hash"]}


def gather(directories, new_bits):
    best, here = {}, {"machine": cpu(), "compiler": compiler()}
    for directory in directories:
        for path in sorted(pathlib.Path(directory).glob("*.json")):
            found = json.loads(path.read_text())
            name, setting = path.stem.rsplit(".", 1)
            for result in found.pop("results"):
                result.pop("bound", None)
                row = {"op": name, "index": int(setting), "setting": found["setting"], "step": found["step"], **result,
                       **here}
                key = key_of(row)
                if key not in best or row["step"] < best[key]["step"]:
                    best[key] = row
    if not best:
        sys.exit("report.py: no results in " + " ".join(directories))
    # An old row stays, unless a new row of the same key has more floats or other bits.
    old = json.loads(RESULTS.read_text())["rows"] if RESULTS.exists() else []
    other = changed(best, old)
    if other and not new_bits:
        op, index, mode, form = min(other)
        sys.exit(f"report.py: {op} {index} {form}, {mode}: other bits than before; --new-bits if that is meant")
    for row in old:
        key = key_of(row)
        if function_of(row) not in other and (key not in best or row["step"] < best[key]["step"]):
            best[key] = row
    rows = [best[key] for key in sorted(best)]
    RESULTS.write_text('{"rows": [\n' + ",\n".join(json.dumps(row) for row in rows) + "\n]}\n")


# ---- the page --------------------------------------------------------------------------------------------------------

def number(value):
    return float(value)


def error_text(row):
    worst = number(row["worst"])
    return "0" if worst == 0 else f"{worst:.2f}" if worst < 1000 else f"{worst:.1e}"


def share(row):
    part = row["rounded"] / row["count"]
    return "100" if row["rounded"] == row["count"] else f"{min(100 * part, 99.999):.3f}"


def wrong_way(row):
    return "0" if row["turns"] == 0 else f"{row['turns']:,} ({number(row['back']):.0f})".replace(",", " ")


def share_of(step):
    return "all" if step == 1 else f"1/{step}"


def name_of(row):
    return f"`{row['op']}`" + (f" {row['setting']}" if row["index"] > 0 else "")


def table(lines, columns, rows, aligned):
    lines.append("| " + " | ".join(columns) + " |")
    lines.append("|" + "|".join(aligned) + "|")
    lines.extend("| " + " | ".join(row) + " |" for row in rows)
    lines.append("")


def errors(lines, rows):
    for form, title in FORMS.items():
        chosen = [row for row in rows if row["form"] == form]
        if not chosen:
            continue
        lines += [f"### {title}", ""]
        columns = ["operation", "worst error, ULP", "bound, ULP", "at x =", "correctly rounded, %", "range exceeded",
                   "floats"]
        if form == "forward":
            columns[6:6] = ["wrong-way steps (ULP)"]
        body = []
        for row in chosen:
            cells = [name_of(row), error_text(row), f"{number(row['bound']):g}", row["at"], share(row),
                     "yes" if row["left_range"] else "no", share_of(row["step"])]
            if form == "forward":
                cells[6:6] = [wrong_way(row)]
            body.append(cells)
        table(lines, columns, body, ["---", "---:", "---:", "---:", "---:", "---"] +
              (["---:"] if form == "forward" else []) + ["---:"])


def peers(lines, rows):
    lines += ["## Other libraries", "",
              "This is the same walk for other libraries that have the function: the C library (libm) and SLEEF, each in a plain",
              "loop around its functions, and libraries of kernels. An infinite error means a NaN or an infinity in the place of",
              "a finite result, or the reverse. An error of 2e7 or similar means that the result lost all digits.", ""]
    body = []
    for op in dict.fromkeys(row["op"] for row in rows):
        for form in ("forward", "backward"):
            for row in rows:
                if row["op"] == op and row["form"] == form:
                    body.append([f"`{op}`", FORMS[form], row["contestant"], error_text(row), row["at"], share(row),
                                 str(row["wrong_nan"]), share_of(row["step"])])
    table(lines, ["operation", "direction", "library", "worst error, ULP", "at x =", "correctly rounded, %", "wrong NaN",
                  "floats"], body,
          ["---", "---", "---", "---:", "---:", "---:", "---:", "---:"])


INTRODUCTION = """\
# Accuracy over all floats

`make exhaustive` writes this page: it walks every elementwise operation over all 2^32 floats. No figure here was typed.
Where a table says 1/N, the walk took one of N runs of 64 neighbouring floats instead of all floats.

- **Worst error** is the largest error in ULP of the exact result. It is the total error and includes the last rounding: 0.5
  is correct rounding. A result below 2^-126 is measured in units of 2^-149, and an infinity counts as 2^128. Where terms
  cancel away from x = 0, an ULP is at least 2^-24 of the magnitudes of the terms. For f' from y an ULP is 2^-24 of the
  greatest |f'|. docs/DESIGN.md gives the reasons. **At x =** is the input with the worst error.
- **Correctly rounded** is the share of results that are the exact result rounded to nearest.
- **Range exceeded** says whether a result lies outside the range of the rounded exact results over the same floats. "Yes"
  happens only at an extremum of the function or of its derivative, by no more than the worst error.
- **Wrong-way steps** counts pairs of neighbouring floats between which the result rises where the function falls, or falls
  where the function rises. The largest such step, in ULP, stands in parentheses. 0 means that the result rises and falls
  where f does; then a function that only rises never falls in floats.
- Every NaN among the inputs gave a NaN. No other input gave a NaN, except where the exact result is one. A line says so
  where this does not hold.

The reference is written from the definitions in double precision, in forms in which nothing cancels. It is good to 2^-40
and was compared with MPFR at 704 bits. At every worst input of f and f' MPFR was asked again. The largest difference
between the two errors was {doubt:.1e} ULP.
"""


def bounds_of(command):
    listed = json.loads(subprocess.run([command, "list", "--json"], capture_output=True, text=True, check=True).stdout)
    return {op["name"]: op for op in listed}


def bound_of(row, catalogue):
    if row["form"] == "from_output":
        return 4
    return catalogue[row["op"]][f"ulp_{row['form']}" + ("_fast" if row["contestant"].startswith("fast@") else "")]


def places(rows):
    """Where errors were measured, and for which operations; the place with most operations is left out."""
    found = {}
    for row in rows:
        found.setdefault((row["machine"], row["compiler"]), {})[row["op"]] = True
    most = max(found, key=lambda place: (len(found[place]), place))
    lines = [f"Errors were measured on: {most[0]}; compiler of the reference: {most[1]}."]
    for place in sorted(set(found) - {most}):
        lines.append(f"On {place[0]}, {place[1]}: {', '.join(f'`{op}`' for op in sorted(found[place]))}.")
    return lines


def same_bits(lines, rows):
    """Counts the comparisons of bits(), by the finest sample of each."""
    finest = {}
    for row in rows:
        mode, _, isa = row["contestant"].partition("@")
        if mode in MODES:
            key = (mode, isa, row["index"] > 0, row["op"], row["index"], row["form"])
            finest[key] = min(finest.get(key, row["step"]), row["step"])
    counts = {}
    for (mode, isa, further, *_), step in finest.items():
        counts.setdefault((mode, isa), ({}, {}))[further].setdefault(step, []).append(step)
    lines += ["## The same bits on every instruction set", "",
              "There is a hash for each function, mode, direction and setting. All hashes over the same floats were equal.", ""]
    texts = [(*name, *(", ".join(f"{len(steps[step])} over {share_of(step)}" for step in sorted(steps)) or "-"
                       for steps in both)) for name, both in sorted(counts.items())]
    table(lines, ["mode", "instruction set", "at the defaults", "further settings"], texts, ["---"] * 4)


def most_floats(rows):
    """A row for each function: all instruction sets have the same bits."""
    best = {}
    for row in rows:
        key = function_of(row)
        if key not in best or row["step"] < best[key]["step"]:
            best[key] = row
    return [best[key] for key in sorted(best)]


def page(found, catalogue):
    rows = found["rows"]
    measured = [row for row in rows if "worst" in row]
    ours = [row for row in measured if row["contestant"].split("@")[0] in MODES]
    others = [row for row in measured if row not in ours]
    for row in ours:
        row["bound"] = bound_of(row, catalogue)
    doubts = [abs(number(row["confirmed"]) - number(row["worst"])) for row in ours
              if number(row["worst"]) > 0 and row["confirmed"] not in ("nan", "inf")]
    lines = [INTRODUCTION.format(doubt=max(doubts)),
             *places(measured), ""]
    lines += ["## Errors beyond their bound", ""]
    misses = [f"- {name_of(row)} {FORMS[row['form']]}, {row['contestant']}: {error_text(row)} ULP of {number(row['bound']):g} "
              f"at {row['at']}" + (f", {row['wrong_nan']} wrong NaN" if row["wrong_nan"] else "")
              for row in ours if number(row["worst"]) > number(row["bound"]) + 2**-12 or row["wrong_nan"]]
    lines += misses or [NO_MISS]
    lines.append("")
    same_bits(lines, rows)
    for mode in MODES:
        lines += [f"## {mode.capitalize()} mode", ""]
        errors(lines, most_floats(row for row in ours if row["contestant"].startswith(mode)))
    if others:
        peers(lines, others)
    return "\n".join(lines).rstrip("\n") + "\n"


# ---- the files with which later runs compare -------------------------------------------------------------------------

def worst(found):
    pairs = {(row["op"], row["at"]) for row in found["rows"] if "worst" in row and "@" in row["contestant"]
             and number(row["worst"]) > 0}
    return "".join(f"{op} {at}\n" for op, at in sorted(pairs))


def bits(found, step):
    lines = {}
    for row in found["rows"]:
        hashed = "worst" not in row or step == 1
        mode, _, isa = row["contestant"].partition("@")
        if mode in MODES and row["step"] == step and hashed:
            key = (mode, row["op"], row["index"], row["form"])
            if lines.setdefault(key, row["hash"]) != row["hash"]:
                sys.exit(f"report.py: {key}: {row['contestant']} has other bits")
    return "".join(f"{mode} {op} {index} {form} {value}\n" for (mode, op, index, form), value in sorted(lines.items()))


def files(found, catalogue):
    return {ROOT / "docs" / "ACCURACY.md": page(found, catalogue), HERE / "worst.txt": worst(found),
            HERE / "bits.txt": bits(found, 1), **{HERE / f"bits_{step}.txt": bits(found, step) for step in SAMPLES}}


def main():
    arguments = [a for a in sys.argv[2:] if a != "--new-bits"]
    if arguments and sys.argv[1] == "gather":
        gather(arguments, len(arguments) < len(sys.argv) - 2)
        return
    if len(sys.argv) != 3 or sys.argv[1] not in ("write", "check"):
        sys.exit(__doc__)
    written = files(json.loads(RESULTS.read_text()), bounds_of(sys.argv[2]))
    stale = [str(path.relative_to(ROOT)) for path, text in written.items()
             if not path.exists() or path.read_text() != text]
    if sys.argv[1] == "write":
        for path, text in written.items():
            path.write_text(text)
    elif stale:
        sys.exit("stale: " + ", ".join(stale) + "; run tests/exhaustive/report.py write, which makes them from results.json")
    elif NO_MISS not in written[ROOT / "docs" / "ACCURACY.md"]:
        sys.exit("docs/ACCURACY.md names errors beyond their bound")


main()
