"""How an anomaly is worded: numbers and shares in both languages, severity as the catalogue has it."""

from __future__ import annotations

from math import log2

from crmclean.core.anomaly_codes import ANOMALY_CODES
from crmclean.core.counting import number
from crmclean.core.history import Anomaly
from crmclean.core.language import Text

_SEVERITY = {code.name: code.severity.value for code in ANOMALY_CODES}


def anomaly(code: str, message: Text, column: str = "", *, extent: float = 0.0) -> Anomaly:
    """An anomaly as grave as its code; see ``Anomaly`` for the extent."""
    return Anomaly(code, _SEVERITY[code], column, message, round(extent, 4))


def doublings(excess: float, least: float) -> float:
    """The extent of what has no upper end: one more is twice as far from the usual."""
    return log2(max(excess, least) / least)


def count(value: float) -> Text:
    """A number of things; a median of an even number of runs is rounded."""
    whole = int(value + 0.5)
    return Text(number(whole, "en"), number(whole, "de"))


def percent(share: float) -> Text:
    """A share (0..1) with one decimal, which is dropped where it is 0; 0 and 100 only where it is all or nothing."""
    shown = min(max(round(100 * share, 1), 0.1), 99.9) if 0 < share < 1 else 100 * share
    text = f"{shown:.1f}".removesuffix(".0")
    return Text(f"{text} %", f"{text.replace('.', ',')} %")


def filled_in(pattern: Text, **parts: Text) -> Text:
    """The pattern with every part in its language."""
    return Text(
        pattern.en.format(**{name: part.en for name, part in parts.items()}),
        pattern.de.format(**{name: part.de for name, part in parts.items()}),
    )
