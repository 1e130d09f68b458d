"""Addresses without a language: links that hold for ever, and files."""

from django.urls import path

from forum.views import files, members, topics

urlpatterns = [
    path("forum/p/<int:post_id>/", topics.post_link, name="forum_post"),
    path("forum/m/<int:user_id>/", members.member_link, name="forum_member"),
    path("forum/files/<uuid:key>/<str:name>", files.forum_file, name="forum_file"),
]
