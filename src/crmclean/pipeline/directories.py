"""Opens company directories: a directory file, or online services that were asked for by name."""

from __future__ import annotations

from pathlib import Path

from crmclean.core.errors import InputError, UsageError
from crmclean.core.language import Text
from crmclean.core.nearest import nearest
from crmclean.core.registry import DIRECTORIES
from crmclean.directory import Directory
from crmclean.formats.source import shown_path
from crmclean.pipeline.settings import Settings


def open_directory(place: str, settings: Settings) -> Directory:
    """The company directory in a file.

    Args:
        place: a file that ``crmclean directory build`` wrote.
        settings: of the run; ``[enrich]`` has the limits of the bands.

    Raises:
        InputError: ``file-not-found``; ``directory-file``: no directory, damaged, of a newer version, or empty.
    """
    from crmclean.cdir.local import LocalDirectory
    from crmclean.matching.bands import Thresholds

    path = Path(place)
    if not path.exists():
        what = Text("there is no such company directory", "dieses Firmenverzeichnis gibt es nicht")
        hint = Text(
            "`crmclean directory build` makes one; online services are named with --online",
            "`crmclean directory build` legt eines an; Online-Dienste mit --online nennen",
        )
        raise InputError(what, code="file-not-found", hint=hint, where=shown_path(place))
    section = settings.config.enrich
    return LocalDirectory(path, Thresholds(section.auto, section.review))


def open_online(name: str, settings: Settings, *, max_lookups: int | None = None) -> Directory:
    """An online service.

    Args:
        name: of the plug-in (``crmclean list directories``).
        settings: of the run.
        max_lookups: how many records it may be asked about; ``None``: as many as there are.

    Raises:
        UsageError: ``usage``: no such service.
    """
    if name not in DIRECTORIES:
        known = ", ".join(DIRECTORIES)
        raise UsageError(
            Text(f"there is no online directory {name!r}", f"ein Online-Verzeichnis {name!r} gibt es nicht"),
            code="usage",
            hint=nearest(name, DIRECTORIES, Text(f"possible: {known}", f"möglich: {known}")),
        )
    del settings, max_lookups  # for what connects
    what = Text(f"{name} can't be asked yet", f"{name} lässt sich noch nicht fragen")
    raise UsageError(what, code="usage")
