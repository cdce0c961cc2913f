#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""run_tests.py --cmake CMAKE --build DIRECTORY --library LIBACTFN [--peers | --torch]: the package's tests, against a built
library.

Makes DIRECTORY/python/venv with the packages of the system's Python, installs the library beside it and the package against
that library, and runs pytest.  With --peers the environment is DIRECTORY/python_peers/venv, with today's NumPy, JAX, pandas,
xarray and Dask from the package index and no packages of the system, for the tests that need those.  With --torch it is
DIRECTORY/python_torch/venv, with the package index's torch (3 GB, because that index has only wheels for CUDA) and our
operators in C++, for the tests of torch.  The tests are skipped by name (77) without venv, Python.h, a C++20 compiler or a
package index.
"""

import argparse
import importlib.util
import os
import pathlib
import shlex
import subprocess
import sys
import sysconfig

HERE = pathlib.Path(__file__).resolve().parent


def skip(reason, test="python"):
    print(f"== {test}: skipped: {reason}")
    sys.exit(77)


# The script gives up a download that takes longer.
PATIENCE = 600
# (A newer ml_dtypes would replace the system's NumPy.)
# The oldest versions with which the operators in C++ were tried.
TORCH = ["torch>=2.15", "onnx", "onnxscript", "onnxruntime"]
TORCH_TESTS = "test_torch.py", "test_torch_gradients.py", "test_torch_habits.py", "test_torch_sixteen.py", "test_package.py"
PEERS = ["numpy>=2.2", "jax", "pandas", "xarray", "dask", "distributed", "ml_dtypes", "mypy"]
PEERS_TESTS = "test_ufuncs.py", "test_sixteen.py", "test_sixteen_families.py", "test_families.py", "test_package.py", "test_dask.py", "test_jax.py"


def install(cmake, build, place, packages, test="python", system=True, **options):
    """Makes a virtual environment at `place` with these packages and ours, against the library of `build`.  Returns its Python.

    `options` are CMake options of the package.
    """
    if not importlib.util.find_spec("ensurepip"):
        skip("no venv for this Python (python3-venv)", test)
    if not pathlib.Path(sysconfig.get_path("include"), "Python.h").exists():
        skip("no Python.h (python3-dev)", test)

    venv, prefix = place / "venv", place / "prefix"
    if not (venv / "bin" / "pip").exists():
        subprocess.run(
            [sys.executable, "-m", "venv", *(["--system-site-packages"] if system else []), venv], check=True
        )
    pip = [venv / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-compile"]
    try:
        needed = subprocess.run(
            [*pip, "scikit-build-core>=1.0", "numpy>=1.21", "pytest", *packages],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        skip(f"the package index took more than {PATIENCE} s", test)
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
        **{f"cmake.define.{key}": value for key, value in options.items()},
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


def has_cpp20():
    """The same command as in bindings/python/src/actfn/torch/_build.py."""
    compiler = shlex.split(os.environ.get("CXX", "c++"))
    try:
        return not subprocess.run([*compiler, "-std=c++20", "-fsyntax-only", "-xc++", os.devnull]).returncode
    except OSError:
        return False


CPP_IS_USED = """
import actfn.torch
info = actfn.torch.info()
print(info)
assert info["operators"] == "C++", info["reason"]
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for option in "--cmake", "--build", "--library":
        parser.add_argument(option, required=True, type=pathlib.Path)
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--peers", action="store_true")
    chosen.add_argument("--torch", action="store_true")
    chosen.add_argument("--stubs", type=pathlib.Path, help="write the type stub to this file, and test nothing")
    options = parser.parse_args()

    if options.stubs:
        place = options.build / "python"
        python = install(options.cmake, options.build, place, [])
        sys.exit(subprocess.run([python, HERE / "generate_stubs.py", options.stubs.resolve()], cwd=place).returncode)
    if options.torch:
        name, tests = "python_torch", TORCH_TESTS
        if not has_cpp20():
            skip("no C++20 compiler", name)
        python = install(options.cmake, options.build, options.build / name, TORCH, name, False, ACTFN_TORCH="ON")
        # Without the operators in C++ the tests would pass with Python's operators.
        subprocess.run([python, "-c", CPP_IS_USED], cwd=options.build / name, check=True)
    elif options.peers:
        name, tests = "python_peers", PEERS_TESTS
        python = install(options.cmake, options.build, options.build / name, PEERS, name, False)
    else:
        name, tests = "python", ("",)
        python = install(options.cmake, options.build, options.build / name, ["dask", "distributed", "ml_dtypes<0.5"])
    # Compiled Python files of imported modules go outside of the tree.
    environment = {**os.environ, "ACTFN_LIBRARY": str(options.library), "PYTHONPYCACHEPREFIX": str(options.build / name / "pycache")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.exit(
        subprocess.run(
            [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--durations=5", *(HERE / "tests" / test for test in tests)],
            env=environment,
            cwd=options.build / name,
        ).returncode
    )


if __name__ == "__main__":
    main()
