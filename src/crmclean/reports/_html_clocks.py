"""The section of the HTML report about freshness: four clocks, how old their evidence is, and how it wears off."""

from __future__ import annotations

from html import escape

from crmclean.core import wording as words
from crmclean.core.counting import number
from crmclean.core.language import Language, Text
from crmclean.core.staleness_wording import TITLE, curves, staleness_sheet
from crmclean.core.summary import Clock, RunSummary
from crmclean.reports._html_parts import section, shown, table
from crmclean.reports._svg import histogram, stacked
from crmclean.reports._svg_curve import curve


def clocks(summary: RunSummary, language: Language) -> str:
    """The section."""
    head = Text("clock||fresh|stale|unknown|what it says", "Uhr||frisch|veraltet|unbekannt|was sie sagt")
    rows = [_row(clock, summary.n_rows, language) for clock in summary.clocks]
    caption = Text(
        "Four clocks that mean different things; a record without a date is unknown, neither fresh nor stale.",
        "Vier Uhren mit verschiedener Bedeutung; ein Datensatz ohne Datum ist unbekannt, weder frisch noch veraltet.",
    )
    figures = table(escape(caption.said(language)), head.said(language).split("|"), rows, numbers=(2, 3, 4))
    pictures = "".join(_ages(clock, language) for clock in summary.clocks if any(n for _, n in clock.ages))
    title = Text("Freshness", "Aktualität")
    return section(title, language, figures + _curve(summary, language) + f'<div class="figures">{pictures}</div>')


def _row(clock: Clock, n_rows: int, language: Language) -> tuple[str, ...]:
    fresh, stale = ("none", "none") if clock.is_worthless else ("good", "bad")
    parts = ((fresh, clock.fresh), (stale, clock.stale), ("none", clock.unknown))
    title = clock.title.said(language)
    return (
        escape(title),
        stacked(parts, title) if n_rows else "",
        *(number(n, language) for n in (clock.fresh, clock.stale, clock.unknown)),
        escape(words.clock_said(clock, language)),
    )


def _curve(summary: RunSummary, language: Language) -> str:
    """Of the dated records the share that is older than so many days, one line a clock, and the same in numbers."""
    sheet = staleness_sheet(summary, language)
    if sheet is None:
        return ""
    lines = [
        (clock.title.said(language), [(days, ratio.share or 0.0) for days, ratio in points])
        for clock, points in curves(summary)
    ]
    picture = curve(lines, TITLE.said(language), language)
    notes = "<br>".join(map(shown, sheet.notes))
    figures = table(notes, sheet.head, [tuple(map(shown, row)) for row in sheet.rows], sheet.numbers)
    return f"<h3>{escape(sheet.title)}</h3>\n<figure>{picture}</figure>\n{figures}"


def _ages(clock: Clock, language: Language) -> str:
    """How old the evidence is, as a histogram."""
    bars, below = [], 0
    unit = Text("d", "T").said(language)
    for bound, n in clock.ages:
        label = f"> {below} {unit}" if bound is None else f"≤ {bound} {unit}"
        is_fresh = bound is not None and clock.limit_days is not None and bound <= clock.limit_days
        style = "good" if is_fresh else "bad"
        bars.append((label, n, "none" if clock.is_worthless else style))
        below = bound or below
    said = Text("Age of the evidence, in days: {}", "Alter der Belege in Tagen: {}").said(language)
    text = said.format(clock.title.said(language))
    listed = "; ".join(f"{label}: {number(n, language)}" for label, n, _ in bars)
    picture = histogram(bars, f"{text}. {listed}")
    return f'<figure><figcaption class="soft">{escape(text)}</figcaption>{picture}</figure>'
