// SPDX-License-Identifier: MIT
//! One axis of a tensor.

use crate::{Error, Result};

/// One axis of a contiguous tensor of `outer` times `len` times `inner` elements.  `x[(o * len + k) * inner + i]` is the k-th
/// element along the axis.
///
/// ```
/// use actfn::Axis;
/// assert_eq!(Axis::of(&[8, 3, 32, 32], 1)?, Axis { outer: 8, len: 3, inner: 1024 });
/// assert_eq!(Axis::of(&[8, 10], 1)?, Axis::last(8, 10));
/// # Ok::<(), actfn::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Axis {
    /// The product of the dimensions before it.
    pub outer: usize,
    /// Its own length.
    pub len: usize,
    /// The product of the dimensions behind it.
    pub inner: usize,
}

impl Axis {
    /// `rows` contiguous rows of `len` elements each.
    pub const fn last(rows: usize, len: usize) -> Axis {
        Axis { outer: rows, len, inner: 1 }
    }

    /// Axis number `axis`, from 0, of a tensor with these dimensions.
    ///
    /// # Errors
    /// [`Error::Shape`] if the axis does not exist, [`Error::Size`] if the dimensions do not fit into a `usize`.
    pub fn of(dims: &[usize], axis: usize) -> Result<Axis> {
        let &len = dims.get(axis).ok_or(Error::Shape { argument: "axis" })?;
        let product =
            |dims: &[usize]| dims.iter().try_fold(1usize, |product, &dim| product.checked_mul(dim)).ok_or(Error::Size);
        let axis = Axis { outer: product(&dims[..axis])?, len, inner: product(&dims[axis + 1..])? };
        axis.elements().map(|_| axis)
    }

    /// The number of elements of the tensor.
    ///
    /// # Errors
    /// [`Error::Size`] if the number does not fit into a `usize`.
    pub fn elements(self) -> Result<usize> {
        self.rows()?.checked_mul(self.len).ok_or(Error::Size)
    }

    /// The number of rows along the axis: `outer` times `inner`.
    ///
    /// # Errors
    /// [`Error::Size`] if the number does not fit into a `usize`.
    pub fn rows(self) -> Result<usize> {
        self.outer.checked_mul(self.inner).ok_or(Error::Size)
    }
}
