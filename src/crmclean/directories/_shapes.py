"""Reading JSON that others wrote: whatever is missing or of another kind is an empty value, never an error."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")
_GERMAN = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})(?![0-9])")
_MAX_TEXT = 4096  # no name or address is longer; what is, is no value


def at(body: Any, *path: str) -> Any:
    """What stands at a path of keys; ``None`` for nothing."""
    for key in path:
        if not isinstance(body, Mapping):
            return None
        body = body.get(key)
    return body


def text(body: Any, *path: str) -> str:
    """The text at a path, trimmed; numbers as text; ``{"value": …}`` as its value; empty for anything else."""
    found = at(body, *path)
    if isinstance(found, Mapping):
        found = found.get("value")
    if isinstance(found, bool) or not isinstance(found, (str, int, float)):
        return ""
    said = str(found).strip()
    return said if len(said) <= _MAX_TEXT and said.encode("utf-8", "ignore").decode() == said else ""


def items(body: Any, *path: str) -> Sequence[Any]:
    """The list at a path; one thing alone as a list of it; else none."""
    found = at(body, *path)
    if isinstance(found, list):
        return found
    return [found] if isinstance(found, Mapping) else []


def number(body: Any, *path: str) -> float | None:
    """The number at a path, also where it is written as text."""
    said = text(body, *path)
    return float(said) if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", said) else None


def day(body: Any, *path: str) -> str:
    """The ISO date at a path: of ISO and German dates, and of milliseconds since 1970; else empty.

    >>> day({"a": "2026-01-31T10:00:00Z"}, "a"), day({"a": "31.1.2026"}, "a"), day({"a": 1769817600000}, "a")
    ('2026-01-31', '2026-01-31', '2026-01-31')
    """
    said = text(body, *path)
    iso, german = _ISO.match(said), _GERMAN.match(said)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3])).isoformat()
        if german:
            return date(int(german[3]), int(german[2]), int(german[1])).isoformat()
        if re.fullmatch(r"[0-9]{11,14}", said):
            return datetime.fromtimestamp(int(said) / 1000, UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        pass
    return ""


def filled(values: Mapping[str, str]) -> dict[str, str]:
    """Those that hold something."""
    return {name: value for name, value in values.items() if value}
