"""Academic titles, salutations, name particles and name suffixes: the words that stand around a name.

Sources: DIN 5008:2020 Annex (titles and degrees in addresses); Österreichisches Universitätsgesetz 2002 §§ 86-88 and
ÖNORM A 1080 (Mag., DI, Ing., honorary titles); KMK-Vereinbarung 2011 (degrees); Duden, "Abkürzungen"; Verordnung of
the Swiss EDK on titles; Art. 109 WRV (German noble titles are part of the surname).
"""

from __future__ import annotations

import re
from functools import lru_cache

# Written form of each title; it is recognised with any case, and with or without its dots, hyphens and blanks.
_TITLES = """
Dr.|Dres.|DDr.|DDDr.|Prof.|Professor|Professorin|Doktor|Univ.-Prof.|ao. Univ.-Prof.|o. Univ.-Prof.|
Ass.-Prof.|Assoc. Prof.|Jun.-Prof.|Hon.-Prof.|FH-Prof.|apl. Prof.|Univ.-Doz.|Priv.-Doz.|PD|Doz.|Dozent|
Dr. med.|Dr. med. dent.|Dr. med. vet.|Dr. med. univ.|Dr. jur.|Dr. iur.|Dr. iur. utr.|Dr. phil.|Dr. rer. nat.|
Dr. rer. pol.|Dr. rer. oec.|Dr. rer. soc.|Dr. rer. cur.|Dr. rer. medic.|Dr. rer. hum.|Dr. rer. biol. hum.|
Dr. rer. publ.|Dr. rer. soc. oec.|Dr. sc.|Dr. sc. hum.|Dr. sc. agr.|Dr. sc. nat.|Dr. sc. techn.|Dr. sc. pol.|
Dr. sc. mus.|Dr. oec.|Dr. oec. publ.|Dr. oec. HSG|Dr. agr.|Dr. forest.|Dr. techn.|Dr. mont.|Dr. theol.|Dr. päd.|
Dr. paed.|Dr. pharm.|Dr. phil. nat.|Dr. nat. techn.|Dr. disc. pol.|Dr. Sportwiss.|Dr. troph.|Dr. mult.|Dr.-Ing.|
Dr.-Ing. E. h.|Dr. h. c.|Dr. h. c. mult.|Dr. e. h.|Dr. habil.|Dr.-Ing. habil.|Dr. rer. nat. habil.|
Dr. med. habil.|Dr. phil. habil.|h. c.|h. c. mult.|habil.|em.|emer.|i. R.|
Dipl.-Ing.|Dipl.-Ing. (FH)|Dipl.-Ing. (TU)|Dipl.-Ing. (BA)|Dipl.-Ing. FH|Dipl.-Ing. ETH|Dipl.-Kfm.|Dipl.-Kffr.|
Dipl.-Kfr.|Dipl.-Kauffrau|Dipl.-Kaufmann|Dipl.-Betriebsw.|Dipl.-Betriebswirt|Dipl.-Betriebswirtin|
Dipl.-Betriebswirt (FH)|Dipl.-Betriebswirtin (FH)|Dipl.-Betriebswirt (BA)|Dipl.-Inf.|Dipl.-Inform.|
Dipl.-Informatiker|Dipl.-Informatikerin|Dipl.-Wirt.-Ing.|Dipl.-Wirtsch.-Ing.|Dipl.-Wirtschaftsingenieur|
Dipl.-Wirt.-Inf.|Dipl.-Wirtsch.-Inf.|Dipl.-Math.|Dipl.-Phys.|Dipl.-Chem.|Dipl.-Biol.|Dipl.-Geogr.|Dipl.-Geol.|
Dipl.-Geol.|Dipl.-Psych.|Dipl.-Päd.|Dipl.-Soz.|Dipl.-Sozialpäd.|Dipl.-Soz.-Päd.|Dipl.-Volksw.|Dipl.-Volkswirt|
Dipl.-Vw.|Dipl.-Ök.|Dipl.-Oec.|Dipl.-Hdl.|Dipl.-Jur.|Dipl.-Des.|Dipl.-Designer|Dipl.-Designerin|Dipl.-Arch.|
Dipl.-Arch. ETH|Dipl.-Agr.|Dipl.-Agr.-Ing.|Dipl.-Bibl.|Dipl.-Fw.|Dipl.-Finanzw.|Dipl.-Finw.|Dipl.-Rpfl.|
Dipl.-Verw.-Wirt|Dipl.-Verwaltungswirt|Dipl.-Verwaltungswirtin|Dipl.-Übers.|Dipl.-Dolm.|Dipl.-Sportl.|
Dipl.-Sportwiss.|Dipl.-Theol.|Dipl.-Pol.|Dipl.-Min.|Dipl.-Met.|Dipl.-Stat.|Dipl.-Reg.-Wiss.|Dipl.-HTL-Ing.|
Dipl.|Dkfm.|DI|DI (FH)|Ing.|MMag.|Mag.|Mag. (FH)|Mag. iur.|Mag. phil.|Mag. rer. nat.|Mag. rer. soc. oec.|
Mag. pharm.|Mag. theol.|Mag. art.|Mag.a|Mag.ª|Bakk.|Bakk. phil.|Bakk. techn.|Lic.|lic. iur.|lic. oec.|
lic. oec. publ.|lic. phil.|lic. rer. pol.|lic. oec. HSG|cand.|stud.|
MBA|EMBA|M.A.|M.Sc.|M.Eng.|M.Ed.|M.B.A.|M.Phil.|M.F.A.|B.A.|B.Sc.|B.Eng.|B.Ed.|B.B.A.|B.F.A.|LL.B.|LL.M.|LL.D.|Ph.D.|
MSc|MAS|MIB|BBA|BSc|BEng|MEng|MPH|MPA|MIM|Ph. D.|D.Phil.|DBA|Ed.D.|MSc ETH|
KommR|Kom.-Rat|Kommerzialrat|Kommerzialrätin|Hofrat|Hofrätin|HR|OStR|OStD|StR|StD|OStRin|StRin|RegR|MinR|ADir.|
Senator|Senator h. c.|Dir.|Bmstr.|BM|RA|RAin|StB|StBin|WP|vBP|Rechtsanwalt|Rechtsanwältin|Notar|Notarin|
Pfarrer|Pfarrerin|Pfr.|Pater|P.|Diakon|Domkapitular|Msgr.|Botschafter|Botschafterin|
PhDr.|MUDr.|MDDr.|MVDr.|JUDr.|RNDr.|PharmDr.|PaedDr.|ThDr.|Mgr.|Mgr. art.|Bc.|Dott.|Dott.ssa|Dr.ssa|Avv.|Rag.|Geom.|
Arch.|drs.|ir.|mgr inż.|dr hab.|dr inż.|Docteur|Doctor|Professeur|Maître|Rev.|Reverend
"""

# Titles that are also first names, initials or common words: only between other titles or after a salutation.
UNSURE_TITLES = frozenset(
    {"ma", "ba", "em", "ir", "hr", "p", "bm", "wp", "ing", "pd", "di", "ra", "dir", "mas", "stud", "pater", "senator"}
)

SALUTATIONS: dict[str, str] = {
    "herr": "Herr",
    "herrn": "Herr",
    "hr": "Herr",
    "hrn": "Herr",
    "frau": "Frau",
    "fr": "Frau",
    "fraeulein": "Fräulein",
    "frl": "Fräulein",
    "herr und frau": "Herr und Frau",
    "frau und herr": "Frau und Herr",
    "familie": "Familie",
    "fam": "Familie",
    "eheleute": "Eheleute",
    "ehepaar": "Ehepaar",
    "firma": "Firma",
    "fa": "Firma",
    "firmen": "Firma",
    "divers": "Divers",
    "guten tag": "Guten Tag",
    "hallo": "Hallo",
    "damen und herren": "Damen und Herren",
    "mr": "Mr",
    "mister": "Mr",
    "mrs": "Mrs",
    "ms": "Ms",
    "miss": "Miss",
    "mx": "Mx",
    "sir": "Sir",
    "madam": "Madam",
    "mr and mrs": "Mr and Mrs",
    "mr mrs": "Mr and Mrs",
    "messrs": "Messrs",
    "company": "Company",
    "family": "Family",
    "m": "M.",
    "mme": "Mme",
    "mlle": "Mlle",
    "monsieur": "Monsieur",
    "madame": "Madame",
    "mademoiselle": "Mademoiselle",
    "sig": "Sig.",
    "sig ra": "Sig.ra",
    "sigra": "Sig.ra",
    "sig na": "Sig.na",
    "signor": "Signor",
    "signore": "Signore",
    "signora": "Signora",
    "signorina": "Signorina",
    "gentile": "Gentile",
    "sr": "Sr.",
    "sra": "Sra.",
    "srta": "Srta.",
    "senor": "Señor",
    "senora": "Señora",
    "dhr": "Dhr.",
    "mevr": "Mevr.",
    "mw": "Mw.",
    "de heer": "De heer",
    "mevrouw": "Mevrouw",
    "pan": "Pan",
    "pani": "Pani",
    "panstwo": "Państwo",
}
# As a first word these are names or initials as often as salutations, so a full name keeps them.
NOT_IN_NAMES = frozenset(
    {"m", "pan", "pani", "fa", "fr", "sig", "sr", "divers", "gentile", "hallo", "guten tag", "de heer"}
)

# Words that begin a surname of several words. Lower case; `Van` and `De` count as well.
PARTICLES = frozenset(
    "von vom van zu zum zur de der den dem des del dela della delle degli dei dal dalla di da das do dos du la las le "
    "les los lo el al bin ibn ben bint abu ter ten te 't op opde aan af av auf aus im am in d' dell' dall' st. st "
    "freiherr freifrau freiin graf gräfin reichsgraf reichsgräfin baron baronin baronesse baronesa ritter edler edle "
    "prinz prinzessin fürst fürstin herzog herzogin markgraf pfalzgraf erbgraf erbprinz lord santa vander "
    "vanden v. d. mac mc".split()
)
# Particles that are names or initials as well: at the front they are no particles, in the middle they are.
FIRST_NAMES_TOO = frozenset(
    "ben bin bint abu al la di do da baron prinz graf van santa lord den el in am im te ritter herzog mac".split()
)
NEVER_CAPITAL = frozenset({"ben", "lord", "v.", "d.", "am", "im", "in", "y", "a", "ritter", "herzog", "ter"})

# Behind a name; compared squeezed ("M.D." and "MD" are one).
_SUFFIXES = (
    "Jr.|Sr.|jun.|sen.|Junior|Senior|II|III|IV|VI|VII|VIII|Esq.|Esquire|MD|DO|DDS|DMD|JD|CPA|RN|DVM|BSN|OBE|CBE|MBE|"
    "QC|KC|MP|MdB|MdL|MdEP|NR|CFA|CFP|CLU|PE|AIA|FRICS|ACCA|FCA|Ret."
)


# Words that make a "name" of several words a company; the short ones only as they are usually written, because
# Ek, Se and Ag are names as well.
COMPANY_WORDS = frozenset(
    "gmbh mbh ohg gbr inc llc llp ltd plc corp sarl sas srl kft sro gesmbh kgaa partg partgmbb genossenschaft holding "
    "group company ingenieurbüro kanzlei verlag stadtwerke".split()
)
SHORT_LEGAL_FORM = re.compile(r"(?:^|\s)(?:AG|KG|UG|SE|BV|NV|GbR|e\. ?[KkVG]\.|S\.p\.A\.|B\.V\.|N\.V\.)(?:\s|$)")


@lru_cache(maxsize=65_536)  # words of names come back all the time
def squeeze(text: str) -> str:
    """Letters and digits alone, in lower case: how titles are compared.

    >>> squeeze("Dipl.-Ing. (FH)")
    'diplingfh'
    """
    return "".join(char for char in text.casefold() if char.isalnum())


ALL_TITLES = tuple(_TITLES.replace("\n", "").split("|"))
SUFFIXES = {squeeze(_suffix): _suffix for _suffix in _SUFFIXES.split("|")} | {"phd": "Ph.D."}
TITLES: dict[str, str] = {}
for _title in ALL_TITLES:
    TITLES.setdefault(squeeze(_title), _title)
SPELLINGS = frozenset(ALL_TITLES)
LONGEST_TITLE = 6  # words: "Dr. rer. soc. oec. h. c."
# First words of titles, squeezed: most names begin with none of them.
TITLE_STARTS = (
    frozenset(squeeze(_title.replace("-", " ").replace(".", ". ").split()[0]) for _title in ALL_TITLES) | TITLES.keys()
)
# Last words of titles and suffixes, squeezed: most names end with none of them. "M.D." ends with "d".
TITLE_ENDS = (
    frozenset(squeeze(_title.replace("-", " ").replace(".", ". ").split()[-1]) for _title in ALL_TITLES)
    | frozenset(name[-1] for name in SUFFIXES)
    | TITLES.keys()
    | SUFFIXES.keys()
)
