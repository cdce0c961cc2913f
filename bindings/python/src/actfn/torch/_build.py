#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compiles operators.cpp for the torch of this Python, to a file that _native finds.  Needs a C++20 compiler.

Run alone (`_build.py FILE`), it does not import actfn, so that an installation can run it.
"""

import hashlib
import os
import pathlib
import shlex
import subprocess
import sys
import sysconfig

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE / "operators.cpp"


def header():
    """The folder of actfn.h: beside this file in an installation, otherwise in the tree around this file."""
    for folder in (HERE, *(parent / "include" for parent in HERE.parents)):
        if (folder / "actfn.h").exists():
            return folder
    return None


def file_name(torch_version, include=None):
    """The file for this torch, this Python and this source."""
    folder = pathlib.Path(include) if include else header()
    texts = [path.read_bytes() for path in (SOURCE, folder / "actfn.h" if folder else None) if path and path.exists()]
    digest = hashlib.sha256(b"".join(texts)).hexdigest()[:12]
    return f"operators-{sys.implementation.cache_tag}-torch{torch_version}-{digest}.so"


def cache():
    return pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "actfn"


def command(output, include):
    import torch

    place = pathlib.Path(torch.__file__).parent
    compiler = shlex.split(os.environ.get("CXX", "c++"))
    folders = [
        *("-isystem", place / "include", "-isystem", place / "include/torch/csrc/api/include"),
        *("-isystem", sysconfig.get_path("include"), "-I", include),
    ]
    # -fopenmp: at::parallel_for is a template, and its threads are torch's own.
    flags = ["-std=c++20", "-O2", "-fPIC", "-shared", "-fvisibility=hidden", "-fopenmp", "-w"]
    abi = f"-D_GLIBCXX_USE_CXX11_ABI={int(torch._C._GLIBCXX_USE_CXX11_ABI)}"
    libraries = ["-L", place / "lib", "-ltorch_cpu", "-ltorch_python", "-lc10"]
    return [*compiler, *flags, abi, *folders, SOURCE, "-o", output, *libraries]


def compile(output, include=None):
    """Writes the whole of `output` or nothing.  If that fails, raises RuntimeError with the compiler's words."""
    include = include or header()
    if include is None:
        raise RuntimeError(f"actfn.h is not beside {HERE}, nor in include/ above it")
    output = pathlib.Path(output)
    output.parent.mkdir(parents=True, exist_ok=True)
    unfinished = output.with_name(f"{output.name}.{os.getpid()}")
    try:
        run = subprocess.run(list(map(str, command(unfinished, include))), capture_output=True, text=True)
    except OSError as error:
        raise RuntimeError(f"no C++ compiler: {error}; the environment variable CXX names one") from None
    if run.returncode:
        unfinished.unlink(missing_ok=True)
        raise RuntimeError(f"{shlex.join(map(str, run.args))}\n{run.stderr[-4000:]}")
    unfinished.replace(output)
    return output


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("_build.py FOLDER INCLUDE: compiles operators.cpp with the actfn.h of INCLUDE into FOLDER")
    import torch

    compile(pathlib.Path(sys.argv[1]) / file_name(torch.__version__, sys.argv[2]), sys.argv[2])
