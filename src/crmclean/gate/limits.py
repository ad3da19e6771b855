"""What the gate asks for: from the configuration, and from the command line, which wins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from crmclean.config.gate_rules import (
    DIMENSIONS,
    LEVELS,
    MAX_PERCENT,
    SCORE,
    is_share,
    no_dimension,
    no_level,
    no_share,
)
from crmclean.config.model import GateSection
from crmclean.core.errors import UsageError
from crmclean.core.language import Text
from crmclean.core.nearest import nearest

_NEEDS_DUPLICATES = (SCORE, "uniqueness")


@dataclass(frozen=True, slots=True)
class Gate:
    """What is allowed.

    Attributes:
        fail_on: the mildest severity that fails: error, warning, info or never.
        error: the lowest share that passes, 0..1, by dimension; ``score`` for their mean.
        warning: the share below which a warning is given, likewise.
        max_new: findings of that severity, without those of a baseline, that still pass.
        max_rejects: rejected records that still pass.
        min_rows: records the export holds at least: a job that wrote a header and no more ends with 0 elsewhere.
    """

    fail_on: str = "error"
    error: Mapping[str, float] = field(default_factory=dict)
    warning: Mapping[str, float] = field(default_factory=dict)
    max_new: int = 0
    max_rejects: int = 0
    min_rows: int = 0

    @classmethod
    def of(
        cls,
        section: GateSection,
        *,
        fail_on: str,
        fail_under: Sequence[str] | None = None,
        max_rejects: int | None,
        min_rows: int | None = None,
        max_new: int | None = None,
        otherwise: str = "error",
    ) -> Gate:
        """The gate of the configuration, with what the command line says instead; ``otherwise`` if neither does.

        Args:
            section: of the configuration.
            fail_on: a severity; empty for none given.
            fail_under: ``SCORE`` or ``DIMENSION=SCORE``, each a share 0..1, or a percentage: ``85`` or ``85%``.
            max_rejects: likewise an attribute, or ``None``.
            min_rows: likewise.
            max_new: likewise.
            otherwise: the severity where nobody names one.

        Raises:
            UsageError: for a level, a dimension or a share that is none.
        """
        level = fail_on or section.fail_on or otherwise
        if level not in LEVELS:
            names = ", ".join(LEVELS)
            hint = Text(f"one of {names}", f"möglich: {names}")
            raise UsageError(no_level(level), code="usage", hint=hint)
        floors = {SCORE: section.fail_under} if section.fail_under else {}
        return cls(
            fail_on=level,
            error=_shares({**floors, **section.error, **_floors(fail_under or ())}),
            warning=_shares(section.warning),
            max_new=section.max_new if max_new is None else max_new,
            max_rejects=section.max_rejects if max_rejects is None else max_rejects,
            min_rows=section.min_rows if min_rows is None else min_rows,
        )

    @property
    def severities(self) -> tuple[str, ...]:
        """The severities that fail."""
        return () if self.fail_on == "never" else LEVELS[: LEVELS.index(self.fail_on) + 1]

    @property
    def needs_duplicates(self) -> bool:
        """Whether a figure is asked for that only the search for duplicates gives."""
        return any({**self.error, **self.warning}.get(name) for name in _NEEDS_DUPLICATES)


def _shares(floors: Mapping[str, float]) -> dict[str, float]:
    """Percentages as shares, in the order of the dimensions."""
    given = ((name, floors[name]) for name in DIMENSIONS if name in floors)
    return {name: share / MAX_PERCENT if share > 1 else float(share) for name, share in given}


def _typed_share(text: str) -> float | None:
    """``0.85``, ``85`` or ``85%`` as a share; ``None`` for what is none.

    >>> _typed_share("85%"), _typed_share("1.5%"), _typed_share("1.5")
    (0.85, 0.015, None)
    """
    bare = text.strip()
    try:
        number = float(bare.removesuffix("%"))
    except ValueError:
        return None
    if bare.endswith("%"):
        return number / MAX_PERCENT if 0 <= number <= MAX_PERCENT else None
    if not is_share(number):
        return None
    return number / MAX_PERCENT if number > 1 else number


def _floors(items: Sequence[str]) -> dict[str, float]:
    """``SCORE`` and ``DIMENSION=SCORE`` as typed."""
    found: dict[str, float] = {}
    for item in items:
        name, equals, number = item.rpartition("=")
        name = name.strip() if equals else SCORE
        if name not in DIMENSIONS:
            names = ", ".join(DIMENSIONS)
            hint = nearest(name, DIMENSIONS, Text(f"one of {names}", f"möglich: {names}"))
            raise UsageError(no_dimension(name), code="usage", hint=hint)
        share = _typed_share(number)
        if share is None:
            hint = Text(
                "for example --fail-under completeness=0.9 or 90%",
                "zum Beispiel --fail-under completeness=0.9 oder 90%",
            )
            raise UsageError(no_share("--fail-under"), code="usage", hint=hint)
        found[name] = share
    return found
