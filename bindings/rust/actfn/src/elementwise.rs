// SPDX-License-Identifier: MIT
//! Elementwise operations, by [`Op`].

use crate::buffer::{cells, params_of, In, Out};
use crate::error::{check, check_from_output};
use crate::{Mode, Op, Result};
use actfn_sys as sys;
use std::cell::Cell;

/// `y[i] = f(x[i])`.
///
/// `params` are in the catalogue's order; empty for the defaults.
///
/// ```
/// use actfn::{Mode, Op};
/// let x = [-1.0, 0.0, 2.0];
/// let mut y = [0.0; 3];
/// actfn::forward(Op::LeakyRelu, Mode::Accurate, &[0.25], &x, &mut y)?;
/// assert_eq!(y, [-0.25, 0.0, 2.0]);
/// # Ok::<(), actfn::Error>(())
/// ```
///
/// # Errors
/// [`Error::NotOffered`](crate::Error::NotOffered) where the operation is of another family, `Length`, `Missing` (a
/// parameter has no default), `Param`, `Relation`.
pub fn forward(op: Op, mode: Mode, params: &[f32], x: &[f32], y: &mut [f32]) -> Result<()> {
    forward_any(op, mode, params, x.into(), y.into())
}

/// [`forward`], written over `x`.
///
/// # Errors
/// Those of [`forward`].
pub fn forward_in_place(op: Op, mode: Mode, params: &[f32], x: &mut [f32]) -> Result<()> {
    let x = cells(x);
    forward_any(op, mode, params, x.into(), x.into())
}

fn forward_any(op: Op, mode: Mode, params: &[f32], x: In<'_>, y: Out<'_>) -> Result<()> {
    let (p, n) = (params_of(op, params)?, x.len());
    let y = y.of("y", n)?;
    // SAFETY: n floats each; as many parameters as the operation has, or NULL.
    let status = unsafe { sys::actfn_forward_f32(op.raw(), mode.raw(), p, n, x.start(), y) };
    check(status, op, params, "")
}

/// `dx[i] = dy[i] f'(x[i])`.
///
/// ```
/// use actfn::{Mode, Op};
/// let mut dx = [0.0; 2];
/// actfn::backward(Op::Square, Mode::Accurate, &[], &[3.0, -1.0], &[1.0, 0.5], &mut dx)?;
/// assert_eq!(dx, [6.0, -1.0]);
/// # Ok::<(), actfn::Error>(())
/// ```
///
/// # Errors
/// Those of [`forward`].
pub fn backward(op: Op, mode: Mode, params: &[f32], x: &[f32], dy: &[f32], dx: &mut [f32]) -> Result<()> {
    backward_any(op, mode, params, x.into(), dy.into(), dx.into())
}

/// [`backward`] with `dx` written over `dy`.
///
/// # Errors
/// Those of [`forward`].
pub fn backward_in_place(op: Op, mode: Mode, params: &[f32], x: &[f32], dy: &mut [f32]) -> Result<()> {
    let dy = cells(dy);
    backward_any(op, mode, params, x.into(), dy.into(), dy.into())
}

/// [`backward`] where `dx` may be `dy`, or `x`.
///
/// ```
/// use actfn::{Mode, Op};
/// use std::cell::Cell;
/// let mut x = [3.0, -1.0];
/// let x_cells = Cell::from_mut(&mut x[..]).as_slice_of_cells();
/// let dy = [Cell::new(1.0), Cell::new(1.0)];
/// actfn::backward_cells(Op::Square, Mode::Accurate, &[], x_cells, &dy, x_cells)?;
/// assert_eq!(x, [6.0, -2.0]);
/// # Ok::<(), actfn::Error>(())
/// ```
///
/// # Errors
/// Those of [`forward`], and [`Error::Overlap`](crate::Error::Overlap).
pub fn backward_cells(
    op: Op,
    mode: Mode,
    params: &[f32],
    x: &[Cell<f32>],
    dy: &[Cell<f32>],
    dx: &[Cell<f32>],
) -> Result<()> {
    backward_any(op, mode, params, x.into(), dy.into(), dx.into())
}

fn backward_any(op: Op, mode: Mode, params: &[f32], x: In<'_>, dy: In<'_>, dx: Out<'_>) -> Result<()> {
    let (p, n) = (params_of(op, params)?, x.len());
    let (dy, dx) = (dy.of("dy", n)?, dx.of("dx", n)?);
    // SAFETY: n floats each; as many parameters as the operation has, or NULL.
    let status = unsafe { sys::actfn_backward_f32(op.raw(), mode.raw(), p, n, x.start(), dy, dx) };
    check(status, op, params, "")
}

/// [`backward`] with f' computed from `y[i] = f(x[i])`, so that the forward pass can run in place.
///
/// # Errors
/// Those of [`forward`]; `NotOffered` where [`OpInfo::from_output`](crate::OpInfo::from_output) is false, or what
/// [`from_output_legal`](crate::OpInfo::from_output_legal) asks does not hold.
pub fn backward_from_output(op: Op, mode: Mode, params: &[f32], y: &[f32], dy: &[f32], dx: &mut [f32]) -> Result<()> {
    backward_from_output_any(op, mode, params, y.into(), dy.into(), dx.into())
}

/// [`backward_from_output`] with `dx` written over `dy`.
///
/// # Errors
/// Those of [`backward_from_output`].
pub fn backward_from_output_in_place(op: Op, mode: Mode, params: &[f32], y: &[f32], dy: &mut [f32]) -> Result<()> {
    let dy = cells(dy);
    backward_from_output_any(op, mode, params, y.into(), dy.into(), dy.into())
}

/// [`backward_from_output`] where `dx` may be `dy`, or `y`.
///
/// # Errors
/// Those of [`backward_from_output`], and [`Error::Overlap`](crate::Error::Overlap).
pub fn backward_from_output_cells(
    op: Op,
    mode: Mode,
    params: &[f32],
    y: &[Cell<f32>],
    dy: &[Cell<f32>],
    dx: &[Cell<f32>],
) -> Result<()> {
    backward_from_output_any(op, mode, params, y.into(), dy.into(), dx.into())
}

fn backward_from_output_any(op: Op, mode: Mode, params: &[f32], y: In<'_>, dy: In<'_>, dx: Out<'_>) -> Result<()> {
    let (p, n) = (params_of(op, params)?, y.len());
    let (dy, dx) = (dy.of("dy", n)?, dx.of("dx", n)?);
    // SAFETY: n floats each; as many parameters as the operation has, or NULL.
    let status = unsafe { sys::actfn_backward_from_output_f32(op.raw(), mode.raw(), p, n, y.start(), dy, dx) };
    check_from_output(status, op, params, "")
}

/// The gradients of the parameters: `gradients[k]` is the sum over i of `dy[i]` times the derivative of `f(x[i])` by
/// the k-th parameter; 0 for those without one ([`ParamInfo::gradient`](crate::ParamInfo::gradient)).
///
/// The order of summation depends on the length alone; its relative error is at most 2^-21 of the sum of the terms'
/// magnitudes up to 2^24 terms, in the fast mode 2^-20.
///
/// # Errors
/// Those of [`forward`]; `NotOffered` where [`OpInfo::param_gradient`](crate::OpInfo::param_gradient) is false.
pub fn param_gradient(op: Op, mode: Mode, params: &[f32], x: &[f32], dy: &[f32], gradients: &mut [f32]) -> Result<()> {
    let (p, n) = (params_of(op, params)?, x.len());
    let dy = In::from(dy).of("dy", n)?;
    let gradients = Out::from(gradients).of("gradients", op.param_count())?;
    // SAFETY: n floats in x and dy; as many parameters as the operation has, or NULL, and as many gradients.
    let status = unsafe { sys::actfn_param_gradient_f32(op.raw(), mode.raw(), p, n, x.as_ptr(), dy, gradients) };
    check(status, op, params, "")
}
