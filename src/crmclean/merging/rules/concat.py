"""All different values in one cell, the best first, separated by ``; ``."""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.core.survivorship import USUAL, Rule

RULE = Rule(
    "concat",
    Text("All values, joined", "Alle Werte, verbunden"),
    USUAL,
    unites=True,
)
