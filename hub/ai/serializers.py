from typing import Any, ClassVar

from rest_framework import serializers

from hub.ai.forms import ToolForm
from hub.ai.models import AISystem


class AISystemSerializer(serializers.ModelSerializer):
    """Writing goes through the page's form, so that both accept the same."""

    name = serializers.CharField(read_only=True, help_text="In the caller's language.")
    purpose = serializers.CharField(read_only=True, help_text="In the caller's language.")

    class Meta:
        model = AISystem
        fields: ClassVar = [
            "slug",
            "name",
            "purpose",
            *ToolForm.Meta.fields,
            "is_own",
            "is_allowed",
        ]
        read_only_fields: ClassVar = ["slug", "is_own"]
        extra_kwargs: ClassVar = {
            name: {"required": False, "allow_blank": True} for name in ("name_en", "purpose_de", "purpose_en")
        }

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        values = (
            {name: getattr(self.instance, name) for name in ToolForm.Meta.fields} if self.instance else {}
        )
        form = ToolForm({"data_class": "public", **values, **attrs}, instance=self.instance)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        self.form = form
        return attrs
