#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""run_tests.py --cmake CMAKE --build DIRECTORY --library LIBACTFN [--peers]: the package's tests, against a built library.

Makes DIRECTORY/python/venv with the packages of the system's Python in it, installs the library beside it and the package
against that, and runs pytest.  With --peers the environment is DIRECTORY/python_peers/venv, with today's NumPy, JAX,
pandas, xarray and Dask from the package index and nothing of the system's, for the tests that need those.  Skipped by
name (77) where there is no venv, no Python.h or no package index.
"""

import argparse
import importlib.util
import os
import pathlib
import subprocess
import sys
import sysconfig

HERE = pathlib.Path(__file__).resolve().parent


def skip(reason, test="python"):
    print(f"== {test}: skipped: {reason}")
    sys.exit(77)


PEERS = ["numpy>=2.2", "jax", "pandas", "xarray", "dask", "distributed", "mypy"]
PEERS_TESTS = "test_ufuncs.py", "test_families.py", "test_package.py", "test_dask.py", "test_jax.py"


def install(cmake, build, place, packages, test="python", system=True):
    """A virtual environment at `place` with these packages and ours, against the library of `build`: its Python."""
    if not importlib.util.find_spec("ensurepip"):
        skip("no venv for this Python (python3-venv)", test)
    if not pathlib.Path(sysconfig.get_path("include"), "Python.h").exists():
        skip("no Python.h (python3-dev)", test)

    venv, prefix = place / "venv", place / "prefix"
    if not (venv / "bin" / "pip").exists():
        subprocess.run(
            [sys.executable, "-m", "venv", *(["--system-site-packages"] if system else []), venv], check=True
        )
    pip = [venv / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    needed = subprocess.run(
        [*pip, "scikit-build-core>=1.0", "numpy>=1.21", "pytest", *packages],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if needed.returncode:
        print(needed.stdout)
        skip("no package index", test)

    for component in "runtime", "dev":
        subprocess.run(
            [cmake, "--install", build, "--prefix", prefix, "--component", component],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    settings = {
        "cmake.define.ACTFN_USE_INSTALLED": "ON",
        "cmake.define.actfn_ROOT": prefix,
        "build-dir": place / "build",
    }
    subprocess.run(
        [
            *pip,
            "--no-deps",
            "--no-build-isolation",
            "--force-reinstall",
            *(f"--config-settings={key}={value}" for key, value in settings.items()),
            HERE,
        ],
        check=True,
    )
    return venv / "bin" / "python"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for option in "--cmake", "--build", "--library":
        parser.add_argument(option, required=True, type=pathlib.Path)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--stubs", type=pathlib.Path, help="write the type stub to this file, and test nothing")
    options = parser.parse_args()

    if options.stubs:
        place = options.build / "python"
        python = install(options.cmake, options.build, place, [])
        sys.exit(subprocess.run([python, HERE / "generate_stubs.py", options.stubs.resolve()], cwd=place).returncode)
    name = "python_peers" if options.peers else "python"
    place, packages = options.build / name, PEERS if options.peers else ["dask", "distributed"]
    python = install(options.cmake, options.build, place, packages, name, system=not options.peers)
    tests = [HERE / "tests" / test for test in PEERS_TESTS] if options.peers else [HERE / "tests"]
    environment = {**os.environ, "ACTFN_LIBRARY": str(options.library), "PYTHONDONTWRITEBYTECODE": "1"}
    sys.exit(
        subprocess.run(
            [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--durations=5", *tests],
            env=environment,
            cwd=place,
        ).returncode
    )


if __name__ == "__main__":
    main()
