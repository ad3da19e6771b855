"""The figures of a relationship as tables a person reads, the same for every form of the report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from crmclean.core.counting import number
from crmclean.core.hidden import Hidden
from crmclean.core.language import Language, Text
from crmclean.core.ratio import Ratio
from crmclean.core.relationship import Abc, Answers, Channel, ChannelCounts, Group, Kpi, Lifecycle, RelationshipFigures
from crmclean.core.relationship import Rfm as _Rfm
from crmclean.core.wording import counted, percent

TITLE = Text("Relationship health", "Beziehungsgesundheit")
_THREE = Text("three phases", "drei Phasen")
_SEVEN = Text("seven phases", "sieben Phasen")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table in words; plain text that still has to be escaped.

    Attributes:
        title: above it.
        head: names of the columns.
        rows: cells.
        numbers: columns that are flush right.
        notes: sentences below it.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    notes: tuple[str, ...] = ()


def sheets(found: RelationshipFigures, language: Language) -> list[Sheet]:
    """All that is known, in a fixed order."""
    parts: Sequence[tuple[object, Callable[..., Sheet]]] = (
        (found.channels, _channels),
        ((found.reachable, found.contactable) if found.reachable and found.contactable else None, _counts),
        (found.lifecycle, _lifecycle),
        (found.parties, _parties),
        (found.rfm, _rfm),
        (found.abc, _abc),
        (found.kpis, _kpis),
    )
    return [made(part, language) for part, made in parts if part]


def _heads(text: Text, language: Language) -> tuple[str, ...]:
    return tuple(text.said(language).split("|"))


def _share(ratio: Ratio, language: Language) -> str:
    said = number(ratio.n, language)
    return said if isinstance(ratio.n, Hidden) else f"{said} ({percent(ratio, language)})"


def _percent(share: float | None, language: Language) -> str:
    return "–" if share is None else percent(Ratio(round(share * 10_000), 10_000), language)


def _read_from(columns: Sequence[str], language: Language) -> str:
    return Text("Read from: {}", "Gelesen aus: {}").said(language).format(", ".join(columns))


def _channels(channels: Sequence[Channel], language: Language) -> Sheet:
    head = Text(
        "channel|can be reached|unknown|may be contacted|unknown|both",
        "Kanal|erreichbar|unbekannt|darf kontaktiert werden|unbekannt|beides",
    )
    rows = []
    for channel in channels:
        cells = [channel.title.said(language)]
        for answers in (channel.reachable, channel.allowed):
            cells += [_share(answers.ratio, language), number(answers.unknown, language)]
        rows.append((*cells, _share(channel.both.ratio, language)))
    title = Text("Reachability (records: {})", "Erreichbarkeit (Datensätze: {})").said(language)
    notes = [
        Text(
            "May be contacted: the most restrictive of all columns; nothing said is unknown, and unknown is not yes.",
            "Darf kontaktiert werden: die strengste aller Spalten; keine Angabe ist unbekannt, und unbekannt ist "
            "kein Ja.",
        ).said(language)
    ]
    consent = list(dict.fromkeys(name for channel in channels for name in channel.consent_columns))
    notes.append(
        _read_from(consent, language)
        if consent
        else Text("No column says who agreed or refused.", "Keine Spalte sagt, wer zugestimmt oder widersprochen hat.")
        .said(language)
    )  # fmt: skip
    return Sheet(
        title.format(number(_all(channels[0].reachable), language)),
        _heads(head, language),
        tuple(rows),
        (1, 2, 3, 4, 5),
        tuple(notes),
    )


def _all(answers: Answers) -> int:
    return answers.yes + answers.unknown + answers.no


def _counts(counts: tuple[ChannelCounts, ChannelCounts], language: Language) -> Sheet:
    reachable, contactable = counts
    names = Text("no channel|one channel|two or more", "kein Kanal|ein Kanal|zwei oder mehr").said(language).split("|")
    pairs = (
        (reachable.none, contactable.none),
        (reachable.one, contactable.one),
        (reachable.several, contactable.several),
    )
    rows = tuple((name, *(_share(ratio, language) for ratio in pair)) for name, pair in zip(names, pairs, strict=True))
    title = Text("Channels per record (records: {})", "Kanäle je Datensatz (Datensätze: {})").said(language)
    head = Text("|can be reached|may be contacted too", "|erreichbar|darf auch kontaktiert werden")
    note = Text("A website is not counted: it reaches nobody.", "Eine Website zählt nicht: Sie erreicht niemanden.")
    return Sheet(
        title.format(number(reachable.none.of, language)),
        _heads(head, language),
        rows,
        (1, 2),
        (note.said(language),),
    )


def _groups(groups: Sequence[Group], language: Language, *before: str) -> list[tuple[str, ...]]:
    return [(*before, group.title.said(language), counted(group.ratio, language), percent(group.ratio, language))
            for group in groups]  # fmt: skip


def _lifecycle(found: Lifecycle, language: Language) -> Sheet:
    rows = _groups(found.three, language, _THREE.said(language)) + _groups(found.seven, language, _SEVEN.said(language))
    winback = Text(
        "To be won back: {}; of these can be reached and may be contacted: {}.",
        "Zurückzugewinnen: {}; davon erreichbar und dürfen kontaktiert werden: {}.",
    ).said(language)
    figures = (counted(found.winback, language), counted(found.winback_reachable, language))
    head = Text("model|phase|records|share", "Modell|Phase|Datensätze|Anteil")
    title = Text("Phase of the relationship", "Phase der Beziehung").said(language)
    notes = (winback.format(*figures), _read_from(found.columns, language))
    return Sheet(title, _heads(head, language), tuple(rows), (2, 3), notes)


def _parties(found: Sequence[Group], language: Language) -> Sheet:
    head = _heads(Text("kind|records|share", "Art|Datensätze|Anteil"), language)
    title = Text("Businesses and consumers", "Firmen und Verbraucher").said(language)
    return Sheet(title, head, tuple(_groups(found, language)), (1, 2))


def _rfm(found: _Rfm, language: Language) -> Sheet:
    title = Text("Recency, frequency, value (RFM)", "Letzter Kauf, Häufigkeit, Wert (RFM)").said(language)
    head = _heads(Text("group|records|share", "Gruppe|Datensätze|Anteil"), language)
    known = Text(
        "Records of which all of it is known: {}; much: the two upper fifths, little: the two lower.",
        "Datensätze, bei denen alles bekannt ist: {}; viel: die oberen zwei Fünftel, wenig: die unteren zwei.",
    )
    notes = (known.said(language).format(counted(found.known, language)), _read_from(found.columns, language))
    return Sheet(title, head, tuple(_groups(found.groups, language)), (1, 2), notes)


def _abc(found: Abc, language: Language) -> Sheet:
    title = Text("Revenue by customer (ABC)", "Umsatz nach Kunden (ABC)").said(language)
    head = _heads(Text("class|customers|share|of the revenue", "Klasse|Kunden|Anteil|vom Umsatz"), language)
    rows = tuple(
        (
            one.name,
            counted(one.customers, language),
            percent(one.customers, language),
            _percent(one.revenue_share, language),
        )
        for one in found.classes
    )
    said = Text(
        "The best 20 % of the customers ({}) make {} of the revenue; {} of it come from {} of the customers ({}).",
        "Die besten 20 % der Kunden ({}) machen {} des Umsatzes; {} des Umsatzes kommen von {} der Kunden ({}).",
    ).said(language)
    both = said.format(
        counted(found.top, language),
        _percent(found.top_share, language),
        _percent(found.vital_share, language),
        percent(found.vital, language),
        counted(found.vital, language),
    )
    known = Text("Records with a known revenue: {}.", "Datensätze mit bekanntem Umsatz: {}.").said(language)
    notes = [both, known.format(counted(found.known, language)), _read_from(found.columns, language)]
    if found.negative:
        below = Text("Below zero, in no sum: {}.", "Unter null, in keiner Summe: {}.").said(language)
        notes.insert(2, below.format(number(found.negative, language)))
    return Sheet(title, head, rows, (1, 2, 3), tuple(notes))


def _kpis(found: Sequence[Kpi], language: Language) -> Sheet:
    title = Text("Satisfaction and value", "Zufriedenheit und Wert").said(language)
    head = Text("figure|answered|value|scale|how", "Kennzahl|beantwortet|Wert|Skala|wie")
    rows: list[tuple[str, ...]] = []
    for kpi in found:
        answered = f"{counted(kpi.answered, language)} ({percent(kpi.answered, language)})"
        rows.append(
            (
                kpi.title.said(language),
                answered,
                kpi_value(kpi, language),
                kpi.scale.replace("-", "–"),
                kpi.formula.said(language) + _median_said(kpi, language),
            )
        )
        rows += [
            ("", counted(part.ratio, language), percent(part.ratio, language), "", part.title.said(language))
            for part in kpi.parts
        ]
    columns = [name for kpi in found for name in kpi.columns]
    return Sheet(title, _heads(head, language), tuple(rows), (1, 2), (_read_from(columns, language),))


def _median_said(kpi: Kpi, language: Language) -> str:
    """Money is spread so unevenly that its mean alone misleads."""
    if kpi.name != "clv" or kpi.median is None:
        return ""
    return f"; {Text('median', 'Median').said(language)} {kpi_value(replace(kpi, value=kpi.median), language)}"


def kpi_value(kpi: Kpi, language: Language) -> str:
    """The figure with its unit; a dash where nobody answered."""
    if kpi.value is None:
        return "–"
    digits = 2 if kpi.unit == "mean" else 1
    text = f"{kpi.value:,.{digits}f}" if kpi.unit != "points" else f"{kpi.value:+.{digits}f}"
    if language == "de":
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{text} %" if kpi.unit == "percent" else text
