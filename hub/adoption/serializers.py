from rest_framework import serializers

from hub.adoption import words
from hub.adoption.menu import BY, WINDOWS
from hub.adoption.reading import Row


class MenuEntrySerializer(serializers.Serializer):
    name = serializers.CharField()
    title = serializers.CharField()
    definition = serializers.CharField()
    by = serializers.ListField(child=serializers.ChoiceField(choices=BY))
    window = serializers.ListField(child=serializers.IntegerField(), help_text=f"Weeks: {WINDOWS}.")


class RowSerializer(serializers.Serializer):
    entity = serializers.CharField()
    name = serializers.SerializerMethodField()
    monday = serializers.DateField(allow_null=True, help_text="Of a line about one week.")
    people = serializers.SerializerMethodField(help_text="Null for a group too small to be counted here.")
    weeks = serializers.IntegerField(help_text="How many weeks have a figure.")
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    hidden = serializers.SerializerMethodField(help_text="Why there is no figure; null where there is one.")

    def get_name(self, row: Row) -> str:
        return words.name(row)

    def get_people(self, row: Row) -> int | None:
        return None if row.reason == "small" else row.people

    def get_hidden(self, row: Row) -> str | None:
        return row.reason or None


class ReportSerializer(serializers.Serializer):
    name = serializers.CharField(source="report.name")
    title = serializers.CharField(source="report.title")
    definition = serializers.CharField(source="report.definition")
    kind = serializers.CharField(source="report.kind", help_text="share (percent) or sum.")
    by = serializers.CharField(source="selection.by")
    window = serializers.IntegerField(source="selection.window")
    mondays = serializers.ListField(
        child=serializers.DateField(), help_text="The weeks it covers, newest first."
    )
    findings = serializers.SerializerMethodField()
    rows = RowSerializer(many=True)

    def get_findings(self, table: object) -> list[str]:
        return words.findings(table)
