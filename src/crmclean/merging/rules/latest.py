"""The latest of the dates: the last sign of life."""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.core.survivorship import Rule, before_usual

RULE = Rule(
    "latest",
    Text("The latest date", "Das späteste Datum"),
    before_usual("validity", "late"),
)
