"""The value of the record with most usable cells."""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.core.survivorship import Rule, before_usual

RULE = Rule(
    "most_complete",
    Text("Of the fullest record", "Vom vollständigsten Datensatz"),
    before_usual("validity", "completeness"),
)
