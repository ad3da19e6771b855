"""Words that say whether two records are the same, in English and German."""

from __future__ import annotations

from math import isnan

import polars as pl

from crmclean.core.text import fold

_YES = frozenset(
    "1|y|yes|j|ja|t|true|w|wahr|x|same|match|matched|is match|duplicate|is duplicate|dublette|duplikat|gleich|"
    "identisch|derselbe|dieselbe|dasselbe|treffer|zusammen".split("|")
)
_NO = frozenset(
    "0|n|no|nein|f|false|falsch|different|distinct|no match|non match|nonmatch|not match|not a match|unmatched|"
    "mismatch|not a duplicate|no duplicate|keine dublette|kein duplikat|verschieden|unterschiedlich|anders|ungleich|"
    "kein treffer|getrennt".split("|")
)
_UNSURE = frozenset("unsure|unknown|maybe|unsicher|unbekannt|vielleicht|unklar|offen|na|n a|nan|null|none".split("|"))


def label_of(word: str) -> bool | None:
    """Whether a word says that two records are the same; ``None`` where it leaves that open.

    Raises:
        ValueError: it is no such word.

    >>> label_of("Ja"), label_of("No-Match"), label_of(" 0.0 "), label_of("-1"), label_of("?"), label_of("unsicher")
    (True, False, False, False, None, None)
    """
    try:
        value = float(word)
    except ValueError:
        folded = fold(word)
    else:
        if value not in (1.0, 0.0, -1.0) and not isnan(value):
            raise ValueError  # a probability, say: somebody has to decide from where it is a match
        folded = "" if isnan(value) else "1" if value == 1 else "0"
    if not folded or folded in _UNSURE:
        return None
    if folded not in _YES | _NO:
        raise ValueError
    return folded in _YES


def labels_of(cells: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Of every cell what it says (``Boolean``, null where it leaves it open) and whether it is understood."""
    distinct = cells.fill_null("").unique(maintain_order=True)
    said: list[bool | None] = []
    understood: list[bool] = []
    for word in distinct:
        try:
            said.append(label_of(word))
            understood.append(True)
        except ValueError:
            said.append(None)
            understood.append(False)
    known = pl.DataFrame({"cell": distinct, "said": pl.Series(said, dtype=pl.Boolean), "understood": understood})
    told = pl.DataFrame({"cell": cells.fill_null("")}).join(known, on="cell", how="left", maintain_order="left")
    return told["said"], told["understood"]
