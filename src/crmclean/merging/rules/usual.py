"""What decides where the configuration says nothing."""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.core.survivorship import USUAL, Rule

RULE = Rule(
    "usual",
    Text(
        "Valid before broken, then source, recency, completeness, frequency",
        "Gültiges vor Fehlerhaftem, dann Quelle, Aktualität, Vollständigkeit, Häufigkeit",
    ),
    USUAL,
)
