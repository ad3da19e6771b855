"""Austrian Firmenbuchnummer: FN, up to six digits and a check letter.

The rule of the check letter (weights 6 4 14 15 10 1 over six digits, remainder modulo 17, seventeen letters) is known
from use, not from a law: a letter that does not fit is a warning.

Sources: Firmenbuchgesetz § 30; pruefziffernberechnung.de, Firmenbuchnummer; python-stdnum ``stdnum.at.businessid``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("FN 123456 d", NO_HINTS).value
'FN 123456d'
>>> FIELD.parse("FN 123456a", NO_HINTS).code
'checksum'
>>> FIELD.parse("123456", NO_HINTS).code
'format'
"""

from __future__ import annotations

import re
from dataclasses import replace

from stdnum.exceptions import InvalidFormat

from crmclean.core.codes import Severity
from crmclean.core.field import Hints, Parsed
from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

_SHAPE = re.compile(r"0{0,5}([1-9][0-9]{0,5})([a-z])")
_WEIGHTS = (6, 4, 14, 15, 10, 1)
_LETTERS = "abdfghikmpstvwxyz"


def check_letter(digits: str) -> str:
    """The letter behind one to six digits.

    >>> check_letter("12345")
    'f'
    """
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits.zfill(6), strict=True))
    return _LETTERS[total % len(_LETTERS)]


def validate(number: str) -> str:
    """``FN`` and the number with its letter in lower case, as the register writes it; any letter."""
    compact = re.sub(r"[\s./-]", "", number).lower().removeprefix("fn")
    match = _SHAPE.fullmatch(compact)
    if match is None:
        raise InvalidFormat
    return f"FN {match[1]}{match[2]}"


def looks_like(value: str) -> float:
    """The letters FN before such a number say it."""
    return 1.0 if re.fullmatch(r"FN ?[0-9]{4,6} ?[a-z]", value) else 0.0


_PLAIN = number_field(
    name="at_fn",
    title=Text("Firmenbuch number", "Firmenbuchnummer"),
    shape=Shape(
        validate=validate,
        words=re.compile(r"(?:firmenbuch-?(?:nr|nummer)?\.?|fb-?nr\.?|fn\.?)(?![A-Za-z])", re.IGNORECASE),
    ),
    expected=Text("up to 6 digits and a letter", "bis zu 6 Ziffern und ein Buchstabe"),
    headers=("fn", "firmenbuchnummer", "firmenbuch", "fn nr", "fn nummer", "firmenbuch nr", "fb nr"),
    looks_like=looks_like,
    examples_good=("FN 123456d", "234567B", "FN654321 M", "Firmenbuchnummer: 12345 f", "FN 12345-f"),
    examples_bad=("123456", "FN 123456a", "FN", "1,23457E+05", "HRB 12345"),
    sources=("Firmenbuchgesetz § 30", "http://pruefziffernberechnung.de"),
)


def parse(value: str, hints: Hints) -> Parsed:
    """The number; its check letter is only a doubt."""
    parsed = _PLAIN.parse(value, hints)
    if parsed.value and check_letter(parsed.value[3:-1]) != parsed.value[-1]:
        return replace(parsed, code="checksum")
    return parsed


FIELD = replace(
    _PLAIN,
    parse=parse,
    codes=tuple(replace(code, severity=Severity.WARNING) if code.name == "checksum" else code for code in _PLAIN.codes),
)
