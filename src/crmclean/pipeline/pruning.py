"""``prune``: folders of old runs, and what states keep of old runs; nothing that is not crmclean's own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from crmclean.core.errors import InputError, LockedError, UsageError
from crmclean.core.language import Text
from crmclean.formats.lookups import LOOKUPS, forget_lookups
from crmclean.formats.manifest import MANIFEST, files_of_run, is_own_run, read_manifest
from crmclean.formats.output_errors import output_failed
from crmclean.formats.run_lock import RunLock
from crmclean.formats.source import shown_path
from crmclean.formats.state import STATE
from crmclean.formats.state_pruning import is_state, pruning

_DEPTH = 8  # folders below the place that are looked into


@dataclass(frozen=True, slots=True)
class PrunedRun:
    """A folder of an old run.

    Attributes:
        folder: as seen from the place.
        command: that wrote it.
        as_of: its day.
        n_files: of it that went, or would go.
        left: files in the folder that are not the run's, and stay.
        is_locked: another run works there: nothing went.
    """

    folder: str
    command: str
    as_of: date
    n_files: int
    left: tuple[str, ...] = ()
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class PrunedState:
    """A state that kept something of an old run.

    Attributes:
        name: as seen from the place.
        n_rows: that went, or would go.
        is_locked: another run works with it: nothing went.
    """

    name: str
    n_rows: int
    is_locked: bool = False


def prune_states(place: Path, keep_days: int, today: date, *, dry_run: bool = False) -> list[PrunedState]:
    """Remove from states what only served to make an older run again; see ``formats.state_pruning``.

    Args:
        place: a state, or a folder that is looked through.
        keep_days: see ``prune``.
        today: the day that counts as today.
        dry_run: only say what would go.

    Raises:
        InputError: ``file-not-found``; ``state-unusable``: the place is a file, and no state.
        UsageError: ``usage``: days before none.
        OutputError: a state can't be written.
    """
    limit = _limit(place, keep_days, today)
    found = []
    for path in [place] if place.is_file() else _states(place):
        name = shown_path(path.name if path == place else path.relative_to(place).as_posix())
        try:
            with pruning(path, limit, dry_run=dry_run) as removed:
                n_rows = sum(removed.values())
        except LockedError:
            found.append(PrunedState(name, 0, is_locked=True))
            continue
        except InputError:
            if path == place:
                raise
            continue  # of a newer version, or damaged: whoever uses it will be told
        if n_rows:
            found.append(PrunedState(name, n_rows))
    return found


def _limit(place: Path, keep_days: int, today: date) -> date:
    """The first day that is kept."""
    if keep_days < 0:
        raise UsageError(Text("--keep-days is below 0", "--keep-days ist kleiner als 0"), code="usage")
    if not place.exists():
        what = Text("there is no such folder or state", "diesen Ordner oder Stand gibt es nicht")
        raise InputError(what, code="file-not-found", where=shown_path(str(place)))
    return today - timedelta(days=min(keep_days, today.toordinal() - 1))


def prune(
    place: Path,
    keep_days: int,
    today: date,
    *,
    dry_run: bool = False,
    tell: Callable[[PrunedRun], None] = lambda _: None,
) -> list[PrunedRun]:
    """Remove the folders of runs that are older.

    A state is no part of a run: it holds ids and decisions for the next one, and stays (see ``prune_states``).

    Args:
        place: a folder of folders, or of one run; a state has none.
        keep_days: runs of as many days before today stay.
        today: the day that counts as today.
        dry_run: only say what would go.
        tell: called with each run as soon as it went: an error at a later one hides none.

    Raises:
        InputError: ``file-not-found``.
        UsageError: ``usage``: days before none.
        OutputError: a file can't be removed.
    """
    limit = _limit(place, keep_days, today)
    found = []
    for folder in _runs(place):
        manifest = read_manifest(folder / MANIFEST)
        try:
            as_of = date.fromisoformat(manifest["as_of"])
        except (KeyError, TypeError, ValueError):
            continue  # not known to be old
        if as_of < limit:
            name = shown_path(folder.relative_to(place).as_posix())
            found.append(_pruned(folder, name, str(manifest["command"]), as_of, dry_run=dry_run))
            tell(found[-1])
    return found


def _runs(place: Path) -> Iterator[Path]:
    """Folders of runs of our own, no link followed, in a fixed order."""
    for root, folders, _ in os.walk(place):
        folders.sort()
        here = Path(root)
        if len(here.relative_to(place).parts) >= _DEPTH:
            folders.clear()
        if is_own_run(here) and not (here / MANIFEST).is_symlink():
            try:
                read_manifest(here / MANIFEST)
            except InputError:  # of a newer version, or damaged
                continue
            yield here


def _states(place: Path) -> Iterator[Path]:
    """States in a folder and below, in a fixed order."""
    for root, folders, files in os.walk(place):
        folders.sort()
        here = Path(root)
        if len(here.relative_to(place).parts) >= _DEPTH:
            folders.clear()
        yield from (here / name for name in sorted(files) if is_state(here / name))


def _pruned(folder: Path, name: str, command: str, as_of: date, *, dry_run: bool) -> PrunedRun:
    # A file is the run's where it lies in the run's folder; the manifest may name one elsewhere.
    own = [folder / file for file in files_of_run(folder) if file and Path(file).name == file]
    mine = [path for path in own if path.is_file() and not path.is_symlink()]
    # The manifest goes last: a folder that was left half empty is still known as a run's.
    mine.append(folder / MANIFEST)
    kept = {path.name for path in mine}
    left = tuple(
        shown_path(path.name)
        for path in sorted(folder.iterdir())
        if path.name not in kept and not path.name.startswith(".crmclean")
    )
    has_answers = (folder / LOOKUPS).exists()
    n_files = len(mine) + has_answers
    if dry_run:
        return PrunedRun(name, command, as_of, n_files, left)
    try:
        with RunLock(folder):
            forget_lookups(folder)
            for path in mine:
                path.unlink(missing_ok=True)
    except LockedError:
        return PrunedRun(name, command, as_of, 0, left, is_locked=True)
    except OSError as error:
        raise output_failed(error.filename or folder, error) from None
    if not left and not any(path.name == STATE for path in folder.iterdir()):
        with suppress(OSError):  # something came in between, or the folder is somebody's working place
            folder.rmdir()
    return PrunedRun(name, command, as_of, n_files, left)
