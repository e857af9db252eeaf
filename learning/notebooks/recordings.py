"""Having an audio overview read aloud by a speech endpoint: asked for, made turn by turn, kept, and thrown away.

A recording holds as long as the script that was read: once an item was changed, or its source withdrawn, it is
offered no more, and the next purge erases it. Without one the browser's own voices read.
"""

import hashlib
import json
import logging
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.ai import speech
from hub.ai.errors import ModelError
from hub.ai.mp3 import Sound, joined
from hub.ai.speech import Speaker
from hub.ai.usage import record_use
from hub.jobs import LeaseLost, send
from hub.refusals import Refusal
from learning.notebooks.models import AidItem, AidRecording, StudyAid
from learning.notebooks.paths import RECORDINGS

logger = logging.getLogger(__name__)

TASK = "learning.notebooks.tasks.make_recording"
MOST_WOKEN = 200  # a sweep
MOST_CHARACTERS = 40_000  # of a script: three times the longest
MOST_BYTES = 64 * 1024 * 1024  # of a file
PAUSES = (1.0, 4.0)  # seconds before a turn is tried again, where the endpoint may recover
YOUNG = timedelta(hours=1)  # a file without a row may belong to a worker that has not finished

Line = tuple[str, str]  # "A" or "B", and what is said

FAILURES = {
    "cancelled": _("It was stopped. It can be made at any time."),
    "no_voice": _(
        "The speech service did not answer as it should. The browser's voices read it; try again later."
    ),
    "not_offered": _("No speech service is set up any more. The browser's voices read it."),
    "nothing_to_read": _("Nothing of this script holds at the moment, so there is nothing to read aloud."),
    "too_long": _("The script is too long to be read aloud. Leave some of it out, then try again."),
    "changed": _("The script changed while it was being read aloud. Make the file once more."),
}
GAVE_UP = _(
    "Making it was interrupted several times. Try again; if it fails once more, tell an administrator."
)


def failure_of(recording: AidRecording) -> str:
    """Why it could not be made, in the language active now; empty if it could."""
    return str(FAILURES.get(recording.error_code, GAVE_UP)) if recording.error_code else ""


def script_of(aid: StudyAid) -> list[Line]:
    """What is said today: turns that were left out or whose source is gone are not."""
    turns = AidItem.objects.holding().filter(aid=aid, kind="turn").order_by("position", "pk")
    return [
        (who, " ".join(text.split())) for who, text in turns.values_list("heading", "body") if text.strip()
    ]


def digest(script: Sequence[Line]) -> str:
    return hashlib.sha256(json.dumps(script, ensure_ascii=False).encode()).hexdigest()


def holds(recording: AidRecording) -> bool:
    return recording.is_ready and recording.script_sha256 == digest(script_of(recording.aid))


def recording_of(aid: StudyAid) -> AidRecording | None:
    """The row, whatever its state; `aid` hangs on it without a query."""
    recording = AidRecording.objects.filter(aid=aid).first()
    if recording is not None:
        recording.aid = aid
    return recording


@transaction.atomic
def request_recording(*, aid: StudyAid) -> AidRecording:
    """Queue it, or queue it anew if it failed or holds no more; one that is being made or holds stays.

    Raises Refusal for an aid that is no audio overview, is not made yet, or holds nothing to read.
    """
    script = script_of(aid)
    if aid.kind != "audio" or not aid.is_ready or not script:
        raise Refusal("nothing_to_read", FAILURES["nothing_to_read"], status=409)
    recording, is_new = AidRecording.objects.select_for_update().get_or_create(aid=aid)
    if not is_new and (
        not recording.is_done or (recording.is_ready and recording.script_sha256 == digest(script))
    ):
        return recording
    _discard_later(recording)
    fresh = {
        "state": AidRecording.State.QUEUED,
        "progress": 0,
        "error_code": "",
        "is_done": False,
        "attempts": 0,
    }
    nothing = {"file": "", "byte_count": 0, "seconds": 0, "script_sha256": "", "leased_until": None}
    AidRecording.objects.filter(pk=recording.pk).update(**fresh, **nothing, lease_token=None)
    recording.refresh_from_db()
    wake(recording)
    return recording


def cancel(*, recording: AidRecording) -> None:
    """Stop making it, or waiting for it; does nothing once it is made."""
    AidRecording.objects.filter(pk=recording.pk, is_done=False).update(
        state=AidRecording.State.FAILED,
        error_code="cancelled",
        progress=0,
        is_done=True,
        leased_until=None,
        lease_token=None,
    )


def wake(recording: AidRecording) -> None:
    """Ask a worker to make it once the row is committed; should no broker answer, the sweep will."""
    transaction.on_commit(partial(send, TASK, recording.pk))


def wake_recordings(now: datetime) -> int:
    """For the sweep: a task for every recording that nobody is making; returns how many."""
    rows = AidRecording.objects.claimable(now).filter(aid__removed_at=None)
    waiting = list(rows.values_list("pk", flat=True)[:MOST_WOKEN])
    for recording_id in waiting:
        send(TASK, recording_id)
    return len(waiting)


def make_recording(recording_id: UUID) -> None:
    """Lease the row, have every turn read aloud, and keep the file. Does nothing if somebody else holds it."""
    recording = AidRecording.objects.take(recording_id)
    if recording is None:
        return
    try:
        speaker, script = speech.get_speaker(), script_of(recording.aid)
        if code := _obstacle(recording, speaker, script):
            recording.finish(state=AidRecording.State.FAILED, error_code=code, progress=0)
            return
        recording.renew(state=AidRecording.State.MAKING, progress=0)
        with recording.kept():
            sound = _spoken(recording, speaker, script)
        record_use(system="hatpin-speech", purpose="audio", model=speaker.model)
        _settle(recording, speaker, script, sound)
    except ModelError:
        logger.warning("recording %s got no voice", recording_id)
        record_use(system="hatpin-speech", purpose="audio", model=speaker.model, failed=True)
        _fail(recording, "no_voice")
    except LeaseLost:
        logger.info("recording %s was cancelled or taken over", recording_id)
    except Exception:
        # The row goes back at once; after a few attempts it fails with a sentence of its own.
        logger.exception("making recording %s failed", recording_id)
        recording.release()
        raise


def _obstacle(recording: AidRecording, speaker: Speaker | None, script: Sequence[Line]) -> str:
    if recording.is_out_of_attempts:
        return "gave_up"
    if speaker is None:
        return "not_offered"
    if not script or recording.aid.removed_at is not None:
        return "nothing_to_read"
    return "too_long" if sum(len(text) for _who, text in script) > MOST_CHARACTERS else ""


def _spoken(recording: AidRecording, speaker: Speaker, script: Sequence[Line]) -> Sound:
    """Turn by turn; between turns it learns whether it was cancelled. Raises ModelError, LeaseLost."""
    parts: list[Sound] = []
    for place, (who, text) in enumerate(script):
        recording.renew(progress=100 * place // len(script))
        if not connection.in_atomic_block:
            connection.close()  # nobody else waits for it while the endpoint speaks
        parts.append(_turn(speaker, text, speaker.voices[who == "B"]))
        if sum(len(part.content) for part in parts) > MOST_BYTES:
            raise ModelError("The speech is longer than any script.", permanent=True)
    return joined(parts)


def _turn(speaker: Speaker, text: str, voice: str) -> Sound:
    for pause in PAUSES:
        try:
            return speaker.speak(text, voice=voice)
        except ModelError as error:
            if error.permanent:
                raise
            time.sleep(pause)
    return speaker.speak(text, voice=voice)


def _settle(recording: AidRecording, speaker: Speaker, script: Sequence[Line], sound: Sound) -> None:
    """Keep the file if the script still is what was read."""
    if script_of(recording.aid) != script:
        _fail(recording, "changed")
        return
    storage, field = recording.file.storage, AidRecording._meta.get_field("file")
    name = storage.save(field.generate_filename(recording, "speech.mp3"), ContentFile(sound.content))
    try:
        recording.finish(
            state=AidRecording.State.READY,
            progress=100,
            error_code="",
            script_sha256=digest(script),
            file=name,
            byte_count=len(sound.content),
            seconds=round(sound.seconds),
            model=speaker.model[:100],
            made_at=timezone.now(),
        )
    except LeaseLost:
        storage.delete(name)
        raise


def _fail(recording: AidRecording, code: str) -> None:
    try:
        recording.finish(state=AidRecording.State.FAILED, error_code=code, progress=0)
    except LeaseLost:
        logger.info("recording %s was cancelled or taken over", recording.pk)


def _discard_later(recording: AidRecording) -> None:
    if recording.file:
        transaction.on_commit(partial(recording.file.storage.delete, recording.file.name))


def purge(now: datetime | None = None) -> int:
    """Erase recordings that hold no more, and files whose row is gone; returns how many."""
    count = 0
    for recording in AidRecording.objects.filter(state=AidRecording.State.READY).select_related("aid"):
        if not holds(recording):
            with transaction.atomic():
                _discard_later(recording)
                recording.delete()
            count += 1
    return count + _purge_orphans(AidRecording._meta.get_field("file").storage, now or timezone.now())


def _purge_orphans(storage: Storage, now: datetime) -> int:
    if not storage.exists(RECORDINGS):
        return 0
    used = set(AidRecording.objects.exclude(file="").values_list("file", flat=True))
    count = 0
    for name in storage.listdir(RECORDINGS)[1]:
        path = f"{RECORDINGS}/{name}"
        if path not in used and storage.get_modified_time(path) < now - YOUNG:
            storage.delete(path)
            count += 1
    return count
