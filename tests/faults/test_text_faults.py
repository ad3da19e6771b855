"""F01-F21: text tables with one fault each. Loaded right, quarantined line by line, or refused: never read wrongly."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from tests.faults.driving import GOOD, HEAD, ROWS, Driver, assert_conserved, assert_message

UMLAUT = GOOD.replace("Dresden", "Köln").replace("01067", "50667")
WORDS = UMLAUT + "6;Müller & Söhne;50667;Köln – Süd\n7;Bäckerei Größ;50667;Köln\n"
BOM = "\ufeff"


@dataclass(frozen=True)
class Loaded:
    """One file that is loaded, with what is quarantined and noted on the way.

    Attributes:
        fault: id of the fault table and the variant.
        data: the file.
        n_rows: records.
        rejects: line and code of each quarantined line.
        notes: codes that must be among the notes.
        encoding: of the file.
        options: further arguments.
    """

    fault: str
    data: bytes
    n_rows: int = 5
    rejects: tuple[tuple[int, str], ...] = ()
    notes: frozenset[str] = frozenset()
    encoding: str = "utf-8"
    options: tuple[str, ...] = ()


def text(fault: str, data: str, n_rows: int = 5, *rejects: tuple[int, str], **more: str) -> Loaded:
    """A file in UTF-8; ``notes``: codes with blanks between them."""
    notes = frozenset(more.get("notes", "").split())
    return Loaded(fault, data.encode(), n_rows, rejects, notes, options=tuple(more.get("options", "").split()))


def coded(fault: str, data: str, encoding: str, notes: str = "", bom: str = "", n_rows: int = 5) -> Loaded:
    """A file in another encoding."""
    return Loaded(fault, (bom + data).encode(encoding), n_rows, (), frozenset(notes.split()), encoding)


LOADED = (
    coded("F01 BOM", UMLAUT, "utf-8", bom=BOM),
    coded("F01 UTF-16 LE", UMLAUT, "utf-16-le", bom=BOM),
    coded("F01 UTF-16 BE", UMLAUT, "utf-16-be", bom=BOM),
    coded("F01 UTF-32 LE", UMLAUT, "utf-32-le", bom=BOM),
    coded("F01 UTF-32 BE", UMLAUT, "utf-32-be", bom=BOM),
    coded("F02 UTF-16 LE", UMLAUT, "utf-16-le", "encoding-guessed"),
    coded("F02 UTF-16 BE", UMLAUT, "utf-16-be", "encoding-guessed"),
    coded("F03 cp1252", WORDS, "cp1252", "encoding-guessed", n_rows=7),
    Loaded("F03 cp850 as told", WORDS.replace("–", "-").encode("cp850"), 7, (), frozenset(), "cp850",
           ("--encoding", "cp850")),
    Loaded("F04 cp1252 line", WORDS.encode() + "8;Müller;1;Köln\n".encode("cp1252") + "9;Bär;1;Köln\n".encode(), 8,
           ((9, "encoding-mixed"),), frozenset({"encoding-mixed"})),
    Loaded("F05 bad byte in line 3", UMLAUT.encode().replace(b"Adler 2", b"Ad\x81ler"), 4,
           ((3, "encoding-error"),), frozenset({"encoding-error"})),
    Loaded("F05 bad byte in line 20,002", UMLAUT.encode() + b"x;y;1;z\n" * 19_995 + b"1;\x81;1;x\n" + b"2;b;1;x\n",
           20_001, ((20_002, "encoding-error"),), frozenset({"encoding-error"})),
    Loaded("F05 CESU-8", GOOD.encode() + b"6;\xed\xa0\xbd\xed\xb8\x80;1;x\n", 5, ((7, "encoding-mixed"),)),
    text("F06 mojibake", GOOD + "6;MÃ¼ller;01067;Dresden\n", 6, notes="mojibake"),
    text("F07 joined with BOM", GOOD + BOM + GOOD, 10, (7, "repeated-header")),
    text("F07 header again", GOOD + GOOD, 10, (7, "repeated-header")),
    Loaded("F08 cut in a character", (GOOD + "6;Mü").encode()[:-1], 5, ((7, "truncated-file"),),
           frozenset({"truncated-file"})),
    text("F08 cut in a quote", GOOD + '6;"Mül', 5, (7, "truncated-file"), notes="truncated-file"),
    text("F08 cut in a record", GOOD + "6;Mül", 5, (7, "truncated-file"), notes="truncated-file"),
    text("F09 NUL padding", GOOD + "\0" * 8192, 5, (7, "truncated-file"), notes="truncated-file"),
    text("F09 NUL in a cell", GOOD + "6;A\0B;01067;Dresden\n", 6, notes="control-character"),
    text("F09 control characters", GOOD + "6;A\x01\x1b[31mB;01067;Dresden\n", 6, notes="control-character"),
    text("F10 quoted line ends", GOOD + '6;"A\nB\r\nC\rD";01067;Dresden\n', 6),
    text("F10 VT FF NEL LS", GOOD + "6;A\x0bB\x0cC\x85D\u2028E;01067;Dresden\n", 6),
    text("F10 first quoted line end late", GOOD + "1;x;1;y\n" * 30_000 + '2;"x\ny";1;z\n', 30_006),
    text("F11 CR only", GOOD.replace("\n", "\r")),
    text("F11 CRLF and LF", GOOD.replace("\n", "\r\n") + "6;x;1;y\n", 6, notes="line-ends"),
    text("F11 CR, CRLF and LF", GOOD.replace("\n", "\r\n") + "6;x;1;y\r7;x;1;y\n", 7, notes="line-ends"),
    text("F12 unclosed", HEAD + '0;"Falke;1;x\n' + ROWS, 5, (2, "unbalanced-quote")),
    text("F12 unclosed, quotes below", HEAD + '0;"Falke;1;x\n' + ROWS + '6;"B;C";1;x\n', 6, (2, "unbalanced-quote")),
    text("F13 quotes in quotes", HEAD + '0;"Firma "Adler" GmbH";1;x\n' + ROWS, 5, (2, "stray-quote")),
    text("F13 backslash", HEAD + '0;"Firma \\"Adler\\" GmbH";1;x\n' + ROWS, 6, notes="unusual-dialect"),
    text("F13 blank before quote", HEAD + '0; "A";1;x\n' + '6;"B";1;x\n' + ROWS, 6, (2, "stray-quote")),
    text("F13 no quoted cell at all", HEAD + '0; "A";1;x\n' + ROWS, 6),
    text("F14 short", GOOD + "6;A;1\n" + ROWS, 10, (7, "missing-cell")),
    text("F14 long", GOOD + "6;A;1;x;y\n" + ROWS, 10, (7, "extra-cell")),
    text("F14 one delimiter more", GOOD + "6;A;1;x;\n" + ROWS, 10, (7, "extra-cell")),
    text("F14 other delimiter", GOOD + "6,A,1,x\n" + ROWS, 10, (7, "other-delimiter")),
    text("F14 widening", GOOD + ROWS.replace("\n", ";x\n") * 3 + "6;x;1;y\n", 6,
         *((line, "extra-cell") for line in range(7, 22))),
    text("F14 two tables", GOOD + "\nName;Telefon\nA;1\nB;2\n", 5, *((n, "suspect-footer") for n in (8, 9, 10))),
    text("F15 blank lines", GOOD + "\n\n" + ROWS, 10, notes="blank-row"),
    text("F15 delimiters only", GOOD + ";;;\n" + ROWS, 11, notes="empty-record"),
    text("F15 one column", "E-Mail\na@example.org\n\nb@example.org\n", 2, notes="blank-row"),
    *(text(f"F16 {sign!r}", GOOD.replace(";", sign)) for sign in ("\t", "|", ",")),
    text("F16 sep=", "sep=;\n" + GOOD),
    text("F16 decimal comma", "Nr;Umsatz;A;B\n" + "1;1,5;2,5;3,5\n" * 5),
    text("F17 single quotes", "Nr;Firma;PLZ;Ort\n" + "'1';'A; B';'01067';'Dresden'\n" * 5),
    text("F17 doubled", GOOD.replace(";", "||"), notes="unusual-dialect"),
    text("F17 tie, as told", "a,b;c,d\n" + "1,2;3,4\n" * 5, 5, options="--delimiter ;"),
    text("F18 title", "Adressliste Stand Januar\n\n" + GOOD, 5, notes="preamble"),
    text("F18 comment", "# exported by hand\n" + GOOD, 5, notes="preamble"),
    text("F18 two header lines", "Firma;Adresse;;\nName;Straße;PLZ;Ort\n" + "A;x;01067;Dresden\nB;y;01067;Dresden\n", 2,
         notes="multi-line-header"),
    text("F19 total", GOOD + "Summe;5;;\n", 5, (7, "suspect-footer")),
    text("F19 footer", GOOD + "\nErstellt am 1.1.2026\n", 5, (8, "suspect-footer")),
    text("F20 as told", ROWS, 5, options="--no-header"),
    text("F21 labels", "Nr;Telefon;Telefon;; Ort \n" + "1;030 23125001;030 23125002;x;Berlin\n" * 2, 2,
         notes="duplicate-label blank-label label-whitespace"),
    text("F23 header only", HEAD, 0, notes="no-rows"),
)  # fmt: skip


@pytest.mark.parametrize("case", LOADED, ids=lambda case: case.fault)
def test_what_can_be_read_is_read_right_and_comes_back(case: Loaded, crm: Driver) -> None:
    export = crm.file(case.data)
    done = crm.run(export, *case.options)
    assert done.code == (1 if case.rejects else 0), done.err
    assert done.manifest["counts"]["rows"] == case.n_rows
    assert tuple(done.rejects) == case.rejects
    assert case.notes <= {code for _, _, code in done.findings}  # of the file, or of the very cells
    assert done.notes == {code for row, _, code in done.findings if not row}
    assert sum(done.manifest["counts"]["findings"].values()) == len(done.findings)
    if case.n_rows < 1000:
        assert_conserved(case.data, done, case.encoding)
    assert crm.undone(done) == case.data
    assert export.read_bytes() == case.data


@pytest.mark.parametrize(
    ("fault", "data", "codes"),
    [
        ("F03 cp850", WORDS.replace("–", "-").encode("cp850"), "encoding-unknown"),
        ("F03 Mac", WORDS.encode("mac_roman"), "encoding-unknown"),
        ("F03 Shift-JIS", (GOOD + "6;株式会社;1;東京\n").encode("shift_jis"), "encoding-unknown"),
        ("F03 UTF-32 without BOM", UMLAUT.encode("utf-32-le"), "encoding-unknown encoding-error"),
        ("F05 bad byte in the header", b"Nr;F\x81rma;PLZ;Stra\xc3\x9fe\n1;\xc3\xa4\xc3\xb6;\xc3\xbc;d\n" * 3,
         "encoding-error encoding-unknown"),
        ("F17 tie", b"a,b;c,d\n1,2;3,4\n5,6;7,8\n", "dialect-ambiguous"),
        ("F20 no header", ROWS.encode(), "no-header"),
        ("F22 no byte", b"", "empty-file"),
        ("F22 BOM only", b"\xef\xbb\xbf", "empty-file"),
        ("F22 blanks only", b" \n\r\n \t\n", "empty-file"),
        ("F22 UTF-16 BOM only", b"\xff\xfe", "empty-file"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_can_not_be_known_is_asked(fault: str, data: bytes, codes: str, crm: Driver) -> None:
    crm.refused(crm.run(crm.file(data)), 3, *codes.split())


@pytest.mark.parametrize("command", ["run", "clean"])
def test_what_is_wrong_with_a_file_is_said_at_once(command: str, crm: Driver) -> None:
    """Nothing silent: each kind once, with its first line, in the form errors have."""
    export = crm.file(WORDS.encode("cp1252") + b"8;x\n8;x\n;;;\n9;a;1;y\n")
    done = crm(command, export, "-o", crm.folder / "out")
    *said, _, why = done.err.splitlines()
    assert [line.removeprefix(str(export)).split(": ")[:2] for line in said] == [
        ["", "encoding-guessed"], [":11", "empty-record"], [":9", "missing-cell"],
    ]  # fmt: skip
    assert "(and 1 more)" in said[2]
    assert why == "2 lines are no records (none allowed)"
    for line in said:
        assert_message(line + "\n")


@pytest.mark.parametrize("encoding", ["cp1252", "iso8859-15", "cp850", "mac_roman", "cp1250", "utf-8", "utf-16"])
def test_no_word_is_ever_wrong(encoding: str, crm: Driver) -> None:
    """F03: every encoding gives the right words or a question."""
    done = crm.run(crm.file(WORDS.replace("–", "-").encode(encoding)))
    if done.code == 0:
        read = done.manifest["layout"]["encoding"]
        assert [row[1] for row in done.cells(read)][6:] == ["Müller & Söhne", "Bäckerei Größ"]
    else:
        crm.refused(done, 3, "encoding-unknown")


@pytest.mark.parametrize("option", ["||", "", "ab", "\n", '"', "\\", "é", "\x00", "\t"])
def test_any_delimiter_may_be_told(option: str, crm: Driver) -> None:
    done = crm.run(crm.file(GOOD), "--delimiter", option)
    if option in ("||", "\t"):  # possible, but not in this file: the table is one column then, and that is said
        assert done.code == 0
        assert "single-column" in done.notes
    elif option:
        crm.refused(done, 3, "dialect-ambiguous")
    else:
        assert done.code == 0


def test_no_quote_mark_is_ever_dropped(crm: Driver) -> None:
    done = crm.run(crm.file(HEAD + '0; "A" B;1;x\n' + ROWS))
    assert done.manifest["layout"]["quote"] == ""
    assert '"A" B' in (done.folder / "cleaned.csv").read_text()


def test_lines_stay_physical_behind_blank_and_quoted_lines(crm: Driver) -> None:
    done = crm.run(crm.file("Titel\n\n" + HEAD + '1;"A\nB";1;x\n\n' + "2;A;1;x\n" * 3 + "2;zu wenig\n" + "3;A;1;x\n"))
    assert done.rejects == [(10, "missing-cell")]
    assert done.rows("rejects.csv")[0]["raw"] == "2;zu wenig"
