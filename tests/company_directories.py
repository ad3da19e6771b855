"""A small company directory in memory: it knows companies by VAT id, and by name and postal code."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from crmclean.core.errors import DirectoryError
from crmclean.core.language import Text
from crmclean.core.registry import FIELDS
from crmclean.directory import ASKED_WITH, MATCHES_SCHEMA, About, Company, LookupPlan, Matches, Status, Wanted

RETRIEVED = "2026-01-15"


def about(
    name: str = "small", *, is_online: bool = False, asked_with: tuple[str, ...] = ASKED_WITH, identity: str = "1"
) -> About:
    """What a small directory says of itself."""
    return About(
        name=name,
        title=Text("Small directory", "Kleines Verzeichnis"),
        licence="CC0",
        asked_with=asked_with,
        is_online=is_online,
        costs=Text("free of charge", "kostenlos"),
        tried_live=False,
        batch_size=10,
        identity=identity,
    )


@dataclass
class SmallDirectory:
    """Companies in a list.

    Attributes:
        companies: all it knows.
        about: what it says of itself.
        breaks_after: look-ups after which it can't be used any more; ``None``: never.
        no_answer_to: record numbers about which it says nothing.
        log: a file with the numbers that were asked, a line each; empty path: none.
        delay_s: how long a piece takes.
        unknown_ids: VAT ids that it says do not exist.
        asked: the numbers that were asked, in order.
    """

    companies: Sequence[Company]
    about: About = field(default_factory=about)
    breaks_after: int | None = None
    no_answer_to: tuple[int, ...] = ()
    log: Path | None = None
    delay_s: float = 0.0
    unknown_ids: tuple[str, ...] = ()
    asked: list[int] = field(default_factory=list)
    is_closed: bool = False

    def plan(self, wanted: Wanted) -> LookupPlan:
        return LookupPlan(wanted.n)

    def look_up(self, wanted: Wanted) -> Matches:
        numbers = wanted.values["number"].to_list()
        if self.breaks_after is not None and len(self.asked) + len(numbers) > self.breaks_after:
            raise DirectoryError(Text("wrong password", "falsches Passwort"), code="directory-refused")
        self.asked += numbers
        time.sleep(self.delay_s)
        if self.log:
            with self.log.open("a") as log:
                log.writelines(f"{number}\n" for number in numbers)
        rows, used, unknown, confirmed = [], {}, [], []
        for row in wanted.values.iter_rows(named=True):
            if row["number"] in self.no_answer_to:
                unknown.append((row["number"], "timeout"))
                continue
            if row.get("vat_id"):
                confirmed.append((row["number"], "vat_id", row["vat_id"] not in self.unknown_ids))
            for company, found_by, former in self._fitting(row):
                used[company.source_id] = company
                rows.append(_match(row["number"], company, found_by, former))
        names = sorted({name for company in used.values() for name in company.values})
        schema = {"source_id": pl.String, **dict.fromkeys(names, pl.String)}
        told = [{"source_id": key, **{n: one.values.get(n) for n in names}} for key, one in sorted(used.items())]
        return Matches(
            pl.DataFrame(rows, schema=dict(MATCHES_SCHEMA), orient="row"),
            pl.DataFrame(told, schema=schema, orient="row"),
            pl.DataFrame(unknown, schema={"number": pl.UInt32, "reason": pl.String}, orient="row"),
            pl.DataFrame(
                confirmed, schema={"number": pl.UInt32, "field": pl.String, "is_known": pl.Boolean}, orient="row"
            ),
        )

    def close(self) -> None:
        self.is_closed = True

    def _fitting(self, row: dict[str, str | None]) -> list[tuple[Company, str, str | None]]:
        found: list[tuple[Company, str, str | None]] = []
        for company in self.companies:
            said = company.values
            if row.get("vat_id") and row["vat_id"] == said.get("vat_id"):
                former = next(
                    (name for name in company.former_names if _key(name) == _key(row.get("company_name"))), None
                )
                found.append((company, "id", former))
            elif _key(row.get("company_name")) == _key(said.get("company_name")) is not None:
                contradicts = row.get("vat_id") and said.get("vat_id")
                by = "company place" if row.get("postal_code") == said.get("postal_code") else "company"
                found.append((company, "veto" if contradicts else by, None))
        sure = [one for one in found if one[1] == "id"] or [one for one in found if one[1] != "company"]
        return sure or found


def _key(name: str | None) -> str | None:
    return FIELDS["company_name"].key(name) if name else None


def _match(number: int, company: Company, found_by: str, former: str | None) -> tuple[object, ...]:
    probability, band, grade = {
        "id": (0.999, "auto", "AZZZZZZA"),
        "company place": (0.995, "auto", "AZZAZZZZ"),
        "company": (0.7, "review", "AZZFZZZZ"),
        "veto": (0.9, "veto", "AZZZZZZF"),
    }[found_by]
    return (
        number, company.source_id, probability, band, "distinct" if band == "veto" else "duplicate", grade, found_by,
        former, company.status.value, company.successor_id, company.successor_name, company.last_changed,
        company.last_checked, company.retrieved_at or RETRIEVED, None,
    )  # fmt: skip


QUARZUM = Company(
    "C1",
    {
        "company_name": "Quarzum Maschinenbau GmbH", "legal_form": "GmbH", "street": "Ahornweg", "house_number": "5",
        "postal_code": "53111", "city": "Bonn", "country": "DE", "phone": "+493023125101",
        "email": "info@quarzum.example", "website": "quarzum.example", "vat_id": "DE811547101",
        "register_number": "HRB 1234", "register_court": "Bonn", "lei": "213800KUD8LAJWSQ9D15",
        "industry_code": "28.41",
    },
    status=Status.ACTIVE,
    last_checked="2026-01-10",
)  # fmt: skip
ZIRBEL = Company(
    "C2",
    {
        "company_name": "Zirbelwerk AG", "legal_form": "AG", "street": "Fjordgasse", "house_number": "1",
        "postal_code": "24103", "city": "Kiel", "country": "DE", "vat_id": "DE811547128", "phone": "+493023125300",
    },
    former_names=("Zirbel Holz GmbH",),
    status=Status.LIQUIDATION,
)  # fmt: skip
GONE = Company(
    "C3",
    {
        "company_name": "Wacholder Kranbau GmbH", "street": "Heideweg", "house_number": "7", "postal_code": "10115",
        "city": "Berlin", "country": "DE", "phone": "+493023125400", "lei": "529900T8BM49AURSDO55",
    },
    status=Status.CEASED,
    successor_id="C1",
    successor_name="Quarzum Maschinenbau GmbH",
)  # fmt: skip
COMPANIES = (QUARZUM, ZIRBEL, GONE)
