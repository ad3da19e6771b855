"""The fast path of streets says what the field says, on lines that look like real ones."""

from __future__ import annotations

import itertools

import polars as pl
import pytest

from crmclean.accelerators.street import ACCELERATOR
from crmclean.core.field import Hints
from crmclean.core.registry import FIELDS

NAMES = (
    "Muster",
    "Am Muster",
    "An der",
    "An der A",
    "z. Hd. A",
    "Straße",
    "Str.",
    "St. Anna",
    "Große Tor",
    "Dr.-Muster-",
    "Muster ",
    "Nr",
    "Postfach",
    "Q",
    "B",
)
KINDS = ("straße", "Straße", "str.", "Str.", "strasse", "STR.", "weg", " Platz", "pl.", "gasse", "", ".")
NUMBERS = ("5", "5a", "5 a", "12-14", "1234b", "12345", "1 - 9", "6/1", "20 c/4", "5 u", "7+9", "1 2", "3 1/2", "")
LINES = [f"{name}{kind} {number}".strip() for name, kind, number in itertools.product(NAMES, KINDS, NUMBERS)]


@pytest.mark.parametrize("style", FIELDS["street"].styles)
@pytest.mark.parametrize("country", ["DE", "AT", "CH", "RO", "FR", "US", None])
def test_equal_to_the_field(country: str | None, style: str) -> None:
    field = FIELDS["street"]
    hints = Hints({"country": country} if country else {})
    judged = ACCELERATOR.run(pl.DataFrame({"value": LINES}).with_columns(country=pl.lit(country, pl.String)), style)
    n_handled = 0
    for line, (handled, *got) in zip(LINES, judged.iter_rows(), strict=True):
        if handled:
            n_handled += 1
            parsed = field.parse(line, hints)
            assert parsed.value is not None
            written = line if style == "keep" else field.write(parsed.value, style, hints)
            assert got == [parsed.value, written, parsed.code, parsed.suggestion], line
    assert n_handled > 50
