"""What happens to a proposal: made, changed, withdrawn, voted for, commented on. Its answer: `answering.py`."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from challenges.usecases import telling
from challenges.usecases.models import ANSWER_DAYS, Comment, UseCase, Vote
from challenges.usecases.naming import named_in
from hub.people.models import User
from hub.refusals import Refusal

WORDS = ("kind", "title", "body", "process", "is_named", "language")
MOST_WAITING = 50  # proposals of one person
MOST_COMMENTS = 500  # on one proposal


class NamesPeople(Refusal):
    """The text seems to name colleagues; sent again with `names_are_meant` it is taken."""

    def __init__(self, names: list[str]) -> None:
        sentence = _("This seems to name people: %(names)s. Leave the names out, or say that you mean it.")
        super().__init__("names_people", sentence % {"names": ", ".join(names)}, status=409)
        self.names = names


def propose(
    *, use_case: UseCase, author: User, names_are_meant: bool = False, now: datetime | None = None
) -> UseCase:
    """Keep a new proposal and tell whoever answers it. Raises NamesPeople, and Refusal for more than MOST_WAITING."""
    if UseCase.objects.waiting().filter(author=author).count() >= MOST_WAITING:
        raise Refusal(
            "too_many_use_cases",
            _("As many proposals of yours wait for an answer as can be. Withdraw one first."),
            status=409,
        )
    now = now or timezone.now()
    _check_is_hidden(use_case, author)
    _check_names(use_case, author, names_are_meant)
    use_case.author, use_case.proposed_at = author, now
    use_case.answer_due_on = timezone.localdate(now) + timedelta(days=ANSWER_DAYS)
    use_case.answerer = _answerer_of(use_case)
    with transaction.atomic():
        use_case.save()
        telling.tell_answerers(use_case)
    return use_case


def check_unanswered(use_case: UseCase) -> None:
    """Raises Refusal once it is answered: before somebody writes what could not be kept."""
    if use_case.is_answered:
        raise Refusal("answered", _("It is answered, so its words stay as they are."), status=409)


@transaction.atomic
def change(*, use_case: UseCase, by: User, names_are_meant: bool = False) -> UseCase:
    """Keep its words. Raises NamesPeople, and Refusal once it is answered."""
    before = _own(use_case, by)
    check_unanswered(before)
    _check_is_hidden(use_case, by)
    _check_names(use_case, by, names_are_meant)
    use_case.answerer, use_case.changed_at = before.answerer, timezone.now()
    if use_case.process_id != before.process_id:
        use_case.answerer = _answerer_of(use_case)
    use_case.save(update_fields=[*WORDS, "folded", "answerer", "changed_at"])
    if use_case.answerer != before.answerer:
        telling.tell_answerers(use_case)
    return use_case


@transaction.atomic
def withdraw(*, use_case: UseCase, by: User) -> None:
    """From now on only its author sees it. Raises Refusal for one that became something."""
    row = _own(use_case, by)
    if row.became:
        raise Refusal("taken_up", _("It was taken up, so it stays where everybody finds it."), status=409)
    if row.withdrawn_at is None:
        UseCase.objects.filter(pk=row.pk).update(withdrawn_at=timezone.now())


@transaction.atomic
def put_back(*, use_case: UseCase, by: User) -> None:
    """Undo a withdrawal."""
    UseCase.objects.filter(pk=_own(use_case, by).pk).update(withdrawn_at=None)


def vote(*, use_case: UseCase, person: User) -> bool:
    """Returns whether it is new. Raises Refusal for one's own, and for what is answered or gone."""
    if use_case.author_id == person.pk:
        raise Refusal(
            "own_use_case", _("This is your own proposal. Others say whether it helps."), status=409
        )
    if Vote.objects.filter(use_case=use_case, person=person).exists():
        return False
    _check_open(use_case)
    try:
        with transaction.atomic():
            Vote.objects.create(use_case=use_case, person=person)
    except IntegrityError:
        return False
    return True


def take_vote_back(*, use_case: UseCase, person: User) -> bool:
    """Returns whether there was one."""
    return bool(Vote.objects.filter(use_case=use_case, person=person).delete()[0])


@transaction.atomic
def comment(*, use_case: UseCase, author: User, text: str, now: datetime | None = None) -> Comment:
    """Its author is told at most once a day. Raises Refusal for what is gone, and for more than MOST_COMMENTS."""
    row = UseCase.objects.select_for_update().get(pk=use_case.pk)
    if not row.is_standing:
        raise Refusal("gone", _("This proposal was taken away meanwhile."), status=409)
    if row.comments.count() >= MOST_COMMENTS:
        raise Refusal("too_many_comments", _("There are as many comments here as there can be."), status=409)
    made = Comment.objects.create(
        use_case=row, author=author, text=text.strip(), created_at=now or timezone.now()
    )
    telling.tell_author_of_comment(row, author, made.created_at)
    return made


def delete_comment(*, comment: Comment, by: User) -> None:
    """One's own, for good."""
    if comment.author_id != by.pk:
        raise PermissionDenied
    comment.delete()


def _own(use_case: UseCase, by: User) -> UseCase:
    """The locked row of one's own proposal."""
    row = UseCase.objects.select_for_update().get(pk=use_case.pk)
    if row.author_id != by.pk:
        raise PermissionDenied
    return row


def _answerer_of(use_case: UseCase) -> User | None:
    owner = use_case.process.owner if use_case.process else None
    # Nobody answers what they proposed themselves where others can.
    return owner if owner and owner.is_active and owner != use_case.author else None


def _check_is_hidden(use_case: UseCase, author: User) -> None:
    """Raises Refusal where a name left out could be read from the process: its owner does not answer oneself."""
    if not use_case.is_named and use_case.process and use_case.process.owner_id == author.pk:
        sentence = _(
            "You are responsible for this process, so that leaving out your name would not hide it: somebody else is "
            "asked for the answer. Leave the process out, or give your name."
        )
        raise Refusal("known_by_process", sentence)


def _check_names(use_case: UseCase, author: User, names_are_meant: bool) -> None:
    """One's own name may be said, unless one wants it kept."""
    if names_are_meant:
        return
    besides = author if use_case.is_named else None
    names = named_in(f"{use_case.title}\n{use_case.body}", besides=besides)
    if names:
        raise NamesPeople(names)


def _check_open(use_case: UseCase) -> None:
    if not UseCase.objects.waiting().filter(pk=use_case.pk).exists():
        raise Refusal("not_open", _("This proposal is answered or gone; votes no longer count."), status=409)
