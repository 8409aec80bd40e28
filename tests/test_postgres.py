import psycopg
import pytest
from django.db import connection

from tests.conftest import ON_POSTGRES


def test_fresh_database_is_empty_and_writable(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as opened:
        tables = opened.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
        opened.execute("CREATE TABLE mark (id int)")
    assert tables == (0,)


@pytest.mark.postgres
@pytest.mark.django_db
def test_marked_tests_run_on_the_database_of_the_run() -> None:
    assert connection.vendor == ("postgresql" if ON_POSTGRES else "sqlite")
