"""The ``[gate]`` section: levels and dimensions that do not exist are errors before any work is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crmclean.config.merge_rules import Wrong
from crmclean.config.model import GateSection
from crmclean.core.language import Text
from crmclean.core.wording import SCORES

LEVELS = ("error", "warning", "info", "never")
SCORE = "score"  # the mean of the dimensions that apply
DIMENSIONS = (SCORE, *SCORES)
MIN_PERCENT, MAX_PERCENT = 2.0, 100.0


def wrong_in_gate(gate: GateSection) -> Iterator[Wrong]:
    """What is wrong in the section."""
    if gate.fail_on and gate.fail_on not in LEVELS:
        yield Wrong("gate", "fail_on", no_level(gate.fail_on), gate.fail_on, LEVELS)
    if not is_share(gate.fail_under):
        yield Wrong("gate", "fail_under", no_share("fail_under"))
    for key, number in (("max_new", gate.max_new), ("max_rejects", gate.max_rejects), ("min_rows", gate.min_rows)):
        if number < 0:
            yield Wrong("gate", key, Text(f"{key} must not be negative", f"{key} darf nicht negativ sein"))
    for section, floors in (("gate.error", gate.error), ("gate.warning", gate.warning)):
        yield from _wrong_floors(section, floors)


def _wrong_floors(section: str, floors: Mapping[str, object]) -> Iterator[Wrong]:
    for key, share in floors.items():
        if key not in DIMENSIONS:
            yield Wrong(section, key, no_dimension(key), key, DIMENSIONS)
        elif isinstance(share, bool) or not isinstance(share, (int, float)) or not is_share(share):
            yield Wrong(section, key, no_share(key))


def is_share(share: float) -> bool:
    """Whether it is a share from 0 to 1, or a percentage from 2 on; also false for what is no number.

    Between them nobody can tell: 1.5 may be a slip for 0.15, or one and a half percent.
    """
    return 0 <= share <= 1 or MIN_PERCENT <= share <= MAX_PERCENT


def no_level(name: str) -> Text:
    """There is no such severity."""
    return Text(f"no severity {name!r}", f"kein Schweregrad {name!r}")


def no_dimension(name: str) -> Text:
    """There is no such dimension."""
    return Text(f"no dimension {name!r}", f"eine Dimension {name!r} gibt es nicht")


def no_share(key: str) -> Text:
    """Not a share."""
    return Text(f"{key} wants 0..1, or 2..100 percent", f"{key} braucht 0..1 oder 2..100 Prozent")
