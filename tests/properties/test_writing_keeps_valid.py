"""I11: what is written for a value that was understood is understood again, and as the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmclean.core.codes import Severity
from crmclean.core.field import FieldType, Hints, Parsed
from crmclean.core.registry import FIELDS

JUDGING = sorted(name for name in FIELDS if not FIELDS[name].plain)
PLACES = st.sampled_from(({}, {"country": "DE"}, {"country": "AT"}, {"country": "CH"}, {"country": "GB"}))
SIGNS = " -./(),;+0159aZäß\u00a0&"


@st.composite
def bent(draw: st.DrawFn, examples: tuple[str, ...]) -> str:
    """An example with some slips of the hand."""
    value = draw(st.sampled_from(examples))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(value)))
        match draw(st.sampled_from(("insert", "insert", "drop", "double", "swap", "case", "join"))):
            case "insert":
                value = value[:at] + draw(st.sampled_from(SIGNS)) + value[at:]
            case "drop":
                value = value[:at] + value[at + 1 :]
            case "double":
                value = value[:at] + value[at : at + 1] + value[at:]
            case "swap":
                value = value[:at] + value[at : at + 2][::-1] + value[at + 2 :]
            case "case":
                value = draw(st.sampled_from((value.upper(), value.lower(), value.title())))
            case _:
                value = f"{value} {draw(st.sampled_from(examples))}"
    return value.strip()


def is_wrong(field: FieldType, parsed: Parsed) -> bool:
    return parsed.code is not None and field.code(parsed.code).severity is Severity.ERROR


@pytest.mark.parametrize("name", JUDGING)
@given(st.data(), PLACES)
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_understood_again(name: str, data: st.DataObject, place: dict[str, str]) -> None:
    field = FIELDS[name]
    value = data.draw(bent((*field.examples_good, *field.examples_bad)))
    if not value:
        return
    habit = field.habit([value]) if field.habit else ""
    hints = Hints(dict(place), habit)
    parsed = field.parse(value, hints)
    if parsed.value is None or not parsed.lossless:  # else the cell stays as it is
        return
    for style in (style for style in field.styles if style != "keep"):  # which writes the cell as it stands
        written = field.write(parsed.value, style, hints)
        again = field.parse(written, hints)
        assert not is_wrong(field, again), f"{style}: {again.code}"
        assert again.value is not None, f"{style}: {again.code}"
    if parsed.suggestion is not None:
        proposed = field.parse(parsed.suggestion, hints)
        assert not is_wrong(field, proposed), f"proposal: {proposed.code}"
