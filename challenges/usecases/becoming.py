"""What a use case can become. Areas above add theirs in `apps.ready()`; a reasoned no is always there."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from challenges.processes.list_actions import write_list
from challenges.processes.models import Process
from challenges.processes.steps_csv import StepLine
from challenges.usecases.models import UseCase
from hub.people.models import User
from hub.refusals import Refusal

# Of these paths those that the person may follow.
Sees = Callable[[Collection[str], User], set[str]]

# Of these paths those that lead to something that others see, so that the proposal has become something.
Stands = Callable[[Collection[str]], set[str]]

# Makes it for the person who answers and returns its path; raises Refusal.
Make = Callable[[UseCase, User], str]


def _everybody(user: User) -> bool:
    return True


def _for_all(paths: Collection[str], user: User) -> set[str]:
    return set(paths)


def _all(paths: Collection[str]) -> set[str]:
    return set(paths)


@dataclass(frozen=True)
class Outcome:
    slug: str
    label: str | Promise
    make: Make
    may: Callable[[User], bool]
    sees: Sees
    stands: Stands


_outcomes: dict[str, Outcome] = {}


def register_outcome(
    slug: str,
    label: str | Promise,
    make: Make,
    *,
    may: Callable[[User], bool] = _everybody,
    sees: Sees = _for_all,
    stands: Stands = _all,
) -> None:
    """`slug` is one of `UseCase.Answer`, `label` the lazily translated words of the choice.

    `may` says to which of those who answer it is offered; `sees` which of the paths that `make` returned the person
    may follow, and `stands` which of them lead to something that others see, each in one query.
    """
    if slug not in UseCase.Answer.values:
        raise ValueError(f"no answer is called {slug}")
    _outcomes[slug] = Outcome(slug, label, make, may, sees, stands)


def outcomes_for(user: User) -> list[Outcome]:
    return [outcome for outcome in _outcomes.values() if outcome.may(user)]


def make_outcome(slug: str, *, use_case: UseCase, user: User) -> str:
    """Returns the path of what was made. Raises Refusal for what the person is not offered."""
    outcome = next((one for one in outcomes_for(user) if one.slug == slug), None)
    if outcome is None:
        raise Refusal("unknown_outcome", _("A use case cannot become this here."))
    return outcome.make(use_case, user)


def shown_paths(use_cases: Iterable[UseCase], user: User) -> set[str]:
    """Where they went on, as far as the person may go there. One query for each kind of outcome."""
    became: dict[str, set[str]] = {}
    for use_case in use_cases:
        if use_case.became:
            became.setdefault(use_case.answer, set()).add(use_case.became)
    return {
        path
        for slug, paths in became.items()
        if slug in _outcomes
        for path in _outcomes[slug].sees(paths, user)
    }


def not_taken_further(use_cases: Iterable[UseCase]) -> list[UseCase]:
    """Those whose outcome is gone, or is still nobody's but its owner's. One query for each kind of outcome."""
    became: dict[str, list[UseCase]] = {}
    for use_case in use_cases:
        if use_case.became and use_case.answer in _outcomes:
            became.setdefault(use_case.answer, []).append(use_case)
    found = []
    for slug, answered in became.items():
        standing = _outcomes[slug].stands({use_case.became for use_case in answered})
        found += [use_case for use_case in answered if use_case.became not in standing]
    return found


def make_process(use_case: UseCase, user: User) -> str:
    """A list of one step that only its owner sees: the start of a description, to be written on."""
    with translation.override(use_case.language):
        line = StepLine(lane="", name=_("First step, still to be described"))
    process, _is_new = write_list(
        user=user,
        title=use_case.title,
        language=use_case.language,
        audience=Process.Audience.PRIVATE,
        lines=[line],
    )
    return path_of_process(process)


def path_of_process(process: Process) -> str:
    return f"/processes/{process.pk}/"


def processes_seen(paths: Collection[str], user: User) -> set[str]:
    return seen_among(paths, Process.objects.visible_to(user))


def processes_shared(paths: Collection[str]) -> set[str]:
    return seen_among(paths, Process.objects.exclude(audience=Process.Audience.PRIVATE))


def seen_among(paths: Collection[str], visible: QuerySet) -> set[str]:
    """Those of these paths that end with the key of one of the visible rows."""
    by_key = {path.strip("/").rpartition("/")[2]: path for path in paths}
    return {by_key[str(pk)] for pk in visible.filter(pk__in=by_key).values_list("pk", flat=True)}
