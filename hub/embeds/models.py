"""Pages that may show tips, and the key behind the passes of a person."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.embeds.origins import LONGEST
from hub.people.models import User


class EmbedOrigin(models.Model):
    """An origin whose pages may read the tips and send answers: scheme, host and port, no path."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    origin = models.CharField(_("origin"), max_length=LONGEST, unique=True)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("page that may show tips")
        verbose_name_plural = _("pages that may show tips")
        ordering: ClassVar = ["origin"]
        constraints: ClassVar = [
            models.CheckConstraint(
                # Plain http only on one's own machine, to try it out.
                condition=Q(origin__startswith="https://")
                | Q(origin__regex=r"^http://(127\.0\.0\.1|localhost)(:|$)"),
                name="embeds_origin_is_https",
            ),
        ]

    def __str__(self) -> str:
        return self.origin


class EmbedKey(models.Model):
    """Stands in a person's passes in place of the person; with it, all of them end."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="embed_key")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("key of embedded tips")
        verbose_name_plural = _("keys of embedded tips")

    def __str__(self) -> str:
        return f"key of {self.user_id}"
