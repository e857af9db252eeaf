"""A notebook and who may read it."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hub.people import access
from hub.people.models import Site, Team, User


class NotebookQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "NotebookQuerySet":
        """Own ones, the company's, and those of a team or site one belongs to. No role sees a private one."""
        shared = Q(audience=Notebook.Audience.COMPANY) | Q(
            audience=Notebook.Audience.TEAM, team_id__in=access.team_ids_of(user)
        )
        if (site := access.site_id_of(user)) is not None:
            shared |= Q(audience=Notebook.Audience.SITE, site_id=site)
        return self.filter(Q(owner=user) | shared)

    def with_counts(self) -> "NotebookQuerySet":
        present = Q(sources__removed_at=None, sources__superseded_at=None)
        ready = present & Q(sources__state="ready")
        return self.annotate(
            source_count=models.Count("sources", filter=present),
            ready_count=models.Count("sources", filter=ready),
        )


class Notebook(models.Model):
    class Audience(models.TextChoices):
        PRIVATE = "private", _("only me")
        TEAM = "team", _("my team")
        SITE = "site", _("my site")
        COMPANY = "company", _("everybody")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("title"), max_length=160)
    description = models.TextField(_("what it is about"), max_length=1000, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[("de", "Deutsch"), ("en", "English")], default="de"
    )
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="notebooks", verbose_name=_("owner")
    )
    audience = models.CharField(
        _("who may read it"), max_length=8, choices=Audience.choices, default=Audience.PRIVATE
    )
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("team"))
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("site"))
    is_open = models.BooleanField(_("everybody who may read it may add sources"), default=False)
    generation = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = NotebookQuerySet.as_manager()

    class Meta:
        verbose_name = _("notebook")
        verbose_name_plural = _("notebooks")
        ordering: ClassVar = ["-updated_at", "title"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(audience="team", team__isnull=False)
                | (~Q(audience="team") & Q(team__isnull=True)),
                name="notebooks_team_audience_names_a_team",
            ),
            models.CheckConstraint(
                condition=Q(audience="site", site__isnull=False)
                | (~Q(audience="site") & Q(site__isnull=True)),
                name="notebooks_site_audience_names_a_site",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_shared_with(self, *, team: Team | None = None, site: Site | None = None) -> bool:
        """Whether everybody of that team or site may read it; of neither: everybody of the company."""
        if self.audience == self.Audience.TEAM:
            return team is not None and self.team_id in team.lineage_ids()
        if self.audience == self.Audience.SITE:
            return site is not None and self.site_id == site.pk
        return self.audience == self.Audience.COMPANY

    def can_be_edited_by(self, user: User) -> bool:
        """The owner; content owners for what others than the owner can read."""
        if self.owner_id == user.pk:
            return True
        return self.audience != self.Audience.PRIVATE and access.is_content_owner(user)

    def can_be_added_to_by(self, user: User) -> bool:
        return self.is_open or self.can_be_edited_by(user)
