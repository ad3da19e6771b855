"""Duplicates among cleaned exports, with what earlier runs and people said."""

from __future__ import annotations

from collections.abc import Sequence

from crmclean.core.language import Text
from crmclean.formats.state import State, another_export
from crmclean.matching.bands import Thresholds
from crmclean.matching.decisions import Memory
from crmclean.matching.duplicates import Duplicates
from crmclean.pipeline.preparing import Cleaned
from crmclean.pipeline.settings import Settings
from crmclean.stages.match import match_records


def find_among(
    cleaned: Sequence[Cleaned],
    settings: Settings,
    state: State,
    *,
    link: bool = False,
    is_asked: bool = False,
    is_known: bool = False,
) -> Duplicates:
    """The duplicates among cleaned exports.

    Args:
        cleaned: the exports.
        settings: see ``Settings``.
        state: of earlier runs.
        link: only pairs across two exports count.
        is_asked: whether the state was named: then it is used even where it is still empty, and what is new is marked.
        is_known: whether somebody else sees to it that the state is this export's.

    Raises:
        InputError: the state is another export's.
    """
    given = settings.config
    with settings.progress(Text("matching", "abgleichen")) as tell_rows:
        tell_rows(sum(one.normalised.table.frame.height for one in cleaned))
        found = match_records(
            *(one.normalised for one in cleaned),
            entity=given.input.entity,
            thresholds=Thresholds(given.matching.auto, given.matching.review),
            language=settings.language,
            memory=_memory(state, settings, tells_news=is_asked) if is_asked or state.exists else None,
            link=link,
        )
    known = [] if is_known else state.sketch()
    if known and not found.records.holds_any_of(known):
        raise another_export(state.path)
    return found


def _memory(state: State, settings: Settings, *, tells_news: bool) -> Memory:
    return Memory(
        decisions=state.decisions(),
        clusters=dict(state.cluster_ids()),
        pairs=frozenset(state.pairs()),
        four_eyes=settings.config.matching.four_eyes,
        tells_news=tells_news,
    )
