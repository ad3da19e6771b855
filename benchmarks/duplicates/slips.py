"""Slips of the hand: what fingers do to a word."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

_ROWS = ("qwertzuiopü", "asdfghjklöä", "yxcvbnm", "1234567890")
_NEIGHBOURS = {char: row[max(0, at - 1) : at] + row[at + 1 : at + 2] for row in _ROWS for at, char in enumerate(row)}


def _neighbour(rng: Random, char: str) -> str:
    near = _NEIGHBOURS.get(char.lower(), char.lower())
    other = near[int(rng.random() * len(near))]
    return other.upper() if char.isupper() else other


def typo(rng: Random, text: str) -> str:
    """One letter dropped, doubled, swapped with the next or taken from the key beside it; seldom the first."""
    if len(text) < 3:
        return text
    at = int(rng.random() * (len(text) - 1)) + (rng.random() < 0.9)
    at = min(at, len(text) - 1)
    share = rng.random()
    if share < 0.25:
        return text[:at] + text[at + 1 :]
    if share < 0.45:
        return text[: at + 1] + text[at:]
    if share < 0.7 and at + 1 < len(text):
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + _neighbour(rng, text[at]) + text[at + 1 :]


def in_mailbox(email: str, slip: Callable[[str], str]) -> str:
    """A slip anywhere in an address but in its reserved ending: whoever owns another one is none of our business."""
    return f"{slip(email.removesuffix('.example'))}.example" if email else ""


def wrong_digit(rng: Random, text: str) -> str:
    """One digit of the last eight characters becomes another: no check digit of an id lets that pass."""
    places = [at for at in range(max(0, len(text) - 8), len(text)) if text[at].isdigit()]
    if not places:
        return text
    at = places[int(rng.random() * len(places))]
    other = (int(text[at]) + 1 + int(rng.random() * 9)) % 10
    return f"{text[:at]}{other}{text[at + 1 :]}"


def swapped_digits(rng: Random, text: str) -> str:
    """Two neighbouring digits the other way round: 80331 becomes 80313."""
    places = [at for at in range(len(text) - 1) if text[at : at + 2].isdigit() and text[at] != text[at + 1]]
    if not places:
        return text
    at = places[int(rng.random() * len(places))]
    return f"{text[:at]}{text[at + 1]}{text[at]}{text[at + 2 :]}"
