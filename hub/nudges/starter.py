"""Puts the tips that come with the hub into the library."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from hub.nudges.models import Tip, TipText
from hub.nudges.starters import STARTERS
from hub.nudges.starters.shape import StarterTip, Words
from hub.nudges.vocabulary import Area

Starters = dict[str, tuple[Area, StarterTip]]
REVIEWED_AFTER, BETWEEN_REVIEWS = timedelta(weeks=26), timedelta(days=3)


@transaction.atomic
def load_starter_tips() -> int:
    """Add the tips that are missing, known by their key; returns how many.

    One that is there keeps its words and whether it is in use. As long as nobody here wrote it or its words,
    it gets what a newer hub knows about it: area, roles, moments, saving and its source, the pages that it
    fits, its link, and a day to read it again.
    """
    starters = {starter.key: (area, starter) for area, tips in STARTERS.items() for starter in tips}
    known = {tip.key: tip for tip in Tip.objects.filter(key__in=starters).prefetch_related("texts")}
    missing = {key: one for key, one in starters.items() if key not in known}
    Tip.objects.bulk_create(
        [
            Tip(
                key=key,
                tool=starter.tool,
                minutes=starter.minutes,
                review_on=_review_day(starters, key),
                **_facts(area, starter),
            )
            for key, (area, starter) in missing.items()
        ],
        ignore_conflicts=True,
    )
    ids = dict(Tip.objects.filter(key__in=missing).values_list("key", "pk"))
    texts = [
        _text(ids[key], language, words)
        for key, (_area, starter) in missing.items()
        for language, words in starter.words.items()
    ]
    TipText.objects.bulk_create(texts, ignore_conflicts=True)
    _fill(known, starters)
    return len(missing)


def _review_day(starters: Starters, key: str) -> date:
    """Half a year on at the earliest, and no two on one day, so that nobody has to read all of them at once."""
    return timezone.localdate() + REVIEWED_AFTER + BETWEEN_REVIEWS * [*starters].index(key)


def _facts(area: Area, starter: StarterTip) -> dict[str, object]:
    return {
        "area": area.value,
        "roles": list(starter.roles),
        "moments": list(starter.moments),
        "saves_minutes": starter.saves_minutes,
        "pages": list(starter.pages),
        "link": _link(starter),
    }


def _link(starter: StarterTip) -> str:
    """Whole, as it also goes out by mail and onto other pages; none where the hub has no address that others reach."""
    is_reached = starter.hub_page and settings.IS_HTTPS
    return f"{settings.SITE_URL}{starter.hub_page}" if is_reached else ""


def _text(tip_id: object, language: str, words: Words) -> TipText:
    return TipText(
        tip_id=tip_id,
        language=language,
        title=words.title,
        body=words.body,
        steps=words.steps,
        saves_source=words.saves_source,
    )


def _fill(known: dict[str, Tip], starters: Starters) -> None:
    """Only what differs is written, so that starting the site again writes nothing."""
    tips, texts = [], []
    for key, tip in known.items():
        area, starter = starters[key]
        if not _is_untouched(tip, starter):
            continue
        facts = _facts(area, starter)
        facts["review_on"] = tip.review_on or _review_day(starters, key)
        if any(getattr(tip, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(tip, name, value)
            tips.append(tip)
        for text in tip.texts.all():
            source = starter.words[text.language].saves_source
            if text.saves_source != source:
                text.saves_source = source
                texts.append(text)
    Tip.objects.bulk_update(tips, ["area", "roles", "moments", "saves_minutes", "pages", "link", "review_on"])
    TipText.objects.bulk_update(texts, ["saves_source"])


def _is_untouched(tip: Tip, starter: StarterTip) -> bool:
    """As it came: nobody wrote it here, and its words are those that came with the hub."""
    came = {language: (words.title, words.body, words.steps) for language, words in starter.words.items()}
    stands = {text.language: (text.title, text.body, text.steps) for text in tip.texts.all()}
    return tip.changed_at is None and stands == came and tip.tool == starter.tool
