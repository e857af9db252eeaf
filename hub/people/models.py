"""Who is in the company and what they may do: people, teams, sites, job families, legal entities, roles."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.people.zones import validate_time_zone


class LegalEntity(models.Model):
    """A company in the sense of the law: works councils and HR are bound to one."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("ISO 3166 code, e.g. DE; empty while unknown")
    )

    class Meta:
        verbose_name = _("legal entity")
        verbose_name_plural = _("legal entities")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """A place people work at; its zone is what 09:00 means there."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    region = models.CharField(
        _("region"), max_length=6, blank=True, help_text=_("ISO 3166-2 subdivision, e.g. BW")
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Europe/Berlin", validators=[validate_time_zone]
    )

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class JobFamily(models.Model):
    """A kind of work that runs across teams and sites, such as sales or engineering."""

    name = models.CharField(_("name"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("job family")
        verbose_name_plural = _("job families")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A node of the organisation. `lineage` holds the ids from the root down to itself, as "/1/7/23/"."""

    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    site = models.ForeignKey(Site, verbose_name=_("site"), on_delete=models.PROTECT, related_name="teams")
    legal_entity = models.ForeignKey(
        LegalEntity, verbose_name=_("legal entity"), on_delete=models.PROTECT, related_name="teams"
    )
    lineage = models.CharField(max_length=255, editable=False, db_index=True, default="")

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint("name", "legal_entity", name="people_team_name_once_per_entity"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        lineage = f"{self.parent.lineage if self.parent else '/'}{self.pk}/"
        if lineage != self.lineage:
            self.lineage = lineage
            Team.objects.filter(pk=self.pk).update(lineage=lineage)
            for child in self.children.all():
                child.parent = self
                child.save()

    def lineage_ids(self) -> list[int]:
        """Ids of this team and of every team it is part of."""
        return [int(part) for part in self.lineage.split("/") if part]


class UserManager(BaseUserManager):
    def create_user(self, *, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=self.normalize_email(email).strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email__iexact=email)


class UserQuerySet(models.QuerySet):
    def active(self) -> "UserQuerySet":
        return self.filter(status=User.Status.ACTIVE)


class User(AbstractBaseUser):
    """A person who signs in by e-mail. Ledger and audit know only the opaque `subject_key`."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        LEFT = "left", _("has left")

    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80)
    language = models.CharField(
        _("language"), max_length=2, choices=[("de", "Deutsch"), ("en", "English")], default="de"
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Europe/Berlin", validators=[validate_time_zone]
    )
    team = models.ForeignKey(
        Team, verbose_name=_("team"), null=True, blank=True, on_delete=models.SET_NULL, related_name="members"
    )
    team_since = models.DateField(
        null=True, blank=True, editable=False, help_text=_("Empty: since the person joined.")
    )
    job_family = models.ForeignKey(
        JobFamily,
        verbose_name=_("job family"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
    )
    is_executive = models.BooleanField(_("executive"), default=False)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.ACTIVE)
    subject_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects = UserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["first_name", "last_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering: ClassVar = ["last_name", "first_name", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="people_email_once")]

    def __str__(self) -> str:
        return self.get_full_name()

    @property
    def is_active(self) -> bool:
        """Asked by Django at sign-in and at every request: a leaver's session ends at once."""
        return self.status == self.Status.ACTIVE

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name


class RoleGrant(models.Model):
    """One role of one person; HR and works council hold theirs for one legal entity."""

    class Role(models.TextChoices):
        FACILITATOR = "facilitator", _("facilitator")
        CONTENT_OWNER = "content_owner", _("content owner")
        REFEREE = "referee", _("referee")
        CONTROLLER = "controller", _("controller")
        HR = "hr", _("HR")
        WORKS_COUNCIL = "works_council", _("works council")
        ADMINISTRATOR = "administrator", _("administrator")

    BOUND_TO_ENTITY: ClassVar = (Role.HR, Role.WORKS_COUNCIL)

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    legal_entity = models.ForeignKey(LegalEntity, null=True, blank=True, on_delete=models.CASCADE)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "role", "legal_entity"], name="people_bound_role_once"),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=models.Q(legal_entity__isnull=True),
                name="people_role_once",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=["hr", "works_council"], legal_entity__isnull=False)
                | (~models.Q(role__in=["hr", "works_council"]) & models.Q(legal_entity__isnull=True)),
                name="people_role_bound_to_entity",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"


class BrowserSession(AbstractBaseSession):
    """A browser somebody signed in with; it ends with the person's row."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="browser_sessions")

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    @classmethod
    def get_session_store_class(cls) -> type:
        from hub.people.sessions import SessionStore  # imports this module

        return SessionStore
