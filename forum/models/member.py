"""What the forum knows of somebody who takes part."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forum.rules import Trust

TRUST_CHOICES = [
    (Trust.NEW, pgettext_lazy("member", "new")),
    (Trust.MEMBER, _("member")),
    (Trust.TRUSTED, _("trusted")),
]


class Member(models.Model):
    """Trust grows by time and by posts that were kept (`holding.trust`), never by clicking.

    `silenced_until` and `suspended_until` repeat the sanctions in force, so that each request asks one row.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="forum_member", primary_key=True
    )
    trust = models.PositiveSmallIntegerField(choices=TRUST_CHOICES, default=Trust.NEW)
    kept_posts = models.PositiveIntegerField(default=0)
    removed_posts = models.PositiveIntegerField(default=0)
    silenced_until = models.DateTimeField(null=True, blank=True)
    suspended_until = models.DateTimeField(null=True, blank=True)
    trust_checked_at = models.DateTimeField(null=True, blank=True)
    follows_what_they_write = models.BooleanField(_("Follow the topics I write in"), default=True)
    only_languages_read = models.BooleanField(_("Tell me only of topics in languages I read"), default=False)

    class Meta:
        verbose_name = _("member of the forum")
        verbose_name_plural = _("members of the forum")
        indexes = [models.Index(fields=["trust_checked_at"], name="forum_trust_checked")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.get_trust_display()}"


class Sanction(models.Model):
    """Somebody is silenced (reads, does not write) or suspended (takes no part), until when and why."""

    SILENCE, SUSPENSION = "silence", "suspend"
    KINDS = [(SILENCE, _("silenced")), (SUSPENSION, _("suspended"))]

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="forum_sanctions")
    kind = models.CharField(max_length=8, choices=KINDS)
    reason = models.CharField(max_length=500)
    until = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)  # at its end, or before by `lifted_by`
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    told = models.CharField(
        max_length=6, choices=[("given", _("given")), ("lifted", _("lifted"))], blank=True
    )

    class Meta:
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        indexes = [
            models.Index(fields=["user", "-id"], name="forum_sanctions_of_member"),
            models.Index(
                fields=["until"], condition=models.Q(lifted_at=None), name="forum_sanctions_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind} {self.until:%Y-%m-%d}"


class StaffNote(models.Model):
    """What facilitators tell each other about somebody; nobody else reads it, but it goes into their data."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="forum_notes")
    text = models.CharField(max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("staff note")
        verbose_name_plural = _("staff notes")
        indexes = [models.Index(fields=["user", "-id"], name="forum_notes_of_member")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.text[:40]}"
