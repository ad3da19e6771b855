"""Words and numbers a person reads, in both languages: in reports and on the terminal. Never a cell value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crmclean.core.catalogue import describe
from crmclean.core.counting import COLUMNS, DAYS, RECORDS, amount, number
from crmclean.core.enrichment import SAID_LABELS
from crmclean.core.language import Language, Text
from crmclean.core.registry import FIELDS
from crmclean.core.summary import (
    BandFigures,
    Clock,
    DuplicateFigures,
    EnrichmentFigures,
    Ratio,
    RunSummary,
    SharedValue,
)

TITLE = Text("Data quality report", "Datenqualitätsbericht")
SCORES = {
    "completeness": Text("Completeness", "Vollständigkeit"),
    "validity": Text("Validity", "Gültigkeit"),
    "timeliness": Text("Timeliness", "Aktualität"),
    "uniqueness": Text("Uniqueness", "Eindeutigkeit"),
    "consistency": Text("Consistency", "Stimmigkeit"),
}
SCORE_RULES = {
    "completeness": Text(
        "records that serve a purpose, over all records and purposes that apply",
        "Datensätze, die einen Zweck erfüllen, über alle Datensätze und anwendbaren Zwecke",
    ),
    "validity": Text(
        "valid cells of those known to be valid or invalid; doubtful ones are counted apart",
        "gültige Zellen unter den als gültig oder ungültig erkannten; zweifelhafte zählen gesondert",
    ),
    "timeliness": Text(
        "records some clock calls fresh, of those some clock knows",
        "Datensätze, die eine Uhr frisch nennt, unter denen, die eine Uhr kennt",
    ),
    "uniqueness": Text(
        "different entities, over the records that name one; pairs to decide count as different",
        "verschiedene Firmen und Personen, über die Datensätze, die eine nennen; offene Paare zählen als verschieden",
    ),
    "consistency": Text(
        "records whose cells do not contradict each other, of those with cells that could; not in the score",
        "Datensätze ohne Widerspruch zwischen Zellen, unter denen mit vergleichbaren; nicht im Gesamtwert",
    ),
}
# By ``directory.Status``.
COMPANY_STATUS = {
    "active": Text("active", "aktiv"),
    "liquidation": Text("in liquidation", "in Liquidation"),
    "ceased": Text("ceased", "erloschen"),
    "unknown": Text("status unknown", "Status unbekannt"),
}
BANDS = {
    "auto": Text("duplicates without a question", "Dubletten ohne Rückfrage"),
    "review": Text("for a person to decide", "zur Entscheidung"),
    "veto": Text("kept apart by ids or a decision", "durch Kennungen oder eine Entscheidung getrennt"),
}
RELATIONS = {
    "same-group": Text("same group", "Konzernverbund"),
    "branch": Text("branches", "Niederlassungen"),
    "general-partner": Text("general partner", "Komplementärin"),
    "shared-address": Text("shared address", "gleiche Anschrift"),
    "successor": Text("successor", "Rechtsnachfolge"),
    "colleague": Text("colleagues", "Kollegen"),
    "household": Text("household", "Haushalt"),
    "distinct": Text("distinct", "verschieden"),
}
ENRICHED = {
    "asked": Text("companies asked about", "Firmen nachgeschlagen"),
    "auto": Text("found without a question", "ohne Rückfrage gefunden"),
    "review": Text("one may be meant: proposals only", "eine könnte gemeint sein: nur Vorschläge"),
    "none": Text("known to no directory", "in keinem Verzeichnis"),
    "unknown": Text("nobody could say", "keine Auskunft"),
}
ENRICHMENT = Text("Company directories", "Firmenverzeichnisse")
FILLED_CELLS = Text("cells filled", "gefüllte Zellen")
PROPOSED_CELLS = Text("cells proposed", "vorgeschlagene Zellen")
ENRICHMENT_FILE = Text(
    "Every cell with source, date and grade is in enrichment.csv.",
    "Jede Zelle mit Quelle, Datum und Note steht in enrichment.csv.",
)
SEVERITIES = {
    "error": Text("error", "Fehler"),
    "warning": Text("warning", "Warnung"),
    "info": Text("note", "Hinweis"),
}
SAFETIES = {"safe": Text("safe", "sicher"), "unsafe": Text("proposal applied", "Vorschlag angewandt")}
DOMAIN = "domain"  # of an e-mail address or a website; no field of its own
SHARED = Text("Values that many share, and that prove little", "Werte, die viele teilen und die wenig beweisen")
NOT_APPLICABLE = Text("not applicable: no column for {}", "nicht anwendbar: keine Spalte für {}")
# What a file is known by: keys of ``FileFacts.facts``; a plug-in's own are shown as they are.
FACTS = {
    "encoding": Text("encoding", "Zeichenkodierung"),
    "delimiter": Text("delimiter", "Trennzeichen"),
    "quote": Text("quote mark", "Anführungszeichen"),
    "line_end": Text("line ends", "Zeilenenden"),
    "header_row": Text("header in line", "Kopfzeile in Zeile"),
    "preamble_lines": Text("lines above it", "Zeilen darüber"),
    "columns": Text("columns", "Spalten"),
    "text_formulas": Text("text formulas", "Textformeln"),
    "sheet": Text("sheet", "Blatt"),
    "blank_rows": Text("blank rows", "Leerzeilen"),
    "date_system": Text("days counted from", "Tage gezählt ab"),
    "records": Text("records", "Datensätze"),
    "types": Text("types", "Typen"),
}
_VALUES = {"none": Text("none", "keine")}
NO_FINDINGS = Text("Nothing found.", "Keine Befunde.")


def percent(ratio: Ratio, language: Language) -> str:
    """A share as a percentage with one decimal; never 100 % or 0 % by rounding alone.

    >>> percent(Ratio(9999, 10000), "de"), percent(Ratio(1, 100000), "en"), percent(Ratio(0, 0), "en")
    ('99,9 %', '0.1 %', '–')
    """
    share = ratio.share
    if share is None:
        return "–"
    shown = min(max(round(share * 100, 1), 0.1), 99.9) if 0 < share < 1 else share * 100
    text = f"{shown:.1f} %"
    return text.replace(".", ",") if language == "de" else text


def counted(ratio: Ratio, language: Language) -> str:
    """Numerator and denominator.

    >>> counted(Ratio(3, 1200), "en")
    '3 of 1,200'
    """
    word = Text("of", "von").said(language)
    return f"{number(ratio.n, language)} {word} {number(ratio.of, language)}"


def enriched_counts(found: EnrichmentFigures) -> tuple[tuple[str, int], ...]:
    """How many records were asked about, and what came of it, by key of ``ENRICHED``."""
    figures = (found.asked, found.auto, found.review, found.none, found.unknown)
    return tuple(zip(ENRICHED, figures, strict=True))


def enriched_cells(found: EnrichmentFigures, language: Language) -> list[tuple[str, int, int]]:
    """Of each field how many cells were filled, and how many only proposed."""
    filled, proposed = dict(found.filled), dict(found.proposed)
    names = list(dict.fromkeys([*filled, *proposed]))
    return [(said_title(name, language), filled.get(name, 0), proposed.get(name, 0)) for name in names]


def said_title(name: str, language: Language) -> str:
    """What a person calls a field, or what a directory says beside the fields."""
    return SAID_LABELS[name].said(language) if name in SAID_LABELS else field_title(name, language)


def field_title(name: str | None, language: Language) -> str:
    """What a person calls a field; a dash for a column nobody could place."""
    return FIELDS[name].title.said(language) if name in FIELDS and name else "–"


def not_applicable(missing: Sequence[str], language: Language) -> str:
    """Why a purpose has no figure: the fields no column holds, or there is no record."""
    if not missing:
        return Text("no records", "keine Datensätze").said(language)
    return NOT_APPLICABLE.said(language).format(", ".join(field_title(name, language) for name in missing))


def fact_title(name: str, language: Language) -> str:
    """What a person calls a fact about a file."""
    return FACTS[name].said(language) if name in FACTS else name


def fact_value(value: str, language: Language) -> str:
    """The value of a fact; only what is no name or number is translated."""
    return _VALUES[value].said(language) if value in _VALUES else value


def score_said(score: float | None, language: Language) -> str:
    """A score from 0 to 1 as a person reads it; a dash where none applies.

    >>> score_said(0.77149, "de"), score_said(None, "en")
    ('0,771', '–')
    """
    if score is None:
        return "–"
    text = f"{score:.3f}"
    return text.replace(".", ",") if language == "de" else text


def code_said(code: str, language: Language, own: Iterable[tuple[str, Text]] = ()) -> tuple[str, str]:
    """What a code means and what to do; ``own`` has the messages of rules of one's own (``RunSummary.own_rules``)."""
    found = describe(code)
    what = dict(own).get(code, found.what)
    return what.said(language), found.fix.said(language)


def expected_share(band: BandFigures, language: Language) -> str:
    """How many of a band's pairs are expected to be duplicates, as a percentage; nothing where it does not apply."""
    return "" if band.expected is None else percent(Ratio(round(band.expected * 10_000), 10_000), language)


def expected_said(band: BandFigures, language: Language) -> str:
    """The same as a remark."""
    share = expected_share(band, language)
    return (
        Text("{} of them expected to be right", "davon erwartet richtig: {}").said(language).format(share)
        if share
        else ""
    )


def clusters_said(found: DuplicateFigures, language: Language) -> str:
    """One sentence about the clusters."""
    if not found.clusters:
        return Text(
            "No record surely means the same as another.", "Kein Datensatz meint sicher dasselbe wie ein anderer."
        ).said(language)
    said = Text(
        "{} records stand for {} entities: {} too many.",
        "{} Datensätze stehen für {} Firmen oder Personen: {} zu viel.",
    )
    figures = (found.clustered, found.clusters, found.clustered - found.clusters)
    return said.said(language).format(*(number(n, language) for n in figures))


def shared_title(name: str, language: Language) -> str:
    """What a person calls a kind of shared value."""
    return "Domain" if name == DOMAIN else field_title(name, language)


def shared_said(value: SharedValue, language: Language) -> str:
    """What is shared by how many records."""
    said = Text("different ones share one value: {} ({} records)", "verschiedene teilen einen Wert: {} ({} Datensätze)")
    return said.said(language).format(shared_title(value.field, language), number(value.records, language))


def rows_said(rows: Sequence[int], language: Language) -> str:
    """Records to look at.

    >>> rows_said((3, 1200), "en")
    'records 3, 1,200'
    """
    listed = ", ".join(number(row, language) for row in rows)
    return f"{Text('records', 'Datensätze').said(language)} {listed}"


def clock_said(clock: Clock, language: Language) -> str:
    """One sentence about a clock."""
    if not clock.columns and not clock.fresh + clock.stale:
        return Text("no column for it", "keine Spalte dafür").said(language)
    if clock.is_worthless:
        return (
            Text(
                "{:.0f} % of the records carry the same timestamp: a bulk import set it, it says nothing",
                "{:.0f} % der Datensätze tragen denselben Zeitstempel: ein Massenimport setzte ihn, er sagt nichts",
            )
            .said(language)
            .format(clock.bulk_share * 100)
        )
    limit = Text("no limit", "ohne Grenze").said(language)
    if clock.limit_days is not None:
        limit = Text("limit {}", "Grenze {}").said(language).format(amount(clock.limit_days, DAYS).said(language))
    if clock.median_age_days is None:
        return limit
    age = amount(clock.median_age_days, DAYS).said(language)
    return limit + Text(", median age {}", ", mittleres Alter {}").said(language).format(age)


def heading(summary: RunSummary, language: Language) -> str:
    """File, records and day, in one line."""
    words = Text("{}: {}, {}, as of {}", "{}: {}, {}, Stand {}").said(language)
    rows, columns = amount(summary.n_rows, RECORDS), amount(summary.n_columns, COLUMNS)
    return words.format(summary.file["name"], rows.said(language), columns.said(language), summary.as_of)
