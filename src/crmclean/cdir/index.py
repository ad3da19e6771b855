"""The keys by which companies are found again: each misses something, together they miss little.

A company is kept under all of its keys, a question asks with all of its own. What they share, weighed by how rare it
is, says which companies are worth comparing.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from crmclean.cdir.hashing import stable_hash
from crmclean.comparers.company_name import WORD
from crmclean.core.registry import FIELDS
from crmclean.evidence import Subjects

_BEGIN = 4  # letters of a word that stand for it where its place is known: what follows may be misspelt or cut
_EDGES = ((7, 10, 99), (4, 5, 13))  # letters at the edges of a name that has from … to … of them; they overlap
_SHORT = (3, 9)  # letters of a short name: one damaged letter leaves it neither edge
_SHORTEST = 2  # letters of a word that is a key
# Counted, so that ``Population`` knows how rare a value is: facets of one value a record.
COUNTED = (
    "company", "legal_form", "street", "street_name", "street_number", "postal_code", "city", "domain", "email_local",
)  # fmt: skip
COUNTED_LISTS = ("phone", "phone_local", "email")
_OTHERS = frozenset((*COUNTED, *COUNTED_LISTS))


def index_keys(seen: Subjects) -> pl.DataFrame:
    """All keys of records.

    Returns:
        ``row`` (``UInt32``), ``key`` (``Int64``), each pair once. Keys below 0 are spellings of one thing: however many
        of them two records share, it is one agreement.
    """
    found = []
    for kind, texts in _texts(seen):
        filled = texts.drop_nulls()
        found.append(filled.select("row", key=stable_hash(f"{kind} " + filled["text"])))
    empty = pl.DataFrame(schema={"row": pl.UInt32, "key": pl.Int64})
    spelt = _spellings(seen)
    return (
        pl.concat([empty, *found, spelt.select("row", key=-1 - stable_hash(spelt["text"]))]).unique().sort("row", "key")
    )


def counted_keys(seen: Subjects) -> Iterator[tuple[str, pl.DataFrame]]:
    """Values whose frequency matters: facet, and ``row``, ``key``, each pair once."""
    facets = seen.facets.with_row_index("row")
    for name in (*COUNTED, *ids_of(seen)):
        if name in facets.columns:
            yield name, _hashed(name, facets.select("row", text=name))
    for name in COUNTED_LISTS:
        if name in seen.values:
            yield name, _hashed(name, _listed(seen, name))
    if "company" in facets.columns:
        yield WORD, _hashed(WORD, _words(facets).select("row", text="word"))


def value_key(facet: str, values: pl.Series) -> pl.Series:
    """The key under which values of a facet are counted."""
    return stable_hash(f"#{facet} " + values)


def ids_of(seen: Subjects) -> list[str]:
    """Fields of ids that are compared."""
    return [name for name in seen.lines if name in FIELDS and name in seen.facets.columns and name not in _OTHERS]


def _hashed(facet: str, texts: pl.DataFrame) -> pl.DataFrame:
    filled = texts.drop_nulls()
    return pl.DataFrame({"row": filled["row"], "key": value_key(facet, filled["text"])}).unique()


def _texts(seen: Subjects) -> Iterator[tuple[str, pl.DataFrame]]:
    """Keys as texts, by kind: ``row``, ``text``; null where a record has none."""
    facets = seen.facets.with_row_index("row")
    row, text = pl.col("row"), pl.col
    for name in ids_of(seen):
        yield name, facets.select(row, text=name)
    for name in ("phone", "phone_local", "email"):
        if name in seen.values:
            yield name, _listed(seen, name)
    if "domain" in facets.columns:
        yield "domain", facets.select(row, text="domain")
    places = [name for name in ("postal_code", "city") if name in facets.columns]
    if "company" in facets.columns:
        yield "name", facets.select(row, text="company_joined")
        several = text("company").str.contains(" ", literal=True)
        yield "words", facets.filter(several).select(row, text="company_words")
        for letters, least, most in _EDGES:
            n = text("company_joined").str.len_bytes()
            named = facets.filter(n.is_between(least, most))
            yield f"head{letters}", named.select(row, text=text("company_joined").str.slice(0, letters))
            yield f"tail{letters}", named.select(row, text=text("company_joined").str.slice(-letters))
        words = _words(facets.select(row, "company", *places))
        yield "word", words.select(row, text="word")
        for place in places:
            begin = text("word").str.slice(0, _BEGIN)
            yield f"word at {place}", words.select(row, text=begin + "@" + text(place))
    if "street" in facets.columns:
        for place in places:
            yield f"street at {place}", facets.select(row, text=text("street") + "@" + text(place))


def _spellings(seen: Subjects) -> pl.DataFrame:
    """Short names, whole and each letter left out: two with a letter wrong, missing, doubled or swapped share one."""
    if "company" not in seen.facets.columns:
        return pl.DataFrame(schema={"row": pl.UInt32, "text": pl.String})
    name = pl.col("company_joined")
    n = name.str.len_chars()
    without = [pl.when(n > at).then(name.str.slice(0, at) + name.str.slice(at + 1)) for at in range(_SHORT[1])]
    named = seen.facets.with_row_index("row").filter(n.is_between(*_SHORT))
    spelt = named.select("row", text=pl.concat_list(name, *without))
    return spelt.explode("text", empty_as_null=True, keep_nulls=True).drop_nulls()


def _words(facets: pl.DataFrame) -> pl.DataFrame:
    """Each word of each name: the other columns, and ``word``."""
    rest = [name for name in facets.columns if name in ("row", "postal_code", "city")]
    return (
        facets.filter(pl.col("company").is_not_null())
        .select(*rest, word=pl.col("company").str.split(" "))
        .explode("word", empty_as_null=True, keep_nulls=True)
        .filter(pl.col("word").str.len_bytes() >= _SHORTEST)
    )


def _listed(seen: Subjects, name: str) -> pl.DataFrame:
    """Values of a facet with several a record: ``row``, ``text``."""
    values = seen.values[name]["value"]
    long = (
        seen.facets.select(pl.col(name).alias("n"))
        .with_row_index("row")
        .explode("n", empty_as_null=True, keep_nulls=True)
        .drop_nulls()
    )
    return pl.DataFrame({"row": long["row"], "text": values.gather(long["n"])})
