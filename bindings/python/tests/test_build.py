# SPDX-License-Identifier: MIT
"""The source distribution can be built without any other file of the project, and its wheel contains the licences."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile

import pytest
from conftest import ROOT

pytest.importorskip("scikit_build_core", reason="no scikit-build-core")
SOURCES = ROOT / "bindings" / "python"

# No library and no CMake package of ours can be found from here.
BARE = {"CMAKE_BUILD_PARALLEL_LEVEL": str(os.cpu_count())}
BARE.update((key, os.environ[key]) for key in ("HOME", "PATH", "TMPDIR", *BARE) if key in os.environ)


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    place = tmp_path_factory.mktemp("sdist")
    make = "import sys; from scikit_build_core import build; build.build_sdist(sys.argv[1])"
    subprocess.run([sys.executable, "-c", make, place], cwd=SOURCES, check=True, stdout=subprocess.DEVNULL)
    (archive,) = place.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        # A link would lead out of the archive.
        assert all(member.isfile() for member in tar.getmembers())
        tar.extractall(place)
    return archive.with_name(archive.name.removesuffix(".tar.gz"))


def test_sdist_has_the_sources_and_the_licences(unpacked):
    for name in "include/actfn.h", "src/catalogue/ops.def", "cmake/ActfnBackend.cmake", "CMakeLists.txt":
        assert (unpacked / "libactfn" / name).read_bytes() == (ROOT / name).read_bytes()
    assert (unpacked / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    assert "Boost Software License" in (unpacked / "LICENSE-SLEEF").read_text()


def test_wheel_of_the_sdist(unpacked, tmp_path):
    """Compiled without optimisation, which takes a fifth of the time."""
    settings = "cmake.build-type=Debug", "cmake.define.CMAKE_C_FLAGS_DEBUG=-O0"
    run = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "-v", "--no-deps"),
            *("--no-build-isolation", "--no-cache-dir", "--wheel-dir", tmp_path),
            *(f"--config-settings={setting}" for setting in settings),
            unpacked,
        ],
        cwd=tmp_path,
        env=BARE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert run.returncode == 0, run.stdout
    # pip -v shows the progress.
    assert "its kernels take most of the time" in run.stdout
    assert re.search(r"\[ *\d+(/\d+|%)\].*kernels_generic", run.stdout)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        texts = {pathlib.Path(name).name: archive.read(name) for name in names if "/licenses/" in name}
        archive.extractall(tmp_path / "installed")
    assert texts == {name: (unpacked / name).read_bytes() for name in ("LICENSE", "LICENSE-SLEEF")}
    assert any("libsleef" in name for name in names)
    # actfn.torch compiles its operators with the header; the wheel has no other source file.
    assert [name for name in names if name.endswith((".c", ".h"))] == ["actfn/torch/actfn.h"]
    shutil.rmtree(unpacked)
    use = "import numpy as np, actfn; print(actfn.__file__, actfn.relu(np.float32([-1, 2])))"
    shown = subprocess.run(
        [sys.executable, "-c", use],
        cwd=tmp_path,
        env={**BARE, "PYTHONPATH": str(tmp_path / "installed")},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert str(tmp_path) in shown and "[0. 2.]" in shown
