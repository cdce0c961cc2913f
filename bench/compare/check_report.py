# SPDX-License-Identifier: MIT
"""check_report.py ACTFN_COMPARE: makes a report by a run of seconds and checks that it is complete.  Asserts no time."""

import csv
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
REPORT = os.path.join(HERE, "report.py")
PROGRAM = sys.argv.pop(1)
OPS, DIRECTIONS = ["sigmoid", "relu", "softmax", "swiglu"], ["forward", "backward"]
KINDS = ["N(0,1)", "20 N(0,1)", "all 0", "one in 50 is -95", "50 <= |x| <= 100", "|x| < 2^-126", "NaN"]
MASKS = ["half is -inf", "half is -1e4", "causal mask"]


class CheckReport(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        where = cls.folder.name
        run = [sys.executable, "-B", REPORT, "--to", where]
        cls.text = subprocess.run(run + ["--program", PROGRAM, "--plan", "check"], check=True, text=True,
                                  stdout=subprocess.PIPE).stdout
        subprocess.run(run + ["--markdown", os.path.join(where, "page.md")], check=True)
        cls.data = json.loads(cls.read("report.json"))
        cls.ours = [c["name"] for c in cls.data["contestants"] if c["ours"] and not c["name"].endswith("from-y")]

    @classmethod
    def read(cls, name):
        with open(os.path.join(cls.folder.name, name), encoding="utf-8") as file:
            return file.read()

    def test_ours_everywhere(self):
        """Each mode has every operation and direction on every input, with a positive time for each round."""
        self.assertTrue(self.ours)
        self.assertEqual({name.rsplit("-", 1)[1] for name in self.ours}, {"fast", "accurate"})
        for by_input, kinds in ((False, ["N(0,1)"]), (True, KINDS)):
            timed = {(t["contestant"], t["op"], t["direction"], t["input"]) for t in self.data["timings"]
                     if t["by_input"] == by_input}
            wanted = [(op, kind) for op in OPS for kind in kinds]
            if by_input:
                wanted += [("softmax", mask) for mask in MASKS]
            self.assertEqual({(name, op, direction, kind) for name in self.ours for op, kind in wanted
                              for direction in DIRECTIONS}, {t for t in timed if t[0] in self.ours and t[1] != "memcpy"})
        for timing in self.data["timings"]:
            self.assertTrue(timing["ns"] and all(ns > 0 for ns in timing["ns"]), timing)

    def test_each_peer_once(self):
        """A missing peer is named with a reason.  A peer that ran has times, and errors beside them."""
        names = [c["name"] for c in self.data["contestants"]]
        self.assertEqual(len(names), len(set(names)))
        for missing in self.data["missing"]:
            self.assertTrue(missing["reason"], missing)
        known = "\n".join(names + [m["name"] for m in self.data["missing"]])
        for peer in ("libm", "onednn", "xnnpack", "xnnpack microkernels|xnnpack-", "ynnpack", "mkl", "ggml", "torch",
                     "onnxruntime", "jax", "numpy", "numexpr", "memcpy"):
            self.assertRegex(known, peer)
        judged = {(e["contestant"], e["op"], e["direction"]) for e in self.data["errors"]}
        for timing in self.data["timings"]:
            if timing["op"] != "memcpy":
                self.assertIn((timing["contestant"], timing["op"], timing["direction"]), judged)

    def test_errors_mean_something(self):
        """relu is exact, the others are not.  The library's errors are a few ULP, and its special values are right."""
        for error in self.data["errors"]:
            if error["contestant"] in self.ours:
                self.assertEqual(error["wrong"], "", error)
                self.assertFalse(error["flushes"] and "accurate" in error["contestant"], error)
                self.assertLess(error["ulp"], 10, error)
                self.assertEqual(error["ulp"] == 0, error["op"] == "relu", error)

    def test_errors_by_kind_of_input(self):
        """Where time is measured by kind of input, the error on the same numbers stands beside the time.  The library's error
        is small on the kinds that nets have, and every peer's error is small on N(0,1)."""
        judged = [t for t in self.data["timings"] if t["by_input"]]
        for timing in judged:
            self.assertIn("ulp", timing)
            ulp = 1e30 if timing["ulp"] is None else timing["ulp"]
            if timing["contestant"] in self.ours and timing["input"] not in ("50 <= |x| <= 100", "|x| < 2^-126"):
                self.assertLess(ulp, 10, {key: timing[key] for key in ("contestant", "op", "direction", "input")})
            if timing["input"] == "N(0,1)":
                self.assertLess(ulp, 1e4, {key: timing[key] for key in ("contestant", "op", "direction")})

    def test_everybody_computes_it(self):
        """A peer may be inaccurate in the tails.  If it is inaccurate on most of [-20, 20], it was called wrongly."""
        curves = [e for e in self.data["errors"] if e["curve"]]
        self.assertTrue(curves)
        for error in curves:
            self.assertLess(statistics.median(1e30 if ulp is None else ulp for ulp in error["curve"]), 1e4,
                            {key: error[key] for key in ("contestant", "op", "direction")})

    def test_lacking_kernel_is_said(self):
        """A library of kernels that has no kernels: each empty cell is named, with the missing kernel."""
        empty = os.path.join(self.folder.name, "empty.so")
        subprocess.run(["cc", "-shared", "-o", empty, "-x", "c", "/dev/null"], check=True)
        out = os.path.join(self.folder.name, "lacking.json")
        subprocess.run([PROGRAM, f"--out={out}", "--plan=check", "--ops=sigmoid", "--without=python"], check=True,
                       env=os.environ | {"XNNPACK_MICROKERNELS": empty, "YNNPACK_KERNELS": empty})
        with open(out, encoding="utf-8") as file:
            data = json.load(file)
        missing = {m["name"]: m["reason"] for m in data["missing"]}
        kernels = [c["name"] for c in data["contestants"] if re.match("(xnnpack-|ynnpack-)", c["name"])]
        # Both libraries of kernels have functions for x86 only.
        self.assertEqual(bool(kernels), any(c["isa"] == "avx2" for c in data["contestants"]))
        for name in kernels:
            self.assertRegex(missing.get(f"{name}: sigmoid", ""), "the library has no .*sigmoid")

    def test_tables(self):
        for text in (self.text, self.read("page.md"), self.read("report.html")):
            for op in OPS:
                self.assertGreaterEqual(len(re.findall(rf"\b{op}\b", text)), 4)
            for missing in self.data["missing"]:
                self.assertIn(missing["name"], text)
            self.assertIn(self.data["context"]["cpu_model"], text)
        # A "|" within a cell would make another column.
        tables = re.findall(r"(?:^\|.*\n)+", self.read("page.md"), re.MULTILINE)
        self.assertGreater(len(tables), 1)
        for table in tables:
            self.assertEqual(len({line.count("|") for line in table.splitlines()}), 1, table)

    def test_csv(self):
        rows = list(csv.DictReader(self.read("report.csv").splitlines()))
        self.assertEqual(len(rows), len(self.data["timings"]))
        self.assertTrue(all(float(row["ns_an_element"]) > 0 for row in rows))

    def test_page_is_whole(self):
        """The HTML page has one picture for each operation, and nothing that a browser would fetch."""
        page = self.read("report.html")
        sources = re.findall(r"src='([^']{0,40})", page)
        self.assertEqual(len(sources), len(OPS))
        for source in sources:
            self.assertTrue(source.startswith("data:image/png;base64,iVBORw0KGgo"), source)
        without_pictures = re.sub(r"base64,[^']*", "", page)
        self.assertNotRegex(without_pictures, r"https?:|//|<script|<link|@import|url\(")


class CheckSixteen(unittest.TestCase):
    """A run in 16 bits: the library in the type and on floats, tables and PyTorch in the type, and nobody else."""

    def test_types(self):
        for kind in ("f16", "bf16"):
            with tempfile.TemporaryDirectory() as where:
                text = subprocess.run([sys.executable, "-B", REPORT, "--to", where, "--program", PROGRAM, "--plan", "check",
                                       "--type", kind], check=True, text=True, stdout=subprocess.PIPE).stdout
                with open(os.path.join(where, "report.json"), encoding="utf-8") as file:
                    data = json.load(file)
                page = subprocess.run([sys.executable, "-B", REPORT, "--to", where, "--markdown", "page.md"], text=True,
                                      stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                self.assertEqual((page.returncode, os.path.exists("page.md")), (1, False))
                self.assertIn("the page is about floats", page.stderr)
            self.assertIn(f"buffers of {kind}", text)
            ours = {c["name"] for c in data["contestants"] if c["ours"]}
            self.assertEqual({name.split("-", 2)[2] for name in ours}, {kind, "f32", f"{kind}-from-y"})
            self.assertLessEqual({c["name"] for c in data["contestants"] if not c["ours"]}, {"memcpy", "torch", "table", "table-gathers"})
            for m in data["missing"]:
                self.assertTrue(m["reason"], m)
            timed = {(t["contestant"], t["op"], t["direction"]) for t in data["timings"] if t["op"] != "memcpy"}
            self.assertEqual({(op, direction) for name, op, direction in timed if name == "table"},
                             {("sigmoid", "forward"), ("relu", "forward")})
            self.assertLessEqual({(name, op, direction) for name in ours for op in OPS for direction in DIRECTIONS
                                  if not name.endswith("from-y")}, timed)
            # Forward of an elementwise operation is correctly rounded, and floats are nearly exact beside it.
            for error in data["errors"]:
                name = error["contestant"]
                if name in ours:
                    self.assertEqual(error["wrong"], "", error)
                if name.startswith("table"):
                    self.assertEqual(error["wrong"], "", error)
                    self.assertLess(error["ulp"], 0.51, error)
                if name.endswith("-" + kind):
                    self.assertFalse(error["flushes"], error)
                    self.assertLess(error["ulp"], 0.51, error)
                    self.assertGreaterEqual(error["ulp"], 0 if error["op"] == "relu" else 0.4, error)
                if error["curve"]:
                    self.assertLess(statistics.median(1e30 if ulp is None else ulp for ulp in error["curve"]), 4, error)
                if name.endswith("-f32"):
                    self.assertLess(error["ulp"], 0.01, error)


unittest.main()
