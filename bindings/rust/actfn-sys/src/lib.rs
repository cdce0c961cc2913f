// SPDX-License-Identifier: MIT
#![doc = include_str!("../README.md")]
#![no_std]
// The names are C's.
#![allow(non_camel_case_types)]

#[allow(clippy::undocumented_unsafe_blocks)]
mod bindings;
pub use bindings::*;

/// The version of libactfn that these declarations were made from, as [`actfn_version`] counts.
pub const VERSION: i32 = (ACTFN_VERSION_MAJOR * 10000 + ACTFN_VERSION_MINOR * 100 + ACTFN_VERSION_PATCH) as i32;

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use core::ffi::CStr;
    use std::format;

    #[test]
    fn crate_header_and_library_have_one_version() {
        let header = format!("{ACTFN_VERSION_MAJOR}.{ACTFN_VERSION_MINOR}.{ACTFN_VERSION_PATCH}");
        assert_eq!(env!("CARGO_PKG_VERSION"), header);
        // SAFETY: takes nothing, and gives a string that lives as long as the process.
        let library = unsafe { CStr::from_ptr(actfn_version_string()) };
        assert_eq!(library.to_str(), Ok(header.as_str()));
        // SAFETY: takes nothing.
        assert_eq!(unsafe { actfn_version() }, VERSION);
    }

    #[test]
    fn the_library_computes() {
        let x = [-1.0f32, 0.0, 2.0];
        let mut y = [9.0f32; 3];
        // SAFETY: both buffers hold three floats.
        let status = unsafe { actfn_relu_f32(x.len(), x.as_ptr(), y.as_mut_ptr()) };
        assert_eq!((status, y), (ACTFN_OK, [0.0, 0.0, 2.0]));
    }
}
