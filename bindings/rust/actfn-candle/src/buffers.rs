// SPDX-License-Identifier: MIT
//! From candle's storages to slices, and from candle's threads to parts.

use candle_core::backend::BackendStorage;
use candle_core::cpu_backend::unary_map;
use candle_core::utils::barrier_pool;
use candle_core::{bail, CpuStorage, Error, Layout, Result, WithDType};
use std::borrow::Cow;
use std::sync::{Mutex, OnceLock};

/// A part of fewer elements is not worth another thread.
const LEAST_PART: usize = 1 << 14;
/// The number of parts for each thread, so that a thread that starts late still finds some.
const PARTS: usize = 8;

/// The elements of tensors that both candle and the library have.
pub(crate) trait Number: actfn::Element + WithDType {
    /// A storage's elements, or None if it has another type.
    fn values_of(storage: &mut CpuStorage) -> Option<&mut Vec<Self>>;
}

macro_rules! number {
    ($($number:ty, $storage:ident;)*) => {
        $(impl Number for $number {
            fn values_of(storage: &mut CpuStorage) -> Option<&mut Vec<Self>> {
                match storage {
                    CpuStorage::$storage(values) => Some(values),
                    _ => None,
                }
            }
        })*
    };
}
number! {
    f32, F32;
    half::bf16, BF16;
    half::f16, F16;
}

/// Calls a generic method with the type of a storage's elements.
macro_rules! by_type {
    ($this:ident.$method:ident, $storage:expr, $name:expr, $arguments:tt) => {
        match $storage.dtype() {
            candle_core::DType::F32 => $this.$method::<f32> $arguments,
            candle_core::DType::BF16 => $this.$method::<half::bf16> $arguments,
            candle_core::DType::F16 => $this.$method::<half::f16> $arguments,
            other => candle_core::bail!("{}: F32, BF16 or F16 expected, {other:?} found", $name),
        }
    };
}
pub(crate) use by_type;

/// A tensor's elements in order: the elements of the storage itself if they are contiguous, otherwise a copy.
pub(crate) fn elements<'a, T: Number>(name: &str, storage: &'a CpuStorage, layout: &Layout) -> Result<Cow<'a, [T]>> {
    let Ok(values) = T::cpu_storage_as_slice(storage) else {
        bail!("{name}: {:?} expected, {:?} found", T::DTYPE, storage.dtype())
    };
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

/// The number of elements of a part of `n` elements, a multiple of `whole`.
pub(crate) fn part_of(n: usize, whole: usize) -> usize {
    let parts = match barrier_pool().n_workers() {
        0 => 1,
        others => PARTS * (others + 1),
    };
    n.div_ceil(parts).max(LEAST_PART).div_ceil(whole.max(1)) * whole.max(1)
}

/// Calls `compute` for each part of the result, on candle's threads if there are several parts.  The bits do not depend on
/// the parts.
pub(crate) fn in_parts<T: Number>(
    result: &mut [T],
    part: usize,
    compute: impl Fn(usize, &mut [T]) -> actfn::Result<()> + Sync,
) -> Result<()> {
    if result.len() <= part {
        return compute(0, result).map_err(Error::wrap);
    }
    // Each part is computed once, so no thread ever waits for a lock.
    let parts: Vec<_> = result.chunks_mut(part).map(Mutex::new).collect();
    let failure = OnceLock::new();
    barrier_pool().execute_chunked(parts.len(), |range| {
        for i in range {
            let mut part_of_result = parts[i].lock().unwrap();
            if let Err(error) = compute(i * part, &mut part_of_result) {
                failure.get_or_init(|| error);
            }
        }
    });
    failure.into_inner().map_or(Ok(()), |error| Err(Error::wrap(error)))
}
