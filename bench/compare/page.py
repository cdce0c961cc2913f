# SPDX-License-Identifier: MIT
"""docs/PERFORMANCE.md: a section for each CPU.  A section is one dated, complete run.  A run replaces the section of its own
CPU and keeps the others, because hardly anybody has all of the machines."""

import os
import re

from results import LEGEND

HEAD = """# Performance

`make performance` writes this page. It replaces the section of the present machine, and keeps the sections of other machines.
[BENCHMARK.md](BENCHMARK.md) says how the times are measured and how to read them. Other machines give other numbers: run
`make bench`."""
SECTION = "## On "
# Directories of the machine that measured are left out.  The report itself has whole paths.
FOLDERS = re.compile(r"(?<!\S)/\S*/")


def escaped(text):
    return text.replace("|", "&#124;")


def table_lines(headings, rows):
    lines = ["| " + " | ".join(map(escaped, texts)) + " |" for texts in (headings, *rows)]
    lines.insert(1, "|---|---|" + "---:|" * (len(headings) - 2))
    return lines


def conditions(results):
    context = results.context
    yield "date", context["date"]
    yield "CPU", context["cpu_model"]
    yield "caches", context["cpu_caches"]
    yield "library", f"libactfn {context['actfn_version']}, {context['actfn_compiler']}, `{context['actfn_flags']}`"
    yield "subnormals", context["subnormals"]
    yield "threads", "one, on one core"
    yield "input", ", ".join(results.inputs()) + "; dy from N(0,1)"
    yield "rows", f"{context['row_length']} elements"
    yield "errors", (f"every {context['float_step']}th bit pattern, and a grid on "
                     f"[-{context['curve_end']:.0f}, {context['curve_end']:.0f}]")
    for contestant in results.contestants.values():
        if not contestant["ours"]:
            yield contestant["name"], contestant["version"] or "-"
    for missing in results.missing:
        yield missing["name"], "left out: " + FOLDERS.sub("", missing["reason"])


def section(results, tables, cpu):
    lines = [f"{SECTION}{cpu}, {results.context['date']}", "", "| condition or peer | value or version |", "|---|---|"]
    lines += [f"| {escaped(name)} | {escaped(text)} |" for name, text in conditions(results)]
    lines += [""] + [f"- {escaped(line)}" for line in LEGEND]
    for title, headings, rows in tables:
        lines += ["", f"### {escaped(title)}", "", *table_lines(headings, rows)]
    return "\n".join(lines)


def cpu_of(text):
    """The CPU of a section: its heading without the date behind the last comma."""
    return text.splitlines()[0].removeprefix(SECTION).rsplit(", ", 1)[0]


def sections_of(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        parts = re.split(rf"^(?={SECTION})", file.read(), flags=re.MULTILINE)
    return [part.strip() for part in parts[1:]]


def write_page(results, tables, cpu, path):
    """The new section comes first; the others keep their order."""
    others = [text for text in sections_of(path) if cpu_of(text) != cpu]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n\n".join([HEAD, section(results, tables, cpu), *others]) + "\n")
