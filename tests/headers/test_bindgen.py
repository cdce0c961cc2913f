#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""test_bindgen.py HEADER EXPORTS: bindgen turns the header into Rust, with every exported function in it."""
import re
import shutil
import subprocess
import sys

if not shutil.which("bindgen"):
    print("== bindgen: skipped: not installed")
    sys.exit(77)

header, exports = sys.argv[1:]
result = subprocess.run(["bindgen", header], capture_output=True, text=True)
print(result.stderr, end="")

with open(exports, encoding="utf-8") as file:
    wanted = {line.strip() for line in file if line.strip() and not line.startswith("#")}
found = set(re.findall(r"pub fn (actfn_\w+)", result.stdout))
for name in sorted(wanted - found):
    print("not in the Rust bindings:", name)
print(len(found), "functions")
sys.exit(bool(result.returncode or wanted - found or not re.search(r"ACTFN_VERSION_MAJOR\s*:\s*u32", result.stdout)))
