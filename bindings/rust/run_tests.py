#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""run_tests.py --cmake CMAKE --build DIRECTORY: the Rust crates' tests, against a libactfn that is built.

Installs the library into DIRECTORY/rust/prefix, where pkg-config finds it, and has cargo build and test, lint, document
and package the crates there.  Skipped by name (77) where there is no cargo or no crate registry; clippy and rustfmt
where they are not installed.  To build the sources that come with actfn-sys takes minutes: here they are all there, and
CMake takes them.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile

HERE = pathlib.Path(__file__).resolve().parent
# For proptest; the crates themselves take an older one.
OLDEST = [1, 88]
PACKAGES = ["-p", "actfn-sys", "-p", "actfn"]
# Buffers of 16 bits.  Without the feature the crate has to compile too.
HALF = ["--features", "actfn/half"]


def skip(name, reason):
    print(f"== {name}: skipped: {reason}", flush=True)
    sys.exit(77)


class Cargo:
    """cargo, with its results in the build directory."""

    def __init__(self, directory, place):
        self.directory = directory
        self.environment = {
            **os.environ,
            "CARGO_TARGET_DIR": str(place / "target"),
            "PKG_CONFIG_PATH": str(next((place / "prefix").glob("lib*/**/pkgconfig"))),
            # Settings of another build would change these.
            "RUSTFLAGS": "",
            "RUSTDOCFLAGS": "-Dwarnings",
            # Debug information takes half of the time to link, and no one looks at it.
            "CARGO_PROFILE_DEV_DEBUG": "0",
            "CARGO_INCREMENTAL": "0",
        }

    def __call__(self, *arguments, **environment):
        print("== cargo", *arguments, flush=True)
        return subprocess.run(
            ["cargo", *arguments], cwd=self.directory, env={**self.environment, **environment}, check=False
        ).returncode

    def has(self, command):
        return subprocess.run(["cargo", command, "--version"], capture_output=True, check=False).returncode == 0


def is_whole(place, cmake):
    """Whether the packaged actfn-sys brings every source that the library is built from, and can be configured."""
    package = max((place / "target/package").glob("actfn-sys-*.crate"))
    unpacked = place / "unpacked"
    shutil.rmtree(unpacked, ignore_errors=True)
    with tarfile.open(package) as archive:
        archive.extractall(unpacked)
    library, source = unpacked / package.stem / "libactfn", HERE.parent.parent
    missing = [path for path in source.glob("src/**/*.[ch]") if not (library / path.relative_to(source)).exists()]
    for path in missing:
        print(f"not in {package.name}: {path}")
    options = [f"-DACTFN_{name}=OFF" for name in ("BUILD_TESTS", "BUILD_TOOLS", "BUILD_EXAMPLES", "INSTALL")]
    print("== cmake", library, flush=True)
    command = [cmake, "-S", library, "-B", place / "configured", "--fresh", "--log-level=WARNING", *options]
    configured = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    return not missing and configured.returncode == 0


def readme_is_tested():
    """Whether the Rust in the project's README stands in that of the crate, where it is a doctest."""
    shown = re.findall(r"^```rust\n.*?^```$", (HERE.parent.parent / "README.md").read_text(), re.M | re.S)
    tested = (HERE / "actfn/README.md").read_text()
    return bool(shown) and all(block in tested for block in shown)


def formatted(cargo):
    if not cargo.has("fmt"):
        print("== rustfmt: skipped: not installed")
        return True
    return not cargo("fmt", "--check")


def candle_steps(cargo):
    passed = {"test": not cargo("test", "--locked", "--quiet"), "fmt": formatted(cargo)}
    return [step for step, well in passed.items() if not well]


def all_steps(cargo, place, cmake):
    """Which of them fail."""
    steps = [
        ["test", "--locked", "--quiet", *HALF],
        ["check", "--locked", "--quiet"],
        ["doc", "--locked", "--no-deps", "--quiet", *HALF],
    ]
    if cargo.has("clippy"):
        steps.append(["clippy", "--locked", "--all-targets", "--quiet", *HALF, "--", "-D", "warnings"])
    else:
        print("== clippy: skipped: not installed")
    steps.append(["package", "--locked", "--no-verify", "--allow-dirty", "--quiet", *PACKAGES])
    failed = [step[0] for step in steps if cargo(*step)]
    if not formatted(cargo):
        failed.append("fmt")
    if "package" not in failed and not is_whole(place, cmake):
        failed.append("what is packaged")
    if not readme_is_tested():
        failed.append("README.md's Rust is not in actfn/README.md")
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for option in "--cmake", "--build":
        parser.add_argument(option, required=True, type=pathlib.Path)
    parser.add_argument("--candle", action="store_true")
    options = parser.parse_args()
    name, directory = ("candle", HERE / "actfn-candle") if options.candle else ("rust", HERE)
    if not (shutil.which("cargo") and shutil.which("rustc")):
        skip(name, "no cargo")

    place = options.build.resolve() / name
    for component in "runtime", "dev":
        subprocess.run(
            [options.cmake, "--install", options.build, "--prefix", place / "prefix", "--component", component],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    cargo = Cargo(directory, place)
    version = subprocess.run(["rustc", "-vV"], capture_output=True, text=True, check=True).stdout
    if [int(part) for part in re.search(r"^release: (\d+)\.(\d+)", version, re.M).groups()] < OLDEST:
        skip(name, f"the tests' crates take Rust {OLDEST[0]}.{OLDEST[1]}")
    host = re.search(r"^host: (\S+)$", version, re.M)[1]
    if cargo("fetch", "--locked", "--quiet", "--target", host):
        skip(name, "no crate registry")

    # The other steps would compile candle, and the 150 crates below it, once more.
    failed = candle_steps(cargo) if options.candle else all_steps(cargo, place, options.cmake)
    if failed:
        sys.exit("failed: " + ", ".join(failed))


if __name__ == "__main__":
    main()
