"""Figures as programs that watch machines read them: one text that is both of Prometheus' and of OpenMetrics' form.

Source: Prometheus' exposition formats, text format 0.0.4; OpenMetrics 1.0. Only gauges without time stamps, which both
write alike; ``# EOF`` is a comment in the one and the end in the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_END = "# EOF\n"


@dataclass(frozen=True, slots=True)
class Gauge:
    """One figure, or several that labels tell apart.

    Attributes:
        name: in snake case, with its unit last.
        meaning: one line of help; the same in every file, as Prometheus wants it.
        samples: labels and value of each; none: the figure is left out.
    """

    name: str
    meaning: str
    samples: tuple[tuple[Mapping[str, str], float], ...]


def exposition(gauges: Iterable[Gauge]) -> bytes:
    r"""The text of a metrics file.

    >>> print(exposition([Gauge("a_ratio", "Part.", (({"of": 'x"y'}, 0.5),))]).decode(), end="")
    # HELP a_ratio Part.
    # TYPE a_ratio gauge
    a_ratio{of="x\"y"} 0.5
    # EOF
    """
    parts = []
    for gauge in gauges:
        if gauge.samples:
            parts.append(f"# HELP {gauge.name} {gauge.meaning}\n# TYPE {gauge.name} gauge\n")
            parts += [f"{gauge.name}{_labels(labels)} {_number(value)}\n" for labels, value in gauge.samples]
    return ("".join(parts) + _END).encode("utf-8", "backslashreplace")


def _labels(labels: Mapping[str, str]) -> str:
    inner = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{inner}}}" if inner else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _number(value: float) -> str:
    """Whole numbers without a point; shares to six places, so that no platform writes another digit."""
    return f"{value:.6f}".rstrip("0").rstrip(".")
