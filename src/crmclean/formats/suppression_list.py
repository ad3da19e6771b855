"""The file of a suppression list: one keyed hash a line, and by what its key is known. No value is in it.

::

    # crmclean suppression list 1
    # check 0123456789abcdef
    email 00112233445566778899aabbccddeeff
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from crmclean.core.errors import InputError
from crmclean.core.keyed_hash import check_of
from crmclean.core.language import Text
from crmclean.formats.source import shown_path

_HEAD = "# crmclean suppression list 1"
_CHECK = re.compile(r"# check ([0-9a-f]{16})\Z")
_SUM = re.compile(r"# sum ([0-9a-f]{16})\Z")
_LINE = r"^([a-z]+) ([0-9a-f]{32})$"


@dataclass(frozen=True, slots=True)
class SuppressionList:
    """A list as read.

    Attributes:
        hashes: by kind, ``String``.
        n: entries.
    """

    hashes: Mapping[str, pl.Series]
    n: int


def read_suppression_list(path: Path, key: bytes) -> SuppressionList:
    """Read a list.

    Args:
        path: of the file.
        key: it was made with.

    Raises:
        InputError: ``file-not-found``; ``suppression-unusable``: none of ours, or damaged; ``key-unusable``: made with
            another key.
    """
    shown = shown_path(str(path))
    try:
        data = path.read_bytes()
    except OSError:
        what = Text("the suppression list can't be read", "die Werbesperrdatei ist nicht zu lesen")
        raise InputError(what, code="file-not-found", where=shown) from None
    lines = data.decode("ascii", "replace").splitlines()
    found = _CHECK.match(lines[1]) if len(lines) > 1 and lines[0] == _HEAD else None
    if found is None:
        what = Text(
            "this is no suppression list; a plain list is imported first",
            "das ist keine Werbesperrdatei; eine einfache Liste wird erst importiert",
        )
        raise InputError(what, code="suppression-unusable", where=shown)
    if found[1] != check_of(key):
        what = Text("this list was made with another key", "diese Datei wurde mit einem anderen Schlüssel erstellt")
        raise InputError(what, code="key-unusable", where=shown)
    summed = _SUM.match(lines[2]) if len(lines) > 2 else None
    entries = pl.Series(lines[3:], dtype=pl.String)
    parts = entries.str.extract_groups(_LINE).struct.unnest()
    parts.columns = ["kind", "hash"]
    if parts["kind"].null_count():
        line = int(parts["kind"].is_null().arg_max() or 0) + 4
        what = Text("a line is damaged", "eine Zeile ist beschädigt")
        raise InputError(what, code="suppression-unusable", where=f"{shown}:{line}")
    if summed is None or summed[1] != _sum_of(lines[3:]):
        what = Text(
            "the list is cut off or was edited: its lines are not those it was written with",
            "die Datei ist abgeschnitten oder bearbeitet: ihre Zeilen sind nicht die, mit denen sie geschrieben wurde",
        )
        raise InputError(what, code="suppression-unusable", where=shown)
    by_kind = {
        str(kind): part["hash"]
        for (kind,), part in parts.partition_by("kind", as_dict=True, maintain_order=True).items()
    }
    return SuppressionList(by_kind, parts.height)


def list_text(entries: Iterable[tuple[str, pl.Series]], key: bytes) -> str:
    """The file of a list; sorted, so that it does not tell in which order people were added.

    Args:
        entries: kinds and their hashes; a kind may come several times.
        key: they were made with.
    """
    lines = sorted({f"{kind} {one}" for kind, hashes in entries for one in hashes.to_list()})
    return "\n".join((_HEAD, f"# check {check_of(key)}", f"# sum {_sum_of(lines)}", *lines)) + "\n"


def _sum_of(lines: Sequence[str]) -> str:
    """Of the entries: a list that lost some must not pass for one that finds nobody."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
