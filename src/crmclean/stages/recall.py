"""The figures of a finished run, from the files it wrote."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from crmclean.core.errors import InputError
from crmclean.core.language import Text
from crmclean.core.registry import REPORTS
from crmclean.core.summary import SCHEMA_VERSION, RunSummary
from crmclean.core.summary_json import summary_of
from crmclean.formats.manifest import MANIFEST, mismatch, read_manifest
from crmclean.formats.outputs import finish_killed
from crmclean.formats.side_csv import read_side_csv
from crmclean.formats.source import shown_path
from crmclean.table import FINDINGS_SCHEMA

FIGURES = f"report{REPORTS['json'].suffix}"  # the form of the report that holds all figures


@dataclass(frozen=True, slots=True)
class Recalled:
    """What a finished run said about its export.

    Attributes:
        summary: its figures.
        reports: the reports it wrote as they are, by their form.
    """

    summary: RunSummary
    reports: dict[str, bytes]


def recall(folder: Path) -> Recalled:
    """The figures of the run in a folder.

    Raises:
        InputError: ``file-not-found`` where no run lies or one without a report; ``audit-mismatch`` where its report
            was changed since.
        LockedError: the run is still writing.
    """
    finish_killed(folder)
    manifest = read_manifest(folder / MANIFEST)
    try:
        hashes = {str(file["name"]): str(file["sha256"]) for file in manifest["files"].values()}
    except (KeyError, TypeError, AttributeError):
        raise mismatch(folder / MANIFEST, _UNREADABLE, _AGAIN) from None
    if FIGURES not in hashes:
        raise _without_report(folder)
    names = {form: f"report{report.suffix}" for form, report in REPORTS.items()}
    reports = {form: _unchanged(folder / name, hashes[name]) for form, name in names.items() if name in hashes}
    try:
        tree = json.loads(reports["json"])
        summary = summary_of(tree) if tree["schema_version"] == SCHEMA_VERSION else None
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        summary = None
    if summary is None:
        raise mismatch(folder / FIGURES, _UNREADABLE, _AGAIN)
    return Recalled(summary, reports)


def recall_findings(folder: Path) -> pl.DataFrame:
    """What the run in a folder found about cells: ``FINDINGS_SCHEMA``, values as they are.

    Raises:
        InputError: as ``recall``; or its findings were changed since.
    """
    manifest = read_manifest(folder / MANIFEST)
    try:
        file = manifest["files"]["findings.csv"]
        content = _unchanged(folder / str(file["name"]), str(file["sha256"]))
    except (KeyError, TypeError):
        raise _without_report(folder) from None
    found = read_side_csv(content, list(FINDINGS_SCHEMA))
    if found is None:
        raise mismatch(folder / str(file["name"]), _UNREADABLE, _AGAIN)
    # What is about the file stands before, without a record.
    return found.select(pl.col(name).cast(kind) for name, kind in FINDINGS_SCHEMA.items()).filter(
        pl.col("row").is_not_null()
    )


_UNREADABLE = Text("written by another version of crmclean", "von einer anderen Version von crmclean geschrieben")
_AGAIN = Text(
    "run crmclean again, or name the export itself", "crmclean erneut ausführen oder den Export selbst angeben"
)


def _unchanged(path: Path, sha256: str) -> bytes:
    """A file of the run, if it is still what the run wrote."""
    try:
        content = path.read_bytes()
    except OSError:
        what = Text("a file of the run is missing or can't be read", "eine Datei des Laufs fehlt oder ist nicht lesbar")
        raise mismatch(path, what, _AGAIN) from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise mismatch(path, Text("changed since the run", "seit dem Lauf verändert"), _AGAIN)
    return content


def _without_report(folder: Path) -> InputError:
    return InputError(
        Text("this run wrote no report", "dieser Lauf hat keinen Bericht geschrieben"),
        code="file-not-found",
        hint=Text(
            "`crmclean run` writes one; or name the export itself",
            "`crmclean run` schreibt einen; oder den Export selbst angeben",
        ),
        where=shown_path(str(folder)),
    )
