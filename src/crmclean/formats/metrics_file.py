"""The file a machine's watcher reads: renamed into place, readable by others, and never over a file of another kind."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from crmclean.core.language import Text
from crmclean.formats.commit import PREFIX, sync_folders
from crmclean.formats.output_errors import missing_folder, output_failed, refused_target
from crmclean.formats.output_targets import check_target, identity_of

# The first bytes of every one; what begins otherwise is somebody else's.
_START = b"# HELP crmclean_"
# node_exporter reads it as another user. It holds counts alone.
_MODE = 0o644


def require_metrics_place(target: Path, inputs: Iterable[Path]) -> None:
    """Everything that can be known to go wrong before the work is done.

    Args:
        target: the metrics file.
        inputs: files that are read in this run.

    Raises:
        UsageError: ``same-file``.
        OutputError: ``output-failed``: no folder, no right, a link, a folder, or a file that is none of these.
    """
    _check(target, inputs)
    if not target.parent.is_dir():
        raise missing_folder(target.parent)
    try:
        descriptor, name = tempfile.mkstemp(prefix=_prefix(target), dir=target.parent)
        os.close(descriptor)
        os.unlink(name)  # noqa: PTH108 - a name, as mkstemp gives it
    except OSError as error:
        raise output_failed(target, error) from None


def write_metrics(target: Path, content: bytes) -> None:
    """Put a metrics file in place; who reads it sees the old one or the new one, whole.

    Raises:
        OutputError: ``output-failed``; the old file is intact.
    """
    _check(target, ())
    name = ""
    try:
        descriptor, name = tempfile.mkstemp(prefix=_prefix(target), dir=target.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(descriptor, _MODE)
            os.fsync(descriptor)
        os.replace(name, target)  # noqa: PTH105 - likewise
    except BaseException as error:
        if name:
            with contextlib.suppress(OSError):
                os.unlink(name)  # noqa: PTH108 - likewise
        if isinstance(error, OSError):
            raise output_failed(target, error) from None
        raise
    sync_folders([target.parent])


def _check(target: Path, inputs: Iterable[Path]) -> None:
    check_target(target, [identity for path in inputs if (identity := identity_of(path))], may_replace=True)
    try:
        with target.open("rb") as file:
            start = file.read(len(_START))
    except FileNotFoundError:
        return
    except OSError as error:
        raise output_failed(target, error) from None
    if start and start != _START:
        raise refused_target(
            target,
            Text("the file there is no metrics file of crmclean", "dort liegt keine Metrikdatei von crmclean"),
        )


def _prefix(target: Path) -> str:
    """Hidden, and without the suffix collectors look for."""
    return f"{PREFIX}{target.stem[:100]}-"
