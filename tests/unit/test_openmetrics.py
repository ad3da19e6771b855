"""Metrics files, held against the grammar that Prometheus' text format and OpenMetrics share."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crmclean.core.errors import OutputError, UsageError
from crmclean.core.openmetrics import Gauge, exposition
from crmclean.formats.metrics_file import require_metrics_place, write_metrics

NAME = r"[a-zA-Z_][a-zA-Z0-9_]*"
LABEL = rf'{NAME}="(?:[^"\\\n]|\\["\\n])*"'
SAMPLE = re.compile(rf"({NAME})(?:\{{({LABEL}(?:,{LABEL})*)\}})? (-?\d+(?:\.\d+)?)")
Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def parsed(text: str) -> Samples:
    """Every sample by name and labels; fails where the text is not strictly of both forms."""
    *lines, end, rest = text.split("\n")
    assert (end, rest) == ("# EOF", "")
    samples: Samples = {}
    family, ended = "", set()
    waiting = iter(lines)
    for line in waiting:
        if line.startswith("# HELP "):
            _, _, name, meaning = line.split(" ", 3)
            assert "\\" not in meaning
            assert '"' not in meaning
            assert next(waiting) == f"# TYPE {name} gauge"
            assert name not in ended, "a family stands in one piece"
            ended.add(name)
            family = name
            continue
        found = SAMPLE.fullmatch(line)
        assert found, line
        assert found[1] == family
        pairs = re.findall(rf'({NAME})="((?:[^"\\]|\\.)*)"', found[2] or "")
        labels = tuple(sorted((name, _unescaped(value)) for name, value in pairs))
        assert len({name for name, _ in labels}) == len(labels)
        assert (family, labels) not in samples
        samples[family, labels] = float(found[3])
    return samples


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value)


@pytest.mark.parametrize(
    "name", ["kunden", "Müller & Söhne", 'a"b', "a\\b", "a\nb", "a\\nb", "{x=}", "", "\u202e", "#"]
)
def test_any_name_is_a_label(name: str) -> None:
    text = exposition([Gauge("crmclean_up", "Up.", (({"export": name, "command": "run"}, True),))]).decode()
    assert parsed(text) == {("crmclean_up", (("command", "run"), ("export", name))): 1}


def test_numbers_are_written_alike_everywhere() -> None:
    samples = tuple(({"n": str(at)}, value) for at, value in enumerate((0, 1.0, 1 / 3, 1e12, 0.1 + 0.2, 1e-9)))
    text = exposition([Gauge("a", "A.", samples), Gauge("empty", "Left out.", ())]).decode()
    assert re.findall(r" (\S+)$", text, re.MULTILINE)[2:-1] == ["0", "1", "0.333333", "1000000000000", "0.3", "0"]
    assert "empty" not in text


CONTENT = exposition([Gauge("crmclean_up", "Up.", (({}, 1),))])


def test_it_is_replaced_whole_and_can_be_read_by_others(tmp_path: Path) -> None:
    target = tmp_path / "crm.prom"
    for _ in range(2):
        require_metrics_place(target, [])
        write_metrics(target, CONTENT)
        assert target.read_bytes() == CONTENT
        assert target.stat().st_mode & 0o777 == 0o644
    assert [path.name for path in tmp_path.iterdir()] == ["crm.prom"]


@pytest.mark.parametrize("what", ["folder", "missing", "below a file", "link", "other", "device"])
def test_a_target_that_is_none_is_refused_before_and_after(what: str, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("Nr;Firma\n")
    (tmp_path / "link.prom").symlink_to("other.csv")
    (tmp_path / "folder").mkdir()
    target = {
        "folder": tmp_path / "folder",
        "missing": tmp_path / "missing" / "crm.prom",
        "below a file": tmp_path / "other.csv" / "crm.prom",
        "link": tmp_path / "link.prom",
        "other": tmp_path / "other.csv",
        "device": Path("/dev/full"),
    }[what]
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(OutputError):
        require_metrics_place(target, [])
    with pytest.raises(OutputError):
        write_metrics(target, CONTENT)
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert (tmp_path / "other.csv").read_text() == "Nr;Firma\n"


def test_the_export_is_never_the_metrics_file(tmp_path: Path) -> None:
    export = tmp_path / "a.csv"
    export.write_bytes(CONTENT)
    with pytest.raises(UsageError):
        require_metrics_place(export, [export])
