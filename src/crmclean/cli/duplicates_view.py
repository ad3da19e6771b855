"""What ``dedupe`` shows on the terminal. Never a cell value."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from crmclean.core import wording as words
from crmclean.core.counting import PAIRS, RECORDS, amount, number
from crmclean.core.language import Language, Text
from crmclean.core.text import visible
from crmclean.matching.blocking import CAP, Plan
from crmclean.matching.decisions import APPLIED, CHANGED, OVERRULED, UNAPPROVED, VETOED
from crmclean.matching.duplicates import Duplicates
from crmclean.matching.figures import band_figures
from crmclean.reports.text import aligned

_CLUSTERS = Text("cluster|clusters", "Gruppe|Gruppen")
_DECISIONS = Text("decision|decisions", "Entscheidung|Entscheidungen")
_STATUSES = {
    APPLIED: Text("applied", "angewandt"),
    CHANGED: Text(
        "to be asked again: a record says something else now", "erneut zu fragen: ein Datensatz sagt jetzt anderes"
    ),
    UNAPPROVED: Text("without effect until somebody else approves", "ohne Wirkung, bis jemand anderes zustimmt"),
    VETOED: Text("for a merge that valid ids forbid", "für eine Zusammenführung, die gültige Kennungen verbieten"),
    OVERRULED: Text(
        "for a merge that another decision or an id forbids",
        "für eine Zusammenführung, der eine andere Entscheidung oder Kennung widerspricht",
    ),
}

_NOTHING_SHARED = Text(
    "No two records share a value by which they could be found: `crmclean profile` says what the columns hold, "
    "--show-plan what is looked for.",
    "Keine zwei Datensätze teilen einen Wert, an dem sie zu finden wären: `crmclean profile` sagt, was die Spalten "
    "enthalten, --show-plan, wonach gesucht wird.",
)


def summary(found: Duplicates, language: Language) -> list[str]:
    """How many pairs of each band, and what they come to."""
    lines = [
        (
            band.name,
            number(band.pairs, language),
            words.BANDS[band.name].said(language),
            words.expected_said(band, language),
        )
        for band in band_figures(found.pairs)
    ]
    n_records, n_clusters = found.clusters.height, found.clusters["cluster_id"].n_unique()
    records, clusters = amount(n_records, RECORDS), amount(n_clusters, _CLUSTERS)
    compared = amount(found.matched.n_candidates, PAIRS)
    head = Text(
        f"{records.en} in {clusters.en} mean the same as another ({compared.en} compared)",
        f"{records.de} in {clusters.de} meinen dasselbe wie ein anderer ({compared.de} verglichen)",
    )
    if not n_clusters:
        head = Text(
            f"no record surely means the same as another ({compared.en} compared)",
            f"kein Datensatz meint sicher dasselbe wie ein anderer ({compared.de} verglichen)",
        )
    if not found.matched.n_candidates:
        return [head.said(language), _NOTHING_SHARED.said(language)]
    return [head.said(language), *aligned(lines, right=(1,)), *_since_last_time(found, language)]


def _news(found: Duplicates) -> Text:
    """How many pairs and clusters were not there last time."""
    changed = found.clusters.group_by("cluster_id").agg(pl.col("is_new").any()).get_column("is_new")
    pairs, clusters = amount(int(found.pairs["is_new"].sum()), PAIRS), amount(int(changed.sum()), _CLUSTERS)
    return Text(
        f"since last time: {pairs.en} new, {clusters.en} new or grown",
        f"seit dem letzten Mal: {pairs.de} neu, {clusters.de} neu oder gewachsen",
    )


def _since_last_time(found: Duplicates, language: Language) -> list[str]:
    """What is new, and what became of the decisions; nothing without a memory."""
    if not found.has_memory:
        return []
    lines = [_news(found)] if found.tells_news else []
    n_of = dict(found.decisions.group_by("status").len().iter_rows())
    for status, said in _STATUSES.items():
        if n := n_of.get(status, 0):
            decisions = amount(n, _DECISIONS)
            lines.append(Text(f"{decisions.en} {said.en}", f"{decisions.de} {said.de}"))
    return [line.said(language) for line in lines]


def plan(planned: Plan, language: Language) -> str:
    """The keys and what each costs."""
    titles = Text("key|records|pairs|values over the cap", "Schlüssel|Datensätze|Paare|Werte über der Grenze")
    rows = [tuple(titles.said(language).split("|"))]
    for key in planned.keys:
        numbers = (key.n_records, key.n_pairs, key.n_skipped)
        rows.append((" + ".join(key.key), *(number(n, language) for n in numbers)))
    pairs = amount(planned.n_pairs, PAIRS)
    total = Text(
        f"{pairs.en} to compare, each once; a value that more than {CAP} records share makes none",
        f"{pairs.de} zu vergleichen, jedes einmal; ein Wert, den mehr als {CAP} Datensätze teilen, bildet keine",
    )
    return "\n".join([*aligned(rows, right=(1, 2, 3)), total.said(language)])


def where(out: Path) -> str:
    """Where the pairs are."""
    return visible(str(out / "pairs.csv"))
