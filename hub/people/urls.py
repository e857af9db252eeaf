from django.contrib.auth.views import LogoutView
from django.urls import path

from hub.people import views

app_name = "people"
urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("me/password/", views.ChangePassword.as_view(), name="change-password"),
    path("language/", views.set_language, name="set-language"),
]
