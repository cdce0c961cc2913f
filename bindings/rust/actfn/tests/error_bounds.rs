// SPDX-License-Identifier: MIT
//! Every elementwise operation, forward and backward, over random floats and parameters: the error in ULP is within the
//! catalogue's bounds.

mod reference;

use actfn::{Bounds, Family, Mode, Op};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::cell::Cell;
use std::io::Write;

/// Random bits, random numbers of the sizes that networks have, and the numbers at which formulas change.
fn input() -> impl Strategy<Value = f32> {
    prop_oneof![
        3 => any::<u32>().prop_map(f32::from_bits).prop_filter("finite", |x| x.is_finite()),
        6 => -12f32..12.0,
        2 => -110f32..110.0,
        1 => prop::sample::select(vec![0.0, -0.0, 1.0, -1.0, 3.0, -3.0, 6.0, 0.5, -0.5, f32::MIN_POSITIVE, f32::MAX]),
    ]
}

/// Legal parameters, in pairs that are legal together.
fn params(op: Op) -> BoxedStrategy<Vec<f32>> {
    let signed = || prop_oneof![-3f32..-0.05, 0.05f32..3.0];
    match op {
        Op::Elu | Op::Celu => signed().prop_map(|p| vec![p]).boxed(),
        // With a low threshold f jumps there, and float arithmetic decides whether x reaches the threshold.
        Op::Softplus => (signed(), 20f32..40.0).prop_map(|(beta, threshold)| vec![beta, threshold]).boxed(),
        Op::Hardtanh => (-5f32..1.0, 0f32..5.0).prop_map(|(min, width)| vec![min, min + width]).boxed(),
        Op::HardswishAb => (0.05f32..3.0, -3f32..3.0).prop_map(|(alpha, beta)| vec![alpha, beta]).boxed(),
        Op::Xielu => {
            (0.1f32..2.0, 0.1f32..2.0, -1f32..1.0, -0.1f32..0.0).prop_map(|p| vec![p.0, p.1, p.2, p.3]).boxed()
        }
        Op::ReluGeneral => {
            (-2f32..2.0, 0.01f32..5.0, -2f32..2.0).prop_map(|(slope, above, t)| vec![slope, t + above, t]).boxed()
        }
        Op::ScaledTanh => (signed(), signed()).prop_map(|(alpha, beta)| vec![alpha, beta]).boxed(),
        _ => drawn(op),
    }
}

/// From the ranges of the catalogue; relations between parameters hold by trial.
fn drawn(op: Op) -> BoxedStrategy<Vec<f32>> {
    let each = op.params().map(|param| {
        (param.minimum.max(-3.0)..=param.maximum.min(3.0))
            .prop_filter("in its range, and no divisor near 0", move |&p| {
                param.takes(p) && !(param.nonzero && p.abs() < 0.05)
            })
            .boxed()
    });
    each.collect::<Vec<_>>().prop_filter("legal together", move |p| is_legal(op, p)).boxed()
}

fn is_legal(op: Op, p: &[f32]) -> bool {
    actfn::forward(op, Mode::Accurate, p, &[], &mut []).is_ok()
}

/// The distance from x to the next float, as far as it matters for a bound.
fn ulp(x: f64) -> f64 {
    let exponent = if x == 0.0 { -1000 } else { libm::ilogb(x) };
    2f64.powi(exponent.clamp(-126, 127) - 23)
}

fn within(what: impl Fn() -> String, got: f32, exact: f64, bound: f32, terms: f64) -> Result<(), TestCaseError> {
    if exact.is_nan() {
        prop_assert!(got.is_nan(), "{}: {got:e} and not NaN", what());
        return Ok(());
    }
    // An infinity counts as 2^128.
    let edge = 2f64.powi(128);
    let (found, exact) = (f64::from(got).clamp(-edge, edge), exact.clamp(-edge, edge));
    // The reference's own error is far less than a thousandth.
    let allowed = (f64::from(bound) + 1e-3) * ulp(exact).max(2f64.powi(-24) * terms);
    let error = (found - exact).abs();
    prop_assert!(error <= allowed, "{}: {got:e}, and exactly {exact:e}: {} ulp of {bound}", what(), error / ulp(exact));
    Ok(())
}

/// All forms of one operation in one mode.
fn holds(op: Op, mode: Mode, p: &[f32], x: &[f32], factor: f32) -> Result<(), TestCaseError> {
    let info = op.info();
    let Bounds { forward, backward } = if mode == Mode::Fast { info.bounds_fast } else { info.bounds };
    let (mut y, mut dx) = (vec![f32::NAN; x.len()], vec![f32::NAN; x.len()]);
    let dy = vec![factor; x.len()];
    actfn::forward(op, mode, p, x, &mut y)?;
    actfn::backward(op, mode, p, x, &dy, &mut dx)?;
    let exact: Vec<f64> = p.iter().map(|&value| f64::from(value)).collect();
    for (i, &x) in x.iter().enumerate() {
        let Some(value) = reference::value(op, f64::from(x), &exact) else {
            return Err(TestCaseError::fail(format!("{op} has no reference")));
        };
        within(|| format!("{op}({x:e}) with {p:?}"), y[i], value.f, forward, value.f_terms)?;
        let (df, terms) = (value.df * f64::from(factor), value.df_terms * f64::from(factor.abs()));
        within(|| format!("{op}'({x:e}) with {p:?} times {factor}"), dx[i], df, backward, terms)?;
    }
    match actfn::backward_from_output(op, mode, p, &y, &dy, &mut dx) {
        Ok(()) => {
            for (&y, &dx) in y.iter().zip(&dx).filter(|(y, _)| y.is_finite()) {
                let Some((df, scale)) = reference::from_output(op, f64::from(y), &exact) else {
                    return Err(TestCaseError::fail(format!("{op} has no reference from the output")));
                };
                let (df, scale) = (df * f64::from(factor), scale * f64::from(factor.abs()));
                within(|| format!("{op}' from y = {y:e} with {p:?}"), dx, df, 4.0, scale)?;
            }
        }
        Err(actfn::Error::NotOffered { needs, .. }) => {
            prop_assert!(!info.from_output || !needs.is_empty(), "{op} from the output: refused without a reason");
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

const CASES: u32 = 64;

fn all(mode: Mode) {
    let (seen, mut failures) = (Cell::new(0), Vec::new());
    let elementwise = Op::ALL.iter().copied().filter(|op| op.info().family == Family::Elementwise);
    let (operations, without): (Vec<Op>, Vec<Op>) =
        elementwise.partition(|&op| reference::value(op, 1.0, &vec![1.0; op.param_count()]).is_some());
    for op in without {
        // Not by a macro, because the output of macros is hidden if a test passes.
        let line = format!("== error bounds of {op}: skipped: it has no reference yet\n");
        std::io::stderr().write_all(line.as_bytes()).unwrap();
    }
    for &op in &operations {
        // A runner counts its cases over all calls.  Every run has the same numbers, because a bound holds for all floats or is
        // wrong.
        let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::XorShift));
        // With any other factor the bound of f' would change where f' has no neighbours: among subnormals and at 2^128.
        let factors = prop::sample::select(vec![1.0f32, -1.0]);
        let numbers = (params(op), prop::collection::vec(input(), 0..80), factors);
        let result = runner.run(&numbers, |(p, x, factor)| {
            seen.set(seen.get() + x.len());
            holds(op, mode, &p, &x, factor)
        });
        failures.extend(result.err().map(|failure| failure.to_string()));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(operations.len() >= 54);
    assert!(seen.get() > 30 * CASES as usize * operations.len(), "{} elements", seen.get());
}

/// Every elementwise operation of the catalogue, also those without a reference.
#[test]
fn parameters_are_legal() {
    for op in Op::ALL.iter().copied().filter(|op| op.info().family == Family::Elementwise && op.param_count() > 0) {
        let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::XorShift));
        let draws = (params(op), drawn(op));
        let result = runner.run(&draws, |(chosen, drawn)| {
            prop_assert!(is_legal(op, &chosen) && is_legal(op, &drawn), "{op}: {chosen:?}, {drawn:?}");
            Ok(())
        });
        assert!(result.is_ok(), "{}", result.unwrap_err());
    }
}

#[test]
fn accurate() {
    all(Mode::Accurate);
}

#[test]
fn fast() {
    all(Mode::Fast);
}
