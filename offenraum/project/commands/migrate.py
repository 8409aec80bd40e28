"""`offenraum migrate`: bring the database to the form that this version needs."""

from __future__ import annotations

import argparse
import os
import sys

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _


def main(argv: list[str]) -> int:
    """Create or upgrade the database; without changes it does nothing."""
    argparse.ArgumentParser(prog="offenraum migrate", description=__doc__).parse_args(argv)
    migrate()
    sys.stdout.write(_("The database is up to date.") + "\n")
    return 0


def migrate() -> None:
    """Make the data folder and the database, which nobody else may read, and apply what is missing."""
    os.umask(0o077)
    settings.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    if is_empty():
        create()
    call_command("migrate", interactive=False, verbosity=0)


def is_migrated() -> bool:
    """Whether the database has the form that this version of the program needs."""
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError:
        return False
    finally:
        connection.close()


def is_ready_for(name: str) -> bool:
    """Whether a command can begin; what is missing is said."""
    if is_migrated():
        return True
    sys.stderr.write(f"offenraum {name}: the database is missing or older than the program: offenraum migrate\n")
    return False


def is_empty() -> bool:
    return set(connection.introspection.table_names()) <= {MigrationRecorder.Migration._meta.db_table}


def create() -> None:
    """Make all tables at once and note every migration as applied: there is nothing yet that would have to be moved.

    Walking through the whole history of an empty database takes several times as long; a test holds both ways to
    the same tables.
    """
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        for app, name in MigrationLoader(connection).graph.nodes:
            recorder.record_applied(app, name)
