"""The words everything is put together from. Given names, surnames and trades are common ones; nobody is meant."""

from __future__ import annotations

from benchmarks.generator import LAST as FEW_LAST
from benchmarks.generator import STREETS as FEW_STREETS
from benchmarks.generator import SYLLABLES
from benchmarks.generator import TRADES as FEW_TRADES

MEN = (
    "Achim Adrian Albert Alexander Alfred Andreas Anton Armin Arne Arthur August Bastian Benedikt Benjamin Bernd "
    "Bernhard Björn Bruno Burkhard Carl Christian Christoph Claus Clemens Daniel David Dennis Detlef Dieter Dirk "
    "Dominik Eberhard Eduard Elias Emil Erik Ernst Erwin Fabian Felix Ferdinand Florian Frank Franz Friedrich Georg "
    "Gerd Gerhard Gerrit Gregor Günter Gustav Hannes Hans Harald Hartmut Heiko Heinrich Heinz Helge Helmut Hendrik "
    "Henning Henri Herbert Hermann Holger Horst Hubert Ingo Jakob Jan Jannik Jens Joachim Jochen Johannes Jonas Jörg "
    "Josef Julian Jürgen Justus Kai Karl Karsten Kevin Kilian Klaus Konrad Konstantin Kurt Lars Lennart Leon Leonhard "
    "Lorenz Ludwig Lukas Malte Manfred Manuel Marc Marcel Mario Markus Martin Mathias Maximilian Michael Moritz Nico "
    "Niklas Norbert Olaf Oliver Oskar Otto Pascal Patrick Paul Peter Philipp Rainer Ralf Raphael Reinhard René "
    "Richard Robert Robin Roland Rolf Rüdiger Rudolf Samuel Sebastian Siegfried Simon Sören Stefan Steffen Sven "
    "Theodor Thomas Thorsten Till Tim Timo Tobias Torben Uwe Valentin Viktor Volker Walter Werner Wilhelm Winfried "
    "Wolfgang Hans-Peter Karl-Heinz Jan-Niklas Mehmet Mustafa Emre Murat Paweł Krzysztof Łukasz Luca Giuseppe Søren "
    "José"
).split()
WOMEN = (
    "Alexandra Alina Alice Amelie Andrea Angela Angelika Anja Anke Anna Anneliese Annette Antje Astrid Barbara Bärbel "
    "Beate Bettina Bianca Birgit Birte Brigitte Britta Carina Carla Carolin Charlotte Christa Christiane Christina "
    "Claudia Clara Cornelia Dagmar Daniela Diana Doris Dorothea Edith Elena Elfriede Elisabeth Elke Ella Emilia Emma "
    "Erika Esther Eva Fabienne Franziska Frieda Friederike Gabriele Gerda Gertrud Gisela Greta Gudrun Hanna Hannelore "
    "Heide Heike Helena Helga Henriette Hildegard Ida Ilse Ina Ines Inge Ingrid Irene Iris Isabell Jana Janina Jasmin "
    "Jennifer Jessica Johanna Judith Julia Jutta Karin Karla Katharina Kathrin Käthe Katja Kerstin Kirsten Klara Lara "
    "Laura Lea Lena Leonie Lina Linda Lisa Lotte Luise Magdalena Maike Manuela Mareike Margarete Maria Marianne Marie "
    "Marina Marion Marlene Martha Martina Mathilde Melanie Meike Mia Michaela Miriam Monika Nadine Natalie Nicole "
    "Nina Nora Olga Patricia Paula Petra Pia Ramona Rebecca Regina Renate Rita Ronja Rosemarie Ruth Sabine Sabrina "
    "Sandra Sarah Sibylle Sigrid Silke Silvia Simone Sofia Sonja Stefanie Steffi Svenja Susanne Swantje Tamara Tanja "
    "Theresa Tina Ulrike Ursula Ute Vanessa Vera Verena Veronika Viktoria Waltraud Wiebke Yvonne Zoe Anne-Marie Eva- "
    "Maria Ayşe Elif Zeynep Agnieszka Małgorzata Chiara Giulia Zoë"
).split()
COMMON_LAST = (
    "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf "
    "Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Schmitz Krause Meier "
    "Lehmann Schmid Schulze Maier Köhler Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller "
    "Weiß Jung Hahn Schubert Vogel Friedrich Keller Günther Frank Berger Winkler Roth Beck Lorenz Baumann Franke "
    "Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martin Schumacher Krämer Vogt Stein Jäger Otto Sommer Groß "
    "Seidel Heinrich Brandt Haas Schreiber Graf Schulte Dietrich Ziegler Kuhn Kühn Pohl Engel Horn Busch Bergmann "
    "Thomas Voigt Sauer Arnold Wolff Pfeiffer"
).split()
FOREIGN_LAST = (
    *"Yılmaz Kaya Demir Şahin Çelik Öztürk Aydın Kowalski Wiśniewski Nowak Wójcik Lewandowska Nguyen Rossi".split(),
    *"Esposito Marković Petrović Đorđević Horvat Novák Dvořák Ivanov Popescu Fernández García Sørensen".split(),
    *("O'Neill", "D'Angelo", "Da Silva", "van den Berg", "de Vries", "von Thalheim", "Lindqvist"),
)
_FRONTS = (
    "Ahl Alt Baum Berg Birk Blum Brink Buch Burg Dorn Eber Eich Ellen Erl Esch Feld Feller Fried Gold Grün Hage "
    "Harten Hasel Heide Hinter Hohen Holz Kalt Kirch Klee Kreuz Kron Lauter Licht Linden Loh Mühl Neu Nieder Ober Ost "
    "Rauch Reich Ried Rosen Rot Sand Schön Silber Sonn Stein Stock Tann Unter Wald Wein Wester Wiesen Wild Winkel "
    "Wolf Ziegel"
).split()
_BACKS = (
    "acker bach bauer baum beck berger bichler brand brecht brink bruch burger feld felder fels garten graf gruber "
    "haus hauser heim heimer hof hofer holz horst huber kamp kötter lechner leitner loher maier mann meier meyer "
    "moser müller ner reiter reuter rieder ringer roth schmidt schneider stätter steiner thaler wald wirth"
).split()
MADE_LAST = tuple(dict.fromkeys((*FEW_LAST, *(f + b for f in _FRONTS for b in _BACKS))))

NICKNAMES = dict(
    pair.split("=")
    for pair in (
        "Alexander=Alex Alexandra=Sandra Andreas=Andi Angelika=Geli Anneliese=Anne Anton=Toni Barbara=Babsi "
        "Bastian=Basti Benjamin=Ben Bernhard=Bernd Brigitte=Gitte Charlotte=Lotte Christian=Chris Christina=Tina "
        "Christoph=Chris Cornelia=Conny Daniela=Dani Dominik=Nik Eduard=Edi Elisabeth=Lisa Ferdinand=Ferdi "
        "Franziska=Franzi Friederike=Rike Friedrich=Fritz Gabriele=Gabi Georg=Schorsch Gertrud=Traudl Günter=Günni "
        "Hannelore=Hanne Heinrich=Heiner Hildegard=Hilde Irene=Reni Jakob=Jakki Jessica=Jessi Joachim=Jochen "
        "Johannes=Hannes Josef=Sepp Julia=Jule Jürgen=Jogi Katharina=Kathi Katja=Kati Konstantin=Kosta "
        "Leonhard=Leo Ludwig=Lutz Magdalena=Lena Manfred=Manni Manuela=Manu Margarete=Grete Markus=Mark "
        "Mathias=Matze Maximilian=Max Melanie=Melli Michael=Michi Michaela=Michi Nicole=Nici Patricia=Patti "
        "Philipp=Flip Rebecca=Becky Reinhard=Reini Robert=Rob Rudolf=Rudi Sabine=Bine Samuel=Sam Sebastian=Basti "
        "Siegfried=Siggi Stefanie=Steffi Susanne=Susi Theresa=Resi Thomas=Tom Tobias=Tobi Ulrike=Uli Ursula=Uschi "
        "Valentin=Vale Vanessa=Nessi Veronika=Vroni Viktoria=Vicky Walter=Walt Wilhelm=Willi Winfried=Winni "
        "Wolfgang=Wolf "
    ).split()
)

STREETS = (
    *(f"{word}straße" for word in (*FEW_STREETS, "Dorf", "Industrie", "Schiller", "Goethe", "Mozart", "Markt")),
    *(f"{front}{end}" for front in _FRONTS for end in ("straße", "weg", "gasse", "ring", "allee")),
    *("Am Anger", "Am Bahndamm", "Am Alten Markt", "An der Mühle", "Auf der Höhe", "Im Winkel", "Zum Sportplatz"),
    *("Hinter den Gärten", "Unter den Linden", "Alte Poststraße", "Lange Straße", "Große Gasse", "Am Technologiepark"),
)
TRADES = (
    *FEW_TRADES,
    *"Maschinenbau Werkzeugbau Haustechnik Fahrzeugbau Feinmechanik Gartenbau Medizintechnik Anlagenbau Textil".split(),
    *"Systemhaus Verpackung Personal Medien Optik Kunststoff Messtechnik Spedition Recycling Sicherheit".split(),
    *("IT-Systeme", "Trocken- und Innenausbau", "Sanitär & Heizung", "Steuern und Recht", "Licht & Ton"),
)
# Shops and workshops named after their owner or their place: the same name stands in many towns.
MARKET = (
    *"Autohaus Bäckerei Metzgerei Malerbetrieb Schreinerei Tischlerei Apotheke Fahrschule Gasthof Gärtnerei".split(),
    *"Dachdeckerei Elektro Optik Reisebüro Zimmerei Steuerkanzlei Ingenieurbüro Hausverwaltung Druckerei".split(),
)
MARKET_SECOND = (*COMMON_LAST[:40], "am Markt", "am Ring", "Zentrum", "Süd", "Nord", "am Bahnhof")
SISTERS = "Holding Service Verwaltungs Vertriebs Immobilien Digital Beteiligungs Logistik Produktions Solar".split()
JOBS = (
    "Geschäftsführer",
    "Einkauf",
    "Vertriebsleitung",
    "Buchhaltung",
    "Assistenz",
    "IT-Leitung",
    "Prokurist",
    "Produktion",
)
DEPARTMENTS = ("Einkauf", "Buchhaltung", "Vertrieb", "Zentrale", "Personalabteilung", "Purchasing", "Sales", "Empfang")
TITLES = ("Dr.", "Dr.", "Dr.", "Prof. Dr.", "Dipl.-Ing.", "Dr. med.", "Mag.")
# Mailboxes anybody can have. Made up, under a reserved ending: that they say nothing has to be learnt from the file.
FREE_MAIL = ("freepost.example", "freepost.example", "webbrief.example", "mailhaus.example", "funkpost.example")

_SPELT_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ø": "oe", "ı": "i"}
)
_PLAIN = str.maketrans("ąáćçčđéëěğíıłńñóôřşśšÿýžźżŁŞÇĐŚŻØ", "aacccdeeegiilnnoorsssyyzzzLSCDSZO")


def spelt_out(text: str) -> str:
    """Umlauts as two letters, other marks gone: how Germans write for machines.

    >>> spelt_out("Großmüller, Łukasz")
    'Grossmueller, Lukasz'
    """
    return text.translate(_SPELT_OUT).translate(_PLAIN)


def slug(text: str) -> str:
    """Lower-case letters, digits and single hyphens, as in a domain.

    >>> slug("Sanitär & Heizung Müller")
    'sanitaer-heizung-mueller'
    """
    letters = "".join(char if char.isascii() and char.isalnum() else " " for char in spelt_out(text).lower())
    return "-".join(letters.split())


SYLLABLE_WORDS = tuple(
    (a + b + c).capitalize() for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES if b not in {a, c}
)
