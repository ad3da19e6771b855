"""From the files of a run back to the input, byte for byte for text, cell for cell for the other formats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import polars as pl

from crmclean.core.errors import InputError
from crmclean.core.language import Text
from crmclean.core.registry import READERS, WRITERS
from crmclean.formats.changes import put_back
from crmclean.formats.csv_layout import in_encoding
from crmclean.formats.manifest import MANIFEST, mismatch, read_manifest, table_of
from crmclean.formats.output_targets import bare_stem
from crmclean.formats.outputs import OutputSet, finish_killed
from crmclean.formats.packing import HashingSink, packed
from crmclean.formats.side_csv import read_raw_csv, read_side_csv
from crmclean.formats.source import open_source
from crmclean.table import CHANGES_SCHEMA, FileFacts, ReadOptions, Source, Table

RESTORED = "restored"
_MAX_BYTES = 16 * 1024**3  # of our own files, whose hashes are checked: no bomb to fear
_EXACT = ("csv", "jsonl")


@dataclass(frozen=True, slots=True)
class RunFiles:
    """The files of a run on disk.

    Attributes:
        manifest_path: where the manifest lies.
        manifest: its content.
        cleaned: the cleaned file.
        changes: the change log.
        rejects: the lines that were no records.
    """

    manifest_path: Path
    manifest: Mapping[str, Any]
    cleaned: Path
    changes: Path
    rejects: Path

    @property
    def paths(self) -> tuple[Path, ...]:
        """All of them, for ``OutputSet(inputs=…)``."""
        return self.manifest_path, self.cleaned, self.changes, self.rejects


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


def find_run(place: Path, *, cleaned: Path | None = None) -> RunFiles:
    """The files of the run at a place.

    Args:
        place: the folder of a run, a manifest, or the file ``clean -o`` wrote.
        cleaned: the cleaned file, where it has been moved or went to standard output.

    Raises:
        InputError: ``file-not-found``, ``audit-mismatch``.
        LockedError: the run is still writing.
    """
    finish_killed(place if place.is_dir() else place.parent)
    path = _manifest_path(place)
    manifest = read_manifest(path)
    try:
        names = {key: manifest["files"][key]["name"] for key in ("cleaned", "changes.csv", "rejects.csv")}
    except (KeyError, TypeError):
        raise mismatch(
            path, Text("a file of the run is not listed", "eine Datei des Laufs fehlt in der Liste")
        ) from None
    if not names["cleaned"] and cleaned is None:
        raise mismatch(
            path, Text("the cleaned file went to standard output", "die bereinigte Datei ging auf die Standardausgabe")
        )
    folder = path.parent
    return RunFiles(
        path,
        manifest,
        cleaned or folder / names["cleaned"],
        folder / names["changes.csv"],
        folder / names["rejects.csv"],
    )


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
    facts, counts = manifest["input"], manifest["counts"]
    changes = read_side_csv(_checked(run, "changes.csv", run.changes).data, list(CHANGES_SCHEMA))
    if changes is None or changes.height != counts["changes"]:
        raise mismatch(run.changes, Text("this is not the run's change log", "das ist nicht das Änderungsprotokoll"))
    rejects = read_raw_csv(_checked(run, "rejects.csv", run.rejects).data, ("line", "code", "raw"))
    if rejects is None or rejects.height != counts["rejects"]:
        raise mismatch(
            run.rejects, Text("these are not the run's rejects", "das sind nicht die zurückgewiesenen Zeilen")
        )
    cleaned = _read_cleaned(run, _checked(run, "cleaned", run.cleaned))
    frame = put_back(cleaned.frame, changes) if cleaned.frame.height == counts["rows"] else None
    if frame is None:
        what = Text(
            "the change log does not fit the cleaned file", "Änderungsprotokoll und Datei passen nicht zusammen"
        )
        raise mismatch(run.changes, what)
    file_format = manifest["written"]["format"]
    table = table_of(manifest, frame, rejects)
    with outputs.open(key) as sink, packed(sink, facts["compression"]) as file:
        hashing = HashingSink(file)
        target = cast("BinaryIO", hashing) if file_format in _EXACT else file
        WRITERS[file_format].restore(table, frame, target)
        is_same = hashing.hexdigest() == facts["content_sha256"]
        if file_format in _EXACT and not is_same:
            raise mismatch(
                run.manifest_path,
                Text("what comes out is not the input of the run", "heraus käme nicht die Eingabe des Laufs"),
            )
    is_exact = outputs.sha256[key] == facts["sha256"]
    return Undone(facts["name"], file_format, is_exact, frame.height, changes.height)


def _manifest_path(place: Path) -> Path:
    """The manifest of a folder, beside a cleaned file, or itself."""
    if not place.is_dir():
        if place.name.endswith(MANIFEST):
            return place
        return place.with_name(f"{bare_stem(place)}.{MANIFEST}")
    if (place / MANIFEST).exists():
        return place / MANIFEST
    found = sorted(path for path in place.iterdir() if path.name.endswith(f".{MANIFEST}"))
    return found[0] if len(found) == 1 else place / MANIFEST


def _checked(run: RunFiles, key: str, path: Path) -> Source:
    """A file of the run, if it is still what the run wrote."""
    try:
        source = open_source(str(path), _MAX_BYTES)
    except InputError as error:
        what = Text("a file of the run is missing or can't be read", "eine Datei des Laufs fehlt oder ist nicht lesbar")
        raise mismatch(path, what) from error
    if source.sha256 != run.manifest["files"][key]["sha256"]:
        raise mismatch(path, Text("changed since the run", "seit dem Lauf verändert"))
    return source


def _read_cleaned(run: RunFiles, source: Source) -> Table:
    """The cleaned file, read by the layout it was written in."""
    written = run.manifest["written"]
    layout = run.manifest["layout"]
    if written["encoding"]:
        layout = in_encoding(layout, written["encoding"])
    reader = next(reader for reader in READERS.values() if written["format"] in reader.formats)
    facts = FileFacts(source.shown, written["format"], source.compression, source.size_bytes, source.sha256, {})
    table: Table = reader.read(source.data, facts, ReadOptions(layout=layout, max_uncompressed=_MAX_BYTES))
    return table
