"""Earlier texts of posts say whether they were ever published; of those that are there it is found out."""

from django.db import migrations, models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce


def note_what_waited(apps, schema_editor):
    """A text that another had taken the place of before its post was published."""
    versions = apps.get_model("forum", "PostVersion").objects
    following = versions.filter(post=OuterRef("post"), version=OuterRef("version") + 1)
    replaced = Coalesce(Subquery(following.values("written_at")[:1]), F("post__edited_at"))
    waited = versions.annotate(replaced=replaced).filter(
        Q(post__published_at=None) | Q(replaced__lte=F("post__published_at"))
    )
    versions.filter(pk__in=waited.values("pk")).update(waited=True)


class Migration(migrations.Migration):
    dependencies = [("forum", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="postversion", name="waited", field=models.BooleanField(default=False)
        ),
        migrations.RunPython(note_what_waited, migrations.RunPython.noop),
    ]
