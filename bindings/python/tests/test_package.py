# SPDX-License-Identifier: MIT
"""The checked-in files equal the output of their generators, and the documents' examples print what the documents show."""

import doctest
import pathlib
import re
import subprocess
import sys

import pytest
from conftest import ROOT

import actfn

PACKAGE = pathlib.Path(actfn.__file__).parent
SOURCES = ROOT / "bindings" / "python"


def test_stub_is_the_generators(tmp_path):
    subprocess.run([sys.executable, SOURCES / "generate_stubs.py", tmp_path / "stub.pyi"], check=True)
    expected = (tmp_path / "stub.pyi").read_text()
    assert (PACKAGE / "__init__.pyi").read_text() == expected
    assert (SOURCES / "src" / "actfn" / "__init__.pyi").read_text() == expected
    assert (PACKAGE / "py.typed").exists()


def test_stub_has_all_names():
    text = (PACKAGE / "__init__.pyi").read_text()
    declared = set(re.findall(r"^(?:def )?(\w+)(?:[(:]| = )", text, re.MULTILINE)) - {"class"}
    assert set(dir(actfn)) <= declared


USE = """
import numpy as np
import actfn
x = np.ones(3, np.float32)
y: np.ndarray = actfn.softmax(x, axis=-1, scale=0.5)
actfn.gelu.at(x, [1])
actfn.elu(x, alpha=0.5, mode="fast", out=x)
actfn.softshrink(x, lambda_=0.5)
actfn.elu(x, 0.5)
actfn.clip(x, -1, 1, out=x)
actfn.gelu([1.0, 2.0], dtype=np.float32)
actfn.gelu(x, approximate="tanh")
actfn.clamp(x, min=0, max=1)
"""
WRONG = [
    "actfn.elu(x, alfa=0.5)",
    'actfn.gelu(x, mode="slow")',
    'actfn.softmax(x, axis="last")',
    "actfn.clip(x)",
    "actfn.elu(x, 'a')",
    'actfn.gelu(x, approximate="erf")',
    "actfn.clamp(x, min=0)",
    "actfn.gleu(x)",
    "actfn.swiglu_packed(x)",
]


def test_types(tmp_path):
    pytest.importorskip("mypy", reason="no mypy")
    (tmp_path / "use.py").write_text(USE + "".join(line + "\n" for line in WRONG))
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--cache-dir", tmp_path, "--no-error-summary", tmp_path / "use.py"],
        capture_output=True,
        text=True,
    )
    lines = {int(line.split(":")[1]) for line in run.stdout.splitlines() if " error: " in line}
    first = USE.count("\n") + 1
    assert lines == set(range(first, first + len(WRONG))), run.stdout


@pytest.mark.parametrize("document", ["README.md", "bindings/python/README.md"])
def test_documents(document):
    """Runs each ```pycon block as a doctest."""
    text = (ROOT / document).read_text()
    blocks = re.findall(r"^```pycon\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert blocks
    names = {}
    for number, block in enumerate(blocks):
        if "torch" in block:
            pytest.importorskip("torch", reason="no torch", exc_type=ImportError)
        if "dask" in block:
            pytest.importorskip("dask.array", reason="no dask", exc_type=ImportError)
        test = doctest.DocTestParser().get_doctest(block, names, f"{document}, block {number + 1}", document, 0)
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
        result = runner.run(test, clear_globs=False)
        assert result.attempted > 2 and result.failed == 0
        names = test.globs


def test_plot(tmp_path):
    """The example draws the curve and its derivative, and the picture in docs/ has both."""
    pytest.importorskip("matplotlib", reason="no matplotlib", exc_type=ImportError)
    subprocess.run([sys.executable, ROOT / "docs" / "python_plot.py", "gelu", tmp_path / "gelu.svg"], check=True)
    for file in tmp_path / "gelu.svg", ROOT / "docs" / "python_gelu.svg":
        text = file.read_text()
        assert 'id="gelu"' in text and 'id="gelu_backward"' in text
