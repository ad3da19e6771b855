"""A baseline of a run lets the same run pass, in whatever order its records come."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tables import Columns, cleaned

from crmclean.config.model import FreshnessSection
from crmclean.gate import Gate
from crmclean.gate.baseline import Baseline
from crmclean.gate.checking import Checked, KnownFindings, judged
from crmclean.stages.measure import measure

CELLS = st.sampled_from(
    ["", "mia@example.com", "mia@", "x@@y", "n/a", "a\u200bb", "MIA@EXAMPLE.COM", "0171"]
) | st.text(st.characters(codec="utf-8"), max_size=8)
RECORDS = st.lists(st.tuples(st.sampled_from(["", " ", *"ABCDEFG"]), CELLS, CELLS), max_size=12)
STRICT = Gate("info")


def checked(records: list[tuple[str, str, str]], baseline: Path, *, update: bool, with_ids: bool = True) -> Checked:
    ids, mails, phones = ([record[at] for record in records] for at in range(3))
    columns: Columns = {
        ("Nr", "record_id" if with_ids else None): ids, ("Mail", "email"): mails, ("Tel", "phone"): phones
    }  # fmt: skip
    table = cleaned(columns)
    earlier = Baseline.read(str(baseline)) if baseline.exists() else None
    known = KnownFindings(baseline, update)
    summary = measure(table, FreshnessSection())
    done = judged("e.csv", table, summary, STRICT, known, earlier, show_values=False)
    if done.baseline is not None:
        baseline.write_bytes(done.baseline)
    return done


@given(RECORDS, st.booleans())
@settings(deadline=None, max_examples=60)
def test_the_same_run_passes(records: list[tuple[str, str, str]], with_ids: bool) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "b")
        assert checked(records, path, update=True, with_ids=with_ids).result.passed
        content = path.read_bytes()
        again = checked(records, path, update=False, with_ids=with_ids).result
        assert again.passed
        assert again.baseline
        assert (again.baseline.new, again.baseline.stale) == (0, 0)
        assert checked(records, path, update=True, with_ids=with_ids).baseline == content


@given(RECORDS, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=60)
def test_shuffled_records_with_ids_pass(records: list[tuple[str, str, str]], random: object) -> None:
    named = [(f"{who.strip() or 'X'}{at % 9}", *cells) for at, (who, *cells) in enumerate(records)]
    shuffled = list(named)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    with TemporaryDirectory() as folder:
        path = Path(folder, "b")
        checked(named, path, update=True)  # type: ignore[arg-type]
        done = checked(shuffled, path, update=False)  # type: ignore[arg-type]
        assert done.result.passed
        assert done.result.baseline
        assert done.result.baseline.stale == 0


@given(RECORDS, RECORDS)
@settings(deadline=None, max_examples=60)
def test_new_and_stale_change_sides(old: list[tuple[str, str, str]], new: list[tuple[str, str, str]]) -> None:
    with TemporaryDirectory() as folder:
        a, b = Path(folder, "a"), Path(folder, "b")
        n_old = checked(old, a, update=True).result.findings.height
        n_new = checked(new, b, update=True).result.findings.height
        there, back = checked(new, a, update=False).result.baseline, checked(old, b, update=False).result.baseline
        assert there
        assert back
        assert (there.known + there.new, there.known + there.stale) == (n_new, n_old)
        assert (back.known, back.new, back.stale) == (there.known, there.stale, there.new)
