"""Where states lie that are called by name: in a folder of the user, by the XDG Base Directory Specification."""

from __future__ import annotations

import os
from pathlib import Path

from crmclean.config.history import FILE_SUFFIX, is_path, wrong_name
from crmclean.core.errors import UsageError
from crmclean.core.language import Text
from crmclean.formats.output_errors import missing_folder, output_failed

FOLDER = "CRMCLEAN_STATE"  # the environment variable that names it


def state_folder() -> Path:
    """``$CRMCLEAN_STATE``, else ``$XDG_STATE_HOME/crmclean``, else ``~/.local/state/crmclean``; need not exist.

    Raises:
        UsageError: none of them is known.
    """
    if named := os.environ.get(FOLDER, ""):
        return Path(named)
    xdg = os.environ.get("XDG_STATE_HOME", "")
    if Path(xdg).is_absolute():  # the specification wants others to be passed over
        return Path(xdg) / "crmclean"
    try:
        return Path.home() / ".local" / "state" / "crmclean"
    except RuntimeError:
        raise UsageError(
            Text(
                "without a home folder there is no folder for histories",
                "ohne Benutzerverzeichnis gibt es keinen Ordner für Verläufe",
            ),
            code="usage",
            hint=Text(f"set {FOLDER}, or name a file", f"{FOLDER} setzen oder eine Datei nennen"),
        ) from None


def place_of(given: str) -> tuple[Path, str]:
    """The file of a state that was given by name or path, and its name.

    Raises:
        UsageError: a name that can't be.
    """
    if is_path(given):
        place = Path(given)
        return place, place.name.removesuffix(FILE_SUFFIX) or place.name
    if wrong := wrong_name(given):
        raise UsageError(wrong, code="usage")
    return state_folder() / f"{given}{FILE_SUFFIX}", given


def make_folder_of(place: Path) -> None:
    """Make the folder of states where it is missing, for its user alone; other folders must be there.

    Raises:
        OutputError: it can't be made.
    """
    folder = place.parent
    if folder.is_dir():
        return
    if folder != state_folder():
        if not folder.exists():
            raise missing_folder(folder)
        return
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise output_failed(folder, error) from None


def names() -> list[str]:
    """The names of the states in the folder, sorted."""
    folder = state_folder()
    found = folder.glob(f"*{FILE_SUFFIX}") if folder.is_dir() else ()
    return sorted(place.name.removesuffix(FILE_SUFFIX) for place in found if place.is_file())
