"""The address that stands in mails: without a language, and for good."""

from django.urls import path

from cms.notifications.views.stopping import stop

urlpatterns = [path("unsubscribe/<str:token>/", stop, name="notifications_unsubscribe")]
