// SPDX-License-Identifier: MIT
//! An error names the wrong argument, and the output is unchanged.

use actfn::Strided;
use actfn::{
    Axis, Channels, CrossEntropy, Error, GateLayout, Gates, GumbelSoftmax, Loss, Mode, Op, Philox, Rows, Rrelu,
};
use std::cell::Cell;

const MODE: Mode = Mode::Accurate;

#[test]
fn numbers_of_arrays() {
    let (x, mut y) = ([1.0f32; 4], [9.0f32; 4]);
    let length = |argument, expected, found| Err(Error::Length { argument, expected, found });
    let prelu = Channels::new(Op::Prelu, Axis::last(2, 2), &[]);
    assert_eq!(prelu.forward(&x, &mut y), length("weights", 1, 0));
    let weights = [&[0.5f32, 0.5][..]];
    let prelu = Channels::new(Op::Prelu, Axis::last(2, 2), &weights);
    assert_eq!(prelu.backward(&x, &x, None, &mut [None, None]), length("dweights", 1, 2));
    assert_eq!(Rows::new(Op::Maxout, Axis::last(2, 2)).forward_in_place(&mut y), length("y", 2, 4));
    assert_eq!(y, [9.0; 4]);
}

#[test]
fn parameters_are_named() {
    let mut y = [7.0];
    let refused = |result: Result<(), Error>| result.unwrap_err().to_string();
    let forward = |op, params: &[f32], y: &mut [f32]| refused(actfn::forward(op, MODE, params, &[1.0], y));
    assert_eq!(
        forward(Op::Hardshrink, &[-1.0], &mut y),
        "the parameter `lambda` of hardshrink cannot be -1: it is a number, at least 0, finite"
    );
    assert_eq!(
        forward(Op::Softplus, &[0.0, 20.0], &mut y),
        "the parameter `beta` of softplus cannot be 0: it is a number, finite, not 0"
    );
    assert_eq!(
        forward(Op::Softplus, &[1.0, f32::NAN], &mut y),
        "the parameter `threshold` of softplus cannot be NaN: it is a number"
    );
    assert_eq!(forward(Op::Hardtanh, &[2.0, 1.0], &mut y), "the parameters of hardtanh need min <= max");
    assert_eq!(forward(Op::Threshold, &[], &mut y), "`params` is missing");
    assert_eq!(forward(Op::Softmax, &[], &mut y), "softmax has no such form");
    assert_eq!(refused(actfn::gelu(&[1.0; 2], &mut y)), "`y` has 1 elements and needs 2");
    let from_output = actfn::leaky_relu_backward_from_output(&[1.0], &[1.0], &mut y, -0.5);
    assert_eq!(refused(from_output), "leaky_relu has such a form only for slope >= 0");
    let from_output = actfn::backward_from_output(Op::Gelu, MODE, &[], &[1.0], &[1.0], &mut y);
    assert_eq!(from_output, Err(Error::NotOffered { op: Op::Gelu, needs: "" }));
    let one = Axis::last(1, 1);
    assert_eq!(
        refused(CrossEntropy::new(one).label_smoothing(2.0).by_class(&[1.0], &[0], None, None, Some(&mut y))),
        "the parameter `label_smoothing` of softmax_cross_entropy cannot be 2: it is a number, at least 0, at most 1"
    );
    assert_eq!(
        refused(CrossEntropy::new(one).scale(f32::NAN).by_class(&[1.0], &[0], None, None, Some(&mut y))),
        "`scale` holds what is not finite"
    );
    let bce = Loss::new(Op::SigmoidBce).scale(f32::INFINITY);
    assert_eq!(bce.evaluate(&[1.0], &[1.0], None, None, Some(&mut y)), Err(Error::NotFinite { argument: "scale" }));
    assert_eq!(
        refused(GumbelSoftmax::new(one).tau(0.0).forward_in_place(Philox::default(), &mut y, None)),
        "the parameter `tau` of gumbel_softmax cannot be 0: it is a number, more than 0, finite"
    );
    let rrelu = Rrelu::new(0.5, 0.25).eval(&[1.0], &mut y);
    assert_eq!(rrelu, Err(Error::Relation { op: Op::Rrelu, legal: "lower <= upper" }));
    let negative = Rrelu::new(-0.5, 0.25).backward_from_output(Philox::default(), &[1.0], &[1.0], &mut y);
    assert_eq!(negative, Err(Error::NotOffered { op: Op::Rrelu, needs: "lower >= 0" }));
    assert_eq!(y, [7.0]);
}

#[test]
fn shapes() {
    let (x, mut y) = ([1.0f32; 6], [7.0f32; 6]);
    assert_eq!(Axis::of(&[2, 3], 2), Err(Error::Shape { argument: "axis" }));
    assert_eq!(Axis::of(&[usize::MAX, 3], 1), Err(Error::Size));
    let huge = Axis { outer: usize::MAX, len: 1, inner: 2 };
    assert_eq!(Rows::new(Op::Softmax, huge).forward(&x, &mut y), Err(Error::Size));
    let gate = Gates::new(Op::Glu);
    for width in [0, 3, 4] {
        let refused = gate.packed_forward(GateLayout::Last, width, &x, &mut y[..3]);
        assert_eq!(refused, Err(Error::Shape { argument: "width" }), "{width}");
    }
    assert_eq!(gate.packed_forward(GateLayout::Last, 0, &[], &mut []), Ok(()));
    let cells = Cell::from_mut(&mut y[..]).as_slice_of_cells();
    let narrow = Strided { cells, stride: 1 };
    let refused = gate.forward_strided(2, 2, narrow, narrow, narrow);
    assert_eq!(refused, Err(Error::Shape { argument: "stride" }));
    let far = Strided { cells, stride: usize::MAX };
    assert_eq!(gate.forward_strided(3, 2, far, far, far), Err(Error::Size));

    let (a, nan) = ([0.5f32; 2], [0.5, f32::NAN]);
    let (weights, not) = ([&a[..]], [&nan[..]]);
    let prelu = Channels::new(Op::Prelu, Axis::last(3, 2), &not);
    assert_eq!(prelu.forward(&x, &mut y), Err(Error::NotFinite { argument: "weights" }));
    let prelu = Channels::new(Op::Prelu, Axis { outer: 6, len: 1, inner: 1 }, &weights).terms(2);
    assert_eq!(prelu.forward(&x, &mut y), Err(Error::Shape { argument: "terms" }));
    let other = Channels::new(Op::Gelu, Axis::last(3, 2), &weights);
    assert_eq!(other.forward(&x, &mut y), Err(Error::NotOffered { op: Op::Gelu, needs: "" }));
    let negative = [&[-0.5f32, 0.5][..]];
    let prelu = Channels::new(Op::Prelu, Axis::last(3, 2), &negative);
    let needs = "a >= 0";
    assert_eq!(prelu.backward_from_output(&x, &x, &mut y), Err(Error::NotOffered { op: Op::Prelu, needs }));

    let softmax = Rows::new(Op::Softmax, Axis::last(2, 3));
    assert_eq!(softmax.backward(Some(&x), None, &x, &mut y), Err(Error::Missing { argument: "y" }));
    let mean = Rows::new(Op::Logmeanexp, Axis::last(2, 3));
    assert_eq!(mean.backward(None, Some(&x[..2]), &x[..2], &mut y), Err(Error::Missing { argument: "x" }));
    assert_eq!(
        Rows::new(Op::Gelu, Axis::last(2, 3)).forward(&x, &mut y),
        Err(Error::NotOffered { op: Op::Gelu, needs: "" })
    );
    let entropy = CrossEntropy::new(Axis::last(2, 3));
    assert_eq!(entropy.by_class(&x, &[0, 3], None, None, Some(&mut y)), Err(Error::Index));
    let past = actfn::maxout_backward_from_index(MODE, Axis::last(2, 3), &[0, 3], &x[..2], &mut y);
    assert_eq!(past, Err(Error::Index));
    assert_eq!(actfn::isa::select(Some("mmx")), Err(Error::Isa));
    assert_eq!(actfn::isa::select(Some("a\0b")), Err(Error::Isa));
    assert_eq!(y, [7.0; 6]);
}

#[test]
fn cells_that_overlap_in_part() {
    let mut buffer = [1.0f32; 5];
    let cells = Cell::from_mut(&mut buffer[..]).as_slice_of_cells();
    let (x, dx) = (&cells[..4], &cells[1..]);
    let refused = Err(Error::Overlap);
    assert_eq!(actfn::backward_cells(Op::Relu, MODE, &[], x, x, dx), refused);
    assert_eq!(actfn::backward_from_output_cells(Op::Relu, MODE, &[], x, x, dx), refused);
    let rows = Rows::new(Op::Softmax, Axis::last(1, 4));
    assert_eq!(rows.backward_cells(None, Some(x), x, dx), refused);
    assert_eq!(Rrelu::default().eval_backward_cells(x, x, dx), refused);
    assert_eq!(Loss::new(Op::SigmoidMse).evaluate_cells(x, x, None, None, Some(dx)), refused);
    assert_eq!(buffer, [1.0; 5]);
}
