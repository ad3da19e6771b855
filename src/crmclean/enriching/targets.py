"""Which columns of an export take what a directory says, and in which written form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from crmclean.core.enrichment import ADDRESS, FILLED, IDS, SAID_LABELS, UNITS
from crmclean.core.field import Hints
from crmclean.core.language import Language, Text
from crmclean.core.registry import FIELDS
from crmclean.core.text import fold
from crmclean.formats.headers import unique_names
from crmclean.formats.layout_rows import with_columns
from crmclean.table import Column, Judged, Normalised, Table, Verdict

# Groups of columns that may be the company's own, the surest first; home, shipping and other people's are not.
MAIN_GROUPS = ("", "work", "company", "billing", "registered", "mailing")
_SAMPLE = 300  # cells that show how a column writes its values
_ADDED = Text("added by enrichment", "von der Anreicherung ergänzt")
# Folded words of German column names.
_GERMAN = frozenset(
    "firma firmenname unternehmen strasse plz postleitzahl ort stadt telefon telefax land vorname nachname anrede "
    "hausnummer kundennummer webseite rechtsform ust ustid ustidnr notiz branche registergericht "
    "handelsregister".split()
)


@dataclass(frozen=True, slots=True)
class Target:
    """A column that takes one kind of value.

    Attributes:
        field: a field's name, or ``status``, ``successor``, ``source_id``.
        column: the first of its kind in the main group.
        style: written form of its values.
        beside: further columns of the same field and group: a value there counts as well.
        is_added: whether the export does not have it.
    """

    field: str
    column: Column
    style: str = ""
    beside: tuple[Column, ...] = ()
    is_added: bool = False


def targets_of(cleaned: Normalised, styles: Mapping[str, str]) -> dict[str, Target]:
    """The columns of an export that enrichment may fill, by field.

    Args:
        cleaned: the export.
        styles: written forms that were asked for, by field name.
    """
    found: dict[str, Target] = {}
    address = _group_of(cleaned.columns, ("street", "city", "postal_code"))
    for name in FILLED:
        group = address if name in UNITS[ADDRESS] else _group_of(cleaned.columns, (name,))
        own = [c for c in cleaned.columns if c.field == name and c.group == group]
        if own:
            style = styles.get(name) or style_of(cleaned.judged.get(own[0].name), cleaned)
            found[name] = Target(name, own[0], style, tuple(own[1:]))
    for name, label in SAID_LABELS.items():
        known = [c for c in cleaned.columns if c.label in label]
        if known:
            found[name] = Target(name, known[0])
    return found


def _group_of(columns: Iterable[Column], names: Sequence[str]) -> str | None:
    """The surest of the groups in which these fields stand; ``None`` where none may be the company's."""
    there = {column.group for column in columns if column.field in names}
    return next((group for group in MAIN_GROUPS if group in there), None)


def style_of(judged: Judged | None, cleaned: Normalised) -> str:
    """The written form that gives most of a column's valid cells back as they are; the field's default in doubt."""
    if judged is None:
        return ""
    kind = FIELDS[str(judged.column.field)]
    raw = cleaned.written[judged.column.name].str.strip_chars()
    country = next((j.canonical for j in cleaned.of_field("country", [judged.column.group])), None)
    cells = pl.DataFrame([raw.alias("raw"), judged.canonical.alias("value")]).with_columns(
        country=country if country is not None else pl.lit(None, pl.String)
    )
    sample = cells.filter((judged.verdict == int(Verdict.VALID)) & judged.canonical.is_not_null()).head(_SAMPLE)
    best, most = kind.styles[0], 0
    for style in kind.styles:
        if style == "keep":
            continue
        hits = sum(
            kind.write(value, style, Hints({"country": where} if where else {})) == text
            for text, value, where in sample.iter_rows()
        )
        # Where cells are kept as they are anyhow, a form has to be the habit of the column to be taken.
        if hits > most and (best != "keep" or hits * 2 > sample.height):
            best, most = style, hits
    return best


def added_targets(cleaned: Normalised, found: Mapping[str, Target], known: Iterable[str]) -> list[Target]:
    """Columns to be added behind those of the export.

    Args:
        cleaned: the export.
        found: the columns it has.
        known: fields of which some company has a value.
    """
    there = {column.field for column in cleaned.columns}
    brought = set(known)
    names = [name for name in IDS if name not in there and name in brought]
    names += [name for name in SAID_LABELS if name not in found]
    language = header_language(cleaned.table.labels)
    labels = [(SAID_LABELS[n] if n in SAID_LABELS else FIELDS[n].title).said(language) for n in names]
    first = len(cleaned.columns)
    unique = unique_names([*cleaned.table.names, *labels])[first:]
    return [
        Target(
            name,
            Column(header, label, first + at, name if name in FIELDS else None, "", 1.0, _ADDED),
            is_added=True,
        )
        for at, (name, label, header) in enumerate(zip(names, labels, unique, strict=True))
    ]


def header_language(labels: Iterable[str]) -> Language:
    """The language of an export's headers: German where they use its words.

    >>> header_language(["Kundennummer", "Firma"]), header_language(["Account Name", "City"])
    ('de', 'en')
    """
    words = {word for label in labels for word in fold(label).split()}
    return "de" if words & _GERMAN else "en"


def extended(table: Table, added: Sequence[Target]) -> Table:
    """The table with the added columns behind its own, still empty."""
    if not added:
        return table
    blank = "" if table.file.format == "csv" else None
    names = tuple(target.column.name for target in added)
    labels = tuple(target.column.label for target in added)
    frame = table.frame.with_columns(pl.lit(blank, pl.String).alias(name) for name in names)
    layout = with_columns(table.layout, labels, frame.height)
    return Table(
        frame=frame,
        labels=(*table.labels, *labels),
        names=(*table.names, *names),
        lines=table.lines,
        rejects=table.rejects,
        notes=table.notes,
        file=table.file,
        layout=layout,
    )
