import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("seats", "0001_seats")]
    operations = [
        migrations.CreateModel(
            name="SeatKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("badge", "QR of the badge"), ("code", "Typed code"), ("link", "Link by e-mail")], max_length=5, verbose_name="kind")),
                ("key_hash", models.CharField(max_length=64, unique=True, verbose_name="hash of the key")),
                ("tag", models.CharField(blank=True, max_length=10, verbose_name="what a check-in without network recognises it by")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                ("seat", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="keys", to="seats.seat")),
            ],
            options={"constraints": [models.UniqueConstraint(condition=models.Q(("ended_at__isnull", True), ("kind__in", ["badge", "code"])), fields=("seat", "kind"), name="seat_one_badge")]},
        ),
        migrations.AlterField("seat", "badge_hash", models.CharField(max_length=64, unique=True, null=True, verbose_name="hash of the badge's QR")),
        migrations.AlterField("seat", "code_hash", models.CharField(max_length=64, null=True, verbose_name="hash of the typed code")),
    ]
