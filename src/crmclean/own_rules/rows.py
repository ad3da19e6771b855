"""The records of a cleaned table as rules see them: values and masks by whole column, each made once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import reduce
from operator import and_, or_

import polars as pl

from crmclean.core.own_rule import TODAY, Bounds, Condition, OwnRule, Target
from crmclean.core.placeholders import PLACEHOLDERS
from crmclean.core.registry import FIELDS
from crmclean.measures.records import Records
from crmclean.table import Column, Normalised, Verdict

_PERSON_NAMES = ("last_name", "first_name", "full_name")
# 1.234 is nothing rather than guessed at: in a column nobody mapped a dot may group thousands or begin decimals.
_NUMBER = r"^[+-]?(?:[0-9]+(?:[.,](?:[0-9]{1,2}|[0-9]{4,}))?|0[.,][0-9]+)$"
_DATE_FORMS = ("%Y-%m-%d", "%d.%m.%Y")


class RuleRows:
    """What rules ask of a table.

    A rule about a field sees the canonical form (a country is ``DE`` however it is written), or the cell's text where
    nobody understood it; a rule about a column sees the cell's text without the blanks around it. Empty cells and
    placeholders are null.

    Args:
        cleaned: the table, with everything that was judged.
        country: of records that name none, ISO code; empty for none.
        entity: what a record is, see ``Records``.
    """

    def __init__(self, cleaned: Normalised, country: str = "", entity: str = "auto") -> None:
        self.cleaned = cleaned
        self.country = country
        self.entity = entity
        self.as_of: date = cleaned.as_of
        self.n_rows = cleaned.table.frame.height
        self.records = Records(cleaned, entity)
        self._values: dict[tuple[str, bool], pl.Series] = {}
        self._numbers: dict[tuple[str, bool], pl.Series] = {}
        self._dates: dict[tuple[str, bool], pl.Series] = {}
        self._meant: dict[tuple[tuple[Condition, ...], str], pl.Series | None] = {}

    def columns(self, target: Target) -> list[Column]:
        """The columns a target means, in file order."""
        if target.column:
            return [column for column in self.cleaned.columns if column.name == target.column]
        return [
            column
            for column in self.cleaned.columns
            if column.field == target.field and target.group in (None, column.group)
        ]

    def values(self, target: Target, column: Column) -> pl.Series:
        """``String``, n_rows; null where the cell is empty or a placeholder."""
        key = (column.name, bool(target.column))
        if key not in self._values:
            self._values[key] = self._as_written(column) if target.column else self._canonical(column)
        return self._values[key]

    def filled(self, target: Target) -> pl.Series:
        """Where any column of the target holds something."""
        return reduce(or_, (self.values(target, each).is_not_null() for each in self.columns(target)), self._none())

    def numbers(self, target: Target, column: Column) -> pl.Series:
        """``Float64``, n_rows; null where there is none, or nobody can say which."""
        key = (column.name, bool(target.column))
        if key not in self._numbers:
            texts = self._understood(target, column)
            if target.column:
                texts = texts.set(~texts.str.contains(_NUMBER).fill_null(value=True), None)
                texts = texts.str.replace(",", ".", literal=True)
            self._numbers[key] = texts.cast(pl.Float64, strict=False)
        return self._numbers[key]

    def dates(self, target: Target, column: Column) -> pl.Series:
        """``Date``, n_rows; null where there is none."""
        key = (column.name, bool(target.column))
        if key not in self._dates:
            days = self._understood(target, column).str.slice(0, 10).rename("day").to_frame()
            read = [pl.col("day").str.to_date(form, strict=False) for form in _DATE_FORMS]
            self._dates[key] = days.select(pl.coalesce(read)).to_series()
        return self._dates[key]

    def within(self, target: Target, column: Column, bounds: Bounds) -> pl.Series:
        """Whether each value lies in a range; null where the cell is empty or can't be read as one that could."""
        known = self.dates(target, column) if bounds.are_dates else self.numbers(target, column)
        low, high = (self._day(end) if bounds.are_dates else end for end in (bounds.low, bounds.high))
        fits = known.is_not_null()
        if low is not None:
            fits = fits & (known >= low)
        if high is not None:
            fits = fits & (known <= high)
        return fits.set(known.is_null(), None)

    def _day(self, end: float | str | None) -> date | None:
        if end is None:
            return None
        return self.as_of if end == TODAY else date.fromisoformat(str(end))

    def meant(self, rule: OwnRule) -> pl.Series | None:
        """``Boolean``, n_rows: the records a rule is about; ``None`` for all."""
        key = (rule.when, rule.entity)
        if key not in self._meant:
            masks = [self._holds(condition) for condition in rule.when]
            if rule.entity:
                masks.append(self._is_entity(rule.entity))
            self._meant[key] = reduce(and_, masks) if masks else None
        return self._meant[key]

    def among(self, rule: OwnRule, mask: pl.Series) -> pl.Series:
        """The records of a mask the rule is about."""
        meant = self.meant(rule)
        return mask if meant is None else mask & meant

    def can_tell(self, condition: Condition) -> bool:
        """Whether a condition can be looked at: its column is there, or the run says the country of all."""
        return bool(self.columns(condition.target)) or (condition.target.field == "country" and bool(self.country))

    def _holds(self, condition: Condition) -> pl.Series:
        """Where any column of the condition's target says what it wants; an empty cell says nothing."""
        target = condition.target
        columns = self.columns(target)
        if condition.is_filled is False:
            return ~self.filled(target)
        if not columns:
            every = pl.Series([self.country]).new_from_index(0, self.n_rows)
            return self._fits(condition, every)
        hits = []
        for column in columns:
            values = self.values(target, column)
            if target.field == "country" and self.country:
                values = values.fill_null(self.country)
            fits = self._fits(condition, values)
            if condition.bounds is not None:
                fits = fits & self.within(target, column, condition.bounds).fill_null(value=False)
            hits.append(fits)
        return reduce(or_, hits)

    def _fits(self, condition: Condition, values: pl.Series) -> pl.Series:
        fits = values.is_not_null()
        if condition.any_of:
            fits = fits & is_one_of(values, condition.any_of)
        if condition.none_of:
            fits = fits & ~is_one_of(values, condition.none_of)
        return fits

    def _is_entity(self, entity: str) -> pl.Series:
        company = self.records.applies(FIELDS["company_name"])
        person = self.records.applies(FIELDS["last_name"])
        if entity == "contact":
            named = reduce(or_, (self.records.filled(name) for name in _PERSON_NAMES))
            return company & named
        return company if entity == "company" else person

    def _understood(self, target: Target, column: Column) -> pl.Series:
        """Values to compute with: of a field only those somebody understood."""
        judged = self.cleaned.judged.get(column.name)
        return self.values(target, column) if target.column or judged is None else judged.canonical

    def _none(self) -> pl.Series:
        return self.records.none()

    def _as_written(self, column: Column) -> pl.Series:
        texts = self.cleaned.table.frame[column.name].str.strip_chars()
        judged = self.cleaned.judged.get(column.name)
        if judged is not None:
            is_empty = judged.verdict <= int(Verdict.PLACEHOLDER)
        else:
            is_empty = (texts == "").fill_null(value=True) | is_one_of(texts.str.to_lowercase(), sorted(PLACEHOLDERS))
        return texts.set(is_empty, None) if is_empty.any() else texts

    def _canonical(self, column: Column) -> pl.Series:
        judged = self.cleaned.judged.get(column.name)
        if judged is None:
            return self._as_written(column)
        known = judged.canonical
        is_missing = known.is_null() & (judged.verdict > int(Verdict.PLACEHOLDER))
        if not is_missing.any():
            return known
        return self._as_written(column).zip_with(is_missing, known)


def is_one_of(values: pl.Series, wanted: Sequence[str]) -> pl.Series:
    """``Boolean`` without null: whether each value is one of some texts."""
    return values.is_in(pl.Series(list(wanted), dtype=pl.String).implode()).fill_null(value=False)
