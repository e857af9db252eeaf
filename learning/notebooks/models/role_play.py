"""Role-plays with a chat model; nobody but the learner sees them."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.people.models import User
from learning.notebooks.models.notebook import Notebook


class RolePlayQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "RolePlayQuerySet":
        return self.filter(learner=user, notebook__in=Notebook.objects.visible_to(user))


class RolePlay(models.Model):
    """A conversation in which the model plays a customer or a colleague.

    `turns` are {speaker, text} of "learner" and "partner", those of the partner with the `passages` they rest
    on; `feedback` is a list of {criterion, verdict, text, citations} once the learner has ended it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notebook = models.ForeignKey(Notebook, on_delete=models.CASCADE, related_name="role_plays")
    learner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_plays")
    scene = models.CharField(max_length=20)
    situation = models.TextField(_("situation"), max_length=1000, blank=True)
    language = models.CharField(max_length=2)
    model = models.CharField(max_length=100, blank=True)
    turns = models.JSONField(default=list)
    feedback = models.JSONField(null=True)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RolePlayQuerySet.as_manager()

    class Meta:
        verbose_name = _("role-play")
        verbose_name_plural = _("role-plays")
        ordering: ClassVar = ["-started_at", "pk"]

    def __str__(self) -> str:
        return f"{self.notebook_id} {self.scene}"
