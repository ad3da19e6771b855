"""What ``dedupe`` wrote into a folder, read back: the pairs, the clusters, and which records they speak of."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from crmclean.core.errors import InputError
from crmclean.core.language import Text
from crmclean.formats.manifest import MANIFEST, mismatch, read_manifest

PAIRS, DUPLICATES = "pairs.csv", "duplicates.csv"
_NEEDED: Mapping[str, Mapping[str, Any]] = {
    PAIRS: {
        "row_a": pl.UInt32,
        "row_b": pl.UInt32,
        "record_id_a": pl.String,
        "record_id_b": pl.String,
        "probability": pl.Float64,
        "band": pl.String,
        "reasons": pl.String,
    },
    DUPLICATES: {"cluster_id": pl.String, "row": pl.UInt32, "record_id": pl.String},
}
_HINT = Text("match the export again", "den Export erneut abgleichen")


@dataclass(frozen=True, slots=True)
class MatchedInput:
    """A file that was matched.

    Attributes:
        name: without its folder, unless two files are called the same.
        sha256: of its bytes.
        n_rows: its records.
        first: place of its first record among the records of all files, 0-based.
    """

    name: str
    sha256: str
    n_rows: int
    first: int


@dataclass(frozen=True, slots=True)
class MatchedRun:
    """What was found among the records of one or several files.

    Attributes:
        folder: where it lies.
        manifest: as read.
        inputs: the files, in order.
        pairs: ``a`` < ``b`` (``UInt32``: 0-based places among the records of all files), ``record_id_a``,
            ``record_id_b``, ``probability`` (0..1), ``band``, ``reasons``.
        clusters: ``at`` (as ``a``), ``cluster_id``, ``record_id``: the records that are in a cluster.
        edited: names of files that are not what the run wrote.
    """

    folder: Path
    manifest: Mapping[str, Any]
    inputs: tuple[MatchedInput, ...]
    pairs: pl.DataFrame
    clusters: pl.DataFrame
    edited: tuple[str, ...]

    @property
    def n_rows(self) -> int:
        """Records of all files."""
        return sum(each.n_rows for each in self.inputs)

    @property
    def is_linked(self) -> bool:
        """Whether only pairs across two files were looked for."""
        return bool(self.manifest.get("settings", {}).get("link", False))

    def files(self) -> pl.Series:
        """``String``, n_rows: the name of the file each record is of."""
        return pl.concat([pl.repeat(each.name, each.n_rows, dtype=pl.String, eager=True) for each in self.inputs])

    def labels(self) -> pl.Series:
        """``UInt32``, n_rows: equal where two records are in one cluster; the smallest place of it."""
        found = self.clusters.with_columns(root=pl.col("at").min().over("cluster_id"))
        return pl.arange(self.n_rows, eager=True, dtype=pl.UInt32).scatter(found["at"], found["root"])


def read_matched_run(place: Path) -> MatchedRun:
    """Read what ``dedupe -o`` or ``run -o`` wrote.

    Args:
        place: the folder, or the manifest in it.

    Raises:
        InputError: ``file-not-found``: no run; ``audit-mismatch``: its files are not those of a run that matched.
    """
    folder = place if place.is_dir() else place.parent
    path = place / MANIFEST if place.is_dir() else place
    manifest = read_manifest(path)
    if not all(name in manifest.get("files", {}) for name in _NEEDED):
        what = Text("this run looked for no duplicates", "dieser Lauf hat keine Dubletten gesucht")
        raise mismatch(path, what, Text("name a folder of crmclean dedupe", "einen Ordner von crmclean dedupe nennen"))
    try:
        inputs = _inputs(manifest)
        data = {name: (folder / manifest["files"][name]["name"]).read_bytes() for name in _NEEDED}
        hashes = {name: manifest["files"][name]["sha256"] for name in _NEEDED}
    except OSError:
        what = Text("a file of the run is missing or can't be read", "eine Datei des Laufs fehlt oder ist nicht lesbar")
        raise mismatch(path, what, _HINT) from None
    except (KeyError, TypeError, ValueError, AttributeError):
        what = Text("the manifest can't be understood", "das Manifest ist nicht zu verstehen")
        raise mismatch(path, what, _HINT) from None
    pairs, clusters = (_placed(_frame(data[name], name, folder), inputs, name, folder) for name in _NEEDED)
    low, high = pl.min_horizontal("a", "b"), pl.max_horizontal("a", "b")
    edited = tuple(name for name in _NEEDED if hashlib.sha256(data[name]).hexdigest() != hashes[name])
    return MatchedRun(folder, manifest, inputs, pairs.with_columns(a=low, b=high), clusters, edited)


def _inputs(manifest: Mapping[str, Any]) -> tuple[MatchedInput, ...]:
    told = manifest.get("inputs") or [{**manifest["input"], "rows": manifest["counts"]["rows"]}]
    names = [each["name"] for each in told]
    inputs: list[MatchedInput] = []
    first = 0
    for each in told:
        name = each["name"] if len(set(names)) == len(names) else each["path"]  # as the files of the run name them
        inputs.append(MatchedInput(name, each["sha256"], int(each["rows"]), first))
        first += int(each["rows"])
    return tuple(inputs)


def _frame(data: bytes, name: str, folder: Path) -> pl.DataFrame:
    """The columns that are needed, with the files of the records where they are told."""
    try:
        frame = pl.read_csv(io.BytesIO(data), infer_schema=False, glob=False)
        files = [column for column in ("file", "file_a", "file_b") if column in frame.columns]
        return frame.select(*files, *(pl.col(column).cast(kind) for column, kind in _NEEDED[name].items()))
    except pl.exceptions.PolarsError:
        raise _foreign(name, folder) from None


def _placed(frame: pl.DataFrame, inputs: tuple[MatchedInput, ...], name: str, folder: Path) -> pl.DataFrame:
    """With the records' places ``a`` and ``b``, or ``at``, instead of files and rows."""
    sides = (("row_a", "file_a", "a"), ("row_b", "file_b", "b")) if name == PAIRS else (("row", "file", "at"),)
    for row, file, place in sides:
        names = frame[file] if file in frame.columns else pl.repeat(inputs[0].name, frame.height, eager=True)
        frame = frame.with_columns(places(inputs, names, frame[row]).alias(place))
        if frame[place].null_count():
            raise _foreign(name, folder)
    is_repeated = (
        frame["at"].is_duplicated().any() if name == DUPLICATES else frame.select("a", "b").is_duplicated().any()
    )
    if is_repeated or (name == PAIRS and (frame["a"] == frame["b"]).any()):
        raise _foreign(name, folder)
    return frame.drop([each for row, file, _ in sides for each in (row, file) if each in frame.columns])


def places(inputs: tuple[MatchedInput, ...], files: pl.Series, rows: pl.Series) -> pl.Series:
    """Places of records among those of all files: ``UInt32``; null where a file or a row is not there.

    Args:
        inputs: the files.
        files: their names.
        rows: 1-based numbers of records in them, whole numbers.
    """
    known = pl.DataFrame(
        [(each.name, each.first, each.n_rows) for each in inputs],
        schema={"file": pl.String, "first": pl.Int64, "n": pl.Int64},
        orient="row",
    ).unique("file", keep="none", maintain_order=True)
    asked = pl.DataFrame({"file": files.cast(pl.String), "row": rows.cast(pl.Int64)})
    met = asked.join(known, on="file", how="left", maintain_order="left")
    is_there = pl.col("row").is_between(1, pl.col("n"))
    return met.select(pl.when(is_there).then(pl.col("first") + pl.col("row") - 1).cast(pl.UInt32)).to_series()


def _foreign(name: str, folder: Path) -> InputError:
    what = Text("this is not what the run wrote", "das ist nicht, was der Lauf geschrieben hat")
    return mismatch(folder / name, what, _HINT)
