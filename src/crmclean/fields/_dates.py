"""What all date fields have in common: one parser, one set of codes, the default dates of databases.

Sources: ISO 8601-1:2019; DIN 5008:2020 (dates as 2024-03-01 or 01.03.2024); the default dates: Excel and OLE
automation day 0 and 1 (1899-12-30, 1899-12-31, 1900-01-01), Unix epoch, .NET ``DateTime.MinValue`` (0001-01-01), SQL
Server ``datetime`` minimum (1753-01-01), Windows ``FILETIME`` 0 (1601-01-01), Outlook "none" (4501-01-01), SAP and
Oracle "for ever" (9999-12-31).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from crmclean.core.codes import Code, Severity
from crmclean.core.date_habits import date_habit
from crmclean.core.dates import PIVOT, Reading, day_first, read_date
from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text

DEFAULT_DAYS = frozenset(
    {
        *("0001-01-01", "1601-01-01", "1753-01-01", "1899-12-30", "1899-12-31", "1900-01-01"),
        *("1970-01-01", "4501-01-01", "9999-12-31"),
    }
)
_EARLIEST = "1900-01-01"  # no CRM record is older; what is, is a typing error
_OLDEST_AGE = 120  # years; the oldest person with proof was 122

STYLES = ("keep", "iso", "dmy")


def _written_forms(days: frozenset[str]) -> frozenset[str]:
    """The days as CRMs and Excel write them, without and with midnight."""
    forms = {
        "0",
        "00.00.0000",
        "0.0.00",
        "0000-00-00",
        "0000-00-00 00:00:00",
        "00000000",
        "00/00/0000",
        "--",
        "1/0/1900",
    }
    for day in days:
        year, month, number = day.split("-")
        m, d = int(month), int(number)
        plain = {day, f"{number}.{month}.{year}", f"{d}.{m}.{year}", f"{month}/{number}/{year}", f"{m}/{d}/{year}"}
        plain |= {f"{number}/{month}/{year}", f"{d}/{m}/{year}", f"{year}{month}{number}"}
        forms |= plain | {f"{form} {midnight}" for form in plain for midnight in ("00:00:00", "00:00", "0:00")}
        forms |= {f"{day}t00:00:00{zone}" for zone in ("", "z", ".000z", ".000+0000")}
    return frozenset(forms)


def _code(name: str, severity: Severity, what: Text, fix: Text, *, names_repair: bool = False) -> Code:
    why = {
        Severity.ERROR: Text(
            "No rule that needs this day can use it.", "Keine Regel, die diesen Tag braucht, kann damit etwas anfangen."
        ),
        Severity.WARNING: Text(
            "A date read wrongly is worse than none: ages, deadlines and freshness are computed from it.",
            "Ein falsch gelesenes Datum ist schlimmer als keins: Alter, Fristen und Aktualität hängen daran.",
        ),
        Severity.INFO: Text("Said for the record.", "Der Vollständigkeit halber."),
    }[severity]
    return Code(name, severity, what, why, fix, names_repair)


_LOOK_UP = Text("Look the date up and write it as 2024-03-31.", "Das Datum nachsehen und als 31.03.2024 schreiben.")

CODES = (
    _code("not-a-date", Severity.ERROR, Text("not a date", "kein Datum"), _LOOK_UP),
    _code("impossible", Severity.ERROR, Text("a day that does not exist", "ein Tag, den es nicht gibt"), _LOOK_UP),
    _code(
        "ambiguous",
        Severity.WARNING,
        Text("day and month can't be told apart", "Tag und Monat sind nicht zu unterscheiden"),
        Text(
            "Export the column as 2024-03-31, or name the order of the column.",
            "Die Spalte als 2024-03-31 exportieren oder die Reihenfolge der Spalte angeben.",
        ),
    ),
    _code(
        "order",
        Severity.WARNING,
        Text(
            "day and month stand in another order than in the rest of the column",
            "Tag und Monat stehen in anderer Reihenfolge als im Rest der Spalte",
        ),
        Text("Compare it with the source.", "Mit der Quelle vergleichen."),
    ),
    _code(
        "incomplete",
        Severity.WARNING,
        Text("a date without day or year", "ein Datum ohne Tag oder Jahr"),
        Text("Add what is missing, if known.", "Das Fehlende ergänzen, wenn bekannt."),
    ),
    _code(
        "number",
        Severity.WARNING,
        Text(
            "a bare number among dates (Excel serial or Unix time?)",
            "eine bloße Zahl zwischen Daten (Excel-Seriennummer oder Unix-Zeit?)",
        ),
        Text(
            "Check the proposed day and format the cell as a date.",
            "Den Vorschlag prüfen und die Zelle als Datum formatieren.",
        ),
    ),
    _code(
        "early-serial",
        Severity.WARNING,
        Text("an Excel serial before March 1900", "eine Excel-Seriennummer vor März 1900"),
        Text(
            "Look the date up: Excel counts these days wrongly.", "Das Datum nachsehen: Excel zählt diese Tage falsch."
        ),
    ),
    _code(
        "from-number",
        Severity.INFO,
        Text("read from an Excel serial or Unix time", "aus einer Excel-Seriennummer oder Unix-Zeit gelesen"),
        Text("Nothing to do.", "Nichts zu tun."),
        names_repair=True,
    ),
    _code(
        "default-date",
        Severity.WARNING,
        Text("a date that stands for “none” in many systems", "ein Datum, das in vielen Systemen für „keins“ steht"),
        Text(
            "Clear the cell, or check that the day is meant.", "Die Zelle leeren oder prüfen, ob der Tag gemeint ist."
        ),
    ),
    _code("future", Severity.WARNING, Text("a day in the future", "ein Tag in der Zukunft"), _LOOK_UP),
    _code("too-old", Severity.WARNING, Text("a day before 1900", "ein Tag vor 1900"), _LOOK_UP),
)

BIRTH_CODES = (
    _code("age", Severity.WARNING, Text("older than 120 years", "älter als 120 Jahre"), _LOOK_UP),
    _code(
        "two-digit-year",
        Severity.WARNING,
        Text("the century is not written, and both are possible", "das Jahrhundert fehlt, und beide sind möglich"),
        Text("Write the year with four digits.", "Das Jahr mit vier Ziffern schreiben."),
    ),
)

GOOD = (
    *("2024-03-01", "2024-03-01T14:05:00Z", "2024-03-01 14:05", "01.03.2024", "1.3.2024 14:05", "25/03/2024"),
    *("20240301", "1 March 2024", "1. März 2024", "2024-03-01T14:05:00.000+0000", "Mar 1, 2024", "31.12.1999 23:59:59"),
)
BAD = ("31.02.2024", "03/04/2024", "2024-13-45", "gestern", "März 2024", "45352", "2024-03-01T25:00:00", "1.1.1")
SOURCES = ("ISO 8601-1:2019", "DIN 5008:2020", "ECMA-376-1:2016 §18.17.4.1")


def _not_read(reading: Reading, hints: Hints) -> Parsed:
    """A finding without a value; a guess is proposed in the column's own form."""
    guess = reading.guess
    if guess and hints.habit.startswith("dmy"):
        guess = day_first(guess)
    return Parsed(code=reading.reason, suggestion=guess)


def parse_time(value: str, hints: Hints) -> Parsed:
    """A day or point in time that lies in the past of ``hints.as_of``."""
    reading = read_date(value, hints.habit)
    canonical = reading.value
    if canonical is None:
        return _not_read(reading, hints)
    day = canonical[:10]
    if day in DEFAULT_DAYS:
        return Parsed(code="default-date")
    if hints.as_of is not None and day > hints.as_of.isoformat():
        return Parsed(canonical, "future")
    if day < _EARLIEST:
        return Parsed(canonical, "too-old")
    return Parsed(canonical, reading.reason)


def parse_birth(value: str, hints: Hints) -> Parsed:
    """A birthday: two-digit years lie in the past, and nobody is older than 120 years.

    1970-01-01 is kept, with a doubt: people were born on that day.
    """
    today = hints.as_of
    reading = read_date(value, hints.habit, today.year % 100 if today else PIVOT)
    canonical = reading.value
    if canonical is None:
        return _not_read(reading, hints)
    day = canonical[:10]
    if day == "1970-01-01":
        return Parsed(canonical, "default-date")
    if day in DEFAULT_DAYS:
        return Parsed(code="default-date")
    if today is not None:
        if day > today.isoformat():
            return Parsed(canonical, "future")
        if _age(day, today) > _OLDEST_AGE:
            return Parsed(canonical, "age")
        if reading.short_year and _age(f"{int(day[:4]) - 100}{day[4:]}", today) <= _OLDEST_AGE - 10:
            return Parsed(canonical, "two-digit-year")  # 1.3.20: six years old, or a hundred and six
    elif day < _EARLIEST:
        return Parsed(canonical, "age")
    return Parsed(canonical, reading.reason)


def _age(day: str, today: date) -> int:
    """Completed years between a day and today."""
    return today.year - int(day[:4]) - (today.isoformat()[5:] < day[5:])


def display(value: str, style: str) -> str:
    """``dmy`` as Germans write it; else ISO."""
    return day_first(value) if style == "dmy" else value


def looks_like(value: str) -> float:
    """A date is a date: which of the record's many it is, only the header can say."""
    return 0.3 if len(value) <= 40 and read_date(value.strip(), "dmy").value else 0.0


def day_key(value: str) -> str:
    """Points in time are compared by their day."""
    return value[:10]


def date_field(
    name: str,
    title: Text,
    headers: tuple[str, ...],
    *,
    group: str = "time",
    birth: bool = False,
    strength: Strength = Strength.NONE,
) -> FieldType:
    """A date field; times of a record say nothing about identity, so ``strength`` is usually none."""
    parse: Callable[[str, Hints], Parsed] = parse_birth if birth else parse_time
    return FieldType(
        name=name,
        title=title,
        group=group,
        parse=parse,
        display=display,
        styles=STYLES,
        key=day_key,
        strength=strength,
        headers=headers,
        looks_like=looks_like,
        habit=date_habit,
        codes=(*CODES, *BIRTH_CODES) if birth else CODES,
        placeholders=_written_forms(DEFAULT_DAYS - {"1970-01-01"} if birth else DEFAULT_DAYS),
        examples_good=GOOD,
        examples_bad=BAD,
        sources=SOURCES,
    )
