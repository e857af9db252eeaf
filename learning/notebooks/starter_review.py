"""What we left out of the starter notebooks' study aids when we read them: right by the sources, and poor to be asked.

A text that changes makes other items; a test fails on a line here that no item has any more.
"""

LEFT_OUT = frozenset(
    (
        "Ab welchem Betrag wer unterschreibt, trägt eure ____ hier ein.",
        "Nächster Schritt: eine Person, ein ____, eine Handlung.",
        "Soll ein ____ noch nicht binden, sag es ausdrücklich, etwa mit „freibleibend“.",
        "In the ____, [PRICE], [DATE] or [QUANTITY] stands in their place.",
        "From which amount on who signs is for your ____ to enter here.",
        "Aus wie vielen Minuten werden so oft 30?",
        "Ein Werkzeug, das sie anzeigt, stellst du so ein, dass es das nicht tut, und wenn das nicht geht, "
        "fragst du den ____, bevor du es benutzt.",
        "The ____ [?] is the most important part.",
        "If you put three sets of minutes of the same round side by side, you can ask a ____ which task was put "
        "off for the third time.",
        "A ____ is annoying but not expensive.",
        "You can judge the result in ____.",
        "Steht die Antwort nicht in den Quellen, sagt das ____ das, statt zu raten.",
        "Ask for the ____ a statement rests on, and look it up.",
        "Add the ____ that you may share.",
        "For how many subject lines will a glance do?",
        "Whether you store anything about contacts at all, and for how long, is for your ____ to lay down; enter "
        "the rule here.",
        "Jeder Schritt, der ____ vor Schaden schützt.",
        "Dreh einen um, den du für überflüssig hältst, und frag die Person danach in der ____, ob ihr etwas "
        "fehlen würde.",
        "Wie viele Fällen wird eine Unterschrift in 99 von sofort gegeben?",
        "For how many weeks has a step counts as eliminated when nobody done it?",
        "Of about ____, less than three per cent is work then.",
        "Of how many cases is a signature given at once in 99?",
    )
)
