"""A huge upload to a running server: refused in words, with nothing kept and no memory taken."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.servers import Server

MEGABYTE = b"a" * (1 << 20)
SENT = 200
FORM = (
    "POST /konto/neu HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\n"
)


def resident_megabytes(server: Server) -> int:
    assert server.process is not None
    lines = Path(f"/proc/{server.process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024


def kept_bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def answer_to(server: Server, *, is_chunked: bool) -> bytes:
    """Send 200 MB as fast as they are taken; what the server says, even if it hangs up before the end."""
    length = "Transfer-Encoding: chunked" if is_chunked else f"Content-Length: {SENT << 20}"
    part = b"%x\r\n%s\r\n" % (len(MEGABYTE), MEGABYTE) if is_chunked else MEGABYTE
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        line.sendall(f"{FORM}{length}\r\n\r\n".encode())
        try:
            for _ in range(SENT):
                line.sendall(part)
        except OSError:
            pass
        said = b""
        try:
            while more := line.recv(65_536):
                said += more
        except OSError:
            pass
    return said


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="reads what a process takes from /proc")
@pytest.mark.parametrize("is_chunked", [False, True])
def test_upload_of_200_megabytes_is_refused_with_bounded_memory(live_server_process: Server, is_chunked: bool) -> None:
    server = live_server_process
    before, kept = resident_megabytes(server), kept_bytes(server.data)
    said = answer_to(server, is_chunked=is_chunked)
    assert said.startswith(b"HTTP/1.1 413")
    assert "Diese Datei ist zu groß".encode() in said
    assert resident_megabytes(server) - before < 40
    assert kept_bytes(server.data) - kept < 1 << 20
    assert server.answers()
