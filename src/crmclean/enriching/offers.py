"""What the directory offers for each column, judged by the field, beside what stands there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

import polars as pl

from crmclean.core.enrichment import ADDRESS, UNITS, VERIFIED
from crmclean.core.registry import FIELDS
from crmclean.enriching.keys import folded, keys_of, mapped, same_values
from crmclean.enriching.said import Said
from crmclean.enriching.targets import Target
from crmclean.expressions import judge
from crmclean.table import Column, Normalised, Verdict

_BLANK = [int(Verdict.EMPTY), int(Verdict.PLACEHOLDER)]
# Fields of which a value in any column of these is known already, whatever the column is called.
_LINES = dict.fromkeys(("phone", "mobile", "fax"), ("phone", "mobile", "fax"))


@dataclass(frozen=True, slots=True)
class Offer:
    """One column and what the directory offers for it; all series m.

    Attributes:
        target: the column.
        raw: what stands in the export.
        after: the offered value in the column's written form; null: nothing is offered.
        canonical: of what is offered.
        verdict: of what is offered, ``Verdict``.
        is_blank: nothing stands in the column, nor in one beside it.
        is_same: what stands there means the same.
        is_sure: the offered value may be written without a look.
        is_wrong: the directory's value is not valid: ``after`` is null.
    """

    target: Target
    raw: pl.Series
    after: pl.Series
    canonical: pl.Series
    verdict: pl.Series
    is_blank: pl.Series
    is_same: pl.Series
    is_sure: pl.Series
    is_wrong: pl.Series

    @property
    def differs(self) -> pl.Series:
        """Something else stands there than what is offered."""
        return ~self.is_blank & ~self.is_same & self.after.is_not_null()


def offers_of(cleaned: Normalised, targets: Mapping[str, Target], said: Said, country: str) -> dict[str, Offer]:
    """The offers for all columns that take some.

    Args:
        cleaned: the export.
        targets: its columns, by field.
        said: what is said of m of its records.
        country: the run's default country.
    """
    found = {}
    for name, target in targets.items():
        if name in said.values and said.values[name].is_not_null().any():
            offer = _offer if name in FIELDS else _plain_offer
            found[name] = offer(cleaned, target, said, country)
    return _same_line(cleaned, found, said)


def _offer(cleaned: Normalised, target: Target, said: Said, country: str) -> Offer:
    kind = FIELDS[target.field]
    values = said.values[target.field]
    there = _hints(cleaned, target.column, said, country)
    beside = {name: said.known[name] for name in kind.hints if name in said.known}
    if "country" in kind.hints:
        here = there.get("country")
        own = beside.get("country", here)
        if own is not None:
            beside["country"] = own if here is None else own.zip_with(own.is_not_null(), here)
    # What stands there letter for letter needs no judgement: of names that is nearly all.
    equal = (_canonical(cleaned, target.column, said.at) == values).fill_null(value=False)
    values = values.set(equal, None)
    judged = judge(values, kind, beside, style=target.style, as_of=cleaned.as_of)
    is_wrong = (judged["verdict"] == int(Verdict.INVALID)) | (judged["verdict"] == int(Verdict.PLACEHOLDER))
    is_sure = judged["verdict"].is_in([int(Verdict.VALID), int(Verdict.UNJUDGED)])
    text = judged["written"].zip_with(judged["written"].is_not_null(), values)
    after = text.set(is_wrong, None)
    raw = cleaned.table.frame[target.column.name].gather(said.at)
    blank = _is_blank(cleaned, target.column, said.at)
    own_same = _is_same(cleaned, target.column, said, judged["canonical"], values, there, beside)
    others = [c for c in cleaned.columns if c.name != target.column.name and _tells_as_well(c, target)]
    is_elsewhere = reduce(
        or_,
        (_is_same(cleaned, c, said, judged["canonical"], values, there, beside) for c in others),
        own_same.clear().extend_constant(False, len(own_same)),
    )
    blank = reduce(and_, (_is_blank(cleaned, c, said.at) for c in target.beside), blank)
    same = equal | own_same | is_elsewhere
    if target.field == VERIFIED:  # what was verified later is not made older
        same = same | (_canonical(cleaned, target.column, said.at).str.slice(0, 10) >= values).fill_null(value=False)
    return Offer(target, raw, after, judged["canonical"], judged["verdict"], blank, same, is_sure, is_wrong)


def _plain_offer(cleaned: Normalised, target: Target, said: Said, country: str) -> Offer:  # noqa: ARG001 - as _offer
    """For what no field type judges: status, successor, id in the directory."""
    values = said.values[target.field]
    raw = cleaned.table.frame[target.column.name].gather(said.at)
    text = raw.str.strip_chars().fill_null("")
    none = pl.repeat(False, len(values), dtype=pl.Boolean, eager=True)
    verdict = pl.repeat(int(Verdict.UNJUDGED), len(values), dtype=pl.UInt8, eager=True)
    same = (text == values).fill_null(value=False)
    return Offer(target, raw, values, values, verdict, text == "", same, ~none, none)


def _tells_as_well(column: Column, target: Target) -> bool:
    """Whether a value in this column makes it needless to fill it in a second time."""
    kinds = _LINES.get(target.field, (target.field,) if target.field in ("email", "website") else ())
    return column.field in kinds or column in target.beside


def _hints(cleaned: Normalised, column: Column, said: Said, country: str) -> dict[str, pl.Series]:
    """What the records say in the fields that this one wants to see."""
    found = {}
    for name in FIELDS[str(column.field)].hints:
        near = cleaned.of_field(name, [column.group]) or (cleaned.of_field(name) if name == "country" else [])
        if near:
            found[name] = near[0].canonical.gather(said.at)
    if country and "country" in FIELDS[str(column.field)].hints:
        default = pl.repeat(country, len(said.at), dtype=pl.String, eager=True)
        known = found.get("country")
        found["country"] = default if known is None else known.zip_with(known.is_not_null(), default)
    return found


def _canonical(cleaned: Normalised, column: Column, at: pl.Series) -> pl.Series:
    if column.name in cleaned.judged:
        return cleaned.judged[column.name].canonical.gather(at)
    return pl.repeat(None, len(at), dtype=pl.String, eager=True)


def _is_blank(cleaned: Normalised, column: Column, at: pl.Series) -> pl.Series:
    """Whether nothing stands there but blanks or a placeholder."""
    if column.name in cleaned.judged:
        return cleaned.judged[column.name].verdict.gather(at).is_in(_BLANK)
    return cleaned.table.frame[column.name].gather(at).str.strip_chars().fill_null("") == ""


def _is_same(
    cleaned: Normalised,
    column: Column,
    said: Said,
    canonical: pl.Series,
    values: pl.Series,
    there: Mapping[str, pl.Series],
    beside: Mapping[str, pl.Series],
) -> pl.Series:
    """Whether a column means what is offered: by the field's key, or, where it is not understood, by its letters."""
    kind = FIELDS[str(column.field)]
    own = _canonical(cleaned, column, said.at)
    same = same_values(kind, own, canonical, there, beside)
    raw = cleaned.table.frame[column.name].gather(said.at)
    lost = own.is_null() & ~_is_blank(cleaned, column, said.at)
    return same | (lost & (folded(raw.set(~lost, None)) == folded(values.set(~lost, None)))).fill_null(value=False)


def _same_line(cleaned: Normalised, offers: dict[str, Offer], said: Said) -> dict[str, Offer]:
    """Addresses that are the same although their cells are cut differently: number in the street, city with a part."""
    found = dict(offers)
    if "street" in found:
        names = [name for name in ("street", "house_number") if name in found]
        own = _line(cleaned, [found[name].target.column for name in names], said.at)
        offered = _joined([found[name].canonical for name in names])
        alike = (mapped(own, FIELDS["street"].key) == mapped(offered, FIELDS["street"].key)).fill_null(value=False)
        for name in names:
            found[name] = _with_same(found[name], alike)
    if "city" in found and "postal_code" in found:
        city = found["city"]
        own_key = keys_of(FIELDS["city"], _canonical(cleaned, city.target.column, said.at), {})
        key = keys_of(FIELDS["city"], city.canonical, {})
        pair = pl.DataFrame([own_key.alias("a"), key.alias("b")])
        begins = pair.select(
            pl.col("a").str.starts_with(pl.col("b")) | pl.col("b").str.starts_with(pl.col("a"))
        ).to_series()
        found["city"] = _with_same(city, begins.fill_null(value=False) & found["postal_code"].is_same)
    return found


def _line(cleaned: Normalised, columns: list[Column], at: pl.Series) -> pl.Series:
    return _joined([_canonical(cleaned, column, at) for column in columns])


def _joined(parts: list[pl.Series]) -> pl.Series:
    frame = pl.DataFrame([part.fill_null("").alias(f"{place}") for place, part in enumerate(parts)])
    line = frame.select(pl.concat_str(pl.all(), separator=" ").str.strip_chars()).to_series()
    return line.set(parts[0].is_null(), None)


def _with_same(offer: Offer, same: pl.Series) -> Offer:
    return Offer(
        offer.target, offer.raw, offer.after, offer.canonical, offer.verdict, offer.is_blank, offer.is_same | same,
        offer.is_sure, offer.is_wrong,
    )  # fmt: skip


def address_is_left_alone(cleaned: Normalised, offers: Mapping[str, Offer], said: Said) -> pl.Series:
    """Whether a record has its address elsewhere: a post office box, one text, another group of columns."""
    names = (*UNITS[ADDRESS], "full_address", "po_box")
    group = next((offers[n].target.column.group for n in UNITS[ADDRESS] if n in offers), "")
    none = pl.repeat(False, len(said.at), dtype=pl.Boolean, eager=True)
    filled, own, elsewhere = none, none, none
    for column in cleaned.columns:
        if column.field not in names or column.field == "country":
            continue
        stands = ~_is_blank(cleaned, column, said.at)
        if column.field in ("po_box", "full_address"):
            filled = filled | stands
        elif column.group == group:
            own = own | stands
        else:
            elsewhere = elsewhere | stands
    return filled | (elsewhere & ~own)
