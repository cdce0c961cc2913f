# SPDX-License-Identifier: MIT
"""actfn.torch on tensors of bfloat16 and float16: the kernels of 16 bits, their gradients, and the dtypes of torch.nn."""

import pytest

torch = pytest.importorskip("torch", reason="no torch", exc_type=ImportError)
import torch.nn as nn  # noqa: E402

import actfn.torch as act  # noqa: E402
from actfn._catalogue import of_family  # noqa: E402

F = nn.functional
TYPES = torch.bfloat16, torch.float16
each_type = pytest.mark.parametrize("dtype", TYPES)
compiles = pytest.mark.skipif(not act.HAS_CUSTOM_OPS, reason="this torch does not compile operators with gradients")
# Functions of torch.nn.functional that are elementwise and compute in any type.
SHARED = "relu relu6 sigmoid tanh silu mish selu hardsigmoid hardswish logsigmoid softsign tanhshrink elu celu leaky_relu gelu softplus softshrink hardshrink".split()

# Constants in double precision, for functions whose own formula in torch cancels.
SELU_ALPHA, SELU_SCALE = 1.6732632423543772848170429916717, 1.0507009873554804934193349852946
EXACT = {
    "elu": lambda x: torch.where(x > 0, x, torch.expm1(x)),
    "celu": lambda x: torch.where(x > 0, x, torch.expm1(x)),
    "selu": lambda x: SELU_SCALE * torch.where(x > 0, x, SELU_ALPHA * torch.expm1(x)),
    "gelu": lambda x: x * torch.erfc(-x / 2**0.5) / 2,
    "tanhshrink": lambda x: torch.where(x.abs() < 0.01, x**3 / 3 - 2 * x**5 / 15 + 17 * x**7 / 315, x - torch.tanh(x)),
}


def every_number(dtype):
    """All finite ones of the 65 536 numbers."""
    x = torch.arange(-(1 << 15), 1 << 15, dtype=torch.int32).to(torch.int16).view(dtype)
    return x[torch.isfinite(x)]


def spacing(y, dtype):
    """The distance between neighbouring numbers of the type, near the doubles y."""
    digits, least = (8, -133) if dtype == torch.bfloat16 else (11, -24)
    _, exponent = torch.frexp(y)
    return torch.ldexp(torch.ones_like(y), torch.clamp(exponent - digits, min=least))


@each_type
@pytest.mark.parametrize("name", SHARED)
def test_every_input(name, dtype):
    """The result is within half a spacing of torch's result in double precision, and has the same dtype."""
    x = every_number(dtype)
    y = getattr(act, name)(x)
    expected = EXACT.get(name, getattr(F, name))(x.double())
    assert y.dtype == dtype
    finite = torch.isfinite(y)
    error = (y.double() - expected).abs() / spacing(expected, dtype)
    assert error[finite].max() <= 0.5 + 2**-7
    assert (expected[~finite].abs() >= torch.finfo(dtype).max).all()


@each_type
@pytest.mark.parametrize("name", SHARED)
def test_gradients(name, dtype):
    x = (3 * torch.randn(1000)).to(dtype)
    # Versions of torch differ at the corners.
    x[torch.isin(x.abs().float(), torch.tensor([0.0, 0.5, 1.0, 3.0, 6.0]))] = 0.75
    p = x.clone().requires_grad_()
    q = x.double().requires_grad_()
    dy = torch.randn(1000).to(dtype)
    getattr(act, name)(p).backward(dy)
    getattr(F, name)(q).backward(dy.double())
    assert p.grad.dtype == dtype
    # The derivative from the output reads the rounded output.
    torch.testing.assert_close(p.grad.double(), q.grad, rtol=4 * torch.finfo(dtype).eps, atol=4 * torch.finfo(dtype).eps)


@each_type
def test_every_function_keeps_the_type(dtype):
    x = torch.randn(3, 5, 4).to(dtype)
    for operation in of_family("elementwise"):
        params = {"threshold": (2.0, -1.0)}.get(operation.name, (-1.0, 2.0)) if any(p.required for p in operation.params) else ()
        params = params[: len(operation.params)]
        p = x.clone().requires_grad_()
        y = getattr(act, operation.name)(p, *params)
        assert y.dtype == dtype and y.shape == x.shape
        y.sum().backward()
        assert p.grad.dtype == dtype
        # Single elements, and elements with gaps, have the same bits.
        assert torch.equal(y[1, 2, 3], getattr(act, operation.name)(x[1, 2, 3].clone(), *params).nan_to_num()) or y.isnan().any()
        apart = getattr(act, operation.name)(x.transpose(0, 2)[::2], *params)
        assert torch.equal(apart.nan_to_num(), y.detach().transpose(0, 2)[::2].nan_to_num())


@each_type
def test_other_families_compute_in_float32(dtype):
    x = torch.randn(3, 6).to(dtype)
    weight = torch.tensor([0.2]).to(dtype)
    for function in (
        lambda x: act.softmax(x, 1),
        lambda x: act.log_softmax(x, 0),
        lambda x: act.softmin(x, 1),
        lambda x: act.sparsemax(x, 1),
        lambda x: act.glu(x, 1),
        lambda x: act.prelu(x, weight.to(x.dtype)),
    ):
        p, q = x.clone().requires_grad_(), x.float().requires_grad_()
        y, expected = function(p), function(q)
        assert y.dtype == dtype and torch.equal(y, expected.to(dtype))
        dy = torch.randn(y.shape).to(dtype)
        y.backward(dy)
        expected.backward(dy.float())
        assert p.grad.dtype == dtype
        torch.testing.assert_close(p.grad, q.grad.to(dtype), rtol=2e-2, atol=2e-2)
    # Unlike in torch, PReLU's weight may have another type than its input.
    assert act.prelu(x, torch.tensor([0.2])).dtype == dtype
    assert act.rrelu(x, training=True).dtype == dtype


@each_type
@pytest.mark.parametrize("name", ["relu", "silu", "gelu_quick"])
def test_in_place(name, dtype):
    x = torch.randn(40).to(dtype)
    expected = getattr(act, name)(x)
    for y in x.clone(), torch.stack((x, x), 1)[:, 0]:
        assert getattr(act, name)(y, inplace=True) is y and y.dtype == dtype and torch.equal(y, expected)
    p, q = x.clone().requires_grad_(), x.clone().requires_grad_()
    getattr(act, name)(p * 1, inplace=True).sum().backward()
    getattr(act, name)(q).sum().backward()
    torch.testing.assert_close(p.grad, q.grad, rtol=2e-2, atol=2e-2)


@each_type
@pytest.mark.parametrize("name", ["silu", "tanh", "gelu"])
def test_gradients_of_gradients(name, dtype):
    p = torch.linspace(-3, 3, 31).to(dtype).requires_grad_()
    q = p.detach().double().requires_grad_()
    seconds = []
    for x, function in (p, getattr(act, name)), (q, getattr(F, name)):
        (first,) = torch.autograd.grad(function(x).sum(), x, create_graph=True)
        first.square().sum().backward()
        seconds.append(x.grad)
    assert seconds[0].dtype == dtype
    eps = torch.finfo(dtype).eps
    torch.testing.assert_close(seconds[0].double(), seconds[1], rtol=16 * eps, atol=16 * eps)


@pytest.mark.skipif(not hasattr(torch, "func"), reason="this torch has no torch.func")
@each_type
def test_transformations(dtype):
    x, ones = torch.linspace(-3, 3, 31).to(dtype), torch.ones(31, dtype=dtype)
    y, tangent = torch.func.jvp(act.gelu, (x,), (ones,))
    _, expected = torch.func.jvp(F.gelu, (x.double(),), (ones.double(),))
    assert tangent.dtype == dtype and torch.equal(y, act.gelu(x))
    torch.testing.assert_close(tangent.double(), expected, rtol=4 * torch.finfo(dtype).eps, atol=4 * torch.finfo(dtype).eps)
    assert torch.equal(torch.func.vmap(act.gelu)(x.reshape(31, 1)).flatten(), y)


@compiles
@each_type
def test_compiled(dtype):
    def function(x):
        return act.silu(act.gelu(x) * 2, inplace=True).sum()

    torch._dynamo.reset()
    p, q = (torch.linspace(-3, 3, 31).to(dtype).requires_grad_() for _ in range(2))
    y = torch.compile(function, fullgraph=True, backend="aot_eager")(p)
    expected = function(q)
    assert y.dtype == dtype
    torch.testing.assert_close(y, expected)
    y.backward()
    expected.backward()
    torch.testing.assert_close(p.grad, q.grad)


@each_type
def test_meta(dtype):
    x = torch.empty(3, 4, dtype=dtype, device="meta")
    assert act.gelu(x).dtype == dtype == act.softmax(x, 1).dtype
    assert act.gelu(x).device.type == "meta"


def test_no_other_type():
    for dtype in torch.float64, torch.int32:
        with pytest.raises(TypeError, match=f"gelu: input is {dtype}, and must be float32, bfloat16 or float16"):
            act.gelu(torch.ones(3, dtype=dtype))


def train(kind, dtype, autocast):
    """The losses of a two-layer network that learns a circle, with weights in the dtype or under autocast."""
    torch.manual_seed(4)
    x = torch.rand(512, 2) * 2 - 1
    target = (x.square().sum(1) < 0.6).float()
    net = nn.Sequential(nn.Linear(2, 32), kind(), nn.Linear(32, 32), kind(), nn.Linear(32, 1))
    if not autocast:
        net, x = net.to(dtype), x.to(dtype)
    losses = []
    for _ in range(90):
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=autocast):
            out = net(x)
        assert out.dtype == dtype
        loss = F.binary_cross_entropy_with_logits(out.float().squeeze(1), target)
        net.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in net.parameters():
                p -= 0.5 * p.grad
        losses.append(loss.item())
    return losses


@pytest.mark.parametrize("dtype, autocast", [(torch.bfloat16, True), (torch.bfloat16, False), (torch.float16, False)])
def test_training(dtype, autocast):
    """The loss curve equals that of torch.nn's modules."""
    if dtype == torch.float16 and torch.__version__ < "2":
        pytest.skip("this torch multiplies no matrices of float16 on the CPU")
    ours, theirs = train(act.GELU, dtype, autocast), train(nn.GELU, dtype, autocast)
    assert ours[-1] < 0.7 * ours[0]
    assert max(abs(a - b) for a, b in zip(ours, theirs)) < 0.02
