"""What ``crmclean history`` shows. Column names are the only thing of the export that is in it."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from dataclasses import asdict
from itertools import repeat
from typing import Any

import polars as pl

from crmclean.core.counting import number
from crmclean.core.history import RunFigures
from crmclean.core.history_wording import anomaly_said, dimensions
from crmclean.core.json_text import json_text
from crmclean.core.language import Language, Text
from crmclean.core.summary import SCHEMA_VERSION
from crmclean.core.text import visible
from crmclean.core.wording import SCORES, SEVERITIES, percent, score_said
from crmclean.formats.history_tables import PastRun
from crmclean.formats.side_csv import write_side_csv
from crmclean.history.recorded import Recorded
from crmclean.reports.text import aligned

BLOCKS = "▁▂▃▄▅▆▇█"
_LEAST_SPAN = 0.02  # of shares: a tenth of a point up and down is no drama
PLAIN_BLOCKS = "_.-~=+*#"  # where the terminal has no others


def sparkline(values: Sequence[float | None], blocks: str = BLOCKS, least: float = 0.0) -> str:
    """The values as one sign each, the lowest to the highest; a blank where one is unknown.

    Args:
        values: over the runs.
        blocks: the signs, the lowest first.
        least: the span that the signs cover at least, so that small ups and downs look small.

    >>> sparkline([1, 2, None, 8]), sparkline([3, 3]), sparkline([0.501, 0.5], least=0.02)
    ('▁▂ █', '▁▁', '▅▄')
    """
    known = [value for value in values if value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    span, top = max(high - low, least), len(blocks) - 1
    start = low - (span - (high - low)) / 2
    return "".join(" " if v is None else blocks[round(top * (v - start) / span) if span else 0] for v in values)


def runs_text(recorded: Recorded, last: int, language: Language) -> str:
    """The runs as a table, the dimensions from the first to the last run, and what is unusual about the newest."""
    runs, figures = recorded.runs[-last:], recorded.figures[-last:]
    if not runs:
        return Text("no run was recorded yet", "noch ist kein Lauf festgehalten").said(language)
    said = Text("{}: {} of {} runs", "{}: {} von {} Läufen").said(language)
    head = said.format(visible(recorded.name), number(len(runs), language), number(len(recorded.runs), language))
    lines = [head, *_table(runs, figures, language), *_dimensions(figures, language)]
    if recorded.anomalies:
        unusual = Text("Unusual about the newest run", "Ungewöhnlich am neuesten Lauf").said(language)
        notes = [
            (SEVERITIES[one.severity].said(language), one.code, visible(anomaly_said(one, language)))
            for one in recorded.anomalies
        ]
        lines += ["", unusual, *aligned(notes)]
    return "\n".join(lines)


def _table(runs: Sequence[PastRun], figures: Sequence[RunFigures], language: Language) -> list[str]:
    """A row a run; below each column its line."""
    head = Text("day|records|score|errors|warnings|new|fixed", "Tag|Datensätze|Gesamtwert|Fehler|Warnungen|neu|behoben")
    rows = [head.said(language).split("|")]
    columns: list[list[float | None]] = [[], [], [], [], [], []]
    for run, known in zip(runs, figures, strict=True):
        counts = [known.findings.get("error", 0), known.findings.get("warning", 0), run.new, run.fixed]
        shown = ["–" if n is None else number(n, language) for n in counts]
        rows.append([known.as_of, number(known.rows, language), score_said(known.score, language), *shown])
        for column, value in zip(columns, [known.rows, known.score, *counts], strict=True):
            column.append(value)
    if len(runs) > 1:
        spans = [0.0, _LEAST_SPAN, *[0.0] * 4]
        rows.append(["", *(sparkline(*each) for each in zip(columns, repeat(_blocks()), spans))])
    return aligned(rows, right=range(1, len(rows[0])))


def _dimensions(figures: Sequence[RunFigures], language: Language) -> list[str]:
    """Each dimension: its line over the runs, and where it is now."""
    if len(figures) == 1:
        rows = [(SCORES[name].said(language), percent(ratio, language)) for name, ratio in figures[0].scores.items()]
        return ["", *aligned(rows, right=(1,))]
    rows_said = []
    for name in dimensions(figures):
        ratios = [known.scores.get(name) for known in figures]
        ends = ["–" if ratio is None else percent(ratio, language) for ratio in (ratios[0], ratios[-1])]
        line = sparkline([ratio.share if ratio else None for ratio in ratios], _blocks(), _LEAST_SPAN)
        rows_said.append((SCORES[name].said(language), line, ends[0], "→" if _can_show("→") else "->", ends[1]))
    return ["", *aligned(rows_said, right=(2, 4))]


def _blocks() -> str:
    return BLOCKS if _can_show(BLOCKS) else PLAIN_BLOCKS


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
