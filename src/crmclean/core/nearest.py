"""The nearest name to one that does not exist, for hints."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from crmclean.core.language import Text


def nearest(name: str, known: Iterable[str], otherwise: Text) -> Text:
    """A hint "did you mean …", or ``otherwise`` where nothing is near.

    >>> nearest("phon", ["phone", "fax"], Text("", "")).en
    "did you mean 'phone'?"
    """
    found = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return Text(f"did you mean {found[0]!r}?", f"war {found[0]!r} gemeint?") if found else otherwise
