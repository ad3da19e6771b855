"""Side files of a run, read back without knowing their columns beforehand."""

from __future__ import annotations

import io

import polars as pl

from crmclean.finished_run import RunFiles, checked


def read_side(run: RunFiles, key: str) -> pl.DataFrame | None:
    """A side file, all text; ``None`` if it is none.

    Raises:
        InputError: ``audit-mismatch``: missing, or changed since the run.
    """
    source = checked(run, key, run.manifest_path.parent / run.manifest["files"][key]["name"])
    try:
        return pl.read_csv(io.BytesIO(source.data), infer_schema=False, glob=False)
    except pl.exceptions.PolarsError:
        return None
