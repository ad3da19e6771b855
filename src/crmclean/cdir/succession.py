"""From one directory to the next: companies keep their ids, and what became of them is written down.

A company of the new lists is one of the old directory if it has one of its ids, or if it is found there without a
question. Those nobody lists any more stay, so that an id once given never leads nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from crmclean.cdir.assembly import NAME, Pool, drafted, key_of
from crmclean.cdir.cells import cells_of_faces
from crmclean.cdir.file import DirectoryFile
from crmclean.cdir.ids import KEPT
from crmclean.cdir.local import LocalDirectory
from crmclean.cdir.records import ADDRESS
from crmclean.cdir.writing import HISTORY, Draft
from crmclean.directory import Status, Wanted
from crmclean.matching.bands import AUTO

RENAMED, MOVED, REGISTERED, CHANGED, GONE = "renamed", "moved", "registered", "status", "gone"
_REGISTER = ("register_number", "euid")


def entries_in(path: Path, draft: Draft, wanted: pl.Series | None = None) -> pl.Series:
    """Which company of a directory file each company of a draft is.

    Args:
        path: of the directory file.
        draft: the companies.
        wanted: ``Boolean``, one a company: whether it is looked up; all, if left out.

    Returns:
        ``UInt32``, one a company; null for none that is sure.
    """
    faces = draft.faces.filter(pl.col("kind") == NAME).unique("entry", keep="first", maintain_order=True).sort("entry")
    if wanted is not None:
        faces = faces.filter(wanted.gather(faces["entry"]))
    numbers = pl.DataFrame({"number": faces["entry"]})
    directory = LocalDirectory(path)
    try:
        found = directory.candidates(Wanted(numbers, cells_of_faces(faces, draft.keyed)))
        there = directory.file.companies(found["entry"]).select("entry", kind_there="kind")
    finally:
        directory.close()
    # A company is never one of its establishments, however much they share.
    mine = draft.companies["kind"].gather(faces["entry"].gather(found["a"])).alias("kind_here")
    found = found.with_columns(mine).join(there, on="entry", how="left", maintain_order="left")
    found = found.filter(pl.col("kind_here") == pl.col("kind_there"))
    sure = found.filter(pl.col("band") == AUTO).unique("a", keep="first", maintain_order=True)
    at = pl.repeat(None, draft.companies.height, dtype=pl.UInt32, eager=True)
    return at.scatter(faces["entry"].gather(sure["a"]), sure["entry"].cast(pl.UInt32))


def continued(pool: Pool, previous: Path, date: str) -> tuple[Pool, int]:
    """A pool whose companies keep the ids they had in an earlier directory, and how many changes that one knew of.

    Args:
        pool: of the new lists.
        previous: the earlier directory.
        date: ISO date of what is new.
    """
    draft = drafted(pool)
    with DirectoryFile(previous) as file:
        companies, faces, history = file.everything()
    was = _by_ids(draft, companies)
    rest = was.is_null()
    if rest.any():
        guessed = entries_in(previous, draft, rest)
        is_free = ~guessed.is_in(was.drop_nulls().implode()) & guessed.is_first_distinct()
        was = was.zip_with(~(rest & is_free.fill_null(value=False)), guessed)
    entries = pool.rows["entry"].unique().sort()
    linked = pl.DataFrame({"entry": entries, "old": was}).drop_nulls()
    gone = companies.filter(~pl.col("entry").is_in(was.drop_nulls().implode()))
    told = _history(draft, was, companies, date)
    lost = gone.filter(pl.col("status") != str(Status.CEASED)).select(
        "source_id",
        kind=pl.lit(GONE),
        before=pl.lit(None, pl.String),
        after=pl.lit(None, pl.String),
        date=pl.lit(date),
        source=pl.lit(None, pl.String),
    )
    gone = gone.with_columns(pl.col("gone_since").fill_null(date))
    offset = pool.n_entries
    number = pl.DataFrame({"old": gone["entry"], "entry": pl.arange(gone.height, eager=True, dtype=pl.UInt32) + offset})
    place = pl.concat([linked.select("old", pl.col("entry").cast(pl.UInt32)), number])
    old_ids = companies.select(old="entry", source_id="source_id").join(place, on="old", maintain_order="left")
    both = Pool(
        rows=pl.concat([pool.rows, _rows_of(gone, faces, number)], how="diagonal"),
        former=pool.former,
        earlier=pl.concat([pool.earlier, _faces_of(faces, place)], how="diagonal"),
        sources=pool.sources,
        known_ids=pl.concat([old_ids.select("entry", "source_id"), pool.known_ids]),
        history=pl.concat([history.select(HISTORY), told, lost]).unique(
            ["source_id", "kind", "before", "after"], keep="first", maintain_order=True
        ),
        n_contradicting=pool.n_contradicting,
    )
    return both, history.height


def _by_ids(draft: Draft, old: pl.DataFrame) -> pl.Series:
    """The old company with the same id, the best id first; null for none, or for one that several share.

    Two that another id tells apart are not the same, however they come by a number in common. The register entry alone
    may change in a company's life.
    """
    found = pl.repeat(None, draft.companies.height, dtype=pl.UInt32, eager=True)
    for name in ("source_id", *KEPT):
        if name not in draft.companies.columns or name not in old.columns:
            continue
        known = old.select(id=name, old="entry").drop_nulls().unique("id", keep="none", maintain_order=True)
        new = draft.companies[name]
        same = (
            new.replace_strict(known["id"], known["old"], default=None, return_dtype=pl.UInt32)
            if known.height
            else None
        )
        if same is not None:
            taken = same.is_in(found.drop_nulls().implode()) | _contradicts(draft.companies, old, same)
            fresh = same.is_first_distinct() & ~taken
            found = found.zip_with(found.is_not_null() | ~fresh.fill_null(value=False), same)
    return found


def _contradicts(new: pl.DataFrame, old: pl.DataFrame, same: pl.Series) -> pl.Series:
    """Whether ids that stay differ between a company and the old one it is taken for; null where there is none."""
    schemes = [name for name in KEPT if name not in _REGISTER and name in new.columns and name in old.columns]
    told = [(new[name] != old[name].gather(same)).fill_null(value=False) for name in schemes]
    return pl.select(pl.any_horizontal(pl.repeat(False, len(same), dtype=pl.Boolean, eager=True), *told)).to_series()


def _history(draft: Draft, was: pl.Series, old: pl.DataFrame, date: str) -> pl.DataFrame:
    """What changed between a company's old row and its new one."""
    both = draft.companies.with_columns(old=was).filter(pl.col("old").is_not_null())
    pairs = both.join(old, left_on="old", right_on="entry", suffix=" before", maintain_order="left")
    kinds: Mapping[str, tuple[str, ...]] = {
        RENAMED: ("company_name",),
        MOVED: ADDRESS[:4],
        REGISTERED: _REGISTER,
        CHANGED: ("status",),
    }
    found = []
    for kind, names in kinds.items():
        known = [name for name in names if name in draft.companies.columns and name in old.columns]
        if not known:
            continue
        after, before = _joined(known, ""), _joined(known, " before")
        found.append(
            pairs.select(
                source_id="source_id before",
                kind=pl.lit(kind),
                before=before,
                after=after,
                date=pl.lit(date),
                source="sources",
            ).filter((pl.col("before") != pl.col("after")) & (pl.col("before") != "") & (pl.col("after") != ""))
        )
    empty = pl.DataFrame(schema=dict.fromkeys(HISTORY, pl.String))
    return pl.concat([empty, *found])


def _joined(names: list[str], suffix: str) -> pl.Expr:
    return pl.concat_str(*(pl.col(f"{name}{suffix}") for name in names), separator=" ", ignore_nulls=True)


def _rows_of(gone: pl.DataFrame, faces: pl.DataFrame, number: pl.DataFrame) -> pl.DataFrame:
    """Companies nobody lists any more, as rows of a pool."""
    own = faces.filter(pl.col("kind") == NAME).drop("face", "kind", "name")
    keys = own.rename({name: key_of(name) for name in own.columns if name != "entry"})
    rows = gone.rename({"entry": "old"}).join(number, on="old", maintain_order="left")
    keyed = rows.join(keys, left_on="old", right_on="entry", how="left", maintain_order="left")
    nobody = pl.lit(None, pl.UInt32)
    return keyed.with_columns(source=pl.col("sources"), id=pl.col("own_id"), parent=nobody, successor=nobody).drop(
        "old", "sources", "kind", "source_id", "own_id"
    )


def _faces_of(faces: pl.DataFrame, place: pl.DataFrame) -> pl.DataFrame:
    """How companies were known: what is still true of it is known of them already."""
    known = faces.rename({"entry": "old"}).join(place, on="old", maintain_order="left")
    return known.sort("entry", "kind", maintain_order=True, descending=[False, True]).drop("old", "face", "kind")
