"""Letters to accounts, and addresses that want no letters to all."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("post", "0003_letter_settings")]

    operations = [
        migrations.CreateModel(
            name="Refusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scope", models.CharField(max_length=40, verbose_name="conference")),
                ("digest", models.CharField(max_length=22, verbose_name="digest of the address")),
                ("refused_at", models.DateTimeField(verbose_name="wants no letters to all since")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("scope", "digest"), name="refusal_once")],
            },
        ),
        migrations.AlterField(
            model_name="letter",
            name="kind",
            field=models.CharField(
                choices=[
                    ("confirmation", "Registration confirmed"), ("waiting", "Waiting list"), ("moved_up", "Moved up"),
                    ("reconfirm", "Request to confirm"), ("reminder", "Reminder"), ("cancelled", "Cancellation"),
                    ("published", "Programme published"), ("thanks", "Thanks and results"),
                    ("already_registered", "Registered already"), ("sign_in_link", "Personal link"),
                    ("exhibitor_key", "Key to a stand"), ("subscribe", "Is this your address?"),
                    ("opened", "Registration is open"), ("invitation", "Invitation to the desk"),
                    ("account", "Account"),
                ],
                max_length=20, verbose_name="kind",
            ),
        ),
    ]
