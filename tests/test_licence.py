#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every tracked file names its licence in the words that tools look for, except the kinds of file that cannot name it.

    test_licence.py SOURCE_DIR
"""
import pathlib
import subprocess
import sys

LINE = "SPDX-License-Identifier: MIT"
# The reason for each kind: it cannot name a licence, or need not.  LICENSE covers these files.
EXEMPT_KINDS = {
    ".md": "prose, which shows a comment's words to readers of the plain text",
    ".json": "has no comments",
    ".svg": "drawn by a program",
    ".abi": "written by a program",
    ".typed": "is empty",
}
EXEMPT_NAMES = {"LICENSE": "is the licence", "LICENSE-SLEEF": "is the licence of what a wheel carries",
                ".gitignore": "a list of names", "Cargo.lock": "written by cargo"}
# Folders whose bytes stay as a program found them.
EXEMPT_FOLDERS = {"corpus"}
# tests/exhaustive/report.py writes these files, and a program reads them that does not know comments.
EXEMPT_PATHS = {f"tests/exhaustive/{name}.txt" for name in ("bits", "bits_64", "bits_256", "bits_1024", "worst")}


def exempt(path):
    return (str(path) in EXEMPT_PATHS or path.suffix in EXEMPT_KINDS or path.name in EXEMPT_NAMES
            or EXEMPT_FOLDERS & set(path.parts))


root = pathlib.Path(sys.argv[1])
listed = subprocess.run(["git", "-C", root, "ls-files", "-z"], capture_output=True, text=True, check=False)
if listed.returncode:
    print("== licence lines: skipped: this is not a checkout")
    sys.exit(77)
asked, without = 0, []
for name in filter(None, listed.stdout.split("\0")):
    # A link is checked at its target.
    if exempt(pathlib.Path(name)) or (root / name).is_symlink() or not (root / name).exists():
        continue
    asked += 1
    with open(root / name, encoding="utf-8") as file:
        # The licence stands in the first line, or after the line of an interpreter.
        if not any(LINE in line for line, _ in zip(file, range(3))):
            without.append(name)
print("\n".join(f"{name} does not say {LINE}" for name in without) or f"{asked} files say {LINE}")
sys.exit(bool(without) or asked < 100)
