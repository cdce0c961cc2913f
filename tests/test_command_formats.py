#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The actfn command on files of every kind:  test_command_formats.py PATH_TO_ACTFN [EMULATOR WORDS...]

Options are those of test_command.py.
"""
import os
import subprocess

import numpy as np

from command_support import ACTFN, CommandTest, header, main, npy_bytes, random_floats, raw_npy


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
                            ('>f2', 'big-endian float16'), ('<i4', 'int32'), ('|u1', 'uint8'), ('>i8', 'big-endian int64'),
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


if __name__ == '__main__':
    main(__doc__)
