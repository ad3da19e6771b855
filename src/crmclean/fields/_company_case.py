"""Names in capitals or without any: whether that is damage, and how the name would look in mixed case.

Capitals are never changed by themselves: nobody can know ``BASF`` from ``Basf``. What is made here is a proposal.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Words of two to four letters that are words, not initials; everything else that short stays as it is.
_SHORT_WORDS = frozenset(
    """am an auf aus bad bau bei bio das dem den der des die ein eis fuer für gas haus hof holz im in mit neu ob öl
    rad reha rot see stadt team tier und vom von wein werk zoo zu zum zur alte auto café cafe foto glas gold idee
    kfz-hof land metz moto nord ost post ring sand sohn spar süd tech tor wald west and for the of de la le les du
    et y del inn pub art car""".split()
)
_LOWER_INSIDE = frozenset(
    """am an auf aus bei das dem den der des die für fuer im in mit ob und vom von zu zum zur and for of the de la
    le les du et y del""".split()
)
# More of them, for the proposal alone: in capitals they raise no suspicion by themselves. German, then English.
_MORE_SHORT_WORDS = frozenset(
    """
    akku arzt auge baby bach bahn ball band bank bär beet berg bett bier bild blau blut boden boot brot buch büro burg
    chor dach dorf duo druck edel ehe ei eisen elbe ende erbe erde erle esche fach fahr farm fass feld fell fest fit
    flug flur form frau frei fuchs fuß fuss ganz gast gelb geld gern graf grün gruen gut gute guter haar hafen hahn
    hand harz haut heim heil herz herd hilfe hirt hund hut igel insel jagd jung kalk kamm kamp kern kies kind kino kita
    klar kopf korn kran kraft kuh kur lack lamm lauf leben leder lein licht lieb linde loft luft lust mai main maler
    markt maß mass meer mehl mein meer mehr mit mode mond moor moos mühle mut nach nah natur netz neue neuer nuss obst
    ofen ohr ohne papa park pfad pferd pilz plan plus post pur quell rand raum rebe recht reis ries roh rohr rose
    rotes rund saal saat saft salz sanft satt schiff sehen sein seit sieg sohn sole sonne spa spiel stahl stall stark
    stein stern stil stuhl süß tag tal tanne tanz taxi tee teich tele tief tier tisch ton tour tuch turm über uhr ufer
    vier vogel voll wand ware warm weg wein weiß welt wende wind wir wolf wolle wort zahn zaun zeit zelt zinn zoll zug
    able acre aero age agri aid air all aqua arch area arm army arts atom aunt auto back bag bags bake ball band bank
    barn base bath bay beam bean bear bed bee beef beer bell belt best beta bike bird blue boat body bold bolt bond
    bone book boot born boss bowl box boy boys buy bus busy by cafe cage cake call calm camp can cape card care case
    cash cat cell cent chef chic city clay club co coal coat code cold come cook cool copy core cork corn cost cove
    crew crop crow cube cup cure cut cycle dale dark data date day days deal dean deck deep deer desk dial diet disc
    dish dock dog door dove down dr dream drop drum dry duck dust duty each early earl ear ease east easy echo edge
    egg elm end epic ever eye eyes face fact fair fall fan far farm fast feed field film fine fire firm fish fit five
    flag flat flex flow fly folk food foot forest form fort four fox free fresh frog from fuel full fun fund fur gain
    game gate gear gem gift girl give glen go goal goat god good grid grow gulf gun guy hair half hall hand happy hard
    harp hat have hawk head heal heat help herb here high hill hire holy home hood hook hope horn host hot hour how
    hub huge hull hunt ice icon idea ink iron isle its jazz jet job join joy jump just keep key kid kids kin kind king
    kit kite lab lady lake lamp lane last law lawn lead leaf lean lee left lens let life lift like lime line link lion
    list live load loan lock log logo long look loop lord loss lost lot love low luck lux mail main make male mall man
    many map mark mart mass mate max may meal meat meet mega mens mesh mile milk mill mind mine mini mint moon more
    moss moto move mud my nail name navy near neck need nest net never new next nice night nine no node note now nut
    oak oil old olive on one only open our out oven over owl own pack page paid paint pal palm pan paper park part
    pass past path paw pay pea peak pear pen pet pets pick pie pier pike pin pine pink pipe plan play plot plum plus
    poem point pole polo pond pony pool poor pop port pot power press pro pump pure push quad queen quick race rail
    rain rare rate real red reef rent rest rice rich ride ring rise risk river rock rod rose rope row royal ruby rug
    run rural rush safe sage sail sale salt same sand save sea seal seat seed seek self sell send set shed ship shoe
    shop show shut side sign silk sir site six size ski skin sky slim slow small smart snow soap soft soil sole solo
    son sons soul soup sour spin spot star stay stem step stop store sub suit sun sure surf swan swim tale talk tall
    tank tap task tax tea team tel ten tent term test text they thin this tide tile time tin tiny tip tire to toe tom
    tool top tour town toy toys tree trim trip true trust tube turf turn two unit up us use van vast very vet view
    vine vital wall war warm wash wave way we wear web week well wet what wheel when who wide wife wild will win wing
    wise wish with wolf wood wool word work worm yard year yes yoga york you your youth zen zero zone
    st rd ave blvd jr sr mr mrs ltd inc corp bros dept intl
    """.split()
)
_INITIALS = frozenset("ai dj edv eu ii iii iv it ki oem pc pos sap sos spa tv uae uk us usa vip".split())
_OTHER_SCRIPT = re.compile(r"[\u0370-\U0010ffff]")  # its capitals nobody here can read
_ELISION = re.compile(r"(?:o|d|l)['’][^\W\d_]{3,}")
_VOWELS = frozenset("aeiouyäöüéèáàíóú")


def is_damaged(words: str) -> str:
    """``all-caps`` or ``all-lower`` where a name of words surely was not written so, else empty.

    Args:
        words: the name without its legal form.

    >>> is_damaged("MEISTERBETRIEB ADLER"), is_damaged("BASF"), is_damaged("adler und sohn"), is_damaged("trivago")
    ('all-caps', '', 'all-lower', '')
    """
    if words.isupper():
        found = _WORD.findall(words)
        long_words = [word for word in found if len(word) > 4 and _is_speakable(word)]
        is_sure = (
            len(long_words) > 1
            or any(len(word) > 8 for word in long_words)
            or (bool(long_words) and any(word.lower() in _SHORT_WORDS for word in found))
        )
        return "all-caps" if is_sure else ""
    if words.islower():
        return "all-lower" if len(_WORD.findall(words)) > 1 and "." not in words.strip(".") else ""
    return ""


def _is_speakable(word: str) -> bool:
    return not _VOWELS.isdisjoint(word.lower())


def proposed_case(words: str) -> str:
    """The name in mixed case; empty where it can't be told which of its short words are initials.

    >>> proposed_case("MEISTERBETRIEB ADLER UND SOHN BMX"), proposed_case("O'TOOLE DAY CARE")
    ('Meisterbetrieb Adler und Sohn BMX', "O'Toole Day Care")
    >>> proposed_case("MEISTERBETRIEB ADLER ABA")
    ''
    """
    if not words.isupper():
        return _WORD.sub(lambda match: _cased(match, was_upper=False), words)
    if _OTHER_SCRIPT.search(words) or any(_is_unclear(word.lower()) for word in _WORD.findall(words)):
        return ""
    return _WORD.sub(lambda match: _cased(match, was_upper=True), words)


def _is_unclear(lower: str) -> bool:
    """A short word that can be spoken and is none of the known ones: Nino, or the initials of something."""
    known = lower in _SHORT_WORDS or lower in _MORE_SHORT_WORDS or lower in _INITIALS or lower in _LOWER_INSIDE
    return 1 < len(lower) <= 4 and not known and _is_speakable(lower)


def _cased(match: re.Match[str], *, was_upper: bool) -> str:
    word, lower = match[0], match[0].lower()
    if match.start() > 0 and lower in _LOWER_INSIDE:
        return lower
    if was_upper and lower not in _SHORT_WORDS and (lower in _INITIALS or lower not in _MORE_SHORT_WORDS):
        if len(word) <= 4 or not _is_speakable(word):
            return word
        if lower.startswith("mc") and len(word) > 5:
            return f"Mc{word[2]}{lower[3:]}"
        if _ELISION.fullmatch(lower):
            return word[:3] + lower[3:]
    return lower[:1].upper() + lower[1:]
