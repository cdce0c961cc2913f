// SPDX-License-Identifier: MIT
#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod axis;
mod buffer;
mod catalogue;
mod channels;
mod element;
mod elementwise;
mod error;
mod gates;
pub mod isa;
mod kernel;
mod losses;
mod named;
mod op;
mod part;
mod random;
mod rows;

pub use axis::Axis;
pub use catalogue::{Bounds, Family, Mode, OpInfo, ParamInfo, UnknownOp};
pub use channels::Channels;
pub use element::Element;
pub use elementwise::*;
pub use error::{Error, Result};
pub use gates::{GateLayout, Gates, Strided, StridedGradients};
pub use kernel::{BackwardKernel, ForwardKernel};
pub use losses::{CrossEntropy, Loss};
pub use named::*;
pub use op::Op;
pub use part::{part, part_rows};
pub use random::{GumbelSoftmax, Philox, Rrelu};
pub use rows::{maxout_backward_from_index, maxout_index, Rows};

/// The functions of the crate's root for buffers of any [`Element`], which the arguments say.
///
/// ```
/// # #[cfg(feature = "half")] {
/// use half::bf16;
/// let x = [-1.0, 0.5].map(bf16::from_f32);
/// let mut y = [bf16::ZERO; 2];
/// actfn::typed::relu(&x, &mut y)?;
/// assert_eq!(y, [bf16::ZERO, x[1]]);
/// # }
/// # Ok::<(), actfn::Error>(())
/// ```
pub mod typed {
    pub use crate::elementwise::typed::*;
    pub use crate::named::typed::*;
    pub use crate::rows::typed::*;
}

use actfn_sys as sys;
use std::ffi::CStr;

/// The version of the libactfn that runs: `"0.2.0"`.
pub fn version() -> &'static str {
    // SAFETY: takes nothing, and gives a constant string.
    text(unsafe { sys::actfn_version_string() })
}

/// The version of SLEEF that libactfn was built against: `"3.5.1"`.
pub fn sleef_version() -> &'static str {
    // SAFETY: takes nothing, and gives a constant string.
    text(unsafe { sys::actfn_sleef_version() })
}

/// How many bytes a result must have at least to be written past the caches, where the operation only waits for memory
/// and does not run in place; bits do not depend on it.
pub fn streaming_threshold() -> usize {
    // SAFETY: takes nothing.
    unsafe { sys::actfn_streaming_threshold() }
}

/// Sets [`streaming_threshold`] for the process: 0 is the default, made of the sizes of the caches, and `usize::MAX`
/// switches streaming off.  Results under 1 MiB are never streamed.
pub fn set_streaming_threshold(bytes: usize) {
    // SAFETY: any number is taken, from any thread.
    unsafe { sys::actfn_set_streaming_threshold(bytes) }
}

/// A constant string of the library's.
pub(crate) fn text(string: *const std::os::raw::c_char) -> &'static str {
    if string.is_null() {
        return "";
    }
    // SAFETY: not NULL, and every string that the library gives out lives as long as the process; they are ASCII.
    unsafe { CStr::from_ptr(string) }.to_str().unwrap_or("")
}
