from typing import Any, ClassVar

from django.utils.translation import gettext as _
from rest_framework import serializers

from learning.notebooks.forms import NotebookForm, SourceChangeForm
from learning.notebooks.models import Exchange, Notebook, Source
from learning.notebooks.versions import is_expired, is_upcoming


class NotebookSerializer(serializers.ModelSerializer):
    """Writing goes through the page's form, so that both accept the same."""

    owner = serializers.CharField(read_only=True, source="owner.get_full_name")
    source_count = serializers.IntegerField(read_only=True)
    ready_count = serializers.IntegerField(read_only=True)
    can_add_sources = serializers.SerializerMethodField()

    class Meta:
        model = Notebook
        fields: ClassVar = [
            "id",
            "title",
            "description",
            "language",
            "audience",
            "is_open",
            "owner",
            "source_count",
            "ready_count",
            "can_add_sources",
            "created_at",
            "updated_at",
        ]

    def get_can_add_sources(self, notebook: Notebook) -> bool:
        return notebook.can_be_added_to_by(self.context["request"].user)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        user = self.context["request"].user
        names = NotebookForm.Meta.fields
        if self.instance:
            values = {name: getattr(self.instance, name) for name in names}
        else:
            values = {"language": user.language, "audience": Notebook.Audience.PRIVATE}
        form = NotebookForm({**values, **attrs}, user=user, instance=self.instance)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        self.form = form
        return attrs


class SourceSerializer(serializers.ModelSerializer):
    error = serializers.CharField(read_only=True)
    owner = serializers.SerializerMethodField(help_text="E-mail address of who answers for it.")
    is_valid = serializers.SerializerMethodField(help_text="Whether today lies within its validity.")

    class Meta:
        model = Source
        fields: ClassVar = [
            "id",
            "title",
            "file_name",
            "byte_count",
            "format",
            "language",
            "state",
            "progress",
            "error",
            "word_count",
            "owner",
            "version",
            "replaces",
            "superseded_at",
            "valid_from",
            "valid_until",
            "is_valid",
            "created_at",
            "read_at",
        ]
        read_only_fields = fields

    def get_owner(self, source: Source) -> str:
        return (source.owner or source.added_by).email

    def get_is_valid(self, source: Source) -> bool:
        return not (is_upcoming(source) or is_expired(source))


class SourceChangeSerializer(serializers.Serializer):
    """Goes through the page's form, so that both accept the same; what is left out stays."""

    title = serializers.CharField(required=False, max_length=200)
    owner = serializers.EmailField(required=False)
    valid_from = serializers.DateField(required=False, allow_null=True)
    valid_until = serializers.DateField(required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        source = self.instance
        kept = {name: getattr(source, name) for name in ("title", "valid_from", "valid_until")}
        kept["owner"] = (source.owner or source.added_by).email
        form = SourceChangeForm({**kept, **attrs}, instance=source)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        self.form = form
        return attrs


class NewSourceSerializer(serializers.Serializer):
    """Either `file` (multipart) or `text` (JSON)."""

    file = serializers.FileField(required=False, allow_empty_file=True, max_length=255)
    title = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")
    text = serializers.CharField(required=False, max_length=4_000_000, trim_whitespace=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("file" in attrs) == ("text" in attrs):
            raise serializers.ValidationError(_("Send either a file or a text."))
        return attrs


class NewVersionSerializer(NewSourceSerializer):
    """As a new source, with the days between which it is to answer."""

    valid_from = serializers.DateField(required=False, allow_null=True, default=None)
    valid_until = serializers.DateField(required=False, allow_null=True, default=None)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        first, last = attrs["valid_from"], attrs["valid_until"]
        if first and last and last < first:
            raise serializers.ValidationError(
                {"valid_until": _("It would end before it begins. Choose a later last day.")}
            )
        return super().validate(attrs)


class HitSerializer(serializers.Serializer):
    passage = serializers.IntegerField()
    source = serializers.UUIDField()
    title = serializers.CharField()
    text = serializers.CharField()
    score = serializers.FloatField()
    start = serializers.IntegerField(help_text="Character offset in the source's text.")
    end = serializers.IntegerField()
    page = serializers.IntegerField(allow_null=True)


class HitsSerializer(serializers.Serializer):
    results = HitSerializer(many=True)
    notice = serializers.CharField(allow_blank=True, help_text="Why the search was not what it could be.")


class SearchParametersSerializer(serializers.Serializer):
    q = serializers.CharField(max_length=2000)
    top_k = serializers.IntegerField(min_value=1, max_value=100, default=10, required=False)
    source = serializers.ListField(
        child=serializers.UUIDField(),
        required=False,
        help_text="Search in this source only; may be repeated.",
    )


class QuestionSerializer(serializers.Serializer):
    question = serializers.CharField(max_length=2000)
    language = serializers.ChoiceField(choices=["de", "en"], required=False)
    sources = serializers.ListField(
        child=serializers.UUIDField(),
        required=False,
        help_text="Answer from these sources only. Left out: from all.",
    )
    follow_up = serializers.BooleanField(
        default=True, help_text="Whether it may be understood as a follow-up to the question before it."
    )
    ask_back = serializers.BooleanField(
        default=False, help_text="Ask me a question with a passage to read, instead of telling me."
    )


class AnswerSentenceSerializer(serializers.Serializer):
    text = serializers.CharField()
    citations = serializers.ListField(child=serializers.IntegerField())
    supported = serializers.BooleanField()


class CitationSerializer(serializers.Serializer):
    n = serializers.IntegerField()
    source = serializers.UUIDField()
    passage = serializers.IntegerField()
    title = serializers.CharField()
    quote = serializers.CharField(help_text="Equals the source's text between start and end.")
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    page = serializers.IntegerField(allow_null=True)


class AnswerSerializer(serializers.Serializer):
    answer = serializers.CharField(allow_blank=True)
    sentences = AnswerSentenceSerializer(many=True)
    citations = CitationSerializer(many=True)
    mode = serializers.ChoiceField(choices=["extractive", "generated"])
    model = serializers.CharField(allow_blank=True)
    refused = serializers.BooleanField()
    dropped_markers = serializers.IntegerField()
    notice = serializers.CharField(allow_blank=True)
    follows = serializers.CharField(
        allow_blank=True, help_text="The earlier question without which this one could not be understood."
    )
    asks_back = serializers.BooleanField(
        default=False, help_text="The sentence is a question to me; the passage that I should read is cited."
    )


class ExchangeSerializer(serializers.ModelSerializer):
    answer = AnswerSerializer(
        read_only=True,
        help_text="As it was shown, without quotes of sources that are gone or hold no longer.",
    )

    class Meta:
        model = Exchange
        fields: ClassVar = ["id", "question", "answer", "asked_at"]
        read_only_fields = fields
