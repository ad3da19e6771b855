"""From the files of a run back to the input, byte for byte for text, cell for cell for the other formats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import polars as pl

from crmclean.core.errors import InputError
from crmclean.core.language import Text
from crmclean.core.registry import READERS, WRITERS
from crmclean.formats.changes import put_back
from crmclean.formats.csv_layout import in_encoding, read_back
from crmclean.formats.headers import unique_names
from crmclean.formats.layout_rows import of_rows, with_columns
from crmclean.formats.manifest import MANIFEST, mismatch, read_manifest, table_of
from crmclean.formats.output_targets import bare_stem
from crmclean.formats.outputs import OutputSet, finish_killed
from crmclean.formats.packing import HashingSink, packed
from crmclean.formats.side_csv import read_raw_csv, read_side_csv
from crmclean.formats.source import open_source
from crmclean.merging.files import GOLDEN, LINK_LABELS, LINKED, PROVENANCE
from crmclean.merging.unmerge import PROVENANCE_COLUMNS, kept_rows, unmerged
from crmclean.plugins import ReadOptions
from crmclean.table import CHANGES_SCHEMA, FileFacts, Source, Table

RESTORED = "restored"
_MAX_BYTES = 16 * 1024**3  # of our own files, whose hashes are checked: no bomb to fear
_EXACT = ("csv", "jsonl")
_CHANGES_NOTHING = ("dedupe",)
_NOTHING_TO_UNDO = (
    Text(
        "there is nothing to undo: dedupe changes nothing", "hier ist nichts rückgängig zu machen: dedupe ändert nichts"
    ),
    Text("the export is as it was; delete the folder", "der Export ist unverändert; der Ordner kann gelöscht werden"),
)


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
        """All of them: what must not be written over."""
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
    if manifest.get("command") in _CHANGES_NOTHING:
        raise mismatch(path, *_NOTHING_TO_UNDO)
    keys = _keys_of(manifest)
    try:
        names = {key: manifest["files"][key]["name"] for key in keys if key}
    except (KeyError, TypeError):
        raise mismatch(
            path, Text("a file of the run is not listed", "eine Datei des Laufs fehlt in der Liste")
        ) from None
    if not names[keys[0]] and cleaned is None:
        raise mismatch(
            path, Text("the cleaned file went to standard output", "die bereinigte Datei ging auf die Standardausgabe")
        )
    folder = path.parent
    records, log, rejects = keys
    return RunFiles(
        path, manifest, cleaned or folder / names[records], folder / names[log or records], folder / names[rejects]
    )


def _keys_of(manifest: Mapping[str, Any]) -> tuple[str, str, str]:
    """In the manifest the records that were written, what became of the others (linking keeps all), and the rejects."""
    if manifest.get("command") == "enrich":
        return "enriched", "changes.csv", "rejects.csv"
    if manifest.get("command") != "merge":
        return "cleaned", "changes.csv", "rejects.csv"
    is_linked = LINKED in manifest.get("files", ())
    return (LINKED, "", "rejects.csv") if is_linked else (GOLDEN, PROVENANCE, "rejects.csv")


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
    if manifest["command"] == "merge":
        return _undo_merge(run, outputs, key)
    facts, counts = manifest["input"], manifest["counts"]
    changes = read_side_csv(_checked(run, "changes.csv", run.changes).data, list(CHANGES_SCHEMA))
    if changes is None or changes.height != counts["changes"]:
        raise mismatch(run.changes, Text("this is not the run's change log", "das ist nicht das Änderungsprotokoll"))
    rejects = _rejects(run)
    fits = False
    for cleaned in _records_written(run):
        frame = put_back(cleaned, changes) if cleaned.height == counts["rows"] else None
        if frame is not None:
            frame = frame.select(column["name"] for column in manifest["columns"])
        fits = fits or frame is not None
        if frame is not None and _restore(run, outputs, key, table_of(manifest, frame, rejects)):
            is_exact = outputs.sha256[key] == facts["sha256"]
            return Undone(facts["name"], manifest["written"]["format"], is_exact, frame.height, changes.height)
    if fits:
        what = Text("what comes out is not the input of the run", "heraus käme nicht die Eingabe des Laufs")
        raise mismatch(run.manifest_path, what)
    what = Text("the change log does not fit the cleaned file", "Änderungsprotokoll und Datei passen nicht zusammen")
    raise mismatch(run.changes, what)


def _records_written(run: RunFiles) -> Iterator[pl.DataFrame]:
    """What the run wrote, with the columns it added behind those of its input."""
    manifest = run.manifest
    names = [column["name"] for column in manifest["columns"]]
    added = manifest.get("added_columns", [])
    source = _checked(run, _keys_of(manifest)[0], run.cleaned)
    if not added:
        yield from _readings(run, source, manifest["layout"], names)
        return
    layout = with_columns(manifest["layout"], [column["label"] for column in added], manifest["counts"]["rows"])
    names += [column["name"] for column in added]
    for frame in _readings(run, source, layout, names):
        if frame.width == len(names):
            yield frame.rename(dict(zip(frame.columns, names, strict=True)))


def _rejects(run: RunFiles) -> pl.DataFrame:
    """The lines that were no records."""
    rejects = read_raw_csv(_checked(run, "rejects.csv", run.rejects).data, ("line", "code", "raw"))
    if rejects is None or rejects.height != run.manifest["counts"]["rejects"]:
        raise mismatch(
            run.rejects, Text("these are not the run's rejects", "das sind nicht die zurückgewiesenen Zeilen")
        )
    return rejects


def _undo_merge(run: RunFiles, outputs: OutputSet, key: str) -> Undone:
    manifest = run.manifest
    facts, n_rows = manifest["input"], manifest["counts"]["rows"]
    rejects = _rejects(run)
    for frame, n_cells in _before_merge(run, n_rows):
        if _restore(run, outputs, key, table_of(manifest, frame, rejects)):
            is_exact = outputs.sha256[key] == facts["sha256"]
            return Undone(facts["name"], manifest["written"]["format"], is_exact, n_rows, n_cells)
    what = Text("what comes out is not the input of the merge", "heraus käme nicht die Eingabe der Zusammenführung")
    raise mismatch(run.manifest_path, what)


def _before_merge(run: RunFiles, n_rows: int) -> Iterator[tuple[pl.DataFrame, int]]:
    """All records as they were: the linked ones without what was added, or the golden ones taken apart.

    With each the number of cells that were put back.
    """
    manifest, layout = run.manifest, run.manifest["layout"]
    names = [column["name"] for column in manifest["columns"]]
    nulls = manifest["input"]["format"] != "csv"
    if LINKED in manifest["files"]:
        added = unique_names([*names, *LINK_LABELS])[len(names) :]
        source = _checked(run, LINKED, run.cleaned)
        for linked in _readings(run, source, with_columns(layout, added, n_rows), [*names, *added]):
            if linked.shape == (n_rows, len(names) + len(added)):
                own = linked.select(pl.nth(range(len(names))))
                yield own.rename(dict(zip(own.columns, names, strict=True))), 0
        return
    provenance = read_side_csv(_checked(run, PROVENANCE, run.changes).data, PROVENANCE_COLUMNS)
    kept = kept_rows(provenance, n_rows) if provenance is not None else None
    if provenance is None or kept is None:
        raise mismatch(run.changes, Text("this is not the provenance", "das ist nicht der Herkunftsnachweis"))
    said = provenance.filter(pl.col("column").is_not_null())
    for golden in _readings(run, _checked(run, GOLDEN, run.cleaned), of_rows(layout, kept), names):
        frame = unmerged(golden, provenance, kept, n_rows, nulls=nulls)
        if frame is not None:
            yield frame, said.height


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
            if file_format not in _EXACT:
                WRITERS[file_format].restore(table, table.frame, file)
                return True
            hashing = HashingSink(file)
            WRITERS[file_format].restore(table, table.frame, cast("BinaryIO", hashing))
            _require_hash(hashing, facts["content_sha256"])
    except _NotTheInputError:
        return False
    return True


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


def _readings(run: RunFiles, source: Source, layout: Mapping[str, Any], names: Sequence[str]) -> Iterator[pl.DataFrame]:
    """The cells of a file of this layout: as the reader sees them, then, if that was not it, by the grammar alone."""
    written = run.manifest["written"]
    if written["encoding"]:
        layout = in_encoding(layout, written["encoding"])
    reader = next(reader for reader in READERS.values() if written["format"] in reader.formats)
    facts = FileFacts(source.shown, written["format"], source.compression, source.size_bytes, source.sha256, {})
    frame: pl.DataFrame | None = None
    with suppress(InputError):
        frame = reader.read(source.data, facts, ReadOptions(layout=layout, max_uncompressed=_MAX_BYTES)).frame
    if frame is not None:
        yield frame
    if written["format"] == "csv":
        frame = read_back(source.data, layout, names)
        if frame is not None:
            yield frame
