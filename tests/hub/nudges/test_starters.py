"""The tips that come with the hub: enough, complete, calm, and loaded without touching what was written here."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hub.demo.tips import place_tips
from hub.demo.tools import load_tools
from hub.embeds.rules import rule_file
from hub.nudges.models import Tip, TipText
from hub.nudges.starter import load_starter_tips
from hub.nudges.starters import STARTER_TIPS, STARTERS
from hub.nudges.starters.shape import StarterTip
from hub.nudges.vocabulary import Area, Moment, RoleGroup

PRODUCTS = (
    "chatgpt", "copilot", "gemini", "claude", "mistral", "deepl", "teams", "outlook", "excel", "slack",
    "salesforce", "sap ", "zoom", "google",
)  # fmt: skip
SIE = (" Sie ", " Ihnen ", " Ihre ", " Ihr ")


def test_every_field_of_work_has_some_and_they_are_many() -> None:
    assert len(STARTER_TIPS) >= 60
    assert set(STARTERS) == set(Area)
    assert min(len(tips) for tips in STARTERS.values()) >= 3
    assert Counter(starter.key for starter in STARTER_TIPS).most_common(1)[0][1] == 1
    for moment in Moment.values:
        assert sum(moment in starter.moments for starter in STARTER_TIPS) >= 2, moment


@pytest.mark.parametrize("starter", STARTER_TIPS, ids=lambda starter: starter.key)
def test_a_starter_tip_is_complete_short_and_calm(starter: StarterTip) -> None:
    assert starter.minutes <= 2
    assert starter.tool in Tip.Tool.values
    assert starter.moments
    assert set(starter.moments) <= set(Moment.values)
    assert set(starter.roles) <= set(RoleGroup.values)
    assert len(starter.de.steps) == len(starter.en.steps) == 3
    assert bool(starter.de.saves_source) == bool(starter.en.saves_source)
    for words in starter.words.values():
        whole = " ".join([words.title, words.body, *words.steps])
        assert "!" not in whole
        assert '"' not in whole
        assert len(whole) < 900
        assert len(words.title) <= 90
        assert len(words.saves_source) <= 200
        assert starter.saves_minutes or not words.saves_source
        assert not [product for product in PRODUCTS if f" {product} " in f" {whole.casefold()} "]
    german = " ".join([starter.de.title, starter.de.body, *starter.de.steps])
    assert not [word for word in SIE if word in german and not _begins(german, word)]


def _begins(text: str, word: str) -> bool:
    """Whether every such word opens a sentence, where it means "they" or "she"."""
    before = [part.rstrip()[-1:] for part in text.split(word)[:-1]]
    return all(sign in ".:?“„" for sign in before)


def test_loading_again_writes_nothing_and_leaves_what_was_changed(db: None) -> None:
    assert load_starter_tips() == len(STARTER_TIPS)
    assert TipText.objects.count() == 2 * len(STARTER_TIPS)
    TipText.objects.filter(tip__key="live-captions", language="de").update(title="Von uns geändert")
    Tip.objects.filter(key="checklist").update(is_active=False)
    Tip.objects.filter(key="premortem").delete()
    assert load_starter_tips() == 1
    assert load_starter_tips() == 0
    assert Tip.objects.count() == len(STARTER_TIPS)
    assert TipText.objects.get(tip__key="live-captions", language="de").title == "Von uns geändert"
    assert not Tip.objects.get(key="checklist").is_active


def test_what_came_with_an_older_hub_is_filled_unless_somebody_wrote_it(db: None) -> None:
    load_starter_tips()
    Tip.objects.update(area="writing", moments=[], roles=[], saves_minutes=None)
    TipText.objects.update(saves_source="")
    Tip.objects.filter(key="crm-note").update(changed_at=timezone.now())
    TipText.objects.filter(tip__key="premortem", language="en").update(body="Ours.")
    assert load_starter_tips() == 0
    filled = Tip.objects.get(key="status-report")
    assert (filled.area, filled.saves_minutes, filled.moments) == ("projects", 6, ["reporting"])
    assert "2023" in filled.texts.get(language="en").saves_source
    for key in ("crm-note", "premortem"):
        assert Tip.objects.get(key=key).moments == []


def test_each_has_a_day_of_its_own_to_be_read_again_which_stays(db: None) -> None:
    load_starter_tips()
    days = dict(Tip.objects.values_list("key", "review_on"))
    assert len(set(days.values())) == len(days) >= 60
    assert min(days.values()) >= timezone.localdate() + timedelta(weeks=25)
    own = timezone.localdate() + timedelta(days=5)
    Tip.objects.filter(key="premortem").update(review_on=own)
    Tip.objects.filter(key="checklist").update(review_on=None)
    load_starter_tips()
    again = dict(Tip.objects.values_list("key", "review_on"))
    assert again == {**days, "premortem": own}


def test_loading_again_asks_the_database_few_times(db: None, django_assert_max_num_queries: Any) -> None:
    load_starter_tips()
    with django_assert_max_num_queries(6):
        load_starter_tips()


def test_the_demo_companys_tips_lead_to_its_tools_and_fit_its_pages(db: None) -> None:
    load_tools()
    load_starter_tips()
    written = Tip.objects.filter(area="writing").first()
    Tip.objects.filter(pk=written.pk).update(changed_at=timezone.now())
    place_tips()
    rules = {rule["id"]: rule for rule in rule_file("de", timezone.localdate())["tips"]}
    assert len(rules) >= 10
    assert str(written.pk) not in rules
    assert "https://chat.ringer-werke.example/" in {rule["link"] for rule in rules.values()}
    assert not Tip.objects.filter(tool="meetings", system=None).exists()
