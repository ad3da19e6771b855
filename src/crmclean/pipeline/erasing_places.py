"""Where else a record may stand: states a run used, and files beside its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from crmclean.formats.manifest import MANIFEST
from crmclean.formats.source import shown_path
from crmclean.formats.state import STATE
from crmclean.pipeline.jobs import HISTORY_STATE, state_of


def states_of(manifest: Mapping[str, Any], folder: Path) -> list[Path]:
    """The states a run used: in its folder, where ``--against`` said, and its history."""
    settings = manifest.get("settings", {})
    recorded = [str(settings.get(key, "")) for key in ("state", HISTORY_STATE)]
    found: dict[Path, Path] = {}
    for path in (folder / STATE, *(state_of(one, folder) for one in recorded if one)):
        if path.is_file():
            found.setdefault(path.resolve(), path)
    return list(found.values())


def states_not_found(manifest: Mapping[str, Any], folder: Path) -> tuple[str, ...]:
    """States a run used that lie elsewhere now; they may hold the record."""
    settings = manifest.get("settings", {})
    recorded = dict.fromkeys(str(settings.get(key, "")) for key in ("state", HISTORY_STATE))
    return tuple(shown_path(one) for one in recorded if one and not state_of(one, folder).is_file())


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
