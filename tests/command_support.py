# SPDX-License-Identifier: MIT
"""Shared by test_command*.py: a directory for each test, runs of the command, and files in NumPy's format.

A run that fails must leave the directory as it was, to the byte, and say why in one line.
"""
import io
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

import numpy as np

ACTFN = []  # the command, behind the emulator that runs it if there is one
ISA_VARIABLE = 'ACTFN_ISA'
MANUAL = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'docs', 'actfn.1')


def npy_bytes(array, version=None):
    """The bytes that numpy.save writes; `version` asks for another format version than the oldest."""
    stream = io.BytesIO()
    if version:
        np.lib.format.write_array(stream, np.asarray(array), version=version)
    else:
        np.save(stream, array)
    return stream.getvalue()


def raw_npy(dictionary, data=b'', version=1, pad=True):
    """A file with an arbitrary dictionary in its header."""
    text = dictionary.encode()
    if pad:
        text += b' ' * (-(len(text) + (11 if version == 1 else 13)) % 64) + b'\n'
    length = len(text).to_bytes(2 if version == 1 else 4, 'little')
    return b'\x93NUMPY' + bytes([version, 0]) + length + text + data


def header(descr="'<f4'", order='False', shape='(4,)'):
    return "{'descr': %s, 'fortran_order': %s, 'shape': %s, }" % (descr, order, shape)


def random_floats(*shape, seed=1):
    return (4 * np.random.default_rng(seed).standard_normal(shape)).astype('float32')


class CommandTest(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.mkdtemp(prefix='actfn_test_')
        self.addCleanup(shutil.rmtree, self.directory)

    def tearDown(self):
        for _, _, files in os.walk(self.directory):
            self.assertEqual([name for name in files if name.startswith('.actfn')], [], 'a temporary file is left')

    def path(self, name):
        return os.path.join(self.directory, name)

    def put(self, name, what):
        """Writes a file from bytes or from an array."""
        with open(self.path(name), 'wb') as file:
            file.write(what if isinstance(what, bytes) else npy_bytes(what))

    def get(self, name):
        return np.load(self.path(name))

    def content(self, name):
        with open(self.path(name), 'rb') as file:
            return file.read()

    def snapshot(self):
        found = {}
        for root, directories, files in os.walk(self.directory):
            for name in directories + files:
                path = os.path.join(root, name)
                status = os.lstat(path)
                data = self.content(path) if stat.S_ISREG(status.st_mode) and status.st_mode & 0o400 else None
                found[path] = (status.st_mode, status.st_uid, data)
        return found

    def run_raw(self, *words, environment=None, **how):
        env = {k: v for k, v in os.environ.items() if k != ISA_VARIABLE}
        env.update(environment or {})
        how.setdefault('stdout', subprocess.PIPE)
        if 'input' not in how:
            how.setdefault('stdin', subprocess.DEVNULL)
        return subprocess.run(ACTFN + list(words), cwd=self.directory, env=env, stderr=subprocess.PIPE, timeout=100,
                              **how)

    def works(self, *words, **how):
        """Runs the command, which must succeed without a message, and returns its standard output."""
        result = self.run_raw(*words, **how)
        self.assertEqual((result.returncode, result.stderr), (0, b''), words)
        return result.stdout

    def message(self, result, code, *parts):
        text = result.stderr.decode()
        self.assertEqual(result.returncode, code, text)
        self.assertRegex(text, r'\Aactfn: [^\n]+\n\Z')
        for part in parts:
            self.assertIn(part, text)

    def fails(self, code, parts, *words, **how):
        """Runs the command, which must fail with one line that contains `parts`, and must change nothing."""
        before = self.snapshot()
        result = self.run_raw(*words, **how)
        self.message(result, code, *([parts] if isinstance(parts, str) else parts))
        self.assertFalse(result.stdout)
        self.assertEqual(self.snapshot(), before)


def main(text):
    words = sys.argv[1:]
    rest = words[words.index('--') + 1:] if '--' in words else []
    words = words[:words.index('--')] if '--' in words else words
    if not words:
        sys.exit(text)
    ACTFN[:] = words[1:] + [os.path.abspath(words[0])]
    unittest.main(argv=sys.argv[:1] + rest)
