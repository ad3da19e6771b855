"""Findings that several address fields give in the same words."""

from __future__ import annotations

import re

from crmclean.core.codes import Code, Severity
from crmclean.core.language import Text

# An e-mail address, a web address or an international phone number: never part of a postal address.
ELSEWHERE = re.compile(r"\S@\S|https?://|\bwww\.|\+\d[\d ()/-]{6,}")


def has_letter(value: str) -> bool:
    """Whether the value has a letter of any script."""
    return any(map(str.isalpha, value))


def format_code(what: Text, fix: Text) -> Code:
    """The error of a value that is not what the column is for."""
    return Code(
        "format",
        Severity.ERROR,
        what=what,
        why=Text("Nothing can be delivered to it.", "Daran ist nichts zustellbar."),
        fix=fix,
    )
