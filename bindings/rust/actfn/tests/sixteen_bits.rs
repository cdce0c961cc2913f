// SPDX-License-Identifier: MIT
//! Buffers of half::bf16 and half::f16: what is promised against a reference in f64, or against the same call on floats.
#![cfg(feature = "half")]

#[allow(dead_code)]
mod reference;

use actfn::{
    typed, Axis, CrossEntropy, Element, Family, GateLayout, Gates, GumbelSoftmax, Loss, Mode, Op, Philox, Rows,
};
use actfn::{BackwardKernel, Error, ForwardKernel, Result, Strided, StridedGradients};
use half::{bf16, f16};
use std::cell::Cell;

const MODES: [Mode; 2] = [Mode::Accurate, Mode::Fast];

/// What the tests need of a type: its bits, and half's own conversions.
trait Sixteen: Element {
    /// The number after the largest one, if there were no infinity.
    const BEYOND: f64;
    fn of_bits(bits: u16) -> Self;
    fn bits(self) -> u16;
    fn of(x: f32) -> Self;
    fn float(self) -> f32;

    /// Each number there is.
    fn all() -> Vec<Self> {
        (0..=u16::MAX).map(Self::of_bits).collect()
    }
    fn rounded(x: &[f32]) -> Vec<Self> {
        x.iter().map(|&x| Self::of(x)).collect()
    }
}

macro_rules! sixteen {
    ($type:ty, $beyond:expr) => {
        impl Sixteen for $type {
            const BEYOND: f64 = $beyond;
            fn of_bits(bits: u16) -> Self {
                Self::from_bits(bits)
            }
            fn bits(self) -> u16 {
                self.to_bits()
            }
            fn of(x: f32) -> Self {
                Self::from_f32(x)
            }
            fn float(self) -> f32 {
                self.to_f32()
            }
        }
    };
}
sixteen!(bf16, 2.0 * (1u128 << 127) as f64);
sixteen!(f16, 65536.0);

/// The same test for each type.
macro_rules! each_type {
    ($($test:ident)*) => {
        mod in_bf16 {
            $(#[test]
            fn $test() {
                super::$test::<half::bf16>();
            })*
        }
        mod in_f16 {
            $(#[test]
            fn $test() {
                super::$test::<half::f16>();
            })*
        }
    };
}
each_type! {
    forward_is_correctly_rounded
    exact_functions_are_rounded_to_even
    gradients_are_those_of_floats_rounded_once
    by_name_as_in_c
    forms_have_the_same_bits
    rows
    reducing_rows
    gates
    losses
    cross_entropy
    gumbel_softmax
    what_is_refused
}

fn floats<T: Sixteen>(x: &[T]) -> Vec<f32> {
    x.iter().map(|x| x.float()).collect()
}

/// The same bits; a NaN is as good as a NaN.
fn assert_same<T: Sixteen>(found: &[T], expected: &[T], what: impl Fn() -> String) {
    assert_eq!(found.len(), expected.len());
    for (i, (a, b)) in found.iter().zip(expected).enumerate() {
        let both_nan = a.float().is_nan() && b.float().is_nan();
        assert!(both_nan || a.bits() == b.bits(), "{}: element {i} is {a:?} and not {b:?}", what());
    }
}

fn assert_same_floats(found: &[f32], expected: &[f32], what: impl Fn() -> String) {
    for (a, b) in found.iter().zip(expected) {
        assert!(a.is_nan() && b.is_nan() || a.to_bits() == b.to_bits(), "{}: {a:e} and not {b:e}", what());
    }
}

/// What a form writes into `n` elements.
fn written<T: Sixteen>(n: usize, form: impl FnOnce(&mut [T]) -> Result<()>) -> Vec<T> {
    let mut y = vec![T::of(f32::NAN); n];
    form(&mut y).unwrap();
    y
}

/// What a form makes of a buffer.
fn over<T: Sixteen>(start: &[T], form: impl FnOnce(&mut [T]) -> Result<()>) -> Vec<T> {
    let mut y = start.to_vec();
    form(&mut y).unwrap();
    y
}

fn cells<T>(x: &mut [T]) -> &[Cell<T>] {
    Cell::from_mut(x).as_slice_of_cells()
}

fn of(family: Family) -> impl Iterator<Item = Op> {
    Op::ALL.iter().copied().filter(move |op| op.info().family == family)
}

/// Numbers of both signs that networks have.
fn numbers<T: Sixteen>(seed: u32, n: usize) -> Vec<T> {
    (0..n as u32).map(|i| T::of(((i + seed).wrapping_mul(2654435761) >> 8) as f32 / 2f32.powi(21) - 4.0)).collect()
}

/// The parameters by default, 0.5 where there is none.
fn params(op: Op) -> Vec<f32> {
    op.params().map(|param| param.default.unwrap_or(0.5)).collect()
}

/// The number, and 2^128 or 65536 for an infinity: what is half-way to it is half-way to the infinity.
fn value<T: Sixteen>(y: T) -> f64 {
    f64::from(y.float()).clamp(-T::BEYOND, T::BEYOND)
}

/// The next number of larger magnitude.
fn outwards<T: Sixteen>(y: T) -> f64 {
    if y.float().is_infinite() {
        value(y)
    } else {
        value(T::of_bits(y.bits() + 1))
    }
}

/// The next number of smaller magnitude, across 0 if it is 0.
fn inwards<T: Sixteen>(y: T) -> f64 {
    if y.bits() & 0x7fff == 0 {
        -outwards(y)
    } else {
        value(T::of_bits(y.bits() - 1))
    }
}

fn forward_is_correctly_rounded<T: Sixteen>() {
    let (x, mut checked) = (T::all(), 0);
    for op in of(Family::Elementwise) {
        let p = params(op);
        let by_default = op.params().all(|param| param.default.is_some());
        let exact: Vec<f64> = p.iter().map(|&p| f64::from(p)).collect();
        let y = written(x.len(), |y| typed::forward(op, Mode::Fast, &p, &x, y));
        let mut limits = floats(&x);
        actfn::forward_in_place(op, Mode::Accurate, &p, &mut limits).unwrap();
        for ((&x, &y), &limit) in x.iter().zip(&y).zip(&limits) {
            if x.float().is_nan() {
                assert!(y.float().is_nan(), "{op} of NaN is {y:?}");
                continue;
            }
            let Some(reference) = reference::value(op, f64::from(x.float()), &exact) else { continue };
            if x.float().is_infinite() || reference.f.is_nan() || y.float().is_nan() {
                assert_same(&[y], &[T::of(limit)], || format!("{op}({x:?})"));
                continue;
            }
            let v = reference.f.clamp(-2.0 * T::BEYOND, 2.0 * T::BEYOND);
            // Of the reference, which is in f64; and what is promised of other parameters than the defaults.
            let own = 2f64.powi(-44) * v.abs().max(reference.f_terms);
            let slack = own + if by_default { 0.0 } else { (outwards(y) - value(y)).abs() / 128.0 };
            let (near, far) = ((inwards(y) + value(y)) / 2.0, (outwards(y) + value(y)) / 2.0);
            let inside = near.min(far) - slack <= v && (v <= near.max(far) + slack || y.float().is_infinite());
            let outside = y.float() == f32::NEG_INFINITY && v <= near + slack;
            assert!(inside || outside, "{op}({x:?}) with {p:?} is {y:?}, and exactly {v:e}");
            checked += 1;
        }
    }
    assert!(checked > 50 * 60_000, "{checked} numbers");
}

/// Where f(x) is a float, half's own conversion says what comes out: also in the middle between two numbers.
fn exact_functions_are_rounded_to_even<T: Sixteen>() {
    let x = T::all();
    type Exact = fn(f32) -> f32;
    let exact: [(Op, &[f32], Exact); 4] = [
        (Op::Relu, &[], |x| if x.is_nan() || x > 0.0 { x } else { 0.0 }),
        (Op::Abs, &[], f32::abs),
        (Op::Square, &[], |x| x * x),
        (Op::LeakyRelu, &[0.5], |x| if x > 0.0 { x } else { 0.5 * x }),
    ];
    for (op, p, f) in exact {
        let expected: Vec<f32> = floats(&x).into_iter().map(f).collect();
        for mode in MODES {
            let y = written(x.len(), |y| typed::forward(op, mode, p, &x, y));
            assert_same(&y, &T::rounded(&expected), || op.to_string());
        }
    }
}

fn gradients_are_those_of_floats_rounded_once<T: Sixteen>() {
    let x = T::all();
    let dy: Vec<T> = numbers(1, x.len());
    let (x_floats, dy_floats) = (floats(&x), floats(&dy));
    for op in of(Family::Elementwise) {
        let p = params(op);
        let mut expected = vec![f32::NAN; x.len()];
        actfn::backward(op, Mode::Fast, &p, &x_floats, &dy_floats, &mut expected).unwrap();
        let expected = T::rounded(&expected);
        for mode in MODES {
            let dx = written(x.len(), |dx| typed::backward(op, mode, &p, &x, &dy, dx));
            assert_same(&dx, &expected, || format!("{op}'"));
        }
        let from_output = written(x.len(), |dx| match typed::backward_from_output(op, Mode::Fast, &p, &x, &dy, dx) {
            Err(Error::NotOffered { .. }) => Ok(()),
            other => other,
        });
        let mut expected = vec![f32::NAN; x.len()];
        let offered = actfn::backward_from_output(op, Mode::Fast, &p, &x_floats, &dy_floats, &mut expected);
        assert_same(&from_output, &T::rounded(&expected), || format!("{op}' from y ({offered:?})"));

        if op.info().param_gradient {
            let (x, dy): (Vec<T>, Vec<T>) = (numbers(2, 1000), numbers(3, 1000));
            let (mut sums, mut expected) = (vec![f32::NAN; p.len()], vec![f32::NAN; p.len()]);
            typed::param_gradient(op, Mode::Accurate, &p, &x, &dy, &mut sums).unwrap();
            actfn::param_gradient(op, Mode::Fast, &p, &floats(&x), &floats(&dy), &mut expected).unwrap();
            for (found, expected) in sums.iter().zip(&expected) {
                assert!((found - expected).abs() <= 1e-3 * expected.abs().max(1.0), "{op}: {found} {expected}");
            }
        }
    }
}

/// By the raw declarations, over bits.
fn by_name_as_in_c<T: Sixteen>() {
    type C = unsafe extern "C" fn(usize, *const u16, *mut u16) -> actfn_sys::actfn_status;
    type Named<T> = fn(&[T], &mut [T]) -> Result<()>;
    let is_bf16 = T::BEYOND > 65536.0;
    let functions: [(&str, Named<T>, C, C); 6] = [
        ("relu", typed::relu, actfn_sys::actfn_relu_bf16, actfn_sys::actfn_relu_f16),
        ("sigmoid", typed::sigmoid, actfn_sys::actfn_sigmoid_bf16, actfn_sys::actfn_sigmoid_f16),
        ("gelu", typed::gelu, actfn_sys::actfn_gelu_bf16, actfn_sys::actfn_gelu_f16),
        ("silu", typed::silu, actfn_sys::actfn_silu_bf16, actfn_sys::actfn_silu_f16),
        ("tanh", typed::tanh, actfn_sys::actfn_tanh_bf16, actfn_sys::actfn_tanh_f16),
        ("exp", typed::exp, actfn_sys::actfn_exp_bf16, actfn_sys::actfn_exp_f16),
    ];
    let x = T::all();
    let bits: Vec<u16> = x.iter().map(|x| x.bits()).collect();
    for (name, function, of_bf16, of_f16) in functions {
        let y = written(x.len(), |y| function(&x, y));
        let mut expected = vec![0; x.len()];
        let c = if is_bf16 { of_bf16 } else { of_f16 };
        // SAFETY: both buffers hold as many numbers as that.
        assert_eq!(unsafe { c(bits.len(), bits.as_ptr(), expected.as_mut_ptr()) }, actfn_sys::ACTFN_OK);
        assert!(y.iter().map(|y| y.bits()).eq(expected.iter().copied()), "{name}");
    }
}

fn forms_have_the_same_bits<T: Sixteen>() {
    let (x, dy): (Vec<T>, Vec<T>) = (numbers(4, 1003), numbers(5, 1003));
    let n = x.len();
    for op in of(Family::Elementwise) {
        let p = params(op);
        let same = |found: Vec<T>, expected: &[T]| assert_same(&found, expected, || op.to_string());
        let y = written(n, |y| typed::forward(op, Mode::Fast, &p, &x, y));
        let dx = written(n, |dx| typed::backward(op, Mode::Fast, &p, &x, &dy, dx));
        same(over(&x, |x| typed::forward_in_place(op, Mode::Accurate, &p, x)), &y);
        same(over(&dy, |dy| typed::backward_in_place(op, Mode::Accurate, &p, &x, dy)), &dx);
        let forward = ForwardKernel::of(op, Mode::Fast, &p).unwrap();
        same(written(n, |y| forward.call(&x, y)), &y);
        let backward = BackwardKernel::of(op, Mode::Fast, &p).unwrap();
        same(over(&dy, |dy| backward.call_in_place(&x, dy)), &dx);
        let over_x = |x: &mut [T]| {
            let x = cells(x);
            typed::backward_cells(op, Mode::Fast, &p, x, cells(&mut dy.clone()), x)
        };
        same(over(&x, over_x), &dx);
        if let Ok(kernel) = BackwardKernel::of_output(op, Mode::Fast, &p) {
            let dx = written(n, |dx| kernel.call(&y, &dy, dx));
            same(over(&dy, |dy| typed::backward_from_output_in_place(op, Mode::Fast, &p, &y, dy)), &dx);
        } else {
            assert!(!op.info().from_output, "{op}");
        }
    }
    let by_op = written(n, |y| typed::forward(Op::Elu, Mode::Fast, &[0.5], &x, y));
    assert_same(&over(&x, |x| typed::elu_in_place(x, 0.5)), &by_op, || "elu by name".into());
}

/// All numbers in rows, and numbers of a common size; along the last axis and along another one.
fn tensors<T: Sixteen>() -> Vec<(Axis, Vec<T>)> {
    let mixed = (0..=u16::MAX).map(|i| T::of_bits(i.wrapping_mul(40503))).collect::<Vec<_>>();
    vec![
        (Axis::last(4096, 16), mixed.clone()),
        (Axis { outer: 16, len: 64, inner: 64 }, mixed),
        (Axis::last(7, 103), numbers(6, 721)),
        (Axis { outer: 3, len: 103, inner: 5 }, numbers(7, 1545)),
    ]
}

fn rows<T: Sixteen>() {
    for (axis, x) in tensors::<T>() {
        let (n, dy): (_, Vec<T>) = (x.len(), numbers(8, x.len()));
        for op in of(Family::Rows) {
            let what = || format!("{op} over {axis:?}");
            let (f, t) = (Rows::new(op, axis), Rows::<T>::of(op, axis));
            let outputs = f.outputs().unwrap();
            let mut expected = vec![f32::NAN; outputs];
            f.forward(&floats(&x), &mut expected).unwrap();
            let y = written(outputs, |y| t.forward(&x, y));
            assert_same(&y, &T::rounded(&expected), what);
            assert_same(&written(outputs, |y| t.mode(Mode::Accurate).forward(&x, y)), &y, what);

            let (dy, mut expected) = (&dy[..outputs], vec![f32::NAN; n]);
            f.backward(Some(&floats(&x)), Some(&floats(&y)), &floats(dy), &mut expected).unwrap();
            let dx = written(n, |dx| t.backward(Some(&x), Some(&y), dy, dx));
            assert_same(&dx, &T::rounded(&expected), || format!("{}, backward", what()));
            if !op.info().reduces {
                assert_same(&over(&x, |x| t.forward_in_place(x)), &y, what);
                let in_place = over(dy, |dy| t.backward_in_place(Some(&x), Some(&y), dy));
                assert_same(&in_place, &dx, what);
            }
        }
        let (mut y, mut index) = (vec![T::of(0.0); axis.rows().unwrap()], vec![-1; axis.rows().unwrap()]);
        let (mut expected, mut expected_index) = (floats(&y), index.clone());
        typed::maxout_index(Mode::Fast, axis, &x, &mut y, &mut index).unwrap();
        actfn::maxout_index(Mode::Fast, axis, &floats(&x), &mut expected, &mut expected_index).unwrap();
        assert_eq!(index, expected_index);
        assert_same(&y, &T::rounded(&expected), || "maxout".into());
        let dx = written(n, |dx| typed::maxout_backward_from_index(Mode::Fast, axis, &index, &dy[..y.len()], dx));
        assert_eq!(dx.iter().filter(|dx| dx.bits() & 0x7fff != 0).count(), {
            let not_zero = |dy: &&T| dy.bits() & 0x7fff != 0;
            dy[..y.len()].iter().filter(not_zero).count()
        });
    }
}

/// Results and their gradients in floats, which are those of floats to the bit.
fn reducing_rows<T: Sixteen>() {
    for (axis, x) in tensors::<T>() {
        for op in of(Family::Rows) {
            let (f, t) = (Rows::new(op, axis), Rows::<T>::of(op, axis));
            let outputs = f.outputs().unwrap();
            let (mut y, mut expected) = (vec![0.5; outputs], vec![0.5; outputs]);
            if !op.info().reduces {
                let refused = Err(Error::NotOffered { op, needs: "" });
                assert_eq!(t.reduce_forward(&x, &mut y), refused);
                assert_eq!(f.reduce_forward(&floats(&x), &mut y), refused);
                assert_eq!(t.reduce_backward(Some(&x), Some(&y), &y, &mut x.clone()), refused);
                continue;
            }
            t.reduce_forward(&x, &mut y).unwrap();
            f.reduce_forward(&floats(&x), &mut expected).unwrap();
            assert_same_floats(&y, &expected, || op.to_string());
            let dy: Vec<f32> = (0..outputs).map(|i| 0.37 * (i % 7) as f32 - 1.0).collect();
            let mut expected = vec![f32::NAN; x.len()];
            f.backward(Some(&floats(&x)), Some(&y), &dy, &mut expected).unwrap();
            let dx = written(x.len(), |dx| t.reduce_backward(Some(&x), Some(&y), &dy, dx));
            assert_same(&dx, &T::rounded(&expected), || format!("{op}, backward"));
        }
    }
}

fn gates<T: Sixteen>() {
    let n = 65536;
    let (u, v): (Vec<T>, Vec<T>) = (T::all(), numbers(9, n));
    let dy: Vec<T> = numbers(10, n);
    let (u_floats, v_floats, dy_floats) = (floats(&u), floats(&v), floats(&dy));
    for op in of(Family::Gates) {
        let what = || op.to_string();
        let (f, t) = (Gates::new(op), Gates::<T>::of(op));
        let (mut y, mut du, mut dv) = (vec![f32::NAN; n], vec![f32::NAN; n], vec![f32::NAN; n]);
        f.forward(&u_floats, &v_floats, &mut y).unwrap();
        f.backward(&u_floats, &v_floats, &dy_floats, Some(&mut du), Some(&mut dv)).unwrap();
        let (y, du, dv) = (T::rounded(&y), T::rounded(&du), T::rounded(&dv));

        for mode in MODES {
            assert_same(&written(n, |y| t.mode(mode).forward(&u, &v, y)), &y, what);
        }
        assert_same(&over(&u, |u| t.forward_in_place(u, &v)), &y, what);
        let (mut over_u, mut over_v) = (u.clone(), v.clone());
        t.backward_in_place(&mut over_u, &mut over_v, &dy).unwrap();
        assert_same(&over_u, &du, what);
        assert_same(&over_v, &dv, what);
        assert_same(&written(n, |dv| t.backward(&u, &v, &dy, None, Some(dv))), &dv, what);

        // Rows of 64 beside each other, and the same by strides.
        let packed: Vec<T> = u.chunks(64).zip(v.chunks(64)).flat_map(|(u, v)| [u, v].concat()).collect();
        assert_same(&written(n, |y| t.packed_forward(GateLayout::First, 128, &packed, y)), &y, what);
        let dx = written(2 * n, |dx| t.packed_backward(GateLayout::First, 128, &packed, &dy, dx));
        let expected: Vec<T> = du.chunks(64).zip(dv.chunks(64)).flat_map(|(du, dv)| [du, dv].concat()).collect();
        assert_same(&dx, &expected, what);
        let (mut strided, mut dy) = (packed, dy.clone());
        let all = cells(&mut strided);
        let (u, v) = (Strided { cells: all, stride: 128 }, Strided { cells: &all[64..], stride: 128 });
        let dy = Strided { cells: cells(&mut dy), stride: 64 };
        t.backward_strided(1024, 64, StridedGradients { u, v, dy, du: Some(u), dv: Some(v) }).unwrap();
        assert_same(&strided, &expected, what);
    }
}

fn losses<T: Sixteen>() {
    let (z, n): (Vec<T>, _) = (T::all(), 65536);
    let t: Vec<T> = (0..n).map(|i| T::of((i % 5) as f32 / 4.0)).collect();
    let w: Vec<f32> = (0..n).map(|i| 0.5 + (i % 3) as f32).collect();
    for (op, p) in [(Op::SigmoidBce, &[2.0][..]), (Op::SigmoidMse, &[])] {
        let what = || op.to_string();
        let (f, sixteen) = (Loss::new(op).params(p).scale(0.25), Loss::<T>::of(op).params(p).scale(0.25));
        let (mut expected, mut dz) = (vec![f32::NAN; n], vec![f32::NAN; n]);
        f.evaluate(&floats(&z), &floats(&t), Some(&w), Some(&mut expected), Some(&mut dz)).unwrap();
        for mode in MODES {
            let mut loss = vec![f32::NAN; n];
            let sixteen = sixteen.mode(mode);
            let found = written(n, |dz| sixteen.evaluate(&z, &t, Some(&w), Some(&mut loss), Some(dz)));
            assert_same_floats(&loss, &expected, what);
            assert_same(&found, &T::rounded(&dz), what);
        }
        assert_same(&over(&z, |z| sixteen.gradient_in_place(z, &t, Some(&w), None)), &T::rounded(&dz), what);
        let mut over_w = w.clone();
        let shared = cells(&mut over_w);
        sixteen.evaluate_cells(cells(&mut z.clone()), cells(&mut t.clone()), Some(shared), Some(shared), None).unwrap();
        assert_same_floats(&over_w, &expected, what);
    }
}

fn cross_entropy<T: Sixteen>() {
    for (axis, z) in tensors::<T>() {
        let (n, rows) = (z.len(), axis.rows().unwrap());
        let classes: Vec<i64> =
            (0..rows).map(|row| if row % 9 == 4 { -100 } else { (row % axis.len) as i64 }).collect();
        let w: Vec<f32> = (0..rows).map(|i| 0.5 + (i % 3) as f32).collect();
        let (f, sixteen) = (CrossEntropy::new(axis).label_smoothing(0.125), CrossEntropy::<T>::of(axis));
        let sixteen = sixteen.label_smoothing(0.125).scale(0.5);
        let (mut loss, mut expected, mut dz) = (vec![f32::NAN; rows], vec![f32::NAN; rows], vec![f32::NAN; n]);
        f.scale(0.5).by_class(&floats(&z), &classes, Some(&w), Some(&mut expected), Some(&mut dz)).unwrap();
        let found = written(n, |dz| sixteen.by_class(&z, &classes, Some(&w), Some(&mut loss), Some(dz)));
        assert_same_floats(&loss, &expected, || format!("by class over {axis:?}"));
        assert_same(&found, &T::rounded(&dz), || format!("by class over {axis:?}"));
        assert_same(&over(&z, |z| sixteen.by_class_in_place(z, &classes, Some(&w), None)), &found, || "over z".into());

        let t: Vec<T> = (0..n).map(|i| T::of((i % 4) as f32 / 4.0)).collect();
        f.scale(0.5).dense(&floats(&z), &floats(&t), None, Some(&mut expected), Some(&mut dz)).unwrap();
        let found = written(n, |dz| sixteen.mode(Mode::Accurate).dense(&z, &t, None, Some(&mut loss), Some(dz)));
        assert_same_floats(&loss, &expected, || format!("dense over {axis:?}"));
        assert_same(&found, &T::rounded(&dz), || format!("dense over {axis:?}"));
        let over_t = |t: &mut [T]| {
            let t = cells(t);
            sixteen.dense_cells(cells(&mut z.clone()), t, None, None, Some(t))
        };
        assert_same(&over(&t, over_t), &found, || "over t".into());
    }
}

fn gumbel_softmax<T: Sixteen>() {
    let from = Philox { seed: 3, stream: 1, offset: 10 };
    for (axis, x) in tensors::<T>() {
        let n = x.len();
        let (f, sixteen) = (GumbelSoftmax::new(axis).tau(0.5), GumbelSoftmax::<T>::of(axis).tau(0.5));
        let mut expected = vec![f32::NAN; n];
        f.forward(from, &floats(&x), &mut expected, None).unwrap();
        let mut soft = vec![T::of(f32::NAN); n];
        let y = written(n, |y| sixteen.forward(from, &x, y, Some(&mut soft)));
        assert_same(&y, &T::rounded(&expected), || "gumbel_softmax".into());
        assert_same(&soft, &y, || "soft".into());
        assert_same(&over(&x, |x| sixteen.forward_in_place(from, x, None)), &y, || "in place".into());
        let dy: Vec<T> = numbers(11, n);
        f.backward(&floats(&soft), &floats(&dy), &mut expected).unwrap();
        let dx = over(&dy, |dy| sixteen.backward_in_place(&soft, dy));
        assert_same(&dx, &T::rounded(&expected), || "backward".into());
    }
}

/// As of floats: by name, and without a touch of the output.
fn what_is_refused<T: Sixteen>() {
    let mut buffer = numbers::<T>(12, 5);
    let before = buffer.clone();
    let x = numbers::<T>(13, 4);
    let length = |argument, expected, found| Err(Error::Length { argument, expected, found });
    assert_eq!(typed::gelu(&x, &mut buffer), length("y", 4, 5));
    assert_eq!(typed::gelu_backward(&x, &x[..3], &mut buffer[..4]), length("dy", 4, 3));
    assert_eq!(Rows::<T>::of(Op::Softmax, Axis::last(2, 2)).forward(&x, &mut buffer), length("y", 4, 5));
    let sum = Rows::<T>::of(Op::Logsumexp, Axis::last(2, 2));
    assert_eq!(sum.reduce_forward(&x, &mut [0.0; 3]), length("y", 2, 3));
    assert_eq!(sum.reduce_backward(Some(&x), Some(&[0.0; 2]), &[0.0; 3], &mut buffer[..4]), length("dy", 2, 3));
    let missing = sum.reduce_backward(None, Some(&[0.0; 2]), &[0.0; 2], &mut buffer[..4]);
    assert_eq!(missing, Err(Error::Missing { argument: "x" }));
    let loss = Loss::<T>::of(Op::SigmoidBce).evaluate(&x, &x, Some(&[1.0; 3]), None, Some(&mut buffer[..4]));
    assert_eq!(loss, length("w", 4, 3));
    let param = typed::forward(Op::Hardshrink, Mode::Fast, &[-1.0], &x, &mut buffer[..4]);
    assert_eq!(param, Err(Error::Param { op: Op::Hardshrink, name: "lambda", value: -1.0 }));
    let family = Gates::<T>::of(Op::Gelu).forward(&x, &x, &mut buffer[..4]);
    assert_eq!(family, Err(Error::NotOffered { op: Op::Gelu, needs: "" }));
    assert!(matches!(ForwardKernel::<T>::of(Op::Softmax, Mode::Fast, &[]), Err(Error::NotOffered { .. })));
    assert!(matches!(BackwardKernel::<T>::of_output(Op::Gelu, Mode::Fast, &[]), Err(Error::NotOffered { .. })));
    let shared = cells(&mut buffer);
    let overlap = typed::backward_cells(Op::Relu, Mode::Fast, &[], &shared[..4], &shared[..4], &shared[1..]);
    assert_eq!(overlap, Err(Error::Overlap));
    assert_same(&buffer, &before, || "the output".into());
    let classes = CrossEntropy::<T>::of(Axis::last(2, 2)).by_class(&x, &[0, 2], None, Some(&mut [0.0; 2]), None);
    assert_eq!(classes, Err(Error::Index));
}

/// Which sizes the casts between Rust's types and C's rest on.
#[test]
fn elements_are_as_large_as_in_c() {
    use std::mem::{align_of, size_of};
    assert_eq!((size_of::<bf16>(), align_of::<bf16>()), (size_of::<u16>(), align_of::<u16>()));
    assert_eq!((size_of::<f16>(), align_of::<f16>()), (size_of::<u16>(), align_of::<u16>()));
}
