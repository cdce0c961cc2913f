// SPDX-License-Identifier: MIT
#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod axis;
mod buffer;
mod catalogue;
mod elementwise;
mod error;
mod gates;
pub mod isa;
mod named;
mod op;
mod rows;

pub use axis::Axis;
pub use catalogue::{Bounds, Family, Mode, OpInfo, ParamInfo, UnknownOp};
pub use elementwise::*;
pub use error::{Error, Result};
pub use gates::{GateLayout, Gates, Strided, StridedGradients};
pub use named::*;
pub use op::Op;
pub use rows::Rows;

use actfn_sys as sys;
use std::ffi::CStr;

/// The version of the libactfn that runs: `"0.1.0"`.
pub fn version() -> &'static str {
    // SAFETY: takes nothing, and gives a constant string.
    text(unsafe { sys::actfn_version_string() })
}

/// The version of SLEEF that libactfn was built against: `"3.5.1"`.
pub fn sleef_version() -> &'static str {
    // SAFETY: takes nothing, and gives a constant string.
    text(unsafe { sys::actfn_sleef_version() })
}

/// A constant string of the library's.
pub(crate) fn text(string: *const std::os::raw::c_char) -> &'static str {
    if string.is_null() {
        return "";
    }
    // SAFETY: not NULL, and every string that the library gives out lives as long as the process; they are ASCII.
    unsafe { CStr::from_ptr(string) }.to_str().unwrap_or("")
}
