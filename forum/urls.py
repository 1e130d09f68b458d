from django.urls import path

from forum.views import lists, members, topics, writing

app_name = "forum"
urlpatterns = [
    path("forum/", lists.index, name="index"),
    path("forum/t/<int:topic_id>/", topics.topic, name="topic_by_number"),
    path("forum/t/<int:topic_id>-<str:slug>/", topics.topic, name="topic"),
    path("forum/t/<int:topic_id>/reply/", writing.reply, name="reply"),
    path("forum/member/<int:user_id>/", members.member, name="member"),
    # What stands above is refused as the address of a category: see `rules.RESERVED_SLUGS`.
    path("forum/<slug:slug>/", lists.category, name="category"),
    path("forum/<slug:slug>/new/", writing.new, name="new"),
]
