"""Pieces of the HTML report. Whatever comes from the file is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from crmclean.core.language import Language, Text


def shown(text: str) -> str:
    """Text from outside: escaped, control and bidi characters as visible codes."""
    return escape("".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text))


def name_of(text: str) -> str:
    """A name from outside, in its own writing direction."""
    return f'<span class="name" dir="auto">{shown(text)}</span>'


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = ()) -> str:
    """A table; cells are HTML already. ``numbers``: columns that are flush right."""

    def mark(i: int) -> str:
        return ' class="n"' if i in numbers else ""

    heads = "".join(f'<th scope="col"{mark(i)}>{cell}</th>' for i, cell in enumerate(head))
    lines = ["<tr>" + "".join(f"<td{mark(i)}>{cell}</td>" for i, cell in enumerate(row)) + "</tr>" for row in rows]
    body = "\n".join(lines)
    return (
        f'<p class="soft">{caption}</p>\n<div class="wide" tabindex="0"><table><thead><tr>{heads}</tr></thead>'
        f"<tbody>\n{body}\n</tbody></table></div>"
    )


def section(title: Text, language: Language, content: str) -> str:
    """A part of the page under its heading; the content is HTML already."""
    return f"<section>\n<h2>{escape(title.said(language))}</h2>\n{content}\n</section>"
