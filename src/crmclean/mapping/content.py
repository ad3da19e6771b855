"""What the values of a column say about the field it holds. Looks at a sample, never at a whole file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import polars as pl

from crmclean.core.codes import Severity
from crmclean.core.field import FieldType, Hints
from crmclean.core.placeholders import PLACEHOLDERS
from crmclean.core.registry import FIELDS
from crmclean.core.text import tidy
from crmclean.mapping.repeats import Repeats, repeats_in

MIN_VALUES = 4  # distinct values below which the content says nothing
CHECKED = 60  # distinct values looked at to check a claim
PARSED = 30  # distinct values parsed where the looks say no
FIRST = 12  # values after which a hopeless field is given up
# Parsers that need to know a country are asked as for the first market; only "not understood at all" counts.
_ANYWHERE = Hints({"country": "DE"})


class Content:
    """The distinct values of one column in a sample of rows, without empty ones and placeholders.

    Args:
        values: as they stand in the column.
        cells: the sampled cells, to see which values stand in nearly all of them; ``None`` when nobody has them.
    """

    def __init__(self, values: Sequence[str], cells: pl.Series | None = None) -> None:
        self.values = tuple(values[:CHECKED])
        self._cells = cells
        self._looks: dict[str, float] = {}

    @property
    def is_telling(self) -> bool:
        """Whether there are enough distinct values to conclude anything."""
        return len(self.values) >= MIN_VALUES

    def looks(self, field: FieldType) -> float:
        """Mean of ``looks_like`` over the values, 0..1; 0 without values. Gives up early on a hopeless field."""
        if field.name not in self._looks:
            first = sum(map(field.looks_like, self.values[:FIRST]))
            if first == 0 or len(self.values) <= FIRST:
                total, count = first, min(len(self.values), FIRST)
            else:
                total, count = first + sum(map(field.looks_like, self.values[FIRST:])), len(self.values)
            self._looks[field.name] = total / count if count else 0.0
        return self._looks[field.name]

    def possible(self, field: FieldType) -> float:
        """Share of the values that look at least a little like the field, 0..1."""
        return sum(field.looks_like(value) > 0 for value in self.values) / max(len(self.values), 1)

    def understood(self, field: FieldType) -> tuple[float, float]:
        """Shares of the values the field's parser understands, and understands without a doubt; 0..1."""
        parsed = [field.parse(tidy(value), _ANYWHERE) for value in self.values[:PARSED]]
        known = [p for p in parsed if p.value]
        sure = [p for p in known if not p.code or field.code(p.code).severity is Severity.INFO]
        return len(known) / max(len(parsed), 1), len(sure) / max(len(parsed), 1)

    @cached_property
    def _repeats(self) -> Repeats | None:
        return None if self._cells is None else repeats_in(self._cells)

    @cached_property
    def shape(self) -> tuple[float, float]:
        """Shares of values with a digit and with an ``@``."""
        return _shape(self.values)

    @cached_property
    def has_lines(self) -> float:
        """Share of values that span lines."""
        return sum("\n" in value.strip() for value in self.values) / max(len(self.values), 1)

    def contradicts(self, field: FieldType) -> bool:
        """Whether these can't be values of the field, not even damaged ones.

        Nothing looks like it, its parser is sure of next to nothing, and the values differ in kind from the field's
        own examples (digits where there are none, no ``@`` where there always is one). The last rule keeps a column
        of destroyed phone numbers a column of phone numbers. Numbers with a rule of their own and countries, which are
        all known, don't need it: there the parser's word is enough.
        """
        if self._repeats is not None and self._repeats.is_other_than(field):
            return True
        if field.plain or not self.is_telling or self.looks(field) >= 0.1:
            return False
        known, sure = self.understood(field)
        # "company number" is a word of many countries and of none
        if field.group in ("id", "bank") or field.name == "country":
            return known < 0.2
        if sure >= 0.2:
            return False
        expected = _shape(field.examples_good)
        return any(abs(mine - theirs) >= 0.7 for mine, theirs in zip(self.shape, expected, strict=True))


def _shape(values: Sequence[str]) -> tuple[float, float]:
    count = max(len(values), 1)
    digits = sum(any("0" <= char <= "9" for char in value) for value in values)
    return digits / count, sum("@" in value for value in values) / count


def contents(frame: pl.DataFrame, sample: int) -> Mapping[str, Content]:
    """The content of every column, from ``sample`` rows spread evenly over the frame.

    A column with fewer than ``MIN_VALUES`` distinct values there is looked at as a whole: it may be filled elsewhere.

    Args:
        frame: n_rows x n_columns, all String.
        sample: rows to look at.
    """
    step = max(1, frame.height // max(sample, 1))
    rows = frame.gather_every(step).head(sample)
    return {name: _content(rows[name], frame[name], sample) for name in rows.columns}


def _content(sampled: pl.Series, column: pl.Series, sample: int) -> Content:
    values = _distinct(sampled)
    if len(values) < MIN_VALUES and len(sampled) < len(column):
        sampled = column.filter(column != "").head(sample)
        values = _distinct(sampled)
    return Content(values, sampled)


def _distinct(column: pl.Series) -> list[str]:
    values = column.drop_nulls().str.strip_chars().unique(maintain_order=True).head(4 * CHECKED).to_list()
    return [value for value in values if value and value.casefold() not in PLACEHOLDERS][:CHECKED]


# Fields whose values look alike; which one it is, only the header can say. The first stands for all.
_FAMILIES = (("phone", "mobile", "fax"), ("website", "social"))
CERTAIN = 0.9  # mean look at which values speak for themselves even against a header that says something else
LIKELY = 0.7  # the same, where there is no header
_LEAD = 0.15  # over the best field of another family


def field_by_content(content: Content, least: float) -> tuple[str, float] | None:
    """The field the values look like, with its mean look, when it reaches ``least`` and no other comes near.

    Args:
        content: values of one column.
        least: mean look needed, 0..1.
    """
    if not content.is_telling:
        return None
    looks: dict[str, float] = {}
    for name, field in FIELDS.items():
        family = next((group[0] for group in _FAMILIES if name in group), name)
        looks[family] = max(looks.get(family, 0.0), 0.0 if field.plain else content.looks(field))
    if looks.get("vat_id", 0.0) >= least:  # a national number that doubles as VAT id (CHE…) is the narrower meaning
        narrow = [name for name in looks if FIELDS[name].group == "id" and looks[name] >= looks["vat_id"]]
        looks = {name: look for name, look in looks.items() if name != "vat_id" or narrow == ["vat_id"]}
    ranked = sorted(looks, key=lambda name: (-looks[name], name))
    best, second = looks[ranked[0]], looks[ranked[1]]
    return (ranked[0], best) if best >= least and best - second >= _LEAD else None
