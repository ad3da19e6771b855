"""What a history says, in words, for every form of the report alike."""

from __future__ import annotations

from collections.abc import Sequence

from crmclean.core.counting import number
from crmclean.core.history import Anomaly, CodeSince, HistoryFigures, RunFigures
from crmclean.core.language import Language, Text
from crmclean.core.summary import RunSummary
from crmclean.core.wording import SCORES, SEVERITIES, percent, score_said

TITLE = Text("Since the last run", "Seit dem letzten Lauf")
TREND = Text("The last runs", "Die letzten Läufe")
PHASES = Text("Records in another phase", "Datensätze in einer anderen Phase")
TABLE_RUNS = 12
_CODE_HEAD = Text("severity|new|still open|fixed|since|finding", "Schwere|neu|noch offen|behoben|seit|Befund")
_CODE_HEAD_GONE = Text(
    "severity|new|still open|fixed|gone|since|finding", "Schwere|neu|noch offen|behoben|entfallen|seit|Befund"
)
_GONE = Text(", {} gone with their records or columns", ", {} mit ihren Datensätzen oder Spalten entfallen")
MOVE_HEAD = Text("records|from|to", "Datensätze|von|nach")
_COLUMN = Text('column "{}"', "Spalte „{}“")
_UNCHANGED = Text(
    "as before: {} more kind of finding|as before: {} more kinds of findings",
    "wie zuvor: {} weitere Befundart|wie zuvor: {} weitere Befundarten",
)
_FIRST = Text(
    'history "{}": the first run, nothing to compare with', "Verlauf „{}“: der erste Lauf, noch kein Vergleich"
)
_SINCE = Text(
    'history "{}", since {}: {} new, {} still open, {} fixed',
    "Verlauf „{}“, seit {}: {} neu, {} noch offen, {} behoben",
)


def since_said(past: HistoryFigures, language: Language) -> str:
    """One line: what is new, still open and fixed."""
    if not past.since:
        return _FIRST.said(language).format(past.name)
    counts = (number(n, language) for n in (past.new, past.still, past.fixed))
    gone = _GONE.said(language).format(number(past.gone, language)) if past.gone else ""
    return _SINCE.said(language).format(past.name, past.since, *counts) + gone


def anomaly_said(anomaly: Anomaly, language: Language) -> str:
    """What is unusual, and in which column."""
    place = f" ({_COLUMN.said(language).format(anomaly.column)})" if anomaly.column else ""
    return anomaly.message.said(language) + place


def code_head(past: HistoryFigures, language: Language) -> list[str]:
    """What stands above ``code_rows``; who is gone has a column where there is any."""
    return (_CODE_HEAD_GONE if past.gone else _CODE_HEAD).said(language).split("|")


def code_rows(past: HistoryFigures, language: Language) -> list[tuple[str, ...]]:
    """A row for each code that something became of, under ``code_head``; none for the first run: everything is new."""
    if not past.since:
        return []
    return [
        (
            SEVERITIES[each.severity].said(language),
            *(number(n, language) for n in (each.new, each.still, each.fixed, *([each.gone] if past.gone else []))),
            each.oldest or "–",
            each.code,
        )
        for each in past.codes
        if _has_changed(each)
    ]


def unchanged_said(past: HistoryFigures, language: Language) -> str:
    """How many codes are as they were at the run before; empty where none is, or where there was none."""
    n = sum(not _has_changed(each) for each in past.codes) if past.since else 0
    one, many = _UNCHANGED.said(language).split("|")
    return (one if n == 1 else many).format(number(n, language)) if n else ""


def _has_changed(code: CodeSince) -> bool:
    return bool(code.new or code.fixed or code.gone)


def move_rows(past: HistoryFigures, titles: dict[str, Text], language: Language) -> list[tuple[str, ...]]:
    """Who is in another phase, under ``MOVE_HEAD``.

    Args:
        past: the history.
        titles: of the phases by name.
        language: of the words.
    """
    return [
        (
            number(move.n, language),
            *(titles[name].said(language) if name in titles else name for name in (move.before, move.after)),
        )
        for move in past.moves
    ]


def trend_head(runs: Sequence[RunFigures], language: Language) -> list[str]:
    """The columns of a table of runs."""
    fixed = Text("day|records|score", "Tag|Datensätze|Gesamtwert").said(language).split("|")
    counts = Text("errors|warnings", "Fehler|Warnungen").said(language).split("|")
    return [*fixed, *(SCORES[name].said(language) for name in dimensions(runs)), *counts]


def trend_row(run: RunFigures, runs: Sequence[RunFigures], language: Language) -> list[str]:
    """One run of it."""
    return [
        run.as_of,
        number(run.rows, language),
        score_said(run.score, language),
        *(percent(run.scores[name], language) if name in run.scores else "–" for name in dimensions(runs)),
        *(number(run.findings.get(severity, 0), language) for severity in ("error", "warning")),
    ]


def dimensions(runs: Sequence[RunFigures]) -> list[str]:
    """The dimensions that any of the runs has."""
    return [name for name in SCORES if any(name in run.scores for run in runs)]


def phase_titles(summary: RunSummary) -> dict[str, Text]:
    """What people call the seven phases, as far as the report has them."""
    lifecycle = summary.relationship.lifecycle if summary.relationship else None
    return {group.name: group.title for group in lifecycle.seven} if lifecycle else {}
