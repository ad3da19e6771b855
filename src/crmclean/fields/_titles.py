"""Takes academic titles off the front and the end of a text, and writes them the usual way."""

from __future__ import annotations

import re

from crmclean.fields._title_words import LONGEST_TITLE, SPELLINGS, TITLE_STARTS, TITLES, UNSURE_TITLES, squeeze

# "Prof.Dr.med." is three words, "Dipl.-Ing." one title of two; a bracket belongs to the word before it.
_WORD = re.compile(r"[^\s.,;]+\.?|[.,;]")


def words_of(text: str) -> list[str]:
    """The text cut where a title may end: at blanks, after dots, at commas.

    >>> words_of("Prof.Dr.-Ing. Eva Beispiel, MBA")
    ['Prof.', 'Dr.', '-Ing.', 'Eva', 'Beispiel', ',', 'MBA']
    """
    return _WORD.findall(text)


def title_at(words: list[str], start: int, *, sure: bool) -> tuple[str, int] | None:
    """The longest title that begins at a word, written the usual way, and where it ends.

    Args:
        words: from ``words_of``.
        start: index of the first word.
        sure: whether titles that are also names (``Ing``, ``Di``) count.
    """
    joined, end = squeeze(words[start]), start + 1
    if joined not in TITLE_STARTS and joined.partition("-")[0] not in TITLE_STARTS:
        return None
    best: tuple[str, int] | None = None
    while True:
        title = TITLES.get(joined)
        if title is not None and (sure or joined not in UNSURE_TITLES or words[end - 1].endswith(".")):
            best = (title, end)
        if end >= len(words) or end - start >= LONGEST_TITLE or words[end] in (",", ";"):
            break
        joined += squeeze(words[end])
        end += 1
    if best is None:
        return None
    written = "".join(words[start : best[1]])
    return (written, best[1]) if written in SPELLINGS else best


def leading_titles(words: list[str], *, sure: bool = False) -> tuple[list[str], int]:
    """The titles at the front, written the usual way, and the index of the first word behind them.

    >>> leading_titles(words_of("prof dr.med. Eva Beispiel"))
    (['Prof.', 'Dr. med.'], 3)
    """
    titles: list[str] = []
    at = 0
    while at < len(words):
        if titles and words[at] in (",", ";"):
            at += 1
            continue
        found = title_at(words, at, sure=sure or bool(titles))
        if found is None:
            break
        titles.append(found[0])
        at = found[1]
    return titles, at
