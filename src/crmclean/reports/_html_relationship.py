"""The section of the HTML report about the relationship to customers."""

from __future__ import annotations

from html import escape

from crmclean.core.counting import number
from crmclean.core.language import Language, Text
from crmclean.core.relationship import Answers, Lifecycle, RelationshipFigures
from crmclean.core.relationship_wording import TITLE, Sheet, sheets
from crmclean.core.summary import RunSummary
from crmclean.core.wording import counted
from crmclean.reports._html_parts import limited, section, shown, table
from crmclean.reports._svg import stacked


def relationship(summary: RunSummary, language: Language) -> str:
    """The section; empty where the file says nothing about relationships."""
    found = summary.relationship
    if found is None:
        return ""
    parts = [_sheet(sheet, language) for sheet in sheets(found, language)]
    return section(TITLE, language, "\n".join([_pictures(found, language), *parts]))


def _sheet(sheet: Sheet, language: Language) -> str:
    caption = "<br>".join(map(shown, sheet.notes))
    kept, more = limited(sheet.rows, language, "report.json", 30)
    rows = [tuple(map(shown, row)) for row in kept]
    figures = table(caption, tuple(map(shown, sheet.head)), rows, sheet.numbers)
    return f"<h3>{escape(sheet.title)}</h3>\n{figures}{more}"


def _pictures(found: RelationshipFigures, language: Language) -> str:
    """Who may be contacted, channel by channel, and how many are in which of the seven phases."""
    bars = "".join(_bar(channel.title.said(language), channel.both, language) for channel in found.channels)
    said = Text("can be reached and may be contacted", "erreichbar und darf kontaktiert werden").said(language)
    reach = f'<figure><figcaption class="soft">{escape(said)}</figcaption>{bars}</figure>' if bars else ""
    return reach + (_phases(found.lifecycle, language) if found.lifecycle else "")


def _bar(title: str, answers: Answers, language: Language) -> str:
    said = Text("{}: {} yes, {} unknown, {} no", "{}: {} ja, {} unbekannt, {} nein").said(language)
    text = said.format(title, *(number(n, language) for n in (answers.yes, answers.unknown, answers.no)))
    picture = stacked((("good", answers.yes), ("doubt", answers.unknown), ("bad", answers.no)), text)
    return f'<div><span class="soft">{escape(title)}</span>{picture}</div>'


def _phases(found: Lifecycle, language: Language) -> str:
    """One bar a phase: names of phases are too long to stand under bars side by side."""
    styles = {"defence": "doubt", "winback": "bad"}
    bars = []
    for group in found.seven:
        title = escape(group.title.said(language))
        parts = ((styles.get(group.name, "good"), group.ratio.n), ("none", group.ratio.of - group.ratio.n))
        picture = stacked(parts, f"{group.title.said(language)}: {counted(group.ratio, language)}")
        bars.append(f'<div><span class="soft">{title}</span>{picture}</div>')
    said = escape(Text("seven phases", "sieben Phasen").said(language))
    return f'<figure><figcaption class="soft">{said}</figcaption>{"".join(bars)}</figure>'
