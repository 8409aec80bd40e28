"""`offenraum serve`: one process for pages, stream and static files, with its worker beside it."""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import signal
import socket
import sys
import threading
import time

import uvicorn
from django.conf import settings
from django.db import connection

from offenraum.project.asgi import Application, limits_of
from offenraum.project.backup.presence import InUse, present
from offenraum.project.bounds import PORT, whole
from offenraum.project.child import fork
from offenraum.project.commands.migrate import is_ready_for
from offenraum.project.guard import guarded_protocol
from offenraum.project.librarian import Librarian
from offenraum.project.options import Options
from offenraum.project.supervisor import Child, Supervisor

KEEP_ALIVE_SECONDS = 15
SHUTDOWN_SECONDS = 5
BACKLOG = 4096
SWITCH_SECONDS = 0.001
COLLECT_AFTER = (20_000, 20, 50)


class LiveServer(uvicorn.Server):
    """Ends all streams at once when it is asked to stop, so that nothing waits for them."""

    def __init__(self, config: uvicorn.Config, application: Application) -> None:
        super().__init__(config)
        self.application = application

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """What is loaded by now stays: only what comes later is looked through for garbage, in larger portions.

        Otherwise thousands of phones that come back at once are looked through again and again.
        """
        gc.collect()
        gc.freeze()
        gc.set_threshold(*COLLECT_AFTER)
        super().run(sockets)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        await self.application.end_streams()
        await super().shutdown(sockets)
        self._captured_signals.clear()


def main(argv: list[str]) -> int:
    """Serve until Ctrl-C or SIGTERM."""
    given = parse(argv)
    if given.processes > 1 and connection.vendor == "sqlite":
        sys.stderr.write("offenraum serve: --processes needs PostgreSQL (setting OFFENRAUM_DATABASE)\n")
        return 2
    if not given.socket and not is_ready_for("serve"):
        return 1
    try:
        with present(settings.DATA):
            return run(given)
    except InUse:
        sys.stderr.write("offenraum serve: a restore is running on this folder; start again when it is done\n")
        return 1


def parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="offenraum serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on; 0.0.0.0 opens it to the venue")
    parser.add_argument("--port", type=PORT, default=8000)
    parser.add_argument(
        "--processes", type=whole(1, 64), default=1, help="server processes, more than one on PostgreSQL only"
    )
    parser.add_argument("--socket", type=int, default=0, help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def run(given: argparse.Namespace) -> int:
    """Open the address, then serve: here, or in several processes that this one keeps alive."""
    if given.socket:
        serve(socket.socket(fileno=given.socket))
        return 0
    try:
        listener = listen(given.host, given.port)
    except OSError as error:
        sys.stderr.write(f"offenraum serve: cannot listen on {given.host}:{given.port}: {error.strerror}\n")
        return 1
    os.environ["OFFENRAUM_SECRET"] = settings.SECRET_KEY
    sys.stdout.write(f"http://{given.host}:{given.port}/\n")
    sys.stdout.flush()
    if given.processes > 1:
        serve_many(listener, given.processes)
    else:
        serve_beside_worker(listener)
    return 0


def listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG)


def serve(listener: socket.socket) -> None:
    """Serve in this process until it is asked to stop."""
    sys.setswitchinterval(SWITCH_SECONDS)
    librarian = Librarian()
    librarian.start()
    try:
        server_of(Application(settings.OPTIONS), settings.OPTIONS).run(sockets=[listener])
    finally:
        librarian.end()


def server_of(application: Application, options: Options) -> LiveServer:
    """The server with the guard's protocol."""
    config = uvicorn.Config(
        application, http=guarded_protocol(limits_of(options)), ws="none", lifespan="on", log_config=None,
        access_log=False, server_header=False, proxy_headers=options.behind_proxy,
        timeout_keep_alive=KEEP_ALIVE_SECONDS, timeout_graceful_shutdown=SHUTDOWN_SECONDS, backlog=BACKLOG,
    )
    return LiveServer(config, application)


def serve_beside_worker(listener: socket.socket) -> None:
    load_all()
    worker = Child(["work"], process=fork(["work"], closes=[listener.fileno()]), started_at=time.monotonic())
    supervisor = Supervisor([worker])
    thread = threading.Thread(target=supervisor.run, name="supervisor")
    thread.start()
    try:
        serve(listener)
    finally:
        supervisor.end()
        thread.join()


def load_all() -> None:
    """Load what server and worker need before they part, so that they share it in memory."""
    importlib.import_module("offenraum.project.commands.work")
    importlib.import_module(settings.ROOT_URLCONF)


def serve_many(listener: socket.socket, processes: int) -> None:
    """The socket is shared: the kernel hands each connection to one of the processes."""
    number = listener.fileno()
    servers = [Child(["serve", "--socket", str(number)], inherits=(number,)) for _ in range(processes)]
    supervisor = Supervisor([*servers, Child(["work"])])
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda _number, _frame: supervisor.end())
    supervisor.run()
