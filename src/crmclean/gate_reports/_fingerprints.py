"""Names for findings that stay the same from run to run, by which CI systems tell new ones from fixed ones."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

_BYTES = 16


def fingerprints(path: str, rows: Iterable[dict[str, Any]], *, by_row: bool = False) -> Iterator[str]:
    """One for each finding, all different.

    Made of the file, the code, the record (by id or its keyed hash where it has one, else by row, a rejected line by
    its number) and the column. The value is not part of it: it would have to be guessed only to be confirmed.
    With ``by_row`` the row has to do: a hash with a key of the file's is another one in every export.
    """
    seen: Counter[str] = Counter()
    for row in rows:
        who = f"id {row['record_id'].strip()}" if row["record_id"] and not by_row else f"row {row['row'] or ''}"
        if row["row"] is None and row["line"] is not None:
            who = f"line {row['line']}"
        key = "\0".join((path, row["code"], who, row["column"] or ""))
        seen[key] += 1
        nth = f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass")
        yield hashlib.blake2b(nth, digest_size=_BYTES).hexdigest()
