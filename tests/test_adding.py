#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Applies the diff of docs/ADDING.md to a copy of the tree, follows the page's commands, and runs the new function's tests.

    test_adding.py SOURCE_DIR CMAKE [CMAKE ARGUMENT...]

A hunk there has no line numbers, which would go stale: its context says where the added lines go.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

COPIED = ["CMakeLists.txt", "README.md", "bindings/rust/actfn/src", "bindings/rust/actfn-sys/src", "cmake", "fuzz", "include",
          "src", "tests", "tools"]
NAME = "lisht"
SUITES = ["bits", "memory", "nan", "arguments", "oracle"]


def run(*command, **environment):
    done = subprocess.run(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stdout}")
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


def main():
    source, cmake, *arguments = sys.argv[1:]
    source = pathlib.Path(source)
    page = (source / "docs/ADDING.md").read_text()
    diff = re.search(r"^```diff\n(.*?)^```", page, re.M | re.S)[1]
    touched = re.findall(r"^\+\+\+ b/(\S+)$", diff, re.M)
    if len(touched) != 3:
        sys.exit(f"docs/ADDING.md promises three places and touches {touched}")

    with tempfile.TemporaryDirectory() as folder:
        tree, build = pathlib.Path(folder) / "actfn", pathlib.Path(folder) / "build"
        tree.mkdir()
        for name in COPIED:
            copy = shutil.copytree if (source / name).is_dir() else shutil.copy
            copy(source / name, tree / name)
        apply(diff, tree)
        # Without optimization: the bits are the same, and the kernels compile in a tenth of the time.
        run(cmake, "-S", tree, "-B", build, "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_C_FLAGS_DEBUG=-O0", "-DACTFN_KERNEL_OPTIMIZATION=-O0",
            "-DACTFN_BUILD_TOOLS=OFF", "-DACTFN_BUILD_EXAMPLES=OFF", "-DACTFN_INSTALL=OFF", *arguments)
        run(cmake, "--build", build, "--target", "regenerate")
        run(cmake, "--build", build, "--target", "actfn_tests")
        tests = build / "tests/actfn_tests"
        run(tests, "generic", "reproducible", CK_RUN_SUITE="bits",
            ACTFN_WRITE_HASHES=str(tree / "tests/golden_hashes.h"))
        run(cmake, "--build", build, "--target", "actfn_tests", "actfn_generate")
        # The header declares it, the oracle knows it, its error is as promised, and its bits are the same everywhere.
        if f"ACTFN_{NAME.upper()} = " not in (tree / "include/actfn.h").read_text():
            sys.exit("regenerate did not write the enumerator")
        if f" {NAME}, {NAME}_in_place;" not in (tree / "bindings/rust/actfn/src/named.rs").read_text():
            sys.exit("regenerate did not write Rust's functions")
        report = run(tests, CK_RUN_SUITE="ulp", ACTFN_ULP_OPS=NAME, ACTFN_ULP_REPORT="1")
        if NAME not in report:
            sys.exit(f"the error of {NAME} was not measured:\n{report}")
        # The suites that take every operation from the catalogue, on every instruction set and in both modes.
        for suite in SUITES:
            report = run(tests, CK_RUN_SUITE=suite, ACTFN_TEST_LIGHT="1")
            if not re.search(r"Checks: [1-9]", report):
                sys.exit(f"the suite {suite} ran no test:\n{report}")


main()
