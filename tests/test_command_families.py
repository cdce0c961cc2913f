#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The actfn command on the families other than elementwise:  test_command_families.py PATH_TO_ACTFN [EMULATOR WORDS...]

The tests compute the right results in double precision from the definitions.  Options are those of test_command.py.
"""
import io
import json
import unittest

import numpy as np

from command_support import CommandTest, main, npy_bytes, random_floats


def wide(array):
    return np.asarray(array, 'float64')


def sigmoid(x):
    return 1 / (1 + np.exp(-wide(x)))


def softmax(x, axis=-1):
    e = np.exp(wide(x) - wide(x).max(axis, keepdims=True))
    return e / e.sum(axis, keepdims=True)


def logsumexp(x, axis=-1):
    m = wide(x).max(axis, keepdims=True)
    return (m + np.log(np.exp(wide(x) - m).sum(axis, keepdims=True))).squeeze(axis)


class FamilyTest(CommandTest):
    def run_on(self, words, outputs, **arrays):
        """Writes the arrays to files of their names, runs, and reads the outputs."""
        for name, array in arrays.items():
            self.put(name + '.npy', array)
        self.works(*words)
        found = [self.get(name + '.npy') for name in outputs.split()]
        for array in found:
            self.assertEqual(array.dtype, np.dtype('float32'))
        return found[0] if len(found) == 1 else found

    def forward(self, op, x, *options):
        return self.run_on(('forward', op, 'x.npy', 'y.npy') + options, 'y', x=x)

    def backward(self, op, x, dy, *options):
        return self.run_on(('backward', op, 'x.npy', 'dy.npy', 'dx.npy') + options, 'dx', x=x, dy=dy)

    def near(self, found, exact, tolerance=2e-6):
        self.assertEqual(found.shape, np.shape(exact))
        np.testing.assert_allclose(found, exact, rtol=tolerance, atol=tolerance)

    def same_bits(self, words, output, *variants):
        """The same with each of the variants' options as with none."""
        self.works(*words)
        expected = self.content(output)
        for options in variants:
            with self.subTest(words=words, options=options):
                self.works(*words, *options)
                self.assertEqual(self.content(output), expected)


class RowsTest(FamilyTest):
    def test_axes(self):
        x = random_floats(3, 4, 5)
        self.near(self.forward('softmax', x), softmax(x))
        for axis in range(-3, 3):
            with self.subTest(axis=axis):
                option = '--axis=%d' % axis
                self.near(self.forward('softmax', x, option), softmax(x, axis))
                self.near(self.forward('logsumexp', x, option), logsumexp(x, axis))
                self.near(self.forward('log_softmax', x, option), np.log(softmax(x, axis)), 1e-5)
                np.testing.assert_array_equal(self.forward('maxout', x, option), x.max(axis))
        self.near(self.forward('logsumexp', x[0, 0]), logsumexp(x[0, 0]))
        self.assertEqual(self.forward('logsumexp', x[0, 0]).shape, ())

    def test_others(self):
        x = random_floats(6, 7)
        self.near(self.forward('softmin', x), softmax(-x))
        self.near(self.forward('softmax', x, '-p', 'scale=0.5'), softmax(x / 2))
        self.near(self.forward('logmeanexp', x), logsumexp(x) - np.log(7))
        np.testing.assert_array_equal(self.forward('hardmax', x), x == x.max(-1, keepdims=True))
        y = self.forward('sparsemax', np.array([[0.5, 0.2, -0.1], [3, 1, -3]], 'float32'))
        self.near(y, np.array([[0.633333333333, 0.333333333333, 0.0333333333333], [1, 0, 0]]))

    def test_backward(self):
        """What is read before dy the catalogue says: y, x, both or nothing."""
        x, dy = random_floats(3, 4, 5), random_floats(3, 4, 5, seed=2)
        for axis in [0, 1, 2]:
            option = '--axis=%d' % axis
            y = softmax(x, axis).astype('float32')
            exact = y * (dy - wide(y * dy).sum(axis, keepdims=True))
            words = ('backward', 'softmax', 'y.npy', 'dy.npy', 'dx.npy', option)
            self.near(self.run_on(words, 'dx', y=y, dy=dy), exact)
            y, d = logsumexp(x, axis).astype('float32'), dy.max(axis)
            words = ('backward', 'logsumexp', 'x.npy', 'y.npy', 'dy.npy', 'dx.npy', option)
            self.near(self.run_on(words, 'dx', x=x, y=y, dy=d),
                      np.expand_dims(d, axis) * np.exp(x - wide(np.expand_dims(y, axis))), 5e-6)
            np.testing.assert_array_equal(self.backward('maxout', x, d, option),
                                          (x == x.max(axis, keepdims=True)) * np.expand_dims(d, axis))
        words = ('backward', 'hardmax', 'dy.npy', 'dx.npy')
        np.testing.assert_array_equal(self.run_on(words, 'dx', dy=dy), np.zeros_like(dy))

    def test_masked(self):
        x = random_floats(2, 5)
        x[1] = -np.inf
        y = self.forward('softmax', x)
        self.assertTrue(np.isnan(y[1]).all())
        self.near(y[0], softmax(x[0]))
        np.testing.assert_array_equal(self.forward('softmax', x, '--masked')[1], np.zeros(5))
        np.testing.assert_array_equal(self.forward('log_softmax', x, '--masked')[1], x[1])

    def test_threads(self):
        for shape, axis in [((5000, 50), -1), ((7, 30000), 1), ((6, 500, 40), 1), ((1, 3, 90000), 1), ((300000,), 0)]:
            x = random_floats(*shape)
            self.put('x.npy', x)
            words = ('forward', 'softmax', 'x.npy', 'y.npy', '--axis=%d' % axis)
            self.same_bits(words, 'y.npy', ['-t2'], ['-t7'])
            self.near(self.get('y.npy'), softmax(x, axis))
            self.same_bits(('forward', 'logsumexp') + words[2:], 'y.npy', ['-t3'])
            self.same_bits(('backward', 'softmax', 'x.npy', 'x.npy', 'dx.npy', words[-1]), 'dx.npy', ['-t3'])

    def test_edges(self):
        for shape, axis in [((0, 4), 1), ((3, 0), 0), ((3, 0), 1), ((1,), 0)]:
            y = self.forward('softmax', np.ones(shape, 'float32'), '--axis=%d' % axis)
            np.testing.assert_array_equal(y, np.ones(shape))
        np.testing.assert_array_equal(self.forward('logsumexp', np.ones((2, 0), 'float32')), [-np.inf, -np.inf])
        self.put('x.npy', np.ones((2, 0), 'float32'))
        self.fails(1, 'x.npy has length 0 along the axis, and so no maximum', 'forward', 'maxout', 'x.npy', 'y.npy')
        self.assertEqual(self.forward('maxout', np.ones((0, 0), 'float32')).shape, (0,))

    def test_in_place_and_pipes(self):
        x = random_floats(9, 33)
        y = self.forward('softmax', x)
        self.works('forward', 'softmax', 'x.npy', 'x.npy')
        np.testing.assert_array_equal(self.get('x.npy'), y)
        self.assertEqual(self.works('forward', 'softmax', '-', '-', input=npy_bytes(x)), npy_bytes(y))
        z = self.forward('logsumexp', x)
        self.assertEqual(self.works('forward', 'logsumexp', '-', '-', input=npy_bytes(x)), npy_bytes(z))

    def test_wrong(self):
        self.put('x.npy', random_floats(2, 3))
        self.put('short.npy', random_floats(2))
        self.put('one.npy', np.float32(1))
        forward = ('forward', 'softmax', 'x.npy', 'y.npy')
        for code, parts, words in [
            (1, ['no axis 2 in x.npy', '(2, 3)', '-2 to 1'], forward + ('--axis', '2')),
            (1, 'no axis -3', forward + ('--axis', '-3')),
            (2, ["'last'", '--axis'], forward + ('--axis', 'last')),
            (1, 'single number', ('forward', 'softmax', 'one.npy', 'y.npy')),
            (2, ['too many', 'actfn backward softmax Y.npy DY.npy DX.npy'],
             ('backward', 'softmax', 'x.npy', 'x.npy', 'x.npy', 'dx.npy')),
            (2, ['too few', 'actfn backward logsumexp X.npy Y.npy DY.npy DX.npy'],
             ('backward', 'logsumexp', 'x.npy', 'x.npy', 'dx.npy')),
            (1, ['short.npy has shape (2,)', 'must be equal'], ('backward', 'softmax', 'x.npy', 'short.npy', 'dx.npy')),
            (1, ['x.npy has shape (2, 3)', 'must have (2,)'], ('backward', 'maxout', 'x.npy', 'x.npy', 'dx.npy')),
            (1, ['short.npy has shape (2,)', 'must have (3,)'],
             ('backward', 'maxout', 'x.npy', 'short.npy', 'dx.npy', '--axis=0')),
            (2, '> 0', forward + ('-p', 'scale=0')),
            (2, ['no parameter', 'nor any'], ('forward', 'hardmax', 'x.npy', 'y.npy', '-p', 'scale=1')),
            (2, ['softmax takes no --gate', 'rows'], forward + ('--gate', 'first')),
            (2, 'relu takes no --axis', ('forward', 'relu', 'x.npy', 'y.npy', '--axis=0')),
            (2, 'gelu takes no --masked', ('forward', 'gelu', 'x.npy', 'y.npy', '--masked')),
            (2, ['takes no --from-output', 'Y.npy DY.npy DX.npy'],
             ('backward', '--from-output', 'softmax', 'x.npy', 'x.npy', 'dx.npy')),
        ]:
            with self.subTest(words=words):
                self.fails(code, parts, *words)


class GatesTest(FamilyTest):
    def test_packed(self):
        x = random_floats(3, 4, 10)
        first, last = wide(x[..., :5]), wide(x[..., 5:])
        self.near(self.forward('swiglu', x, '--gate', 'first'), last * first * sigmoid(first))
        self.near(self.forward('swiglu', x, '--gate', 'last'), first * last * sigmoid(last))
        self.near(self.forward('glu', x, '--gate=last'), first * sigmoid(last))
        np.testing.assert_array_equal(self.forward('reglu', x, '--gate=first'), x[..., 5:] * np.maximum(x[..., :5], 0))
        swish = last * first * sigmoid(0.5 * first)
        self.near(self.forward('swiglu', x, '--gate=first', '-p', 'alpha=0.5'), swish)

    def test_packed_backward(self):
        x, dy = random_floats(7, 6), random_floats(7, 3, seed=2)
        u, v = wide(x[:, :3]), wide(x[:, 3:])
        exact = [dy * v * sigmoid(u) * sigmoid(-u), dy * sigmoid(u)]
        self.near(self.backward('glu', x, dy, '--gate=first'), np.concatenate(exact, -1))
        swapped = np.concatenate([x[:, 3:], x[:, :3]], -1)
        self.near(self.backward('glu', swapped, dy, '--gate=last'), np.concatenate(exact[::-1], -1))

    def test_separate(self):
        u, v, dy = random_floats(5, 7), random_floats(5, 7, seed=2), random_floats(5, 7, seed=3)
        y = self.run_on(('forward', 'glu', 'u.npy', 'v.npy', 'y.npy'), 'y', u=u, v=v)
        self.near(y, v * sigmoid(u))
        packed = self.forward('glu', np.concatenate([u, v], -1), '--gate=first')
        np.testing.assert_array_equal(packed, y)
        words = ('backward', 'glu', 'u.npy', 'v.npy', 'dy.npy', 'du.npy', 'dv.npy')
        du, dv = self.run_on(words, 'du dv', dy=dy)
        self.near(du, dy * v * sigmoid(u) * sigmoid(-u))
        self.near(dv, dy * sigmoid(u))
        # In place, both.
        self.works('backward', 'glu', 'u.npy', 'v.npy', 'dy.npy', 'v.npy', 'u.npy')
        np.testing.assert_array_equal(self.get('v.npy'), du)
        np.testing.assert_array_equal(self.get('u.npy'), dv)

    def test_threads(self):
        x, dy = random_floats(3000, 200), random_floats(3000, 100, seed=2)
        self.put('x.npy', x)
        self.put('dy.npy', dy)
        self.same_bits(('forward', 'reglu', 'x.npy', 'y.npy', '--gate=first'), 'y.npy', ['-t2'], ['-t5'])
        y = x[:, 100:] * np.maximum(x[:, :100], 0)
        np.testing.assert_array_equal(self.get('y.npy'), y)
        self.same_bits(('backward', 'reglu', 'x.npy', 'dy.npy', 'y.npy', '--gate=first'), 'y.npy', ['-t2'], ['-t5'])
        np.testing.assert_array_equal(self.get('y.npy'), np.concatenate(
            [(x[:, :100] > 0) * x[:, 100:] * dy, dy * np.maximum(x[:, :100], 0)], -1))
        self.put('u.npy', np.ascontiguousarray(x[:, :100]))
        self.put('v.npy', np.ascontiguousarray(x[:, 100:]))
        self.same_bits(('forward', 'reglu', 'u.npy', 'v.npy', 'y.npy'), 'y.npy', ['-t2'], ['-t5'])
        np.testing.assert_array_equal(self.get('y.npy'), y)

    def test_wrong(self):
        self.put('x.npy', random_floats(2, 4))
        self.put('odd.npy', random_floats(2, 3))
        self.put('one.npy', np.float32(1))
        self.put('u.npy', b'what was there')
        for code, parts, words in [
            (2, ['too few', 'U.npy V.npy Y.npy', '--gate first or --gate last'],
             ('forward', 'swiglu', 'x.npy', 'y.npy')),
            (2, ['--gate first'], ('backward', 'swiglu', 'x.npy', 'x.npy', 'y.npy')),
            (2, ['too many', 'X.npy Y.npy'], ('forward', 'swiglu', 'x.npy', 'x.npy', 'y.npy', '--gate=first')),
            (2, ["'left'", 'first or last'], ('forward', 'swiglu', 'x.npy', 'y.npy', '--gate=left')),
            (1, ['odd.npy', 'must be even'], ('forward', 'swiglu', 'odd.npy', 'y.npy', '--gate=first')),
            (1, ['one.npy', 'must be even'], ('forward', 'swiglu', 'one.npy', 'y.npy', '--gate=first')),
            (1, ['(2, 4)', 'must have (2, 2)'], ('backward', 'glu', 'x.npy', 'x.npy', 'y.npy', '--gate=last')),
            (1, ['(2, 4)', '(2, 3)', 'must be equal'], ('forward', 'glu', 'x.npy', 'odd.npy', 'y.npy')),
            (2, 'two results', ('backward', 'glu', 'x.npy', 'x.npy', 'x.npy', 'd.npy', 'd.npy')),
            (2, 'limit', ('forward', 'swiglu_oai', 'x.npy', 'y.npy', '--gate=last', '-p', 'limit=0')),
            (2, 'takes no --axis', ('forward', 'glu', 'x.npy', 'y.npy', '--gate=last', '--axis=0')),
            # The second result has no place to go: the first is not written either.
            (1, 'none/dv.npy', ('backward', 'glu', 'x.npy', 'x.npy', 'x.npy', 'u.npy', 'none/dv.npy')),
        ]:
            with self.subTest(words=words):
                self.fails(code, parts, *words)


class ChannelsTest(FamilyTest):
    def test_shared(self):
        x = random_floats(3, 4, 5)
        np.testing.assert_array_equal(self.forward('prelu', x), np.where(x > 0, x, x * np.float32(0.25)))
        np.testing.assert_array_equal(self.forward('prelu', x, '--param', 'a=0.5'), np.where(x > 0, x, x / 2))
        self.put('a.npy', np.float32([0.5]))
        np.testing.assert_array_equal(self.forward('prelu', x, '--weight', 'a=a.npy'), np.where(x > 0, x, x / 2))
        options = ('-p', 'tl=-1', '-p', 'al=0.1', '-p', 'tr=1', '-p', 'ar=0.2')
        self.near(self.forward('srelu', np.float32([-2, 0.5, 3]), *options), [-1.1, 0.5, 1.4])

    def test_channels(self):
        x, dy, a = random_floats(3, 4, 5), random_floats(3, 4, 5, seed=2), random_floats(5, seed=3)
        for axis, default in [(0, False), (1, True), (2, False)]:
            weights = a[:x.shape[axis]]
            self.put('a.npy', weights)
            options = ('--weight', 'a=a.npy') + (() if default else ('--axis=%d' % axis,))
            shaped = weights.reshape([-1 if d == axis else 1 for d in range(3)])
            np.testing.assert_array_equal(self.forward('prelu', x, *options), np.where(x > 0, x, x * shaped))
            dx = self.backward('prelu', x, dy, *options, '--gradient', 'a=da.npy')
            np.testing.assert_array_equal(dx, np.where(x > 0, dy, dy * shaped))
            others = tuple(d for d in range(3) if d != axis)
            self.near(self.get('da.npy'), (wide(dy) * np.minimum(x, 0)).sum(others), 1e-5)
            np.testing.assert_array_equal(self.backward('prelu', x, dy, *options), dx)
        self.put('a.npy', a[:4])
        np.testing.assert_array_equal(self.forward('prelu', x[0, :, 0], '--weight=a=a.npy'),
                                      np.where(x[0, :, 0] > 0, x[0, :, 0], x[0, :, 0] * a[:4]))

    def test_gradients(self):
        x, dy = random_floats(6, 4), random_floats(6, 4, seed=2)
        al = random_floats(4, seed=3)
        self.put('al.npy', al)
        options = ['-p', 'tl=-1', '--weight', 'al=al.npy', '-p', 'tr=1', '-p', 'ar=2', '--gradient', 'al=dal.npy']
        self.backward('srelu', x, dy, *options)
        self.near(self.get('dal.npy'), np.where(x <= -1, wide(dy) * (x + 1), 0).sum(0), 1e-5)
        # Shared weights: the gradient of all.
        self.backward('prelu', x, dy, '--gradient', 'a=da.npy')
        self.near(self.get('da.npy'), [(wide(dy) * np.minimum(x, 0)).sum()], 1e-5)
        self.same_bits(('backward', 'prelu', 'x.npy', 'dy.npy', 'dx.npy', '--gradient=a=da.npy'), 'da.npy', ['-t3'])

    def test_terms(self):
        x = np.float32([-1, 0.5, 2])
        self.put('a.npy', np.float32([[0.2], [-0.3]]))
        self.put('b.npy', np.float32([[0], [1]]))
        words = ('--weight', 'a=a.npy', '--weight', 'b=b.npy')
        self.near(self.forward('apl', x, *words), [-0.4, 0.35, 2])
        self.near(self.backward('apl', x, np.ones_like(x), *words, '--gradient', 'a=da.npy', '--gradient=b=db.npy'),
                  [0.1, 1.3, 1])
        self.near(self.get('da.npy'), [[1], [2.5]])
        self.near(self.get('db.npy'), [[0.2], [-0.6]])

    def test_values_for_all(self):
        """Arrays of one term, or of one channel, beside others of more."""
        x, a, b = random_floats(5, 4), random_floats(4, seed=3), random_floats(3, 1, seed=4)
        self.put('a.npy', a)
        self.put('b.npy', b)
        exact = np.maximum(x, 0) + (a * np.maximum(b[:, None] - wide(x), 0)).sum(0)
        self.near(self.forward('apl', x, '--weight=a=a.npy', '--weight=b=b.npy'), exact)
        exact = np.maximum(x, 0) + a * np.maximum(0.5 - wide(x), 0)
        self.near(self.forward('apl', x, '--weight=a=a.npy', '-pb=0.5'), exact)

    def test_from_output(self):
        y, dy = random_floats(3, 4), random_floats(3, 4, seed=2)
        dx = self.run_on(('backward', '--from-output', 'prelu', 'y.npy', 'dy.npy', 'dx.npy'), 'dx', y=y, dy=dy)
        np.testing.assert_array_equal(dx, np.where(y > 0, dy, dy / 4))

    def test_threads(self):
        x = random_floats(40, 16, 500)
        self.put('x.npy', x)
        for channels in [16, 1]:
            weight, a = '--weight=a=a.npy', random_floats(channels, seed=3)
            self.put('a.npy', a)
            self.same_bits(('forward', 'prelu', 'x.npy', 'y.npy', weight), 'y.npy', ['-t2'], ['-t5'])
            np.testing.assert_array_equal(self.get('y.npy'), np.where(x > 0, x, x * a[:, None]))
            self.same_bits(('backward', 'prelu', 'x.npy', 'x.npy', 'y.npy', weight), 'y.npy', ['-t2'],
                           ['--gradient=a=da.npy', '-t2'])

    def test_wrong(self):
        self.put('x.npy', random_floats(2, 4))
        for name, array in [('four', random_floats(4)), ('three', random_floats(3)), ('two', random_floats(2, 4)),
                            ('deep', random_floats(1, 2, 2)), ('none', random_floats(0)),
                            ('nan', np.float32([1, np.nan, 1, 1])), ('minus', np.float32([-1]))]:
            self.put(name + '.npy', array)
        forward, back = ('forward', 'prelu', 'x.npy', 'y.npy'), ('backward', 'prelu', 'x.npy', 'x.npy', 'dx.npy')
        for code, parts, words in [
            (1, ['3 channels', 'x.npy has 4', '--axis'], forward + ('--weight', 'a=three.npy')),
            (1, ['4 channels', 'x.npy has 2'], forward + ('--weight', 'a=four.npy', '--axis=0')),
            (1, 'no axis 5', forward + ('--axis=5',)),
            (1, ['2 terms', 'prelu has one'], forward + ('--weight=a=two.npy',)),
            (1, ['(1, 2, 2)', '(terms, channels)'], forward + ('--weight=a=deep.npy',)),
            (1, ['(0,)', '(terms, channels)'], forward + ('--weight=a=none.npy',)),
            (1, 'not finite', forward + ('--weight=a=nan.npy',)),
            (1, ['missing.npy', 'No such file'], forward + ('--weight=a=missing.npy',)),
            (2, ['no parameter', "'b'"], forward + ('--weight=b=four.npy',)),
            (2, 'NAME=FILE', forward + ('--weight=a',)),
            (2, 'given twice', forward + ('--weight=a=four.npy', '--weight=a=four.npy')),
            (2, '--param and by --weight', forward + ('--weight=a=four.npy', '-pa=1')),
            (2, ['--param tl=VALUE', '--weight tl=FILE'], ('forward', 'srelu', 'x.npy', 'y.npy')),
            (2, 'forward takes no --gradient', forward + ('--gradient=a=da.npy',)),
            (2, ['no parameter', "'b'"], back + ('--gradient=b=db.npy',)),
            (2, 'two results', back + ('--gradient=a=dx.npy',)),
            (2, 'standard input', ('forward', 'prelu', '-', 'y.npy', '--weight=a=-')),
            (2, '--gradient', back + ('--gradient=a=da.npy', '--from-output')),
            (2, ['--from-output', 'a >= 0'], back + ('--weight=a=minus.npy', '--from-output')),
            (2, 'no --from-output', ('backward', 'srelu', '--from-output', 'x.npy', 'x.npy', 'dx.npy')),
            (1, ['one value of al', '(1, 4)'],
             ('backward', 'srelu', 'x.npy', 'x.npy', 'dx.npy', '--weight=tl=four.npy', '-pal=1', '-ptr=1', '-par=1',
              '--gradient=al=dal.npy')),
            (1, 'none/da.npy', back + ('--gradient=a=none/da.npy',)),
            (2, 'leaky_relu takes no --weight', ('forward', 'leaky_relu', 'x.npy', 'y.npy', '--weight=slope=four.npy')),
        ]:
            with self.subTest(words=words):
                self.fails(code, parts, *words)


class RandomTest(FamilyTest):
    SLOPES = [0.252699971, 0.222622186, 0.140256599, 0.19601281, 0.330774724, 0.193138197, 0.232063785, 0.219649076]

    def test_rrelu(self):
        x = np.float32([-1, -2, 3, -4, -5, 6, -7, -8])
        slopes = np.where(x > 0, 1, self.SLOPES)
        self.near(self.forward('rrelu', x, '--seed', '42'), x * slopes)
        self.near(self.backward('rrelu', x, np.ones_like(x), '--seed=42'), slopes)
        self.near(self.forward('rrelu', x[3:], '--seed=42', '--offset=3'), (x * slopes)[3:])
        self.assertFalse(np.allclose(self.forward('rrelu', x, '--seed=42', '--stream=1'), x * slopes))
        self.assertFalse(np.allclose(self.forward('rrelu', x, '--seed=43'), x * slopes))
        dx = self.run_on(('backward', '--from-output', 'rrelu', 'y.npy', 'dy.npy', 'dx.npy', '--seed=42'), 'dx',
                         y=(x * slopes).astype('float32'), dy=np.ones_like(x))
        self.near(dx, slopes)
        mean = (1 / 8 + 1 / 3) / 2
        self.near(self.forward('rrelu', x, '--eval'), np.where(x > 0, x, x * mean))
        self.near(self.backward('rrelu', x, x, '--eval'), np.where(x > 0, x, x * mean))
        np.testing.assert_array_equal(self.forward('rrelu', x), self.forward('rrelu', x, '--seed=0', '--stream=0x0'))

    def test_gumbel_softmax(self):
        x, dy = random_floats(50, 8), random_floats(50, 8, seed=2)
        y = self.forward('gumbel_softmax', x, '--seed=7')
        self.near(y.sum(-1), np.ones(50))
        self.assertFalse(np.allclose(y, softmax(x)))
        hard = self.forward('gumbel_softmax', x, '--seed=7', '--hard')
        np.testing.assert_array_equal(hard, y == y.max(-1, keepdims=True))
        # The same noise, and half of everything.
        cold = self.forward('gumbel_softmax', x, '--seed=7', '-p', 'tau=2')
        self.near(np.log(wide(cold)) - np.log(wide(cold[:, :1])), (np.log(wide(y)) - np.log(wide(y[:, :1]))) / 2, 1e-4)
        dx = self.run_on(('backward', 'gumbel_softmax', 'y.npy', 'dy.npy', 'dx.npy', '-ptau=2'), 'dx', y=y, dy=dy)
        self.near(dx, y * (dy - wide(y * dy).sum(-1, keepdims=True)) / 2)
        columns = self.forward('gumbel_softmax', x, '--axis=0')
        self.near(columns.sum(0), np.ones(8))

    def test_threads(self):
        x = random_floats(3000, 100)
        for op in ['rrelu', 'gumbel_softmax']:
            self.put('x.npy', x)
            self.same_bits(('forward', op, 'x.npy', 'y.npy', '--seed=5', '--offset=3'), 'y.npy', ['-t2'], ['-t5'])
            # No noise is drawn twice: a part is the same by itself, from its own offset.
            whole = self.get('y.npy')
            part = self.forward(op, x[2900:], '--seed=5', '--offset=%d' % (3 + 290000))
            np.testing.assert_array_equal(part, whole[2900:])

    def test_wrong(self):
        self.put('x.npy', random_floats(2, 4))
        forward = ('forward', 'rrelu', 'x.npy', 'y.npy')
        for code, parts, words in [
            (2, ["'-1'", '--seed'], forward + ('--seed=-1',)),
            (2, ["'18446744073709551616'", '--stream'], forward + ('--stream=18446744073709551616',)),
            (2, ["'1.5'", '--offset'], forward + ('--offset=1.5',)),
            (2, 'lower <= upper', forward + ('-plower=1', '-pupper=0')),
            (2, 'lower >= 0', ('backward', 'rrelu', '--from-output', 'x.npy', 'x.npy', 'dx.npy', '-plower=-1')),
            (2, 'takes no --seed with --eval', forward + ('--eval', '--seed=1')),
            (2, 'takes no --from-output with --eval',
             ('backward', 'rrelu', '--from-output', '--eval', 'x.npy', 'x.npy', 'dx.npy')),
            (2, 'rrelu takes no --axis', forward + ('--axis=0',)),
            (2, 'softmax takes no --seed', ('forward', 'softmax', 'x.npy', 'y.npy', '--seed=1')),
            (2, 'takes no --eval', ('forward', 'gumbel_softmax', 'x.npy', 'y.npy', '--eval')),
            (2, '> 0', ('forward', 'gumbel_softmax', 'x.npy', 'y.npy', '-ptau=0')),
            (2, 'backward takes no --hard', ('backward', 'gumbel_softmax', 'x.npy', 'x.npy', 'dx.npy', '--hard')),
        ]:
            with self.subTest(words=words):
                self.fails(code, parts, *words)


class LossesTest(FamilyTest):
    def both(self, op, z, t, *options):
        loss = self.run_on(('forward', op, 'z.npy', 't.npy', 'loss.npy') + options, 'loss', z=z, t=t)
        return loss, self.run_on(('backward', op, 'z.npy', 't.npy', 'dz.npy') + options, 'dz')

    def test_elementwise(self):
        z = random_floats(6, 7)
        t = np.float32(sigmoid(random_floats(6, 7, seed=2)))
        a = sigmoid(z)
        loss, dz = self.both('sigmoid_bce', z, t)
        self.near(loss, -t * np.log(a) - (1 - t) * np.log1p(-a))
        self.near(dz, a - t)
        loss, dz = self.both('sigmoid_bce', z, t, '-p', 'pos_weight=3')
        self.near(loss, -3 * t * np.log(a) - (1 - t) * np.log1p(-a), 5e-6)
        loss, dz = self.both('sigmoid_mse', z, t)
        self.near(loss, (a - t) ** 2 / 2)
        self.near(dz, (a - t) * a * (1 - a))

    def test_classes(self):
        z = random_floats(5, 6, 4)
        for axis in [0, 1, 2]:
            shape = z.shape[:axis] + z.shape[axis + 1:]
            classes = np.random.default_rng(3).integers(0, z.shape[axis], shape)
            hot = np.expand_dims(classes, axis) == np.arange(z.shape[axis]).reshape(
                [-1 if d == axis else 1 for d in range(3)])
            for dtype in ['int64', 'int32']:
                loss, dz = self.both('softmax_cross_entropy', z, classes.astype(dtype), '--axis=%d' % axis)
                self.near(loss, logsumexp(z, axis) - (z * hot).sum(axis), 5e-6)
                self.near(dz, softmax(z, axis) - hot)
            loss, dz = self.both('softmax_cross_entropy', z, np.float32(hot), '--axis=%d' % axis)
            self.near(loss, logsumexp(z, axis) - (z * hot).sum(axis), 5e-6)
            self.near(dz, softmax(z, axis) - hot)
        loss, dz = self.both('softmax_cross_entropy', z[0], classes[0] % 4, '-p', 'label_smoothing=0.1')
        t = 0.9 * (np.arange(4) == (classes[0] % 4)[:, None]) + 0.1 / 4
        self.near(loss, (t * (logsumexp(z[0])[:, None] - z[0])).sum(-1), 5e-6)
        self.near(dz, softmax(z[0]) - t)

    def test_ignore_index(self):
        z = random_floats(3, 4)
        loss, dz = self.both('softmax_cross_entropy', z, np.array([1, -100, 3]), '--ignore-index=-100')
        self.assertEqual(loss[1], 0)
        np.testing.assert_array_equal(dz[1], np.zeros(4))
        self.near(loss[0], logsumexp(z[0]) - z[0, 1], 5e-6)

    def test_no_classes(self):
        z = np.ones((3, 0), 'float32')
        loss, dz = self.both('softmax_cross_entropy', z, np.full(3, -100), '--ignore-index=-100')
        np.testing.assert_array_equal(loss, np.zeros(3))
        self.assertEqual(dz.shape, (3, 0))
        np.testing.assert_array_equal(self.both('softmax_cross_entropy', z, z)[0], np.zeros(3))
        self.put('classes.npy', np.zeros(3, 'int64'))
        self.fails(1, 'classes.npy has a class, and z.npy has none along the axis', 'forward',
                   'softmax_cross_entropy', 'z.npy', 'classes.npy', 'loss.npy')

    def test_threads(self):
        z, t = random_floats(4000, 100), np.arange(4000) % 100
        self.put('z.npy', z)
        self.put('t.npy', t)
        self.same_bits(('forward', 'softmax_cross_entropy', 'z.npy', 't.npy', 'loss.npy'), 'loss.npy', ['-t2'], ['-t5'])
        self.near(self.get('loss.npy'), logsumexp(z) - z[np.arange(4000), t], 5e-6)
        self.same_bits(('backward', 'softmax_cross_entropy', 'z.npy', 't.npy', 'dz.npy'), 'dz.npy', ['-t2'], ['-t5'])
        self.near(self.get('dz.npy'), softmax(z) - (np.arange(100) == t[:, None]), 5e-6)
        self.same_bits(('backward', 'sigmoid_mse', 'z.npy', 'z.npy', 'dz.npy'), 'dz.npy', ['-t2'], ['-t5'])

    def test_classes_anywhere(self):
        """Through a pipe, and where a header of another writer puts them at an odd place."""
        z, classes = random_floats(3, 4), np.array([1, 2, 3])
        loss, _ = self.both('softmax_cross_entropy', z, classes)
        for dtype in ['<i8', '<i4']:
            data = npy_bytes(classes.astype(dtype))
            piped = self.works('forward', 'softmax_cross_entropy', 'z.npy', '-', '-', input=data)
            self.assertEqual(piped, npy_bytes(loss))
            text = "{'descr': '%s', 'fortran_order': False, 'shape': (3,), }" % dtype
            for spaces in range(8):
                dictionary = (text + ' ' * spaces + '\n').encode()
                head = b'\x93NUMPY\x01\x00' + len(dictionary).to_bytes(2, 'little') + dictionary
                self.put('t.npy', head + classes.astype(dtype).tobytes())
                self.works('forward', 'softmax_cross_entropy', 'z.npy', 't.npy', 'loss.npy')
                self.assertEqual(self.content('loss.npy'), npy_bytes(loss))

    def test_wrong(self):
        self.put('z.npy', random_floats(2, 4))
        for name, array in [('classes', np.array([1, 3])), ('bad', np.array([1, 4])), ('minus', np.array([1, -1])),
                            ('byte', np.uint8([1, 3])), ('three', np.array([1, 2, 3])), ('double', np.ones((2, 4)))]:
            self.put(name + '.npy', array)
        self.put('classes_big.npy', np.array([1, 3], '>i8'))
        self.put('cut.npy', npy_bytes(np.array([1, 3]))[:-1])
        self.put('dense.npy', random_floats(2, 4))
        ce = ('forward', 'softmax_cross_entropy', 'z.npy')
        for code, parts, words in [
            (1, ['bad.npy', '0 ... 3'], ce + ('bad.npy', 'loss.npy')),
            (1, ['minus.npy', '0 ... 3'], ce + ('minus.npy', 'loss.npy')),
            (1, ['minus.npy', '--ignore-index'], ce + ('minus.npy', 'loss.npy', '--ignore-index=-100')),
            (1, ['byte.npy holds uint8', "'byte64.npy'", "astype('int64')"], ce + ('byte.npy', 'loss.npy')),
            (1, ['big-endian int64', "astype('int64')"], ce + ('classes_big.npy', 'loss.npy')),
            (1, ['float64', "astype('float32')"], ce + ('double.npy', 'loss.npy')),
            (1, ['three.npy has shape (3,)', 'must have (2,)'], ce + ('three.npy', 'loss.npy')),
            (1, ['cut.npy is truncated', '144 bytes'], ce + ('cut.npy', 'loss.npy')),
            (1, ['classes.npy holds int64', 'float32'], ('forward', 'sigmoid_bce', 'z.npy', 'classes.npy', 'loss.npy')),
            (2, ['--ignore-index', 'dense.npy'], ce + ('dense.npy', 'loss.npy', '--ignore-index=1')),
            (2, ['label_smoothing', 'dense.npy'], ce + ('dense.npy', 'loss.npy', '-plabel_smoothing=0.1')),
            (2, ['label_smoothing', '<= 1'], ce + ('classes.npy', 'loss.npy', '-plabel_smoothing=2')),
            (2, "'x'", ce + ('classes.npy', 'loss.npy', '--ignore-index=x')),
            (2, ['too few', 'Z.npy T.npy LOSS.npy'], ('forward', 'sigmoid_bce', 'z.npy', 'loss.npy')),
            (2, 'sigmoid_bce takes no --axis', ('forward', 'sigmoid_bce', 'z.npy', 'z.npy', 'loss.npy', '--axis=0')),
            (2, 'takes no --from-output', ('backward', 'sigmoid_bce', '--from-output', 'z.npy', 'z.npy', 'dz.npy')),
        ]:
            with self.subTest(words=words):
                self.fails(code, parts, *words)


class EveryOperationTest(FamilyTest):
    OPTIONS = {'channels': ['--axis=1'], 'gates': ['--gate=first'], 'random': ['--seed=3']}

    def test_bits(self):
        """Every instruction set gives the same bits, NaN's sign and payload free."""
        def bits(npy):
            array = np.load(io.BytesIO(npy))
            return np.where(np.isnan(array), np.float32(np.nan), array).tobytes()

        isas = [isa['name'] for isa in json.loads(self.works('info', '--json'))['isas'] if isa['available']]
        self.put('x.npy', random_floats(7, 46))
        self.put('t.npy', np.float32(sigmoid(random_floats(7, 46, seed=2))))
        families = set()
        for op in json.loads(self.works('list', '--json')):
            if op['family'] == 'elementwise':
                continue
            families.add(op['family'])
            options = self.OPTIONS.get(op['family'], [])
            options = options + ['-p%s=%g' % (param['name'], 0.75 - 0.5 * k) for k, param in enumerate(op['params'])
                                 if param['required']]
            for operands in [['x.npy'], ['x.npy', 't.npy']]:
                call = ['forward', op['name']] + operands + ['-'] + options
                if (len(operands) == 2) != (op['family'] == 'losses'):
                    continue
                results = [bits(self.works(*call, '--isa', isa)) for isa in isas]
                for isa, result in zip(isas, results):
                    with self.subTest(call=call, isa=isa):
                        self.assertEqual(result, results[0])
        self.assertEqual(families, {'channels', 'random', 'gates', 'rows', 'losses'})


if __name__ == '__main__':
    main(__doc__)
