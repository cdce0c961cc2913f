#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes docs/ACTIVATIONS.md and docs/plots/ from a built library.  facts.toml, cost.json and ulp.json beside this script
hold the facts that the library does not give.

    make.py LIBRARY            writes the files that are not current; needs matplotlib
    make.py --check LIBRARY    names the files that are not current, and fails if there are any; needs no matplotlib
"""
import argparse
import difflib
import json
import pathlib
import re
import sys
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

from catalogue import Library
from curves import curves_of
from page import page, setting_of
from plots import Picture, draw
from properties import Properties

FACTS = {"about", "origin", "used", "watch", "peers"}
MAY = {"example", "x", "y"}


def read(name):
    with open(HERE / name, "rb") as file:
        return (tomllib if name.endswith(".toml") else json).load(file)


def problems_of_facts(library, facts):
    names = {op.name for op in library.ops}
    said = [f"facts.toml has no entry for {name}" for name in sorted(names - set(facts))]
    said += [f"facts.toml has an entry for {name}, which is not in the catalogue" for name in sorted(set(facts) - names)]
    for name, fact in facts.items():
        said += [f"facts.toml: {name} has no {key}" for key in sorted(FACTS - set(fact))]
        said += [f"facts.toml: {name} has an unknown key {key}" for key in sorted(set(fact) - FACTS - MAY)]
    return said


def digest_of(path):
    """The digest that a plot carries; None where there is no plot."""
    match = re.search(r"digest ([0-9a-f]+)", path.read_text(encoding="utf-8")) if path.exists() else None
    return match[1] if match else None


def make(options):
    library, facts = Library(options.library), read("facts.toml")
    problems = problems_of_facts(library, facts)
    if problems:
        return problems
    plots, out = options.docs / "plots", options.docs / "ACTIVATIONS.md"
    entries, wanted = [], set()
    for op in library.ops:
        values = op.setting(facts[op.name].get("example", {}))
        curves, setting = curves_of(op, values), setting_of(op, values)
        entries.append((op, Properties(curves.main), setting))
        picture, path = Picture(op, curves, setting, facts[op.name]), plots / f"{op.name}.svg"
        wanted.add(path)
        # Without fused multiply-add last bits may differ, and the name "generic" does not tell whether the kernels have it.
        if digest_of(path) == picture.digest() or path.exists() and library.isa == "generic" and options.check:
            continue
        if options.check:
            problems.append(f"docs/plots/{path.name} is {'stale' if path.exists() else 'missing'}")
        else:
            plots.mkdir(exist_ok=True)
            draw(picture, path)
            print(path)
    stray = sorted(set(plots.glob("*")) - wanted)
    fresh = page(entries, facts, read("cost.json"), read("ulp.json"))
    old = out.read_text(encoding="utf-8") if out.exists() else ""
    if options.check:
        problems += [f"docs/plots/{path.name} belongs to no function" for path in stray]
        if fresh != old:
            diff = difflib.unified_diff(old.splitlines(), fresh.splitlines(), "ACTIVATIONS.md", "as it should be", n=1,
                                        lineterm="")
            problems.append("docs/ACTIVATIONS.md is not current:\n" + "\n".join(list(diff)[:40]))
        return problems
    for path in stray:
        path.unlink()
    if fresh != old:
        out.write_text(fresh, encoding="utf-8")
        print(out)
    return []


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", help="libactfn.so as built")
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--docs", type=pathlib.Path, default=HERE.parent, help="the folder to write to")
    problems = make(parser.parse_args())
    if problems:
        sys.exit("\n".join(problems) + "\nTo make them again: cmake --build --preset release --target activations")


main()
