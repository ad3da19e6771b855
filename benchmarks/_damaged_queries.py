"""Questions to a directory as CRMs would ask them: its own companies, damaged the way people damage them. Seeded."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import polars as pl

SEED = 20261122
COLUMNS = ("Firma", "Straße", "PLZ", "Ort")
Query = dict[str, str]
_FORM = re.compile(
    r"[ ,]*\b(?:mbH|GmbH|gGmbH|AG|SE|KG|OHG|UG|GbR|e\. ?K\.?|e\. ?V\.?|eG|KGaA|haftungsbeschränkt"
    r"|Gesellschaft mit beschränkter Haftung|& Co\.?)"
    r"(?=$|[ .,)(&])[.)]*"
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ABBREVIATIONS = (
    ("Gesellschaft", "Ges."), ("gesellschaft", "ges."), ("Verwaltungs", "Verw."), ("Handels", "Hdl."), ("und", "u."),
    ("und", "&"),
    ("Deutsche", "Dt."), ("Internationale", "Int."), ("International", "Int."), ("Straße", "Str."), ("straße", "str."),
    ("Gebrüder", "Gebr."), ("Aktiengesellschaft", "AG"), ("Gesellschaft mit beschränkter Haftung", "GmbH"),
    ("Verein", "V."),
    ("Service", "Serv."), ("Technik", "Techn."), ("technik", "techn."), ("Beteiligungs", "Bet."),
)  # fmt: skip


def typo(query: Query, rng: random.Random) -> None:
    """One letter of the name wrong, missing, doubled, or two swapped; seldom two."""
    name = query["Firma"]
    for _ in range(1 if rng.random() < 0.8 else 2):
        at = rng.randrange(len(name)) if name else 0
        kind = rng.randrange(4)
        if kind == 0:
            name = name[:at] + name[at + 1 :]
        elif kind == 1:
            name = name[:at] + rng.choice(_LETTERS) + name[at + 1 :]
        elif kind == 2:
            name = name[:at] + rng.choice(_LETTERS) + name[at:]
        else:
            name = name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :]
    query["Firma"] = name


def no_form(query: Query, _rng: random.Random) -> None:
    """The legal form left out."""
    query["Firma"] = _FORM.sub("", query["Firma"]).strip(" ,-&") or query["Firma"]


def abbreviated(query: Query, rng: random.Random) -> None:
    """A usual abbreviation, or a long word cut."""
    name = query["Firma"]
    usual = [(long, short) for long, short in _ABBREVIATIONS if long in name]
    if usual:
        query["Firma"] = name.replace(*rng.choice(usual), 1)
        return
    words = name.split()
    long = [at for at, word in enumerate(words) if len(word) >= 9 and word.isalpha()]
    if long:
        at = rng.choice(long)
        words[at] = words[at][: rng.randrange(5, 8)] + "."
        query["Firma"] = " ".join(words)


def moved(query: Query, _rng: random.Random, elsewhere: Query | None = None) -> None:
    """Another company's address."""
    assert elsewhere is not None
    query.update({name: elsewhere[name] for name in ("Straße", "PLZ", "Ort")})


def no_postcode(query: Query, _rng: random.Random) -> None:
    """No postal code."""
    query["PLZ"] = ""


def no_street(query: Query, _rng: random.Random) -> None:
    """No street."""
    query["Straße"] = ""


def respelt(query: Query, rng: random.Random) -> None:
    """Umlauts spelt out, or all in capitals, or the street written another way."""
    kind = rng.randrange(3)
    if kind == 0:
        for letter, two in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue")):
            query.update({name: text.replace(letter, two) for name, text in query.items()})
    elif kind == 1:
        query["Firma"] = query["Firma"].upper()
    else:
        query["Straße"] = query["Straße"].replace("straße", "str.").replace("Straße", "Str.")


# How often each happens; a question has one or two of them, one in ten none.
DAMAGES: tuple[tuple[Callable[..., None], int], ...] = (
    (typo, 30), (no_form, 25), (abbreviated, 15), (moved, 10), (no_postcode, 10), (no_street, 10), (respelt, 15),
)  # fmt: skip


def damaged(companies: pl.DataFrame, n: int, seed: int = SEED, *, n_damages: int = 0) -> pl.DataFrame:
    """Questions with a known answer.

    Args:
        companies: ``id`` and ``COLUMNS``; empty texts where nothing is known.
        n: questions.
        seed: of the damages and of the choice.
        n_damages: so many different ones a question; 0: one or two, in one of ten none.

    Returns:
        ``id`` (the right answer), ``COLUMNS`` and ``damage`` (names, blanks between).
    """
    rng = random.Random(seed)
    rows = companies.select("id", *COLUMNS).rows(named=True)
    kinds, weights = zip(*DAMAGES, strict=True)
    found = []
    for row in rng.sample(rows, n):
        query = {name: row[name] for name in COLUMNS}
        if n_damages:
            chosen = _different(n_damages, rng)
        else:
            chosen = [] if rng.random() < 0.1 else rng.choices(kinds, weights, k=1 if rng.random() < 0.6 else 2)
        for kind in dict.fromkeys(chosen):
            if kind is moved:
                moved(query, rng, rng.choice(rows))
            else:
                kind(query, rng)
        names = " ".join(sorted({kind.__name__ for kind in chosen}))
        found.append({"id": row["id"], **query, "damage": names})
    return pl.DataFrame(found)


def _different(n: int, rng: random.Random) -> list[Callable[..., None]]:
    """So many damages, none of them twice."""
    left, chosen = list(DAMAGES), list[Callable[..., None]]()
    for _ in range(n):
        taken = rng.choices(left, [weight for _, weight in left])[0]
        left.remove(taken)
        chosen.append(taken[0])
    return chosen
