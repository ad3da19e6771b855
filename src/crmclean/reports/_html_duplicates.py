"""The HTML report on duplicates."""

from __future__ import annotations

from html import escape

from crmclean.core import wording as words
from crmclean.core.counting import number
from crmclean.core.language import Language, Text
from crmclean.core.summary import DuplicateFigures, RunSummary
from crmclean.reports._html_parts import section, table


def duplicates(summary: RunSummary, language: Language) -> str:
    """The section; empty where nobody looked for duplicates."""
    found = summary.duplicates
    if found is None:
        return ""
    head = Text("|pairs|expected right", "|Paare|davon erwartet richtig").said(language).split("|")
    rows = [
        (
            escape(words.BANDS[band.name].said(language)),
            number(band.pairs, language),
            escape(words.expected_share(band, language)),
        )
        for band in found.bands
    ]
    caption = Text(
        "Every pair with its reasons is in pairs.csv, every cluster in duplicates.csv; crmclean review asks about the "
        "open ones.",
        "Jedes Paar mit Gründen steht in pairs.csv, jede Gruppe in duplicates.csv; crmclean review fragt nach den "
        "offenen.",
    )
    said = f"<p>{escape(words.clusters_said(found, language))}</p>"
    bands = table(escape(caption.said(language)), head, rows, numbers=(1, 2))
    more = _relations(found, language) + _shared(found, language)
    return section(Text("Duplicates", "Dubletten"), language, said + bands + more)


def _relations(found: DuplicateFigures, language: Language) -> str:
    if not found.relations:
        return ""
    head = Text("relation|pairs", "Beziehung|Paare").said(language).split("|")
    rows = [(escape(words.RELATIONS[name].said(language)), number(n, language)) for name, n in found.relations]
    caption = Text(
        "Alike, but not the same; listed in relations.csv.", "Ähnlich, aber nicht dasselbe; stehen in relations.csv."
    )
    return table(escape(caption.said(language)), head, rows, numbers=(1,))


def _shared(found: DuplicateFigures, language: Language) -> str:
    if not found.shared:
        return ""
    head = Text("what|records|different ones|first records", "was|Datensätze|verschiedene|erste Datensätze")
    rows = [
        (
            escape(words.shared_title(value.field, language)),
            number(value.records, language),
            number(value.entities, language),
            escape(words.rows_said(value.rows, language)),
        )
        for value in found.shared
    ]
    return table(escape(words.SHARED.said(language)), head.said(language).split("|"), rows, numbers=(1, 2))
