// SPDX-License-Identifier: MIT
//! The expected result of every elementwise operation in double precision, written from the formulas of the specification.
//! This module shares only the names of the operations with the library.

use actfn::Op;
use libm::{atan, cos, erfc, exp, expm1, fma, log, log1p, pow, rint, sin, sqrt, tanh};
use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// f and f' at a point.  If terms cancel, an error can only be small against the magnitudes of the terms.
#[derive(Clone, Copy, Debug)]
pub struct Value {
    pub f: f64,
    pub df: f64,
    pub f_terms: f64,
    pub df_terms: f64,
}

fn both(f: f64, df: f64) -> Value {
    Value { f, df, f_terms: 0.0, df_terms: 0.0 }
}

fn df_terms(f: f64, df: f64, df_terms: f64) -> Value {
    Value { df_terms, ..both(f, df) }
}

fn sigmoid(t: f64) -> f64 {
    1.0 / (1.0 + exp(-t))
}

/// ln(1 + e^t), from the side where e^t is small.
fn softplus(t: f64) -> f64 {
    t.max(0.0) + log1p(exp(-t.abs()))
}

fn step(condition: bool) -> f64 {
    f64::from(u8::from(condition))
}

/// A polynomial, from the constant on.
fn series(x: f64, coefficients: &[f64]) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

fn x_less_tanh(x: f64) -> f64 {
    if x.abs() > 0.02 {
        return x - tanh(x);
    }
    let terms = [1.0 / 3.0, -2.0 / 15.0, 17.0 / 315.0, -62.0 / 2835.0, 1382.0 / 155925.0];
    x * x * x * series(x * x, &terms)
}

fn expm1_less_x(x: f64) -> f64 {
    if x.abs() > 0.02 {
        return expm1(x) - x;
    }
    x * x * series(x, &[1.0 / 2.0, 1.0 / 6.0, 1.0 / 24.0, 1.0 / 120.0, 1.0 / 720.0, 1.0 / 5040.0])
}

fn swish(x: f64, beta: f64) -> Value {
    let t = beta * x;
    let (s, other) = (sigmoid(t), t * sigmoid(-t));
    df_terms(x * s, s * (1.0 + other), s * (1.0 + other.abs()))
}

fn gelu(x: f64) -> Value {
    let (normal, density) = (erfc(-x * FRAC_1_SQRT_2) / 2.0, x * exp(-x * x / 2.0) / sqrt(2.0 * PI));
    df_terms(x * normal, normal + density, normal + density.abs())
}

fn gelu_tanh(x: f64) -> Value {
    let c = sqrt(2.0 / PI);
    let (u, slope) = (c * (x + 0.044715 * x * x * x), c * (1.0 + 0.134145 * x * x));
    let (s, rest) = (sigmoid(2.0 * u), sigmoid(-2.0 * u));
    // Far out the slope is infinite, and the other factor 0.
    let other = if rest == 0.0 { 0.0 } else { 2.0 * x * slope * rest };
    if s == 0.0 {
        return both(-0.0, -0.0);
    }
    df_terms(x * s, s * (1.0 + other), s * (1.0 + other.abs()))
}

fn mish(x: f64) -> Value {
    let w = exp(x.min(60.0));
    let n = w * (w + 2.0);
    let other = 4.0 * x * w * (1.0 + w) / ((n + 2.0) * (n + 2.0));
    let one = n / (n + 2.0);
    df_terms(x * one, one + other, one + other.abs())
}

fn sinc(x: f64) -> Value {
    if x == 0.0 {
        return both(1.0, 0.0);
    }
    let (s, c) = (sin(x) / x, cos(x) / x);
    if x.abs() < 0.05 {
        let slope = x * series(x * x, &[-1.0 / 3.0, 1.0 / 30.0, -1.0 / 840.0, 1.0 / 45360.0]);
        return both(s, slope);
    }
    df_terms(s, c - s / x, c.abs() + (s / x).abs())
}

fn isru(x: f64, alpha: f64) -> Value {
    let root = sqrt(1.0 + alpha * x * x);
    both(x / root, 1.0 / (root * root * root))
}

fn soft_exponential(x: f64, a: f64) -> Value {
    if a < 0.0 {
        let inside = -a * (x + a);
        if inside < -1.0 {
            return both(f64::NAN, f64::NAN);
        }
        let f_terms = (log1p(inside) / a).abs();
        return Value { f_terms, ..both(-log1p(inside) / a, 1.0 / (1.0 + inside)) };
    }
    if a == 0.0 {
        return both(x, 1.0);
    }
    let power = expm1(a * x) / a;
    Value { f_terms: power.abs() + a, ..both(power + a, exp(a * x)) }
}

fn squareplus(x: f64, b: f64) -> Value {
    let root = sqrt(x * x + b);
    if x > 0.0 {
        both((x + root) / 2.0, (1.0 + x / root) / 2.0)
    } else if root == 0.0 {
        both(0.0, 0.5)
    } else {
        let rest = b / (root - x);
        both(rest / 2.0, rest / (2.0 * root))
    }
}

fn xielu(x: f64, p: &[f64]) -> Value {
    let (alpha_p, alpha_n, beta, eps) = (p[0], p[1], p[2], p[3]);
    if x > 0.0 {
        let (curve, slope) = (alpha_p * x * x, 2.0 * alpha_p * x);
        let f_terms = curve.abs() + (beta * x).abs();
        return Value { f: fma(beta, x, curve), df: slope + beta, f_terms, df_terms: slope.abs() + beta.abs() };
    }
    let (power, slope) = (expm1(x.min(eps)), alpha_n * expm1(x));
    let curve = alpha_n * if x < eps { expm1_less_x(x) } else { power - x };
    let f_terms = (alpha_n * power).abs() + (alpha_n * x).abs() + (beta * x).abs();
    Value { f: fma(beta, x, curve), df: slope + beta, f_terms, df_terms: slope.abs() + beta.abs() }
}

fn raised(x: f64, alpha: f64, beta: f64) -> Value {
    // As in powf, the power is rounded before the multiplication: to a subnormal, or to an infinity.
    let power = |exponent: f64| match pow(x, exponent) {
        power if power.abs() >= 2f64.powi(128) => f64::INFINITY.copysign(power),
        power => power,
    };
    let terms =
        |power: f64, factor: f64| if power.abs() < 2f64.powi(-126) { 2f64.powi(-125) * factor.abs() } else { 0.0 };
    let (f, slope) = (power(beta), power(beta - 1.0));
    Value {
        f: alpha * f,
        df: if beta == 0.0 { 0.0 } else { alpha * beta * slope },
        f_terms: terms(f, alpha),
        df_terms: terms(slope, alpha * beta),
    }
}

/// f and f' at x, which is finite.  `None` if the formula is not written yet.
pub fn value(op: Op, x: f64, p: &[f64]) -> Option<Value> {
    let a = x.abs();
    // Functions that are constant or the identity in a part of their domain.
    let flat = |value: f64| both(value, 0.0);
    let identity = || both(x, 1.0);
    Some(match op {
        Op::Identity => identity(),
        Op::BinaryStep => flat(step(x >= 0.0)),
        Op::Sigmoid => both(sigmoid(x), sigmoid(x) * sigmoid(-x)),
        Op::Tanh => both(tanh(x), 4.0 * sigmoid(2.0 * x) * sigmoid(-2.0 * x)),
        Op::Arctan => both(atan(x), 1.0 / (1.0 + x * x)),
        Op::Softsign => both(x / (1.0 + a), 1.0 / ((1.0 + a) * (1.0 + a))),
        Op::Relu => both(x.max(0.0), step(x > 0.0)),
        Op::Relu6 => both(x.clamp(0.0, 6.0), step(x > 0.0 && x < 6.0)),
        Op::SquaredRelu => both(x.max(0.0) * x.max(0.0), 2.0 * x.max(0.0)),
        Op::Selu => {
            let (l, la) = (1.0507009873554805, 1.0507009873554805 * 1.6732632423543772);
            if x > 0.0 {
                both(l * x, l)
            } else {
                both(la * expm1(x), la * exp(x))
            }
        }
        Op::Silu => swish(x, 1.0),
        Op::Gelu => gelu(x),
        Op::GeluTanh => gelu_tanh(x),
        Op::GeluQuick => swish(x, 1.702),
        Op::Mish => mish(x),
        Op::Hardsigmoid => both((x + 3.0).clamp(0.0, 6.0) / 6.0, step(a < 3.0) / 6.0),
        Op::Hardswish if a >= 3.0 => both(x.max(0.0), step(x > 0.0)),
        Op::Hardswish => df_terms(x * (x + 3.0) / 6.0, (2.0 * x + 3.0) / 6.0, (2.0 * a + 3.0) / 6.0),
        Op::LogSigmoid => both(-softplus(-x), sigmoid(-x)),
        Op::Tanhshrink => both(x_less_tanh(x), tanh(x) * tanh(x)),
        Op::BentIdentity => {
            let root = sqrt(x * x + 1.0);
            both(x * x / (root + 1.0) / 2.0 + x, x / (2.0 * root) + 1.0)
        }
        Op::Sinusoid => both(sin(x), cos(x)),
        Op::Sinc => sinc(x),
        Op::Gaussian => both(exp(-x * x), -2.0 * x * exp(-x * x)),
        Op::SparsePlus if a >= 1.0 => both(x.max(0.0), step(x > 0.0)),
        Op::SparsePlus => both((x + 1.0) * (x + 1.0) / 4.0, (x + 1.0) / 2.0),
        Op::SparseSigmoid => both(((x + 1.0) / 2.0).clamp(0.0, 1.0), step(a < 1.0) / 2.0),
        Op::Exp => both(exp(x), exp(x)),
        Op::Abs => both(a, step(x > 0.0) - step(x < 0.0)),
        Op::Square => both(x * x, 2.0 * x),
        Op::Sqrt => both(sqrt(x), 0.5 / sqrt(x)),
        Op::Log if x < 0.0 => both(f64::NAN, f64::NAN),
        Op::Log => both(log(x), 1.0 / x),
        Op::Round => flat(rint(x)),
        Op::LeakyRelu if x > 0.0 => identity(),
        Op::LeakyRelu => both(p[0] * x, p[0]),
        Op::Elu | Op::Celu if x > 0.0 => identity(),
        Op::Elu => both(p[0] * expm1(x), p[0] * exp(x)),
        Op::Celu => both(p[0] * expm1(x / p[0]), exp(x / p[0])),
        Op::Softplus if p[0] * x > p[1] => identity(),
        Op::Softplus => both(softplus(p[0] * x) / p[0], sigmoid(p[0] * x)),
        Op::Swish => swish(x, p[0]),
        Op::Hardtanh => both(x.max(p[0]).min(p[1]), step(p[0] < x && x < p[1])),
        Op::Clip => both(x.max(p[0]).min(p[1]), step(p[0] <= x && x <= p[1])),
        Op::HardsigmoidAb => {
            let t = fma(p[0], x, p[1]);
            both(t.clamp(0.0, 1.0), if 0.0 < t && t < 1.0 { p[0] } else { 0.0 })
        }
        Op::HardswishAb => match fma(p[0], x, p[1]) {
            t if t <= 0.0 => flat(0.0),
            t if t >= 1.0 => identity(),
            t => df_terms(x * t, fma(2.0 * p[0], x, p[1]), (2.0 * p[0] * x).abs() + p[1].abs()),
        },
        Op::Hardshrink => both(x * step(a > p[0]), step(a > p[0])),
        Op::Softshrink => both(if a > p[0] { x - p[0].copysign(x) } else { 0.0 }, step(a > p[0])),
        Op::Shrink => both(if a > p[0] { x - p[1] * x.signum() } else { 0.0 }, step(a > p[0])),
        Op::Threshold => both(if x > p[0] { x } else { p[1] }, step(x > p[0])),
        Op::ThresholdedRelu => both(if x > p[0] { x } else { 0.0 }, step(x > p[0])),
        Op::Isru => isru(x, p[0]),
        Op::Isrlu if x >= 0.0 => identity(),
        Op::Isrlu => isru(x, p[0]),
        Op::SoftExponential => soft_exponential(x, p[0]),
        Op::Squareplus => squareplus(x, p[0]),
        Op::ScaledTanh => {
            let t = p[1] * x;
            both(p[0] * tanh(t), p[0] * p[1] * 4.0 * sigmoid(2.0 * t) * sigmoid(-2.0 * t))
        }
        Op::Xielu => xielu(x, p),
        Op::ReluGeneral if x >= p[1] => flat(p[1]),
        Op::ReluGeneral if x > p[2] => identity(),
        Op::ReluGeneral => both(p[0] * (x - p[2]), p[0]),
        Op::Linear => both(fma(p[0], x, p[1]), p[0]),
        Op::Pow => raised(x, p[0], p[1]),
        _ => return None,
    })
}

/// f' from y, and the unit of its error, of which 2^-22 is allowed: the greatest |f'|, or its terms if f' has no bound.  `None`
/// if the operation does not offer this form.
pub fn from_output(op: Op, y: f64, p: &[f64]) -> Option<(f64, f64)> {
    let a = y.abs();
    Some(match op {
        Op::Identity => (1.0, 1.0),
        Op::BinaryStep | Op::Round => (0.0, 1.0),
        Op::Sigmoid => (y * (1.0 - y), 0.25),
        Op::Tanh => ((1.0 - y) * (1.0 + y), 1.0),
        Op::Softsign => ((1.0 - a) * (1.0 - a), 1.0),
        Op::Relu => (step(y > 0.0), 1.0),
        Op::Relu6 => (step(0.0 < y && y < 6.0), 1.0),
        Op::SquaredRelu => (2.0 * sqrt(y), 2.0 * sqrt(y)),
        Op::Selu => {
            let (l, la) = (1.0507009873554805, 1.0507009873554805 * 1.6732632423543772);
            (if y > 0.0 { l } else { y + la }, la)
        }
        Op::Hardsigmoid => (step(0.0 < y && y < 1.0) / 6.0, 1.0 / 6.0),
        Op::LogSigmoid => (-expm1(y), 1.0),
        Op::SparsePlus => (if y >= 1.0 { 1.0 } else { sqrt(y) }, 1.0),
        Op::SparseSigmoid => (step(0.0 < y && y < 1.0) / 2.0, 0.5),
        Op::Exp => (y, y),
        Op::Sqrt => (0.5 / y, 0.5 / a),
        Op::LeakyRelu => (if y > 0.0 { 1.0 } else { p[0] }, p[0].max(1.0)),
        Op::Elu => (if y > 0.0 { 1.0 } else { y + p[0] }, p[0].max(1.0)),
        Op::Celu => (if y > 0.0 { 1.0 } else { y / p[0] + 1.0 }, 1.0),
        Op::Softplus => (-expm1(-p[0] * y), 1.0),
        Op::Hardtanh => (step(p[0] < y && y < p[1]), 1.0),
        Op::Hardshrink | Op::Softshrink | Op::Shrink => (step(y != 0.0), 1.0),
        Op::Threshold | Op::ThresholdedRelu => (step(y > p[0]), 1.0),
        Op::Isrlu if y >= 0.0 => (1.0, 1.0),
        Op::Isru | Op::Isrlu => {
            let rest = (1.0 - p[0] * y * y).max(0.0);
            (rest * sqrt(rest), 1.0)
        }
        Op::SoftExponential if p[0] < 0.0 => (exp(p[0] * y), exp(p[0] * y) * (1.0 + (p[0] * y).abs())),
        Op::SoftExponential => (1.0 + p[0] * (y - p[0]), 1.0 + p[0] * (a + p[0])),
        Op::Squareplus => (1.0 / (1.0 + p[0] / (4.0 * y * y)), 1.0),
        Op::ScaledTanh => (p[1] * (p[0] - y * y / p[0]), (p[0] * p[1]).abs()),
        Op::Linear => (p[0], p[0].abs()),
        _ => return None,
    })
}
