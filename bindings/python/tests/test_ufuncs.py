# SPDX-License-Identifier: MIT
"""The elementwise operations as NumPy ufuncs."""

import inspect
import multiprocessing
import pickle
import threading
import time
import tracemalloc
import warnings

import numpy as np
import pytest
from conftest import same_bits
from numpy.testing import assert_array_equal

import actfn
from actfn._catalogue import of_family
from actfn._ufuncs import _made

ELEMENTWISE = of_family("elementwise")
UFUNCS = [name for name, value in vars(actfn).items() if isinstance(value, np.ufunc) and value.__name__ == name]


def legal_params(operation):
    """The defaults; and for parameters without a default, values that are legal together."""
    return {
        param.keyword: param.default if not param.required else 0.25 + k / 2 for k, param in enumerate(operation.params)
    }


def test_there_is_one_for_each_operation_and_form():
    expected = {
        op.name + suffix
        for op in ELEMENTWISE
        for suffix in ("", "_backward") + (("_backward_from_output",) if op.from_output else ())
    }
    assert set(UFUNCS) == expected and len(ELEMENTWISE) > 50
    for name in UFUNCS:
        assert type(getattr(actfn, name)) is np.ufunc
        assert getattr(actfn, name).nin == 2 - (name in {op.name for op in ELEMENTWISE})
        inputs = getattr(actfn, name).nin
        assert getattr(actfn, name).types[:2] == ["f" * inputs + "->f", "e" * inputs + "->e"]


@pytest.mark.parametrize("operation", ELEMENTWISE, ids=lambda operation: operation.name)
def test_bits_are_those_of_the_library(operation, library, values):
    params = legal_params(operation)
    dy = values[::-1].copy()
    for mode in "accurate", "fast":
        library.mode = ["accurate", "fast"].index(mode)
        same_bits(
            getattr(actfn, operation.name)(values, mode=mode, **params),
            library.forward(operation.name, values, list(params.values()) or None),
        )
        same_bits(
            getattr(actfn, operation.name + "_backward")(values, dy, mode=mode, **params),
            library.backward(operation.name, values, dy, list(params.values()) or None),
        )


@pytest.mark.parametrize("name", ["gelu", "relu", "tanh_backward", "sigmoid_backward_from_output"])
def test_any_layout(name, values):
    """Strides, offsets, broadcasting, order, out, where, 0-d and empty: element by element the same bits."""
    ufunc, rng = getattr(actfn, name), np.random.default_rng(1)
    x = rng.standard_normal((60, 70)).astype(np.float32)
    rest = [rng.standard_normal((60, 70)).astype(np.float32)] * (ufunc.nin - 1)
    whole = ufunc(x, *rest)
    cut = np.s_[5:50:3, ::-2]
    same_bits(ufunc(x[cut], *(r[cut] for r in rest)), whole[cut])
    same_bits(ufunc(x.T, *(r.T for r in rest)), whole.T)
    same_bits(ufunc(np.asfortranarray(x), *rest), whole)
    # Two columns, far apart and mixed with others, with more elements than a block of the strided loop.
    wide = rng.standard_normal((1500, 6)).astype(np.float32)
    same_bits(ufunc(wide[:, 4], *[wide[:, 1]] * len(rest)), ufunc(wide[:, 4].copy(), *[wide[:, 1].copy()] * len(rest)))
    out = np.full((1500, 6), 7, np.float32)
    ufunc(wide[:, 4], *[wide[:, 1]] * len(rest), out=out[:, 2])
    same_bits(out[:, 2], ufunc(wide[:, 4], *[wide[:, 1]] * len(rest)))
    assert (np.delete(out, 2, axis=1) == 7).all()
    mask = rng.random((60, 70)) < 0.3
    out = np.full_like(x, 7)
    assert ufunc(x, *rest, out=out, where=mask) is out
    same_bits(out, np.where(mask, whole, np.float32(7)))
    unaligned = np.frombuffer(b"\0" + x.tobytes(), np.uint8)[1:].view(np.float32).reshape(x.shape)
    assert not unaligned.flags.aligned
    same_bits(ufunc(unaligned, *rest), whole)
    same_bits(ufunc(x.astype(">f4"), *rest), whole)
    assert ufunc(x[:0], *(r[:0] for r in rest)).shape == (0, 70)
    scalar = ufunc(x[0, 0], *(r[0, 0] for r in rest))
    assert type(scalar) is np.float32 and scalar == whole[0, 0]
    if rest:
        same_bits(ufunc(x, rest[0][0]), ufunc(x, np.broadcast_to(rest[0][0], x.shape).copy()))
        same_bits(ufunc(x, rest[0][0, 0]), ufunc(x, np.full_like(x, rest[0][0, 0])))
    # In place, and overlapping: NumPy's rule is that inputs are read first.
    copy = x.copy()
    ufunc(copy, *rest, out=copy)
    same_bits(copy, whole)
    line = x.ravel().copy()
    expected = ufunc(line[:-1].copy(), *[line[:-1].copy()] * len(rest))
    ufunc(line[:-1], *[line[:-1]] * len(rest), out=line[1:])
    same_bits(line[1:], expected)


def test_methods_of_ufuncs():
    x = np.float32([1, -2, 3, -4])
    actfn.square.at(x, [1, 1, 3])
    assert_array_equal(x, np.float32([1, 16, 3, 16]))
    # accumulate feeds results back: element by element, along a strided axis too.
    rng = np.random.default_rng(2)
    for shape, axis in ((700,), 0), ((700, 3), 0), ((3, 700), 1):
        a = rng.standard_normal(shape).astype(np.float32)
        expected = np.moveaxis(a.copy(), axis, 0)
        for i in range(1, len(expected)):
            expected[i] = actfn.tanh_backward(expected[i - 1], expected[i])
        expected = np.moveaxis(expected, 0, axis)
        same_bits(actfn.tanh_backward.accumulate(a, axis=axis), expected)
        same_bits(actfn.tanh_backward.reduce(a, axis=axis), np.take(expected, -1, axis=axis))
    outer = actfn.tanh_backward.outer(np.float32([0, 1]), np.float32([1, 2, 3]))
    same_bits(outer, actfn.tanh_backward(np.float32([[0], [1]]), np.float32([1, 2, 3])))
    # A method without the parameters that it needs has no number to give.
    assert np.isnan(actfn.bind(actfn.clip, min=0, max=1)(np.float32([np.nan]))).all()
    y = np.float32([5, 6])
    actfn.clip.at(y, [0])
    assert np.isnan(y[0]) and y[1] == 6
    actfn.bind(actfn.clip, min=0, max=1).at(y, [1])
    assert y[1] == 1


def test_dtypes():
    for dtype in (np.int8, np.uint8, np.int16, np.uint16, np.bool_):
        x = np.arange(2).astype(dtype)
        same_bits(actfn.gelu(x), actfn.gelu(x.astype(np.float32)))
    assert type(actfn.gelu(0.5)) is np.float32 and actfn.gelu(1) == actfn.gelu(np.float32(1))
    x = np.linspace(-2, 2, 9)
    for dtype in np.float32, "f4", "float32":
        same_bits(actfn.gelu(x, dtype=dtype), actfn.gelu(x.astype(np.float32)))
    same_bits(actfn.gelu(np.arange(9), dtype=np.float32), actfn.gelu(np.arange(9, dtype=np.float32)))
    out = np.empty(9)
    assert_array_equal(actfn.gelu(x.astype(np.float32), out=out), actfn.gelu(x.astype(np.float32)).astype(float))


def test_lists_and_numbers_are_float32():
    assert np.array_equal(actfn.relu(range(-2, 3)), np.float32([0, 0, 0, 1, 2]))
    """They have no dtype of their own."""
    values = [-1.5, 2, 0.1]
    x = np.float32(values)
    for given in values, tuple(values):
        same_bits(actfn.gelu(given), actfn.gelu(x))
        same_bits(actfn.elu(given, alpha=0.5, mode="fast"), actfn.elu(x, alpha=0.5, mode="fast"))
        same_bits(actfn.gelu_backward(given, x), actfn.gelu_backward(x, x))
        same_bits(actfn.gelu_backward(x, given), actfn.gelu_backward(x, x))
    same_bits(actfn.relu([[1, -2], [3, 4]]), np.float32([[1, 0], [3, 4]]))
    same_bits(actfn.relu([]), np.float32([]))
    out = np.empty(3, np.float32)
    assert actfn.relu([1, -2, 3], out=out) is out and out.tolist() == [1, 0, 3]
    # A number beside an array does not make it float64 either.
    same_bits(actfn.gelu_backward(x, 0.1), actfn.gelu_backward(x, np.float32(0.1)))


def test_places_and_other_names():
    """Parameters by position, and by the names of torch, Keras and NumPy."""
    x = np.linspace(-3, 3, 13, dtype=np.float32)
    for got, expected in (
        (actfn.elu(x, 0.5), actfn.elu(x, alpha=0.5)),
        (actfn.elu(x, 0.5, mode="fast"), actfn.elu(x, alpha=0.5, mode="fast")),
        (actfn.clip(x, -1, 1), actfn.clip(x, min=-1, max=1)),
        (actfn.clip(x, np.float64(-1), max=1), actfn.clip(x, min=-1, max=1)),
        (actfn.clip_backward(x, x, -1, 1), actfn.clip_backward(x, x, min=-1, max=1)),
        (actfn.clip(list(map(float, x)), -1, 1), actfn.clip(x, min=-1, max=1)),
        (actfn.leaky_relu(x, negative_slope=0.5), actfn.leaky_relu(x, slope=0.5)),
        (actfn.leaky_relu(x, alpha=0.5), actfn.leaky_relu(x, slope=0.5)),
        (actfn.softshrink(x, lambd=0.25), actfn.softshrink(x, lambda_=0.25)),
        (actfn.softshrink(x, **{"lambda": 0.25}), actfn.softshrink(x, lambda_=0.25)),
        (actfn.hardtanh(x, min_val=-2, max_val=2), actfn.hardtanh(x, min=-2, max=2)),
        (actfn.threshold(x, threshold=1, value=7), actfn.threshold(x, t=1, v=7)),
        (actfn.gelu(x, approximate="none"), actfn.gelu(x)),
        (actfn.gelu(x, approximate="tanh"), actfn.gelu_tanh(x)),
        (actfn.gelu_backward(x, x, approximate="tanh", mode="fast"), actfn.gelu_tanh_backward(x, x, mode="fast")),
        (actfn.bind(actfn.leaky_relu, negative_slope=0.5)(x), actfn.leaky_relu(x, slope=0.5)),
    ):
        same_bits(got, expected)
    # An array in the place of a parameter is out=, as in NumPy.
    out = np.empty_like(x)
    assert actfn.elu(x, out) is out and actfn.gelu(x, None) is not None
    same_bits(out, actfn.elu(x))


def test_aliases_are_attributes():
    for operation in actfn.operations():
        for alias in filter(None, operation["aliases"].split(",")):
            assert getattr(actfn, alias) is getattr(actfn, operation["name"])
            assert getattr(actfn, f"{alias}_backward") is getattr(actfn, f"{operation['name']}_backward")
            assert alias in dir(actfn)
    assert actfn.clamp is actfn.clip and pickle.loads(pickle.dumps(actfn.clamp)) is actfn.clip


@pytest.mark.parametrize(
    "name, meant",
    [("gleu", "glu"), ("LeakyReLU", "leaky_relu"), ("softmx", "softmax"), ("sigmoid_backwards", "sigmoid_backward")],
)
def test_a_misspelt_name(name, meant):
    with pytest.raises(AttributeError, match=f"no attribute '{name}'; did you mean '{meant}'"):
        getattr(actfn, name)


@pytest.mark.skipif(not hasattr(actfn.gelu, "__dict__"), reason="NumPy's ufuncs have no signatures of their own yet")
def test_signatures():
    """The signature that an editor shows, and the beginning of help()."""
    for name in UFUNCS:
        ufunc = getattr(actfn, name)
        operation, form = _made[name]
        shown = inspect.signature(ufunc).parameters
        assert {param.keyword for param in operation.params} | {"mode", "out", "where", "dtype"} <= set(shown)
        assert ufunc.__doc__.startswith(f"{name}(x, " if form < 2 else f"{name}(y, dy, ")
    assert inspect.signature(actfn.elu).parameters["alpha"].default == 1
    assert inspect.signature(actfn.clip).parameters["min"].default is inspect.Parameter.empty


class Subclass(np.ndarray):
    pass


class Recorder:
    """Records the arguments that an implementer of the protocol gets."""

    def __array_ufunc__(self, ufunc, method, *inputs, **keywords):
        return ufunc, method, inputs, keywords


def test_protocols():
    x = np.ones(3, np.float32)
    assert type(actfn.gelu(x.view(Subclass))) is Subclass
    recorder = Recorder()
    assert actfn.gelu(recorder) == (actfn.gelu, "__call__", (recorder,), {})
    ufunc, method, inputs, keywords = actfn.elu(recorder, alpha=0.5, mode="fast", where=True)
    assert type(ufunc) is np.ufunc and inputs == (recorder,) and not {"alpha", "mode"} & set(keywords)
    same_bits(ufunc(x - 2), actfn.elu(x - 2, alpha=0.5, mode="fast"))


@pytest.mark.parametrize(
    "module, make, plain",
    [
        ("numpy", lambda m, x: m.ma.masked_array(x, x > 1), lambda a: a.filled(9)),
        ("pandas", lambda m, x: m.Series(x, index=range(5, 5 + len(x))), lambda a: a.to_numpy()),
        ("pandas", lambda m, x: m.DataFrame({"a": x}), lambda a: a.to_numpy()[:, 0]),
        ("xarray", lambda m, x: m.DataArray(x, dims=["row"], coords={"row": range(len(x))}), lambda a: a.to_numpy()),
    ],
    ids=["MaskedArray", "Series", "DataFrame", "DataArray"],
)
def test_other_kinds_of_array(module, make, plain):
    """Such arrays keep their type, masks and labels, however the parameters are passed."""
    module = pytest.importorskip(module, reason=f"no {module}", exc_type=ImportError)
    x = np.linspace(-3, 3, 13, dtype=np.float32)
    array = make(module, x)
    for call in (
        lambda x: actfn.gelu(x),
        lambda x: actfn.gelu(x, mode="accurate"),
        lambda x: actfn.gelu(x, approximate="tanh"),
        lambda x: actfn.elu(x, 0.5),
        lambda x: actfn.leaky_relu(x, negative_slope=0.5),
        lambda x: actfn.gelu_backward(x, x),
    ):
        got = call(array)
        assert type(got) is type(array)
        if isinstance(array, np.ma.MaskedArray):
            assert_array_equal(got.mask, array.mask)
        elif hasattr(array, "index"):
            assert_array_equal(got.index, array.index)
        else:
            assert got.coords.equals(array.coords)
        expected = np.where(array.mask, np.float32(9), call(x)) if module is np else call(x)
        same_bits(plain(got), expected)
    wide = make(module, x.astype(float))
    same_bits(plain(actfn.gelu(wide, dtype=np.float32)), plain(actfn.gelu(array)))
    with pytest.raises(TypeError, match="gelu: x is float64: dtype=np.float32 converts it"):
        actfn.gelu(wide)
    with pytest.raises(TypeError, match="unexpected keyword argument 'aproximate'; did you mean 'approximate'"):
        actfn.gelu(array, aproximate="tanh")


def test_parameters_and_mode():
    x = np.linspace(-4, 4, 101, dtype=np.float32)
    same_bits(actfn.elu(x), actfn.elu(x, alpha=1))
    assert (actfn.elu(x, alpha=0.5) != actfn.elu(x)).any()
    same_bits(actfn.leaky_relu(x, slope=np.float64(0.25)), np.where(x > 0, x, x * np.float32(0.25)))
    same_bits(actfn.softshrink(x, lambda_=1), np.sign(x) * np.maximum(np.abs(x) - 1, 0) + np.float32(0))
    assert actfn.bind(actfn.elu, alpha=0.5) is actfn.bind(actfn.elu, alpha=0.5)
    assert actfn.bind(actfn.elu, alpha=1) is actfn.elu and actfn.bind(actfn.elu, mode="fast") is actfn.elu
    assert (actfn.gelu_tanh(x, mode="accurate") != actfn.gelu_tanh(x)).any()
    same_bits(actfn.gelu_tanh(x, mode="fast"), actfn.gelu_tanh(x))
    assert actfn.bind(actfn.gelu, mode="reproducible") is actfn.bind(actfn.gelu, mode="accurate")  # its name in 0.1
    # A negative zero is not zero.
    assert np.signbit(actfn.bind(actfn.threshold, t=0, v=-0.0)(np.float32([-1]))[0])
    assert not np.signbit(actfn.bind(actfn.threshold, t=0, v=0.0)(np.float32([-1]))[0])


def test_many_parameters_leave_nothing_behind():
    x, kept = np.ones(1, np.float32), actfn.bind(actfn.soft_exponential, alpha=0.125)
    tracemalloc.start()
    # The cache is emptied from time to time, so this notes the greatest memory of each thousand calls.
    most = [0, 0, 0]
    for k in range(3000):
        actfn.soft_exponential(x, alpha=k / 4096)
        most[k // 1000] = max(most[k // 1000], tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert most[2] - most[1] < 100_000
    assert pickle.loads(pickle.dumps(kept)) is kept


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_pickle(protocol):
    for ufunc in (
        actfn.gelu,
        actfn.gelu_backward,
        actfn.bind(actfn.elu, alpha=0.1, mode="accurate"),
        actfn.bind(actfn.hardtanh, max=np.inf, min=-1e-30),
        actfn.bind(actfn.threshold, t=1 / 3, v=-0.0),
    ):
        assert pickle.loads(pickle.dumps(ufunc, protocol)) is ufunc
    assert pickle.loads(pickle.dumps(actfn.softmax, protocol)) is actfn.softmax
    with pytest.raises(AttributeError):
        getattr(actfn, "elu(")


def test_no_warnings(values):
    """NumPy shows an operation's floating-point flags to its user; the library leaves none."""
    with warnings.catch_warnings(), np.errstate(all="warn"):
        warnings.simplefilter("error")
        for operation in ELEMENTWISE:
            getattr(actfn, operation.name)(values, **legal_params(operation))
            getattr(actfn, operation.name + "_backward")(values, values, **legal_params(operation))


def test_nothing_is_copied():
    x = np.random.default_rng(3).standard_normal(1 << 20).astype(np.float32)
    out = np.empty_like(x)
    for call in (
        lambda: actfn.gelu(x, out=out),
        lambda: actfn.elu(x, alpha=0.5, out=out),
        lambda: actfn.gelu_backward(x, x, out=out),
        lambda: actfn.gelu(x[::4], out=out[::4]),
        lambda: actfn.softmax(x, out=out),
        lambda: actfn.softmax(x.reshape(1024, 1024), 0, out=out.reshape(1024, 1024)),
        lambda: actfn.swiglu(
            x.reshape(1024, 1024)[:, :512], x.reshape(1024, 1024)[:, 512:], out=out[: 1 << 19].reshape(1024, 512)
        ),
        lambda: actfn.rrelu(x, seed=1, out=out),
    ):
        call()
        tracemalloc.start()
        call()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 20_000
    tracemalloc.start()
    actfn.gelu(x)
    assert x.nbytes <= tracemalloc.get_traced_memory()[1] < x.nbytes + 20_000
    tracemalloc.stop()


# ---- threads -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def threads():
    yield actfn.set_num_threads
    actfn.set_num_threads(1)


def test_threads_do_not_change_bits(threads):
    rng = np.random.default_rng(4)
    x, dy = rng.standard_normal((2, 300_007)).astype(np.float32) * 5
    rows = x[:300_000].reshape(300, 1000)
    calls = [
        lambda: actfn.gelu(x),
        lambda: actfn.gelu(x, mode="accurate"),
        lambda: actfn.mish_backward(x, dy),
        lambda: actfn.softmax(rows),
        lambda: actfn.softmax(rows, 0),
        lambda: actfn.softmax_backward(rows, rows),
        lambda: actfn.logsumexp(rows),
        lambda: actfn.logsumexp_backward(rows, actfn.logsumexp(rows), rows[:, 0]),
    ]
    single = [call() for call in calls]
    for count in 2, 3, 7:
        threads(count)
        assert actfn.get_num_threads() == actfn.info()["threads"] == count
        for call, expected in zip(calls, single):
            same_bits(call(), expected)


def test_threads_are_used_and_the_gil_is_free(threads):
    """Afterwards the process has more threads, and Python runs while the library computes."""
    threads(4)
    x = np.random.default_rng(5).standard_normal(1 << 22).astype(np.float32)
    actfn.gelu(x)
    with open("/proc/self/status") as status:
        count = next(int(line.split()[1]) for line in status if line.startswith("Threads:"))
    assert count >= 4
    threads(1)
    ticks, done = [], threading.Event()

    def tick():
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    ticker = threading.Thread(target=tick)
    ticker.start()
    # Some tenths of a second, so that even on a busy machine the other thread runs.
    many = np.tile(x, 8)
    result = np.empty_like(many)
    begin = time.perf_counter()
    actfn.soft_exponential(many, alpha=-0.5, mode="accurate", out=result)
    end = time.perf_counter()
    done.set()
    ticker.join()
    assert sum(begin < tick < end for tick in ticks) >= 2, f"{end - begin} s without another thread's turn"


def test_calls_from_many_threads(threads):
    threads(3)
    x = np.random.default_rng(6).standard_normal(200_000).astype(np.float32)
    expected, failures = actfn.silu(x), []

    def work():
        for _ in range(20):
            if not np.array_equal(actfn.silu(x), expected):
                failures.append(1)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert not failures


def _child(queue, x):
    queue.put(actfn.tanh(x))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_after_a_fork(threads):
    threads(3)
    x = np.random.default_rng(7).standard_normal(200_000).astype(np.float32)
    expected = actfn.tanh(x)
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    child = context.Process(target=_child, args=(queue, x))
    child.start()
    same_bits(queue.get(timeout=60), expected)
    child.join()


# ---- errors ----------------------------------------------------------------------------------------------------------

X = np.zeros(4, np.float32)
READ_ONLY = np.zeros(4, np.float32)
READ_ONLY.flags.writeable = False


@pytest.mark.parametrize(
    "call, error, words",
    [
        (lambda: actfn.gelu(X.astype(float)), TypeError, "^gelu: x is float64: dtype=np.float32 converts it$"),
        (lambda: actfn.gelu(np.float64(1)), TypeError, "gelu: x is float64: dtype=np.float32 converts it"),
        (lambda: actfn.gelu(np.int32([1])), TypeError, "gelu: x is int32: dtype=np.float32 converts it"),
        (lambda: actfn.gelu(X.astype(complex)), TypeError, "^gelu: x is complex128, and must be float32$"),
        (lambda: actfn.gelu(X.astype(complex), dtype=np.float32), TypeError, "gelu: x is complex128"),
        (lambda: actfn.gelu(X, dtype=float), TypeError, "gelu: dtype is float64, and must be float32 or float16"),
        (lambda: actfn.gelu(1j), TypeError, "gelu: x is complex"),
        (lambda: actfn.gelu(None), TypeError, "gelu: x is None, and must be an array of float32"),
        (lambda: actfn.gelu_backward(X, None), TypeError, "gelu_backward: dy is None"),
        (lambda: actfn.gelu("1"), TypeError, "gelu: x is str"),
        (lambda: actfn.gelu(np.array(["1"])), TypeError, "gelu: x is <U1"),
        (lambda: actfn.gelu(["1"]), TypeError, "gelu: x is a list of <U1"),
        (lambda: actfn.gelu([[1], [2, 3]]), ValueError, "gelu: x is no array"),
        (lambda: actfn.gelu(10**400), OverflowError, "gelu: x is too large"),
        (lambda: actfn.gelu(), TypeError, r"gelu\(\) missing required argument: 'x'"),
        (lambda: actfn.gelu_backward(X), TypeError, r"gelu_backward\(\) missing required argument: 'dy'"),
        (lambda: actfn.gelu(X, 0.5), TypeError, "gelu: out must be an array, not float"),
        (lambda: actfn.gelu(X, X, X), TypeError, r"gelu\(\) takes one array for its result, and got 2"),
        (lambda: actfn.gelu(X, axis=0), TypeError, r"gelu\(\) got an unexpected keyword argument 'axis'"),
        (lambda: actfn.gelu(X, approximate="erf"), ValueError, "gelu: approximate must be 'none' or 'tanh', not 'erf'"),
        (lambda: actfn.relu(X, approximate="tanh"), TypeError, "'approximate'"),
        (lambda: actfn.elu(X, "0.5"), TypeError, "elu: alpha must be a number, not str"),
        (lambda: actfn.elu(X, 0.5, 1), TypeError, r"elu\(\) takes 1 numbers behind its arrays at most, and got 2"),
        (lambda: actfn.elu(X, 0.5, alpha=1), TypeError, r"elu\(\) got multiple values for argument 'alpha'"),
        (lambda: actfn.leaky_relu(X, slope=1, alpha=1), TypeError, "multiple values for argument 'slope'"),
        (lambda: actfn.clip(X, -1), TypeError, "'max'"),
        (lambda: actfn.clip(X, low=-1, high=1), TypeError, "unexpected keyword argument 'low'"),
        (lambda: actfn.elu(X, alpha=1j), TypeError, "elu: alpha must be a number, not complex"),
        (lambda: actfn.gelu_backward(X, X.astype(float)), TypeError, "gelu_backward: dy is float64"),
        (
            lambda: actfn.elu_backward_from_output(X.astype(float), X),
            TypeError,
            "elu_backward_from_output: y is float64",
        ),
        (lambda: actfn.elu(X.astype(float), alpha=0.5), TypeError, "elu: x is float64"),
        (lambda: actfn.gelu(X, out=READ_ONLY), ValueError, "gelu: out is read-only"),
        (lambda: actfn.gelu(X, READ_ONLY), ValueError, "gelu: out is read-only"),
        (lambda: actfn.gelu(X, out=np.zeros(4, int)), TypeError, "gelu: out is int64"),
        (lambda: actfn.gelu(X, out=X[:3]), ValueError, r"x \(4,\) and out \(3,\)"),
        (lambda: actfn.gelu_backward(X, X[:3]), ValueError, r"x \(4,\) and dy \(3,\)"),
        (lambda: actfn.elu(X, alpha=np.nan), ValueError, "elu: alpha is nan, and must be finite"),
        (lambda: actfn.elu(X, alpha=1e39), ValueError, "elu: alpha is inf, and must be finite"),
        (lambda: actfn.elu(X, alpha="1"), TypeError, "elu: alpha must be a number, not str"),
        (lambda: actfn.elu(X, alpha=X), TypeError, "elu: alpha must be a number"),
        (lambda: actfn.elu(X, alfa=1), TypeError, r"elu\(\) got an unexpected .* 'alfa'; did you mean 'alpha'"),
        (lambda: actfn.bind(actfn.elu, alfa=1), TypeError, "alfa"),
        (lambda: actfn.bind(np.exp), TypeError, "one ufunc of actfn"),
        (lambda: actfn.celu(X, alpha=0), ValueError, "celu: alpha is 0, and must be finite, not 0"),
        (lambda: actfn.hardtanh(X, min=2, max=1), ValueError, "min = 2, max = 1.*needs min <= max"),
        (lambda: actfn.elu_backward_from_output(X, X, alpha=-1), ValueError, "alpha = -1.*needs alpha >= 0"),
        (lambda: actfn.clip(X), TypeError, "'min'"),
        (lambda: actfn.clip(X, min=0), TypeError, "'max'"),
        (lambda: actfn.gelu(X, mode="faster"), ValueError, "gelu: mode must be"),
        (lambda: actfn.gelu(X, mode=1), ValueError, "gelu: mode must be"),
        (lambda: actfn.set_num_threads(0), ValueError, "set_num_threads: n must be 1 ... 1024, not 0"),
        (lambda: actfn.set_num_threads("2"), TypeError, "set_num_threads: n must be an integer, not str"),
        (lambda: actfn.set_num_threads(1 << 80), ValueError, "set_num_threads: n must be 1 ... 1024, not 12089"),
        (lambda: actfn.select_isa(2), TypeError, "select_isa: name must be a string or None, not int"),
        (lambda: actfn.select_isa("sse9"), ValueError, "select_isa: name is 'sse9'"),
    ],
)
def test_errors_name_the_argument(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_info():
    info = actfn.info()
    assert info["isa"] in info["isas"] and info["isas"][info["isa"]]["available"]
    assert all(isa["reason"] for isa in info["isas"].values())
    assert {"version", "sleef", "numpy", "threads", "streaming_threshold"} <= set(info)
    x = np.linspace(-9, 9, 1000, dtype=np.float32)
    expected = actfn.gelu(x)
    try:
        for name, isa in info["isas"].items():
            if isa["available"]:
                actfn.select_isa(name)
                assert actfn.info()["isa"] == name
                same_bits(actfn.gelu(x), expected)
    finally:
        actfn.select_isa(None)


def test_docstrings():
    for operation in ELEMENTWISE:
        text = getattr(actfn, operation.name).__doc__
        assert operation.formula in text and all(f"{param.keyword} : float" in text for param in operation.params)
    assert "finite" in actfn.elu.__doc__ and "default 1" in actfn.elu.__doc__ and "ulp" in actfn.elu.__doc__
