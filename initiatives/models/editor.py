"""The editor of a document: the same four tabs for every type, each field with a word of help."""

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
    TitleFieldPanel,
)

ENTRY_PANELS = {
    "territory": [FieldPanel("territory")],
    "entry": [FieldRowPanel([FieldPanel("entry"), FieldPanel("pages")])],
    "relation": [FieldRowPanel([FieldPanel("kind"), PageChooserPanel("target", "initiatives.Document")])],
}
PART_PANELS = {
    "person": [FieldRowPanel([FieldPanel("person"), FieldPanel("part")])],
    "organisation": [FieldRowPanel([FieldPanel("organisation"), FieldPanel("part")])],
}
ATTACHMENT_PANELS = [FieldPanel("file"), FieldPanel("title")]


class EntryChoiceField(forms.ModelMultipleChoiceField):
    """Ticks for shared entries: one tick per entry, named in the reader's language, stored as one row."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, model, *, selected=(), **kwargs):
        rows = {}
        language = get_language()
        chosen = {row.translation_key: row.pk for row in selected}
        self._names = {}
        for row in model._default_manager.select_related("locale"):
            code = row.locale.language_code
            if code == language or row.translation_key not in self._names:
                self._names[row.translation_key] = str(row)
            if row.pk == chosen.get(row.translation_key):
                rows[row.translation_key] = row.pk
            else:
                rows.setdefault(row.translation_key, row.pk)
        self._keys = {}
        super().__init__(model._default_manager.filter(pk__in=rows.values()), **kwargs)

    def label_from_instance(self, obj) -> str:
        return self._names.get(obj.translation_key, str(obj))


class DocumentForm(WagtailAdminPageForm):
    """Shows themes and collections once each, whatever the languages they exist in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("themes", "collections"):
            if name in self.fields:
                old = self.fields[name]
                selected = list(getattr(self.instance, name).all()) if self.instance.pk else []
                self.fields[name] = EntryChoiceField(
                    old.queryset.model,
                    selected=selected,
                    required=False,
                    label=old.label,
                    help_text=old.help_text,
                )

    def is_valid(self) -> bool:
        valid = super().is_valid()
        relations = self.formsets.get("relations")
        for row in relations.forms if relations is not None and relations.is_bound else ():
            target = getattr(row, "cleaned_data", {}).get("target")
            removed = relations.can_delete and relations._should_delete_form(row)
            if target and not removed and target.translation_key == self.instance.translation_key:
                row.add_error("target", _("A document cannot be related to itself."))
                valid = False
        return valid

    def clean(self):
        data = super().clean()
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("The end is before the beginning."))
        return data


class CallForm(DocumentForm):
    """Who reads the answers to a call is decided by those who read them: the list is theirs alone to change."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields.get("reply_readers")
        if field is None:
            return
        # As it stands in the database: an earlier version of the page may name others.
        readers = self._stored_readers()
        field.queryset = _who_can_read_answers(field.queryset, readers)
        if not self.instance.pk or self.for_user is None or self.for_user.is_superuser:
            return
        if self.for_user.pk not in readers:
            field.disabled = True
            self.initial["reply_readers"] = readers
            field.help_text = _("Only the editors of this call can change this list.")

    def _stored_readers(self) -> list[int]:
        if not self.instance.pk:
            return []
        stored = type(self.instance)._default_manager.get(pk=self.instance.pk)
        return list(stored.reply_readers.values_list("pk", flat=True))


def _who_can_read_answers(users: QuerySet, named: list[int]) -> QuerySet:
    """Accounts that can open the editor, where the answers are; who is named already stays in the list."""
    backend = "django.contrib.auth.backends.ModelBackend"
    able = users.model._default_manager.with_perm("wagtailadmin.access_admin", backend=backend)
    return users.filter(Q(pk__in=able.values("pk")) | Q(pk__in=named)).order_by("display_name", "pk")


def document_editor(about, text_panels=(), fact_panels=(), link_panels=()) -> TabbedInterface:
    """Build the editor of one type.

    `about` says in a sentence or two what the type is for; the panels are the type's own: texts, facts of
    the record, and links.
    """
    text = [
        HelpPanel(content=about, heading=_("What belongs here")),
        TitleFieldPanel("title", help_text=_("Say what it is about, not which kind of document it is.")),
        FieldPanel("summary", help_text=_("One or two sentences. Lists, search and shared links show them.")),
        *text_panels,
        FieldPanel("body", help_text=_("Build the text from blocks. Headings make the outline readers see.")),
    ]
    record = [
        *fact_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("date"), FieldPanel("date_precision")]),
                FieldPanel("written_in"),
            ],
            heading=_("When, and in which language"),
            help_text=_("If only the year is known, pick any day of it and say “year”."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("themes", help_text=_("One to four.")),
                MultipleChooserPanel("territories", chooser_field_name="territory", label=_("Territory")),
                FieldPanel("collections", help_text=_("A document can stand in several.")),
            ],
            heading=_("Where it belongs"),
        ),
        MultiFieldPanel(
            [
                InlinePanel("contributors", label=_("Person"), heading=_("People")),
                InlinePanel("organisations", label=_("Organisation"), heading=_("Organisations")),
            ],
            heading=_("Who"),
            help_text=_("Each with their part. Only people who agree to be named in public."),
        ),
        MultiFieldPanel(
            [
                PageChooserPanel("provenance_document", "initiatives.Document"),
                FieldPanel("provenance_note", help_text=_("Where the facts come from, in one sentence.")),
                FieldPanel("licence"),
            ],
            heading=_("Provenance and licence"),
        ),
        MultiFieldPanel(
            [FieldPanel("lead_image"), FieldPanel("lead_image_alt")], heading=_("Picture at the head")
        ),
    ]
    links = [
        *link_panels,
        InlinePanel(
            "relations",
            label=_("Relation"),
            heading=_("Related documents"),
            help_text=_("Write a relation once; both documents show it."),
        ),
        InlinePanel("references", label=_("Work"), heading=_("Bibliography")),
        MultipleChooserPanel(
            "attachments", chooser_field_name="file", label=_("File"), heading=_("Attached files")
        ),
    ]
    address = [
        MultiFieldPanel(
            [
                FieldPanel("slug", help_text=_("The last part of the address.")),
                FieldPanel("seo_title"),
                FieldPanel("search_description", heading=_("Summary for search engines")),
            ],
            heading=_("Address, and how others show it"),
        )
    ]
    return TabbedInterface(
        [
            ObjectList(text, heading=_("Text")),
            ObjectList(record, heading=_("Record")),
            ObjectList(links, heading=_("Links and files")),
            ObjectList(address, heading=_("Address")),
        ]
    )
