#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""run_tests.py --cmake CMAKE --build DIRECTORY [--measure]: the operators inside ONNX Runtime.

Builds libactfn_ort.so with cargo against the libactfn that DIRECTORY has built, makes DIRECTORY/onnxruntime/venv with
onnxruntime, onnx and the Python package, and runs the package's tests of ONNX there, or measure.py.  Skipped by name
(77) where there is no cargo, no package index, or no wheel of onnxruntime.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
PYTHON = HERE.parents[1] / "python"
sys.path.insert(0, str(PYTHON))
import run_tests as package  # noqa: E402

NAME = "onnxruntime"


def skip(reason):
    package.skip(reason, NAME)


def build(prefix, target):
    """libactfn_ort.so, linked against the archive that is installed in prefix."""
    cargo = shutil.which("cargo")
    if not cargo:
        skip("no cargo")
    configurations = [str(path.parent) for path in prefix.rglob("actfn.pc")]
    environment = {
        **os.environ,
        "CARGO_TARGET_DIR": str(target),
        "PKG_CONFIG_PATH": os.pathsep.join([*configurations, os.environ.get("PKG_CONFIG_PATH", "")]),
    }
    manifest = ["--locked", "--manifest-path", HERE / "Cargo.toml"]
    if subprocess.run([cargo, "fetch", "--quiet", *manifest], env=environment).returncode:
        skip("no crates: the index does not answer, or this cargo is older than Cargo.toml's rust-version")
    subprocess.run([cargo, "build", "--release", "--quiet", *manifest], env=environment, check=True)
    return target / "release" / "libactfn_ort.so"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for option in "--cmake", "--build":
        parser.add_argument(option, required=True, type=pathlib.Path)
    parser.add_argument("--measure", action="store_true", help="run measure.py and no test")
    options = parser.parse_args()

    place = options.build.resolve() / NAME
    # Debian's onnx does not know the operators that are newer than it.
    packages = ["onnxruntime>=1.17", "onnx>=1.16"]
    python = package.install(options.cmake, options.build, place, packages, NAME)
    library = build(place / "prefix", place / "cargo")
    environment = {**os.environ, "ACTFN_ORT_LIBRARY": str(library), "PYTHONDONTWRITEBYTECODE": "1"}
    if options.measure:
        command = [python, HERE / "measure.py"]
    else:
        tests = sorted((PYTHON / "tests").glob("test_onnx*.py"))
        command = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--durations=3", *tests]
    sys.exit(subprocess.run(command, env=environment, cwd=place).returncode)


if __name__ == "__main__":
    main()
