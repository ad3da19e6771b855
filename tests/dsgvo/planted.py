"""Exports full of invented personal values that stand nowhere else, and the search for them in whatever was written.

Every word of theirs is made up, so that a hit is a leak and not a word of ours.
"""

from __future__ import annotations

import csv
import html
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile, is_zipfile

import xlsxwriter

LABELS = (
    *("Kundennummer", "Firma", "Vorname", "Nachname", "Straße", "PLZ", "Ort", "Land", "Telefon", "Mobil", "E-Mail"),
    *("Geburtsdatum", "IBAN", "USt-IdNr.", "Betreuer", "Notiz", "Lieblingstier", "Werbesperre", "E-Mail erlaubt"),
    *("Erster Kauf", "Letzter Kauf", "Anzahl Käufe", "Umsatz mit Kunde", "NPS", "Segment"),
)
_FIRST = ("Quirolinde", "Bartofried", "Zwiebelgund", "Öhmtraud", "Knarzibald", "Wuppsine", "Flöranze", "Dorbertine")
_LAST = (
    "Wackelzahn",
    "Grünspechter",
    "Pumpelmoser",
    "Tschirpinger",
    "Nüßlgruber",
    "Quastenflos",
    "Zottelhuber",
    "Ürzbacher",
)
_FIRM = ("Schnorpfel", "Zuckergoscherl", "Blubbertronik", "Kruschkiste", "Wummsfabrik", "Pfifferlingo", "Räucherwicht")
_STREET = ("Kneippzwirnallee", "Hutzelmännleinweg", "Am Gnarrenbusch", "Quetschkommodengasse", "Plüschhasensteig")
_CITY = ("Wolpertsfeldau", "Oberknitterbach", "Großzipfelsried", "Kleinquakenheim")
_OWNERS = ("Hadumoth Stelzfuchs", "Ignazius Brummkreisler", "Leokardia Fixundfertig")
_WORD = re.compile(r"[^\W\d_]{4,}")
# Words that are also ours, or everybody's: of legal forms, reserved domains and countries.
_COMMON = frozenset(
    "gmbh example test deutschland österreich italien info firma kunde nein nach oder wegen eins zeile lose".split()
)


def records() -> list[list[str]]:
    """Forty records with every kind of fault, some of them twice."""
    rows = []
    for n in range(40):
        first, last, firm = _FIRST[n % 8], _LAST[(n * 3 + n // 8) % 8], _FIRM[n % 7]
        street, city, owner = _STREET[n % 5], _CITY[n % 4], _OWNERS[n % 3]
        domain = f"{_plain(firm)}{n}.example"
        rows.append([
            f"{last.upper()}-{n:03}", f"{firm} {n} GmbH", first, last, f"{street} {n + 1}", f"{91000 + n * 37:05}",
            city, ("Deutschland", "Österreich", "Krakozien")[n % 3 if n % 10 == 0 else 0],
            f"030 23125{n:03}7", f"0152 288173{n:02}", f"{_plain(first)}.{_plain(last)}@{domain}",
            f"{n % 27 + 1:02}.{n % 12 + 1:02}.19{40 + n}", f"DE{10 + n}700500001023{n:06}", f"DE9{17364000 + n * 91}",
            owner, f"Schwärmt für {first}s Mohrrübenkuchen {n}", f"Tapirzüchter {last}",
            ("", "ja", "nein", "wegen Kummerkastl")[n % 4], ("ja", "nein", "")[n % 3],
            f"{n % 27 + 1:02}.03.20{10 + n % 9}", f"{n % 27 + 1:02}.07.20{19 + n % 7}", str(n % 9), f"{n * 731}77,13",
            str(n % 12), ("Premium", "Basis", "Ehrenhalber")[n % 3 if n > 3 else 2],
        ])  # fmt: skip
    for at, (column, value) in enumerate(_faults()):
        rows[5 + at][LABELS.index(column)] = value
    rows += [[f"{rows[at][0]}-B", *rows[at][1:]] for at in (1, 2, 33)]  # the same under another number
    return rows


def _faults() -> Sequence[tuple[str, str]]:
    return (
        ("E-Mail", "knörzbold@@zipfelklapp..example"), ("E-Mail", "schnurzpiepe.example"),
        ("Telefon", "Zentrale Frau Gackelhuhn 030/231259911"), ("Telefon", "+49 (0)30 2312588 44 oder 0302312588 55"),
        ("Geburtsdatum", "31.02.1951"), ("Geburtsdatum", "17.03.2093"), ("IBAN", "DE00123456780000417799"),
        ("USt-IdNr.", "ATU99887711"), ("PLZ", "9917"), ("Ort", "Münchhausendörfle / Trallerstadt"),
        ("Nachname", "  SCHLAWINERBACH  "),
        ("Vorname", "DrÃ¼ckebergine"), ("Nachname", "=HYPERLINK(\"Schnapphahnig\")"),
        ("Firma", "<script>alert('Zwockelbein')</script>"), ("Straße", "Postlagernd bei Hupfdohlinger"),
        ("Vorname", "Trommelfrieda@wirbelwind.example"), ("Notiz", "Zeile eins\nHinterzartling & Söhne; \"Tuschelei\""),
        ("Umsatz mit Kunde", "Unsummen von Geldsackler"), ("NPS", "mau, meinte Miesepetrine"),
        ("Letzter Kauf", "neulich mit Fleuroptera"), ("Betreuer", "Adelgundis Kratzbürstel"),
        ("Land", "Schlummerländle"),
        ("Nachname", "Doppelname-\u202eVerkehrtrum"), ("Kundennummer", "lose Schraubenzieherin 77"),
        ("Segment", "Geheimbündler"), ("Mobil", "0049 152 28817386 nach 18 Uhr Nachtschwärmine"),
        ("E-Mail", "Knuddelbert Schmackes <schmackes@kuschelecke.example>"), ("E-Mail", "huschel@kabeldonau.con"),
    )  # fmt: skip


def _plain(word: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", word.lower()) if sign.isascii() and sign.isalnum())


def broken_line() -> str:
    """A line that is no record."""
    return "VERWAIST-1;Strohwitwerine;Ausreißerle"


def as_csv(rows: Sequence[Sequence[str]], *more: str) -> bytes:
    """The records as a CRM writes them, and lines that are none."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows([LABELS, *rows])
    return (text.getvalue() + "".join(f"{line}\r\n" for line in more)).encode("utf-8")


def as_xlsx(rows: Sequence[Sequence[str]], path: Path) -> Path:
    """The records as a workbook."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Kunden")
        for at, row in enumerate([LABELS, *rows]):
            sheet.write_row(at, 0, list(row))
    return path


def planted(rows: Sequence[Sequence[str]]) -> tuple[set[str], set[str]]:
    """What must not be found: words of four letters or more, and values without such a word: dates, numbers, codes."""
    words, values = set(), set()
    named = {LABELS.index(name) for name in ("Anzahl Käufe", "Segment", "PLZ", "NPS", "Werbesperre", "E-Mail erlaubt")}
    for row in [*rows, broken_line().split(";")]:
        for at, value in enumerate(row):
            found = {word for word in _WORD.findall(value) if word.casefold() not in _COMMON}
            words |= found
            if not found and at not in named and len(value.strip()) > 4 and value.casefold() not in _COMMON:
                values.add(value.strip())
    # Segments are named, and the rest are words of formats.
    return words - {"Premium", "Basis", "Ehrenhalber", "HYPERLINK", "script", "alert"}, values


def numbers_of(rows: Sequence[Sequence[str]]) -> set[str]:
    """The digits of numbers that would be known again however they are written."""
    columns = [LABELS.index(name) for name in ("Telefon", "Mobil", "IBAN", "USt-IdNr.")]
    digits = ("".join(filter(str.isdigit, row[at])).lstrip("0") for row in rows for at in columns)
    return {number for number in digits if len(number) > 7}


class Search:
    """Looks for planted values, however they are written.

    Args:
        rows: of the exports.
        more: other words that must not be found.
    """

    def __init__(self, rows: Sequence[Sequence[str]], *more: str) -> None:
        words, self._values = planted(rows)
        self._words = {form: word for word in [*words, *more] for form in _folds(word)}
        self._numbers = numbers_of(rows)

    def hits(self, content: bytes | str) -> list[str]:
        """What of it stands in an output."""
        text = content if isinstance(content, str) else content.decode("utf-8", "replace")
        found: set[str] = set()
        for view in dict.fromkeys((text, html.unescape(text), unquote(text), _json_unescaped(text), _markdown(text))):
            found |= {value for value in self._values if value in view}
            # Each different run of letters once: a word may stand within another.
            runs = "\n".join(sorted({run for form in _folds(view) for run in _WORD.findall(form)}))
            found |= {word for form, word in self._words.items() if form in runs}
        bare = re.sub(r"[ ()/.\-\u2011\xa0]", "", text)
        return sorted(found | {number for number in self._numbers if number in bare})


def _folds(text: str) -> Iterator[str]:
    low = unicodedata.normalize("NFC", text).casefold()
    yield low
    yield "".join(sign for sign in unicodedata.normalize("NFKD", low) if not unicodedata.combining(sign))
    yield low.translate({ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue"})


def _json_unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda sign: chr(int(sign[1], 16)), text).replace('\\"', '"')


def _markdown(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def parts_of(path: Path) -> Iterator[bytes]:
    """The content of a file; of a workbook, that of its parts."""
    if is_zipfile(path):
        with ZipFile(path) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    else:
        yield path.read_bytes()
