"""Single values judged one by one: what ``crmclean parse`` prints. No frame is needed for that."""

from __future__ import annotations

from datetime import date
from typing import Any

from crmclean.core.codes import Severity
from crmclean.core.errors import UsageError
from crmclean.core.field import NO_HINTS, FieldType, Hints, Parsed
from crmclean.core.language import Text
from crmclean.core.nearest import nearest
from crmclean.core.placeholders import PLACEHOLDERS
from crmclean.core.registry import FIELDS

# A longer value is not judged: no real value of any field is, and a parser should not be a way to burn time.
MAX_VALUE_CHARS = 4096


def field_type(name: str) -> FieldType:
    """The field type of this name; raises ``UsageError`` naming the nearest one that exists."""
    if name in FIELDS:
        return FIELDS[name]
    raise UsageError(
        Text(f"there is no field {name!r}", f"ein Feld {name!r} gibt es nicht"),
        code="unknown-field",
        hint=nearest(name, FIELDS, Text("`crmclean list fields` shows all", "`crmclean list fields` zeigt alle")),
    )


def parse(field: str, value: str, *, country: str = "", as_of: date | None = None) -> dict[str, Any]:
    """Judge one value.

    Args:
        field: name of a field type.
        value: as it stands in the cell.
        country: ISO 3166-1 alpha-2 code of where it comes from; empty for unknown.
        as_of: the day that counts as today; without it no rule depends on today.

    Returns:
        ``value`` as given; ``valid`` true, false, or null for unknown and empty; ``code`` (``phone.no-country``) or
        null; ``canonical``, ``display`` and comparison ``key``, null where not understood; ``suggestion`` (unsafe
        proposal) or null; ``parts`` by name.

    >>> parse("lei", "2138 00KU D8LA JWSQ 9D15")["canonical"]
    '213800KUD8LAJWSQ9D15'
    >>> parse("lei", "n/a")["code"]
    'placeholder-value'
    """
    kind = field_type(field)
    stripped = value.strip()
    if not stripped:
        return _answer(value, None, None, Parsed(), kind)
    if stripped.lower() in PLACEHOLDERS | kind.placeholders and stripped not in kind.not_placeholders:
        return _answer(value, None, "placeholder-value", Parsed(), kind)
    if len(stripped) > MAX_VALUE_CHARS:
        return _answer(value, None, "value-too-long", Parsed(), kind)
    habit = kind.habit([stripped]) if kind.habit else ""
    hints = Hints({"country": country.upper()} if country else {}, habit, as_of)
    parsed = kind.parse(stripped, hints)
    code, valid = None, True if not kind.plain else None
    if parsed.code:
        code = f"{kind.name}.{parsed.code}"
        severity = kind.code(parsed.code).severity
        valid = {Severity.ERROR: False, Severity.WARNING: None, Severity.INFO: True}[severity]
    return _answer(value, valid, code, parsed, kind, hints)


def _answer(
    value: str, valid: bool | None, code: str | None, parsed: Parsed, kind: FieldType, hints: Hints = NO_HINTS
) -> dict[str, Any]:
    known = parsed.value
    return {
        "value": value,
        "valid": valid,
        "code": code,
        "canonical": None if known is None else kind.shown(known),
        "display": None if known is None else _display(value, known, kind, hints),
        "key": None if known is None else kind.key(known),
        "suggestion": parsed.suggestion,
        "parts": dict(parsed.parts),
    }


def _display(value: str, known: str, kind: FieldType, hints: Hints) -> str:
    """The default written form; where that is the cell itself, the first form that is not."""
    style = next((style for style in kind.styles if style != "keep"), "keep")
    return value.strip() if style == "keep" else kind.write(known, style, hints)
