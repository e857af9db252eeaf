"""What people would like to be rid of or to try, the votes and comments on it, and what it was answered."""

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.processes.models import Process
from hub.people import access
from hub.people.models import User
from hub.words import folded, words

LANGUAGES = [("de", "Deutsch"), ("en", "English")]
LONGEST_TITLE = 120
LONGEST_BODY = 2000
LONGEST_COMMENT = 1000
LONGEST_REASON = 1000
ANSWER_DAYS = 14  # from the proposal to the answer
MOST_SEARCHED = 8  # words


def may_moderate(user: User) -> bool:
    """Who may hide what others wrote, and answers where no process has an owner who does."""
    return access.is_facilitator(user) or access.is_administrator(user)


def _number_of(rows: models.QuerySet) -> Coalesce:
    """How many of the rows belong to the outer use case."""
    counted = rows.filter(use_case=models.OuterRef("pk")).order_by().values("use_case")
    number = counted.annotate(n=models.Count("pk")).values("n")
    return Coalesce(models.Subquery(number, output_field=models.IntegerField()), 0)


class UseCaseQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "UseCaseQuerySet":
        """Everybody's, but for what was taken away. One's own is always there; whoever moderates also sees what is
        hidden. A process that is shown to fewer people later takes no proposal with it, only its own name: see
        `process_is_shown`.
        """
        seen = Q(withdrawn_at=None) if may_moderate(user) else Q(withdrawn_at=None, hidden_at=None)
        return self.filter(Q(author=user) | seen)

    def standing(self) -> "UseCaseQuerySet":
        """Neither withdrawn nor hidden."""
        return self.filter(withdrawn_at=None, hidden_at=None)

    def waiting(self) -> "UseCaseQuerySet":
        """Those that somebody still has to answer."""
        return self.standing().filter(answer="")

    def overdue(self, today: date | None = None) -> "UseCaseQuerySet":
        return self.waiting().filter(answer_due_on__lt=today or timezone.localdate())

    def to_answer_by(self, user: User) -> "UseCaseQuerySet":
        """Those that wait for this person."""
        mine = Q(answerer=user)
        if may_moderate(user):
            mine |= Q(answerer=None) | Q(answerer__status=User.Status.LEFT)
        return self.waiting().visible_to(user).filter(mine)

    def holding(self, text: str) -> "UseCaseQuerySet":
        """Those that hold every word."""
        found = self
        for word in words(text)[:MOST_SEARCHED]:
            found = found.filter(folded__contains=word)
        return found

    def with_counts(self, user: User) -> "UseCaseQuerySet":
        """Votes, comments, and whether the person voted and sees the process; no further queries."""
        comments = Comment.objects.filter(hidden_at=None)
        voted = Vote.objects.filter(use_case=models.OuterRef("pk"), person=user)
        shown = Process.objects.visible_to(user).filter(pk=models.OuterRef("process"))
        return self.select_related("author", "process", "answerer", "answered_by").annotate(
            vote_count=_number_of(Vote.objects.all()),
            comment_count=_number_of(comments),
            has_my_vote=models.Exists(voted),
            process_is_shown=models.Exists(shown),
        )


class UseCase(models.Model):
    """Without `answerer` the facilitators and administrators answer. `became` is the path of what was made of it."""

    class Kind(models.TextChoices):
        NUISANCE = "nuisance", _("a nuisance")
        USE_CASE = "use_case", _("an idea for AI")

    class Answer(models.TextChoices):
        PILOT = "pilot", _("becomes a pilot")
        PROCESS = "process", _("becomes a process for a bet")
        NO = "no", _("not now")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("what it is"), max_length=8, choices=Kind.choices, default=Kind.NUISANCE)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    body = models.TextField(_("description"), max_length=LONGEST_BODY)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="de")
    author = models.ForeignKey(
        User, verbose_name=_("who"), null=True, on_delete=models.SET_NULL, related_name="use_cases"
    )
    is_named = models.BooleanField(_("with my name"), default=True)
    process = models.ForeignKey(
        Process, verbose_name=_("process"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answerer = models.ForeignKey(
        User, null=True, editable=False, on_delete=models.SET_NULL, related_name="use_cases_to_answer"
    )
    folded = models.TextField(editable=False, default="")
    proposed_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)
    answer_due_on = models.DateField(_("answer due on"), editable=False)
    answer = models.CharField(_("answer"), max_length=7, choices=Answer.choices, blank=True, editable=False)
    answer_text = models.TextField(_("reason"), max_length=LONGEST_REASON, blank=True, editable=False)
    answered_by = models.ForeignKey(
        User, null=True, editable=False, on_delete=models.SET_NULL, related_name="use_cases_answered"
    )
    answered_at = models.DateTimeField(null=True, editable=False)
    became = models.CharField(max_length=200, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    hidden_at = models.DateTimeField(null=True, editable=False)
    hidden_by = models.ForeignKey(
        User, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )  # fmt: skip
    hidden_reason = models.CharField(max_length=LONGEST_REASON, blank=True, editable=False)

    objects = UseCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("use case")
        verbose_name_plural = _("use cases")
        ordering: ClassVar = ["-proposed_at", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["-proposed_at"], name="usecases_newest"),
            models.Index(fields=["answer", "answer_due_on"], name="usecases_due"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="usecases_answer_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(answer="no") | ~Q(answer_text=""), name="usecases_no_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(hidden_at=None) | ~Q(hidden_reason=""), name="usecases_hidden_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        self.folded = folded(self.title, self.body)
        super().save(*args, **kwargs)

    @property
    def shown_author(self) -> str:
        """Whoever did not want to be named, or is here no more, is a colleague."""
        return self.author.get_full_name() if self.is_named and self.author else str(_("A colleague"))

    @property
    def is_answered(self) -> bool:
        return bool(self.answer)

    @property
    def is_standing(self) -> bool:
        return self.withdrawn_at is None and self.hidden_at is None

    @property
    def is_waiting(self) -> bool:
        return self.is_standing and not self.is_answered

    @property
    def is_overdue(self) -> bool:
        return self.is_waiting and self.answer_due_on < timezone.localdate()

    def can_be_answered_by(self, user: User) -> bool:
        """The process's owner; facilitators and administrators where there is none, or none any more."""
        if self.answerer is None or not self.answerer.is_active:
            return may_moderate(user)
        return self.answerer_id == user.pk


class Vote(models.Model):
    """ "That would help me too", said once by one person. Only their number is shown."""

    use_case = models.ForeignKey(UseCase, on_delete=models.CASCADE, related_name="votes")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="use_case_votes")
    voted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("vote for a use case")
        verbose_name_plural = _("votes for use cases")
        ordering: ClassVar = ["voted_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["use_case", "person"], name="usecases_vote_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.use_case_id}"


class CommentQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "CommentQuerySet":
        """On what one sees; a hidden one is its author's, and that of those who moderate. One's own is always there,
        to be deleted, whatever became of the proposal.
        """
        seen = Q(use_case__in=UseCase.objects.visible_to(user).values("pk"))
        if not may_moderate(user):
            seen &= Q(hidden_at=None)
        return self.filter(Q(author=user) | seen)

    def own_of(self, user: User) -> "CommentQuerySet":
        """The latest first; `is_proposal_shown` says whether the person still sees what each is about."""
        seen = UseCase.objects.visible_to(user).filter(pk=models.OuterRef("use_case"))
        own = self.filter(author=user).annotate(is_proposal_shown=models.Exists(seen))
        return own.select_related("use_case", "author").order_by("-created_at", "pk")


class Comment(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    use_case = models.ForeignKey(UseCase, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="use_case_comments")
    text = models.TextField(_("comment"), max_length=LONGEST_COMMENT)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    hidden_at = models.DateTimeField(null=True, editable=False)
    hidden_by = models.ForeignKey(
        User, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )  # fmt: skip
    hidden_reason = models.CharField(max_length=LONGEST_REASON, blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment on a use case")
        verbose_name_plural = _("comments on use cases")
        ordering: ClassVar = ["created_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(hidden_at=None) | ~Q(hidden_reason=""), name="usecases_comment_hidden_why"
            ),
        ]

    def __str__(self) -> str:
        return f"comment on {self.use_case_id}"

    @property
    def shown_author(self) -> str:
        return self.author.get_full_name() if self.author else str(_("A colleague"))
