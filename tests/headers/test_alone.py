#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Each header of the library can be opened alone, and has all its includes at its top.

    test_alone.py COMPILER SOURCE_DIR

A header is compiled by itself, with the vocabulary on one lane, in the accurate mode and in the fast one.  The vocabularies
of other instruction sets are compiled where the compiler has the target, and with them the rows of the fast mode, which
one lane does not have.  No two headers have one name.
"""
import collections
import os
import pathlib
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

FLAGS = {
    "simd_avx2.h": ["-mavx2", "-mfma", "-mf16c"],
    "simd_avx512.h": ["-mavx512f", "-mavx512dq", "-mavx512bw", "-mavx512vl", "-mavx2", "-mfma", "-mf16c"],
}
# The vocabularies with vectors, and the compiler flags that each needs.
VECTORS = {"x86_64": ("x86/simd_avx2.h", FLAGS["simd_avx2.h"]), "aarch64": ("arm/simd_neon.h", [])}
TARGETS = {"x86": ("x86_64",), "arm": ("aarch64", "arm64")}

compiler, source = sys.argv[1], pathlib.Path(sys.argv[2])
target = subprocess.run([compiler, "-dumpmachine"], check=True, capture_output=True, text=True).stdout.split("-")[0]
headers = sorted((source / "src").rglob("*.h"))
failures = []


def modes_of(header):
    folders = header.relative_to(source / "src").parts[:-1]
    if "fast" in folders:
        return ["fast"]
    return ["accurate"] if "accurate" in folders else ["accurate", "fast"]


def compile_alone(header, mode):
    flags = FLAGS.get(header.name, [])
    if header.match("kernels/fast/row_*"):
        if target not in VECTORS:
            print(f"== {header.relative_to(source)}: skipped: no vectors here")
            return None
        vocabulary, flags = VECTORS[target]
        flags = [*flags, f'-DACTFN_VOCABULARY="{vocabulary}"']
    done = subprocess.run(
        [compiler, "-std=gnu11", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-Wno-unused-function", "-Wno-sign-conversion",
         "-Wno-unused-const-variable", "-Wno-unused-variable",
         *flags, *(["-DACTFN_KERNELS_FAST"] if mode == "fast" else []),
         f"-I{source / 'src'}", f"-I{source / 'include'}", "-x", "c", "-include", str(header), "/dev/null"],
        capture_output=True, text=True, check=False)
    return f"{header.relative_to(source)}, {mode}, alone:\n{done.stderr}" if done.returncode else None


def includes_at_the_top(header):
    """Finds an include behind a definition.  Includes of the list are tables, and stand where their macros are defined."""
    text = re.sub(r"/\*.*?\*/", lambda match: "\n" * match[0].count("\n"), header.read_text(), flags=re.S)
    begun = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#include") and ".def" not in line:
            if begun:
                failures.append(f"{header.relative_to(source)}:{number}: an include behind a definition")
        elif line.strip() and not line.startswith("#"):
            begun = True


work = []
for each in headers:
    folder = each.relative_to(source / "src").parts[0]
    if folder in TARGETS and target not in TARGETS[folder]:
        print(f"== {each.relative_to(source)}: skipped: no target {folder}")
        continue
    includes_at_the_top(each)
    work += [(each, mode) for mode in modes_of(each)]
for name, count in collections.Counter(each.name for each in headers).items():
    if count > 1:
        failures.append(f"{count} headers are named {name}")
with ThreadPoolExecutor(os.cpu_count()) as pool:
    failures += [failure for failure in pool.map(lambda pair: compile_alone(*pair), work) if failure]
if len(work) < 50:
    failures.append(f"only {len(work)} compilations: the headers have moved")
print("\n".join(failures) or f"{len(work)} compilations of {len(headers)} headers")
sys.exit(bool(failures))
