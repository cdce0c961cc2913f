#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""test_train_mlp.py DIGITS_PY [TRAIN_MLP]: the example learns, gives the same result twice, and refuses wrong input.

The test is skipped by name without TRAIN_MLP, which then could not be built, and without scikit-learn.
"""
import os
import pathlib
import re
import resource
import signal
import subprocess
import sys
import tempfile
import unittest

if len(sys.argv) < 3:
    print("== train_mlp: skipped: it was not built, as there is no OpenBLAS (libopenblas-dev)")
    sys.exit(77)
try:
    import numpy as np
    import sklearn.datasets  # noqa: F401: digits.py needs the module
except ImportError as error:
    print(f"== train_mlp: skipped: not installed for this Python: {error.name}")
    sys.exit(77)

DIGITS, PROGRAM = sys.argv[1:3]
FILES = "train_x", "train_labels", "held_out_x", "held_out_labels"
ACTIVATIONS = "relu", "tanh", "sigmoid", "silu", "gelu", "selu", "prelu"


class TrainTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="actfn_train_")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        subprocess.run([sys.executable, DIGITS, cls.folder], check=True)
        cls.data = {name: np.load(cls.folder / f"{name}.npy") for name in FILES}

    def run_it(self, *options, environment=None, room=None, stdout=subprocess.PIPE, **replaced):
        """Runs with the files of digits.py, or other files in their place; no file grows beyond `room` bytes."""
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        files = [replaced.get(name, self.folder / f"{name}.npy") for name in FILES]
        return subprocess.run([PROGRAM, *options, *files], env={**os.environ, **(environment or {})}, timeout=120,
                              stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False,
                              preexec_fn=None if room is None else limit)

    def works(self, *options, **how):
        done = self.run_it(*options, **how)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def fails(self, code, message, *options, **how):
        done = self.run_it(*options, **how)
        self.assertEqual((done.returncode, done.stdout), (code, ""))
        lines = done.stderr.splitlines()
        self.assertRegex(lines[0], r"^(/.*/)?train_mlp: ")  # getopt's own messages begin with the path
        self.assertRegex(lines[0], message)
        # argp tells where to find help; nothing else follows the message.
        self.assertEqual(len(lines), 2 if code == 2 else 1, lines)

    def saved(self, *options, **how):
        """The final parameters, and the printed text."""
        path = self.folder / "parameters.npy"
        path.unlink(missing_ok=True)
        printed = self.works("--save", path, *options, **how)
        return np.load(path), printed

    def put(self, array):
        path = self.folder / "other.npy"
        np.save(path, array)
        return path

    # ---- learning

    def test_accuracy(self):
        for name in ACTIVATIONS:
            with self.subTest(activation=name):
                printed = self.works("--activation", name)
                last = re.search(r"^held-out accuracy ([0-9.]+) %\n\Z", printed, re.M)
                print(f"{name:8} {last[1]} %")
                self.assertGreaterEqual(float(last[1]), 95)
                losses = [float(line.split()[1]) for line in printed.splitlines()[2:-1]]
                self.assertEqual(len(losses), 12)
                self.assertLess(losses[-1], losses[0] / 4)

    def test_epochs_printed(self):
        def epochs(n):
            return [line.split()[0] for line in self.works("--epochs", str(n)).splitlines()[2:-1]]
        self.assertEqual(epochs(1), ["1"])
        self.assertEqual(epochs(12), ["5", "10", "12"])

    def test_numbers_printed(self):
        """Loss, accuracy, dead and saturated units, computed again from the parameters that --save wrote."""
        def relu(z):
            return np.maximum(z, 0), (z > 0).astype(float)

        def tanh(z):
            return np.tanh(z), 1 / np.cosh(z) ** 2

        def prelu(z, a):
            return np.where(z > 0, z, a * z), np.where(z > 0, 1, a)

        mean = self.data["train_x"].mean(axis=0, dtype=float)
        deviation = np.sqrt(((self.data["train_x"] - mean) ** 2).mean())
        # The first two rates are too large, so that there are dead and saturated units to count.
        cases = (relu, 0, ["--learning-rate", "0.12"]), (tanh, 0, ["--learning-rate", "0.2"]), (prelu, 1, [])
        seen = {"dead": 0, "saturated": 0}
        for f, slopes, options in cases:
            with self.subTest(activation=f.__name__):
                block, printed = self.saved("--activation", f.__name__, "--hidden", "40,30", "--epochs", "20", *options)
                parts, sizes = [], [64, 40, 30, 10]
                for k in range(3):
                    for shape in [(sizes[k], sizes[k + 1]), (sizes[k + 1],)] + slopes * (k < 2) * [(sizes[k + 1],)]:
                        size = int(np.prod(shape))
                        parts.append(block[:size].reshape(shape).astype(float))
                        block = block[size:]
                self.assertEqual(block.size, 0)
                results = {}
                for which in "train", "held_out":
                    h, rest, gradients = (self.data[f"{which}_x"] - mean) / deviation, list(parts), []
                    while True:
                        z = h @ rest.pop(0) + rest.pop(0)
                        if not rest:
                            break
                        h, gradient = f(z, rest.pop(0)) if slopes else f(z)
                        gradients.append(gradient)
                    labels = self.data[f"{which}_labels"]
                    top = z.max(axis=1)
                    loss = np.log(np.exp(z - top[:, None]).sum(axis=1)) + top - z[np.arange(len(z)), labels]
                    results[which] = loss.mean(), 100 * (z.argmax(axis=1) == labels).mean(), np.hstack(gradients)
                gradients = np.abs(results["train"][2])
                dead = 100 * (gradients == 0).all(axis=0).mean()
                saturated = 100 * ((gradients < 0.01).mean(axis=0) > 0.9).mean()
                seen["dead"] += dead
                seen["saturated"] += saturated
                found = [float(word) for word in printed.splitlines()[-2].replace("%", "").split()]
                # Rounding may change the class of one sample or the state of one unit.
                np.testing.assert_allclose(found[1], results["train"][0], rtol=1e-3, atol=2e-5)
                np.testing.assert_allclose(found[2], results["held_out"][1], atol=0.35)
                np.testing.assert_allclose(found[3:], [dead, saturated], atol=100 / 70 + 0.06)
        self.assertGreater(seen["dead"], 15)
        self.assertGreater(seen["saturated"], 15)

    def test_dead(self):
        """A step has gradient 0 everywhere: the first layers do not change, and all their units are dead."""
        one, printed = self.saved("--activation", "binary_step", "--epochs", "1", "--weight-decay", "0")
        self.assertRegex(printed.splitlines()[-2], r" 100.0 % +100.0 %$")
        two, _ = self.saved("--activation", "binary_step", "--epochs", "3", "--weight-decay", "0")
        hidden = 64 * 64 + 64 + 64 * 64 + 64
        np.testing.assert_array_equal(one[:hidden], two[:hidden])
        self.assertFalse(np.array_equal(one[hidden:], two[hidden:]))
        self.assertRegex(self.works("--activation", "identity", "--epochs", "1").splitlines()[-2], r" 0.0 % +0.0 %$")

    def test_first_weights(self):
        """With a rate of 0 the parameters stay as initialised: normal, with the deviation that suits the activation."""
        still = "--learning-rate", "0", "--epochs", "1", "--hidden", "256,256"
        for name, deviation in (("relu", (2 / 256) ** 0.5), ("selu", (1 / 256) ** 0.5), ("tanh", (2 / 512) ** 0.5),
                                ("prelu", (2 / (1 + 0.25 ** 2) / 256) ** 0.5)):
            with self.subTest(activation=name):
                block, _ = self.saved("--activation", name, *still)
                first = 64 * 256 + 256 + (256 if name == "prelu" else 0)
                weights = block[first:first + 65536].astype(float) / deviation
                self.assertLess(abs(weights.mean()), 0.02)
                self.assertLess(abs(weights.std() - 1), 0.012)
                self.assertLess(abs((weights ** 4).mean() - 3), 0.15)
                np.testing.assert_array_equal(block[first + 65536:first + 65536 + 256], 0)

    def test_slopes(self):
        block, _ = self.saved("--activation", "prelu", "--epochs", "2", "--learning-rate", "0")
        slopes = slice(64 * 64 + 64, 64 * 64 + 128)
        np.testing.assert_array_equal(block[slopes], np.float32(0.25))
        block, _ = self.saved("--activation", "prelu")
        self.assertGreater(block[slopes].std(), 0.01)
        # Weight decay shrinks the weights, and leaves the slopes to the data.
        more, _ = self.saved("--activation", "prelu", "--weight-decay", "0.05")
        self.assertLess(abs(more[:64 * 64]).mean(), abs(block[:64 * 64]).mean() / 2)
        self.assertGreater(abs(more[slopes]).mean(), 0.1)

    # ---- reproducible bits

    def test_repeats(self):
        for name in ACTIVATIONS:
            with self.subTest(activation=name):
                first, printed = self.saved("--activation", name, "--epochs", "10")
                for environment in {}, {"ACTFN_ISA": "generic"}, {"ACTFN_ISA": "avx2"}, {"OPENBLAS_NUM_THREADS": "2"}:
                    again, repeated = self.saved("--activation", name, "--epochs", "10", environment=environment)
                    self.assertEqual(repeated, printed, environment)
                    self.assertEqual(again.tobytes(), first.tobytes(), environment)

    def test_seed(self):
        first, _ = self.saved("--epochs", "1")
        other, _ = self.saved("--epochs", "1", "--seed", "18446744073709551615")
        self.assertFalse(np.array_equal(first, other))

    # ---- accepted and refused input

    def test_float_labels(self):
        plain = self.works("--epochs", "2")
        floats = self.put(self.data["train_labels"].astype("<f4"))
        self.assertEqual(self.works("--epochs", "2", train_labels=floats), plain)

    def test_sizes(self):
        self.works("--epochs", "1", "--hidden", "5", "--batch", "65536")
        self.works("--epochs", "1", "--hidden", "9,8,7,6,5,4,3,2", "--batch", "1")

    def test_usage(self):
        for message, *options in (
                (r"unknown activation 'nosuch'", "--activation", "nosuch"),
                (r"clip cannot be used: its parameter min has no default", "--activation", "clip"),
                (r"soft_exponential .* alpha has no default", "--activation", "soft_exponential"),
                (r"softmax is of the family rows", "--activation", "softmax"),
                (r"srelu is of the family channels", "--activation", "srelu"),
                (r"--epochs must be .*'0'", "--epochs", "0"),
                (r"--epochs must be .*'-1'", "--epochs", "-1"),
                (r"--batch must be .*'1e3'", "--batch", "1e3"),
                (r"--seed must be .*'18446744073709551616'", "--seed", "18446744073709551616"),
                (r"--learning-rate must be .*'nan'", "--learning-rate", "nan"),
                (r"--learning-rate must be .*'-1'", "--learning-rate", "-1"),
                (r"--momentum must be .*'1'", "--momentum", "1"),
                (r"--weight-decay must be .*''", "--weight-decay", ""),
                (r"hidden layer's size must be .*'0'", "--hidden", "64,0"),
                (r"hidden layer's size must be .*''", "--hidden", ""),
                (r"at most 8 hidden layers", "--hidden", "1,2,3,4,5,6,7,8,9"),
                (r"too many files: ", "one_more"),
                (r"unrecognized option", "--nosuch")):
            with self.subTest(options=options):
                self.fails(2, message, *options)
        done = subprocess.run([PROGRAM], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("four files are needed", done.stderr)

    def test_help(self):
        done = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0)
        for word in "--activation", "--hidden", "--save", "dead ", "saturated ", "HELD_OUT_LABELS":
            self.assertIn(word, done.stdout)

    def test_bad_files(self):
        x, labels = self.data["train_x"], self.data["train_labels"]
        not_finite, negative, many, half = x.copy(), labels.copy(), labels.copy(), labels.astype("<f4")
        not_finite[3, 4] = np.nan
        negative[7], many[7], half[7] = -1, 1000, 1.5
        for message, name, array in (
                (r"elements are '<f8', and '<f4'", "train_x", x.astype("<f8")),
                (r"elements are '>f4', and '<f4'", "train_x", x.astype(">f4")),
                (r"elements are '<i8', and '<f4' \(float32\) is", "train_x", x.astype("<i8")),
                (r"shape is \(92032,\), and \(samples, ", "train_x", x.ravel()),
                (r"shape is \(1438, 8, 8\), and", "train_x", x.reshape(-1, 8, 8)),
                (r"shape is \(0, 64\), and", "train_x", x[:0]),
                (r"Fortran order", "train_x", np.asfortranarray(x)),
                (r"element 196 is not finite", "train_x", not_finite),
                (r"all training samples are the same", "train_x", np.ones_like(x)),
                (r"shape is \(1438,\), and \(1437,\) is needed", "train_x", x[1:]),
                (r"held_out_x\.npy has 64 columns, and .*other\.npy has 63", "train_x", np.ascontiguousarray(x[:, 1:])),
                (r"elements are '<i4', and '<f4' \(float32\) or '<i8' \(int64\)", "train_labels", labels.astype("<i4")),
                (r"shape is \(1438, 1\), and \(1438,\)", "train_labels", labels[:, None]),
                (r"shape is \(1438, 1\), and \(1438,\)", "train_labels", labels[:, None].astype("<f4")),
                (r"shape is \(1437,\), and \(1438,\)", "train_labels", labels[1:]),
                (r"element 7 is not one of the classes 0 \.\.\. 999", "train_labels", negative),
                (r"element 7 is not one of the classes", "train_labels", many),
                (r"element 7 is not one of the classes", "train_labels", half),
                (r"has the class 9, which .*other\.npy has not", "train_labels", np.minimum(labels, 8))):
            with self.subTest(message=message):
                self.fails(1, message, **{name: self.put(array)})

        whole = (self.folder / "train_labels.npy").read_bytes()
        for message, content in (
                (r"ends within its header", b""),
                (r"ends within its header", whole[:100]),
                (r"11503 bytes follow the header, .*8-byte elements of shape \(1438,\)", whole[:-1]),
                (r"11507 bytes follow", whole + b"abc"),
                (r"11512 bytes follow", whole + whole[-8:]),
                (r"is not a \.npy file", b"P5 8 8 255\n"),
                (r"unknown version", whole[:6] + b"\x09\x00" + whole[8:]),
                (r"malformed header", whole.replace(b"'descr'", b"'descr\"")),
                (r"17592186044416", whole.replace(b"(1438,), }          ", b"(17592186044416,), }"))):
            with self.subTest(message=message):
                path = self.folder / "other.npy"
                path.write_bytes(content)
                self.fails(1, message, train_labels=path)
        self.fails(1, r"no_such_file: No such file", train_x="no_such_file")
        self.fails(1, r"/: Is a directory", held_out_labels="/")

    def test_not_finite(self):
        done = self.run_it("--activation", "sqrt")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr, "train_mlp: the loss is not finite in epoch 1: sqrt may need a smaller "
                                      "--learning-rate, or not suit\n")

    def test_output_errors(self):
        done = self.run_it("--epochs", "1", "--save", self.folder / "no" / "where")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"^train_mlp: .*/no/where: No such file or directory\n$")
        # A disk that is full after 100 bytes, or after none.  A short text is not written before the file is closed.
        for hidden in "64,64", "5":
            done = self.run_it("--epochs", "1", "--hidden", hidden, "--save", self.folder / "parameters.npy", room=100)
            self.assertEqual(done.returncode, 1)
            self.assertRegex(done.stderr, r"^train_mlp: .*/parameters.npy: File too large\n$")
        with open(self.folder / "printed", "w", encoding="ascii") as printed:
            done = self.run_it("--epochs", "1", room=0, stdout=printed)
        self.assertEqual((done.returncode, done.stderr), (1, "train_mlp: standard output cannot be written\n"))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v", *sys.argv[3:]])
