"""Calls for expressions of interest, and the answers to them, which are personal data and never public."""

from datetime import datetime, time
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.core.fields import LanguageListField
from cms.core.rich_text import PROSE

from .document import Document
from .editor import CallForm, document_editor


class CallForInterest(Document):
    kind_code = "CI"
    base_form_class = CallForm
    issuer = models.ForeignKey(
        "taxonomy.Organisation",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("issuer"),
    )
    background = RichTextField(_("background"), features=PROSE, blank=True)
    remit = RichTextField(_("remit"), features=PROSE, blank=True)
    expected_output = RichTextField(_("expected output"), features=PROSE, blank=True)
    working_languages = LanguageListField(_("working languages"))
    deadline_date = models.DateField(_("answers until"), null=True, blank=True)
    deadline_time = models.TimeField(_("at"), default=time(23, 59))
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Luxembourg")
    fictional = models.BooleanField(
        _("fictional"),
        default=False,
        help_text=_("For trying the form: the page says that the call is not real."),
    )
    reply_readers = ParentalManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="+",
        verbose_name=_("editors of this call"),
        help_text=_("The only accounts that can read and export the answers."),
    )

    edit_handler = document_editor(
        _(
            "A call for expressions of interest: who asks whom to join in what, until when. Its page carries a reply "
            "form until the deadline. Answers are read and exported only by the editors of this call, named below."
        ),
        text_panels=[
            FieldPanel("background", help_text=_("Who calls, and why now.")),
            FieldPanel("remit", help_text=_("What the group is to do, and what it is not.")),
            FieldPanel("expected_output", help_text=_("What comes out, with which means.")),
            InlinePanel("choices", label=_("Choice"), heading=_("Choices offered in the reply form")),
        ],
        fact_panels=[
            MultiFieldPanel(
                [
                    FieldPanel("issuer"),
                    FieldRowPanel([FieldPanel("deadline_date"), FieldPanel("deadline_time")]),
                    FieldPanel("time_zone", help_text=_("For example Europe/Luxembourg or America/Toronto.")),
                    FieldPanel("working_languages"),
                    FieldPanel("fictional"),
                ],
                heading=_("The call"),
            ),
            MultiFieldPanel([FieldPanel("reply_readers")], heading=_("Who reads the answers")),
        ],
    )
    override_translatable_fields = [
        *Document.override_translatable_fields,
        SynchronizedField("issuer", overridable=False),
        SynchronizedField("working_languages", overridable=False),
        SynchronizedField("deadline_date", overridable=False),
        SynchronizedField("deadline_time", overridable=False),
        SynchronizedField("time_zone", overridable=False),
        SynchronizedField("fictional", overridable=False),
        SynchronizedField("reply_readers", overridable=False),
    ]

    class Meta:
        verbose_name = _("call for expressions of interest")
        verbose_name_plural = _("calls for expressions of interest")

    def clean(self) -> None:
        super().clean()
        if self.time_zone not in available_timezones():
            raise ValidationError({"time_zone": _("This is not a time zone. Try Europe/Luxembourg.")})

    @property
    def closes_at(self) -> datetime | None:
        """The moment the form closes, aware, in the call's own time zone; None where there is no deadline."""
        if self.deadline_date is None:
            return None
        return datetime.combine(self.deadline_date, self.deadline_time, ZoneInfo(self.time_zone))

    def is_open(self, at: datetime | None = None) -> bool:
        closes = self.closes_at
        return closes is not None and (at or timezone.now()) <= closes


class CallChoice(TranslatableMixin, Orderable):
    """A line to tick in the reply form."""

    class Question(models.TextChoices):
        INTEREST = "interest", _("area of interest")
        COLLABORATION = "collaboration", _("way to collaborate")

    call = ParentalKey(CallForInterest, on_delete=models.CASCADE, related_name="choices")
    question = models.CharField(
        _("question"), max_length=16, choices=Question.choices, default=Question.INTEREST
    )
    label = models.CharField(_("choice"), max_length=200)
    panels = [FieldRowPanel([FieldPanel("label"), FieldPanel("question")])]
    override_translatable_fields = [SynchronizedField("question"), TranslatableField("label")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("choice of the reply form")
        verbose_name_plural = _("choices of the reply form")


class CallReply(models.Model):
    """An answer to a call. Personal data: read only through `queries.replies_readable_by`."""

    call_key = models.UUIDField(db_index=True, help_text="translation_key of the call")
    # A form sent twice (double click, reload) is one answer.
    form_token = models.UUIDField(unique=True)
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES)
    organisation = models.CharField(_("organisation"), max_length=200)
    contact_name = models.CharField(_("your name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    address = models.TextField(_("postal address"), max_length=400, blank=True)
    interests = models.JSONField(_("areas of interest"), default=list)
    collaborations = models.JSONField(_("ways to collaborate"), default=list)
    message = models.TextField(_("anything else"), max_length=4000, blank=True)
    created_at = models.DateTimeField(_("received"), auto_now_add=True)

    class Meta:
        verbose_name = _("answer to a call")
        verbose_name_plural = _("answers to calls")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.created_at:%Y-%m-%d}"
