// SPDX-License-Identifier: MIT
//! Losses from logits.

use crate::buffer::{cells, optional, optional_out, params_of, In, Out};
use crate::error::check;
use crate::{Axis, Element, Error, Mode, Op, Result};
use std::cell::Cell;
use std::marker::PhantomData;

/// A loss of each element from logits z and targets t, and its gradient in the same pass: [`Op::SigmoidBce`],
/// [`Op::SigmoidMse`].
///
/// Nothing is reduced.  `w`, where it is given, multiplies loss and gradient of each element; [`scale`](Self::scale)
/// multiplies the gradients: it carries the reduction (1/N for the mean) and what arrives from above.
///
/// ```
/// use actfn::{Loss, Op};
/// let (z, t) = ([0.0, 2.0], [1.0, 0.0]);
/// let (mut loss, mut dz) = ([0.0; 2], [0.0; 2]);
/// Loss::new(Op::SigmoidBce).scale(0.5).evaluate(&z, &t, None, Some(&mut loss), Some(&mut dz))?;
/// assert!((loss[0] - 2f32.ln()).abs() < 1e-6 && dz[0] == -0.25);
/// # Ok::<(), actfn::Error>(())
/// ```
///
/// # Errors
/// All forms answer with [`Error::NotOffered`] where the operation is another one, `Length`, `Param`, and `NotFinite`
/// (the scale).
#[derive(Clone, Copy, Debug, PartialEq)]
#[must_use = "nothing is computed before a form is called"]
pub struct Loss<'a, T = f32> {
    op: Op,
    mode: Mode,
    params: &'a [f32],
    scale: f32,
    element: PhantomData<T>,
}

impl<'a> Loss<'a> {
    /// Of `f32`, in the fast mode, with default parameters and a scale of 1.
    pub const fn new(op: Op) -> Loss<'a> {
        Loss::of(op)
    }
}

impl<'a, T: Element> Loss<'a, T> {
    /// Of logits, targets and gradients of any [`Element`], in the fast mode, with default parameters and a scale of 1.
    pub const fn of(op: Op) -> Loss<'a, T> {
        Loss { op, mode: Mode::Fast, params: &[], scale: 1.0, element: PhantomData }
    }

    /// In that mode.
    pub const fn mode(self, mode: Mode) -> Self {
        Loss { mode, ..self }
    }

    /// With parameters: `[pos_weight]` of sigmoid_bce.
    pub const fn params(self, params: &'a [f32]) -> Self {
        Loss { params, ..self }
    }

    /// With gradients multiplied by that.
    pub const fn scale(self, scale: f32) -> Self {
        Loss { scale, ..self }
    }

    /// Loss and gradient of each element, each if it is wanted.
    ///
    /// # Errors
    /// See [`Loss`].
    pub fn evaluate(
        &self,
        z: &[T],
        t: &[T],
        w: Option<&[f32]>,
        loss: Option<&mut [f32]>,
        dz: Option<&mut [T]>,
    ) -> Result<()> {
        self.evaluate_any(z.into(), t.into(), w.map(In::from), loss.map(Out::from), dz.map(Out::from))
    }

    /// [`evaluate`](Self::evaluate) with `dz` written over `z`.
    ///
    /// # Errors
    /// See [`Loss`].
    pub fn gradient_in_place(&self, z: &mut [T], t: &[T], w: Option<&[f32]>, loss: Option<&mut [f32]>) -> Result<()> {
        let z = cells(z);
        self.evaluate_any(z.into(), t.into(), w.map(In::from), loss.map(Out::from), Some(z.into()))
    }

    /// [`evaluate`](Self::evaluate) where `loss` and `dz` may each be `z`, `t` or `w`.  With 16-bit logits `loss` may
    /// be `w`, and `dz` may be `z` or `t`.
    ///
    /// # Errors
    /// See [`Loss`], and [`Error::Overlap`].
    pub fn evaluate_cells(
        &self,
        z: &[Cell<T>],
        t: &[Cell<T>],
        w: Option<&[Cell<f32>]>,
        loss: Option<&[Cell<f32>]>,
        dz: Option<&[Cell<T>]>,
    ) -> Result<()> {
        self.evaluate_any(z.into(), t.into(), w.map(In::from), loss.map(Out::from), dz.map(Out::from))
    }

    fn evaluate_any(
        &self,
        z: In<'_, T>,
        t: In<'_, T>,
        w: Option<In<'_>>,
        loss: Option<Out<'_>>,
        dz: Option<Out<'_, T>>,
    ) -> Result<()> {
        let (n, p) = (z.len(), params_of(self.op, self.params)?);
        let (t, w) = (t.of("t", n)?, optional(w, "w", n)?);
        let (loss, dz) = (optional_out(loss, "loss", n)?, optional_out(dz, "dz", n)?);
        let (op, mode) = (self.op.raw(), self.mode.raw());
        // SAFETY: n elements each, or NULL for what may be; as many parameters as the operation has, or NULL.
        let status = unsafe { (T::LOSS)(op, mode, p, n, z.start(), t, w, self.scale, loss, dz) };
        check(status, self.op, self.params, "scale")
    }
}

/// [`Op::SoftmaxCrossEntropy`] over one axis of logits, a row being a sample; one loss a row.
///
/// Weights and scale are those of [`Loss`].
///
/// ```
/// use actfn::{Axis, CrossEntropy};
/// let z = [1.0, 2.0, 3.0, 0.0, 0.0, 0.0];
/// let (mut loss, mut dz) = ([0.0; 2], [0.0; 6]);
/// let mean = CrossEntropy::new(Axis::last(2, 3)).scale(0.5);
/// mean.by_class(&z, &[2, 0], None, Some(&mut loss), Some(&mut dz))?;
/// assert!((loss[1] - 3f32.ln()).abs() < 1e-6);
/// # Ok::<(), actfn::Error>(())
/// ```
///
/// # Errors
/// All forms answer with [`Error::Length`], `Param` (label_smoothing), `NotFinite` (the scale), `Index` (a class
/// outside its row), `Size`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[must_use = "nothing is computed before a form is called"]
pub struct CrossEntropy<T = f32> {
    axis: Axis,
    mode: Mode,
    label_smoothing: [f32; 1],
    ignore_index: i64,
    scale: f32,
    element: PhantomData<T>,
}

/// What the true distribution is given as.
#[derive(Clone, Copy)]
enum Targets<'a, T> {
    Classes(&'a [i64]),
    Dense(In<'a, T>),
}

impl CrossEntropy {
    /// Of `f32`, in the fast mode, without smoothing, with a scale of 1, ignoring -100.
    pub const fn new(axis: Axis) -> CrossEntropy {
        CrossEntropy::of(axis)
    }
}

impl<T: Element> CrossEntropy<T> {
    /// Of logits, targets and gradients of any [`Element`], in the fast mode, without smoothing, with a scale of 1,
    /// ignoring -100.
    pub const fn of(axis: Axis) -> CrossEntropy<T> {
        let label_smoothing = [0.0];
        CrossEntropy { axis, mode: Mode::Fast, label_smoothing, ignore_index: -100, scale: 1.0, element: PhantomData }
    }

    /// In that mode.
    pub const fn mode(self, mode: Mode) -> Self {
        CrossEntropy { mode, ..self }
    }

    /// With gradients multiplied by that.
    pub const fn scale(self, scale: f32) -> Self {
        CrossEntropy { scale, ..self }
    }

    /// With targets `(1 - e) [k = class] + e / n`, `0 <= e <= 1`.  The dense forms have no use for it.
    pub const fn label_smoothing(self, e: f32) -> Self {
        CrossEntropy { label_smoothing: [e], ..self }
    }

    /// With the class that gives a loss and a gradient of 0.  A negative one never means a class.
    pub const fn ignore_index(self, ignore_index: i64) -> Self {
        CrossEntropy { ignore_index, ..self }
    }

    /// With `classes[row]` the index of the row's true class.
    ///
    /// # Errors
    /// See [`CrossEntropy`].
    pub fn by_class(
        &self,
        z: &[T],
        classes: &[i64],
        w: Option<&[f32]>,
        loss: Option<&mut [f32]>,
        dz: Option<&mut [T]>,
    ) -> Result<()> {
        let targets = Targets::Classes(classes);
        self.evaluate(z.into(), targets, w.map(In::from), loss.map(Out::from), dz.map(Out::from))
    }

    /// [`by_class`](Self::by_class) with `dz` written over `z`.
    ///
    /// # Errors
    /// See [`CrossEntropy`].
    pub fn by_class_in_place(
        &self,
        z: &mut [T],
        classes: &[i64],
        w: Option<&[f32]>,
        loss: Option<&mut [f32]>,
    ) -> Result<()> {
        let (z, targets) = (cells(z), Targets::Classes(classes));
        self.evaluate(z.into(), targets, w.map(In::from), loss.map(Out::from), Some(z.into()))
    }

    /// [`by_class`](Self::by_class) where `dz` may be `z`, and `loss` may be `w`.
    ///
    /// # Errors
    /// See [`CrossEntropy`], and [`Error::Overlap`].
    pub fn by_class_cells(
        &self,
        z: &[Cell<T>],
        classes: &[i64],
        w: Option<&[Cell<f32>]>,
        loss: Option<&[Cell<f32>]>,
        dz: Option<&[Cell<T>]>,
    ) -> Result<()> {
        let targets = Targets::Classes(classes);
        self.evaluate(z.into(), targets, w.map(In::from), loss.map(Out::from), dz.map(Out::from))
    }

    /// With targets `t` of the shape of `z`, at least 0 and not checked; a row of zeros masks its sample.
    ///
    /// # Errors
    /// See [`CrossEntropy`].
    pub fn dense(
        &self,
        z: &[T],
        t: &[T],
        w: Option<&[f32]>,
        loss: Option<&mut [f32]>,
        dz: Option<&mut [T]>,
    ) -> Result<()> {
        let targets = Targets::Dense(t.into());
        self.evaluate(z.into(), targets, w.map(In::from), loss.map(Out::from), dz.map(Out::from))
    }

    /// [`dense`](Self::dense) with `dz` written over `z`.
    ///
    /// # Errors
    /// See [`CrossEntropy`].
    pub fn dense_in_place(&self, z: &mut [T], t: &[T], w: Option<&[f32]>, loss: Option<&mut [f32]>) -> Result<()> {
        let (z, targets) = (cells(z), Targets::Dense(t.into()));
        self.evaluate(z.into(), targets, w.map(In::from), loss.map(Out::from), Some(z.into()))
    }

    /// [`dense`](Self::dense) where `dz` may be `z` or `t`, and `loss` may be `w`.
    ///
    /// # Errors
    /// See [`CrossEntropy`], and [`Error::Overlap`].
    pub fn dense_cells(
        &self,
        z: &[Cell<T>],
        t: &[Cell<T>],
        w: Option<&[Cell<f32>]>,
        loss: Option<&[Cell<f32>]>,
        dz: Option<&[Cell<T>]>,
    ) -> Result<()> {
        let targets = Targets::Dense(t.into());
        self.evaluate(z.into(), targets, w.map(In::from), loss.map(Out::from), dz.map(Out::from))
    }

    fn evaluate(
        &self,
        z: In<'_, T>,
        targets: Targets<'_, T>,
        w: Option<In<'_>>,
        loss: Option<Out<'_>>,
        dz: Option<Out<'_, T>>,
    ) -> Result<()> {
        let (n, rows, Axis { outer, len, inner }) = (self.axis.elements()?, self.axis.rows()?, self.axis);
        let (z, w) = (z.of("z", n)?, optional(w, "w", rows)?);
        let (loss, dz) = (optional_out(loss, "loss", rows)?, optional_out(dz, "dz", n)?);
        let (mode, p) = (self.mode.raw(), self.label_smoothing.as_ptr());
        let status = match targets {
            Targets::Classes(classes) => {
                if classes.len() != rows {
                    return Err(Error::Length { argument: "classes", expected: rows, found: classes.len() });
                }
                // SAFETY: all are as long as the shape says, or NULL for what may be; one parameter.
                unsafe {
                    (T::CROSS_ENTROPY)(
                        mode,
                        p,
                        outer,
                        len,
                        inner,
                        z,
                        classes.as_ptr(),
                        self.ignore_index,
                        w,
                        self.scale,
                        loss,
                        dz,
                    )
                }
            }
            Targets::Dense(t) => {
                let t = t.of("t", n)?;
                // SAFETY: all are as long as the shape says, or NULL for what may be.
                unsafe { (T::CROSS_ENTROPY_DENSE)(mode, outer, len, inner, z, t, w, self.scale, loss, dz) }
            }
        };
        check(status, Op::SoftmaxCrossEntropy, &self.label_smoothing, "scale")
    }
}
