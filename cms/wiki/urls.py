from django.urls import path

from cms.wiki.feeds import changes_feed
from cms.wiki.views.changes import author, changes
from cms.wiki.views.cite import cite, download
from cms.wiki.views.compare import compare
from cms.wiki.views.edit import edit
from cms.wiki.views.history import choose, history
from cms.wiki.views.languages import languages
from cms.wiki.views.links import links
from cms.wiki.views.revision import revision
from cms.wiki.views.submitting import discard_submission, revert, submission, take_back_submission
from cms.wiki.views.suggesting import suggested, suggestion
from cms.wiki.views.watching import page_watch, watchlist

app_name = "wiki"
OF_VERSION = "wiki/<int:page_id>/revisions/<int:revision_id>"
urlpatterns = [
    path("wiki/changes/", changes, name="changes"),
    path("wiki/changes.atom", changes_feed, name="feed"),
    path("wiki/watchlist/", watchlist, name="watchlist"),
    path("wiki/authors/<int:user_id>/", author, name="author"),
    path("wiki/<int:page_id>/", languages, name="languages"),
    path("wiki/<int:page_id>/edit/", edit, name="edit"),
    path("wiki/<int:page_id>/watch/", page_watch, {"begin": True}, name="watch"),
    path("wiki/<int:page_id>/unwatch/", page_watch, {"begin": False}, name="unwatch"),
    path("wiki/<int:page_id>/links/", links, name="links"),
    path("wiki/<int:page_id>/history/", history, name="history"),
    path("wiki/<int:page_id>/compare/", choose, name="choose"),
    path("wiki/<int:page_id>/compare/<int:old_id>/<int:new_id>/", compare, name="compare"),
    path("wiki/<int:page_id>/cite/", cite, name="cite"),
    path(f"{OF_VERSION}/", revision, name="revision"),
    path(f"{OF_VERSION}/cite/", cite, name="cite_revision"),
    path(f"{OF_VERSION}/cite.bib", download, {"form": "bib"}, name="cite_bib"),
    path(f"{OF_VERSION}/cite.ris", download, {"form": "ris"}, name="cite_ris"),
    path("wiki/<int:page_id>/revert/<int:revision_id>/", revert, name="revert"),
    path("wiki/<int:page_id>/suggest/", suggestion, name="suggest"),
    path("wiki/<int:page_id>/suggest/received/", suggested, name="suggested"),
    path("wiki/submissions/<int:submission_id>/", submission, name="submission"),
    path("wiki/submissions/<int:submission_id>/take-back/", take_back_submission, name="take_back"),
    path("wiki/submissions/<int:submission_id>/discard/", discard_submission, name="discard"),
]
