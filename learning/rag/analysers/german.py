"""German."""

import re

from learning.rag.analysers.language import Language

STOP_WORDS = """
aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes anders auch
auf aus bei beim bereits bin bis bist bzw da dabei dadurch dafür dagegen daher damit danach dann daran
darauf daraus darf darin darüber darum das dass daß davon davor dazu dein deine deinem deinen deiner deines
dem den denen denn der deren derer des dessen dich die dies diese diesem diesen dieser dieses dir doch dort
du durch dürfen ein eine einem einen einer eines einige einigem einigen einiger einiges einmal er es etwa
etwas euch euer eure eurem euren eurer für gegen gewesen hab habe haben hast hat hatte hatten hier hin
hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in indem ins ist jede jedem jeden jeder jedes
jedoch jene jenem jenen jener jenes jetzt kann kannst kein keine keinem keinen keiner keines können konnte
konnten könnte könnten man manche manchem manchen mancher manches mehr mein meine meinem meinen meiner
meines mich mir mit muss müssen musst musste mussten nach nicht nichts noch nun nur ob oder ohne schon sehr
sei sein seine seinem seinen seiner seines seit selbst sich sie sind so solche solchem solchen solcher
solches soll sollen sollte sollten sondern sonst sowie über um und uns unser unsere unserem unseren unserer
unseres unter viel vom von vor während war waren warst weg weil weiter wenn werde werden wie wieder will wir
wird wirst wo wollen wollte wurde wurden würde würden zu zum zur zwar zwischen
"""
QUESTION_WORDS = """
wer was wann wo wie warum weshalb wieso wozu woher wohin womit wodurch wofür woran worauf woraus worin
worüber wovon wen wem wessen welche welchem welchen welcher welches wieviel wieviele viele vielen lange oft
gibt gab heißt hieß bitte sag nenne
"""
MARKERS = """
aber als auch auf aus bei beim bis bzw dabei dadurch dafür damit dann darf das dass daß davon dazu dem den
denn der deren des dessen dich diese diesem diesen dieser dieses doch du durch dürfen ein eine einem einen
einer eines er es für gegen haben hatte ich ihm ihr ihre ihren im ist jede jeden jeder jedoch kann kein
keine können mit muss müssen nach nicht noch nur ob oder ohne sein seine seit sich sie sind soll sollte
sondern sowie über um und uns unser unsere unter vom von vor waren wenn werden wie wieder wir wird wurde
wurden während würde zu zum zur zwischen wer wann wo warum wieso welche welcher welches welchen wieviel
viele gibt heißt bitte mein meine dein deine nenne
"""
ABBREVIATIONS = """
abb abl abs abschn abt allg anh anl anm art aufl az bd bes betr bgbl bspw bzgl bzw ca co d dgl dr e ebd ehem
einschl entspr erl etc evtl f ff fa fam fig frl geb gem ggf ggfs ggü h hg hl hr hrsg i inkl insb insbes jan feb
mär apr jun jul aug sep sept okt nov dez jh jhd kap kl lfd lit ll lt m max mia min mind mio mrd mtl mwst n
nr o od p pos prof s sog spez st std str tab tel u usf usw ust v vgl vs z zb zit ziff zzgl
"""
MONTHS = "januar februar märz april mai juni juli august september oktober november dezember"

PREPOSITIONS = """
in:in in:im in:ins bei:bei bei:beim für:für nach:nach mit:mit ohne:ohne ab:ab von:von von:vom zu:zu zu:zum zu:zur
seit:seit bis:bis auf:auf auf:aufs an:an an:am über:über unter:unter vor:vor gegen:gegen während:während
"""
OPENS = re.compile(
    r"^(?:[Uu]nd|[Aa]ber|[Oo]der|[Aa]uch|[Ss]onst)\b|^[Ww]ie (?:ist|sieht|steht) es (?:mit|bei|um|in)\b"
    r"|^[Ww]as ist mit(?: \w+){1,3}\?*$|^(?:[Gg]ilt|[Tt]rifft) das\b"
)
# "Sie" in the middle of a question is the polite you, and "es" mostly stands for nothing ("gibt es"). After a
# comma a pronoun mostly stands for what was named before it ("der Stoff, für den er bekannt ist").
LEANS = re.compile(
    r"^[^,]*\b(?:er|sie|ihn|ihm|ihnen|davon|dabei|darüber|daraus|dort)\b"
    r"|^[^,]*\b(?:das|dies|diese|dieser|dieses)(?:\?*$| (?:auch|denn|noch|genau|immer)\b)"
)

GERMAN = Language(
    code="de",
    stemmer="german",
    stop_words=frozenset(STOP_WORDS.split()),
    question_words=frozenset(QUESTION_WORDS.split()),
    markers=frozenset(MARKERS.split()),
    endings=(
        "ung",
        "ungen",
        "keit",
        "heit",
        "schaft",
        "lich",
        "lichen",
        "liche",
        "isch",
        "ische",
        "ischen",
        "eiten",
    ),
    abbreviations=frozenset(ABBREVIATIONS.split()),
    months=frozenset(MONTHS.split()),
    cues=(
        ("time", ("wann", "welchem jahr", "welches jahr", "welchem datum", "welchen jahren", "welchem tag")),
        ("number", ("wie viel", "wie viele", "wieviel", "wieviele", "wie hoch", "wie lang", "wie lange")),
        ("number", ("wie groß", "wie oft", "wie alt", "wie weit", "wie schnell", "wie teuer", "wie schwer")),
        ("number", ("welche anzahl", "prozent", "prozentsatz")),
    ),
    refusals=("die quellen beantworten", "geht aus den quellen nicht hervor", "steht nicht in den quellen"),
    prepositions=tuple(tuple(pair.split(":")) for pair in PREPOSITIONS.split()),
    opens=OPENS,
    leans=LEANS,
)
