"""Company number of Companies House: eight digits, or a two-letter prefix and six digits.

Sources: Companies House, "Company number prefixes" (SC Scotland, NI and R0 Northern Ireland, OC/SO/NC partnerships, …).

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("sc123456", NO_HINTS).value
'SC123456'
>>> FIELD.parse("1234567", NO_HINTS).suggestion
'01234567'
"""

from __future__ import annotations

import re

from stdnum.exceptions import InvalidFormat

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

_PREFIXES = "|".join(
    "AC CE CS ES FC FE GE GN GS IC IP LP NA NC NF NI NL NO NP NR NV NZ OC OE PC RC RS SA SC SE SF SG SI SL SO SP SR SZ"
    " ZC".split()
)
_SHAPE = re.compile(rf"[0-9]{{8}}|(?:{_PREFIXES})[0-9]{{6}}|R0[0-9]{{6}}|IP[0-9]{{5}}R|SP[0-9]{{5}}R")


def validate(number: str) -> str:
    """One of the forms of Companies House; there is no check digit."""
    compact = re.sub(r"[\s.-]", "", number).upper()
    if not _SHAPE.fullmatch(compact) or compact == "00000000":
        raise InvalidFormat
    return compact


FIELD = number_field(
    name="gb_company_number",
    title=Text("UK company number", "Britische Unternehmensnummer"),
    shape=Shape(
        validate=validate,
        words=re.compile(r"(?:crn|company (?:reg(?:istration)? )?(?:no|number))\.?(?![A-Za-z])", re.IGNORECASE),
        digits=8,
        max_lost=3,
    ),
    expected=Text("8 digits or 2 letters and 6 digits", "8 Ziffern oder 2 Buchstaben und 6 Ziffern"),
    has_check_digit=False,
    headers=(
        "company number",
        "company registration number",
        "crn",
        "companies house number",
        "company reg no",
        "registered number",
    ),
    examples_good=("01234567", "SC123456", "ni 012345", "OC 300001", "Company No. 01234567"),
    examples_bad=("1234567", "XX123456", "123456789", "1,23457E+07", "SC12345"),
    sources=("Companies House, URI customer guide: company number prefixes",),
)
