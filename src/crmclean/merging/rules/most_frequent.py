"""The value most records of the cluster agree on."""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.core.survivorship import Rule, before_usual

RULE = Rule(
    "most_frequent",
    Text("What most records say", "Was die meisten Datensätze sagen"),
    before_usual("validity", "frequency"),
)
