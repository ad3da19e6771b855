"""The section of the HTML report about company directories."""

from __future__ import annotations

from html import escape

from crmclean.core import wording as words
from crmclean.core.counting import number
from crmclean.core.language import Language, Text
from crmclean.core.summary import EnrichmentFigures, RunSummary
from crmclean.reports._html_parts import section, shown, table


def enrichment(summary: RunSummary, language: Language) -> str:
    """The section; empty where no directory was asked."""
    found = summary.enrichment
    if found is None:
        return ""
    rows = [
        (escape(words.ENRICHED[key].said(language)), number(n, language)) for key, n in words.enriched_counts(found)
    ]
    said = Text("asked: {}", "gefragt: {}").said(language).format(", ".join(found.sources) or "–")
    counts = table(shown(said), ("", Text("records", "Datensätze").said(language)), rows, numbers=(1,))
    return section(words.ENRICHMENT, language, counts + _cells(found, language) + _register(found, language))


def _cells(found: EnrichmentFigures, language: Language) -> str:
    rows = [
        (escape(title), number(filled, language), number(proposed, language))
        for title, filled, proposed in words.enriched_cells(found, language)
    ]
    if not rows:
        return ""
    head = Text("field", "Feld"), words.FILLED_CELLS, words.PROPOSED_CELLS
    caption = escape(words.ENRICHMENT_FILE.said(language))
    return table(caption, [escape(text.said(language)) for text in head], rows, numbers=(1, 2))


def _register(found: EnrichmentFigures, language: Language) -> str:
    if not found.register:
        return ""
    rows = []
    for code, n in found.register:
        what, fix = words.code_said(code, language)
        named = f'{escape(what)}<br><code class="soft">{code}</code>'
        rows.append((named, number(n, language), escape(fix)))
    head = Text("what|records|what to do", "was|Datensätze|was tun").said(language).split("|")
    caption = Text("What has changed in the register since.", "Was sich im Register seither geändert hat.")
    return table(escape(caption.said(language)), head, rows, numbers=(1,))
