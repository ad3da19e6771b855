"""The HTML page: small whatever the export, sound for eyes and ears, inert."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files

import pytest
from tests.tables import Columns, cleaned

from crmclean.config.model import FreshnessSection
from crmclean.core.catalogue import all_codes, describe
from crmclean.core.groups import CodeExamples, Group, Grouping
from crmclean.core.language import Language, Text
from crmclean.core.ratio import Ratio
from crmclean.core.registry import REPORTS
from crmclean.core.summary import FileNote, Reason, RunSummary
from crmclean.stages.measure import measure

MAX_BYTES = 400_000
HOSTILE = "<script>alert('&\"')</script>\u202e\x1b[31m" + "\u05d0" * 400 + "W" * 3000
FIELDS = ("email", "phone", "postal_code", "nps", "modified_at", "owner", None, "vat_id", "segment", "country")


@cache
def largest() -> RunSummary:
    """400 hostile columns, every code there is, and all lists longer than any page."""
    columns: Columns = {
        (f"{HOSTILE}{i}", FIELDS[i % len(FIELDS)]): ["x", "1", HOSTILE[:90]] for i in range(len(FIELDS))
    }
    summary = measure(cleaned(columns), FreshnessSection())
    reasons = [Reason(code, describe(code).severity.value, 999_999_999, (1, 2, 3, 4, 5)) for code in all_codes()]
    codes = (*reasons, *(Reason(f"rule.rule-{i}", "error", 1, (1,)) for i in range(500)))
    group = Group(HOSTILE, 10**9, Ratio(1, 10**9), Ratio(1, 10**9), 10**9)
    return replace(
        summary,
        notes=tuple(FileNote("preamble", "warning", Text(HOSTILE, HOSTILE), 1, None) for _ in range(2000)),
        columns=tuple(replace(column, reasons=codes[:5]) for column in summary.columns * 40),
        findings=codes,
        own_rules=tuple((f"rule.rule-{i}", Text(HOSTILE, HOSTILE)) for i in range(500)),
        changes=tuple((reason.code, "safe", 1) for reason in reasons),
        groups=tuple(Grouping(kind, HOSTILE, (group,) * 20, group, 10**6) for kind in ("owner", "segment", "source")),
        examples=tuple(CodeExamples(reason.code, (HOSTILE,) * 3) for reason in reasons),
    )


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_page_is_small_whatever_the_export(language: Language) -> None:
    page = REPORTS["html"].render(largest(), language)
    assert len(page) <= MAX_BYTES
    assert ("und 300 weitere" if language == "de" else "and 300 more") in page.decode()


class _Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "br"}:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_sound_for_those_who_hear_it() -> None:
    """One main part, no step of headings left out, tables with caption and headings, pictures with words."""
    outline = _Outline()
    outline.feed(REPORTS["html"].render(largest(), "de").decode())
    assert outline.open == []
    assert outline.headings[0] == 1
    assert all(after <= before + 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False))
    names = [tag for tag, _ in outline.tags]
    assert names.count("main") == names.count("h1") == names.count("header") == names.count("footer") == 1
    assert names.count("table") == names.count("caption") == names.count("thead")
    assert all(attrs.get("scope") in ("col", "row") for tag, attrs in outline.tags if tag == "th")
    assert ("html", {"lang": "de"}) in outline.tags
    assert ("a", {"class": "skip", "href": "#figures"}) in outline.tags
    pictures = [attrs for tag, attrs in outline.tags if tag == "svg"]
    assert all(attrs.get("role") == "img" or attrs.get("aria-hidden") == "true" for attrs in pictures)
    scrolling = [attrs for _, attrs in outline.tags if attrs.get("class") == "wide"]
    assert all(attrs["role"] == "region" and attrs["tabindex"] == "0" and attrs["aria-label"] for attrs in scrolling)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, bright = sorted((_luminance(one), _luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_colours_can_be_told_apart_in_every_scheme() -> None:
    """WCAG 2.2 AA: 4.5 for text, 3 for what a picture is read by."""
    css = files("crmclean").joinpath("data/report.css").read_text("utf-8")
    schemes = [dict(re.findall(r"--([\w-]+): (#\w{6})", root)) for root in re.findall(r":root \{([^}]*)\}", css)]
    assert len(schemes) == 3  # light, dark, print
    for colours in schemes:
        for ground in ("page", "card"):
            for ink in ("ink", "soft", "bad", "doubt-ink", "accent"):
                assert _contrast(colours[ink], colours[ground]) >= 4.5
        for fill in ("good", "doubt", "bad", "accent", "edge"):
            assert _contrast(colours[fill], colours["page"]) >= 3
