"""The screens of translators and reviewers at `/admin/translations/`."""

from django.urls import URLPattern, path, re_path
from wagtail.admin.auth import require_admin_access

from cms.translations.views import (
    claiming,
    conversing,
    deciding,
    editing,
    files,
    handing_in,
    previewing,
    replacing,
    segment,
    suggesting,
)
from cms.translations.views.closed import closed
from cms.translations.views.programmes import programme, programmes
from cms.translations.views.queue import queue


def screen(address: str, view, name: str) -> URLPattern:
    return path(f"translations/{address}", require_admin_access(view), name=f"translations_{name}")


urlpatterns: list[URLPattern] = [
    screen("", queue, "queue"),
    screen("<int:task_id>/", editing.edit, "edit"),
    screen("<int:task_id>/changes/", editing.changes, "changes"),
    screen("<int:task_id>/preview/", previewing.preview, "preview"),
    screen("languages/", programmes, "programmes"),
    screen("languages/<slug:code>/", programme, "programme"),
    screen("<int:task_id>/claim/", claiming.claim_task, "claim"),
    screen("<int:task_id>/release/", claiming.release_task, "release"),
    screen("<int:task_id>/hand-over/", claiming.hand_over_task, "hand_over"),
    screen("<int:task_id>/plan/", claiming.plan_task, "plan"),
    screen("<int:task_id>/submit/", handing_in.submit, "submit"),
    screen("<int:task_id>/take-back/", handing_in.take_back_translation, "take_back"),
    screen("<int:task_id>/confirm/", handing_in.confirm, "confirm"),
    screen("<int:task_id>/decide/", deciding.decide, "decide"),
    screen("<int:task_id>/media/<str:key>/", replacing.medium, "medium"),
    screen("<int:task_id>/segments/<str:key>/", segment.segment, "segment"),
    screen("<int:task_id>/segments/<str:key>/history/", segment.history, "segment_history"),
    path(
        "translations/<int:task_id>/export.po",
        require_admin_access(files.export),
        {"form": "po"},
        name="translations_po",
    ),
    path(
        "translations/<int:task_id>/export.xlf",
        require_admin_access(files.export),
        {"form": "xliff"},
        name="translations_xliff",
    ),
    screen("<int:task_id>/import/", files.take_file, "import"),
    screen("<int:task_id>/segments/<str:key>/suggestions/", suggesting.suggestions, "suggestions"),
    screen("<int:task_id>/segments/<str:key>/comments/", conversing.comments, "comments"),
    screen("<int:task_id>/segments/<str:key>/dismiss/", conversing.dismissal, "dismiss"),
    # Before the translation library's own addresses.
    re_path(r"^localize/(?P<rest>.*)$", require_admin_access(closed)),
]
