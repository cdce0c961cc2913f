#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""bindgen turns the header into Rust, with every exported function, and the tree's copy of the result is current.

    test_bindgen.py check HEADER EXPORTS BINDINGS
    test_bindgen.py write HEADER EXPORTS BINDINGS

BINDINGS is bindings/rust/actfn-sys/src/bindings.rs; write replaces the file if more than its layout changes.
"""
import pathlib
import re
import shutil
import subprocess
import sys

# Another version of bindgen writes the same declarations in other words.
VERSION = "0.60.1"
HEAD = f"""// SPDX-License-Identifier: MIT
// Written by bindgen {VERSION} from include/actfn.h: build the target `regenerate`.
"""
OPTIONS = [
    "--disable-header-comment", "--no-doc-comments", "--use-core", "--ctypes-prefix=core::ffi", "--size_t-is-usize",
    "--no-prepend-enum-name", "--allowlist-function=actfn_.*", "--allowlist-type=actfn_.*", "--allowlist-var=ACTFN_.*",
    "--blocklist-type=__u?int(32|64)_t",
]


def skip(action, reason):
    print(f"== bindgen: skipped: {reason}")
    sys.exit(77 if action == "check" else 0)


def words(text):
    """The text in a layout that does not depend on the version of rustfmt."""
    return re.sub(r",(?=[)}\]>])", "", re.sub(r"\s", "", text))


def main():
    action, header, exports, kept = sys.argv[1:]
    kept = pathlib.Path(kept)
    if not shutil.which("bindgen"):
        skip(action, "not installed")
    # bindgen runs in the workspace's folder, where rustfmt finds its settings.
    result = subprocess.run(["bindgen", *OPTIONS, pathlib.Path(header).resolve()], cwd=kept.parent,
                            stdout=subprocess.PIPE, text=True, check=True)
    wanted = set(re.findall(r"^(actfn_\w+)$", pathlib.Path(exports).read_text(encoding="utf-8"), re.M))
    found = set(re.findall(r"pub fn (actfn_\w+)", result.stdout))
    for name in sorted(wanted - found):
        print("not in the Rust bindings:", name)
    print(len(found), "functions")
    if not wanted or wanted - found or not re.search(r"ACTFN_VERSION_MAJOR\s*:\s*u32", result.stdout):
        sys.exit(1)

    version = subprocess.run(["bindgen", "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
    if version != VERSION:
        skip(action, f"{kept.name} is made by {VERSION}, and here is {version}")
    fresh = HEAD + result.stdout
    if kept.exists() and words(kept.read_text(encoding="utf-8")) == words(fresh):
        return
    if action == "check":
        sys.exit(f"{kept} is not current: build the target 'regenerate'")
    kept.write_text(fresh, encoding="utf-8")
    print(kept)


main()
