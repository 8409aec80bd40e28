"""Rules about tables: foreign keys point downwards, migrations are complete and can be taken back."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

from tests.migrated import sqlite_form
from tests.servers import Server

ROOT = Path(__file__).resolve().parents[2]
OWN = sorted(app.label for app in apps.get_app_configs() if app.name.startswith("offenraum."))


def layers() -> list[set[str]]:
    """The stack of slices from the contract, the highest first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (stack,) = [contract for contract in contracts if contract["id"] == "stack"]
    return [set(line.replace(" ", "").split("|")) for line in stack["layers"]]


def height(label: str) -> int:
    """How high a slice stands; Django's own tables are below all."""
    return max((len(layers()) - number for number, layer in enumerate(layers()) if label in layer), default=0)


def own_fields() -> list[models.Field[object, object]]:
    return [
        field
        for label in OWN
        for model in apps.get_app_config(label).get_models()
        if model.__module__.startswith("offenraum.")
        for field in model._meta.local_fields
    ]


def test_foreign_keys_point_downwards() -> None:
    upwards = [
        str(field)
        for field in own_fields()
        if field.related_model is not None
        and height(field.model._meta.app_label) < height(field.related_model._meta.app_label)
    ]
    assert upwards == []


def test_free_text_is_kept_fit() -> None:
    """Whatever people type goes through a column that refuses what harms; keys, hashes and choices are ours."""
    ours = {
        "secret_hash", "key_hash", "tag", "slug", "time_zone", "scope", "topic", "claimed_by",
        "error", "key", "token", "objective", "email_key", "device_hash", "published_by", "password", "leads_to",
        "cache_key", "value", "digest", "said", "decoded_by", "identity",
    }
    plain = [
        str(field)
        for field in own_fields()
        if type(field) in {models.CharField, models.TextField} and not field.choices and field.name not in ours
    ]
    assert plain == []


def test_migrations_are_complete(tmp_path: Path) -> None:
    finished = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "django", "makemigrations", "--check", "--dry-run"],
        env={"DJANGO_SETTINGS_MODULE": "offenraum.project.settings", "OFFENRAUM_DATA": str(tmp_path)},
        check=False, capture_output=True, text=True,
    )
    assert (finished.returncode, finished.stdout.strip()) == (0, "No changes detected")


def own_migrations() -> list[migrations.Migration]:
    loader = MigrationLoader(None)
    return [migration for (label, _name), migration in loader.disk_migrations.items() if label in OWN]


def test_migrations_can_be_taken_back() -> None:
    assert [str(m) for m in own_migrations() if not all(operation.reversible for operation in m.operations)] == []


def test_migrations_have_names() -> None:
    assert [str(m) for m in own_migrations() if "_auto_" in m.name or m.name.count("_") > 6] == []


BACK_AND_FORTH = """
import django, sys
from django.core.management import call_command
django.setup()
for label in sys.argv[1:]:
    call_command("migrate", label, "zero", verbosity=0)
call_command("migrate", verbosity=0)
"""


@pytest.mark.long
@pytest.mark.timeout(600)
def test_migrations_back_and_forth_leave_the_same_tables(tmp_path: Path) -> None:
    server = Server(data=tmp_path)
    server.migrate()
    before = sqlite_form(server.file)
    labels = sorted({migration.app_label for migration in own_migrations()})
    environment = server.environment | {"DJANGO_SETTINGS_MODULE": "offenraum.project.settings"}
    subprocess.run([sys.executable, "-W", "ignore", "-c", BACK_AND_FORTH, *labels], env=environment, check=True)
    assert sqlite_form(server.file) == before
