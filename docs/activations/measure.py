#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures the speed and the errors that the page shows, and keeps them beside this script.

    measure.py cost ACTFN_BENCH     writes cost.json by the benchmark: times over that of relu, in a first-level cache
    measure.py ulp ACTFN_TESTS      writes ulp.json by the tests: the largest errors that they find

The target that makes the page runs neither, so that the page is the same on every machine.
"""
import collections
import datetime
import json
import math
import os
import pathlib
import platform
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
NEAR, BASE, REPETITIONS = 4096, "relu", 15
FORMS = "forward", "backward"


def output(*command, **environment):
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed ({done.returncode}):\n{done.stderr}{done.stdout[-2000:]}")
    return done.stdout


def write(name, data):
    with open(HERE / name, "w", encoding="utf-8") as file:
        head, rows = {k: v for k, v in data.items() if k != "ops"}, data["ops"]
        lines = [f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in head.items()]
        ops = [f"    {json.dumps(k)}: {json.dumps(v)}" for k, v in rows.items()]
        file.write("{\n" + ",\n".join(lines) + ",\n  \"ops\": {\n" + ",\n".join(ops) + "\n  }\n}\n")
    print(HERE / name)


def today():
    return datetime.date.today().isoformat()


def elements(shape):
    """The number of elements of "4096", "64x64" or "1x4x1024"."""
    return math.prod(map(int, shape.split("x")))


def chosen(listed):
    """For each operation and direction the benchmark to run: on the best instruction set, on NEAR elements.  If there
    are several such shapes, the one that is nearest to a square."""
    parts = [name.split("/") for name in listed]
    isa = next(part[2] for part in parts if part[3] == "accurate")
    found = collections.defaultdict(list)
    for op, form, on, kind, shape in parts:
        if on == isa and kind == "accurate" and form in FORMS and elements(shape) == NEAR:
            found[op, form].append(shape)
    return isa, {key: min(shapes, key=lambda s: max(map(int, s.split("x")))) for key, shapes in found.items()}


def cost(program):
    """The least time of a call on NEAR elements, over that of relu in the same direction and the same run."""
    sizes = f"--sizes={NEAR}"
    isa, shapes = chosen(output(program, sizes, "--benchmark_list_tests=true").split())
    names = "|".join(f"{op}/{form}/{isa}/accurate/{shape}" for (op, form), shape in shapes.items())
    data = json.loads(output(program, sizes, f"--benchmark_filter=^({names})$", "--benchmark_format=json",
                             "--benchmark_enable_random_interleaving=true", f"--benchmark_repetitions={REPETITIONS}",
                             "--benchmark_min_time=0.002"))
    least = collections.defaultdict(lambda: math.inf)
    for entry in data["benchmarks"]:
        if entry["run_type"] == "iteration":
            op, form = entry["run_name"].split("/")[:2]
            least[op, form] = min(least[op, form], entry["cpu_time"] / NEAR)
    context, ops = data["context"], {}
    for op in dict.fromkeys(op for op, _ in shapes):
        ops[op] = [round(least[op, form] / least[BASE, form], 2) for form in FORMS]
        if "x" in shapes[op, "forward"]:
            ops[op].append(shapes[op, "forward"])
    write("cost.json", {
        "cpu": context["cpu_model"], "isa": isa, "compiler": context["actfn_compiler"],
        "sleef": context["sleef_version"], "date": today(), "n": NEAR, "input": context["input"],
        "relu_ns": [round(least[BASE, form], 4) for form in FORMS], "ops": ops,
    })


def ulp(program):
    """The largest error in each direction, over all settings that the tests use."""
    line = re.compile(r"^(\S+) +(\S+) +(forward|backward) +([0-9.]+) of (\S+) ")
    worst, isa = {}, None
    for text in output(program, "generic", CK_RUN_SUITE="ulp", ACTFN_ULP_REPORT="1").splitlines():
        match = line.match(text)
        if match:
            isa, op, direction, error = match[1], match[2], match[3], float(match[4])
            both = worst.setdefault(op, [0.0, 0.0])
            k = direction == "backward"
            both[k] = max(both[k], round(error, 3))
    if not worst:
        sys.exit(f"{program} reported no error")
    write("ulp.json", {"machine": platform.machine(), "isa": isa, "date": today(), "ops": worst})


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("cost", "ulp"):
        sys.exit(__doc__)
    {"cost": cost, "ulp": ulp}[sys.argv[1]](sys.argv[2])
