"""The forms of people."""

from typing import ClassVar

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from hub.people.models import User
from hub.people.zone_choices import ZoneField


class SignInForm(AuthenticationForm):
    error_messages: ClassVar = {
        "invalid_login": _("E-mail and password do not fit together. Check both and try again."),
        "inactive": _("This account is closed."),
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("E-mail")
        self.fields["username"].error_messages["required"] = _("Enter your e-mail.")
        self.fields["password"].error_messages["required"] = _("Enter your password.")
        self.fields["username"].widget = forms.EmailInput(
            attrs={"autocomplete": "username", "autofocus": True}
        )


class ChangePasswordForm(PasswordChangeForm):
    """Django's, in our words."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("Your password until now")
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password1"].help_text = _(
            "At least ten characters, not your name and not one that many use."
        )
        self.fields["new_password2"].label = _("New password once more")
        self.fields["new_password2"].help_text = ""
        self.error_messages["password_incorrect"] = _("This is not your password until now. Enter it again.")
        self.error_messages["password_mismatch"] = _("The two new passwords are not the same.")


class PreferencesForm(forms.ModelForm):
    class Meta:
        model = User
        fields: ClassVar = ["language", "time_zone"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"] = ZoneField(kept=self.instance.time_zone)
