// SPDX-License-Identifier: MIT
//! Every buffer of every form, one element too short and one too long: the error names the buffer, and nothing is written.  The
//! safety of the crate rests on this.

use actfn::{Axis, Channels, CrossEntropy, Error, GateLayout, Gates, GumbelSoftmax, Loss, Mode, Op, Philox, Rows};
use actfn::{BackwardKernel, ForwardKernel, Result, Rrelu, Strided, StridedGradients};
use std::cell::Cell;

const MODE: Mode = Mode::Accurate;
const FROM: Philox = Philox { seed: 1, stream: 0, offset: 0 };
const AXIS: Axis = Axis { outer: 2, len: 3, inner: 2 };
/// The value of every element before a call.
const BEFORE: f32 = 0.5;

/// Calls a form with buffers of these lengths, and then with a wrong length for each of them.
fn each_wrong<const N: usize>(form: &str, buffers: [(&str, usize); N], call: impl Fn([&mut [f32]; N]) -> Result<()>) {
    let run = |lengths: [usize; N]| {
        let mut held = lengths.map(|len| vec![BEFORE; len]);
        let mut slices = held.iter_mut().map(|buffer| &mut buffer[..]);
        let result = call([(); N].map(|()| slices.next().unwrap()));
        (result, held)
    };
    assert_eq!(run(buffers.map(|(_, len)| len)).0, Ok(()), "{form}");
    for (k, (name, len)) in buffers.into_iter().enumerate() {
        for wrong in [len - 1, len + 1] {
            let mut lengths = buffers.map(|(_, len)| len);
            lengths[k] = wrong;
            let (result, held) = run(lengths);
            match result {
                // The buffer that sets the number of elements is accepted, and then all others are wrong.
                Err(Error::Length { argument, expected, found }) if argument != name => {
                    assert_eq!((k, expected, found), (0, wrong, len), "{form}: {argument} and not {name}")
                }
                Err(Error::Length { expected, found, .. }) => {
                    assert_eq!((expected, found), (len, wrong), "{form}: {name}")
                }
                other => panic!("{form} with {wrong} elements of {name}: {other:?}"),
            }
            assert!(held.iter().flatten().all(|&value| value == BEFORE), "{form} with {wrong} elements of {name}");
        }
    }
}

fn cells(slice: &mut [f32]) -> &[Cell<f32>] {
    Cell::from_mut(slice).as_slice_of_cells()
}

#[test]
fn elementwise() {
    let (op, p) = (Op::Elu, &[0.5][..]);
    let (xy, all, from_y) = ([("x", 5), ("y", 5)], [("x", 5), ("dy", 5), ("dx", 5)], [("y", 5), ("dy", 5), ("dx", 5)]);
    each_wrong("forward", xy, |[x, y]| actfn::forward(op, MODE, p, x, y));
    each_wrong("elu", xy, |[x, y]| actfn::elu(x, y, 0.5));
    each_wrong("backward", all, |[x, dy, dx]| actfn::backward(op, MODE, p, x, dy, dx));
    each_wrong("elu_backward", all, |[x, dy, dx]| actfn::elu_backward(x, dy, dx, 0.5));
    each_wrong("backward_cells", all, |[x, dy, dx]| actfn::backward_cells(op, MODE, p, cells(x), cells(dy), cells(dx)));
    each_wrong("backward_in_place", [("x", 5), ("dy", 5)], |[x, dy]| actfn::backward_in_place(op, MODE, p, x, dy));
    each_wrong("from_output", from_y, |[y, dy, dx]| actfn::backward_from_output(op, MODE, p, y, dy, dx));
    each_wrong("from_output_cells", from_y, |[y, dy, dx]| {
        actfn::backward_from_output_cells(op, MODE, p, cells(y), cells(dy), cells(dx))
    });
    each_wrong("from_output_in_place", [("y", 5), ("dy", 5)], |[y, dy]| {
        actfn::backward_from_output_in_place(op, MODE, p, y, dy)
    });
    each_wrong("param_gradient", [("x", 5), ("dy", 5)], |[x, dy]| {
        actfn::param_gradient(op, MODE, p, x, dy, &mut [0.0])
    });
    each_wrong("gradients", [("gradients", 2)], |[g]| {
        actfn::param_gradient(Op::Softplus, MODE, &[], &[1.0], &[1.0], g)
    });
    each_wrong("params", [("params", 2)], |[p]| actfn::forward(Op::Softplus, MODE, p, &[1.0], &mut [0.0]));
    let forward = ForwardKernel::new(op, MODE, p).unwrap();
    each_wrong("forward kernel", xy, |[x, y]| forward.call(x, y));
    let backward = BackwardKernel::new(op, MODE, p).unwrap();
    each_wrong("backward kernel", all, |[x, dy, dx]| backward.call(x, dy, dx));
    each_wrong("backward kernel", [("x", 5), ("dy", 5)], |[x, dy]| backward.call_in_place(x, dy));
}

#[test]
fn rows() {
    let (x, y, dy, dx) = (("x", 12), ("y", 12), ("dy", 12), ("dx", 12));
    let softmax = Rows::new(Op::Softmax, AXIS);
    each_wrong("rows", [x, y], |[x, y]| softmax.forward(x, y));
    each_wrong("rows in place", [x], |[x]| softmax.forward_in_place(x));
    each_wrong("rows backward", [x, y, dy, dx], |[x, y, dy, dx]| softmax.backward(Some(x), Some(y), dy, dx));
    each_wrong("rows backward in place", [y, dy], |[y, dy]| softmax.backward_in_place(None, Some(y), dy));
    each_wrong("rows backward cells", [y, dy, dx], |[y, dy, dx]| {
        softmax.backward_cells(None, Some(cells(y)), cells(dy), cells(dx))
    });
    let sum = Rows::new(Op::Logsumexp, AXIS);
    each_wrong("reduced", [x, ("y", 4)], |[x, y]| sum.forward(x, y));
    each_wrong("reduced backward", [x, ("y", 4), ("dy", 4), dx], |[x, y, dy, dx]| {
        sum.backward(Some(x), Some(y), dy, dx)
    });
    each_wrong("maxout", [x, ("y", 4)], |[x, y]| actfn::maxout_index(MODE, AXIS, x, y, &mut [0; 4]));
    each_wrong("maxout backward", [("dy", 4), dx], |[dy, dx]| {
        actfn::maxout_backward_from_index(MODE, AXIS, &[0; 4], dy, dx)
    });
    for len in [3, 5] {
        let refused = Err(Error::Length { argument: "index", expected: 4, found: len });
        let index = &mut vec![0; len][..];
        assert_eq!(actfn::maxout_index(MODE, AXIS, &[1.0; 12], &mut [0.0; 4], index), refused);
        assert_eq!(actfn::maxout_backward_from_index(MODE, AXIS, index, &[1.0; 4], &mut [0.0; 12]), refused);
    }
}

#[test]
fn gates() {
    let gate = Gates::new(Op::Swiglu);
    let (u, v, dy, du, dv) = (("u", 6), ("v", 6), ("dy", 6), ("du", 6), ("dv", 6));
    each_wrong("gates", [u, v, ("y", 6)], |[u, v, y]| gate.forward(u, v, y));
    each_wrong("gates in place", [u, v], |[u, v]| gate.forward_in_place(u, v));
    each_wrong("gates backward", [u, v, dy, du, dv], |[u, v, dy, du, dv]| gate.backward(u, v, dy, Some(du), Some(dv)));
    each_wrong("gates backward in place", [u, v, dy], |[u, v, dy]| gate.backward_in_place(u, v, dy));
    // The number of packed elements must be whole rows, so the error is about the others.
    each_wrong("packed", [("y", 6)], |[y]| gate.packed_forward(GateLayout::First, 4, &[1.0; 12], y));
    each_wrong("packed backward", [dy, ("dx", 12)], |[dy, dx]| {
        gate.packed_backward(GateLayout::First, 4, &[1.0; 12], dy, dx)
    });
    each_wrong("packed backward in place", [dy], |[dy]| {
        gate.packed_backward_in_place(GateLayout::First, 4, &mut [1.0; 12], dy)
    });
}

fn row(buffer: &mut [f32]) -> Strided<'_> {
    Strided { cells: cells(buffer), stride: 5 }
}

/// Strided buffers may be longer than their rows.
#[test]
fn strided_gates() {
    let gate = Gates::new(Op::Swiglu);
    // Two rows of three, five apart, end at the eighth element.
    for short in 0..=5 {
        let mut held: Vec<Vec<f32>> = (0..5).map(|k| vec![BEFORE; if k == short { 7 } else { 8 }]).collect();
        let mut rows = held.iter_mut().map(|buffer| row(buffer));
        let [u, v, dy, du, dv] = [(); 5].map(|()| rows.next().unwrap());
        drop(rows);
        let refused = |names: &[&'static str]| match names.get(short) {
            Some(argument) => Err(Error::Length { argument, expected: 8, found: 7 }),
            None => Ok(()),
        };
        let backward = StridedGradients { u, v, dy, du: Some(du), dv: Some(dv) };
        assert_eq!(gate.backward_strided(2, 3, backward), refused(&["u", "v", "dy", "du", "dv"]));
        assert_eq!(gate.forward_strided(2, 3, u, v, dy), refused(&["u", "v", "y"]));
        let touched = held.iter().flatten().any(|&value| value != BEFORE);
        assert_eq!(touched, short > 2);
    }
}

#[test]
fn channels() {
    let (x, y, dy, dx) = (("x", 12), ("y", 12), ("dy", 12), ("dx", 12));
    let weights = [&[0.5f32; 3][..]];
    let prelu = Channels::new(Op::Prelu, AXIS, &weights);
    each_wrong("channels", [x, y], |[x, y]| prelu.forward(x, y));
    each_wrong("channels in place", [x], |[x]| prelu.forward_in_place(x));
    each_wrong("weights", [("weights[k]", 3)], |[a]| {
        Channels::new(Op::Prelu, AXIS, &[a]).forward(&[1.0; 12], &mut [0.0; 12])
    });
    each_wrong("terms", [("weights[k]", 6)], |[a]| {
        Channels::new(Op::Apl, AXIS, &[&[0.5; 6], a]).terms(2).forward(&[1.0; 12], &mut [0.0; 12])
    });
    each_wrong("channels backward", [x, dy, dx, ("dweights[k]", 3)], |[x, dy, dx, da]| {
        prelu.backward(x, dy, Some(dx), &mut [Some(da)])
    });
    each_wrong("channels backward in place", [x, dy], |[x, dy]| prelu.backward_in_place(x, dy, &mut []));
    each_wrong("channels backward cells", [x, dy, dx], |[x, dy, dx]| {
        prelu.backward_cells(cells(x), cells(dy), cells(dx), &mut [])
    });
    each_wrong("channels from output", [y, dy, dx], |[y, dy, dx]| prelu.backward_from_output(y, dy, dx));
    each_wrong("channels from output in place", [y, dy], |[y, dy]| prelu.backward_from_output_in_place(y, dy));
    each_wrong("channels from output cells", [y, dy, dx], |[y, dy, dx]| {
        prelu.backward_from_output_cells(cells(y), cells(dy), cells(dx))
    });
}

#[test]
fn random() {
    let rrelu = Rrelu::default();
    let (x, y, dy, dx, noise) = (("x", 12), ("y", 12), ("dy", 12), ("dx", 12), ("noise", 12));
    each_wrong("rrelu", [x, y, noise], |[x, y, noise]| rrelu.forward(FROM, x, y, Some(noise)));
    each_wrong("rrelu in place", [x, noise], |[x, noise]| rrelu.forward_in_place(FROM, x, Some(noise)));
    each_wrong("rrelu backward", [x, dy, dx], |[x, dy, dx]| rrelu.backward(FROM, x, dy, dx));
    each_wrong("rrelu from output", [y, dy, dx], |[y, dy, dx]| rrelu.backward_from_output(FROM, y, dy, dx));
    each_wrong("rrelu from noise", [noise, dy, dx], |[noise, dy, dx]| rrelu.backward_from_noise(noise, dy, dx));
    each_wrong("rrelu eval", [x, y], |[x, y]| rrelu.eval(x, y));
    each_wrong("rrelu eval backward", [x, dy, dx], |[x, dy, dx]| rrelu.eval_backward(x, dy, dx));
    let (sample, soft) = (GumbelSoftmax::new(AXIS), ("soft", 12));
    each_wrong("gumbel", [x, y, soft], |[x, y, soft]| sample.forward(FROM, x, y, Some(soft)));
    each_wrong("gumbel in place", [x, soft], |[x, soft]| sample.forward_in_place(FROM, x, Some(soft)));
    each_wrong("gumbel backward", [soft, dy, dx], |[soft, dy, dx]| sample.backward(soft, dy, dx));
}

#[test]
fn losses() {
    let bce = Loss::new(Op::SigmoidBce);
    let (z, t, w, loss, dz) = (("z", 12), ("t", 12), ("w", 12), ("loss", 12), ("dz", 12));
    each_wrong("loss", [z, t, w, loss, dz], |[z, t, w, loss, dz]| bce.evaluate(z, t, Some(w), Some(loss), Some(dz)));
    each_wrong("loss in place", [z, t, w, loss], |[z, t, w, loss]| bce.gradient_in_place(z, t, Some(w), Some(loss)));
    let (entropy, w, loss, classes) = (CrossEntropy::new(AXIS), ("w", 4), ("loss", 4), [0, 1, 2, 0]);
    each_wrong("by class", [z, w, loss, dz], |[z, w, loss, dz]| {
        entropy.by_class(z, &classes, Some(w), Some(loss), Some(dz))
    });
    each_wrong("by class in place", [z, w, loss], |[z, w, loss]| {
        entropy.by_class_in_place(z, &classes, Some(w), Some(loss))
    });
    each_wrong("dense", [z, t, w, loss, dz], |[z, t, w, loss, dz]| entropy.dense(z, t, Some(w), Some(loss), Some(dz)));
    each_wrong("dense in place", [z, t, w, loss], |[z, t, w, loss]| entropy.dense_in_place(z, t, Some(w), Some(loss)));
    for len in [3, 5] {
        let refused = Err(Error::Length { argument: "classes", expected: 4, found: len });
        assert_eq!(entropy.by_class(&[1.0; 12], &vec![0; len], None, None, Some(&mut [0.0; 12])), refused);
    }
}
