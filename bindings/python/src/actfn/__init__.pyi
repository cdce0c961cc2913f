# SPDX-License-Identifier: MIT
# Written by generate_stubs.py from the catalogue.
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Mode = Literal["accurate", "fast", "reproducible"]

__version__: str

def bind(ufunc: np.ufunc, /, **keywords: Any) -> np.ufunc: ...
def get_num_threads() -> int: ...
def info() -> dict[str, Any]: ...
def operations() -> list[dict[str, Any]]: ...
def select_isa(name: str | None, /) -> None: ...
def set_num_threads(n: int, /) -> None: ...

class _Binary(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, dy: Any, /, out: Any = ..., *, where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _BinaryCelu(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, dy: Any, /, alpha: float = 1.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _BinaryClip(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, dy: Any, /, min: float, max: float, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _BinaryElu(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, dy: Any, /, alpha: float = 1.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _BinaryGelu(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, dy: Any, /, out: Any = ..., *, where: Any = ..., approximate: Literal["none", "tanh"] = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _BinaryHardshrink(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, dy: Any, /, lambda_: float = 0.5, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _BinaryHardsigmoidAb(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, dy: Any, /, alpha: float = 0.2, beta: float = 0.5, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _BinaryHardswishAb(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, dy: Any, /, alpha: float = 0.16666667, beta: float = 0.5, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _BinaryHardtanh(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, dy: Any, /, min: float = -1.0, max: float = 1.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _BinaryIsrlu(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, dy: Any, /, alpha: float = 1.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _BinaryIsru(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, dy: Any, /, alpha: float = 1.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _BinaryLeakyRelu(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, dy: Any, /, slope: float = 0.01, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _BinaryLinear(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, dy: Any, /, alpha: float = 1.0, beta: float = 0.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _BinaryPow(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, dy: Any, /, alpha: float = 1.0, beta: float = 1.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _BinaryReluGeneral(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, dy: Any, /, slope: float = 0.0, max: float = ..., t: float = 0.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _BinaryScaledTanh(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, dy: Any, /, alpha: float = 1.0, beta: float = 1.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _BinaryShrink(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, dy: Any, /, lambda_: float = 0.5, bias: float = 0.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _BinarySoftExponential(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, dy: Any, /, alpha: float, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _BinarySoftplus(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, dy: Any, /, beta: float = 1.0, threshold: float = 20.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _BinarySoftshrink(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, dy: Any, /, lambda_: float = 0.5, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _BinarySquareplus(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, dy: Any, /, b: float = 4.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _BinarySwish(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, dy: Any, /, beta: float = 1.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _BinaryThreshold(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, dy: Any, /, t: float, v: float, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _BinaryThresholdedRelu(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, dy: Any, /, alpha: float = 1.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _BinaryXielu(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, dy: Any, /, alpha_p: float = 0.8, alpha_n: float = 0.8, beta: float = 0.5, eps: float = -1e-06, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _Unary(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, /, out: Any = ..., *, where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _UnaryCelu(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, /, alpha: float = 1.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _UnaryClip(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, /, min: float, max: float, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _UnaryElu(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, /, alpha: float = 1.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _UnaryGelu(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, /, out: Any = ..., *, where: Any = ..., approximate: Literal["none", "tanh"] = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _UnaryHardshrink(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, /, lambda_: float = 0.5, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _UnaryHardsigmoidAb(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, /, alpha: float = 0.2, beta: float = 0.5, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _UnaryHardswishAb(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, /, alpha: float = 0.16666667, beta: float = 0.5, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _UnaryHardtanh(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, /, min: float = -1.0, max: float = 1.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _UnaryIsrlu(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, /, alpha: float = 1.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _UnaryIsru(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, /, alpha: float = 1.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _UnaryLeakyRelu(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, /, slope: float = 0.01, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _UnaryLinear(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, /, alpha: float = 1.0, beta: float = 0.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _UnaryPow(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, /, alpha: float = 1.0, beta: float = 1.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _UnaryReluGeneral(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, /, slope: float = 0.0, max: float = ..., t: float = 0.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _UnaryScaledTanh(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, /, alpha: float = 1.0, beta: float = 1.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _UnaryShrink(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, /, lambda_: float = 0.5, bias: float = 0.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _UnarySoftExponential(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, /, alpha: float, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _UnarySoftplus(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, /, beta: float = 1.0, threshold: float = 20.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _UnarySoftshrink(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, /, lambda_: float = 0.5, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _UnarySquareplus(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, /, b: float = 4.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _UnarySwish(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, /, beta: float = 1.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _UnaryThreshold(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, /, t: float, v: float, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _UnaryThresholdedRelu(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, /, alpha: float = 1.0, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

class _UnaryXielu(np.ufunc):
    def __call__(  # type: ignore[override]
        self, x: Any, /, alpha_p: float = 0.8, alpha_n: float = 0.8, beta: float = 0.5, eps: float = -1e-06, *, out: Any = ..., where: Any = ..., casting: Any = ..., order: Any = ..., dtype: Any = ..., subok: bool = ..., mode: Mode = ...,
    ) -> Any: ...

abs: _Unary
abs_backward: _Binary
arctan: _Unary
arctan_backward: _Binary
bent_identity: _Unary
bent_identity_backward: _Binary
binary_step: _Unary
binary_step_backward: _Binary
binary_step_backward_from_output: _Binary
celu: _UnaryCelu
celu_backward: _BinaryCelu
celu_backward_from_output: _BinaryCelu
clip: _UnaryClip
clip_backward: _BinaryClip
elu: _UnaryElu
elu_backward: _BinaryElu
elu_backward_from_output: _BinaryElu
exp: _Unary
exp_backward: _Binary
exp_backward_from_output: _Binary
gaussian: _Unary
gaussian_backward: _Binary
gelu: _UnaryGelu
gelu_backward: _BinaryGelu
gelu_quick: _Unary
gelu_quick_backward: _Binary
gelu_tanh: _Unary
gelu_tanh_backward: _Binary
hardshrink: _UnaryHardshrink
hardshrink_backward: _BinaryHardshrink
hardshrink_backward_from_output: _BinaryHardshrink
hardsigmoid: _Unary
hardsigmoid_ab: _UnaryHardsigmoidAb
hardsigmoid_ab_backward: _BinaryHardsigmoidAb
hardsigmoid_backward: _Binary
hardsigmoid_backward_from_output: _Binary
hardswish: _Unary
hardswish_ab: _UnaryHardswishAb
hardswish_ab_backward: _BinaryHardswishAb
hardswish_backward: _Binary
hardtanh: _UnaryHardtanh
hardtanh_backward: _BinaryHardtanh
hardtanh_backward_from_output: _BinaryHardtanh
identity: _Unary
identity_backward: _Binary
identity_backward_from_output: _Binary
isrlu: _UnaryIsrlu
isrlu_backward: _BinaryIsrlu
isrlu_backward_from_output: _BinaryIsrlu
isru: _UnaryIsru
isru_backward: _BinaryIsru
isru_backward_from_output: _BinaryIsru
leaky_relu: _UnaryLeakyRelu
leaky_relu_backward: _BinaryLeakyRelu
leaky_relu_backward_from_output: _BinaryLeakyRelu
linear: _UnaryLinear
linear_backward: _BinaryLinear
linear_backward_from_output: _BinaryLinear
log: _Unary
log_backward: _Binary
log_sigmoid: _Unary
log_sigmoid_backward: _Binary
log_sigmoid_backward_from_output: _Binary
mish: _Unary
mish_backward: _Binary
pow: _UnaryPow
pow_backward: _BinaryPow
relu: _Unary
relu6: _Unary
relu6_backward: _Binary
relu6_backward_from_output: _Binary
relu_backward: _Binary
relu_backward_from_output: _Binary
relu_general: _UnaryReluGeneral
relu_general_backward: _BinaryReluGeneral
round: _Unary
round_backward: _Binary
round_backward_from_output: _Binary
scaled_tanh: _UnaryScaledTanh
scaled_tanh_backward: _BinaryScaledTanh
scaled_tanh_backward_from_output: _BinaryScaledTanh
selu: _Unary
selu_backward: _Binary
selu_backward_from_output: _Binary
shrink: _UnaryShrink
shrink_backward: _BinaryShrink
shrink_backward_from_output: _BinaryShrink
sigmoid: _Unary
sigmoid_backward: _Binary
sigmoid_backward_from_output: _Binary
silu: _Unary
silu_backward: _Binary
sinc: _Unary
sinc_backward: _Binary
sinusoid: _Unary
sinusoid_backward: _Binary
soft_exponential: _UnarySoftExponential
soft_exponential_backward: _BinarySoftExponential
soft_exponential_backward_from_output: _BinarySoftExponential
softplus: _UnarySoftplus
softplus_backward: _BinarySoftplus
softplus_backward_from_output: _BinarySoftplus
softshrink: _UnarySoftshrink
softshrink_backward: _BinarySoftshrink
softshrink_backward_from_output: _BinarySoftshrink
softsign: _Unary
softsign_backward: _Binary
softsign_backward_from_output: _Binary
sparse_plus: _Unary
sparse_plus_backward: _Binary
sparse_plus_backward_from_output: _Binary
sparse_sigmoid: _Unary
sparse_sigmoid_backward: _Binary
sparse_sigmoid_backward_from_output: _Binary
sqrt: _Unary
sqrt_backward: _Binary
sqrt_backward_from_output: _Binary
square: _Unary
square_backward: _Binary
squared_relu: _Unary
squared_relu_backward: _Binary
squared_relu_backward_from_output: _Binary
squareplus: _UnarySquareplus
squareplus_backward: _BinarySquareplus
squareplus_backward_from_output: _BinarySquareplus
swish: _UnarySwish
swish_backward: _BinarySwish
tanh: _Unary
tanh_backward: _Binary
tanh_backward_from_output: _Binary
tanhshrink: _Unary
tanhshrink_backward: _Binary
threshold: _UnaryThreshold
threshold_backward: _BinaryThreshold
threshold_backward_from_output: _BinaryThreshold
thresholded_relu: _UnaryThresholdedRelu
thresholded_relu_backward: _BinaryThresholdedRelu
thresholded_relu_backward_from_output: _BinaryThresholdedRelu
xielu: _UnaryXielu
xielu_backward: _BinaryXielu

def apl(
    x: npt.ArrayLike, a: npt.ArrayLike, b: npt.ArrayLike, *, axis: int = 1, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def apl_backward(
    x: npt.ArrayLike, a: npt.ArrayLike, b: npt.ArrayLike, dy: npt.ArrayLike, *, axis: int = 1, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> tuple[npt.NDArray[Any], npt.NDArray[np.float32], npt.NDArray[np.float32]]: ...
def celu_param_gradient(
    x: npt.ArrayLike, dy: npt.ArrayLike, *, alpha: float = 1.0, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> dict[str, np.float32]: ...
def elu_param_gradient(
    x: npt.ArrayLike, dy: npt.ArrayLike, *, alpha: float = 1.0, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> dict[str, np.float32]: ...
def geglu(
    u: npt.ArrayLike, v: npt.ArrayLike, *, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def geglu_backward(
    u: npt.ArrayLike, v: npt.ArrayLike, dy: npt.ArrayLike, *, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]: ...
def geglu_packed(
    x: npt.ArrayLike, axis: int = -1, *, gate: Literal["first", "last"], out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def geglu_packed_backward(
    x: npt.ArrayLike, dy: npt.ArrayLike, axis: int = -1, *, gate: Literal["first", "last"], out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def geglu_quick(
    u: npt.ArrayLike, v: npt.ArrayLike, *, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def geglu_quick_backward(
    u: npt.ArrayLike, v: npt.ArrayLike, dy: npt.ArrayLike, *, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]: ...
def geglu_quick_packed(
    x: npt.ArrayLike, axis: int = -1, *, gate: Literal["first", "last"], out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def geglu_quick_packed_backward(
    x: npt.ArrayLike, dy: npt.ArrayLike, axis: int = -1, *, gate: Literal["first", "last"], out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def geglu_tanh(
    u: npt.ArrayLike, v: npt.ArrayLike, *, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def geglu_tanh_backward(
    u: npt.ArrayLike, v: npt.ArrayLike, dy: npt.ArrayLike, *, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]: ...
def geglu_tanh_packed(
    x: npt.ArrayLike, axis: int = -1, *, gate: Literal["first", "last"], out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def geglu_tanh_packed_backward(
    x: npt.ArrayLike, dy: npt.ArrayLike, axis: int = -1, *, gate: Literal["first", "last"], out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def glu(
    u: npt.ArrayLike, v: npt.ArrayLike, *, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def glu_backward(
    u: npt.ArrayLike, v: npt.ArrayLike, dy: npt.ArrayLike, *, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]: ...
def glu_packed(
    x: npt.ArrayLike, axis: int = -1, *, gate: Literal["first", "last"], out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def glu_packed_backward(
    x: npt.ArrayLike, dy: npt.ArrayLike, axis: int = -1, *, gate: Literal["first", "last"], out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def gumbel_softmax(
    x: npt.ArrayLike, axis: int = -1, *, tau: float = 1.0, seed: int, stream: int = 0, offset: int = 0, hard: bool = False, return_soft: bool = False, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> Any: ...
def gumbel_softmax_backward(
    soft: npt.ArrayLike, dy: npt.ArrayLike, axis: int = -1, *, tau: float = 1.0, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def hardmax(
    x: npt.ArrayLike, axis: int = -1, *, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def hardmax_backward(
    dy: npt.ArrayLike, axis: int = -1, *, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def isrlu_param_gradient(
    x: npt.ArrayLike, dy: npt.ArrayLike, *, alpha: float = 1.0, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> dict[str, np.float32]: ...
def isru_param_gradient(
    x: npt.ArrayLike, dy: npt.ArrayLike, *, alpha: float = 1.0, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> dict[str, np.float32]: ...
def leaky_relu_param_gradient(
    x: npt.ArrayLike, dy: npt.ArrayLike, *, slope: float = 0.01, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> dict[str, np.float32]: ...
def log_softmax(
    x: npt.ArrayLike, axis: int = -1, *, scale: float = 1.0, masked_rows_zero: bool = False, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def log_softmax_backward(
    y: npt.ArrayLike, dy: npt.ArrayLike, axis: int = -1, *, scale: float = 1.0, masked_rows_zero: bool = False, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def logmeanexp(
    x: npt.ArrayLike, axis: int = -1, *, keepdims: bool = False, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def logmeanexp_backward(
    x: npt.ArrayLike, y: npt.ArrayLike, dy: npt.ArrayLike, axis: int = -1, *, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def logsumexp(
    x: npt.ArrayLike, axis: int = -1, *, keepdims: bool = False, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def logsumexp_backward(
    x: npt.ArrayLike, y: npt.ArrayLike, dy: npt.ArrayLike, axis: int = -1, *, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def maxout(
    x: npt.ArrayLike, axis: int = -1, *, keepdims: bool = False, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def maxout_backward(
    x: npt.ArrayLike, dy: npt.ArrayLike, axis: int = -1, *, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def maxout_backward_from_index(
    index: npt.ArrayLike, dy: npt.ArrayLike, n: int, axis: int = -1, *, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def maxout_index(
    x: npt.ArrayLike, axis: int = -1, *, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> tuple[npt.NDArray[Any], npt.NDArray[np.int32]]: ...
def prelu(
    x: npt.ArrayLike, a: npt.ArrayLike, *, axis: int = 1, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def prelu_backward(
    x: npt.ArrayLike, a: npt.ArrayLike, dy: npt.ArrayLike, *, axis: int = 1, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> tuple[npt.NDArray[Any], npt.NDArray[np.float32]]: ...
def prelu_backward_from_output(
    y: npt.ArrayLike, a: npt.ArrayLike, dy: npt.ArrayLike, *, axis: int = 1, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def random_u32(
    n: int, *, seed: int, stream: int = 0, offset: int = 0,
) -> npt.NDArray[np.uint32]: ...
def reglu(
    u: npt.ArrayLike, v: npt.ArrayLike, *, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def reglu_backward(
    u: npt.ArrayLike, v: npt.ArrayLike, dy: npt.ArrayLike, *, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]: ...
def reglu_packed(
    x: npt.ArrayLike, axis: int = -1, *, gate: Literal["first", "last"], out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def reglu_packed_backward(
    x: npt.ArrayLike, dy: npt.ArrayLike, axis: int = -1, *, gate: Literal["first", "last"], out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def relu_general_param_gradient(
    x: npt.ArrayLike, dy: npt.ArrayLike, *, slope: float = 0.0, max: float = ..., t: float = 0.0, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> dict[str, np.float32]: ...
def rrelu(
    x: npt.ArrayLike, *, lower: float = 0.125, upper: float = 0.33333334, seed: int, stream: int = 0, offset: int = 0, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def rrelu_backward(
    x: npt.ArrayLike, dy: npt.ArrayLike, *, lower: float = 0.125, upper: float = 0.33333334, seed: int, stream: int = 0, offset: int = 0, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def rrelu_backward_from_output(
    y: npt.ArrayLike, dy: npt.ArrayLike, *, lower: float = 0.125, upper: float = 0.33333334, seed: int, stream: int = 0, offset: int = 0, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def rrelu_eval(
    x: npt.ArrayLike, *, lower: float = 0.125, upper: float = 0.33333334, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def rrelu_eval_backward(
    x: npt.ArrayLike, dy: npt.ArrayLike, *, lower: float = 0.125, upper: float = 0.33333334, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def scaled_tanh_param_gradient(
    x: npt.ArrayLike, dy: npt.ArrayLike, *, alpha: float = 1.0, beta: float = 1.0, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> dict[str, np.float32]: ...
def sigmoid_bce(
    z: npt.ArrayLike, t: npt.ArrayLike, w: npt.ArrayLike | None = None, *, pos_weight: float = 1.0, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[np.float32]: ...
def sigmoid_bce_and_gradient(
    z: npt.ArrayLike, t: npt.ArrayLike, w: npt.ArrayLike | None = None, *, pos_weight: float = 1.0, scale: float = 1.0, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> tuple[npt.NDArray[np.float32], npt.NDArray[Any]]: ...
def sigmoid_bce_backward(
    z: npt.ArrayLike, t: npt.ArrayLike, w: npt.ArrayLike | None = None, *, pos_weight: float = 1.0, scale: float = 1.0, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def sigmoid_mse(
    z: npt.ArrayLike, t: npt.ArrayLike, w: npt.ArrayLike | None = None, *, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[np.float32]: ...
def sigmoid_mse_and_gradient(
    z: npt.ArrayLike, t: npt.ArrayLike, w: npt.ArrayLike | None = None, *, scale: float = 1.0, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> tuple[npt.NDArray[np.float32], npt.NDArray[Any]]: ...
def sigmoid_mse_backward(
    z: npt.ArrayLike, t: npt.ArrayLike, w: npt.ArrayLike | None = None, *, scale: float = 1.0, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def soft_exponential_param_gradient(
    x: npt.ArrayLike, dy: npt.ArrayLike, *, alpha: float, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> dict[str, np.float32]: ...
def softmax(
    x: npt.ArrayLike, axis: int = -1, *, scale: float = 1.0, masked_rows_zero: bool = False, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def softmax_backward(
    y: npt.ArrayLike, dy: npt.ArrayLike, axis: int = -1, *, scale: float = 1.0, masked_rows_zero: bool = False, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def softmax_cross_entropy(
    z: npt.ArrayLike, classes: npt.ArrayLike, w: npt.ArrayLike | None = None, axis: int = -1, *, label_smoothing: float = 0.0, ignore_index: int = -100, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[np.float32]: ...
def softmax_cross_entropy_and_gradient(
    z: npt.ArrayLike, classes: npt.ArrayLike, w: npt.ArrayLike | None = None, axis: int = -1, *, label_smoothing: float = 0.0, ignore_index: int = -100, scale: float = 1.0, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> tuple[npt.NDArray[np.float32], npt.NDArray[Any]]: ...
def softmax_cross_entropy_backward(
    z: npt.ArrayLike, classes: npt.ArrayLike, w: npt.ArrayLike | None = None, axis: int = -1, *, label_smoothing: float = 0.0, ignore_index: int = -100, scale: float = 1.0, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def softmax_cross_entropy_dense(
    z: npt.ArrayLike, t: npt.ArrayLike, w: npt.ArrayLike | None = None, axis: int = -1, *, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[np.float32]: ...
def softmax_cross_entropy_dense_and_gradient(
    z: npt.ArrayLike, t: npt.ArrayLike, w: npt.ArrayLike | None = None, axis: int = -1, *, scale: float = 1.0, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> tuple[npt.NDArray[np.float32], npt.NDArray[Any]]: ...
def softmax_cross_entropy_dense_backward(
    z: npt.ArrayLike, t: npt.ArrayLike, w: npt.ArrayLike | None = None, axis: int = -1, *, scale: float = 1.0, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def softmin(
    x: npt.ArrayLike, axis: int = -1, *, scale: float = 1.0, masked_rows_zero: bool = False, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def softmin_backward(
    y: npt.ArrayLike, dy: npt.ArrayLike, axis: int = -1, *, scale: float = 1.0, masked_rows_zero: bool = False, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def softplus_param_gradient(
    x: npt.ArrayLike, dy: npt.ArrayLike, *, beta: float = 1.0, threshold: float = 20.0, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> dict[str, np.float32]: ...
def sparsemax(
    x: npt.ArrayLike, axis: int = -1, *, masked_rows_zero: bool = False, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def sparsemax_backward(
    y: npt.ArrayLike, dy: npt.ArrayLike, axis: int = -1, *, masked_rows_zero: bool = False, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def squareplus_param_gradient(
    x: npt.ArrayLike, dy: npt.ArrayLike, *, b: float = 4.0, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> dict[str, np.float32]: ...
def srelu(
    x: npt.ArrayLike, tl: npt.ArrayLike, al: npt.ArrayLike, tr: npt.ArrayLike, ar: npt.ArrayLike, *, axis: int = 1, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def srelu_backward(
    x: npt.ArrayLike, tl: npt.ArrayLike, al: npt.ArrayLike, tr: npt.ArrayLike, ar: npt.ArrayLike, dy: npt.ArrayLike, *, axis: int = 1, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> tuple[npt.NDArray[Any], npt.NDArray[np.float32], npt.NDArray[np.float32], npt.NDArray[np.float32], npt.NDArray[np.float32]]: ...
def swiglu(
    u: npt.ArrayLike, v: npt.ArrayLike, *, alpha: float = 1.0, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def swiglu_backward(
    u: npt.ArrayLike, v: npt.ArrayLike, dy: npt.ArrayLike, *, alpha: float = 1.0, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]: ...
def swiglu_oai(
    u: npt.ArrayLike, v: npt.ArrayLike, *, alpha: float = 1.702, limit: float = 7.0, out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def swiglu_oai_backward(
    u: npt.ArrayLike, v: npt.ArrayLike, dy: npt.ArrayLike, *, alpha: float = 1.702, limit: float = 7.0, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]: ...
def swiglu_oai_packed(
    x: npt.ArrayLike, axis: int = -1, *, alpha: float = 1.702, limit: float = 7.0, gate: Literal["first", "last"], out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def swiglu_oai_packed_backward(
    x: npt.ArrayLike, dy: npt.ArrayLike, axis: int = -1, *, alpha: float = 1.702, limit: float = 7.0, gate: Literal["first", "last"], out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def swiglu_packed(
    x: npt.ArrayLike, axis: int = -1, *, alpha: float = 1.0, gate: Literal["first", "last"], out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def swiglu_packed_backward(
    x: npt.ArrayLike, dy: npt.ArrayLike, axis: int = -1, *, alpha: float = 1.0, gate: Literal["first", "last"], out: npt.NDArray[Any] | None = None, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> npt.NDArray[Any]: ...
def swish_param_gradient(
    x: npt.ArrayLike, dy: npt.ArrayLike, *, beta: float = 1.0, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> dict[str, np.float32]: ...
def xielu_param_gradient(
    x: npt.ArrayLike, dy: npt.ArrayLike, *, alpha_p: float = 0.8, alpha_n: float = 0.8, beta: float = 0.5, eps: float = -1e-06, dtype: npt.DTypeLike | None = None, mode: Mode = 'fast',
) -> dict[str, np.float32]: ...

affine = linear
affine_backward = linear_backward
affine_backward_from_output = linear_backward_from_output
approx_tanh = gelu_tanh
approx_tanh_backward = gelu_tanh_backward
atan = arctan
atan_backward = arctan_backward
bce_with_logits = sigmoid_bce
bce_with_logits_and_gradient = sigmoid_bce_and_gradient
bce_with_logits_backward = sigmoid_bce_backward
clamp = clip
clamp_backward = clip_backward
exponential = exp
exponential_backward = exp_backward
exponential_backward_from_output = exp_backward_from_output
geglu_erf = geglu
geglu_erf_backward = geglu_backward
geglu_erf_packed = geglu_packed
geglu_erf_packed_backward = geglu_packed_backward
gelu_erf = gelu
gelu_erf_backward = gelu_backward
gelu_new = gelu_tanh
gelu_new_backward = gelu_tanh_backward
gelu_sigmoid = gelu_quick
gelu_sigmoid_backward = gelu_quick_backward
hard_shrink = hardshrink
hard_shrink_backward = hardshrink_backward
hard_shrink_backward_from_output = hardshrink_backward_from_output
hard_sigmoid = hardsigmoid
hard_sigmoid_backward = hardsigmoid_backward
hard_sigmoid_backward_from_output = hardsigmoid_backward_from_output
hard_silu = hardswish
hard_silu_backward = hardswish_backward
hard_swish = hardswish
hard_swish_backward = hardswish_backward
hard_tanh = hardtanh
hard_tanh_backward = hardtanh_backward
hard_tanh_backward_from_output = hardtanh_backward_from_output
heaviside = binary_step
heaviside_backward = binary_step_backward
heaviside_backward_from_output = binary_step_backward_from_output
logistic = sigmoid
logistic_backward = sigmoid_backward
logistic_backward_from_output = sigmoid_backward_from_output
logsigmoid = log_sigmoid
logsigmoid_backward = log_sigmoid_backward
logsigmoid_backward_from_output = log_sigmoid_backward_from_output
lrelu = leaky_relu
lrelu_backward = leaky_relu_backward
lrelu_backward_from_output = leaky_relu_backward_from_output
lrelu_param_gradient = leaky_relu_param_gradient
none = identity
none_backward = identity_backward
none_backward_from_output = identity_backward_from_output
quick_gelu = gelu_quick
quick_gelu_backward = gelu_quick_backward
rectified_linear = relu
rectified_linear_backward = relu_backward
rectified_linear_backward_from_output = relu_backward_from_output
relu2 = squared_relu
relu2_backward = squared_relu_backward
relu2_backward_from_output = squared_relu_backward_from_output
relu_squared = squared_relu
relu_squared_backward = squared_relu_backward
relu_squared_backward_from_output = squared_relu_backward_from_output
scale = linear
scale_backward = linear_backward
scale_backward_from_output = linear_backward_from_output
silu_beta = swish
silu_beta_backward = swish_backward
silu_beta_param_gradient = swish_param_gradient
sin = sinusoid
sin_backward = sinusoid_backward
sine = sinusoid
sine_backward = sinusoid_backward
smooth_relu = softplus
smooth_relu_backward = softplus_backward
smooth_relu_backward_from_output = softplus_backward_from_output
smooth_relu_param_gradient = softplus_param_gradient
soft_relu = softplus
soft_relu_backward = softplus_backward
soft_relu_backward_from_output = softplus_backward_from_output
soft_relu_param_gradient = softplus_param_gradient
soft_shrink = softshrink
soft_shrink_backward = softshrink_backward
soft_shrink_backward_from_output = softshrink_backward_from_output
soft_sign = softsign
soft_sign_backward = softsign_backward
soft_sign_backward_from_output = softsign_backward_from_output
soft_step = sigmoid
soft_step_backward = sigmoid_backward
soft_step_backward_from_output = sigmoid_backward_from_output
softargmax = softmax
softargmax_backward = softmax_backward
step = binary_step
step_backward = binary_step_backward
step_backward_from_output = binary_step_backward_from_output
swish_1 = silu
swish_1_backward = silu_backward
tanh_shrink = tanhshrink
tanh_shrink_backward = tanhshrink_backward
