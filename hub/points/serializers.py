from typing import ClassVar

from django.utils.translation import gettext as _
from rest_framework import serializers

from hub.points.board import Standing
from hub.points.models import PointEntry


class PointEntrySerializer(serializers.ModelSerializer):
    title = serializers.CharField(read_only=True)

    class Meta:
        model = PointEntry
        fields: ClassVar = ["rule", "title", "points", "earned_at"]


class BadgeSerializer(serializers.Serializer):
    badge = serializers.CharField(source="badge.slug")
    name = serializers.CharField(source="badge.name")
    how = serializers.CharField(source="badge.how", help_text="What it is earned by.")
    earned_at = serializers.DateTimeField(allow_null=True, help_text="Null while it is not earned.")


class BoardLineSerializer(serializers.Serializer):
    rank = serializers.IntegerField(
        allow_null=True, help_text="Shared by equal averages; null in the lower half."
    )
    name = serializers.SerializerMethodField()
    people = serializers.IntegerField()
    average = serializers.DecimalField(max_digits=12, decimal_places=1, help_text="Points a member.")
    is_at_least = serializers.BooleanField(help_text="Nearly everybody took part; more is not said.")
    is_small_teams = serializers.BooleanField(help_text="Teams too small to be shown, together.")
    is_mine = serializers.BooleanField()

    def get_name(self, standing: Standing) -> str:
        return _("Smaller teams together") if standing.is_small_teams else standing.name


class BoardSerializer(serializers.Serializer):
    monday = serializers.DateField(allow_null=True, help_text="The week; null before the first board.")
    top = BoardLineSerializer(many=True)
    around = BoardLineSerializer(many=True)
    teams = serializers.IntegerField(help_text="How many stand on the whole board.")
