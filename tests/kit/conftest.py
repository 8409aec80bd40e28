"""The style pages on a server of their own, without a database."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.test import override_settings


class Quiet(WSGIRequestHandler):
    """Answers without a line per request."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
        return


@pytest.fixture(scope="module")
def style_server() -> Iterator[str]:
    """The address of a server that shows the style pages."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    with override_settings(ROOT_URLCONF="tests.kit.urls", ALLOWED_HOSTS=["127.0.0.1"]):
        server.set_app(StaticFilesHandler(get_wsgi_application()))
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        server.server_close()
        thread.join()
