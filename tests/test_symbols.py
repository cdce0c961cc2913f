#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The symbols of the libraries, and the loader's work for them.

shared: the exported symbols are exactly the checked-in list, each with its version.  The library's name, needed libraries
and hardening are checked.  A list here has the functions that the library may import, so that nobody makes the library
allocate, print or lock without notice.  The library stays small.
static: every external symbol begins with actfn_.
objects: nothing runs before main: no constructor, no indirect function.  No object is so large that its compilation takes
long: the compiler's time follows the number of instructions.
"""
import argparse
import os
import re
import subprocess
import sys

# The nodes of the version script.  The functions by name are in both nodes.  Those of 0.1 compute in the accurate mode, for
# programs that were linked with 0.1.
FIRST, VERSION = "ACTFN_0.1", "ACTFN_0.2"
SONAME = "libactfn.so.0"
NEEDED = {"libsleef.so.3", "libm.so.6", "libc.so.6", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}

# The symbols that the library may import: SLEEF, symbols that a compiler adds, and a few functions of the C library.
UNDEFINED = re.compile(r"""
    Sleef_[cf]inz_(exp|expm1|log|log1p|pow|sin|cos|tanh|atan)f\d+_u10(\w*)
    | Sleef_cinz_((exp|expm1|log|log1p|pow|sin|atan)d1_u10|erfcd1_u15)purec
    | mem(cpy|set|cmp|move) | __mem(cpy|set|move)_chk | bcmp | __stack_chk_(fail|guard)
    | fmaf | rintf | floorf | str(cmp|cspn|len) | secure_getenv | sysconf | getauxval
    | _ITM_(de)?registerTMCloneTable | __cxa_finalize | __gmon_start__
    """, re.VERBOSE)
failures = []


def check(condition, message):
    if not condition:
        failures.append(message)


def readelf(*arguments):
    return subprocess.run([options.readelf, "--wide", *arguments], check=True, capture_output=True, text=True).stdout


def symbols(table):
    """(type, binding, section, name) for each line of a symbol table."""
    line = re.compile(r"\s*\d+: [0-9a-f]+\s+\S+\s+(\S+)\s+(\S+)\s+\S+\s+(?:\[.*?\]\s+)?(\S+)\s+(\S+)")
    return [match.groups() for match in map(line.match, table.splitlines()) if match]


def undefined(path):
    names = [name.split("@")[0] for _, _, section, name in symbols(readelf("--dyn-syms", path)) if section == "UND"]
    return [name for name in names if name]


def read_header(path):
    """All functions of a header, and the functions by name among them."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    named = text[text.index("begin generated from src/catalogue/ops.def: named functions"):
                 text.index("end generated: named functions")]
    pattern = re.compile(r"^ACTFN_API\s[^;(]*?\b(actfn_\w+)\(", re.MULTILINE)
    return set(pattern.findall(text)), set(pattern.findall(named))


def check_shared(path):
    with open(options.exports, encoding="utf-8") as file:
        listed = [line.strip() for line in file if line.strip() and not line.startswith("#")]
    check(len(listed) == len(set(listed)), "exports.txt names something twice")

    first, first_named = read_header(options.first_header)
    exported, kept = set(), set()
    for _, binding, section, name in symbols(readelf("--dyn-syms", path)):
        if section == "UND" or binding == "LOCAL" or name.split("@")[0] in (FIRST, VERSION):
            continue
        bare, default, version = re.fullmatch(r"(\w+)(@@?)?(.*)", name).groups()
        if default == "@":
            kept.add(bare)
            check(version == FIRST, f"{name} is of no release before")
            continue
        exported.add(bare)
        wanted = FIRST if bare in first - first_named else VERSION
        check(version == wanted, f"{name} has not the version {wanted}")
    check(len(first_named) > 100, f"{options.first_header} was not read")
    for name in sorted(kept ^ first_named):
        check(False, f"{name} of 0.1 is not kept" if name in first_named else f"{name} of 0.1 is kept, and was not there")
    check(exported, "nothing is exported")
    for name in sorted(exported - set(listed)):
        check(False, f"exported, but not in exports.txt: {name}")
    for name in sorted(set(listed) - exported):
        check(False, f"in exports.txt, but not exported: {name}")

    declared, _ = read_header(options.header)
    for name in sorted(declared ^ set(listed)):
        check(False, f"only one of actfn.h and exports.txt has {name}")

    dynamic = readelf("--dynamic", path)
    check(f"Library soname: [{SONAME}]" in dynamic, f"the soname is not {SONAME}")
    for name in re.findall(r"\(NEEDED\).*\[(.*)\]", dynamic):
        check(name in NEEDED, f"needs {name}")
    for name in undefined(path):
        check(UNDEFINED.fullmatch(name), f"takes {name} from another library")
    check("(RPATH)" not in dynamic and "(RUNPATH)" not in dynamic, "has a search path of its own")
    check("(TEXTREL)" not in dynamic, "has text relocations")
    check("BIND_NOW" in dynamic, "is not bound at load time")
    segments = readelf("--segments", path)
    check(re.search(r"GNU_STACK .* RW +0x", segments), "asks for an executable stack")
    check("GNU_RELRO" in segments, "has no read-only relocations")
    check(not re.search(r" (RWE|WE) ", segments), "has memory that can be written and executed")
    # The only entry belongs to the compiler's startup file.
    entries = re.search(r"\(INIT_ARRAYSZ\)\s+(\d+)", dynamic)
    check(not entries or int(entries[1]) <= 8, "runs something when it is loaded")
    loaded = re.findall(r"^\s*LOAD\s+(?:0x[0-9a-f]+\s+){4}(0x[0-9a-f]+)", segments, re.M)
    size = sum(int(each, 16) for each in loaded)
    check(0 < size <= options.size, f"takes {size} bytes, more than {options.size}")
    print(f"{len(undefined(path))} symbols of others, {size} bytes of {options.size}")


def check_static(path):
    for _, binding, section, name in symbols(readelf("--symbols", path)):
        if binding != "LOCAL" and section != "UND":
            check(name.startswith("actfn_"), f"the static library defines {name}")


def check_object(path):
    code = re.findall(r"PROGBITS\s+[0-9a-f]+ [0-9a-f]+ ([0-9a-f]+) \S+\s+AX ", readelf("--section-headers", path))
    size = sum(int(each, 16) for each in code)
    check(size <= options.object_size, f"{path} has {size} bytes of instructions, more than {options.object_size}")
    sections = readelf("--section-headers", path)
    for name in (".init_array", ".fini_array", ".preinit_array", ".ctors", ".dtors", ".init"):
        check(not re.search(rf"\] {re.escape(name)}[ .]", sections), f"{path} has a section {name}")
    for kind, _, _, name in symbols(readelf("--symbols", path)):
        check(kind != "IFUNC", f"{path}: {name} is chosen by the loader")


if os.environ.get("ACTFN_UNOPTIMISED"):
    print("== symbols: skipped: it is about what an optimiser makes")
    sys.exit(77)
parser = argparse.ArgumentParser()
parser.add_argument("--readelf", required=True)
parser.add_argument("--exports", required=True)
parser.add_argument("--header", required=True)
parser.add_argument("--first-header", required=True, help="that of 0.1")
parser.add_argument("--shared", required=True)
parser.add_argument("--static", required=True)
parser.add_argument("--size", type=int, required=True, help="how many bytes the loader may map")
parser.add_argument("--object-size", type=int, required=True, help="how many bytes of instructions an object may have")
parser.add_argument("--objects", nargs="+", required=True)
options = parser.parse_args()

check_shared(options.shared)
check_static(options.static)
for each in options.objects:
    check_object(each)
print("\n".join(failures) or "the libraries show what they should")
sys.exit(bool(failures))
