#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A program whose own functions are named like the library's inner ones is linked with it, and both work.

    test_clash.py CC SOURCE_DIR NM STATIC_LIBRARY SHARED_LIBRARY

Every identifier that the library's sources call, and every local symbol of the archive, becomes a global function of the
program; a call of such a function ends the program.  Public functions, and names of C, its library and SLEEF, are left out.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

KEYWORDS = set("""auto break case char const continue default do double else enum extern float for goto if inline int
    long register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while
    main asm typeof defined""".split())


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed ({done.returncode}):\n{done.stdout}")
    return done.stdout


def symbols(nm, *arguments):
    """The names, without the suffixes that a compiler adds to the parts of a function."""
    return {line.split()[-1].split(".")[0].split("@")[0] for line in run(nm, *arguments).splitlines()
            if len(line.split()) >= 2}


def library_of(cc, name):
    return run(cc, f"-print-file-name={name}").strip()


def main():
    cc, source, nm, static, shared = sys.argv[1:]
    source = pathlib.Path(source)
    here = source / "tests/process"
    called = set()
    for path in (source / "src").rglob("*.[ch]"):
        called |= set(re.findall(r"\b([a-z][a-z0-9_]*) ?\(", path.read_text()))
    inner = symbols(nm, static) - symbols(nm, "--defined-only", "--extern-only", static)
    taken = symbols(nm, "-D", "--defined-only", library_of(cc, "libc.so.6"))
    taken |= symbols(nm, "-D", "--defined-only", library_of(cc, "libm.so.6"))

    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        objects = []
        for name in ("bits", "work"):
            objects.append(folder / f"{name}.o")
            run(cc, "-std=gnu11", "-O1", "-I", source / "include", "-c", here / f"{name}.c", "-o", objects[-1])
            taken |= symbols(nm, objects[-1])
        names = sorted(name for name in (called | inner) - taken - KEYWORDS
                       if re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) and not name.startswith(("actfn_", "Sleef_")))
        if len(names) < 100 or "exp_within" not in names:
            sys.exit(f"only {len(names)} names were found: {names}")
        program = folder / "names.c"
        program.write_text("#include <stdlib.h>\n" + "".join(f"void {name}(void) {{ abort(); }}\n" for name in names))
        objects.append(folder / "names.o")
        run(cc, "-w", "-fno-builtin", "-c", program, "-o", objects[-1])
        # The shared library must not take the program's functions for its own either.
        found_there = f"-Wl,-rpath,{pathlib.Path(shared).parent}"
        for what, *link in (("static", static), ("shared", "-rdynamic", shared, found_there)):
            run(cc, *objects, *link, "-lsleef", "-lm", "-ldl", "-o", folder / what)
            print(f"{what}: {run(folder / what, 'any').strip()}")
        print(f"{len(names)} names")


main()
