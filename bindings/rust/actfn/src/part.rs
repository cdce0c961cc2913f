// SPDX-License-Identifier: MIT
//! How threads split a buffer.

use crate::{Error, Result};
use actfn_sys as sys;
use std::ops::Range;

/// The part of a buffer of `n` elements that thread `i` of `parts` takes.
///
/// A part begins at whole cache lines.  It is large enough to be worth a thread, or it is empty, as the last ones are where
/// the buffer is small.  The bits of no elementwise function, gate or loss depend on the split.
///
/// ```
/// let x = vec![0.5f32; 100_000];
/// let parts: Vec<_> = (0..4).map(|i| actfn::part(x.len(), 4, i).unwrap()).collect();
/// assert!(parts[0].start == 0 && parts[3].end == x.len());
/// assert!((1..4).all(|i| parts[i].start == parts[i - 1].end));
/// ```
///
/// # Errors
/// [`Error::Index`] where `i` is not less than `parts`.
pub fn part(n: usize, parts: usize, i: usize) -> Result<Range<usize>> {
    // SAFETY: any numbers are taken, and the two pointers are to numbers.
    range(|begin, count| unsafe { sys::actfn_part(n, parts, i, begin, count) })
}

/// [`part`] in whole rows of `width` elements each: a range of rows.
///
/// # Errors
/// Those of [`part`].
pub fn part_rows(rows: usize, width: usize, parts: usize, i: usize) -> Result<Range<usize>> {
    // SAFETY: any numbers are taken, and the two pointers are to numbers.
    range(|begin, count| unsafe { sys::actfn_part_rows(rows, width, parts, i, begin, count) })
}

fn range(split: impl FnOnce(&mut usize, &mut usize) -> sys::actfn_status) -> Result<Range<usize>> {
    let (mut begin, mut count) = (0, 0);
    match split(&mut begin, &mut count) {
        sys::ACTFN_OK => Ok(begin..begin + count),
        sys::ACTFN_ERR_INDEX => Err(Error::Index),
        other => Err(Error::Unknown(other)),
    }
}
