"""The file of a backup, and who may work on a folder: without a database."""

from __future__ import annotations

import io
import json
import os
import tarfile
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from offenraum.project.backup.archive import LIST, About, Broken, pack, unpack
from offenraum.project.backup.making import remove_old
from offenraum.project.backup.presence import InUse, alone, present
from offenraum.project.ledger import read_ledger, write_ledger

NOW = datetime(2018, 9, 4, 6, 0, tzinfo=UTC)
ABOUT = About(
    made_at=NOW.isoformat(), program="0.1.0", database="sqlite", migrations=["seats.0001"], counts={"seats_seat": 3}
)


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    photo = tmp_path / "photo"
    photo.write_bytes(b"light" * 1000)
    pack(tmp_path / "one.tar", about=ABOUT, files={"media/2018/photo": photo})
    return tmp_path / "one.tar"


def test_backup_gives_back_what_went_in(packed: Path, tmp_path: Path) -> None:
    about = unpack(packed, tmp_path / "out")
    assert (about.counts, about.migrations) == (ABOUT.counts, ABOUT.migrations)
    assert set(about.digests) == {"media/2018/photo"}
    assert (tmp_path / "out/media/2018/photo").read_bytes() == b"light" * 1000
    assert packed.stat().st_mode & 0o777 == 0o600
    assert sorted(one.name for one in tmp_path.iterdir()) == ["one.tar", "out", "photo"]


def test_one_changed_byte_is_found(packed: Path, tmp_path: Path) -> None:
    content = bytearray(packed.read_bytes())
    content[content.rindex(b"light")] ^= 1
    packed.write_bytes(content)
    with pytest.raises(Broken, match="media/2018/photo"):
        unpack(packed, tmp_path / "out")


@pytest.mark.parametrize("name", ["../escaped", "/tmp/escaped-offenraum"])  # noqa: S108
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    told = json.dumps(asdict(ABOUT) | {"digests": {name: "0" * 64}}).encode()
    with tarfile.open(tmp_path / "bad.tar", "w") as tar:
        for member, content in ((LIST, told), (name, b"x")):
            entry = tarfile.TarInfo(member)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    with pytest.raises(Broken):
        unpack(tmp_path / "bad.tar", tmp_path / "out")
    assert not (tmp_path / "escaped").exists()


@pytest.mark.parametrize("content", [b"", b"no tar at all", b"\0" * 10240])
def test_other_files_are_no_backup(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "other"
    file.write_bytes(content)
    with pytest.raises(Broken, match="other"):
        unpack(file, tmp_path / "out")


def test_old_backups_go_and_other_files_stay(tmp_path: Path) -> None:
    for name, days in (("offenraum-old.tar", 8), ("offenraum-new.tar", 6), ("letter.tar", 80)):
        (tmp_path / name).touch()
        at = (NOW - timedelta(days=days)).timestamp()
        os.utime(tmp_path / name, (at, at))
    assert remove_old(tmp_path, keep_days=7, now=NOW) == [tmp_path / "offenraum-old.tar"]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["letter.tar", "offenraum-new.tar"]


def test_many_work_on_a_folder_but_a_restore_is_alone(tmp_path: Path) -> None:
    with present(tmp_path), present(tmp_path), pytest.raises(InUse), alone(tmp_path):
        pass
    with alone(tmp_path), pytest.raises(InUse), present(tmp_path):
        pass
    with alone(tmp_path):
        pass


def test_ledger_survives_a_line_that_cannot_be_read(tmp_path: Path) -> None:
    write_ledger(tmp_path / "erasures", {"b" * 64: NOW, "a" * 64: NOW})
    with (tmp_path / "erasures").open("a") as file:
        file.write("half a li")
    assert read_ledger(tmp_path / "erasures") == {"a" * 64: NOW, "b" * 64: NOW}
    assert read_ledger(tmp_path / "none") == {}
