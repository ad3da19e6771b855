"""Where may be written: never over an input, never through a link, never over somebody else's file."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable
from pathlib import Path

from crmclean.core.language import Text
from crmclean.formats.output_errors import output_exists, output_failed, refused_target, same_file

STDOUT = Path("-")
Identity = tuple[int, int]  # device and inode: the file itself, whatever name or link it is reached by


def identity_of(path: Path) -> Identity | None:
    """The file behind a path, links followed; ``None`` if there is none."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


def check_target(target: Path, inputs: Collection[Identity], *, may_replace: bool) -> None:
    """Refuse a target that is an input, a link, no regular file, or somebody's file.

    Raises:
        UsageError: ``same-file``, ``output-exists``.
        OutputError: ``output-failed``.
    """
    if identity_of(target) in inputs:
        raise same_file(target)
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise output_failed(target, error) from None
    if stat.S_ISLNK(mode):
        raise refused_target(
            target,
            Text("it is a link, and links are not followed", "es ist ein Verweis, und Verweisen wird nicht gefolgt"),
        )
    if stat.S_ISDIR(mode):
        raise refused_target(target, Text("there is a folder of this name", "es gibt einen Ordner dieses Namens"))
    if not stat.S_ISREG(mode):
        raise refused_target(target, Text("it is a pipe or a device", "es ist eine Pipe oder ein Gerät"))
    if not may_replace:
        raise output_exists(target, is_folder=False)


def refuse_equal(targets: Iterable[Path]) -> None:
    """Refuse two outputs in one place.

    Raises:
        UsageError: ``same-file``.
    """
    seen: set[tuple[str, str]] = set()
    for target in targets:
        place = (os.path.realpath(target.parent), target.name)
        if place in seen:
            raise same_file(target)
        seen.add(place)


def bare_stem(path: Path) -> str:
    """The name without its ending, and without the ending of a compression.

    >>> bare_stem(Path("a/kontakte.2026.csv.gz")), bare_stem(Path("-"))
    ('kontakte.2026', 'stdout')
    """
    if path == STDOUT:
        return "stdout"
    return Path(path.stem).stem if path.suffix.lower() in (".gz", ".zst") else path.stem
