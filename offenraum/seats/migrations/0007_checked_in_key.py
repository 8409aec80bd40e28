from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("seats", "0006_listed")]
    operations = [
        migrations.AddField("seat", "checked_in_key", models.UUIDField(blank=True, null=True, verbose_name="the device's key of the check-in")),
    ]
