"""Section ``[privacy]``, and the key that names of records are hashed with."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from crmclean.core.errors import ConfigError
from crmclean.core.language import Text
from crmclean.core.text import visible

KEY_VARIABLE = "CRMCLEAN_KEY"
_LEAST_BYTES = 16  # a shorter key can be tried out
_MOST_BYTES = 4096  # a key is short; a longer file is the wrong one


@dataclass(frozen=True, slots=True)
class PrivacySection:
    """What outputs may tell others.

    Attributes:
        dsgvo: whether everything that is shown or reported is private; ``None``: what leaves the team is.
        key_file: file with the key of keyed hashes, outside the project; ``CRMCLEAN_KEY`` comes first.
        suppression: list of keyed hashes of those who are not to be contacted; empty: none.
        keep_years: years without any sign of life after which a record is kept too long; 0: not looked at.
        legal_basis: whether a person without a recorded legal basis is a finding; ``None``: where a column names the
            basis and is used.
        keep_days: days that ``prune`` keeps runs, and findings that were fixed; 0: it must be said there.
    """

    dsgvo: bool | None = None
    key_file: str = ""
    suppression: str = ""
    keep_years: int = 0
    legal_basis: bool | None = None
    keep_days: int = 0


KEYS = {
    "dsgvo": "true: every report and everything printed is private; false: nothing is; left out: what leaves the team",
    "key_file": "file with the key of hashed record ids, outside the project; the variable CRMCLEAN_KEY comes first",
    "suppression": "list made by `crmclean suppress add`: who stands on it is not to be contacted",
    "keep_years": "years without a sign of life after which a record is kept too long (0: not looked at)",
    "legal_basis": "true: persons without a recorded legal basis are findings, also where only the day of a consent is "
    "kept; false: never; left out: where a column names the basis and is used",
    "keep_days": "days that `crmclean prune` keeps runs and fixed findings (0: to be said there)",
}


def read_key(key_file: Path | str | None = None, environment: Mapping[str, str] | None = None) -> bytes:
    """The key for keyed hashes; empty where there is none.

    Args:
        key_file: file it is in; white space around it does not count.
        environment: ``os.environ`` if left out. ``CRMCLEAN_KEY`` comes before the file.

    Raises:
        ConfigError: ``config-error``: the key is too short, or its file can't be read or can be read by others. The
            key itself is never repeated.
    """
    given = (os.environ if environment is None else environment).get(KEY_VARIABLE, "")
    if given:
        return _long_enough(given.strip().encode("utf-8", "surrogateescape"), KEY_VARIABLE)
    if not key_file:
        return b""
    path = Path(key_file).expanduser()
    return _long_enough(_content(path), visible(str(path)))


def _content(path: Path) -> bytes:
    shown = visible(str(path))
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise _wrong(shown, Text(f"can't be read ({error.strerror})", f"nicht lesbar ({error.strerror})")) from None
    try:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            raise _wrong(shown, Text("is not a file", "ist keine Datei"))
        if os.name == "posix" and mode & 0o077:
            hint = Text(f"chmod 600 {shown}", f"chmod 600 {shown}")
            raise _wrong(shown, Text("can be read by others", "ist für andere lesbar"), hint)
        data = os.read(handle, _MOST_BYTES + 1)
    finally:
        os.close(handle)
    if len(data) > _MOST_BYTES:
        raise _wrong(shown, Text("is too long for a key", "ist zu lang für einen Schlüssel"))
    return data.strip()


def _long_enough(key: bytes, where: str) -> bytes:
    if len(key) < _LEAST_BYTES:
        raise _wrong(
            where,
            Text(
                f"the key is shorter than {_LEAST_BYTES} signs and could be guessed",
                f"der Schlüssel ist kürzer als {_LEAST_BYTES} Zeichen und ließe sich erraten",
            ),
            Text("for example: head -c 32 /dev/urandom | base64", "zum Beispiel: head -c 32 /dev/urandom | base64"),
        )
    return key


def _wrong(where: str, what: Text, hint: Text | None = None) -> ConfigError:
    return ConfigError(what, code="config-error", hint=hint, where=where)
