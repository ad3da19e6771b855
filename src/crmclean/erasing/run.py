"""A finished run without a record: every file anew, and the manifest that ties them together."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl

from crmclean.core.codes import Severity
from crmclean.core.enrichment import PROPOSE
from crmclean.core.language import Text
from crmclean.core.registry import WRITERS
from crmclean.erasing.clusters import Touched, duplicates_without, linked_without, merge_map_without, touched_by
from crmclean.erasing.golden import Rebuilt, rebuilt
from crmclean.erasing.gone import without
from crmclean.erasing.side import read_side
from crmclean.erasing.table import Without, added_labels, facts_of, write_records
from crmclean.finished_run import RunFiles, Version, checked, readings
from crmclean.formats.layout_rows import of_rows
from crmclean.formats.manifest import line_jumps, mismatch, reject_bytes
from crmclean.formats.matched_run import DUPLICATES
from crmclean.formats.outputs import OutputSet
from crmclean.formats.side_csv import read_side_csv, write_side_csv
from crmclean.merging.files import GOLDEN, LINKED, MERGE_MAP, PROVENANCE, golden_table, stage_table
from crmclean.merging.unmerge import PROVENANCE_COLUMNS, kept_rows
from crmclean.table import Table

# Figures and row numbers; no cell of a record. They stay as they were made.
REPORTS = ("report.html", "report.json")
_RECORDS = ("cleaned", "enriched", LINKED)
_ENRICHMENT = "enrichment.csv"


@dataclass(slots=True)
class Counted:
    """What went, file by file.

    Attributes:
        rows: by key of the manifest, how many rows of the file.
        replaced: golden cells that hold what the records left agree on.
        emptied: golden cells that are empty now.
        dropped: files that went as a whole.
        counts: what the manifest counts of the files that are left.
    """

    rows: dict[str, int] = field(default_factory=dict)
    replaced: int = 0
    emptied: int = 0
    dropped: list[str] = field(default_factory=list)
    counts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Merged:
    """What a run merged."""

    provenance: pl.DataFrame
    touched: Touched
    golden: Rebuilt | None


def stage_run_without(run: RunFiles, version: Version, cut: Without, id_column: str, outputs: OutputSet) -> Counted:
    """Write all files of a run anew, without the records, into the set; the manifest is not among them.

    Args:
        run: see ``find_run``.
        version: what was written of its table.
        cut: the table without the records.
        id_column: holds the record ids.
        outputs: with the keys of the manifest.
    """
    counted = Counted()
    files = run.manifest["files"]
    fullness = _fullness(cut.table.frame)
    merged = _merged(run, version, cut, id_column, fullness)
    for key in files:
        if key in REPORTS:
            continue
        if key in _RECORDS:
            _stage_records(key, run, version, cut, merged, outputs)
            counted.rows[key] = len(cut.gone.rows) if cut.gone.rows is not None else 0
        elif key.partition(".")[0] == GOLDEN:
            assert merged is not None
            assert merged.golden is not None
            _stage_golden(key, cut, merged.golden, outputs)
            counted.rows[key] = merged.golden.n_rows
            counted.replaced, counted.emptied = merged.golden.n_replaced, merged.golden.n_emptied
        elif key == "rejects.csv":
            _stage(key, _rejects(cut), outputs)
            counted.rows[key] = len(cut.rejected)
        elif not key.endswith(".csv") or (frame := read_side(run, key)) is None:
            counted.dropped.append(key)
        else:
            left, n = _side(key, frame, cut, merged, fullness)
            if left is None:
                counted.dropped.append(key)
                continue
            _stage(key, left, outputs)
            counted.rows[key] = n
            _count(key, left, counted.counts)
    if merged is not None:
        counted.counts["merge"] = _merge_figures(merged.touched, cut.left.frame.height)
    return counted


def manifest_without(manifest: Mapping[str, Any], cut: Without, counted: Counted) -> dict[str, Any]:
    """The manifest of the run over the export without the records; ``files`` are still the old ones."""
    left, facts = cut.left, facts_of(cut.left)
    found = dict(manifest)
    found["input"] = {**manifest["input"], **facts}
    about = {"size_bytes": facts["size_bytes"], "sha256": facts["sha256"], "rows": left.frame.height}
    found["inputs"] = [{**one, **about} for one in manifest.get("inputs", [])]
    counts = {"rows": left.frame.height, "rejects": len(left.rejects)}
    found["counts"] = {**manifest["counts"], **counts}
    if "findings" in counted.counts:
        found["counts"]["findings"] = counted.counts["findings"]
    if "changes" in counted.counts:
        found["counts"]["changes"] = counted.counts["changes"]
    found["reject_bytes"] = reject_bytes(left)
    found["lines"] = line_jumps(left.lines)
    found["layout"] = dict(left.layout)
    for key in ("merge", "enrichment"):
        if key in found and key in counted.counts:
            found[key] = {**found[key], **counted.counts[key]}
    return found


def _merged(run: RunFiles, version: Version, cut: Without, id_column: str, fullness: pl.Series) -> _Merged | None:
    """The clusters that were merged, and what becomes of them."""
    files = run.manifest["files"]
    names = cut.table.frame.columns
    if LINKED in files:
        cluster, _, _ = version.written.columns[-3:]
        members = version.written.with_row_index("row", 1).filter(pl.col(cluster).fill_null("") != "")
        members = members.select(cluster_id=cluster, row=pl.col("row").cast(pl.Int64), record_id=id_column)
        return _Merged(pl.DataFrame(), touched_by(cut.gone, members, fullness), None)
    if PROVENANCE not in files:
        return None
    source = checked(run, PROVENANCE, run.manifest_path.parent / files[PROVENANCE]["name"])
    provenance = read_side_csv(source.data, PROVENANCE_COLUMNS)
    if provenance is None or kept_rows(provenance, cut.table.frame.height) is None:
        what = Text("this is not the provenance", "das ist nicht der Herkunftsnachweis")
        raise mismatch(run.manifest_path.parent / files[PROVENANCE]["name"], what)
    members = provenance.select("cluster_id", row=pl.col("row").cast(pl.Int64), record_id="record_id")
    touched = touched_by(cut.gone, members.unique(["cluster_id", "row"], maintain_order=True), fullness)
    is_merge = run.manifest["command"] == "merge"
    golden = version.written if is_merge else _golden_of(run, cut, provenance)
    records = version.frame if is_merge else version.written.select(names)
    anew = rebuilt(
        golden, provenance, records, cut.gone, touched,
        id_column=id_column, has_nulls=cut.table.file.format != "csv",
    )  # fmt: skip
    return _Merged(provenance, touched, anew)


def _golden_of(run: RunFiles, cut: Without, provenance: pl.DataFrame) -> pl.DataFrame:
    """The golden records of ``run``, which are always in the encoding of the export."""
    key = next(key for key in run.manifest["files"] if key.partition(".")[0] == GOLDEN)
    path = run.manifest_path.parent / run.manifest["files"][key]["name"]
    source = checked(run, key, path)
    plain = replace(run, manifest={**run.manifest, "written": {**run.manifest["written"], "encoding": ""}})
    kept = kept_rows(provenance, cut.table.frame.height)
    assert kept is not None
    names = list(cut.table.names)
    whole = golden_table(cut.table, kept)
    for frame in readings(plain, source, of_rows(cut.table.layout, kept), names):
        if frame.shape != (len(kept), len(names)):
            continue
        named = frame.rename(dict(zip(frame.columns, names, strict=True)))
        if cut.table.file.format != "csv" or _bytes_of(whole, named) == source.data:
            return named
    raise mismatch(path, Text("these are not the golden records", "das sind nicht die zusammengeführten Datensätze"))


def _bytes_of(table: Table, frame: pl.DataFrame) -> bytes:
    sink = io.BytesIO()
    WRITERS["csv"].write(table, frame, sink)
    return sink.getvalue()


def _stage_records(
    key: str, run: RunFiles, version: Version, cut: Without, merged: _Merged | None, outputs: OutputSet
) -> None:
    labels = added_labels(run, cut.table.frame.width)
    frame = version.written[cut.kept]
    if key == LINKED and merged is not None:
        has_nulls = cut.table.file.format != "csv"
        frame = linked_without(version.written, cut.gone, merged.touched, cut.kept, has_nulls=has_nulls)
    with outputs.open(key) as sink:
        write_records(cut.left, frame, labels, run.manifest["written"]["encoding"], sink)


def _stage_golden(key: str, cut: Without, golden: Rebuilt, outputs: OutputSet) -> None:
    origins = golden.origins if "columns" in cut.left.layout else None
    stage_table(key, golden_table(cut.left, golden.rows, origins), golden.frame, outputs)


def _side(
    key: str, frame: pl.DataFrame, cut: Without, merged: _Merged | None, fullness: pl.Series
) -> tuple[pl.DataFrame | None, int]:
    """A side file without the records, and how many rows went; ``None``: it can't be told apart, it goes whole."""
    if key == DUPLICATES:
        return duplicates_without(frame, cut.gone, fullness)
    if key == PROVENANCE and merged is not None and merged.golden is not None:
        return merged.golden.provenance, merged.golden.n_values
    if key == MERGE_MAP and merged is not None:
        return merge_map_without(frame, cut.gone, merged.touched)
    if not {"row", "row_a", "line"} & set(frame.columns):  # what a CRM is to be told: it is made again by merge
        is_touched = merged is not None and (merged.touched.touched or _has_numbers(merged.touched))
        return (None, frame.height) if is_touched else (frame, 0)
    return without(frame, cut.gone)


def _has_numbers(touched: Touched) -> bool:
    """Whether numbers stand for ids and are other numbers now."""
    return bool(touched.members.filter(~pl.col("is_gone") & (pl.col("name") != pl.col("new_name"))).height)


def _stage(key: str, frame: pl.DataFrame, outputs: OutputSet) -> None:
    with outputs.open(key) as sink:
        write_side_csv(frame, sink)


def _rejects(cut: Without) -> pl.DataFrame:
    rows = [(reject.line, reject.code, reject.raw) for reject in cut.left.rejects]
    return pl.DataFrame(rows, schema={"line": pl.UInt32, "code": pl.String, "raw": pl.String}, orient="row")


def _fullness(frame: pl.DataFrame) -> pl.Series:
    filled = [(pl.col(name).fill_null("") != "").cast(pl.Int64) for name in frame.columns]
    return frame.select(pl.sum_horizontal(filled).alias("filled"))["filled"]


def _merge_figures(touched: Touched, n_rows: int) -> dict[str, int]:
    left = touched.members.filter(~pl.col("is_gone") & ~pl.col("cluster_id").is_in(list(touched.dissolved)))
    clusters = left["cluster_id"].n_unique()
    return {"clusters": clusters, "records": left.height, "golden": n_rows - left.height + clusters}


def _count(key: str, left: pl.DataFrame, counts: dict[str, Any]) -> None:
    """What the manifest counts of a file."""
    if key == "findings.csv":
        found = Counter(left["severity"].to_list())
        counts["findings"] = {severity.value: found[severity.value] for severity in Severity}
    elif key == "changes.csv":
        counts["changes"] = left.height
    elif key == _ENRICHMENT:
        proposed = int((left["policy"] == PROPOSE).sum())
        counts["enrichment"] = {"filled": left.height - proposed, "proposed": proposed}
