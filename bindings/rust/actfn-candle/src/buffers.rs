// SPDX-License-Identifier: MIT
//! Between candle's storages and slices, and over its threads.

use candle_core::backend::BackendStorage;
use candle_core::cpu_backend::unary_map;
use candle_core::{bail, CpuStorage, Error, Layout, Result};
use rayon::prelude::*;
use std::borrow::Cow;

/// Parts of fewer elements are not worth another thread.
const LEAST_PART: usize = 1 << 15;

/// A tensor's elements in order: where it is contiguous those of the storage itself, else gathered.
pub(crate) fn elements<'a>(name: &str, storage: &'a CpuStorage, layout: &Layout) -> Result<Cow<'a, [f32]>> {
    let CpuStorage::F32(values) = storage else { bail!("{name}: float32 expected, {:?} found", storage.dtype()) };
    Ok(match layout.contiguous_offsets() {
        Some((from, to)) => Cow::Borrowed(&values[from..to]),
        None => Cow::Owned(unary_map(values, layout, |value| value)),
    })
}

pub(crate) fn same_shape(name: &str, layouts: &[&Layout]) -> Result<()> {
    for other in &layouts[1..] {
        if other.shape() != layouts[0].shape() {
            bail!("{name}: shapes {:?} and {:?} differ", layouts[0].shape(), other.shape())
        }
    }
    Ok(())
}

/// How many elements, a multiple of `whole`, a thread takes at a time of `n`.
pub(crate) fn part_of(n: usize, whole: usize) -> usize {
    let part = n.div_ceil(rayon::current_num_threads()).max(LEAST_PART);
    part.div_ceil(whole.max(1)) * whole.max(1)
}

/// `compute` for each part of the result, on candle's threads where there is more than one: which elements of the result
/// are computed together changes no bit of them.
pub(crate) fn in_parts(
    result: &mut [f32],
    part: usize,
    compute: impl Fn(usize, &mut [f32]) -> actfn::Result<()> + Sync,
) -> Result<()> {
    if result.len() <= part {
        return compute(0, result).map_err(Error::wrap);
    }
    let parts = result.par_chunks_mut(part).enumerate();
    parts.try_for_each(|(i, part_of_result)| compute(i * part, part_of_result)).map_err(Error::wrap)
}
