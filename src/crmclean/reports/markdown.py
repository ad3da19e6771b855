"""The report as Markdown, for tickets, wikis and merge requests."""

from __future__ import annotations

from collections.abc import Iterable

from crmclean.core import history_trends as past_trends
from crmclean.core import history_wording as past_words
from crmclean.core import wording as words
from crmclean.core.counting import number
from crmclean.core.language import Language, Text
from crmclean.core.overview_wording import overview_sheets
from crmclean.core.relationship_wording import TITLE as RELATIONSHIP
from crmclean.core.relationship_wording import Sheet, sheets
from crmclean.core.summary import RunSummary
from crmclean.plugins import Report

_SPECIAL = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]<>#|"} | {"\n": " ", "\r": " "})


def _safe(text: str) -> str:
    """Text that Markdown shows as it is: names of columns and files may hold anything."""
    return "".join(c if c.isprintable() else "�" for c in text.translate(_SPECIAL))


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    heads = list(head)
    return [
        "| " + " | ".join(heads) + " |",
        "|" + "---|" * len(heads),
        *("| " + " | ".join(row) + " |" for row in rows),
        "",
    ]


def render(summary: RunSummary, language: Language) -> bytes:
    """The figures as Markdown tables, UTF-8."""
    lines = [f"# {words.TITLE.said(language)}", "", _safe(words.heading(summary, language)), ""]
    figures = (_scores, _history, _overview, _purposes, _columns, _clocks, _relationship, _duplicates, _enrichment)
    for part in (*figures, _findings, _file):
        lines += part(summary, language)
    return ("\n".join(lines).rstrip() + "\n").encode()


def _scores(summary: RunSummary, language: Language) -> list[str]:
    rows = [
        (words.SCORES[name].said(language), words.percent(r, language), words.counted(r, language))
        for name, r in summary.scores.items()
    ]
    return _table((Text("score", "Wert").said(language), "", ""), rows)


def _history(summary: RunSummary, language: Language) -> list[str]:
    past = summary.history
    if past is None:
        return []
    lines = [f"## {past_words.TITLE.said(language)}", "", _safe(past_words.since_said(past, language)), ""]
    lines += [
        f"- **{words.SEVERITIES[a.severity].said(language)}** {_safe(past_words.anomaly_said(a, language))}"
        for a in past.anomalies
    ]
    lines += [""] if past.anomalies else []
    if rows := past_words.code_rows(past, language):
        lines += _table(past_words.code_head(past, language), ((*row[:-1], f"`{row[-1]}`") for row in rows))
    if unchanged := past_words.unchanged_said(past, language):
        lines += [unchanged, ""]
    if moved := past_words.move_rows(past, past_words.phase_titles(summary), language):
        lines += [f"**{past_words.PHASES.said(language)}**", ""]
        lines += _table(past_words.MOVE_HEAD.said(language).split("|"), (map(_safe, row) for row in moved))
    if trends := past_trends.trend_rows(summary, language):
        lines += [f"**{past_trends.TITLE.said(language)}**", ""]
        lines += _table(past_trends.trend_head(summary, language), (map(_safe, row) for row in trends))
    return lines


def _purposes(summary: RunSummary, language: Language) -> list[str]:
    rows = []
    for purpose in summary.purposes:
        if purpose.ratio.of:
            said = words.counted(purpose.ratio, language)
        else:
            said = words.not_applicable(purpose.missing, language)
        rows.append((purpose.title.said(language), words.percent(purpose.ratio, language), said))
    head = Text("usable for", "nutzbar für").said(language)
    return _table((head, "", ""), rows)


def _columns(summary: RunSummary, language: Language) -> list[str]:
    head = Text("column|field|filled|valid|doubtful|invalid", "Spalte|Feld|gefüllt|gültig|zweifelhaft|ungültig")
    rows = [
        (
            _safe(c.column),
            words.field_title(c.field, language),
            *(number(n, language) for n in (c.filled, c.valid, c.doubtful, c.invalid)),
        )
        for c in summary.columns
    ]
    return _table(head.said(language).split("|"), rows)


def _clocks(summary: RunSummary, language: Language) -> list[str]:
    head = Text("clock|fresh|stale|unknown|", "Uhr|frisch|veraltet|unbekannt|")
    rows = [
        (
            clock.title.said(language),
            *(number(n, language) for n in (clock.fresh, clock.stale, clock.unknown)),
            words.clock_said(clock, language),
        )
        for clock in summary.clocks
    ]
    return _table(head.said(language).split("|"), rows)


def _relationship(summary: RunSummary, language: Language) -> list[str]:
    if summary.relationship is None:
        return []
    return [f"## {RELATIONSHIP.said(language)}", "", *_sheets(sheets(summary.relationship, language))]


def _overview(summary: RunSummary, language: Language) -> list[str]:
    return _sheets(overview_sheets(summary, language))


def _sheets(found: Iterable[Sheet]) -> list[str]:
    lines: list[str] = []
    for sheet in found:
        lines += [f"**{_safe(sheet.title)}**", ""]
        lines += _table(map(_safe, sheet.head), (map(_safe, row) for row in sheet.rows))
        lines += [*(f"{_safe(note)}  " for note in sheet.notes), ""] if sheet.notes else []
    return lines


def _duplicates(summary: RunSummary, language: Language) -> list[str]:
    found = summary.duplicates
    if found is None:
        return []
    head = Text("duplicates|pairs|expected right", "Dubletten|Paare|davon erwartet richtig")
    rows = [
        (words.BANDS[band.name].said(language), number(band.pairs, language), words.expected_share(band, language))
        for band in found.bands
    ]
    lines = [*_table(head.said(language).split("|"), rows), words.clusters_said(found, language), ""]
    if not found.shared:
        return lines
    shared = [
        (words.shared_said(value, language), number(value.entities, language), words.rows_said(value.rows, language))
        for value in found.shared
    ]
    return lines + _table((words.SHARED.said(language), "", ""), shared)


def _enrichment(summary: RunSummary, language: Language) -> list[str]:
    found = summary.enrichment
    if found is None:
        return []
    counts = [(words.ENRICHED[key].said(language), number(n, language)) for key, n in words.enriched_counts(found)]
    lines = _table((words.ENRICHMENT.said(language), ""), counts)
    cells = [
        (_safe(title), number(filled, language), number(proposed, language))
        for title, filled, proposed in words.enriched_cells(found, language)
    ]
    if cells:
        head = (
            Text("field", "Feld").said(language),
            words.FILLED_CELLS.said(language),
            words.PROPOSED_CELLS.said(language),
        )
        lines += _table(head, cells)
    register = [(f"`{code}`", number(n, language), words.code_said(code, language)[0]) for code, n in found.register]
    if register:
        lines += _table(
            Text("finding|records|meaning", "Befund|Datensätze|Bedeutung").said(language).split("|"), register
        )
    return lines


def _findings(summary: RunSummary, language: Language) -> list[str]:
    lines = [
        f"- **{words.SEVERITIES[n.severity].said(language)}** {_safe(n.message.said(language))}" for n in summary.notes
    ]
    if lines:
        lines.append("")
    if not summary.findings:
        return [*lines, words.NO_FINDINGS.said(language), ""]
    head = Text("finding|severity|cells|meaning", "Befund|Schwere|Zellen|Bedeutung")
    rows = [
        (
            f"`{found.code}`",
            words.SEVERITIES[found.severity].said(language),
            number(found.n, language),
            _safe(words.code_said(found.code, language, summary.own_rules)[0]),
        )
        for found in summary.findings
    ]
    return lines + _table(head.said(language).split("|"), rows)


def _file(summary: RunSummary, language: Language) -> list[str]:
    head = Text("file||evidence", "Datei||Beleg")
    rows = [
        (
            _safe(words.fact_title(name, language)),
            _safe(words.fact_value(value, language)),
            _safe(evidence.said(language)),
        )
        for name, (value, evidence) in summary.facts.items()
    ]
    return _table(head.said(language).split("|"), rows)


REPORT = Report(name="markdown", suffix=".md", render=render)
