"""Suppression lists: made from plain ones once, and honoured in every job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from crmclean.config.privacy import read_key
from crmclean.core.errors import InputError, UsageError
from crmclean.core.language import Text
from crmclean.formats.key_file import write_new_key
from crmclean.formats.outputs import OutputSet
from crmclean.formats.source import shown_path
from crmclean.formats.suppression_list import list_text, read_suppression_list
from crmclean.pipeline.settings import Settings
from crmclean.stages.suppress import with_suppression
from crmclean.suppression.hashed import hashed
from crmclean.suppression.kinds import KINDS, values_of
from crmclean.table import Normalised

__all__ = ["Added", "add_to_list", "required_key", "suppressed", "write_new_key"]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a plain list.

    Attributes:
        n_rows: of the plain list.
        entries: by kind, how many hashes came from it.
        n_before: entries the list had.
        n_after: and has now.
        n_silent: rows of the plain list from which nothing could be taken.
    """

    n_rows: int
    entries: Mapping[str, int]
    n_before: int
    n_after: int
    n_silent: int


def required_key(key_file: str) -> bytes:
    """The key; there must be one.

    Raises:
        UsageError: ``usage``: none is named.
        ConfigError: it can't be used.
    """
    key = read_key(key_file)
    if not key:
        raise UsageError(
            Text("a suppression list needs its key", "eine Werbesperrdatei braucht ihren Schlüssel"),
            code="usage",
            hint=Text(
                "name it with --key-file or CRMCLEAN_KEY; `crmclean suppress new-key FILE` makes one",
                "mit --key-file oder CRMCLEAN_KEY angeben; `crmclean suppress new-key DATEI` legt einen an",
            ),
        )
    return key


def suppressed(cleaned: Normalised, settings: Settings) -> Normalised:
    """The table with what the suppression list of the settings says; as it is where there is none.

    Raises:
        InputError: the list can't be used, or was made with another key.
        UsageError: no key is named.
    """
    section = settings.config.privacy
    if not section.suppression:
        return cleaned
    key = required_key(section.key_file)
    with settings.progress(Text("suppression list", "Werbesperrdatei")):
        listed = read_suppression_list(Path(section.suppression), key)
        return with_suppression(cleaned, listed, key, language=settings.language)


def add_to_list(cleaned: Normalised, out: Path, key: bytes, *, inputs: list[Path]) -> Added:
    """Add the people of a plain list to a suppression list, which is made if there is none.

    Args:
        cleaned: the plain list, judged for a report.
        out: the suppression list.
        key: of the list.
        inputs: files that are read.

    Raises:
        InputError: ``suppression-unusable``: nothing in the plain list can stand on one, or the file that is there is
            none; ``key-unusable``: it was made with another key.
    """
    values = list(values_of(cleaned, is_list=True))
    n_rows = cleaned.table.frame.height
    if not any(one.texts.is_not_null().any() for one in values):
        raise InputError(
            Text(
                "no column holds an e-mail address, a phone number, or a name with a postal address",
                "keine Spalte enthält E-Mail-Adresse, Telefonnummer oder einen Namen mit Anschrift",
            ),
            code="suppression-unusable",
            hint=Text(
                'say which column holds what: `--map "Column=email"`',
                'angeben, welche Spalte was enthält: `--map "Spalte=email"`',
            ),
            where=shown_path(cleaned.table.file.path),
        )
    with OutputSet.at({"list": out}, inputs=inputs, force=True) as outputs:
        before = read_suppression_list(out, key) if out.exists() else None
        made = [(one.kind, hashed(one.texts, one.kind, key)["hash"]) for one in values]
        old = list(before.hashes.items()) if before else []
        text = list_text([*old, *made], key)
        with outputs.open("list") as sink:
            sink.write(text.encode("ascii"))
        outputs.commit()
    entries = {
        kind: len(set().union(*(set(hashes.to_list()) for each, hashes in made if each == kind))) for kind in KINDS
    }
    said = sum((one.texts.is_not_null().cast(int) for one in values[1:]), values[0].texts.is_not_null().cast(int))
    return Added(
        n_rows,
        {kind: n for kind, n in entries.items() if n},
        before.n if before else 0,
        text.count("\n") - 2,
        int((said == 0).sum()),
    )


def without_list(settings: Settings) -> Settings:
    """The settings for reading a plain list: it is no export that a list is honoured in."""
    section = replace(settings.config.privacy, suppression="")
    return replace(settings, config=replace(settings.config, privacy=section))
