"""F27-F35: values that loaders change, or that harm whoever opens them. They stay as they are, and are flagged."""

from __future__ import annotations

import json
import re
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.faults.driving import Driver

from crmclean import api

TEXTS = (
    *("01067", "1.10", "1e5", "1E5", "TRUE", "false", "00", "-0", "+49351", "007", "0x1F", "1_000", " x ", "1,5"),
    *("123456789012345678901234567890", "2026-01-31", "31.02.2026", "45000", "NaN", "inf", "None", "null", "Infinity"),
)
PLACEHOLDERS = ("Null", "NA", "NO", "#N/A", r"\N", "n/a", "-", "xxx", "unbekannt", "test", "k.A.", "NULL")
ODD = (
    "Adler\u202eGmbH",
    "Ad\u200bler",
    "М\u0430ier",
    "Adler\u00a0GmbH",
    "a\ufffdb",
    "ｉｎｆｏ＠example.org",
    "ﬁrma",
    "İstanbul",
)
FORMULAS = ("=1+1", '=HYPERLINK("http://example.org")', "+SUM(A1)", "-x", "@SUM(A1)", "\t=1", "＝1+1", "'=1+1")
MARKUP = (
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</td></table><h1>x", "&lt;b&gt;", "javascript:x"),
    *("[red]x[/red]", "[/x]", "{{7*7}}", "\x1b[31mrot", "\x9b31m", "\x07", "${x}", "%s%n", "--></style><svg onload=x>"),
)


def table_of(values: tuple[str, ...], label: str = "Notiz") -> str:
    """A table with one value a record in its third column."""
    rows = (f'{n};Adler {n} GmbH;"{value.replace(chr(34), chr(34) * 2)}"\n' for n, value in enumerate(values, 1))
    return f"Nr;Firma;{label}\n" + "".join(rows)


@pytest.mark.parametrize(
    "values", [TEXTS, PLACEHOLDERS, ODD, FORMULAS, MARKUP], ids=["F27", "F30", "F31", "F33", "F34"]
)
def test_texts_come_out_as_they_went_in(values: tuple[str, ...], crm: Driver) -> None:
    """In a column nobody judges not a byte changes, whatever a value looks like to a loader."""
    data = table_of(values)
    done = crm.run(crm.file(data), "--map", "Notiz=text")
    assert done.code == 0, done.err
    assert (done.folder / "cleaned.csv").read_bytes() == data.encode()
    assert crm.undone(done) == data.encode()


@pytest.mark.parametrize(
    ("fault", "label", "field", "value", "code"),
    [
        ("F06", "Firma2", "text", "MÃ¼ller", "mojibake"),
        ("F09", "Notiz", "text", "a\x01b", "control-character"),
        ("F28", "Telefon", "phone", "4.91701E+11", "phone.precision-lost"),
        ("F28", "Telefon", "phone", "4,98912E+11", "phone.precision-lost"),
        ("F29", "Geändert", "modified_at", "31.02.2024", "modified_at."),
        ("F29", "Umsatz", "revenue", "1.234", "revenue.ambiguous"),
        ("F30", "Firma2", "company_name", "n/a", "placeholder-value"),
        ("F30", "Nachname", "last_name", "unbekannt", "placeholder-value"),
        ("F31", "Notiz", "text", "Ad\u200bler", "invisible-character"),
        ("F31", "Notiz", "text", "Adler\u202eGmbH", "invisible-character"),
        ("F31", "Notiz", "text", "М\u0430ier Maiеr", "mixed-script"),
        ("F33", "Notiz", "text", "=1+1", "formula-cell"),
        ("F33", "Notiz", "text", "@SUM(A1)", "formula-cell"),
        ("F35", "Firma2", "company_name", "x" * 5000, "value-too-long"),
        ("F35", "E-Mail", "email", "x" * 5000, "value-too-long"),
    ],
)
def test_doubtful_values_are_kept_and_flagged(
    fault: str, label: str, field: str, value: str, code: str, crm: Driver
) -> None:
    data = table_of((value,) * 2, label)
    done = crm.run(crm.file(data), "--map", f"{label}={field}")
    found = {found for _, column, found in done.findings if column == label}
    assert any(name.startswith(code) for name in found), found
    assert (done.folder / "cleaned.csv").read_bytes() == data.encode()


def test_ambiguous_dates_are_flagged(crm: Driver) -> None:
    done = crm.run(crm.file(table_of(("03/04/2024", "05/06/2024", "07/08/2024"), "Geändert am")))
    assert {code for _, column, code in done.findings if column == "Geändert am"} == {"modified_at.ambiguous"}
    assert not done.rows("changes.csv")


@pytest.mark.parametrize("value", ["+49 351 123456", "-12,50", "a@example.org", "(030) 23125 001", "-", "+1"])
def test_numbers_phones_and_mails_are_no_formulas(value: str, crm: Driver) -> None:
    done = crm.run(crm.file(table_of((value, value))))
    assert "formula-cell" not in {code for *_, code in done.findings}


def test_composed_and_decomposed_letters_are_left_alone(crm: Driver) -> None:
    """F32: normal forms are for keys only."""
    data = table_of(("Mu\u0308ller", "Müller", "Straße", "STRASSE", "ﬁ"))
    done = crm.run(crm.file(data))
    assert (done.folder / "cleaned.csv").read_bytes() == data.encode()


TRAPS = ("a" * 4000 + "!", "(" * 3000, "-" * 3000, "1" * 4000, "a." * 2000, " " * 4000 + "x", "a@" * 2000, "ä-" * 2000)


@pytest.mark.parametrize(
    "field",
    [
        "phone",
        "email",
        "company_name",
        "street",
        "full_address",
        "full_name",
        "website",
        "revenue",
        "vat_id",
        "modified_at",
    ],
)
def test_no_value_is_slow(field: str, crm: Driver) -> None:
    """F35: seconds, not minutes, for what makes backtracking patterns explode."""
    data = table_of((*TRAPS, "x" * 50_000))
    started = time.process_time()
    done = crm.run(crm.file(data), "--map", f"Notiz={field}")
    assert time.process_time() - started < 10
    assert done.code == 0
    assert crm.undone(done) == data.encode()


class Page(HTMLParser):
    """What a browser would see of a page."""

    ALLOWED_URLS = re.compile(r"#[\w-]*|data:image/svg\+xml.*")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.active: list[tuple[str, str, str | None]] = []
        self.policy = ""
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        given = dict(attrs)
        if tag == "meta" and given.get("http-equiv", "").lower() == "content-security-policy":  # type: ignore[union-attr]
            self.policy = given["content"] or ""
        for name, value in attrs:
            is_link = name in ("src", "href", "action", "data", "xlink:href", "srcset", "formaction", "background")
            if name.startswith("on") or (is_link and not self.ALLOWED_URLS.fullmatch(value or "")):
                self.active.append((tag, name, value))

    def handle_data(self, data: str) -> None:
        self.text += data


def page_of(folder: Path) -> Page:
    """The report of a run, held against what every report must be (I14)."""
    page = Page((folder / "report.html").read_text(encoding="utf-8"))
    assert page.active == []
    assert not page.tags & {"script", "iframe", "object", "embed", "link", "base", "form", "img"}
    assert "default-src 'none'" in page.policy
    return page


LABELS = (*MARKUP, "\u202egnp.exe", 'a" onclick="x', "a\nb", "\u2066x", "a\rb", "<b>", "\x7f")


@pytest.mark.parametrize("language", ["en", "de"])
def test_reports_and_terminal_are_inert_whatever_labels_say(language: str, crm: Driver) -> None:
    """F34, I14: in labels and file names. The driver refuses control characters on the terminal."""
    quoted = ";".join('"' + label.replace('"', '""') + '"' for label in LABELS)
    more = "".join(f"{n};Adler {n} GmbH;01067;Dresden{';x' * len(LABELS)}\n" for n in range(1, 6))
    export = crm.file(f"Nr;Firma;PLZ;Ort;{quoted}\n{more}", f"<b onclick=x>\u202e{language}\x1b[1m.csv")
    done = crm.run(export, "--lang", language)
    assert done.code == 0, done.err
    page_of(done.folder)
    json.loads((done.folder / "report.json").read_bytes())
    for command in (("profile", export), ("report", export), ("report", export, "--format", "markdown"),
                    ("clean", export, "--dry-run"), ("check", export, "--fail-on", "info"),
                    ("profile", export, "--json"),
                    ("check", export, "--format", "json"), ("report", export, "--format", "json"),
                    ("report", export, "--format", "html")):  # fmt: skip
        said = crm(*command, "--lang", language)
        assert said.code in (0, 1), said.err
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", said.out + said.err), command
        if "json" in command or "--json" in command:
            json.loads(said.out)


def test_reports_are_inert_whatever_values_say(crm: Driver) -> None:
    done = crm.run(crm.file(table_of(MARKUP * 3)))
    assert "alert(1)" not in page_of(done.folder).text
    assert not re.search("alert|onerror", (done.folder / "report.html").read_text())
    for command in ("profile", "report", "check"):
        assert "alert" not in crm(command, crm.folder / "export.csv").out


def wide(n: int) -> str:
    """A table of so many columns."""
    return "".join(";".join(f"{word} {at}" for at in range(n)) + "\n" for word in ("Spalte", "a", "b"))


def test_as_many_columns_as_a_sheet_has_are_read(crm: Driver) -> None:
    """F24: 16,384; one more is refused, and 20,000 too."""
    assert api.read(crm.file(wide(16_384))).frame.shape == (2, 16_384)
    for n in (16_385, 20_000):
        crm.refused(crm.run(crm.file(wide(n))), 7, "limit-exceeded")


def test_many_columns_through_the_whole_job(crm: Driver) -> None:
    """F24."""
    export = crm.file(wide(1_500))
    done = crm.run(export)
    assert done.code == 0, done.err
    assert crm.undone(done) == export.read_bytes()
