"""Hatpins in the live room: stuck, picked up by one, solved; without a name where none is wanted."""

from typing import Any

from hub.stories.models import Hatpin
from learning.hours import room
from tests.factories import make_session, make_team, make_user
from tests.lived import lived_hour

HTMX = {"HX-Request": "true"}


def test_a_hatpin_is_stuck_picked_up_by_one_replied_to_and_solved(sign_in: Any, cast: Any) -> None:
    lived = lived_hour(cast.farid).fill()
    lived.hatpin.delete()
    emma, otto, carl, farid = (sign_in(person) for person in (cast.emma, cast.otto, cast.carl, cast.farid))
    here = f"/hours/{lived.session.pk}/room"
    nothing = emma.post(f"{here}/hatpins/", {"kind": "stuck", "text": " "}, headers=HTMX)
    assert (nothing.status_code, nothing.content.decode()) == (422, "Schreib erst etwas.")
    for bad in ({"kind": "x", "text": "?"}, {"kind": "stuck", "text": "a" * 401}):
        assert emma.post(f"{here}/hatpins/", bad, headers=HTMX).status_code == 422
    stuck = emma.post(f"{here}/hatpins/", {"kind": "stuck", "text": "<b>Wo</b> ist\x00 er?"}, headers=HTMX)
    pin = Hatpin.objects.get()
    assert f'"pins": ["{pin.pk}"]' in stuck["HX-Trigger"]
    html = otto.get(f"{here}/news/").json()["hatpins"]
    assert "&lt;b&gt;Wo&lt;/b&gt; ist er?" in html
    assert "Emma Lindner" not in html
    assert 'value="help" type="submit" data-for="others" hidden' in html  # the page shows to whom it applies
    assert 'data-for="others">' in otto.get(f"{here}/").content.decode()  # without scripts too
    assert 'data-for="others" hidden' in emma.get(f"{here}/").content.decode()

    one = f"{here}/hatpins/{pin.pk}/"
    assert emma.post(one, {"do": "help"}, headers=HTMX).status_code == 409
    assert f'"helps": ["{pin.pk}"]' in otto.post(one, {"do": "help"}, headers=HTMX)["HX-Trigger"]
    late = carl.post(one, {"do": "help"}, headers=HTMX)
    assert (late.status_code, cast.otto.get_full_name() in late.content.decode()) == (409, True)
    assert carl.post(one, {"do": "solve"}, headers=HTMX).status_code == 403
    assert carl.post(f"{one}reply/", {"text": "Oben rechts"}, headers=HTMX).status_code == 204
    assert emma.post(f"{one}reply/", {"text": "Danke"}).status_code == 302
    otto.post(one, {"do": "solve"})
    solved = emma.get(f"{here}/news/").json()["hatpins"]
    assert "Gelöst" in solved
    assert "Oben rechts" in solved
    assert "Emma Lindner" not in solved  # nor in the reply of whoever stuck it unnamed

    assert carl.post(one, {"do": "reopen"}, headers=HTMX).status_code == 403
    assert emma.post(one, {"do": "reopen"}, headers=HTMX).status_code == 204
    assert "Gelöst" not in emma.get(f"{here}/news/").json()["hatpins"]
    assert otto.post(one, {"do": "withdraw"}, headers=HTMX).status_code == 403
    assert farid.post(one, {"do": "withdraw"}, headers=HTMX).status_code == 204
    assert not Hatpin.objects.exists()
    emma.post(f"{here}/hatpins/", {"kind": "workaround", "text": "Erst filtern", "is_named": "on"})
    named = farid.get(f"{here}/news/").json()["hatpins"]
    assert "Emma Lindner" in named
    assert 'value="help"' not in named


def test_a_hatpin_of_another_room_is_not_there(sign_in: Any, cast: Any) -> None:
    far = make_team("Weit weg")
    lived = lived_hour(make_user("Fred", team=far, roles=("facilitator",)), team=far).fill()
    other = make_session(cast.farid)
    for session in (lived.session, other):
        assert (
            sign_in(cast.emma).post(f"/hours/{session.pk}/room/hatpins/{lived.hatpin.pk}/").status_code == 404
        )
    assert sign_in(cast.emma).post(f"/hours/{lived.session.pk}/room/hatpins/").status_code == 404
    assert "hatpins" in room.SECTIONS
