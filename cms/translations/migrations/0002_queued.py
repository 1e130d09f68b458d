from django.db import migrations, models
from django.db.models import Q


def label_what_is_planned(apps, schema_editor):
    tasks = apps.get_model("translations", "TranslationTask").objects
    planned = Q(priority__gt=0) | Q(due_on__isnull=False)
    tasks.filter(planned, work_state="queued").update(label="queued")


class Migration(migrations.Migration):
    dependencies = [
        ("translations", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="translationtask",
            name="segments_drafted",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RunPython(label_what_is_planned, migrations.RunPython.noop),
    ]
