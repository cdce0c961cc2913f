# SPDX-License-Identifier: MIT
"""Runs actfn_compare, prints its results as tables, and writes them as JSON, CSV and one HTML page.  bench/pinned.sh first pins
the script to a core.  With --markdown the script writes the tables of an existing report into docs/PERFORMANCE.md."""

import argparse
import csv
import datetime
import html
import os
import subprocess
import sys
import textwrap

from page import write_page
from results import LEGEND, PEER_HEADINGS, Results, bytes_text, header_lines, kind_tables, size_text, table


def arguments():
    parser = argparse.ArgumentParser(prog="report.py", description=__doc__)
    parser.add_argument("--program", help="actfn_compare as built; without this option an existing report is written anew")
    parser.add_argument("--to", required=True, metavar="DIR", help="the folder of the report")
    parser.add_argument("--plan", default="usual", choices=("check", "usual", "full"))
    parser.add_argument("--type", default="f32", choices=("f32", "f16", "bf16"), help="of the buffers of all contestants")
    parser.add_argument("--ops", help="only these operations, comma-separated")
    parser.add_argument("--without", help="without these peers, comma-separated, such as python,mkl")
    parser.add_argument("--python", default=os.environ.get("ACTFN_BENCH_PYTHON") or f"{sys.executable},python3",
                        help="interpreters that may have PyTorch and ONNX Runtime, comma-separated "
                             "(default: ACTFN_BENCH_PYTHON, or this one and the first in the path)")
    parser.add_argument("--markdown", metavar="FILE", help="write the tables into this page of Markdown, in place of what "
                        "it says of the same CPU; what it says of other CPUs stays")
    parser.add_argument("--cpu", metavar="NAME", help="with --markdown: the CPU's name, where the system's says too little")
    return parser.parse_args()


def run(options, path):
    pythons = ",".join(dict.fromkeys(options.python.split(",")))
    command = [options.program, f"--out={path}", f"--plan={options.plan}", f"--python={pythons}"]
    command += [f"--{name}={value}" for name in ("ops", "without", "type") if (value := getattr(options, name))]
    done = subprocess.run(command, check=False)
    if done.returncode:
        sys.exit(f"report.py: {options.program} failed ({done.returncode})")


# ---- text ------------------------------------------------------------------------------------------------------------


def print_table(headings, rows):
    """Headings break at their spaces, so that a column is only as wide as its cells or the longest word of its heading."""
    widths = [max([*map(len, column), *map(len, heading.split())]) for heading, *column in zip(headings, *rows)]
    broken = [textwrap.wrap(heading, width) for heading, width in zip(headings, widths)]
    height = max(map(len, broken))
    above = [list(line) for line in zip(*([""] * (height - len(lines)) + lines for lines in broken))]
    names = {k for k, text in enumerate(headings) if k < 2 or text in PEER_HEADINGS}
    for texts in above + rows:
        print("  ".join(text.ljust(width) if k in names else text.rjust(width)
                        for k, (text, width) in enumerate(zip(texts, widths))).rstrip())


def sections(results):
    """(title, headings, rows) of each table."""
    for of_input in results.inputs():
        for n in results.sizes(of_input):
            if n in (4 << 10, 64 << 10, 16 << 20):
                yield (f"{of_input}, {size_text(n)} elements ({bytes_text(n, results.type)} a buffer)",) + table(results, of_input, n)
    yield from kind_tables(results)


def print_all(results):
    for line in header_lines(results):
        print(line)
    print()
    for line in LEGEND:
        print(f"  {line}")
    for title, headings, rows in sections(results):
        print(f"\n{title}")
        print_table(headings, rows)


# ---- files -----------------------------------------------------------------------------------------------------------


def write_csv(results, path):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["operation", "direction", "input", "elements", "by_kind_of_input", "contestant", "version", "isa",
                         "ns_an_element", "deviation_percent", "times_our_time", "max_ulp", "max_ulp_at", "flushes_subnormals",
                         "wrong_specials"])
        cells = [(key, cell, False) for key, cell in results.cells.items()]
        cells += [(key, cell, True) for key, cell in results.by_input.items()]
        for key, cell, by_input in cells:
            for name, timing in cell.items():
                contestant, error = results.contestants[name], results.errors.get((key.op, key.direction, name))
                ratio = f"{results.ratio(timing, cell[results.best]):.4g}" if results.best in cell else ""
                judged = [""] * 4
                if error:
                    judged = [f"{error['ulp']:.4g}", error["at"], int(error["flushes"]), error["wrong"]]
                writer.writerow([*key, int(by_input), name, contestant["version"], contestant["isa"], f"{timing.ns:.5g}",
                                 f"{timing.spread:.2f}", ratio, *judged])


STYLE = """body { font: 14px sans-serif; margin: 2em; }
table { border-collapse: collapse; margin: 1em 0; font-size: 12px; }
td, th { padding: 1px 8px; text-align: right; border-bottom: 1px solid #ddd; white-space: nowrap; }
td:nth-child(-n+2) { text-align: left; } img { max-width: 100%; } th { position: sticky; top: 0; background: #fff; }"""


def html_table(headings, rows):
    def line(tag, texts):
        return "<tr>" + "".join(f"<{tag}>{html.escape(text)}</{tag}>" for text in texts) + "</tr>"
    return "<table>" + line("th", headings) + "".join(line("td", row) for row in rows) + "</table>"


def write_html(results, plots, path):
    parts = ["<!DOCTYPE html><html lang='en'><meta charset='utf-8'><title>libactfn beside its peers</title>",
             f"<style>{STYLE}</style><h1>libactfn beside its peers</h1>"]
    parts += [f"<p>{html.escape(line)}</p>" for line in (*header_lines(results), results.context["date"])]
    parts.append("<ul>" + "".join(f"<li>{html.escape(line)}</li>" for line in LEGEND) + "</ul>")
    for title, headings, rows in sections(results):
        parts.append(f"<details><summary>{html.escape(title)}</summary>{html_table(headings, rows)}</details>")
    parts.append("<p>The upper plots show throughput against size; memcpy is the upper limit. The lower plots show the "
                 "largest error in ULP near x. An infinite error is drawn at the upper edge, and the line is at 4 ULP.</p>")
    for op, picture in plots(results):
        parts.append(f"<h2>{html.escape(op)}</h2><img alt='{html.escape(op)}' src='{picture}'>")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(parts) + "</html>\n")


def main():
    options = arguments()
    if not options.markdown:
        from plots import plots  # if matplotlib is missing, fail before the run and not after it
    os.makedirs(options.to, exist_ok=True)
    path = os.path.join(options.to, "report.json")
    if options.program:
        run(options, path)
    results = Results(path)
    # The date of the run, also if its files are written again later.
    results.context["date"] = datetime.date.fromtimestamp(os.path.getmtime(path)).isoformat()
    if options.markdown:
        if results.type != "f32":
            sys.exit(f"report.py: the page is about floats, and this report about {results.type}")
        write_page(results, sections(results), options.cpu or results.context["cpu_model"], options.markdown)
        return
    print_all(results)
    write_csv(results, os.path.join(options.to, "report.csv"))
    write_html(results, plots, os.path.join(options.to, "report.html"))
    print(f"\n{options.to}: report.html, report.csv, report.json")


main()
