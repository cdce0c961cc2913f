#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The machine code is hardened against attacks, and clears the upper halves of vector registers.

objects: each is marked for CET (x86) or for BTI and PAC (Arm), so that a linker with such startup files keeps the mark.
None has an executable stack.  Those outside of the kernels have stack protectors.
shared: each function that can be reached from outside, by its name or through a table of kernels, begins with a landing
pad.  After code has written the upper halves of vector registers (x86), every path to a return, and to a call that takes
no vector, has a vzeroupper: without it a caller's SSE code is slower.
"""
import argparse
import bisect
import os
import pathlib
import re
import subprocess
import sys

NOTES = {"x86": {"IBT", "SHSTK"}, "arm": {"BTI", "PAC"}}
PADS = {"x86": {"endbr64"}, "arm": {"bti\tc", "paciasp"}}
# Functions of the compiler's startup files, which this build does not compile.
STARTUP = {"frame_dummy", "__do_global_dtors_aux"}
# Registers 16 ... 31 have no upper halves that SSE code would wait for.  The destination is the last operand.  Reading does no
# harm: compilers also store whole registers that are known to be 0.
UPPER = re.compile(r"%[yz]mm(?:\d|1[0-5])\b(?:\{[^,]*)?\s*(?:#.*|<.*)?$")
# SLEEF's functions on vectors take vectors and return one.
TAKES_VECTORS = re.compile(r"Sleef_\w+f(?:4|8|16)_")
TAKEN = re.compile(r"lea\s+\S+\(%rip\),\S+\s+# ([0-9a-f]+) <\w+(?:\.\w+)*>$")
INSTRUCTION = re.compile(r"\s*([0-9a-f]+):\t(.*)")
FUNCTION = re.compile(r"([0-9a-f]+) <(.*)>:")
EVENT = re.compile(r"(?:(?:notrack|bnd|repz) )?(jmp|j|call|ret|vzero|ud2|hlt)")
KINDS = {"jmp": "jump", "j": "branch", "call": "call", "ret": "return", "vzero": "zeroes", "ud2": "end", "hlt": "end"}
TARGET = re.compile(r"(?:(?:notrack|bnd) )?(?:j\w+|call)\s+([0-9a-f]+) <([^+>]*)")

failures = []


def check(condition, message):
    if not condition:
        failures.append(message)


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def readelf(*arguments):
    return run(options.readelf, "--wide", *arguments)


# ---- objects ---------------------------------------------------------------------------------------------------------

def check_object(path, machine):
    name = pathlib.Path(path).name
    marked = set(re.findall(r"\b(IBT|SHSTK|BTI|PAC)\b", readelf("--notes", path)))
    check(marked == NOTES[machine], f"{name}: is marked {sorted(marked)} and not {sorted(NOTES[machine])}")
    stack = re.search(r"\.note\.GNU-stack\s+\S+\s+\S+ \S+ \S+ \S+ +([A-Z]*) +\d", readelf("--section-headers", path))
    check(stack and "X" not in stack[1], f"{name}: does not say that its stack is not executable")
    # gcc's debug information tells the options with which an object was compiled.
    for told in re.findall(r"DW_AT_producer.*: (.* -O.*)", readelf("--debug-dump=info", "--dwarf-depth=1", path)):
        kernels = "actfn_kernels_" in path
        check(("-fstack-protector-strong" in told) != kernels, f"{name}: stack protectors are on or off by mistake")
    return "__stack_chk_fail" in readelf("--symbols", path)


# ---- the shared library ----------------------------------------------------------------------------------------------

def reached_from_outside(path):
    """The addresses of exported functions, and of functions that tables point to."""
    exported = re.compile(r"^\s*\d+: 0*([0-9a-f]+)\s+\S+ FUNC +GLOBAL DEFAULT +\d+ \S", re.M)
    addresses = exported.findall(readelf("--dyn-syms", path))
    addresses += re.findall(r"_RELATIVE +([0-9a-f]+)$", readelf("--relocs", path), re.M)
    return {int(address, 16) for address in addresses}


class Code:
    """The disassembly: functions, landing pads, and the instructions that write or clear upper halves."""

    def __init__(self, path):
        self.starts, self.names, self.first = [], [], []
        self.addresses, self.kinds, self.targets = [], [], []
        self.vectors = 0
        taken = set()
        fresh = False
        for line in run(options.objdump, "--disassemble", "--no-show-raw-insn", "--wide", path).splitlines():
            match = INSTRUCTION.match(line)
            if not match:
                match = FUNCTION.match(line)
                if match:
                    self.starts.append(int(match[1], 16))
                    self.names.append(match[2])
                    fresh = True
                continue
            text = match[2]
            if address := TAKEN.match(text):
                taken.add(int(address[1], 16))
            if fresh:
                self.first.append(text.split("//")[0].strip())
                fresh = False
            event = EVENT.match(text)
            kind = "touches" if UPPER.search(text) else event and KINDS[event[1]]
            if kind:
                self.vectors += kind == "touches"
                self.addresses.append(int(match[1], 16))
                self.kinds.append(kind)
                target = TARGET.match(text) if kind in ("call", "jump", "branch") else None
                self.targets.append((int(target[1], 16), target[2]) if target else None)
        self.all_starts = set(self.starts)
        # Functions whose address is passed to others of the library, which call them through a pointer.
        self.taken = taken & self.all_starts

    def start_at(self, address):
        return self.starts[bisect.bisect_right(self.starts, address) - 1]

    def name_at(self, address):
        return self.names[bisect.bisect_right(self.starts, address) - 1]


CLEAN, DIRTY = 1, 2


class UpperHalves:
    """Follows clean and dirty upper halves along every path from the functions that can be reached from outside."""

    def __init__(self, code, outside, kinds):
        self.code, self.outside, self.kinds = code, outside, kinds
        self.wrong = set()
        self.states = [0] * (len(kinds) + 1)  # the state at each event; 0: not reached
        # For each start of a function: the state in which it returns, the events after its calls, the functions that end in it.
        self.left, self.after_calls, self.ends_in = {}, {}, {}
        self.work = []
        for start in outside:
            self.reach(start, CLEAN)
        while self.work:
            self.walk(self.work.pop())

    def unseen(self):
        return [index for index, kind in enumerate(self.kinds) if kind == "touches" and not self.states[index]]

    def reach_event(self, index, state):
        if self.states[index] < state:
            self.states[index] = state
            self.work.append(index)

    def reach(self, address, state):
        self.reach_event(bisect.bisect_left(self.code.addresses, address), state)

    def leave(self, start, state):
        if self.left.get(start, 0) >= state:
            return
        self.left[start] = state
        if state == DIRTY and start in self.outside:
            self.wrong.add(f"{self.code.name_at(start)} at {start:x} returns with dirty upper halves")
        for index in self.after_calls.get(start, ()):
            self.reach_event(index, state)
        for other in self.ends_in.get(start, ()):
            self.leave(other, state)

    def needs_clean(self, state, index, what):
        if state == DIRTY:
            address = self.code.addresses[index]
            self.wrong.add(f"{self.code.name_at(address)} {what} with dirty upper halves, at {address:x}")

    def walk(self, index):
        state = self.states[index]
        while state and index < len(self.kinds):
            state = self.step(index, state)
            index += 1
            if self.states[index] >= state:
                return
            self.states[index] = state

    def step(self, index, state):
        """The state after an event; 0 if no event follows."""
        kind, target = self.kinds[index], self.code.targets[index]
        if kind == "touches":
            return DIRTY
        if kind == "zeroes":
            return CLEAN
        if kind is None:
            return state
        if kind == "end":
            return 0
        start = self.code.start_at(self.code.addresses[index])
        if kind == "return":
            self.leave(start, state)
            return 0
        goes_on = kind != "jump"
        if not target:
            # To a kernel, or through a table of jumps: the test does not follow it.
            self.needs_clean(state, index, "goes through a pointer")
            return state if goes_on else 0
        address, name = target
        if name.endswith("@plt"):
            if TAKES_VECTORS.match(name):
                state = DIRTY
            else:
                self.needs_clean(state, index, f"calls {name}")
            if not goes_on:
                self.leave(start, state)
            return state if goes_on else 0
        self.reach(address, state)
        if kind == "call":
            self.after_calls.setdefault(address, set()).add(index + 1)
            return self.left.get(address, 0)
        if address != start and address in self.code.all_starts:
            self.ends_in.setdefault(address, set()).add(start)
            self.leave(start, self.left.get(address, 0))
        return state if goes_on else 0


def check_shared(path, machine):
    code = Code(path)
    outside = reached_from_outside(path)
    first = dict(zip(code.starts, code.first))
    functions = (outside & set(first)) | code.taken
    for start in sorted(functions):
        if code.name_at(start) in STARTUP:
            continue
        check(first[start].split(" ")[0] in PADS[machine], f"{code.name_at(start)} begins with {first[start]!r}")
    check(len(functions) > 800, f"only {len(functions)} functions were found that can be reached from outside")
    print(f"{len(functions)} functions can be reached from outside")
    if machine != "x86":
        return
    halves = UpperHalves(code, functions, code.kinds)
    failures.extend(sorted(halves.wrong))
    unseen = halves.unseen()
    names = {code.name_at(code.addresses[index]) for index in unseen}
    check(not unseen, f"{len(unseen)} instructions were not followed, in {sorted(names)[:9]}")
    # A check that sees nothing would find no fault either, so it must find faults when it is told of no vzeroupper.
    gaps = UpperHalves(code, functions, [None if kind == "zeroes" else kind for kind in code.kinds]).wrong
    check(len(gaps) > 500, f"without any vzeroupper only {len(gaps)} places were found wanting")
    print(f"{code.vectors} instructions touch upper halves; without any vzeroupper {len(gaps)} places would lack one")


if os.environ.get("ACTFN_UNOPTIMISED"):
    print("== binary: skipped: it is about what an optimiser makes")
    sys.exit(77)
parser = argparse.ArgumentParser()
parser.add_argument("--readelf", required=True)
parser.add_argument("--objdump", required=True)
parser.add_argument("--shared", required=True)
parser.add_argument("--objects", nargs="+", required=True)
options = parser.parse_args()

header = readelf("--file-header", options.shared)
architecture = "x86" if "X86-64" in header else "arm" if "AArch64" in header else None
if architecture is None:
    print("== this architecture: skipped: no rules for it")
    sys.exit(77)
protected = {each: check_object(each, architecture) for each in options.objects}
check(any(protected.values()), "no object has stack protectors")
check_shared(options.shared, architecture)
print("\n".join(failures) or "nothing is left behind")
sys.exit(bool(failures))
