"""From the files of a run back to the input, byte for byte for text, cell for cell for the other formats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, cast

import polars as pl

from crmclean.core.language import Text
from crmclean.core.registry import WRITERS
from crmclean.finished_run import EXACT, RunFiles, not_the_input, rejects_of, versions
from crmclean.formats.manifest import mismatch, table_of
from crmclean.formats.outputs import OutputSet
from crmclean.formats.packing import HashingSink, packed
from crmclean.table import Table

RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Undone:
    """What came of an undo.

    Attributes:
        name: of the file the run read, without its folder.
        file_format: as which it was written now.
        is_exact: whether the bytes are those of the input; else it is the same table.
        n_rows: records.
        n_changes: cells that were put back.
    """

    name: str
    file_format: str
    is_exact: bool
    n_rows: int
    n_changes: int


def undo(run: RunFiles, outputs: OutputSet, key: str = RESTORED) -> Undone:
    """Rebuild the input of a run into a set of outputs; nothing is in place before its commit.

    Args:
        run: as found by ``find_run``.
        outputs: with a place for ``key``.
        key: of the restored file.

    Raises:
        InputError: ``audit-mismatch``: a file was changed since, or what comes out is not the input.
        OutputError: can't be written.
    """
    try:
        return _undo(run, outputs, key)
    except (KeyError, TypeError, ValueError, IndexError, pl.exceptions.PolarsError):
        # Only an edited manifest gets here: everything else has been compared with its hashes.
        what = Text("the manifest does not fit its files", "das Manifest passt nicht zu seinen Dateien")
        raise mismatch(run.manifest_path, what) from None


def _undo(run: RunFiles, outputs: OutputSet, key: str) -> Undone:
    manifest = run.manifest
    facts = manifest["input"]
    rejects = rejects_of(run)
    for version in versions(run):
        if _restore(run, outputs, key, table_of(manifest, version.frame, rejects)):
            is_exact = outputs.sha256[key] == facts["sha256"]
            return Undone(facts["name"], manifest["written"]["format"], is_exact, version.frame.height, version.n_cells)
    raise not_the_input(run)


def is_input(run: RunFiles, table: Table) -> bool:
    """Whether a table is what the run read, as far as its hash can tell; nothing is written."""
    file_format = run.manifest["written"]["format"]
    if file_format not in EXACT:
        return True
    sink = HashingSink()
    WRITERS[file_format].restore(table, table.frame, cast("BinaryIO", sink))
    return sink.hexdigest() == str(run.manifest["input"]["content_sha256"])


class _NotTheInputError(Exception):
    """What would be written is not what was read."""


def _require_hash(sink: HashingSink, sha256: str) -> None:
    if sink.hexdigest() != sha256:
        raise _NotTheInputError


def _restore(run: RunFiles, outputs: OutputSet, key: str, table: Table) -> bool:
    """Write the restored file; not if its content is known to be another one."""
    file_format, facts = run.manifest["written"]["format"], run.manifest["input"]
    try:
        with outputs.open(key) as sink, packed(sink, facts["compression"]) as file:
            if file_format not in EXACT:
                WRITERS[file_format].restore(table, table.frame, file)
                return True
            hashing = HashingSink(file)
            WRITERS[file_format].restore(table, table.frame, cast("BinaryIO", hashing))
            _require_hash(hashing, facts["content_sha256"])
    except _NotTheInputError:
        return False
    return True
