"""Workbooks made to hurt: each is refused quickly, in little memory, and this process lives on."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Callable

import pytest
from tests.workbooks import MAIN, ods_cell, ods_of, text_cell, xlsx_of, xlsx_parts, zipped

_ROW = f"<row r='1'>{text_cell('A1', 'Firma')}{text_cell('B1', 'Ort')}</row>"
_BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)


def _sheet(inner: str) -> bytes:
    return xlsx_of(f"<sheetData>{inner}</sheetData>")


def _far_cell() -> bytes:
    return _sheet(f"<row r='1'>{text_cell('A1', 'x')}</row><row r='1048576'>{text_cell('XFD1048576', 'x')}</row>")


def _many_shared() -> bytes:
    shared = f'<sst xmlns="{MAIN}" count="1" uniqueCount="4294967295"><si><t>x</t></si></sst>'
    return xlsx_of('<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>', shared=shared)


def _cell_bomb() -> bytes:
    """512 MiB of empty cells in half a megabyte."""
    return _streamed(b'<c r="A1"><v>1</v></c>' * 47_662)


def _string_bomb() -> bytes:
    return _streamed(b"x" * 1024**2, b'<c r="A1" t="inlineStr"><is><t>', b"</t></is></c>")


def _streamed(piece: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    parts = xlsx_parts("")
    del parts["xl/worksheets/sheet1.xml"]
    buffer = io.BytesIO(zipped(parts))
    with (
        zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as entry,
    ):
        entry.write(f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">'.encode() + before)
        for _ in range(512):
            entry.write(piece)
        entry.write(after + b"</row></sheetData></worksheet>")
    return buffer.getvalue()


def _with_sheet(xml: str) -> bytes:
    parts = xlsx_parts("")
    parts["xl/worksheets/sheet1.xml"] = xml
    return zipped(parts)


def _billion_laughs() -> bytes:
    return _with_sheet(
        f"{_BOMB}]><worksheet xmlns='{MAIN}'><sheetData><row r='1'><c r='A1' t='str'><v>&j;</v></c></row></sheetData>"
        "</worksheet>"
    )


def _external_entity() -> bytes:
    return _with_sheet(
        f"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><worksheet xmlns='{MAIN}'><sheetData><row r='1'>"
        "<c r='A1' t='str'><v>&e;</v></c></row></sheetData></worksheet>"
    )


def _deep_xml() -> bytes:
    # Random-looking names, so that the ratio of the zip does not give it away first.
    names = [f"e{(n * 7919) % 99991}" for n in range(50_000)]
    inner = "".join(f"<{name}>" for name in names) + "".join(f"</{name}>" for name in reversed(names))
    return _sheet(f"{_ROW}{inner}")


def _twice() -> bytes:
    buffer = io.BytesIO(_sheet(_ROW))
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
    return buffer.getvalue()


def _absolute() -> bytes:
    return zipped({**xlsx_parts(_ROW), "/etc/evil.xml": "x"})


def _traversal() -> bytes:
    return zipped({**xlsx_parts(_ROW), "../../evil.xml": "x"})


def _many_entries() -> bytes:
    return zipped({**xlsx_parts(_ROW), **{f"x/{n}": "" for n in range(1_001)}})


def _ods_repeat() -> bytes:
    cell = ods_cell("x", 'office:value-type="string" table:number-columns-repeated="16384"')
    return ods_of(f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>')


def _ods_entities() -> bytes:
    return ods_of(f"<table:table-row>{ods_cell('&j;')}</table:table-row>", doctype=f"{_BOMB}]>")


def _ole_counts() -> bytes:
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504)
    struct.pack_into("<HHHH", header, 24, 0x3E, 3, 0xFFFE, 9)
    struct.pack_into("<I", header, 44, 0xFFFFFFFF)
    return bytes(header) + b"\0" * 4096


def _truncated() -> bytes:
    data = _sheet(_ROW * 50)
    return data[: len(data) * 2 // 3]


def _damaged() -> bytes:
    data = bytearray(_sheet(_ROW))
    at = data.index(b"xl/worksheets/sheet1.xml") + 40
    data[at : at + 20] = b"\xff" * 20
    return bytes(data)


CASES: list[tuple[str, Callable[[], bytes], str, int]] = [
    ("far cell", _far_cell, "limit-exceeded", 7),
    ("count of shared texts", _many_shared, "limit-exceeded", 7),
    ("cell bomb", _cell_bomb, "limit-exceeded", 7),
    ("string bomb", _string_bomb, "limit-exceeded", 7),
    ("billion laughs", _billion_laughs, "format-error", 7),
    ("external entity", _external_entity, "format-error", 7),
    ("deep XML", _deep_xml, "limit-exceeded", 7),
    ("entry twice", _twice, "format-error", 7),
    ("path out of the zip", _traversal, "format-error", 7),
    ("absolute path in the zip", _absolute, "format-error", 7),
    ("too many entries", _many_entries, "limit-exceeded", 7),
    ("ods repeats", _ods_repeat, "limit-exceeded", 7),
    ("ods entities", _ods_entities, "format-error", 7),
    ("OLE counts", _ole_counts, "format-error", 3),
    ("truncated", _truncated, "truncated-file", 3),
    ("damaged stream", _damaged, "format-error", 3),
    ("zip of something else", lambda: zipped({"a.txt": "hello"}), "not-a-table", 3),
    (
        "missing sheet part",
        lambda: zipped({k: v for k, v in xlsx_parts(_ROW).items() if "sheet1" not in k}),
        "format-error",
        3,
    ),
    ("shared text missing", lambda: _sheet("<row r='1'><c r='A1' t='s'><v>7</v></c></row>"), "format-error", 3),
    ("cell outside", lambda: _sheet("<row r='1'><c r='XFE1' t='str'><v>x</v></c></row>"), "format-error", 3),
    ("row outside", lambda: _sheet("<row r='1048577'><c r='A1048577' t='str'><v>x</v></c></row>"), "format-error", 3),
    ("number is none", lambda: _sheet("<row r='1'><c r='A1'><v>1e999</v></c></row>"), "format-error", 3),
    ("cell twice", lambda: _sheet(f"<row r='1'>{text_cell('A1', 'x')}{text_cell('A1', 'y')}</row>"), "format-error", 3),
]


# Reads a file and prints the error's code and exit code, whether it is of the right kind, and the peak of its children
# in KiB. A process of its own, because the peak is that of all children a process ever had.
_READ = """
import resource, sys
from pathlib import Path
from crmclean.core.errors import CrmCleanError, InputError, LimitError
from crmclean.stages.read import read_source
from crmclean.plugins import ReadOptions
from crmclean.table import Source
try:
    read_source(Source(Path("x.xlsx"), "x.xlsx", sys.stdin.buffer.read()), ReadOptions())
except CrmCleanError as error:
    kind = isinstance(error, (InputError, LimitError))
    print(error.code, error.exit_code, kind, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.parametrize(("make", "code", "exit_code"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_is_refused_at_once(make: Callable[[], bytes], code: str, exit_code: int) -> None:
    """Within 20 s and 400 MB, and the process that asked lives on to say so."""
    done = subprocess.run([sys.executable, "-c", _READ], input=make(), capture_output=True, check=True, timeout=20)
    said_code, said_exit, is_right_kind, peak_kib = done.stdout.decode().split()
    assert (said_code, int(said_exit), is_right_kind) == (code, exit_code, "True")
    assert int(peak_kib) < 400 * 1024
