"""Names of months and weekdays in the languages European CRMs write, folded as by ``core.text.fold``.

Sources: Unicode CLDR month and day names (wide and abbreviated, format and stand-alone) for de, de-AT, en, fr, it,
es, nl, pl; ``Mrz`` is how Excel and SAP abbreviate März.
"""

from __future__ import annotations

_MONTHS = (
    "januar jaenner jan january janvier janv gennaio gen enero ene januari stycznia styczen sty jaen",
    "februar feb february feber fevrier fevr febbraio febrero februari lutego luty lut",
    "maerz mar mrz maer march mars marzo maart mrt marca marzec",
    "april apr avril avr aprile abril abr kwietnia kwiecien kwi",
    "mai may maggio mag mayo mei maja maj",
    "juni jun june juin giugno giu junio czerwca czerwiec cze",
    "juli jul july juillet juil luglio lug julio lipca lipiec lip",
    "august aug aout agosto ago augustus sierpnia sierpien sie",
    "september sep sept septembre settembre set septiembre setiembre wrzesnia wrzesien wrz",
    "oktober okt october oct octobre ottobre ott octubre pazdziernika pazdziernik paz",
    "november nov novembre noviembre listopada listopad lis",
    "dezember dez december dec decembre dicembre dic diciembre grudnia grudzien gru",
)

MONTHS: dict[str, int] = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}

WEEKDAYS: frozenset[str] = frozenset(
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so "
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "
    "lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim "
    "lunedi martedi mercoledi giovedi venerdi sabato domenica gio sab dom "
    "lunes martes miercoles jueves viernes sabado domingo mie jue vie "
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag "
    "poniedzialek wtorek sroda czwartek piatek sobota niedziela".split()
)

# Words that stand between the parts of a written date: "1 de marzo de 2024", "am 1. März 2024", "14 Uhr".
FILLERS: frozenset[str] = frozenset(
    "de del of the den der dem am le el il den dnia vom um at uhr a o r roku on og und".split()
)
