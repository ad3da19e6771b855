"""Other matchers over the same normalised records, each in an environment of its own."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks._matching_run import Found
from crmclean.matching.subjects import COMPANY
from crmclean.measures.agreement import Truth

TOOLS = ("splink", "recordlinkage", "goldenmatch")
_ROOT = Path(__file__).parents[1]


def write_for_peers(found: Found, truth: Truth, path: Path) -> None:
    """Write what we compare, for others: Parquet, one column of comparison keys a field, null for nothing.

    The second column of a field is ``phone_2``. ``unique_id`` is the row, ``is_company`` (``1`` or ``0``) says what
    the record names, and ``truth`` its entity, for measuring alone.
    """
    columns = [
        key.alias(field if not at else f"{field}_{at + 1}")
        for field, keys in found.cells.keys.items()
        for at, key in enumerate(keys)
    ]
    is_company = (found.matched.subjects.facets["entity"] == COMPANY).fill_null(value=False)
    frame = pl.DataFrame([truth.entity.cast(pl.String).alias("truth"), *columns]).with_row_index("unique_id")
    frame.with_columns(is_company=is_company.cast(pl.Int8).cast(pl.String)).write_parquet(path)


def run_peer(tool: str, python: Path, records: Path) -> dict[str, Any] | None:
    """Run ``benchmarks.peers.<tool>`` with that interpreter; ``None`` where the tool is not there or fails."""
    if subprocess.run([str(python), "-c", f"import {tool}"], check=False, capture_output=True).returncode:
        return None
    command = [str(python), "-m", f"benchmarks.peers.{tool}", str(records)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=_ROOT)
    if done.returncode:
        print(f"  {tool} failed: {done.stderr.strip().splitlines()[-1:]}")
        return None
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found
