"""What every form of the differences owes: pure, inert, in both languages, values only where they belong."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest
from tests.exports import csv_file, differences

from crmclean.core.language import Language
from crmclean.core.registry import DIFF_REPORTS
from crmclean.differences import Differences

HOSTILE = "<script>alert(1)</script>\x1b[31m\u202e|`[x](y)"
SECRETS = ("lena.muster@example.org", "030 23125 177", "Quittenbaum", "K-1003")
FOR_PEOPLE = ("text", "html")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Differences:
    """Differences of every kind, with hostile names and values."""
    folder = tmp_path_factory.mktemp("diff")
    header = ["Kundennr", "Nachname", "Telefon", "E-Mail", "Notiz", HOSTILE]
    old = [
        [f"K-{1000 + i}", "Quittenbaum", f"030 23125 {170 + i}", "lena.muster@example.org", "", "x"] for i in range(30)
    ]
    new = [[*row[:4], HOSTILE, "y"] for row in old[:-1]] + [
        ["K-1900", "", "", "", "", ""],
        *2 * [["K-1901", *5 * [""]]],
    ]
    new[3][3], new[7][2], new[8][1] = "", "030 23125 999", "n/a"
    return differences(csv_file(folder / "old.csv", [header, *old]), csv_file(folder / "new.csv", [header, *new]))


@pytest.mark.parametrize("form", sorted(DIFF_REPORTS))
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("shows_values", [False, True])
def test_renders_the_same_bytes_and_nothing_that_acts(
    form: str, language: Language, shows_values: bool, found: Differences
) -> None:
    report = DIFF_REPORTS[form]
    assert report.name == form
    page = report.render(found, language, shows_values)
    assert page == report.render(found, language, shows_values)
    text = page.decode()
    assert text.endswith("\n")
    if form != "csv":  # the data as it is
        assert "\x1b" not in text
        assert "\u202e" not in text


@pytest.mark.parametrize("form", FOR_PEOPLE)
@pytest.mark.parametrize("language", ["en", "de"])
def test_no_value_is_shown_unasked(form: str, language: Language, found: Differences) -> None:
    text = DIFF_REPORTS[form].render(found, language, False).decode()
    assert [secret for secret in SECRETS if secret in text] == []
    assert any(secret in DIFF_REPORTS[form].render(found, language, True).decode() for secret in SECRETS)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


@pytest.mark.parametrize("shows_values", [False, True])
def test_the_page_is_inert_and_small(shows_values: bool, found: Differences) -> None:
    page = DIFF_REPORTS["html"].render(found, "de", shows_values)
    tags = _Tags()
    tags.feed(page.decode())
    assert not {tag for tag, _ in tags.seen} & {
        "script",
        "iframe",
        "object",
        "embed",
        "link",
        "img",
        "form",
        "a",
        "base",
    }
    for _, attributes in tags.seen:
        assert not [name for name in attributes if name.startswith("on")]
        assert not {"href", "src", "action", "srcset"} & set(attributes)
    assert "default-src 'none'" in page.decode()
    assert len(page) < 400_000


def test_json_keeps_its_shape(found: Differences) -> None:
    tree = json.loads(DIFF_REPORTS["json"].render(found, "de", False))
    assert tree["schema_version"] == "1"
    assert tree["added"][0] == {"row": 30, "record_id": "K-1900"}
    assert tree["removed"] == [{"row": 30, "record_id": "K-1029"}]
    lost = next(each for each in tree["changed"] if each["kind"] == "lost")
    assert lost == {
        "row_old": 4, "row_new": 4, "record_id": "K-1003", "column": "E-Mail", "field": "email", "kind": "lost",
        "before": "lena.muster@example.org", "after": "",
    }  # fmt: skip
    assert [each["code"] for each in tree["ids"]] == ["repeated-id"] * 2
    assert tree["figures"]["cells"]["lost"] == 2
    assert {each["kind"] for each in tree["mass_updates"]} == {"same-value"}
