from decimal import Decimal

from django import template
from django.utils.formats import number_format

from challenges.pilots.trimming import trimmed

register = template.Library()


@register.filter
def measured(value: Decimal | None) -> str:
    """In the reader's language: 4,5 or 4.5; a dash where nothing was measured."""
    return "–" if value is None else number_format(trimmed(value))
