"""Numbers with what they count, in both languages: one record, two records."""

from __future__ import annotations

from crmclean.core.hidden import Hidden
from crmclean.core.language import Language, Text

RECORDS = Text("record|records", "Datensatz|Datensätze")
CELLS = Text("cell|cells", "Zelle|Zellen")
COLUMNS = Text("column|columns", "Spalte|Spalten")
ROWS = Text("row|rows", "Zeile|Zeilen")
LINES = Text("line|lines", "Zeile|Zeilen")
FINDINGS = Text("finding|findings", "Befund|Befunde")
DUPLICATES = Text("duplicate|duplicates", "Dublette|Dubletten")
PAIRS = Text("pair|pairs", "Paar|Paare")
ERRORS = Text("error|errors", "Fehler|Fehler")
WARNINGS = Text("warning|warnings", "Warnung|Warnungen")
FORMULAS = Text("formula|formulas", "Formel|Formeln")
DAYS = Text("day|days", "Tag|Tage")


def number(value: int, language: Language) -> str:
    """A whole number with the thousands sign of the language; words for one that is not told.

    >>> number(1234567, "de"), number(1234567, "en")
    ('1.234.567', '1,234,567')
    """
    if isinstance(value, Hidden):
        return value.said(language)
    text = f"{value:,}"
    return text.replace(",", ".") if language == "de" else text


def word(n: int, noun: Text) -> Text:
    """The noun alone, as it stands behind this number.

    Args:
        n: how many.
        noun: ``one|many`` in both languages.

    >>> word(1, ROWS).said("de"), word(0, ROWS).said("de")
    ('Zeile', 'Zeilen')
    """
    return Text(noun.en.split("|")[n != 1], noun.de.split("|")[n != 1])


def amount(n: int, noun: Text) -> Text:
    """A number and its noun.

    >>> amount(1, RECORDS).said("en"), amount(1200, RECORDS).said("de")
    ('1 record', '1.200 Datensätze')
    """
    said = word(n, noun)
    return Text(f"{number(n, 'en')} {said.en}", f"{number(n, 'de')} {said.de}")
