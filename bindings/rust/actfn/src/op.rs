// SPDX-License-Identifier: MIT
//! The list of operations, which the library's own list writes: build the target `regenerate`.

/// Makes the enum, and what has to exist for each variant.
macro_rules! ops {
    ($($(#[doc = $doc:literal])* $variant:ident = $value:literal, $name:literal;)*) => {
        /// An operation, by any of the entries of its [`Family`](crate::Family).
        ///
        /// Bounds of the error are in ULP over all finite floats; [`Op::info`] has them as numbers.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        #[repr(i32)]
        pub enum Op {
            $($(#[doc = $doc])* $variant = $value,)*
        }

        impl Op {
            /// Every operation, in the order of their values.
            pub const ALL: &'static [Op] = &[$(Op::$variant),*];

            /// Its name in the catalogue: `"gelu_tanh"`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Op::$variant => $name,)*
                }
            }
        }
    };
}

ops! {
    // begin generated from src/catalogue/ops.def: Rust variants
    /// `identity(x) = x`
    ///
    /// - f': `1`; from y: `1`
    /// - error: exact, f' exact
    Identity = 0, "identity";
    /// `binary_step(x) = x >= 0 ? 1 : 0`
    ///
    /// - f': `0`; from y: `0`
    /// - error: exact, f' exact
    /// - special: `f(-0) = 1`
    BinaryStep = 1, "binary_step";
    /// `sigmoid(x) = 1 / (1 + e^-x)`
    ///
    /// - f': `s(x) s(-x), s = sigmoid`; from y: `y (1 - y)`
    /// - error: 4 ulp, f' 6 ulp; accurate 2 ulp, f' 3 ulp
    /// - special: `f(-inf) = +0, f(+inf) = 1`
    Sigmoid = 2, "sigmoid";
    /// `tanh(x) = (e^x - e^-x) / (e^x + e^-x)`
    ///
    /// - f': `1 - tanh(x)^2`; from y: `(1 - y) (1 + y)`
    /// - error: 4 ulp, f' 6 ulp; accurate 2 ulp, f' 3 ulp
    /// - special: `f(-0) = -0, f(+-inf) = +-1`
    Tanh = 3, "tanh";
    /// `arctan(x) = atan x`
    ///
    /// - f': `1 / (1 + x^2)`
    /// - error: 2 ulp, f' 2 ulp
    /// - special: `f(-0) = -0, f(+-inf) = +-pi/2`
    Arctan = 4, "arctan";
    /// `softsign(x) = x / (1 + |x|)`
    ///
    /// - f': `1 / (1 + |x|)^2`; from y: `(1 - |y|)^2`
    /// - error: 1 ulp, f' 2 ulp
    /// - special: `f(-0) = -0, f(+-inf) = +-1`
    Softsign = 5, "softsign";
    /// `relu(x) = x > 0 ? x : +0`
    ///
    /// - f': `x > 0 ? 1 : 0`; from y: `y > 0 ? 1 : 0`
    /// - error: exact, f' exact
    /// - special: `f(-0) = f(-inf) = +0; f'(0) = 0`
    Relu = 6, "relu";
    /// `relu6(x) = min(max(x, 0), 6)`
    ///
    /// - f': `0 < x < 6 ? 1 : 0`; from y: `0 < y < 6 ? 1 : 0`
    /// - error: exact, f' exact
    /// - special: `f(-0) = +0; f'(0) = f'(6) = 0`
    Relu6 = 7, "relu6";
    /// `squared_relu(x) = max(x, 0)^2`
    ///
    /// - f': `x > 0 ? 2x : 0`; from y: `2 sqrt(y)`
    /// - error: 0.5 ulp, f' exact
    /// - special: `f(-0) = +0; +inf from 1.84467e19`
    SquaredRelu = 8, "squared_relu";
    /// `selu(x) = x > 0 ? L x : L A (e^x - 1), L = 1.0507009873554805, A = 1.6732632423543772`
    ///
    /// - f': `x > 0 ? L : L A e^x`; from y: `y > 0 ? L : y + L A`
    /// - error: 3 ulp, f' 6 ulp; accurate 2 ulp, f' 2 ulp
    /// - special: `f(-0) = -0, f(-inf) = -L A; f'(0) = L A`
    Selu = 9, "selu";
    /// `silu(x) = x / (1 + e^-x)`
    ///
    /// - f': `s(x) (1 + x s(-x)), s = sigmoid`
    /// - error: 4 ulp, f' 5 ulp; accurate 2 ulp, f' 4 ulp
    /// - special: `f(-0) = f(-inf) = -0; f'(-inf) = -0`
    Silu = 10, "silu";
    /// `gelu(x) = x Phi(x) = x erfc(-x / sqrt 2) / 2`
    ///
    /// - f': `Phi(x) + x phi(x)`
    /// - error: 4 ulp, f' 6 ulp
    /// - special: `f(-0) = f(-inf) = -0; f'(-inf) = -0`
    Gelu = 11, "gelu";
    /// `gelu_tanh(x) = x (1 + tanh u) / 2, u = sqrt(2/pi) (x + 0.044715 x^3)`
    ///
    /// - f': `s(2u) (1 + 2x u' s(-2u)), s = sigmoid, u' = sqrt(2/pi) (1 + 0.134145 x^2)`
    /// - error: 4 ulp, f' 7 ulp; accurate 4 ulp, f' 6 ulp
    /// - special: `f(-0) = f(-inf) = -0; f'(-inf) = -0`
    GeluTanh = 12, "gelu_tanh";
    /// `gelu_quick(x) = x / (1 + e^(-1.702 x))`
    ///
    /// - f': `s(t) (1 + t s(-t)), t = 1.702 x, s = sigmoid`
    /// - error: 4 ulp, f' 6 ulp; accurate 2 ulp, f' 4 ulp
    /// - special: `f(-0) = f(-inf) = -0; f'(-inf) = -0`
    GeluQuick = 13, "gelu_quick";
    /// `mish(x) = x tanh(ln(1 + e^x))`
    ///
    /// - f': `n/(n+2) + 4x w (1+w)/(n+2)^2, w = e^x, n = w (w+2)`
    /// - error: 4 ulp, f' 7 ulp; accurate 3 ulp, f' 5 ulp
    /// - special: `f(-0) = f(-inf) = -0; f'(-inf) = -0`
    Mish = 14, "mish";
    /// `hardsigmoid(x) = min(max(x + 3, 0), 6) / 6`
    ///
    /// - f': `-3 < x < 3 ? 1/6 : 0`; from y: `0 < y < 1 ? 1/6 : 0`
    /// - error: 1 ulp, f' 0.5 ulp
    /// - special: `f'(+-3) = 0`
    Hardsigmoid = 15, "hardsigmoid";
    /// `hardswish(x) = x min(max(x + 3, 0), 6) / 6`
    ///
    /// - f': `x <= -3 ? 0 : x >= 3 ? 1 : (2x + 3) / 6`
    /// - error: 2 ulp, f' 1 ulp
    /// - special: `f(x) = -0 for x <= -3; f'(-3) = 0, f'(3) = 1`
    Hardswish = 16, "hardswish";
    /// `log_sigmoid(x) = -ln(1 + e^-x)`
    ///
    /// - f': `1 / (1 + e^x)`; from y: `-expm1(y)`
    /// - error: 4 ulp, f' 4 ulp; accurate 2 ulp, f' 2 ulp
    /// - special: `f(-inf) = -inf, f(+inf) = -0`
    LogSigmoid = 17, "log_sigmoid";
    /// `tanhshrink(x) = x - tanh x`
    ///
    /// - f': `tanh(x)^2`
    /// - error: 3 ulp, f' 7 ulp; accurate 3 ulp, f' 4 ulp
    /// - special: `f(-0) = -0`
    Tanhshrink = 18, "tanhshrink";
    /// `bent_identity(x) = (sqrt(x^2 + 1) - 1) / 2 + x`
    ///
    /// - f': `x / (2 sqrt(x^2 + 1)) + 1`
    /// - error: 2 ulp, f' 1 ulp
    /// - special: `f(-0) = -0, f(+-inf) = +-inf`
    BentIdentity = 19, "bent_identity";
    /// `sinusoid(x) = sin x`
    ///
    /// - f': `cos x`
    /// - error: 2 ulp, f' 2 ulp
    /// - special: `f(-0) = -0; NaN at +-inf`
    Sinusoid = 20, "sinusoid";
    /// `sinc(x) = x = 0 ? 1 : sin x / x`
    ///
    /// - f': `x = 0 ? 0 : (x cos x - sin x) / x^2`
    /// - error: 2 ulp, f' 4 ulp
    /// - special: `f(+-inf) = +0; f'(+-inf) = +0`
    Sinc = 21, "sinc";
    /// `gaussian(x) = e^(-x^2)`
    ///
    /// - f': `-2x e^(-x^2)`
    /// - error: 2 ulp, f' 4 ulp; accurate 2 ulp, f' 3 ulp
    /// - special: `f(+-0) = 1, f(+-inf) = +0`
    Gaussian = 22, "gaussian";
    /// `sparse_plus(x) = x <= -1 ? 0 : x >= 1 ? x : (x + 1)^2 / 4`
    ///
    /// - f': `x <= -1 ? 0 : x >= 1 ? 1 : (x + 1) / 2`; from y: `y >= 1 ? 1 : sqrt y`
    /// - error: 1 ulp, f' 0.5 ulp
    /// - special: `f(-inf) = +0`
    SparsePlus = 23, "sparse_plus";
    /// `sparse_sigmoid(x) = min(max((x + 1) / 2, 0), 1)`
    ///
    /// - f': `-1 < x < 1 ? 1/2 : 0`; from y: `0 < y < 1 ? 1/2 : 0`
    /// - error: 1 ulp, f' 0.5 ulp
    /// - special: `f'(+-1) = 0`
    SparseSigmoid = 24, "sparse_sigmoid";
    /// `exp(x) = e^x`
    ///
    /// - f': `e^x`; from y: `y`
    /// - error: 2 ulp, f' 2 ulp; accurate 1 ulp, f' 1 ulp
    /// - special: `f(-inf) = +0; +inf above 88.7228`
    Exp = 25, "exp";
    /// `abs(x) = |x|`
    ///
    /// - f': `x > 0 ? 1 : x < 0 ? -1 : 0`
    /// - error: exact, f' exact
    /// - special: `f(-0) = +0; f'(+-0) = 0`
    Abs = 26, "abs";
    /// `square(x) = x^2`
    ///
    /// - f': `2x`
    /// - error: 0.5 ulp, f' exact
    /// - special: `+inf from 1.84467e19`
    Square = 27, "square";
    /// `sqrt(x) = sqrt x`
    ///
    /// - f': `1 / (2 sqrt x)`; from y: `1 / (2y)`
    /// - error: 0.5 ulp, f' 1 ulp
    /// - special: `f(-0) = -0, NaN for x < 0; f'(+0) = +inf, f'(-0) = -inf`
    Sqrt = 28, "sqrt";
    /// `log(x) = ln x`
    ///
    /// - f': `1 / x`
    /// - error: 1 ulp, f' 0.5 ulp
    /// - special: `f(+-0) = -inf, NaN for x < 0; f'(+0) = +inf, f'(-0) = -inf`
    Log = 29, "log";
    /// `round(x) = nearest integer, ties to even`
    ///
    /// - f': `0`; from y: `0`
    /// - error: exact, f' exact
    /// - special: `f(x) = -0 for -0.5 <= x < 0`
    Round = 30, "round";
    /// `leaky_relu(x) = x > 0 ? x : slope x`
    ///
    /// - f': `x > 0 ? 1 : slope`; from y: `y > 0 ? 1 : slope`, which needs `slope >= 0`
    /// - `slope`: finite; default 0.01
    /// - error: 0.5 ulp, f' exact
    /// - special: `slope 0 is exactly relu; f'(0) = slope`
    LeakyRelu = 31, "leaky_relu";
    /// `elu(x) = x > 0 ? x : alpha (e^x - 1)`
    ///
    /// - f': `x > 0 ? 1 : alpha e^x`; from y: `y > 0 ? 1 : y + alpha`, which needs `alpha >= 0`
    /// - `alpha`: finite; default 1
    /// - error: 4 ulp, f' 6 ulp; accurate 2 ulp, f' 2 ulp
    /// - special: `f(-inf) = -alpha; f'(0) = alpha`
    Elu = 32, "elu";
    /// `celu(x) = x > 0 ? x : alpha (e^(x/alpha) - 1)`
    ///
    /// - f': `x > 0 ? 1 : e^(x/alpha)`; from y: `y > 0 ? 1 : y/alpha + 1`, which needs `alpha > 0`
    /// - `alpha`: finite, not 0; default 1
    /// - error: 3 ulp, f' 2 ulp; accurate 2 ulp, f' 2 ulp
    /// - special: `f(-inf) = -alpha for alpha > 0`
    Celu = 33, "celu";
    /// `softplus(x) = beta x > threshold ? x : ln(1 + e^(beta x)) / beta`
    ///
    /// - f': `beta x > threshold ? 1 : 1 / (1 + e^(-beta x))`; from y: `-expm1(-beta y)`, which needs `threshold >= 20`
    /// - `beta`: finite, not 0; default 1
    /// - `threshold`: any but NaN; default 20
    /// - error: 4 ulp, f' 4 ulp; accurate 2 ulp, f' 2 ulp
    /// - special: `threshold = +inf: never linear`
    Softplus = 34, "softplus";
    /// `swish(x) = x / (1 + e^(-beta x))`
    ///
    /// - f': `s(t) (1 + t s(-t)), t = beta x, s = sigmoid`
    /// - `beta`: finite; default 1
    /// - error: 3 ulp, f' 5 ulp; accurate 2 ulp, f' 4 ulp
    /// - special: `beta > 0: f(-inf) = -0; beta = 0: x / 2`
    Swish = 35, "swish";
    /// `hardtanh(x) = min(max(x, min), max)`
    ///
    /// - f': `min < x < max ? 1 : 0`; from y: `min < y < max ? 1 : 0`, which needs `min < max`
    /// - `min`: any but NaN; default -1
    /// - `max`: any but NaN; default 1
    /// - needs `min <= max`
    /// - error: 0.5 ulp, f' exact
    /// - special: `f' = 0 on both bounds`
    Hardtanh = 36, "hardtanh";
    /// `clip(x) = min(max(x, min), max)`
    ///
    /// - f': `min <= x <= max ? 1 : 0`
    /// - `min`: any but NaN
    /// - `max`: any but NaN
    /// - error: 0.5 ulp, f' exact
    /// - special: `f' = 1 on both bounds; min > max gives max`
    Clip = 37, "clip";
    /// `hardsigmoid_ab(x) = max(0, min(1, alpha x + beta))`
    ///
    /// - f': `0 < alpha x + beta < 1 ? alpha : 0`
    /// - `alpha`: finite; default 0.2
    /// - `beta`: finite; default 0.5
    /// - error: 1 ulp, f' 0.5 ulp
    /// - special: `alpha x + beta is rounded once; (1/6, 1/2) is hardsigmoid`
    HardsigmoidAb = 38, "hardsigmoid_ab";
    /// `hardswish_ab(x) = x max(0, min(1, t)), t = alpha x + beta`
    ///
    /// - f': `t <= 0 ? 0 : t >= 1 ? 1 : 2 alpha x + beta`
    /// - `alpha`: finite, > 0; default 0.166667
    /// - `beta`: finite; default 0.5
    /// - error: 2 ulp, f' 1 ulp
    /// - special: `f(-inf) = -0; (1/6, 1/2) is hardswish`
    HardswishAb = 39, "hardswish_ab";
    /// `hardshrink(x) = |x| > lambda ? x : +0`
    ///
    /// - f': `|x| > lambda ? 1 : 0`; from y: `y != 0 ? 1 : 0`
    /// - `lambda`: finite, >= 0; default 0.5
    /// - error: 0.5 ulp, f' exact
    /// - special: `f' = 0 at +-lambda`
    Hardshrink = 40, "hardshrink";
    /// `softshrink(x) = x > lambda ? x - lambda : x < -lambda ? x + lambda : +0`
    ///
    /// - f': `|x| > lambda ? 1 : 0`; from y: `y != 0 ? 1 : 0`
    /// - `lambda`: finite, >= 0; default 0.5
    /// - error: 0.5 ulp, f' exact
    /// - special: `f' = 0 at +-lambda`
    Softshrink = 41, "softshrink";
    /// `shrink(x) = x > lambda ? x - bias : x < -lambda ? x + bias : +0`
    ///
    /// - f': `|x| > lambda ? 1 : 0`; from y: `y != 0 ? 1 : 0`, which needs `bias <= lambda`
    /// - `lambda`: finite, >= 0; default 0.5
    /// - `bias`: finite; default 0
    /// - error: 0.5 ulp, f' exact
    /// - special: `f' = 0 at +-lambda`
    Shrink = 42, "shrink";
    /// `threshold(x) = x > t ? x : v`
    ///
    /// - f': `x > t ? 1 : 0`; from y: `y > t ? 1 : 0`, which needs `v <= t`
    /// - `t`: any but NaN
    /// - `v`: any but NaN
    /// - error: 0.5 ulp, f' exact
    /// - special: `f'(t) = 0`
    Threshold = 43, "threshold";
    /// `thresholded_relu(x) = x > alpha ? x : +0`
    ///
    /// - f': `x > alpha ? 1 : 0`; from y: `y > alpha ? 1 : 0`, which needs `alpha >= 0`
    /// - `alpha`: finite; default 1
    /// - error: 0.5 ulp, f' exact
    /// - special: `f'(alpha) = 0`
    ThresholdedRelu = 44, "thresholded_relu";
    /// `isru(x) = x / sqrt(1 + alpha x^2)`
    ///
    /// - f': `(1 + alpha x^2)^(-3/2)`; from y: `(1 - alpha y^2)^(3/2)`
    /// - `alpha`: finite, >= 0; default 1
    /// - error: 2 ulp, f' 3 ulp
    /// - special: `f(+-inf) = +-1/sqrt alpha`
    Isru = 45, "isru";
    /// `isrlu(x) = x >= 0 ? x : x / sqrt(1 + alpha x^2)`
    ///
    /// - f': `x >= 0 ? 1 : (1 + alpha x^2)^(-3/2)`; from y: `y >= 0 ? 1 : (1 - alpha y^2)^(3/2)`
    /// - `alpha`: finite, >= 0; default 1
    /// - error: 2 ulp, f' 3 ulp
    /// - special: `f(-inf) = -1/sqrt alpha`
    Isrlu = 46, "isrlu";
    /// `soft_exponential(x) = a < 0: -ln(1 - a (x + a)) / a;  a = 0: x;  a > 0: (e^(a x) - 1) / a + a,  a = alpha`
    ///
    /// - f': `a < 0: 1 / (1 - a (x + a));  a >= 0: e^(a x)`; from y: `a < 0: e^(a y);  a = 0: 1;  a > 0: 1 + a (y - a)`
    /// - `alpha`: finite
    /// - error: 4 ulp, f' 3 ulp; accurate 3 ulp, f' 3 ulp
    /// - special: `alpha < 0: -inf at x = 1/alpha - alpha, NaN below`
    SoftExponential = 47, "soft_exponential";
    /// `squareplus(x) = (x + sqrt(x^2 + b)) / 2`
    ///
    /// - f': `(1 + x / sqrt(x^2 + b)) / 2`; from y: `y^2 / (y^2 + b/4)`, which needs `b > 0`
    /// - `b`: finite, >= 0; default 4
    /// - error: 2 ulp, f' 3 ulp
    /// - special: `f(-inf) = +0; f'(0) = 1/2 for b = 0 too`
    Squareplus = 48, "squareplus";
    /// `scaled_tanh(x) = alpha tanh(beta x)`
    ///
    /// - f': `alpha beta (1 - tanh(beta x)^2)`; from y: `beta (alpha - y^2 / alpha)`, which needs `alpha != 0`
    /// - `alpha`: finite; default 1
    /// - `beta`: finite; default 1
    /// - error: 4 ulp, f' 4 ulp; accurate 3 ulp, f' 4 ulp
    /// - special: `LeCun's tanh is (1.7159, 2/3)`
    ScaledTanh = 49, "scaled_tanh";
    /// `xielu(x) = x > 0 ? alpha_p x^2 + beta x : alpha_n (expm1(min(x, eps)) - x) + beta x`
    ///
    /// - f': `x > 0 ? 2 alpha_p x + beta : alpha_n expm1(x) + beta`
    /// - `alpha_p`: finite; default 0.8
    /// - `alpha_n`: finite; default 0.8
    /// - `beta`: finite; default 0.5
    /// - `eps`: finite, <= 0; default -1e-06
    /// - error: 3 ulp, f' 3 ulp
    /// - special: `alpha_p, alpha_n are the effective values; f(0) = alpha_n expm1(eps)`
    Xielu = 50, "xielu";
    /// `relu_general(x) = x >= max ? max : x > t ? x : slope (x - t)`
    ///
    /// - f': `x >= max ? 0 : x > t ? 1 : slope`
    /// - `slope`: finite; default 0
    /// - `max`: any but NaN; default inf
    /// - `t`: finite; default 0
    /// - needs `max > t`
    /// - error: 0.5 ulp, f' exact
    /// - special: `max = +inf: no upper clip; f'(t) = slope, f'(max) = 0`
    ReluGeneral = 51, "relu_general";
    /// `linear(x) = alpha x + beta`
    ///
    /// - f': `alpha`; from y: `alpha`
    /// - `alpha`: finite; default 1
    /// - `beta`: finite; default 0
    /// - error: 0.5 ulp, f' exact
    /// - special: `one fused multiply-add`
    Linear = 52, "linear";
    /// `pow(x) = alpha x^beta`
    ///
    /// - f': `beta = 0 ? 0 : alpha beta x^(beta - 1)`
    /// - `alpha`: finite; default 1
    /// - `beta`: finite; default 1
    /// - error: 2 ulp, f' 3 ulp
    /// - special: `C's powf rules, but a NaN x stays NaN`
    Pow = 53, "pow";
    /// `prelu = x > 0 ? x : a x`
    ///
    /// - gradient: `x > 0 ? 1 : a`; from y: `y > 0 ? 1 : a`, which needs `a >= 0`
    /// - `a`: finite; default 0.25; one a channel
    /// - error: 0.5 ulp, f' 0.5 ulp
    /// - special: `f(-inf) = -inf a; f'(0) = a`
    Prelu = 54, "prelu";
    /// `srelu = x <= tl ? tl + al (x - tl) : x >= tr ? tr + ar (x - tr) : x`
    ///
    /// - gradient: `x <= tl ? al : x >= tr ? ar : 1`
    /// - `tl`: finite; one a channel
    /// - `al`: finite; one a channel
    /// - `tr`: finite; one a channel
    /// - `ar`: finite; one a channel
    /// - error: 2 ulp, f' 0.5 ulp
    /// - special: `f(+-inf) = +-inf times the slope; f'(tl) = al, f'(tr) = ar; near another zero of f the bound is of the terms`
    Srelu = 55, "srelu";
    /// `apl = max(0, x) + sum over s of a_s max(0, b_s - x)`
    ///
    /// - gradient: `[x > 0] - sum over s of a_s [b_s > x]`
    /// - `a`: finite; one a channel
    /// - `b`: finite; one a channel
    /// - error: 2 ulp, f' 2 ulp
    /// - special: `S + 1 terms: the bound is (S + 1) 2^-24 of the sum of their magnitudes; where b_s - x overflows, so does its term`
    Apl = 56, "apl";
    /// `rrelu = x > 0 ? x : r x, r uniform in [lower, upper]`
    ///
    /// - gradient: `x > 0 ? 1 : r`; from y: `y > 0 ? 1 : r`, which needs `lower >= 0`
    /// - `lower`: finite; default 0.125
    /// - `upper`: finite; default 0.333333
    /// - needs `lower <= upper`
    /// - error: 0.5 ulp, f' 0.5 ulp
    /// - special: `f'(0) = r; f(-0) = -0 r`
    Rrelu = 57, "rrelu";
    /// `gumbel_softmax = softmax((x + g) / tau), g = -ln(-ln u), u uniform in (0, 1)`
    ///
    /// - gradient: `y_i (dy_i - sum y dy) / tau`
    /// - `tau`: finite, > 0; default 1
    /// - error: 4 ulp, f' 4 ulp
    /// - special: `the bound is softmax's, of (x + g) / tau as floats`
    GumbelSoftmax = 58, "gumbel_softmax";
    /// `glu = v s(u), s = sigmoid`
    ///
    /// - gradient: `dv: s(u); du: v s(u) s(-u)`
    /// - error: 4.5 ulp, f' 6.5 ulp; accurate 2.5 ulp, f' 3.5 ulp
    Glu = 59, "glu";
    /// `reglu = v max(u, 0)`
    ///
    /// - gradient: `dv: max(u, 0); du: u > 0 ? v : 0`
    /// - error: 0.5 ulp, f' 0.5 ulp
    /// - special: `a NaN v gives NaN for u <= 0 too`
    Reglu = 60, "reglu";
    /// `geglu = v gelu(u)`
    ///
    /// - gradient: `dv: gelu(u); du: v gelu'(u)`
    /// - error: 4.5 ulp, f' 6.5 ulp
    Geglu = 61, "geglu";
    /// `geglu_tanh = v gelu_tanh(u)`
    ///
    /// - gradient: `dv: gelu_tanh(u); du: v gelu_tanh'(u)`
    /// - error: 4.5 ulp, f' 7.5 ulp; accurate 4.5 ulp, f' 6.5 ulp
    /// - special: `ggml's geglu`
    GegluTanh = 62, "geglu_tanh";
    /// `geglu_quick = v gelu_quick(u)`
    ///
    /// - gradient: `dv: gelu_quick(u); du: v gelu_quick'(u)`
    /// - error: 4.5 ulp, f' 6.5 ulp; accurate 2.5 ulp, f' 4.5 ulp
    GegluQuick = 63, "geglu_quick";
    /// `swiglu = v swish(u; alpha)`
    ///
    /// - gradient: `dv: swish(u); du: v swish'(u)`
    /// - `alpha`: finite; default 1
    /// - error: 4.5 ulp, f' 5.5 ulp; accurate 2.5 ulp, f' 4.5 ulp
    Swiglu = 64, "swiglu";
    /// `swiglu_oai = m s(alpha m) (k + 1), m = min(u, limit), k = max(-limit, min(v, limit))`
    ///
    /// - gradient: `dv: |v| <= limit ? m s(alpha m) : 0; du: u <= limit ? (k + 1) s(alpha m) (1 + alpha m s(-alpha m)) : 0`
    /// - `alpha`: finite; default 1.702
    /// - `limit`: any but NaN; default 7
    /// - needs `limit > 0`
    /// - error: 4.5 ulp, f' 5.5 ulp; accurate 3.5 ulp, f' 5.5 ulp
    SwigluOai = 65, "swiglu_oai";
    /// `softmax = e^(x_i - m) / sum e^(x_j - m), m = max x`
    ///
    /// - gradient: `y_i (dy_i - sum y dy)`
    /// - `scale`: finite, > 0; default 1
    /// - needs `scale <= 0x1p127f`
    /// - error: 4 ulp, f' 4 ulp
    /// - special: `and 2^-21 relative from the sum, in the fast mode 2^-20; |sum y - 1| <= 2^-20; scale <= 2^127`
    Softmax = 66, "softmax";
    /// `log_softmax = (x_i - m) - ln sum e^(x_j - m), m = max x`
    ///
    /// - gradient: `dy_i - e^y_i sum dy`
    /// - `scale`: finite, > 0; default 1
    /// - needs `scale <= 0x1p127f`
    /// - error: 4 ulp, f' 4 ulp
    /// - special: `the bound is 2^-21 (1 + |y|), of the largest element also 2^-17 |y|; in the fast mode twice that; scale <= 2^127`
    LogSoftmax = 67, "log_softmax";
    /// `softmin = softmax(-x)`
    ///
    /// - gradient: `-y_i (dy_i - sum y dy)`
    /// - `scale`: finite, > 0; default 1
    /// - needs `scale <= 0x1p127f`
    /// - error: 4 ulp, f' 4 ulp
    /// - special: `as softmax`
    Softmin = 68, "softmin";
    /// `hardmax = 1 at the first maximum, else 0`
    ///
    /// - gradient: `0`
    /// - error: exact, f' exact
    Hardmax = 69, "hardmax";
    /// `logsumexp = m + ln sum e^(x_j - m), m = max x`
    ///
    /// - gradient: `e^(x_i - y)`
    /// - error: 2 ulp, f' 4 ulp
    /// - special: `2 ulp or 2^-21 (|m| + ln sum e^(x_j - m)); an empty row gives -inf`
    Logsumexp = 70, "logsumexp";
    /// `logmeanexp = logsumexp(x) - ln n`
    ///
    /// - gradient: `e^(x_i - y) / n`
    /// - error: 2 ulp, f' 4 ulp
    /// - special: `2 ulp or 2^-21 (|m| + ln n); an empty row gives -inf`
    Logmeanexp = 71, "logmeanexp";
    /// `sparsemax = max(x_i - tau, 0), the sum being 1`
    ///
    /// - gradient: `y_i > 0 ? dy_i - mean of dy over y > 0 : 0`
    /// - error: 2 ulp, f' 2 ulp
    /// - special: `the bound is absolute: 2^-21`
    Sparsemax = 72, "sparsemax";
    /// `maxout = max x`
    ///
    /// - gradient: `1 at the first maximum, else 0`
    /// - error: exact, f' exact
    Maxout = 73, "maxout";
    /// `sigmoid_bce = -p t ln a - (1 - t) ln(1 - a), a = sigmoid(z), p = pos_weight`
    ///
    /// - gradient: `(1 - t) - (1 + (p - 1) t) s(-z)`
    /// - `pos_weight`: finite, >= 0; default 1
    /// - error: 3 ulp, f' 3 ulp
    /// - special: `3 ulp or 2^-23 max(1, |z|); dz relative to its terms`
    SigmoidBce = 74, "sigmoid_bce";
    /// `softmax_cross_entropy = sum over k of t_k (logsumexp(z) - z_k)`
    ///
    /// - gradient: `(sum of t) softmax(z)_k - t_k`
    /// - `label_smoothing`: 0 to 1; default 0
    /// - error: 3 ulp, f' 3 ulp
    /// - special: `3 ulp or 2^-23 max(1, |z|), and 2^-21 relative from the sum`
    SoftmaxCrossEntropy = 75, "softmax_cross_entropy";
    /// `sigmoid_mse = (sigmoid(z) - t)^2 / 2`
    ///
    /// - gradient: `(a - t) a (1 - a), a = sigmoid(z)`
    /// - error: 3 ulp, f' 3 ulp
    /// - special: `relative to the terms where a is near t`
    SigmoidMse = 76, "sigmoid_mse";
    // end generated: Rust variants
}
