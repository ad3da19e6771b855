"""Numbering plans as regular expressions for whole columns, taken from libphonenumber's metadata at run time.

libphonenumber calls a number valid if it fits the *general description* of its region **and** the pattern of one type;
each pattern comes with the lengths it may have. Nothing is copied from the metadata: a new release of
``phonenumbers`` is a new plan, and the conformance tests compare both paths on random numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import phonenumbers
import polars as pl
from phonenumbers import NumberFormat, PhoneMetadata, PhoneNumberDesc

# In the order in which libphonenumber asks; the first that fits names the kind.
_TYPES = (
    ("premium", "premium_rate"),
    ("toll-free", "toll_free"),
    ("shared-cost", "shared_cost"),
    ("voip", "voip"),
    ("personal", "personal_number"),
    ("pager", "pager"),
    ("uan", "uan"),
    ("voicemail", "voicemail"),
)
# Regular expressions that mean the same in Python and in Rust.
_PORTABLE = re.compile(r"(?:[0-9\[\]{},|?*+()^$-]|\(\?:|\\d)*")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One description of the metadata: a full match and the lengths that may have it (empty: any)."""

    regex: str
    lengths: tuple[int, ...]

    @property
    def depth(self) -> int:
        """Leading digits that decide, together with the length, whether a number fits."""
        return _reach(self.regex)[1]

    def fits(self, number: pl.Expr) -> pl.Expr:
        """Boolean: whether the national significant number fits."""
        matched = number.str.contains(f"^(?:{self.regex})$")
        return number.str.len_bytes().is_in(self.lengths) & matched if self.lengths else matched


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of one country calling code, as its main region has it.

    Attributes:
        code: digits of the calling code.
        trunk: ``0``, ``1`` (North America) or empty.
        other_prefixes: literal prefixes libphonenumber also strips (``180020`` in Great Britain).
        dial_out: pattern of the international prefix.
        general: the general description.
        types: the special types in libphonenumber's order, then ``fixed`` and ``mobile``.
        formats: patterns of leading digits, one for each written form; a number's form depends on these and its length.
        depth: leading digits that decide, together with the length, about the form and all kinds but the ``deep``.
        deep: special types that look at more digits than that.
        local_lengths: lengths that can be dialled inside one area only.
        area: digits the first of several groups of a written number can have at most.
        is_alone: whether the code belongs to this region alone, so that what does not fit fits nowhere.
    """

    code: str
    trunk: str
    other_prefixes: tuple[str, ...]
    dial_out: str
    general: Pattern
    types: tuple[tuple[str, Pattern], ...]
    formats: tuple[str, ...]
    depth: int
    deep: tuple[str, ...]
    local_lengths: tuple[int, ...]
    area: int
    is_alone: bool

    @property
    def longest(self) -> int:
        """Most digits a national significant number can have."""
        return max(self.general.lengths, default=0)

    def add_kind(self, leads: pl.DataFrame) -> pl.DataFrame:
        """Adds what leading digits and length of ``number`` tell: ``is_general`` and the ``kind``, but for ``deep``.

        The kind is the one libphonenumber finds; null where the number is not valid.
        """
        by_name = dict(self.types)
        never = pl.lit(value=False)
        leads = leads.with_columns(
            is_general=self.general.fits(pl.col("number")),
            **{f"is_{name}": pattern.fits(pl.col("number")) for name, pattern in self.types},
            **{f"is_{name}": never for name in BASIC if name not in by_name},
        )
        chain: Any = pl.when(~pl.col("is_general")).then(None)
        for name in by_name:
            if name not in (*BASIC, *self.deep):
                chain = chain.when(pl.col(f"is_{name}")).then(pl.lit(name))
        chain = chain.when(pl.col("is_fixed") & pl.col("is_mobile")).then(pl.lit("fixed-or-mobile"))
        for name in BASIC:
            chain = chain.when(pl.col(f"is_{name}")).then(pl.lit(name))
        return leads.with_columns(kind=chain.otherwise(None))

    def with_deep_kinds(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Corrects the ``kind`` of each ``number`` that is of a ``deep`` type."""
        names = [name for name, _ in self.types]
        for name, pattern in self.types:
            if name in self.deep:
                is_earlier = pl.col("kind").is_in(names[: names.index(name)]).fill_null(value=False)
                found = pl.col("is_general") & pattern.fits(pl.col("number")) & ~is_earlier
                rows = rows.with_columns(kind=pl.when(found).then(pl.lit(name)).otherwise("kind"))
        return rows


BASIC = ("fixed", "mobile")
# Special types that look at more digits are asked about each number: with more, hardly two numbers begin alike.
_SHALLOW = 5


@cache
def plans() -> dict[str, str]:
    """Country calling code to its main region, for the codes of countries."""
    found = phonenumbers.COUNTRY_CODE_TO_REGION_CODE
    return {str(code): regions[0] for code, regions in found.items() if len(regions[0]) == 2}


@cache
def plan_of(region: str) -> Plan | None:
    """The plan of a calling code's main region, or ``None`` where this path does not know how to follow the library."""
    metadata = PhoneMetadata.metadata_for_region(region)
    if metadata is None or metadata.country_code is None or metadata.leading_digits is not None:
        return None
    trunk, *others = (metadata.national_prefix_for_parsing or "").split("|")
    if trunk not in ("", "0", "1") or trunk != (metadata.national_prefix or ""):
        return None
    if metadata.national_prefix_transform_rule or not all(other.isdigit() for other in others):
        return None
    description = metadata.general_desc
    general = _pattern(description)
    forms = [*metadata.number_format, *metadata.intl_number_format]
    formats = tuple(sorted(set(_leading_digits(forms))))
    width = max((_reach(leading)[0] for leading in formats), default=0)
    if description is None or general is None or width > 12 or not all(map(_is_grouping, metadata.number_format)):
        return None
    types = tuple(_types(metadata))
    depths = {name: pattern.depth for name, pattern in types}
    told = (deep for name, deep in depths.items() if name in BASIC or deep <= _SHALLOW)
    depth = max(width, general.depth, *told)
    return Plan(
        code=str(metadata.country_code),
        trunk=trunk,
        other_prefixes=tuple(others),
        dial_out=metadata.international_prefix or "",
        general=general,
        types=types,
        formats=formats,
        depth=depth,
        deep=tuple(name for name in depths if depths[name] > depth),
        local_lengths=tuple(description.possible_length_local_only),
        area=max((_first_group(form.pattern or "") for form in forms), default=0),
        is_alone=len(phonenumbers.COUNTRY_CODE_TO_REGION_CODE[metadata.country_code]) == 1,
    )


def _types(metadata: PhoneMetadata) -> Iterator[tuple[str, Pattern]]:
    for name, attribute in (*_TYPES, ("fixed", "fixed_line"), ("mobile", "mobile")):
        pattern = _pattern(getattr(metadata, attribute))
        if pattern is not None:
            yield name, pattern


def _pattern(description: PhoneNumberDesc | None) -> Pattern | None:
    if description is None or not description.national_number_pattern:
        return None
    regex = description.national_number_pattern
    if not _PORTABLE.fullmatch(regex):
        raise ValueError("a pattern of the metadata is not portable")
    return Pattern(regex.replace(r"\d", "[0-9]"), tuple(description.possible_length))


def _leading_digits(forms: list[NumberFormat]) -> Iterator[str]:
    for form in forms:
        if form.leading_digits_pattern:
            yield form.leading_digits_pattern[-1].replace(r"\d", "[0-9]")


def _is_grouping(form: NumberFormat) -> bool:
    """Whether the form only counts digits, so that what it writes depends on leading digits and length alone."""
    return not re.sub(r"\(?\\d(?:\{[\d,]+\})?\)?", "", form.pattern or "")


def _first_group(pattern: str) -> int:
    """Most digits of the first of several groups.

    >>> _first_group(r"(\\d{2,5})(\\d{3})"), _first_group(r"(\\d)(\\d{3})"), _first_group(r"(\\d{6})")
    (5, 1, 0)
    """
    first, *others = re.findall(r"\(([^()]*)\)", pattern) or [""]
    return _reach(first)[0] if others else 0


def _reach(regex: str) -> tuple[int, int]:
    """Most digits a number that fits can have, and the last place among them where not any digit will do.

    Alternatives of digits, classes, groups, ``?`` and ``{n,m}``: all metadata is of that kind.

    >>> _reach("3[02]"), _reach(r"2(?:0\\d|12\\d)|906"), _reach("1(?:23)?[0-9]{2,3}"), _reach("1*")
    ((2, 2), (4, 3), (6, 3), (99, 99))
    """
    return _reach_of(re.sub(r"\[[^\]]*\]", "x", re.sub(r"\[0-9\]|\\d", ".", regex)).replace("(?:", "("))


def _reach_of(pattern: str) -> tuple[int, int]:
    """``_reach`` where ``.`` is any digit and any other sign one of some."""
    best = here = deepest = at = 0
    last = (0, 0)  # reach of the sign or group before
    while at < len(pattern):
        sign = pattern[at]
        if sign == "|":
            best, here = max(best, here), 0
        elif sign in "*+":
            return _ENDLESS, _ENDLESS
        elif sign == "{":
            end = pattern.index("}", at)
            here += last[0] * (int(pattern[at + 1 : end].rsplit(",", maxsplit=1)[-1]) - 1)
            deepest = max(deepest, here if last[1] else 0)
            at = end
        elif sign != "?":
            end = _closing(pattern, at) if sign == "(" else at
            last = _reach_of(pattern[at + 1 : end]) if sign == "(" else (1, int(sign != "."))
            deepest = max(deepest, here + last[1] if last[1] else 0)
            here += last[0]
            at = end
        at += 1
    return max(best, here), deepest


_ENDLESS = 99


def _closing(pattern: str, at: int) -> int:
    depth = 0
    for index in range(at, len(pattern)):
        depth += (pattern[index] == "(") - (pattern[index] == ")")
        if not depth:
            return index
    raise ValueError("unbalanced pattern")
