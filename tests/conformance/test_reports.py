"""What every form of the report owes: pure, inert, in both languages, at any size."""

from __future__ import annotations

import json
from datetime import date
from html.parser import HTMLParser

import pytest
from tests.tables import Columns, cleaned

from crmclean.config.model import FreshnessSection
from crmclean.core.language import Language
from crmclean.core.registry import REPORTS
from crmclean.core.summary import RunSummary
from crmclean.stages.measure import measure

HOSTILE = "<script>alert(1)</script>\x1b[31m\u202e|`[x](y)"
SIZES: dict[str, Columns] = {
    "no rows": {("LEI", "lei"): []},
    "no columns mapped": {("a", None): ["1", "2"]},
    "hostile names": {(HOSTILE, "email"): [HOSTILE, "", "n/a"], ("מספר טלפון" * 20, "phone"): ["", "x", "1"]},
    "dates": {("Geändert", "modified_at"): ["2026-01-01"] * 25, ("Bounce", "bounced_at"): ["2025-01-01"] * 25},
}


def summary(name: str) -> RunSummary:
    return measure(cleaned(SIZES[name]), FreshnessSection())


@pytest.mark.parametrize("form", sorted(REPORTS))
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "de"])
def test_renders_the_same_bytes_and_no_value(form: str, size: str, language: Language) -> None:
    figures = summary(size)
    page = REPORTS[form].render(figures, language)
    assert page == REPORTS[form].render(figures, language)
    if not REPORTS[form].is_text:
        return
    text = page.decode()
    assert text.endswith("\n")
    if form != "json":
        assert "\x1b" not in text
        assert "\u202e" not in text


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_the_page_marks_what_is_to_be_typed() -> None:
    """Backticks are for terminals and Markdown."""
    words: Columns = {("Telefon", "phone"): ["030 Frau Muster"]}  # phone.letters names words that may stay
    page = REPORTS["html"].render(measure(cleaned(words), FreshnessSection()), "en").decode()
    assert "<code>privat</code>" in page
    assert "`" not in page


@pytest.mark.parametrize("size", SIZES)
def test_the_page_is_inert(size: str) -> None:
    """I14: no script, no handler, nothing from outside, whatever the columns are called."""
    page = REPORTS["html"].render(summary(size), "de").decode()
    tags = _Tags()
    tags.feed(page)
    assert not {tag for tag, _ in tags.seen} & {
        "script",
        "iframe",
        "object",
        "embed",
        "link",
        "img",
        "form",
        "base",
    }
    for tag, attributes in tags.seen:
        assert not [name for name in attributes if name.startswith("on")]
        target = attributes.pop("href", None)  # a link leads to a place on the page itself
        assert target is None or (tag == "a" and target.startswith("#"))
        assert not {"src", "action", "srcset"} & set(attributes)
    assert "default-src 'none'" in page
    assert "http" not in page.replace("http-equiv", "")


def test_json_parses_and_keeps_its_version() -> None:
    tree = json.loads(REPORTS["json"].render(summary("dates"), "de"))
    assert tree["schema_version"] == "1"
    assert tree["as_of"] == date(2026, 1, 31).isoformat()
    assert tree["clocks"][0]["bulk_share"] == 1.0
