"""Apart from the copying of the notes: PostgreSQL alters no table whose rows were written in the same transaction."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('reference', '0002_notes_of_works'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='bibliographyentry',
            name='note',
        ),
    ]
