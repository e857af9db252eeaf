"""What the hub stores about a person, in words: the areas' privacy declarations."""

from django.apps import apps

from hub.declarations import declarations


def stored_about() -> list[dict[str, object]]:
    return [
        {
            "area": apps.get_app_config(label).verbose_name,
            "what": declaration.what,
            "purpose": declaration.purpose,
            "retention": declaration.retention,
            "readers": declaration.readers,
        }
        for label, declaration in declarations()
    ]
