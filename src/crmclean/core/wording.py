"""Words and numbers a person reads, in both languages: in reports and on the terminal. Never a cell value."""

from __future__ import annotations

from crmclean.core.catalogue import describe
from crmclean.core.language import Language, Text
from crmclean.core.registry import FIELDS
from crmclean.core.summary import Clock, Ratio, RunSummary

TITLE = Text("Data quality report", "Datenqualitätsbericht")
SCORES = {
    "completeness": Text("Completeness", "Vollständigkeit"),
    "validity": Text("Validity", "Gültigkeit"),
    "timeliness": Text("Timeliness", "Aktualität"),
}
SCORE_RULES = {
    "completeness": Text(
        "records that serve a purpose, over all records and purposes that apply",
        "Datensätze, die einen Zweck erfüllen, über alle Datensätze und anwendbaren Zwecke",
    ),
    "validity": Text(
        "valid cells of those known to be valid or invalid; doubtful ones are counted apart",
        "gültige Zellen unter den als gültig oder ungültig erkannten; zweifelhafte zählen gesondert",
    ),
    "timeliness": Text(
        "records some clock calls fresh, of those some clock knows",
        "Datensätze, die eine Uhr frisch nennt, unter denen, die eine Uhr kennt",
    ),
}
SEVERITIES = {
    "error": Text("error", "Fehler"),
    "warning": Text("warning", "Warnung"),
    "info": Text("note", "Hinweis"),
}
SAFETIES = {"safe": Text("safe", "sicher"), "unsafe": Text("proposal applied", "Vorschlag angewandt")}
NOT_APPLICABLE = Text("not applicable: no column for {}", "nicht anwendbar: keine Spalte für {}")
NO_FINDINGS = Text("Nothing found.", "Keine Befunde.")


def number(value: int, language: Language) -> str:
    """A whole number with the thousands sign of the language.

    >>> number(1234567, "de"), number(1234567, "en")
    ('1.234.567', '1,234,567')
    """
    text = f"{value:,}"
    return text.replace(",", ".") if language == "de" else text


def percent(ratio: Ratio, language: Language) -> str:
    """A share as a percentage with one decimal; never 100 % or 0 % by rounding alone.

    >>> percent(Ratio(9999, 10000), "de"), percent(Ratio(1, 100000), "en"), percent(Ratio(0, 0), "en")
    ('99,9 %', '0.1 %', '–')
    """
    share = ratio.share
    if share is None:
        return "–"
    shown = min(max(round(share * 100, 1), 0.1), 99.9) if 0 < share < 1 else share * 100
    text = f"{shown:.1f} %"
    return text.replace(".", ",") if language == "de" else text


def counted(ratio: Ratio, language: Language) -> str:
    """Numerator and denominator.

    >>> counted(Ratio(3, 1200), "en")
    '3 of 1,200'
    """
    word = Text("of", "von").said(language)
    return f"{number(ratio.n, language)} {word} {number(ratio.of, language)}"


def field_title(name: str | None, language: Language) -> str:
    """What a person calls a field; a dash for a column nobody could place."""
    return FIELDS[name].title.said(language) if name in FIELDS and name else "–"


def code_said(code: str, language: Language) -> tuple[str, str]:
    """What a code means and what to do."""
    found = describe(code)
    return found.what.said(language), found.fix.said(language)


def clock_said(clock: Clock, language: Language) -> str:
    """One sentence about a clock."""
    if not clock.columns:
        return Text("no column tells", "keine Spalte sagt es").said(language)
    if clock.is_worthless:
        return (
            Text(
                "{:.0%} of the records carry the same timestamp: a bulk import set it, it says nothing",
                "{:.0%} der Datensätze tragen denselben Zeitstempel: ein Massenimport hat ihn gesetzt, er sagt nichts",
            )
            .said(language)
            .format(clock.bulk_share)
        )
    limit = Text("limit {} days", "Grenze {} Tage").said(language).format(clock.limit_days)
    if clock.limit_days is None:
        limit = Text("no limit", "ohne Grenze").said(language)
    if clock.median_age_days is None:
        return limit
    return limit + Text(", median age {} days", ", mittleres Alter {} Tage").said(language).format(
        clock.median_age_days
    )


def heading(summary: RunSummary, language: Language) -> str:
    """File, records and day, in one line."""
    words = Text("{}: {} records, {} columns, as of {}", "{}: {} Datensätze, {} Spalten, Stand {}").said(language)
    n_rows, n_columns = number(summary.n_rows, language), number(summary.n_columns, language)
    return words.format(summary.file["name"], n_rows, n_columns, summary.as_of)
