"""What an erasure took away, and the proof of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crmclean.erasing.searching import Searched


@dataclass(frozen=True, slots=True)
class ErasedFile:
    """One file of a run.

    Attributes:
        name: as seen from the manifest's folder.
        n_rows: of it that went.
        sha256_before: of its bytes before.
        sha256_after: and afterwards; empty: the whole file went.
    """

    name: str
    n_rows: int
    sha256_before: str
    sha256_after: str


@dataclass(frozen=True, slots=True)
class Erasure:
    """What went.

    Attributes:
        records: keyed hashes of the record ids, in hexadecimal digits.
        key: of those hashes, where it was made for them and no manifest keeps it; else empty.
        n_records: records of the export that went; for a folder that numbers the records of others 0.
        files: what was written anew, or removed.
        states: rows that went from the tables of states, by the state's path.
        missing_states: states the run used that were not found.
        replaced: golden cells that hold what the records left agree on.
        emptied: golden cells that are empty now.
        searched: what a search for the record's values found afterwards; ``None``: nothing was searched.
        kept_answers_removed: whether kept answers of directories went.
        reports: files with figures that still count the record.
        others: files in the folder that the run did not write, and that may hold the record.
        was_erased: nothing was there: all of it had been erased before.
    """

    records: tuple[str, ...]
    key: bytes = b""
    n_records: int = 0
    files: tuple[ErasedFile, ...] = ()
    states: Mapping[str, Mapping[str, int]] | None = None
    missing_states: tuple[str, ...] = ()
    replaced: int = 0
    emptied: int = 0
    searched: Searched | None = None
    kept_answers_removed: bool = False
    reports: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    was_erased: bool = False


def proof(done: Erasure, day: str, *, is_planned: bool) -> dict[str, Any]:
    """What went, as JSON values: no id, no value, only keyed hashes, names of files and counts.

    The key is in it where it would be nowhere else, so that an id can be held against the proof of a state; who must
    not be able to try ids out names a key of his own.

    Args:
        done: see ``Erasure``.
        day: on which it was done, ISO 8601.
        is_planned: nothing was done yet.
    """
    return {
        "schema_version": "1",
        "date": day,
        "planned": is_planned,
        "records": list(done.records),
        "key": done.key.hex() or None,
        "n_records": done.n_records,
        "already_erased": done.was_erased,
        "files": [
            {
                "name": file.name,
                "rows_removed": file.n_rows,
                "sha256_before": file.sha256_before,
                "sha256_after": file.sha256_after or None,
            }
            for file in done.files
        ],
        "states": [{"name": name, "rows_removed": dict(removed)} for name, removed in (done.states or {}).items()],
        "states_not_found": list(done.missing_states),
        "golden_cells": {"replaced": done.replaced, "emptied": done.emptied},
        "kept_answers_removed": done.kept_answers_removed,
        "searched": None
        if done.searched is None
        else {
            "values": done.searched.n_values,
            "files": len(done.searched.files),
            "still_holding": list(done.searched.holding),
        },
        "reports_unchanged": list(done.reports),
        "other_files": list(done.others),
    }
