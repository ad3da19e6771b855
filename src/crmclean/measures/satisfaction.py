"""NPS, CSAT, CES and customer value: each with its formula and with how many answered.

Sources: Reichheld, The One Number You Need to Grow, HBR 12/2003 (NPS: 9-10 promoters, 0-6 detractors); ISO 10004:2018
and the American habit of the two best answers (CSAT); Dixon, Freeman, Toman, Stop Trying to Delight Your Customers, HBR
7/2010 (CES: mean of the answers).
"""

from __future__ import annotations

import polars as pl

from crmclean.config.lifecycle import LifecycleSection
from crmclean.core.language import Text
from crmclean.core.ratio import Ratio
from crmclean.core.relationship import Group, Kpi
from crmclean.fields._scales import scale_of
from crmclean.measures.amounts import amounts, columns_of
from crmclean.measures.records import Records

_PROMOTER, _DETRACTOR = 9, 6
_NPS = ("nps", "nps", Text("Net promoter score", "Net Promoter Score"))
_CSAT = ("csat", "csat", Text("Customer satisfaction", "Kundenzufriedenheit"))
_CES = ("ces", "ces", Text("Customer effort score", "Customer Effort Score"))
_CLV = ("clv", "lifetime_value", Text("Customer value", "Kundenwert"))
_MEAN = Text("mean of the answers", "Mittel der Antworten")


def kpis(records: Records, limits: LifecycleSection) -> tuple[Kpi, ...]:
    """The figures the file has a column for."""
    found = (_nps(records), _csat(records, limits.csat_scale), _ces(records, limits.ces_scale), _clv(records))
    return tuple(kpi for kpi in found if kpi is not None)


def _answers(records: Records, field: str, highest: int = 0) -> tuple[pl.Series, str] | None:
    """The usable answers and the scale they are on (``1-5``); ``None`` where no column holds the field."""
    if not records.has(field):
        return None
    given = amounts(records, (field,)).drop_nulls()
    scales = [scale for judged in records.cleaned.of_field(field) if (scale := scale_of(judged.column.habit))]
    if highest:
        lowest = 0 if len(given) and _least(given) < 1 else 1
        scales = [(float(lowest), float(highest))]
    if not scales:
        return given, ""
    low, high = min(low for low, _ in scales), max(high for _, high in scales)
    return given.filter((given >= low) & (given <= high)), f"{low:.0f}-{high:.0f}"


def _least(values: pl.Series) -> float:
    """The smallest of at least one number."""
    return float(str(values.min()))


def _mean(values: pl.Series, digits: int) -> float | None:
    """Of the sorted values, so that the order of rows changes no bit of it."""
    return round(float(str(values.sort().mean())), digits) if len(values) else None


def _parts(values: pl.Series, *parts: tuple[str, Text, pl.Series]) -> tuple[Group, ...]:
    return tuple(Group(name, title, Ratio(int(fits.sum()), len(values))) for name, title, fits in parts)


def _nps(records: Records) -> Kpi | None:
    found = _answers(records, "nps")
    if found is None:
        return None
    values, scale = found
    if not scale:  # scores made elsewhere: nobody knows of how many answers each
        formula = Text("mean of the scores given for each record", "Mittel der je Datensatz angegebenen Werte")
        return _kpi(records, _NPS, values, (_mean(values, 1), "mean"), "", formula)
    parts = _parts(
        values,
        ("promoters", Text("promoters (9-10)", "Promotoren (9-10)"), values >= _PROMOTER),
        ("passives", Text("passives (7-8)", "Passive (7-8)"), (values < _PROMOTER) & (values > _DETRACTOR)),
        ("detractors", Text("detractors (0-6)", "Detraktoren (0-6)"), values <= _DETRACTOR),
    )
    formula = Text("100 × (promoters - detractors) / answers", "100 × (Promotoren - Detraktoren) / Antworten")
    balance = parts[0].ratio.n - parts[2].ratio.n
    score = round(100 * balance / len(values), 1) if len(values) else None
    return _kpi(records, _NPS, values, (score, "points"), scale, formula, parts)


def _csat(records: Records, highest: int) -> Kpi | None:
    found = _answers(records, "csat", highest)
    if found is None:
        return None
    values, scale = found
    top = float(scale.partition("-")[2] or 0)
    if not scale or top > 10:  # percent: the two best of a hundred answers mean nothing
        return _kpi(records, _CSAT, values, (_mean(values, 2), "mean"), scale, _MEAN)
    title = Text(f"satisfied ({top - 1:.0f}-{top:.0f})", f"zufrieden ({top - 1:.0f}-{top:.0f})")
    parts = _parts(values, ("satisfied", title, values >= top - 1))
    share = parts[0].ratio.share
    formula = Text("100 × the two best answers / answers", "100 × die zwei besten Antworten / Antworten")
    value = None if share is None else round(100 * share, 1)
    return _kpi(records, _CSAT, values, (value, "percent"), scale, formula, parts)


def _ces(records: Records, highest: int) -> Kpi | None:
    found = _answers(records, "ces", highest)
    if found is None:
        return None
    values, scale = found
    return _kpi(records, _CES, values, (_mean(values, 2), "mean"), scale, _MEAN)


def _clv(records: Records) -> Kpi | None:
    if not records.has("lifetime_value"):
        return None
    values = amounts(records, ("lifetime_value",)).drop_nulls()
    formula = Text("mean of the values in the file", "Mittel der Werte in der Datei")
    return _kpi(records, _CLV, values, (_mean(values, 2), "mean"), "", formula)


def _kpi(
    records: Records,
    named: tuple[str, str, Text],
    values: pl.Series,
    figure: tuple[float | None, str],
    scale: str,
    formula: Text,
    parts: tuple[Group, ...] = (),
) -> Kpi:
    """A figure; ``named``: name, field and title; ``figure``: value and unit."""
    (name, field, title), (value, unit) = named, figure
    median = values.median()
    return Kpi(
        name=name,
        title=title,
        columns=columns_of(records, (field,)),
        answered=Ratio(len(values), records.n_rows),
        value=value,
        unit=unit,
        median=None if median is None else round(float(str(median)), 2),
        scale=scale,
        formula=formula,
        parts=parts,
    )
