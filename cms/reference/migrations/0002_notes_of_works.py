"""A work is the same in every language; what the editors say of it now stands in each language."""

from django.conf import settings
import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


def keep_notes(apps, schema_editor):
    """The notes there are, in the database and in kept versions, become notes in the site's language."""
    Entry, Note = apps.get_model("reference", "BibliographyEntry"), apps.get_model("reference", "BibliographyNote")
    language = settings.LANGUAGE_CODE.split("-")[0]
    made = {}
    for entry in Entry.objects.exclude(note=""):
        note = Note.objects.create(entry=entry, language=language, text=entry.note, sort_order=0)
        made[str(entry.pk)] = note.pk
    ContentType = apps.get_model("contenttypes", "ContentType")
    kind = ContentType.objects.filter(app_label="reference", model="bibliographyentry").first()
    if kind is None:
        return
    for revision in apps.get_model("wagtailcore", "Revision").objects.filter(content_type=kind):
        text = revision.content.pop("note", "")
        if text:
            row = {"pk": made.get(revision.object_id), "sort_order": 0, "entry": revision.content.get("pk")}
            revision.content["notes"] = [row | {"language": language, "text": text}]
            revision.save(update_fields=["content"])


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('reference', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='BibliographyNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('language', models.CharField(choices=[('en', 'English'), ('fr', 'français'), ('es', 'español'), ('pt', 'português'), ('it', 'italiano'), ('de', 'Deutsch'), ('ca', 'català'), ('ar', 'العربية')], max_length=12, verbose_name='language')),
                ('text', models.TextField(verbose_name='note')),
                ('entry', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='reference.bibliographyentry')),
            ],
            options={
                'verbose_name': 'note',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.RunPython(keep_notes, migrations.RunPython.noop),
    ]
