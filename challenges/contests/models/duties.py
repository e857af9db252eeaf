"""Who confirms hours in a controller's place."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hub.people.models import RoleGrant, User


class HoursDeputyQuerySet(models.QuerySet):
    def acting(self) -> "HoursDeputyQuerySet":
        """Those of controllers who hold the role and work here."""
        holding = RoleGrant.objects.filter(role=RoleGrant.Role.CONTROLLER).values("user")
        return self.filter(controller__status=User.Status.ACTIVE, controller__in=holding)


class HoursDeputy(models.Model):
    """One a controller; what the deputy decides stays when another one is named."""

    controller = models.OneToOneField(
        User, on_delete=models.CASCADE, related_name="+", verbose_name=_("controller")
    )
    deputy = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name=_("deputy"))
    named_at = models.DateTimeField()

    objects = HoursDeputyQuerySet.as_manager()

    class Meta:
        verbose_name = _("deputy for hours")
        verbose_name_plural = _("deputies for hours")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(controller=F("deputy")), name="contests_deputy_is_another")
        ]

    def __str__(self) -> str:
        return f"{self.controller_id} {self.deputy_id}"
