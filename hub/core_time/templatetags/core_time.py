from django import template

from hub.core_time.presenting import rounded
from learning.hours.shares import percent_words

register = template.Library()


@register.filter
def share(value: float) -> str:
    """Percent in the reader's language, to whole ones."""
    return percent_words(rounded(value))
