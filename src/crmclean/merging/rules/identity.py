"""Keys by which the CRM knows the record: never those of another one, not even where it has none."""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.core.survivorship import Rule

RULE = Rule(
    "identity",
    Text("Always of the surviving record", "Immer vom überlebenden Datensatz"),
    ("primary",),
    takes_empty=True,
    is_built_in=True,
)
