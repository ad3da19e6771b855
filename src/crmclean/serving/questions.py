"""Questions out of what a caller sent: checked, and never longer than anything a company has."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from crmclean.core.field import NO_HINTS, Strength
from crmclean.core.language import Text
from crmclean.core.nearest import nearest
from crmclean.core.registry import FIELDS
from crmclean.directory import ASKED_WITH
from crmclean.serving.candidates import MOST, USUAL, Question
from crmclean.serving.refusals import Refused, bad_request

BATCH = 200  # questions in one request
EXTENDED = 1_000  # companies in one request for their values
LONGEST = 1_000  # characters of a value
KNOWN = (*ASKED_WITH, "full_address")  # never a person
_SURE = 0.9  # of ``looks_like``, from which a text is an id and no name
_IDS = tuple(name for name in ASKED_WITH if FIELDS[name].strength is Strength.IDENTIFYING)


def question(
    values: Mapping[str, str], text: str = "", most: int = USUAL, kinds: Sequence[str] = (), *, is_number: bool = False
) -> Question:
    """One question.

    Args:
        values: by field name; a value that is named wins over one found in the text.
        text: a name, a name and an address after a comma, or an id of any kind.
        most: candidates that are wanted.
        kinds: of entities that are wanted.
        is_number: the text is an id, never a name.

    Raises:
        Refused: a value is too long or no text.
    """
    for value in (text, *values.values()):
        require_text(value)
    said = {name: value.strip() for name, value in values.items() if value.strip()}
    text = text.strip()
    found = {**_read(text, is_number=is_number), **said} if text else said
    return Question(found, source_id=text, most=min(max(most, 1), MOST), kinds=frozenset(kinds))


def _read(text: str, *, is_number: bool) -> dict[str, str]:
    """What was typed into one line."""
    number = next((name for name in _IDS if _is_id(name, text)), "")
    if number or is_number:
        return {number: text} if number else {}
    name, _, address = text.partition(",")
    # A name may hold a comma itself; what follows is an address if there is a number in it.
    if any(sign.isdigit() for sign in address):
        return {"company_name": name.strip(), "full_address": address.strip()}
    return {"company_name": text}


def _is_id(name: str, text: str) -> bool:
    kind = FIELDS[name]
    if kind.looks_like(text) < _SURE:
        return False
    parsed = kind.parse(text, NO_HINTS)
    return parsed.value is not None and parsed.code is None


def require_text(value: str) -> None:
    """Refuse what no field of a company is like.

    Raises:
        Refused: too long, or half of a surrogate pair.
    """
    if len(value) > LONGEST:
        raise Refused(400, "value-too-long", f"a value has more than {LONGEST} characters")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise bad_request("a value is no text") from None


def require_fields(names: Sequence[str]) -> None:
    """Refuse fields nothing is looked up by: left out silently they would change the answer.

    Raises:
        Refused: ``unknown-field``.
    """
    for name in names:
        if name not in KNOWN:
            everything = "one of " + ", ".join(KNOWN)
            hint = nearest(name[:100], KNOWN, Text(everything, everything)).en
            raise Refused(400, "unknown-field", f"companies are not looked up by one of these fields; {hint}")


def parsed_json(text: str | bytes) -> Any:
    """JSON that somebody sent.

    Raises:
        Refused: it is none, or nested too deeply.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Refused(400, "bad-json", "this is no JSON") from None


def whole_number(text: str, name: str, usual: int) -> int:
    """A number somebody sent; ``usual`` for nothing.

    Raises:
        Refused: it is none, or below zero.
    """
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise bad_request(f"{name} must be a whole number")
    return int(text)
