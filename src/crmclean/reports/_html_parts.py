"""Pieces of the HTML report. Whatever comes from the file is escaped here, and cut where it would swell the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import TypeVar

from crmclean.core.counting import number
from crmclean.core.language import Language, Text

MAX_SHOWN = 600  # signs of one text
MAX_NAME = 120  # signs of a name from outside
MAX_ROWS = 60  # of a table; the page stays small whatever the size of the export
_TAG = re.compile(r"<[^>]+>")
_Item = TypeVar("_Item")


def shown(text: str, limit: int = MAX_SHOWN) -> str:
    """Text from outside: escaped, control and bidi characters as visible codes, of bounded length."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return escape("".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut))


def name_of(text: str) -> str:
    """A name from outside, in its own writing direction."""
    return f'<span class="name" dir="auto">{shown(text, MAX_NAME)}</span>'


def mask(value: str) -> str:
    """A masked value, which is short: on one line."""
    return f'<span class="mask" dir="auto">{shown(value, MAX_NAME)}</span>'


def limited(
    items: Sequence[_Item], language: Language, where: str, limit: int = MAX_ROWS
) -> tuple[Sequence[_Item], str]:
    """The first items, and a paragraph that says how many more there are and in which file they stand."""
    more = len(items) - limit
    if more <= 0:
        return items, ""
    said = Text("and {} more: see {}", "und {} weitere: siehe {}").said(language)
    return items[:limit], f'<p class="soft">{escape(said.format(number(more, language), where))}</p>'


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = ()) -> str:
    """A table that scrolls on its own where it is wider than the page; cells are HTML already.

    Args:
        caption: above it; HTML already.
        head: names of the columns, plain or escaped; an empty one is for the eye alone.
        rows: cells; the first one names the row.
        numbers: columns that are flush right.
    """

    def mark(i: int) -> str:
        return ' class="n"' if i in numbers else ""

    # A phone shows each row as a list: its cells say themselves what they are.
    names = [f' data-h="{cell}"' if cell else "" for cell in head]
    heads = "".join(f'<th scope="col"{mark(i)}>{cell}</th>' if cell else "<td></td>" for i, cell in enumerate(head))
    lines = []
    for row in rows:
        first, *rest = row
        cells = "".join(f"<td{mark(i)}{names[i]}>{cell}</td>" for i, cell in enumerate(rest, start=1))
        lines.append(f'<tr><th scope="row"{mark(0)}>{first}</th>{cells}</tr>')
    body = "\n".join(lines)
    label = _TAG.sub(" ", caption)
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{label}"><table><caption>{caption}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>\n{body}\n</tbody></table></div>"
    )


def section(title: Text, language: Language, content: str) -> str:
    """A part of the page under its heading; the content is HTML already."""
    return f"<section>\n<h2>{escape(title.said(language))}</h2>\n{content}\n</section>"
