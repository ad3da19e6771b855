"""Where else a record may stand: states a run used, and files beside its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from crmclean.finished_run import find_run
from crmclean.formats.manifest import MANIFEST, read_manifest
from crmclean.formats.source import shown_path
from crmclean.formats.state import STATE
from crmclean.formats.state_pruning import is_state
from crmclean.pipeline.jobs import HISTORY_STATE, states_called


def states_of(manifest: Mapping[str, Any], folder: Path) -> list[Path]:
    """The states a run used: in its folder, where ``--against`` said, and its history.

    Where several files may be the one that was recorded, all of them: none that holds the record may be missed.
    """
    found: dict[Path, Path] = {}
    for path in (folder / STATE, *(path for one in _recorded(manifest) for path in _called(one, folder))):
        if path.is_file():
            found.setdefault(path.resolve(), path)
    return list(found.values())


def states_not_found(manifest: Mapping[str, Any], folder: Path) -> tuple[str, ...]:
    """States a run used that lie elsewhere now; they may hold the record."""
    return tuple(shown_path(one) for one in _recorded(manifest) if not states_called(one, folder))


def _recorded(manifest: Mapping[str, Any]) -> list[str]:
    settings = manifest.get("settings", {})
    return [one for one in dict.fromkeys(str(settings.get(key, "")) for key in ("state", HISTORY_STATE)) if one]


def _called(recorded: str, folder: Path) -> list[Path]:
    """Something else of that name is passed over where the state itself is there."""
    found = states_called(recorded, folder)
    return [path for path in found if is_state(path.resolve())] or found[:1]


def files_at(place: Path) -> list[Path]:
    """What an erasure reads or writes, and what the run read: nothing else may be written over it.

    Args:
        place: see ``erase_record``.

    Raises:
        InputError: there is no run.
    """
    if place.is_file() and is_sqlite(place):
        return [place]
    path = place / MANIFEST
    if not path.is_file():
        path = find_run(place).manifest_path
    manifest, folder = read_manifest(path), path.parent
    typed = [PurePosixPath(str(one.get("path", ""))) for one in manifest.get("inputs", ())]
    exports = [at / one for one in typed for at in (Path(), folder, folder.parent)]
    return [
        path,
        *(folder / file["name"] for file in manifest["files"].values()),
        *states_of(manifest, folder),
        *exports,
        *(folder.parent / one.name for one in typed),
    ]


def others_in(folder: Path, manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """Files in the folder that the run did not write: review sheets, restored originals, notes."""
    own = {file["name"] for file in manifest["files"].values()} | {MANIFEST, STATE}
    names = sorted(path.name for path in folder.iterdir() if path.is_file())
    return tuple(shown_path(name) for name in names if name not in own and not name.startswith(".crmclean"))


def places_to_search(folder: Path, manifest: Mapping[str, Any], *, is_whole: bool) -> Iterator[Path]:
    """Files in which nothing of the record may be left, in a fixed order.

    Args:
        folder: of the run.
        manifest: as it is now.
        is_whole: whether the folder is the run's own.
    """
    own = {folder / file["name"] for file in manifest["files"].values()}
    beside = {path for path in folder.iterdir() if not path.name.startswith(".crmclean")} if is_whole else set()
    yield from sorted(path for path in own | beside if path.is_file() and path.name != STATE)


def is_sqlite(path: Path) -> bool:
    """Whether a file may be a state."""
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\x00"
