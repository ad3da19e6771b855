"""The key of keyed hashes: from the environment or from a file that only its owner can read."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from crmclean.core.errors import InputError, OutputError, UsageError
from crmclean.core.language import Text
from crmclean.formats.source import shown_path

KEY_VARIABLE = "CRMCLEAN_KEY"
_LEAST = 16  # bytes: a shorter key can be tried out
_N_BYTES = 32
_MAX_BYTES = 4096


def read_key(file: Path | None) -> bytes | None:
    """The key: of the file if one is named, else of ``CRMCLEAN_KEY``; ``None`` where there is neither.

    Raises:
        InputError: ``key-unusable``: no such file, others may read it, or the key is too short.
    """
    if file is not None:
        return _long_enough(_content(file).strip(), shown_path(str(file)))
    told = os.environ.get(KEY_VARIABLE, "").strip()
    return _long_enough(told.encode(errors="surrogateescape"), KEY_VARIABLE) if told else None


def require_key(file: Path | None) -> bytes:
    """As ``read_key``, where there must be one.

    Raises:
        UsageError: ``usage``: none is named.
        InputError: ``key-unusable``.
    """
    key = read_key(file)
    if key is None:
        raise UsageError(
            Text("a key is needed, and none is named", "es braucht einen Schlüssel, und keiner ist genannt"),
            code="usage",
            hint=Text(
                f"`crmclean suppress new-key FILE` makes one; name it with --key-file or set {KEY_VARIABLE}",
                f"`crmclean suppress new-key DATEI` legt einen an; mit --key-file angeben oder {KEY_VARIABLE} setzen",
            ),
        )
    return key


def write_new_key(file: Path) -> None:
    """Make a key file that only its owner can read; an existing file is never replaced.

    Raises:
        UsageError: ``output-exists``.
        OutputError: ``output-failed``.
    """
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        raise UsageError(
            Text("there is a file of this name", "es gibt schon eine Datei dieses Namens"),
            code="output-exists",
            hint=Text(
                "a key that is lost or replaced makes the lists made with it useless; choose another name",
                "ein verlorener oder ersetzter Schlüssel macht die damit erstellten Listen unbrauchbar; anderer Name",
            ),
            where=shown_path(str(file)),
        ) from None
    except OSError as error:
        raise _not_written(file, error) from None
    with os.fdopen(descriptor, "wb") as sink:
        sink.write(secrets.token_hex(_N_BYTES).encode() + b"\n")


def _content(file: Path) -> bytes:
    shown = shown_path(str(file))
    try:
        with file.open("rb") as source:
            mode = os.fstat(source.fileno()).st_mode
            content = source.read(_MAX_BYTES + 1)
    except OSError:
        what = Text("the key file can't be read", "die Schlüsseldatei ist nicht zu lesen")
        raise InputError(what, code="key-unusable", where=shown) from None
    if stat.S_IMODE(mode) & 0o077 and os.name == "posix":
        raise InputError(
            Text("others may read the key file", "andere dürfen die Schlüsseldatei lesen"),
            code="key-unusable",
            hint=Text(f"chmod 600 {shown}", f"chmod 600 {shown}"),
            where=shown,
        )
    return content[:_MAX_BYTES]


def _long_enough(key: bytes, where: str) -> bytes:
    if len(key) >= _LEAST:
        return key
    raise InputError(
        Text(f"the key has fewer than {_LEAST} signs", f"der Schlüssel hat weniger als {_LEAST} Zeichen"),
        code="key-unusable",
        hint=Text("`crmclean suppress new-key FILE` makes one", "`crmclean suppress new-key DATEI` legt einen an"),
        where=where,
    )


def _not_written(file: Path, error: OSError) -> OutputError:
    reason = error.strerror or "OSError"
    what = Text(f"the key can't be written ({reason})", f"der Schlüssel ist nicht zu schreiben ({reason})")
    return OutputError(what, code="output-failed", where=shown_path(str(file)))
