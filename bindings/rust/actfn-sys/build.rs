// SPDX-License-Identifier: MIT
//! Finds libactfn by pkg-config.  If pkg-config finds none, or `ACTFN_NO_PKG_CONFIG` is set, the script builds the sources that
//! come with the crate.

use std::env;
use std::path::PathBuf;

/// Before 1.0, versions with the same first two numbers are compatible.
const WANTED: std::ops::Range<&str> = "0.2.0".."0.3.0";
const SLEEF: &str = "3.5.1";

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=DOCS_RS");
    if env::var_os("DOCS_RS").is_some() {
        return;
    }
    let statically = env::var_os("CARGO_FEATURE_STATIC").is_some();
    let probed =
        pkg_config::Config::new().range_version(WANTED).statik(statically).cargo_metadata(false).probe("actfn");
    match probed {
        Ok(library) => {
            link(&library, statically);
            for include in &library.include_paths {
                println!("cargo:include={}", include.display());
            }
        }
        Err(_) => build(statically),
    }
}

fn build(statically: bool) {
    let source = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("libactfn");
    println!("cargo:rerun-if-changed={}", source.display());
    let sleef = pkg_config::Config::new().atleast_version(SLEEF).cargo_metadata(false).probe("sleef");
    let sleef = sleef.unwrap_or_else(|error| {
        panic!(
            "pkg-config finds no libactfn {} up to {}, and to build it takes SLEEF {SLEEF} or newer \
             (Debian: libsleef-dev):\n{error}",
            WANTED.start, WANTED.end
        )
    });

    let mut config = cmake::Config::new(&source);
    // Kernels without optimization would be of no use in a debug build either.
    config.profile("Release");
    for option in ["TESTS", "BENCH", "TOOLS", "EXAMPLES", "FUZZ"] {
        config.define(format!("ACTFN_BUILD_{option}"), "OFF");
    }
    config.define("ACTFN_INSTALL", "OFF");
    config.build_target(if statically { "actfn_static" } else { "actfn_shared" });
    let built = config.build().join("build/src");

    println!("cargo:rustc-link-search=native={}", built.display());
    println!("cargo:rustc-link-lib={}=actfn", if statically { "static" } else { "dylib" });
    link(&sleef, statically);
    println!("cargo:rustc-link-lib=m");
    println!("cargo:root={}", built.display());
    println!("cargo:include={}", source.join("include").display());
}

/// Unlike pkg-config's own output, these lines also accept an archive in /usr/lib.
fn link(library: &pkg_config::Library, statically: bool) {
    for path in &library.link_paths {
        println!("cargo:rustc-link-search=native={}", path.display());
    }
    for name in &library.libs {
        let ours = name == "actfn" || name == "sleef";
        let mut archives = library.link_paths.iter().map(|path| path.join(format!("lib{name}.a")));
        match archives.find(|archive| statically && ours && archive.exists()) {
            Some(archive) => {
                println!("cargo:rerun-if-changed={}", archive.display());
                println!("cargo:rustc-link-lib=static={name}");
            }
            None => println!("cargo:rustc-link-lib={name}"),
        }
    }
}
