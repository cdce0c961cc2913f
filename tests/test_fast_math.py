# SPDX-License-Identifier: MIT
"""No object is compiled with -ffast-math or the like, and the shared library has no startup code that sets FTZ and DAZ.

That startup code is a function of the compiler's crtfastmath.o, which a link with -ffast-math or -Ofast adds.  The debug
information of gcc has the flags of an object.  Without debug information the test looks at the symbols only.
"""
import argparse
import re
import subprocess
import sys

FORBIDDEN = re.compile(r"-Ofast\b|-ffast-math|-funsafe-math-optimizations|-ffinite-math-only|-fassociative-math|"
                       r"-freciprocal-math|-fno-signed-zeros|-frounding-math|-mdaz-ftz")


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, errors="replace").stdout


def producers(readelf, path):
    text = output_of(readelf, "--debug-dump=info", "--dwarf-depth=1", "--wide", path)
    return re.findall(r"DW_AT_producer\s*:(.*)", text)


def problems(readelf, path, told):
    if "set_fast_math" in output_of(readelf, "--syms", "--wide", path):
        yield f"{path}: holds startup code of -ffast-math"
    for producer in told:
        for found in FORBIDDEN.findall(producer):
            yield f"{path}: was compiled with {found}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readelf", default="readelf")
    parser.add_argument("--objects", nargs="+", required=True, help="objects, and the shared library")
    arguments = parser.parse_args()
    failed = told = 0
    for path in arguments.objects:
        options = producers(arguments.readelf, path)
        told += sum("-O" in option for option in options)
        for problem in problems(arguments.readelf, path, options):
            print(problem)
            failed += 1
    print(f"{len(arguments.objects)} files, {told} units that tell their options, {failed} problems")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
