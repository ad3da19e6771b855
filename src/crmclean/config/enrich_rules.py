"""The ``[enrich]`` section: policies and fields that do not exist are errors before any work is done."""

from __future__ import annotations

from collections.abc import Iterator

from crmclean.config.merge_rules import Wrong
from crmclean.config.model import EnrichSection
from crmclean.core.enrichment import ADDRESS, POLICIES, POLICY_KEYS, policy_key
from crmclean.core.language import Text

_SECTION, _FIELDS = "enrich", "enrich.fields"


def wrong_in_enrich(enrich: EnrichSection) -> Iterator[Wrong]:
    """What is wrong in the section; whether its directories exist only opening them tells."""
    if enrich.policy not in POLICIES:
        yield Wrong(_SECTION, "policy", _no_policy(enrich.policy), enrich.policy, POLICIES)
    for key, policy in enrich.fields.items():
        if not isinstance(policy, str):
            yield Wrong(_FIELDS, key, Text(f"{key} must be a text in quotes", f"{key} muss ein Text sein"))
        elif key not in POLICY_KEYS:
            yield _no_field(key)
        elif policy not in POLICIES:
            yield Wrong(_FIELDS, key, _no_policy(policy), policy, POLICIES)
    for key, limit in (("auto", enrich.auto), ("review", enrich.review)):
        if not 0 <= limit <= 1:
            yield Wrong(_SECTION, key, Text(f"{key} must be from 0 to 1", f"{key} muss von 0 bis 1 sein"))
    if enrich.review > enrich.auto:
        yield Wrong(_SECTION, "review", Text("review is higher than auto", "review ist höher als auto"))


def _no_policy(name: str) -> Text:
    return Text(f"there is no policy {name!r}", f"eine Regel {name!r} gibt es nicht")


def _no_field(key: str) -> Wrong:
    """No such field, or one that has no policy of its own."""
    unit = policy_key(key)
    if unit != key:
        part = "an address" if unit == ADDRESS else "a register entry"
        teil = "eine Anschrift" if unit == ADDRESS else "ein Registereintrag"
        what = Text(f"{part} is taken over whole: {unit} = …", f"{teil} wird ganz übernommen: {unit} = …")
        return Wrong(_FIELDS, key, what, unit, (unit,))
    what = Text(f"enrichment fills no field {key!r}", f"ein Feld {key!r} füllt die Anreicherung nicht")
    return Wrong(_FIELDS, key, what, key, POLICY_KEYS)
