"""Churn and retention in ``diff``: who is followed, by which day, and what others are told."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from crmclean.core.registry import DIFF_REPORTS
from crmclean.differences import Differences
from crmclean.diffing.private import private_differences
from crmclean.pipeline import DiffOrder, diff_exports
from crmclean.pipeline.settings import Settings

OLD, NEW = date(2026, 2, 15), date(2026, 4, 15)


def export(place: Path, n: int, head: str = "Kundennr;Letzter Kauf;Anzahl Käufe") -> str:
    days = [date(2026, 1, 1) - timedelta(days=18 * at) for at in range(n)]
    lines = [f"{1000 + at};{day};3" for at, day in enumerate(days)]
    place.write_text("\n".join([head, *lines]) + "\n", "utf-8")
    return str(place)


def compared(tmp_path: Path, order: DiffOrder, head: str = "Kundennr;Letzter Kauf;Anzahl Käufe") -> Differences:
    old, new = export(tmp_path / "old.csv", 40, head), export(tmp_path / "new.csv", 37, head)
    return diff_exports(old, new, Settings(as_of=NEW), order)


def test_customers_are_followed_by_their_id(tmp_path: Path) -> None:
    churn = compared(tmp_path, DiffOrder(old_as_of=OLD)).churn
    assert churn is not None
    assert (churn.start, churn.kept + churn.lost, churn.without_id) == (21, 21, 0)
    assert churn.retention.n == churn.kept
    assert ("defence", "gone") in {(move.before, move.after) for move in churn.moves}
    same_day = compared(tmp_path, DiffOrder()).churn
    assert same_day is not None
    assert same_day.start < churn.start  # by the later day some had left already
    by_key = compared(tmp_path, DiffOrder(("Kundennr",), old_as_of=OLD)).churn
    assert by_key == churn


@pytest.mark.parametrize(
    ("order", "head"),
    [
        (DiffOrder(by_matching=True), "Kundennr;Letzter Kauf;Anzahl Käufe"),
        (DiffOrder(), "Kundennr;Notiz;Zeichen"),
    ],
)
def test_nothing_is_said_of_customers_nobody_can_tell(order: DiffOrder, head: str, tmp_path: Path) -> None:
    found = compared(tmp_path, order, head)
    assert found.churn is None
    assert "customers" not in json.loads(DIFF_REPORTS["json"].render(found, "en", False))


def test_every_form_tells_it_and_others_are_told_no_few(tmp_path: Path) -> None:
    found = compared(tmp_path, DiffOrder(old_as_of=OLD))
    assert found.churn is not None
    tree = json.loads(DIFF_REPORTS["json"].render(found, "en", False))["customers"]
    assert (tree["start"], tree["retention"]) == (21, found.churn.retention.share)
    assert "Abwanderung" in DIFF_REPORTS["text"].render(found, "de", False).decode()
    assert "not in NEW" in DIFF_REPORTS["html"].render(found, "en", False).decode()
    told = private_differences(found, lambda _: "#")
    assert told.churn is not None
    assert all(move.n >= 5 for move in told.churn.moves)
    few = json.loads(DIFF_REPORTS["json"].render(told, "en", False))["customers"]
    assert few["start"] == 21
    if found.churn.lost < 5:
        assert (few["lost"], few["churn"]) == (None, None)
