// SPDX-License-Identifier: MIT
//! `libactfn_ort.so`: libactfn's activations as operators of ONNX Runtime, in the domain `ai.actfn`.
//!
//! An engine loads the library (`SessionOptions.register_custom_ops_library` in Python) and calls
//! [`RegisterCustomOps`].  The operators are those of libactfn's catalogue, by its names; their attributes are its
//! parameters.  Memory and threads are the engine's: see docs/INTEGRATIONS.md.
//!
//! `host` is ONNX Runtime's C API, `catalogue` libactfn's, `element` the types of tensors, `table` the functions that
//! the first calls, and `kernel` what a node computes.

mod catalogue;
mod element;
mod host;
mod kernel;
mod table;

use host::Host;
use ort_sys::{OrtApiBase, OrtSessionOptions, OrtStatusPtr};

/// Adds the operators to session options.  ONNX Runtime finds this function by its name.
///
/// # Safety
/// As ONNX Runtime calls it: `base` is its own, and `options` are session options of that runtime.
#[no_mangle]
#[allow(non_snake_case)]
pub unsafe extern "C" fn RegisterCustomOps(options: *mut OrtSessionOptions, base: *const OrtApiBase) -> OrtStatusPtr {
    // SAFETY: the caller's promise.
    let Some(host) = (unsafe { Host::from_base(base) }) else {
        // Without an interface there is no status that could say so.
        return OrtStatusPtr(std::ptr::null_mut());
    };
    host.status_of(|| {
        host.require_version()?;
        // SAFETY: the caller's promise.
        unsafe { table::register(host, options) }
    })
}
