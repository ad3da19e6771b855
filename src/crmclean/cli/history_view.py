"""What ``crmclean history`` shows. Column names are the only thing of the export that is in it."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import polars as pl

from crmclean.core.counting import number
from crmclean.core.history_wording import anomaly_said, dimensions, trend_head, trend_row
from crmclean.core.json_text import json_text
from crmclean.core.language import Language, Text
from crmclean.core.summary import SCHEMA_VERSION
from crmclean.core.text import visible
from crmclean.core.wording import SEVERITIES
from crmclean.formats.history_tables import PastRun
from crmclean.formats.side_csv import write_side_csv
from crmclean.history.recorded import Recorded
from crmclean.reports.text import aligned

BLOCKS = "▁▂▃▄▅▆▇█"
PLAIN_BLOCKS = "_.-~=+*#"  # where the terminal has no others


def sparkline(values: Sequence[float | None], blocks: str = BLOCKS) -> str:
    """The values as one sign each, the lowest to the highest; a blank where one is unknown.

    >>> sparkline([1, 2, None, 8]), sparkline([3, 3])
    ('▁▂ █', '▁▁')
    """
    known = [value for value in values if value is not None]
    low, span = min(known, default=0.0), max(known, default=0.0) - min(known, default=0.0)
    top = len(blocks) - 1
    return "".join(" " if v is None else blocks[round(top * (v - low) / span) if span else 0] for v in values)


def runs_text(recorded: Recorded, last: int, language: Language) -> str:
    """The runs as a table, each figure with its line below, then what is unusual about the newest."""
    runs, figures = recorded.runs[-last:], recorded.figures[-last:]
    if not runs:
        return Text("no run was recorded yet", "noch ist kein Lauf festgehalten").said(language)
    more = Text("new|fixed", "neu|behoben").said(language).split("|")
    rows = [[*trend_head(figures, language), *more]]
    for run, known in zip(runs, figures, strict=True):
        counts = ("–" if n is None else number(n, language) for n in (run.new, run.fixed))
        rows.append([*trend_row(known, figures, language), *counts])
    blocks = BLOCKS if _can_show(BLOCKS) else PLAIN_BLOCKS
    rows.append(["", *(sparkline(values, blocks) for values in _columns(runs, recorded))])
    said = Text("{}: {} of {} runs", "{}: {} von {} Läufen").said(language)
    head = said.format(visible(recorded.name), number(len(runs), language), number(len(recorded.runs), language))
    lines = [head, *aligned(rows, right=range(1, len(rows[0])))]
    if recorded.anomalies:
        unusual = Text("Unusual about the newest run", "Ungewöhnlich am neuesten Lauf").said(language)
        notes = [
            (SEVERITIES[one.severity].said(language), one.code, visible(anomaly_said(one, language)))
            for one in recorded.anomalies
        ]
        lines += ["", unusual, *aligned(notes)]
    return "\n".join(lines)


def _columns(runs: Sequence[PastRun], recorded: Recorded) -> list[list[float | None]]:
    """The figures of the table one after another, over the runs."""
    figures = recorded.figures[-len(runs) :]
    shares = [
        [known.scores[name].share if name in known.scores else None for known in figures]
        for name in dimensions(figures)
    ]
    counted: list[list[float | None]] = [
        [float(known.findings.get(severity, 0)) for known in figures] for severity in ("error", "warning")
    ]
    became = [
        [None if n is None else float(n) for n in column]
        for column in zip(*((r.new, r.fixed) for r in runs), strict=True)
    ]
    return [[float(known.rows) for known in figures], [known.score for known in figures], *shares, *counted, *became]


def _can_show(signs: str) -> bool:
    try:
        signs.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def runs_json(recorded: Recorded, last: int, language: Language) -> str:
    """The runs with all their figures; keys are English and stable."""
    runs = [
        {**asdict(known), "score": known.score, "new": run.new, "fixed": run.fixed}
        for run, known in zip(recorded.runs[-last:], recorded.figures[-last:], strict=True)
    ]
    unusual = [
        {
            "code": one.code,
            "severity": one.severity,
            "column": one.column or None,
            "message": one.message.said(language),
        }
        for one in recorded.anomalies
    ]
    tree = {"schema_version": SCHEMA_VERSION, "name": recorded.name, "runs": runs, "anomalies": unusual}
    return json_text(tree, indent=2)


def runs_csv(recorded: Recorded, last: int, language: Language) -> str:  # noqa: ARG001 - keys are never translated
    """A row for each run: figures that a spreadsheet draws."""
    figures = recorded.figures[-last:]
    rows: list[dict[str, Any]] = [
        {
            "as_of": known.as_of,
            "rows": known.rows,
            "rejects": known.rejects,
            "score": _rounded(known.score),
            **{
                name: _rounded(known.scores[name].share) if name in known.scores else None
                for name in dimensions(figures)
            },
            **{f"{level}s": known.findings.get(level, 0) for level in ("error", "warning")},
            "new": run.new,
            "fixed": run.fixed,
        }
        for run, known in zip(recorded.runs[-last:], figures, strict=True)
    ]
    return _csv(pl.DataFrame(rows, infer_schema_length=None))


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def findings_text(recorded: Recorded, language: Language) -> str:
    """The open findings as a table."""
    found = recorded.open_findings
    if found.is_empty():
        return Text("no finding is open", "kein Befund ist offen").said(language)
    head = Text("severity|n|since|finding|column", "Schwere|n|seit|Befund|Spalte").said(language).split("|")
    rows = [
        (SEVERITIES[severity].said(language), number(n, language), day, code, visible(column))
        for severity, code, column, day, n in found.iter_rows()
    ]
    return "\n".join(aligned([head, *rows], right=(1,), indent=""))


def findings_json(recorded: Recorded, language: Language) -> str:  # noqa: ARG001 - keys are never translated
    """The open findings for programs."""
    tree = {"schema_version": SCHEMA_VERSION, "name": recorded.name, "open_findings": recorded.open_findings.to_dicts()}
    return json_text(tree, indent=2)


def findings_csv(recorded: Recorded, language: Language) -> str:  # noqa: ARG001 - keys are never translated
    """The open findings for a spreadsheet."""
    return _csv(recorded.open_findings)


def _csv(frame: pl.DataFrame) -> str:
    sink = io.BytesIO()
    write_side_csv(frame, sink)
    return sink.getvalue().decode()
