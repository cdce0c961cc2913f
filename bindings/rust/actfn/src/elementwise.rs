// SPDX-License-Identifier: MIT
//! Elementwise operations, by [`Op`].

use crate::buffer::{cells, params_of, In, Out};
use crate::error::{check, check_from_output};
use crate::{Element, Mode, Op, Result};
use std::cell::Cell;

/// The functions, for one element or for any.
macro_rules! functions {
    ([$($of:tt)*] $T:ident) => {
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
        /// [`Error::NotOffered`](crate::Error::NotOffered) where the operation is of another family, `Length`, `Missing`
        /// (a parameter has no default), `Param`, `Relation`.
        pub fn forward $($of)*(op: Op, mode: Mode, params: &[f32], x: &[$T], y: &mut [$T]) -> Result<()> {
            forward_any::<$T>(op, mode, params, x.into(), y.into())
        }

        /// [`forward`], written over `x`.
        ///
        /// # Errors
        /// Those of [`forward`].
        pub fn forward_in_place $($of)*(op: Op, mode: Mode, params: &[f32], x: &mut [$T]) -> Result<()> {
            let x = cells(x);
            forward_any::<$T>(op, mode, params, x.into(), x.into())
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
        pub fn backward $($of)*(op: Op, mode: Mode, params: &[f32], x: &[$T], dy: &[$T], dx: &mut [$T]) -> Result<()> {
            backward_any::<$T>(op, mode, params, x.into(), dy.into(), dx.into())
        }

        /// [`backward`] with `dx` written over `dy`.
        ///
        /// # Errors
        /// Those of [`forward`].
        pub fn backward_in_place $($of)*(op: Op, mode: Mode, params: &[f32], x: &[$T], dy: &mut [$T]) -> Result<()> {
            let dy = cells(dy);
            backward_any::<$T>(op, mode, params, x.into(), dy.into(), dy.into())
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
        pub fn backward_cells $($of)*(
            op: Op,
            mode: Mode,
            params: &[f32],
            x: &[Cell<$T>],
            dy: &[Cell<$T>],
            dx: &[Cell<$T>],
        ) -> Result<()> {
            backward_any::<$T>(op, mode, params, x.into(), dy.into(), dx.into())
        }

        /// [`backward`] with f' computed from `y[i] = f(x[i])`, so that the forward pass can run in place.
        ///
        /// # Errors
        /// Those of [`forward`]; `NotOffered` where [`OpInfo::from_output`](crate::OpInfo::from_output) is false,
        /// or what [`from_output_legal`](crate::OpInfo::from_output_legal) asks does not hold.
        pub fn backward_from_output $($of)*(
            op: Op,
            mode: Mode,
            params: &[f32],
            y: &[$T],
            dy: &[$T],
            dx: &mut [$T],
        ) -> Result<()> {
            backward_from_output_any::<$T>(op, mode, params, y.into(), dy.into(), dx.into())
        }

        /// [`backward_from_output`] with `dx` written over `dy`.
        ///
        /// # Errors
        /// Those of [`backward_from_output`].
        pub fn backward_from_output_in_place $($of)*(
            op: Op,
            mode: Mode,
            params: &[f32],
            y: &[$T],
            dy: &mut [$T],
        ) -> Result<()> {
            let dy = cells(dy);
            backward_from_output_any::<$T>(op, mode, params, y.into(), dy.into(), dy.into())
        }

        /// [`backward_from_output`] where `dx` may be `dy`, or `y`.
        ///
        /// # Errors
        /// Those of [`backward_from_output`], and [`Error::Overlap`](crate::Error::Overlap).
        pub fn backward_from_output_cells $($of)*(
            op: Op,
            mode: Mode,
            params: &[f32],
            y: &[Cell<$T>],
            dy: &[Cell<$T>],
            dx: &[Cell<$T>],
        ) -> Result<()> {
            backward_from_output_any::<$T>(op, mode, params, y.into(), dy.into(), dx.into())
        }

        /// The gradients of the parameters: `gradients[k]` is the sum over i of `dy[i]` times the derivative of `f(x[i])`
        /// by the k-th parameter; 0 for those without one ([`ParamInfo::gradient`](crate::ParamInfo::gradient)).
        ///
        /// The order of summation depends on the length alone; its relative error is at most 2^-21 of the sum of the
        /// terms' magnitudes up to 2^24 terms, in the fast mode 2^-20.
        ///
        /// # Errors
        /// Those of [`forward`]; `NotOffered` where [`OpInfo::param_gradient`](crate::OpInfo::param_gradient) is false.
        pub fn param_gradient $($of)*(
            op: Op,
            mode: Mode,
            params: &[f32],
            x: &[$T],
            dy: &[$T],
            gradients: &mut [f32],
        ) -> Result<()> {
            param_gradient_any::<$T>(op, mode, params, x.into(), dy.into(), gradients.into())
        }
    };
}

functions!([] f32);

/// Of any element.
pub mod typed {
    use super::*;

    functions!([<T: Element>] T);
}

fn forward_any<T: Element>(op: Op, mode: Mode, params: &[f32], x: In<'_, T>, y: Out<'_, T>) -> Result<()> {
    let (p, n) = (params_of(op, params)?, x.len());
    let y = y.of("y", n)?;
    // SAFETY: n elements each; as many parameters as the operation has, or NULL.
    let status = unsafe { (T::FORWARD)(op.raw(), mode.raw(), p, n, x.start(), y) };
    check(status, op, params, "")
}

fn backward_any<T: Element>(
    op: Op,
    mode: Mode,
    params: &[f32],
    x: In<'_, T>,
    dy: In<'_, T>,
    dx: Out<'_, T>,
) -> Result<()> {
    let (p, n) = (params_of(op, params)?, x.len());
    let (dy, dx) = (dy.of("dy", n)?, dx.of("dx", n)?);
    // SAFETY: n elements each; as many parameters as the operation has, or NULL.
    let status = unsafe { (T::BACKWARD)(op.raw(), mode.raw(), p, n, x.start(), dy, dx) };
    check(status, op, params, "")
}

fn backward_from_output_any<T: Element>(
    op: Op,
    mode: Mode,
    params: &[f32],
    y: In<'_, T>,
    dy: In<'_, T>,
    dx: Out<'_, T>,
) -> Result<()> {
    let (p, n) = (params_of(op, params)?, y.len());
    let (dy, dx) = (dy.of("dy", n)?, dx.of("dx", n)?);
    // SAFETY: n elements each; as many parameters as the operation has, or NULL.
    let status = unsafe { (T::BACKWARD_FROM_OUTPUT)(op.raw(), mode.raw(), p, n, y.start(), dy, dx) };
    check_from_output(status, op, params, "")
}

fn param_gradient_any<T: Element>(
    op: Op,
    mode: Mode,
    params: &[f32],
    x: In<'_, T>,
    dy: In<'_, T>,
    gradients: Out<'_>,
) -> Result<()> {
    let (p, n) = (params_of(op, params)?, x.len());
    let (dy, gradients) = (dy.of("dy", n)?, gradients.of("gradients", op.param_count())?);
    // SAFETY: n elements in x and dy; as many parameters as the operation has, or NULL, and as many gradients.
    let status = unsafe { (T::PARAM_GRADIENT)(op.raw(), mode.raw(), p, n, x.start(), dy, gradients) };
    check(status, op, params, "")
}
