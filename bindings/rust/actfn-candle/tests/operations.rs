// SPDX-License-Identifier: MIT
//! Each operation alone has the bits of a call on slices, whatever the tensor's layout.  Wrong arguments are refused.

use actfn::{Axis, Family};
use actfn_candle::{Elementwise, Gate, GateLayout, Mode, Op, Rows};
use candle_core::{DType, Device, Module, Result, Tensor, Var, D};

const MODES: [Mode; 2] = [Mode::Accurate, Mode::Fast];

/// Numbers on both sides of 0; each seed gives other numbers.
fn ramp(seed: usize, shape: &[usize]) -> Result<Tensor> {
    let n: usize = shape.iter().product();
    let values = (0..n).map(|i| ((i * 37 + seed * 11) % 101) as f32 * 0.13 - 6.5).collect();
    Tensor::from_vec(values, shape, &Device::Cpu)
}

fn values(x: &Tensor) -> Vec<f32> {
    x.flatten_all().unwrap().to_vec1().unwrap()
}

/// candle adds gradients to 0, so a zero loses its sign.
fn summed(gradient: &[f32]) -> Vec<f32> {
    gradient.iter().map(|value| value + 0.).collect()
}

/// Any NaN equals any NaN.
fn assert_same(found: &Tensor, expected: &[f32], what: &str) {
    let bits =
        |values: &[f32]| values.iter().map(|v| if v.is_nan() { 0x7fc0_0000 } else { v.to_bits() }).collect::<Vec<_>>();
    assert_eq!(bits(&values(found)), bits(expected), "{what}");
}

fn of(family: Family) -> impl Iterator<Item = Op> {
    Op::ALL.iter().copied().filter(move |op| op.info().family == family)
}

/// Legal parameters that differ from the defaults, if the operation has parameters.
fn params(op: Op) -> Vec<f32> {
    let own: Vec<f32> = (0..op.param_count()).map(|k| 0.3 + 0.4 * k as f32).collect();
    let legal = actfn::forward(op, Mode::Accurate, &own, &[], &mut []).is_ok();
    if legal || op.info().family != Family::Elementwise {
        own
    } else {
        Vec::new()
    }
}

/// A tensor with these values in each layout: contiguous, behind an offset, transposed, of every second row.
fn layouts(x: &Tensor) -> Result<Vec<(&'static str, Tensor)>> {
    let (rows, columns) = x.dims2()?;
    let between = Tensor::stack(&[x, &x.zeros_like()?], 1)?;
    Ok(vec![
        ("contiguous", x.clone()),
        ("offset", Tensor::cat(&[&ramp(8, &[1, columns])?, x], 0)?.narrow(0, 1, rows)?),
        ("transposed", x.t()?.contiguous()?.t()?),
        ("strided", between.narrow(1, 0, 1)?.squeeze(1)?),
    ])
}

#[test]
fn elementwise() -> Result<()> {
    let (x, dy) = (ramp(1, &[7, 19])?, ramp(2, &[7, 19])?);
    for op in of(Family::Elementwise) {
        for mode in MODES {
            let (p, n) = (params(op), 7 * 19);
            let (mut y, mut dx) = (vec![0.; n], vec![0.; n]);
            actfn::forward(op, mode, &p, &values(&x), &mut y).unwrap();
            actfn::backward(op, mode, &p, &values(&x), &values(&dy), &mut dx).unwrap();
            let act = Elementwise::new(op).mode(mode).params(&p);
            for ((layout, x), (_, dy)) in layouts(&x)?.into_iter().zip(layouts(&dy)?) {
                assert_same(&act.forward(&x)?, &y, &format!("{op:?} {mode:?} {layout}"));
                let x = Var::from_tensor(&x)?;
                let gradient = (act.apply(&x)? * dy)?.backward()?;
                assert_same(gradient.get(&x).unwrap(), &summed(&dx), &format!("{op:?} {mode:?} {layout}, gradient"));
            }
            let over = x.copy()?;
            act.apply_in_place(&over)?;
            assert_same(&over, &y, &format!("{op:?} {mode:?} in place"));
        }
    }
    Ok(())
}

#[test]
fn rows() -> Result<()> {
    let (x, dy) = (ramp(1, &[4, 5, 6])?, ramp(2, &[4, 5, 6])?);
    for op in of(Family::Rows).filter(|op| !op.info().reduces) {
        for (mode, dim) in MODES.into_iter().flat_map(|mode| (0..3).map(move |dim| (mode, dim))) {
            let p = params(op);
            let expected = actfn::Rows::new(op, Axis::of(&[4, 5, 6], dim).unwrap()).mode(mode).params(&p);
            let (mut y, mut dx) = (vec![0.; 120], vec![0.; 120]);
            expected.forward(&values(&x), &mut y).unwrap();
            expected.backward(Some(&values(&x)), Some(&y), &values(&dy), &mut dx).unwrap();
            let x = Var::from_tensor(&x)?;
            let found = Rows::new(op).mode(mode).params(&p).apply(&x, dim)?;
            assert_same(&found, &y, &format!("{op:?} {mode:?} along {dim}"));
            let gradient = (found * &dy)?.backward()?;
            assert_same(gradient.get(&x).unwrap(), &summed(&dx), &format!("{op:?} {mode:?} along {dim}, gradient"));
        }
    }
    Ok(())
}

#[test]
fn masked_rows_are_zero_where_asked() -> Result<()> {
    let x = Tensor::full(f32::NEG_INFINITY, (1, 3), &Device::Cpu)?;
    let softmax = Rows::new(Op::Softmax);
    assert!(values(&softmax.apply(&x, D::Minus1)?).iter().all(|y| y.is_nan()));
    assert_eq!(values(&softmax.masked_rows_zero().apply(&x, D::Minus1)?), [0.; 3]);
    Ok(())
}

#[test]
fn gates() -> Result<()> {
    let (u, v, dy) = (ramp(1, &[6, 10])?, ramp(2, &[6, 10])?, ramp(3, &[6, 10])?);
    for op in of(Family::Gates) {
        for mode in MODES {
            let p = params(op);
            let expected = actfn::Gates::new(op).mode(mode).params(&p);
            let (mut y, mut du, mut dv) = (vec![0.; 60], vec![0.; 60], vec![0.; 60]);
            expected.forward(&values(&u), &values(&v), &mut y).unwrap();
            expected.backward(&values(&u), &values(&v), &values(&dy), Some(&mut du), Some(&mut dv)).unwrap();
            let gate = Gate::new(op).mode(mode).params(&p);

            let what = format!("{op:?} {mode:?}");
            let (a, b) = (Var::from_tensor(&u)?, Var::from_tensor(&v)?);
            let found = gate.apply(&a, &b)?;
            assert_same(&found, &y, &what);
            let gradients = (found * &dy)?.backward()?;
            assert_same(gradients.get(&a).unwrap(), &summed(&du), &format!("{what}, du"));
            assert_same(gradients.get(&b).unwrap(), &summed(&dv), &format!("{what}, dv"));

            for (layout, halves) in [(GateLayout::First, [&u, &v]), (GateLayout::Last, [&v, &u])] {
                let x = Var::from_tensor(&Tensor::cat(&halves, 1)?)?;
                let found = gate.apply_packed(&x, layout)?;
                assert_same(&found, &y, &format!("{what} {layout:?}"));
                let dx = (found * &dy)?.backward()?.remove(&x).unwrap();
                let (du, dv) = (summed(&du), summed(&dv));
                let (first, second) = if layout == GateLayout::First { (&du, &dv) } else { (&dv, &du) };
                assert_same(&dx.narrow(1, 0, 10)?, first, &format!("{what} {layout:?}, first half"));
                assert_same(&dx.narrow(1, 10, 10)?, second, &format!("{what} {layout:?}, second half"));
            }
        }
    }
    Ok(())
}

#[test]
fn nothing_is_as_good_as_something() -> Result<()> {
    let none = Tensor::zeros((0, 4), DType::F32, &Device::Cpu)?;
    assert_eq!(Elementwise::new(Op::Gelu).apply(&none)?.dims(), [0, 4]);
    assert_eq!(Rows::new(Op::Softmax).apply(&none, 1)?.dims(), [0, 4]);
    assert_eq!(Rows::new(Op::Softmax).apply(&none, 0)?.dims(), [0, 4]);
    assert_eq!(Gate::new(Op::Swiglu).apply(&none, &none)?.dims(), [0, 4]);
    assert_eq!(Gate::new(Op::Swiglu).apply_packed(&none, GateLayout::First)?.dims(), [0, 2]);
    Ok(())
}

#[test]
fn bad_input_is_an_error_that_says_what() -> Result<()> {
    let x = ramp(1, &[2, 3])?;
    let refused = |found: Result<Tensor>, expected: &str| {
        let text = found.expect_err(expected).to_string();
        assert!(text.contains(expected), "{text:?} does not say {expected:?}");
    };
    let double = x.to_dtype(DType::F64)?;
    refused(Elementwise::new(Op::Gelu).apply(&double), "gelu: F32, BF16 or F16 expected, F64 found");
    refused(Rows::new(Op::Softmax).apply(&double, 1), "softmax: F32, BF16 or F16 expected");
    refused(Gate::new(Op::Swiglu).apply(&x, &double), "swiglu");
    refused(Elementwise::new(Op::Hardtanh).params(&[1., -1.]).apply(&x), "hardtanh");
    refused(Elementwise::new(Op::Softmax).apply(&x), "softmax");
    refused(Rows::new(Op::Gelu).apply(&x, 1), "gelu");
    refused(Rows::new(Op::Softmax).apply(&x, 2), "softmax");
    refused(Rows::new(Op::Maxout).apply(&x, 1), "one value for a row");
    refused(Gate::new(Op::Swiglu).apply(&x, &x.t()?), "swiglu: shapes [2, 3] and [3, 2] differ");
    refused(Gate::new(Op::Swiglu).apply_packed(&x, GateLayout::First), "two halves");
    let in_place = Elementwise::new(Op::Gelu).apply_in_place(&x.t()?).map(|()| x.clone());
    refused(in_place, "gelu: a contiguous tensor");
    Ok(())
}
