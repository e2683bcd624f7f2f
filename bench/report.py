"""Medians and ratios of one benchmark's turns; prints them and replaces their rows in results.md.

    python3 bench/report.py ANSWERS FILES.txt MEMORY.txt      each line: side milliseconds
"""

import statistics
import sys
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results.md"
HEAD = "# Results\n\nRatios of medians, peer time / our time: above 1 means we are faster.\n\n| row | work | ours | peer | ratio | target |\n|---|---|---|---|---|---|\n"
MEMORY_TARGETS = {"polars": 10, "duckdb": 10, "numpy": 1}


def medians(path):
    times = {}
    for line in Path(path).read_text(encoding="utf-8").split("\n"):
        if line:
            side, took = line.split()
            times.setdefault(side, []).append(float(took))
    return {side: statistics.median(values) for side, values in times.items()}


def row(number, work, ours, name, peer, target):
    print(f"{number} {work}: ours {ours:.1f} ms / {name} {peer:.1f} ms = {peer / ours:.2f} (target {target})")
    return f"| {number} | {work} | {ours:.1f} ms | {name} {peer:.1f} ms | {peer / ours:.2f}× | ≥ {target}× |"


def main(answers, files, memory):
    rows = []
    times = medians(files)
    ours = times.pop("ours")
    rows += [row("P7", f"{answers} answers, files to files", ours, name, peer, 1) for name, peer in sorted(times.items())]
    times = medians(memory)
    if "ours" in times:
        ours = times.pop("ours")
        rows += [row("P8", f"{answers} answers in memory", ours, name, peer, MEMORY_TARGETS[name]) for name, peer in sorted(times.items())]
    else:
        print("P8: no example score_in_memory, not measured")
    replaced = {line.split("|")[1].strip() for line in rows}
    old = RESULTS.read_text(encoding="utf-8").split("\n") if RESULTS.exists() else []
    kept = [line for line in old if line.startswith("| P") and line.split("|")[1].strip() not in replaced]
    order = lambda line: int(line.split("|")[1].strip()[1:])
    RESULTS.write_text(HEAD + "\n".join(sorted(kept + rows, key=order)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:4])
