"""Questions about the records of a cleaned table, answered as whole Boolean columns."""

from __future__ import annotations

from functools import reduce
from operator import or_

import polars as pl

from crmclean.core.field import FieldType
from crmclean.table import Judged, Normalised, Verdict

_FILLED = [int(v) for v in (Verdict.VALID, Verdict.DOUBTFUL, Verdict.INVALID, Verdict.UNJUDGED)]
_USABLE = [int(v) for v in (Verdict.VALID, Verdict.DOUBTFUL, Verdict.UNJUDGED)]
_PERSON_NAMES = ("last_name", "first_name", "full_name")


class Records:
    """The records of one cleaned table; every answer is a Boolean series of n_rows.

    A field is *filled* where any of its columns holds more than a placeholder, and *usable* where one of them is not
    known to be wrong: a doubtful value is better used than thrown away.

    Args:
        cleaned: the table.
        entity: what every record is: ``company``, ``person``, ``contact`` (a person at a company), or ``auto``: each
            record is what it names.
        verified: ``Date``, n_rows: when a company directory was last sure of the record; ``None`` where none was asked.
    """

    def __init__(self, cleaned: Normalised, entity: str = "auto", verified: pl.Series | None = None) -> None:
        self.cleaned = cleaned
        self.verified = verified
        self.entity = entity
        self.n_rows = cleaned.table.frame.height
        self._filled: dict[str, pl.Series] = {}
        self._usable: dict[str, pl.Series] = {}
        self._usable_in: dict[tuple[str, str], pl.Series] = {}

    def fields(self) -> list[str]:
        """Names of the fields that some column holds, by first column."""
        return list(dict.fromkeys(str(j.column.field) for j in self.cleaned.judged.values()))

    def has(self, name: str) -> bool:
        """Whether some column holds this field."""
        return bool(self.cleaned.of_field(name))

    def none(self) -> pl.Series:
        """False for every record."""
        return pl.repeat(value=False, n=self.n_rows, dtype=pl.Boolean, eager=True)

    def every(self) -> pl.Series:
        """True for every record."""
        return ~self.none()

    def filled(self, name: str) -> pl.Series:
        """Where any column of the field holds something."""
        if name not in self._filled:
            self._filled[name] = self._any(self.cleaned.of_field(name), _FILLED)
        return self._filled[name]

    def usable(self, name: str) -> pl.Series:
        """Where any column of the field holds something that is not known to be wrong."""
        if name not in self._usable:
            self._usable[name] = self._any(self.cleaned.of_field(name), _USABLE)
        return self._usable[name]

    def valid(self, name: str) -> pl.Series:
        """Where any column of the field holds something that is known to be right."""
        return self._any(self.cleaned.of_field(name), [int(Verdict.VALID)])

    def usable_in(self, name: str, group: str) -> pl.Series:
        """As ``usable``, in the columns of one group only."""
        if (name, group) not in self._usable_in:
            self._usable_in[name, group] = self._any(self.cleaned.of_field(name, [group]), _USABLE)
        return self._usable_in[name, group]

    def _any(self, holders: list[Judged], verdicts: list[int]) -> pl.Series:
        return reduce(or_, (judged.verdict.is_in(verdicts) for judged in holders), self.none())

    def applies(self, kind: FieldType) -> pl.Series:
        """Where a field of this kind could be filled at all.

        Company fields apply to records that name a company, person fields to those that name a person or nobody;
        to all records where all are companies, or persons.
        """
        if kind.group in ("company", "id") and self.has("company_name") and self.entity in ("auto", "person"):
            return self.filled("company_name")
        if kind.group == "person" and self.has("company_name") and self.entity in ("auto", "company"):
            named = reduce(or_, (self.filled(name) for name in _PERSON_NAMES), self.none())
            return named | ~self.filled("company_name") if self.entity == "auto" else named
        return self.every()
