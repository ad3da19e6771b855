"""The judgement on one cell that should hold a phone number.

Order: characters, spreadsheet damage, labels and marked extensions, several numbers, letters, then the numbering plan.
A cell that is not understood is never rewritten.
"""

from __future__ import annotations

from dataclasses import dataclass

import phonenumbers

from crmclean.core.field import Hints, Parsed
from crmclean.fields import _phone_canonical as canonical
from crmclean.fields import _phone_library as library
from crmclean.fields import _phone_text as text
from crmclean.fields._phone_dialling import Reading, area_slash, dial, hyphen_extension, is_switchboard
from crmclean.fields._phone_library import Number
from crmclean.fields._phone_parts import NumberParts
from crmclean.fields._phone_text import Cell

# Labels that say nothing the column does not say already, by the kind of column.
_NEUTRAL = {"phone": {"phone"}, "mobile": {"phone", "mobile"}, "fax": {"fax"}}
_MOST = 20  # numbers looked at in one cell
_LONGEST_FRONT = 6  # digits of a long area code with its trunk zero; too few for a number with an area code
# Doubts where the other form is likely enough to be proposed.
_PROPOSED = frozenset({"no-trunk", "plus-missing"})


@dataclass(frozen=True, slots=True)
class _Question:
    """The cell as it came, and what is known about it."""

    value: str
    hints: Hints
    region: str | None
    purpose: str


def parse_number(value: str, hints: Hints, purpose: str) -> Parsed:
    """Judge a cell of a column for ``purpose`` (``phone``, ``mobile`` or ``fax``)."""
    asked = _Question(value, hints, library.known_region(hints.country), purpose)
    clean = text.normalise_characters(value)
    if text.PRECISION_LOST.fullmatch(clean):
        return Parsed(code="precision-lost")
    if whole := text.DECIMAL_TAIL.fullmatch(clean):
        parsed = _one(whole[1], asked)
        doubted = parsed.value is not None and parsed.value.startswith("+")
        return Parsed(parsed.value, "decimal-tail", lossless=False, parts=parsed.parts) if doubted else parsed
    if not text.BODY.fullmatch(clean) and len(parts := text.pieces(clean)) > 1:
        several = None if text.is_rfc_extension(clean) else _several(parts, asked)
        if several is not None:
            return several
    first, _, rest = clean.partition("\n")
    if rest and "\n" not in rest and len(text.digits_of(first)) <= _LONGEST_FRONT:
        clean = f"{first} {rest}"  # the area code stands on a line of its own
    return _one(clean, asked)


def _several(parts: list[str], asked: _Question) -> Parsed | None:
    """Several numbers in one cell: the first is the value, all of them tidied are proposed; ``None`` if they aren't."""
    if any(len(text.digits_of(part)) < 2 for part in parts):
        return None
    judged = [_one(part, asked) for part in parts[:_MOST]]
    first = judged[0]
    if not _is_sound(first):
        return None
    written = asked.value  # unless all are understood, one of them would be lost: propose nothing
    if len(parts) <= _MOST and all(map(_is_sound, judged)):
        written = "; ".join(canonical.display(one.value or "", canonical.STYLES[0]) for one in judged)
    return Parsed(first.value, "several", lossless=False, suggestion=written, parts=first.parts)


def _is_sound(parsed: Parsed) -> bool:
    return parsed.value is not None and parsed.value.startswith("+") and parsed.code in (None, "label", "not-mobile")


def _one(clean: str, asked: _Question) -> Parsed:
    """One number, perhaps with labels and an extension."""
    cell = text.take_apart(clean)
    if not text.BODY.fullmatch(cell.body):
        return _no_number(cell.body, asked.region)
    if "/" in cell.body and not (cell.body.count("/") == 1 and area_slash(cell.body, asked.region)):
        listed = _slashes(cell.body, asked)
        if listed is not None:
            return listed
    reading = dial(cell.body, asked.region)
    number = reading.number
    if (number is None or not number.is_valid) and (grown := _grown_too_long(cell, asked.region)):
        return grown
    if number is None:
        return _unread(reading, cell.body, asked)
    direct, extension = hyphen_extension(cell.body, number), cell.asked
    if cell.direct:
        direct, number, extension = _direct_by_word(cell, number, asked.region)
    return _judged(reading, number, canonical.join(number.e164, direct, extension), cell, asked)


def _direct_by_word(cell: Cell, base: Number, region: str | None) -> tuple[str, Number, str]:
    """``DW 18``: part of the number where it can be, else an extension to ask for."""
    joined = dial(f"{cell.body}{cell.direct}", region).number
    if joined is not None and hyphen_extension(f"{cell.body}-{cell.direct}", joined):
        return cell.direct, joined, ""
    return "", base, cell.direct


def _grown_too_long(cell: Cell, region: str | None) -> Parsed | None:
    """A hyphen extension that makes the whole longer than the plan knows, behind a number that is known."""
    head, _, tail = cell.body.rpartition("-")
    tail = tail.strip()
    if not head or not tail.isdigit() or len(tail) > 5 or cell.direct or cell.asked:
        return None
    base = dial(head, region)
    if base.number is None or base.code or not is_switchboard(base.number):
        return None
    if len(base.number.national) - library.area_length(base.number) < 2:
        return None
    whole = library.read_number(base.number.e164 + tail, None)
    if whole is None:
        return None
    value = canonical.join(whole.e164, direct=tail)
    return Parsed(value, "not-dialable", lossless=False, suggestion=None, parts=NumberParts(whole, value))


def _slashes(body: str, asked: _Question) -> Parsed | None:
    """``089/123456/57`` or ``0351 445566/60``: another number or ending behind a slash, if the first is complete."""
    first, *rest = (part.strip() for part in body.split("/"))
    if len(rest) > 1 and area_slash(f"{first}/{rest[0]}", asked.region):
        first = f"{first}/{rest.pop(0)}"
    return _several([first, *rest], asked)


def _no_number(body: str, region: str | None) -> Parsed:
    if not text.HAS_LETTER.search(body):
        return Parsed(code="not-a-number")
    # Only a word right behind a service prefix is spelt on the keypad; a name behind a number is not.
    if (found := text.VANITY.fullmatch(body)) and len(text.digits_of(found["head"])) <= 6:
        reading = dial(phonenumbers.convert_alpha_characters_in_number(body), region)
        number = reading.number
        if number is not None and not reading.code and library.is_in_service_range(number):
            return Parsed(number.e164, "vanity", lossless=False, parts=NumberParts(number, number.e164))
    return Parsed(code="letters")


def _unread(reading: Reading, body: str, asked: _Question) -> Parsed:
    """No number known, but perhaps one: the text itself stays the value, and nothing is proposed without a reason."""
    if reading.code == "impossible":
        meant = canonical.display(reading.guess.e164, canonical.STYLES[0]) if reading.guess else None
        return Parsed(code="impossible", suggestion=meant, parts={"e164": reading.dialled} if reading.dialled else {})
    guess = canonical.display(reading.guess.e164, canonical.STYLES[0]) if reading.guess else asked.value
    kind = "short" if reading.code == "short-number" else "unknown"
    return Parsed(body, reading.code, lossless=False, suggestion=guess, parts={"kind": kind})


def _judged(reading: Reading, number: Number, value: str, cell: Cell, asked: _Question) -> Parsed:
    parts = NumberParts(number, value)
    if reading.code is not None:
        proposed = None if reading.code in _PROPOSED else asked.value
        if reading.guess is not None:
            proposed = canonical.display(reading.guess.e164, canonical.STYLES[0])
        return Parsed(value, reading.code, lossless=False, suggestion=proposed, parts=parts)
    code, lossless = _label_code(cell.labels, number, asked.purpose)
    if asked.purpose == "mobile" and number.kind not in library.TEXTABLE and code != "labelled-fax":
        code = "not-mobile"
    return Parsed(value, code, lossless=lossless, suggestion=None if lossless else asked.value, parts=parts)


def _label_code(labels: frozenset[str], number: Number, purpose: str) -> tuple[str | None, bool]:
    """Whether words around the number say more than the column does: then the cell keeps them."""
    told = labels - _NEUTRAL[purpose]
    if number.kind in library.TEXTABLE:
        told -= {"mobile"}
    if not told:
        return None, True
    return ("labelled-fax" if "fax" in told else "label"), False
