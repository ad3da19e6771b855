"""CPU and memory of ``crmclean clean`` against polars reading and writing the same file.

Both run as whole processes in turn; compare the ratio of one run, never single times. The bar: at most 6 times the CPU
and 1.5 GB for 1,000,000 rows x 27 columns.

    python -m benchmarks.speed [rows] [runs]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.generator import write

_POLARS = (
    "import polars as pl, sys\n"
    "pl.read_csv(sys.argv[1], separator=';', infer_schema=False).write_csv(sys.argv[2], separator=';')"
)


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one whole process.

    Attributes:
        cpu_s: user and system seconds.
        wall_s: elapsed seconds.
        peak_mb: largest resident set, MB.
    """

    cpu_s: float
    wall_s: float
    peak_mb: float


def cost_of(command: list[str]) -> Cost:
    """Run a command to its end and read what the kernel charged for it, children included."""
    started = os.times().elapsed
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"failed: {command}")
    return Cost(usage.ru_utime + usage.ru_stime, os.times().elapsed - started, usage.ru_maxrss / 1024)


def main() -> None:
    """Print both costs and their ratio."""
    numbers = [int(a) for a in sys.argv[1:] if a.isdigit()]
    n_rows, runs = (numbers + [1_000_000, 3][len(numbers) :])[:2]
    source = Path("bench-out") / f"crm-{n_rows}.csv"
    if not source.exists():
        write(n_rows, source)
    ours, theirs = [], []
    with tempfile.TemporaryDirectory(dir=source.parent) as out:
        for run in range(runs):
            theirs.append(cost_of([sys.executable, "-c", _POLARS, str(source), f"{out}/polars.csv"]))
            cleaned = ["clean", str(source), "-o", f"{out}/clean{run}.csv", "--country", "DE", "-q"]
            ours.append(cost_of([sys.executable, "-m", "crmclean", *cleaned, "--as-of", "2026-11-22"]))
    print(f"{n_rows:,} rows x 27 columns, {source.stat().st_size / 1e6:.0f} MB, {runs} runs, medians")
    for name, costs in (("polars read_csv -> write_csv", theirs), ("crmclean clean", ours)):
        cpu, wall, peak = (median(getattr(c, a) for c in costs) for a in ("cpu_s", "wall_s", "peak_mb"))
        print(f"  {name:30} cpu {cpu:6.1f} s  wall {wall:6.1f} s  peak {peak:6.0f} MB")
    ratios = [a.cpu_s / b.cpu_s for a, b in zip(ours, theirs, strict=True)]
    print(f"  ratio of CPU: {median(ratios):.2f} (from {min(ratios):.2f} to {max(ratios):.2f}); the bar is 6")


if __name__ == "__main__":
    main()
