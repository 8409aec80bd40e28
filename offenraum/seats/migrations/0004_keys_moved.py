from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("seats", "0003_keys_of_badges")]
    operations = [
        migrations.RemoveConstraint("seat", "seat_code_once"),
        migrations.RemoveField("seat", "badge_hash"),
        migrations.RemoveField("seat", "code_hash"),
    ]
