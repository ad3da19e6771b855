"""Makes an export with known duplicates.

    python -m benchmarks.duplicates office 100000 bench-out/office-100000.csv --seed 7

Without arguments: makes one of 10,000 records in each model, throws it away, and prints what it took.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from benchmarks.duplicates.export import NOISE, SEED, Model, n_pairs, truth_path, write


def _make(model: Model, n_rows: int, path: Path, seed: int) -> None:
    started = time.process_time()
    write(model, n_rows, path, seed)
    took = time.process_time() - started
    print(f"{model:6} {n_rows:>9,} records, {n_pairs(path):>7,} pairs, {took:5.1f} s CPU: {path}, {truth_path(path)}")


def main() -> None:
    """Read the command line and write the two files."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.duplicates", description=__doc__)
    parser.add_argument("model", choices=sorted(NOISE), nargs="?")
    parser.add_argument("n", type=int, nargs="?", help="records")
    parser.add_argument("file", type=Path, nargs="?", help="the export; its truth is written beside it")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    if given.model and given.n and given.n > 0 and given.file:
        _make(given.model, given.n, given.file, given.seed)
    elif given.model:
        parser.error("give MODEL, N (at least 1) and FILE")
    else:
        with tempfile.TemporaryDirectory() as folder:
            for model in NOISE:
                _make(model, 10_000, Path(folder) / f"{model}.csv", given.seed)


if __name__ == "__main__":
    main()
