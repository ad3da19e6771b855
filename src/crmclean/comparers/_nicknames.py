"""First names and what their bearers are called; both sides folded. Names of one line are the same name.

Own list of usual German and English short forms; a name may stand in several lines (Alex for Alexander, Alexandra).
"""

from __future__ import annotations

from functools import cache

_LINES = """
alexander alex sascha sasha xander
alexandra alex sandra sascha
andreas andi andy
andrea andi
anna anne anni annie anja anneke
annemarie anne annemie
antonia toni
anton toni
anthony tony
barbara babs barb baerbel
benjamin ben benni benny
bernhard bernd berni
bernard bernie
brigitte gitte gitta
carolin caro caroline karolin karoline carolina
catherine cathy kate katie kathy
charles charlie chuck
charlotte lotte charly lotti
christian chris
christina chris tina kristina christine christel
christoph chris christopher kristof
christopher chris kit
daniel dani dan danny
daniela dani
david dave davy
deborah debbie deb
dieter didi
dominik dom nik
dorothea doro dorothee
eberhard ebi
edward ed eddie ted ned
elisabeth elli lisa elsa liesel sissi lisbeth betti ilse
elizabeth liz beth lizzie betty eliza lisa
emanuel manuel
eleonore ella lore
ernst erni
felicitas fee
ferdinand ferdi
florian flo
franziska franzi
franz franzl
francis frank
frederick fred freddy
friedrich fritz friedel fiete
friederike rike
gabriele gabi gaby gabriela
georg schorsch
gerhard gerd gert hardy
gertrud trude gerti
gottfried friedel
gregor greg
gregory greg
guenter guenther gunter
hannelore hanne lore
hans johannes johann hannes jan
heinrich heinz heiner heini hein
helmut helmuth
henry harry hank
herbert herb
hermann
hildegard hilde
ingeborg inge
irmgard irmi
isabel isabella isabelle bella isa
jacob jake jakob
jakob jacob
james jim jimmy jamie
jennifer jenny jen
jessica jessi jess
joachim jochen achim jo
johanna hanna hanne
john jack johnny jon
jonathan jon jonny
josef sepp joseph jupp
joseph joe joey
judith judy
julia jule
juergen jorg
karl carl charly
karl-heinz kalle
katharina kathi katja kathrin katrin kata rina katharine
kenneth ken kenny
klaus claus nikolaus niklas nico
konrad conny
kornelia conny cornelia nelly
laurence larry lawrence
leonhard leo hardy
leonard leo len lenny
ludwig lutz
lukas luke lucas
magdalena lena magda leni
manfred manni fred
manuela manu
margarete grete greta margit margret gretel rita margarethe
margaret maggie meg peggy
maria mia marie mimi marietta
marianne
martin
martina tina
mathias matthias matze hias mattias
matthew matt
maximilian max maxi
mechthild mecki
melanie mel
michael michi mike micha michel mick mickey
michaela michi
monika moni monica
nathaniel nathan nate
nicholas nick nicolas
nicole nicki nici
nikolaus niko nico klaus
oliver oli olli
patricia pat patty trish
patrick pat paddy
paul
peter pete
petra
philipp phil philip philippe
rainer reiner
ralf ralph rolf
rebecca becky becca
regina gina
reinhard
reinhold
renate nate
richard rick dick rich richie
robert rob robby bob bobby bert
roland roli
ronald ron ronny
rosemarie rosi
rudolf rudi rolf
ruediger rudi
sabine bine
samuel sam sammy
sebastian basti bastian seb wastl
siegfried sigi
siegrun
sigrid sigi
simon
stefan stephan steffen steve
stefanie steffi stephanie
stephen steve steven
susanne susi sanne susanna
susan sue susie suzanne
tanja
theodor theo
theresa resi tess terry therese
thomas tom tommy
timothy tim timmy
tobias tobi
ulrich uli ulli
ulrike uli ulli rike
ursula uschi ulla
veronika vroni
viktor vic
vincent vince
volker
walter walt
waltraud traudel traudl
werner
wilhelm willi willy helm
wilhelmine minna mina
william bill will billy willy
wolfgang wolf wolle wolfi
"""


@cache
def _lines_of() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_LINES.strip().splitlines()):
        for name in line.split():
            found.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def is_nickname(left: str, right: str) -> bool:
    """Whether one is a usual short form of the other, or both are of a third.

    >>> is_nickname("michael", "michi"), is_nickname("bob", "robert"), is_nickname("anna", "peter")
    (True, True, False)
    """
    lines = _lines_of()
    return bool(lines.get(left, frozenset()) & lines.get(right, frozenset()))
