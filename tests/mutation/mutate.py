#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Breaks the library in one place at a time and counts which of the breaks the suites see: docs/MUTATION.md.

The work is done in a copy of the tree, where everything is built once.  After that a mutant costs the compilation of the
objects with its file (kernels only for the instruction set and mode that judge the mutant), a link, and the suites up to
the first test that fails.  Cheap and near suites run first.
"""
import argparse
import collections
import fnmatch
import hashlib
import json
import os
import re
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LIST = HERE / 'mutants.toml'
TOOLCHAIN = ROOT / 'cmake/aarch64-linux-gnu.cmake'
COPIED = ['CMakeLists.txt', 'cmake', 'include', 'src', 'tests', 'fuzz', 'tools']
KEYS = {'name', 'file', 'old', 'new', 'kind', 'why', 'on'}
KINDS = {'formula', 'coefficient', 'direction', 'guard', 'loop', 'order', 'aliasing', 'check', 'status', 'dispatch',
         'environment', 'catalogue', 'word'}
LEAST = 60      # mutants
TARGET = 0.95   # the share of mutants that must be caught
CPU_LIMIT = {True: 30, False: 240}  # seconds for one test, light or not, because a mutant may never end
EMULATED = {'words', 'family_bits', 'maxout', 'random', 'gumbel', 'streaming'}  # suites that are cheap there


# ---- the list --------------------------------------------------------------------------------------------------------

def read_list():
    with LIST.open('rb') as file:
        mutants = tomllib.load(file)['mutant']
    for mutant in mutants:
        mutant['id'] = f'{mutant["file"]}: {mutant["name"]}'
    return mutants


def check_list(mutants):
    """The errors of the list: it must follow the tree when the tree changes."""
    wrong = [] if len(mutants) >= LEAST else [f'{len(mutants)} mutants, fewer than {LEAST}']
    for mutant in mutants:
        name = mutant['id']
        if unknown := set(mutant) - KEYS - {'id'}:
            wrong.append(f'{name}: unknown {", ".join(sorted(unknown))}')
        if missing := KEYS - {'on'} - set(mutant):
            wrong.append(f'{name}: no {", ".join(sorted(missing))}')
            continue
        if mutant['kind'] not in KINDS:
            wrong.append(f'{name}: no kind {mutant["kind"]}')
        if mutant['old'] == mutant['new']:
            wrong.append(f'{name}: changes nothing')
        if len({run.strip().startswith('neon') for run in mutant.get('on', '').split(',')}) > 1:
            wrong.append(f'{name}: neon, of another build, beside others')
        path = ROOT / mutant['file']
        count = path.read_text().count(mutant['old']) if path.is_file() else 0
        if count != 1:
            wrong.append(f'{name}: the old text stands there {count} times, not once')
    names = [mutant['id'] for mutant in mutants]
    wrong += [f'{name}: twice' for name in sorted(set(names)) if names.count(name) > 1]
    return wrong


def runs_of(mutant, available):
    """The arguments of actfn_tests that judge the mutant: its own, or the cheapest run that contains its file."""
    if 'on' in mutant:
        return [run.strip() for run in mutant['on'].split(',')]
    file = mutant['file']
    if '/fast/' in file:
        return ['avx2 fast']
    if isa := re.fullmatch(r'src/(?:x86|arm)/simd_(\w+)\.h', file):
        return [f'{isa[1]} accurate']
    if file.endswith('.c') or file in ('src/api/fpenv.h', 'src/api/arguments.h', 'src/catalogue/ops.def'):
        return ['once', 'avx2 accurate' if 'avx2' in available else 'generic accurate']
    return ['generic accurate']


# ---- the copy and its build ------------------------------------------------------------------------------------------

class Build:
    def __init__(self, tree, directory, options=()):
        self.tree, self.build, self.mutant, self.options = tree, directory / 'build', directory / 'mutant', options
        self.deps = {}

    def copy(self):
        """Writes only files that differ, so that the next build has little to do."""
        wanted = {}
        for name in COPIED:
            for path in [ROOT / name] if (ROOT / name).is_file() else sorted((ROOT / name).rglob('*')):
                if path.is_file() and '__pycache__' not in path.parts:
                    wanted[path.relative_to(ROOT)] = path.read_bytes()
        for path in list(self.tree.rglob('*')):
            if path.is_file() and path.relative_to(self.tree) not in wanted:
                path.unlink()
        everything, library = hashlib.sha256(), hashlib.sha256()
        for name, data in wanted.items():
            path = self.tree / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.is_file() or path.read_bytes() != data:
                path.write_bytes(data)
                path.chmod((ROOT / name).stat().st_mode)
            # The list and this file have no effect on the build.
            if name.parts[:2] != ('tests', 'mutation'):
                everything.update(str(name).encode() + data)
                if name.parts[0] != 'tests':
                    library.update(str(name).encode() + data)
        return everything.hexdigest(), library.hexdigest()

    def commands(self):
        """The commands that CMake would run for the suites, but with kernels that are not optimized: those compile ten times as
        fast, and have the same bits, because no optimization may change bits."""
        subprocess.run(['cmake', '-G', 'Ninja', '-S', self.tree, '-B', self.build, '--log-level=WARNING',
                        '-DCMAKE_BUILD_TYPE=None', '-DCMAKE_C_FLAGS=-O1', '-DACTFN_KERNEL_OPTIMIZATION=-O0', '-DACTFN_BUILD_TOOLS=OFF',
                        '-DACTFN_BUILD_EXAMPLES=OFF', '-DACTFN_INSTALL=OFF', *self.options],
                       check=True, stdout=subprocess.DEVNULL)
        lines = subprocess.run(['ninja', '-C', self.build, '-t', 'commands', 'actfn_tests'], check=True, text=True,
                               stdout=subprocess.PIPE).stdout.splitlines()
        self.compiles, self.links = {}, []
        for line in lines:
            found = re.search(r' -o (\S+\.o) -c (\S+)$', line)
            if found:
                self.compiles[found[1]] = line
            elif ' -o tests/actfn_tests ' in line:
                self.link = line
            else:
                self.links.append(line)

    def shell(self, command):
        return subprocess.run(command, shell=True, cwd=self.build, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)

    def depends(self, target):
        file = self.build / (target + '.d')
        if not file.is_file():
            return None
        words = file.read_text().replace('\\\n', ' ').split()[1:]
        return [str((self.build / word).resolve()) for word in words]

    def baseline(self):
        self.commands()
        stale = False
        for number, (target, command) in enumerate(self.compiles.items(), 1):
            made, deps = self.build / target, self.depends(target)
            fresh = made.is_file() and deps and all(
                os.path.exists(d) and os.stat(d).st_mtime <= made.stat().st_mtime for d in deps)
            if not fresh:
                stale = True
                print(f'building {number}/{len(self.compiles)}: {target}', flush=True)
                made.parent.mkdir(parents=True, exist_ok=True)
                result = self.shell(command)
                if result.returncode:
                    sys.exit(result.stdout)
            self.deps[target] = set(self.depends(target))
        if stale or not (self.build / 'tests/actfn_tests').is_file():
            for command in [*self.links, self.link]:
                result = self.shell(command)
                if result.returncode:
                    sys.exit(result.stdout)

    def affected(self, file, runs):
        path = str((self.tree / file).resolve())
        kernels = {f'actfn_kernels_{isa}_{part}.dir' for isa, _, mode in (run.partition(' ') for run in runs) if mode
                   for part in ('light', 'fast' if mode == 'fast' else 'accurate')}
        return [target for target, deps in self.deps.items() if path in deps and
                ('/actfn_kernels_' not in target or any(f'/{kernel}/' in target for kernel in kernels))]

    def build_mutant(self, mutant, runs):
        """The path of the suites with the mutant in them, or None and the reason."""
        shutil.rmtree(self.mutant, ignore_errors=True)
        targets, library = self.affected(mutant['file'], runs), []
        if not targets:
            return None, 'it is in nothing that is built for it'
        link = self.link
        for target in targets:
            made = self.mutant / target
            made.parent.mkdir(parents=True, exist_ok=True)
            command = self.compiles[target].replace(f' -o {target} ', f' -o {made} ')
            result = self.shell(command.replace(f'{target}.d', f'{made}.d'))
            if result.returncode:
                return None, result.stdout
            if f' {target} ' in link:
                link = link.replace(f' {target} ', f' {made} ')
            else:
                library.append(str(made))
        # The mutant's objects stand before the archive, so the linker does not take the members that they replace.
        program = self.mutant / 'actfn_tests'
        link = link.replace(' -o tests/actfn_tests ', f' {" ".join(library)} -o {program} ')
        result = self.shell(link)
        return (program, '') if result.returncode == 0 else (None, result.stdout)


# ---- the suites ------------------------------------------------------------------------------------------------------

def test_of(failure):
    """The number and the name of a test; its message may differ with a mutant that the test does not see."""
    return failure.partition(': ')[0]


class Suites:
    """Runs of the suites, and the results of the unbroken tree."""
    def __init__(self, build, directory, tree, emulator=()):
        self.build, self.tree, self.emulator = build, tree, emulator
        self.log, self.memory = directory / 'suites.tap', directory / 'unbroken.json'
        self.hits = {}
        self.names, self.elementwise = [], set()
        for path in sorted((build.tree / 'tests').glob('*.c')):
            text = path.read_text()
            names = re.findall(r'suite_create\("(\w+)"\)', text)
            self.names += [name for name in names if not emulator or name in EMULATED]
            if 'for_elementwise(' in text:
                self.elementwise.update(names)
        remembered = json.loads(self.memory.read_text()) if self.memory.is_file() else {}
        self.known = remembered['runs'] if remembered.get('tree') == tree else {}

    def run(self, program, arguments, suite, light, ignored=()):
        """The failures that are not in `ignored`, and the number of tests that ran.  The run stops at the first such failure;
        if `ignored` is None, it goes to the end."""
        self.log.unlink(missing_ok=True)
        environment = dict(os.environ, CK_RUN_SUITE=suite, CK_TAP_LOG_FILE_NAME=str(self.log), CK_VERBOSITY='silent',
                           CK_TIMEOUT_MULTIPLIER='20')
        for name in ('ACTFN_ISA', 'CK_FORK'):
            environment.pop(name, None)
        if light:
            environment.update(ACTFN_TEST_LIGHT='1')
        limit = CPU_LIMIT[light]
        process = subprocess.Popen([*self.emulator, program, *arguments.split()], env=environment,
                                   cwd=self.build.build, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   start_new_session=True,
                                   preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (limit, limit)))
        try:
            failures, ran = self.watch(process, ignored)
        finally:
            stopped = process.poll() is None
            if stopped:
                process.send_signal(signal.SIGTERM)  # Check passes the signal on to its process group
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()
        if not stopped and (process.returncode not in (0, 1) or (process.returncode == 1 and not ran)):
            failures.append(f'the suites ended with {process.returncode}')
        return failures, ran

    def watch(self, process, ignored):
        failures, ran, file, rest = [], 0, None, ''
        while True:
            ended = process.poll() is not None
            file = file or (self.log.open(errors='replace') if self.log.exists() else None)
            lines = (rest + (file.read() if file else '')).split('\n')
            rest = lines.pop()
            for line in lines:
                ran += line.startswith(('ok ', 'not ok '))
                if line.startswith('not ok '):
                    failure = line.removeprefix('not ok ')  # with its number, because the text may continue in the next line
                    if ignored is None or test_of(failure) not in ignored:
                        failures.append(failure)
            if ended or (failures and ignored is not None):
                if file:
                    file.close()
                return failures, ran
            time.sleep(0.01)

    def instruction_sets(self):
        """The library's instruction sets that this machine has."""
        shown = subprocess.run([self.build.build / 'tests/actfn_tests', 'accurate'], text=True,
                               env=dict(os.environ, CK_RUN_SUITE='none'), stdout=subprocess.PIPE).stdout
        return re.findall(r'^== (\w+) accurate$', shown, re.MULTILINE)

    def normal(self, arguments, light):
        """The suites of such a run, in the order of their cost, and the failures of the unbroken tree in them."""
        key = f'{arguments}, light' if light else arguments
        if key not in self.known:
            print(f'the unbroken tree: {key}', flush=True)
            costs, failing = {}, set()
            for suite in self.names:
                before = cpu()
                failures, ran = self.run(self.build.build / 'tests/actfn_tests', arguments, suite, light, None)
                failing.update(failures)
                if ran:
                    costs[suite] = cpu() - before
            if not costs:
                sys.exit(f'no test in a run of {arguments}')
            for failure in sorted(failing):
                print(f'  counts for nothing, since it fails without a mutant: {failure}')
            self.known[key] = costs, sorted(failing)
            self.memory.write_text(json.dumps({'tree': self.tree, 'runs': self.known}, indent=1))
        return self.known[key]

    def first_failure(self, program, runs, file, quick):
        """First the suites that have caught mutants of this file, then suites with a similar name, then the cheap ones."""
        words = re.split(r'[_./]', file)[1:-1]
        near = {suite for suite in self.names for word in words if len(word) > 2 and suite.startswith(word)}
        if not near or 'formulas' in words or 'fast' in words:
            near |= self.elementwise
        hits = self.hits.setdefault(file, collections.Counter())
        for light in [True] if quick or self.emulator else [True, False]:
            for arguments in runs:
                costs, failing = self.normal(arguments, light)
                ignored = {test_of(failure) for failure in failing}
                wanted = [suite for suite in costs if not quick or suite in near or costs[suite] < 1.5]
                for suite in sorted(wanted, key=lambda suite: (-hits[suite], suite not in near, costs[suite])):
                    failures, _ = self.run(program, arguments, suite, light, ignored)
                    if failures:
                        hits[suite] += 1
                        return f'{arguments}{"" if light else ", in full"}: {failures[0]}'
        return None


def cpu():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def emulated(directory, build, tree):
    """The suites on the toolchain's machine, or None if there is no compiler or no emulator for it."""
    compiler, emulator = (re.search(rf'set\({name} (.+)\)', TOOLCHAIN.read_text())[1].split(';')
                          for name in ('CMAKE_C_COMPILER', 'CMAKE_CROSSCOMPILING_EMULATOR'))
    if not (shutil.which(compiler[0]) and shutil.which(emulator[0])):
        return None
    crossed = Build(build.tree, directory, [f'--toolchain={build.tree / TOOLCHAIN.relative_to(ROOT)}'])
    crossed.baseline()
    return Suites(crossed, directory, tree, emulator)


# ---- the run ---------------------------------------------------------------------------------------------------------

def judge(mutant, runs, suites, quick):
    build = suites.build
    path = build.tree / mutant['file']
    text, times = path.read_text(), path.stat()
    begin, used = time.monotonic(), cpu()
    try:
        path.write_text(text.replace(mutant['old'], mutant['new']))
        program, why = build.build_mutant(mutant, runs)
    finally:
        path.write_text(text)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    compiled = cpu() - used
    if program:
        why = suites.first_failure(program, runs, mutant['file'], quick)
        verdict = 'caught' if why else 'survived'
    else:
        verdict = 'does not build'
    return {'id': mutant['id'], 'kind': mutant['kind'], 'on': runs, 'verdict': verdict, 'by': why,
            'seconds': round(time.monotonic() - begin, 1), 'cpu_seconds': round(cpu() - used, 1),
            'cpu_seconds_build': round(compiled, 1)}


def area_of(name):
    """The rows of the table: a row for files that belong together, not for each file."""
    file = name.split(':')[0]
    for pattern, area in [('src/math/*', 'formulas'), ('src/*/fast/*', 'fast mode'),
                          ('src/*/simd_*', 'vocabularies'),
                          ('src/api/*.c', 'entries and their checks'),
                          ('src/api/arguments.h', 'entries and their checks'), ('src/catalogue/registry.c', 'catalogue'),
                          ('src/catalogue/ops.def', 'catalogue'), ('src/dispatch/dispatch.c', 'dispatch'),
                          ('src/x86/cpu_x86.c', 'dispatch'), ('src/api/fpenv.h', 'floating-point environment')]:
        if fnmatch.fnmatch(file, pattern):
            return area
    return 'loops, sums and families'


def summary(results):
    areas = {}
    for result in results:
        count = areas.setdefault(area_of(result['id']), [0, 0])
        count[0] += 1
        count[1] += result['verdict'] == 'caught'
    lines = ['| area | mutants | caught |', '|---|---|---|']
    lines += [f'| {area} | {total} | {caught} |' for area, (total, caught) in sorted(areas.items())]
    total, caught = len(results), sum(result['verdict'] == 'caught' for result in results)
    lines.append(f'| all | {total} | {caught}, {100 * caught / max(total, 1):.1f} % |')
    for result in results:
        if result['verdict'] != 'caught':
            lines.append(f'{result["verdict"]}: {result["id"]}' +
                         (f'\n{result["by"]}' if result['verdict'] == 'does not build' else ''))
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--check', action='store_true', help='only see that the list fits the tree')
    parser.add_argument('--only', metavar='PATTERN', help='those whose file, name or kind match a regular expression')
    parser.add_argument('--again', action='store_true', help='also those of which an earlier run has the verdict')
    parser.add_argument('--quick', action='store_true',
                        help='only few inputs and near or cheap suites; what those do not catch stays open')
    parser.add_argument('--to', type=Path, default=ROOT / 'build/mutation', help='where to work and to report')
    arguments = parser.parse_args()

    mutants = read_list()
    if wrong := check_list(mutants):
        sys.exit('\n'.join(wrong))
    if arguments.check:
        print(f'{len(mutants)} mutants')
        return 0
    if arguments.only:
        mutants = [m for m in mutants if re.search(arguments.only, f'{m["id"]} {m["kind"]}')]

    directory = arguments.to.resolve()
    directory.mkdir(parents=True, exist_ok=True)
    build = Build(directory / 'tree', directory)
    tree, library = build.copy()
    build.baseline()
    own = Suites(build, directory, tree)
    available = own.instruction_sets()
    homes = dict.fromkeys(['once', *available], own)
    runs_wanted = sorted({run for mutant in mutants for run in runs_of(mutant, available)})
    if 'neon' not in homes and any(run.startswith('neon') for run in runs_wanted):
        if other := emulated(directory / 'aarch64', build, tree):
            homes['neon'] = other

    # While the library does not change, a caught mutant remains caught: when tests are added, only survivors are judged
    # again.
    report_file = directory / 'report.json'
    kept = {}
    if report_file.is_file() and not arguments.again:
        old = json.loads(report_file.read_text())
        kept = {key: result for key, result in old['results'].items() if old.get('library') == library and
                (old['tree'] == tree or result['verdict'] == 'caught')}
    for run in runs_wanted:
        if home := homes.get(run.split()[0]):
            home.normal(run, True)
    results, skipped, left, judged, spent = [], [], len(mutants), 0, 0.0
    for mutant in mutants:
        left -= 1
        runs = runs_of(mutant, available)
        key = hashlib.sha256(json.dumps([mutant, runs], sort_keys=True).encode()).hexdigest()
        if missing := [run for run in runs if run.split()[0] not in homes]:
            skipped.append(f'{mutant["id"]}: this machine has no {missing[0].split()[0]}')
            continue
        if key not in kept:
            result = judge(mutant, runs, homes[runs[0].split()[0]], arguments.quick)
            judged, spent = judged + 1, spent + result['seconds']
            if arguments.quick and result['verdict'] == 'survived':
                print(f'not caught so quickly: {mutant["id"]}', flush=True)
                continue
            kept[key] = result
            report_file.write_text(json.dumps({'tree': tree, 'library': library, 'results': kept}, indent=1))
        result = kept[key]
        results.append(result)
        print(f'{len(results)}/{len(mutants)} {result["verdict"]}: {result["id"]} ({result["seconds"]} s; '
              f'{spent / 60:.0f} min so far, {spent / max(judged, 1) * left / 60:.0f} to go)', flush=True)

    print('\n'.join(summary(results)))
    for line in skipped:
        print(f'== skipped: {line}')
    print(f'{sum(r["seconds"] for r in results) / 60:.1f} minutes, '
          f'{sum(r["cpu_seconds"] for r in results) / 60:.1f} of them of a CPU; {report_file}')
    caught = sum(result['verdict'] == 'caught' for result in results)
    return 0 if results and caught >= TARGET * len(results) else 1


if __name__ == '__main__':
    sys.exit(main())
