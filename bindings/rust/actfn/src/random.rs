// SPDX-License-Identifier: MIT
//! Operations with noise, which is a function of a seed and the element's index.

use crate::buffer::{cells, optional_out, In, Out};
use crate::error::{check, check_from_output};
use crate::{Axis, Element, Mode, Op, Result};
use actfn_sys as sys;
use std::cell::Cell;
use std::marker::PhantomData;

/// Where noise comes from: Philox4x32-10, a function of (seed, stream, index) and of nothing else.
///
/// It is the same on every machine and however a buffer is split, if each part is given the index of its first element
/// as `offset`.  There is no state: the same again draws the same.
///
/// ```
/// use actfn::Philox;
/// let (mut whole, mut part) = ([0; 8], [0; 3]);
/// Philox { seed: 7, ..Philox::default() }.draw(&mut whole);
/// Philox { seed: 7, offset: 5, ..Philox::default() }.draw(&mut part);
/// assert_eq!(whole[5..], part);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Philox {
    /// The generator's key.
    pub seed: u64,
    /// One of 2^64 independent sequences of a seed.
    pub stream: u64,
    /// The index of the first element.
    pub offset: u64,
}

impl Philox {
    /// The draws themselves.
    pub fn draw(self, words: &mut [u32]) {
        // SAFETY: as many words as that are written.
        let status =
            unsafe { sys::actfn_random_u32(words.len(), words.as_mut_ptr(), self.seed, self.stream, self.offset) };
        debug_assert_eq!(status, sys::ACTFN_OK, "there is nothing to refuse in a slice");
    }
}

/// [`Op::Rrelu`], the randomized leaky ReLU: `y = x > 0 ? x : r x`, r uniform in `[lower, upper]`.
///
/// ```
/// use actfn::{Philox, Rrelu};
/// let (noise, x) = (Philox { seed: 1, ..Philox::default() }, [-1.0, 2.0]);
/// let (mut y, mut dx) = ([0.0; 2], [0.0; 2]);
/// Rrelu::new(0.25, 0.5).forward(noise, &x, &mut y, None)?;
/// assert!((-0.5..=-0.25).contains(&y[0]) && y[1] == 2.0);
/// // The gradient draws the same again.
/// Rrelu::new(0.25, 0.5).backward(noise, &x, &[1.0, 1.0], &mut dx)?;
/// assert_eq!(dx, [-y[0], 1.0]);
/// # Ok::<(), actfn::Error>(())
/// ```
///
/// # Errors
/// All forms answer with [`Error::Length`](crate::Error::Length), `Param` (not finite), `Relation` (lower > upper).
#[derive(Clone, Copy, Debug, PartialEq)]
#[must_use = "nothing is computed before a form is called"]
pub struct Rrelu {
    params: [f32; 2],
    mode: Mode,
}

/// With slopes in `[1/8, 1/3]`.
impl Default for Rrelu {
    fn default() -> Self {
        Rrelu::new(0.125, 1.0 / 3.0)
    }
}

impl Rrelu {
    /// In the fast mode, with slopes in `[lower, upper]`.
    pub const fn new(lower: f32, upper: f32) -> Rrelu {
        Rrelu { params: [lower, upper], mode: Mode::Fast }
    }

    /// In that mode.
    pub const fn mode(self, mode: Mode) -> Self {
        Rrelu { mode, ..self }
    }

    fn check(&self, status: sys::actfn_status) -> Result<()> {
        check(status, Op::Rrelu, &self.params, "")
    }

    /// `y` of `x`; `noise`, where it is wanted, is the slope of each element, 1 where x > 0 or x is NaN.
    ///
    /// # Errors
    /// See [`Rrelu`].
    pub fn forward(&self, from: Philox, x: &[f32], y: &mut [f32], noise: Option<&mut [f32]>) -> Result<()> {
        self.forward_any(from, x.into(), y.into(), noise)
    }

    /// [`forward`](Self::forward), written over `x`.
    ///
    /// # Errors
    /// See [`Rrelu`].
    pub fn forward_in_place(&self, from: Philox, x: &mut [f32], noise: Option<&mut [f32]>) -> Result<()> {
        let x = cells(x);
        self.forward_any(from, x.into(), x.into(), noise)
    }

    fn forward_any(&self, from: Philox, x: In<'_>, y: Out<'_>, noise: Option<&mut [f32]>) -> Result<()> {
        let (n, mode, p) = (x.len(), self.mode.raw(), self.params.as_ptr());
        let (y, noise) = (y.of("y", n)?, optional_out(noise.map(Out::from), "noise", n)?);
        let Philox { seed, stream, offset } = from;
        // SAFETY: n floats each, or NULL for noise; two parameters.
        self.check(unsafe { sys::actfn_rrelu_f32(mode, p, n, x.start(), y, noise, seed, stream, offset) })
    }

    /// `dx = x > 0 ? dy : r dy`, r drawn again.
    ///
    /// # Errors
    /// See [`Rrelu`].
    pub fn backward(&self, from: Philox, x: &[f32], dy: &[f32], dx: &mut [f32]) -> Result<()> {
        self.backward_any(from, x.into(), dy.into(), dx.into())
    }

    /// [`backward`](Self::backward) with `dx` written over `dy`.
    ///
    /// # Errors
    /// See [`Rrelu`].
    pub fn backward_in_place(&self, from: Philox, x: &[f32], dy: &mut [f32]) -> Result<()> {
        let dy = cells(dy);
        self.backward_any(from, x.into(), dy.into(), dy.into())
    }

    /// [`backward`](Self::backward) where `dx` may be `dy`, or `x`.
    ///
    /// # Errors
    /// See [`Rrelu`], and [`Error::Overlap`](crate::Error::Overlap).
    pub fn backward_cells(&self, from: Philox, x: &[Cell<f32>], dy: &[Cell<f32>], dx: &[Cell<f32>]) -> Result<()> {
        self.backward_any(from, x.into(), dy.into(), dx.into())
    }

    fn backward_any(&self, from: Philox, x: In<'_>, dy: In<'_>, dx: Out<'_>) -> Result<()> {
        let (n, mode, p) = (x.len(), self.mode.raw(), self.params.as_ptr());
        let (dy, dx) = (dy.of("dy", n)?, dx.of("dx", n)?);
        let Philox { seed, stream, offset } = from;
        // SAFETY: n floats each; two parameters.
        self.check(unsafe { sys::actfn_rrelu_backward_f32(mode, p, n, x.start(), dy, dx, seed, stream, offset) })
    }

    /// [`backward`](Self::backward) from `y`; needs lower >= 0.
    ///
    /// # Errors
    /// See [`Rrelu`]; `NotOffered` where lower < 0.
    pub fn backward_from_output(&self, from: Philox, y: &[f32], dy: &[f32], dx: &mut [f32]) -> Result<()> {
        self.backward_from_output_any(from, y.into(), dy.into(), dx.into())
    }

    /// [`backward_from_output`](Self::backward_from_output) with `dx` written over `dy`.
    ///
    /// # Errors
    /// See [`backward_from_output`](Self::backward_from_output).
    pub fn backward_from_output_in_place(&self, from: Philox, y: &[f32], dy: &mut [f32]) -> Result<()> {
        let dy = cells(dy);
        self.backward_from_output_any(from, y.into(), dy.into(), dy.into())
    }

    /// [`backward_from_output`](Self::backward_from_output) where `dx` may be `dy`, or `y`.
    ///
    /// # Errors
    /// See [`backward_from_output`](Self::backward_from_output), and [`Error::Overlap`](crate::Error::Overlap).
    pub fn backward_from_output_cells(
        &self,
        from: Philox,
        y: &[Cell<f32>],
        dy: &[Cell<f32>],
        dx: &[Cell<f32>],
    ) -> Result<()> {
        self.backward_from_output_any(from, y.into(), dy.into(), dx.into())
    }

    fn backward_from_output_any(&self, from: Philox, y: In<'_>, dy: In<'_>, dx: Out<'_>) -> Result<()> {
        let (n, mode, p) = (y.len(), self.mode.raw(), self.params.as_ptr());
        let (dy, dx) = (dy.of("dy", n)?, dx.of("dx", n)?);
        let Philox { seed, stream, offset } = from;
        // SAFETY: n floats each; two parameters.
        let status =
            unsafe { sys::actfn_rrelu_backward_from_output_f32(mode, p, n, y.start(), dy, dx, seed, stream, offset) };
        check_from_output(status, Op::Rrelu, &self.params, "")
    }

    /// `dx = noise dy`, of the noise that [`forward`](Self::forward) gave.
    ///
    /// # Errors
    /// See [`Rrelu`].
    pub fn backward_from_noise(&self, noise: &[f32], dy: &[f32], dx: &mut [f32]) -> Result<()> {
        self.backward_from_noise_any(noise.into(), dy.into(), dx.into())
    }

    /// [`backward_from_noise`](Self::backward_from_noise) with `dx` written over `dy`.
    ///
    /// # Errors
    /// See [`Rrelu`].
    pub fn backward_from_noise_in_place(&self, noise: &[f32], dy: &mut [f32]) -> Result<()> {
        let dy = cells(dy);
        self.backward_from_noise_any(noise.into(), dy.into(), dy.into())
    }

    /// [`backward_from_noise`](Self::backward_from_noise) where `dx` may be `dy`, or `noise`.
    ///
    /// # Errors
    /// See [`Rrelu`], and [`Error::Overlap`](crate::Error::Overlap).
    pub fn backward_from_noise_cells(&self, noise: &[Cell<f32>], dy: &[Cell<f32>], dx: &[Cell<f32>]) -> Result<()> {
        self.backward_from_noise_any(noise.into(), dy.into(), dx.into())
    }

    fn backward_from_noise_any(&self, noise: In<'_>, dy: In<'_>, dx: Out<'_>) -> Result<()> {
        let (n, mode) = (noise.len(), self.mode.raw());
        let (dy, dx) = (dy.of("dy", n)?, dx.of("dx", n)?);
        // SAFETY: n floats each.
        self.check(unsafe { sys::actfn_rrelu_backward_from_noise_f32(mode, n, noise.start(), dy, dx) })
    }

    /// Without noise: leaky_relu with the slope (lower + upper) / 2.
    ///
    /// # Errors
    /// See [`Rrelu`].
    pub fn eval(&self, x: &[f32], y: &mut [f32]) -> Result<()> {
        self.eval_any(x.into(), y.into())
    }

    /// [`eval`](Self::eval), written over `x`.
    ///
    /// # Errors
    /// See [`Rrelu`].
    pub fn eval_in_place(&self, x: &mut [f32]) -> Result<()> {
        let x = cells(x);
        self.eval_any(x.into(), x.into())
    }

    fn eval_any(&self, x: In<'_>, y: Out<'_>) -> Result<()> {
        let (n, mode, p) = (x.len(), self.mode.raw(), self.params.as_ptr());
        let y = y.of("y", n)?;
        // SAFETY: n floats each; two parameters.
        self.check(unsafe { sys::actfn_rrelu_eval_f32(mode, p, n, x.start(), y) })
    }

    /// The gradient of [`eval`](Self::eval).
    ///
    /// # Errors
    /// See [`Rrelu`].
    pub fn eval_backward(&self, x: &[f32], dy: &[f32], dx: &mut [f32]) -> Result<()> {
        self.eval_backward_any(x.into(), dy.into(), dx.into())
    }

    /// [`eval_backward`](Self::eval_backward) with `dx` written over `dy`.
    ///
    /// # Errors
    /// See [`Rrelu`].
    pub fn eval_backward_in_place(&self, x: &[f32], dy: &mut [f32]) -> Result<()> {
        let dy = cells(dy);
        self.eval_backward_any(x.into(), dy.into(), dy.into())
    }

    /// [`eval_backward`](Self::eval_backward) where `dx` may be `dy`, or `x`.
    ///
    /// # Errors
    /// See [`Rrelu`], and [`Error::Overlap`](crate::Error::Overlap).
    pub fn eval_backward_cells(&self, x: &[Cell<f32>], dy: &[Cell<f32>], dx: &[Cell<f32>]) -> Result<()> {
        self.eval_backward_any(x.into(), dy.into(), dx.into())
    }

    fn eval_backward_any(&self, x: In<'_>, dy: In<'_>, dx: Out<'_>) -> Result<()> {
        let (n, mode, p) = (x.len(), self.mode.raw(), self.params.as_ptr());
        let (dy, dx) = (dy.of("dy", n)?, dx.of("dx", n)?);
        // SAFETY: n floats each; two parameters.
        self.check(unsafe { sys::actfn_rrelu_eval_backward_f32(mode, p, n, x.start(), dy, dx) })
    }
}

/// [`Op::GumbelSoftmax`]: `y = softmax((x + g) / tau)`, g standard Gumbel noise.
///
/// ```
/// use actfn::{Axis, GumbelSoftmax, Philox};
/// let sample = GumbelSoftmax::new(Axis::last(1, 3)).tau(0.5).hard();
/// let (mut y, mut soft) = ([0.0; 3], [0.0; 3]);
/// sample.forward(Philox::default(), &[1.0, 2.0, 3.0], &mut y, Some(&mut soft))?;
/// assert_eq!(y.iter().sum::<f32>(), 1.0);
/// let mut dx = [0.0; 3];
/// sample.backward(&soft, &[1.0, 0.0, 0.0], &mut dx)?;
/// # Ok::<(), actfn::Error>(())
/// ```
///
/// # Errors
/// All forms answer with [`Error::Length`](crate::Error::Length), `Param` (tau), `Size`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[must_use = "nothing is computed before a form is called"]
pub struct GumbelSoftmax<T = f32> {
    axis: Axis,
    tau: [f32; 1],
    flags: u32,
    mode: Mode,
    element: PhantomData<T>,
}

impl GumbelSoftmax {
    /// Of `f32`, in the fast mode, with a temperature of 1.
    pub const fn new(axis: Axis) -> GumbelSoftmax {
        GumbelSoftmax::of(axis)
    }
}

impl<T: Element> GumbelSoftmax<T> {
    /// Of any [`Element`], in the fast mode, with a temperature of 1.
    pub const fn of(axis: Axis) -> GumbelSoftmax<T> {
        GumbelSoftmax { axis, tau: [1.0], flags: 0, mode: Mode::Fast, element: PhantomData }
    }

    /// In that mode.
    pub const fn mode(self, mode: Mode) -> Self {
        GumbelSoftmax { mode, ..self }
    }

    /// With that temperature, which is more than 0.
    pub const fn tau(self, tau: f32) -> Self {
        GumbelSoftmax { tau: [tau], ..self }
    }

    /// `y` is 1 at the first maximum of the soft `y`, 0 elsewhere.
    pub const fn hard(self) -> Self {
        GumbelSoftmax { flags: sys::ACTFN_GUMBEL_HARD, ..self }
    }

    /// `y` of `x`; `soft`, where it is wanted, is the soft `y`, which the gradient needs.
    ///
    /// # Errors
    /// See [`GumbelSoftmax`].
    pub fn forward(&self, from: Philox, x: &[T], y: &mut [T], soft: Option<&mut [T]>) -> Result<()> {
        self.forward_any(from, x.into(), y.into(), soft)
    }

    /// [`forward`](Self::forward), written over `x`.
    ///
    /// # Errors
    /// See [`GumbelSoftmax`].
    pub fn forward_in_place(&self, from: Philox, x: &mut [T], soft: Option<&mut [T]>) -> Result<()> {
        let x = cells(x);
        self.forward_any(from, x.into(), x.into(), soft)
    }

    fn forward_any(&self, from: Philox, x: In<'_, T>, y: Out<'_, T>, soft: Option<&mut [T]>) -> Result<()> {
        let (n, Axis { outer, len, inner }) = (self.axis.elements()?, self.axis);
        let (x, y, soft) = (x.of("x", n)?, y.of("y", n)?, optional_out(soft.map(Out::from), "soft", n)?);
        let Philox { seed, stream, offset } = from;
        // SAFETY: all are as long as the shape says, or NULL for soft; one parameter.
        let status = unsafe {
            (T::GUMBEL_SOFTMAX)(
                self.mode.raw(),
                self.tau.as_ptr(),
                self.flags,
                outer,
                len,
                inner,
                x,
                y,
                soft,
                seed,
                stream,
                offset,
            )
        };
        check(status, Op::GumbelSoftmax, &self.tau, "")
    }

    /// `dx = soft (dy - sum of soft dy) / tau`, hard or not.
    ///
    /// # Errors
    /// See [`GumbelSoftmax`].
    pub fn backward(&self, soft: &[T], dy: &[T], dx: &mut [T]) -> Result<()> {
        self.backward_any(soft.into(), dy.into(), dx.into())
    }

    /// [`backward`](Self::backward) with `dx` written over `dy`.
    ///
    /// # Errors
    /// See [`GumbelSoftmax`].
    pub fn backward_in_place(&self, soft: &[T], dy: &mut [T]) -> Result<()> {
        let dy = cells(dy);
        self.backward_any(soft.into(), dy.into(), dy.into())
    }

    /// [`backward`](Self::backward) where `dx` may be `dy`, or `soft`.
    ///
    /// # Errors
    /// See [`GumbelSoftmax`], and [`Error::Overlap`](crate::Error::Overlap).
    pub fn backward_cells(&self, soft: &[Cell<T>], dy: &[Cell<T>], dx: &[Cell<T>]) -> Result<()> {
        self.backward_any(soft.into(), dy.into(), dx.into())
    }

    fn backward_any(&self, soft: In<'_, T>, dy: In<'_, T>, dx: Out<'_, T>) -> Result<()> {
        let (n, Axis { outer, len, inner }) = (self.axis.elements()?, self.axis);
        let (soft, dy, dx) = (soft.of("soft", n)?, dy.of("dy", n)?, dx.of("dx", n)?);
        let (mode, p) = (self.mode.raw(), self.tau.as_ptr());
        // SAFETY: all are as long as the shape says; one parameter.
        let status = unsafe { (T::GUMBEL_SOFTMAX_BACKWARD)(mode, p, outer, len, inner, soft, dy, dx) };
        check(status, Op::GumbelSoftmax, &self.tau, "")
    }
}
