"""The earliest of the dates: when somebody became a customer."""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.core.survivorship import Rule, before_usual

RULE = Rule(
    "earliest",
    Text("The earliest date", "Das früheste Datum"),
    before_usual("validity", "early"),
)
