"""Column names written as one text: forty quoted words in a column are hard to read and to keep in order."""

from __future__ import annotations


def header_names(text: str) -> tuple[str, ...]:
    """The names in a comma-separated text, each once, in their order.

    >>> header_names("Vorname, first name,\\n  Vorname")
    ('Vorname', 'first name')
    """
    names = (" ".join(name.split()) for name in text.split(","))
    return tuple(dict.fromkeys(name for name in names if name))
