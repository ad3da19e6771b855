"""Names of persons that look alike and are not the same: of man and woman, and with another word in them."""

from __future__ import annotations

from collections.abc import Callable

# Men's names that become a woman's by another ending. Own list of the usual ones, German and English; folded.
_MEN = frozenset(
    """
    adrian albert alexander alfons alfred alois andre andrea angelo anton antonio arnold august bernhard bruno carl
    carlo christian claudio clemens constantin cornelius daniel david denis dennis dieter dominic dominik emanuel emil
    erich eric erik ernst eugen fabian felix ferdinand florentin franco frank franz frederic frederik friedrich gabriel
    georg george gerald gerhard giovanni gustav hans heinrich helmut henri henrik herbert hermann ignaz ingo ivan jan
    jean joachim johann josef joseph julian julius justin karl klemens konstantin konrad leo leon leopold lorenz louis
    ludwig luis manuel marc marcel marco marian mario marius mark martin maximilian michael milan nicola nikolaus
    norbert oliver oskar otto pascal patrick paul peter philipp raphael rene robert roberto roland roman rudolf samuel
    sandro sebastian silvio simon stefan stephan stefano theodor thomas ulrich valentin valerian victor viktor vincent
    walter werner wilhelm
    """.split()
)
_MORE = ("a", "e", "ia", "ie", "ina", "ine", "ela", "ella", "ette")
_INSTEAD = (("er", "ra"), ("o", "a"), ("us", "a"), ("ich", "ike"), ("ius", "ia"), ("ey", "ia"))


def is_other_gender(name: str, other: str) -> bool:
    """Whether one is the woman's form of the other, a man's name: two people, however alike they are written.

    >>> is_other_gender("peter", "petra"), is_other_gender("martina", "martin"), is_other_gender("caroline", "carolin")
    (True, True, False)
    """
    return _is_of_man(other, name) or _is_of_man(name, other)


def _is_of_man(woman: str, man: str) -> bool:
    if man not in _MEN:
        return False
    forms = [man + ending for ending in _MORE]
    forms += [man.removesuffix(old) + new for old, new in _INSTEAD if man.endswith(old)]
    return woman in forms


def are_parts(name: str, other: str) -> bool:
    """Whether all given names of one are among the other's, in any order, some as initials but not all.

    >>> are_parts("hans j", "hans joachim"), are_parts("jamal sultan", "jamal mustafa sultan"), are_parts("eva", "ida")
    (True, True, False)
    """
    few, many = sorted((name.split(), other.split()), key=len)
    if len(many) < 2:
        return False
    left = [word for word in many if word not in few]
    rest = [word for word in few if word not in many]
    if len(rest) == len(few):
        return False
    for word in rest:
        fits = next((each for each in left if _is_initial(word, each) or _is_initial(each, word)), None)
        if fits is None:
            return False
        left.remove(fits)
    return True


def _is_initial(short: str, long: str) -> bool:
    return len(short) == 1 and long.startswith(short)


def agree_by_word(name: str, other: str, is_alike: Callable[[str, str], bool]) -> bool:
    """Whether names of several words agree in each: with another word in them they are of two people.

    Args:
        name: folded words, blanks between.
        other: the other name.
        is_alike: of two words, whether they are one misspelt.

    >>> agree_by_word("al hamid", "al hamed", lambda a, b: a[0] == b[0])
    True
    """
    words, others = name.split(), other.split()
    left, right = [w for w in words if w not in others], [w for w in others if w not in words]
    if len(left) != len(right):
        return is_alike("".join(left), "".join(right))
    return all(is_alike(word, beside) for word, beside in zip(left, right, strict=True))
