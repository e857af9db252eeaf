"""Every field with a person behind it is declared."""

from dataclasses import replace

import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.conf import settings
from django.db import models
from django.test.utils import isolate_apps

from hub.declarations import declarations
from hub.today.stored import stored_about

SUBJECT_KEYS = {"subject_key", "actor_key", "username"}
UNUSED = {
    "axes.AccessLog",
    "axes.AccessFailureLog",
}  # AXES_DISABLE_ACCESS_LOG, AXES_ENABLE_ACCESS_FAILURE_LOG


def is_personal(model: type[models.Model]) -> bool:
    """A person stands behind a model that is one, points to one, or carries an opaque key of one."""
    return model._meta.label == settings.AUTH_USER_MODEL or any(
        field.name in SUBJECT_KEYS
        or (field.is_relation and field.related_model._meta.label == settings.AUTH_USER_MODEL)
        for field in model._meta.concrete_fields
    )


def fields_of(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields if not field.primary_key}


def leads_to_a_person(model: type[models.Model], path: str) -> bool:
    """Whether a declaration's lookup over several relations, such as "entry__contestant", ends at a person."""
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return model._meta.label == settings.AUTH_USER_MODEL


def personal_models(registry: Apps = apps) -> dict[str, type[models.Model]]:
    """What is personal by itself, and what is declared to be so over several relations."""
    declared = [(d.model, d.person) for _label, d in declarations() if "__" in d.person]
    distant = {label for label, path in declared if leads_to_a_person(apps.get_model(label), path)}
    return {
        model._meta.label: model
        for model in registry.get_models()
        if (is_personal(model) or model._meta.label in distant) and model._meta.label not in UNUSED
    }


def undeclared(registry: Apps = apps) -> list[str]:
    """What has a person behind it and no declaration, or is declared and not there: "people.User.email"."""
    declared = {declaration.model: set(declaration.fields) for _label, declaration in declarations()}
    return sorted(
        f"{label}.{field}"
        for label, model in personal_models(registry).items()
        for field in fields_of(model) ^ declared.get(label, set())
    )


def test_every_personal_field_is_declared() -> None:
    assert undeclared() == []


def test_a_new_personal_model_would_be_noticed() -> None:
    user = apps.get_model(settings.AUTH_USER_MODEL)
    with isolate_apps("hub.people") as registry:

        class Shoe(models.Model):
            __module__ = "hub.people.models"
            owner = models.ForeignKey(user, on_delete=models.CASCADE, related_name="+")
            size = models.PositiveSmallIntegerField()

            class Meta:
                app_label = "people"

            def __str__(self) -> str:
                return str(self.size)

        class Keyed(models.Model):
            __module__ = "hub.people.models"
            subject_key = models.UUIDField()

            class Meta:
                app_label = "people"

            def __str__(self) -> str:
                return str(self.subject_key)

        assert undeclared(registry) == ["people.Keyed.subject_key", "people.Shoe.owner", "people.Shoe.size"]


def test_a_new_personal_field_would_be_noticed() -> None:
    user = apps.get_model(settings.AUTH_USER_MODEL)
    field = models.PositiveSmallIntegerField(default=42)
    user.add_to_class("shoe_size", field)
    try:
        assert undeclared() == ["people.User.shoe_size"]
    finally:
        user._meta.local_fields.remove(field)
        user._meta._expire_cache()
        delattr(user, "shoe_size")
    assert undeclared() == []


def test_a_declaration_that_names_too_little_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    from hub.people import privacy

    shorter = [
        replace(declaration, fields=tuple(name for name in declaration.fields if name != "email"))
        for declaration in privacy.DECLARATIONS
    ]
    monkeypatch.setattr(privacy, "DECLARATIONS", shorter)
    assert "people.User.email" in undeclared()


def test_no_declaration_outlives_its_model() -> None:
    assert {declaration.model for _label, declaration in declarations()} <= set(personal_models())


def test_what_is_stored_can_be_said_in_words() -> None:
    for row in stored_about():
        assert all(str(row[name]) for name in ("area", "what", "purpose", "retention", "readers"))


def test_unused_tables_of_libraries_stay_unused() -> None:
    assert settings.AXES_DISABLE_ACCESS_LOG
    assert not getattr(settings, "AXES_ENABLE_ACCESS_FAILURE_LOG", False)
