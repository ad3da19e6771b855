"""Making the key of keyed hashes; ``config.privacy`` reads it."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from crmclean.core.errors import OutputError, UsageError
from crmclean.core.language import Text
from crmclean.formats.source import shown_path

_N_BYTES = 32


def write_new_key(file: Path) -> None:
    """Make a key file that only its owner can read; an existing file is never replaced.

    Raises:
        UsageError: ``output-exists``.
        OutputError: ``output-failed``.
    """
    shown = shown_path(str(file))
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        raise UsageError(
            Text("there is a file of this name", "es gibt schon eine Datei dieses Namens"),
            code="output-exists",
            hint=Text(
                "a key that is replaced makes the lists made with it useless; choose another name",
                "ein ersetzter Schlüssel macht die damit erstellten Listen unbrauchbar; einen anderen Namen wählen",
            ),
            where=shown,
        ) from None
    except OSError as error:
        raise _not_written(shown, error) from None
    try:
        with os.fdopen(descriptor, "wb") as sink:
            sink.write(secrets.token_hex(_N_BYTES).encode() + b"\n")
    except OSError as error:
        with suppress(OSError):  # what is left would stand in the way of the next try
            file.unlink()
        raise _not_written(shown, error) from None


def _not_written(shown: str, error: OSError) -> OutputError:
    reason = error.strerror or "OSError"
    what = Text(f"the key can't be written ({reason})", f"der Schlüssel ist nicht zu schreiben ({reason})")
    return OutputError(what, code="output-failed", where=shown)
