from django.urls import path

from forum.views import about, helping, history, lists, members, posts, topics, translating, writing

app_name = "forum"
urlpatterns = [
    path("forum/", lists.index, name="index"),
    path("forum/new/", writing.where, name="where"),
    path("forum/about/<int:page_id>/", about.about, name="about"),
    path("forum/t/<int:topic_id>/", topics.topic, name="topic_by_number"),
    path("forum/t/<int:topic_id>-<str:slug>/", topics.topic, name="topic"),
    path("forum/t/<int:topic_id>/reply/", writing.reply, name="reply"),
    path("forum/t/<int:topic_id>/date/", topics.at_date, name="at_date"),
    path("forum/p/<int:post_id>/edit/", posts.edit, name="edit"),
    path("forum/p/<int:post_id>/delete/", posts.delete, name="delete"),
    path("forum/p/<int:post_id>/restore/", posts.restore, name="restore"),
    path("forum/p/<int:post_id>/history/", history.post_history, name="post_history"),
    path("forum/p/<int:post_id>/mark/", posts.mark, name="mark"),
    path("forum/p/<int:post_id>/quote/", posts.quote, name="quote"),
    path("forum/p/<int:post_id>/translate/", translating.translate_where, name="translate_where"),
    path("forum/p/<int:post_id>/translate/<str:code>/", translating.translate, name="translate"),
    path("forum/drafts/", helping.drafts, name="drafts"),
    path("forum/preview/", helping.preview, name="preview"),
    path("forum/members/", helping.member_names, name="member_names"),
    path("forum/files/", helping.upload, name="upload"),
    path("forum/member/<int:user_id>/", members.member, name="member"),
    # What stands above is refused as the address of a category: see `rules.RESERVED_SLUGS`.
    path("forum/<slug:slug>/", lists.category, name="category"),
    path("forum/<slug:slug>/new/", writing.new, name="new"),
]
