"""What the manifest says of erasures: which records went, as keyed hashes, and the key where it was made for them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from crmclean.core.errors import InputError
from crmclean.core.keyed_hash import check_of, keyed
from crmclean.core.language import Text

ERASED = "erased"  # what the manifest says of it
_KIND = "record_id"
_KEY_BYTES = 16


def noted(manifest: Mapping[str, Any], key: bytes | None) -> tuple[Mapping[str, Any], bytes]:
    """What earlier erasures left in the manifest, and the key they were, or this one is, noted with."""
    note = manifest.get(ERASED, {})
    if note.get("key"):
        return note, bytes.fromhex(note["key"])
    if key is None and note:
        raise InputError(
            Text(
                "an earlier erasure was noted with a key of your own",
                "ein früheres Löschen wurde mit einem eigenen Schlüssel vermerkt",
            ),
            code="key-unusable",
            hint=Text("name it with --key-file", "mit --key-file angeben"),
        )
    if key is None:
        made = new_key()
        return {"key": made.hex()}, made
    if note and note["check"] != check_of(key):
        raise InputError(
            Text("earlier erasures were noted with another key", "frühere Löschungen haben einen anderen Schlüssel"),
            code="key-unusable",
        )
    return note, key


def new_key() -> bytes:
    """For one folder."""
    return secrets.token_bytes(_KEY_BYTES)


def hashes_of(ids: Sequence[str], key: bytes) -> tuple[str, ...]:
    """What stands for the ids, in hexadecimal digits."""
    return tuple(keyed(key, _KIND, one).hex() for one in ids)


def note_of(before: Mapping[str, Any], hashes: Sequence[str], removed: Mapping[str, int], key: bytes) -> dict[str, Any]:
    """The manifest's ``erased`` after one more erasure.

    Args:
        before: see ``noted``.
        hashes: of the ids.
        removed: rows by file.
        key: of the hashes; it stands here only where it was made for the folder.
    """
    entry = {"records": list(hashes), "removed": dict(removed)}
    return {
        "check": check_of(key),
        "key": key.hex() if before.get("key") else "",
        "entries": [*before.get("entries", ()), entry],
    }
