"""The nights of the benchmark, fewer and smaller: what is planted is said on its night, and nothing else is."""

from __future__ import annotations

from benchmarks._nights_crm import Crm
from benchmarks._nights_plan import Plan, judged
from benchmarks.nights import run

SHORT = Plan(torn=7, bulk=8, schema=10, emptied=11, frozen=0, nights=12)


def test_what_is_planted_is_said_and_nothing_else() -> None:
    result = judged(SHORT, run(SHORT, Crm(seed=1, size=300)))
    assert result.found == {"export torn": 7, "bulk update": 8, "columns changed": 10, "mail emptied": 11}
    assert result.false == []
