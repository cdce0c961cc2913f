#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Each object has only instructions that it may have, and a kernel object exports only names of its backend and mode.

If a function compiled with -mavx2 has the name of a function in a baseline object, a linker keeps either copy, and the
program may crash on an older machine.  So the test looks at the bytes.  In 64-bit x86 code the opcode bytes C4 and C5
always begin a VEX instruction (AVX, AVX2, FMA, BMI, mask registers), 62 an EVEX one (AVX-512), 8F in the XOP form an XOP
one.
"""
import argparse
import pathlib
import re
import subprocess
import sys

PREFIXES = {"26", "2e", "36", "3e", "64", "65", "66", "67", "f0", "f2", "f3"}
AVX512_NAMES = re.compile(r"%zmm|%k[0-7]\b|%[xy]mm(1[6-9]|2\d|3[01])\b")
# The encodings that the kernels of a backend may use.  All other objects may use none.
X86_ALLOWED = {"avx2": {"VEX"}, "avx512": {"VEX", "EVEX", "AVX-512"}}
# The path of a kernel object tells its backend and mode: actfn_kernels_avx2_fast.dir/kernels/rows.c.o
KERNELS = re.compile(r"actfn_kernels_(\w+)_(light|accurate|fast|paged)\.dir/")
# Scalar and vector multiply-adds on Arm.  The kernels ask for them by name; in any other object the compiler has contracted.
ARM_FUSED = re.compile(r"^fn?m(add|sub)$|^fml[as]$")
ARM_SVE = re.compile(r"\b[zp]\d+\.[bhsd]\b|\bz\d+\b")

failures = []


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def instructions(path):
    """(bytes, text) for each instruction."""
    for line in run(options.objdump, "--disassemble", "--wide", "--insn-width=16", path).splitlines():
        fields = line.split("\t")
        if len(fields) >= 3:
            yield fields[1].split(), " ".join(fields[2:])


def x86_encodings(opcode, text):
    while opcode and opcode[0] in PREFIXES:
        opcode = opcode[1:]
    if opcode and opcode[0] in ("c4", "c5"):
        yield "VEX"
    if opcode and opcode[0] == "62":
        yield "EVEX"
    if text.startswith("vp") and opcode and opcode[0] == "8f":
        yield "XOP"
    if AVX512_NAMES.search(text):
        yield "AVX-512"


def arm_encodings(text, kernels):
    if ARM_SVE.search(text.split("<")[0]):
        yield "SVE"
    if not kernels and ARM_FUSED.match(text.split()[0]):
        yield "contracted multiply-add"


def check_instructions(path, name, backend, machine):
    counts = {}
    total = 0
    for opcode, text in instructions(path):
        total += 1
        found = x86_encodings(opcode, text) if machine == "x86" else arm_encodings(text, backend is not None)
        for encoding in found:
            counts.setdefault(encoding, []).append(text)
    if not total and "backends.c" not in path:
        failures.append(f"{name}: no instructions were found")
    allowed = X86_ALLOWED.get(backend, set())
    for encoding, texts in counts.items():
        if encoding not in allowed:
            failures.append(f"{name}: {len(texts)} of {encoding}, such as: {texts[0]}")
    print(f"{name}: {total} instructions", *(f"{len(texts)} {kind}" for kind, texts in sorted(counts.items())), sep=", ")
    # A check that sees nothing would find no leak either: each instruction set must be seen where it belongs.
    if machine == "x86":
        for encoding in allowed - set(counts):
            failures.append(f"{name}: no {encoding} instruction")


def check_symbols(path, name, backend, mode):
    """The names that a kernel object defines: tables of its mode, or names that both modes share."""
    prefix = f"actfn_{backend}_" if mode == "light" else f"actfn_{backend}_{mode}_"
    found = 0
    for line in run(options.readelf, "--wide", "--symbols", path).splitlines():
        match = re.match(r"\s*\d+: [0-9a-f]+\s+\S+\s+(\S+)\s+(GLOBAL|WEAK|UNIQUE)\s+(\S+)\s+(?:\[.*?\]\s+)?(\S+)\s+(\S+)", line)
        if not match or match[4] == "UND":
            continue
        found += 1
        if not match[5].startswith(prefix) or match[2] != "GLOBAL" or match[3] != "HIDDEN":
            failures.append(f"{name}: {match[5]} is {match[2]} and {match[3]}; only hidden {prefix}* may be seen")
        if mode not in ("light", "paged") and match[1] != "OBJECT":
            failures.append(f"{name}: {match[5]} is no table")
    if not found:
        failures.append(f"{name}: no table")


parser = argparse.ArgumentParser()
parser.add_argument("--readelf", required=True)
parser.add_argument("--objdump", required=True)
parser.add_argument("--objects", nargs="+", required=True)
options = parser.parse_args()

header = run(options.readelf, "--file-header", options.objects[0])
machine = "x86" if "X86-64" in header else "arm" if "AArch64" in header else None
if machine is None:
    print("== this architecture: skipped: no rules for it")
    sys.exit(77)
seen = {}
for each in options.objects:
    kernels = KERNELS.search(each)
    backend, mode = kernels.groups() if kernels else (None, None)
    name = "/".join(filter(None, [backend, mode, pathlib.Path(each).name.split(".")[0]]))
    check_instructions(each, name, backend, machine)
    if kernels:
        check_symbols(each, name, backend, mode)
        seen.setdefault(backend, set()).add(mode)
if not seen or any(modes != {"light", "accurate", "fast", "paged"} for modes in seen.values()):
    failures.append(f"not both modes of each instruction set: {seen}")
print("\n".join(failures) or "each object holds what it may")
sys.exit(bool(failures))
