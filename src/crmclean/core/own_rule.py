"""A rule of one's own as it was read: what is asked of which columns, of which records, and how it is said.

Written in ``[rules.NAME]`` of ``crmclean.toml`` and read by ``crmclean.config.own_rules``; nothing here knows a frame.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from crmclean.core.codes import Severity
from crmclean.core.language import Text
from crmclean.core.registry import FIELDS
from crmclean.core.rule_codes import PREFIX


class WrongRule(Exception):  # noqa: N818 - it becomes a ConfigError where file and line are known
    """Something in a rule that can't be.

    Args:
        key: of the rule in which it stands.
        what: what is wrong.
        given: the name that does not exist; empty where no name is near to anything.
        known: the names there are.
    """

    def __init__(self, key: str, what: Text, given: str = "", known: Iterable[str] = ()) -> None:
        super().__init__(what.en)
        self.key = key
        self.what = what
        self.given = given
        self.known = tuple(known)


@dataclass(frozen=True, slots=True)
class Target:
    """Columns a rule speaks of: all that hold a field (of one group, if one is named), or one by its name.

    Attributes:
        field: name of a field type; empty where a column is named.
        group: of the columns that hold the field; ``None`` for any.
        column: unique column name.
    """

    field: str = ""
    group: str | None = None
    column: str = ""

    @property
    def written(self) -> str:
        """As it stands in the file."""
        return self.column or (self.field if self.group is None else f"{self.field}@{self.group}")

    @property
    def title(self) -> Text:
        """What a person reads."""
        if self.column:
            return Text(self.column, self.column)
        title, group = FIELDS[self.field].title, f" ({self.group})" if self.group else ""
        return Text(f"{title.en}{group}", f"{title.de}{group}")


@dataclass(frozen=True, slots=True)
class Bounds:
    """Both ends are part of the range; ``None`` is no limit.

    Attributes:
        low: a number, an ISO date, or ``today``.
        high: the same.
    """

    low: float | str | None
    high: float | str | None

    @property
    def are_dates(self) -> bool:
        """Whether days are compared, not numbers."""
        return isinstance(self.low, str) or isinstance(self.high, str)

    @property
    def said(self) -> Text:
        """``from 0 to 100``, ``at least 3``."""
        low, high = (_end(self.low), _end(self.high))
        if self.low is not None and self.high is not None:
            return Text(f"from {low.en} to {high.en}", f"von {low.de} bis {high.de}")
        if self.low is not None:
            return Text(f"at least {low.en}", f"mindestens {low.de}")
        return Text(f"at most {high.en}", f"höchstens {high.de}")


TODAY = "today"


def _end(value: float | str | None) -> Text:
    if value == TODAY:
        return Text("today", "heute")
    said = f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else f"{value}"
    return Text(said, said.replace(".", ",") if isinstance(value, float) else said)


@dataclass(frozen=True, slots=True)
class Condition:
    """What one column must say for a record to be meant; all that is given must hold.

    Attributes:
        target: the column.
        any_of: one of these values.
        none_of: filled, and none of these.
        is_filled: filled or not.
        bounds: within these.
        given: as it stands in the file, for messages: (word of the condition, values).
    """

    target: Target
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    is_filled: bool | None = None
    bounds: Bounds | None = None
    given: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def said(self) -> Text:
        """``country is EU and not DE``."""
        parts_en: list[str] = []
        parts_de: list[str] = []
        for word, values in self.given:
            en, de = _said_as(values)
            parts_en.append(en if word == "is" else f"not {en}")
            parts_de.append(de if word == "is" else f"nicht {de}")
        if self.is_filled is not None:
            parts_en.append("filled" if self.is_filled else "empty")
            parts_de.append("gefüllt" if self.is_filled else "leer")
        if self.bounds is not None:
            parts_en.append(self.bounds.said.en)
            parts_de.append(self.bounds.said.de)
        title = self.target.title
        return Text(f"{title.en} is {' and '.join(parts_en)}", f"{title.de} {' und '.join(parts_de)} ist")


_SHOWN = 5  # values of a list in a message


def _said_as(values: tuple[str, ...]) -> tuple[str, str]:
    shown = [*values[:_SHOWN], *(["…"] if len(values) > _SHOWN else [])]
    return " or ".join(shown), " oder ".join(shown)


def listed(values: tuple[str, ...]) -> Text:
    """Values for a message, not more than a few."""
    shown = ", ".join((*values[:_SHOWN], *(["…"] if len(values) > _SHOWN else [])))
    return Text(shown, shown)


@dataclass(frozen=True, slots=True)
class OwnRule:
    """One rule.

    Attributes:
        name: of its section; with ``rule.`` before it the code of its findings.
        kind: name of the plug-in in ``crmclean.rules``; the key of the file that says what is asked.
        asked: what the kind's ``read`` made of that key's value.
        targets: what must be so; empty only for kinds that need none.
        when: of which records; empty for all.
        entity: ``company``, ``person`` or ``contact`` for such records alone; empty for all.
        severity: of its findings.
        message: the user's own words; ``None``: the kind makes them.
        why: the user's reason, for ``explain``.
        place: ``crmclean.toml:12``, where it stands; empty where nobody knows any more.
    """

    name: str
    kind: str
    asked: Any
    targets: tuple[Target, ...]
    when: tuple[Condition, ...] = ()
    entity: str = ""
    severity: Severity = Severity.ERROR
    message: Text | None = None
    why: Text | None = None
    place: str = ""

    @property
    def code(self) -> str:
        """Full code of its findings."""
        return PREFIX + self.name

    @property
    def where(self) -> Text:
        """``, where country is EU and not DE``: added to messages the kind makes; empty for all records."""
        if not self.when:
            return Text("", "")
        said = [condition.said for condition in self.when]
        return Text(
            f", where {' and '.join(text.en for text in said)}", f", wo {' und '.join(text.de for text in said)}"
        )
