"""The longest of the values, for notes and descriptions."""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.core.survivorship import Rule, before_usual

RULE = Rule(
    "longest",
    Text("The longest text", "Der längste Text"),
    before_usual("validity", "length"),
)
