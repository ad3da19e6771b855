"""Last stage: the cleaned file, the findings, the change log, the rejects, and the manifest that ties them together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, cast

import polars as pl

from crmclean.core.errors import CrmCleanError, InputError, UsageError
from crmclean.core.language import Language, Text
from crmclean.core.registry import WRITERS
from crmclean.formats.changes import tells_all
from crmclean.formats.csv_layout import in_encoding
from crmclean.formats.manifest import (
    MANIFEST,
    RunFacts,
    WrittenFile,
    build_manifest,
    build_matching_manifest,
    read_manifest,
    write_manifest,
    written_format,
)
from crmclean.formats.matched_run import DUPLICATES, PAIRS
from crmclean.formats.output_targets import STDOUT, bare_stem
from crmclean.formats.outputs import OutputSet
from crmclean.formats.packing import HashingSink, packed
from crmclean.formats.side_csv import write_side_csv
from crmclean.matching.duplicates import Duplicates
from crmclean.plugins import Writer
from crmclean.table import CHANGES_SCHEMA, FINDINGS_SCHEMA, Normalised, Table

FINDINGS, CHANGES, REJECTS = "findings.csv", "changes.csv", "rejects.csv"
RELATIONS, ACCOUNTS, DECISIONS = "relations.csv", "accounts.csv", "decisions.csv"
BANDS = ("auto", "review", "veto")
REJECTS_COLUMNS = ("line", "code", "raw")
CLEANED, ENRICHED = "cleaned", "enriched"
ENRICHMENT = "enrichment.csv"
# Endings that promise a format. Any other ending promises nothing.
_PROMISED = {
    **dict.fromkeys((".csv", ".tsv", ".tab", ".txt"), "csv"),
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"), "xlsx"),
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    ".parquet": "parquet",
}
_PACKED = {".gz": "gz", ".zst": "zst"}


def writer_for(file_format: str) -> Writer:
    """The writer for a table read from this format."""
    return cast("Writer", WRITERS[written_format(file_format)])


def cleaned_name(table: Table) -> str:
    """``cleaned.csv``, ``cleaned.xlsx``, ``cleaned.csv.gz``: the cleaned file in a run's folder."""
    packed = f".{table.file.compression}" if table.file.compression else ""
    return f"cleaned{writer_for(table.file.format).suffix}{packed}"


def enriched_name(table: Table) -> str:
    """``enriched.csv``, …: as ``cleaned_name``, for what ``enrich`` writes."""
    return cleaned_name(table).replace("cleaned", ENRICHED, 1)


def require_fitting_name(table: Table, out: Path) -> None:
    """A cleaned file keeps the format of its export: its name must not promise another one.

    Raises:
        UsageError: the ending of ``out`` is that of another format or compression.
    """
    packing = _PACKED.get(out.suffix.lower(), "")
    suffix = (Path(out.stem) if packing else out).suffix.lower()
    promised, file = _PROMISED.get(suffix), writer_for(table.file.format)
    is_known = promised is not None or packing
    if out == STDOUT or not is_known:
        return
    is_other_workbook = file.name == promised == "xlsx" and suffix != file.suffix
    if promised not in (None, file.name) or packing != table.file.compression or is_other_workbook:
        ending = Path(cleaned_name(table)).name.removeprefix("cleaned")
        raise UsageError(
            Text(
                f"the cleaned file keeps the format of the export and would not be what {out.name!r} says",
                f"die bereinigte Datei behält das Format des Exports und wäre nicht das, was {out.name!r} sagt",
            ),
            code="usage",
            hint=Text(f"choose a name that ends with {ending}", f"einen Namen wählen, der auf {ending} endet"),
        )


def targets_beside(
    out: Path,
    *,
    findings: Path | None = None,
    changes: Path | None = None,
    rejects: Path | None = None,
    stem: str = "",
) -> dict[str, Path | None]:
    """Where ``clean -o OUT`` writes: side files beside OUT under its name, unless they have places of their own.

    Args:
        out: the cleaned file; ``-`` is standard output, the side files then lie in the current folder.
        findings: place of the findings.
        changes: place of the change log.
        rejects: place of the rejects.
        stem: first part of the side files' names; OUT's name up to its endings if empty.
    """
    stem = stem or bare_stem(out)
    folder = Path() if out == STDOUT else out.parent
    return {
        CLEANED: out,
        FINDINGS: findings or folder / f"{stem}.{FINDINGS}",
        CHANGES: changes or folder / f"{stem}.{CHANGES}",
        REJECTS: rejects or folder / f"{stem}.{REJECTS}",
        MANIFEST: folder / f"{stem}.{MANIFEST}",
    }


def stage_outputs(
    normalised: Normalised, outputs: OutputSet, *, encoding: str = "", key: str = "", language: Language = "en"
) -> None:
    """Write the cleaned file, findings, changes and rejects into the set (nothing is in place before its commit).

    Args:
        normalised: the table and all that was found and changed.
        outputs: of ``OutputSet.in_directory`` or ``OutputSet.at(targets_beside(…))``.
        encoding: Python codec name for the cleaned file instead of the input's; text formats only.
        language: of what the findings say about the file.
        key: of the cleaned file in ``outputs``; ``cleaned_name`` in a folder, ``CLEANED`` elsewhere.

    Raises:
        OutputError: can't be written, or a character the encoding lacks.
        CrmCleanError: the change log does not tell the whole difference; nothing may be written then.
    """
    _require_complete_log(normalised)
    table = normalised.table
    written = replace(table, layout=in_encoding(table.layout, encoding)) if encoding else table
    with outputs.open(key or _cleaned_key(table, outputs)) as sink, packed(sink, table.file.compression) as file:
        writer_for(table.file.format).write(written, normalised.written, file)
    with outputs.open(FINDINGS) as sink:
        write_side_csv(findings_frame(normalised, language), sink)
    with outputs.open(CHANGES) as sink:
        write_side_csv(normalised.changes.select(list(CHANGES_SCHEMA)), sink)
    with outputs.open(REJECTS) as sink:
        write_side_csv(rejects_frame(table), sink)


def stage_duplicates(found: Duplicates, outputs: OutputSet) -> None:
    """Write the pairs, the clusters, what belongs together, and the decisions into the set."""
    files = {
        PAIRS: found.pairs,
        DUPLICATES: found.clusters,
        RELATIONS: found.relations,
        ACCOUNTS: found.accounts,
        DECISIONS: found.decisions,
    }
    for name, frame in files.items():
        with outputs.open(name) as sink:
            write_side_csv(frame, sink)


def stage_matching_manifest(found: Duplicates, outputs: OutputSet, facts: RunFacts, as_of: date) -> None:
    """Write the manifest of a run that only looked for duplicates: the last thing before ``outputs.commit()``."""
    files = {key: WrittenFile(outputs.relative(key), digest) for key, digest in outputs.sha256.items()}
    counts = {
        "rows": found.records.frame.height,
        "candidates": found.matched.n_candidates,
        "pairs": {band: int((found.pairs["band"] == band).sum()) for band in BANDS},
        "clusters": found.clusters["cluster_id"].n_unique(),
        "clustered": found.clusters.height,
    }
    with outputs.open(MANIFEST) as sink:
        write_manifest(build_matching_manifest(facts, as_of, counts, files), sink)
    forget_old(outputs, facts.command, files)


def stage_manifest(
    normalised: Normalised,
    outputs: OutputSet,
    facts: RunFacts,
    *,
    key: str = "",
    more: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """Write the manifest over all files in the set: the last thing before ``outputs.commit()``.

    In a folder that holds an earlier run of the same command, files of that run which this one no longer writes are
    marked to go with the commit.

    Args:
        normalised: the table as it was read, without added columns.
        outputs: the set.
        facts: what the manifest says beyond the data.
        key: of the file with the records, as for ``stage_outputs``; in the manifest it stands under its name without
            the ending.
        more: further entries of the manifest.
    """
    cleaned = key or _cleaned_key(normalised.table, outputs)
    records = key.partition(".")[0] or CLEANED
    files = {
        records if name == cleaned else name: WrittenFile(outputs.relative(name), digest)
        for name, digest in outputs.sha256.items()
    }
    if normalised.table.file.compression and not facts.content_sha256:
        facts = replace(facts, content_sha256=_restored_sha256(normalised.table))
    with outputs.open(MANIFEST) as sink:
        write_manifest({**build_manifest(normalised, facts, files), **more}, sink)
    forget_old(outputs, facts.command, files)


def forget_old(outputs: OutputSet, command: str, files: Mapping[str, WrittenFile]) -> None:
    """Files that an earlier run of the same command left in the folder, and this one did not write, go with it."""
    place = outputs.directory
    if place and (place / MANIFEST).is_file():
        try:
            old = read_manifest(place / MANIFEST)
        except InputError:  # a damaged one is replaced, as --force was told to; which files were its own is not known
            return
        if old["command"] == command:
            names = {file.name for file in files.values()} | {MANIFEST}
            outputs.remove_old(file["name"] for file in old["files"].values() if file["name"] not in names)


def findings_frame(normalised: Normalised, language: Language) -> pl.DataFrame:
    """The rows of ``findings.csv``: what was found about the file (without a row), then about its cells."""
    about_file = [
        {
            "row": note.row,
            "line": note.line,
            "column": note.column,
            "code": note.code,
            "severity": note.severity.value,
            "message": note.message.said(language),
        }
        for note in normalised.table.notes
    ]
    about_cells = normalised.findings.select(list(FINDINGS_SCHEMA))
    return pl.concat([pl.DataFrame(about_file, schema=dict(FINDINGS_SCHEMA)), about_cells])


def rejects_frame(table: Table) -> pl.DataFrame:
    """The rejects as rows of ``rejects.csv``."""
    rows = [(reject.line, reject.code, reject.raw) for reject in table.rejects]
    kinds = dict(zip(REJECTS_COLUMNS, (pl.UInt32, pl.String, pl.String), strict=True))
    return pl.DataFrame(rows, schema=kinds, orient="row")


def _restored_sha256(table: Table) -> str:
    """What the input was before it was compressed, as far as its table tells."""
    sink = HashingSink()
    writer_for(table.file.format).restore(table, table.frame, cast("BinaryIO", sink))
    return sink.hexdigest()


def _cleaned_key(table: Table, outputs: OutputSet) -> str:
    return cleaned_name(table) if outputs.directory else CLEANED


def _require_complete_log(normalised: Normalised) -> None:
    """Every difference is in the change log and nothing else is: the promise that makes undo possible."""
    before, after, changes = normalised.table.frame, normalised.written, normalised.changes
    if not tells_all(changes, before, after):
        n_changed = sum(int(before[name].ne_missing(after[name]).sum()) for name in before.columns)
        raise CrmCleanError(
            Text(
                f"the change log has {changes.height} entries for {n_changed} changed cells; nothing was written",
                f"das Änderungsprotokoll hat {changes.height} Einträge für {n_changed} geänderte Zellen; "
                "es wurde nichts geschrieben",
            ),
            code="internal-error",
            hint=Text("please report this", "bitte melden"),
        )
