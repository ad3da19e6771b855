"""A finished job: its folder, its settings and its inputs, to explain it, decide on it and repeat it."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import polars as pl

from crmclean.config.history import FILE_SUFFIX, is_name
from crmclean.core.errors import InputError, UsageError
from crmclean.core.language import Text
from crmclean.formats.manifest import MANIFEST, mismatch, read_manifest
from crmclean.formats.matched_run import DUPLICATES, PAIRS
from crmclean.formats.outputs import finish_killed
from crmclean.formats.source import shown_path
from crmclean.formats.state import STATE
from crmclean.formats.state_places import place_of
from crmclean.matching.duplicates import DUPLICATES_SCHEMA, PAIRS_SCHEMA
from crmclean.pipeline.settings import Settings, repeated
from crmclean.progress import Progress, no_progress

HISTORY_STATE = "history_state"  # in the manifest: the file of a history that is not the state
_NO_LIMIT = 1024**5  # the input was read once already: its hash is checked, it is no bomb
_AGAIN = Text("run `crmclean dedupe` again", "`crmclean dedupe` erneut ausführen")


@dataclass(frozen=True, slots=True)
class Job:
    """A folder that ``dedupe`` or ``run`` wrote.

    Attributes:
        folder: where its files lie.
        manifest: see ``formats.manifest``.
        settings: that decided it.
        exports: its inputs, found again and unchanged.
        state_path: where decisions on it are kept.
    """

    folder: Path
    manifest: Mapping[str, Any]
    settings: Settings
    exports: tuple[Path, ...]
    state_path: Path

    @property
    def command(self) -> str:
        """``dedupe`` or ``run``."""
        return str(self.manifest["command"])

    @property
    def is_linked(self) -> bool:
        """Whether only pairs across two inputs counted."""
        return bool(self.manifest["settings"].get("link", False))

    def pairs(self) -> pl.DataFrame:
        """The rows of ``pairs.csv`` (``PAIRS_SCHEMA``, with ``file`` columns for several inputs).

        Raises:
            InputError: ``audit-mismatch``: missing or changed since.
        """
        return self._frame(PAIRS, PAIRS_SCHEMA)

    def clusters(self) -> pl.DataFrame:
        """The rows of ``duplicates.csv`` (``DUPLICATES_SCHEMA``, with a ``file`` column for several inputs)."""
        return self._frame(DUPLICATES, DUPLICATES_SCHEMA)

    def _frame(self, name: str, schema: Mapping[str, Any]) -> pl.DataFrame:
        frame = listed_file(self.folder, name, self.manifest)
        known = {column: kind for column, kind in schema.items() if column in frame.columns}
        return frame.with_columns(_typed(column, kind) for column, kind in known.items())


def open_job(
    folder: Path,
    *,
    exports: Sequence[str] = (),
    against: Path | None = None,
    reference: Path | None = None,
    suppression: Path | None = None,
    key_file: Path | None = None,
    progress: Progress = no_progress,
) -> Job:
    """The job in a folder.

    Args:
        folder: that ``dedupe -o`` or ``run -o`` named.
        exports: its inputs, where they are no longer found.
        against: its state, where it is no longer found.
        reference: the GeoNames file it used, if it used one.
        suppression: the suppression list it honoured, if it honoured one; only ``repeating.repeat`` needs it.
        key_file: the key of that list.
        progress: told which stage begins when the job is repeated.

    Raises:
        InputError: no such job, an input that is not there or has changed.
        LockedError: the job is still running.
        UsageError: the reference is missing.
    """
    finish_killed(folder)
    path = folder / MANIFEST
    manifest = read_manifest(path)
    if not manifest.get("inputs") or PAIRS not in manifest.get("files", {}):
        raise mismatch(
            path, Text("this job looked for no duplicates", "dieser Lauf hat keine Dubletten gesucht"), _AGAIN
        )
    try:
        recorded, as_of = manifest["settings"], date.fromisoformat(manifest["as_of"])
        needs_reference = bool(recorded["has_reference"])
        if needs_reference and reference is None:
            raise UsageError(
                Text("this job used a reference of places", "dieser Lauf nutzte eine Ortsreferenz"),
                code="usage",
                hint=Text("name it with --reference", "mit --reference angeben"),
            )
        known = reference if needs_reference else None
        settings = repeated(recorded, as_of, manifest["config_sha256"], known)
        found = tuple(
            _found(one, exports[at] if at < len(exports) else "", folder) for at, one in enumerate(manifest["inputs"])
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        what = Text("this manifest can't be understood", "dieses Manifest ist nicht zu verstehen")
        raise mismatch(path, what, _AGAIN) from None
    state = against or state_of(recorded.get("state", ""), folder)
    # Where the list and its key lie is not recorded.
    privacy = replace(settings.config.privacy, suppression=str(suppression or ""), key_file=str(key_file or ""))
    config = replace(settings.config, privacy=privacy)
    settings = replace(settings, config=config, max_uncompressed=_NO_LIMIT, progress=progress)
    return Job(folder, manifest, settings, found, state)


def listed_file(folder: Path, name: str, manifest: Mapping[str, Any]) -> pl.DataFrame:
    """The rows of a side file of a job, all ``String``.

    Raises:
        InputError: ``audit-mismatch``: missing, or no longer what the job wrote.
    """
    path = folder / name
    try:
        content = path.read_bytes()
    except OSError:
        what = Text("a file of the run is missing or can't be read", "eine Datei des Laufs fehlt oder ist nicht lesbar")
        raise mismatch(path, what, _AGAIN) from None
    if hashlib.sha256(content).hexdigest() != manifest["files"].get(name, {}).get("sha256"):
        raise mismatch(path, Text("changed since the run", "seit dem Lauf verändert"), _AGAIN)
    return pl.read_csv(io.BytesIO(content), infer_schema=False, glob=False)


def _typed(column: str, kind: Any) -> pl.Expr:
    return pl.col(column) == "true" if kind == pl.Boolean else pl.col(column).cast(kind)


def _found(facts: Mapping[str, Any], given: str, folder: Path) -> Path:
    """An input of the job: where it was said to be, or where it is likely to lie."""
    typed = PurePosixPath(facts["path"])
    likely = [Path(typed), folder / typed, folder.parent / typed, folder.parent / typed.name, Path(typed.name)]
    for path in [Path(given)] if given else likely:
        if path.is_file() and path.stat().st_size == facts["size_bytes"]:
            with path.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() == facts["sha256"]:
                    return path
    there = next((path for path in ([Path(given)] if given else likely) if path.is_file()), None)
    name = shown_path(str(there or facts["name"]))
    if there is None:
        what = Text("the export of this job is not found", "der Export dieses Laufs ist nicht zu finden")
        hint = Text("name it with --export FILE", "mit --export DATEI angeben")
        raise InputError(what, code="file-not-found", hint=hint, where=name)
    what = Text(
        "this is not the export of this job, or it has changed since",
        "das ist nicht der Export dieses Laufs, oder er hat sich seither geändert",
    )
    hint = Text(
        "name the old one with --export FILE, or run `crmclean dedupe` over the new one",
        "den alten mit --export DATEI angeben oder `crmclean dedupe` über den neuen laufen lassen",
    )
    raise InputError(what, code="input-changed", hint=hint, where=name)


def state_of(recorded: str, folder: Path) -> Path:
    """The state the job used; where it used none, the one in its folder."""
    if not recorded:
        return folder / STATE
    return next(iter(states_called(recorded, folder)), Path(PurePosixPath(recorded)))


def states_called(recorded: str, folder: Path) -> list[Path]:
    """The files that may be the state a job recorded, the likeliest first: where it was said to be, and by its name.

    A manifest names no folder of the machine: a file of the same name where one happens to work comes before the real
    one, so who must not miss it looks into all of them.
    """
    typed = PurePosixPath(recorded)
    likely = [Path(typed), folder.parent / typed, folder / typed.name, folder.parent / typed.name, _by_name(typed.name)]
    found: dict[Path, Path] = {}
    for path in likely:
        if path is not None and path.is_file():
            found.setdefault(path.resolve(), path)
    return list(found.values())


def _by_name(file: str) -> Path | None:
    """A history in the user's folder is known by its name alone."""
    name = file.removesuffix(FILE_SUFFIX)
    place = place_of(name)[0] if is_name(name) and file != name else None
    return place if place and place.is_file() else None
