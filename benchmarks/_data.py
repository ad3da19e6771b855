"""Where the real data to measure with lies; it is never part of the project."""

from __future__ import annotations

import os
from pathlib import Path

DATA = Path(os.environ.get("CRMCLEAN_DATA", Path(__file__).parents[2] / "shared" / "data"))


def data_folder() -> Path | None:
    """The data folder, or ``None`` with a word about it."""
    if DATA.is_dir():
        return DATA
    print("  no data folder: set CRMCLEAN_DATA to measure on real files; skipped")
    return None
