"""What a learner's memory holds of the cards; nobody else sees it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.people.models import User
from learning.notebooks.models.aid import AidItem, StudyAid


class Deck(models.Model):
    """A learner learns the cards of one aid."""

    aid = models.ForeignKey(StudyAid, on_delete=models.CASCADE, related_name="decks")
    learner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="decks")
    taken_up_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["aid", "learner"], name="notebooks_deck_once")
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.aid_id}"


class CardState(models.Model):
    """The FSRS state of one card in one memory: stability in days, difficulty from 1 to 10, when it is due.

    `due_at` is when it is shown, `forgetting_at` when FSRS by itself would show it.
    """

    item = models.ForeignKey(AidItem, on_delete=models.CASCADE, related_name="card_states")
    learner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="card_states")
    state = models.PositiveSmallIntegerField()
    step = models.PositiveSmallIntegerField(null=True)
    stability = models.FloatField(null=True)
    difficulty = models.FloatField(null=True)
    forgetting_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reviewed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "learner"], name="notebooks_memory_once")
        ]
        indexes: ClassVar = [models.Index(fields=["learner", "due_at"], name="notebooks_cards_due")]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.item_id}"


class CardReview(models.Model):
    """One answer to one card. `before` is the state it had, so that the last one can be taken back."""

    class Rating(models.IntegerChoices):
        AGAIN = 1, _("again")
        HARD = 2, _("hard")
        GOOD = 3, _("good")
        EASY = 4, _("easy")

    item = models.ForeignKey(AidItem, on_delete=models.CASCADE, related_name="card_reviews")
    learner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="card_reviews")
    rating = models.PositiveSmallIntegerField(choices=Rating.choices)
    reviewed_at = models.DateTimeField()
    before = models.JSONField(null=True)

    class Meta:
        ordering: ClassVar = ["-reviewed_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["learner", "reviewed_at"], name="notebooks_reviews_of")]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.item_id}: {self.rating}"


class ReviewRhythm(models.Model):
    """When a learner wants to see due cards, and how many new ones a day or hour."""

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("every day")
        HOUR = "hour", _("in my DEAL hour")

    learner = models.OneToOneField(User, on_delete=models.CASCADE, related_name="review_rhythm")
    rhythm = models.CharField(_("when"), max_length=8, choices=Rhythm.choices, default=Rhythm.HOUR)
    new_at_once = models.PositiveSmallIntegerField(_("new cards at a time"), default=10)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(new_at_once__gte=0, new_at_once__lte=100),
                name="notebooks_new_cards_in_bounds",
            )
        ]

    def __str__(self) -> str:
        return f"{self.learner_id}: {self.rhythm}"
