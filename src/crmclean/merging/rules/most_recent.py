"""The value of the record that was changed last, as far as the clock is trusted."""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.core.survivorship import Rule, before_usual

RULE = Rule(
    "most_recent",
    Text("Of the record changed last", "Vom zuletzt geänderten Datensatz"),
    before_usual("validity", "recency"),
)
