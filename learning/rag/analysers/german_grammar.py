"""German grammar, as far as single sentences need it."""

import re

from learning.rag.analysers.german_nouns import HEADS
from learning.rag.analysers.grammar import Definer, Grammar, Wording, points_back

DETERMINERS = """
der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner keines im am zum
zur beim vom ins ans aufs jeder jede jedes jeden jedem alle allen aller mein meine dein deine deinen deinem
deiner sein seine ihr ihre ihren ihrem ihrer unser unsere unseren unserem unserer euer eure euren eurem
eurer
"""
# What the word before a noun leaves open: masculine, feminine, neuter, plural.
GENDERED = """
der:mfp die:fp das:n den:mp dem:mn des:mn ein:mn eine:f einen:m einem:mn einer:f eines:mn kein:mn keine:fp
keinen:mp keinem:mn keiner:fp keines:mn im:mn am:mn zum:mn zur:f beim:mn vom:mn ins:n ans:n aufs:n jeder:mf
jede:f jedes:mn jeden:m jedem:mn alle:p allen:p aller:p dein:mn deine:fp deinen:mp deinem:mn deiner:fp
unser:mn unsere:fp unseren:mp unserem:mn unserer:fp eure:fp euren:mp eurem:mn eurer:fp seine:fp seinen:mp
seinem:mn seiner:fp ihre:fp ihren:mp ihrem:mn ihrer:fp
"""
FINITE = """
ist sind war waren wird werden wurde wurden hat haben hatte hatten kann können konnte konnten muss müssen
musste mussten darf dürfen durfte soll sollen sollte sollten will wollen bleibt bleiben gilt gelten braucht
brauchen beträgt betragen dauert dauern kostet kosten entsteht liegt liegen steht stehen endet enden beginnt
beginnen erfolgt erfolgen verfällt verfallen tritt findet finden erhält erhalten bekommt bekommen umfasst
umfassen enthält enthalten besteht bestehen
"""
# Words that open a sentence which needs the one before it; "solch" stands for its forms.
OPENERS = """
welche welcher welches welchen was wer wie er sie es das dies diese dieser dieses diesen diesem jene jener
jenes jenen jenem solche solcher solches solchen solch deren dessen ihr ihre ihren ihrem ihrer sein seine
seinen seinem seiner man da dabei dadurch dafür dagegen daher damit danach dann daran darauf daraufhin
daraus darin darüber darum darunter davon davor dazu demnach dennoch deshalb deswegen denn doch dort hier
hierzu hierfür hierbei hiermit so somit sonst trotzdem und aber oder auch außerdem zudem ferner ebenso
ebenfalls allerdings hingegen jedoch folglich also nun weiter weitere weiterhin zuletzt schließlich beide
beides erstere ersterer letztere letzterer letzteres andere anderer anderes zunächst gleichzeitig
insbesondere beispielsweise nein ja stattdessen inzwischen seitdem vorher noch manchmal zuerst wobei wodurch
weshalb weswegen nämlich daneben zusätzlich dazwischen einige manche viele mehr beim hinzu erst andererseits
einerseits dementsprechend entsprechend nur jetzt
"""
# Pronouns, words that do so anywhere in its first clause, and those that do so anywhere.
NEAR = "er sie ihn ihm ihnen ihre ihren ihrem ihrer ihres"
LEANING = """
hierbei hierfür hierzu hiermit darüber darauf darunter dazwischen daneben weiterhin davon dabei dafür damit
darin daran daraus dazu dagegen auch ebenfalls ebenso jedoch allerdings außerdem hingegen dort hier nämlich
also anderen weitere weiterer weiteren beide beiden beides daher deshalb deswegen somit folglich zudem aber
dadurch danach sonst
"""
POINTING = """
dies diese dieser dieses diesen diesem jene jener jenes jenen jenem solche solcher solches solchen letztere
letzterer erstere
"""
POINTS_BACK = points_back(
    OPENERS,
    NEAR,
    LEANING,
    POINTING,
    phrases=("zum Beispiel", "im Gegensatz", "spätestens dann", "drei Runden", "ein weitere"),
)
AWAY = (
    "siehe",
    r"s\. ?[ou]\.",
    r"vgl\.",
    "oben",
    "unten",
    r"folgend\w*",
    r"obig\w*",
    r"nachfolgend\w*",
    r"nebenstehend\w*",
    "Abbildung",
    r"Abb\.",
    r"(?:Tabelle|Seite|Kapitel|Abschnitt|Beispiel|Satz|Lemma|Definition) \d[\w.]*",
    "Anhang [A-Z0-9]",
    "Gleichung",
    "Fußnote",
)
POINTS_AWAY = re.compile(rf"\b(?:{'|'.join(AWAY)})(?!\w)")
ARTICLE = r"(?:(?:Ein|Eine|Der|Die|Das)\s+)"
ADJECTIVE = r"(?:[a-zäöüß]{3,}(?<!st)(?:e|er|es|en)\s+)"
NOUN = r"[A-ZÄÖÜ][\wäöüß]*(?:-[\wäöüß]+)*"
TERM = rf"(?P<term>(?:{ARTICLE})?{ADJECTIVE}{{0,2}}{NOUN}(?:\s+{NOUN}){{0,2}})(?:\s+\([^()]{{1,40}}\))?"
ANY_TERM = r"[„\"»]?(?P<term>(?:[\wäöüß-]+\s+){0,2}[A-ZÄÖÜ][\wäöüß-]+)[“\"«]?"
DEFINERS = (
    Definer(
        re.compile(
            rf"^{TERM}\s+(?:ist|sind)\s+(?:ein|eine|einer|eines|jede[rs]?|alle[s]?,?|die|der|das)\s+\w"
        )
    ),
    Definer(
        re.compile(
            r"^(?P<term>[A-ZÄÖÜ][\wäöüß-]+)\s+(?:ist|sind)(?:\s+alles)?,\s+(?:was|wer|wenn|die|der|das)\s"
        ),
        is_sure=True,
    ),
    Definer(re.compile(rf"\bheißt\s+(?P<term>{ADJECTIVE}?{NOUN}),\s+(?:wenn|falls)\s"), is_sure=True),
    Definer(
        re.compile(rf"^{TERM}\s+(?:bezeichnet|bezeichnen|bedeutet|bedeuten|heißt)\s+(?!sich|nicht|auch)\w"),
        is_sure=True,
    ),
    Definer(
        re.compile(
            rf"^Unter\s+(?:(?:einem|einer|dem|der|den)\s+)?{ANY_TERM}\s+(?:versteht\s+man|verstehen\s+wir|wird)\s"
        ),
        is_sure=True,
    ),
    Definer(
        re.compile(rf"^Als\s+{ANY_TERM}\s+(?:bezeichnet|bezeichnen|gilt|gelten|wird|werden)\s"), is_sure=True
    ),
    Definer(
        re.compile(
            r"\b(?:heißt|heißen|nennt man|nennen wir)\s+[„\"»]?(?P<term>[A-ZÄÖÜ][\wäöüß-]+)[“\"«]?[.]$"
        ),
        is_sure=True,
    ),
    Definer(
        re.compile(
            r"\b(?:wird|werden)\s+(?:als\s+)?[„\"»]?(?P<term>[A-ZÄÖÜ][\wäöüß-]+)[“\"«]?\s+(?:genannt|bezeichnet)[.]$"
        ),
        is_sure=True,
    ),
)
NUMBERS = "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"
# form:plain form
UNITS = """
Tag:Tag Tage:Tag Tagen:Tag Werktag:Werktag Werktage:Werktag Werktagen:Werktag Arbeitstage:Arbeitstag
Arbeitstagen:Arbeitstag Arbeitstag:Arbeitstag Kalendertage:Kalendertag Kalendertagen:Kalendertag Woche:Woche
Wochen:Woche Monat:Monat Monate:Monat Monaten:Monat Jahr:Jahr Jahre:Jahr Jahren:Jahr Stunde:Stunde
Stunden:Stunde Minute:Minute Minuten:Minute Sekunde:Sekunde Sekunden:Sekunde Jahrhunderte:Jahrhundert
Jahrzehnte:Jahrzehnt Jahrzehnten:Jahrzehnt Quartale:Quartal Quartalen:Quartal
"""
PRONOUNS = "ich du er sie es wir ihr Sie Du Ihr Ich Wir Er Es man Man wer Wer was Was alles jeder Jeder niemand Niemand"
NOT_TERMS = """
Kaliber Umstand Hinblick Folgende Folgenden Stelle Stellen Weise Anzahl Übung Bemerkung Definition Hand
Rahmen Einsatz Anspruch Hinsicht Regelung Satz Teil Frage Grund Beispiel Sache Mal Art Fall Fälle Ziel Punkt
Punkte Thema Seite Dinge Ding Folge Folgen Zusatz Regel Möglichkeit Voraussetzung Problem Lösung Antwort
Aufgabe Vorteil Nachteil Ergebnis Idee Behauptung Beweis Aussage Abschnitt Kapitel Dokument Text Autor Name
Ende Anfang Zeit Sinn Hinweis Wichtig Einzige Übrige Rest Inhalt Zahl
"""
GERMAN_GRAMMAR = Grammar(
    determiners=frozenset(DETERMINERS.split()),
    finite=frozenset(FINITE.split()),
    points_back=POINTS_BACK,
    points_away=POINTS_AWAY,
    definers=DEFINERS,
    months={
        name: number
        for number, names in enumerate(
            (
                ("januar", "jan", "jänner"),
                ("februar", "feb"),
                ("märz", "mär"),
                ("april", "apr"),
                ("mai",),
                ("juni", "jun"),
                ("juli", "jul"),
                ("august", "aug"),
                ("september", "sep", "sept"),
                ("oktober", "okt"),
                ("november", "nov"),
                ("dezember", "dez"),
            ),
            start=1,
        )
        for name in names
    },
    numbers={word: number for number, word in enumerate(NUMBERS.split(), start=2)},
    units=dict(pair.split(":") for pair in UNITS.split()),
    wording=Wording(
        what_is="Was ist {term}?",
        what_are="Was sind {term}?",
        what_means="Was bedeutet „{term}“?",
        how_many="wie viele",
        when="Wann",
    ),
    pronouns=frozenset(PRONOUNS.split()),
    not_terms=frozenset(NOT_TERMS.split()),
    gendered=dict(pair.split(":") for pair in GENDERED.split()),
    heads=HEADS,
)
