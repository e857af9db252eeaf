"""Where savings are from that somebody measured, carried over to a piece of work of common size.

Shakked Noy and Whitney Zhang, "Experimental evidence on the productivity effects of generative artificial
intelligence", Science 381 (2023): writing tasks of 453 professionals took 40 % less time. Erik Brynjolfsson,
Danielle Li and Lindsey Raymond, "Generative AI at Work", The Quarterly Journal of Economics 140 (2025): 5,172
customer-support agents resolved 15 % more issues an hour, which is 13 % less time for each.
"""

WRITING_DE = (
    "Versuch mit 453 Fachleuten: 40 % weniger Zeit je Text (Noy und Zhang, 2023), hier für 15 Minuten."
)
WRITING_EN = (
    "Trial with 453 professionals: 40% less time a text (Noy and Zhang, 2023). Here for one of 15 minutes."
)
SERVICE_DE = (
    "5.172 Menschen im Kundendienst: 15 % mehr gelöste Fälle je Stunde (Brynjolfsson, Li und Raymond, 2025). "
    "Hier für 20 Minuten gerechnet."
)
SERVICE_EN = (
    "5,172 support agents: 15% more issues resolved an hour (Brynjolfsson, Li and Raymond, 2025). "
    "Here for a case of 20 minutes."
)
