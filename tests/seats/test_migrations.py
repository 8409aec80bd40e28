import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from offenraum.seats.models import Seat, SeatKey
from tests.builders import make_seat
from tests.day import make_conference


def migrate(*targets: tuple[str, str]) -> None:
    """To these migrations, by default to the newest of all."""
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets) or executor.loader.graph.leaf_nodes())


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_keys_of_badges_survive_the_move_into_rows_and_back() -> None:
    new = make_seat(make_conference())
    keys = SeatKey.objects.order_by("kind").values_list("seat", "kind", "key_hash", "ended_at")
    before = list(keys)
    try:
        migrate(("seats", "0001_seats"))
        with connection.cursor() as cursor:
            cursor.execute("SELECT badge_hash, code_hash FROM seats_seat")
            assert cursor.fetchall() == [tuple(key_hash for _seat, _kind, key_hash, _ended in before)]
    finally:
        migrate()
    assert list(keys) == before
    assert Seat.objects.get() == new.seat
