"""The files of a finished run, read back: what was written, and what was read.

``undo`` makes the input of it again, ``erase`` the same run without a record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from crmclean.core.errors import InputError
from crmclean.core.language import Text
from crmclean.core.registry import READERS
from crmclean.formats.changes import put_back
from crmclean.formats.csv_layout import in_encoding, read_back
from crmclean.formats.headers import unique_names
from crmclean.formats.layout_rows import of_rows, with_columns
from crmclean.formats.manifest import MANIFEST, mismatch, read_manifest
from crmclean.formats.output_targets import bare_stem
from crmclean.formats.outputs import finish_killed
from crmclean.formats.side_csv import read_raw_csv, read_side_csv
from crmclean.formats.source import open_source
from crmclean.merging.files import GOLDEN, LINK_LABELS, LINKED, PROVENANCE
from crmclean.merging.unmerge import PROVENANCE_COLUMNS, kept_rows, unmerged
from crmclean.plugins import ReadOptions
from crmclean.table import CHANGES_SCHEMA, FileFacts, Source

_MAX_BYTES = 16 * 1024**3  # of our own files, whose hashes are checked: no bomb to fear
EXACT = ("csv", "jsonl")  # formats that come back byte for byte
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
class Version:
    """The records of a run, before and after.

    Attributes:
        frame: n_rows x n_columns: as they were read.
        written: as they were written: with columns the run added, and for a merge one row an entity.
        n_cells: that differ.
    """

    frame: pl.DataFrame
    written: pl.DataFrame
    n_cells: int


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
    keys = keys_of(manifest)
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


def keys_of(manifest: Mapping[str, Any]) -> tuple[str, str, str]:
    """In the manifest the records that were written, what became of the others (linking keeps all), and the rejects."""
    if manifest.get("command") == "enrich":
        return "enriched", "changes.csv", "rejects.csv"
    if manifest.get("command") != "merge":
        return "cleaned", "changes.csv", "rejects.csv"
    is_linked = LINKED in manifest.get("files", ())
    return (LINKED, "", "rejects.csv") if is_linked else (GOLDEN, PROVENANCE, "rejects.csv")


def versions(run: RunFiles) -> Iterator[Version]:
    """What may have been read, by the files of the run; usually one. Which it was the hash of the input tells.

    Raises:
        InputError: ``audit-mismatch``: a file was changed since, or the files don't fit each other.
    """
    if run.manifest["command"] == "merge":
        yield from _before_merge(run)
        return
    manifest, counts = run.manifest, run.manifest["counts"]
    changes = read_side_csv(checked(run, "changes.csv", run.changes).data, list(CHANGES_SCHEMA))
    if changes is None or changes.height != counts["changes"]:
        raise mismatch(run.changes, Text("this is not the run's change log", "das ist nicht das Änderungsprotokoll"))
    fits = False
    for cleaned in _records_written(run):
        frame = put_back(cleaned, changes) if cleaned.height == counts["rows"] else None
        if frame is not None:
            fits = True
            yield Version(frame.select(column["name"] for column in manifest["columns"]), cleaned, changes.height)
    if not fits:
        what = Text(
            "the change log does not fit the cleaned file", "Änderungsprotokoll und Datei passen nicht zusammen"
        )
        raise mismatch(run.changes, what)


def _records_written(run: RunFiles) -> Iterator[pl.DataFrame]:
    """What the run wrote, with the columns it added behind those of its input."""
    manifest = run.manifest
    names = [column["name"] for column in manifest["columns"]]
    added = manifest.get("added_columns", [])
    source = checked(run, keys_of(manifest)[0], run.cleaned)
    if not added:
        yield from readings(run, source, manifest["layout"], names)
        return
    layout = with_columns(manifest["layout"], [column["label"] for column in added], manifest["counts"]["rows"])
    names += [column["name"] for column in added]
    for frame in readings(run, source, layout, names):
        if frame.width == len(names):
            yield frame.rename(dict(zip(frame.columns, names, strict=True)))


def rejects_of(run: RunFiles) -> pl.DataFrame:
    """The lines that were no records."""
    rejects = read_raw_csv(checked(run, "rejects.csv", run.rejects).data, ("line", "code", "raw"))
    if rejects is None or rejects.height != run.manifest["counts"]["rejects"]:
        raise mismatch(
            run.rejects, Text("these are not the run's rejects", "das sind nicht die zurückgewiesenen Zeilen")
        )
    return rejects


def _before_merge(run: RunFiles) -> Iterator[Version]:
    """All records as they were: the linked ones without what was added, or the golden ones taken apart."""
    manifest, layout, n_rows = run.manifest, run.manifest["layout"], run.manifest["counts"]["rows"]
    names = [column["name"] for column in manifest["columns"]]
    nulls = manifest["input"]["format"] != "csv"
    if LINKED in manifest["files"]:
        added = unique_names([*names, *LINK_LABELS])[len(names) :]
        source = checked(run, LINKED, run.cleaned)
        for linked in readings(run, source, with_columns(layout, added, n_rows), [*names, *added]):
            if linked.shape == (n_rows, len(names) + len(added)):
                wide = linked.rename(dict(zip(linked.columns, [*names, *added], strict=True)))
                yield Version(wide.select(names), wide, 0)
        return
    provenance = read_side_csv(checked(run, PROVENANCE, run.changes).data, PROVENANCE_COLUMNS)
    kept = kept_rows(provenance, n_rows) if provenance is not None else None
    if provenance is None or kept is None:
        raise mismatch(run.changes, Text("this is not the provenance", "das ist nicht der Herkunftsnachweis"))
    said = provenance.filter(pl.col("column").is_not_null())
    for golden in readings(run, checked(run, GOLDEN, run.cleaned), of_rows(layout, kept), names):
        frame = unmerged(golden, provenance, kept, n_rows, nulls=nulls)
        if frame is not None:
            yield Version(frame, golden, said.height)


def not_the_input(run: RunFiles) -> InputError:
    """``audit-mismatch``: the files fit each other, and yet something else was read."""
    what = Text("what comes out is not the input of the run", "heraus käme nicht die Eingabe des Laufs")
    if run.manifest["command"] == "merge":
        what = Text("what comes out is not the input of the merge", "heraus käme nicht die Eingabe der Zusammenführung")
    return mismatch(run.manifest_path, what)


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


def checked(run: RunFiles, key: str, path: Path) -> Source:
    """A file of the run, if it is still what the run wrote.

    Raises:
        InputError: ``audit-mismatch``.
    """
    try:
        source = open_source(str(path), _MAX_BYTES)
    except InputError as error:
        what = Text("a file of the run is missing or can't be read", "eine Datei des Laufs fehlt oder ist nicht lesbar")
        raise mismatch(path, what) from error
    if source.sha256 != run.manifest["files"][key]["sha256"]:
        raise mismatch(path, Text("changed since the run", "seit dem Lauf verändert"))
    return source


def readings(run: RunFiles, source: Source, layout: Mapping[str, Any], names: Sequence[str]) -> Iterator[pl.DataFrame]:
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
