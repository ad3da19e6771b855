"""The errors of writing, in words: what stands in the way, never what was to be written."""

from __future__ import annotations

import errno
import os
import re
import shlex
from pathlib import Path

from crmclean.core.errors import OutputError, UsageError
from crmclean.core.language import Text
from crmclean.formats.source import shown_path

_WORDS = {
    errno.ENOSPC: Text("the disk is full", "der Datenträger ist voll"),
    errno.EDQUOT: Text("the disk quota is used up", "das Speicherkontingent ist erschöpft"),
    errno.EFBIG: Text("the file gets too large for this system", "die Datei wird für dieses System zu groß"),
    errno.EACCES: Text("no right to write there", "kein Recht, dort zu schreiben"),
    errno.EPERM: Text("no right to write there", "kein Recht, dort zu schreiben"),
    errno.EROFS: Text("the disk is read-only", "der Datenträger ist schreibgeschützt"),
    errno.ENOENT: Text("the folder does not exist", "den Ordner gibt es nicht"),
    errno.ENOTDIR: Text("a part of the path is no folder", "ein Teil des Pfads ist kein Ordner"),
    errno.EISDIR: Text("there is a folder of this name", "es gibt einen Ordner dieses Namens"),
    errno.ENAMETOOLONG: Text("the name is too long", "der Name ist zu lang"),
    errno.ELOOP: Text("there is a link of this name", "es gibt einen Verweis dieses Namens"),
}
_RUST_ERRNO = re.compile(r"\(os error (\d+)\)")


def output_failed(path: Path | str, error: OSError) -> OutputError:
    """``output-failed`` in our words; the system's own text is used only where we have none.

    Args:
        path: the target, or its folder.
        error: as the system raised it; polars' own have the number in their text only.
    """
    number = error.errno
    if number is None and (found := _RUST_ERRNO.search(str(error))):
        number = int(found[1])
    reason = os.strerror(number) if number else "input/output error"
    return refused_target(path, _WORDS.get(number or 0, Text(reason, reason)))


def refused_target(path: Path | str, reason: Text) -> OutputError:
    """``output-failed`` for a target that can't be written to."""
    return OutputError(
        Text(f"can't write: {reason.en}; older files are intact", f"{reason.de}; ältere Dateien sind unversehrt"),
        code="output-failed",
        hint=Text(
            "check free space and permissions, or choose another place",
            "freien Platz und Rechte prüfen oder ein anderes Ziel wählen",
        ),
        where=shown_path(str(path)),
    )


def missing_folder(folder: Path | str) -> OutputError:
    """``output-failed`` for a folder that is to be made first; a run's own folder is made without asking."""
    command = f"mkdir -p {shlex.quote(shown_path(str(folder)))}"
    return OutputError(
        Text("can't write: the folder does not exist", "den Ordner gibt es nicht"),
        code="output-failed",
        hint=Text(f"make it with `{command}`, then repeat", f"mit `{command}` anlegen und wiederholen"),
        where=shown_path(str(folder)),
    )


def same_file(path: Path | str) -> UsageError:
    """``same-file``: a target is an input, or two targets are one file."""
    return UsageError(
        Text(
            "this file is read or written elsewhere in the same run",
            "diese Datei wird im selben Lauf schon gelesen oder geschrieben",
        ),
        code="same-file",
        hint=Text("choose another file for the output", "eine andere Datei für die Ausgabe wählen"),
        where=shown_path(str(path)),
    )


def output_exists(path: Path | str, *, is_folder: bool) -> UsageError:
    """``output-exists``: something of somebody else's lies there."""
    what = (
        Text(
            "the folder holds other files and is not a run of crmclean",
            "der Ordner enthält andere Dateien und ist kein Lauf von crmclean",
        )
        if is_folder
        else Text("the file exists already", "die Datei gibt es schon")
    )
    return UsageError(
        what,
        code="output-exists",
        hint=Text("choose another output, or add --force", "eine andere Ausgabe wählen oder --force angeben"),
        where=shown_path(str(path)),
    )


def os_error_behind(error: BaseException) -> OSError | None:
    """The system's error that made a library raise its own, if there is one."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OSError):
            return seen
        seen = seen.__cause__ or seen.__context__
    return None
