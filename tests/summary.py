#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""summary.py PRESET...: adds up the results of ctest of each preset, and names the failed and the skipped tests."""
import pathlib
import re
import sys
import xml.etree.ElementTree

totals = {"passed": 0, "failed": 0, "skipped": 0}
notes = []

for preset in sys.argv[1:]:
    path = pathlib.Path("build/results", f"{preset}.xml")
    counts = dict.fromkeys(totals, 0)
    if path.exists():
        for case in xml.etree.ElementTree.parse(path).getroot().iter("testcase"):
            status = {"run": "passed", "fail": "failed"}.get(case.get("status"), "skipped")
            counts[status] += 1
            if status == "passed":
                # The test prints its own count.
                if counted := re.search(r"^bad input: .*$", case.findtext("system-out") or "", re.MULTILINE):
                    notes.append(f"{preset}: {counted[0]}")
                continue
            # A test that skips itself prints the reason.
            reason = re.search(r"^== (.*?): skipped: (.*)$", case.findtext("system-out") or "", re.MULTILINE)
            notes.append(f"{status}: {preset}: {case.get('name')}" + (f": {reason[2]}" if reason else ""))
    if not any(counts.values()):
        counts["failed"] = 1
        notes.append(f"failed: {preset}: did not get as far as its tests")
    print(f"{preset:10}", ", ".join(f"{number} {status}" for status, number in counts.items()))
    for status in totals:
        totals[status] += counts[status]

print(*notes, sep="\n")
print(", ".join(f"{number} {status}" for status, number in totals.items()))
sys.exit(bool(totals["failed"]))
