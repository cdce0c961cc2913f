// SPDX-License-Identifier: MIT
//! Operations over rows: softmax and its kin.

use crate::buffer::{cells, optional, params_of, In, Out};
use crate::element::{Entries, RowsBackward, RowsForward};
use crate::error::check;
use crate::{Axis, Element, Error, Mode, Op, Result};
use actfn_sys as sys;
use std::cell::Cell;
use std::marker::PhantomData;

/// An operation over the rows along one axis of a tensor: [`Op::Softmax`], [`Op::LogSoftmax`], [`Op::Softmin`],
/// [`Op::Hardmax`], [`Op::Logsumexp`], [`Op::Logmeanexp`], [`Op::Sparsemax`], [`Op::Maxout`].
///
/// ```
/// use actfn::{Axis, Op, Rows};
/// let x = [3.0, 1.0, -3.0, 0.0, 0.0, 0.0];
/// let mut y = [0.0; 6];
/// Rows::new(Op::Softmax, Axis::last(2, 3)).forward(&x, &mut y)?;
/// assert_eq!(y[3..], [1.0 / 3.0; 3]);
///
/// // One value a row for those that reduce.
/// let mut greatest = [0.0; 2];
/// Rows::new(Op::Maxout, Axis::last(2, 3)).forward(&x, &mut greatest)?;
/// assert_eq!(greatest, [3.0, 0.0]);
/// # Ok::<(), actfn::Error>(())
/// ```
///
/// # Errors
/// All forms answer with [`Error::NotOffered`] where the operation is of another family, `Length`, `Param`, `Size`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[must_use = "nothing is computed before a form is called"]
pub struct Rows<'a, T = f32> {
    op: Op,
    axis: Axis,
    mode: Mode,
    params: &'a [f32],
    flags: u32,
    element: PhantomData<T>,
}

impl<'a> Rows<'a> {
    /// Of `f32`, in the fast mode, with a scale of 1.
    pub const fn new(op: Op, axis: Axis) -> Rows<'a> {
        Rows::of(op, axis)
    }
}

impl<'a, T: Element> Rows<'a, T> {
    /// Of any [`Element`], in the fast mode, with a scale of 1.
    pub const fn of(op: Op, axis: Axis) -> Rows<'a, T> {
        Rows { op, axis, mode: Mode::Fast, params: &[], flags: 0, element: PhantomData }
    }

    /// In that mode.
    pub const fn mode(self, mode: Mode) -> Self {
        Rows { mode, ..self }
    }

    /// With parameters: `[scale]` for softmax, log_softmax and softmin, which then take `scale * x` for x.
    pub const fn params(self, params: &'a [f32]) -> Self {
        Rows { params, ..self }
    }

    /// A row that is all -inf (masked) gives 0 in softmax and sparsemax and -inf in log_softmax, all +inf does in
    /// softmin. Otherwise it gives NaN.
    pub const fn masked_rows_zero(self) -> Self {
        Rows { flags: sys::ACTFN_MASKED_ROWS_ZERO, ..self }
    }

    /// How long `y` and `dy` are: one an element, or one a row for the operations that reduce.
    ///
    /// # Errors
    /// [`Error::Size`].
    pub fn outputs(&self) -> Result<usize> {
        if self.op.info().reduces {
            self.axis.rows()
        } else {
            self.axis.elements()
        }
    }

    /// `y` of `x`.
    ///
    /// # Errors
    /// See [`Rows`].
    pub fn forward(&self, x: &[T], y: &mut [T]) -> Result<()> {
        self.forward_any(x.into(), y.into())
    }

    /// `y` of `x`, written over it.
    ///
    /// # Errors
    /// See [`Rows`]; `Length` for the operations that reduce.
    pub fn forward_in_place(&self, x: &mut [T]) -> Result<()> {
        let x = cells(x);
        self.forward_any(x.into(), x.into())
    }

    /// [`forward`](Self::forward) of an operation that reduces, with `y` in `f32` whatever the element is: what a
    /// training loop wants of logsumexp.
    ///
    /// # Errors
    /// See [`Rows`]; [`Error::NotOffered`] where [`OpInfo::reduces`](crate::OpInfo::reduces) is false.
    pub fn reduce_forward(&self, x: &[T], y: &mut [f32]) -> Result<()> {
        self.reduces()?;
        self.forward_with(T::ROWS_REDUCE_FORWARD, x.into(), y.into())
    }

    fn reduces(&self) -> Result<()> {
        if self.op.info().reduces {
            Ok(())
        } else {
            Err(Error::NotOffered { op: self.op, needs: "" })
        }
    }

    fn forward_any(&self, x: In<'_, T>, y: Out<'_, T>) -> Result<()> {
        self.forward_with(T::ROWS_FORWARD, x, y)
    }

    fn forward_with<Y: Element>(&self, entry: RowsForward<T::Raw, Y::Raw>, x: In<'_, T>, y: Out<'_, Y>) -> Result<()> {
        let Axis { outer, len, inner } = self.axis;
        let p = params_of(self.op, self.params)?;
        let (x, y) = (x.of("x", self.axis.elements()?)?, y.of("y", self.outputs()?)?);
        // SAFETY: x and y are as long as the shape says; as many parameters as the operation has, or NULL.
        let status = unsafe { entry(self.op.raw(), self.mode.raw(), p, self.flags, outer, len, inner, x, y) };
        check(status, self.op, self.params, "")
    }

    /// `dx` for `dy`, from x or y or both, as [`OpInfo::reads_x`](crate::OpInfo::reads_x) and
    /// [`reads_y`](crate::OpInfo::reads_y) say; what is not read may be `None`.
    ///
    /// ```
    /// use actfn::{Axis, Op, Rows};
    /// let softmax = Rows::new(Op::Softmax, Axis::last(1, 3));
    /// let (mut y, mut dx) = ([0.5, 0.5, 0.0], [0.0; 3]);
    /// softmax.forward_in_place(&mut y)?;
    /// softmax.backward(None, Some(&y), &[1.0, 1.0, 1.0], &mut dx)?;
    /// assert!(dx.iter().all(|d| d.abs() < 1e-7));
    /// # Ok::<(), actfn::Error>(())
    /// ```
    ///
    /// # Errors
    /// See [`Rows`], and [`Error::Missing`] where what is read is `None`.
    pub fn backward(&self, x: Option<&[T]>, y: Option<&[T]>, dy: &[T], dx: &mut [T]) -> Result<()> {
        self.backward_any(x.map(In::from), y.map(In::from), dy.into(), dx.into())
    }

    /// [`backward`](Self::backward) with `dx` written over `dy`.
    ///
    /// # Errors
    /// See [`backward`](Self::backward); `Length` for the operations that reduce.
    pub fn backward_in_place(&self, x: Option<&[T]>, y: Option<&[T]>, dy: &mut [T]) -> Result<()> {
        let dy = cells(dy);
        self.backward_any(x.map(In::from), y.map(In::from), dy.into(), dy.into())
    }

    /// [`backward`](Self::backward) where `dx` may be `dy`, `x` or `y`, if of one shape with it.
    ///
    /// # Errors
    /// See [`backward`](Self::backward), and [`Error::Overlap`].
    pub fn backward_cells(
        &self,
        x: Option<&[Cell<T>]>,
        y: Option<&[Cell<T>]>,
        dy: &[Cell<T>],
        dx: &[Cell<T>],
    ) -> Result<()> {
        self.backward_any(x.map(In::from), y.map(In::from), dy.into(), dx.into())
    }

    /// [`backward`](Self::backward) of an operation that reduces, with `y` and `dy` in `f32` whatever the element is.
    ///
    /// # Errors
    /// See [`backward`](Self::backward) and [`reduce_forward`](Self::reduce_forward).
    pub fn reduce_backward(&self, x: Option<&[T]>, y: Option<&[f32]>, dy: &[f32], dx: &mut [T]) -> Result<()> {
        self.reduces()?;
        self.backward_with(T::ROWS_REDUCE_BACKWARD, x.map(In::from), y.map(In::from), dy.into(), dx.into())
    }

    fn backward_any(&self, x: Option<In<'_, T>>, y: Option<In<'_, T>>, dy: In<'_, T>, dx: Out<'_, T>) -> Result<()> {
        self.backward_with(T::ROWS_BACKWARD, x, y, dy, dx)
    }

    fn backward_with<Y: Element>(
        &self,
        entry: RowsBackward<T::Raw, Y::Raw>,
        x: Option<In<'_, T>>,
        y: Option<In<'_, Y>>,
        dy: In<'_, Y>,
        dx: Out<'_, T>,
    ) -> Result<()> {
        let (info, Axis { outer, len, inner }) = (self.op.info(), self.axis);
        for (argument, missing) in [("x", info.reads_x && x.is_none()), ("y", info.reads_y && y.is_none())] {
            if missing {
                return Err(Error::Missing { argument });
            }
        }
        let (n, outputs) = (self.axis.elements()?, self.outputs()?);
        let p = params_of(self.op, self.params)?;
        let (x, y) = (optional(x, "x", n)?, optional(y, "y", outputs)?);
        let (dy, dx) = (dy.of("dy", outputs)?, dx.of("dx", n)?);
        // SAFETY: all are as long as the shape says, or NULL where they are not read; parameters as in forward.
        let status = unsafe { entry(self.op.raw(), self.mode.raw(), p, self.flags, outer, len, inner, x, y, dy, dx) };
        check(status, self.op, self.params, "")
    }
}

/// The functions of maxout, for one element or for any.
macro_rules! maxout_functions {
    ([$($of:tt)*] $T:ident) => {
        /// [`Op::Maxout`] with the index of each row's first maximum (of the first NaN where there is one).
        ///
        /// ```
        /// use actfn::{Axis, Mode};
        /// let (axis, mode) = (Axis::last(1, 3), Mode::Accurate);
        /// let (mut y, mut index, mut dx) = ([0.0], [0], [0.0; 3]);
        /// actfn::maxout_index(mode, axis, &[1.0, 5.0, 5.0], &mut y, &mut index)?;
        /// actfn::maxout_backward_from_index(mode, axis, &index, &[2.0], &mut dx)?;
        /// assert_eq!((y, index, dx), ([5.0], [1], [0.0, 2.0, 0.0]));
        /// # Ok::<(), actfn::Error>(())
        /// ```
        ///
        /// # Errors
        /// [`Error::Length`]; [`Error::Size`] where rows are longer than 2^24.
        pub fn maxout_index $($of)*(mode: Mode, axis: Axis, x: &[$T], y: &mut [$T], index: &mut [i32]) -> Result<()> {
            let (rows, Axis { outer, len, inner }) = (axis.rows()?, axis);
            let (x, y) = (In::<$T>::from(x).of("x", axis.elements()?)?, Out::<$T>::from(y).of("y", rows)?);
            index_length(index, rows)?;
            let maxout = <$T as Entries>::MAXOUT_INDEX;
            // SAFETY: all are as long as the shape says.
            let status = unsafe { maxout(mode.raw(), outer, len, inner, x, y, index.as_mut_ptr()) };
            check(status, Op::Maxout, &[], "")
        }

        /// The gradient of [`maxout_index`]: `dx` is `dy` at the index and 0 elsewhere.
        ///
        /// # Errors
        /// [`Error::Length`]; [`Error::Index`] where an index lies outside its row; [`Error::Size`] as above.
        pub fn maxout_backward_from_index $($of)*(
            mode: Mode,
            axis: Axis,
            index: &[i32],
            dy: &[$T],
            dx: &mut [$T],
        ) -> Result<()> {
            let (rows, Axis { outer, len, inner }) = (axis.rows()?, axis);
            let (dy, dx) = (In::<$T>::from(dy).of("dy", rows)?, Out::<$T>::from(dx).of("dx", axis.elements()?)?);
            index_length(index, rows)?;
            let maxout = <$T as Entries>::MAXOUT_BACKWARD_FROM_INDEX;
            // SAFETY: all are as long as the shape says.
            let status = unsafe { maxout(mode.raw(), outer, len, inner, index.as_ptr(), dy, dx) };
            check(status, Op::Maxout, &[], "")
        }
    };
}

maxout_functions!([] f32);

/// Of any element.
pub mod typed {
    use super::*;

    maxout_functions!([<T: Element>] T);
}

fn index_length(index: &[i32], rows: usize) -> Result<()> {
    if index.len() == rows {
        Ok(())
    } else {
        Err(Error::Length { argument: "index", expected: rows, found: index.len() })
    }
}
