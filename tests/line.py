"""A line between a browser and a server that can be cut: Chromium's own "offline" keeps open streams alive."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

PIECE = 65_536


class Line(socketserver.ThreadingTCPServer):
    """Passes on what both ends say, until it is cut: then every connection breaks and none is made."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), Passing)
        self.upstream = ("127.0.0.1", port)
        self.ends: set[socket.socket] = set()
        self.lock = threading.Lock()
        self.is_cut = False

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def cut(self) -> None:
        with self.lock:
            self.is_cut = True
            for end in self.ends:
                shut(end)

    def mend(self) -> None:
        self.is_cut = False

    def take(self, *ends: socket.socket) -> bool:
        """Note two ends that belong together; false on a line that is cut."""
        with self.lock:
            if not self.is_cut:
                self.ends.update(ends)
            return not self.is_cut

    def drop(self, *ends: socket.socket) -> None:
        with self.lock:
            self.ends.difference_update(ends)
        for end in ends:
            shut(end)


class Passing(socketserver.BaseRequestHandler):
    """One connection: each direction has a thread."""

    server: Line

    def handle(self) -> None:
        with suppress(OSError), socket.create_connection(self.server.upstream) as upstream:
            if self.server.take(self.request, upstream):
                back = threading.Thread(target=self.pass_on, args=(upstream, self.request), daemon=True)
                back.start()
                self.pass_on(self.request, upstream)
                back.join()

    def pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(PIECE):
                sink.sendall(piece)
        self.server.drop(source, sink)


def shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)


@contextmanager
def line_to(port: int) -> Iterator[Line]:
    with Line(port) as line:
        thread = threading.Thread(target=line.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield line
        finally:
            line.cut()
            line.shutdown()
            thread.join()
