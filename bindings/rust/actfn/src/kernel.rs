// SPDX-License-Identifier: MIT
//! Resolve once, call often.

use crate::buffer::{cells, In, Out};
use crate::element::{Backward, Forward};
use crate::typed::{backward, backward_from_output, forward};
use crate::{Element, Error, Mode, Op, Result};
use actfn_sys as sys;

const MOST: usize = sys::ACTFN_MAX_PARAMS as usize;

/// The parameters given, or the defaults; they have been found legal.
fn resolved(op: Op, params: &[f32]) -> [f32; MOST] {
    let mut all = [0.0; MOST];
    for (k, (value, param)) in all.iter_mut().zip(op.params()).enumerate() {
        *value = params.get(k).copied().or(param.default).unwrap_or_default();
    }
    all
}

/// The forward kernel that the running instruction set has for an elementwise operation, with its parameters checked.
///
/// A call costs what the kernel does and a comparison of two lengths: for engines that call on small buffers.  The
/// entries also put the floating-point environment in order; Rust code runs in the default one, which is what a kernel
/// asks for. A later [`isa::select`](crate::isa::select) does not change a kernel.
///
/// ```
/// use actfn::{ForwardKernel, Mode, Op};
/// let elu = ForwardKernel::new(Op::Elu, Mode::Fast, &[0.5])?;
/// let mut y = [0.0; 2];
/// elu.call(&[1.0, f32::NEG_INFINITY], &mut y)?;
/// assert_eq!(y, [1.0, -0.5]);
/// # Ok::<(), actfn::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ForwardKernel<T: Element = f32> {
    kernel: Forward<T::Raw>,
    params: [f32; MOST],
}

impl ForwardKernel {
    /// The kernel for `f32`; `params` as in [`forward`](crate::forward).
    ///
    /// # Errors
    /// Those of [`forward`](crate::forward).
    pub fn new(op: Op, mode: Mode, params: &[f32]) -> Result<ForwardKernel> {
        ForwardKernel::of(op, mode, params)
    }
}

impl<T: Element> ForwardKernel<T> {
    /// The kernel for any [`Element`]; `params` as in [`forward`](crate::forward).
    ///
    /// # Errors
    /// Those of [`forward`](crate::forward).
    pub fn of(op: Op, mode: Mode, params: &[f32]) -> Result<ForwardKernel<T>> {
        // Parameters are checked for no elements, too.
        forward::<T>(op, mode, params, &[], &mut [])?;
        // SAFETY: any numbers are taken.
        let kernel = unsafe { (T::FORWARD_KERNEL)(op.raw(), mode.raw()) };
        let kernel = kernel.ok_or(Error::NotOffered { op, needs: "" })?;
        Ok(ForwardKernel { kernel, params: resolved(op, params) })
    }

    /// `y[i] = f(x[i])`.
    ///
    /// # Errors
    /// [`Error::Length`].
    pub fn call(&self, x: &[T], y: &mut [T]) -> Result<()> {
        self.call_any(x.into(), y.into())
    }

    /// [`call`](Self::call), written over `x`.
    pub fn call_in_place(&self, x: &mut [T]) {
        let x = cells(x);
        let called = self.call_any(x.into(), x.into());
        debug_assert_eq!(called, Ok(()), "a slice is as long as itself");
    }

    fn call_any(&self, x: In<'_, T>, y: Out<'_, T>) -> Result<()> {
        let (n, y) = (x.len(), y.of("y", x.len())?);
        if n > 0 {
            // SAFETY: n elements each, which are the same or do not overlap; the parameters are legal, and as many as
            // any operation has.
            unsafe { (self.kernel)(self.params.as_ptr(), n, x.start(), y) };
        }
        Ok(())
    }
}

/// The backward kernel, as [`ForwardKernel`], from the input or from the output.
///
/// ```
/// use actfn::{BackwardKernel, Mode, Op};
/// let tanh = BackwardKernel::from_output(Op::Tanh, Mode::Accurate, &[])?;
/// let mut dx = [0.0; 2];
/// tanh.call(&[0.0, 0.5], &[1.0, 1.0], &mut dx)?;
/// assert_eq!(dx, [1.0, 0.75]);
/// # Ok::<(), actfn::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct BackwardKernel<T: Element = f32> {
    kernel: Backward<T::Raw>,
    params: [f32; MOST],
}

impl BackwardKernel {
    /// The kernel for `f32` that reads x.
    ///
    /// # Errors
    /// Those of [`backward`](crate::backward).
    pub fn new(op: Op, mode: Mode, params: &[f32]) -> Result<BackwardKernel> {
        BackwardKernel::of(op, mode, params)
    }

    /// The kernel for `f32` that reads y = f(x).
    ///
    /// # Errors
    /// Those of [`backward_from_output`](crate::backward_from_output).
    pub fn from_output(op: Op, mode: Mode, params: &[f32]) -> Result<BackwardKernel> {
        BackwardKernel::of_output(op, mode, params)
    }
}

impl<T: Element> BackwardKernel<T> {
    /// The kernel for any [`Element`] that reads x.
    ///
    /// # Errors
    /// Those of [`backward`](crate::backward).
    pub fn of(op: Op, mode: Mode, params: &[f32]) -> Result<BackwardKernel<T>> {
        backward::<T>(op, mode, params, &[], &[], &mut [])?;
        // SAFETY: any numbers are taken.
        let kernel = unsafe { (T::BACKWARD_KERNEL)(op.raw(), mode.raw()) };
        BackwardKernel::with(op, params, kernel)
    }

    /// The kernel for any [`Element`] that reads y = f(x).
    ///
    /// # Errors
    /// Those of [`backward_from_output`](crate::backward_from_output).
    pub fn of_output(op: Op, mode: Mode, params: &[f32]) -> Result<BackwardKernel<T>> {
        backward_from_output::<T>(op, mode, params, &[], &[], &mut [])?;
        // SAFETY: any numbers are taken.
        let kernel = unsafe { (T::BACKWARD_FROM_OUTPUT_KERNEL)(op.raw(), mode.raw()) };
        BackwardKernel::with(op, params, kernel)
    }

    fn with(op: Op, params: &[f32], kernel: Option<Backward<T::Raw>>) -> Result<BackwardKernel<T>> {
        let kernel = kernel.ok_or(Error::NotOffered { op, needs: "" })?;
        Ok(BackwardKernel { kernel, params: resolved(op, params) })
    }

    /// `dx[i] = dy[i] f'`, of `x_or_y[i]`.
    ///
    /// # Errors
    /// [`Error::Length`].
    pub fn call(&self, x_or_y: &[T], dy: &[T], dx: &mut [T]) -> Result<()> {
        self.call_any(x_or_y.into(), dy.into(), dx.into())
    }

    /// [`call`](Self::call) with `dx` written over `dy`.
    ///
    /// # Errors
    /// [`Error::Length`].
    pub fn call_in_place(&self, x_or_y: &[T], dy: &mut [T]) -> Result<()> {
        let dy = cells(dy);
        self.call_any(x_or_y.into(), dy.into(), dy.into())
    }

    fn call_any(&self, x_or_y: In<'_, T>, dy: In<'_, T>, dx: Out<'_, T>) -> Result<()> {
        let n = x_or_y.len();
        let (dy, dx) = (dy.of("dy", n)?, dx.of("dx", n)?);
        if n > 0 {
            // SAFETY: n elements each, of which dx is dy or overlaps none; parameters as in the forward kernel.
            unsafe { (self.kernel)(self.params.as_ptr(), n, x_or_y.start(), dy, dx) };
        }
        Ok(())
    }
}
