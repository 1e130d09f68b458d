from django.urls import path

from cms.notifications.views.choices import choices
from cms.notifications.views.inbox import inbox, note_read

app_name = "notifications"
urlpatterns = [
    path("me/notifications/", inbox, name="inbox"),
    path("me/notifications/read/", note_read, name="read"),
    path("me/notifications/settings/", choices, name="choices"),
]
