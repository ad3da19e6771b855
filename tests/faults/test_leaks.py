"""I12: no cell's value in what is said, in the figures, or in the name of any file, whatever goes wrong."""

from __future__ import annotations

import re

import pytest
from tests.faults.driving import AS_OF, Driver

LABELS = (
    "Nr",
    "Firma",
    "Nachname",
    "Telefon",
    "E-Mail",
    "Straße",
    "PLZ",
    "Ort",
    "Land",
    "USt-IdNr.",
    "IBAN",
    "Geändert am",
)
TOKEN = re.compile(r"tok\w*en|4711\d{4}")


def leaky(n_rows: int = 12) -> str:
    """A token in every cell but the record's id, which findings name: words, numbers, what fields half understand."""
    forms = (
        "tok{}x{}en",
        "tok{}x{}en@example.org",
        "+49 30 4711{:02d}{:02d}",
        "DE4711{:02d}{:02d}9",
        "=tok{}x{}en",
        "tok{}x{}en GmbH",
    )
    rows = [
        ";".join([f"R{row}", *(forms[(row + at) % len(forms)].format(row, at) for at in range(1, len(LABELS)))])
        for row in range(n_rows)
    ]
    return "\n".join([";".join(LABELS), *rows]) + "\n"


SPOILT = {
    "sound": leaky().encode(),
    "short": (leaky() + "tok1en;tok2en\n" + leaky().partition("\n")[2]).encode(),
    "unclosed": (leaky() + 'tok1en;"tok2en;x\n' + leaky().partition("\n")[2]).encode(),
    "cut": leaky().encode()[:-20],
    "cut in a quote": (leaky() + '"tok99en').encode(),
    "no header": leaky().partition("\n")[2].encode(),
    "mixed encodings": leaky().encode() + "tok1en;Mü\n".encode("cp1252"),
    "another encoding": (leaky() + "tök1en;" * 11 + "Größe\n").encode("mac_roman"),
    "bad byte": leaky().encode().replace(b"tok5", b"tok\x815"),
    "NUL": leaky().encode() + b"\0" * 99,
    "tie": leaky().replace(";", ";,").encode(),
    "doubled": leaky().replace(";", "||").encode(),
    "other delimiter": (leaky() + leaky().partition("\n")[2].replace(";", ",")).encode(),
    "footer": (leaky() + "Summe;4711999;;;;;;;;;;\n").encode(),
    "one column": ("E-Mail\n" + "tok1en@example.org\n\n" * 9).encode(),
    "JSON lines": b'{"Firma": "tok1en", "E-Mail": "tok2en@"}\n{"Firma": "tok3en"\n{"E-Mail": 47110000}\n',
    "JSON": b'[{"Firma": "tok1en"}]',
    "HTML": b"<html><body>tok1en</body></html>",
    "parquet": b"PAR1" + b"tok1en" * 20 + b"PAR1",
    "workbook": b"PK\x03\x04" + b"tok1en" * 99,
    "gzip": b"\x1f\x8b\x08" + b"tok1en" * 9,
}  # fmt: skip
COMMANDS = (
    ("run", "-o", "out", "-v"),
    ("clean", "-o", "clean.csv", "--debug"),
    ("check", "--fail-on", "info"),
    ("check", "--format", "json"),
    ("profile",),
    ("profile", "--json"),
    ("init", "-o", "crmclean.toml"),
    ("run", "-o", "wrong", "--encoding", "utf-16"),
    ("clean", "-o", "wrong.csv", "--no-header", "--output-encoding", "ascii", "--unsafe-fixes"),
)


@pytest.mark.parametrize("fault", SPOILT)
def test_no_value_is_said(fault: str, crm: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(crm.folder)
    export = crm.file(SPOILT[fault])
    for command, *more in COMMANDS:
        when = AS_OF if command != "init" else ()
        done = crm(command, export.name, *more, *when)
        assert done.code != 70, done.err
        # A record that was told to be the header gives the columns their names.
        if more[:1] != ["-o"] or not more[1].startswith("wrong"):
            assert not TOKEN.search(done.out + done.err), command
        assert "Traceback" not in done.err
    for path in crm.folder.rglob("*"):
        assert not TOKEN.search(path.name)
        if path.parent.name == "out" and (path.suffix in (".html", ".json") and path.name != "manifest.json"):
            assert not TOKEN.search(path.read_text(encoding="utf-8")), path.name
    with_values = crm("check", export.name, "--show-values", *AS_OF)
    assert with_values.code in (0, 1, 3)
