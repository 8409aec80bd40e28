from django.db import migrations

COLUMNS = {"badge": "badge_hash", "code": "code_hash"}


def keep_keys(apps, schema_editor):
    """QR and code become rows. Their tags stay empty: a check-in without network finds these seats by name."""
    seats, keys = apps.get_model("seats", "Seat").objects, apps.get_model("seats", "SeatKey")
    for kind, column in COLUMNS.items():
        held = seats.exclude(**{column: None}).values_list("pk", column, "created_at").iterator(500)
        made = (keys(seat_id=pk, kind=kind, key_hash=found, created_at=at) for pk, found, at in held)
        keys.objects.bulk_create(made, batch_size=500, ignore_conflicts=True)


def give_back(apps, schema_editor):
    """The newest QR and code go back into the seat; a seat without one gets a hash that no key has."""
    seats, keys = apps.get_model("seats", "Seat").objects, apps.get_model("seats", "SeatKey").objects
    for seat in seats.all():
        for kind, column in COLUMNS.items():
            found = keys.filter(seat=seat, kind=kind, ended_at=None).first()
            setattr(seat, column, found.key_hash if found else f"none-{kind}-{seat.pk}")
        seat.save(update_fields=[*COLUMNS.values()])


class Migration(migrations.Migration):
    dependencies = [("seats", "0002_seat_key")]
    operations = [migrations.RunPython(keep_keys, give_back)]
