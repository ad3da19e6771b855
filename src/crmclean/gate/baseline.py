"""What is known already: only what is not in the baseline is new.

A baseline is a text file that can lie beside the configuration in version control: one line of JSON about it, then
CSV with ``code,column,key``, sorted, so that two of them differ only where findings do. The key is a keyed hash over
the record's id (its row number where the table has no ids) and the value: who reads the file learns neither, and
another value in the same cell is a new finding. There are no counts in it.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from dataclasses import dataclass
from typing import Any

import polars as pl

from crmclean.core.errors import CrmCleanError, InputError, LimitError
from crmclean.core.file_codes import message
from crmclean.core.json_text import json_text
from crmclean.core.language import Text
from crmclean.core.text import visible
from crmclean.finding_keys import finding_hashes, nth_of_equal
from crmclean.finding_list import record_id_column
from crmclean.formats.source import open_source, shown_path
from crmclean.gate_result import BaselineFigures
from crmclean.table import Normalised

VERSION = 1
MAX_BYTES = 1024**3
_MARK = "crmclean_baseline"
_ENTRY = ("code", "column", "key")
_KEY_BYTES = 12  # among a million entries two share a key with a probability below 1e-16
_SALT_BYTES = 16
_NAMED = 5  # columns a message names


@dataclass(frozen=True, slots=True)
class Baseline:
    """Findings that are known.

    Attributes:
        salt: the key of the hashes.
        columns: unique column names of the table it was made for.
        record_id: the column with the records' ids; empty: rows are counted.
        entries: ``code, column, key`` (``String``), distinct, sorted.
    """

    salt: bytes
    columns: tuple[str, ...]
    record_id: str
    entries: pl.DataFrame

    @classmethod
    def empty(cls, cleaned: Normalised) -> Baseline:
        """One that knows nothing, for this table.

        Its salt comes from the file's own hash: two runs write the same bytes, and another file has another salt.
        """
        seed = f"{_MARK} {cleaned.table.file.sha256}".encode()
        entries = pl.DataFrame(schema=dict.fromkeys(_ENTRY, pl.String))
        salt = hashlib.blake2b(seed, digest_size=_SALT_BYTES).digest()
        return cls(salt, cleaned.table.names, record_id_column(cleaned), entries)

    @classmethod
    def read(cls, path: str) -> Baseline:
        """The one in a file.

        Raises:
            InputError: ``file-not-found`` and the like, ``baseline-damaged``, ``baseline-newer``.
            LimitError: larger than ``MAX_BYTES``.
        """
        try:
            data = open_source(path, MAX_BYTES).data
        except LimitError:
            raise
        except CrmCleanError as error:
            if error.code != "file-not-found":
                raise
            hint = Text("--update-baseline makes it", "--update-baseline legt sie an")
            raise InputError(error.what, code=error.code, hint=hint, where=error.where) from None
        return _parsed(data, path)

    def fitting(self, cleaned: Normalised, path: str) -> Baseline:
        """This baseline, if it is one of this table; columns that are new to it are welcome.

        Raises:
            InputError: ``baseline-mismatch``.
        """
        missing = [name for name in self.columns if name not in cleaned.table.names]
        if missing:
            names = ", ".join(f'"{visible(name)}"' for name in missing[:_NAMED]) + (" …" if missing[_NAMED:] else "")
            raise _refused(
                path, "baseline-mismatch", Text(f"no column {names} here", f"hier gibt es keine Spalte {names}")
            )
        found = record_id_column(cleaned)
        if found != self.record_id:
            then, now = (f'"{visible(name)}"' if name else "–" for name in (self.record_id, found))
            raise _refused(
                path,
                "baseline-mismatch",
                Text(f"the records' ids were in {then}, now in {now}", f"IDs standen in {then}, jetzt in {now}"),
            )
        return self

    def keyed(self, findings: pl.DataFrame) -> pl.DataFrame:
        """The entry of each finding.

        Args:
            findings: ``finding_list.ALL_SCHEMA``, values as they are.

        Returns:
            ``code, column, key`` in the same order; several equal ones are told apart by a number.
        """
        keys = [digest.hex() for digest in finding_hashes(findings, self.salt, _KEY_BYTES)]
        entries = findings.select("code", pl.col("column").fill_null("")).with_columns(
            pl.Series("key", keys, pl.String)
        )
        nth = nth_of_equal(_ENTRY)
        return entries.with_columns(
            pl.when(nth > 0).then(pl.format("{}-{}", "key", nth + 1)).otherwise("key").alias("key")
        )

    def is_new(self, keyed: pl.DataFrame) -> pl.Series:
        """Of each finding whether it is not known."""
        known = self.entries.with_columns(pl.lit(value=False).alias("is_new"))
        joined = keyed.join(known, on=_ENTRY, how="left", maintain_order="left")
        return joined["is_new"].fill_null(value=True)

    def compared(self, keyed: pl.DataFrame, is_new: pl.Series) -> BaselineFigures:
        """How many findings are known, new, and gone."""
        stale = self.entries.join(keyed, on=_ENTRY, how="anti", maintain_order="left")
        by_code = stale.group_by("code", maintain_order=True).len().sort("len", descending=True, maintain_order=True)
        new = int(is_new.sum())
        return BaselineFigures(len(is_new) - new, new, stale.height, tuple(by_code.iter_rows()))

    def updated(self, keyed: pl.DataFrame, cleaned: Normalised) -> Baseline:
        """With exactly these findings: new ones are known from now on, stale ones are gone."""
        return Baseline(self.salt, cleaned.table.names, self.record_id, keyed.sort(_ENTRY))

    def content(self) -> bytes:
        """The file; equal baselines give equal bytes."""
        sink = io.BytesIO()
        self.entries.write_csv(sink, line_terminator="\n")
        body = sink.getvalue()
        head = {
            _MARK: VERSION,
            "columns": list(self.columns),
            "record_id": self.record_id,
            "entries": self.entries.height,
            "salt": self.salt.hex(),
            "sha256": hashlib.sha256(body).hexdigest(),
        }
        return json_text(head).encode() + b"\n" + body


def _parsed(data: bytes, path: str) -> Baseline:
    first, _, body = data.partition(b"\n")
    try:
        head = json.loads(first)
        version = head[_MARK]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _refused(path, "baseline-damaged") from None
    if isinstance(version, int) and version > VERSION:
        found = Text(f"format {version}, this one knows {VERSION}", f"Format {version}, bekannt ist {VERSION}")
        raise _refused(path, "baseline-newer", found)
    if version != VERSION or not _is_sound(head, body):
        raise _refused(path, "baseline-damaged")
    return Baseline(bytes.fromhex(head["salt"]), tuple(head["columns"]), head["record_id"], _entries(body, path))


def _is_sound(head: dict[str, Any], body: bytes) -> bool:
    columns, salt = head.get("columns"), str(head.get("salt"))
    return (
        isinstance(columns, list)
        and all(isinstance(name, str) for name in columns)
        and isinstance(head.get("record_id"), str)
        and re.fullmatch(f"[0-9a-f]{{{2 * _SALT_BYTES}}}", salt) is not None
        and hashlib.sha256(body).hexdigest() == head.get("sha256")
    )


def _entries(body: bytes, path: str) -> pl.DataFrame:
    try:
        frame = pl.read_csv(io.BytesIO(body), infer_schema=False, glob=False)
    except pl.exceptions.PolarsError:
        raise _refused(path, "baseline-damaged") from None
    if frame.columns != list(_ENTRY):
        raise _refused(path, "baseline-damaged")
    return frame.unique(maintain_order=True)


def _refused(path: str, code: str, detail: Text | None = None) -> InputError:
    return InputError(message(code, detail), code=code, where=shown_path(path))
