"""Wrong rules are errors with file, line and the nearest name; what is right is kept as it was written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crmclean.config.loader import load_config
from crmclean.config.own_rules import read_rules
from crmclean.config.template import template
from crmclean.core.errors import ConfigError
from crmclean.core.registry import RULE_KINDS
from crmclean.pipeline.settings import Settings, repeated


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "crmclean.toml"
    path.write_text(text, "utf-8")
    return path


def ruled(keys: str) -> str:
    """A rule whose section stands in line 3, after another."""
    return f'[rules.first]\nfield = "email"\n[rules.second]\n{keys}\n'.replace(
        "\n[rules.second]", "\nrequired = true\n[rules.second]"
    )


@pytest.mark.parametrize(
    ("keys", "line", "said"),
    [
        ('field = "emial"\nrequired = true', 5, "unknown field 'emial'. Hint: did you mean 'email'?"),
        ('field = "email"\nrequird = true', 6, "no kind of rule 'requird'. Hint: did you mean 'required'?"),
        ('field = "email"\nsverity = "info"\nunique = true', 6, "Hint: did you mean 'severity'?"),
        ('field = "email"', 4, "the rule asks for nothing: give one of allowed, complete"),
        ('field = "email"\nrequired = true\nunique = true', 7, "required and unique are rules of their own"),
        ("required = true", 5, "required needs field or column"),
        ('field = "email"\nrequired = "yes"', 6, 'required must be true or "any"'),
        ("field = 3\nrequired = true", 5, "field must be a text, or a list of texts"),
        ("field = []\nrequired = true", 5, "field must be a text"),
        ('field = "email"\nunique = false', 6, "unique must be true"),
        ('field = "email"\nallowed = []', 6, "allowed must be a text"),
        ('field = "email"\nallowed = [1]', 6, "allowed must be a text"),
        ('column = "A"\npattern = "(?=a)b"', 6, "no valid pattern: look-around is not supported"),
        ('column = "A"\npattern = "a)|(b"', 6, "no valid pattern: unopened group"),
        ('column = "A"\npattern = "a{2000}{2000}"', 6, "no valid pattern: "),
        ('column = "A"\npattern = "(a)\\\\1"', 6, "no valid pattern: backreferences are not supported"),
        (f'column = "A"\npattern = "{"a" * 1001}"', 6, "pattern is longer than 1000 characters"),
        ('column = "A"\nrange = { min = 3, max = 1 }', 6, "range: min is higher than max"),
        ('column = "A"\nrange = { min = 3, max = 2026-01-01 }', 6, "one end is a number, the other a date"),
        ('column = "A"\nrange = { low = 3 }', 6, "unknown key 'low' in range"),
        ('column = "A"\nrange = { min = "yesterday" }', 6, "range.min must be a number, a date"),
        ('column = "A"\nrange = {}', 6, "range needs min or max"),
        ('column = "A"\nlength = { min = 0 }', 6, "length must be a whole number from 1"),
        ('column = "A"\nlength = 5', 6, "length must be like"),
        ('field = "verified_at"\nmax_age_days = 1.5', 6, "max_age_days must be a whole number from 1"),
        ('complete = { at_least = 90, purpose = "post" }', 5, "must be a share above 0 up to 1"),
        ('complete = { at_least = 0.9, purpose = "psot" }', 5, "Hint: did you mean 'post'?"),
        ("complete = { at_least = 0.9 }", 5, "complete wants a field or a purpose"),
        ('field = "email"\nrequired = true\nwhen = "DE"', 7, "when must be like"),
        (
            'field = "email"\nrequired = true\nwhen = { country = { iz = "DE" } }',
            7,
            "unknown key 'iz' in when. Hint: one of is, not",
        ),
        ('field = "email"\nrequired = true\nwhen = { country = true }', 7, "when must be a text"),
        ('field = "email"\nrequired = true\nentity = "firm"', 7, "entity can't be 'firm'"),
        ('field = "email"\nrequired = true\nseverity = "eror"', 7, "Hint: did you mean 'error'?"),
        ('field = "email"\nrequired = true\nmessage = { en = "x" }', 7, "message must be a text, or"),
        (f'field = "email"\nrequired = true\nmessage = "{"x" * 301}"', 7, "message is longer than 300"),
        ('field = "email"\nallowed = [12:30:00]', 4, "a time or no number"),
    ],
)
def test_a_wrong_rule(tmp_path: Path, keys: str, line: int, said: str) -> None:
    path = write(tmp_path, ruled(keys))
    with pytest.raises(ConfigError) as wrong:
        load_config(path)
    assert wrong.value.exit_code == 4
    assert said in wrong.value.message()
    assert wrong.value.where == f"{path}:{line}"
    assert wrong.value.message("de") != wrong.value.message("en")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[rules]\nx = 3\n", 2, "[rules.x] must be a section"),
        ('[rules]\nx = { field = "emial", required = true }\n', 2, "did you mean 'email'?"),
        ('[rules."Äh"]\nfield = "email"\nrequired = true\n', 0, "a rule can't be called 'Äh'"),
        ('[severity]\n"phone.*" = "eror"\n', 2, "did you mean 'error'?"),
        ('[severity]\n"email.role" = "off"\n', 2, "did you mean 'email.role-account'?"),
        ('[severity]\n"rule.x" = "off"\n', 2, "no code is called 'rule.x'"),
    ],
)
def test_a_wrong_section(tmp_path: Path, text: str, line: int, said: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as wrong:
        load_config(path)
    assert said in wrong.value.message()
    if line:
        assert wrong.value.where == f"{path}:{line}"


ALL = "".join(f"[rules.r{at}]\n{kind.example}\n" for at, kind in enumerate(RULE_KINDS.values()))


def test_rules_are_repeated_from_a_manifest(tmp_path: Path) -> None:
    config = load_config(write(tmp_path, ALL + '[severity]\n"rule.*" = "info"\n'))
    settings = Settings(as_of=date(2026, 1, 31), config=config)
    again = repeated(settings.recorded(), settings.as_of, settings.sha256())
    assert [(rule.name, rule.asked, rule.when) for rule in read_rules(again.config.rules)] == [
        (rule.name, rule.asked, rule.when) for rule in read_rules(config.rules)
    ]
    assert again.config.severity == {"rule.*": "info"}


def test_where_a_rule_stands_decides_nothing(tmp_path: Path) -> None:
    one = load_config(write(tmp_path, ALL))
    other = load_config(write(tmp_path, "# a remark\n\n" + ALL))
    assert one.rules != other.rules
    as_of = date(2026, 1, 31)
    assert Settings(as_of=as_of, config=one).sha256() == Settings(as_of=as_of, config=other).sha256()


def test_without_rules_what_decides_is_what_it_was() -> None:
    assert "rules" not in Settings(as_of=date(2026, 1, 31)).recorded()["config"]


def test_rules_are_written_as_they_are_read(tmp_path: Path) -> None:
    config = load_config(write(tmp_path, ALL + '[severity]\n"rule.*" = "info"\n'))
    again = load_config(write(tmp_path, template(config, [], name="x.csv")))
    assert {name: rule.keys for name, rule in again.rules.items()} == {
        name: rule.keys for name, rule in config.rules.items()
    }
    assert again.severity == config.severity


def test_the_example_of_init_is_right(tmp_path: Path) -> None:
    lines = template(load_config(write(tmp_path, "")), [], name="x.csv").splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith("# [rules."))
    example = [line.removeprefix("# ") if line != "#" else "" for line in lines[at:]]
    config = load_config(write(tmp_path, "\n".join(example)))
    assert list(config.rules) == ["vat-id-abroad", "customer-number"]
    assert config.severity == {"phone.*": "info", "email.role-account": "off"}
