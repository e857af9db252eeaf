"""Every field with a person behind it is declared."""

from django.apps import apps
from django.conf import settings
from django.db import models

from hub.declarations import declarations
from hub.today.stored import stored_about

OWN = ("hub", "learning", "challenges")
SUBJECT_KEYS = {"subject_key", "actor_key"}


def is_personal(model: type[models.Model]) -> bool:
    """A person stands behind a model that is one, points to one, or carries an opaque key of one."""
    return model._meta.label == settings.AUTH_USER_MODEL or any(
        field.name in SUBJECT_KEYS
        or (field.is_relation and field.related_model._meta.label == settings.AUTH_USER_MODEL)
        for field in model._meta.concrete_fields
    )


def fields_of(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields if not field.primary_key}


def personal_models() -> dict[str, type[models.Model]]:
    return {
        model._meta.label: model
        for model in apps.get_models()
        if model.__module__.startswith(OWN) and is_personal(model)
    }


def test_every_personal_field_is_declared() -> None:
    declared = {declaration.model: set(declaration.fields) for _label, declaration in declarations()}

    for label, model in personal_models().items():
        assert label in declared, f"{label} has a person behind it and no declaration"
        assert fields_of(model) == declared[label], f"{label}: {fields_of(model) ^ declared[label]}"


def test_a_new_personal_field_would_be_noticed() -> None:
    declared = {declaration.model: set(declaration.fields) for _label, declaration in declarations()}
    user = apps.get_model("people.User")

    assert fields_of(user) - declared["people.User"] == set()
    assert (fields_of(user) | {"shoe_size"}) - declared["people.User"] == {"shoe_size"}


def test_no_declaration_outlives_its_model() -> None:
    assert {declaration.model for _label, declaration in declarations()} <= set(personal_models())


def test_what_is_stored_can_be_said_in_words() -> None:
    for row in stored_about():
        assert all(str(row[name]) for name in ("area", "what", "purpose", "retention", "readers"))
