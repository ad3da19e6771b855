"""What people read of differences, in both languages, whatever the form."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from crmclean.core.counting import COLUMNS, LINES, PAIRS, RECORDS, amount, number
from crmclean.core.language import Language, Text, quoted
from crmclean.core.masking import masked
from crmclean.core.summary import Ratio
from crmclean.core.wording import percent
from crmclean.differences import Differences, Event

ROWS_SHOWN = 8  # of the records that share an id, and ids of a file
TITLE = Text("What changed", "Was sich geändert hat")
KIND_WORDS = {
    "changed": Text("changed", "geändert"),
    "lost": Text("lost", "verloren"),
    "filled": Text("filled", "gefüllt"),
    "form": Text("form only", "nur Form"),
}
KIND_RULES = {
    "changed": Text("cells that mean something else now", "Zellen, die jetzt etwas anderes bedeuten"),
    "lost": Text(
        "cells filled before, empty or a placeholder now", "Zellen, vorher gefüllt, jetzt leer oder Platzhalter"
    ),
    "filled": Text("cells empty before", "Zellen, vorher leer"),
    "form": Text("cells written otherwise, meant the same", "Zellen, anders geschrieben, gleich gemeint"),
}
ADDED = Text("added", "neu")
REMOVED = Text("removed", "entfernt")
ONLY_NEW = Text("in NEW alone", "nur in NEU")
ONLY_OLD = Text("in OLD alone", "nur in ALT")
SIDES = {"old": Text("OLD", "ALT"), "new": Text("NEW", "NEU")}
EVENTS_TITLE = Text("Mass updates", "Massenänderungen")
COLUMNS_TITLE = Text("By column", "Nach Spalten")
NOTHING = Text("Nothing changed.", "Nichts hat sich geändert.")
NO_CELLS = Text("No cell that both files have differs.", "Keine Zelle, die beide Dateien haben, ist verschieden.")
_EVENTS = {
    "same-value": Text("{n} got the same value{value}", "{n} erhielten denselben Wert{value}"),
    "emptied": Text("{n} lost their value", "{n} verloren ihren Wert"),
    "rewritten": Text("{n} got another value", "{n} erhielten einen anderen Wert"),
    "reformatted": Text(
        "{n} are written otherwise and mean the same", "{n} sind anders geschrieben und bedeuten dasselbe"
    ),
    "everything": Text(
        "{n} changed in {columns} at once: were ids given anew, or columns shifted?",
        "{n} änderten sich in {columns} zugleich: wurden Kennungen neu vergeben oder Spalten verschoben?",
    ),
}
_APART = {
    "repeated-elsewhere": Text(
        "not compared, because the id repeats in the other file",
        "nicht verglichen, weil die Kennung in der anderen Datei mehrfach steht",
    ),
    "no-id": Text("without an id, not compared", "ohne Kennung, nicht verglichen"),
}


def event_said(event: Event, language: Language, *, shows_values: bool) -> str:
    """One mass update in a sentence; its value only where values are shown."""
    value = f" ({event.value})" if shows_values and event.value else ""
    share = percent(Ratio(event.n, event.of), language)
    text = _EVENTS[event.kind].said(language)
    return text.format(
        n=f"{amount(event.n, RECORDS).said(language)} ({share})",
        value=value,
        columns=amount(len(event.columns), COLUMNS).said(language),
    )


def paired_said(diff: Differences) -> Text:
    """How records were paired."""
    if diff.paired_by == "matching":
        n_sure, n_unsure = int(diff.pairs["is_sure"].sum()), diff.unsure.height
        same, sure = amount(diff.n_identical, RECORDS), amount(n_sure, RECORDS)
        unsure = amount(n_unsure, PAIRS)
        return Text(
            f"paired by what records say: {same.en} identical, {sure.en} by matching, {unsure.en} unsure",
            f"zugeordnet nach dem, was Datensätze sagen: {same.de} identisch, {sure.de} durch Abgleich, "
            f"{unsure.de} unsicher",
        )
    return Text(f"records paired by {_key_said(diff, 'en')}", f"Datensätze zugeordnet über {_key_said(diff, 'de')}")


def _key_said(diff: Differences, language: Language) -> str:
    old, new = (", ".join(quoted(name, language) for name in names) for names in diff.key)
    return old if old == new else f"{old} = {new}"


def remarks(diff: Differences) -> Iterator[Text]:
    """What limits the comparison: ids that repeat or are missing, lines that are no records, no common ids."""
    for side, given in (("old", diff.old), ("new", diff.new)):
        name = SIDES[side]
        ids = diff.ids.filter(pl.col("side") == side)
        repeated = ids.filter(pl.col("code") == "repeated-id")
        if repeated.height:
            yield _repeated_said(name, repeated)
        for code, why in _APART.items():
            n = ids.filter(pl.col("code") == code).height
            if n:
                records = amount(n, RECORDS)
                yield Text(f"{name.en}: {records.en} {why.en}", f"{name.de}: {records.de} {why.de}")
        if given.n_rejects:
            lines = amount(given.n_rejects, LINES)
            yield Text(
                f"{name.en}: {lines.en} rejected as no records; what they hold is missing here",
                f"{name.de}: {lines.de} sind keine Datensätze; ihr Inhalt fehlt hier",
            )
    if not diff.n_compared and diff.added.height and diff.removed.height:
        yield Text(
            "no record of OLD is in NEW: is this the right key? See --key and --match",
            "kein Datensatz aus ALT steht in NEU: ist das der richtige Schlüssel? Siehe --key und --match",
        )


def _repeated_said(name: Text, repeated: pl.DataFrame) -> Text:
    """Which records share their id, and whether that kept them from being compared."""
    n, n_apart = amount(repeated.height, RECORDS), int(repeated["counted"].null_count())
    en, de = _places(repeated, "en"), _places(repeated, "de")
    apart = (
        Text(f"; {n_apart} of them not compared", f"; {n_apart} davon nicht verglichen") if n_apart else Text("", "")
    )
    return Text(
        f"{name.en}: repeated-id: {n.en} share their id: {en}{apart.en}",
        f"{name.de}: repeated-id: {n.de} teilen sich Kennungen: {de}{apart.de}",
    )


def _places(repeated: pl.DataFrame, language: Language) -> str:
    """The rows of each id that repeats, the ids themselves left out."""
    groups = repeated.group_by("record_id", maintain_order=True).agg("row")["row"].to_list()
    word = Text("rows", "Datensätze").said(language)
    shown = [_some([number(row, language) for row in rows]) for rows in groups[:ROWS_SHOWN]]
    more = len(groups) - len(shown)
    others = Text(f"; and {more} ids more", f"; und {more} weitere Kennungen").said(language) if more else ""
    return f"{word} {'; '.join(shown)}{others}"


def _some(names: list[str]) -> str:
    return " + ".join(names[:ROWS_SHOWN]) + (" + …" if len(names) > ROWS_SHOWN else "")


def column_lines(diff: Differences) -> list[tuple[Text, list[str]]]:
    """Columns that came, went or are called otherwise."""
    renamed = [f"{column.before} → {column.after}" for column in diff.columns if column.is_renamed]
    found = [
        (Text("columns added", "neue Spalten"), list(diff.columns_added)),
        (Text("columns removed", "entfernte Spalten"), list(diff.columns_removed)),
        (Text("columns renamed", "umbenannte Spalten"), renamed),
    ]
    return [(title, names) for title, names in found if names]


def shown_value(value: str | None, field: str | None, *, shows_values: bool) -> str:
    """A cell as this form may show it; ``∅`` for nothing."""
    text = value or ""
    if not text.strip():
        return "∅"
    return text if shows_values else masked(text, field)
