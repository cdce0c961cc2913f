# SPDX-License-Identifier: MIT
"""actfn.torch beside torch.nn: results, gradients, training, errors, and torch.compile where torch can."""

import copy
import inspect

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="no torch", exc_type=ImportError)
import torch.nn as nn  # noqa: E402

import actfn  # noqa: E402
import actfn.torch as act  # noqa: E402

F = nn.functional
MODULES = [
    name for name in act.__all__ if isinstance(getattr(act, name), type) and issubclass(getattr(act, name), nn.Module)
]
EXPECTED = {
    "ReLU",
    "GELU",
    "SiLU",
    "Mish",
    "Softplus",
    "ELU",
    "SELU",
    "CELU",
    "LeakyReLU",
    "PReLU",
    "Hardtanh",
    "Hardswish",
    "Hardsigmoid",
    "LogSigmoid",
    "Softsign",
    "Softshrink",
    "Hardshrink",
    "Tanhshrink",
    "Threshold",
    "ReLU6",
    "RReLU",
    "Sigmoid",
    "Tanh",
    "Softmax",
    "LogSoftmax",
    "Softmin",
    "Softmax2d",
    "GLU",
}
ARGUMENTS = {
    "Threshold": [(0.1, 20.0)],
    "Softmax": [(1,), (-1,)],
    "LogSoftmax": [(1,), (0,)],
    "Softmin": [(1,)],
    "GELU": [(), ("tanh",)],
    "ELU": [(), (0.5,)],
    "CELU": [(0.7,)],
    "Softplus": [(), (2, 5)],
    "GLU": [(), (1,)],
    "Hardtanh": [(), (-2, 0.5)],
    "PReLU": [(), (6, 0.1)],
    "LeakyReLU": [(), (0.3,), (-0.2,)],
    "Softshrink": [(0.3,)],
    "Hardshrink": [(), (1.0,)],
    "RReLU": [(0.1, 0.3)],
}
CASES = [(name, arguments) for name in MODULES for arguments in ARGUMENTS.get(name, [()])]


@pytest.fixture
def x():
    torch.manual_seed(1)
    return torch.randn(4, 6, 8, 2) * 3


def test_modules_are_those_of_torch():
    assert set(MODULES) == EXPECTED
    for name in MODULES:
        ours, theirs = getattr(act, name), getattr(nn, name)
        expected = inspect.signature(theirs.__init__).parameters
        expected = [p for key, p in expected.items() if key not in ("self", "args", "kwargs")]
        parameters = list(inspect.signature(ours).parameters.values())
        assert issubclass(ours, theirs) and parameters[:-1] == expected
        assert parameters[-1].name == "mode" and parameters[-1].kind == inspect.Parameter.KEYWORD_ONLY


@pytest.mark.parametrize("name, arguments", CASES)
@pytest.mark.parametrize("mode", ["accurate", "fast"])
def test_beside_double(name, arguments, mode, x):
    """f and its gradients, compared with torch's autograd in double precision."""
    ours, theirs = getattr(act, name)(*arguments, mode=mode).eval(), getattr(nn, name)(*arguments).eval().double()
    p, q = x.clone().requires_grad_(), x.double().requires_grad_()
    y, expected = ours(p), theirs(q)
    assert y.dtype == torch.float32 and y.stride() == expected.stride()
    dy = torch.randn(y.shape)
    y.backward(dy)
    expected.backward(dy.double())
    torch.testing.assert_close(y.double(), expected, rtol=2e-6, atol=2e-6)
    torch.testing.assert_close(p.grad.double(), q.grad, rtol=4e-6, atol=4e-6)
    for mine, other in zip(ours.parameters(), theirs.parameters()):
        torch.testing.assert_close(mine.grad.double(), other.grad, rtol=1e-5, atol=1e-5)
    words = repr(theirs)[:-1] + (", " if repr(theirs)[-2] != "(" else "") + "mode='accurate')"
    assert repr(ours) == (repr(theirs) if mode == "fast" else words)
    assert ours.state_dict().keys() == theirs.state_dict().keys()
    # Another order of dimensions, and no contiguous memory.
    for view in x.permute(3, 1, 0, 2), x[:, :, ::2], x.to(memory_format=torch.channels_last):
        p = view.detach().clone(memory_format=torch.preserve_format).requires_grad_()
        ours(p).sum().backward()
        torch.testing.assert_close(ours(view).double(), theirs(view.double()), rtol=2e-6, atol=2e-6)
    torch.testing.assert_close(copy.deepcopy(ours)(x), ours(x))


@pytest.mark.parametrize(
    "name", [name for name in MODULES if "inplace" in inspect.signature(getattr(nn, name)).parameters]
)
def test_in_place(name, x):
    arguments = ARGUMENTS.get(name, [()])[-1]
    plain, inplace = (getattr(act, name)(*arguments, inplace=flag).eval() for flag in (False, True))
    p, q = x.clone().requires_grad_(), x.clone().requires_grad_()
    y, work = plain(p), q * 1
    address = work.data_ptr()
    z = inplace(work)
    assert z.data_ptr() == address and torch.equal(y, z)
    dy = torch.randn(x.shape)
    y.backward(dy)
    z.backward(dy)
    torch.testing.assert_close(p.grad, q.grad, rtol=1e-5, atol=1e-5)
    with torch.no_grad():
        assert inplace(work.detach().clone()).shape == x.shape


def test_functions():
    x = torch.linspace(-3, 3, 50)
    assert torch.equal(act.gelu(x, approximate="tanh"), act.GELU("tanh")(x))
    assert torch.equal(act.leaky_relu(x, 0.2), act.leaky_relu(x, negative_slope=0.2))
    y = x.clone()
    assert act.elu_(y, 0.5) is y and torch.equal(y, act.elu(x, 0.5))
    for name in (
        "relu",
        "elu",
        "leaky_relu",
        "hardtanh",
        "threshold",
        "softplus",
        "softshrink",
        "silu",
        "glu",
        "rrelu",
        "log_softmax",
        "gelu",
        "mish",
        "celu",
    ):
        theirs = getattr(F, name)
        if inspect.isfunction(theirs):
            ours = list(inspect.signature(getattr(act, name)).parameters)
            assert ours[: len(inspect.signature(theirs).parameters)] == list(inspect.signature(theirs).parameters)
    # Operations that torch does not have, by the library's names.
    p = x.clone().requires_grad_()
    act.squareplus(p, b=1.0).sum().backward()
    y = actfn.squareplus(x.numpy(), b=1.0)
    assert np.array_equal(p.grad.numpy(), actfn.squareplus_backward_from_output(y, np.float32(1), b=1.0))
    assert torch.equal(act.swish(x, 2.0), act.swish(x, beta=2.0)) and torch.equal(act.clip(x, -1, 1), x.clamp(-1, 1))
    scalar = torch.tensor(0.5)
    assert act.softmax(scalar, 0) == 1 and act.relu(scalar).shape == ()


def test_random(x):
    layer = act.RReLU()
    torch.manual_seed(5)
    first, second = layer(x), layer(x)
    torch.manual_seed(5)
    assert torch.equal(layer(x), first) and not torch.equal(first, second)
    p = x.clone().requires_grad_()
    torch.manual_seed(5)
    layer(p).sum().backward()
    torch.testing.assert_close(p.grad, first / x)


def test_nothing_is_copied(monkeypatch):
    """The ufunc gets the tensors' own memory, dense in any order of dimensions."""
    seen, real = [], act._operators.ufunc

    def spy(*arguments):
        def call(*inputs, out):
            seen.extend(array.ctypes.data for array in (*inputs, out))
            return real(*arguments)(*inputs, out=out)

        return call

    monkeypatch.setattr(act._operators, "ufunc", spy)
    for x in (
        torch.randn(100, 100),
        torch.randn(100, 100).T,
        torch.randn(2, 3, 4, 5).to(memory_format=torch.channels_last),
    ):
        y = act._operators.Forward.compute(x, "gelu", [], "accurate")
        assert seen == [x.data_ptr(), y.data_ptr()] and y.stride() == x.stride()
        seen.clear()


X = torch.zeros(4, 6)


def elsewhere():
    """A tensor that claims to be on another device."""
    fake = pytest.importorskip("torch._subclasses.fake_tensor", reason="no FakeTensor", exc_type=ImportError)
    try:
        mode = fake.FakeTensorMode(allow_non_fake_inputs=True)
    except TypeError:
        pytest.skip(f"torch {torch.__version__} has another FakeTensorMode")
    with mode:
        return torch.empty(3, device="cuda")


@pytest.mark.parametrize(
    "call, error, words",
    [
        (lambda: act.relu(elsewhere()), ValueError, "relu: input is on the device cuda"),
        (lambda: act.softmax(elsewhere(), 0), ValueError, "softmax: input is on the device cuda"),
        (lambda: act.prelu(X, elsewhere()), ValueError, "prelu: weight is on the device cuda"),
        (lambda: act.relu(X.double()), TypeError, "relu: input is torch.float64"),
        (lambda: act.relu(X.to_sparse()), TypeError, "relu: input is torch.sparse"),
        (lambda: act.relu([1.0]), TypeError, "relu: input must be a tensor, not list"),
        (lambda: act.elu(X, "a"), TypeError, "elu: alpha must be a number, not str"),
        (lambda: act.elu(X, None), TypeError, "elu: alpha must be a number, not NoneType"),
        (lambda: act.ELU([1.0, 2.0])(X), TypeError, "elu: alpha must be a number, not list"),
        (lambda: act.rrelu(X, "a"), TypeError, "rrelu: lower must be a number, not str"),
        (lambda: act.swish(X, "a"), TypeError, "swish: beta must be a number, not str"),
        (lambda: act.swish(X, 1.0, 2.0), TypeError, r"swish\(\) takes 1 parameters, and got 2"),
        (lambda: act.swish(X, 1.0, beta=2.0), TypeError, r"swish\(\) got multiple values for argument 'beta'"),
        (lambda: act.softmax(X, (0, 1)), TypeError, "softmax: dim must be an integer, not tuple"),
        (lambda: act.log_softmax(X, 1.0), TypeError, "log_softmax: dim must be an integer, not float"),
        (lambda: act.glu(X, "a"), TypeError, "glu: dim must be an integer, not str"),
        (lambda: act.gelu(torch.nested.nested_tensor([X, X])), TypeError, "gelu: input is a nested tensor"),
        (lambda: act.geluu(X), AttributeError, "'actfn.torch' has no attribute 'geluu'; did you mean 'gelu'"),
        (lambda: act.softshrink(X, lambd=-1), ValueError, "softshrink: lambd is -1"),
        (lambda: act.celu(X, 0), ValueError, "celu: alpha is 0"),
        (lambda: act.hardtanh(X, 2, 1), ValueError, "hardtanh"),
        (lambda: act.elu(X, alfa=1), TypeError, "alfa"),
        (lambda: act.gelu(X, approximate="no"), ValueError, "approximate"),
        (lambda: act.gelu(X, mode="no"), ValueError, "gelu: mode"),
        (lambda: act.glu(X[:, :3]), ValueError, "glu: input has 3 entries along dim -1"),
        (lambda: act.glu(X, 2), IndexError, "glu: dim 2"),
        (lambda: act.softmax(X, 2), IndexError, "softmax: dim 2"),
        (lambda: act.prelu(X, torch.zeros(5)), ValueError, "prelu: weight has 5 elements"),
        (lambda: act.rrelu(X, 0.5, 0.1, training=True), ValueError, "rrelu: lower is 0.5, and must be at most upper"),
        (lambda: act.rrelu(X, 0.4, 0.1), ValueError, "rrelu: lower is 0.4, and must be at most upper, 0.1"),
        (lambda: act.rrelu(X, 0.1, float("inf")), ValueError, "rrelu: lower is 0.1 and upper inf"),
        (lambda: act.ReLU(mode="no"), ValueError, "ReLU: mode"),
    ],
)
def test_errors_name_the_argument(call, error, words):
    with pytest.raises(error, match=words):
        call()


def digits():
    datasets = pytest.importorskip("sklearn.datasets", reason="no scikit-learn", exc_type=ImportError)
    x, labels = datasets.load_digits(return_X_y=True)
    return torch.tensor(x / 16, dtype=torch.float32), torch.tensor(labels)


def train(module, layers, x, labels):
    torch.manual_seed(3)
    net = nn.Sequential(
        nn.Linear(64, 32), layers[0], nn.Linear(32, 16), layers[1], nn.Linear(16, 10), module.LogSoftmax(dim=1)
    )
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
    losses = []
    for _ in range(8):
        for begin in range(0, 1400, 100):
            optimizer.zero_grad()
            loss = F.nll_loss(net(x[begin : begin + 100]), labels[begin : begin + 100])
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return losses, (net(x[1400:]).argmax(1) == labels[1400:]).double().mean().item()


@pytest.mark.parametrize(
    "pick",
    [
        lambda m: (m.ReLU(inplace=True), m.ReLU()),
        lambda m: (m.GELU(), m.SiLU(inplace=True)),
        lambda m: (m.Tanh(), m.PReLU()),
        lambda m: (m.ELU(0.5, inplace=True), m.Softplus()),
    ],
    ids=["relu", "gelu, silu", "tanh, prelu", "elu, softplus"],
)
def test_training(pick):
    """A small network on handwritten digits has the same loss curve as with torch.nn's activations."""
    x, labels = digits()
    theirs, their_score = train(nn, pick(nn), x, labels)
    ours, our_score = train(act, pick(act), x, labels)
    np.testing.assert_allclose(ours, theirs, rtol=2e-3, atol=2e-4)
    assert ours[-1] < 0.5 < 2 < ours[0] and our_score > 0.75 and abs(our_score - their_score) < 0.01


@pytest.mark.skipif(
    not act.HAS_CUSTOM_OPS, reason=f"torch {torch.__version__} has no torch.library.custom_op (2.4 has)"
)
class TestCompiled:
    def test_graph_is_kept(self, x):
        graphs = []

        def backend(graph, inputs):
            graphs.append([str(node.target) for node in graph.graph.nodes if node.op == "call_function"])
            return graph.forward

        net = nn.Sequential(act.GELU(), act.PReLU(), act.GLU(), act.LogSoftmax(dim=1), act.Softplus(), act.ELU(0.5))
        assert torch.equal(torch.compile(net, fullgraph=True, backend=backend)(x), net(x))
        assert len(graphs) == 1 and sum("actfn" in target for target in graphs[0]) == 6

    @pytest.mark.parametrize("name, arguments", CASES)
    def test_gradients(self, name, arguments, x):
        layer = getattr(act, name)(*arguments).eval()
        compiled = torch.compile(copy.deepcopy(layer), fullgraph=True, backend="aot_eager")
        p, q = x.clone().requires_grad_(), x.clone().requires_grad_()
        y, z = layer(p), compiled(q)
        dy = torch.randn(y.shape)
        y.backward(dy)
        z.backward(dy)
        assert torch.equal(y, z) and torch.equal(p.grad, q.grad)

    def test_in_place(self, x):
        net = nn.Sequential(nn.Linear(2, 3), act.SiLU(inplace=True), nn.Linear(3, 2))
        compiled = torch.compile(net, fullgraph=True, backend="aot_eager")
        p, q = x.clone().requires_grad_(), x.clone().requires_grad_()
        net(p).sum().backward()
        compiled(q).sum().backward()
        torch.testing.assert_close(p.grad, q.grad)

    def test_operators(self, x):
        ops, x = torch.ops.actfn, x[0, 0].clone()
        for arguments in (
            (ops.forward, x, "gelu", [], "accurate"),
            (ops.forward, x.T, "elu", [0.5], "fast"),
            (ops.rows, x.T, "softmax", 0, "accurate"),
            (ops.gate, x, "glu", 1, "accurate"),
            (ops.prelu, x, torch.full((2,), 0.2), "accurate"),
            (ops.rrelu, x, 0.1, 0.3, torch.tensor(5), "accurate"),
        ):
            operator, tensors = (
                arguments[0].default,
                [
                    a.detach().requires_grad_() if isinstance(a, torch.Tensor) and a.is_floating_point() else a
                    for a in arguments[1:]
                ],
            )
            torch.library.opcheck(operator, tuple(tensors))
