"""``review`` on a real terminal: keys are pressed, and what is stored is looked at."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import polars as pl
import pytest
from tests.reviewed_runs import EXPORT, MOVED, SHORT, TWO_DATES, answers, stored
from tests.terminal import Terminal

from crmclean.__main__ import run_and_report


def test_each_key_is_an_answer_that_is_stored_at_once(folder: Path) -> None:
    with Terminal("review", folder, "--by", "Anna") as terminal:
        terminal.expect("1 of 3")
        terminal.press("n")
        terminal.expect("2 of 3")
        assert answers(folder) == {TWO_DATES: "different"}
        terminal.press("Y")
        terminal.expect("3 of 3")
        assert answers(folder) == {TWO_DATES: "different", MOVED: "same"}
        terminal.press("u")
        terminal.expect("That was the last pair.")
        terminal.press("q")
        said = terminal.expect("next: ")
        assert terminal.wait() == 0
        assert terminal.is_as_before()
    assert "3 answers stored, 0 pairs left" in said
    assert answers(folder) == {TWO_DATES: "different", MOVED: "same", SHORT: "unsure"}
    assert {each.decided_by for each in stored(folder).values()} == {"Anna"}
    applied = pl.read_csv(folder / "decisions.csv", infer_schema=False)
    assert applied.select("record_id_a", "answer").rows() == [
        ("1009", "different"),
        ("1013", "same"),
        ("1011", "unsure"),
    ]


def test_both_records_stand_beside_each_other_and_differences_are_marked(folder: Path) -> None:
    with Terminal("review", folder) as terminal:
        page = terminal.expect("q quit")
        assert "row 9 (1009)" in page
        assert "= Nachname      Lindenhayn                       Lindenhayn" in page
        assert "≠ Geburtsdatum  12.04.1951                       03.09.1953" in page
        assert "0.8850" in page
        assert "against: date of birth different" in page
        assert "\x1b[1;33m1951" in terminal.raw
        assert max(len(line) for line in page.splitlines()) <= 80
        terminal.press("q")
        assert terminal.wait() == 0


def test_the_page_in_the_documentation_is_what_is_shown(folder: Path) -> None:
    shown = (EXPORT.parents[2] / "docs" / "review.md").read_text("utf-8").split("```text\n")[1].split("```")[0]
    with Terminal("review", folder) as terminal:
        assert terminal.expect("q quit").strip() + "\n" == shown
        terminal.press("q")
        assert terminal.wait() == 0


def test_ids_that_contradict_are_said(folder: Path) -> None:
    with Terminal("review", folder) as terminal:
        terminal.expect("q quit")
        terminal.press("s")
        page = terminal.expect("q quit")
        assert "Valid ids contradict: `same` confirms that it is the same enterprise" in page
        assert "~ Straße" in page  # Südstr. and Südstraße
        terminal.press("q")
        assert terminal.wait() == 0
    assert answers(folder) == {}


def test_undo_takes_back_answers_and_skips_and_goes_on_in_the_next_session(folder: Path) -> None:
    with Terminal("review", folder, "--no-apply") as terminal:
        terminal.expect("1 of 3")
        for key, then in (("y", "2 of 3"), ("b", "taken back"), ("n", "2 of 3"), ("s", "3 of 3"), ("z", "2 of 3")):
            terminal.press(key)
            terminal.expect(then)
        assert answers(folder) == {TWO_DATES: "different"}
        terminal.press("q")
        assert "`crmclean review" in terminal.expect("applies them")
        assert terminal.wait() == 0
    with Terminal("review", folder) as terminal:
        terminal.expect("1 of 2")
        terminal.expect("q quit")
        terminal.press("b")
        assert "Lindenhayn" in terminal.expect("q quit")
        assert answers(folder) == {}
        terminal.press("b")
        terminal.expect("nothing of yours to take back")
        terminal.press("q")
        assert terminal.wait() == 0


def test_nobody_takes_back_what_another_one_said(folder: Path) -> None:
    with Terminal("review", folder, "--by", "Anna", "--no-apply") as terminal:
        terminal.expect("1 of 3")
        terminal.press("yq")
        assert terminal.wait() == 0
    with Terminal("review", folder, "--by", "Bert", "--no-apply") as terminal:
        terminal.expect("1 of 2")
        terminal.press("b")
        terminal.expect("nothing of yours to take back")
        terminal.press("q")
        assert terminal.wait() == 0
    assert answers(folder) == {TWO_DATES: "same"}


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_an_interrupted_session_keeps_its_answers(key: str, folder: Path) -> None:
    with Terminal("review", folder) as terminal:
        terminal.expect("1 of 3")
        terminal.press("n")
        terminal.expect("2 of 3")
        terminal.press(key)
        terminal.expect("the answers are kept and not applied yet")
        assert terminal.wait() == 130
        assert terminal.is_as_before()
    assert answers(folder) == {TWO_DATES: "different"}
    assert "veto,distinct" not in (folder / "pairs.csv").read_text("utf-8")
    with Terminal("review", folder) as terminal:
        terminal.expect("1 of 2")  # what was answered is not asked again
        terminal.press("q")
        terminal.expect("1 decision applied")
        assert terminal.wait() == 0


def test_a_comment_is_stored_with_its_answer(folder: Path) -> None:
    with Terminal("review", folder, "--no-apply") as terminal:
        terminal.expect("1 of 3")
        terminal.press("c")
        terminal.expect("Comment: ")
        terminal.press("Vaterr\x7f und Söhne\r")
        terminal.expect("Comment: Vater und Söhne")
        terminal.press("n")
        terminal.expect("2 of 3")
        terminal.press("cverworfen\x1b")
        terminal.expect("2 of 3")
        terminal.press("yq")
        assert terminal.wait() == 0
    assert stored(folder)[TWO_DATES].comment == "Vater und Söhne"
    assert stored(folder)[MOVED].comment == ""


def test_german_keys_and_words(folder: Path) -> None:
    with Terminal("--lang", "de", "review", folder, "--no-apply") as terminal:
        page = terminal.expect("q Ende")
        assert "1 von 3" in page
        assert "Zeile 9 (1009)" in page
        assert "j gleich  n verschieden  u unsicher" in page
        terminal.press("j")
        terminal.expect("gespeichert: gleich")
        terminal.press("z")
        terminal.expect("zurückgenommen")
        terminal.press("?")
        assert "beide meinen dasselbe" in terminal.expect("beliebige Taste: zurück")
        terminal.press(" jq")
        assert terminal.wait() == 0
    assert answers(folder) == {TWO_DATES: "same"}


def test_other_keys_and_arrows_do_nothing(folder: Path) -> None:
    with Terminal("review", folder) as terminal:
        terminal.expect("q quit")
        terminal.press("\x1b[A\x1b[6~\r")
        terminal.expect("q quit")
        terminal.press("ü")
        terminal.expect("no such key; ? shows all")
        terminal.press("q")
        assert terminal.wait() == 0
    assert answers(folder) == {}


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (50, 20), (36, 14), (200, 60)])
def test_nothing_is_wider_or_higher_than_the_window(columns: int, rows: int, folder: Path) -> None:
    with Terminal("review", folder, columns=columns, rows=rows) as terminal:
        page = terminal.expect("quit")
        terminal.press("s")
        page += terminal.expect("quit")
        assert max(len(line) for line in page.splitlines()) <= columns
        pages = terminal.raw.split("\x1b[2J")[1:]
        assert all(page.count("\n") <= rows for page in pages[:2]) or rows < 24
        terminal.press("q")
        assert terminal.wait() == 0


def test_where_not_all_fields_fit_differences_come_first(folder: Path) -> None:
    with Terminal("review", folder, columns=60, rows=17) as terminal:
        page = terminal.expect("m more fields")
        assert page.index("Geburtsdatum") < page.index("E-Mail") < page.index("Nachname")
        assert "fields 1-" in page
        terminal.press("m")
        assert "Telefon" in terminal.expect("m more fields")
        terminal.press("q")
        assert terminal.wait() == 0


def test_a_new_size_of_the_window_is_seen(folder: Path) -> None:
    with Terminal("review", folder) as terminal:
        terminal.expect("─" * 80)
        terminal.expect("q quit")
        terminal.resize(60, 30)
        assert "─" * 61 not in terminal.expect("q quit")
        terminal.press("q")
        assert terminal.wait() == 0


def test_without_colours_the_signs_remain(folder: Path) -> None:
    with Terminal("review", folder, environment={"NO_COLOR": "1"}) as terminal:
        page = terminal.expect("q quit")
        assert "≠ Geburtsdatum" in page
        assert "\x1b[1;33m" not in terminal.raw
        terminal.press("q")
        assert terminal.wait() == 0


def test_a_dumb_terminal_takes_lines(folder: Path) -> None:
    with Terminal("review", folder, "--no-apply", environment={"TERM": "dumb"}) as terminal:
        terminal.expect("> ")
        terminal.press("n\n")
        terminal.expect("2 of 3")
        terminal.expect("> ")
        terminal.press("q\n")
        assert terminal.wait() == 0
        assert "\x1b" not in terminal.raw
    assert answers(folder) == {TWO_DATES: "different"}


def test_signs_that_act_are_shown_as_codes(tmp_path: Path) -> None:
    odd = EXPORT.read_text("utf-8").replace("Ahornweg 12;50667;Köln", "Ahorn\x1b[2Jweg\u202e [red]12;50667;Köln", 1)
    (tmp_path / "kunden.csv").write_text(odd, "utf-8")
    assert run_and_report(["dedupe", str(tmp_path / "kunden.csv"), "-o", str(tmp_path / "d"), "--country", "DE"]) == 0
    with Terminal("review", tmp_path / "d", columns=120) as terminal:
        page = terminal.expect("q quit")
        while "Lindenhayn" not in page:
            terminal.press("s")
            page = terminal.expect("q quit")
        assert "Ahorn\\x1b[2Jweg\\u202e [red]12" in page
        terminal.press("q")
        assert terminal.wait() == 0


def test_four_eyes_see_more_than_two(tmp_path: Path) -> None:
    shutil.copy(EXPORT, tmp_path / "kunden.csv")
    (tmp_path / "crmclean.toml").write_text("[matching]\nfour_eyes = true\n", "utf-8")
    given = ["--country", "DE", "--config", str(tmp_path / "crmclean.toml")]
    folder = tmp_path / "d"
    assert run_and_report(["dedupe", str(tmp_path / "kunden.csv"), "-o", str(folder), *given]) == 0
    with Terminal("review", folder, "--by", "Anna") as terminal:
        terminal.expect("1 of 3")
        terminal.press("nyuq")
        terminal.expect("2 answers wait for somebody else: `crmclean review")
        assert terminal.wait() == 0
    with Terminal("review", folder, "--by", "anna", "--approve") as terminal:
        terminal.expect("nothing of others waits for approval")
        assert terminal.wait() == 0
    with Terminal("review", folder, "--by", "Bert", "--approve") as terminal:
        assert "Anna says: different" in terminal.expect("a approve")
        terminal.press("a")
        assert "Anna says: same" in terminal.expect("a approve")
        terminal.press("n")
        terminal.expect("That was the last pair.")
        terminal.press("q")
        terminal.expect("1 decision applied")
        assert terminal.wait() == 0
    found = stored(folder)
    assert (found[TWO_DATES].decided_by, found[TWO_DATES].approved_by) == ("Anna", "Bert")
    assert (found[MOVED].answer, found[MOVED].decided_by, found[MOVED].approved_by) == ("different", "Bert", "")


def test_a_changed_record_is_asked_again_and_it_is_said(folder: Path, tmp_path: Path) -> None:
    with Terminal("review", folder, "--by", "Anna") as terminal:
        terminal.expect("1 of 3")
        terminal.press("nq")
        assert terminal.wait() == 0
    export = tmp_path / "kunden.csv"
    export.write_text(export.read_text("utf-8").replace("lindenhayn@example.org", "k.lindenhayn@example.org"), "utf-8")
    assert run_and_report(["dedupe", str(export), "-o", str(folder), "--country", "DE"]) == 0
    with Terminal("review", folder) as terminal:
        page = terminal.expect("q quit")
        while "Lindenhayn" not in page:
            terminal.press("s")
            page = terminal.expect("q quit")
        assert "Answered before: different, by Anna" in page
        assert "A record has changed since." in page
        terminal.press("n")
        terminal.expect("stored: different")
        terminal.press("q")
        assert terminal.wait() == 0


def test_a_sample_hides_what_matching_thinks_and_estimates_precision(folder: Path) -> None:
    with Terminal("review", folder, "--sample", "2", "--seed", "3") as terminal:
        page = terminal.expect("q quit")
        assert "1 of 2" in page
        assert "0.99" not in page
        assert "street same" not in page
        terminal.press("yn")
        terminal.expect("That was the last pair.")
        terminal.press("q")
        terminal.expect("precision 50.0 % (95 % interval 9.5 to 90.5 %): 1 of 2 pairs are the same")
        assert terminal.wait() == 0
    assert sorted(answers(folder).values()) == ["different", "same"]
    with Terminal("review", folder, "--sample", "2", "--seed", "3") as terminal:  # the same pairs: nothing to ask
        terminal.expect("precision 50.0 %")
        assert terminal.wait() == 0


def test_two_people_at_once_do_not_ask_twice(folder: Path) -> None:
    with (
        Terminal("review", folder, "--by", "Anna", "--no-apply") as one,
        Terminal("review", folder, "--by", "Bert", "--no-apply") as two,
    ):
        one.expect("1 of 3")
        two.expect("1 of 3")
        two.expect("q quit")
        one.press("n")
        one.expect("2 of 3")
        one.press("y")
        one.expect("3 of 3")
        two.press("s")
        assert "Sonnleitner" in two.expect("q quit")
        two.press("yq")
        assert two.wait() == 0
        one.press("q")
        assert one.wait() == 0
    assert answers(folder) == {TWO_DATES: "different", MOVED: "same", SHORT: "same"}


def test_told_to_stop_it_keeps_the_answers_and_puts_the_terminal_back(folder: Path) -> None:
    with Terminal("review", folder) as terminal:
        terminal.expect("q quit")
        terminal.press("n")
        terminal.expect("2 of 3")
        terminal.signal(signal.SIGTERM)
        terminal.expect("the answers are kept and not applied yet")
        assert terminal.wait() == 143
        assert terminal.is_as_before()
    assert answers(folder) == {TWO_DATES: "different"}
