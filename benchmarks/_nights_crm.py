"""A made-up CRM that is worked in by day and exported by night. Nobody in it exists; the same seed gives the same days.

People, streets and firms are drawn from word pools, mail goes to reserved domains, numbers are the ones kept for films.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from benchmarks.generator import FIRST, FORMS, LAST, PLACES, STREETS, SYLLABLES, TRADES

COLUMNS = (
    "Kundennummer",
    "Firma",
    "Anrede",
    "Vorname",
    "Nachname",
    "Straße",
    "PLZ",
    "Ort",
    "Land",
    "Telefon",
    "E-Mail",
    "Branche",
    "Betreuer",
    "Kundenstatus",
    "NPS",
    "Letzter Kontakt",
    "Angelegt am",
    "Geändert am",
    "Bemerkung",
)
MONDAY = date(2026, 6, 1)  # the day of the first night
_AT_WORK = (1.0, 1.0, 1.0, 1.0, 0.8, 0.0, 0.0)  # by weekday: nobody works in it at the weekend
_FILM_NUMBERS = ("030 23125", "040 66969", "069 90009", "089 99998", "0221 4710")  # kept for films by the regulator


@dataclass
class Crm:
    """The records of a CRM from day to day.

    Attributes:
        seed: of everything that happens.
        size: records at the start.
        records: cells by column name.
        writes_modified: whether a change sets the day of the change.
        pace: how much is done a day, as a multiple of three new records and forty others of a thousand.
    """

    seed: int
    size: int
    records: list[dict[str, str]] = field(default_factory=list)
    writes_modified: bool = True
    pace: float = 1.0

    def __post_init__(self) -> None:
        self._rng = random.Random(self.seed)
        self._made = len(self.records)
        if self.records:
            return
        self.records = [self._record(MONDAY - timedelta(days=self._rng.randint(1, 2500))) for _ in range(self.size)]
        for record in self.records:
            since = (MONDAY - _day(record["Angelegt am"])).days
            record["Geändert am"] = _said(MONDAY - timedelta(days=self._rng.randint(1, since)))

    def work(self, day: date) -> None:
        """One day: new records, changes, contacts, a few new mistakes, some of the old ones mended."""
        effort = self.pace * _AT_WORK[day.weekday()] * self._rng.uniform(0.5, 1.5)
        if not effort:
            return
        for record in self._some(0.0005 * effort):
            self.records.remove(record)
        self.records += [self._record(day) for _ in range(self._times(0.003 * effort))]
        for record in self._some(0.012 * effort):
            self._change(record)
            self._modified(record, day)
        for record in self._some(0.02 * effort):
            record["Letzter Kontakt"] = _said(day)
        for record in self._some(0.001 * effort):
            self._spoil(record)
            self._modified(record, day)
        for record in self.records:
            if "," in record["E-Mail"] and self._rng.random() < 0.05:
                record["E-Mail"] = record["E-Mail"].replace(",", ".")
                self._modified(record, day)

    def update(self, column: str, value: str, share: float, day: date) -> None:
        """A bulk update: one value into a share of all records, in their order."""
        for record in self._rng.sample(self.records, round(share * len(self.records))):
            record[column] = value
            self._modified(record, day)

    def export(self, columns: Mapping[str, str] | None = None, emptied: Mapping[str, float] | None = None) -> str:
        """The export: semicolons, CRLF.

        Args:
            columns: header by column name, in the order of the file; as the CRM calls them if left out.
            emptied: column name to the share of its cells that the export leaves empty.
        """
        shown = columns or {name: name for name in COLUMNS}
        lost = {name: self._few(share) for name, share in (emptied or {}).items()}
        lines = [";".join(shown.values())]
        for number, record in enumerate(self.records):
            lines.append(";".join("" if number in lost.get(name, ()) else record[name] for name in shown))
        return "\r\n".join(lines) + "\r\n"

    def _few(self, share: float) -> set[int]:
        """Places of a share of the records, the same ones for the same share."""
        return set(random.Random(self.seed).sample(range(len(self.records)), round(share * len(self.records))))

    def _times(self, share: float) -> int:
        """How often something of this likelihood happens to the records."""
        mean = share * len(self.records)
        return max(0, round(self._rng.gauss(mean, mean**0.5)))

    def _some(self, share: float) -> list[dict[str, str]]:
        return self._rng.sample(self.records, min(self._times(share), len(self.records)))

    def _modified(self, record: dict[str, str], day: date) -> None:
        if self.writes_modified:
            record["Geändert am"] = _said(day)

    def _change(self, record: dict[str, str]) -> None:
        kind = self._rng.random()
        if kind < 0.3:
            record["Telefon"] = self._phone()
        elif kind < 0.5:
            record["E-Mail"] = self._mail(record)
        elif kind < 0.7:
            record["Betreuer"] = self._owner()
        elif kind < 0.8:
            record["NPS"] = str(self._rng.randint(0, 10))
        else:
            record["Bemerkung"] = self._rng.choice(("Rückruf erbeten", "Angebot geschickt", "umgezogen", ""))

    def _spoil(self, record: dict[str, str]) -> None:
        column = self._rng.choice(("E-Mail", "Telefon", "PLZ"))
        record[column] = {"E-Mail": record["E-Mail"].replace(".", ",", 1), "Telefon": "030", "PLZ": "0"}[column]

    def _phone(self) -> str:
        return f"{self._rng.choice(_FILM_NUMBERS)}{self._rng.randint(0, 999):03}"

    def _owner(self) -> str:
        return f"Team {min(int(self._rng.expovariate(0.3)) + 1, 12)}"

    def _mail(self, record: dict[str, str]) -> str:
        domain = self._rng.choice(("example.org", "example.com", "example.net"))
        return f"kontakt.{self._rng.randint(1, 99_999)}@{record['Branche'].lower() or 'post'}.{domain}"

    def _record(self, day: date) -> dict[str, str]:
        rng = self._rng
        self._made += 1
        _, name, places = PLACES[0] if rng.random() < 0.85 else rng.choice(PLACES[1:])
        postal_code, city = rng.choice(places)
        is_company = rng.random() < 0.6
        trade = rng.choice(TRADES) if is_company else ""
        word = "".join(rng.choice(SYLLABLES) for _ in range(3)).capitalize()
        record = {
            "Kundennummer": f"K{self._made:06d}",
            "Firma": f"{word} {trade} {rng.choice(FORMS)}".strip() if is_company else "",
            "Anrede": rng.choice(("Herr", "Frau", "")),
            "Vorname": rng.choice(FIRST),
            "Nachname": rng.choice(LAST),
            "Straße": f"{rng.choice(STREETS)}weg {rng.randint(1, 200)}",
            "PLZ": postal_code,
            "Ort": city,
            "Land": name if rng.random() < 0.9 else "",
            "Telefon": self._phone() if rng.random() < 0.7 else "",
            "E-Mail": "",
            "Branche": trade,
            "Betreuer": self._owner(),
            "Kundenstatus": rng.choice(("Kunde", "Kunde", "Interessent", "Stammkunde", "")),
            "NPS": str(rng.randint(0, 10)) if rng.random() < 0.1 else "",
            "Letzter Kontakt": _said(day) if rng.random() < 0.6 else "",
            "Angelegt am": _said(day),
            "Geändert am": _said(day) if self.writes_modified else "",
            "Bemerkung": rng.choice(("", "", "", "Rückruf erbeten", "seit 2019 Kunde")),
        }
        if rng.random() < 0.75:
            record["E-Mail"] = self._mail(record)
        if rng.random() < 0.02:
            self._spoil(record)
        return record


def _said(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _day(text: str) -> date:
    day, month, year = text.split(".")
    return date(int(year), int(month), int(day))
