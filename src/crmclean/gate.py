"""The quality gate: whether an export is good enough, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from crmclean.config.model import GateSection
from crmclean.core.catalogue import describe
from crmclean.core.counting import FINDINGS, LINES, RECORDS, amount, number
from crmclean.core.errors import UsageError
from crmclean.core.json_text import json_text
from crmclean.core.language import Language, Text
from crmclean.core.summary import SCHEMA_VERSION, RunSummary
from crmclean.core.text import column_letters, visible
from crmclean.core.wording import SEVERITIES, score_said
from crmclean.pipeline import Settings, assess
from crmclean.table import Normalised

SHOWN = 50  # findings in the text form; the JSON form holds all
_MORE = Text("… and {} more; --format json=FILE has all", "… und {} weitere; --format json=DATEI enthält alle")
_LEVELS = {"error": ("error",), "warning": ("error", "warning"), "info": ("error", "warning", "info"), "never": ()}


@dataclass(frozen=True, slots=True)
class Gate:
    """What is allowed.

    Attributes:
        fail_on: the mildest severity that fails: error, warning, info or never.
        fail_under: the lowest score that passes, 0..1.
        max_rejects: rejected records that still pass.
        min_rows: records the export holds at least: a job that wrote a header and no more ends with 0 elsewhere.
    """

    fail_on: str = "error"
    fail_under: float = 0.0
    max_rejects: int = 0
    min_rows: int = 0

    @classmethod
    def of(
        cls,
        section: GateSection,
        *,
        fail_on: str,
        fail_under: float | None,
        max_rejects: int | None,
        min_rows: int | None = None,
        otherwise: str = "error",
    ) -> Gate:
        """The gate of the configuration, with what the command line says instead; ``otherwise`` if neither does.

        Raises:
            UsageError: for a level or a score that is none. A score above 1 is read as a percentage.
        """
        level = fail_on or section.fail_on or otherwise
        if level not in _LEVELS:
            names = ", ".join(_LEVELS)
            raise UsageError(
                Text(f"no severity {level!r}", f"kein Schweregrad {level!r}"),
                code="usage",
                hint=Text(f"one of {names}", f"möglich: {names}"),
            )
        lowest = section.fail_under if fail_under is None else fail_under
        if not 0 <= lowest <= 100:
            raise UsageError(Text("--fail-under wants 0..1", "--fail-under braucht 0..1"), code="usage")
        return cls(
            level,
            lowest / 100 if lowest > 1 else lowest,
            section.max_rejects if max_rejects is None else max_rejects,
            section.min_rows if min_rows is None else min_rows,
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the gate said.

    Attributes:
        why: what failed; empty texts when it passed.
    """

    passed: bool
    why: Text
    summary: RunSummary
    cleaned: Normalised


def check(path: str, settings: Settings, gate: Gate) -> Outcome:
    """Judge an export and hold it against the gate; nothing is written."""
    run = assess(path, settings)
    return judge_run(run.cleaned.normalised, run.summary, gate)


def judge_run(cleaned: Normalised, summary: RunSummary, gate: Gate) -> Outcome:
    """Hold a run against the gate."""
    reasons = _failures(cleaned, gate)
    if summary.score is not None and summary.score < gate.fail_under:
        reasons.append(
            Text(
                f"score {score_said(summary.score, 'en')} under {score_said(gate.fail_under, 'en')}",
                f"Gesamtwert {score_said(summary.score, 'de')} unter {score_said(gate.fail_under, 'de')}",
            )
        )
    return Outcome(not reasons, _joined(reasons), summary, cleaned)


def judge_cleaning(cleaned: Normalised, gate: Gate) -> Text | None:
    """Why a cleaned table fails the gate, without figures of the report; ``None`` when it passes."""
    reasons = _failures(cleaned, gate)
    return _joined(reasons) if reasons else None


def _joined(reasons: list[Text]) -> Text:
    return Text("; ".join(r.en for r in reasons), "; ".join(r.de for r in reasons))


def _failures(cleaned: Normalised, gate: Gate) -> list[Text]:
    levels = _LEVELS[gate.fail_on]
    grave = int(cleaned.findings["severity"].is_in(levels).sum()) if levels else 0
    grave += sum(note.severity.value in levels for note in cleaned.table.notes)
    n_rejects = len(cleaned.table.rejects)
    reasons: list[Text] = []
    if grave:
        level, n = SEVERITIES[gate.fail_on], amount(grave, FINDINGS)
        reasons.append(
            Text(f"{n.en} of severity {level.en} or worse", f"{n.de} mit Schweregrad {level.de} oder schlimmer")
        )
    if n_rejects > gate.max_rejects:
        reasons.append(_too_many_rejects(n_rejects, gate.max_rejects))
    n_rows = cleaned.table.frame.height
    if n_rows < gate.min_rows:
        rows = amount(n_rows, RECORDS)
        reasons.append(
            Text(
                f"{rows.en}, at least {number(gate.min_rows, 'en')} wanted",
                f"{rows.de}, mindestens {number(gate.min_rows, 'de')} erwartet",
            )
        )
    return reasons


def _too_many_rejects(n: int, allowed: int) -> Text:
    lines = amount(n, LINES)
    limit = Text(f"{allowed} allowed", f"{allowed} erlaubt") if allowed else Text("none allowed", "keine erlaubt")
    return Text(
        f"{lines.en} {'is no record' if n == 1 else 'are no records'} ({limit.en})",
        f"{lines.de} {'ist kein Datensatz' if n == 1 else 'sind keine Datensätze'} ({limit.de})",
    )


def render(kind: Literal["text", "json"] | str, outcome: Outcome, language: Language, *, show_values: bool) -> str:
    """The outcome as text or JSON. Cell values only with ``show_values``."""
    return _json(outcome, show_values) if kind == "json" else _text(outcome, language, show_values)


def _columns(show_values: bool) -> list[str]:
    shown = ["row", "line", "record_id", "column", "field", "code", "severity", "message"]
    return [*shown, "value", "suggestion"] if show_values else shown


def _json(outcome: Outcome, show_values: bool) -> str:
    summary = outcome.summary
    about_file: list[dict[str, Any]] = [
        {"line": n.line, "column": n.column, "code": n.code, "severity": n.severity, "message": n.message.en}
        for n in summary.notes
    ]
    rejected = [
        {"line": reject.line, "code": reject.code, "severity": "error"} for reject in outcome.cleaned.table.rejects
    ]
    tree = {
        "schema_version": SCHEMA_VERSION,
        "passed": outcome.passed,
        "why": outcome.why.en,
        "scores": {
            name: {"n": ratio.n, "of": ratio.of, "share": ratio.share} for name, ratio in summary.scores.items()
        },
        "score": summary.score,
        "findings": [*about_file, *rejected, *outcome.cleaned.findings.select(_columns(show_values)).to_dicts()],
    }
    return json_text(tree, indent=2) + "\n"


def _text(outcome: Outcome, language: Language, show_values: bool) -> str:
    """A line for each finding, gravest first, as ``FILE:LINE: code: message``."""
    file = visible(str(outcome.summary.file["name"]))
    lines = [
        f"{file}:{f'{n.line}:' if n.line else ''} {n.code}: {visible(n.message.said(language))}"
        for n in outcome.summary.notes
    ]
    rejects = outcome.cleaned.table.rejects
    lines += [f"{file}:{r.line}: {r.code}: {describe(r.code).what.said(language)}" for r in rejects[:SHOWN]]
    if len(rejects) > SHOWN:
        lines.append(_MORE.said(language).format(number(len(rejects) - SHOWN, language)))
    findings = outcome.cleaned.findings
    grave = findings.filter(pl.col("severity") != "info").sort("severity", maintain_order=True)
    letters = {name: column_letters(at) for at, name in enumerate(outcome.cleaned.table.names)}
    record, column = Text("record", "Datensatz").said(language), Text("column", "Spalte").said(language)
    for row in grave.head(SHOWN).iter_rows(named=True):
        value = f" [{row['value']}]" if show_values else ""
        where = f'({record} {row["row"]}, {column} {letters.get(row["column"], "")} "{row["column"]}")'
        lines.append(visible(f"{file}:{row['line']}: {row['code']}: {row['message']} {where}{value}"))
    if grave.height > SHOWN:
        lines.append(_MORE.said(language).format(number(grave.height - SHOWN, language)))
    passed = Text("passed", "bestanden") if outcome.passed else Text("failed", "nicht bestanden")
    score = Text("score {}", "Gesamtwert {}").said(language).format(score_said(outcome.summary.score, language))
    lines.append(f"{file}: {passed.said(language)}, {score}")
    return "\n".join(lines) + "\n"
