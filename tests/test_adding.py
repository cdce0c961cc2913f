#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Applies the diff of docs/ADDING.md to a copy of the tree, and runs the page's command there.  Then the tests run that a
real addition must pass.

    test_adding.py SOURCE_DIR CMAKE [CMAKE ARGUMENT...]

A hunk of the page has no line numbers, because they would become wrong.  The context says where the added lines go.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

# Without bindings/python: the test `python` installs that package.
COPIED = ["CMakeLists.txt", "README.md", "abi", "bindings/rust", "cmake", "docs", "fuzz", "include", "src", "tests", "tools"]
# Programs write these files from the row.  After one run of `regenerate` they are current.
GENERATED = ["include/actfn.h", "README.md", "tests/exports.txt", "bindings/rust/actfn/src/op.rs",
             "bindings/rust/actfn/src/named.rs"]
# The suites that take every operation from the catalogue, with their arguments.  Bits are compared only in the mode that has
# hashes, because without optimization that suite takes the longest.
SUITES = {"golden": [], "special": [], "ulp": [], "memory": [], "memory_calls": [], "bits": ["accurate"], "nan": [],
          "lanes": [], "fpenv": [], "oracle": ["once"], "arguments": ["once"], "bad_input": ["once"]}
# The other tests: generated files, the command, the header, the lists, and the measurements over all floats.
TESTS = r"^(generated_.*|command|mutation_list|header_c11|header_bindgen|abi_header|same_bits|same_bits_generic|" \
        r"accuracy_sample|accuracy_sample_generic|accuracy_page)$"
# docs/ACCURACY.md gets measurements over one of so many floats, because a test has no minutes for all.
STEP = 4096


def run(*command, fails=False, **environment):
    done = subprocess.run(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False)
    if bool(done.returncode) != fails:
        sys.exit(f"{' '.join(map(str, command))} {'did not fail' if fails else 'failed'}:\n{done.stdout}")
    return done.stdout


def apply(diff, tree):
    """Inserts each hunk's added lines before the context that follows them."""
    for part in re.split(r"^--- ", diff, flags=re.M)[1:]:
        path = tree / re.search(r"^\+\+\+ b/(\S+)$", part, re.M)[1]
        lines = part.split("@@\n", 1)[1].splitlines()
        added = "".join(line[1:] + "\n" for line in lines if line.startswith("+"))
        context = "\n".join(line[1:] for line in lines if line.startswith(" "))
        text = path.read_text()
        if text.count(context) != 1:
            sys.exit(f"docs/ADDING.md: the context of {path.name} is not in the file once")
        path.write_text(text.replace(context, added + context))


def look_at_readme(text, name):
    """Checks that the row stands in the table of its family, which has one head."""
    table = re.search(r"table: elementwise -->\n(.*?)<!-- end generated", text, re.S)[1]
    lines = [line for line in table.splitlines() if line.startswith("|")]
    heads = [line for line in lines if line.startswith("| function |")]
    if len(heads) != 1 or len([line for line in lines if line.startswith("|---")]) != 1:
        sys.exit(f"README's table has {len(heads)} heads:\n" + "\n".join(lines[-4:]))
    if sum(line.startswith(f"| `{name}` |") for line in lines) != 1:
        sys.exit(f"README's table does not have {name} once")


def other_rows(tree, name):
    """The measurements of the other operations and their origin, and the number of rows for this operation."""
    found = json.loads((tree / "tests/exhaustive/results.json").read_text())
    rows = [{**found, **row, "rows": None} for row in found["rows"]]
    return [row for row in rows if row["op"] != name], len([row for row in rows if row["op"] == name])


def pretend_elsewhere(tree):
    """Makes all measurements come from another machine, as for everybody who adds an operation."""
    path = tree / "tests/exhaustive/results.json"
    found = json.loads(path.read_text())
    for place in (found, *found["rows"]):
        place.update({key: "another" for key in ("machine", "compiler") if key in place})
    path.write_text(json.dumps(found))


def main():
    source, cmake, *arguments = sys.argv[1:]
    source = pathlib.Path(source)
    page = (source / "docs/ADDING.md").read_text()
    diff = re.search(r"^```diff\n(.*?)^```", page, re.M | re.S)[1]
    touched = re.findall(r"^\+\+\+ b/(\S+)$", diff, re.M)
    if len(touched) != 3:
        sys.exit(f"docs/ADDING.md promises three places and touches {touched}")
    name = re.search(r"^\+ELEMENTWISE\((\w+),", diff, re.M)[1]
    if f"make addition OPS={name}\n" not in page:
        sys.exit("docs/ADDING.md does not name its command")
    for promise in ("PARAMS((", ", GRAD)"):
        if promise not in diff:
            sys.exit(f"docs/ADDING.md adds an operation without {promise}")

    with tempfile.TemporaryDirectory() as folder:
        tree, build = pathlib.Path(folder) / "actfn", pathlib.Path(folder) / "build"
        tree.mkdir()
        for part in COPIED:
            if (source / part).is_dir():
                shutil.copytree(source / part, tree / part, symlinks=True, ignore=shutil.ignore_patterns("target", "build"))
            else:
                shutil.copy(source / part, tree / part)
        pretend_elsewhere(tree)
        known, _ = other_rows(tree, name)
        apply(diff, tree)
        # Without optimization: the bits are the same, and the kernels compile in a tenth of the time.
        run(cmake, "-S", tree, "-B", build, "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_C_FLAGS_DEBUG=-O0",
            "-DACTFN_KERNEL_OPTIMIZATION=-O0",
            "-DACTFN_BUILD_EXAMPLES=OFF", *arguments)
        # The page of all activations needs prose, and the Python package is missing here.  Nothing else may be left to do.
        said = run("sh", tree / "tests/addition.sh", build, str(STEP), name, fails=True)
        if f"facts.toml has no entry for {name}\n" not in said:
            sys.exit(f"the missing prose is not named:\n{said}")
        left = said.rsplit("== still to do:", 1)[1].split()
        if set(left) - {"activations", "stubs", "abi-dump"}:
            sys.exit(f"more is left than prose, and what cannot be done here: {left}\n{said}")

        # A second run changes nothing.
        before = {path: (tree / path).read_text() for path in GENERATED}
        run(cmake, "--build", build, "--target", "regenerate")
        changed = [path for path in GENERATED if (tree / path).read_text() != before[path]]
        if changed:
            sys.exit(f"regenerate writes {changed} in another way the second time")
        look_at_readme(before["README.md"], name)
        if f"ACTFN_{name.upper()} = " not in before["include/actfn.h"]:
            sys.exit("regenerate did not write the enumerator")
        if f" {name}, {name}_in_place;" not in before["bindings/rust/actfn/src/named.rs"]:
            sys.exit("regenerate did not write Rust's functions")
        # The measurements from elsewhere are still said to be from there.
        rows, own = other_rows(tree, name)
        if rows != known or not own:
            sys.exit(f"report.py changed rows of other operations, or has none ({own}) of {name}")

        tests = build / "tests/actfn_tests"
        light = {"ACTFN_TEST_LIGHT": "1", "ACTFN_ULP_OPS": name, "ACTFN_ULP_REPORT": "1", "ACTFN_EXHAUSTIVE_OPS": name}
        for suite, runs in SUITES.items():
            report = run(tests, *runs, CK_RUN_SUITE=suite, **light)
            if not re.search(r"Checks: [1-9]", report):
                sys.exit(f"the suite {suite} ran no test:\n{report}")
            if suite == "ulp" and not re.search(rf"{name}.* d/dslope", report):
                sys.exit(f"the error of {name} and its gradient was not measured:\n{report}")
        report = run("ctest", "--test-dir", build, "-R", TESTS, "--output-on-failure", **light)
        print(report[report.index("Start"):])


main()
