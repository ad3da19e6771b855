"""What to do next, the worst fields and the groups as tables a person reads, the same for every form of the report.

Cells are plain text that still has to be escaped; names of groups come from the file.
"""

from __future__ import annotations

from crmclean.core import wording as words
from crmclean.core.counting import CELLS, PAIRS, RECORDS, amount, number
from crmclean.core.groups import KINDS, Group, Grouping
from crmclean.core.language import Language, Text
from crmclean.core.next_steps import NextStep
from crmclean.core.ratio import Ratio
from crmclean.core.registry import FIELDS
from crmclean.core.relationship_wording import Sheet
from crmclean.core.staleness_wording import staleness_sheet
from crmclean.core.summary import FieldFigures, RunSummary

WORST_FIELDS = 10
_WHOLE = frozenset({"company", "person", "address", "contact", "id"})  # groups of fields a record should have
_OPTIONAL = frozenset({"academic_title", "date_of_birth", "fax", "po_box", "address_extra", "legal_form"})
MAX_NAME = 60  # signs of a name from outside
_REJECTS = Text("rejected line|rejected lines", "zurückgewiesene Zeile|zurückgewiesene Zeilen")
_NOUNS = {"rejects": _REJECTS, "correct": CELLS, "pairs": PAIRS}
_STEPS = {
    "rejects": Text("Fix {}", "{} richten"),
    "fill": Text("Fill or correct in {}: {field}", "In {dative} füllen oder berichtigen: {field}"),
    "correct": Text("Correct {}: {field}", "{} berichtigen: {field}"),
    "pairs": Text("Decide {}", "{} entscheiden"),
    "merge": Text("Merge {} of the same firm or person", "{} derselben Firma oder Person zusammenführen"),
    "stale": Text("Check {} with old evidence", "{} mit alten Belegen prüfen"),
    "contradictions": Text("Look at {} with contradictions", "{} mit Widersprüchen ansehen"),
}
_DATIVE = Text("record|records", "Datensatz|Datensätzen")
_PLACES = {
    "rejects": Text("rejects.csv", "rejects.csv"),
    "correct": Text("findings.csv, field {}", "findings.csv, Feld {}"),
    "pairs": Text("crmclean review RUN", "crmclean review RUN"),
    "merge": Text("crmclean merge RUN (a preview is golden.csv)", "crmclean merge RUN (Vorschau: golden.csv)"),
    "contradictions": Text("findings.csv", "findings.csv"),
}


def cut(name: str, limit: int = MAX_NAME) -> str:
    """A name from outside, of bounded length.

    >>> cut("Vertrieb", 5), cut("Nord", 5)
    ('Vert…', 'Nord')
    """
    return name if len(name) <= limit else name[: limit - 1] + "…"


def next_steps_sheet(summary: RunSummary, language: Language) -> Sheet | None:
    """What to do next; ``None`` where there is nothing to do."""
    if not summary.next_steps:
        return None
    head = Text("what|effect|where", "was|Wirkung|wo")
    note = Text(
        "The most effective first. A point is a hundredth of a dimension; effects do not add up: a record that lacks "
        "two things is gained by neither alone.",
        "Das Wirksamste zuerst. Ein Punkt ist ein Hundertstel einer Dimension; Wirkungen addieren sich nicht: einem "
        "Datensatz, dem zweierlei fehlt, hilft keines allein.",
    )
    rows = tuple(
        (step_said(step, language), _effect(step, summary, language), _place(step, summary, language))
        for step in summary.next_steps
    )
    title = Text("What to do next", "Was als Nächstes zu tun ist").said(language)
    return Sheet(title, _heads(head, language), rows, (), (note.said(language),))


def step_said(step: NextStep, language: Language) -> str:
    """One sentence.

    >>> step_said(NextStep("fill", "postal_code", 1204, "completeness", Ratio(1204, 6000)), "en")
    'Fill or correct in 1,204 records: Postal code'
    """
    field = words.field_title(step.name, language) if step.name else ""
    said = amount(step.n, _NOUNS.get(step.kind, RECORDS)).said(language)
    return _STEPS[step.kind].said(language).format(said, dative=amount(step.n, _DATIVE).said(language), field=field)


def _points(gain: Ratio, language: Language) -> str:
    """Percentage points; never none by rounding alone."""
    return "+" + words.percent(gain, language).removesuffix(" %")


def _effect(step: NextStep, summary: RunSummary, language: Language) -> str:
    points = _points(step.gain, language)
    if not step.dimension:
        return Text("{} points of all lines", "{} Punkte aller Zeilen").said(language).format(points)
    said = Text("{} {} points", "{} {} Punkte").said(language)
    effect = said.format(words.SCORES[step.dimension].said(language), points)
    titles = {purpose.name: purpose.title for purpose in summary.purposes}
    if step.purpose not in titles:
        return effect
    return f"{effect} ({titles[step.purpose].said(language)} {_points(step.purpose_gain, language)})"


def _place(step: NextStep, summary: RunSummary, language: Language) -> str:
    if step.kind in _PLACES:
        return _PLACES[step.kind].said(language).format(step.name)
    if step.kind == "stale":
        columns = [column for clock in summary.clocks for column in clock.columns]
    else:
        columns = [column for field in summary.fields if field.field == step.name for column in field.columns]
    return _columns(columns, language)


def _columns(columns: list[str], language: Language) -> str:
    if not columns:
        return ""
    named = ", ".join(cut(name, 40) for name in columns[:3]) + (", …" if len(columns) > 3 else "")
    word = Text("column|columns", "Spalte|Spalten").said(language).split("|")[len(columns) > 1]
    return f"{word} {named}"


def worst_fields(summary: RunSummary) -> list[FieldFigures]:
    """The fields that hold least of what can be used, worst first; those that are whole are not among them."""
    lacking = [field for field in summary.fields if _should_be_whole(field) and field.usable.n < field.usable.of]
    return sorted(lacking, key=lambda field: (field.usable.n / field.usable.of, field.field))[:WORST_FIELDS]


def _should_be_whole(field: FieldFigures) -> bool:
    """Whether a gap is a loss: opt-outs, titles and dates are empty by their nature."""
    kind = FIELDS.get(field.field)
    return bool(field.usable.of) and kind is not None and kind.group in _WHOLE and field.field not in _OPTIONAL


def worst_fields_sheet(summary: RunSummary, language: Language) -> Sheet | None:
    """The worst fields; ``None`` where all are whole."""
    found = worst_fields(summary)
    if not found:
        return None
    head = Text("field|usable|empty|wrong|of", "Feld|nutzbar|leer|falsch|von")
    rows = tuple(
        (
            words.field_title(field.field, language),
            words.percent(field.usable, language),
            *(
                number(n, language)
                for n in (field.usable.of - field.filled.n, field.filled.n - field.usable.n, field.usable.of)
            ),
        )
        for field in found
    )
    note = Text(
        "Names, addresses, contacts and ids, of the records the field applies to.",
        "Namen, Anschriften, Kontakte und Kennungen, unter den Datensätzen, für die das Feld gilt.",
    )
    title = Text("Fields with the most gaps", "Felder mit den meisten Lücken").said(language)
    return Sheet(title, _heads(head, language), rows, (1, 2, 3, 4), (note.said(language),))


def group_sheets(summary: RunSummary, language: Language) -> list[Sheet]:
    """A table for each grouping, the worst group first."""
    return [_grouping(grouping, language) for grouping in summary.groups]


def _grouping(grouping: Grouping, language: Language) -> Sheet:
    head = Text("group|records|completeness|validity|errors", "Gruppe|Datensätze|Vollständigkeit|Gültigkeit|Fehler")
    rows = [_group(group, _name(group, language), language) for group in grouping.groups]
    if grouping.others:
        others = Text("{} others together", "{} weitere zusammen").said(language)
        rows.append(_group(grouping.others, others.format(number(grouping.n_others, language)), language))
    note = Text("Read from: {}; the worst first.", "Gelesen aus: {}; das Schlechteste zuerst.").said(language)
    title = KINDS[grouping.kind].said(language)
    return Sheet(title, _heads(head, language), tuple(rows), (1, 2, 3, 4), (note.format(cut(grouping.column)),))


def _name(group: Group, language: Language) -> str:
    return cut(group.name) if group.name else Text("(none)", "(ohne)").said(language)


def _group(group: Group, name: str, language: Language) -> tuple[str, ...]:
    return (
        name,
        number(group.records, language),
        _share(group.completeness, language),
        _share(group.validity, language),
        number(group.errors, language),
    )


def _share(ratio: Ratio, language: Language) -> str:
    return f"{words.percent(ratio, language)} ({words.counted(ratio, language)})" if ratio.of else "–"


def _heads(text: Text, language: Language) -> tuple[str, ...]:
    return tuple(text.said(language).split("|"))


def overview_sheets(summary: RunSummary, language: Language) -> list[Sheet]:
    """All of them, in a fixed order."""
    single = (next_steps_sheet(summary, language), worst_fields_sheet(summary, language))
    staleness = staleness_sheet(summary, language)
    found = [*single, *group_sheets(summary, language), staleness]
    return [sheet for sheet in found if sheet]
