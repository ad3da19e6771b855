"""Lines that were no records and yet hold one that goes."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from crmclean.table import Reject

_SHORT = 4  # an id of fewer signs is no evidence anywhere but in its own column: "17" is many things


def rejects_holding(
    rejects: Sequence[Reject],
    layout: Mapping[str, Any],
    ids: Collection[str],
    id_column: int,
    values: Collection[str],
) -> list[int]:
    """Positions of the rejects that hold a record.

    Args:
        rejects: of the table.
        layout: of its file.
        ids: of the record.
        id_column: its position, from 0.
        values: that only this record has, and that belong to one person or company: addresses, numbers.
    """
    # Where cells can be told apart the id stands in its column; elsewhere a long one is known wherever it stands.
    known = {*values, *(one for one in ids if len(one) >= _SHORT and "delimiter" not in layout)}
    within = re.compile("|".join(rf"(?<!\w){re.escape(one)}(?!\w)" for one in sorted(known)))
    found = []
    for at, reject in enumerate(rejects):
        cells = _cells(reject.raw, layout)
        has_id = id_column < len(cells) and cells[id_column] in ids
        if has_id or (known and within.search(reject.raw)):
            found.append(at)
    return found


def _cells(raw: str, layout: Mapping[str, Any]) -> list[str]:
    delimiter = layout.get("delimiter", "\t")
    if len(delimiter) == 1 and layout.get("quote", '"'):
        try:
            rows = list(csv.reader([raw], delimiter=delimiter, quotechar=layout.get("quote", '"')))
        except csv.Error:
            rows = []
        if rows:
            return [cell.strip() for cell in rows[0]]
    return [cell.strip().strip('"') for cell in raw.split(delimiter)]
