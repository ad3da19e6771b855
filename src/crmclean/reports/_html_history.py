"""What the history of an export says in the HTML report: the section, and the line in a score's card."""

from __future__ import annotations

from html import escape

from crmclean.core.history_trends import TITLE as FIGURES
from crmclean.core.history_trends import Trend, trends
from crmclean.core.history_trends import trend_head as figures_head
from crmclean.core.history_wording import (
    MOVE_HEAD,
    PHASES,
    TABLE_RUNS,
    TITLE,
    TREND,
    anomaly_said,
    code_head,
    code_rows,
    move_rows,
    phase_titles,
    since_said,
    trend_head,
    trend_row,
    unchanged_said,
)
from crmclean.core.language import Language, Text
from crmclean.core.summary import RunSummary
from crmclean.core.wording import SCORES, SEVERITIES, code_said, percent
from crmclean.reports._html_parts import section, shown, table
from crmclean.reports._svg import sparkline

_LINE = Text("{} from run to run", "{} von Lauf zu Lauf")


def trend(name: str, summary: RunSummary, language: Language) -> str:
    """The line of one dimension; empty where there is no history, or only one run."""
    if summary.history is None:
        return ""
    known = [(run.as_of, run.scores.get(name)) for run in summary.history.runs]
    said = _LINE.said(language).format(SCORES[name].said(language))
    described = ", ".join(f"{day}: {percent(ratio, language)}" for day, ratio in known if ratio and ratio.of)
    return sparkline([ratio.share if ratio else None for _, ratio in known], said, described)


def history(summary: RunSummary, language: Language) -> str:
    """The section; empty where there is no history."""
    past = summary.history
    if past is None:
        return ""
    parts = [f"<p>{shown(since_said(past, language))}</p>"]
    if past.anomalies:
        items = "".join(
            f'<li><span class="badge {one.severity}">{escape(SEVERITIES[one.severity].said(language))}</span> '
            f'{shown(anomaly_said(one, language))} <code class="soft">{one.code}</code></li>'
            for one in past.anomalies
        )
        parts.append(f'<ul class="notes">{items}</ul>')
    if rows := code_rows(past, language):
        head = code_head(past, language)
        parts.append(table("", head, _marked(rows, summary, language), numbers=range(1, len(head) - 1)))
    if unchanged := unchanged_said(past, language):
        parts.append(f'<p class="soft">{escape(unchanged)}</p>')
    if moved := move_rows(past, phase_titles(summary), language):
        caption = escape(PHASES.said(language))
        rows_said = [tuple(map(escape, row)) for row in moved]
        parts.append(table(caption, MOVE_HEAD.said(language).split("|"), rows_said, numbers=(0,)))
    if found := trends(summary, language):
        parts.append(_trends(found, summary, language))
    if past.since:
        runs = past.runs[-TABLE_RUNS:]
        head = [escape(cell) for cell in trend_head(runs, language)]
        lines = [[escape(cell) for cell in trend_row(run, runs, language)] for run in reversed(runs)]
        parts.append(table(escape(TREND.said(language)), head, lines, numbers=range(1, len(head))))
    return section(TITLE, language, "\n".join(parts))


def _trends(found: list[Trend], summary: RunSummary, language: Language) -> str:
    """Figures about the relationship: the last runs, and a line."""
    head = [*map(escape, figures_head(summary, language)), ""]
    rows = []
    for trend in found:
        said = _LINE.said(language).format(trend.title)
        line = sparkline([None if v is None else v / trend.whole for v in trend.values], said, ", ".join(trend.shown))
        rows.append((escape(trend.title), *map(escape, trend.shown), line))
    return table(escape(FIGURES.said(language)), head, rows, numbers=range(1, len(head) - 1))


def _marked(rows: list[tuple[str, ...]], summary: RunSummary, language: Language) -> list[tuple[str, ...]]:
    """The rows with the severity as a badge and the finding in words."""
    severities = {each.code: each.severity for each in summary.history.codes} if summary.history else {}
    return [
        (
            f'<span class="badge {severities[code]}">{escape(level)}</span>',
            *figures,
            f'{escape(code_said(code, language, summary.own_rules)[0])} <code class="soft">{shown(code)}</code>',
        )
        for level, *figures, code in rows
    ]
