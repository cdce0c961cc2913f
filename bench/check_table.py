# SPDX-License-Identifier: MIT
"""check_table.py ACTFN_BENCH: that each type has its benchmarks, and that table.py makes a table of them.  Asserts no time."""

import os
import re
import subprocess
import sys
import unittest

TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "table.py")
PROGRAM = sys.argv.pop(1)


def output(*words):
    return subprocess.run(words, check=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


class CheckTable(unittest.TestCase):
    def test_names(self):
        """Every elementwise operation, gate and row operation of the fast mode has the type too."""
        floats = set(output(PROGRAM, "--benchmark_list_tests=true").split())
        self.assertFalse([name for name in floats if "/bf16/" in name or "/f16/" in name])
        for kind in ("f16", "bf16"):
            names = set(output(PROGRAM, "--benchmark_list_tests=true", f"--type={kind}").split())
            typed = {name for name in names if f"/{kind}/" in name}
            self.assertEqual(names - typed, {name for name in floats if "/fast/" in name or "/roof/" in name})
            left_out = {name.replace("/fast/", f"/{kind}/") for name in floats if "/fast/" in name} - typed
            self.assertEqual({name.split("/")[0] for name in left_out},
                             {"prelu", "srelu", "apl", "rrelu", "sigmoid_bce", "sigmoid_mse", "softmax_cross_entropy"})

    def test_types_that_are_none(self):
        for kind in ("f64", "", "bf"):
            done = subprocess.run([PROGRAM, f"--type={kind}"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            self.assertEqual(done.returncode, 2)
            self.assertIn("--type=f32, f16 or bf16", done.stderr)

    def test_table(self):
        text = output(sys.executable, "-B", TABLE, PROGRAM, "--type", "f16", "--ops", "relu,softmax,swiglu",
                      "--repetitions", "1")
        rows = re.findall(r"(?m)^(relu|softmax|swiglu) +(forward|backward|packed) +(\S+) +([\d.]+) +([\d.]+) +([\d.]+) ", text)
        self.assertEqual(sorted((op, form, n) for op, form, n, *_ in rows), sorted(
            [("relu", form, n) for form in ("forward", "backward") for n in ("4096", "65536", "16777216")] +
            [("softmax", form, n) for form in ("forward", "backward") for n in ("4x1024", "64x1024", "4096x1024")] +
            [("swiglu", "forward", "1x4096"), ("swiglu", "backward", "1x4096"), ("swiglu", "packed", "4x1024")]))
        self.assertTrue(all(float(ns) > 0 for row in rows for ns in row[3:]))


unittest.main()
