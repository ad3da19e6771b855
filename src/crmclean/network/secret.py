"""Passwords and tokens: only ever as a reference in a file, never to be seen."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from crmclean.core.errors import ConfigError
from crmclean.core.language import Text

# What a reference begins with.
KINDS = ("env:", "file:", "keyring:")
_MAX_BYTES = 4096  # a password is short; a longer file is the wrong one


class Secret:
    """A password or token. Printing, logging, formatting and pickling it shows or keeps nothing."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The password itself; for the one place that sends it."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(***)"

    __str__ = __repr__

    def __reduce__(self) -> str:
        raise TypeError("a secret is not to be stored")


def read_secret(reference: str, key: str) -> Secret:
    """The secret a reference stands for.

    Args:
        reference: ``env:NAME``, ``file:PATH`` or ``keyring:SERVICE/USER``.
        key: of the configuration, for messages.

    Raises:
        ConfigError: ``config-error``: no reference, or nothing behind it; ``missing-extra``: no keyring installed.
    """
    kind, _, rest = reference.partition(":")
    if kind == "env" and rest:
        return _held(
            os.environ.get(rest, ""), key, Text(f"the variable {rest} is not set", f"{rest} ist nicht gesetzt")
        )
    if kind == "file" and rest:
        return _from_file(Path(rest).expanduser(), key)
    service, _, user = rest.rpartition("/")
    if kind == "keyring" and service and user:
        return _from_keyring(service, user, key)
    # The text itself may be the password: it is not repeated.
    raise _wrong(
        key,
        Text("is no reference", "ist kein Verweis"),
        Text(
            'write "env:NAME", "file:PATH" or "keyring:SERVICE/USER"',
            '"env:NAME", "file:PFAD" oder "keyring:DIENST/NUTZER" schreiben',
        ),
    )


def _held(value: str | None, key: str, what: Text) -> Secret:
    if not value:
        raise _wrong(key, what)
    # A token goes into a header as it is; a password is wrapped.
    if not value.isprintable() or (key == "token" and not value.isascii()):
        raise _wrong(key, Text("holds signs that can't be sent", "enthält Zeichen, die sich nicht senden lassen"))
    return Secret(value)


def _from_file(path: Path, key: str) -> Secret:
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise _wrong(key, Text(f"{path}: {error.strerror}", f"{path}: {error.strerror}")) from None
    try:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            raise _wrong(key, Text(f"{path} is not a file", f"{path} ist keine Datei"))
        if os.name == "posix" and mode & 0o077:
            raise _wrong(
                key,
                Text(f"{path} can be read by others", f"{path} ist für andere lesbar"),
                Text(f"chmod 600 {path}", f"chmod 600 {path}"),
            )
        data = os.read(handle, _MAX_BYTES + 1)
    finally:
        os.close(handle)
    try:
        text = data.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        text = ""
    usable = text if len(data) <= _MAX_BYTES else ""
    return _held(usable, key, Text(f"{path} holds no password", f"{path} enthält kein Passwort"))


def _from_keyring(service: str, user: str, key: str) -> Secret:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        raise missing_extra("keyring") from None
    nothing = Text(
        f"the keyring has nothing for {service}/{user}", f"im Schlüsselbund steht nichts zu {service}/{user}"
    )
    try:
        return _held(keyring.get_password(service, user), key, nothing)
    except KeyringError:
        raise _wrong(key, Text("the keyring can't be read", "der Schlüsselbund ist nicht lesbar")) from None


def missing_extra(name: str) -> ConfigError:
    """What is said where an optional part is needed and not installed."""
    command = f'pip install "crmclean[{name}]"'
    return ConfigError(
        Text(f"the extra {name!r} is not installed", f"das Extra {name!r} ist nicht installiert"),
        code="missing-extra",
        hint=Text(command, command),
    )


def _wrong(key: str, what: Text, hint: Text | None = None) -> ConfigError:
    return ConfigError(Text(f"{key}: {what.en}", f"{key}: {what.de}"), code="config-error", hint=hint)
