"""The ``[merge]`` section: rules that do not exist or may not be chosen are errors before any work is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crmclean.config.model import MergeSection
from crmclean.core.field import FieldType
from crmclean.core.language import Text
from crmclean.core.registry import FIELDS, SURVIVORSHIP
from crmclean.core.survivorship import Rule

MODES = ("merge", "link")
_ORDER = ":"  # between a rule and its sources
_BEFORE = ">"  # between two sources, the trusted one first
# Keys of the record in its CRM: a golden record with another's key would be written over another record there.
KEYS = ("record_id",)


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong in the section.

    Attributes:
        section: of the file.
        key: its key there.
        what: what is wrong.
        given: the name that does not exist; empty where no name is near to anything.
        known: the names there are.
    """

    section: str
    key: str
    what: Text
    given: str = ""
    known: tuple[str, ...] = ()


def sources_of(text: str) -> tuple[str, ...]:
    """The sources in a text, the most trusted first.

    >>> sources_of("ERP > CRM")
    ('ERP', 'CRM')
    """
    return tuple(part.strip() for part in text.split(_BEFORE) if part.strip())


def rule_of(text: str) -> tuple[Rule | None, tuple[str, ...]]:
    """The rule a text names, ``None`` for none, and the sources behind it."""
    name, _, order = text.partition(_ORDER)
    name = name.strip()
    return SURVIVORSHIP.get(name), sources_of(order)


def rule_names() -> tuple[str, ...]:
    """The rules that can be chosen."""
    return tuple(name for name, rule in SURVIVORSHIP.items() if not rule.is_built_in)


def is_fixed(kind: FieldType | None) -> bool:
    """Whether nobody may choose how a field survives: a refusal wins, and the record's own id stays."""
    return kind is not None and (kind.name in KEYS or kind.name.endswith(("_opt_out", "_opt_in")))


def wrong_in(merge: MergeSection) -> Iterator[Wrong]:
    """What is wrong in the section; whether columns of other names exist only the export tells."""
    if merge.mode not in MODES:
        what = Text(f"there is no mode {merge.mode!r}", f"{merge.mode!r} ist keine Betriebsart")
        yield Wrong("merge", "mode", what, merge.mode, MODES)
    if merge.sources and not merge.source_column:
        what = Text("sources needs source_column", "sources braucht source_column")
        yield Wrong("merge", "sources", what)
    yield from _wrong_rules(merge.fields, has_source=bool(merge.source_column))


def _wrong_rules(rules: Mapping[str, object], *, has_source: bool) -> Iterator[Wrong]:
    section = "merge.fields"
    for key, text in rules.items():
        if not isinstance(text, str):
            yield Wrong(section, key, Text(f"{key} must be a text in quotes", f"{key} muss ein Text sein"))
            continue
        rule, order = rule_of(text)
        if rule is None or rule.is_built_in:
            name = text.partition(_ORDER)[0].strip()
            what = Text(f"there is no rule {name!r}", f"eine Regel {name!r} gibt es nicht")
            yield Wrong(section, key, what, name, rule_names())
        elif rule.takes_order and not (order and has_source):
            what = Text(
                f"{rule.name} needs its order (source:A>B) and source_column in [merge]",
                f"{rule.name} braucht seine Reihenfolge (source:A>B) und source_column in [merge]",
            )
            yield Wrong(section, key, what)
        elif order and not rule.takes_order:
            yield Wrong(section, key, Text(f"{rule.name} takes no order", f"{rule.name} kennt keine Reihenfolge"))
        elif key in FIELDS and is_fixed(FIELDS[key]):
            what = Text(
                f"{key} is not to be chosen: a refusal always wins, and the surviving record keeps its id",
                f"{key} ist nicht wählbar: Widerspruch gewinnt immer, und der überlebende Datensatz behält seine ID",
            )
            yield Wrong(section, key, what)
