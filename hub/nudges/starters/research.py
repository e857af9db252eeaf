"""Tips for research before a call."""

from hub.nudges.starters import places
from hub.nudges.starters.shape import StarterTip, Words
from hub.nudges.vocabulary import Moment, RoleGroup

TIPS = (
    StarterTip(
        "before-a-call",
        "chat",
        minutes=2,
        moments=(Moment.BEFORE_CALL,),
        pages=places.CUSTOMERS,
        roles=(RoleGroup.SALES, RoleGroup.SERVICE, RoleGroup.PURCHASING, RoleGroup.LEADERSHIP),
        saves_minutes=10,
        de=Words(
            "Zwei Minuten vor dem Kundengespräch: Was hat sich dort getan?",
            "Wer weiß, dass der Kunde gerade ein Werk eröffnet hat, fragt anders. Ein Assistent "
            "mit Websuche stellt dir das Öffentliche zusammen. Wichtig sind die Quellen, nicht "
            "die schönen Sätze.",
            [
                "„Was ist bei [Firma] in den letzten sechs Monaten öffentlich berichtet worden? "
                "Fünf Punkte, jeder mit Datum und Link.“",
                "Öffne zwei der Links. Stimmt dort, was hier steht? Was keine Quelle hat, vergisst du.",
                "Schreib dir eine einzige Frage auf, die du deshalb stellen willst.",
            ],
        ),
        en=Words(
            "Two minutes before a customer call: what’s their news?",
            "You ask different questions once you know they’ve just opened a plant. An assistant "
            "with web search can gather what’s public. It’s the sources that matter, not the "
            "polished sentences.",
            [
                "“What has been publicly reported about [company] in the last six months? Five "
                "points, each with a date and a link.”",
                "Open two of the links. Do they really say that? If a point has no source, forget it.",
                "Write down the one question you’ll ask because of it.",
            ],
        ),
    ),
    StarterTip(
        "check-a-claim",
        "chat",
        minutes=1,
        moments=(Moment.REPORTING, Moment.WRITING, Moment.BEFORE_MEETING),
        pages=places.CHAT + places.SLIDES,
        de=Words(
            "Eine Zahl prüfen, bevor sie auf der Folie steht",
            "Ein Sprachmodell klingt bei Falschem so sicher wie bei Richtigem. Die Zahl, die dich "
            "am meisten beeindruckt, ist die, die du nachschlagen solltest.",
            [
                "Such dir aus der letzten Antwort die eine Zahl heraus, die du weitersagen wolltest.",
                "Frag nach der Quelle, und öffne sie selbst. Links können erfunden sein.",
                "Keine Quelle gefunden? Dann steht auf der Folie keine Zahl. Das ist auch ein Ergebnis.",
            ],
        ),
        en=Words(
            "Check one figure before it goes on your slide",
            "A language model sounds just as sure when it’s wrong as when it’s right. The figure "
            "that impresses you most is the one to look up.",
            [
                "From the last answer you got, pick the one figure you were going to pass on.",
                "Ask for the source, and open it yourself. Links can be made up.",
                "No source? Then no figure on the slide. That’s a result too.",
            ],
        ),
    ),
    StarterTip(
        "annual-report",
        "documents",
        minutes=2,
        moments=(Moment.BEFORE_CALL, Moment.READING),
        pages=places.ANNUAL_REPORTS,
        hub_page=places.NOTEBOOKS,
        roles=(RoleGroup.SALES, RoleGroup.PURCHASING, RoleGroup.LEADERSHIP),
        saves_minutes=15,
        de=Words(
            "Der Geschäftsbericht, mit drei Fragen gelesen",
            "Hundertfünfzig Seiten, und irgendwo steht, wo die Firma sparen will. Du musst sie "
            "nicht lesen, du musst sie nur das Richtige fragen.",
            [
                "Leg den öffentlichen Bericht hier in ein Notizbuch, zunächst nur für dich.",
                "Frag: Wo will die Firma sparen? Wo investiert sie? Welche Risiken nennt sie selbst?",
                "Öffne die Fundstelle, die dein Thema berührt. Daraus wird dein erster Satz im Gespräch.",
            ],
        ),
        en=Words(
            "The annual report, read with three questions",
            "A hundred and fifty pages, and somewhere in there is where the company wants to "
            "save. You don’t have to read them, just ask them the right thing.",
            [
                "Put the public report into a notebook here, just for yourself to begin with.",
                "Ask: where does the company want to save? Where is it investing? Which risks "
                "does it name itself?",
                "Open the passage that touches your topic. It becomes your opening line.",
            ],
        ),
    ),
    StarterTip(
        "their-words",
        "chat",
        minutes=2,
        moments=(Moment.BEFORE_CALL,),
        pages=places.CUSTOMERS,
        roles=(RoleGroup.SALES, RoleGroup.SERVICE, RoleGroup.PURCHASING),
        de=Words(
            "Zehn Wörter, die man in der anderen Branche kennt",
            "Wer „Charge“ sagt, wo andere „Los“ sagen, hat schon erklärt, dass er von woanders "
            "kommt. Die wichtigsten Wörter kann man sich vor dem Gespräch holen.",
            [
                "„Welche zehn Fachwörter benutzt man in [Branche], wenn es um [Thema] geht? Je "
                "ein Satz Erklärung.“ Mehr muss der Assistent nicht wissen, auch nicht den Namen "
                "der Firma.",
                "Such zwei davon auf der Website des Kunden. Benutzt er sie so, oder sagt er es anders?",
                "Nimm seine Wörter. Bei allem anderen fragst du im Gespräch nach; das wirkt "
                "besser als Raten.",
            ],
        ),
        en=Words(
            "Ten words that everyone in their industry knows",
            "Say “batch” where they say “lot”, and you’ve already told them you’re not from round "
            "here. You can pick up the key words before the call.",
            [
                "“Which ten technical terms do people in [industry] use when they talk about "
                "[topic]? One sentence each.” The assistant needs to know no more than that, not "
                "even the company’s name.",
                "Look for two of them on the customer’s website. Do they use them like that, or "
                "say it differently?",
                "Use their words. For anything else, just ask on the call; it comes across better "
                "than guessing.",
            ],
        ),
    ),
    StarterTip(
        "questions-no-search-answers",
        "chat",
        minutes=2,
        moments=(Moment.BEFORE_CALL, Moment.BEFORE_MEETING),
        pages=places.CUSTOMERS,
        roles=(RoleGroup.SALES, RoleGroup.LEADERSHIP, RoleGroup.PROJECTS),
        de=Words(
            "Fünf Fragen, die keine Suchmaschine beantwortet",
            "Nach dem Umsatz zu fragen zeigt nur, dass man nicht nachgesehen hat. Gute Fragen "
            "handeln von dem, was nirgends steht: Ärger, Pläne, Abwägungen.",
            [
                "Beschreib in zwei Sätzen, mit welcher Art Firma du worüber sprichst. Ohne Namen.",
                "„Nenne fünf offene Fragen, die nur jemand beantworten kann, der dort arbeitet. "
                "Keine, auf die man mit Ja antwortet.“",
                "Such dir eine aus und schreib sie oben auf deinen Zettel. Eine, die du wirklich "
                "beantwortet haben willst.",
            ],
        ),
        en=Words(
            "Five questions no search engine can answer",
            "Asking about turnover only shows that you didn’t look it up. Good questions are "
            "about what isn’t written down anywhere: trouble, plans, trade-offs.",
            [
                "Say in two sentences what kind of company you’re talking to and what about. No names.",
                "“Give me five open questions that only somebody who works there can answer. None "
                "that can be answered with yes.”",
                "Choose one and write it at the top of your notes. One you really want answered.",
            ],
        ),
    ),
)
