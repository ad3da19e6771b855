"""``directory info`` and ``directory lookup``: what a directory file holds, and single companies in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from crmclean.cdir.file import FORMAT_VERSION, DirectoryFile
from crmclean.cdir.local import LocalDirectory
from crmclean.core.errors import UsageError
from crmclean.core.field import NO_HINTS, Strength
from crmclean.core.language import Text
from crmclean.core.nearest import nearest
from crmclean.core.registry import FIELDS
from crmclean.directory import ASKED_WITH
from crmclean.matching.given import wanted

ADDRESS = "full_address"
_SURE = 0.9  # of ``looks_like``, from which a word is an id and no name


def describe_directory(path: Path) -> dict[str, Any]:
    """What a directory file holds.

    Raises:
        InputError: no directory file.
    """
    with DirectoryFile(path) as file:
        return {
            "schema_version": 1,
            "file": path.name,
            "format_version": FORMAT_VERSION,
            "size_bytes": path.stat().st_size,
            "as_of": file.meta["as_of"],
            "companies": file.n_companies,
            "kinds": dict(file.n_by_kind()),
            "status": dict(file.n_by_status()),
            "fields": {name: file.n_filled(name) for name in file.fields},
            "changes": dict(file.n_changes()),
            "sources": file.sources().to_dicts(),
        }


def question_of(words: Sequence[str]) -> dict[str, str]:
    """A question out of what was typed: ``field=value`` for each value, or a name and address, or an id.

    Raises:
        UsageError: a field nobody knows.

    >>> question_of(["city=Berlin", "company_name=Adler Bau"])
    {'city': 'Berlin', 'company_name': 'Adler Bau'}
    >>> question_of(["Adler Bau GmbH, Musterstr. 5, 10115 Berlin"])
    {'company_name': 'Adler Bau GmbH', 'full_address': 'Musterstr. 5, 10115 Berlin'}
    """
    named = [word.partition("=") for word in words if word.partition("=")[0].strip().isidentifier() and "=" in word]
    if len(named) == len(words):
        question = {name.strip(): value for name, _, value in named}
        known = (*ASKED_WITH, ADDRESS)
        for name in question:
            if name not in known:
                what = Text(f"nothing is looked up by {name!r}", f"nach {name!r} wird nicht gesucht")
                everything = Text("one of " + ", ".join(known), "möglich: " + ", ".join(known))
                raise UsageError(what, code="usage", hint=nearest(name, known, everything))
        return question
    text = " ".join(words).strip()
    found = next((name for name in ASKED_WITH if _is_id(name, text)), "")
    if found:
        return {found: text}
    name, _, address = text.partition(",")
    return {"company_name": name.strip(), **({ADDRESS: address.strip()} if address.strip() else {})}


def _is_id(name: str, text: str) -> bool:
    """Whether a text is an id of this field, and nothing else."""
    kind = FIELDS[name]
    if kind.strength is not Strength.IDENTIFYING or kind.looks_like(text) < _SURE:
        return False
    parsed = kind.parse(text, NO_HINTS)
    return parsed.value is not None and parsed.code is None


def look_up(path: Path, question: Mapping[str, str], most: int, country: str = "") -> list[dict[str, Any]]:
    """The companies of a directory that may be meant, the likeliest first.

    Args:
        path: of the directory file.
        question: values by field name.
        most: companies to name.
        country: where the question names none.
    """
    directory = LocalDirectory(path)
    try:
        asked = wanted([question], country)
        matches = directory.best(asked, most)
    finally:
        directory.close()
    rows = matches.found.drop("number").join(matches.companies, on="source_id", how="left", maintain_order="left")
    rounded = rows.with_columns(pl.col("probability").round(4))
    return [{name: value for name, value in row.items() if value is not None} for row in rounded.to_dicts()]
