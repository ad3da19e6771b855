"""``merge``: one record of each cluster of duplicates, or the duplicates marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from crmclean.config.loader import line_of
from crmclean.core.errors import ConfigError, UsageError
from crmclean.core.language import Text
from crmclean.core.nearest import nearest
from crmclean.core.registry import CRM_FILES
from crmclean.formats.manifest import (
    MANIFEST,
    WrittenFile,
    build_manifest,
    write_manifest,
)
from crmclean.formats.matched_run import DUPLICATES, PAIRS
from crmclean.formats.outputs import OutputSet
from crmclean.formats.side_csv import write_side_csv
from crmclean.formats.source import shown_path
from crmclean.merge_back import Made
from crmclean.merging.clusters import require_fitting
from crmclean.merging.files import (
    GOLDEN,
    LINKED,
    MERGE_MAP,
    PROVENANCE,
    file_name,
    golden_table,
    linked_frame,
    linked_table,
    manifest_of_merge,
    origins_of,
    stage_table,
)
from crmclean.merging.policy import MergePolicy
from crmclean.pipeline.found_duplicates import clusters_of, found_manifest, require_same, sha256_of
from crmclean.pipeline.jobs import listed_file
from crmclean.pipeline.own_rules import as_grave_as_configured
from crmclean.pipeline.preparing import Cleaned, facts_of, inputs_of, prepare
from crmclean.pipeline.settings import Settings
from crmclean.stages.merge import Merged, merge_records
from crmclean.stages.write import DECISIONS, FINDINGS, REJECTS, forget_old, rejects_frame
from crmclean.table import Table

GENERIC = "generic"  # the files of a CRM nobody wrote a module for


@dataclass(frozen=True, slots=True)
class MergeOrder:
    """What is to be merged, beside the export.

    Attributes:
        duplicates: the folder ``dedupe`` or ``run`` wrote.
        mode: ``merge``, ``link``, or empty: what the configuration says.
        crm: whose files are written; empty: of the CRM that wrote the export.
        config_file: where the configuration stands, for messages.
    """

    duplicates: Path
    mode: str = ""
    crm: str = ""
    config_file: Path | None = None


@dataclass(frozen=True, slots=True)
class MergeDone:
    """What came of it.

    Attributes:
        merged: see ``Merged``.
        mode: ``merge`` or ``link``.
        n_records: of the export.
        crm: whose files were made.
        made: those files.
        files: names of all that was, or would be, written.
        was_edited: whether the clusters were changed by hand since they were found.
    """

    merged: Merged
    mode: str
    n_records: int
    crm: str
    made: Made
    files: tuple[str, ...]
    was_edited: bool


def merge_directory(
    path: str, out: Path | None, settings: Settings, order: MergeOrder, *, force: bool = False
) -> MergeDone:
    """Merge the duplicates of an export; all files into one folder, or none.

    Args:
        path: the export the duplicates were found in, or the cleaned file of that run.
        out: the folder; ``None``: write nothing.
        settings: see ``Settings``.
        order: see ``MergeOrder``.
        force: write into a folder that holds other things.

    Raises:
        InputError: ``audit-mismatch``: the duplicates are not of this export.
        ConfigError: a rule for a column that is not there.
        UsageError: no such CRM, or mode.
    """
    require_crm(order.crm)
    if out is None:
        return _merged(path, settings, order)[1]
    read_too = [order.duplicates / name for name in (MANIFEST, DUPLICATES, PAIRS, DECISIONS)]
    with OutputSet.in_directory(out, inputs=[*inputs_of(path), *read_too], force=force, command="merge") as outputs:
        cleaned, done = _merged(path, settings, order)
        with settings.progress(Text("writing", "schreiben")):
            _stage(cleaned, done, outputs, settings)
            outputs.commit()
    return done


def require_crm(name: str) -> None:
    """Refuse a CRM for which there are no files.

    Raises:
        UsageError: ``usage``.
    """
    if name and name not in CRM_FILES:
        known = ", ".join(CRM_FILES)
        raise UsageError(
            Text(f"there are no merge files for {name!r}", f"für {name!r} gibt es keine Dateien"),
            code="usage",
            hint=nearest(name, CRM_FILES, Text(f"one of {known}", f"möglich: {known}")),
        )


def _merged(path: str, settings: Settings, order: MergeOrder) -> tuple[Cleaned, MergeDone]:
    manifest = found_manifest(order.duplicates)
    if path != "-" and Path(path).is_file():
        require_same(sha256_of(Path(path)), manifest, path, order.duplicates)
    cleaned = prepare(path, settings)
    normalised = cleaned.normalised
    require_same(normalised.table.file.sha256, manifest, path, order.duplicates)
    clusters, was_edited = clusters_of(order.duplicates, manifest)
    require_fitting(clusters, normalised, shown_path(str(order.duplicates / DUPLICATES)))
    policy = _policy(cleaned, settings, order)
    with settings.progress(Text("merging", "zusammenführen")):
        merged = merge_records(
            normalised,
            normalised.table.frame,
            clusters,
            listed_file(order.duplicates, PAIRS, manifest),
            listed_file(order.duplicates, DECISIONS, manifest),
            policy,
            language=settings.language,
        )
        merged = replace(merged, findings=as_grave_as_configured(merged.findings, settings))
        mode = order.mode or settings.config.merge.mode
        crm = order.crm or (normalised.dialect if normalised.dialect in CRM_FILES else GENERIC)
        made = _made(merged, crm) if mode == "merge" and merged.members.height else Made({})
    names = _names(cleaned, mode, made)
    return cleaned, MergeDone(merged, mode, normalised.table.frame.height, crm, made, names, was_edited)


def _made(merged: Merged, crm: str) -> Made:
    """The files of a CRM; none where row numbers would stand for ids and merge strangers."""
    if not merged.has_ids and crm != GENERIC:
        return Made(
            {},
            (
                Text(
                    "no files for the CRM: the records have no ids of their own; map the column that holds them: "
                    '`--map "Column=record_id"`',
                    "keine Dateien für das CRM: die Datensätze haben keine eigenen IDs; die Spalte zuordnen, die sie "
                    'enthält: `--map "Spalte=record_id"`',
                ),
            ),
        )
    made: Made = CRM_FILES[crm].make(merged.back)
    return made


def _names(cleaned: Cleaned, mode: str, made: Made) -> tuple[str, ...]:
    table = cleaned.normalised.table
    first = [file_name(GOLDEN, table), PROVENANCE] if mode == "merge" else [file_name(LINKED, table)]
    return (*first, MERGE_MAP, *made.files, FINDINGS, REJECTS, MANIFEST)


def _policy(cleaned: Cleaned, settings: Settings, order: MergeOrder) -> MergePolicy:
    """The rules for the columns of this export; what is wrong with them is said with its line."""
    section = settings.config.merge
    try:
        return MergePolicy.of(section, cleaned.normalised.columns, settings.config.input.entity)
    except ConfigError as error:
        file = order.config_file
        if file is None:
            raise
        key = error.where
        line = line_of(file, key, "merge.fields") or line_of(file, key, "merge")
        place = f"{file}:{line}" if line else str(file)
        raise ConfigError(error.what, code=error.code, hint=error.hint, where=place) from None


def _stage(cleaned: Cleaned, done: MergeDone, outputs: OutputSet, settings: Settings) -> None:
    """All files of a merge, the manifest last."""
    table, merged = cleaned.normalised.table, done.merged
    if done.mode == "link":
        records, key = LINKED, file_name(LINKED, table)
        linked = linked_table(table)
        stage_table(key, linked, linked_frame(linked, table.frame, merged.members), outputs)
        _stage_frames({MERGE_MAP: merged.merge_map}, outputs)
    else:
        records, key = GOLDEN, file_name(GOLDEN, table)
        stage_golden(table, merged, outputs)
    _stage_frames({FINDINGS: merged.findings, REJECTS: rejects_frame(table)}, outputs)
    for name, content in done.made.files.items():
        with outputs.open(name) as sink:
            sink.write(content)
    files = {
        records if name == key else name: WrittenFile(outputs.relative(name), digest)
        for name, digest in outputs.sha256.items()
    }
    told = replace(cleaned.normalised, changes=cleaned.normalised.changes.clear(), findings=merged.findings)
    manifest = build_manifest(told, facts_of("merge", [cleaned], settings), files)
    manifest["merge"] = manifest_of_merge(done.mode, merged.first.len(), merged.members.height, merged.golden.height)
    with outputs.open(MANIFEST) as sink:
        write_manifest(manifest, sink)
    forget_old(outputs, "merge", files)


def stage_golden(table: Table, merged: Merged, outputs: OutputSet) -> None:
    """Write the golden records, where every value went, and which id became which."""
    origins = origins_of(table, merged.rows, merged.first, merged.sources)
    stage_table(file_name(GOLDEN, table), golden_table(table, merged.rows, origins), merged.golden, outputs)
    _stage_frames({PROVENANCE: merged.provenance, MERGE_MAP: merged.merge_map}, outputs)


def _stage_frames(frames: Mapping[str, pl.DataFrame], outputs: OutputSet) -> None:
    for name, frame in frames.items():
        with outputs.open(name) as sink:
            write_side_csv(frame, sink)
