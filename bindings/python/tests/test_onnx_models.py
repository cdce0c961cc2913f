# SPDX-License-Identifier: MIT
"""Models as their authors publish them, before and after the rewriting: the same results, and the time of both.

`ctest -R onnx_models` runs this test.  It skips a package that cannot be downloaded, by the package's name.
"""

import collections
import functools
import statistics
import time

import numpy as np
import pytest
from onnx_models import MODELS, archive, page
from onnx_support import DOMAIN, onnx, session
from onnxruntime.transformers.float16 import convert_float_to_float16

from actfn.onnx import replace_activations

MODES = ["accurate", "fast"]
TURNS = 15


@functools.lru_cache(maxsize=1)
def load(name):
    model = MODELS[name]
    file = archive(model.package)
    if file is None:
        pytest.skip(f"{name}: {model.package} is out of reach")
    return onnx.load_model_from_string(file.read(model.member))


@pytest.fixture(params=MODELS)
def name(request):
    return request.param


def milliseconds(sessions, inputs):
    """CPU time: the median of each session's runs; the sessions run in turn."""
    times = [[] for _ in sessions]
    for _ in range(TURNS):
        for made, taken in zip(sessions, times):
            start = time.thread_time()
            made.run(None, inputs)
            taken.append(time.thread_time() - start)
    return [1e3 * statistics.median(taken) for taken in times]


def test_same_results(name, capsys):
    model = load(name)
    sessions = [session(model)]
    for mode in MODES:
        new, report = replace_activations(model, mode=mode)
        assert not report.left
        assert collections.Counter(entry.text.split(",")[0] for entry in report.replaced) == MODELS[name].operations
        sessions.append(session(new))

    worst = [0.0 for _ in MODES]
    for inputs in MODELS[name].inputs:
        expected, *results = (made.run(None, inputs) for made in sessions)
        for index, got in enumerate(results):
            for ours, theirs in zip(got, expected):
                assert ours.shape == theirs.shape and np.isfinite(ours).all()
                error = np.max(np.abs(ours - theirs) / np.maximum(1, np.abs(theirs)))
                worst[index] = max(worst[index], error)
    times = milliseconds(sessions, MODELS[name].inputs[-1])
    with capsys.disabled():
        print(f"\n{name}: ONNX Runtime {times[0]:.2f} ms on one thread", end="")
        for mode, each, error in zip(MODES, times[1:], worst):
            print(f", {mode} {each:.2f} ms (off by {error:.1e})", end="")
    bound = MODELS[name].bound
    assert max(worst) <= bound


def test_float16():
    """Converted to float16: as many activations are found, and the results are as near to float's as ONNX Runtime's."""
    name = "all-minilm-l6-v2"
    model = load(name)
    half = convert_float_to_float16(model, keep_io_types=True)
    new, report = replace_activations(half)
    assert not report.left
    assert collections.Counter(entry.text.split(",")[0] for entry in report.replaced) == MODELS[name].operations
    ours = [entry for entry in new.graph.node if entry.domain == DOMAIN]
    kinds = {
        value.name: value.type.tensor_type.elem_type for value in onnx.shape_inference.infer_shapes(half).graph.value_info
    }
    assert {kinds[entry.input[0]] for entry in ours} == {onnx.TensorProto.FLOAT16}

    sessions = [session(made) for made in (model, half, new)]
    for inputs in MODELS[name].inputs:
        expected, theirs, got = (made.run(None, inputs)[0] for made in sessions)
        assert np.abs(got - expected).max() <= max(1.5 * np.abs(theirs - expected).max(), 2.0**-8)


@pytest.mark.parametrize("mode", MODES)
def test_a_word_is_read(mode):
    """The task of the three models: the text is found, upright, and "FACE"."""
    det, cls, rec = (
        session(replace_activations(load(name), mode=mode).model)
        for name in ("rapidocr_det", "rapidocr_cls", "rapidocr_rec")
    )
    (found,) = det.run(None, {"x": page(1, 64, 192)})
    letters, margin = found[0, 0, 15:50, 5:115], found[0, 0, :, 150:]
    assert letters.mean() > 0.3 and margin.max() < 0.1

    upright = page(1, 48, 192)
    (turned,) = cls.run(None, {"x": np.concatenate([upright, upright[:, :, ::-1, ::-1]])})
    assert turned[0, 0] > 0.9 and turned[1, 1] > 0.9

    (likely,) = rec.run(None, {"x": page(1, 48, 130)})
    # The first class is no letter.  Adjacent results may belong to the same letter.
    alphabet = ["", *rec.get_modelmeta().custom_metadata_map["character"].splitlines(), " "]
    best = likely[0].argmax(-1)
    assert "".join(alphabet[at] for at, before in zip(best, [0, *best]) if at != before) == "FACE"
