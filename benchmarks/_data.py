"""Where the real data to measure with lies; it is never part of the project."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

DATA = Path(os.environ.get("CRMCLEAN_DATA", Path(__file__).parents[2] / "shared" / "data"))


def data_folder() -> Path | None:
    """The data folder, or ``None`` with a word about it."""
    if DATA.is_dir():
        return DATA
    print("  no data folder: set CRMCLEAN_DATA to measure on real files; skipped")
    return None


def run_where_there(jobs: Iterable[tuple[str, Callable[[Path], object]]]) -> None:
    """Call each job with its file or folder under ``DATA``; says which are not there."""
    for name, job in jobs:
        if (DATA / name).exists():
            job(DATA / name)
        else:
            print(f"skipped, not there: {name}")
