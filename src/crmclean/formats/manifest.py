"""The manifest of a run: what was read, how, what came out. It makes the other files one set, and undo possible.

No clock, no absolute path and no user name is in it: two runs of one input give the same bytes.
"""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path, PurePath
from typing import Any, BinaryIO

import polars as pl

from crmclean.core.codes import Severity
from crmclean.core.errors import InputError
from crmclean.core.language import Text
from crmclean.formats.source import shown_path
from crmclean.table import FileFacts, Normalised, Reject, Table

MANIFEST = "manifest.json"
SCHEMA_VERSION = "1"
TOOL = "crmclean"


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What the manifest says beyond the data.

    Attributes:
        command: ``run``, ``clean``, ….
        config_sha256: of everything that decides the output beside the input.
        content_sha256: of the input after decompression; empty when it is not compressed.
        thresholds: of the stages that have some, by name.
        encoding: the cleaned file's, where it was chosen to differ from the input's; else empty.
        inputs: what was read, see ``input_facts``.
        settings: what decided the run, so that it can be repeated.
    """

    command: str
    config_sha256: str
    content_sha256: str = ""
    thresholds: Mapping[str, Any] = field(default_factory=dict)
    encoding: str = ""
    inputs: Sequence[Mapping[str, Any]] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """One file of the run.

    Attributes:
        name: as seen from the manifest's folder.
        sha256: of its bytes.
    """

    name: str
    sha256: str


def build_manifest(normalised: Normalised, facts: RunFacts, files: Mapping[str, WrittenFile]) -> dict[str, Any]:
    """The manifest as JSON values, in the order it is written in."""
    table = normalised.table
    by_severity = normalised.findings.group_by("severity", maintain_order=True).len()
    n_findings = Counter(dict(by_severity.iter_rows())) + Counter(note.severity.value for note in table.notes)
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": TOOL, "version": version(TOOL)},
        "command": facts.command,
        "input": {
            "name": PurePath(table.file.path).name,
            "format": table.file.format,
            "compression": table.file.compression,
            "size_bytes": table.file.size_bytes,
            "sha256": table.file.sha256,
            "content_sha256": facts.content_sha256 or table.file.sha256,
            "facts": {name: value for name, (value, _) in table.file.facts.items()},
        },
        **_repeatable(facts),
        "as_of": normalised.as_of.isoformat(),
        "config_sha256": facts.config_sha256,
        "dialect": normalised.dialect,
        "thresholds": dict(facts.thresholds),
        "counts": {
            "rows": table.frame.height,
            "columns": table.frame.width,
            "rejects": len(table.rejects),
            "changes": normalised.changes.height,
            "findings": {severity.value: n_findings[severity.value] for severity in Severity},
        },
        "columns": [
            {"name": column.name, "label": column.label, "field": column.field, "group": column.group}
            for column in normalised.columns
        ],
        "files": {key: {"name": file.name, "sha256": file.sha256} for key, file in files.items()},
        "written": {"format": written_format(table.file.format), "encoding": facts.encoding},
        "reject_bytes": reject_bytes(table),
        "lines": line_jumps(table.lines),
        "layout": dict(table.layout),
    }


def reject_bytes(table: Table) -> list[list[Any]]:
    """The bytes of rejects that are no text of the file's encoding, each with its position in ``Table.rejects``."""
    return [
        [at, base64.b64encode(reject.raw_bytes).decode("ascii")]
        for at, reject in enumerate(table.rejects)
        if reject.raw_bytes is not None
    ]


def build_matching_manifest(
    facts: RunFacts, as_of: date, counts: Mapping[str, Any], files: Mapping[str, WrittenFile]
) -> dict[str, Any]:
    """The manifest of a run that changes no export: nothing is in it that ``undo`` would need."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": TOOL, "version": version(TOOL)},
        "command": facts.command,
        **_repeatable(facts),
        "as_of": as_of.isoformat(),
        "config_sha256": facts.config_sha256,
        "thresholds": dict(facts.thresholds),
        "counts": dict(counts),
        "files": {key: {"name": file.name, "sha256": file.sha256} for key, file in files.items()},
    }


def _repeatable(facts: RunFacts) -> dict[str, Any]:
    """What it takes to run again over the same inputs."""
    return {"inputs": [dict(one) for one in facts.inputs], "settings": dict(facts.settings)}


def input_facts(table: Table) -> dict[str, Any]:
    """What tells an input from every other: its name, size and hash. Its path as it was typed, if that was relative."""
    path = PurePath(table.file.path)
    return {
        "name": path.name,
        "path": path.name if path.is_absolute() else path.as_posix(),
        "size_bytes": table.file.size_bytes,
        "sha256": table.file.sha256,
        "rows": table.frame.height,
    }


def written_format(file_format: str) -> str:
    """As what a table of this format is written: the old workbook formats come out as xlsx."""
    return "xlsx" if file_format in ("xls", "xlsb", "ods") else file_format


def write_manifest(manifest: Mapping[str, Any], sink: BinaryIO) -> None:
    """Indented where people look, one line for each long list."""
    lines = [f"  {json.dumps(key)}: {_value(key, value)}" for key, value in manifest.items()]
    sink.write(("{\n" + ",\n".join(lines) + "\n}\n").encode())


def _value(key: str, value: Any) -> str:
    if key in ("layout", "lines", "reject_bytes"):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n  ")


def read_manifest(path: Path) -> dict[str, Any]:
    """Read a manifest that ``write_manifest`` wrote.

    Raises:
        InputError: ``file-not-found``, or ``audit-mismatch`` when it is none of ours or of a newer kind.
    """
    try:
        manifest = json.loads(path.read_bytes())
    except OSError:
        raise InputError(
            Text("there is no manifest of a run", "hier liegt kein Manifest eines Laufs"),
            code="file-not-found",
            hint=Text("name the folder that -o named", "den Ordner nennen, der mit -o angegeben war"),
            where=shown_path(str(path)),
        ) from None
    except (ValueError, RecursionError):
        manifest = None
    if not _is_ours(manifest) or manifest.get("schema_version") != SCHEMA_VERSION:
        raise mismatch(path, Text("this manifest can't be understood", "dieses Manifest ist nicht zu verstehen"))
    found: dict[str, Any] = manifest
    return found


def is_own_run(directory: Path, command: str = "") -> bool:
    """Whether the folder holds the files of an earlier run, of this command if one is named."""
    found = _peek(directory)
    return bool(found) and (not command or found.get("command") == command)


def files_of_run(directory: Path) -> list[str]:
    """Names of the files an earlier run wrote into the folder."""
    files = _peek(directory).get("files")
    listed = files.values() if isinstance(files, dict) else ()
    return [str(file["name"]) for file in listed if isinstance(file, dict) and "name" in file]


def _peek(directory: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((directory / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return manifest if _is_ours(manifest) else {}


def _is_ours(manifest: object) -> bool:
    if not isinstance(manifest, dict):
        return False
    tool = manifest.get("tool")
    return isinstance(tool, dict) and tool.get("name") == TOOL


def mismatch(path: Path, what: Text, hint: Text | None = None) -> InputError:
    """``audit-mismatch``: the files of a run do not belong together; the hint is that of ``undo`` if left out."""
    return InputError(
        what,
        code="audit-mismatch",
        hint=hint
        or Text(
            "undo needs the files of one run as they were written; nothing was written",
            "undo braucht die unveränderten Dateien eines Laufs; es wurde nichts geschrieben",
        ),
        where=shown_path(str(path)),
    )


def table_of(manifest: Mapping[str, Any], frame: pl.DataFrame, rejects: pl.DataFrame) -> Table:
    """The table as it was read, given its cells and the rows of ``rejects.csv``."""
    raw_bytes = {at: base64.b64decode(text) for at, text in manifest["reject_bytes"]}
    facts = manifest["input"]
    return Table(
        frame=frame,
        labels=tuple(column["label"] for column in manifest["columns"]),
        names=tuple(column["name"] for column in manifest["columns"]),
        lines=_lines_of(manifest["lines"], frame.height),
        rejects=tuple(
            Reject(int(line), code, raw or "", raw_bytes.get(at))
            for at, (line, code, raw) in enumerate(rejects.iter_rows())
        ),
        notes=(),
        file=FileFacts(facts["name"], facts["format"], facts["compression"], facts["size_bytes"], facts["sha256"], {}),
        layout=manifest["layout"],
    )


def line_jumps(lines: pl.Series) -> list[list[int]]:
    """The first physical line, and every row that does not stand one line below the row before.

    Nothing for formats without lines (Parquet).
    """
    if lines.null_count() == lines.len():
        return []
    steps = lines.cast(pl.Int64).diff()
    rows = (steps != 1).fill_null(True).arg_true()
    return [[row + 1, line] for row, line in zip(rows, lines.gather(rows), strict=True)]


def _lines_of(jumps: list[list[int]], n_rows: int) -> pl.Series:
    """Inverse of ``line_jumps``."""
    if not jumps:
        return pl.repeat(None, n_rows, dtype=pl.UInt32, eager=True)
    rows = pl.Series([row - 1 for row, _ in jumps], dtype=pl.Int64)
    offsets = pl.Series([line - row + 1 for row, line in jumps], dtype=pl.Int64)
    every = pl.int_range(n_rows, eager=True)
    return (every + offsets.gather(rows.search_sorted(every, side="right") - 1)).cast(pl.UInt32)
