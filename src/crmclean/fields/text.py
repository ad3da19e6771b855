"""Free text: kept as it is, never judged.

Sources: none; this is the field of everything that has no rules.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("anything at all", NO_HINTS).value
'anything at all'
"""

from __future__ import annotations

from crmclean.core.field import FieldType, Hints, Parsed
from crmclean.core.language import Text


def parse(value: str, hints: Hints) -> Parsed:  # noqa: ARG001
    """Every text is itself."""
    return Parsed(value)


FIELD = FieldType(
    name="text",
    title=Text("Text", "Text"),
    group="other",
    parse=parse,
    key=lambda _: None,  # free text is no evidence for identity
    plain=True,
    headers=(
        "notes",
        "description",
        "comment",
        "remarks",
        "notizen",
        "bemerkung",
        "beschreibung",
        "kommentar",
        "info",
    ),
    examples_good=("call back on Monday", "VIP", "= 3 % Skonto", "Anruf am 3.4.", "läuft"),
)
