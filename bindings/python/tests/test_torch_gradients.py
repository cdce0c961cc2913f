# SPDX-License-Identifier: MIT
"""actfn.torch's gradients of gradients, forward mode and vmap, beside torch's autograd in double precision."""

import pytest

torch = pytest.importorskip("torch", reason="no torch", exc_type=ImportError)

import actfn.torch as act  # noqa: E402
from actfn._catalogue import OPERATIONS, of_family  # noqa: E402
from actfn.torch._formulas import FORMULAS, ROWS  # noqa: E402

F = torch.nn.functional
MORE = {
    "soft_exponential": [(-0.3,), (0.0,), (0.4,)],
    "elu": [(1.0,), (0.4,), (-0.5,)],
    "leaky_relu": [(0.01,), (-0.2,)],
    "celu": [(0.7,), (-0.7,)],
    "softplus": [(1.0, 20.0), (2.0, 3.0)],
    "swish": [(1.7,)],
    "clip": [(-1.0, 0.7)],
    "threshold": [(0.3, -2.0), (0.3, 2.0)],
    "shrink": [(0.5, 0.2), (0.5, 0.9)],
    "hardsigmoid_ab": [(0.2, 0.5)],
    "scaled_tanh": [(1.7, 0.6)],
    "relu_general": [(0.1, 2.0, 0.3)],
    "linear": [(2.0, 0.5)],
    "pow": [(2.0, 2.5), (1.5, 1.0), (1.0, 0.0)],
}
CASES = [
    (operation.name, params)
    for operation in of_family("elementwise")
    for params in MORE.get(operation.name, [tuple(param.default for param in operation.params)])
]
IDS = [f"{name}{params or ''}" for name, params in CASES]
transforms = pytest.mark.skipif(not hasattr(torch, "func"), reason=f"torch {torch.__version__} has no torch.func")


def points(name):
    """x away from kinks, where the operation is defined."""
    x = torch.tensor([-4.1, -3.3, -2.2, -1.3, -0.83, -0.41, -0.11, 0.12, 0.43, 0.81, 1.32, 2.17, 3.4, 4.2])
    if name == "soft_exponential":
        return x / 2
    return x.abs() if name in ("sqrt", "log", "pow") else x


def keywords(name, params):
    return {param.keyword: value for param, value in zip(OPERATIONS[name].params, params)}


def ours(name, params, **more):
    """As a function of x alone, whatever the names of torch's parameters."""
    torch_names = {"log_sigmoid": act.logsigmoid, "gelu_tanh": lambda x, **m: act.gelu(x, "tanh", **m)}
    if name in torch_names:
        return lambda x: torch_names[name](x, *params)
    function = getattr(act, name)
    if OPERATIONS[name].params and function.__code__.co_argcount > 1:  # torch's, with positional parameters
        return lambda x: function(x, *params, **more)
    return lambda x: function(x, **keywords(name, params), **more)


def plain(name, params):
    """The formula, if torch can differentiate it often enough: torch's own hardsigmoid only once."""
    f = FORMULAS[name][0]
    return (lambda x: ((x + 3) / 6).clamp(0, 1)) if name == "hardsigmoid" else lambda x: f(x, *params)


def close(got, expected, scale=1e-5):
    torch.testing.assert_close(got.double(), expected.double(), rtol=scale, atol=scale)


def test_there_is_a_formula_for_each():
    assert list(FORMULAS) == [operation.name for operation in of_family("elementwise")]
    for operation in of_family("elementwise"):
        assert (FORMULAS[operation.name][2] is not None) == operation.from_output


@pytest.mark.parametrize("name, params", CASES, ids=IDS)
def test_formulas(name, params):
    """f is compared with the library; f'' and the slope of f' from y with autograd's derivatives of f."""
    _, second, slope = FORMULAS[name]
    x = points(name).double().requires_grad_()
    y = plain(name, params)(x)
    assert torch.equal(y, FORMULAS[name][0](x, *params))
    close(ours(name, params)(points(name)), y)
    first = torch.autograd.grad(y.sum(), x, create_graph=True)[0] if y.requires_grad else torch.zeros_like(x)
    expected = torch.zeros_like(x)
    if first.requires_grad:
        expected = torch.autograd.grad(first.sum(), x, allow_unused=True)[0]
        expected = torch.zeros_like(x) if expected is None else expected
    close(second(x, *params) + torch.zeros_like(x), expected, 1e-8)
    if act._operators.gradient_name(name, params).endswith("_from_output"):
        flat = first == 0  # y does not determine x there
        close(
            (slope(y, *params) * first).masked_fill(flat, 0) + torch.zeros_like(x), expected.masked_fill(flat, 0), 1e-8
        )


def penalised(function, x):
    """The gradient of a loss with a term in the gradient, and a term in the gradient's gradient."""
    x = x.clone().requires_grad_()
    y = function(x * 1)
    (g,) = torch.autograd.grad(y.sum() + (y * y).sum(), x, create_graph=True)
    (y.sum() + (g * g).sum()).backward()
    return x.grad


@pytest.mark.parametrize("inplace", [False, True], ids=["", "inplace"])
@pytest.mark.parametrize("name, params", CASES, ids=IDS)
def test_gradient_penalty(name, params, inplace):
    if inplace and name in (
        "log_sigmoid",
        "softsign",
        "tanhshrink",
        "softplus",
        "softshrink",
        "hardshrink",
        "gelu",
        "gelu_tanh",
    ):
        pytest.skip("torch.nn.functional has no such form, and neither have we")
    x = points(name)
    function = ours(name, params, **({"inplace": True} if inplace else {}))
    expected = penalised(lambda v: plain(name, params)(v) + 0 * v, x.double())
    close(penalised(function, x), expected, 2e-5)


FAMILIES = {
    **{
        f"{name}, dim {dim}": (lambda x, n=name, d=dim: getattr(act, n)(x, d), lambda x, n=name, d=dim: ROWS[n](x, d))
        for name in ROWS
        for dim in (0, 1)
    },
    "glu, dim 0": (lambda x: act.glu(x, 0), lambda x: F.glu(x, 0)),
    "glu": (act.glu, F.glu),
    "prelu": (lambda x: act.prelu(x, torch.tensor([0.3])), lambda x: F.prelu(x, x.new_tensor([0.3]))),
    "prelu, channels": (
        lambda x: act.prelu(x, torch.linspace(0.1, 0.6, 6)),
        lambda x: F.prelu(x, torch.linspace(0.1, 0.6, 6).to(x)),
    ),
    "rrelu": (lambda x: act.rrelu(x, 0.3, 0.3, True), lambda x: F.leaky_relu(x, 0.3)),
    "rrelu, negative": (lambda x: act.rrelu(x, -0.3, -0.3, True), lambda x: F.leaky_relu(x, -0.3)),
    "rrelu, inplace": (lambda x: act.rrelu(x, 0.3, 0.3, True, True), lambda x: F.leaky_relu(x, 0.3)),
    "rrelu, negative, inplace": (lambda x: act.rrelu(x, -0.3, -0.3, True, True), lambda x: F.leaky_relu(x, -0.3)),
}


@pytest.fixture
def matrix():
    torch.manual_seed(8)
    return torch.randn(4, 6)


@pytest.mark.parametrize("name", FAMILIES)
def test_gradient_penalty_of_families(name, matrix):
    mine, theirs = FAMILIES[name]
    weights = torch.linspace(-1, 2, 24).reshape(4, 6)
    mix = lambda f: lambda x: (lambda y: y * y + y * weights.to(x).flatten()[: y.numel()].reshape(y.shape))(f(x))
    close(penalised(mix(mine), matrix), penalised(mix(theirs), matrix.double()), 2e-5)


def test_prelu_weight_has_second_derivatives(matrix):
    def both(function, x, w):
        x, w = x.clone().requires_grad_(), w.clone().requires_grad_()
        y = function(x, w)
        gradients = torch.autograd.grad((y**3).sum(), (x, w), create_graph=True)
        sum((g * g).sum() for g in gradients).backward()
        return x.grad, w.grad

    w = torch.linspace(0.1, 0.6, 6)
    for got, expected in zip(both(act.prelu, matrix, w), both(F.prelu, matrix.double(), w.double())):
        close(got, expected, 2e-5)


def test_third_derivative():
    """The operations of backward can be differentiated themselves, any number of times."""

    def third(function, x):
        x = x.clone().requires_grad_()
        for _ in range(3):
            (x_or_y,) = torch.autograd.grad(function(x).sum(), x, create_graph=True)
            function, last = (lambda f: lambda v: torch.autograd.grad(f(v).sum(), v, create_graph=True)[0])(
                function
            ), x_or_y
        return last.detach()

    for name in "gelu", "tanh", "silu", "softplus":
        close(third(getattr(act, name), points(name)), third(getattr(F, name), points(name).double()), 1e-4)


@pytest.mark.skipif(not hasattr(torch, "func"), reason="a Function's forward mode is newer than this torch")
@pytest.mark.parametrize("name, params", CASES, ids=IDS)
def test_forward_mode(name, params):
    x, tangent = points(name), torch.linspace(-1, 2, 14)
    expected = torch.func.jvp(plain(name, params), (x.double(),), (tangent.double(),))[1]
    y, got = torch.func.jvp(ours(name, params), (x,), (tangent,))
    close(got, expected)
    assert torch.equal(y, ours(name, params)(x))
    with torch.autograd.forward_ad.dual_level():
        dual = torch.autograd.forward_ad.make_dual(x, tangent)
        close(torch.autograd.forward_ad.unpack_dual(ours(name, params)(dual)).tangent, expected)


@transforms
@pytest.mark.parametrize("name, params", CASES, ids=IDS)
def test_transforms(name, params):
    """hessian is forward over reverse; jacrev over jacrev and jacfwd over jacfwd are the other ways."""
    x, f, reference = points(name)[::2], ours(name, params), plain(name, params)
    total = lambda g: lambda v: (g(v) ** 2).sum()
    expected = torch.func.hessian(total(reference))(x.double())
    for way in (
        torch.func.hessian,
        lambda g: torch.func.jacrev(torch.func.jacrev(g)),
        lambda g: torch.func.jacfwd(torch.func.jacfwd(g)),
        lambda g: torch.func.jacrev(torch.func.jacfwd(g)),
    ):
        close(way(total(f))(x), expected, 5e-5)
    rows = torch.stack([x, x.flip(0)])
    for dim in 0, 1:
        batch = rows.movedim(0, dim)
        close(torch.func.vmap(f, in_dims=dim, out_dims=dim)(batch), reference(batch.double()))
    close(
        torch.func.vmap(torch.func.grad(total(f)))(rows),
        torch.func.vmap(torch.func.grad(total(reference)))(rows.double()),
        5e-5,
    )


@transforms
@pytest.mark.parametrize("name", FAMILIES)
def test_transforms_of_families(name, matrix):
    if "inplace" in name:
        pytest.skip("torch.func takes no tensor that is overwritten")
    mine, theirs = FAMILIES[name]
    total = lambda g: lambda v: (g(v) ** 3).sum()
    x = matrix[:2] if "dim 0" in name else matrix
    expected = torch.func.hessian(total(theirs))(x.double())
    tangent = torch.linspace(-1, 2, x.numel()).reshape(x.shape)
    options = {"randomness": "same"} if "rrelu" in name else {}
    close(
        torch.func.jvp(mine, (x,), (tangent,))[1], torch.func.jvp(theirs, (x.double(),), (tangent.double(),))[1], 2e-5
    )
    if "rrelu" not in name:
        for way in torch.func.hessian, lambda g: torch.func.jacrev(torch.func.jacrev(g)):
            close(way(total(mine))(x), expected, 5e-5)
    batch = torch.stack([x, x.flip(1), -x])
    for dim in 0, 1, 2:
        moved = batch.movedim(0, dim)
        close(
            torch.func.vmap(mine, in_dims=dim, **options)(moved),
            torch.func.vmap(theirs, in_dims=dim)(moved.double()),
            2e-5,
        )
    close(
        torch.func.vmap(torch.func.grad(total(mine)), **options)(batch),
        torch.func.vmap(torch.func.grad(total(theirs)))(batch.double()),
        5e-5,
    )


@transforms
def test_transforms_of_prelu_by_weight(matrix):
    w = torch.linspace(0.1, 0.6, 6)
    total = lambda f: lambda w, x: (f(x, w) ** 2).sum()
    close(
        torch.func.hessian(total(act.prelu))(w, matrix),
        torch.func.hessian(total(F.prelu))(w.double(), matrix.double()),
        5e-5,
    )
    per_sample = lambda f: torch.func.vmap(torch.func.grad(total(f)), in_dims=(None, 0))
    batch = torch.stack([matrix, -matrix])
    plain = lambda x, w: torch.where(x > 0, x, w * x)
    close(per_sample(act.prelu)(w, batch), per_sample(plain)(w.double(), batch.double()), 2e-5)


@transforms
def test_rrelu_draws_by_vmaps_randomness():
    x = -torch.ones(3, 50)
    f = lambda v: act.rrelu(v, 0.1, 0.9, True)
    same, different = (torch.func.vmap(f, randomness=r)(x) for r in ("same", "different"))
    assert torch.equal(same[0], same[1]) and not torch.equal(different[0], different[1])
    gradients = torch.func.vmap(torch.func.grad(lambda v: f(v).sum()), randomness="different")(x)
    assert (gradients[0] != gradients[1]).any() and ((gradients > 0.1) & (gradients < 0.9)).all()
    with pytest.raises(RuntimeError, match="randomness"):
        torch.func.vmap(f)(x)


@transforms
def test_heat_equation():
    """A physics-informed network: the residual u_t - u_xx by torch.func, trained, beside torch.tanh in double."""

    def train(activation, dtype):
        torch.manual_seed(4)
        net = torch.nn.Sequential(torch.nn.Linear(2, 16), torch.nn.Linear(16, 16), torch.nn.Linear(16, 1)).to(dtype)
        points = torch.rand(64, 2, dtype=torch.float32).to(dtype)
        parameters = dict(net.named_parameters())

        def u(parameters, point):
            h = point
            for k in range(2):
                h = activation(h @ parameters[f"{k}.weight"].T + parameters[f"{k}.bias"])
            return (h @ parameters["2.weight"].T + parameters["2.bias"])[0]

        def residual(parameters, point):
            return torch.func.grad(u, 1)(parameters, point)[1] - torch.func.hessian(u, 1)(parameters, point)[0, 0]

        def loss(parameters):
            at_points = torch.func.vmap(residual, (None, 0))(parameters, points)
            start = torch.func.vmap(u, (None, 0))(parameters, points * points.new_tensor([1, 0]))
            return (at_points**2).mean() + ((start - torch.sin(3 * points[:, 0])) ** 2).mean()

        losses = []
        for _ in range(20):
            gradients, value = torch.func.grad_and_value(loss)(parameters)
            parameters = {key: p - 0.05 * gradients[key] for key, p in parameters.items()}
            losses.append(value.item())
        return losses

    mine, theirs = train(act.tanh, torch.float32), train(torch.tanh, torch.float64)
    assert mine[-1] < 0.8 * mine[0]
    torch.testing.assert_close(torch.tensor(mine), torch.tensor(theirs), rtol=1e-3, atol=1e-4)


TRAINED = [(name, param.keyword) for name in FORMULAS for param in OPERATIONS[name].params if param.gradient]


@pytest.mark.parametrize("inplace", [False, True], ids=["", "inplace"])
@pytest.mark.parametrize("name, keyword", TRAINED)
def test_trained_parameter(name, keyword, inplace):
    operation, x = OPERATIONS[name], points(name)
    values = [0.4 if param.required else min(param.default, 9.0) for param in operation.params]
    values = [
        0.3 if (name, param.name) == ("relu_general", "slope") else v for param, v in zip(operation.params, values)
    ]
    place = [param.keyword for param in operation.params].index(keyword)

    def both(function, x, values, penalty):
        x = x.clone().requires_grad_()
        parameter = x.new_tensor([values[place]]).requires_grad_()
        given = [*values[:place], parameter, *values[place + 1 :]]
        y = function(x * 1, given)
        if penalty:
            gradients = torch.autograd.grad((y * y).sum(), (x, parameter), create_graph=True)
            sum((g * g).sum() for g in gradients).backward()
        else:
            (y * y).sum().backward()
        return x.grad, parameter.grad

    theirs = lambda x, given: FORMULAS[name][0](x, *[v.squeeze() if isinstance(v, torch.Tensor) else v for v in given])
    if inplace and name == "softplus":
        pytest.skip("torch.nn.functional has no such form, and neither have we")
    more = {"inplace": True} if inplace else {}
    mine = lambda x, given: ours(name, given, **more)(x)
    for penalty in False, True:
        for got, expected in zip(both(mine, x, values, penalty), both(theirs, x.double(), values, penalty)):
            close(got, expected, 2e-5)


def test_trained_swish_beside_the_issue():
    q, b = torch.linspace(-2, 2, 9), torch.tensor(1.5, requires_grad=True)
    act.swish(q, beta=b).sum().backward()
    c = torch.tensor(1.5, dtype=torch.float64, requires_grad=True)
    (q.double() * torch.sigmoid(c * q.double())).sum().backward()
    close(b.grad, c.grad)


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda x, p: act.hardtanh(x, p), "hardtanh: min_val requires grad, and libactfn has no gradient for it"),
        (lambda x, p: act.softplus(x, 1.0, p), "softplus: threshold requires grad"),
        (lambda x, p: act.linear(x, beta=p), "linear: beta requires grad"),
        (lambda x, p: act.clip(x, min=p, max=3.0), "clip: min requires grad"),
        (lambda x, p: act.softshrink(x, lambd=p), "softshrink: lambd requires grad"),
        (lambda x, p: act.rrelu(x, p, 1.0), "rrelu: lower requires grad"),
        (lambda x, p: act.elu(x, p.expand(3)), "elu: alpha has 3 elements, and must have one"),
        (lambda x, p: act.elu(x, torch.ones(3)), "elu: alpha has 3 elements, and must have one"),
    ],
)
def test_trained_parameter_that_has_no_gradient(call, words):
    with pytest.raises(ValueError, match=words):
        call(torch.zeros(3), torch.tensor(0.5, requires_grad=True))
    if "elements" not in words:
        with torch.no_grad():
            assert call(torch.zeros(3), torch.tensor(0.5, requires_grad=True)).shape == (3,)


@transforms
def test_trained_parameter_under_transforms():
    x = torch.linspace(-2, 2, 9)
    mine = lambda b: (act.swish(x, beta=b) ** 2).sum()
    theirs = lambda b: ((x.double() * torch.sigmoid(b * x.double())) ** 2).sum()
    b = torch.tensor(1.5)
    close(torch.func.grad(mine)(b), torch.func.grad(theirs)(b.double()))
    close(torch.func.hessian(mine)(b), torch.func.hessian(theirs)(b.double()), 5e-5)
    several = torch.tensor([0.5, 1.0, 2.0])
    close(torch.func.vmap(mine)(several), torch.func.vmap(theirs)(several.double()), 5e-5)
