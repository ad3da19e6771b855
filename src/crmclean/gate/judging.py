"""Holds an export, or a run, against the gate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crmclean.core.counting import FINDINGS, LINES, RECORDS, amount, number
from crmclean.core.language import Text
from crmclean.core.summary import RunSummary
from crmclean.core.wording import SCORES, SEVERITIES, score_said
from crmclean.gate.limits import Gate
from crmclean.gate_result import Limit, joined
from crmclean.table import Normalised

_NEW_FINDINGS = Text("new finding|new findings", "neuer Befund|neue Befunde")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the gate said of a run.

    Attributes:
        limits: everything that was asked for, met or not.
    """

    limits: tuple[Limit, ...]

    @property
    def passed(self) -> bool:
        """Whether it is good enough."""
        return not any(limit.why and not limit.is_warning for limit in self.limits)

    @property
    def why(self) -> Text:
        """What failed; empty texts when it passed."""
        return joined(tuple(limit.why for limit in self.limits if limit.why and not limit.is_warning))


@dataclass(frozen=True, slots=True)
class Counts:
    """What the gate counts.

    Attributes:
        grave: findings of the severities that fail, without known ones.
        rejects: lines that are no record, without known ones.
        rows: records.
        is_compared: whether known ones were left out.
    """

    grave: int
    rejects: int
    rows: int
    is_compared: bool = False


def judge_run(cleaned: Normalised, summary: RunSummary, gate: Gate) -> Outcome:
    """Hold a run against the gate."""
    return Outcome((*limits_met(gate, _counted(cleaned, gate)), *floors_met(gate, summary)))


def judge_cleaning(cleaned: Normalised, gate: Gate) -> Text | None:
    """Why a cleaned table fails the gate, without figures of the report; ``None`` when it passes."""
    outcome = Outcome(tuple(limits_met(gate, _counted(cleaned, gate))))
    return None if outcome.passed else outcome.why


def _counted(cleaned: Normalised, gate: Gate) -> Counts:
    levels = gate.severities
    grave = int(cleaned.findings["severity"].is_in(levels).sum()) if levels else 0
    grave += sum(note.severity.value in levels for note in cleaned.table.notes)
    return Counts(grave, len(cleaned.table.rejects), cleaned.table.frame.height)


def limits_met(gate: Gate, counts: Counts) -> Iterator[Limit]:
    """The limits on what can be counted."""
    yield Limit("findings", False, _too_grave(gate, counts) if counts.grave > gate.max_new else None)
    too_many = counts.rejects > gate.max_rejects
    yield Limit("rejects", False, _too_many_rejects(counts.rejects, gate.max_rejects) if too_many else None)
    if gate.min_rows:
        yield Limit("rows", False, _too_few(counts.rows, gate.min_rows) if counts.rows < gate.min_rows else None)


def floors_met(gate: Gate, summary: RunSummary) -> Iterator[Limit]:
    """The limits on shares, those that fail first."""
    shares: Mapping[str, float | None] = {
        "score": summary.score,
        **{name: summary.scores[name].share if name in summary.scores else None for name in SCORES},
    }
    for floors, is_warning in ((gate.error, False), (gate.warning, True)):
        for name, lowest in floors.items():
            share = shares[name]
            if share is None and lowest:
                # Unknown is not bad; but who asks for it must learn that nobody knows.
                yield Limit(name, True, _unknown(name))
            else:
                is_low = share is not None and share < lowest
                yield Limit(name, is_warning, _too_low(name, share, lowest) if is_low else None)


def _title(name: str) -> Text:
    if name not in SCORES:
        return Text("score", "Gesamtwert")
    return Text(SCORES[name].en.lower(), SCORES[name].de)


def _too_low(name: str, share: float | None, lowest: float) -> Text:
    title = _title(name)
    return Text(
        f"{title.en} {score_said(share, 'en')} under {score_said(lowest, 'en')}",
        f"{title.de} {score_said(share, 'de')} unter {score_said(lowest, 'de')}",
    )


def _unknown(name: str) -> Text:
    title = _title(name)
    return Text(
        f"{title.en} is unknown: no column tells of it", f"{title.de} ist unbekannt: keine Spalte gibt Auskunft"
    )


def _too_grave(gate: Gate, counts: Counts) -> Text:
    level = SEVERITIES[gate.fail_on]
    n = amount(counts.grave, _NEW_FINDINGS if counts.is_compared else FINDINGS)
    allowed = gate.max_new
    limit = (
        Text(f" ({number(allowed, 'en')} allowed)", f" ({number(allowed, 'de')} erlaubt)") if allowed else Text("", "")
    )
    return Text(
        f"{n.en} of severity {level.en} or worse{limit.en}",
        f"{n.de} mit Schweregrad {level.de} oder schlimmer{limit.de}",
    )


def _too_few(rows: int, wanted: int) -> Text:
    n = amount(rows, RECORDS)
    return Text(
        f"{n.en}, at least {number(wanted, 'en')} wanted", f"{n.de}, mindestens {number(wanted, 'de')} erwartet"
    )


def _too_many_rejects(n: int, allowed: int) -> Text:
    lines = amount(n, LINES)
    limit = Text(f"{allowed} allowed", f"{allowed} erlaubt") if allowed else Text("none allowed", "keine erlaubt")
    return Text(
        f"{lines.en} {'is no record' if n == 1 else 'are no records'} ({limit.en})",
        f"{lines.de} {'ist kein Datensatz' if n == 1 else 'sind keine Datensätze'} ({limit.de})",
    )
