from django.db import migrations, models

from cms.translations.inline import plain_text
from cms.translations.matching import Traits, traits_of

AT_ONCE = 1000


def trace_what_is_known(apps, schema_editor):
    MemoryEntry = apps.get_model("translations", "MemoryEntry")
    waiting = []
    for entry in MemoryEntry.objects.only("pk", "source").iterator(AT_ONCE):
        for name, value in traits_of(plain_text(entry.source))._asdict().items():
            setattr(entry, name, value)
        waiting.append(entry)
        if len(waiting) == AT_ONCE:
            MemoryEntry.objects.bulk_update(waiting, Traits._fields, batch_size=200)
            waiting.clear()
    MemoryEntry.objects.bulk_update(waiting, Traits._fields, batch_size=200)


def trait_indexes():
    for trait in Traits._fields:
        index = models.Index(fields=[trait, "target_language", "length"], name=f"translations_memory_{trait}")
        yield migrations.AddIndex("memoryentry", index)


class Migration(migrations.Migration):
    # Rows are changed, then indexes made: on PostgreSQL not in one transaction.
    atomic = False

    dependencies = [("translations", "0003_pictures_and_files")]

    operations = [
        *(
            migrations.AddField(
                "memoryentry", trait, models.CharField(default="", max_length=16), preserve_default=False
            )
            for trait in Traits._fields
        ),
        migrations.RunPython(trace_what_is_known, migrations.RunPython.noop, elidable=True),
        *trait_indexes(),
    ]
