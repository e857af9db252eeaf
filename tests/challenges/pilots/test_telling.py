"""A decided pilot is told: as a success or as an instructive failure, begun with what was measured."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from challenges.pilots.models import Pilot
from challenges.pilots.running import note_evidence
from hub.stories import actions as story_actions
from hub.stories.models import Story
from tests.factories import make_pilot, make_use_case


def measured(pilot: Pilot, by: Any) -> Pilot:
    day = timezone.localdate() - timedelta(days=1)
    Pilot.objects.filter(pk=pilot.pk).update(starts_on=day)
    note_evidence(criterion=pilot.criteria.get(), by=by, day=day, value="9.5")
    return pilot


@pytest.mark.parametrize(("state", "kind"), [("scaled", "success"), ("stopped", "failure")])
def test_the_owner_gets_a_draft_with_what_was_measured(
    state: str, kind: str, cast: SimpleNamespace, sign_in: Any, api: Any
) -> None:
    pilot = measured(make_pilot(cast.emma, title="<b>Protokolle</b>"), cast.emma)
    emma, path = sign_in(cast.emma), f"/pilots/{pilot.pk}/story/"
    refused = emma.post(path)
    assert refused.status_code == 409
    assert "sobald entschieden ist" in refused.content.decode()
    Pilot.objects.filter(pk=pilot.pk).update(
        state=state, decision_reason="Zu viele Fehler", decided_at=timezone.now(), decided_by=cast.emma
    )
    answer = emma.post(path)
    story = Story.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/stories/{story.pk}/edit/")
    assert (story.kind, story.author, story.state) == (kind, cast.emma, "draft")
    assert pilot.hypothesis in story.body
    assert "9,5" in story.body
    assert "Zu viele Fehler" in (story.went_wrong if state == "stopped" else story.body)
    assert emma.post(path).url == answer.url, "asking again gives the same"
    assert api(cast.emma).post(f"/api/v1/pilots/{pilot.pk}/story/").json() == {"story": str(story.pk)}
    assert sign_in(cast.otto).post(path).status_code == 403
    assert api(cast.otto).post(f"/api/v1/pilots/{pilot.pk}/story/").status_code == 403
    page = f"/pilots/{pilot.pk}/"
    assert f"/stories/{story.pk}/" not in sign_in(cast.otto).get(page).content.decode()
    story_actions.publish(story=story)
    shown = sign_in(cast.otto).get(page).content.decode()
    assert f"/stories/{story.pk}/" in shown
    assert "<b>Protokolle" not in shown


def test_it_leads_back_to_the_proposal_for_whoever_sees_that(cast: SimpleNamespace, sign_in: Any) -> None:
    proposal = make_use_case(cast.otto, title="Protokolle schreiben nervt")
    pilot = make_pilot(cast.emma)
    Pilot.objects.filter(pk=pilot.pk).update(use_case=proposal)
    assert "Protokolle schreiben nervt" in sign_in(cast.carl).get(f"/pilots/{pilot.pk}/").content.decode()
    proposal.withdrawn_at = timezone.now()
    proposal.save()
    assert "Protokolle schreiben nervt" not in sign_in(cast.carl).get(f"/pilots/{pilot.pk}/").content.decode()
