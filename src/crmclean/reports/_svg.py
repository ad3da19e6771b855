"""Bars as inline SVG: no script, readable aloud, coloured by the page's style."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from crmclean.core.hidden import Hidden

_FEWEST = 2  # points a line needs
_LEAST_SPAN = 0.02  # of shares: a tenth of a point up and down is no drama


def stacked(parts: Sequence[tuple[str, int]], said: str, *, height: int = 10) -> str:
    """One bar of parts side by side.

    Args:
        parts: ``(style class, size)``; sizes of 0 are left out.
        said: what the picture shows, for those who hear it.
        height: in CSS pixels.
    """
    total = sum(size for _, size in parts) or 1
    shapes, x = [], 0.0
    # How what is not told is made up is not drawn either.
    for style, size in [("none" if isinstance(size, Hidden) else style, size) for style, size in parts]:
        width = 100 * size / total
        if size:
            shapes.append(f'<rect class="{style}" x="{x:.2f}" y="0" width="{width:.2f}" height="10"/>')
        x += width
    return (
        f'<svg role="img" viewBox="0 0 100 10" preserveAspectRatio="none" height="{height}">'
        f"<title>{escape(said)}</title>{''.join(shapes)}</svg>"
    )


def histogram(bars: Sequence[tuple[str, int, str]], said: str) -> str:
    """Bars side by side with a label under each.

    Args:
        bars: ``(label, size, style class)``.
        said: what the picture shows, for those who hear it.
    """
    width, height, foot = 62, 80, 16
    top = max((size for _, size, _ in bars), default=0) or 1
    shapes = []
    for i, (label, size, style) in enumerate(bars):
        tall = max(height * size / top, 1 if size else 0)
        x = i * width
        shapes.append(
            f'<rect class="{style}" x="{x + 4}" y="{height - tall:.1f}" width="{width - 8}" height="{tall:.1f}"/>'
            f'<text class="label" x="{x + width / 2}" y="{height + 13}" text-anchor="middle">{escape(label)}</text>'
        )
    return (
        f'<svg role="img" viewBox="0 0 {width * len(bars)} {height + foot}" height="{height + foot}" '
        f'style="max-width:{width * len(bars)}px"><title>{escape(said)}</title>{"".join(shapes)}</svg>'
    )


def sparkline(values: Sequence[float | None], said: str, described: str) -> str:
    """A line of shares from run to run; a gap where one is unknown.

    Args:
        values: 0..1, oldest first.
        said: what the picture shows, for those who hear it.
        described: the figures themselves, likewise.
    """
    known = [value for value in values if value is not None]
    if len(known) < _FEWEST:
        return ""
    width, height, edge = 120, 24, 3
    low = min(known)
    span = max(max(known) - low, _LEAST_SPAN)
    step = (width - 2 * edge) / (len(values) - 1)
    points = [
        None if value is None else (edge + i * step, height - edge - (height - 2 * edge) * (value - low) / span)
        for i, value in enumerate(values)
    ]
    runs: list[list[str]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(f"{point[0]:.1f},{point[1]:.1f}")
    lines = "".join(f'<polyline class="line" points="{" ".join(run)}"/>' for run in runs if run)
    last = next(point for point in reversed(points) if point is not None)
    dot = f'<circle class="dot" cx="{last[0]:.1f}" cy="{last[1]:.1f}" r="2.5"/>'
    return (
        f'<svg role="img" viewBox="0 0 {width} {height}" height="{height}" style="max-width:{width}px">'
        f"<title>{escape(said)}</title><desc>{escape(described)}</desc>{lines}{dot}</svg>"
    )
