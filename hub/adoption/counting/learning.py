"""Learning with notebooks: quizzes, cards, questions, and questions that the material did not answer."""

from hub.adoption.counting.measure import share
from learning.notebooks import facts

MEASURES = (
    share("quiz-done", facts.people_who_finished_quizzes),
    share("cards-reviewed", facts.people_who_reviewed_cards),
    share("questions-asked", facts.people_who_asked),
    share("questions-refused", facts.people_who_asked_in_vain),
)
