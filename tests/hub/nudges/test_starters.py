"""The tips that come with the hub: enough, complete, calm, and loaded without touching what was written here."""

import gzip
import json
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.urls import Resolver404, resolve
from django.utils import timezone

from hub.demo.tips import place_tips
from hub.demo.tools import load_tools
from hub.embeds.rules import rule_file
from hub.nudges.models import Tip, TipText
from hub.nudges.patterns import checked
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
    Tip.objects.update(area="writing", moments=[], roles=[], saves_minutes=None, pages=[], link="")
    TipText.objects.update(saves_source="")
    Tip.objects.filter(key="crm-note").update(changed_at=timezone.now())
    TipText.objects.filter(tip__key="premortem", language="en").update(body="Ours.")
    assert load_starter_tips() == 0
    filled = Tip.objects.get(key="status-report")
    assert (filled.area, filled.saves_minutes, filled.moments) == ("projects", 6, ["reporting"])
    assert "https://*.atlassian.net/browse/*" in filled.pages
    assert "2023" in filled.texts.get(language="en").saves_source
    for key in ("crm-note", "premortem"):
        assert Tip.objects.get(key=key).moments == []
        assert Tip.objects.get(key=key).pages == []


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


@pytest.mark.parametrize("starter", STARTER_TIPS, ids=lambda starter: starter.key)
def test_the_pages_of_a_starter_tip_are_ones_that_an_author_may_write(starter: StarterTip) -> None:
    assert checked(list(starter.pages)) == list(starter.pages)
    if starter.hub_page:
        try:
            assert resolve(starter.hub_page).url_name
        except Resolver404:
            pytest.fail(f"{starter.hub_page} is no page of the hub")


def test_most_fit_pages_and_both_languages_name_the_same(db: None) -> None:
    load_starter_tips()
    today = timezone.localdate()
    german, english = (
        {tip["id"]: tip["patterns"] for tip in rule_file(language, today)["tips"]}
        for language in ("de", "en")
    )
    assert german == english
    assert len(german) >= 55
    assert len({page for pages in german.values() for page in pages}) >= 40


def test_the_rule_file_with_all_of_them_stays_small(db: None) -> None:
    """A page reads it once in five minutes at most: see hub/nudges/README.md for the figures."""
    load_starter_tips()
    for language in ("de", "en"):
        body = json.dumps(rule_file(language, timezone.localdate()), ensure_ascii=False).encode()
        assert len(body) < 80_000
        assert len(gzip.compress(body, 6)) < 25_000


def test_a_link_leads_to_the_hubs_own_page_where_others_reach_it(db: None, settings: Any) -> None:
    load_starter_tips()
    assert not Tip.objects.exclude(link="").exists()
    settings.SITE_URL, settings.IS_HTTPS = "https://hub.firma.example", True
    load_starter_tips()
    links = dict(Tip.objects.exclude(link="").values_list("key", "link"))
    assert links["long-document"] == "https://hub.firma.example/notebooks/"
    assert links["what-stays-out"] == "https://hub.firma.example/may-i/"
    assert len(links) == sum(bool(starter.hub_page) for starter in STARTER_TIPS) >= 6


def test_an_author_saves_a_starter_tip_with_its_pages(db: None, sign_in: Any, cast: Any) -> None:
    load_starter_tips()
    client, tip = sign_in(cast.farid), Tip.objects.get(key="crm-note")
    page = client.get(f"/tips/{tip.pk}/edit/")
    assert "https://*.dynamics.com/main.aspx*" in page.content.decode()
    form = page.context["form"]
    sent = {bound.html_name: bound.value() for bound in form if bound.value() not in (None, False)}
    answer = client.post(f"/tips/{tip.pk}/edit/", sent)
    assert answer.status_code == 302, answer.context["form"].errors
    after = Tip.objects.get(pk=tip.pk)
    assert (after.pages, after.author_id) == (tip.pages, tip.author_id)
    assert after.changed_at


def test_the_demo_companys_tips_lead_to_its_tools_and_fit_its_pages(db: None) -> None:
    load_tools()
    load_starter_tips()
    written = Tip.objects.filter(area="writing").first()
    Tip.objects.filter(pk=written.pk).update(changed_at=timezone.now())
    place_tips(timezone.now())
    load_starter_tips()  # as the next start of the site does
    place_tips(timezone.now())
    rules = {rule["id"]: rule for rule in rule_file("de", timezone.localdate())["tips"]}
    own = [tip_id for tip_id, rule in rules.items() if "ringer-werke" in rule["patterns"][0]]
    assert len(own) >= 10
    assert str(written.pk) not in own
    placed = [page for page in rules[own[0]]["patterns"] if "ringer-werke" in page]
    assert len(placed) == 1
    assert "https://chat.ringer-werke.example/" in {rule["link"] for rule in rules.values()}
    assert not Tip.objects.filter(tool="meetings", system=None).exists()
