"""Bars as inline SVG: no script, readable aloud, coloured by the page's style."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from crmclean.core.hidden import Hidden


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
