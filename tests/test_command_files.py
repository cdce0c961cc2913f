#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Where the actfn command reads and writes:  test_command_files.py PATH_TO_ACTFN [EMULATOR WORDS...]

Files, pipes, devices, signals and terminals.  Options are those of test_command.py.
"""
import os
import pty
import resource
import select
import signal
import stat
import subprocess
import time

import numpy as np

from command_support import ACTFN, CommandTest, header, main, npy_bytes, random_floats, raw_npy


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


if __name__ == '__main__':
    main(__doc__)
