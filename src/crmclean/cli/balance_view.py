"""What ``explain DIR ROW ROW`` shows. Cell values only where they are asked for."""

from __future__ import annotations

from collections.abc import Iterator

from crmclean.core import wording as words
from crmclean.core.counting import RECORDS, amount
from crmclean.core.language import Language, Text
from crmclean.core.text import visible
from crmclean.matching.balance import Balance, SharedKey
from crmclean.matching.bands import Thresholds
from crmclean.pipeline.explaining import Explained
from crmclean.reports.text import aligned

_SHOWN_KEYS = 8
_ENTITIES = {
    "company": Text("a company", "eine Firma"),
    "person": Text("a person", "eine Person"),
    "contact": Text("a contact of a company", "ein Kontakt einer Firma"),
    None: Text("nobody it names", "niemand Benanntes"),
}
_DECIDED = {
    "same": Text("decided by a person: the same", "von einem Menschen entschieden: dasselbe"),
    "different": Text("decided by a person: not the same", "von einem Menschen entschieden: nicht dasselbe"),
}


def explained(told: Explained, limits: Thresholds, language: Language, *, show_values: bool) -> str:
    """The whole page."""
    balance = told.balance
    lines = [_head(told, language), "", *_lines(balance, language), ""]
    lines += [f"  {said.said(language)}" for said in _verdict(balance, limits)]
    lines += ["", *_keys(balance, language)]
    if show_values:
        rows = [("", *told.named), *told.cells.iter_rows()]
        lines += ["", *aligned([[visible(cell) for cell in row] for row in rows])]
    return "\n".join(lines)


def _head(told: Explained, language: Language) -> str:
    one, other = (_ENTITIES[entity] for entity in told.balance.entities)
    a, b = (visible(name) for name in told.named)
    said = Text(
        f"record {a} is {one.en}, record {b} is {other.en}", f"Datensatz {a} ist {one.de}, Datensatz {b} ist {other.de}"
    )
    return said.said(language)


def _lines(balance: Balance, language: Language) -> list[str]:
    nothing = Text("a side says nothing", "eine Seite sagt nichts").said(language)
    rows = [
        (
            line.title.said(language),
            line.says.said(language) if line.says else nothing,
            _bits(line.bits, language) if line.says else "",
        )
        for line in balance.lines
    ]
    prior = Text("before any comparison", "vor jedem Vergleich").said(language)
    rows.append(
        (
            prior,
            Text("chance in a file of this size", "Zufall in einer Datei dieser Größe").said(language),
            _bits(balance.prior, language),
        )
    )
    instead = (balance.instead or Text("chance alone", "Zufall allein")).said(language)
    rows.append(
        (Text("explained otherwise", "anders erklärt").said(language), instead, _bits(balance.otherwise, language))
    )
    sum_ = Text("sum in bits", "Summe in Bit").said(language)
    chance = (
        Text("probability {}", "Wahrscheinlichkeit {}").said(language).format(_share(balance.probability, language))
    )
    rows.append((sum_, chance, _bits(balance.bits, language)))
    return aligned(rows, right=(2,))


def _verdict(balance: Balance, limits: Thresholds) -> Iterator[Text]:
    """What became of the pair, and what would have been needed."""
    if balance.decided:
        yield _DECIDED[balance.decided]
    if balance.schemes:
        en, de = (", ".join(title.said(language) for title in balance.schemes) for language in ("en", "de"))
        yield Text(f"never one entity: contradicting ids ({en})", f"nie dasselbe: widersprechende Kennungen ({de})")
    if None in balance.entities or (balance.entities[0] == "company") != (balance.entities[1] == "company"):
        yield Text(
            "a company and a person are never compared as one", "eine Firma und eine Person gelten nie als dasselbe"
        )
        return
    band = words.BANDS.get(balance.band or "", Text("not listed", "nicht gelistet"))
    where = (
        Text("in one cluster", "in einer Gruppe")
        if balance.is_one_cluster
        else Text("in no common cluster", "in keiner gemeinsamen Gruppe")
    )
    yield Text(f"{band.en}; {where.en}", f"{band.de}; {where.de}")
    for limit, name in (
        (limits.review, Text("to be listed", "um gelistet zu werden")),
        (limits.auto, Text("to need no question", "um ohne Rückfrage zu gelten")),
    ):
        if balance.probability < limit:
            missing = _odds(limit) - balance.bits
            yield Text(
                f"{missing:.1f} bits are missing {name.en} ({limit:g})",
                f"{missing:.1f} Bit fehlen, {name.de} ({limit:g})".replace(".", ",", 1),
            )
    asking = [line for line in balance.lines if line.asks]
    if asking and balance.band == "review":
        en, de = (
            ", ".join(f"{line.title.said(language)} {line.says.said(language)}" for line in asking if line.says)
            for language in ("en", "de")
        )
        yield Text(f"asks for a person: {en}", f"verlangt eine Rückfrage: {de}")


def _keys(balance: Balance, language: Language) -> list[str]:
    if not balance.keys:
        return [
            Text("no key in common: they were never compared", "kein gemeinsamer Schlüssel: nie verglichen").said(
                language
            )
        ]
    head = Text(
        "keys in common, and how many records have them", "gemeinsame Schlüssel, und wie viele Datensätze sie haben"
    )
    rows = [
        (_key(key), amount(key.records, RECORDS).said(language), _common(key, language))
        for key in balance.keys[:_SHOWN_KEYS]
    ]
    return [head.said(language), *aligned(rows)]


def _key(key: SharedKey) -> str:
    return " + ".join(key.facets)


def _common(key: SharedKey, language: Language) -> str:
    return Text("too many: makes no pairs", "zu viele: bildet keine Paare").said(language) if key.is_too_common else ""


def _odds(probability: float) -> float:
    """Log2 odds; a probability of 1 is not to be reached."""
    from math import inf, log2

    return log2(probability / (1 - probability)) if probability < 1 else inf


def _bits(value: float, language: Language) -> str:
    text = f"{value:+.1f}"
    return text.replace(".", ",") if language == "de" else text


def _share(value: float, language: Language) -> str:
    text = f"{value:.4f}"
    return text.replace(".", ",") if language == "de" else text
