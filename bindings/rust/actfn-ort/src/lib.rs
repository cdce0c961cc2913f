// SPDX-License-Identifier: MIT
//! `libactfn_ort.so`: libactfn's activations as operators of ONNX Runtime, in the domain `ai.actfn`.
//!
//! An engine loads the library (`SessionOptions.register_custom_ops_library` in Python) and calls
//! [`RegisterCustomOps`].  The operators are the operations of libactfn's catalogue, with its names; their attributes are the
//! operations' parameters.  Memory and threads belong to the engine: see docs/INTEGRATIONS.md.
//!
//! `host` is ONNX Runtime's C API, `catalogue` is libactfn's, `element` has the types of tensors, `table` has the functions that
//! the runtime calls, and `kernel` computes a node.

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
        // Without an interface no status can report the failure.
        return OrtStatusPtr(std::ptr::null_mut());
    };
    host.status_of(|| {
        host.require_version()?;
        // SAFETY: the caller's promise.
        unsafe { table::register(host, options) }
    })
}
