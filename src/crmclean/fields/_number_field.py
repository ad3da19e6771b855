"""What all number fields have in common: bounds, codes and the same reading."""

from __future__ import annotations

from decimal import Decimal

from crmclean.core.codes import Code, Severity
from crmclean.core.field import FieldType, Hints, Parsed
from crmclean.core.language import Text
from crmclean.fields._numbers import LONGEST, decimal_habit, range_from_date, read_number


def _code(name: str, severity: Severity, what: Text, fix: Text) -> Code:
    why = Text("A wrong number is worse than none.", "Eine falsche Zahl ist schlimmer als keine.")
    return Code(name, severity, what, why, fix)


_LOOK_UP = Text("Compare it with the source.", "Mit der Quelle vergleichen.")
CODES = (
    _code("not-a-number", Severity.ERROR, Text("not a number", "keine Zahl"), _LOOK_UP),
    _code(
        "ambiguous",
        Severity.WARNING,
        Text("thousands or decimals can't be told apart", "Tausender- und Dezimalzeichen sind nicht zu unterscheiden"),
        Text("Export the column without thousands separators.", "Die Spalte ohne Tausendertrennzeichen exportieren."),
    ),
    _code(
        "out-of-range",
        Severity.ERROR,
        Text("outside of what this field can hold", "außerhalb dessen, was dieses Feld enthalten kann"),
        _LOOK_UP,
    ),
    _code("implausible", Severity.WARNING, Text("implausibly large", "unwahrscheinlich groß"), _LOOK_UP),
    _code(
        "precision-lost",
        Severity.WARNING,
        Text("scientific notation: digits may be lost", "wissenschaftliche Schreibweise: Stellen können fehlen"),
        Text("Export the column again as text.", "Die Spalte erneut als Text exportieren."),
    ),
    _code(
        "became-date",
        Severity.WARNING,
        Text("a range that Excel turned into a date", "ein Bereich, den Excel in ein Datum verwandelt hat"),
        Text("Check the proposed range.", "Den vorgeschlagenen Bereich prüfen."),
    ),
)


def _no_key(value: str) -> None:  # noqa: ARG001 - a size or a score is no identity
    return None


def number_field(  # noqa: PLR0913 - what tells one number from another
    name: str,
    title: Text,
    group: str,
    headers: tuple[str, ...],
    *,
    lowest: Decimal | None = None,
    highest: Decimal | None = None,
    plausible: Decimal | None = None,
    whole: bool = False,
    examples_good: tuple[str, ...],
    examples_bad: tuple[str, ...],
    sources: tuple[str, ...] = (),
) -> FieldType:
    """A field of numbers between two bounds; above ``plausible`` they are doubted."""

    def parse(value: str, hints: Hints) -> Parsed:
        """A number, a range (``10-49``) or an open range (``500+``)."""
        reading = read_number(value, hints.habit, highest, whole=whole)
        if reading.value is None:
            guess = range_from_date(value) if whole and reading.reason == "not-a-number" else None
            return Parsed(code="became-date", suggestion=guess) if guess else Parsed(code=reading.reason)
        if lowest is not None and reading.low is not None and reading.low < lowest:
            return Parsed(code="out-of-range")
        top = reading.high if reading.high is not None else reading.low
        if highest is not None and top is not None and top > highest:
            return Parsed(code="out-of-range")
        if len(reading.value) > LONGEST:
            return Parsed(code="out-of-range")
        if plausible is not None and top is not None and top > plausible:
            return Parsed(reading.value, "implausible")
        parts = {"currency": reading.currency} if reading.currency else {}
        return Parsed(reading.value, reading.reason, parts=parts)

    return FieldType(
        name=name,
        title=title,
        group=group,
        parse=parse,
        styles=("keep", "plain"),
        key=_no_key,
        headers=headers,
        habit=decimal_habit,
        codes=CODES,
        examples_good=examples_good,
        examples_bad=examples_bad,
        sources=sources,
    )
