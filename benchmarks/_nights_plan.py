"""What is planted into the nights of the made-up CRM, and what a night's anomalies have to do with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks._nights_crm import COLUMNS, MONDAY, Crm
from crmclean.core.history import Anomaly

LEARNED = 4  # runs after which what stayed is the usual thing


@dataclass(frozen=True)
class Event:
    """Something planted.

    Attributes:
        name: what a table shows.
        night: the first one it is in the export.
        last: the last night on which it must have been said.
        says: codes and columns that must be said.
        stays: whether it is still in the exports after; it may then be said until it is learned.
    """

    name: str
    night: int
    last: int
    says: frozenset[tuple[str, str]]
    stays: bool


@dataclass(frozen=True)
class Plan:
    """The nights of the events; 0 leaves one out.

    Attributes:
        torn: the export stops in the middle of a line, half through.
        bulk: one owner is set on four of five records.
        schema: ``Telefon`` is called otherwise, ``Branche`` is left out; both from then on.
        emptied: the export leaves out all mail addresses, that night.
        frozen: from then on the CRM does not write when a record was changed.
        nights: how many in all.
    """

    torn: int
    bulk: int
    schema: int
    emptied: int
    frozen: int
    nights: int

    def events(self) -> list[Event]:
        """All of them."""
        renamed = frozenset({("anomaly.column-renamed", "Rufnummer"), ("anomaly.column-gone", "Branche")})
        planted = [
            Event("export torn", self.torn, self.torn, frozenset({("anomaly.rows-dropped", "")}), False),
            Event("bulk update", self.bulk, self.bulk, frozenset({("anomaly.value-everywhere", "Betreuer")}), True),
            Event("columns changed", self.schema, self.schema, renamed, True),
            Event("mail emptied", self.emptied, self.emptied, frozenset({("anomaly.column-emptied", "E-Mail")}), False),
            # Two days is the usual weekend; three more and the clock is called frozen.
            Event("clock frozen", self.frozen, self.frozen + 4, frozenset({("anomaly.clock-frozen", "")}), True),
        ]
        return [event for event in planted if event.night]

    def exports(self, crm: Crm) -> Iterator[tuple[int, date, str]]:
        """Night, day and the export of every night."""
        for night in range(1, self.nights + 1):
            day = MONDAY + timedelta(days=night - 1)
            crm.writes_modified = not self.frozen or night < self.frozen
            crm.work(day)
            if night == self.bulk:
                crm.update("Betreuer", "Team 1", 0.8, day)
            columns = {name: name for name in COLUMNS}
            if self.schema and night >= self.schema:
                columns["Telefon"] = "Rufnummer"
                del columns["Branche"]
            text = crm.export(columns, {"E-Mail": 1.0} if night == self.emptied else None)
            yield night, day, text[: len(text) // 2] if night == self.torn else text


THIRTY = Plan(torn=10, bulk=12, schema=17, emptied=22, frozen=24, nights=30)
QUIET = Plan(torn=0, bulk=0, schema=0, emptied=0, frozen=0, nights=30)


@dataclass(frozen=True)
class Judged:
    """What the anomalies of all nights are worth.

    Attributes:
        found: the night each event was said on, 0 for never.
        false: night and anomaly, error or warning, that no event explains.
        echoes: night and anomaly of an event that stayed, said again before it was learned.
    """

    found: dict[str, int]
    false: list[tuple[int, Anomaly]]
    echoes: list[tuple[int, Anomaly]]


def judged(plan: Plan, said: Sequence[Sequence[Anomaly]]) -> Judged:
    """Lay what was said on every night beside what was planted."""
    found = {}
    for event in plan.events():
        nights = [
            night
            for night in range(event.night, event.last + 1)
            if event.says <= {(each.code, each.column) for each in said[night - 1]}
        ]
        found[event.name] = nights[0] if nights else 0
    false, echoes = [], []
    for night, anomalies in enumerate(said, start=1):
        for each in anomalies:
            if each.severity == "info" or any(event.night == night for event in plan.events()):
                continue
            if any(_is_echo(each, night, event, said) for event in plan.events()):
                echoes.append((night, each))
            else:
                false.append((night, each))
    return Judged(found, false, echoes)


def _is_echo(each: Anomaly, night: int, event: Event, said: Sequence[Sequence[Anomaly]]) -> bool:
    """Of an event that lasts, what was said on its night, until it is learned; a clock that stands goes on standing."""
    if not event.stays or night < event.night:
        return False
    if event.name == "clock frozen":
        return (each.code, each.column) in event.says
    first = {(one.code, one.column) for one in said[event.night - 1]}
    return night < event.night + LEARNED and (each.code, each.column) in first
