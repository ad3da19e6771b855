"""Reading the values of keys of a rule: what several kinds want in the same form."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from crmclean.core.country_groups import COUNTRY_GROUPS
from crmclean.core.field import NO_HINTS
from crmclean.core.language import Text
from crmclean.core.own_rule import TODAY, Bounds, Target, WrongRule
from crmclean.core.registry import FIELDS


def texts_of(key: str, value: Any) -> tuple[str, ...]:
    """A text, or a list of at least one.

    Raises:
        WrongRule: anything else.
    """
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list) or not given or not all(isinstance(each, str) and each.strip() for each in given):
        raise WrongRule(
            key,
            Text(f"{key} must be a text, or a list of texts", f"{key} muss ein Text sein oder eine Liste von Texten"),
        )
    return tuple(each.strip() for each in given)


def canonical_texts(texts: Iterable[str], target: Target) -> tuple[str, ...]:
    """Texts as the target's field holds them: ``Deutschland`` is ``DE`` for a country, ``EU`` all its members."""
    found: dict[str, None] = {}
    for text in texts:
        group = COUNTRY_GROUPS.get(text) if target.field == "country" else None
        if group:
            found.update(dict.fromkeys(sorted(group)))
        elif target.field:
            known = FIELDS[target.field].parse(text, NO_HINTS).value
            found[text if known is None else known] = None
        else:
            found[text] = None
    return tuple(found)


def bounds_of(key: str, value: Any) -> Bounds:
    """``{ min = 0, max = 100 }``: numbers, or dates and ``"today"``.

    Raises:
        WrongRule: no table, no or unknown ends, ends of two kinds, or the wrong way round.
    """
    if not isinstance(value, dict):
        raise WrongRule(
            key, Text(f"{key} must be like {{ min = 0, max = 100 }}", f"{key} muss sein wie {{ min = 0, max = 100 }}")
        )
    require_keys(key, value, ("min", "max"))
    low, high = (_end(key, name, value.get(name)) for name in ("min", "max"))
    if low is None and high is None:
        raise WrongRule(key, Text(f"{key} needs min or max", f"{key} braucht min oder max"))
    if low is not None and high is not None:
        if isinstance(low, str) is not isinstance(high, str):
            what = Text(f"{key}: one end is a number, the other a date", f"{key}: ein Ende ist Zahl, das andere Datum")
            raise WrongRule(key, what)
        if TODAY not in (low, high) and low > high:  # type: ignore[operator]  # both are numbers, or both ISO texts
            raise WrongRule(key, Text(f"{key}: min is higher than max", f"{key}: min ist größer als max"))
    return Bounds(low, high)


def _end(key: str, name: str, value: Any) -> float | str | None:
    if value is None:
        return None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str):
        try:
            return TODAY if value == TODAY else date.fromisoformat(value[:10]).isoformat()
        except ValueError:
            pass
    what = Text(
        f'{key}.{name} must be a number, a date like 2026-01-31, or "today"',
        f'{key}.{name} muss eine Zahl sein, ein Datum wie 2026-01-31 oder "today"',
    )
    raise WrongRule(key, what)


def require_keys(key: str, value: dict[str, Any], known: tuple[str, ...]) -> None:
    """Refuse a key of a table that nobody knows."""
    for name in value:
        if name not in known:
            raise WrongRule(
                key, Text(f"unknown key {name!r} in {key}", f"unbekannter Schlüssel {name!r} in {key}"), name, known
            )


def whole_number(key: str, value: Any, lowest: int) -> int:
    """A whole number of at least ``lowest``."""
    if not isinstance(value, int) or isinstance(value, bool) or value < lowest:
        what = Text(f"{key} must be a whole number from {lowest}", f"{key} muss eine ganze Zahl ab {lowest} sein")
        raise WrongRule(key, what)
    return value


def only_true(key: str, value: Any) -> bool:
    """``true``; a rule that asks for nothing is left out, not switched off."""
    if value is not True:
        raise WrongRule(key, Text(f"{key} must be true", f"{key} muss true sein"))
    return True
