"""Surveys answer on a scale that only the whole column shows; an answer outside of it is found by that.

The column's habit then holds both: ``comma/0-10`` is the decimal sign and the scale.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from crmclean.core.codes import Code, Severity
from crmclean.core.field import FieldType, Hints, Parsed
from crmclean.core.language import Text
from crmclean.fields._numbers import decimal_habit, read_number

SCALES = (5, 7, 10, 100)  # highest answers of the usual surveys; 100 is percent
_MANY = 4  # different answers inside a scale that make a single one outside an error of typing


def off_scale(severity: Severity) -> Code:
    """The code of an answer outside of its column's scale."""
    return Code(
        "off-scale",
        severity,
        what=Text("outside of the scale the column answers on", "außerhalb der Skala, auf der die Spalte antwortet"),
        why=Text(
            "One answer on another scale moves the mean of all.",
            "Eine Antwort auf einer anderen Skala verschiebt das Mittel aller.",
        ),
        fix=Text("Compare it with the survey.", "Mit der Umfrage vergleichen."),
    )


def scale_of(habit: str) -> tuple[float, float] | None:
    """The scale in a column's habit.

    >>> scale_of("comma/0-10"), scale_of("comma")
    ((0.0, 10.0), None)
    """
    low, dash, high = habit.partition("/")[2].partition("-")
    return (float(low), float(high)) if dash else None


def answers_scale(values: Sequence[Decimal]) -> str:
    """``0-10`` where a column holds answers to “would you recommend us?” rather than scores made of them.

    A zero is both and has no vote.

    >>> answers_scale([Decimal(9), Decimal(10), Decimal(12)]), answers_scale([Decimal(-50), Decimal(42), Decimal(3)])
    ('0-10', '')
    """
    answers = sum(1 for value in values if 0 < value <= 10)
    scores = sum(1 for value in values if not 0 <= value <= 10)
    return "0-10" if answers > scores else ""


def survey_scale(values: Sequence[Decimal]) -> str:
    """The smallest usual scale that holds all answers; one alone far outside has no vote among many.

    >>> survey_scale([Decimal(v) for v in (1, 3, 5)]), survey_scale([Decimal(v) for v in (1, 2, 4, 5, 55)])
    ('1-5', '1-5')
    >>> survey_scale([Decimal(v) for v in (0, 6, 10)]), survey_scale([Decimal(v) for v in (85, 90, 3)])
    ('0-10', '0-100')
    """
    inside = [value for value in values if value <= 10]
    lone = len(values) - len(inside) == 1 and len(inside) >= _MANY
    seen = inside if lone else values
    if not seen:
        return ""
    highest = next((scale for scale in SCALES if max(seen) <= scale), None)
    if highest is None:
        return ""
    return f"{0 if min(seen) < 1 or highest == 100 else 1}-{highest}"


def on_scale(field: FieldType, find: Callable[[Sequence[Decimal]], str], severity: Severity) -> FieldType:
    """The field, judging its answers by the scale of their column as well.

    Args:
        field: a number field.
        find: names the scale of a column's different answers, or nothing.
        severity: of an answer outside of it: an error where the survey defines the scale, else a warning.
    """

    def habit(values: Sequence[str]) -> str:
        decimal = decimal_habit(values)
        read = (read_number(value, decimal).low for value in values)
        scale = find([value for value in read if value is not None])
        return f"{decimal}/{scale}" if scale else decimal

    def parse(value: str, hints: Hints) -> Parsed:
        decimal, _, scale = hints.habit.partition("/")
        parsed = field.parse(value, replace(hints, habit=decimal) if scale else hints)
        if parsed.value is None or not scale:
            return parsed
        low, high = scale.split("-")
        number = read_number(parsed.value, "point").low
        fits = number is None or Decimal(low) <= number <= Decimal(high)
        return parsed if fits else Parsed(code="off-scale")

    return replace(field, parse=parse, habit=habit, codes=(*field.codes, off_scale(severity)))
