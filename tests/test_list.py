#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Two interchanged columns of src/catalogue/ops.def do not compile.

    test_list.py SOURCE_DIR COMPILER

The test takes one record of each family.  It interchanges the columns (every pair in the first family, neighbours in the
others), leaves columns out, and strips their names.  The compiler must refuse the catalogue each time, and accept the
unchanged one.
"""
import concurrent.futures
import itertools
import os
import pathlib
import re
import subprocess
import sys
import tempfile

FAMILIES = ["ELEMENTWISE", "CHANNELS", "RANDOM", "GATES", "ROWS", "LOSSES"]
FIRST = 2  # `value`: the compiler compares the columns before it, which are names, with the header elsewhere


def columns(text, begin):
    """The arguments of a macro; `begin` is behind its opening parenthesis."""
    found, depth, start, quoted = [], 0, begin, False
    for at in range(begin, len(text)):
        letter = text[at]
        if letter == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif letter == "(":
            depth += 1
        elif letter in ",)" and depth == 0:
            found.append(text[start:at].strip())
            start = at + 1
            if letter == ")":
                return found
        elif letter == ")":
            depth -= 1
    sys.exit("a record of ops.def does not end")


def faults(row, furthest):
    for a, b in itertools.combinations(range(FIRST, len(row)), 2):
        if b - a > furthest:
            continue
        changed = list(row)
        changed[a], changed[b] = row[b], row[a]
        yield f"{row[a]} and {row[b]} exchanged", changed
    for k in range(FIRST, len(row)):
        yield f"{row[k]} left out", row[:k] + row[k + 1:]
        bare = re.fullmatch(r"[A-Z_]+\((.*)\)", row[k], re.S)
        if bare:
            yield f"{row[k]} without its name", row[:k] + [bare[1]] + row[k + 1:]


def main():
    source, compiler = pathlib.Path(sys.argv[1]), sys.argv[2]
    text = (source / "src/catalogue/ops.def").read_text()

    def compiles(rows):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "catalogue").mkdir()
            (pathlib.Path(folder) / "catalogue/ops.def").write_text(rows)
            done = subprocess.run([compiler, "-std=c11", "-fsyntax-only", "-I", folder, "-I", source / "include", "-I",
                                   source / "src", source / "src/catalogue/registry.c"], capture_output=True, check=False)
            return done.returncode == 0

    if not compiles(text):
        sys.exit("the catalogue does not compile as it is")
    head, foot = re.search(r"\A.*?^(?=ELEMENTWISE\()", text, re.S | re.M)[0], text[text.index("#undef OP"):]
    cases = []

    def alone(family, row):
        return f"{head}{family}({', '.join(row)})\n{foot}"

    for family in FAMILIES:
        # A record with parameters and a derivative from the output, if the family has one.
        rows = [columns(text, match.end()) for match in re.finditer(rf"^{family}\(", text, re.M)]
        row = max(rows, key=lambda row: ("PARAMS" in row[6], "FROM_Y" in row[-2]))
        if not compiles(alone(family, row)):
            sys.exit(f"{row[0]} alone does not compile as it is")
        furthest = len(row) if family == FAMILIES[0] else 1
        cases += [(f"{row[0]}: {what}", alone(family, changed)) for what, changed in faults(row, furthest)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        taken = [what for (what, _), ok in zip(cases, pool.map(lambda case: compiles(case[1]), cases)) if ok]
    if taken:
        sys.exit("the compiler takes\n  " + "\n  ".join(taken))
    print(f"{len(cases)} wrong records, none compiles")


main()
