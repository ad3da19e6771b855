"""The value of the first of the named sources: ``source:ERP>CRM``."""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.core.survivorship import Rule, before_usual

RULE = Rule(
    "source",
    Text("Of the first source that has one", "Aus der ersten Quelle, die einen hat"),
    before_usual("validity", "source"),
    takes_order=True,
)
