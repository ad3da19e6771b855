"""What ``enrich`` shows on the terminal. Never a cell value."""

from __future__ import annotations

from pathlib import Path

from crmclean.core.counting import CELLS, RECORDS, amount, number
from crmclean.core.language import Language, Text
from crmclean.core.summary import EnrichmentFigures
from crmclean.core.text import visible
from crmclean.core.wording import ENRICHED, enriched_cells, enriched_counts, field_title
from crmclean.enriching.result import Enriched
from crmclean.pipeline import EnrichDone, EnrichPlan
from crmclean.reports.text import aligned


def done(result: EnrichDone) -> Text:
    """One line about a finished enrichment."""
    return said(result.enriched.figures)


def said(figures: EnrichmentFigures) -> Text:
    """One line about what directories brought."""
    asked = amount(figures.asked, RECORDS)
    filled = amount(sum(n for _, n in figures.filled), CELLS)
    proposed = amount(sum(n for _, n in figures.proposed), CELLS)
    sure, may = number(figures.auto, "en"), number(figures.review, "en")
    sicher, fraglich = number(figures.auto, "de"), number(figures.review, "de")
    return Text(
        f"{asked.en} asked about: {sure} found, {may} to look at; {filled.en} filled, {proposed.en} proposed",
        f"{asked.de} nachgeschlagen: {sicher} gefunden, {fraglich} zu prüfen; "
        f"{filled.de} gefüllt, {proposed.de} vorgeschlagen",
    )


def where(out: Path, result: EnrichDone) -> str:
    """Where the enriched file is."""
    return visible(str(out / result.file))


def incomplete(enriched: Enriched) -> Text:
    """What could not be asked, and what to do."""
    n = amount(enriched.figures.unknown, RECORDS)
    errors = ", ".join(f"{name}: {code}" for name, code in enriched.answers.errors)
    why = f" ({errors})" if errors else ""
    return Text(
        f"directory-incomplete: {n.en} without an answer{why}, marked enrich.unknown; all files are written. "
        "Hint: repeat the command, only the rest is asked",
        f"directory-incomplete: {n.de} ohne Antwort{why}, mit enrich.unknown markiert; alle Dateien sind geschrieben. "
        "Tipp: den Befehl wiederholen, nur der Rest wird gefragt",
    )


def plan(found: EnrichPlan, language: Language) -> str:
    """What would be asked, what it costs, and what would leave the machine."""
    n, of = amount(found.n_asked, RECORDS).said(language), number(found.n_records, language)
    lines = [Text("{} of {} name a company", "{} von {} nennen eine Firma").said(language).format(n, of)]
    if found.n_kept:
        kept = Text("{} look-ups are answered already", "{} Abfragen sind schon beantwortet").said(language)
        lines.append(kept.format(number(found.n_kept, language)))
    for one in found.lookups:
        about = one.about
        most = Text("up to {} look-ups", "bis zu {} Abfragen").said(language)
        most = most.format(number(one.plan.n_lookups, language))
        if one.plan.n_kept:
            kept = Text("{} answered from what is kept", "{} aus Behaltenem beantwortet").said(language)
            most += f", {kept.format(number(one.plan.n_kept, language))}"
        fields = ", ".join(field_title(name, language) for name in one.fields)
        leaves = (
            Text("leaves this machine: {}", "verlässt diesen Rechner: {}")
            if about.is_online
            else Text("nothing leaves this machine", "nichts verlässt diesen Rechner")
        )
        lines.append(f"{about.title.said(language)}: {most}; {about.costs.said(language)}")
        lines.append(f"  {leaves.said(language).format(fields)}")
    return "\n".join(lines)


def table(figures: EnrichmentFigures, language: Language) -> list[str]:
    """What came of it, and how many cells of each field."""
    rows = [(number(n, language), ENRICHED[key].said(language)) for key, n in enriched_counts(figures)]
    cells = [
        (number(filled, language), number(proposed, language), title)
        for title, filled, proposed in enriched_cells(figures, language)
    ]
    head = Text("filled|proposed|", "gefüllt|vorgeschlagen|").said(language).split("|")
    return [*aligned(rows, right=(0,)), *(["", *aligned([head, *cells], right=(0, 1))] if cells else [])]
