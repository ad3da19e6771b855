"""Counts of people too small to be told: hidden in a table, with as many beside them as keep them from being computed.

Five is the usual least size of a group in published statistics. Nothing (0) is told: it is about nobody.
"""

from __future__ import annotations

from collections.abc import Sequence

from crmclean.core.language import Language, Text

FEWEST = 5  # people a count must be of to be told
_FEW = Text(f"< {FEWEST}", f"< {FEWEST}")
_HIDDEN = Text("hidden", "verdeckt")


class Hidden(int):
    """A count that is not told.

    As a number it is its even share of what is hidden in its table: sums stay right, and whoever has it knows no more
    than from the sum. It prints as words, never as a number, and is null in JSON.

    Attributes:
        is_few: the count is below ``FEWEST``; else it is hidden so that another one can't be computed.
    """

    is_few: bool

    def __new__(cls, share: int = 0, *, is_few: bool = False) -> Hidden:  # noqa: D102 - of the class
        made = super().__new__(cls, share)
        made.is_few = is_few
        return made

    def said(self, language: Language) -> str:
        """What stands in its place."""
        return (_FEW if self.is_few else _HIDDEN).said(language)

    def __str__(self) -> str:
        return self.said("en")

    def __format__(self, spec: str) -> str:
        return str(self)


def suppressed(counts: Sequence[int]) -> tuple[int, ...]:
    """The cells of a table whose sum is known (or can be computed), with what must not be told as ``Hidden``.

    Counts from 1 to 4 are hidden. Where the sum of what is hidden would still tell one of them, the next smallest cell
    is hidden too, and so on; if none is left, the empty ones.

    >>> [str(n) for n in suppressed([2, 0, 40, 18])]
    ['< 5', '0', '40', 'hidden']
    >>> suppressed([7, 0, 12])
    (7, 0, 12)
    """
    few = [at for at, n in enumerate(counts) if 0 < n < FEWEST]
    if not few:
        return tuple(counts)
    others = sorted((at for at in range(len(counts)) if at not in few), key=lambda at: (not counts[at], counts[at]))
    hidden = list(few)
    while others and _tells(sum(counts[at] for at in hidden), len(hidden), len(few)):
        hidden.append(others.pop(0))
    # "Below five" would tell cells that are all as large as they can be, and nothing is left to hide them among.
    says_few = not _tells(sum(counts[at] for at in hidden), len(hidden), len(few)) or sum(counts) < FEWEST
    share, more = divmod(sum(counts[at] for at in hidden), len(hidden))
    shares = {at: share + (nth < more) for nth, at in enumerate(sorted(hidden))}
    return tuple(
        Hidden(shares[at], is_few=says_few and n < FEWEST) if at in shares else n for at, n in enumerate(counts)
    )


def _tells(total: int, n_hidden: int, n_few: int) -> bool:
    """Whether the sum of the hidden cells tells one of them, or is itself that of a few."""
    only_few = n_hidden == n_few
    return n_hidden == 1 or total < FEWEST or (only_few and total in (n_few, n_few * (FEWEST - 1)))
