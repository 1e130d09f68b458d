"""Pages that were taken in while their language was not open have no entry: they are looked at once more."""

from django.db import migrations


def look_at(apps, schema_editor):
    pages, entries, waiting = (
        apps.get_model("wagtailcore", "Page"),
        apps.get_model("search", "Entry"),
        apps.get_model("search", "Waiting"),
    )
    if not entries.objects.exists():
        return  # nothing was taken in yet: `update_index` will
    found = entries.objects.filter(ref__startswith="page:").values("object")
    without = pages.objects.filter(live=True, alias_of=None).exclude(pk__in=found).order_by("pk")
    keys = list(without.values_list("pk", flat=True))
    waiting.objects.bulk_create([waiting(source="page", object=pk) for pk in keys], batch_size=2000)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_what_failed"), ("wagtailcore", "0094_alter_page_locale")]
    operations = [migrations.RunPython(look_at, migrations.RunPython.noop, elidable=False)]
