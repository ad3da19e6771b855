"""The surviving record's own value, whatever it is; another one only where it has none."""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.core.survivorship import Rule, before_usual

RULE = Rule(
    "primary",
    Text("Of the surviving record", "Vom überlebenden Datensatz"),
    before_usual("primary", "validity"),
)
