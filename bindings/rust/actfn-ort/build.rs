// SPDX-License-Identifier: MIT
//! The library is never unloaded: an engine may unload it with its session options, while another session of the process
//! still has the table of operators.
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo:rustc-cdylib-link-arg=-Wl,-z,nodelete");
    }
}
