"""Asks directories in pieces, and keeps the answers of finished pieces, so that nothing is asked twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import polars as pl

from crmclean.core.counting import number as shown
from crmclean.core.enrichment import IDS
from crmclean.core.errors import DirectoryError
from crmclean.core.language import Text
from crmclean.directory import About, Directory, Matches
from crmclean.enriching.answers import Answers, found_for_sure, gathered, nothing, together
from crmclean.enriching.wanted import NAMED_BY, Asked
from crmclean.progress import Progress, no_progress

PIECE = 2_000  # records asked at once and kept together
_BESIDE_IDS = {"country"}  # says nothing alone


class Kept(Protocol):
    """Answers that outlive the process."""

    def answers(self, directory: str, piece: int) -> list[tuple[pl.Series, Matches]]:
        """What was kept of a piece: the numbers that were answered, and how."""
        ...

    def keep(self, directory: str, piece: int, numbers: pl.Series, matches: Matches) -> None:
        """Keep the answers to these numbers."""
        ...


def questions_of(asked: Asked, about: About, answered: Sequence[Matches] = ()) -> pl.Series:
    """The records a directory is asked about.

    Args:
        asked: all there are.
        about: the directory.
        answered: what directories before it said; those found for sure are asked about only where ids are confirmed.

    Returns:
        Numbers, ``UInt32``, ascending.
    """
    values = asked.wanted.values
    if about.is_online:  # what stands beside a person does not leave the machine
        values = values.filter(~asked.is_contact)
    named = [name for name in about.asked_with if name in values.columns and name in NAMED_BY]
    if not named:
        return values["number"].clear()
    numbers = values.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in named))["number"]
    if set(about.asked_with) <= {*IDS, *_BESIDE_IDS}:
        return numbers
    for matches in answered:
        numbers = numbers.filter(~numbers.is_in(found_for_sure(matches).implode()))
    return numbers


def ask(
    asked: Asked,
    directories: Sequence[Directory],
    *,
    kept: Kept | None = None,
    progress: Progress = no_progress,
) -> Answers:
    """Ask one directory after the other; each about the records nobody before it was sure of.

    Args:
        asked: the records.
        directories: the most trusted first.
        kept: answers that outlive the process.
        progress: told which piece is being asked.
    """
    work = _Work(asked, kept, progress)
    told: list[tuple[About, Matches]] = []
    for at, directory in enumerate(directories):
        numbers = questions_of(asked, directory.about, [matches for _, matches in told])
        told.append((directory.about, work.ask(directory, f"{at} {directory.about.name}", numbers)))
    return gathered(
        told,
        errors=work.errors,
        n_asked=asked.wanted.n,
        n_looked_up=work.n_looked_up,
        n_kept=work.n_kept,
    )


class _Work:
    def __init__(self, asked: Asked, kept: Kept | None, progress: Progress) -> None:
        self.asked, self.kept, self.progress = asked, kept, progress
        self.errors: list[tuple[str, str]] = []
        self.n_looked_up = 0
        self.n_kept = 0

    def ask(self, directory: Directory, key: str, numbers: pl.Series) -> Matches:
        """The answers of one directory; what nobody could say is among them."""
        parts: list[Matches] = []
        broken = ""
        for place, piece in _pieces(numbers):
            title = Text(
                f"looking up {shown(place * PIECE + len(piece), 'en')} of {shown(len(numbers), 'en')}",
                f"{shown(place * PIECE + len(piece), 'de')} von {shown(len(numbers), 'de')} nachschlagen",
            )
            known, open_ = self._known(key, place, piece)
            parts += known
            if broken:
                parts.append(_unknown(open_, broken))
                continue
            if not len(open_):
                continue
            try:
                with self.progress(title):
                    matches = directory.look_up(self.asked.only(open_))
            except DirectoryError as error:
                broken = error.code
                self.errors.append((directory.about.name, error.code))
                parts.append(_unknown(open_, broken))
                continue
            self.n_looked_up += len(open_)
            parts.append(matches)
            self._keep(key, place, open_, matches)
        return together(parts)

    def _known(self, key: str, place: int, piece: pl.Series) -> tuple[list[Matches], pl.Series]:
        """What is kept of a piece, and the numbers that are still to be asked."""
        found: list[Matches] = []
        for numbers, matches in self.kept.answers(key, place) if self.kept else ():
            if numbers.is_in(piece.implode()).all():
                found.append(matches)
                self.n_kept += len(numbers)
                piece = piece.filter(~piece.is_in(numbers.implode()))
        return found, piece

    def _keep(self, key: str, place: int, numbers: pl.Series, matches: Matches) -> None:
        if self.kept is None:
            return
        lost = matches.unknown["number"]
        answered = numbers.filter(~numbers.is_in(lost.implode()))
        if len(answered):
            said = Matches(matches.found, matches.companies, nothing().unknown, matches.confirmed)
            self.kept.keep(key, place, answered, said)


def _pieces(numbers: pl.Series) -> Iterator[tuple[int, pl.Series]]:
    for place, start in enumerate(range(0, len(numbers), PIECE)):
        yield place, numbers.slice(start, PIECE)


def _unknown(numbers: pl.Series, reason: str) -> Matches:
    none = nothing()
    unknown = pl.DataFrame([numbers.alias("number")]).with_columns(reason=pl.lit(reason))
    return Matches(none.found, none.companies, unknown, none.confirmed)
