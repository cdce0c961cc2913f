#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The actfn command, from outside:  test_command.py PATH_TO_ACTFN [EMULATOR WORDS...] [-- UNITTEST ARGUMENTS...]

The catalogue, the options and the results.  The other parts have the same arguments: test_command_formats.py,
test_command_files.py, test_command_families.py, test_command_sixteen.py.
"""
import io
import json
import re
import shutil
import subprocess

import numpy as np

from command_support import CommandTest, ISA_VARIABLE, MANUAL, main, random_floats


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


if __name__ == '__main__':
    main(__doc__)
