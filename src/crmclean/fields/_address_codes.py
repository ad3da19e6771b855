"""Findings that several address fields give in the same words."""

from __future__ import annotations

import re

from crmclean.core.codes import Code, Severity
from crmclean.core.language import Text

# Never part of a postal address.
_ELSEWHERE = re.compile(r"\S@\S|https?://|\bwww\.|\+\d[\d ()/-]{6,}")


def is_elsewhere(value: str) -> bool:
    """Whether an e-mail address, a web address or a phone number stands in the value."""
    # The plain tests are five times as fast as the pattern, and hardly a value passes them.
    suspicious = "@" in value or "+" in value or "://" in value or "www." in value
    return suspicious and bool(_ELSEWHERE.search(value))


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
