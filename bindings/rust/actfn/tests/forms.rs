// SPDX-License-Identifier: MIT
//! In place, by cells and by kernel: the bits are those of the plain form.

use actfn::{Axis, Channels, CrossEntropy, Family, GateLayout, Gates, GumbelSoftmax, Loss, Mode, Op, Philox, Rows};
use actfn::{BackwardKernel, Error, ForwardKernel, Result, Rrelu, Strided, StridedGradients};
use std::cell::Cell;

const N: usize = 103;

/// Numbers of both signs, and special values.
fn numbers(seed: u32) -> Vec<f32> {
    let mut x: Vec<f32> =
        (0..N as u32).map(|i| ((i + seed).wrapping_mul(2654435761) >> 8) as f32 / 2f32.powi(21) - 4.0).collect();
    x[..4].copy_from_slice(&[0.0, -0.0, 1.0, -1.0]);
    x
}

fn bits(x: &[f32]) -> Vec<u32> {
    x.iter().map(|x| x.to_bits()).collect()
}

fn cells(x: &mut [f32]) -> &[Cell<f32>] {
    Cell::from_mut(x).as_slice_of_cells()
}

/// The output of a form; before the call it holds `start`.
fn written(start: &[f32], form: impl FnOnce(&mut [f32]) -> Result<()>) -> Vec<u32> {
    let mut buffer = start.to_vec();
    form(&mut buffer).unwrap();
    bits(&buffer)
}

fn elementwise() -> impl Iterator<Item = (Op, Vec<f32>)> {
    let operations = Op::ALL.iter().copied().filter(|op| op.info().family == Family::Elementwise);
    operations.map(|op| (op, op.params().map(|param| param.default.unwrap_or(0.5)).collect()))
}

#[test]
fn the_catalogue_is_the_librarys() {
    // SAFETY: takes nothing.
    assert_eq!(Op::ALL.len() as i32, unsafe { actfn_sys::actfn_op_count() });
    for (index, &op) in Op::ALL.iter().enumerate() {
        assert_eq!(op as usize, index);
        assert_eq!(op.name().parse(), Ok(op));
        assert_eq!(op.params().count(), op.param_count());
        let info = op.info();
        assert!(!info.formula.is_empty() && !info.derivative.is_empty() && info.family != Family::Unknown, "{op}");
        for alias in info.aliases.split(',').filter(|alias| !alias.is_empty()) {
            assert_eq!(alias.parse(), Ok(op));
        }
    }
    assert_eq!((Mode::default(), Mode::Reproducible), (Mode::Fast, Mode::Accurate));
    assert_eq!(actfn::version(), env!("CARGO_PKG_VERSION"));
    assert!(actfn::sleef_version().starts_with(char::is_numeric));
    let clip = Op::Clip.info();
    assert!(clip.bounds.forward == 0.5 && clip.bounds.backward == 0.0 && !clip.from_output);
    let min = Op::Clip.params().next().unwrap();
    assert!(min.name == "min" && min.default.is_none() && min.takes(f32::NEG_INFINITY) && !min.takes(f32::NAN));
    assert!(Op::Prelu.params().next().unwrap().array && Op::Rrelu.info().family.to_string() == "random");
}

#[test]
fn every_elementwise_form() {
    let (x, dy) = (numbers(1), numbers(2));
    let (mut plain, mut different) = (vec![0.0; N], 0);
    for (op, p) in elementwise() {
        for mode in [Mode::Accurate, Mode::Fast] {
            let mut y = vec![f32::NAN; N];
            actfn::forward(op, mode, &p, &x, &mut y).unwrap();
            match mode {
                Mode::Accurate => plain.copy_from_slice(&y),
                Mode::Fast => different += usize::from(bits(&y) != bits(&plain)),
            }
            let forward = ForwardKernel::new(op, mode, &p).unwrap();
            assert_eq!(written(&x, |x| actfn::forward_in_place(op, mode, &p, x)), bits(&y), "{op}");
            assert_eq!(written(&dy, |y| forward.call(&x, y)), bits(&y), "{op}");
            assert_eq!(
                written(&x, |x| {
                    forward.call_in_place(x);
                    Ok(())
                }),
                bits(&y)
            );

            let dx = written(&x, |dx| actfn::backward(op, mode, &p, &x, &dy, dx));
            let backward = BackwardKernel::new(op, mode, &p).unwrap();
            assert_eq!(written(&dy, |dy| actfn::backward_in_place(op, mode, &p, &x, dy)), dx, "{op}");
            assert_eq!(written(&dy, |dx| backward.call(&x, &dy, dx)), dx, "{op}");
            assert_eq!(written(&dy, |dy| backward.call_in_place(&x, dy)), dx, "{op}");
            let over_x = |x: &mut [f32]| {
                let x = cells(x);
                actfn::backward_cells(op, mode, &p, x, cells(&mut dy.clone()), x)
            };
            assert_eq!(written(&x, over_x), dx, "{op}");

            let from_output = BackwardKernel::from_output(op, mode, &p);
            if op.info().from_output {
                let from_output = from_output.unwrap();
                let dx = written(&x, |dx| actfn::backward_from_output(op, mode, &p, &y, &dy, dx));
                let in_place = |dy: &mut [f32]| actfn::backward_from_output_in_place(op, mode, &p, &y, dy);
                assert_eq!(written(&dy, in_place), dx, "{op}");
                assert_eq!(written(&dy, |dx| from_output.call(&y, &dy, dx)), dx, "{op}");
                let over_y = |y: &mut [f32]| {
                    let y = cells(y);
                    actfn::backward_from_output_cells(op, mode, &p, y, cells(&mut dy.clone()), y)
                };
                assert_eq!(written(&y, over_y), dx, "{op}");
            } else {
                assert!(matches!(from_output, Err(Error::NotOffered { .. })), "{op}");
            }
            if op.info().param_gradient {
                let mut gradients = vec![f32::NAN; p.len()];
                actfn::param_gradient(op, mode, &p, &x, &dy, &mut gradients).unwrap();
                for (gradient, param) in gradients.iter().zip(op.params()) {
                    assert_eq!(*gradient != 0.0, param.gradient, "{op} {}", param.name);
                }
            }
        }
    }
    assert!(different > 5, "the fast mode has formulas of its own");
}

#[test]
fn by_name() {
    let (x, dy) = (numbers(3), numbers(4));
    let mut y = vec![0.0; N];
    actfn::forward(Op::Elu, Mode::Fast, &[0.3], &x, &mut y).unwrap();
    assert_eq!(written(&dy, |out| actfn::elu(&x, out, 0.3)), bits(&y));
    assert_eq!(written(&x, |x| actfn::elu_in_place(x, 0.3)), bits(&y));
    let dx = written(&x, |dx| actfn::backward(Op::Elu, Mode::Fast, &[0.3], &x, &dy, dx));
    assert_eq!(written(&x, |dx| actfn::elu_backward(&x, &dy, dx, 0.3)), dx);
    assert_eq!(written(&dy, |dy| actfn::elu_backward_in_place(&x, dy, 0.3)), dx);
    let dx = written(&x, |dx| actfn::backward_from_output(Op::Elu, Mode::Fast, &[0.3], &y, &dy, dx));
    assert_eq!(written(&x, |dx| actfn::elu_backward_from_output(&y, &dy, dx, 0.3)), dx);
    assert_eq!(written(&dy, |dy| actfn::elu_backward_from_output_in_place(&y, dy, 0.3)), dx);
    let mut gradient = [0.0];
    actfn::param_gradient(Op::Elu, Mode::Fast, &[0.3], &x, &dy, &mut gradient).unwrap();
    assert_eq!(actfn::elu_param_gradient(&x, &dy, 0.3), Ok(gradient));
    // As many functions as the header has, and each has its own operation: exp and log are not two names of one.
    assert_eq!(written(&[1.0], actfn::exp_in_place), bits(&[std::f32::consts::E]));
    assert_eq!(written(&[1.0], actfn::log_in_place), bits(&[0.0]));
    assert_eq!(actfn::gelu(&[], &mut []), Ok(()));
}

#[test]
fn every_row_form() {
    let (x, dy) = (numbers(5)[..96].to_vec(), numbers(6)[..96].to_vec());
    let operations = Op::ALL.iter().copied().filter(|op| op.info().family == Family::Rows);
    for op in operations {
        let info = op.info();
        for axis in [Axis::last(8, 12), Axis { outer: 2, len: 12, inner: 4 }] {
            let rows = Rows::new(op, axis);
            let mut y = vec![f32::NAN; rows.outputs().unwrap()];
            assert_eq!(y.len(), if info.reduces { 8 } else { 96 });
            rows.forward(&x, &mut y).unwrap();
            let (from_x, from_y) = (info.reads_x.then_some(&x[..]), info.reads_y.then_some(&y[..]));
            let dx = written(&x, |dx| rows.backward(from_x, from_y, &dy[..y.len()], dx));
            if !info.reduces {
                assert_eq!(written(&x, |x| rows.forward_in_place(x)), bits(&y), "{op}");
                assert_eq!(written(&dy, |dy| rows.backward_in_place(from_x, from_y, dy)), dx, "{op}");
                let over_y = |y: &mut [f32]| {
                    let y = cells(y);
                    let (mut x, mut dy) = (x.clone(), dy.clone());
                    rows.backward_cells(Some(cells(&mut x)), Some(y), cells(&mut dy), y)
                };
                assert_eq!(written(&y, over_y), dx, "{op}");
            }
        }
    }
    // Sums along the chosen axis; masked rows; parameters.
    let mut y = x.clone();
    Rows::new(Op::Softmax, Axis { outer: 2, len: 12, inner: 4 }).forward_in_place(&mut y).unwrap();
    let sum: f32 = (0..12).map(|k| y[48 + k * 4 + 3]).sum();
    assert!((sum - 1.0).abs() < 1e-5);
    let masked = [f32::NEG_INFINITY; 3];
    let softmax = Rows::new(Op::Softmax, Axis::last(1, 3));
    assert_eq!(written(&masked, |x| softmax.masked_rows_zero().forward_in_place(x)), [0; 3]);
    let mut nan = masked;
    softmax.forward_in_place(&mut nan).unwrap();
    assert!(nan.iter().all(|x| x.is_nan()));
    let doubled: Vec<f32> = x.iter().map(|x| 2.0 * x).collect();
    let softmax = Rows::new(Op::Softmax, Axis::last(8, 12)).mode(Mode::Fast);
    assert_eq!(
        written(&x, |x| softmax.params(&[2.0]).forward_in_place(x)),
        written(&doubled, |x| softmax.forward_in_place(x))
    );
}

#[test]
fn every_gate_form() {
    let (u, v, dy) = (numbers(7)[..96].to_vec(), numbers(8)[..96].to_vec(), numbers(9)[..96].to_vec());
    for op in Op::ALL.iter().copied().filter(|op| op.info().family == Family::Gates) {
        let gate = Gates::new(op);
        let y = written(&dy, |y| gate.forward(&u, &v, y));
        assert_eq!(written(&u, |u| gate.forward_in_place(u, &v)), y, "{op}");
        let dv = written(&v, |dv| gate.backward(&u, &v, &dy, None, Some(dv)));
        let du = written(&u, |du| gate.backward(&u, &v, &dy, Some(du), None));
        let (mut over_u, mut over_v) = (u.clone(), v.clone());
        gate.backward_in_place(&mut over_u, &mut over_v, &dy).unwrap();
        assert_eq!((bits(&over_u), bits(&over_v)), (du.clone(), dv.clone()), "{op}");

        // Rows of 12 beside each other, the gate last, and the same by strides.
        let mut packed = Vec::new();
        for row in 0..8 {
            packed.extend_from_slice(&v[row * 12..][..12]);
            packed.extend_from_slice(&u[row * 12..][..12]);
        }
        assert_eq!(written(&dy, |y| gate.packed_forward(GateLayout::Last, 24, &packed, y)), y, "{op}");
        let dx = written(&packed, |dx| gate.packed_backward(GateLayout::Last, 24, &packed, &dy, dx));
        assert_eq!((&dx[12..24], &dx[24..36]), (&du[..12], &dv[12..24]), "{op}");
        assert_eq!(written(&packed, |x| gate.packed_backward_in_place(GateLayout::Last, 24, x, &dy)), dx, "{op}");
        assert_ne!(written(&dy, |y| gate.packed_forward(GateLayout::First, 24, &packed, y)), y, "{op}");

        let mut strided = packed.clone();
        let all = cells(&mut strided);
        let (value, gated) = (Strided { cells: all, stride: 24 }, Strided { cells: &all[12..], stride: 24 });
        gate.forward_strided(8, 12, gated, value, value).unwrap();
        assert_eq!(bits(&strided[24..36]), y[12..24], "{op}");
        let (mut strided, mut dy) = (packed, dy.clone());
        let all = cells(&mut strided);
        let (v, u) = (Strided { cells: all, stride: 24 }, Strided { cells: &all[12..], stride: 24 });
        let dy = Strided { cells: cells(&mut dy), stride: 12 };
        gate.backward_strided(8, 12, StridedGradients { u, v, dy, du: Some(u), dv: Some(v) }).unwrap();
        assert_eq!(bits(&strided), dx, "{op}");
    }
    // Parameters: a limit of 1 holds 5 back.
    let oai = Gates::new(Op::SwigluOai).params(&[1.0, 1.0]).mode(Mode::Fast);
    let (mut one, mut five) = ([0.0], [0.0]);
    oai.forward(&[1.0], &[1.0], &mut one).unwrap();
    oai.forward(&[5.0], &[5.0], &mut five).unwrap();
    assert_eq!(one, five);
}

#[test]
fn every_channel_form() {
    let (x, dy) = (numbers(10)[..96].to_vec(), numbers(11)[..96].to_vec());
    let weights: Vec<Vec<f32>> =
        (0..4).map(|k| (0..6).map(|c| (k * 6 + c) as f32 / 24.0 - 0.4 * (k as f32 - 1.0)).collect()).collect();
    for (op, axis, terms) in [
        (Op::Prelu, Axis { outer: 4, len: 6, inner: 4 }, 1),
        (Op::Srelu, Axis::last(16, 6), 1),
        (Op::Apl, Axis { outer: 16, len: 2, inner: 3 }, 3),
    ] {
        let weights: Vec<&[f32]> = weights.iter().take(op.param_count()).map(|w| &w[..]).collect();
        let layer = Channels::new(op, axis, &weights).terms(terms);
        let y = written(&dy, |y| layer.forward(&x, y));
        assert_eq!(written(&x, |x| layer.forward_in_place(x)), y, "{op}");
        let (mut da, mut again) = (vec![f32::NAN; 6], vec![f32::NAN; 6]);
        let mut none: Vec<Option<&mut [f32]>> = (0..weights.len()).map(|_| None).collect();
        let dx = written(&x, |dx| {
            none[0] = Some(&mut da);
            layer.backward(&x, &dy, Some(dx), &mut none)
        });
        let mut none: Vec<Option<&mut [f32]>> = (0..weights.len()).map(|_| None).collect();
        none[0] = Some(&mut again);
        assert_eq!(written(&dy, |dy| layer.backward_in_place(&x, dy, &mut none)), dx, "{op}");
        assert!(da == again && da.iter().any(|da| *da != 0.0), "{op}");
        let over_x = |x: &mut [f32]| {
            let x = cells(x);
            layer.mode(Mode::Accurate).backward_cells(x, cells(&mut dy.clone()), x, &mut [])
        };
        assert_eq!(written(&x, over_x), dx, "{op}");
    }
    // The derivative of prelu from the output is that from the input, where no slope is negative.
    let a = [&[0.0f32, 0.5, 1.0][..]];
    let prelu = Channels::new(Op::Prelu, Axis::last(32, 3), &a);
    let mut y = x.clone();
    prelu.forward_in_place(&mut y).unwrap();
    let dx = written(&x, |dx| prelu.backward(&x, &dy, Some(dx), &mut []));
    assert_eq!(written(&x, |dx| prelu.backward_from_output(&y, &dy, dx)), dx);
    assert_eq!(written(&dy, |dy| prelu.backward_from_output_in_place(&y, dy)), dx);
    let over_y = |y: &mut [f32]| {
        let y = cells(y);
        prelu.backward_from_output_cells(y, cells(&mut dy.clone()), y)
    };
    assert_eq!(written(&y, over_y), dx);
}

#[test]
fn every_random_form() {
    let (x, dy) = (numbers(12)[..96].to_vec(), numbers(13)[..96].to_vec());
    let from = Philox { seed: 3, stream: 1, offset: 10 };
    let rrelu = Rrelu::new(0.1, 0.4).mode(Mode::Fast);
    let (mut y, mut noise) = (x.clone(), vec![f32::NAN; 96]);
    rrelu.forward(from, &x, &mut y, Some(&mut noise)).unwrap();
    assert!(noise.iter().all(|r| *r == 1.0 || (0.1..=0.4).contains(r)));
    assert_eq!(written(&x, |x| rrelu.forward_in_place(from, x, None)), bits(&y));
    let later = Philox { offset: 26, ..from };
    assert_eq!(written(&x[16..], |x| rrelu.forward_in_place(later, x, None)), bits(&y[16..]));
    let dx = written(&x, |dx| rrelu.backward(from, &x, &dy, dx));
    assert_eq!(written(&dy, |dy| rrelu.backward_in_place(from, &x, dy)), dx);
    assert_eq!(written(&x, |dx| rrelu.backward_from_output(from, &y, &dy, dx)), dx);
    assert_eq!(written(&dy, |dy| rrelu.backward_from_output_in_place(from, &y, dy)), dx);
    assert_eq!(written(&x, |dx| rrelu.backward_from_noise(&noise, &dy, dx)), dx);
    assert_eq!(written(&dy, |dy| rrelu.backward_from_noise_in_place(&noise, dy)), dx);
    type Form<'a> = &'a dyn Fn(&[Cell<f32>], &[Cell<f32>]) -> Result<()>;
    let over = |form: Form, start: &[f32]| written(start, |buffer| form(cells(buffer), cells(&mut dy.clone())));
    assert_eq!(over(&|x, dy| rrelu.backward_cells(from, x, dy, x), &x), dx);
    assert_eq!(over(&|y, dy| rrelu.backward_from_output_cells(from, y, dy, y), &y), dx);
    assert_eq!(over(&|noise, dy| rrelu.backward_from_noise_cells(noise, dy, noise), &noise), dx);

    // Without noise the slope is the mean of the interval.
    let mean = [(0.1f32 + 0.4) / 2.0];
    let leaky = written(&x, |y| actfn::forward(Op::LeakyRelu, Mode::Fast, &mean, &x, y));
    assert_eq!(written(&dy, |y| rrelu.eval(&x, y)), leaky);
    assert_eq!(written(&x, |x| rrelu.eval_in_place(x)), leaky);
    let leaky = written(&x, |dx| actfn::backward(Op::LeakyRelu, Mode::Fast, &mean, &x, &dy, dx));
    assert_eq!(written(&x, |dx| rrelu.eval_backward(&x, &dy, dx)), leaky);
    assert_eq!(written(&dy, |dy| rrelu.eval_backward_in_place(&x, dy)), leaky);
    assert_eq!(over(&|x, dy| rrelu.eval_backward_cells(x, dy, x), &x), leaky);

    let sample = GumbelSoftmax::new(Axis { outer: 2, len: 12, inner: 4 }).tau(0.5);
    let mut soft = vec![f32::NAN; 96];
    let y = written(&dy, |y| sample.forward(from, &x, y, Some(&mut soft)));
    assert_eq!(y, bits(&soft));
    assert_eq!(written(&x, |x| sample.forward_in_place(from, x, None)), y);
    let hard = written(&x, |x| sample.hard().forward_in_place(from, x, None));
    assert_eq!(hard.iter().filter(|y| **y == 1f32.to_bits()).count(), 8);
    let dx = written(&x, |dx| sample.backward(&soft, &dy, dx));
    assert_eq!(written(&dy, |dy| sample.backward_in_place(&soft, dy)), dx);
    assert_eq!(over(&|soft, dy| sample.backward_cells(soft, dy, soft), &soft), dx);
}

#[test]
fn every_loss_form() {
    let z = numbers(14)[..96].to_vec();
    let t: Vec<f32> = (0..96).map(|i| (i % 5) as f32 / 4.0).collect();
    let w: Vec<f32> = (0..96).map(|i| 0.5 + (i % 3) as f32).collect();
    for loss in [Loss::new(Op::SigmoidBce).params(&[2.0]), Loss::new(Op::SigmoidMse).mode(Mode::Fast)] {
        let loss = loss.scale(0.25);
        let mut losses = vec![f32::NAN; 96];
        let dz = written(&z, |dz| loss.evaluate(&z, &t, Some(&w), Some(&mut losses), Some(dz)));
        assert_eq!(written(&z, |out| loss.evaluate(&z, &t, Some(&w), Some(out), None)), bits(&losses));
        assert_eq!(written(&z, |z| loss.gradient_in_place(z, &t, Some(&w), None)), dz);
        let (mut z, mut t, mut w) = (z.clone(), t.clone(), w.clone());
        let over_w = cells(&mut w);
        loss.evaluate_cells(cells(&mut z), cells(&mut t), Some(over_w), Some(over_w), None).unwrap();
        assert_eq!(bits(&w), bits(&losses));
    }

    let axis = Axis { outer: 2, len: 12, inner: 4 };
    let classes = [0i64, 11, 5, -100, 3, 3, 3, 7];
    let entropy = CrossEntropy::new(axis).scale(0.125).label_smoothing(0.1);
    let mut losses = vec![f32::NAN; 8];
    let dz = written(&z, |dz| entropy.by_class(&z, &classes, Some(&w[..8]), Some(&mut losses), Some(dz)));
    assert_eq!(losses[3], 0.0);
    assert_eq!(written(&z, |z| entropy.by_class_in_place(z, &classes, Some(&w[..8]), None)), dz);
    let over_z = |z: &mut [f32]| {
        let z = cells(z);
        entropy.by_class_cells(z, &classes, Some(cells(&mut w[..8].to_vec())), None, Some(z))
    };
    assert_eq!(written(&z, over_z), dz);
    let other = entropy.ignore_index(7);
    other.by_class(&z, &classes.map(|class| class.max(0)), None, Some(&mut losses), None).unwrap();
    assert_eq!(losses[7], 0.0);

    // One class by its index and by a row of zeros and a one.
    let plain = CrossEntropy::new(axis).mode(Mode::Accurate);
    let classes = classes.map(|class| class.max(0));
    let mut one_hot = vec![0.0; 96];
    for (row, class) in classes.iter().enumerate() {
        one_hot[(row / 4 * 12 + *class as usize) * 4 + row % 4] = 1.0;
    }
    let (mut by_class, mut dense) = (vec![f32::NAN; 8], vec![f32::NAN; 8]);
    plain.by_class(&z, &classes, None, Some(&mut by_class), None).unwrap();
    let dz = written(&z, |dz| plain.dense(&z, &one_hot, None, Some(&mut dense), Some(dz)));
    for (a, b) in by_class.iter().zip(&dense) {
        assert!((a - b).abs() <= 1e-6 * a.abs(), "{a} {b}");
    }
    assert_eq!(written(&z, |z| plain.dense_in_place(z, &one_hot, None, None)), dz);
    let over_t = |t: &mut [f32]| {
        let t = cells(t);
        plain.dense_cells(cells(&mut z.clone()), t, None, None, Some(t))
    };
    assert_eq!(written(&one_hot, over_t), dz);
}
