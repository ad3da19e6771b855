"""A refusal wins over everything, a doubtful word over a permission."""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.core.survivorship import Rule

RULE = Rule(
    "refusal",
    Text("Who refused once has refused", "Wer einmal widersprochen hat, hat widersprochen"),
    ("refusal", "primary"),
    is_built_in=True,
)
