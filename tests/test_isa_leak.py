#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Each object holds the instructions it is allowed to, and a backend shows nothing but its table.

One function compiled with -mavx2 that a baseline object happens to share is a crash on somebody's older machine: linkers
keep any one copy of it.  So the bytes are looked at.  In 64-bit x86 code the opcode bytes C4 and C5 always begin a VEX
instruction (AVX, AVX2, FMA, BMI, mask registers), 62 an EVEX one (AVX-512), 8F in the XOP form an XOP one.
"""
import argparse
import pathlib
import re
import subprocess
import sys

PREFIXES = {"26", "2e", "36", "3e", "64", "65", "66", "67", "f0", "f2", "f3"}
AVX512_NAMES = re.compile(r"%zmm|%k[0-7]\b|%[xy]mm(1[6-9]|2\d|3[01])\b")
# Which encodings an object may use, by its source; all others: none.
X86_ALLOWED = {"backend_avx2": {"VEX"}, "backend_avx512": {"VEX", "EVEX", "AVX-512"}}
# Scalar and vector multiply-adds on Arm: the kernels ask for them by name, whatever else has one was contracted.
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


def check_instructions(path, stem, machine):
    counts = {}
    total = 0
    for opcode, text in instructions(path):
        total += 1
        found = x86_encodings(opcode, text) if machine == "x86" else arm_encodings(text, stem.startswith("backend_"))
        for encoding in found:
            counts.setdefault(encoding, []).append(text)
    if not total:
        failures.append(f"{stem}: no instructions were found")
    allowed = X86_ALLOWED.get(stem, set())
    for encoding, texts in counts.items():
        if encoding not in allowed:
            failures.append(f"{stem}: {len(texts)} of {encoding}, such as: {texts[0]}")
    print(f"{stem}: {total} instructions", *(f"{len(texts)} {name}" for name, texts in sorted(counts.items())), sep=", ")
    # Blind eyes see no leak either: the sets that are there must be seen where they belong.
    if machine == "x86":
        for encoding in allowed - set(counts):
            failures.append(f"{stem}: no {encoding} instruction")


def check_one_symbol(path, stem):
    exported = []
    for line in run(options.readelf, "--wide", "--symbols", path).splitlines():
        match = re.match(r"\s*\d+: [0-9a-f]+\s+\S+\s+(\S+)\s+(GLOBAL|WEAK|UNIQUE)\s+\S+\s+(?:\[.*?\]\s+)?(\S+)\s+(\S+)", line)
        if match and match[3] != "UND":
            exported.append((match[1], match[4]))
    if exported not in ([("OBJECT", f"actfn_{stem}")], [("OBJECT", f"actfn_{stem}_fast")]):
        failures.append(f"{stem}: defines {exported}, not only its table actfn_{stem} or actfn_{stem}_fast")
    return exported


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
tables = []
for each in options.objects:
    name = pathlib.Path(each).name.split(".")[0]
    check_instructions(each, name, machine)
    if name.startswith("backend_"):
        tables += check_one_symbol(each, name)
if not tables or len(tables) != len(set(tables)) or sum(name.endswith("_fast") for _, name in tables) * 2 != len(tables):
    failures.append(f"not one table for each instruction set and mode: {tables}")
print("\n".join(failures) or "each object holds what it may")
sys.exit(bool(failures))
