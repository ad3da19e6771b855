"""Dynamics 365: the workbook it takes back, which needs its three hidden columns untouched, and the pairs to merge.

Sources: "Export to Excel" for re-import: ``(Do Not Modify) <Entity>``, ``Row Checksum`` and ``Modified On`` of each
record as exported; the ``Merge`` action ``{Target, Subordinate, UpdateContent, PerformParentingChecks}``.
"""

from __future__ import annotations

import io
from dataclasses import replace

import polars as pl

from crmclean.core.language import Text
from crmclean.core.registry import WRITERS
from crmclean.crm_files._upsert import changed, groups_of, remarks, side_bytes, spread
from crmclean.merge_back import CrmFile, Made, MergeBack

_UNTOUCHED = ("(do not modify)", "(nicht ändern)")
_NEEDED = 3


def make(back: MergeBack) -> Made:
    """``dynamics365_update.xlsx`` and ``dynamics365_merge.csv``."""
    pairs = spread(groups_of(back, 2), ("Subordinate",)).select(
        Entity="object", Target="winner_id", Subordinate="Subordinate", PerformParentingChecks=pl.lit("false")
    )
    files = {"dynamics365_merge.csv": side_bytes(pairs)}
    own = [
        name
        for name, label in zip(back.table.names, back.table.labels, strict=True)
        if label.casefold().startswith(_UNTOUCHED)
    ]
    if len(own) < _NEEDED:
        lacking = Text(
            "no workbook for the import: the export lacks one of the three columns (Do Not Modify); they are hidden in "
            "the workbook Dynamics exports",
            "keine Mappe für den Import: dem Export fehlt eine der drei Spalten (Nicht ändern); in der Mappe, die "
            "Dynamics exportiert, sind sie ausgeblendet",
        )
        return Made(files, (*remarks(back), lacking))
    # Checksum and time are those of the surviving record, or the import takes the row for a conflict.
    golden = back.golden.with_columns(back.before[name] for name in own)
    is_changed = changed(replace(back, golden=golden))
    return Made({**files, "dynamics365_update.xlsx": _workbook(back, golden.filter(is_changed))}, remarks(back))


def _workbook(back: MergeBack, frame: pl.DataFrame) -> bytes:
    sink = io.BytesIO()
    WRITERS["xlsx"].write(replace(back.table, frame=frame, rejects=(), layout={}), frame, sink)
    return sink.getvalue()


CRM_FILE = CrmFile("dynamics365", "Dynamics 365", make)
