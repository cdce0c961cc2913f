// SPDX-License-Identifier: MIT
//! A function for each form of each elementwise operation; the list is written by the library's own list of operations:
//! build the target `regenerate`.

use crate::elementwise::typed as by_op;
use crate::{Mode, Op, Result};

macro_rules! named {
    ($($(#[doc = $doc:literal])* $op:ident $name:literal $params:tt $forms:tt)*) => {
        $(named! { @op [] f32 [$(#[doc = $doc])*] $op $name $params $forms })*

        /// Of any element.
        pub mod typed {
            use super::*;
            use crate::Element;

            $(named! { @op [<T: Element>] T [$(#[doc = $doc])*] $op $name $params $forms })*
        }
    };
    (@op $of:tt $T:ident $docs:tt $op:ident $name:literal $params:tt
        { $($form:ident $($function:ident),+ $(, $count:literal)?;)* }) => {
        $(named! { @$form $of $T $docs $op $name $params $($function)+ $($count)? })*
    };
    (@forward [$($of:tt)*] $T:ident [$($doc:tt)*] $op:ident $name:literal ($($param:ident),*) $function:ident $in_place:ident) => {
        $($doc)*
        ///
        /// In the fast mode; [`forward`](crate::forward) has the accurate one.
        ///
        /// # Errors
        /// - [`Error::Length`](crate::Error::Length) where `y` is not as long as `x`
        #[doc = errors!($($param)*)]
        pub fn $function $($of)*(x: &[$T], y: &mut [$T] $(, $param: f32)*) -> Result<()> {
            by_op::forward(Op::$op, Mode::Fast, &[$($param),*], x, y)
        }
        #[doc = concat!("[`", stringify!($function), "`] of `x`, written over it.")]
        ///
        /// # Errors
        #[doc = errors!(@alone $($param)*)]
        pub fn $in_place $($of)*(x: &mut [$T] $(, $param: f32)*) -> Result<()> {
            by_op::forward_in_place(Op::$op, Mode::Fast, &[$($param),*], x)
        }
    };
    (@backward [$($of:tt)*] $T:ident $docs:tt $op:ident $name:literal ($($param:ident),*) $function:ident $in_place:ident) => {
        #[doc = concat!("`dx = dy f'(x)` of [`", $name, "`](Op::", stringify!($op), ").")]
        ///
        /// # Errors
        /// - [`Error::Length`](crate::Error::Length) where `dy` or `dx` is not as long as `x`
        #[doc = errors!($($param)*)]
        pub fn $function $($of)*(x: &[$T], dy: &[$T], dx: &mut [$T] $(, $param: f32)*) -> Result<()> {
            by_op::backward(Op::$op, Mode::Fast, &[$($param),*], x, dy, dx)
        }
        #[doc = concat!("[`", stringify!($function), "`] with `dx` written over `dy`.")]
        ///
        /// # Errors
        /// - [`Error::Length`](crate::Error::Length) where `dy` is not as long as `x`
        #[doc = errors!($($param)*)]
        pub fn $in_place $($of)*(x: &[$T], dy: &mut [$T] $(, $param: f32)*) -> Result<()> {
            by_op::backward_in_place(Op::$op, Mode::Fast, &[$($param),*], x, dy)
        }
    };
    (@backward_from_output [$($of:tt)*] $T:ident $docs:tt $op:ident $name:literal ($($param:ident),*) $function:ident $in_place:ident) => {
        #[doc = concat!("`dx = dy f'`, computed from the output `y`, of [`", $name, "`](Op::", stringify!($op), ").")]
        ///
        /// # Errors
        /// - [`Error::Length`](crate::Error::Length) where `dy` or `dx` is not as long as `y`
        #[doc = errors!($($param)*)]
        #[doc = errors!(@from_output $($param)*)]
        pub fn $function $($of)*(y: &[$T], dy: &[$T], dx: &mut [$T] $(, $param: f32)*) -> Result<()> {
            by_op::backward_from_output(Op::$op, Mode::Fast, &[$($param),*], y, dy, dx)
        }
        #[doc = concat!("[`", stringify!($function), "`] with `dx` written over `dy`.")]
        ///
        /// # Errors
        /// - [`Error::Length`](crate::Error::Length) where `dy` is not as long as `y`
        #[doc = errors!($($param)*)]
        #[doc = errors!(@from_output $($param)*)]
        pub fn $in_place $($of)*(y: &[$T], dy: &mut [$T] $(, $param: f32)*) -> Result<()> {
            by_op::backward_from_output_in_place(Op::$op, Mode::Fast, &[$($param),*], y, dy)
        }
    };
    (@param_gradient [$($of:tt)*] $T:ident $docs:tt $op:ident $name:literal ($($param:ident),*) $function:ident $count:literal) => {
        #[doc = concat!("The gradients of the parameters of [`", $name, "`](Op::", stringify!($op), "):")]
        /// the sum over i of `dy[i]` times the derivative of `f(x[i])` by each; 0 for those that have none.
        ///
        /// # Errors
        /// - [`Error::Length`](crate::Error::Length) where `dy` is not as long as `x`
        #[doc = errors!($($param)*)]
        pub fn $function $($of)*(x: &[$T], dy: &[$T] $(, $param: f32)*) -> Result<[f32; $count]> {
            let mut gradients = [0.0; $count];
            by_op::param_gradient(Op::$op, Mode::Fast, &[$($param),*], x, dy, &mut gradients)?;
            Ok(gradients)
        }
    };
}

/// The errors that depend on whether there are parameters.
macro_rules! errors {
    () => {
        ""
    };
    ($($param:ident)+) => {
        "- [`Error::Param`](crate::Error::Param) or `Relation` where parameters are not legal, alone or together"
    };
    (@alone) => {
        "None: what the other forms refuse cannot be said here."
    };
    (@alone $($param:ident)+) => {
        "- [`Error::Param`](crate::Error::Param) or `Relation` where parameters are not legal, alone or together"
    };
    (@from_output) => {
        ""
    };
    (@from_output $($param:ident)+) => {
        "- [`Error::NotOffered`](crate::Error::NotOffered) where these parameters do not allow it"
    };
}

named! {
    // begin generated from src/catalogue/ops.def: Rust functions
    /// `identity(x) = x`
    ///
    /// - f': `1`; from y: `1`
    /// - error: exact, f' exact
    Identity "identity" () {
        forward identity, identity_in_place;
        backward identity_backward, identity_backward_in_place;
        backward_from_output identity_backward_from_output, identity_backward_from_output_in_place;
    }
    /// `binary_step(x) = x >= 0 ? 1 : 0`
    ///
    /// - f': `0`; from y: `0`
    /// - error: exact, f' exact
    /// - special: `f(-0) = 1`
    BinaryStep "binary_step" () {
        forward binary_step, binary_step_in_place;
        backward binary_step_backward, binary_step_backward_in_place;
        backward_from_output binary_step_backward_from_output, binary_step_backward_from_output_in_place;
    }
    /// `sigmoid(x) = 1 / (1 + e^-x)`
    ///
    /// - f': `s(x) s(-x), s = sigmoid`; from y: `y (1 - y)`
    /// - error: 4 ulp, f' 6 ulp; accurate 2 ulp, f' 3 ulp
    /// - special: `f(-inf) = +0, f(+inf) = 1`
    Sigmoid "sigmoid" () {
        forward sigmoid, sigmoid_in_place;
        backward sigmoid_backward, sigmoid_backward_in_place;
        backward_from_output sigmoid_backward_from_output, sigmoid_backward_from_output_in_place;
    }
    /// `tanh(x) = (e^x - e^-x) / (e^x + e^-x)`
    ///
    /// - f': `1 - tanh(x)^2`; from y: `(1 - y) (1 + y)`
    /// - error: 4 ulp, f' 6 ulp; accurate 2 ulp, f' 3 ulp
    /// - special: `f(-0) = -0, f(+-inf) = +-1`
    Tanh "tanh" () {
        forward tanh, tanh_in_place;
        backward tanh_backward, tanh_backward_in_place;
        backward_from_output tanh_backward_from_output, tanh_backward_from_output_in_place;
    }
    /// `arctan(x) = atan x`
    ///
    /// - f': `1 / (1 + x^2)`
    /// - error: 2 ulp, f' 2 ulp
    /// - special: `f(-0) = -0, f(+-inf) = +-pi/2`
    Arctan "arctan" () {
        forward arctan, arctan_in_place;
        backward arctan_backward, arctan_backward_in_place;
    }
    /// `softsign(x) = x / (1 + |x|)`
    ///
    /// - f': `1 / (1 + |x|)^2`; from y: `(1 - |y|)^2`
    /// - error: 1 ulp, f' 2 ulp
    /// - special: `f(-0) = -0, f(+-inf) = +-1`
    Softsign "softsign" () {
        forward softsign, softsign_in_place;
        backward softsign_backward, softsign_backward_in_place;
        backward_from_output softsign_backward_from_output, softsign_backward_from_output_in_place;
    }
    /// `relu(x) = x > 0 ? x : +0`
    ///
    /// - f': `x > 0 ? 1 : 0`; from y: `y > 0 ? 1 : 0`
    /// - error: exact, f' exact
    /// - special: `f(-0) = f(-inf) = +0; f'(0) = 0`
    Relu "relu" () {
        forward relu, relu_in_place;
        backward relu_backward, relu_backward_in_place;
        backward_from_output relu_backward_from_output, relu_backward_from_output_in_place;
    }
    /// `relu6(x) = min(max(x, 0), 6)`
    ///
    /// - f': `0 < x < 6 ? 1 : 0`; from y: `0 < y < 6 ? 1 : 0`
    /// - error: exact, f' exact
    /// - special: `f(-0) = +0; f'(0) = f'(6) = 0`
    Relu6 "relu6" () {
        forward relu6, relu6_in_place;
        backward relu6_backward, relu6_backward_in_place;
        backward_from_output relu6_backward_from_output, relu6_backward_from_output_in_place;
    }
    /// `squared_relu(x) = max(x, 0)^2`
    ///
    /// - f': `x > 0 ? 2x : 0`; from y: `2 sqrt(y)`
    /// - error: 0.5 ulp, f' exact
    /// - special: `f(-0) = +0; +inf from 1.84467e19`
    SquaredRelu "squared_relu" () {
        forward squared_relu, squared_relu_in_place;
        backward squared_relu_backward, squared_relu_backward_in_place;
        backward_from_output squared_relu_backward_from_output, squared_relu_backward_from_output_in_place;
    }
    /// `selu(x) = x > 0 ? L x : L A (e^x - 1), L = 1.0507009873554805, A = 1.6732632423543772`
    ///
    /// - f': `x > 0 ? L : L A e^x`; from y: `y > 0 ? L : y + L A`
    /// - error: 3 ulp, f' 6 ulp; accurate 2 ulp, f' 2 ulp
    /// - special: `f(-0) = -0, f(-inf) = -L A; f'(0) = L A`
    Selu "selu" () {
        forward selu, selu_in_place;
        backward selu_backward, selu_backward_in_place;
        backward_from_output selu_backward_from_output, selu_backward_from_output_in_place;
    }
    /// `silu(x) = x / (1 + e^-x)`
    ///
    /// - f': `s(x) (1 + x s(-x)), s = sigmoid`
    /// - error: 4 ulp, f' 5 ulp; accurate 2 ulp, f' 4 ulp
    /// - special: `f(-0) = f(-inf) = -0; f'(-inf) = -0`
    Silu "silu" () {
        forward silu, silu_in_place;
        backward silu_backward, silu_backward_in_place;
    }
    /// `gelu(x) = x Phi(x) = x erfc(-x / sqrt 2) / 2`
    ///
    /// - f': `Phi(x) + x phi(x)`
    /// - error: 4 ulp, f' 6 ulp
    /// - special: `f(-0) = f(-inf) = -0; f'(-inf) = -0`
    Gelu "gelu" () {
        forward gelu, gelu_in_place;
        backward gelu_backward, gelu_backward_in_place;
    }
    /// `gelu_tanh(x) = x (1 + tanh u) / 2, u = sqrt(2/pi) (x + 0.044715 x^3)`
    ///
    /// - f': `s(2u) (1 + 2x u' s(-2u)), s = sigmoid, u' = sqrt(2/pi) (1 + 0.134145 x^2)`
    /// - error: 4 ulp, f' 7 ulp; accurate 4 ulp, f' 6 ulp
    /// - special: `f(-0) = f(-inf) = -0; f'(-inf) = -0`
    GeluTanh "gelu_tanh" () {
        forward gelu_tanh, gelu_tanh_in_place;
        backward gelu_tanh_backward, gelu_tanh_backward_in_place;
    }
    /// `gelu_quick(x) = x / (1 + e^(-1.702 x))`
    ///
    /// - f': `s(t) (1 + t s(-t)), t = 1.702 x, s = sigmoid`
    /// - error: 4 ulp, f' 6 ulp; accurate 2 ulp, f' 4 ulp
    /// - special: `f(-0) = f(-inf) = -0; f'(-inf) = -0`
    GeluQuick "gelu_quick" () {
        forward gelu_quick, gelu_quick_in_place;
        backward gelu_quick_backward, gelu_quick_backward_in_place;
    }
    /// `mish(x) = x tanh(ln(1 + e^x))`
    ///
    /// - f': `n/(n+2) + 4x w (1+w)/(n+2)^2, w = e^x, n = w (w+2)`
    /// - error: 4 ulp, f' 7 ulp; accurate 3 ulp, f' 5 ulp
    /// - special: `f(-0) = f(-inf) = -0; f'(-inf) = -0`
    Mish "mish" () {
        forward mish, mish_in_place;
        backward mish_backward, mish_backward_in_place;
    }
    /// `hardsigmoid(x) = min(max(x + 3, 0), 6) / 6`
    ///
    /// - f': `-3 < x < 3 ? 1/6 : 0`; from y: `0 < y < 1 ? 1/6 : 0`
    /// - error: 1 ulp, f' 0.5 ulp
    /// - special: `f'(+-3) = 0`
    Hardsigmoid "hardsigmoid" () {
        forward hardsigmoid, hardsigmoid_in_place;
        backward hardsigmoid_backward, hardsigmoid_backward_in_place;
        backward_from_output hardsigmoid_backward_from_output, hardsigmoid_backward_from_output_in_place;
    }
    /// `hardswish(x) = x min(max(x + 3, 0), 6) / 6`
    ///
    /// - f': `x <= -3 ? 0 : x >= 3 ? 1 : (2x + 3) / 6`
    /// - error: 2 ulp, f' 1 ulp
    /// - special: `f(x) = -0 for x <= -3; f'(-3) = 0, f'(3) = 1`
    Hardswish "hardswish" () {
        forward hardswish, hardswish_in_place;
        backward hardswish_backward, hardswish_backward_in_place;
    }
    /// `log_sigmoid(x) = -ln(1 + e^-x)`
    ///
    /// - f': `1 / (1 + e^x)`; from y: `-expm1(y)`
    /// - error: 4 ulp, f' 4 ulp; accurate 2 ulp, f' 2 ulp
    /// - special: `f(-inf) = -inf, f(+inf) = -0`
    LogSigmoid "log_sigmoid" () {
        forward log_sigmoid, log_sigmoid_in_place;
        backward log_sigmoid_backward, log_sigmoid_backward_in_place;
        backward_from_output log_sigmoid_backward_from_output, log_sigmoid_backward_from_output_in_place;
    }
    /// `tanhshrink(x) = x - tanh x`
    ///
    /// - f': `tanh(x)^2`
    /// - error: 3 ulp, f' 7 ulp; accurate 3 ulp, f' 4 ulp
    /// - special: `f(-0) = -0`
    Tanhshrink "tanhshrink" () {
        forward tanhshrink, tanhshrink_in_place;
        backward tanhshrink_backward, tanhshrink_backward_in_place;
    }
    /// `bent_identity(x) = (sqrt(x^2 + 1) - 1) / 2 + x`
    ///
    /// - f': `x / (2 sqrt(x^2 + 1)) + 1`
    /// - error: 2 ulp, f' 1 ulp
    /// - special: `f(-0) = -0, f(+-inf) = +-inf`
    BentIdentity "bent_identity" () {
        forward bent_identity, bent_identity_in_place;
        backward bent_identity_backward, bent_identity_backward_in_place;
    }
    /// `sinusoid(x) = sin x`
    ///
    /// - f': `cos x`
    /// - error: 2 ulp, f' 2 ulp
    /// - special: `f(-0) = -0; NaN at +-inf`
    Sinusoid "sinusoid" () {
        forward sinusoid, sinusoid_in_place;
        backward sinusoid_backward, sinusoid_backward_in_place;
    }
    /// `sinc(x) = x = 0 ? 1 : sin x / x`
    ///
    /// - f': `x = 0 ? 0 : (x cos x - sin x) / x^2`
    /// - error: 2 ulp, f' 4 ulp
    /// - special: `f(+-inf) = +0; f'(+-inf) = +0`
    Sinc "sinc" () {
        forward sinc, sinc_in_place;
        backward sinc_backward, sinc_backward_in_place;
    }
    /// `gaussian(x) = e^(-x^2)`
    ///
    /// - f': `-2x e^(-x^2)`
    /// - error: 2 ulp, f' 4 ulp; accurate 2 ulp, f' 3 ulp
    /// - special: `f(+-0) = 1, f(+-inf) = +0`
    Gaussian "gaussian" () {
        forward gaussian, gaussian_in_place;
        backward gaussian_backward, gaussian_backward_in_place;
    }
    /// `sparse_plus(x) = x <= -1 ? 0 : x >= 1 ? x : (x + 1)^2 / 4`
    ///
    /// - f': `x <= -1 ? 0 : x >= 1 ? 1 : (x + 1) / 2`; from y: `y >= 1 ? 1 : sqrt y`
    /// - error: 1 ulp, f' 0.5 ulp
    /// - special: `f(-inf) = +0`
    SparsePlus "sparse_plus" () {
        forward sparse_plus, sparse_plus_in_place;
        backward sparse_plus_backward, sparse_plus_backward_in_place;
        backward_from_output sparse_plus_backward_from_output, sparse_plus_backward_from_output_in_place;
    }
    /// `sparse_sigmoid(x) = min(max((x + 1) / 2, 0), 1)`
    ///
    /// - f': `-1 < x < 1 ? 1/2 : 0`; from y: `0 < y < 1 ? 1/2 : 0`
    /// - error: 1 ulp, f' 0.5 ulp
    /// - special: `f'(+-1) = 0`
    SparseSigmoid "sparse_sigmoid" () {
        forward sparse_sigmoid, sparse_sigmoid_in_place;
        backward sparse_sigmoid_backward, sparse_sigmoid_backward_in_place;
        backward_from_output sparse_sigmoid_backward_from_output, sparse_sigmoid_backward_from_output_in_place;
    }
    /// `exp(x) = e^x`
    ///
    /// - f': `e^x`; from y: `y`
    /// - error: 2 ulp, f' 2 ulp; accurate 1 ulp, f' 1 ulp
    /// - special: `f(-inf) = +0; +inf above 88.7228`
    Exp "exp" () {
        forward exp, exp_in_place;
        backward exp_backward, exp_backward_in_place;
        backward_from_output exp_backward_from_output, exp_backward_from_output_in_place;
    }
    /// `abs(x) = |x|`
    ///
    /// - f': `x > 0 ? 1 : x < 0 ? -1 : 0`
    /// - error: exact, f' exact
    /// - special: `f(-0) = +0; f'(+-0) = 0`
    Abs "abs" () {
        forward abs, abs_in_place;
        backward abs_backward, abs_backward_in_place;
    }
    /// `square(x) = x^2`
    ///
    /// - f': `2x`
    /// - error: 0.5 ulp, f' exact
    /// - special: `+inf from 1.84467e19`
    Square "square" () {
        forward square, square_in_place;
        backward square_backward, square_backward_in_place;
    }
    /// `sqrt(x) = sqrt x`
    ///
    /// - f': `1 / (2 sqrt x)`; from y: `1 / (2y)`
    /// - error: 0.5 ulp, f' 1 ulp
    /// - special: `f(-0) = -0, NaN for x < 0; f'(+0) = +inf, f'(-0) = -inf`
    Sqrt "sqrt" () {
        forward sqrt, sqrt_in_place;
        backward sqrt_backward, sqrt_backward_in_place;
        backward_from_output sqrt_backward_from_output, sqrt_backward_from_output_in_place;
    }
    /// `log(x) = ln x`
    ///
    /// - f': `1 / x`
    /// - error: 1 ulp, f' 0.5 ulp
    /// - special: `f(+-0) = -inf, NaN for x < 0; f'(+0) = +inf, f'(-0) = -inf`
    Log "log" () {
        forward log, log_in_place;
        backward log_backward, log_backward_in_place;
    }
    /// `round(x) = nearest integer, ties to even`
    ///
    /// - f': `0`; from y: `0`
    /// - error: exact, f' exact
    /// - special: `f(x) = -0 for -0.5 <= x < 0`
    Round "round" () {
        forward round, round_in_place;
        backward round_backward, round_backward_in_place;
        backward_from_output round_backward_from_output, round_backward_from_output_in_place;
    }
    /// `leaky_relu(x) = x > 0 ? x : slope x`
    ///
    /// - f': `x > 0 ? 1 : slope`; from y: `y > 0 ? 1 : slope`, which needs `slope >= 0`
    /// - `slope`: finite; default 0.01
    /// - error: 0.5 ulp, f' exact
    /// - special: `slope 0 is exactly relu; f'(0) = slope`
    LeakyRelu "leaky_relu" (slope) {
        forward leaky_relu, leaky_relu_in_place;
        backward leaky_relu_backward, leaky_relu_backward_in_place;
        backward_from_output leaky_relu_backward_from_output, leaky_relu_backward_from_output_in_place;
        param_gradient leaky_relu_param_gradient, 1;
    }
    /// `elu(x) = x > 0 ? x : alpha (e^x - 1)`
    ///
    /// - f': `x > 0 ? 1 : alpha e^x`; from y: `y > 0 ? 1 : y + alpha`, which needs `alpha >= 0`
    /// - `alpha`: finite; default 1
    /// - error: 4 ulp, f' 6 ulp; accurate 2 ulp, f' 2 ulp
    /// - special: `f(-inf) = -alpha; f'(0) = alpha`
    Elu "elu" (alpha) {
        forward elu, elu_in_place;
        backward elu_backward, elu_backward_in_place;
        backward_from_output elu_backward_from_output, elu_backward_from_output_in_place;
        param_gradient elu_param_gradient, 1;
    }
    /// `celu(x) = x > 0 ? x : alpha (e^(x/alpha) - 1)`
    ///
    /// - f': `x > 0 ? 1 : e^(x/alpha)`; from y: `y > 0 ? 1 : y/alpha + 1`, which needs `alpha > 0`
    /// - `alpha`: finite, not 0; default 1
    /// - error: 3 ulp, f' 2 ulp; accurate 2 ulp, f' 2 ulp
    /// - special: `f(-inf) = -alpha for alpha > 0`
    Celu "celu" (alpha) {
        forward celu, celu_in_place;
        backward celu_backward, celu_backward_in_place;
        backward_from_output celu_backward_from_output, celu_backward_from_output_in_place;
        param_gradient celu_param_gradient, 1;
    }
    /// `softplus(x) = beta x > threshold ? x : ln(1 + e^(beta x)) / beta`
    ///
    /// - f': `beta x > threshold ? 1 : 1 / (1 + e^(-beta x))`; from y: `-expm1(-beta y)`, which needs `threshold >= 20`
    /// - `beta`: finite, not 0; default 1
    /// - `threshold`: any but NaN; default 20
    /// - error: 4 ulp, f' 4 ulp; accurate 2 ulp, f' 2 ulp
    /// - special: `threshold = +inf: never linear`
    Softplus "softplus" (beta, threshold) {
        forward softplus, softplus_in_place;
        backward softplus_backward, softplus_backward_in_place;
        backward_from_output softplus_backward_from_output, softplus_backward_from_output_in_place;
        param_gradient softplus_param_gradient, 2;
    }
    /// `swish(x) = x / (1 + e^(-beta x))`
    ///
    /// - f': `s(t) (1 + t s(-t)), t = beta x, s = sigmoid`
    /// - `beta`: finite; default 1
    /// - error: 3 ulp, f' 5 ulp; accurate 2 ulp, f' 4 ulp
    /// - special: `beta > 0: f(-inf) = -0; beta = 0: x / 2`
    Swish "swish" (beta) {
        forward swish, swish_in_place;
        backward swish_backward, swish_backward_in_place;
        param_gradient swish_param_gradient, 1;
    }
    /// `hardtanh(x) = min(max(x, min), max)`
    ///
    /// - f': `min < x < max ? 1 : 0`; from y: `min < y < max ? 1 : 0`, which needs `min < max`
    /// - `min`: any but NaN; default -1
    /// - `max`: any but NaN; default 1
    /// - needs `min <= max`
    /// - error: 0.5 ulp, f' exact
    /// - special: `f' = 0 on both bounds`
    Hardtanh "hardtanh" (min, max) {
        forward hardtanh, hardtanh_in_place;
        backward hardtanh_backward, hardtanh_backward_in_place;
        backward_from_output hardtanh_backward_from_output, hardtanh_backward_from_output_in_place;
    }
    /// `clip(x) = min(max(x, min), max)`
    ///
    /// - f': `min <= x <= max ? 1 : 0`
    /// - `min`: any but NaN
    /// - `max`: any but NaN
    /// - error: 0.5 ulp, f' exact
    /// - special: `f' = 1 on both bounds; min > max gives max`
    Clip "clip" (min, max) {
        forward clip, clip_in_place;
        backward clip_backward, clip_backward_in_place;
    }
    /// `hardsigmoid_ab(x) = max(0, min(1, alpha x + beta))`
    ///
    /// - f': `0 < alpha x + beta < 1 ? alpha : 0`
    /// - `alpha`: finite; default 0.2
    /// - `beta`: finite; default 0.5
    /// - error: 1 ulp, f' 0.5 ulp
    /// - special: `alpha x + beta is rounded once; (1/6, 1/2) is hardsigmoid`
    HardsigmoidAb "hardsigmoid_ab" (alpha, beta) {
        forward hardsigmoid_ab, hardsigmoid_ab_in_place;
        backward hardsigmoid_ab_backward, hardsigmoid_ab_backward_in_place;
    }
    /// `hardswish_ab(x) = x max(0, min(1, t)), t = alpha x + beta`
    ///
    /// - f': `t <= 0 ? 0 : t >= 1 ? 1 : 2 alpha x + beta`
    /// - `alpha`: finite, > 0; default 0.166667
    /// - `beta`: finite; default 0.5
    /// - error: 2 ulp, f' 1 ulp
    /// - special: `f(-inf) = -0; (1/6, 1/2) is hardswish`
    HardswishAb "hardswish_ab" (alpha, beta) {
        forward hardswish_ab, hardswish_ab_in_place;
        backward hardswish_ab_backward, hardswish_ab_backward_in_place;
    }
    /// `hardshrink(x) = |x| > lambda ? x : +0`
    ///
    /// - f': `|x| > lambda ? 1 : 0`; from y: `y != 0 ? 1 : 0`
    /// - `lambda`: finite, >= 0; default 0.5
    /// - error: 0.5 ulp, f' exact
    /// - special: `f' = 0 at +-lambda`
    Hardshrink "hardshrink" (lambda) {
        forward hardshrink, hardshrink_in_place;
        backward hardshrink_backward, hardshrink_backward_in_place;
        backward_from_output hardshrink_backward_from_output, hardshrink_backward_from_output_in_place;
    }
    /// `softshrink(x) = x > lambda ? x - lambda : x < -lambda ? x + lambda : +0`
    ///
    /// - f': `|x| > lambda ? 1 : 0`; from y: `y != 0 ? 1 : 0`
    /// - `lambda`: finite, >= 0; default 0.5
    /// - error: 0.5 ulp, f' exact
    /// - special: `f' = 0 at +-lambda`
    Softshrink "softshrink" (lambda) {
        forward softshrink, softshrink_in_place;
        backward softshrink_backward, softshrink_backward_in_place;
        backward_from_output softshrink_backward_from_output, softshrink_backward_from_output_in_place;
    }
    /// `shrink(x) = x > lambda ? x - bias : x < -lambda ? x + bias : +0`
    ///
    /// - f': `|x| > lambda ? 1 : 0`; from y: `y != 0 ? 1 : 0`, which needs `bias <= lambda`
    /// - `lambda`: finite, >= 0; default 0.5
    /// - `bias`: finite; default 0
    /// - error: 0.5 ulp, f' exact
    /// - special: `f' = 0 at +-lambda`
    Shrink "shrink" (lambda, bias) {
        forward shrink, shrink_in_place;
        backward shrink_backward, shrink_backward_in_place;
        backward_from_output shrink_backward_from_output, shrink_backward_from_output_in_place;
    }
    /// `threshold(x) = x > t ? x : v`
    ///
    /// - f': `x > t ? 1 : 0`; from y: `y > t ? 1 : 0`, which needs `v <= t`
    /// - `t`: any but NaN
    /// - `v`: any but NaN
    /// - error: 0.5 ulp, f' exact
    /// - special: `f'(t) = 0`
    Threshold "threshold" (t, v) {
        forward threshold, threshold_in_place;
        backward threshold_backward, threshold_backward_in_place;
        backward_from_output threshold_backward_from_output, threshold_backward_from_output_in_place;
    }
    /// `thresholded_relu(x) = x > alpha ? x : +0`
    ///
    /// - f': `x > alpha ? 1 : 0`; from y: `y > alpha ? 1 : 0`, which needs `alpha >= 0`
    /// - `alpha`: finite; default 1
    /// - error: 0.5 ulp, f' exact
    /// - special: `f'(alpha) = 0`
    ThresholdedRelu "thresholded_relu" (alpha) {
        forward thresholded_relu, thresholded_relu_in_place;
        backward thresholded_relu_backward, thresholded_relu_backward_in_place;
        backward_from_output thresholded_relu_backward_from_output, thresholded_relu_backward_from_output_in_place;
    }
    /// `isru(x) = x / sqrt(1 + alpha x^2)`
    ///
    /// - f': `(1 + alpha x^2)^(-3/2)`; from y: `(1 - alpha y^2)^(3/2)`
    /// - `alpha`: finite, >= 0; default 1
    /// - error: 2 ulp, f' 3 ulp
    /// - special: `f(+-inf) = +-1/sqrt alpha`
    Isru "isru" (alpha) {
        forward isru, isru_in_place;
        backward isru_backward, isru_backward_in_place;
        backward_from_output isru_backward_from_output, isru_backward_from_output_in_place;
        param_gradient isru_param_gradient, 1;
    }
    /// `isrlu(x) = x >= 0 ? x : x / sqrt(1 + alpha x^2)`
    ///
    /// - f': `x >= 0 ? 1 : (1 + alpha x^2)^(-3/2)`; from y: `y >= 0 ? 1 : (1 - alpha y^2)^(3/2)`
    /// - `alpha`: finite, >= 0; default 1
    /// - error: 2 ulp, f' 3 ulp
    /// - special: `f(-inf) = -1/sqrt alpha`
    Isrlu "isrlu" (alpha) {
        forward isrlu, isrlu_in_place;
        backward isrlu_backward, isrlu_backward_in_place;
        backward_from_output isrlu_backward_from_output, isrlu_backward_from_output_in_place;
        param_gradient isrlu_param_gradient, 1;
    }
    /// `soft_exponential(x) = a < 0: -ln(1 - a (x + a)) / a;  a = 0: x;  a > 0: (e^(a x) - 1) / a + a,  a = alpha`
    ///
    /// - f': `a < 0: 1 / (1 - a (x + a));  a >= 0: e^(a x)`; from y: `a < 0: e^(a y);  a = 0: 1;  a > 0: 1 + a (y - a)`
    /// - `alpha`: finite
    /// - error: 4 ulp, f' 3 ulp; accurate 3 ulp, f' 3 ulp
    /// - special: `alpha < 0: -inf at x = 1/alpha - alpha, NaN below`
    SoftExponential "soft_exponential" (alpha) {
        forward soft_exponential, soft_exponential_in_place;
        backward soft_exponential_backward, soft_exponential_backward_in_place;
        backward_from_output soft_exponential_backward_from_output, soft_exponential_backward_from_output_in_place;
        param_gradient soft_exponential_param_gradient, 1;
    }
    /// `squareplus(x) = (x + sqrt(x^2 + b)) / 2`
    ///
    /// - f': `(1 + x / sqrt(x^2 + b)) / 2`; from y: `y^2 / (y^2 + b/4)`, which needs `b > 0`
    /// - `b`: finite, >= 0; default 4
    /// - error: 2 ulp, f' 3 ulp
    /// - special: `f(-inf) = +0; f'(0) = 1/2 for b = 0 too`
    Squareplus "squareplus" (b) {
        forward squareplus, squareplus_in_place;
        backward squareplus_backward, squareplus_backward_in_place;
        backward_from_output squareplus_backward_from_output, squareplus_backward_from_output_in_place;
        param_gradient squareplus_param_gradient, 1;
    }
    /// `scaled_tanh(x) = alpha tanh(beta x)`
    ///
    /// - f': `alpha beta (1 - tanh(beta x)^2)`; from y: `beta (alpha - y^2 / alpha)`, which needs `alpha != 0`
    /// - `alpha`: finite; default 1
    /// - `beta`: finite; default 1
    /// - error: 4 ulp, f' 4 ulp; accurate 3 ulp, f' 4 ulp
    /// - special: `LeCun's tanh is (1.7159, 2/3)`
    ScaledTanh "scaled_tanh" (alpha, beta) {
        forward scaled_tanh, scaled_tanh_in_place;
        backward scaled_tanh_backward, scaled_tanh_backward_in_place;
        backward_from_output scaled_tanh_backward_from_output, scaled_tanh_backward_from_output_in_place;
        param_gradient scaled_tanh_param_gradient, 2;
    }
    /// `xielu(x) = x > 0 ? alpha_p x^2 + beta x : alpha_n (expm1(min(x, eps)) - x) + beta x`
    ///
    /// - f': `x > 0 ? 2 alpha_p x + beta : alpha_n expm1(x) + beta`
    /// - `alpha_p`: finite; default 0.8
    /// - `alpha_n`: finite; default 0.8
    /// - `beta`: finite; default 0.5
    /// - `eps`: finite, <= 0; default -1e-06
    /// - error: 3 ulp, f' 3 ulp
    /// - special: `alpha_p, alpha_n are the effective values; f(0) = alpha_n expm1(eps)`
    Xielu "xielu" (alpha_p, alpha_n, beta, eps) {
        forward xielu, xielu_in_place;
        backward xielu_backward, xielu_backward_in_place;
        param_gradient xielu_param_gradient, 4;
    }
    /// `relu_general(x) = x >= max ? max : x > t ? x : slope (x - t)`
    ///
    /// - f': `x >= max ? 0 : x > t ? 1 : slope`
    /// - `slope`: finite; default 0
    /// - `max`: any but NaN; default inf
    /// - `t`: finite; default 0
    /// - needs `max > t`
    /// - error: 0.5 ulp, f' exact
    /// - special: `max = +inf: no upper clip; f'(t) = slope, f'(max) = 0`
    ReluGeneral "relu_general" (slope, max, t) {
        forward relu_general, relu_general_in_place;
        backward relu_general_backward, relu_general_backward_in_place;
        param_gradient relu_general_param_gradient, 3;
    }
    /// `linear(x) = alpha x + beta`
    ///
    /// - f': `alpha`; from y: `alpha`
    /// - `alpha`: finite; default 1
    /// - `beta`: finite; default 0
    /// - error: 0.5 ulp, f' exact
    /// - special: `one fused multiply-add`
    Linear "linear" (alpha, beta) {
        forward linear, linear_in_place;
        backward linear_backward, linear_backward_in_place;
        backward_from_output linear_backward_from_output, linear_backward_from_output_in_place;
    }
    /// `pow(x) = alpha x^beta`
    ///
    /// - f': `beta = 0 ? 0 : alpha beta x^(beta - 1)`
    /// - `alpha`: finite; default 1
    /// - `beta`: finite; default 1
    /// - error: 2 ulp, f' 3 ulp
    /// - special: `C's powf rules, but a NaN x stays NaN`
    Pow "pow" (alpha, beta) {
        forward pow, pow_in_place;
        backward pow_backward, pow_backward_in_place;
    }
    // end generated: Rust functions
}
