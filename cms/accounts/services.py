"""What is done to accounts and roles. Every verb can be run again without harm."""

import secrets
from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext_noop
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.users.models import UserProfile

from cms.accounts.models import User
from cms.accounts.roles import (
    EVERYWHERE,
    FOREIGN_GROUPS,
    LANGUAGE_ROLES,
    LIBRARIES,
    LIBRARY_MODEL,
    OWN_LANGUAGE,
    ROLES,
    SNIPPET_MODELS_IN_MODERATION,
    Role,
    language_group,
)
from cms.core.languages import open_language_codes

MODERATION = gettext_noop("Moderation")
MODERATION_TASK = "wiki.ModerationTask"
WAGTAIL_WORKFLOW = "Moderators approval"


@transaction.atomic
def ensure_roles(language_codes: Iterable[str] | None = None) -> None:
    """Make the groups of `cms.accounts.roles` say exactly what the table says, and the moderation work.

    Called when the site is set up and again whenever a language opens. `language_codes` are the languages
    that get their translators and reviewers (default: the open ones); other groups are left alone.
    Rights given by hand to these groups are taken back: the table is the truth. Members stay.
    """
    for name, role in ROLES.items():
        apply_role(Group.objects.get_or_create(name=name)[0], role)
    for code in open_language_codes() if language_codes is None else language_codes:
        for prefix, role in LANGUAGE_ROLES.items():
            apply_role(Group.objects.get_or_create(name=language_group(prefix, code))[0], role, code)
    remove_wagtail_defaults()
    ensure_moderation()


def apply_role(group: Group, role: Role, language_code: str = "") -> None:
    """Give `group` the rights of `role`, and no others. `language_code` says which language is its own."""
    group.permissions.set([permission(name) for name in role.rights])
    wanted = {
        (page.pk, permission(f"wagtailcore.{action}_page").pk)
        for scope, actions in role.pages.items()
        for page in pages_of(scope, language_code)
        for action in actions
    }
    _replace(GroupPagePermission, group, "page_id", wanted)
    root = Collection.get_first_root_node()
    _replace(
        GroupCollectionPermission,
        group,
        "collection_id",
        {(root.pk, permission(name).pk) for name in role.files},
    )


def _replace(model, group: Group, target: str, wanted: set[tuple[int, int]]) -> None:
    """Make the rows of `model` for `group` be `wanted`, pairs of (target, permission)."""
    have = {(getattr(row, target), row.permission_id): row.pk for row in model.objects.filter(group=group)}
    model.objects.filter(pk__in=[pk for pair, pk in have.items() if pair not in wanted]).delete()
    model.objects.bulk_create(
        model(group=group, permission_id=permission_id, **{target: target_id})
        for target_id, permission_id in sorted(wanted - have.keys())
    )


def permission(name: str) -> Permission:
    """The permission `app.action_model`. Those that Wagtail makes after all migrations may be missing yet."""
    app, _, codename = name.partition(".")
    found = Permission.objects.filter(content_type__app_label=app, codename=codename).first()
    if found:
        return found
    action, _, model_name = codename.partition("_")
    model = apps.get_model(app, model_name)
    return Permission.objects.create(
        content_type=ContentType.objects.get_for_model(model),
        codename=codename,
        name=f"Can {action} {model._meta.verbose_name_raw}",
    )


def pages_of(scope: str, language_code: str) -> list[Page]:
    """The pages at which the rights of a scope of `roles.Role.pages` are given."""
    if scope == EVERYWHERE:
        return list(Page.objects.filter(depth=1))
    if scope == LIBRARIES:
        return list(Page.objects.type(apps.get_model(LIBRARY_MODEL)))
    if scope == OWN_LANGUAGE:
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        if site is None:
            return []
        return list(
            Page.objects.filter(
                translation_key=site.root_page.translation_key, locale__language_code=language_code
            )
        )
    raise ValueError(f"unknown scope: {scope}")


def remove_wagtail_defaults() -> None:
    """Take away the group and the workflow that Wagtail's migrations make: nobody here is a "moderator"."""
    Workflow.objects.filter(name=WAGTAIL_WORKFLOW).delete()
    GroupApprovalTask.objects.filter(name=WAGTAIL_WORKFLOW).delete()
    Group.objects.filter(name__in=FOREIGN_GROUPS).delete()


def ensure_moderation() -> None:
    """One workflow of one task, on every page and every shared entry: who decides is asked of the object."""
    task, _ = apps.get_model(MODERATION_TASK).objects.get_or_create(name=MODERATION)
    workflow, _ = Workflow.objects.get_or_create(name=MODERATION)
    WorkflowTask.objects.filter(workflow=workflow).exclude(task=task).delete()
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    for root in Page.objects.filter(depth=1):
        WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    for name in SNIPPET_MODELS_IN_MODERATION:
        WorkflowContentType.objects.update_or_create(
            content_type=ContentType.objects.get_for_model(apps.get_model(name)),
            defaults={"workflow": workflow},
        )


@transaction.atomic
def make_user(
    username: str,
    email: str,
    password: str,
    *,
    display_name: str = "",
    confirmed: bool = True,
    roles: Iterable[str] = (),
    **fields,
) -> User:
    """Make an account with its e-mail address, confirmed or not, and give it `roles` (names of groups).

    Raises `django.db.IntegrityError` if the user name or the address is taken, `Group.DoesNotExist` for an
    unknown role. `fields` are other fields of the user, such as `interface_language`.
    """
    user = User(username=username, email=email.lower(), display_name=display_name, **fields)
    user.set_password(password)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=confirmed)
    if user.interface_language:
        save_profile(user, interface_language=user.interface_language)
    for role in roles:
        give_role(user, role)
    return user


def give_role(user: User, role: str) -> None:
    """Put `user` into the group named `role`; `Group.DoesNotExist` if there is none."""
    user.groups.add(Group.objects.get(name=role))


def take_role(user: User, role: str) -> None:
    """Take `user` out of the group named `role`, if in it."""
    user.groups.remove(*Group.objects.filter(name=role))


def free_username(wanted: str) -> str:
    """`wanted`, or `wanted` with four digits if an account has it.

    Sign-up never says that a name is taken, for that would tell that the account exists; the confirmation
    mail says which name it became.
    """
    name = wanted
    while User.objects.filter(username__iexact=name).exists():
        name = f"{wanted[:55]}-{secrets.randbelow(9000) + 1000}"
    return name


@transaction.atomic
def save_profile(user: User, **fields) -> None:
    """Store `display_name`, `languages_read`, `languages_written`, `interface_language`, `credit_after_closing`.

    All are optional.
    The editing screens follow the interface language.
    """
    for name, value in fields.items():
        setattr(user, name, value)
    user.save(update_fields=list(fields))
    if "interface_language" in fields:
        profile = UserProfile.get_for_user(user)
        profile.preferred_language = fields["interface_language"]
        profile.save(update_fields=["preferred_language"])


@transaction.atomic
def set_address(user: User) -> None:
    """Make `user.email`, as an administrator wrote it, the only address of the account, and confirmed.

    An administrator vouches for it; nobody can log in by it without opening the mail sent there.
    """
    EmailAddress.objects.filter(user=user).exclude(email=user.email.lower()).delete()
    EmailAddress.objects.update_or_create(
        user=user, email=user.email.lower(), defaults={"primary": True, "verified": True}
    )


def release_unconfirmed(email: str, keep: User) -> None:
    """Who proves to read the mail of an address gets it: accounts that only claimed it are removed.

    Only accounts that never confirmed any address and never logged in, and so hold nothing.
    """
    for user in User.objects.filter(email=email.lower(), last_login=None).exclude(pk=keep.pk):
        if not EmailAddress.objects.filter(user=user, verified=True).exists():
            user.delete()
