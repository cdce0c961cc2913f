// SPDX-License-Identifier: MIT
//! Operations with trainable weights for each channel.

use crate::buffer::{cells, optional_out, In, Out};
use crate::error::{check, check_from_output};
use crate::{Axis, Error, Family, Mode, Op, Result};
use actfn_sys as sys;
use std::cell::Cell;

const MOST: usize = sys::ACTFN_MAX_PARAMS as usize;

/// A shape with one set of weights for each channel: [`Op::Prelu`], [`Op::Srelu`], [`Op::Apl`].
///
/// Channels first (N, C, H, W) is `Axis { outer: N, len: C, inner: H * W }`, channels last
/// `Axis { outer: N * H * W, len: C, inner: 1 }`, and one set for all elements has `len: 1`.
///
/// ```
/// use actfn::{Axis, Channels, Op};
/// let (a, x) = ([0.25, 0.5], [-4.0, -4.0, 1.0, -2.0]);
/// let weights = [&a[..]];
/// let prelu = Channels::new(Op::Prelu, Axis::last(2, 2), &weights);
/// let (mut y, mut dx, mut da) = ([0.0; 4], [0.0; 4], [0.0; 2]);
/// prelu.forward(&x, &mut y)?;
/// assert_eq!(y, [-1.0, -2.0, 1.0, -1.0]);
/// prelu.backward(&x, &[1.0; 4], Some(&mut dx), &mut [Some(&mut da)])?;
/// assert_eq!(da, [-4.0, -6.0]);
/// # Ok::<(), actfn::Error>(())
/// ```
///
/// # Errors
/// All forms return [`Error::NotOffered`] if the operation is of another family, `Length` (of `weights` itself if the number
/// of arrays is not the number of parameters), `NotFinite` (a weight), `Shape` (terms), `Size`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[must_use = "nothing is computed before a form is called"]
pub struct Channels<'a> {
    op: Op,
    axis: Axis,
    terms: usize,
    mode: Mode,
    weights: &'a [&'a [f32]],
}

impl<'a> Channels<'a> {
    /// In the fast mode, with one term.  `weights` are the operation's arrays in the catalogue's order, each of
    /// `terms * axis.len` finite floats: `[a]` of prelu, `[tl, al, tr, ar]` of srelu, `[a, b]` of apl.
    pub const fn new(op: Op, axis: Axis, weights: &'a [&'a [f32]]) -> Channels<'a> {
        Channels { op, axis, terms: 1, mode: Mode::Fast, weights }
    }

    /// In that mode.
    pub const fn mode(self, mode: Mode) -> Self {
        Channels { mode, ..self }
    }

    /// With so many terms of apl, whose weights then are `[terms][channels]`.
    pub const fn terms(self, terms: usize) -> Self {
        Channels { terms, ..self }
    }

    fn weights_len(&self) -> Result<usize> {
        self.terms.checked_mul(self.axis.len).ok_or(Error::Size)
    }

    fn raw_weights(&self) -> Result<[*const f32; MOST]> {
        if self.op.info().family != Family::Channels {
            return Err(Error::NotOffered { op: self.op, needs: "" });
        }
        let (expected, found) = (self.op.param_count(), self.weights.len());
        if expected != found {
            return Err(Error::Length { argument: "weights", expected, found });
        }
        let len = self.weights_len()?;
        let mut raw = [std::ptr::null(); MOST];
        for (pointer, weights) in raw.iter_mut().zip(self.weights) {
            *pointer = In::from(*weights).of("weights[k]", len)?;
        }
        Ok(raw)
    }

    /// The argument that the library has refused, for statuses that only one argument can cause.
    fn suspect(&self) -> &'static str {
        if self.terms == 0 || (self.terms > 1 && self.op != Op::Apl) {
            "terms"
        } else {
            "weights"
        }
    }

    /// `y[i] = f(x[i])`.
    ///
    /// # Errors
    /// See [`Channels`].
    pub fn forward(&self, x: &[f32], y: &mut [f32]) -> Result<()> {
        self.forward_any(x.into(), y.into())
    }

    /// [`forward`](Self::forward), written over `x`.
    ///
    /// # Errors
    /// See [`Channels`].
    pub fn forward_in_place(&self, x: &mut [f32]) -> Result<()> {
        let x = cells(x);
        self.forward_any(x.into(), x.into())
    }

    fn forward_any(&self, x: In<'_>, y: Out<'_>) -> Result<()> {
        let (weights, n) = (self.raw_weights()?, self.axis.elements()?);
        let Axis { outer, len, inner } = self.axis;
        let (x, y) = (x.of("x", n)?, y.of("y", n)?);
        let (op, mode) = (self.op.raw(), self.mode.raw());
        // SAFETY: x and y are as long as the shape says; as many arrays as the operation has, each of terms * channels.
        let status =
            unsafe { sys::actfn_channels_forward_f32(op, mode, outer, len, inner, self.terms, weights.as_ptr(), x, y) };
        check(status, self.op, &[], self.suspect())
    }

    /// `dx[i] = dy[i] f'(x[i])`, and `dweights[k][s * channels + c]`, the sum over the channel's elements of dy times the
    /// derivative by that weight.  The results are written, not added.  An unwanted result is `None`, or `&mut []` for all
    /// weights.
    ///
    /// # Errors
    /// See [`Channels`].
    pub fn backward(
        &self,
        x: &[f32],
        dy: &[f32],
        dx: Option<&mut [f32]>,
        dweights: &mut [Option<&mut [f32]>],
    ) -> Result<()> {
        self.backward_any(x.into(), dy.into(), dx.map(Out::from), dweights)
    }

    /// [`backward`](Self::backward) with `dx` written over `dy`.
    ///
    /// # Errors
    /// See [`Channels`].
    pub fn backward_in_place(&self, x: &[f32], dy: &mut [f32], dweights: &mut [Option<&mut [f32]>]) -> Result<()> {
        let dy = cells(dy);
        self.backward_any(x.into(), dy.into(), Some(dy.into()), dweights)
    }

    /// [`backward`](Self::backward); `dx` may be `dy` or `x`.
    ///
    /// # Errors
    /// See [`Channels`], and [`Error::Overlap`].
    pub fn backward_cells(
        &self,
        x: &[Cell<f32>],
        dy: &[Cell<f32>],
        dx: &[Cell<f32>],
        dweights: &mut [Option<&mut [f32]>],
    ) -> Result<()> {
        self.backward_any(x.into(), dy.into(), Some(dx.into()), dweights)
    }

    fn backward_any(
        &self,
        x: In<'_>,
        dy: In<'_>,
        dx: Option<Out<'_>>,
        dweights: &mut [Option<&mut [f32]>],
    ) -> Result<()> {
        let (weights, n) = (self.raw_weights()?, self.axis.elements()?);
        let Axis { outer, len, inner } = self.axis;
        let (x, dy, dx) = (x.of("x", n)?, dy.of("dy", n)?, optional_out(dx, "dx", n)?);
        let (expected, found) = (self.weights.len(), dweights.len());
        if found != 0 && found != expected {
            return Err(Error::Length { argument: "dweights", expected, found });
        }
        let mut gradients = [std::ptr::null_mut(); MOST];
        for (pointer, gradient) in gradients.iter_mut().zip(dweights) {
            let gradient = gradient.as_deref_mut().map(Out::from);
            *pointer = optional_out(gradient, "dweights[k]", self.weights_len()?)?;
        }
        // SAFETY: as in forward; every gradient is as long as its weights, or NULL.
        let status = unsafe {
            sys::actfn_channels_backward_f32(
                self.op.raw(),
                self.mode.raw(),
                outer,
                len,
                inner,
                self.terms,
                weights.as_ptr(),
                x,
                dy,
                dx,
                gradients.as_ptr(),
            )
        };
        check(status, self.op, &[], self.suspect())
    }

    /// `dx` from `y`: prelu only, and only with every weight at least 0.
    ///
    /// # Errors
    /// See [`Channels`]; `NotOffered` if a weight is negative.
    pub fn backward_from_output(&self, y: &[f32], dy: &[f32], dx: &mut [f32]) -> Result<()> {
        self.backward_from_output_any(y.into(), dy.into(), dx.into())
    }

    /// [`backward_from_output`](Self::backward_from_output) with `dx` written over `dy`.
    ///
    /// # Errors
    /// See [`backward_from_output`](Self::backward_from_output).
    pub fn backward_from_output_in_place(&self, y: &[f32], dy: &mut [f32]) -> Result<()> {
        let dy = cells(dy);
        self.backward_from_output_any(y.into(), dy.into(), dy.into())
    }

    /// [`backward_from_output`](Self::backward_from_output); `dx` may be `dy` or `y`.
    ///
    /// # Errors
    /// See [`backward_from_output`](Self::backward_from_output), and [`Error::Overlap`].
    pub fn backward_from_output_cells(&self, y: &[Cell<f32>], dy: &[Cell<f32>], dx: &[Cell<f32>]) -> Result<()> {
        self.backward_from_output_any(y.into(), dy.into(), dx.into())
    }

    fn backward_from_output_any(&self, y: In<'_>, dy: In<'_>, dx: Out<'_>) -> Result<()> {
        let (weights, n) = (self.raw_weights()?, self.axis.elements()?);
        let Axis { outer, len, inner } = self.axis;
        let (y, dy, dx) = (y.of("y", n)?, dy.of("dy", n)?, dx.of("dx", n)?);
        // SAFETY: as in forward.
        let status = unsafe {
            sys::actfn_channels_backward_from_output_f32(
                self.op.raw(),
                self.mode.raw(),
                outer,
                len,
                inner,
                self.terms,
                weights.as_ptr(),
                y,
                dy,
                dx,
            )
        };
        check_from_output(status, self.op, &[], self.suspect())
    }
}
