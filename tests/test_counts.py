#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""No document says in typed numbers how many operations, functions, symbols or kinds of entry there are.

    test_counts.py SOURCE_DIR

Such a number is wrong after the next addition, and nothing would notice.  A text that a program writes may have such
numbers.  CHANGELOG.md may too, because it speaks of the past.
"""
import pathlib
import re
import sys

GENERATED = {"ACCURACY.md", "ACTIVATIONS.md", "PERFORMANCE.md"}
HISTORY = {"CHANGELOG.md"}
FOLDERS = ["", "docs", "bindings/python", "bindings/rust/*", "examples"]
WHAT = r"(?:elementwise|kinds of entry|(?:exported |activation |named )?" \
       r"(?:operations?|functions?|activations?|symbols?|names))\b"
COUNT = re.compile(r"\b[1-9][0-9,]*[0-9] (?:of the |of these |more )?" + WHAT)
MARKED = re.compile(r"<!-- begin generated.*?<!-- end generated", re.S)


def main():
    root = pathlib.Path(sys.argv[1])
    found, looked_at = [], 0
    for folder in FOLDERS:
        for path in sorted(root.glob(f"{folder}/*.md" if folder else "*.md")):
            if path.name in GENERATED | HISTORY:
                continue
            looked_at += 1
            # The text of a program is left out; the lines keep their numbers.
            text = MARKED.sub(lambda match: "\n" * match[0].count("\n"), path.read_text())
            for match in COUNT.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                found.append(f"{path.relative_to(root)}:{line}: {match[0]!r}")
    if not looked_at:
        sys.exit("there is no document")
    if found:
        sys.exit("typed counts, which go stale:\n  " + "\n  ".join(found))
    print(f"{looked_at} documents")


main()
