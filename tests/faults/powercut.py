"""A disk whose power can be cut: SQLite's writes are done and recorded, and replayed as far as a cut lets them.

What was written before a file's last sync is on the disk. Of what was written after it any part may be there, in any
order, and the last sector written may be torn. SQLite is told of this disk through its own interface for file systems
(https://www.sqlite.org/vfs.html); the record holds what reached that interface, nothing is guessed.
"""

from __future__ import annotations

import _sqlite3
import ctypes
import random
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SECTOR = 512
POINTER = ctypes.sizeof(ctypes.c_void_p)
OPEN = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
)
WRITE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_int64)
TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int64)
SYNC = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
VFS_WORDS, VFS_NAME, VFS_OPEN = 21, 3, 5
METHODS_WORDS, METHOD_WRITE, METHOD_TRUNCATE, METHOD_SYNC = 19, 3, 4, 5


class NoInterface(Exception):
    """This Python carries its SQLite in a way that cannot be reached."""


@dataclass(frozen=True)
class Write:
    """Bytes written to a file at an offset; `data` None is a truncation to `offset`."""

    file: str
    offset: int
    data: bytes | None


@dataclass(frozen=True)
class Sync:
    """All of a file's writes are on the disk."""

    file: str


@dataclass(frozen=True)
class Promise:
    """Somebody was told that this is stored."""

    what: Any


@dataclass
class Disk:
    """The record of one process's disk."""

    events: list[Write | Sync | Promise] = field(default_factory=list)
    kept: list[Any] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)

    def begin_with(self, file: Path) -> None:
        """A file that was safely on the disk before."""
        self.events += [Write(file.name, 0, file.read_bytes()), Sync(file.name)]

    def promise(self, what: Any) -> None:
        self.events.append(Promise(what))

    def attach(self) -> None:
        """Become the disk of all databases that this process opens from now on."""
        library = library_of_python()
        original = library.sqlite3_vfs_find(None)
        copied = (ctypes.c_void_p * VFS_WORDS).from_buffer_copy(ctypes.string_at(original, VFS_WORDS * POINTER))
        really_open = OPEN(copied[VFS_OPEN])
        name = ctypes.create_string_buffer(b"powercut")

        def open_file(_vfs: int, path: int | None, file: int, flags: int, out: int | None) -> int:
            status = int(really_open(original, path, file, flags, out))
            if status == 0 and path:
                self.watch(file, Path(ctypes.string_at(path).decode()).name)
            return status

        opener = OPEN(open_file)
        copied[VFS_NAME] = ctypes.addressof(name)
        copied[VFS_OPEN] = ctypes.cast(opener, ctypes.c_void_p).value
        self.kept += [copied, name, opener]
        assert library.sqlite3_vfs_register(ctypes.addressof(copied), 1) == 0

    def watch(self, file: int, name: str) -> None:
        """Put our own methods in front of an open file's."""
        slot = ctypes.cast(file, ctypes.POINTER(ctypes.c_void_p))
        table = (ctypes.c_void_p * METHODS_WORDS).from_buffer_copy(ctypes.string_at(slot[0], METHODS_WORDS * POINTER))
        self.names[file] = name
        ours = {METHOD_WRITE: self.writing, METHOD_TRUNCATE: self.truncating, METHOD_SYNC: self.syncing}
        for number, make in ours.items():
            method = make(table[number])
            self.kept.append(method)
            table[number] = ctypes.cast(method, ctypes.c_void_p).value
        self.kept.append(table)
        slot[0] = ctypes.addressof(table)

    def writing(self, really: int) -> Any:
        do = WRITE(really)

        def write(file: int, data: int, length: int, offset: int) -> int:
            self.events.append(Write(self.names[file], offset, ctypes.string_at(data, length)))
            return int(do(file, data, length, offset))

        return WRITE(write)

    def truncating(self, really: int) -> Any:
        do = TRUNCATE(really)

        def truncate(file: int, size: int) -> int:
            self.events.append(Write(self.names[file], size, None))
            return int(do(file, size))

        return TRUNCATE(truncate)

    def syncing(self, really: int) -> Any:
        do = SYNC(really)

        def sync(file: int, flags: int) -> int:
            status = int(do(file, flags))
            self.events.append(Sync(self.names[file]))
            return status

        return SYNC(sync)


def library_of_python() -> Any:
    """The SQLite that Python's own module uses."""
    library = ctypes.CDLL(_sqlite3.__file__)
    try:
        library.sqlite3_vfs_find.restype = ctypes.c_void_p
        library.sqlite3_vfs_find.argtypes = [ctypes.c_char_p]
        library.sqlite3_vfs_register.argtypes = [ctypes.c_void_p, ctypes.c_int]
    except AttributeError as error:
        raise NoInterface from error
    return library


def cut(events: list[Write | Sync | Promise], chance: random.Random) -> dict[str, bytes]:
    """What the files hold after the power went at the end of `events`."""
    certain: defaultdict[str, list[Write]] = defaultdict(list)
    unsure: defaultdict[str, list[Write]] = defaultdict(list)
    for event in events:
        if isinstance(event, Write):
            unsure[event.file].append(event)
        elif isinstance(event, Sync):
            certain[event.file] += unsure.pop(event.file, [])
    return {
        name: apply(certain[name] + survivors(unsure[name], chance)) for name in {*certain, *unsure}
    }


def survivors(writes: list[Write], chance: random.Random) -> list[Write]:
    """The unsynced writes that made it: a random part in a random order, some of them only in part."""
    share = chance.random()
    made_it = [torn(write, chance) for write in writes if chance.random() < share]
    chance.shuffle(made_it)
    return made_it


def torn(write: Write, chance: random.Random) -> Write:
    if write.data is None or chance.random() < 0.5:
        return write
    sectors = chance.randrange(len(write.data) // SECTOR + 1)
    return Write(write.file, write.offset, write.data[: sectors * SECTOR + chance.randrange(SECTOR)])


def apply(writes: list[Write]) -> bytes:
    content = bytearray()
    for write in writes:
        if write.data is None:
            del content[write.offset :]
            continue
        end = write.offset + len(write.data)
        content.extend(bytes(max(0, end - len(content))))
        content[write.offset : end] = write.data
    return bytes(content)


