#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`make try` in a copy of the files that it needs.  It measures, fails beyond a bound, sees an edit, and refuses a wrong name.

    test_try.py SOURCE_DIR C_COMPILER
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

source, compiler = pathlib.Path(sys.argv[1]), sys.argv[2]


def check(condition, why, output):
    if not condition:
        sys.exit(f"{why}:\n{output}")


with tempfile.TemporaryDirectory() as folder:
    tree = pathlib.Path(folder)
    for name in ["include", "src"]:
        shutil.copytree(source / name, tree / name)
    (tree / "tests").mkdir()
    for path in source.glob("tests/*"):
        if path.name in ["try.c", "try.sh", "floats.h"] or path.stem == "oracle":
            shutil.copy(path, tree / "tests")

    def attempt(name):
        done = subprocess.run(["sh", tree / "tests/try.sh", name], env={**os.environ, "CC": compiler},
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        return done.returncode, done.stdout

    code, output = attempt("softplus")
    check(code == 0, "softplus is beyond a bound, or does not compile", output)
    for mode in ["accurate", "fast"]:
        for direction in ["forward", "backward"]:
            found = re.search(rf"^{mode} +{direction} +([\d.]+) ulp of", output, re.M)
            check(found and 0.5 < float(found[1]) < 5, f"no error of {mode} {direction}", output)
    check("warning:" not in output, "the compiler warns", output)

    # A change of the oracle by 1 in 10000 must be seen; the objects of the first attempt are older.
    oracle = tree / "tests/oracle.def"
    oracle.write_text(re.sub(r"^ORACLE\(silu, .*", "ORACLE(silu, swish(x, 1.0001), NOT_OFFERED, 0, NONE)",
                             oracle.read_text(), flags=re.M))
    code, output = attempt("silu")
    check(code == 1 and output.count("BEYOND THE BOUND") == 4, "a wrong formula passes", output)

    for name in ["", "no_such", "softmax", "silu.*"]:
        code, output = attempt(name)
        check(code == 2 and " xielu" in output and (name + " is no" in output or not name), f"{name!r} is accepted", output)
