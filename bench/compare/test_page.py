# SPDX-License-Identifier: MIT
"""test_page.py: the tables and docs/PERFORMANCE.md from a small invented run.  The test needs no benchmark and measures no
time."""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from results import Key, Results, kind_tables, table  # noqa: E402 (found by the line above)

OPS = ("gelu", "softmax")
MASK = "half is -inf"
# For each contestant: ns for an element on N(0,1) and on the mask, and the errors over all floats and on the same input.
SPEEDS = {"actfn-avx9-fast": (0.1, 0.2, 3, 2), "actfn-avx9-accurate": (0.4, 0.4, 1, 1),
          "quick": (0.05, 0.1, 3e7, 1e6), "fair": (0.2, 0.3, 6, 6), "good": (0.3, 0.6, None, 1.5), "better": (0.5, 0.5, 1, 1)}
MISSING = {"name": "good: selu", "reason": "the library has no vselu"}
IN_PYTHON = {"name": "numexpr", "reason": "/opt/peers/bin/python3: VML in numexpr 2; python3: No module named 'numexpr'"}


def timing(name, op, direction, of_input, n, ns, **more):
    return {"contestant": name, "op": op, "direction": direction, "input": of_input, "n": n, "ns": [ns] * 3,
            "by_input": bool(more), **more}


def invented(cpu="Invented 1"):
    context = {"cpu_model": cpu, "cpu_caches": "L1", "actfn_version": "9", "actfn_compiler": "cc", "actfn_flags": "-O9",
               "subnormals": "off", "best_isa": "avx9", "row_length": 1024, "float_step": 5, "curve_end": 20}
    timings = [timing("memcpy", "memcpy", "forward", "N(0,1)", 4096, 0.05)]
    errors = []
    for name, (ns, masked, ulp, here) in SPEEDS.items():
        for op in OPS:
            for direction in ("forward", "backward"):
                timings.append(timing(name, op, direction, "N(0,1)", 4096, ns))
                timings.append(timing(name, op, direction, "N(0,1)", 4096, ns, ulp=here, flushes=False))
                if op == "softmax":
                    timings.append(timing(name, op, direction, MASK, 4096, masked, ulp=here, flushes=name == "fair"))
                    timings.append(timing(name, op, direction, "NaN", 4096, 9, ulp=99, flushes=False))
                errors.append({"contestant": name, "op": op, "direction": direction, "ulp": ulp, "at": 1, "wrong": "",
                               "flushes": False, "curve": []})
    contestants = [{"name": name, "version": "7", "isa": "avx9", "ours": name.startswith("actfn")} for name in SPEEDS]
    contestants.append({"name": "memcpy", "version": "", "isa": "", "ours": False})
    return {"context": context, "ops": OPS, "contestants": contestants, "missing": [MISSING, IN_PYTHON], "errors": errors,
            "timings": timings}


class TestPage(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.page = os.path.join(self.folder, "page.md")

    def results(self):
        path = os.path.join(self.folder, "report.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(invented(), file)
        return Results(path)

    def write(self, cpu, *arguments):
        with open(os.path.join(self.folder, "report.json"), "w", encoding="utf-8") as file:
            json.dump(invented(cpu), file)
        subprocess.run([sys.executable, "-B", os.path.join(HERE, "report.py"), "--to", self.folder, "--markdown",
                        self.page, *arguments], check=True)
        with open(self.page, encoding="utf-8") as file:
            return file.read()

    def test_fastest_peers(self):
        """The fastest peer of any error, and the fastest within 4 ULP over all floats (8 for rows): "good" is inexact
        somewhere."""
        headings, rows = table(self.results(), "N(0,1)", 4096)
        cells = dict(zip(headings[2:13], rows[0][2:13]))
        self.assertEqual((cells["fastest peer"], cells["its time, ns"]), ("quick", "0.050"))
        self.assertEqual([row[-3] for row in rows], ["better", "better", "fair", "fair"])

    def test_kinds_of_input(self):
        """A peer is compared if its error on the same input is small.  Only rows have masks."""
        fast, accurate, peers = kind_tables(self.results())
        for title, headings, rows in (fast, accurate, peers):
            self.assertEqual(headings[:4], ["operation", "direction", "N(0,1)", MASK])
            self.assertEqual([row[3] == "-" for row in rows], [True, True, False, False], title)
        self.assertEqual(fast[2][2][2:4], ["0.100", "0.200 (2.0)"])
        self.assertEqual(accurate[2][2][2:4], ["0.400", "0.400 (1.0)"])
        # NaN takes longest, and a net should not have NaN.
        self.assertEqual([row[-1] for row in fast[2]], ["1.0", "1.0", "2.0", "2.0"])
        self.assertEqual([row[2] for row in peers[2]], ["3.00 good", "3.00 good", "2.00 fair", "2.00 fair"])
        self.assertEqual([row[3] for row in peers[2]], ["-", "-", "1.50 fair (flushes)", "1.50 fair (flushes)"])

    def test_parts_do_not_mix(self):
        """N(0,1) is measured twice at one size: once beside all sizes, once beside the other kinds."""
        results = self.results()
        key = Key("gelu", "forward", "N(0,1)", 4096)
        self.assertEqual(results.inputs(), ["N(0,1)"])
        self.assertEqual(results.kinds(), ["N(0,1)", MASK, "NaN"])
        self.assertEqual(results.cells[key].keys(), results.by_input[key].keys())

    def test_other_cpus_stay(self):
        """A run writes the section of its own CPU first, and leaves the other sections with their dates unchanged."""
        other = "## On Elder, 0, 1999-01-01\n\n| old | figures |\n|---|---|\n\n### A table\n\n| kept |"
        with open(self.page, "w", encoding="utf-8") as file:
            file.write("# Performance\n\nAn old head.\n\n" + other + "\n")
        first = self.write("Invented 1")
        self.assertTrue(first.endswith("\n\n" + other + "\n"))
        self.assertNotIn("An old head", first)
        second = self.write("Invented 2")
        self.assertEqual(re.findall("^## On (.*), [0-9-]*$", second, re.MULTILINE), ["Invented 2", "Invented 1", "Elder, 0"])
        self.assertEqual(second.split("\n## On ")[2:], first.split("\n## On ")[1:])
        # A run replaces its own section.  The CPU may be given another name.
        third = self.write("Invented 3", "--cpu", "Elder, 0")
        self.assertEqual(re.findall("^## On (.*), [0-9-]*$", third, re.MULTILINE), ["Elder, 0", "Invented 2", "Invented 1"])
        self.assertNotIn("1999", third)

    def test_page_is_whole(self):
        page = self.write("Invented 1")
        self.assertIn(f"| {MISSING['name']} | left out: {MISSING['reason']} |", page)
        self.assertIn("| numexpr | left out: python3: VML in numexpr 2; python3: No module named 'numexpr' |", page)
        self.assertIn("| CPU | Invented 1 |", page)
        for title in ("### N(0,1), 4 Ki elements", "### Our time by kind of input: avx9, fast mode",
                      "### The fastest peer by kind of input"):
            self.assertIn(title, page)
        # A "|" within a cell would make another column.
        tables = re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE)
        self.assertEqual(len(tables), 5)
        for text in tables:
            self.assertEqual(len({line.count("|") for line in text.splitlines()}), 1, text)


unittest.main()
