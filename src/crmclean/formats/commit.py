"""Many files, one moment: a set of finished files takes the place of the old ones all together or not at all.

The renames are written down in a journal before the first is made. A process killed between two of them leaves the
journal behind, and the next one that works on the same output finishes the job; a failure puts the old files back.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

PREFIX = ".crmclean-"


@dataclass(frozen=True, slots=True)
class Move:
    """One step of a commit.

    Attributes:
        new: the finished file, in the folder of ``target``; ``None`` to remove the target.
        target: its place.
        old: where the file that lies there now waits until all is done.
    """

    new: Path | None
    target: Path
    old: Path


def commit(moves: Sequence[Move], journal: Path) -> None:
    """Put every new file in its place, in this order.

    Args:
        moves: the last one is the file that says the set is complete.
        journal: where the steps are noted while they run.

    Raises:
        OSError: a step failed; everything is as before.
    """
    _write_journal(moves, journal)
    done: list[Move] = []
    try:
        for move in moves:
            done.append(move)
            _step(move)
    except BaseException:
        for move in reversed(done):
            _undo(move)
        journal.unlink(missing_ok=True)
        raise
    sync_folders(move.target.parent for move in moves)
    _finish(moves, journal)


def recover(journal: Path) -> None:
    """Finish the commit of a killed process, if it left a journal.

    Raises:
        OSError: it can't be finished.
    """
    moves = _noted_moves(journal)
    for move in moves:
        if move.new is None:
            move.target.unlink(missing_ok=True)
        elif os.path.lexists(move.new):
            move.new.replace(move.target)
    sync_folders(move.target.parent for move in moves)
    _finish(moves, journal)


def sweep(folder: Path, prefix: str) -> None:
    """Remove what killed runs left in a folder. Only for the holder of the lock."""
    for path in folder.iterdir():
        if path.name.startswith(prefix):
            path.unlink(missing_ok=True)


def sync_folders(folders: Iterable[Path]) -> None:
    """Make renames durable, where the file system knows such a thing."""
    for folder in sorted(set(folders)):
        with contextlib.suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _write_journal(moves: Sequence[Move], journal: Path) -> None:
    here = journal.parent
    noted = [
        [
            os.path.relpath(move.new, here) if move.new else "",
            *(os.path.relpath(p, here) for p in (move.target, move.old)),
        ]
        for move in moves
    ]
    draft = journal.with_name(journal.name + "-draft")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(json.dumps(noted).encode())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(journal)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    sync_folders([here])


def _noted_moves(journal: Path) -> list[Move]:
    """What a journal says, as far as it can be one of ours: nobody else's note may move or remove files."""
    here = journal.parent
    try:
        noted = json.loads(journal.read_bytes())
        moves = [Move(here / new if new else None, here / target, here / old) for new, target, old in noted]
    except (FileNotFoundError, ValueError, TypeError):
        return []
    return [
        move
        for move in moves
        if move.old.name.startswith(PREFIX)
        and move.old.parent == move.target.parent
        and (
            (move.new.name.startswith(PREFIX) and move.new.parent == move.target.parent)
            if move.new
            else move.target.parent == here
        )
    ]


def _step(move: Move) -> None:
    if os.path.lexists(move.target):
        try:
            # A second name for the old file: its place is never empty.
            os.link(move.target, move.old, follow_symlinks=False)
        except OSError:
            move.target.rename(move.old)  # a file system without hard links
    if move.new is None:
        move.target.unlink(missing_ok=True)
    else:
        move.new.replace(move.target)


def _undo(move: Move) -> None:
    """Take one step back, also one that was only half done."""
    with contextlib.suppress(OSError):
        if os.path.lexists(move.old):
            # Renaming one name of a file to another name of the same file does nothing: remove it as well.
            move.old.replace(move.target)
            move.old.unlink(missing_ok=True)
        elif move.new is not None and not os.path.lexists(move.new):
            move.target.unlink(missing_ok=True)


def _finish(moves: Sequence[Move], journal: Path) -> None:
    """Remove the leavings. The files are in place: what can't be removed now is swept by the next run."""
    for path in (journal, *(move.old for move in moves)):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
