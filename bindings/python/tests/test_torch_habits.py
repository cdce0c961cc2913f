# SPDX-License-Identifier: MIT
"""actfn.torch together with the rest of torch: in place, autocast, tracing, exporting, other devices and dtypes."""

import builtins
import copy
import inspect
import io
import os
import subprocess
import sys

import pytest
from conftest import ROOT

torch = pytest.importorskip("torch", reason="no torch", exc_type=ImportError)
import torch.nn as nn  # noqa: E402

import actfn.torch as act  # noqa: E402
from actfn._catalogue import OPERATIONS, of_family  # noqa: E402

F = nn.functional
MODULES = [getattr(act, name) for name in act.__all__ if inspect.isclass(getattr(act, name))]
SOME_PARAMETERS = {"clip": {"min": -1, "max": 1}, "threshold": (0.1, 20.0), "soft_exponential": {"alpha": 0.3}}
compiles = pytest.mark.skipif(not act.HAS_CUSTOM_OPS, reason=f"torch {torch.__version__} does not compile this")


def module(kind, **more):
    positional = {"Threshold": (0.1, 20.0), "Softmax": (1,), "LogSoftmax": (1,), "Softmin": (1,)}
    return kind(*positional.get(kind.__name__, ()), **more)


def elementwise(operation, **more):
    """The operation as a function of x, whatever torch's names for it and its parameters."""
    name = {"log_sigmoid": "logsigmoid"}.get(operation.name, operation.name)
    if name == "gelu_tanh":
        return lambda x: act.gelu(x, "tanh", **more)
    given = SOME_PARAMETERS.get(name, {})
    positional, keywords = (given, {}) if isinstance(given, tuple) else ((), given)
    return lambda x: getattr(act, name)(x, *positional, **keywords, **more)


def has_inplace(operation):
    return operation.name not in (
        *("log_sigmoid", "softsign", "tanhshrink", "softplus", "softshrink", "hardshrink", "gelu", "gelu_tanh"),
    )


# ---- in place --------------------------------------------------------------------------------------------------------


def test_leaf_is_not_overwritten():
    for function in (
        act.relu_,
        act.elu_,
        lambda x: act.squareplus(x, inplace=True),
        lambda x: act.rrelu(x, 0.1, 0.2, True, True),
    ):
        x = torch.linspace(-2, 2, 9).requires_grad_()
        before = x.detach().clone()
        with pytest.raises(RuntimeError, match="leaf that requires grad"):
            function(x)
        with pytest.raises(RuntimeError, match="leaf"):
            function(x[2:])
        assert torch.equal(x.detach(), before)
        with torch.no_grad():
            function(x)
        assert not torch.equal(x.detach(), before) and x.is_leaf


def test_in_place_counts_versions():
    """An operation must not overwrite, unnoticed, a tensor that another operation has saved."""
    for grad in True, False:
        q = torch.linspace(-2, 2, 9).requires_grad_()
        x = q * 1
        y = x * x
        with torch.set_grad_enabled(grad):
            act.silu(x, inplace=True)
        with pytest.raises(RuntimeError, match="modified by an inplace operation"):
            y.sum().backward()


@pytest.mark.parametrize("view", [lambda x: x[1:3], lambda x: x[:, ::2], lambda x: x.T, lambda x: x.unsqueeze(0)])
def test_in_place_on_views(view):
    for name in "silu", "elu", "relu":
        grads = []
        for function, dtype in (getattr(act, name), torch.float32), (getattr(F, name), torch.float64):
            q = torch.linspace(-2, 3, 24).reshape(4, 6).to(dtype).requires_grad_()
            x = q * 2
            y = function(view(x), inplace=True)
            ((x**2).sum() + y.sum()).backward()
            grads.append(q.grad.double())
        torch.testing.assert_close(*grads, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("lower, upper", [(1 / 8, 1 / 3), (-0.5, -0.1)])
def test_rrelu_in_place_trains(lower, upper):
    net = nn.Sequential(nn.Linear(4, 8), act.RReLU(lower, upper, inplace=True), nn.Linear(8, 1))
    plain = copy.deepcopy(net)
    plain[1].inplace = False
    x = torch.randn(5, 4)
    for model in net, plain:
        torch.manual_seed(2)
        model(x).pow(2).sum().backward()
    for mine, other in zip(net.parameters(), plain.parameters()):
        torch.testing.assert_close(mine.grad, other.grad)


@compiles
def test_rrelu_in_place_trains_compiled():
    net = nn.Sequential(nn.Linear(4, 8), act.RReLU(0.2, 0.2, inplace=True), nn.Linear(8, 1))
    x = torch.randn(5, 4)
    net(x).sum().backward()
    expected = [p.grad.clone() for p in net.parameters()]
    net.zero_grad()
    torch.compile(net, fullgraph=True, backend="aot_eager")(x).sum().backward()
    for p, grad in zip(net.parameters(), expected):
        torch.testing.assert_close(p.grad, grad)


# ---- dtypes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", [torch.float64, torch.bfloat16])
def test_default_dtype(dtype):
    x = torch.randn(3, 4, dtype=torch.float32)
    before = torch.get_default_dtype()
    try:
        torch.set_default_dtype(dtype)
        for function in (
            *(lambda v, n=name: getattr(act, n)(v, 1) for name in ("softmax", "log_softmax", "softmin", "sparsemax")),
            act.gelu,
            act.glu,
            lambda v: act.prelu(v, torch.tensor([0.2], dtype=torch.float32)),
            lambda v: act.rrelu(v, training=True),
            lambda v: act.elu(v, torch.tensor(0.5, requires_grad=True)),
        ):
            p = x.clone().requires_grad_()
            y = function(p)
            y.sum().backward()
            assert y.dtype == p.grad.dtype == torch.float32
        assert act.softmax(torch.tensor(0.5, dtype=torch.float32), 0).dtype == torch.float32
    finally:
        torch.set_default_dtype(before)


def dtype_of_torch(kind, x):
    """The dtype of torch.nn's result under autocast; if torch has no such kernel, the input's dtype."""
    try:
        return module(getattr(nn, kind.__name__))(x).dtype
    except (RuntimeError, NotImplementedError):
        return x.dtype


@pytest.mark.parametrize("compiled", [False, pytest.param(True, marks=compiles)])
@pytest.mark.parametrize("kind", MODULES)
def test_autocast(kind, compiled):
    """The result has torch.nn's dtype and is computed in float32; behind a layer in bfloat16 and with float32."""
    layer = module(kind)
    linear = nn.Linear(8, 4)
    net = nn.Sequential(linear, layer, nn.Flatten(0))
    alone = layer
    if compiled:
        torch._dynamo.reset()  # torch limits the number of compilations of Sequential
        net, alone = (torch.compile(m, fullgraph=True, backend="aot_eager") for m in (net, layer))
    x = torch.randn(6, 2, 3, 8)[..., 0, :] if kind is act.Softmax2d else torch.randn(6, 8)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        torch.manual_seed(2)
        y = net(x)
        hidden = F.linear(x, linear.weight, linear.bias)
        assert hidden.dtype == torch.bfloat16 and y.dtype == dtype_of_torch(kind, hidden)
        z = alone(x)
        assert z.dtype == dtype_of_torch(kind, x)
    torch.manual_seed(2)
    expected = layer(hidden.float()).flatten().to(y.dtype)
    assert torch.equal(y, expected) or kind is act.RReLU
    assert torch.equal(z, layer(x).to(z.dtype)) or kind is act.RReLU
    y.sum().backward()
    assert linear.weight.grad.dtype == torch.float32


def test_autocast_of_operators():
    """A traced or exported program meets autocast later, without the Python code around the operators."""
    ops, x, w = torch.ops.actfn, torch.randn(4, 6).bfloat16(), torch.tensor([0.2])
    cases = (
        lambda x: ops.forward(x, "gelu", [], "accurate"),
        lambda x: ops.rows(x, "softmax", 1, "accurate"),
        lambda x: ops.gate(x, "glu", 1, "accurate"),
        lambda x: ops.prelu(x, w, "accurate"),
        lambda x: ops.rrelu(x, 0.1, 0.3, torch.tensor(5), "accurate"),
        lambda x: ops.backward(x, x, "silu_backward", [], "accurate"),
        lambda x: ops.prelu_backward(x, w, x, "accurate")[0],
    )
    for function in cases:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            p = x.clone().requires_grad_()
            y = function(p)
        q = x.float().requires_grad_()
        expected = function(q)
        assert y.dtype == torch.bfloat16 and torch.equal(y, expected.bfloat16())
        if act.HAS_CUSTOM_OPS:  # without it the operators alone have no gradient
            y.sum().backward()
            expected.sum().backward()
            torch.testing.assert_close(p.grad, q.grad.bfloat16())


def test_autocast_in_place():
    with torch.autocast("cpu", dtype=torch.bfloat16):
        x = torch.randn(5).bfloat16()
        expected = act.silu(x)
        assert act.silu(x, inplace=True) is x and x.dtype == torch.bfloat16 and torch.equal(x, expected)
    with pytest.raises(TypeError, match="torch.float64, and must be float32, bfloat16 or float16"):
        act.silu(x.double())


def test_signs_that_torch_puts_off():
    """The imaginary part of a conjugate is a tensor with a postponed negation."""
    z = torch.complex(torch.randn(3, 4), torch.randn(3, 4)).conj()
    w = torch.tensor([0.2])
    functions = act.gelu, act.elu, act.glu, lambda v: act.softmax(v, 1), lambda v: act.prelu(v, w)
    for function in functions:
        assert z.imag.is_neg()
        p, q = z.imag.detach().requires_grad_(), z.imag.clone().requires_grad_()
        y, expected = function(p), function(q)
        dy = torch.complex(torch.randn(y.shape), torch.randn(y.shape)).conj().imag
        y.backward(dy)
        expected.backward(dy.clone())
        assert torch.equal(y, expected) and torch.equal(p.grad, q.grad)


# ---- tensors without memory ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("inplace", [False, True], ids=["", "inplace"])
@pytest.mark.parametrize("operation", of_family("elementwise"), ids=lambda o: o.name)
def test_meta(operation, inplace):
    if inplace and not has_inplace(operation):
        pytest.skip("torch.nn.functional has no such form, and neither have we")
    function = elementwise(operation, **({"inplace": True} if inplace else {}))
    x = torch.empty(3, 4, device="meta").T
    y = function(x)
    assert y.device.type == "meta" and y.shape == (4, 3) and y.stride() == (1, 4) and (y is x) == inplace


def test_meta_of_families():
    x = torch.empty(3, 4, device="meta")
    weight = torch.empty(4, device="meta")
    for y in act.softmax(x, 1), act.prelu(x, weight), act.rrelu(x, training=True), act.rrelu(x, 0.1, 0.2, True, True):
        assert y.device.type == "meta" and y.shape == (3, 4)
    assert act.glu(x).shape == (3, 2)


@compiles
@pytest.mark.parametrize("inplace", [False, True], ids=["", "inplace"])
def test_fake_tensor(inplace):
    from torch._subclasses.fake_tensor import FakeTensor, FakeTensorMode

    with FakeTensorMode():
        for operation in of_family("elementwise"):
            if not inplace or has_inplace(operation):
                x = torch.empty(3, 4, requires_grad=True)
                y = elementwise(operation, **({"inplace": True} if inplace else {}))(x * 1)
                assert isinstance(y, FakeTensor) and y.shape == (3, 4)
                y.sum().backward()
                assert isinstance(x.grad, FakeTensor)
        for kind in MODULES:
            x = torch.empty(2, 4, 6, 6, requires_grad=True)
            module(kind)(x).sum().backward()
            assert isinstance(x.grad, FakeTensor)


# ---- tracing ---------------------------------------------------------------------------------------------------------


def test_modules_are_leaves_of_fx():
    net = nn.Sequential(nn.Linear(8, 8), *(module(kind) for kind in MODULES if kind not in (act.GLU, act.Softmax2d)))
    net.eval()
    traced = torch.fx.symbolic_trace(net)
    called = [type(traced.get_submodule(node.target)) for node in traced.graph.nodes if node.op == "call_module"]
    assert called == [type(layer) for layer in net] and "call_function" not in {node.op for node in traced.graph.nodes}
    x = torch.randn(3, 8)
    assert torch.equal(traced(x), net(x))
    again = torch.load(io.BytesIO(saved(net)), **({"weights_only": False} if act.HAS_CUSTOM_OPS else {}))
    assert torch.equal(again(x), net(x)) and type(again[1]).__module__ == "actfn.torch"
    torch.fx.symbolic_trace(copy.deepcopy(net))


def saved(net):
    file = io.BytesIO()
    torch.save(net, file)
    return file.getvalue()


def test_functions_stand_in_a_graph_of_fx():
    def f(x, w):
        h = act.silu(act.relu(x), inplace=True) + act.squareplus(x, b=2.0) + act.gelu(x, "tanh", mode="fast")
        return act.softmax(act.glu(act.prelu(h, w), dim=-1), dim=-1) + act.rrelu(x)[..., ::2]

    traced = torch.fx.symbolic_trace(f)
    targets = [node.target for node in traced.graph.nodes if node.op == "call_function"]
    for function in act.silu, act.relu, act.squareplus, act.gelu, act.softmax, act.glu, act.prelu, act.rrelu:
        assert function in targets
    x, w = torch.randn(3, 8), torch.tensor([0.2])
    assert torch.equal(traced(x, w), f(x, w))


def test_subclasses_see_the_calls():
    class Noting(torch.Tensor):
        seen = []

        @classmethod
        def __torch_function__(cls, function, types, args=(), kwargs=None):
            cls.seen.append(function)
            return super().__torch_function__(function, types, args, kwargs or {})

    x = torch.randn(3, 4).as_subclass(Noting)
    y = act.elu(x, 0.5)
    assert (
        act.elu in Noting.seen
        and type(y) is Noting
        and torch.equal(y.as_subclass(torch.Tensor), act.elu(x.as_subclass(torch.Tensor), 0.5))
    )


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("way", ["trace", "export"])
def test_traced_and_exported(way):
    net = nn.Sequential(
        nn.Linear(8, 8), act.GELU(), act.ELU(0.5, inplace=True), act.PReLU(), act.GLU(), act.Softmax(1)
    ).eval()
    x = torch.randn(3, 8)
    if way == "trace":
        traced = torch.jit.trace(net, x)
        assert "actfn::forward" in str(traced.inlined_graph)
    else:
        pytest.importorskip("torch.export", reason="no torch.export", exc_type=ImportError)
        program = torch.export.export(net, (x,))
        assert "actfn.forward" in str(program.graph)
        traced = program.module()
    assert torch.equal(traced(x), net(x))


def onnx_outputs(net, x, **options):
    onnxruntime = pytest.importorskip("onnxruntime", reason="no onnxruntime", exc_type=ImportError)
    file = io.BytesIO()
    if options.get("dynamo"):
        pytest.importorskip("onnxscript", reason="no onnxscript", exc_type=ImportError)
        program = torch.onnx.export(net, (x,), verbose=False, **options)
        model = program.model_proto.SerializeToString()
    else:
        torch.onnx.export(net, (x,), file, opset_version=17, **options)
        model = file.getvalue()
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    return torch.from_numpy(session.run(None, {session.get_inputs()[0].name: x.numpy()})[0])


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("dynamo", [False, pytest.param(True, marks=compiles)], ids=["legacy", "dynamo"])
def test_onnx_export(dynamo):
    """All modules, in place too, and operations that torch lacks, by ONNX's own operators."""
    options = {"dynamo": dynamo} if act.HAS_CUSTOM_OPS else {}
    pytest.importorskip("onnx", reason="no onnx", exc_type=ImportError)

    class Everything(nn.Module):
        def __init__(self, inplace):
            super().__init__()
            self.layers = nn.ModuleList()
            for kind in MODULES:
                if kind is not act.Softmax2d and "inplace" in inspect.signature(kind).parameters:
                    self.layers.append(module(kind, inplace=inplace))
                elif kind is not act.Softmax2d:
                    self.layers.append(module(kind))

        def forward(self, x):
            results = [layer(x * 1) for layer in self.layers]
            results += [elementwise(o)(x * 1) for o in of_family("elementwise") if o.name not in ("sqrt", "log", "pow")]
            return torch.cat(results, 1)

    x = torch.linspace(-3.1, 3.3, 32).reshape(2, 16)
    for inplace in False, True:
        net = Everything(inplace).eval()
        expected = net(x)
        torch.testing.assert_close(onnx_outputs(net, x, **options), expected, rtol=2e-5, atol=2e-5)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("dynamo", [False, pytest.param(True, marks=compiles)], ids=["legacy", "dynamo"])
def test_onnx_export_sees_what_is_overwritten(dynamo):
    class Residual(nn.Module):
        def forward(self, x):
            h = x * 2
            y = act.silu(h, inplace=True)
            return y + h

    x = torch.linspace(-3, 3, 8).reshape(2, 4)
    got = onnx_outputs(Residual(), x, **({"dynamo": dynamo} if act.HAS_CUSTOM_OPS else {}))
    torch.testing.assert_close(got, 2 * F.silu(2 * x), rtol=1e-5, atol=1e-5)


# ---- names, types ----------------------------------------------------------------------------------------------------


def test_star_import_shadows_nothing():
    names = {}
    exec("from actfn.torch import *", names)
    assert not {name for name in names if name in vars(builtins) and not name.startswith("__")}
    assert {"relu", "ReLU", "squareplus", "sparsemax"} <= names.keys() and "torch" not in names
    assert act.abs(torch.tensor([-1.0])) == 1 and set(act.__all__) == names.keys() - {"__builtins__"}


def test_stub(tmp_path):
    """The checked-in stub equals the output of its generator, and has every public name."""
    sources = ROOT / "bindings" / "python"
    subprocess.run([sys.executable, sources / "generate_torch_stub.py", tmp_path / "stub.pyi"], check=True)
    text = (tmp_path / "stub.pyi").read_text()
    assert (sources / "src" / "actfn" / "torch" / "__init__.pyi").read_text() == text
    for name in (*act.__all__, "abs", "round", "pow", "build", "info"):
        assert f"def {name}(" in text or f"class {name}(" in text


USE = """
import torch
import actfn.torch as act
x = torch.zeros(3)
y: torch.Tensor = act.gelu(x, approximate="tanh", mode="fast")
z: torch.Tensor = act.squareplus(act.elu_(x, 0.5), b=1.0)
net = torch.nn.Sequential(act.ReLU(inplace=True), act.ELU(0.5, mode="fast"), act.Softmax(dim=0))
m: torch.nn.ELU = act.ELU()
m.alpha
"""
WRONG = [
    'act.gelu(x, mode="slow")',
    "act.elu(x, alfa=1.0)",
    "act.ReLU(7, 8)",
    'act.ELU(mode="no")',
    "act.squareplus(x, a=1.0)",
]


def test_types(tmp_path):
    pytest.importorskip("mypy", reason="no mypy")
    (tmp_path / "use.py").write_text(USE + "".join(line + "\n" for line in WRONG))
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--cache-dir", tmp_path, "--no-error-summary", tmp_path / "use.py"],
        capture_output=True,
        text=True,
    )
    lines = {int(line.split(":")[1]) for line in run.stdout.splitlines() if "use.py" in line and " error: " in line}
    first = USE.count("\n") + 1
    assert lines == set(range(first, first + len(WRONG))), run.stdout


# ---- the two ways to compute -----------------------------------------------------------------------------------------

BITS = """
import hashlib, sys, torch, actfn.torch as act
torch.manual_seed(1)
digest = hashlib.sha256()
for threads in 1, 2:
    torch.set_num_threads(threads)
    for shape in (3, 5), (401, 512):
        torch.manual_seed(1)
        x = torch.randn(shape) * 3
        for mode in "accurate", "fast":
            for f in (act.gelu, act.tanh, act.relu, act.silu, act.elu_, act.mish, act.squareplus,
                      lambda v, mode: act.softmax(v, 1, mode=mode), lambda v, mode: act.log_softmax(v, 0, mode=mode),
                      lambda v, mode: act.glu(v, 0, mode=mode) if shape[0] % 2 == 0 else act.glu(v[1:], 0, mode=mode),
                      lambda v, mode: act.prelu(v, torch.full((1,), 0.3), mode=mode),
                      lambda v, mode: act.prelu(v, torch.linspace(0, 1, shape[1]), mode=mode),
                      lambda v, mode: act.silu(v.T, mode=mode), lambda v, mode: act.silu(v[:, ::2], mode=mode)):
                p = x.clone().requires_grad_()
                y = f(p * 1, mode=mode)
                y.backward(torch.linspace(-1, 1, y.numel()).reshape(y.shape))
                f(p * 1, mode=mode).sum().backward()
                digest.update(y.detach().numpy().tobytes() + p.grad.numpy().tobytes())
assert "torch._dynamo" not in sys.modules
print(digest.hexdigest())
print(act.info()["operators"])
"""


def run(code, **environment):
    result = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.split()


def test_info():
    info = act.info()
    assert info["operators"] in ("C++", "Python") and (info["reason"] is None) == (info["operators"] == "C++")
    ask = "import actfn.torch as act; print(act.info()['operators'], act.info()['reason'])"
    assert run(ask, ACTFN_TORCH_OPERATORS="python") == ["Python", "ACTFN_TORCH_OPERATORS=python"]
    assert run(ask, ACTFN_TORCH_OPERATORS="/no/such/file")[0] == "Python"


@pytest.mark.skipif(act.info()["operators"] != "C++", reason=f"not the operators in C++: {act.info()['reason']}")
def test_cpp_has_the_bits_of_python():
    """On one thread and on two, contiguous and not, in both modes, values and gradients."""
    mine, other = run(BITS), run(BITS, ACTFN_TORCH_OPERATORS="python")
    assert (mine[1], other[1]) == ("C++", "Python") and mine[0] == other[0]


@pytest.mark.skipif(act.info()["operators"] != "C++", reason=f"not the operators in C++: {act.info()['reason']}")
def test_cpp_is_what_runs():
    x = torch.randn(3, 4, requires_grad=True)
    w = torch.tensor([0.2])
    for y in act.gelu(x), act.elu(x), act.softmax(x, 0), act.glu(x), act.prelu(x, w), act.silu_(x * 1), act.square(x):
        assert y.grad_fn.name().startswith("Actfn_")
    with torch.no_grad():
        assert act._native.activation(x, None, 0, OPERATIONS["gelu"].op, (), "accurate", False).shape == (3, 4)
    with torch.inference_mode():
        y = act.gelu(x)
        assert y.is_inference() and torch.equal(act.relu_(y.clone()), torch.relu(y))
    assert act._native.activation(x.double(), None, 0, OPERATIONS["gelu"].op, (), "accurate", False) is NotImplemented


def test_saved_tensors():
    """The gradient keeps the output if it can be computed from it, otherwise the input; hooks see the tensor."""
    seen = []
    with torch.autograd.graph.saved_tensors_hooks(lambda t: (seen.append(t), t)[1], lambda t: t):
        x = torch.randn(3, 4, requires_grad=True)
        h = x * 1
        y = act.elu(h)
        assert [t.data_ptr() for t in seen if t.numel() == 12] == [y.data_ptr()]
        seen.clear()
        act.gelu(h)
        assert [t.data_ptr() for t in seen] == [h.data_ptr()]
    y.sum().backward()
    with pytest.raises(RuntimeError, match="backward through the graph a second time"):
        y.sum().backward()


@pytest.mark.parametrize("compiler, words", [("/no/such/c++", "no C.. compiler"), ("false", "operators.cpp")])
def test_build_that_fails(compiler, words, tmp_path, monkeypatch):
    monkeypatch.setenv("CXX", compiler)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(RuntimeError, match=words):
        act.build()
    assert not list((tmp_path / "actfn").iterdir())


def kept(module, name):
    """The bytes that a network of eight layers keeps for its gradient, in addition to its parameters."""
    net = nn.Sequential(*[layer for _ in range(8) for layer in (nn.Linear(64, 64), getattr(module, name)())])
    seen = {p.data_ptr(): 0 for p in net.parameters()}
    alive = []

    def pack(t):
        alive.append(t)
        base = t if t._base is None else t._base
        seen.setdefault(base.data_ptr(), base.numel() * base.element_size())
        return t

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda t: t):
        net(torch.randn(256, 64))
    return sum(seen.values()) / (256 * 64 * 4)


def test_memory_that_the_gradient_keeps():
    """The numbers of the README: the input of the network and the outputs of its 8 activations, or their inputs too."""
    from_output = ("ELU", "CELU", "SELU", "Softplus", "LeakyReLU", "Hardtanh", "Hardsigmoid", "LogSigmoid", "Softsign")
    for name in (*from_output, "ReLU", "Tanh", "Sigmoid"):
        assert kept(act, name) == 9
        assert kept(nn, name) >= (16 if name in from_output else 9)
    for name in "GELU", "SiLU", "Mish":
        assert kept(act, name) == kept(nn, name) == 16


class FromNumpy(torch.autograd.Function):
    """The memory of the gradient belongs to another object."""

    memory = None

    @staticmethod
    def forward(ctx, x):
        return x.clone()

    @staticmethod
    def backward(ctx, dy):
        return torch.from_numpy(FromNumpy.memory)


def test_gradients_that_somebody_holds_are_not_overwritten():
    """The operators in C++ overwrite a gradient that nobody else holds."""
    results = []
    for module, dtype in (act, torch.float32), (F, torch.float64):
        held = []
        x, leaf = torch.linspace(-2, 2, 60).to(dtype).requires_grad_(), torch.ones(60, dtype=dtype, requires_grad=True)
        y = module.elu(x * 1)
        y.retain_grad()
        z = module.silu(y * 1)
        z.register_hook(held.append)
        w = module.softplus(z) + leaf + module.mish(y.view(6, 10)).view(60)
        (w * w).sum().backward()
        results.append([g.double() for g in (x.grad, y.grad, leaf.grad, held[0])])
    for got, expected in zip(*results):
        torch.testing.assert_close(got, expected, rtol=1e-5, atol=1e-5)
    FromNumpy.memory = torch.linspace(0, 1, 60).numpy()
    before = FromNumpy.memory.copy()
    FromNumpy.apply(act.elu(torch.ones(60, requires_grad=True) * 1)).sum().backward()
    assert (FromNumpy.memory == before).all()
