// SPDX-License-Identifier: MIT
//! The instruction sets that the library has kernels for.
//!
//! At first use the library takes the best set that the machine can run.  The environment variable `ACTFN_ISA` caps that
//! choice.
//!
//! ```
//! let running = actfn::isa::name();
//! assert!(actfn::isa::all().any(|name| name == running));
//! assert_eq!(actfn::isa::reason(running), "in use");
//! ```

use crate::{text, Error, Result};
use actfn_sys as sys;
use std::ffi::CString;

/// The instruction set in use: `"avx512"`, `"avx2"`, `"neon"` or `"generic"`.
pub fn name() -> &'static str {
    // SAFETY: takes nothing, and gives a constant string.
    text(unsafe { sys::actfn_isa_name() })
}

/// All instruction sets in this library, best first.
pub fn all() -> impl Iterator<Item = &'static str> {
    (0..).map_while(|index| {
        // SAFETY: any number is taken; past the last NULL comes back, otherwise a constant string.
        let name = unsafe { sys::actfn_isa_at(index) };
        (!name.is_null()).then(|| text(name))
    })
}

/// Whether this machine can run the instruction set; false for an unknown name.
pub fn is_available(name: &str) -> bool {
    // SAFETY: a string that ends in NUL and is read during the call only.
    CString::new(name).map_or(false, |name| unsafe { sys::actfn_isa_available(name.as_ptr()) != 0 })
}

/// The reason why the instruction set is or is not in use: `"in use"`, `"this CPU lacks AVX-512BW"`.
pub fn reason(name: &str) -> &'static str {
    let name = CString::new(name).unwrap_or_default();
    // SAFETY: a string that ends in NUL and is read during the call only; a constant string comes back.
    text(unsafe { sys::actfn_isa_reason(name.as_ptr()) })
}

/// Selects an instruction set for the whole process, whatever `ACTFN_ISA` says.  `None` returns to the automatic choice.
///
/// # Errors
/// [`Error::Isa`], without a change, if the name is unknown or the set is not available.
pub fn select(name: Option<&str>) -> Result<()> {
    let name = name.map(CString::new).transpose().map_err(|_| Error::Isa)?;
    let pointer = name.as_ref().map_or(std::ptr::null(), |name| name.as_ptr());
    // SAFETY: NULL, or a string that ends in NUL and is read during the call only.
    match unsafe { sys::actfn_isa_select(pointer) } {
        sys::ACTFN_OK => Ok(()),
        sys::ACTFN_ERR_ISA => Err(Error::Isa),
        other => Err(Error::Unknown(other)),
    }
}
