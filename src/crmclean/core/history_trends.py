"""Figures about the relationship over the last runs: satisfaction, reachability, retention, who could be won back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crmclean.core.counting import number
from crmclean.core.history import RunFigures
from crmclean.core.language import Language, Text
from crmclean.core.ratio import Ratio
from crmclean.core.relationship import Kpi, RelationshipFigures
from crmclean.core.relationship_wording import kpi_value
from crmclean.core.summary import RunSummary
from crmclean.core.wording import percent

TITLE = Text("Relationship from run to run", "Beziehung von Lauf zu Lauf")
SHOWN_RUNS = 5
RETENTION, CHURN = "retention", "churn"
_FEWEST = 2  # values a trend needs

_REACHABLE = Text("reachable: {}", "erreichbar: {}")
_CONTACTABLE = Text("reachable and may be contacted: {}", "erreichbar und darf kontaktiert werden: {}")
_SHARES = {
    "reachable.none": Text("without any channel", "ohne jeden Kanal"),
    RETENTION: Text("retention since the run before", "Kundenbindung seit dem Lauf davor"),
    CHURN: Text("churn since the run before", "Abwanderung seit dem Lauf davor"),
}
_WINBACK = Text("win-back candidates", "Kandidaten zur Rückgewinnung")


@dataclass(frozen=True, slots=True)
class Trend:
    """One figure over the last runs.

    Attributes:
        title: what a person reads.
        values: oldest first; ``None`` where a run does not know it.
        shown: the same in words.
        whole: what a picture takes for all of it: 1 for shares.
    """

    title: str
    values: tuple[float | None, ...]
    shown: tuple[str, ...]
    whole: float = 1.0


def shown_runs(summary: RunSummary) -> Sequence[RunFigures]:
    """The runs that a table of trends shows, oldest first."""
    return summary.history.runs[-SHOWN_RUNS:] if summary.history else ()


def trends(summary: RunSummary, language: Language) -> list[Trend]:
    """The figures that this run and at least one before know; none where there is no history."""
    found = summary.relationship
    if found is None or summary.history is None:
        return []
    runs = shown_runs(summary)
    made = [*_kpis(found, runs, language), *_shares(found, runs, language), *_winback(runs, language)]
    return [trend for trend in made if trend.values[-1] is not None and _known(trend.values) >= _FEWEST]


def _known(values: Sequence[float | None]) -> int:
    return sum(value is not None for value in values)


def _kpis(found: RelationshipFigures, runs: Sequence[RunFigures], language: Language) -> Iterator[Trend]:
    for kpi in found.kpis:
        values = tuple(run.numbers.get(kpi.name) if _is_told(kpi) else None for run in runs)
        shown = tuple(kpi_value(replace(kpi, value=value), language) for value in values)
        whole = max((abs(value) for value in values if value is not None), default=1.0) or 1.0
        yield Trend(kpi.title.said(language), values, shown, whole)


def _is_told(kpi: Kpi) -> bool:
    return kpi.value is not None


def _shares(found: RelationshipFigures, runs: Sequence[RunFigures], language: Language) -> Iterator[Trend]:
    titles: dict[str, str] = {}
    for channel in found.channels:
        title = channel.title.said(language)
        titles[f"reachable.{channel.name}"] = _REACHABLE.said(language).format(title)
        titles[f"contactable.{channel.name}"] = _CONTACTABLE.said(language).format(title)
    titles |= {name: title.said(language) for name, title in _SHARES.items()}
    for name, title in titles.items():
        ratios = [run.figures.get(name, Ratio(0, 0)) for run in runs]
        shown = tuple(percent(ratio, language) if ratio.of else "–" for ratio in ratios)
        yield Trend(title, tuple(ratio.share for ratio in ratios), shown)


def _winback(runs: Sequence[RunFigures], language: Language) -> Iterator[Trend]:
    """As a number: who calls them wants to know how many."""
    counts = [run.figures["winback"].n if "winback" in run.figures else None for run in runs]
    shown = tuple("–" if n is None else number(n, language) for n in counts)
    whole = float(max((n for n in counts if n is not None), default=1) or 1)
    yield Trend(_WINBACK.said(language), tuple(None if n is None else float(n) for n in counts), shown, whole)


def trend_head(summary: RunSummary, language: Language) -> list[str]:
    """What stands above ``trend_rows``."""
    return [Text("figure", "Kennzahl").said(language), *(run.as_of for run in shown_runs(summary))]


def trend_rows(summary: RunSummary, language: Language) -> list[tuple[str, ...]]:
    """A row for each figure, a column for each run."""
    return [(trend.title, *trend.shown) for trend in trends(summary, language)]
