from rest_framework import serializers

from hub.adoption import words
from hub.adoption.asking.answering import LONGEST, Answer, Outcome
from hub.adoption.menu import BY, WINDOWS
from hub.adoption.reading import Row, Table
from hub.adoption.report import Report
from hub.disclosure.suppression import Reason


class MeasureSerializer(serializers.Serializer):
    name = serializers.CharField()
    kind = serializers.CharField(help_text="share (percent), mean or sum.")
    heading = serializers.CharField()
    is_rolling = serializers.BooleanField(help_text="Facts of a window that ends with the week.")


class MenuEntrySerializer(serializers.Serializer):
    name = serializers.CharField()
    title = serializers.CharField()
    question = serializers.CharField()
    definition = serializers.CharField()
    formula = serializers.CharField()
    measures = MeasureSerializer(many=True)
    by = serializers.ListField(child=serializers.ChoiceField(choices=BY))
    window = serializers.ListField(child=serializers.IntegerField(), help_text=f"Weeks: {WINDOWS}.")


class RowSerializer(serializers.Serializer):
    entity = serializers.CharField()
    name = serializers.SerializerMethodField()
    monday = serializers.DateField(allow_null=True, help_text="Of a line about one week.")
    people = serializers.SerializerMethodField(help_text="Null for a group too small to be counted here.")
    weeks = serializers.IntegerField(help_text="How many weeks have a figure.")
    low = serializers.FloatField(allow_null=True, help_text="Of the report's main measure.")
    high = serializers.FloatField(allow_null=True)
    change = serializers.FloatField(allow_null=True, help_text="Against the period before.")
    figures = serializers.SerializerMethodField(
        help_text="Each measure's low and high, in the order of `measures`."
    )
    hidden = serializers.SerializerMethodField(help_text="Why there is no figure; null where there is one.")

    def get_name(self, row: Row) -> str:
        return words.name(row)

    def get_people(self, row: Row) -> int | None:
        return None if row.reason == Reason.SMALL else row.people

    def get_figures(self, row: Row) -> list[list[float] | None]:
        return [
            None if figure is None or figure.high is None else [float(figure.low), float(figure.high)]
            for figure in row.figures
        ]

    def get_hidden(self, row: Row) -> str | None:
        return row.reason or None


class ReportSerializer(serializers.Serializer):
    name = serializers.CharField(source="report.name")
    title = serializers.CharField(source="report.title")
    definition = serializers.CharField(source="report.definition")
    formula = serializers.CharField(source="report.formula")
    kind = serializers.CharField(source="report.main.kind", help_text="share (percent) or sum.")
    measures = MeasureSerializer(source="report.measures", many=True)
    by = serializers.CharField(source="selection.by")
    window = serializers.IntegerField(source="selection.window")
    of = serializers.CharField(source="selection.of", help_text="The one unit; empty for everybody.")
    mondays = serializers.ListField(
        child=serializers.DateField(), help_text="The weeks it covers, newest first."
    )
    findings = serializers.SerializerMethodField()
    rows = RowSerializer(many=True)

    def get_findings(self, table: Table) -> list[str]:
        return words.findings(table)


class FigureQuestionSerializer(serializers.Serializer):
    question = serializers.CharField(max_length=LONGEST, help_text="In German or English.")


class FigureAnswerSerializer(serializers.Serializer):
    outcome = serializers.ChoiceField(choices=[str(outcome) for outcome in Outcome])
    sentence = serializers.CharField(help_text="Why there is no report; empty where one answers.")
    report = ReportSerializer(source="table", allow_null=True)
    notes = serializers.ListField(child=serializers.CharField())
    known = serializers.SerializerMethodField(help_text="Names of reports that can be asked for.")

    def get_known(self, answer: Answer) -> list[str]:
        return [report.name for report in answer.reports]


def menu_entry(report: Report) -> dict:
    names = ("name", "title", "question", "definition", "formula", "measures")
    return {name: getattr(report, name) for name in names} | {"by": report.cuts, "window": WINDOWS}
