"""The live room as the interface for programs shows it: what everybody sees alike, and what is the caller's own."""

from rest_framework import serializers

from hub.stories.models import LONGEST_PIN, Hatpin


class AgendaRow(serializers.Serializer):
    position = serializers.IntegerField()
    kind = serializers.CharField()
    title = serializers.CharField()
    minutes = serializers.IntegerField()


class LauncherRow(serializers.Serializer):
    tool = serializers.CharField(source="name")
    link = serializers.CharField()


class TaskRow(serializers.Serializer):
    id = serializers.UUIDField()
    title = serializers.CharField()
    instructions = serializers.CharField()
    prompt = serializers.CharField()
    tool = serializers.CharField(
        source="allowed_tool.name", default=None, allow_null=True, help_text="The one it is meant for."
    )
    link = serializers.CharField(source="allowed_tool.link", default=None, allow_null=True)
    launchers = LauncherRow(many=True, help_text="Where it can be tried: in its tool, else in all that fit.")
    data_class = serializers.CharField()
    done = serializers.IntegerField(
        source="count", allow_null=True, help_text="How many have done it; null until I am in."
    )


class QuestionRow(serializers.Serializer):
    id = serializers.UUIDField()
    text = serializers.CharField()
    author = serializers.SerializerMethodField(help_text="Null where it was asked without a name.")
    votes = serializers.IntegerField(source="wanted")
    answered_at = serializers.DateTimeField(allow_null=True)

    def get_author(self, question: object) -> str | None:
        return question.author.get_full_name() if question.is_named and question.author else None


class ReplyRow(serializers.Serializer):
    text = serializers.CharField()
    who = serializers.CharField()
    created_at = serializers.DateTimeField()


class HatpinRow(serializers.Serializer):
    id = serializers.UUIDField()
    kind = serializers.CharField()
    text = serializers.CharField()
    who = serializers.CharField()
    helper = serializers.CharField()
    is_solved = serializers.BooleanField()
    replies = ReplyRow(many=True)


class RoundRow(serializers.Serializer):
    """`right` comes after closing, `counts` too and from five answers on."""

    id = serializers.UUIDField(source="round.pk")
    question = serializers.CharField(source="item.heading")
    options = serializers.ListField(child=serializers.CharField(), source="item.data.options")
    is_open = serializers.SerializerMethodField()
    answered = serializers.IntegerField(
        source="spread.answered", default=None, allow_null=True, help_text="Null until I am in."
    )
    counts = serializers.ListField(
        child=serializers.IntegerField(), source="spread.counts", default=None, allow_null=True
    )
    right = serializers.SerializerMethodField(help_text="Which option is right, counted from 0.")

    def get_right(self, state: object) -> int | None:
        return None if state.round.closed_at is None else state.item.data["right"]

    def get_is_open(self, state: object) -> bool:
        return state.round.closed_at is None


class TeamRow(serializers.Serializer):
    present = serializers.IntegerField()
    done = serializers.DictField(child=serializers.IntegerField(), help_text="By task, how many did it.")


class OwnSerializer(serializers.Serializer):
    """By id: when I did each task, which option I chose, what I asked, voted for, stuck and picked up."""

    tasks = serializers.DictField(child=serializers.CharField())
    answers = serializers.DictField(child=serializers.IntegerField())
    team = TeamRow(allow_null=True, help_text="My team, from five of it in the room.")
    questions = serializers.ListField(child=serializers.CharField())
    votes = serializers.ListField(child=serializers.CharField())
    pins = serializers.ListField(child=serializers.CharField())
    helps = serializers.ListField(child=serializers.CharField())
    runs = serializers.BooleanField(help_text="Whether I run this hour.")


class RoomSerializer(serializers.Serializer):
    phase = serializers.CharField()
    present = serializers.IntegerField(allow_null=True, help_text="Null until I am in.")
    remote = serializers.IntegerField()
    leaders = serializers.ListField(child=serializers.CharField())
    agenda = AgendaRow(many=True)
    step = serializers.IntegerField(allow_null=True)
    step_ends_at = serializers.DateTimeField(allow_null=True)
    extra_minutes = serializers.IntegerField(help_text="What the step was given beyond its plan.")
    tasks = TaskRow(many=True)
    round = serializers.SerializerMethodField()
    questions = QuestionRow(many=True)
    hatpins = HatpinRow(many=True, source="pins")
    mine = serializers.SerializerMethodField()

    def get_round(self, state: object) -> RoundRow(allow_null=True):
        return RoundRow(state).data if state.round else None

    def get_mine(self, state: object) -> OwnSerializer:
        return OwnSerializer(self.context["mine"]).data


class StepSerializer(serializers.Serializer):
    step = serializers.IntegerField(min_value=0, help_text="Counted from 0.")


class MoreTimeSerializer(serializers.Serializer):
    step = serializers.IntegerField(min_value=0, help_text="Counted from 0.")
    extra_minutes = serializers.IntegerField(min_value=0, help_text="What it was given so far.")


class AnswerSerializer(serializers.Serializer):
    option = serializers.IntegerField(min_value=0, help_text="Counted from 0.")


class AskSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=400)
    is_named = serializers.BooleanField(default=False)


class ModerateSerializer(serializers.Serializer):
    do = serializers.ChoiceField(choices=["hide", "show", "answered", "open"])


class StickSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=Hatpin.Kind.choices)
    text = serializers.CharField(max_length=LONGEST_PIN)
    is_named = serializers.BooleanField(default=False)


class ReplySerializer(serializers.Serializer):
    text = serializers.CharField(max_length=LONGEST_PIN)


class PinActSerializer(serializers.Serializer):
    do = serializers.ChoiceField(choices=["help", "hand-back", "solve", "reopen", "withdraw"])


class MadeSerializer(serializers.Serializer):
    id = serializers.UUIDField()
