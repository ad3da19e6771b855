"""What the fields of official numbers share: marks of spreadsheet damage, labels, one way to build such a field.

A number's own file says what is special about it and who checks it; ``number_field`` makes the field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from stdnum.exceptions import InvalidChecksum, ValidationError

from crmclean.core.codes import Code, Severity
from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text
from crmclean.core.text import INVISIBLE, is_ascii_digits, tidy

MAX_LENGTH = 100  # longer than any official number with its label; what is longer is not worth a look

# What the modules of python-stdnum raise besides their own ValidationError when fed odd text.
STRAY_ERRORS = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)

_SCIENTIFIC = re.compile(r"'?[+-]?[0-9](?:[.,][0-9]+)?[eE]\+[0-9]{1,3}")
_FRACTION = re.compile(r"([0-9]{4,})[.,]0{1,2}")
_LABEL = re.compile(r"[A-Za-zÄÖÜäöüß][A-Za-zÄÖÜäöüß0-9 ./()-]{0,40}[:#] *(?=[A-Za-z0-9])")
_NUMBER_WORD = re.compile(r"^(?:nr|no|nummer|number)\b[.: ]*", re.IGNORECASE)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_UNSEEN = re.compile(f"[{INVISIBLE}\0-\x08\x0e-\x1f\x7f]")


def is_precision_lost(value: str) -> bool:
    """Whether a spreadsheet turned the number into a rounded power of ten: its last digits are gone.

    >>> is_precision_lost("4,98912E+11"), is_precision_lost("498912000000")
    (True, False)
    """
    return _SCIENTIFIC.fullmatch(value) is not None


def undamaged(value: str) -> str:
    """The value without what spreadsheets and copying put around it, in plain dashes and blanks.

    >>> undamaged("'0123456.0")
    '0123456'
    """
    if not value.isascii():
        value = _UNSEEN.sub("", value).translate(_DASHES)
    value = tidy(value).lstrip("'").strip()
    fraction = _FRACTION.fullmatch(value)
    return fraction[1] if fraction else value


def without_label(value: str, words: re.Pattern[str] | None = None) -> str:
    """The value without a label such as ``USt-IdNr.:`` before it.

    Args:
        value: undamaged text.
        words: names the number goes by without a colon after them.

    >>> without_label("D-U-N-S Nr.: 12-345-6789")
    '12-345-6789'
    """
    if words is not None:
        match = words.match(value)
        if match and match.end() < len(value):
            return _NUMBER_WORD.sub("", value[match.end() :]).lstrip(" .:#").strip()
    return _LABEL.sub("", value, count=1) if _LABEL.match(value) else value


def checked(validate: Callable[[str], str], value: str) -> tuple[str | None, str | None]:
    """``(canonical, None)`` or ``(None, reason)``; total, whatever ``validate`` raises.

    >>> from stdnum import lei
    >>> checked(lei.validate, "213800KUD8LXJWSQ9D15")
    (None, 'checksum')
    """
    if not value.isascii():
        return None, "format"
    try:
        return validate(value), None
    except InvalidChecksum:
        return None, "checksum"
    except ValidationError:
        return None, "format"
    except STRAY_ERRORS:
        return None, "format"


def format_error(title: Text, shape: Text) -> Code:
    """The code ``format`` of a number: it has not the shape described."""
    article = "an" if title.en[:1] in "AEIO" else "a"  # "a UK company number"
    return Code(
        "format",
        Severity.ERROR,
        what=Text(
            f"not {article} {title.en}: {shape.en} expected", f"{title.de}: falscher Aufbau, {shape.de} erwartet"
        ),
        why=Text("It identifies no one.", "Damit ist niemand zu identifizieren."),
        fix=Text(
            "Compare it with a document of the company or the register.",
            "Mit einem Beleg des Unternehmens oder dem Register vergleichen.",
        ),
    )


def checksum_error(title: Text) -> Code:
    """The code ``checksum`` of a number: shape right, check digit wrong."""
    return Code(
        "checksum",
        Severity.ERROR,
        what=Text(f"{title.en} with a wrong check digit", f"{title.de} mit falscher Prüfziffer"),
        why=Text("At least one digit is wrong.", "Mindestens eine Ziffer ist falsch."),
        fix=Text(
            "Compare it with a document of the company or the register.",
            "Mit einem Beleg des Unternehmens oder dem Register vergleichen.",
        ),
    )


PRECISION_LOST = Code(
    "precision-lost",
    Severity.ERROR,
    what=Text(
        "number rounded by a spreadsheet (as in 4.98E+11)", "von der Tabellenkalkulation gerundet (wie in 4,98E+11)"
    ),
    why=Text(
        "The last digits are lost and can't be computed again.",
        "Die letzten Ziffern sind verloren und nicht wieder zu errechnen.",
    ),
    fix=Text(
        "Export again with the column as text, or look the number up.",
        "Erneut mit der Spalte als Text exportieren oder die Nummer nachschlagen.",
    ),
)
LOST_ZEROS = Code(
    "lost-zeros",
    Severity.ERROR,
    what=Text("leading zeros seem to be lost", "führende Nullen fehlen offenbar"),
    why=Text(
        "A spreadsheet drops the zeros before a number; the number is then another or none.",
        "Eine Tabellenkalkulation streicht Nullen vor einer Zahl; es ist dann eine andere Nummer oder keine.",
    ),
    fix=Text("Check and take the proposal with the zeros.", "Den Vorschlag mit Nullen prüfen und übernehmen."),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a number is checked and written.

    Attributes:
        validate: compact canonical form of a right number; raises ``InvalidChecksum`` or another ``ValidationError``.
        words: labels before the number that need no colon.
        digits: full length if it is all digits and zeros may have been lost in front, else 0.
        max_lost: how many lost zeros are still believed.
        parts: parts of a canonical value.
    """

    validate: Callable[[str], str]
    words: re.Pattern[str] | None = None
    digits: int = 0
    max_lost: int = 3
    parts: Callable[[str], Mapping[str, str]] = field(default=lambda _: {})

    def parse(self, value: str, hints: Hints) -> Parsed:  # noqa: ARG002 - signature of all parsers
        """Judges one value."""
        if len(value) > MAX_LENGTH:
            return Parsed(code="format")
        plain = undamaged(value)
        if is_precision_lost(plain):
            return Parsed(code="precision-lost")
        bare = without_label(plain, self.words)
        canonical, reason = checked(self.validate, bare)
        if canonical is None and " " in bare:
            canonical, reason = checked(self.validate, bare.replace(" ", ""))
        if canonical:
            return Parsed(canonical, parts=self.parts(canonical))
        padded = bare.zfill(self.digits)
        if is_ascii_digits(bare) and 0 < self.digits - len(bare) <= self.max_lost and bare.strip("0"):
            canonical, _ = checked(self.validate, padded)
            if canonical:
                return Parsed(code="lost-zeros", suggestion=padded)
        return Parsed(code=reason)


def number_field(  # noqa: PLR0913 - one keyword for each thing a field says about itself
    name: str,
    title: Text,
    shape: Shape,
    *,
    expected: Text,
    headers: tuple[str, ...],
    examples_good: tuple[str, ...],
    examples_bad: tuple[str, ...],
    sources: tuple[str, ...],
    strength: Strength = Strength.IDENTIFYING,
    has_check_digit: bool = True,
    display: Callable[[str, str], str] = lambda value, style: value,  # noqa: ARG005
    styles: tuple[str, ...] = ("canonical",),
    looks_like: Callable[[str], float] = lambda value: 0.0,  # noqa: ARG005
    group: str = "id",
) -> FieldType:
    """A field type of an official number.

    Args:
        name: equal to the file name.
        title: what a person reads.
        shape: how it is checked.
        expected: the form in words, for the message of ``format``.
        headers: see ``FieldType``.
        examples_good: see ``FieldType``.
        examples_bad: see ``FieldType``.
        sources: see ``FieldType``.
        strength: most official numbers belong to one legal entity.
        has_check_digit: whether ``checksum`` can be said at all.
        display: see ``FieldType``.
        styles: see ``FieldType``.
        looks_like: see ``FieldType``.
        group: section of ``crmclean list fields``.
    """
    codes = (
        format_error(title, expected),
        *((checksum_error(title),) if has_check_digit else ()),
        PRECISION_LOST,
        *((LOST_ZEROS,) if shape.digits else ()),
    )
    return FieldType(
        name=name,
        title=title,
        group=group,
        parse=shape.parse,
        display=display,
        styles=styles,
        strength=strength,
        headers=headers,
        looks_like=looks_like,
        codes=codes,
        examples_good=examples_good,
        examples_bad=examples_bad,
        sources=sources,
    )
