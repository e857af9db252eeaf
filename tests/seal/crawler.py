"""Walks the whole site as one person and writes down every answer: status, headers, body.

First everything that can be read, also what the pages link to; then everything that can be changed, with the
pages' own forms, with bodies from the API's description, and with nothing at all, each undone afterwards; at
last what a person's own acts leave behind. Two walks in two worlds are then compared answer by answer.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils.http import http_date
from rest_framework.test import APIClient

from hub.people.models import User
from tests.seal.forms import Bodies, Submission, ids_in, links, shape_of, submissions
from tests.seal.normal import Normal
from tests.seal.routes import PARAMETER, Route, Samples
from tests.seal.worlds import START

LINKS_A_WALK = 120
LINKS_ALIKE = 6
ALIKE_A_WALK = 3
CHANGING = ("post", "patch", "put", "delete")
NOT_THERE = {0, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: str

    def __str__(self) -> str:
        return f"{self.status} {dict(self.headers)}\n{self.body}"


Walk = dict[str, Answer]


class Crawler:
    def __init__(self, routes: list[Route], samples: Samples, bodies: Bodies, normal: Normal) -> None:
        self.routes, self.samples, self.bodies, self.normal = routes, samples, bodies, normal

    def walk(self, user: User | None, token: str = "", *, changes_elsewhere: bool = True) -> Walk:
        """Every answer under "method address body". All is read; changed is what belongs to a bet, and the rest too
        unless told otherwise.
        """
        self._begin(user, token)
        self.changes_elsewhere = changes_elsewhere
        self.forms: dict[Submission, None] = {}
        self.alike: dict[str, set[Submission]] = {}
        self.named: dict[str, None] = {}
        self._read()
        self._change()
        self._act_and_read_again()
        return self.answers

    def read(self, user: User, token: str, *, follows: bool = True) -> Walk:
        """The first part of a walk alone, and asked in one way: what whoever only looks is answered. Half a minute,
        less where no links are followed.
        """
        self._begin(user, token)
        self.forms, self.alike, self.named = {}, {}, {}
        self._read(in_other_ways=False, follows=follows)
        return self.answers

    def reached(self, user: User, token: str) -> set[Route]:
        """Routes at one of whose sample addresses this person is answered with anything but "not found"."""
        self._begin(user, token)
        return {route for route in self.routes if any(self._is_there(route))}

    def _is_there(self, route: Route) -> Iterator[bool]:
        client = self.program if route.path.startswith("api/") else self.page
        for address in self.samples.addresses(route):
            yield self._undone(client, "get", address, {}) not in NOT_THERE
            yield self._change_at(address, route)

    def _begin(self, user: User | None, token: str) -> None:
        cache.clear()
        self.answers: Walk = {}
        self.not_offered: set[tuple[Route, str]] = set()
        self.page, self.program = Client(raise_request_exception=True), APIClient()
        if user:
            self.page.force_login(user)
            self.program.credentials(HTTP_AUTHORIZATION=f"Token {token}")

    def follow(self, addresses: list[str]) -> Walk:
        """GET and POST what a mail leads to, without signing in."""
        self.answers = {}
        for address in addresses:
            for method in ("get", "post"):
                self._once(Client(), method, address)
        return self.answers

    def _read(self, *, in_other_ways: bool = True, follows: bool = True) -> None:
        waiting = [(route, address) for route in self.routes for address in self.samples.addresses(route)]
        seen: dict[str, None] = {}
        asked: set[Route] = set()
        for route, address in waiting:
            self._get(address, seen, is_api=route.path.startswith("api/"))
            is_of_a_bet = "challenges/" in address or "claims/" in address
            if not in_other_ways:
                continue
            if route not in asked or (is_of_a_bet and self._is_answered(address)):
                self._ask_in_other_ways(address, is_api=route.path.startswith("api/"))
            asked.add(route)
        self.followed = self._worth_following(seen) if follows else []
        for link in self.followed:
            self._get(link, {}, is_api=link.startswith("/api/"))

    def _is_answered(self, address: str) -> bool:
        answer = self.answers.get(f"get {address}")
        return answer is not None and answer.status == 200

    def _worth_following(self, seen: Iterable[str]) -> list[str]:
        """Of many links that differ only in ids a few are enough; of a bet's links none is left out."""
        alike: Counter[str] = Counter()
        found = []
        for link in seen:
            alike[shape_of(link)] += 1
            is_of_a_bet = link.startswith(("/challenges/", "/api/v1/challenges/", "/api/v1/claims/"))
            if f"get {link}" not in self.answers and (is_of_a_bet or alike[shape_of(link)] <= LINKS_ALIKE):
                found.append(link)
        return found[:LINKS_A_WALK]

    def _ask_in_other_ways(self, address: str, *, is_api: bool) -> None:
        """HEAD, and a GET of somebody who knows how it was before the rival claimed anything."""
        client = self.program if is_api else self.page
        self._once(client, "head", address)
        known = {"If-None-Match": '"0"', "If-Modified-Since": http_date(START.timestamp())}
        key = f"get {address} conditional"
        if key not in self.answers:
            self.answers[key] = self._written(client.get(address, headers=known))

    def _get(self, address: str, found: dict[str, None], *, is_api: bool) -> None:
        client = self.program if is_api else self.page
        response = self._once(client, "get", address)
        if response is None or response.status_code != 200 or response.streaming:
            return
        if is_api and response["Content-Type"].startswith("application/json"):
            self.named.update(self._named(address, response.json()))
        if response["Content-Type"].startswith("text/html"):
            html = response.content.decode()
            found.update(dict.fromkeys(links(html, address)))
            self._collect(submissions(html, address))

    def _collect(self, found: Iterable[Submission]) -> None:
        """Of forms that stand on many pages a few are enough; of a bet's forms none is left out."""
        for form in found:
            alike = self.alike.setdefault(form.likeness, set())
            if form.path.startswith("/challenges/") or len(alike) < ALIKE_A_WALK:
                alike.add(form)
                self.forms[form] = None

    def _named(self, address: str, content: object) -> dict[str, None]:
        """Addresses of single things that an answer of the API names by their ids."""
        kind = address.split("/")[3]
        singles = [
            r for r in self.routes if r.path.startswith(f"api/v1/{kind}/<uuid:") and r.path.count("<") == 1
        ]
        return {
            "/" + PARAMETER.sub(name, route.path): None
            for name in list(ids_in(content))[:2]
            for route in singles
        }

    def _change(self) -> None:
        for submission in filter(self._is_changed, self.forms):
            self._undone(self.page, submission.method, submission.path, dict(submission.fields))
        for link in self.followed:
            self._undone(self.program if link.startswith("/api/") else self.page, "post", link, {})
        for route in self.routes:
            if not (route.is_of_a_bet or self.changes_elsewhere):
                continue
            for address in self.samples.addresses(route):
                # Elsewhere than at a bet what one row answers to a change another does too.
                if self._change_at(address, route) and not route.is_of_a_bet:
                    break
        for address in self.named:
            for route in self.routes:
                if route.matches(address):
                    self._change_at(address, route)

    def _is_changed(self, form: Submission) -> bool:
        return self.changes_elsewhere or form.path.startswith("/challenges/")

    def _change_at(self, address: str, route: Route) -> bool:
        """Whether there was something to change."""
        is_found = False
        is_api = route.path.startswith("api/")
        for method in CHANGING:
            if (route, method) in self.not_offered:
                continue
            body = self.bodies.of(method, route) if is_api else {}
            for data in [body, {}] if body else [{}]:
                status = self._undone(self.program if is_api else self.page, method, address, data)
                if status == HTTPStatus.METHOD_NOT_ALLOWED:
                    self.not_offered.add((route, method))  # said before any row is looked for
                    break
                if status != HTTPStatus.NOT_FOUND:
                    is_found = True
                    if not route.is_of_a_bet:
                        break
        return is_found

    def _act_and_read_again(self) -> None:
        """One's own acts, this time kept; then the pages that they touched once more."""
        touched: dict[str, None] = {}
        for submission in [form for form in self.forms if form.path.startswith("/challenges/")]:
            self._once(self.page, submission.method, submission.path, dict(submission.fields), mark="kept")
        for key in [key for key in self.answers if key.startswith("get /challenges/")]:
            touched[key.split(" ")[1]] = None
        for address in [*touched, "/", "/inbox/", "/me/"]:
            self._once(self.page, "get", address, mark="again")

    def _undone(self, client: Client, method: str, address: str, data: dict[str, Any]) -> int:
        cookies = dict(client.cookies)
        marker = transaction.savepoint()
        try:
            response = self._once(client, method, address, data)
        finally:
            transaction.savepoint_rollback(marker)
            client.cookies.clear()
            client.cookies.update(cookies)
        return response.status_code if response is not None else 0

    def _once(
        self, client: Client, method: str, address: str, data: dict[str, Any] | None = None, mark: str = ""
    ) -> HttpResponse | None:
        key = " ".join(filter(None, [method, address, repr(data) if data else "", mark]))
        if key in self.answers:
            return None
        sent = getattr(client, method)(address, data) if data else getattr(client, method)(address)
        self.answers[key] = self._written(sent)
        return sent

    def _written(self, response: HttpResponse) -> Answer:
        if response.streaming and response.is_async:
            body = "(a stream)"  # read whole, through a real server, in test_streams
        else:
            content = b"".join(response.streaming_content) if response.streaming else response.content
            body = content.decode("utf-8", "backslashreplace")
        return Answer(
            response.status_code, self.normal.headers(dict(response.headers)), self.normal.text(body)
        )


def mails_to(addresses: set[str], normal: Normal) -> dict[str, list[str]]:
    """What was sent to these people, whole; in an order of its own, as mails of one moment go in any."""
    sent: dict[str, list[str]] = {address: [] for address in addresses}
    for message in mail.outbox:
        for address in [address for address in addresses if address in " ".join(message.recipients())]:
            sent[address].append(normal.text(_whole(message.message())))
    return {address: sorted(mails) for address, mails in sent.items()}


def _whole(message: Message) -> str:
    """Headers and every part, decoded; the border between the parts is drawn by chance."""
    headers = [f"{name}: {value}" for name, value in message.items() if name != "Content-Type"]
    parts = [part for part in message.walk() if not part.is_multipart()]
    texts = [part.get_payload(decode=True).decode() for part in parts]
    return "\n".join([*headers, *(part.get_content_type() for part in parts), *texts])


def addresses_in(sent: dict[str, list[str]]) -> list[str]:
    """Paths of the site that stand in these mails, also in their headers."""
    text = "\n".join(mail for mails in sent.values() for mail in mails)
    site = re.escape(settings.SITE_URL)
    return sorted(set(re.findall(rf"{site}(/[\w/:.@-]*)", text)))


def differences(quiet: Walk, busy: Walk) -> dict[str, tuple[str, str]]:
    """Requests that were answered differently, or made in one world only, with both answers."""
    nothing = "(not asked)"
    return {
        key: (str(quiet.get(key, nothing)), str(busy.get(key, nothing)))
        for key in {**quiet, **busy}
        if quiet.get(key) != busy.get(key)
    }
