"""Names of persons that look alike and are not the same: of man and woman, and with another word in them."""

from __future__ import annotations

from collections.abc import Callable

from rapidfuzz.distance import OSA

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
# Given names of three letters, usual in Central Europe and in English, and others that look like them; folded.
_SHORT = frozenset(
    """
    aby ada adi aki alf ali ama amy ana ane ani ann ara ari asa ava aya ayo bao bea ben bia bix bob bud cam cem cia
    cid cis col cyd dag dai dan dav deb dee del den des dex dia don dor dot dov duc eda edi efe ege ela eli ely ema
    eme emi emy ena era eri eva eve fay fee fil flo gab gem geo gia gil gin gus guy hai hal han hoa hua hue hui huy
    ian ibo ida ike ila ilo ima ina ino ira isa ish ito iva ivo jan jax jay jeb jed jen jia jil jim jin job joe jon
    jos joy jun kai kaj kat kay ken kia kim kip kit kya lai lam lan lea lee lei leo les lev lex lia lin lio lis liv
    liz loi lou lua luc lue luk lux luz lyn mae mai max may meg mel meo mia min mio moe mun nam nan nat nea ned nel
    nia nic nik nil nim noa noe oda ola ole olf ora ory oya pam pat paz peg per pia pim pip pit rae raj ras ray rea
    reg ren rex ria ric rik rio rob rod roi ron ros roy rui rut sal sam san sia sid sky son sue suk sun syd taj tam
    tao tea ted teo thi tia til tim tin tom tor tri tui tuy udo ugo ulf uli ulo una uri urs uta ute uwe val van vic
    vin viv von vui wei wes wim win woo xia xin yan yao yen yin yue yun yve zac zak zay zed zev zia zoe
    """.split()
)
_SHORT_LETTERS = 3
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


def is_short_slip(name: str, other: str) -> bool:
    """Whether one is the other of three letters with one of them wrong, or two swapped: ``kau`` is ``kai``.

    Short names lie close to each other. Only where just one of the two is a name is the other a slip.

    >>> is_short_slip("kai", "kau"), is_short_slip("jna", "jan"), is_short_slip("kai", "kay")
    (True, True, False)
    """
    is_short = len(name) == len(other) == _SHORT_LETTERS
    return is_short and (name in _SHORT) != (other in _SHORT) and OSA.distance(name, other) == 1


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
