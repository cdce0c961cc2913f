#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The actfn command on float16 and bfloat16:  test_command_sixteen.py PATH_TO_ACTFN [EMULATOR WORDS...]

Forward passes of elementwise operations are compared on all 65 536 inputs with values in double, rounded once here.  All else is
compared with the command's own results in float32, rounded once here.  Options are those of test_command.py.
"""
import math
import unittest

import numpy as np

from command_support import CommandTest, header, main, npy_bytes, random_floats, raw_npy

try:
    import ml_dtypes
except ImportError:
    ml_dtypes = None

ALL = np.arange(65536, dtype='uint32').astype('uint16')


def widen(values, dtype):
    """NumPy warns of NaNs that signal."""
    with np.errstate(invalid='ignore'):
        return values.astype(dtype)


class Sixteen:
    """A type of 16 bits.  Its numbers are held as uint16."""

    def __init__(self, name, option, precision, lowest, overflow):
        self.name, self.option, self.precision, self.lowest, self.overflow = name, option, precision, lowest, overflow
        self.options = ['--type', option] if option == 'bf16' else []

    def wide(self, bits):
        """As float32, which holds each of them."""
        if self.option == 'f16':
            return widen(bits.view('float16'), 'float32')
        return (bits[None].astype('uint32') << 16).view('float32')[0]

    def round(self, values):
        """From double: to the nearest, with ties to even."""
        values = widen(np.asarray(values), 'float64')[None]
        quantum = np.exp2(np.maximum(np.frexp(values)[1] - self.precision, self.lowest).astype('float64'))
        with np.errstate(all='ignore'):
            nearest = np.rint(values / quantum) * quantum
            nearest = np.where(np.abs(nearest) >= self.overflow, np.copysign(np.inf, nearest), nearest)
        nearest = widen(nearest, 'float32')
        if self.option == 'f16':
            return nearest.astype('float16').view('uint16')[0]
        return (nearest.view('uint32') >> 16).astype('uint16')[0]

    def npy(self, bits):
        """The file that NumPy writes, with ml_dtypes for bfloat16."""
        if self.option == 'f16':
            return npy_bytes(bits.view('float16'))
        return npy_bytes(bits.view('V2')).replace(b"'|V2'", b"'<V2'")


F16 = Sixteen('float16', 'f16', 11, -24, 65536.0)
BF16 = Sixteen('bfloat16', 'bf16', 8, -133, 2.0 ** 128)
TYPES = [F16, BF16]


def exact_silu(x):
    y = x * exact_sigmoid(x)
    # x / 2 + x^2 / 4: double keeps no x^2 beside the smallest x, and x / 2 may be half-way between two numbers.
    small = (np.abs(x) < 1e-12) & (x != 0)
    return np.where(small, np.nextafter(x / 2, np.inf), np.where(x == -np.inf, -0.0, y))


def exact_sigmoid(x):
    return np.where(x < 0, np.exp(np.minimum(x, 0)), 1) / (1 + np.exp(-np.abs(x)))


def exact_gelu(x):
    y = x * 0.5 * np.vectorize(math.erfc, otypes=['float64'])(-x / math.sqrt(2))
    small = (np.abs(x) < 1e-12) & (x != 0)
    return np.where(small, np.nextafter(x / 2, np.inf), np.where(x == -np.inf, -0.0, y))


# In double, for every x; what is not there with a parameter is at its default.
EXACT = {
    ('relu',): lambda x: np.where(x > 0, x, np.where(np.isnan(x), x, 0)),
    ('leaky_relu', '-p', 'slope=0.2'): lambda x: np.where(x < 0, x * float(np.float32(0.2)), x),
    ('sigmoid',): exact_sigmoid,
    ('tanh',): np.tanh,
    ('exp',): np.exp,
    ('softplus',): lambda x: np.logaddexp(0, x),
    ('elu',): lambda x: np.where(x > 0, x, np.expm1(np.where(x > 0, 0, x))),
    ('silu',): exact_silu,
    ('gelu',): exact_gelu,
}


class SixteenTest(CommandTest):
    def put_bits(self, kind, **arrays):
        for name, bits in arrays.items():
            self.put(name + '.npy', kind.npy(bits))

    def get_bits(self, kind, name='y.npy'):
        """The numbers of a file that is what NumPy would have written."""
        data = self.content(name)
        array = np.load(self.path(name))
        self.assertEqual(array.dtype, np.dtype('float16' if kind is F16 else 'V2'))
        bits = array.view('uint16') if array.size else np.empty(array.shape, 'uint16')
        self.assertEqual(data, kind.npy(bits))
        return bits

    def same(self, kind, found, expected):
        """The same bits, but for a NaN, of which there are several."""
        self.assertEqual(found.shape, expected.shape)
        nan = np.isnan(kind.wide(expected))
        np.testing.assert_array_equal(np.isnan(kind.wide(found)), nan)
        np.testing.assert_array_equal(found[~nan], expected[~nan])

    def as_floats(self, kind, words, outputs, arrays, *options):
        """The command in the type gives what it gives on the same numbers in float32, rounded once."""
        words = list(words) + list(options)
        files = ['%s.npy' % name for name in list(arrays) + outputs.split()]
        command = [words[0], words[1]] + files + words[2:]
        for name, bits in arrays.items():
            self.put(name + '.npy', kind.wide(bits) if bits.dtype == 'uint16' else bits)
        self.works(*command)
        expected = [self.get(name + '.npy') for name in outputs.split()]
        for name, bits in arrays.items():
            self.put(name + '.npy', kind.npy(bits) if bits.dtype == 'uint16' else bits)
        self.works(*command, *kind.options)
        for name, floats in zip(outputs.split(), expected):
            with self.subTest(kind=kind.name, words=command, output=name):
                self.assertEqual(floats.dtype, np.dtype('float32'))
                if name == 'loss':
                    np.testing.assert_array_equal(self.get('loss.npy'), floats)
                    self.assertEqual(self.get('loss.npy').dtype, np.dtype('float32'))
                else:
                    self.same(kind, self.get_bits(kind, name + '.npy'), kind.round(floats))

    def some(self, kind, *shape, seed=1):
        return kind.round(random_floats(*shape, seed=seed))


class ReferenceTest(unittest.TestCase):
    """What the other tests compare with."""

    def test_rounding(self):
        for kind in TYPES:
            wide = kind.wide(ALL)
            number = ~np.isnan(wide)
            np.testing.assert_array_equal(kind.round(wide)[number], ALL[number])
            # Half-way between neighbours the even one, and beside it the nearer one.
            low = np.arange(0x7c00 if kind is F16 else 0x7f80, dtype='uint16')
            neighbours = np.append(kind.wide(low).astype('float64'), kind.overflow)
            middle = (neighbours[:-1] + neighbours[1:]) / 2
            np.testing.assert_array_equal(kind.round(middle), low + low % 2)
            np.testing.assert_array_equal(kind.round(np.nextafter(middle, 0)), low)
            np.testing.assert_array_equal(kind.round(-np.nextafter(middle, np.inf)), low + 1 + 0x8000)
        with np.errstate(over='ignore'):
            values = np.random.default_rng(5).standard_normal(10000) * np.exp2(np.linspace(-30, 20, 10000))
            np.testing.assert_array_equal(F16.round(values), values.astype('float16').view('uint16'))


class ElementwiseTest(SixteenTest):
    def test_all_inputs(self):
        """Each number there is, correctly rounded, from files and through pipes."""
        for kind in TYPES:
            self.put_bits(kind, x=ALL)
            x = widen(kind.wide(ALL), 'float64')
            for words, exact in EXACT.items():
                with self.subTest(kind=kind.name, words=words):
                    self.works('forward', *words, 'x.npy', 'y.npy', *kind.options)
                    with np.errstate(all='ignore'):
                        expected = kind.round(exact(x))
                    self.same(kind, self.get_bits(kind), expected)
                    self.assertEqual(self.works('forward', *words, '-', '-', *kind.options, input=kind.npy(ALL)),
                                     self.content('y.npy'))

    def test_modes(self):
        for kind in TYPES:
            self.put_bits(kind, x=ALL)
            self.works('forward', 'gelu', 'x.npy', 'y.npy', *kind.options)
            fast = self.content('y.npy')
            self.works('forward', 'gelu', 'x.npy', 'y.npy', '--mode', 'accurate', *kind.options)
            self.assertEqual(self.content('y.npy'), fast)

    def test_backward(self):
        for kind in TYPES:
            dy = kind.round(random_floats(65536, seed=2))
            for op in ['relu', 'tanh', 'silu', 'gelu', 'softplus', 'elu', 'mish']:
                self.as_floats(kind, ('backward', op), 'dx', {'x': ALL, 'dy': dy})
            for op in ['relu', 'tanh', 'sigmoid', 'elu']:
                self.as_floats(kind, ('backward', op, '--from-output'), 'dx', {'y': ALL, 'dy': dy})
            self.as_floats(kind, ('backward', 'leaky_relu', '-p', 'slope=0.2'), 'dx', {'x': ALL, 'dy': dy})

    def test_pieces(self):
        """Threads, and more elements than one piece has."""
        for kind in TYPES:
            for shape in [(1,), (63,), (65536 + 1,), (300001,), (1000, 333)]:
                x = self.some(kind, *shape)
                self.put_bits(kind, x=x, dy=self.some(kind, *shape, seed=2))
                with self.subTest(kind=kind.name, shape=shape):
                    self.works('forward', 'tanh', 'x.npy', 'y.npy', *kind.options)
                    self.same(kind, self.get_bits(kind), kind.round(np.tanh(kind.wide(x).astype('float64'))))
                    self.works('backward', 'gelu', 'x.npy', 'dy.npy', 'dx.npy', *kind.options)
                    y, dx = self.content('y.npy'), self.content('dx.npy')
                    for threads in ['-t2', '-t7']:
                        self.works('forward', 'tanh', 'x.npy', 'y.npy', threads, *kind.options)
                        self.works('backward', 'gelu', 'x.npy', 'dy.npy', 'dx.npy', threads, *kind.options)
                        self.assertEqual((self.content('y.npy'), self.content('dx.npy')), (y, dx))

    def test_shapes_and_places(self):
        for kind in TYPES:
            for shape in [(), (0,), (2, 0, 3), (1,), (3, 5), (1,) * 20]:
                x = self.some(kind, *shape)
                self.put_bits(kind, x=x)
                self.works('forward', 'relu', 'x.npy', 'x.npy', *kind.options)
                self.same(kind, self.get_bits(kind, 'x.npy'), kind.round(np.maximum(kind.wide(x), 0)))
            # An array that may begin at an odd byte, under a header that NumPy did not write.
            x = self.some(kind, 2, 2)
            for spaces in range(4):
                text = "{'descr': '%s', 'fortran_order': False, 'shape': (2, 2)}" % ('<f2' if kind is F16 else '|V2')
                self.put('x.npy', raw_npy(text + ' ' * spaces, x.tobytes(), pad=False))
                self.works('forward', 'identity', 'x.npy', 'y.npy', *kind.options)
                np.testing.assert_array_equal(self.get_bits(kind), x)
                self.assertEqual(self.works('forward', 'identity', '-', '-', *kind.options, input=self.content('x.npy')),
                                 kind.npy(x))

    @unittest.skipUnless(ml_dtypes, 'ml_dtypes is not installed')
    def test_ml_dtypes(self):
        x = random_floats(4, 5).astype(ml_dtypes.bfloat16)
        self.put('x.npy', x)
        self.works('forward', 'relu', 'x.npy', 'y.npy', '--type', 'bf16')
        expected = np.maximum(x, np.zeros((), ml_dtypes.bfloat16))
        self.assertEqual(self.content('y.npy'), npy_bytes(expected))
        np.testing.assert_array_equal(self.get('y.npy').view(ml_dtypes.bfloat16), expected)


class FamilyTest(SixteenTest):
    def test_rows(self):
        for kind in TYPES:
            x, dy = self.some(kind, 3, 40, 5), self.some(kind, 3, 40, 5, seed=2)
            x[0, :, 0] = kind.round(np.full(40, -np.inf))
            for axis in ['--axis=-1', '--axis=0', '--axis=1']:
                for op in ['softmax', 'log_softmax', 'softmin', 'hardmax', 'sparsemax', 'logsumexp', 'logmeanexp', 'maxout']:
                    self.as_floats(kind, ('forward', op, axis), 'y', {'x': x})
                self.as_floats(kind, ('forward', 'softmax', axis, '--masked', '-p', 'scale=0.5'), 'y', {'x': x})
                self.as_floats(kind, ('backward', 'softmax', axis), 'dx', {'y': x, 'dy': dy})
                self.as_floats(kind, ('backward', 'hardmax', axis), 'dx', {'dy': dy})
            self.as_floats(kind, ('backward', 'maxout'), 'dx', {'x': x, 'dy': self.some(kind, 3, 40)})
            y, dy = self.some(kind, 3, 40), self.some(kind, 3, 40, seed=3)
            self.as_floats(kind, ('backward', 'logsumexp'), 'dx', {'x': x, 'y': y, 'dy': dy})

    def test_rows_threads(self):
        for kind in TYPES:
            for shape, axis in [((5000, 50), -1), ((6, 500, 40), 1), ((1, 3, 90000), 1)]:
                self.put_bits(kind, x=self.some(kind, *shape))
                words = ('x.npy', 'y.npy', '--axis=%d' % axis) + tuple(kind.options)
                for op in ['softmax', 'logsumexp']:
                    self.works('forward', op, *words)
                    expected = self.content('y.npy')
                    self.works('forward', op, *words, '-t3')
                    self.assertEqual(self.content('y.npy'), expected)

    def test_reduced_in_floats(self):
        """What a row is reduced to may leave and come back as float32, which rounds nothing."""
        for kind in TYPES:
            x = self.some(kind, 7, 30)
            for op in ['logsumexp', 'logmeanexp', 'maxout']:
                self.put('x.npy', kind.wide(x))
                self.works('forward', op, 'x.npy', 'y.npy')
                floats = self.content('y.npy')
                self.put_bits(kind, x=x)
                self.works('forward', op, 'x.npy', 'y.npy', '--cast', 'f32', *kind.options)
                self.assertEqual(self.content('y.npy'), floats)
            y, dy = random_floats(7), random_floats(7, seed=2)
            self.as_floats(kind, ('backward', 'logsumexp'), 'dx', {'x': x, 'y': y, 'dy': dy})
            self.as_floats(kind, ('backward', 'maxout'), 'dx', {'x': x, 'dy': dy})
            self.put_bits(kind, x=x, y=self.some(kind, 7))
            self.put('dy.npy', dy)
            self.fails(1, 'x.npy holds %s and dy.npy holds float32; they must be of one type' % kind.name, 'backward',
                       'logsumexp', 'x.npy', 'y.npy', 'dy.npy', 'dx.npy', *kind.options)
            self.put('y.npy', y)
            self.put_bits(kind, dy=self.some(kind, 7))
            self.fails(1, 'y.npy holds float32 and dy.npy holds %s; they must be of one type' % kind.name, 'backward',
                       'logsumexp', 'x.npy', 'y.npy', 'dy.npy', 'dx.npy', *kind.options)

    def test_gates(self):
        for kind in TYPES:
            u, v, dy = (self.some(kind, 6, 100, seed=seed) for seed in [1, 2, 3])
            x = self.some(kind, 6, 200, seed=4)
            for op in ['glu', 'reglu', 'geglu', 'geglu_tanh', 'geglu_quick', 'swiglu', 'swiglu_oai']:
                self.as_floats(kind, ('forward', op), 'y', {'u': u, 'v': v})
                self.as_floats(kind, ('backward', op), 'du dv', {'u': u, 'v': v, 'dy': dy})
                for half in ['first', 'last']:
                    self.as_floats(kind, ('forward', op, '--gate', half), 'y', {'x': x})
                    self.as_floats(kind, ('backward', op, '--gate', half), 'dx', {'x': x, 'dy': dy})
            self.as_floats(kind, ('forward', 'swiglu'), 'y', {'u': ALL, 'v': ALL[::-1].copy()}, '-t2')

    def test_losses(self):
        for kind in TYPES:
            z, t = self.some(kind, 50, 20), kind.round(np.random.default_rng(4).random((50, 20)))
            for op in ['sigmoid_bce', 'sigmoid_mse', 'softmax_cross_entropy']:
                self.as_floats(kind, ('forward', op), 'loss', {'z': z, 't': t})
                self.as_floats(kind, ('backward', op), 'dz', {'z': z, 't': t})
            for dtype in ['int64', 'int32']:
                classes = np.random.default_rng(3).integers(0, 20, 50).astype(dtype)
                options = ('--ignore-index', '3', '-p', 'label_smoothing=0.1')
                self.as_floats(kind, ('forward', 'softmax_cross_entropy'), 'loss', {'z': z, 't': classes}, *options)
                self.as_floats(kind, ('backward', 'softmax_cross_entropy'), 'dz', {'z': z, 't': classes}, *options)

    def test_losses_in_pipes(self):
        """Losses take more memory than the logits, and so cannot take theirs."""
        for kind in TYPES:
            z, t = self.some(kind, 700, 100), self.some(kind, 700, 100, seed=2)
            self.put_bits(kind, z=z, t=t)
            self.works('forward', 'sigmoid_bce', 'z.npy', 't.npy', 'loss.npy', *kind.options)
            found = self.works('forward', 'sigmoid_bce', '-', 't.npy', '-', *kind.options, input=kind.npy(z))
            self.assertEqual(found, self.content('loss.npy'))
            self.works('backward', 'sigmoid_bce', 'z.npy', 't.npy', 'dz.npy', *kind.options)
            found = self.works('backward', 'sigmoid_bce', '-', 't.npy', '-', *kind.options, input=kind.npy(z))
            self.assertEqual(found, self.content('dz.npy'))

    def test_gumbel(self):
        for kind in TYPES:
            x, dy = self.some(kind, 9, 30), self.some(kind, 9, 30, seed=2)
            noise = ('--seed', '5', '--stream', '6', '--offset', '7')
            self.as_floats(kind, ('forward', 'gumbel_softmax'), 'y', {'x': x}, *noise)
            self.as_floats(kind, ('forward', 'gumbel_softmax'), 'y', {'x': x}, '--hard', *noise)
            self.as_floats(kind, ('backward', 'gumbel_softmax'), 'dx', {'y': x, 'dy': dy})


class WeightsAndNoiseTest(SixteenTest):
    # Enough elements for several threads.
    SHAPE = 60, 7, 161

    def test_channels(self):
        self.put('a.npy', abs(random_floats(7)))
        weight = ['--weight', 'a=a.npy']
        line = ['-p', 'tl=-1', '-p', 'al=0.1', '-p', 'tr=1', '-p', 'ar=0.5']
        for kind in TYPES:
            x, dy = self.some(kind, *self.SHAPE), self.some(kind, *self.SHAPE, seed=2)
            for options in [], ['-t3']:
                self.as_floats(kind, ['forward', 'prelu', *weight], 'y', {'x': x}, *options)
                self.as_floats(kind, ['backward', 'prelu', *weight], 'dx', {'x': x, 'dy': dy}, *options)
            self.as_floats(kind, ['backward', 'prelu', '--from-output', *weight], 'dx', {'y': x, 'dy': dy})
            self.as_floats(kind, ['forward', 'srelu', *line], 'y', {'x': x})
            # The gradients of weights are float32.
            wanted = ['backward', 'prelu', 'x.npy', 'dy.npy', 'dx.npy', *weight, '--gradient']
            self.put('x.npy', kind.wide(x))
            self.put('dy.npy', kind.wide(dy))
            self.works(*wanted, 'a=da.npy')
            self.put_bits(kind, x=x, dy=dy)
            self.works(*wanted, 'a=narrow.npy', *kind.options)
            self.assertEqual(self.content('narrow.npy'), self.content('da.npy'))

    def test_rrelu(self):
        for kind in TYPES:
            x, dy = self.some(kind, *self.SHAPE), self.some(kind, *self.SHAPE, seed=2)
            for options in [], ['-t2']:
                self.as_floats(kind, ['forward', 'rrelu', '--seed', '5'], 'y', {'x': x}, *options)
                self.as_floats(kind, ['backward', 'rrelu', '--seed', '5'], 'dx', {'x': x, 'dy': dy}, *options)
            self.as_floats(kind, ['backward', 'rrelu', '--from-output', '--seed', '5'], 'dx', {'y': x, 'dy': dy})
            # In evaluation rrelu is leaky_relu, whose result is the nearest number.
            self.put_bits(kind, x=ALL)
            self.works('forward', 'rrelu', 'x.npy', 'y.npy', '--eval', *kind.options)
            self.works('forward', 'leaky_relu', 'x.npy', 'leaky.npy', '-p', 'slope=0.229166667', *kind.options)
            self.same(kind, self.get_bits(kind), self.get_bits(kind, 'leaky.npy'))


class CastTest(SixteenTest):
    def test_from_floats(self):
        x = np.concatenate([random_floats(70000), [np.inf, -np.inf, np.nan, -0.0, 65519.9, 65520, 3.4e38, 1e-8, 1e-40]])
        x = x.astype('float32')
        for kind in TYPES:
            self.put('x.npy', x)
            for options in [(), ('-t3',)]:
                self.works('forward', 'identity', 'x.npy', 'y.npy', '--cast', kind.option, *options)
                self.same(kind, self.get_bits(kind), kind.round(x))
            self.assertEqual(self.works('forward', 'identity', '-', '-', '--cast', kind.option, input=npy_bytes(x)),
                             self.content('y.npy'))
            self.works('forward', 'gelu', 'x.npy', 'y.npy')
            floats = self.get('y.npy')
            self.works('forward', 'gelu', 'x.npy', 'x.npy', '--cast', kind.option)
            self.same(kind, self.get_bits(kind, 'x.npy'), kind.round(floats))
            # Every result is converted, and the weights' gradients with them.
            self.put('x.npy', random_floats(4, 3))
            self.put('a.npy', random_floats(3, seed=2))
            words = ('backward', 'prelu', '--weight', 'a=a.npy', '--gradient', 'a=da.npy', 'x.npy', 'x.npy', 'dx.npy')
            self.works(*words)
            expected = [self.get(name) for name in ['dx.npy', 'da.npy']]
            self.works(*words, '--cast', kind.option)
            for name, floats in zip(['dx.npy', 'da.npy'], expected):
                self.same(kind, self.get_bits(kind, name), kind.round(floats))

    def test_to_floats(self):
        for kind in TYPES:
            self.put_bits(kind, x=ALL)
            self.works('forward', 'tanh', 'x.npy', 'y.npy', *kind.options)
            bits = self.get_bits(kind)
            for options in [[], ['-t2']]:
                self.works('forward', 'tanh', 'x.npy', 'y.npy', '--cast', 'f32', *kind.options, *options)
                y = self.get('y.npy')
                self.assertEqual(self.content('y.npy'), npy_bytes(y.astype('float32')))
                self.assertEqual(y.dtype, np.dtype('float32'))
                np.testing.assert_array_equal(y, kind.wide(bits))
            self.assertEqual(self.works('forward', 'tanh', '-', '-', '--cast', 'f32', *kind.options, input=kind.npy(ALL)),
                             self.content('y.npy'))

    def test_between(self):
        for kind, other in [(F16, BF16), (BF16, F16)]:
            for shape in [(0,), (1,), (1025,), (65536,), (200000,)]:
                x = np.resize(ALL[::-1], shape)
                self.put_bits(kind, x=x)
                self.works('forward', 'identity', 'x.npy', 'y.npy', '--cast', other.option, *kind.options)
                self.same(other, self.get_bits(other), other.round(kind.wide(x)))

    def test_same(self):
        for kind in TYPES:
            self.put_bits(kind, x=ALL)
            self.works('forward', 'tanh', 'x.npy', 'y.npy', *kind.options)
            expected = self.content('y.npy')
            self.works('forward', 'tanh', 'x.npy', 'y.npy', '--cast', kind.option, *kind.options)
            self.assertEqual(self.content('y.npy'), expected)
        self.put('x.npy', random_floats(9))
        self.works('forward', 'identity', 'x.npy', 'y.npy', '--cast', 'f32', '--type', 'f32')
        self.assertEqual(self.content('y.npy'), npy_bytes(random_floats(9)))

    def test_losses(self):
        z, t = random_floats(8), random_floats(8, seed=2)
        for kind in TYPES:
            self.put('z.npy', z)
            self.put('t.npy', t)
            self.works('forward', 'sigmoid_mse', 'z.npy', 't.npy', 'loss.npy')
            floats = self.get('loss.npy')
            self.works('forward', 'sigmoid_mse', 'z.npy', 't.npy', 'loss.npy', '--cast', kind.option)
            self.same(kind, self.get_bits(kind, 'loss.npy'), kind.round(floats))


class RefusalTest(SixteenTest):
    def test_bfloat16_has_to_be_said(self):
        for descr in ['<V2', '|V2']:
            data = BF16.npy(ALL).replace(b'<V2', descr.encode())
            self.put('x.npy', data)
            self.put('y.npy', b'what was there')
            for options in [[], ['--type', 'f16'], ['--type', 'f32']]:
                message = ['x.npy holds elements of 2 bytes without a name', 'add --type bf16']
                self.fails(1, message, 'forward', 'relu', 'x.npy', 'y.npy', *options)
                self.fails(1, 'standard input holds', 'forward', 'relu', '-', 'y.npy', *options, input=data)
        for descr in ['>V2', '|V1', '|V4', '<V4', 'V2']:
            self.put('x.npy', raw_npy(header("'%s'" % descr), bytes(16)))
            self.fails(1, 'x.npy holds elements of type ' + descr, 'forward', 'relu', 'x.npy', 'y.npy', '--type', 'bf16')

    def test_another_type(self):
        for file, data in [('float32', npy_bytes(random_floats(4))), ('float16', F16.npy(ALL))]:
            self.put('x.npy', data)
            for option in {'f32', 'f16', 'bf16'} - {'f32' if file == 'float32' else 'f16'}:
                self.fails(1, 'x.npy holds %s, and --type says %s;' % (file, option), 'forward', 'relu', 'x.npy', 'y.npy',
                           '--type', option)
        self.put('x.npy', np.ones(4))
        self.fails(1, 'x.npy holds float64; convert it with array.astype(ml_dtypes.bfloat16)', 'forward', 'relu', 'x.npy',
                   'y.npy', '--type', 'bf16')
        for option in ['--type', '--cast']:
            for value in ['f64', '', 'F16', 'half', 'bf16 ', 'int32']:
                self.fails(2, "%s takes f32, f16 or bf16, not '%s'" % (option, value), 'forward', 'relu', 'x.npy', 'y.npy',
                           option, value)
            self.fails(2, 'list takes no ' + option, 'list', option, 'f16')

    def test_mixed(self):
        self.put('a.npy', random_floats(4))
        self.put('b.npy', random_floats(4).astype('float16'))
        self.put('c.npy', BF16.npy(ALL[:4]))
        self.fails(1, 'a.npy holds float32 and b.npy holds float16; they must be of one type', 'backward', 'relu', 'a.npy',
                   'b.npy', 'dx.npy')
        self.fails(1, 'b.npy holds float16 and a.npy holds float32', 'forward', 'swiglu', 'b.npy', 'a.npy', 'y.npy')
        self.fails(1, 'c.npy holds bfloat16 and b.npy holds float16', 'forward', 'sigmoid_bce', 'c.npy', 'b.npy', 'y.npy',
                   '--type', 'bf16')
        self.fails(1, 'c.npy holds bfloat16 and a.npy holds float32', 'backward', 'softmax', 'c.npy', 'a.npy', 'dx.npy',
                   '--type', 'bf16')

    def test_weights_are_floats(self):
        self.put('x.npy', random_floats(3, 4).astype('float16'))
        self.put('a.npy', random_floats(4).astype('float16'))
        self.fails(1, 'a.npy holds float16, and weights are float32', 'forward', 'prelu', '--weight', 'a=a.npy', 'x.npy',
                   'y.npy')

    def test_classes_are_integers(self):
        for kind in TYPES:
            self.put_bits(kind, z=self.some(kind, 3, 4), t=self.some(kind, 3, 4))
            self.fails(2, ['--ignore-index is for classes', 't.npy are %s' % kind.name], 'forward', 'softmax_cross_entropy',
                       'z.npy', 't.npy', 'loss.npy', '--ignore-index', '1', *kind.options)

    def test_damaged(self):
        """Cut anywhere, or with something behind it, from a file and through a pipe."""
        for kind in TYPES:
            data = kind.npy(self.some(kind, 5))
            self.assertEqual(len(data), 138)
            damaged = [(data[:length], 'truncated: by its header it has 138 bytes, and there are %d' % length)
                       for length in [128, 129, 130, 137]]
            damaged += [(data[:100], 'truncated within its header'), (data + b'\0', 'goes on after its array')]
            damaged += [(data.replace(b'(5,), ', b'(4611686018427387904,), '), 'larger than any memory')]
            for content, message in damaged:
                self.put('x.npy', content)
                self.put('old.npy', b'what was there')
                self.fails(1, ['x.npy', message], 'forward', 'relu', 'x.npy', 'old.npy', *kind.options)
                self.fails(1, ['standard input', message], 'forward', 'relu', '-', 'new.npy', *kind.options, input=content)
            text = header("'<f2'" if kind is F16 else "'<V2'", 'True', '(2, 2)')
            self.put('x.npy', raw_npy(text, bytes(8)))
            self.fails(1, 'x.npy is in Fortran order', 'forward', 'relu', 'x.npy', 'y.npy', *kind.options)
            self.put_bits(kind, x=self.some(kind, 5), dy=self.some(kind, 6))
            self.fails(1, 'x.npy has shape (5,) and dy.npy has (6,)', 'backward', 'relu', 'x.npy', 'dy.npy', 'dx.npy',
                       *kind.options)


if __name__ == '__main__':
    main(__doc__)
