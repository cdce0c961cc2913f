#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The actfn command, from outside:  test_command.py PATH_TO_ACTFN [EMULATOR WORDS...] [-- UNITTEST ARGUMENTS...]

Each test has a directory of its own.  A run that fails must leave it as it was, to the byte, and say why in one line.
"""
import io
import json
import os
import pty
import re
import resource
import select
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import unittest

import numpy as np

ACTFN = []  # the command with what runs it
ISA_VARIABLE = 'ACTFN_ISA'
MANUAL = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'docs', 'actfn.1')


def npy_bytes(array, version=None):
    """What numpy.save writes; `version` asks for another version of the format than the oldest."""
    stream = io.BytesIO()
    if version:
        np.lib.format.write_array(stream, np.asarray(array), version=version)
    else:
        np.save(stream, array)
    return stream.getvalue()


def raw_npy(dictionary, data=b'', version=1, pad=True):
    """A file with any dictionary at all in its header."""
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
        """A file made of bytes, or of an array."""
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
        """Standard output of a run in which nothing is wrong."""
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
        """A run that says what is wrong, in one line that holds `parts`, and changes nothing."""
        before = self.snapshot()
        result = self.run_raw(*words, **how)
        self.message(result, code, *([parts] if isinstance(parts, str) else parts))
        self.assertFalse(result.stdout)
        self.assertEqual(self.snapshot(), before)


class CatalogueTest(CommandTest):
    """info, list, and what belongs to no subcommand."""

    def operations(self):
        return json.loads(self.works('list', '--json'))

    def test_list(self):
        operations = self.operations()
        self.assertGreater(len(operations), 76)
        text = self.works('list').decode()
        groups = [group.splitlines() for group in text.split('\n\n')]
        # Each family once, whatever its operations' values: a newer operation's is behind those of every family.
        families = list(dict.fromkeys(op['family'] for op in operations))
        grouped = sorted(operations, key=lambda op: families.index(op['family']))
        self.assertEqual(families, ['elementwise', 'channels', 'random', 'gates', 'rows', 'losses'])
        self.assertEqual([group[0] for group in groups], families)
        lines = [line for group in groups for line in group[1:]]
        self.assertEqual([(group[0], line.split()[0]) for group in groups for line in group[1:]],
                         [(op['family'], op['name']) for op in grouped])
        for line, op in zip(lines, grouped):
            self.assertIn(op['formula'], line)
            for param in op['params']:
                self.assertRegex(line.split('[')[-1], r'\b%s\b' % param['name'])
        self.assertEqual([op['value'] for op in operations], list(range(len(operations))))

    def test_list_one(self):
        for op in self.operations():
            for name in [op['name']] + op['aliases']:
                self.assertEqual(json.loads(self.works('list', name, '--json')), op)
            text = self.works('list', op['name']).decode()
            for part in [op['name'], op['family'], op['formula'], op['derivative'], op['legal'], op['note']]:
                self.assertIn(part, text)
            for param in op['params']:
                self.assertRegex(text, r'(?m)^  %s +.*(default|required)' % param['name'])

    def test_list_values(self):
        softplus = json.loads(self.works('list', 'softplus', '--json'))
        self.assertEqual([(p['name'], p['default']) for p in softplus['params']], [('beta', 1), ('threshold', 20)])
        self.assertEqual(softplus['params'][1]['maximum'], 'inf')
        self.assertIs(softplus['params'][0]['nonzero'], True)
        self.assertIs(json.loads(self.works('list', 'clip', '--json'))['params'][0]['default'], None)
        self.assertIn('default 0.01', self.works('list', 'leaky_relu').decode())
        self.assertIn('any number; default 20\n', self.works('list', 'softplus').decode())
        self.assertIn('required', self.works('list', 'clip').decode())

    def test_list_families(self):
        operations = {op['name']: op for op in self.operations()}
        arrays = {name for name, op in operations.items() if any(param['array'] for param in op['params'])}
        self.assertEqual(arrays, {'prelu', 'srelu', 'apl'})
        self.assertEqual({name for name, op in operations.items() if op['reduces']},
                         {'logsumexp', 'logmeanexp', 'maxout'})
        self.assertEqual([operations[name][flag] for name in ['softmax', 'maxout', 'logsumexp', 'hardmax', 'gelu']
                          for flag in ['reads_x', 'reads_y']], [0, 1, 1, 0, 1, 1, 0, 0, 0, 0])
        self.assertRegex(self.works('list', 'prelu').decode(), r'(?m)^  a +per channel: finite; default 0\.25$')
        self.assertIn('gradient       y_i (dy_i - sum y dy)\n', self.works('list', 'softmax').decode())

    def test_info(self):
        info = json.loads(self.works('info', '--json'))
        text = self.works('info').decode()
        self.assertEqual(info['version'], self.works('--version').decode().split()[1])
        self.assertRegex(info['sleef'], r'^\d+\.\d+')
        self.assertEqual(info['modes'], ['accurate', 'fast'])
        for value in [info['version'], info['sleef'], info['isa'], info['cpu']['machine'], 'not set']:
            self.assertIn(value, text)
        self.assertIsNone(info['environment']['ACTFN_ISA'])
        in_use = [isa['name'] for isa in info['isas'] if isa['reason'] == 'in use']
        self.assertEqual(in_use, [info['isa']])
        for isa in info['isas']:
            self.assertRegex(text, r'(?m)^  %s +%s$' % (isa['name'], re.escape(isa['reason'])))

    def test_info_environment(self):
        def environment(value, *options):
            text = self.works('info', *options, environment={ISA_VARIABLE: value}).decode()
            info = json.loads(self.works('info', '--json', *options, environment={ISA_VARIABLE: value}))
            self.assertIn(info['environment']['effect'], text)
            return text, info
        text, info = environment('sse9')
        self.assertIn("'sse9' (unknown value, ignored)", text)
        self.assertEqual(info['environment'], {'ACTFN_ISA': 'sse9', 'effect': 'unknown value, ignored'})
        text, info = environment('generic')
        self.assertEqual(info['isa'], 'generic')
        self.assertNotIn('ignored', text)
        best = next(isa['name'] for isa in info['isas'] if isa['available'])
        _, info = environment('generic', '--isa', best)
        self.assertEqual(info['isa'], best)
        self.assertEqual(info['environment']['effect'], 'overruled by --isa')
        text, info = environment('a"\\\x1b[31m')
        self.assertEqual(info['environment']['ACTFN_ISA'], 'a"\\\x1b[31m')
        self.assertNotIn('\x1b', text)

    def test_help(self):
        text = self.works('--help').decode()
        for name in ['info', 'list', 'forward', 'backward', '--param', '--from-output', '--json']:
            self.assertIn(name, text)
        own = self.works('list', '--help').decode()
        self.assertIn('--json', own)
        self.assertNotIn('--threads', own)
        self.assertRegex(self.works('-V').decode(), r'^actfn \d+\.\d+\.\d+\n$')

    def test_manual(self):
        with open(MANUAL) as file:
            manual = file.read()
        for name in set(re.findall(r'--([a-z-]+)', self.works('--help').decode())):
            self.assertIn('Fl -' + name, manual)
        for command in re.findall(r'actfn ([a-z]+) ', self.works('--help').decode()):
            self.assertIn('Cm ' + command, manual)
        if shutil.which('mandoc'):
            lint = subprocess.run(['mandoc', '-T', 'lint', '-W', 'warning', MANUAL], stdout=subprocess.PIPE)
            self.assertEqual((lint.returncode, lint.stdout), (0, b''))

    def test_usage(self):
        self.put('x.npy', random_floats(4))
        forward, xy = ('forward', 'relu', 'x.npy', 'y.npy'), ('x.npy', 'y.npy')
        for parts, words in [
            ('no command', ()),
            (["'frward'", "'forward'"], ('frward',)),
            ('--help', ('qqqqqqq',)),
            ("'--treads'", forward + ('--treads', '2')),
            ("'-q'", ('-q',) + forward),
            ('--isa needs a value', forward + ('--isa',)),
            ('-p needs a value', forward + ('-p',)),
            ('takes no value', ('list', '--json=1')),
            ('too few', ('forward', 'relu', 'x.npy')),
            ('too few', ('backward', 'relu', 'x.npy', 'x.npy')),
            ('too many', forward + ('z.npy',)),
            ('too many', ('list', 'relu', 'tanh')),
            ('too many', ('info', 'relu')),
            ('takes no --threads', ('list', '--threads', '2')),
            ('takes no --from-output', forward + ('--from-output',)),
            ('takes no --json', forward + ('--json',)),
            (["'gleu'", "'gelu'"], ('forward', 'gleu') + xy),
            (["'gelo'", "'gelu'"], ('list', 'gelo')),
            (["'GELU'", "'gelu'"], ('forward', 'GELU') + xy),
            (["'leaky-relu'", "'leaky_relu'"], ('forward', 'leaky-relu') + xy),
            (["'heavyside'", "'heaviside'"], ('list', 'heavyside')),
            ("'actfn list'", ('forward', 'no_such_thing') + xy),
            ("'actfn list'", ('forward', 'x' * 5000) + xy),
            ("'actfn list'", ('forward', '') + xy),
            ('one of the inputs', ('backward', 'relu', '-', '-', 'y.npy')),
        ]:
            with self.subTest(words=words):
                self.fails(2, parts, *words)

    def test_bad_values(self):
        self.put('x.npy', random_floats(4))
        self.put('y.npy', b'what was there')
        for parts, op, options in [
            (['no parameter', 'alpha', 'slope'], 'leaky_relu', ('--param', 'alpha=1')),
            (['no parameter', 'nor any'], 'relu', ('--param', 'slope=1')),
            ('NAME=VALUE', 'leaky_relu', ('--param', 'slope')),
            ('NAME=VALUE', 'leaky_relu', ('--param', '=1')),
            ('must be a number', 'leaky_relu', ('--param', 'slope=')),
            ('must be a number', 'leaky_relu', ('--param', 'slope=0.2x')),
            ('must be a number', 'leaky_relu', ('--param', 'slope= 1')),
            ('must be finite', 'leaky_relu', ('--param', 'slope=nan')),
            ('must be finite', 'leaky_relu', ('--param', 'slope=inf')),
            ('too large', 'leaky_relu', ('--param', 'slope=1e50')),
            ('parameter alpha of celu is 0; it must be finite, not 0', 'celu', ('--param', 'alpha=0')),
            ('> 0', 'hardswish_ab', ('--param', 'alpha=-1')),
            ('>= 0', 'hardshrink', ('--param', 'lambda=-1')),
            ('<= 0', 'xielu', ('--param', 'eps=1')),
            ('any number', 'hardtanh', ('--param', 'min=nan')),
            ('given twice', 'leaky_relu', ('--param', 'slope=1', '--param', 'slope=1')),
            ('--param min=VALUE', 'clip', ()),
            ('--param max=VALUE', 'clip', ('--param', 'min=0')),
            ('min <= max', 'hardtanh', ('--param', 'min=2')),
            ('more often', 'leaky_relu', ('--param', 'slope=1') * 100),
            (["'quick'", 'accurate', 'fast'], 'relu', ('--mode', 'quick')),
            (["'sse9'", 'generic'], 'relu', ('--isa', 'sse9')),
            ("'0'", 'relu', ('--threads', '0')),
            ("'-1'", 'relu', ('--threads=-1',)),
            ("'two'", 'relu', ('--threads', 'two')),
            ("'2x'", 'relu', ('--threads', '2x')),
            ("'99999999999999999999'", 'relu', ('--threads', '99999999999999999999')),
        ]:
            with self.subTest(op=op, options=options):
                self.fails(2, parts, 'forward', op, 'x.npy', 'y.npy', *options)

    def test_from_output_not_offered(self):
        self.put('x.npy', random_floats(4))
        self.fails(2, ['no --from-output', 'gelu'], 'backward', '--from-output', 'gelu', 'x.npy', 'x.npy', 'y.npy')
        self.fails(2, 'slope >= 0', 'backward', '--from-output', 'leaky_relu', 'x.npy', 'x.npy', 'y.npy',
                   '-p', 'slope=-1')

    def test_isa_of_another_machine(self):
        self.put('x.npy', random_floats(4))
        missing = [isa for isa in json.loads(self.works('info', '--json'))['isas'] if not isa['available']]
        if not missing:
            self.skipTest('this machine has every instruction set of the library')
        self.fails(1, missing[0]['reason'], 'forward', 'relu', 'x.npy', 'y.npy', '--isa', missing[0]['name'])


class ResultTest(CommandTest):
    """What comes out is right, and the same however it is asked for."""

    def forward(self, op, x, *options):
        self.put('x.npy', x)
        self.works('forward', op, 'x.npy', 'y.npy', *options)
        return self.get('y.npy')

    def backward(self, op, x, dy, *options):
        self.put('x.npy', x)
        self.put('dy.npy', dy)
        self.works('backward', op, 'x.npy', 'dy.npy', 'dx.npy', *options)
        return self.get('dx.npy')

    def near(self, found, exact, ulp):
        found, exact = np.asarray(found), np.asarray(exact, 'float64')
        self.assertEqual(found.dtype, np.dtype('float32'))
        error = np.abs(found - exact) / np.spacing(np.maximum(np.abs(exact), 2.0 ** -126).astype('float32'))
        self.assertLessEqual(error.max(), ulp)

    def test_forward(self):
        x = random_floats(3, 50, 7)
        wide = x.astype('float64')
        np.testing.assert_array_equal(self.forward('relu', x), np.maximum(x, 0))
        np.testing.assert_array_equal(self.forward('leaky_relu', x, '--param', 'slope=0.2'),
                                      np.where(x > 0, x, np.float32(0.2) * x))
        self.near(self.forward('tanh', x), np.tanh(wide), 2.5)
        self.near(self.forward('logistic', x), 1 / (1 + np.exp(-wide)), 2.5)
        np.testing.assert_array_equal(self.forward('hardtanh', x, '-p', 'max=0x1.8p0', '-pmin=-.5'), x.clip(-0.5, 1.5))
        np.testing.assert_array_equal(self.forward('hardtanh', x, '-p', 'max=inf'), np.maximum(x, -1))

    def test_backward(self):
        x, dy = random_floats(40, 9), random_floats(40, 9, seed=2)
        np.testing.assert_array_equal(self.backward('relu', x, dy), np.where(x > 0, dy, 0))
        np.testing.assert_array_equal(self.backward('leaky_relu', x, dy, '-p', 'slope=0.25'),
                                      np.where(x > 0, dy, dy / 4))
        self.near(self.backward('tanh', x, dy), dy / np.cosh(x.astype('float64')) ** 2, 4.5)

    def test_backward_from_output(self):
        y, dy = np.tanh(random_floats(500)), random_floats(500, seed=2)
        wide = y.astype('float64')
        exact = dy * (1 - wide) * (1 + wide)
        np.testing.assert_allclose(self.backward('tanh', y, dy, '--from-output'), exact, rtol=1e-6)
        self.assertFalse(np.allclose(self.backward('tanh', y, dy), exact))

    def test_every_operation(self):
        """The catalogue is the list of what works; every instruction set gives the same bits, NaN's sign and payload free.

        What is not elementwise has files of its own: test_command_families.py.
        """
        def bits(npy):
            array = np.load(io.BytesIO(npy))
            return np.where(np.isnan(array), np.float32(np.nan), array).tobytes()

        isas = [isa['name'] for isa in json.loads(self.works('info', '--json'))['isas'] if isa['available']]
        self.put('x.npy', random_floats(300))
        self.put('dy.npy', random_floats(300, seed=2))
        for op in json.loads(self.works('list', '--json')):
            if op['family'] != 'elementwise':
                continue
            required = [param['name'] for param in op['params'] if param['required']]
            options = ['--param=%s=%g' % (name, 0.75 - 0.5 * k) for k, name in enumerate(required)]
            calls = [['forward', op['name'], 'x.npy'], ['backward', op['name'], 'x.npy', 'dy.npy']]
            if op['from_output']:
                calls.append(['backward', '--from-output', op['name'], 'x.npy', 'dy.npy'])
            for call in calls:
                results = {isa: self.works(*call, '-', '--isa', isa, *options) for isa in isas}
                for isa in isas:
                    with self.subTest(call=call, isa=isa):
                        self.assertEqual(bits(results[isa]), bits(results[isas[0]]))
                self.assertEqual(np.load(io.BytesIO(results[isas[0]])).shape, (300,))

    def test_fast_mode(self):
        x = random_floats(1000)
        self.near(self.forward('tanh', x, '--mode', 'fast'), np.tanh(x.astype('float64')), 10)
        accurate, fast = (self.forward('tanh', x, f'--mode={mode}').tobytes() for mode in ('accurate', 'fast'))
        self.assertNotEqual(accurate, fast)
        self.assertEqual(self.forward('tanh', x, '--mode=reproducible').tobytes(), accurate)
        self.assertEqual(self.forward('tanh', x).tobytes(), fast)

    def test_threads(self):
        """Several pieces and an odd rest; as many threads as pieces, fewer, more."""
        x, dy = random_floats(5 * 65536 + 4099), random_floats(5 * 65536 + 4099, seed=2)
        for op in ['relu', 'tanh', 'gelu']:
            self.forward(op, x)
            y = self.content('y.npy')
            self.backward(op, x, dy)
            dx = self.content('dx.npy')
            for n in range(1, 8):
                with self.subTest(op=op, threads=n):
                    self.works('--threads', str(n), 'forward', op, 'x.npy', 'y%d.npy' % n)
                    self.assertEqual(self.content('y%d.npy' % n), y)
                    self.works('backward', op, '-t%d' % n, 'x.npy', 'dy.npy', 'dx%d.npy' % n)
                    self.assertEqual(self.content('dx%d.npy' % n), dx)
        np.testing.assert_array_equal(self.forward('relu', x, '--threads', '1024'), np.maximum(x, 0))

    def test_options_anywhere(self):
        self.put('x.npy', random_floats(9))
        self.works('-p', 'slope=3', 'forward', 'leaky_relu', 'x.npy', 'a.npy')
        self.works('forward', '--param', 'slope=3', 'leaky_relu', 'x.npy', '--isa=generic', 'b.npy')
        self.works('forward', 'leaky_relu', 'x.npy', 'c.npy', '--param', 'slope=3')
        self.assertEqual(self.content('a.npy'), self.content('b.npy'))
        self.assertEqual(self.content('a.npy'), self.content('c.npy'))
        self.put('-x.npy', random_floats(9))
        self.works('forward', 'relu', '--', '-x.npy', '-y.npy')
        np.testing.assert_array_equal(self.get('-y.npy'), np.maximum(random_floats(9), 0))


class FormatTest(CommandTest):
    """Files as they are, and as they should not be."""

    def test_header_is_numpys(self):
        shapes = [(), (0,), (1,), (3,), (2, 3), (0, 5), (5, 0, 2), (10 ** 6,), (1, 2, 3, 4, 5, 6), (1,) * 32, (1,) * 9,
                  (1,) * 10, (1,) * 11, (1,) * 17, (1,) * 18, (123456, 1), (0, 10 ** 9, 10 ** 9)]
        # Headers of every length, to meet each boundary of the padding.
        shapes += [(0,) + (1,) * n + (10 ** digits,) for n in range(29) for digits in range(3)]
        for shape in shapes:
            with self.subTest(shape=shape):
                array = np.empty(shape, 'float32')
                array.fill(1.5)
                self.put('x.npy', array)
                self.works('forward', 'identity', 'x.npy', 'y.npy')
                self.assertEqual(self.content('y.npy'), npy_bytes(array))
                self.assertEqual(self.works('forward', 'identity', '-', '-', input=npy_bytes(array)), npy_bytes(array))

    def test_versions(self):
        x = random_floats(5, 4)
        for version in [(1, 0), (2, 0), (3, 0)]:
            data = npy_bytes(x, version)
            self.assertEqual(data[6], version[0])
            self.put('x.npy', data)
            self.works('forward', 'identity', 'x.npy', 'y.npy')
            self.assertEqual(self.content('y.npy'), npy_bytes(x))
            self.assertEqual(self.works('forward', 'identity', '-', '-', input=data), npy_bytes(x))

    def test_other_writers(self):
        """Headers that NumPy reads although it does not write them so."""
        x = random_floats(2, 2)
        for text, shape in [
            ('{"shape":(2,2),"fortran_order":False,"descr":"<f4"}', (2, 2)),
            ("{ 'descr' : '<f4' , 'shape' : ( 2 , 2 , ) , 'fortran_order' : False }", (2, 2)),
            ("{'descr': '<f4', 'fortran_order': False, 'shape': (2L, 2L)}", (2, 2)),
            ("{'descr': '<f4', 'fortran_order': True, 'shape': (4,)}", (4,)),
            ("{'descr': '<f4', 'fortran_order': True, 'shape': (1, 4)}", (1, 4)),
        ]:
            for spaces in range(5):
                with self.subTest(text=text, spaces=spaces):
                    self.put('x.npy', raw_npy(text + ' ' * spaces, x.tobytes(), pad=False))
                    self.works('forward', 'identity', 'x.npy', 'y.npy')
                    self.assertEqual(self.content('y.npy'), npy_bytes(x.reshape(shape)))
                    piped = self.works('forward', 'identity', '-', '-', input=self.content('x.npy'))
                    self.assertEqual(piped, npy_bytes(x.reshape(shape)))

    def bad(self, data, *parts, name='x.npy'):
        """As a file and through a pipe, in front of an output that exists and one that does not."""
        self.put(name, data)
        self.put('old.npy', b'what was there')
        self.fails(1, [name] + list(parts), 'forward', 'relu', name, 'old.npy')
        self.fails(1, [name] + list(parts), 'forward', 'relu', name, 'new.npy')
        self.put('good.npy', random_floats(4))
        self.fails(1, [name] + list(parts), 'backward', 'relu', 'good.npy', name, 'old.npy')
        self.fails(1, [name] + list(parts), 'backward', 'relu', name, 'good.npy', '-')
        self.fails(1, 'standard input', 'forward', 'relu', '-', 'old.npy', input=data)
        self.fails(1, 'standard input', 'backward', 'relu', 'good.npy', '-', '-', input=data)

    def test_magic(self):
        self.bad(b'\x93NUMPX' + npy_bytes(random_floats(4))[6:], 'not a .npy file', 'numpy.save')
        self.bad(b'PK\x03\x04 zipped', 'not a .npy file')
        self.bad(b'x', 'not a .npy file')
        self.bad(b'', 'empty')

    def test_refused_at_once(self):
        """What begins wrongly is not read to its end, which may never come."""
        process = subprocess.Popen(ACTFN + ['forward', 'relu', '-', 'y.npy'], cwd=self.directory, stdin=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        process.stdin.write(b'PK\x03\x04..')
        process.stdin.flush()
        self.assertEqual(process.wait(timeout=60), 1)
        self.assertIn(b'not a .npy file', process.communicate()[1])

    def test_version_unknown(self):
        data = npy_bytes(random_floats(4))
        self.bad(data[:6] + b'\x04\x00' + data[8:], '4.0', '1.0, 2.0 and 3.0')
        self.bad(data[:6] + b'\x01\x01' + data[8:], '1.1')
        self.bad(data[:6] + b'\x00\x00' + data[8:], '0.0')

    def test_dtype(self):
        for dtype, name in [('<f8', 'float64'), ('>f4', 'big-endian float32'), ('>f8', 'big-endian float64'),
                            ('<f2', 'float16'), ('<i4', 'int32'), ('|u1', 'uint8'), ('>i8', 'big-endian int64'),
                            ('|b1', 'bool')]:
            self.bad(npy_bytes(np.ones(4, dtype)), 'holds %s;' % name,
                     "numpy.save('x32.npy', numpy.load('x.npy').astype('float32'))")
        self.bad(npy_bytes(np.ones(4, '<f8')), "convert it with numpy's array.astype('float32')", name="it's.npy")
        self.bad(npy_bytes(np.ones(4, '<c8')), 'complex64', 'real or imaginary')
        self.bad(npy_bytes(np.array(['ab'])), 'type <U2')
        self.bad(npy_bytes(np.ones(4, [('a', '<f4'), ('b', '<f4')])), 'type structured')
        self.bad(raw_npy(header("'f'"), bytes(16)), "type f")
        self.bad(raw_npy(header("''"), bytes(16)), "type ")

    def test_suggestion_works(self):
        """The advice for float64, taken at its word."""
        self.put('x.npy', np.arange(4.0))
        text = self.run_raw('forward', 'relu', 'x.npy', 'y.npy').stderr.decode()
        os.chdir(self.directory)
        self.addCleanup(os.chdir, '/')
        eval(text.split('convert it: ')[1], {'numpy': np})
        self.works('forward', 'relu', 'x32.npy', 'y.npy')
        self.put('x.npy', np.asfortranarray(random_floats(2, 3)))
        text = self.run_raw('forward', 'relu', 'x.npy', 'y.npy').stderr.decode()
        eval(text.split('convert it: ')[1], {'numpy': np})
        self.works('forward', 'identity', 'x_c.npy', 'y.npy')
        np.testing.assert_array_equal(self.get('y.npy'), random_floats(2, 3))

    def test_fortran_order(self):
        self.bad(npy_bytes(np.asfortranarray(random_floats(2, 3))), 'Fortran order', 'numpy.ascontiguousarray')

    def test_truncated(self):
        data = npy_bytes(random_floats(4))
        for length in [6, 7, 8, 9, 10, 50, 127]:
            self.bad(data[:length], 'truncated within its header')
        self.bad(data[:3], 'truncated within its header')
        for length in [128, 129, len(data) - 1]:
            self.bad(data[:length], 'truncated', '144 bytes', 'there are %d' % length)
        self.bad(npy_bytes(random_floats(4), (2, 0))[:11], 'truncated within its header')
        self.bad(raw_npy(header(shape='(100000000000,)'), bytes(1000)), 'truncated', '400000000')

    def test_trailing(self):
        data = npy_bytes(random_floats(4))
        self.bad(data + b'\n', 'goes on after its array', 'byte 144')
        self.bad(data + data, 'goes on after its array')
        self.bad(npy_bytes(np.empty((0,), 'float32')) + b'x', 'goes on after its array')

    def test_overflow(self):
        for shape in ['(4611686018427387904, 4)', '(9223372036854775808,)', '(4294967296, 4294967296)',
                      '(2305843009213693952,)', '(18446744073709551617,)', '(0, 1180591620717411303424)',
                      '(6148914691236517206, 3)',
                      '(%s)' % ('1, ' * 65)]:
            self.bad(raw_npy(header(shape=shape), bytes(16)), 'larger than any memory')

    def test_malformed(self):
        for text in ['', '{}', '[]', 'hello', header()[:-1], header() + 'x', header() + header(), header(shape='(4)'),
                     header(shape='(-4,)'), header(shape='(4,,)'), header(shape='[4]'), header(shape='4'),
                     header(shape='(2 2)'), header(shape='(,)'), header(shape='(4,'), header(order='0'),
                     header(descr='<f4'), header(descr="'<f4"), header(descr='None'), header(descr="'<\\x66\\x34'"),
                     "{'descr': '<f4', 'shape': (4,)}", "{'descr': '<f4', 'fortran_order': False}",
                     header()[:-1] + "'shape': (4,)}", header()[:-1] + "'more': 1}", header().replace(',', ''),
                     header().replace("'shape'", '3')]:
            with self.subTest(text=text):
                self.bad(raw_npy(text, bytes(16)), 'malformed')
        self.bad(b'\x93NUMPY\x02\x00\xff\xff\xff\xff' + b' ' * 1000, 'malformed')

    def test_shapes_differ(self):
        self.put('x.npy', random_floats(2, 3))
        for shape in [(3, 2), (6,), (2, 3, 1), (), (0,)]:
            array = np.ones(shape, 'float32')
            self.put('dy.npy', array)
            self.fails(1, ['x.npy has shape (2, 3)', 'dy.npy has %s' % (shape,)], 'backward', 'relu', 'x.npy', 'dy.npy',
                       'dx.npy')


class FileTest(CommandTest):
    """Where results go, and that they arrive whole or not at all."""

    def setUp(self):
        super().setUp()
        self.x = random_floats(1000)
        self.y = np.maximum(self.x, 0)
        self.put('x.npy', self.x)

    def check(self, name='y.npy'):
        np.testing.assert_array_equal(self.get(name), self.y)

    def test_pipes(self):
        data = npy_bytes(self.x)
        self.assertEqual(self.works('forward', 'relu', '-', '-', input=data), npy_bytes(self.y))
        self.assertEqual(self.works('forward', 'relu', 'x.npy', '-'), npy_bytes(self.y))
        self.assertEqual(self.works('backward', 'relu', 'x.npy', 'x.npy', '-'), npy_bytes(self.y))
        self.works('forward', 'relu', '-', 'y.npy', input=data)
        self.check()
        dx = npy_bytes(np.where(self.x > 0, self.x, 0))
        self.assertEqual(self.works('backward', 'relu', '-', 'x.npy', '-', input=data), dx)
        self.assertEqual(self.works('backward', 'relu', 'x.npy', '-', '-', input=data), dx)

    def test_long_pipe(self):
        x = random_floats(3000001)
        y = self.works('forward', 'relu', '-', '-', '-t3', input=npy_bytes(x))
        self.assertEqual(y, npy_bytes(np.maximum(x, 0)))

    def test_standard_input_is_a_file(self):
        with open(self.path('x.npy'), 'rb') as file:
            self.assertEqual(self.works('forward', 'relu', '-', '-', stdin=file), npy_bytes(self.y))
        self.put('two.npy', npy_bytes(np.ones(3, 'float32')) + npy_bytes(self.x))
        with open(self.path('two.npy'), 'rb', buffering=0) as file:
            np.load(file)
            os.lseek(file.fileno(), 140, os.SEEK_SET)
            self.assertEqual(self.works('forward', 'relu', '-', '-', stdin=file), npy_bytes(self.y))

    def test_in_place(self):
        self.works('forward', 'relu', 'x.npy', 'x.npy')
        self.check('x.npy')
        dy = random_floats(1000, seed=2)
        for name in ['a.npy', 'b.npy']:
            self.put('a.npy', self.x)
            self.put('b.npy', dy)
            self.works('backward', 'relu', 'a.npy', 'b.npy', name)
            np.testing.assert_array_equal(self.get(name), np.where(self.x > 0, dy, 0))
        self.works('backward', 'relu', 'x.npy', 'x.npy', 'x.npy')
        self.check('x.npy')

    def test_permissions(self):
        for mask, mode in [(0o022, 0o644), (0o027, 0o640), (0o077, 0o600)]:
            self.works('forward', 'relu', 'x.npy', 'new%o.npy' % mask, preexec_fn=lambda: os.umask(mask))
            self.assertEqual(os.stat(self.path('new%o.npy' % mask)).st_mode & 0o7777, mode)
        for mode in [0o604, 0o666, 0o600, 0o755]:
            self.put('y.npy', b'old')
            os.chmod(self.path('y.npy'), mode)
            self.works('forward', 'relu', 'x.npy', 'y.npy', preexec_fn=lambda: os.umask(0o077))
            self.assertEqual(os.stat(self.path('y.npy')).st_mode & 0o7777, mode)
            self.check()

    def test_owner(self):
        if os.geteuid() != 0:
            self.skipTest('only root can give files away')
        self.put('y.npy', b'old')
        os.chown(self.path('y.npy'), 65534, 65534)
        self.works('forward', 'relu', 'x.npy', 'y.npy')
        status = os.stat(self.path('y.npy'))
        self.assertEqual((status.st_uid, status.st_gid), (65534, 65534))

    def test_symbolic_link(self):
        os.mkdir(self.path('there'))
        self.put('there/y.npy', b'old')
        os.symlink('there/y.npy', self.path('link.npy'))
        self.works('forward', 'relu', 'x.npy', 'link.npy')
        self.assertTrue(os.path.islink(self.path('link.npy')))
        self.check('there/y.npy')
        os.symlink('nowhere.npy', self.path('dangling.npy'))
        self.fails(1, ['dangling.npy', 'does not exist'], 'forward', 'relu', 'x.npy', 'dangling.npy')

    def device(self, name, minor):
        """A device to write to by its name: never the real one as root, since a broken command would replace it."""
        if os.geteuid() != 0:
            return '/dev/' + name
        try:
            os.mknod(self.path(name), stat.S_IFCHR | 0o666, os.makedev(1, minor))
            open(self.path(name), 'wb').close()
        except OSError:
            self.skipTest('no device can be made here')
        return name

    def test_devices(self):
        null = self.device('null', 3)
        self.works('forward', 'relu', 'x.npy', null)
        self.assertTrue(stat.S_ISCHR(os.stat(os.path.join(self.directory, null)).st_mode))
        os.mkfifo(self.path('fifo'))
        reader = os.open(self.path('fifo'), os.O_RDONLY | os.O_NONBLOCK)
        self.works('forward', 'relu', 'x.npy', 'fifo')
        self.assertEqual(os.read(reader, 65536), npy_bytes(self.y))
        os.close(reader)
        self.assertTrue(stat.S_ISFIFO(os.stat(self.path('fifo')).st_mode))

    def test_paths(self):
        os.mkdir(self.path('d'))
        self.fails(1, ['none.npy', 'No such file'], 'forward', 'relu', 'none.npy', 'y.npy')
        self.fails(1, ['none.npy', 'No such file'], 'backward', 'relu', 'x.npy', 'none.npy', 'y.npy')
        self.fails(1, 'd is a directory', 'forward', 'relu', 'd', 'y.npy')
        self.fails(1, 'd is a directory', 'forward', 'relu', 'x.npy', 'd')
        self.fails(1, ['none/y.npy', 'No such file'], 'forward', 'relu', 'x.npy', 'none/y.npy')
        self.fails(1, ['x.npy/y.npy', 'Not a directory'], 'forward', 'relu', 'x.npy', 'x.npy/y.npy')
        self.fails(1, 'No such file', 'forward', 'relu', 'x.npy', '')
        self.fails(1, 'no?such', 'forward', 'relu', 'no\nsuch', 'y.npy')
        self.fails(1, 'No such file', 'forward', 'relu', 'x.npy', 'new/')
        self.works('forward', 'relu', 'x.npy', 'd/y.npy')
        self.works('forward', 'relu', 'x.npy', self.path('d/../z.npy'))
        self.check('z.npy')
        self.works('forward', 'relu', 'x.npy', 'd/' + 'n' * 251 + '.npy')

    def as_nobody(self):
        """How to run without root's rights."""
        os.chmod(self.directory, 0o777)
        if os.geteuid() != 0:
            return {}
        how = {'preexec_fn': lambda: (os.setgid(65534), os.setuid(65534))}
        try:
            self.run_raw('--version', **how)
        except OSError:
            self.skipTest('the command cannot be reached without root')
        return how

    def test_no_right_to_write(self):
        how = self.as_nobody()
        self.put('y.npy', b'old')
        os.chmod(self.path('y.npy'), 0o444)
        self.fails(1, ['y.npy', 'Permission denied'], 'forward', 'relu', 'x.npy', 'y.npy', **how)
        self.put('secret.npy', self.x)
        os.chmod(self.path('secret.npy'), 0)
        self.fails(1, ['secret.npy', 'Permission denied'], 'forward', 'relu', 'secret.npy', 'z.npy', **how)
        os.chmod(self.directory, 0o555)
        self.fails(1, ['z.npy', 'Permission denied'], 'forward', 'relu', 'x.npy', 'z.npy', **how)
        os.chmod(self.directory, 0o777)

    def test_file_size_limit(self):
        self.put('old.npy', b'what was there')
        limit = {'preexec_fn': lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))}
        for name in ['old.npy', 'new.npy', 'x.npy']:
            self.fails(1, ['no room for the 4128 bytes of ' + name, 'File too large'], 'forward', 'relu', 'x.npy', name,
                       **limit)
        with open(self.path('redirected'), 'wb') as file:
            self.message(self.run_raw('forward', 'relu', 'x.npy', '-', stdout=file, **limit), 1, 'standard output')

    def test_full_disk(self):
        script = ('mount -t tmpfs -o size=64k none small && cp x.npy small/x.npy || exit 99\n'
                  'echo old > small/old.npy; "$@" small/old.npy; a=$?; "$@" small/new.npy; b=$?\n'
                  '"$@" small/x.npy; c=$?; cmp x.npy small/x.npy; echo $a $b $c $(ls -A small) $(cat small/old.npy)\n')
        os.mkdir(self.path('small'))
        self.put('x.npy', random_floats(12000))
        result = subprocess.run(['unshare', '-rm', 'sh', '-c', script, 'sh'] + ACTFN + ['forward', 'relu', 'x.npy'],
                                cwd=self.directory, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if result.returncode == 99 or b'unshare' in result.stderr:
            self.skipTest('no file system can be mounted here')
        self.assertEqual(result.stdout.decode(), '1 1 1 old.npy x.npy old\n')
        self.assertRegex(result.stderr.decode(), r'\A(actfn: no room for the 48128 bytes of small/\w+.npy '
                                                 r'\(No space left on device\); [^\n]+\n){3}\Z')

    def test_full_device(self):
        device = self.device('full', 7)
        self.fails(1, [device, 'No space left'], 'forward', 'relu', 'x.npy', device)

    def test_full_standard_output(self):
        for words in [('forward', 'relu', 'x.npy', '-'), ('info',), ('list',), ('list', '--json'), ('list', 'gelu'),
                      ('info', '--json'), ('--help',), ('--version',)]:
            with self.subTest(words=words), open('/dev/full', 'wb') as full:
                self.message(self.run_raw(*words, stdout=full), 1, 'standard output', 'No space left')

    def test_reader_is_gone(self):
        reader, writer = os.pipe()
        os.close(reader)
        self.message(self.run_raw('forward', 'relu', 'x.npy', '-', stdout=writer), 1, 'standard output', 'Broken pipe')
        os.close(writer)

    def closed(self, redirection, *words):
        return subprocess.run(['sh', '-c', 'exec "$@" ' + redirection, 'sh'] + ACTFN + list(words), cwd=self.directory,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def test_closed_descriptors(self):
        self.assertEqual(self.closed('<&- >&- 2>&-', 'forward', 'relu', 'x.npy', 'y.npy').returncode, 0)
        self.check()
        self.assertEqual(self.content('y.npy'), npy_bytes(self.y))
        self.message(self.closed('>&-', 'forward', 'relu', 'x.npy', '-'), 1, 'standard output')
        self.message(self.closed('>&-', 'list'), 1, 'standard output')
        self.message(self.closed('<&-', 'forward', 'relu', '-', 'y.npy'), 1, 'standard input')
        self.put('y.npy', b'old')
        self.assertEqual(self.closed('2>&-', 'forward', 'relu', 'none.npy', 'y.npy').returncode, 1)
        self.assertEqual(self.content('y.npy'), b'old')

    def test_no_memory(self):
        if len(ACTFN) > 1:
            self.skipTest('the emulator needs the memory itself')
        limit = {'preexec_fn': lambda: resource.setrlimit(resource.RLIMIT_AS, (1 << 28, 1 << 28))}
        with open(self.path('big.npy'), 'wb') as file:
            file.write(raw_npy(header(shape='(%d,)' % (1 << 27))))
            file.truncate(file.tell() + (1 << 29))
        probe = self.run_raw('--version', **limit)
        if probe.returncode:
            self.skipTest('this build does not run in little memory')
        before = sorted(os.listdir(self.directory))
        self.message(self.run_raw('forward', 'relu', 'big.npy', 'y.npy', **limit), 1, 'big.npy', 'memory')
        with open(self.path('big.npy'), 'rb') as file:
            cat = subprocess.Popen(['cat'], stdin=file, stdout=subprocess.PIPE)
            self.message(self.run_raw('forward', 'relu', '-', 'y.npy', stdin=cat.stdout, **limit), 1, 'no memory')
            cat.stdout.close()
            cat.wait()
        self.assertEqual(sorted(os.listdir(self.directory)), before)

    def test_no_threads(self):
        """Where the system grants no thread, the work is done without."""
        if len(ACTFN) > 1:
            self.skipTest('the emulator has threads of its own')
        drop = self.as_nobody().get('preexec_fn', lambda: None)
        limit = {'preexec_fn': lambda: (resource.setrlimit(resource.RLIMIT_NPROC, (1, 1)), drop())}
        # A sanitizer's search for leaks would want a thread too.
        self.works('forward', 'relu', 'x.npy', 'y.npy', '-t4', environment={'ASAN_OPTIONS': 'detect_leaks=0'}, **limit)
        self.check()


class SignalTest(CommandTest):
    def interrupt(self, strike, **how):
        """Calls strike(process) while the temporary file exists; returns the exit code."""
        for megabytes in [64, 256, 1024]:
            with open(self.path('x.npy'), 'wb') as file:
                file.write(raw_npy(header(shape='(%d,)' % (megabytes << 18))))
                file.truncate(file.tell() + (megabytes << 20))
            self.put('y.npy', b'what was there')
            process = subprocess.Popen(ACTFN + ['forward', 'gelu', 'x.npy', 'y.npy', '--isa', 'generic'],
                                       cwd=self.directory, stderr=subprocess.PIPE,
                                       # A sanitizer would report the signal and end the process itself.
                                       env={**os.environ, 'ASAN_OPTIONS': 'handle_sigbus=0'}, **how)
            while process.poll() is None:
                if any(name.startswith('.actfn') for name in os.listdir(self.directory)):
                    strike(process)
                    break
                time.sleep(0.001)
            error = process.communicate(timeout=100)[1]
            self.assertEqual(error, b'')
            if process.returncode or how:
                return process.returncode
        self.fail('it was always finished before the signal')

    def test_signals(self):
        for number in [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]:
            with self.subTest(signal=number):
                self.assertEqual(self.interrupt(lambda process: process.send_signal(number)), -number)
                self.assertEqual(sorted(os.listdir(self.directory)), ['x.npy', 'y.npy'])
                self.assertEqual(self.content('y.npy'), b'what was there')

    def test_input_is_shortened(self):
        """Memory that is no longer in the file: the old output stays, and nothing is left beside it."""
        if len(ACTFN) > 1:
            self.skipTest('the emulator says something of its own')
        code = self.interrupt(lambda process: os.truncate(self.path('x.npy'), 4096))
        self.assertEqual(code, -signal.SIGBUS)
        self.assertEqual(sorted(os.listdir(self.directory)), ['x.npy', 'y.npy'])
        self.assertEqual(self.content('y.npy'), b'what was there')

    def test_ignored_signal(self):
        code = self.interrupt(lambda process: process.send_signal(signal.SIGHUP),
                              preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        self.assertEqual(code, 0)
        self.assertEqual(sorted(os.listdir(self.directory)), ['x.npy', 'y.npy'])
        self.assertGreater(os.path.getsize(self.path('y.npy')), 1 << 26)


class TerminalTest(CommandTest):

    def terminal(self):
        try:
            return pty.openpty()
        except OSError as error:
            self.skipTest('no terminal to be had: %s' % error)

    def slowly(self, stderr):
        """An array that arrives in small parts, for more than a second."""
        x = random_floats(1000)
        process = subprocess.Popen(ACTFN + ['forward', 'relu', '-', 'y.npy'], cwd=self.directory, stdin=subprocess.PIPE,
                                   stderr=stderr)
        data = npy_bytes(x)
        for i in range(0, len(data), 300):
            process.stdin.write(data[i:i + 300])
            process.stdin.flush()
            time.sleep(0.15)
        process.stdin.close()
        self.assertEqual(process.wait(), 0)
        np.testing.assert_array_equal(self.get('y.npy'), np.maximum(x, 0))

    def shown(self, master):
        text = b''
        while select.select([master], [], [], 0.2)[0]:
            try:
                text += os.read(master, 65536)
            except OSError:
                break
        return text.decode()

    def test_progress(self):
        master, slave = self.terminal()
        self.slowly(slave)
        text = self.shown(master)
        os.close(master)
        os.close(slave)
        self.assertRegex(text, r'actfn: reading +\d+ %')
        self.assertTrue(text.endswith('\r\x1b[K'), text)

    def test_no_progress_elsewhere(self):
        with open(self.path('errors'), 'w+b') as file:
            self.slowly(file)
            file.seek(0)
            self.assertEqual(file.read(), b'')

    def test_binary_is_kept_from_terminals(self):
        self.put('x.npy', random_floats(4))
        master, slave = self.terminal()
        self.message(self.run_raw('forward', 'relu', 'x.npy', '-', stdout=slave), 1, 'terminal')
        self.assertEqual(self.shown(master), '')
        os.close(master)
        os.close(slave)


def main(text=__doc__):
    words = sys.argv[1:]
    rest = words[words.index('--') + 1:] if '--' in words else []
    words = words[:words.index('--')] if '--' in words else words
    if not words:
        sys.exit(text)
    ACTFN[:] = words[1:] + [os.path.abspath(words[0])]
    unittest.main(argv=sys.argv[:1] + rest)


if __name__ == '__main__':
    main()
