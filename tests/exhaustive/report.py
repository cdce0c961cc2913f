#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Gathers what actfn_exhaustive found, and writes docs/ACCURACY.md and what later runs compare with.

report.py gather DIRECTORY...  results.json from the files in the directories: of the same thing the one with most floats;
                               fails where the reproducible mode has other bits than before (--new-bits: takes them)
report.py write ACTFN          docs/ACCURACY.md, worst.txt and bits*.txt from results.json, bounds from the command's list
report.py check ACTFN          whether they are what it would write, and every error is within its bound
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
# Of so many floats one is hashed by some test: see CMakeLists.txt.
SAMPLES = (64, 256, 1024)
NO_MISS = "No error is beyond its bound, and no NaN is wrong."
FORMS = {"forward": "f(x)", "backward": "f'(x)", "from_output": "f' from y"}


# ---- gathering -------------------------------------------------------------------------------------------------------

def cpu():
    text = pathlib.Path("/proc/cpuinfo").read_text()
    found = re.search(r"^model name\s*: (.*)$", text, re.MULTILINE)
    return found[1].strip() if found else platform.machine()


def compiler():
    return subprocess.run(["cc", "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]


def key_of(row):
    # Hashes of different samples say different things.
    return (row["op"], row["index"], row["contestant"], row["form"], 0 if "worst" in row else row["step"])


def refuse_new_bits(best, old):
    for row in old:
        new = best.get(key_of(row), row)
        if row["contestant"].startswith("reproducible@") and new["step"] == row["step"] and new["hash"] != row["hash"]:
            sys.exit(f"report.py: {row['op']} {row['index']} {row['form']}, {row['contestant']}: other bits than before; "
                     "--new-bits if that is meant")


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
    # What is there already stays, where nothing new was found of it.
    old = json.loads(RESULTS.read_text())["rows"] if RESULTS.exists() else []
    if not new_bits:
        refuse_new_bits(best, old)
    for row in old:
        best.setdefault(key_of(row), row)
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


def turns(row):
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
        columns = ["operation", "worst", "bound", "at", "rounded %", "range", "floats"]
        if form == "forward":
            columns[6:6] = ["turns (ULP)"]
        body = []
        for row in chosen:
            cells = [name_of(row), error_text(row), f"{number(row['bound']):g}", row["at"], share(row),
                     "left" if row["left_range"] else "kept", share_of(row["step"])]
            if form == "forward":
                cells[6:6] = [turns(row)]
            body.append(cells)
        table(lines, columns, body, ["---", "---:", "---:", "---:", "---:", "---"] +
              (["---:"] if form == "forward" else []) + ["---:"])


def peers(lines, rows):
    lines += ["## Others", "",
              "The same walk for those who have the function: the C library (libm) and SLEEF's functions in the plain loop",
              "that one writes around them, and libraries of kernels. An infinite error is a NaN or an infinity that is none,",
              "or the reverse; 2e7 and the like is a result that lost all digits.", ""]
    body = []
    for op in dict.fromkeys(row["op"] for row in rows):
        for form in ("forward", "backward"):
            for row in rows:
                if row["op"] == op and row["form"] == form:
                    body.append([f"`{op}`", FORMS[form], row["contestant"], error_text(row), row["at"], share(row),
                                 str(row["wrong_nan"]), share_of(row["step"])])
    table(lines, ["operation", "", "who", "worst", "at", "rounded %", "wrong NaN", "floats"], body,
          ["---", "---", "---", "---:", "---:", "---:", "---:", "---:"])


INTRODUCTION = """\
# Accuracy over all floats

Written by `make exhaustive`, which walks every elementwise operation over all 2^32 floats; nothing here was typed. Where
a table says 1/N, one of N runs of 64 neighbouring floats was seen instead of all.

- **worst** is the largest error in ULP of the exact result, total and not before rounding: 0.5 is correct rounding. Results
  below 2^-126 are measured in 2^-149; an infinity counts as 2^128. Where terms cancel away from x = 0 an ULP is at least
  2^-24 of the terms' magnitudes, and from y it is 2^-24 of the greatest |f'|: docs/DESIGN.md says why. **at** is the input.
- **rounded** is the share of results that are the exact one rounded to nearest.
- **range**: kept, where no result is outside of what exact results round to over the same floats. Where it is left, it is
  by the error in the first column, at the function's or its derivative's extremum.
- **turns** are neighbouring floats between which the result goes the other way than the function, and in parentheses by how
  many ULP at most. 0 says that the result rises and falls where f does; a function that only rises never falls.
- Every NaN among the inputs gave a NaN, and no other input gave one that is not the exact result, unless a line says so.

The reference is in double precision, written from the definitions so that nothing cancels, good to 2^-40 and held against
MPFR at 704 bits; at every worst input of f and f' MPFR was asked again, and the largest difference of the two errors was
{doubt:.1e} ULP.
"""


def bounds_of(command):
    listed = json.loads(subprocess.run([command, "list", "--json"], capture_output=True, text=True, check=True).stdout)
    return {op["name"]: op for op in listed}


def bound_of(row, catalogue):
    if row["form"] == "from_output":
        return 4
    return catalogue[row["op"]][f"ulp_{row['form']}" + ("_fast" if row["contestant"].startswith("fast@") else "")]


def places(rows):
    """Where errors were measured, and of which operations, but for those of the place that has most."""
    found = {}
    for row in rows:
        found.setdefault((row["machine"], row["compiler"]), {})[row["op"]] = True
    most = max(found, key=lambda place: (len(found[place]), place))
    lines = [f"Errors were measured on: {most[0]}; compiler of the reference: {most[1]}."]
    for place in sorted(set(found) - {most}):
        lines.append(f"On {place[0]}, {place[1]}: {', '.join(f'`{op}`' for op in sorted(found[place]))}.")
    return lines


def same_bits(lines, rows):
    """What bits() has compared, by the finest sample of each."""
    finest = {}
    for row in rows:
        mode, _, isa = row["contestant"].partition("@")
        if mode == "reproducible":
            key = (isa, row["index"] > 0, row["op"], row["index"], row["form"])
            finest[key] = min(finest.get(key, row["step"]), row["step"])
    counts = {}
    for (isa, further, *_), step in finest.items():
        counts.setdefault(isa, ({}, {}))[further].setdefault(step, []).append(step)
    lines += ["## The same bits in the reproducible mode", "",
              "A hash for each function, direction and setting; all that are of the same floats were equal.", ""]
    texts = [(isa, *(", ".join(f"{len(steps[step])} over {share_of(step)}" for step in sorted(steps)) or "-" for steps in both))
             for isa, both in sorted(counts.items())]
    table(lines, ["instruction set", "at the defaults", "further settings"], texts, ["---"] * 3)


def fast_bits(lines, rows):
    """Who has whose bits, by the finest sample that all have been hashed over."""
    steps, cells = {}, {}
    for row in rows:
        mode, _, isa = row["contestant"].partition("@")
        if mode == "fast":
            steps.setdefault(isa, set()).add(row["step"])
            cells.setdefault((row["op"], row["index"], row["form"], row["step"]), {})[isa] = row["hash"]
    shared = set.intersection(*steps.values())
    counts = {}
    for (_, index, _, step), hashes in cells.items():
        if shared and step == min(shared) and len(hashes) == len(steps):
            alike = {}
            for isa in sorted(hashes):
                alike.setdefault(hashes[isa], []).append(isa)
            text = "; ".join(", ".join(isas) for isas in alike.values())
            counts.setdefault(text, [0, 0])[index > 0] += 1
    if not counts:
        return
    lines += ["## The same bits in the fast mode", "",
              "Not promised, but who has another's bits has its errors. Between semicolons are those whose hashes over "
              f"{share_of(min(shared))} of", "all floats were equal.", ""]
    body = [[text, *map(str, both)] for text, both in sorted(counts.items(), key=lambda item: (-sum(item[1]), item[0]))]
    table(lines, ["instruction sets", "at the defaults", "further settings"], body, ["---", "---:", "---:"])


def page(found, catalogue):
    rows = found["rows"]
    measured = [row for row in rows if "worst" in row]
    ours = [row for row in measured if "@" in row["contestant"] and row["contestant"].split("@")[0] in
            ("reproducible", "fast")]
    others = [row for row in measured if row not in ours]
    for row in ours:
        row["bound"] = bound_of(row, catalogue)
    doubts = [abs(number(row["confirmed"]) - number(row["worst"])) for row in ours
              if number(row["worst"]) > 0 and row["confirmed"] not in ("nan", "inf")]
    lines = [INTRODUCTION.format(doubt=max(doubts)),
             *places(measured), ""]
    lines += ["## What misses its target", ""]
    misses = [f"- {name_of(row)} {FORMS[row['form']]}, {row['contestant']}: {error_text(row)} ULP of {number(row['bound']):g} "
              f"at {row['at']}" + (f", {row['wrong_nan']} wrong NaN" if row["wrong_nan"] else "")
              for row in ours if number(row["worst"]) > number(row["bound"]) + 2**-12 or row["wrong_nan"]]
    lines += misses or [NO_MISS]
    lines.append("")
    same_bits(lines, rows)
    fast_bits(lines, rows)
    names = list(dict.fromkeys(row["contestant"] for row in ours))
    for name in sorted(names, key=lambda n: (n.split("@")[0] != "reproducible", n)):
        mode, isa = name.split("@")
        lines += [f"## {'Reproducible' if mode == 'reproducible' else 'Fast'} mode, {isa}" +
                  (", whose bits the others have" if mode == "reproducible" else ""), ""]
        errors(lines, [row for row in ours if row["contestant"] == name])
    if others:
        peers(lines, others)
    return "\n".join(lines).rstrip("\n") + "\n"


# ---- what later runs compare with ------------------------------------------------------------------------------------

def worst(found):
    pairs = {(row["op"], row["at"]) for row in found["rows"] if "worst" in row and "@" in row["contestant"]
             and number(row["worst"]) > 0}
    return "".join(f"{op} {at}\n" for op, at in sorted(pairs))


def bits(found, step):
    lines = {}
    for row in found["rows"]:
        hashed = "worst" not in row or step == 1
        if row["contestant"].startswith("reproducible@") and row["step"] == step and hashed:
            key = (row["op"], row["index"], row["form"])
            if lines.setdefault(key, row["hash"]) != row["hash"]:
                sys.exit(f"report.py: {key}: {row['contestant']} has other bits")
    return "".join(f"{op} {index} {form} {value}\n" for (op, index, form), value in sorted(lines.items()))


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
        sys.exit("not what results.json makes: " + ", ".join(stale) + "; run tests/exhaustive/report.py write")
    elif NO_MISS not in written[ROOT / "docs" / "ACCURACY.md"]:
        sys.exit("docs/ACCURACY.md names what misses its target")


main()
