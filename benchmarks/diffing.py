"""What ``crmclean diff`` costs beside reading both exports. The bar: at most twice the time.

OLD is the generator's file, NEW the same with seeded drift: 1 % of records gone, 1 % new, 5 % edited, 2 % of one column
emptied, phone numbers of 2 % written otherwise, one owner replaced by another.

    python -m benchmarks.diffing [rows] [runs]
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from statistics import median

from benchmarks.generator import write
from benchmarks.speed import cost_of

_READ = (
    "import sys\n"
    "from datetime import date\n"
    "from crmclean.pipeline import Settings, read_table\n"
    "tables = [read_table(path, Settings(as_of=date(2026, 11, 22)))[0] for path in sys.argv[1:]]\n"
)
_PHONE, _EMAIL, _MODIFIED, _OWNER = 10, 13, 21, 25  # columns of the generator


def drift(old: Path, new: Path, seed: int = 7) -> None:
    """Write NEW from OLD: the same seed gives the same bytes."""
    chance = random.Random(seed)
    with old.open(encoding="utf-8", newline="") as source, new.open("w", encoding="utf-8", newline="") as sink:
        sink.write(source.readline())
        n_rows, cells = 0, list[str]()
        for line in source:
            n_rows += 1
            draw = chance.random()
            if draw < 0.01:
                continue
            cells = line.rstrip("\r\n").split(";")
            if '"' not in line:
                if draw < 0.06:
                    cells[_PHONE], cells[_MODIFIED] = f"+49 89 {chance.randint(10**6, 10**7)}", "20.11.2026"
                elif draw < 0.08:
                    cells[_EMAIL] = ""
                elif draw < 0.10:
                    cells[_PHONE] = cells[_PHONE].replace("/", " ")
                cells[_OWNER] = "Team 8" if cells[_OWNER] == "Team 7" else cells[_OWNER]
            sink.write(";".join(cells) + "\r\n")
        sink.writelines(";".join([f"N{number:07d}", *cells[1:]]) + "\r\n" for number in range(n_rows // 100))


def main() -> None:
    """Print both costs and their ratio."""
    numbers = [int(a) for a in sys.argv[1:] if a.isdigit()]
    n_rows, runs = (numbers + [1_000_000, 3][len(numbers) :])[:2]
    old, new = (Path("bench-out") / f"crm-{n_rows}{name}.csv" for name in ("", "-drifted"))
    if not old.exists():
        write(n_rows, old)
    if not new.exists():
        drift(old, new)
    reading, diffing = [], []
    for _ in range(runs):
        reading.append(cost_of([sys.executable, "-c", _READ, str(old), str(new)]))
        diffing.append(cost_of([sys.executable, "-m", "crmclean", "diff", str(old), str(new), "--country", "DE", "-q"]))
    print(f"{n_rows:,} rows x 27 columns, {runs} runs, medians")
    for name, costs in (("reading both", reading), ("crmclean diff", diffing)):
        cpu, wall, peak = (median(getattr(c, a) for c in costs) for a in ("cpu_s", "wall_s", "peak_mb"))
        print(f"  {name:15} cpu {cpu:6.1f} s  wall {wall:6.1f} s  peak {peak:6.0f} MB")
    for name in ("wall_s", "cpu_s"):
        ratios = [getattr(a, name) / getattr(b, name) for a, b in zip(diffing, reading, strict=True)]
        print(f"  ratio of {name}: {median(ratios):.2f} (from {min(ratios):.2f} to {max(ratios):.2f}); the bar is 2")


if __name__ == "__main__":
    main()
