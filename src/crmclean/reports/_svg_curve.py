"""Lines over time as inline SVG, told apart without colour too: each has its own dashes and its name in a key."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from crmclean.core.language import Language

_WIDTH, _HEIGHT, _LEFT, _TOP, _FOOT = 640, 180, 44, 8, 22
_DASHES = ("", "7 4", "2 4", "10 3 2 3")
_DAYS = (183, 365, 730, 1095)  # marks of the axis

Line = tuple[str, Sequence[tuple[int, float]]]  # name; days and share 0..1, ascending


def curve(lines: Sequence[Line], said: str, language: Language) -> str:
    """One line each, from 0 to 100 %, over days; the same in numbers has to stand beside it.

    Args:
        lines: at most four.
        said: what the picture shows, for those who hear it.
        language: of the axis.
    """
    last = max(points[-1][0] for _, points in lines)
    days = [0, *(day for day in _DAYS if day < last * 0.9), last]
    grid = "".join(_share_line(share) for share in (0, 0.25, 0.5, 0.75, 1))
    axis = "".join(_day(day, last, language) for day in days)
    drawn = "".join(_line(i, points, last) for i, (_, points) in enumerate(lines))
    keys = "".join(
        f'<li><svg aria-hidden="true" class="dash" viewBox="0 0 36 8" width="36" height="8">'
        f'<path class="line l{i}" stroke-dasharray="{_DASHES[i]}" d="M0 4H36"/></svg>{escape(name)}</li>'
        for i, (name, _) in enumerate(lines)
    )
    height = _TOP + _HEIGHT + _FOOT
    return (
        f'<ul class="keys">{keys}</ul><svg role="img" class="curve" viewBox="0 0 {_WIDTH} {height}">'
        f"<title>{escape(said)}</title>{grid}{axis}{drawn}</svg>"
    )


def _x(day: float, last: int) -> float:
    return _LEFT + (_WIDTH - _LEFT - 16) * day / last


def _y(share: float) -> float:
    return _TOP + _HEIGHT * (1 - share)


def _share_line(share: float) -> str:
    y = f"{_y(share):.1f}"
    return (
        f'<path class="grid" d="M{_LEFT} {y}H{_WIDTH - 16}"/>'
        f'<text class="label" x="{_LEFT - 6}" y="{_y(share) + 4:.1f}" text-anchor="end">{share * 100:.0f} %</text>'
    )


def _day(day: int, last: int, language: Language) -> str:
    unit = {"en": "d", "de": "T"}[language]
    anchor = "end" if day == last else "middle"
    return (
        f'<text class="label" x="{_x(day, last):.1f}" y="{_TOP + _HEIGHT + 16}" '
        f'text-anchor="{anchor}">{day} {unit}</text>'
    )


def _line(i: int, points: Sequence[tuple[int, float]], last: int) -> str:
    at = " ".join(f"{_x(day, last):.1f},{_y(share):.1f}" for day, share in points)
    return f'<polyline class="line l{i}" stroke-dasharray="{_DASHES[i]}" points="{at}"/>'
