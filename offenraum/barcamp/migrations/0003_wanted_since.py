from django.db import migrations
from django.db.models import F


def keep_times(apps, schema_editor):
    """Until now only the last change was kept: the wish is taken to be as old as that."""
    apps.get_model("barcamp", "Interest").objects.filter(shown_at=None).update(shown_at=F("changed_at"))


class Migration(migrations.Migration):
    dependencies = [("barcamp", "0002_ballots_and_merges")]
    operations = [migrations.RunPython(keep_times, migrations.RunPython.noop)]
