from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0004_pages_without_entries")]
    operations = [
        migrations.AddField(
            model_name="built", name="seen_at", field=models.DateTimeField(null=True)
        ),
    ]
