"""The API's part of dictating: a viewset that turns a recording into text."""

from typing import Any

from django.http import Http404, HttpRequest
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from hub.ai.dictating import InMemory, transcribe
from hub.ai.speech import get_transcriber


class RecordingSerializer(serializers.Serializer):
    audio = serializers.FileField(help_text="A recording of at most 2 MB; it is not kept.")


class TranscriptSerializer(serializers.Serializer):
    text = serializers.CharField()


class HearsSpeech:
    """For a viewset with an action `transcribe`."""

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        if self.action_map.get(request.method.lower()) == "transcribe":
            # Before anything reads the form: what was said is never written to a temporary file.
            request.upload_handlers = [InMemory(request)]
        return super().initialize_request(request, *args, **kwargs)

    def heard(self, request: Request) -> Response:
        """404 where no service is set up."""
        transcriber = get_transcriber()
        if transcriber is None:
            raise Http404
        return Response({"text": transcribe(transcriber=transcriber, audio=request.FILES.get("audio"))})
