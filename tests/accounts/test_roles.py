"""The table of roles × actions, asked of the same policies that the screens ask."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import GroupPagePermission, Locale, Page, Task, Workflow
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry
from wagtail.users.models import UserProfile

from cms.accounts.backends import AccountBackend
from cms.accounts.queries import role_names
from cms.accounts.rights import may_delete
from cms.accounts.roles import EDITORS, ENTER_ADMIN, LANGUAGE_ROLES, ROLES
from cms.accounts.services import ensure_roles, give_role, make_user, take_role
from cms.media.models import Attachment, Picture
from initiatives.models import LibraryPage
from tests.factories.documents import make_document
from tests.factories.documents import make_user as a_user

MEMBER = None
AUTHOR, EDITOR, ADMIN = "Authors", "Editors", "Administrators"
TRANSLATOR, REVIEWER, FACILITATOR = "Translators (es)", "Language reviewers (es)", "Facilitators"
EVERYONE = [MEMBER, AUTHOR, EDITOR, TRANSLATOR, REVIEWER, FACILITATOR, ADMIN]

ON_DOCUMENTS = {
    # action: (language of the document, who may)
    "add": ("en", {AUTHOR, EDITOR, ADMIN}),
    "add in Spanish": ("es", {AUTHOR, EDITOR, ADMIN}),
    "edit": ("en", {AUTHOR, EDITOR, ADMIN}),
    "edit in Spanish": ("es", {AUTHOR, EDITOR, ADMIN, TRANSLATOR, REVIEWER}),
    "publish": ("en", {EDITOR, ADMIN}),
    "publish in Spanish": ("es", {EDITOR, ADMIN}),
    "unpublish": ("en", {EDITOR, ADMIN}),
    "lock": ("en", {EDITOR, ADMIN}),
    "unlock": ("en", {EDITOR, ADMIN}),
    "delete": ("en", {EDITOR, ADMIN}),
    "delete in Spanish": ("es", {EDITOR, ADMIN}),
    "close to readers": ("en", {EDITOR, ADMIN}),
}
ASKED = {
    "edit": "can_edit",
    "publish": "can_publish",
    "unpublish": "can_unpublish",
    "lock": "can_lock",
    "unlock": "can_unlock",
    "close": "can_set_view_restrictions",
}


@pytest.mark.parametrize("role", EVERYONE, ids=str)
@pytest.mark.parametrize("action", ON_DOCUMENTS)
def test_documents(site, role, action):
    lang, allowed = ON_DOCUMENTS[action]
    user = a_user(role)
    verb = action.split()[0]
    if verb == "add":
        answer = (
            LibraryPage.objects.get(locale__language_code=lang).permissions_for_user(user).can_add_subpage()
        )
    else:
        document = make_document(lang=lang, publish=verb != "delete")
        if verb == "delete":
            answer = may_delete(user, document)
        else:
            answer = getattr(document.permissions_for_user(user), ASKED[verb])()
    assert answer == (role in allowed)


RIGHTS = {
    "wagtailadmin.access_admin": {AUTHOR, EDITOR, TRANSLATOR, REVIEWER, ADMIN},
    "taxonomy.add_person": {AUTHOR, EDITOR, ADMIN},
    "taxonomy.change_person": {AUTHOR, EDITOR, ADMIN},
    "taxonomy.publish_person": {EDITOR, ADMIN},
    "taxonomy.delete_person": {EDITOR, ADMIN},
    "taxonomy.add_organisation": {AUTHOR, EDITOR, ADMIN},
    "taxonomy.publish_organisation": {EDITOR, ADMIN},
    "reference.add_bibliographyentry": {AUTHOR, EDITOR, ADMIN},
    "reference.publish_bibliographyentry": {EDITOR, ADMIN},
    "taxonomy.add_theme": {EDITOR, ADMIN},
    "taxonomy.publish_theme": {EDITOR, ADMIN},
    "taxonomy.change_territory": {EDITOR, ADMIN},
    "reference.add_glossaryterm": {EDITOR, ADMIN},
    "reference.publish_glossaryterm": {EDITOR, ADMIN},
    "wagtail_localize.submit_translation": set(),
    "accounts.add_user": {ADMIN},
    "accounts.change_user": {ADMIN},
    "accounts.delete_user": {ADMIN},
    "auth.change_group": {ADMIN},
    "wagtailcore.add_locale": {ADMIN},
    "wagtailcore.change_site": {ADMIN},
    "wagtailcore.change_workflow": {ADMIN},
    "wagtailredirects.add_redirect": {ADMIN},
}


@pytest.mark.parametrize("role", EVERYONE, ids=str)
def test_shared_entries_people_and_settings(site, role):
    user = a_user(role)
    assert {right: user.has_perm(right) for right in RIGHTS} == {
        right: role in allowed for right, allowed in RIGHTS.items()
    }


ON_FILES = {
    "add": {AUTHOR, EDITOR, TRANSLATOR, ADMIN},
    "choose": {AUTHOR, EDITOR, TRANSLATOR, REVIEWER, ADMIN},
    "change": {EDITOR, ADMIN},
    "delete": {EDITOR, ADMIN},
}


@pytest.mark.parametrize("role", EVERYONE, ids=str)
@pytest.mark.parametrize("model", [Picture, Attachment])
def test_images_and_files_of_others(site, role, model):
    user, other = a_user(role), a_user()
    policy = policy_registry.get_by_type(model)
    file = model(
        title="A file", uploaded_by_user=other, **({"width": 1, "height": 1} if model is Picture else {})
    )
    file.save()
    answers = {
        "add": policy.user_has_permission(user, "add"),
        **{
            action: policy.user_has_permission_for_instance(user, action, file)
            for action in ("choose", "change", "delete")
        },
    }
    assert answers == {action: role in allowed for action, allowed in ON_FILES.items()}


def test_an_author_deletes_own_drafts_but_not_those_of_others(site, client):
    author, other = a_user(AUTHOR), a_user(AUTHOR)
    mine, theirs = make_document(publish=False, owner=author), make_document(publish=False, owner=other)
    client.force_login(author)
    assert client.post(f"/admin/pages/{theirs.pk}/delete/").status_code in (302, 403)
    assert Page.objects.filter(pk=theirs.pk).exists()
    client.post(f"/admin/bulk/wagtailcore/page/delete/?id={theirs.pk}")
    assert Page.objects.filter(pk=theirs.pk).exists()
    client.post(f"/admin/pages/{mine.pk}/delete/")
    assert not Page.objects.filter(pk=mine.pk).exists()


def test_what_an_author_submits_an_editor_publishes(site):
    author, editor = a_user(AUTHOR), a_user(EDITOR)
    document = make_document(publish=False, owner=author)
    document.save_revision(user=author)
    assert document.permissions_for_user(author).can_submit_for_moderation()
    state = document.get_workflow().start(document, author)
    task = state.current_task_state
    assert not task.task.specific.get_actions(document, author)
    assert "approve" in [name for name, *_ in task.task.specific.get_actions(document, editor)]
    task.specific.approve(user=editor)
    document.refresh_from_db()
    assert document.live


def test_wagtails_moderators_are_gone_and_one_workflow_stands(site):
    assert not Group.objects.filter(name="Moderators").exists()
    assert [workflow.name for workflow in Workflow.objects.all()] == ["Moderation"]
    assert Task.objects.count() == 1
    assert Page.objects.get(depth=1).get_workflow() == Workflow.objects.get()


def test_running_it_again_changes_nothing_and_takes_back_what_was_given_by_hand(site):
    before = sorted(GroupPagePermission.objects.values_list("group__name", "page", "permission__codename"))
    member_of = a_user(EDITOR)
    editors = Group.objects.get(name=EDITOR)
    GroupPagePermission.objects.create(
        group=Group.objects.get(name=AUTHOR), page=site["en"], permission_type="publish"
    )
    editors.permissions.clear()
    call_command("ensure_roles", "en", "fr", "es")
    assert before == sorted(
        GroupPagePermission.objects.values_list("group__name", "page", "permission__codename")
    )
    assert editors.permissions.count() == len(EDITORS.rights)
    assert list(member_of.groups.all()) == [editors]


def test_a_new_language_gets_its_translators_and_reviewers(site):
    Locale.objects.create(language_code="pt")
    ensure_roles(["pt"])
    names = set(Group.objects.values_list("name", flat=True))
    assert names == set(ROLES) | {
        f"{prefix} ({code})" for prefix in LANGUAGE_ROLES for code in ("en", "fr", "es", "pt")
    }


def test_roles_are_given_and_taken(site):
    user = make_user("ana", "Ana@example.org", "a long password", display_name="Ana", interface_language="es")
    assert user.emailaddress_set.get().verified
    assert user.wagtail_userprofile.preferred_language == "es"
    give_role(user, EDITOR)
    assert user.groups.get().name == EDITOR
    take_role(user, EDITOR)
    assert not user.groups.exists()


def fresh(user):
    return get_user_model().objects.get(pk=user.pk)


@pytest.mark.parametrize("role", EVERYONE, ids=str)
def test_rights_are_those_that_django_finds_in_two_questions(site, role):
    user = a_user(role)
    user.user_permissions.add(Permission.objects.get(codename="change_locale"))
    named, plain = fresh(user), ModelBackend()
    assert named.get_all_permissions() == plain.get_all_permissions(fresh(user))
    assert named.get_group_permissions() == plain.get_group_permissions(fresh(user))
    assert named.get_user_permissions() == {"wagtailcore.change_locale"}
    assert named.has_perm("wagtailcore.change_locale")
    assert role_names(named) == ([role] if role else [])


def test_rights_of_several_roles_are_joined_and_those_of_a_closed_account_are_none(site):
    user = a_user(TRANSLATOR)
    give_role(user, AUTHOR)
    assert fresh(user).has_perm("taxonomy.add_person")
    assert role_names(fresh(user)) == [AUTHOR, TRANSLATOR]
    user.is_active = False
    user.save()
    assert fresh(user).get_all_permissions() == set()
    assert AccountBackend().get_user(user.pk) is None
    assert AccountBackend().get_user(10**9) is None


def test_a_superuser_has_every_right(site):
    user = a_user(is_superuser=True)
    assert fresh(user).get_all_permissions() >= {"wagtailcore.delete_page", "taxonomy.add_person"}


def test_who_asks_is_one_question_with_the_settings_of_the_editor_and_rights_are_another(
    site, django_assert_num_queries
):
    user = a_user(TRANSLATOR)
    UserProfile.get_for_user(user)
    AccountBackend().get_user(user.pk), fresh(user).has_perm(ENTER_ADMIN)
    with django_assert_num_queries(2):
        found = AccountBackend().get_user(user.pk)
        assert found == user
        assert found.wagtail_userprofile.user_id == user.pk
        assert found.has_perm(ENTER_ADMIN)
        assert role_names(found) == [TRANSLATOR]


@pytest.mark.parametrize(
    "roles", [[], *([role] for role in EVERYONE if role), [TRANSLATOR, "Translators (fr)"]]
)
def test_where_somebody_s_part_of_the_tree_begins_is_where_wagtail_finds_it(site, roles):
    user = a_user()
    for role in roles:
        give_role(user, role)
    ours = policy_registry.get_by_type(Page).explorable_root_instance(fresh(user))
    assert ours == PagePermissionPolicy(Page).explorable_root_instance(fresh(user))


def test_the_root_of_the_tree_is_handed_out_as_a_copy(site):
    policy = policy_registry.get_by_type(Page)
    user = a_user(AUTHOR)
    first = policy.explorable_root_instance(fresh(user))
    first.title = "Changed"
    assert policy.explorable_root_instance(fresh(user)).title != "Changed"
