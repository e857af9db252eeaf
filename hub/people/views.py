"""Signing in and out, and choosing a language."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hub.audit.actions import record
from hub.people.demo import demo_accounts
from hub.people.forms import ChangePasswordForm, SignInForm
from hub.problems import refuse
from hub.refusals import Refusal


@method_decorator(login_not_required, name="dispatch")
class SignIn(auth_views.LoginView):
    template_name = "people/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(demo_accounts=demo_accounts(), **kwargs)

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response


def locked_out(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Answered in place of the sign-in page after too many wrong passwords."""
    sentence = _("That was wrong too many times. Wait ten minutes, then try again.")
    return refuse(request, Refusal("too_many_attempts", sentence, status=429))


class ChangePassword(auth_views.PasswordChangeView):
    """Ends every other session of the person; this one goes on."""

    template_name = "people/change_password.html"
    form_class = ChangePasswordForm
    success_url = reverse_lazy("today:me")

    def form_valid(self, form: ChangePasswordForm) -> HttpResponse:
        messages.success(self.request, _("Your password is changed. You are signed out everywhere else."))
        record(actor_key=self.request.user.subject_key, action="password.changed", object_type="person")
        return super().form_valid(form)

    def form_invalid(self, form: ChangePasswordForm) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the choice with the person, or in a cookie while nobody is signed in; go back to `next`."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = redirect(target)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        if request.user.is_authenticated:
            request.user.language = language
            request.user.save(update_fields=["language"])
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=60 * 60 * 24 * 365,
            samesite="Lax",
            secure=settings.IS_HTTPS,
            httponly=True,
        )
    return response
