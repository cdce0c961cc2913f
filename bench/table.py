# SPDX-License-Identifier: MIT
"""Runs a part of actfn_bench in random order and prints the medians as tables.  pinned.sh pins it to a core first."""

import argparse
import collections
import json
import math
import os
import re
import statistics
import subprocess
import sys
import tempfile

NEAR, MID, FAR = 4096, 64 << 10, 16 << 20
CALLED = ("relu", "sigmoid", "gelu")
LOOPS = ("sleef", "hand")
# For the families: the shapes that may stand for an operation, best first; and the row operations that are shown in every
# shape.
SHAPES = ("1x4096", "64x1024", "1x4x1024", "64x64x1")
# With --type: rows near the first and second cache and beyond, and gates.
TYPED_SHAPES = ("4x1024", "64x1024", "4096x1024", "1x4096")
SWEPT = ("softmax", "log_softmax", "logsumexp", "sparsemax")
UNGATED = {"glu": "sigmoid", "reglu": "relu", "geglu": "gelu", "geglu_tanh": "gelu_tanh", "geglu_quick": "gelu_quick",
           "swiglu": "swish", "swiglu_oai": "swish"}
Name = collections.namedtuple("Name", "op form isa kind n")
Timing = collections.namedtuple("Timing", "ns spread label bytes")


def name_of(text):
    op, form, isa, kind, n = text.split("/")
    return Name(op, form, isa, kind, int(n) if n.isdigit() else n)


def elements(n):
    """The number of elements of a length or a shape such as 64x1024."""
    return n if isinstance(n, int) else math.prod(map(int, n.split("x")))


def arguments():
    parser = argparse.ArgumentParser(prog="table.py", description=__doc__)
    parser.add_argument("program", help="actfn_bench as built")
    parser.add_argument("--ops", help="only these operations, comma-separated")
    parser.add_argument("--isa", help="only this instruction set (default: the best one for the table of all operations, "
                                      "all of them beside the loops)")
    parser.add_argument("--mode", default="accurate", choices=("accurate", "fast"))
    parser.add_argument("--type", default="f32", choices=("f32", "f16", "bf16"),
                        help="f16, bf16: one table, the time on buffers of this type over the fast mode's on as many floats")
    parser.add_argument("--input", default="normal", choices=("normal", "uniform"), help="N(0,1) or U[-8,8]")
    parser.add_argument("--repetitions", type=int, default=21)
    parser.add_argument("--json", metavar="FILE", help="keep Google Benchmark's own report, with every repetition")
    return parser.parse_args()


# ---- what to run, and running it -----------------------------------------------------------------------------------


def wanted(names, isas, options):
    """The benchmarks that the tables below need."""
    ops = options.ops.split(",") if options.ops else None
    looped = {(t.op, t.form, t.isa) for t in names if t.kind in LOOPS}
    hand = {(t.op, t.form, t.isa) for t in names if t.kind == "hand"}

    def keep_family(t):
        if t.kind != options.mode or t.isa != isas[0] or ops and t.op not in ops:
            return False
        return t.n in SHAPES or t.form == "packed" or t.form == "forward" and t.op in SWEPT

    def keep(t):
        if t.kind == "roof":
            return True
        if ops and t.op not in ops or t.form not in ("forward", "backward", "packed") or t.isa not in isas + ["scalar"]:
            return False
        if not isinstance(t.n, int):
            return keep_family(t)
        key = t[:3]
        if t.n == NEAR:
            if t.kind == options.mode:
                return t.isa == isas[0] or key in looped
            return t.kind in LOOPS + ("libm",) or t.kind == "resolved" and key in hand
        if t.n == FAR:
            return t.kind in ("hand", "stream") or t.kind == options.mode and key in hand
        return t.n == 1 and t.op in CALLED and t.kind in (options.mode, "named", "resolved") and t.form == "forward"

    return [t for t in names if keep(t)]


def wanted_typed(names, isa, options):
    """The benchmarks of a type, and the same ones on floats."""
    ops = options.ops.split(",") if options.ops else None
    typed = [t for t in names if t.kind == options.type and t.isa == isa and (not ops or t.op in ops)
             and t.form in ("forward", "backward", "packed")
             and t.n in (TYPED_SHAPES if isinstance(t.n, str) else (NEAR, MID, FAR))]
    return [one for t in typed for one in (t._replace(kind="fast"), t)]


def program(options, *more):
    command = [options.program, f"--sizes=1,{NEAR},{MID},{FAR}", f"--input={options.input}", f"--type={options.type}", *more]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"table.py: {options.program} failed ({done.returncode}): {done.stderr.strip()}")
    return done


def run(chosen, options):
    """The context, and a Timing for each name: the median of the repetitions and the median deviation from it in percent."""
    names = "|".join(re.escape("/".join(map(str, t))) for t in chosen)
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report.json")
        program(options, f"--benchmark_filter=^({names})$", "--benchmark_enable_random_interleaving=true",
                f"--benchmark_repetitions={options.repetitions}", "--benchmark_min_time=0.003",
                f"--benchmark_out={report}", "--benchmark_out_format=json")
        with open(report, encoding="utf-8") as file:
            text = file.read()
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            file.write(text)
    data = json.loads(text)
    times, others = collections.defaultdict(list), {}
    for entry in data["benchmarks"]:
        if entry["run_type"] == "iteration":
            if entry.get("error_occurred"):
                sys.exit(f"table.py: {entry['name']}: {entry['error_message']}")
            name = name_of(re.sub(r"/repeats:\d+", "", entry["run_name"]))
            times[name].append(entry["cpu_time"])
            others[name] = entry.get("label", ""), entry["bytes_per_second"] / entry["items_per_second"]
    timings = {}
    for name, list_of in times.items():
        median = statistics.median(list_of)
        spread = statistics.median(abs(t - median) for t in list_of) / median * 100
        timings[name] = Timing(median, spread, *others[name])
    return data["context"], timings


# ---- tables --------------------------------------------------------------------------------------------------------


def ratio(over, under):
    return f"{over.ns / under.ns:.2f}" if over and under else "-"


def rate(timing, n):
    """GB/s, with 10^9 bytes in a GB."""
    return timing.bytes * n / timing.ns


def print_header(context, isas, options):
    print(f"libactfn {context['actfn_version']}, {context['actfn_compiler']}, {context['actfn_flags']}; "
          f"SLEEF {context['sleef_version']}")
    print(f"{context['cpu_model']}; {context['cpu_caches']}; {', '.join(isas)}")
    print(f"input {context['input']}, {context['subnormals']}, mode {options.mode}; median of {options.repetitions} "
          "interleaved repetitions, one core")
    print(f"n = {NEAR}: {NEAR * 4 // 1024} KiB a buffer; n = {FAR}: {FAR * 4 >> 20} MiB a buffer; "
          "forward has two buffers, backward three")


def print_all(names, timings, isa, options):
    roof = timings[Name("memcpy", "forward", "any", "roof", NEAR)]
    print(f"\nEvery elementwise operation, {isa}, n = {NEAR}; memcpy {rate(roof, NEAR):.0f} GB/s")
    print("  memcpy %: GB/s over memcpy's, whose two buffers may fit into the cache where backward's three do not")
    print("  x libm: times as fast as a loop over libm;  spread: median deviation in %;  bound: the promised error in ULP")
    print("  / loop: time over the time of a hand-written loop, around SLEEF's function (s) or without SLEEF (h)")
    half = f"{'Melem/s':>8} {'GB/s':>6} {'memcpy %':>8} {'x libm':>6} {'/ loop':>6} {'spread':>6} {'bound':>5}"
    print(f"{'operation':17} {'forward':^51}   {'backward':^51}\n{'':17} {half} | {half}")
    for op in dict.fromkeys(t.op for t in names if t.isa == isa and t.kind == options.mode and t.n == NEAR):
        halves = []
        for form in ("forward", "backward"):
            ours = timings[Name(op, form, isa, options.mode, NEAR)]
            libm = timings.get(Name(op, form, "scalar", "libm", NEAR))
            kind = next((k for k in LOOPS if Name(op, form, isa, k, NEAR) in timings), None)
            loop = ratio(ours, timings[Name(op, form, isa, kind, NEAR)]) + " " + kind[0] if kind else "-  "
            gb = rate(ours, NEAR)
            ulp = re.search(r"ulp=(\S+)", ours.label).group(1)
            halves.append(f"{NEAR / ours.ns * 1e3:8.0f} {gb:6.1f} {gb / rate(roof, NEAR) * 100:8.0f} "
                          f"{ratio(libm, ours):>6} {loop:>6} {ours.spread:6.1f} {ulp:>5}")
        print(f"{op:17} {halves[0]} | {halves[1]}")


def print_typed(names, timings, isa, options):
    print(f"\n{options.type} beside f32 (fast mode), {isa}, ns an element; ratio: time over f32's for as many elements")
    print("  a buffer of 16 bits has half the bytes; spread: median deviation in %, the larger of both")
    print(f"{'operation':21} {'form':>9} {'n':>10} {'f32':>8} {options.type:>8} {'ratio':>6} {'spread':>6}")
    for t in names:
        if t.kind == options.type:
            floats, ours = timings[t._replace(kind="fast")], timings[t]
            print(f"{t.op:21} {t.form:>9} {t.n:>10} {floats.ns / elements(t.n):8.3f} {ours.ns / elements(t.n):8.3f} "
                  f"{ratio(ours, floats):>6} {max(floats.spread, ours.spread):6.1f}")


def print_sleef(names, timings, isas, options):
    print(f"\nThe {options.mode} mode against a bare loop around SLEEF's function, n = {NEAR}, ns an element")
    print(f"{'operation':17}" + "".join(f" | {isa + ' actfn':>14} {'SLEEF':>8} {'actfn / SLEEF':>13}" for isa in isas))
    for op in dict.fromkeys(t.op for t in names if t.kind == "sleef"):
        cells = ""
        for isa in isas:
            ours = timings[Name(op, "forward", isa, options.mode, NEAR)]
            bare = timings[Name(op, "forward", isa, "sleef", NEAR)]
            cells += f" | {ours.ns / NEAR:14.3f} {bare.ns / NEAR:8.3f} {ratio(ours, bare):>13}"
        print(f"{op:17}{cells}")


def print_hand(names, timings, isas, options):
    far_roof = timings[Name("memcpy", "forward", "any", "roof", FAR)]
    print("\nLight operations beside hand-written loops: our time over the time of the loop")
    print(f"  in cache: n = {NEAR}, called by the entry;  kernel: the same, called as resolved kernel")
    print(f"  beyond: n = {FAR}, beyond the caches, with GB/s;  memcpy %: GB/s over memcpy's {rate(far_roof, FAR):.1f}")
    columns = f"{'kernel':>6} {'beyond':>6} {'GB/s':>5} {'memcpy %':>8}"
    print(f"{'operation':26}" + "".join(f" | {isa + ' in cache':>15} {columns}" for isa in isas))
    for op, form in dict.fromkeys((t.op, t.form) for t in names if t.kind == "hand"):
        cells = ""
        for isa in isas:
            time = {(kind, n): timings.get(Name(op, form, isa, kind, n))
                    for kind in (options.mode, "hand", "resolved") for n in (NEAR, FAR)}
            far = time[options.mode, FAR]
            cells += (f" | {ratio(time[options.mode, NEAR], time['hand', NEAR]):>15} "
                      f"{ratio(time['resolved', NEAR], time['hand', NEAR]):>6} {ratio(far, time['hand', FAR]):>6} "
                      f"{rate(far, FAR):5.1f} {rate(far, FAR) / rate(far_roof, FAR) * 100:8.0f}")
        print(f"{op + ' ' + form:26}{cells}")
    for t in names:
        if t.kind == "stream" and t.n == FAR:
            print(f"{t.op} {t.form} by a loop with non-temporal stores, {t.isa}, beyond: {rate(timings[t], FAR):.1f} GB/s")


def print_calls(timings, isas, options):
    print("\nA call with n = 1, ns: by the resolved kernel, by the generic entry, by the function of the operation's name")
    for isa in isas:
        cells = ""
        for op in CALLED:
            time = [timings.get(Name(op, "forward", isa, kind, 1)) for kind in ("resolved", options.mode, "named")]
            if all(time):
                cells += f" | {op:>8}" + "".join(f" {t.ns:6.1f}" for t in time)
        print(f"{isa:10}{cells}")
    print(f"memcpy of one float, which shows how long the measurement itself takes: "
          f"{timings[Name('memcpy', 'forward', 'any', 'roof', 1)].ns:.1f}")


def half_of(timing, roofs, n):
    gb, roof = rate(timing, elements(n)), rate(roofs[elements(n)], elements(n))
    ulp = re.search(r"ulp=(\S+)", timing.label).group(1)
    return f"{elements(n) / timing.ns * 1e3:8.0f} {gb:6.1f} {gb / roof * 100:8.0f} {timing.spread:6.1f} {ulp:>5}"


def print_families(names, timings, isa, options):
    roofs = {t.n: timing for t, timing in timings.items() if t.kind == "roof"}
    print(f"\nEvery other operation, {isa}, by shape; memcpy {rate(roofs[NEAR], NEAR):.0f} GB/s for {NEAR} elements, "
          f"{rate(roofs[MID], MID):.0f} for {MID}")
    print("  shape: outer x n, for channels outer x channels x inner")
    print("  backward: with the gradients of weights, and with the loss")
    print("  gate: time over the time of the activation alone, which reads and writes two buffers and not three")
    print("  packed: the same with gate and value in one buffer")
    half = f"{'Melem/s':>8} {'GB/s':>6} {'memcpy %':>8} {'spread':>6} {'bound':>5}"
    print(f"{'operation':21} {'shape':>11} {'forward':^37}   {'backward':^37}\n{'':33} {half} | {half} |  gate packed")
    for op, n in dict.fromkeys((t.op, t.n) for t in names if t.n in SHAPES and t.form == "forward"):
        forward, backward = (timings[Name(op, form, isa, options.mode, n)] for form in ("forward", "backward"))
        ungated = timings.get(Name(UNGATED.get(op), "forward", isa, options.mode, NEAR))
        packed = next((timing for t, timing in timings.items() if t.op == op and t.form == "packed"), None)
        gate = f"{ratio(forward, ungated):>5} {ratio(packed, ungated):>6}" if op in UNGATED else ""
        print(f"{op:21} {n:>11} {half_of(forward, roofs, n)} | {half_of(backward, roofs, n)} | {gate}".rstrip(" |"))


def print_rows(names, timings, isa, options):
    swept = {op: [t for t in names if t.op == op and t.form == "forward" and t.kind == options.mode and t.isa == isa]
             for op in SWEPT}
    swept = {op: list_of for op, list_of in swept.items() if list_of}
    if not swept:
        return
    print(f"\nRows of each length, {isa}, forward, ns an element; 16 KiB, 256 KiB and 16 MiB a buffer")
    print(f"{'outer x n':>14}" + "".join(f" {op:>12}" for op in swept))
    shapes = {t.n for list_of in swept.values() for t in list_of}
    for n in sorted(shapes, key=lambda n: (elements(n), int(n.split("x")[1]))):
        cells = (timings[Name(op, "forward", isa, options.mode, n)].ns / elements(n) for op in swept)
        print(f"{n:>14}" + "".join(f" {cell:12.3f}" for cell in cells))


def main():
    options = arguments()
    if options.type != "f32":
        options.mode = "fast"
    listed = program(options, "--benchmark_list_tests=true")
    sys.stderr.write(listed.stderr)
    names = [name_of(line) for line in listed.stdout.split()]
    isas = list(dict.fromkeys(t.isa for t in names if t.kind == options.mode))
    if options.isa:
        if options.isa not in isas:
            sys.exit(f"table.py: no instruction set {options.isa} here, but {', '.join(isas)}")
        isas = [options.isa]
    unknown = set(options.ops.split(",") if options.ops else ()) - {t.op for t in names}
    if unknown:
        sys.exit(f"table.py: no operation {', '.join(sorted(unknown))}")
    names = wanted(names, isas, options) if options.type == "f32" else wanted_typed(names, isas[0], options)
    context, timings = run(names, options)
    print_header(context, isas, options)
    if options.type != "f32":
        print_typed(names, timings, isas[0], options)
        return
    if any(t.n == NEAR and t.kind == options.mode for t in names):
        print_all(names, timings, isas[0], options)
    if any(t.n in SHAPES for t in names):
        print_families(names, timings, isas[0], options)
    print_rows(names, timings, isas[0], options)
    # The generic backend has no loops to compare with.
    compared = [isa for isa in isas if any(t.isa == isa and t.kind in LOOPS for t in names)]
    if any(t.kind == "sleef" for t in names):
        print_sleef(names, timings, compared, options)
    if any(t.kind == "hand" for t in names):
        print_hand(names, timings, compared, options)
    if any(t.n == 1 and t.op in CALLED for t in names):
        print_calls(timings, isas, options)


main()
